//! The codes of problems: one list, from which names, levels and `checks` are all made.

use std::fmt;

/// How bad a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing is published while there is one.
    Error,
    /// Worth mending; the site is published.
    Warning,
}

impl Severity {
    /// The word that reports use.
    pub fn as_str(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
        }
    }
}

macro_rules! codes {
    ($(#[doc = $meaning:literal] $name:ident = $text:literal, $severity:ident, $lowering:ident;)*) => {
        /// A kind of mistake.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code { $(#[doc = $meaning] $name,)* }

        impl Code {
            /// Every code, in the order of the documentation.
            pub const ALL: &'static [Code] = &[$(Code::$name,)*];

            /// The code's name in reports and in `checks`.
            pub fn as_str(self) -> &'static str {
                match self { $(Code::$name => $text,)* }
            }

            /// The level that it has where it is on.
            pub fn severity(self) -> Severity {
                match self { $(Code::$name => Severity::$severity,)* }
            }

            /// May `checks` lower it or turn it off? Only where the site is still whole and safe without it.
            pub fn may_be_lowered(self) -> bool {
                match self { $(Code::$name => Lowering::$lowering != Lowering::Harmful,)* }
            }

            /// The level where `checks` say nothing; none where it is off.
            pub fn usual_level(self) -> Option<Severity> {
                match self { $(Code::$name => (Lowering::$lowering != Lowering::Asked).then_some(self.severity()),)* }
            }

            /// One sentence on what it means, for reports that carry rules.
            pub fn meaning(self) -> &'static str {
                match self { $(Code::$name => $meaning.trim_ascii(),)* }
            }
        }
    };
}

#[derive(PartialEq)]
enum Lowering {
    Harmless,
    Harmful,
    /// It is off until `checks` ask for it.
    Asked,
}

codes! {
    /// A term that its vocabulary does not have.
    UnknownTerm = "unknown-term", Error, Harmful;
    /// Something required is absent.
    MissingField = "missing-field", Error, Harmful;
    /// A key that nothing reads.
    UnknownField = "unknown-field", Error, Harmless;
    /// A list where a word is wanted, a number where text is wanted, and so on.
    WrongType = "wrong-type", Error, Harmful;
    /// A value that cannot be: a status, a number, an address, an order of years.
    BadValue = "bad-value", Error, Harmful;
    /// Not a date, or a date that does not exist.
    BadDate = "bad-date", Error, Harmful;
    /// A text over its limit.
    TooLong = "too-long", Error, Harmless;
    /// YAML that cannot be read.
    BadYaml = "bad-yaml", Error, Harmful;
    /// Front matter that is absent, unclosed or empty.
    NoFrontMatter = "no-front-matter", Error, Harmful;
    /// A text file that is not UTF-8.
    NotUtf8 = "not-utf8", Error, Harmful;
    /// Two things that would be published at one address.
    DuplicateAddress = "duplicate-address", Error, Harmful;
    /// Two terms of one vocabulary that share a name.
    DuplicateTerm = "duplicate-term", Error, Harmful;
    /// A case named by hand that is not there, or not published.
    UnknownCase = "unknown-case", Error, Harmless;
    /// A citation of a source that the case does not have.
    UnknownSource = "unknown-source", Error, Harmless;
    /// A link to something that the site does not have.
    BrokenLink = "broken-link", Error, Harmless;
    /// A link to a heading that the page does not have.
    BrokenAnchor = "broken-anchor", Error, Harmless;
    /// A file that is needed is not there.
    MissingFile = "missing-file", Error, Harmful;
    /// A path or link that leads out of the library.
    OutsideLibrary = "outside-library", Error, Harmful;
    /// An image without a description in words.
    MissingAlt = "missing-alt", Error, Harmless;
    /// A link of a kind that could run code; it is left out of the page.
    UnsafeUrl = "unsafe-url", Error, Harmless;
    /// A file over its limit.
    TooLarge = "too-large", Error, Harmful;
    /// A template that does not work.
    Template = "template", Error, Harmful;
    /// An address that was published and would be gone.
    AddressGone = "address-gone", Error, Harmless;
    /// Another name of a term where its id belongs.
    SynonymUsed = "synonym-used", Warning, Harmless;
    /// A term that has been replaced.
    RetiredTerm = "retired-term", Warning, Harmless;
    /// HTML that was cleaned out of a page.
    UnsafeHtml = "unsafe-html", Warning, Harmless;
    /// Headings that skip a level, or a second title.
    HeadingOrder = "heading-order", Warning, Harmless;
    /// A case whose day of review has passed.
    ReviewDue = "review-due", Warning, Harmless;
    /// A file in a folder where nothing reads it.
    MisplacedFile = "misplaced-file", Warning, Harmless;
    /// A mark that means nothing here, so that readers see it or miss what it was meant for.
    StrayMarkup = "stray-markup", Warning, Harmless;
    /// Text that no reader would see.
    LostText = "lost-text", Warning, Harmless;
    /// A value that can hardly be meant.
    DoubtfulValue = "doubtful-value", Warning, Harmless;
    /// Text that is taken for something else: a comment, or code.
    SwallowedText = "swallowed-text", Warning, Harmless;
    /// A sentence that is hard to follow for its length.
    LongSentence = "long-sentence", Warning, Asked;
    /// A source that nothing in its case cites.
    UncitedSource = "uncited-source", Warning, Asked;
    /// A sentence with a figure and no source.
    UnsourcedFigure = "unsourced-figure", Warning, Asked;
    /// An acronym that neither the page nor the glossary spells out.
    UndefinedAcronym = "undefined-acronym", Warning, Harmless;
}

impl Code {
    /// The code of that name.
    pub fn from_name(name: &str) -> Option<Code> {
        Code::ALL.iter().copied().find(|code| code.as_str() == name)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
