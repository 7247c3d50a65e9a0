//! The codes of problems: one table, from which names, levels, `checks`, `casebook explain`, the rules of SARIF and the
//! reference are made.
//!
//! A code is a line of the list at the end, and a [`Rule`] in one of the files of this folder, by the kind of mistake.
//! A test checks that each wrong example has the code, and that no right example has it.

mod library;
mod text;
mod values;

use std::fmt;

/// The severity of a problem.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing is published while there is one.
    Error,
    /// Should be corrected, but the site is published.
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

/// What `checks` may do with the level of a problem.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lowering {
    /// It may be lowered or turned off: the site is still whole and safe.
    Allowed,
    /// It must keep its level.
    NotAllowed,
    /// It is off unless `checks` turn it on.
    OffByDefault,
}

/// A kind of mistake, as it is explained.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// Its name in reports and in `checks`.
    pub name: &'static str,
    /// Its severity, if it is on.
    pub severity: Severity,
    /// What `checks` may do with it.
    pub lowering: Lowering,
    /// What the mistake is, in one sentence.
    pub meaning: &'static str,
    /// Why it matters.
    pub why: &'static str,
    /// A library with the mistake.
    pub wrong: Example,
    /// The same library without it.
    pub right: Example,
    /// How to correct it.
    pub what_to_do: &'static str,
}

/// A small library, of which only the part with the mistake is written here.
#[derive(Clone, Copy, Debug)]
pub enum Example {
    /// Lines of front matter of a case without other mistakes.
    Keys(&'static str),
    /// The text of a case.
    Text(&'static str),
    /// A file in a library without other mistakes: its path and text.
    File(&'static str, &'static str),
    /// A description, for a mistake that no short text can show.
    InWords(&'static str),
}

macro_rules! codes {
    ($($name:ident = $rule:path;)*) => {
        /// A kind of mistake. Its [`rule`](Code::rule) says what each is.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[allow(missing_docs)]
        pub enum Code { $($name,)* }

        impl Code {
            /// Every code, in the order of the documentation.
            pub const ALL: &'static [Code] = &[$(Code::$name,)*];

            /// Its meaning, why it matters, and how to correct it.
            pub fn rule(self) -> &'static Rule {
                match self { $(Code::$name => &$rule,)* }
            }
        }
    };
}

codes! {
    UnknownTerm = values::UNKNOWN_TERM;
    MissingField = values::MISSING_FIELD;
    UnknownField = values::UNKNOWN_FIELD;
    WrongType = values::WRONG_TYPE;
    BadValue = values::BAD_VALUE;
    BadDate = values::BAD_DATE;
    TooLong = values::TOO_LONG;
    BadYaml = library::BAD_YAML;
    NoFrontMatter = library::NO_FRONT_MATTER;
    NotUtf8 = library::NOT_UTF8;
    DuplicateAddress = library::DUPLICATE_ADDRESS;
    DuplicateTerm = library::DUPLICATE_TERM;
    UnknownCase = values::UNKNOWN_CASE;
    UnknownSource = text::UNKNOWN_SOURCE;
    BrokenLink = text::BROKEN_LINK;
    BrokenAnchor = text::BROKEN_ANCHOR;
    MissingFile = library::MISSING_FILE;
    OutsideLibrary = library::OUTSIDE_LIBRARY;
    MissingAlt = text::MISSING_ALT;
    UnsafeUrl = text::UNSAFE_URL;
    TooLarge = library::TOO_LARGE;
    Template = library::TEMPLATE;
    AddressGone = library::ADDRESS_GONE;
    SynonymUsed = values::SYNONYM_USED;
    RetiredTerm = values::RETIRED_TERM;
    HostRedirect = values::HOST_REDIRECT;
    UnsafeHtml = text::UNSAFE_HTML;
    HeadingOrder = text::HEADING_ORDER;
    ReviewDue = values::REVIEW_DUE;
    MisplacedFile = library::MISPLACED_FILE;
    OutdatedCopy = library::OUTDATED_COPY;
    HeavyPicture = library::HEAVY_PICTURE;
    PhotographPosition = library::PHOTOGRAPH_POSITION;
    StrayMarkup = text::STRAY_MARKUP;
    LostText = text::LOST_TEXT;
    DoubtfulValue = values::DOUBTFUL_VALUE;
    SwallowedText = text::SWALLOWED_TEXT;
    LongSentence = text::LONG_SENTENCE;
    UncitedSource = values::UNCITED_SOURCE;
    UnsourcedFigure = text::UNSOURCED_FIGURE;
    UndefinedAcronym = text::UNDEFINED_ACRONYM;
    DeadLink = text::DEAD_LINK;
}

impl Code {
    /// The code of that name.
    pub fn from_name(name: &str) -> Option<Code> {
        Code::ALL.iter().copied().find(|code| code.as_str() == name)
    }

    /// The code's name in reports and in `checks`.
    pub fn as_str(self) -> &'static str {
        self.rule().name
    }

    /// Its severity, if it is on.
    pub fn severity(self) -> Severity {
        self.rule().severity
    }

    /// May `checks` lower it or turn it off?
    pub fn may_be_lowered(self) -> bool {
        self.rule().lowering != Lowering::NotAllowed
    }

    /// Does it leave a file unread, of which only the path is known then?
    pub fn leaves_file_unread(self) -> bool {
        matches!(self, Code::BadYaml | Code::NoFrontMatter | Code::NotUtf8 | Code::TooLarge)
    }

    /// The level without `checks`; none if it is off.
    pub fn usual_level(self) -> Option<Severity> {
        (self.rule().lowering != Lowering::OffByDefault).then_some(self.severity())
    }

    /// The meaning in one sentence.
    pub fn meaning(self) -> &'static str {
        self.rule().meaning
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The rule as text for people: `casebook explain CODE`.
pub fn explained(rule: &Rule) -> String {
    let in_a_draft = "; in a draft that is not published, a warning";
    let in_a_draft = if rule.severity == Severity::Error { in_a_draft } else { "" };
    let level = match rule.lowering {
        Lowering::Allowed => {
            format!("{}{in_a_draft}; `checks` in casebook.yaml may change that", rule.severity.as_str())
        }
        Lowering::NotAllowed => format!("{}{in_a_draft}; `checks` cannot lower it", rule.severity.as_str()),
        Lowering::OffByDefault => {
            let level = rule.severity.as_str();
            format!("off, until casebook.yaml asks for it: checks: {{ {}: {level} }}", rule.name)
        }
    };
    format!(
        "{}: {}\n\nWhy it matters: {}\n\nWrong:\n\n{}\nRight:\n\n{}\nWhat to do: {}\n\nLevel: {level}.\n",
        rule.name,
        rule.meaning,
        rule.why,
        rule.wrong.indented(),
        rule.right.indented(),
        rule.what_to_do
    )
}

impl Example {
    /// The example as it is shown: its place and its lines.
    pub fn shown(&self) -> String {
        match self {
            Example::Keys(lines) => format!("---\n…\n{lines}\n---\n"),
            Example::Text(text) => format!("{text}\n"),
            Example::File(path, text) => format!("# {path}\n{}\n", text.trim_end()),
            Example::InWords(words) => format!("{words}\n"),
        }
    }

    fn indented(&self) -> String {
        self.shown().lines().map(|line| format!("    {line}").trim_end().to_owned() + "\n").collect()
    }
}
