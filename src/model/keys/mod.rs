//! Every key of a library's files: its name, the kind of its value, its purpose, an example.
//!
//! Plain data, a table for each kind of file. From it come the check of known keys with its "did you mean", the forms
//! that messages show, the JSON Schema, the settings that `casebook init` writes, the front matter of `casebook new`,
//! the list of what a draft lacks, the reference in the docs and the help of the language server. How a value is read
//! is not here: `read` has a function for each kind of value, and the structs of [`super::document`] and
//! [`super::config`] hold what it gives.
//!
//! To add a key, add its row here, a field to the struct, and the line in `read` that fills it. A test fails if no code
//! reads the key of a row or its example is not valid.

mod case;
mod glossary;
mod page;
mod places_and_synonyms;
mod settings;
#[cfg(test)]
mod tests;
mod vocabulary;

pub use case::{
    ADOPTION, AUTHOR, CASE, CONTACT, CORRECTION, IMAGE, LICENCE, PERIOD, PLACE, SOURCE, TERM_USE, WITHDRAWN,
};
pub use glossary::ENTRY;
pub use page::{HOME, PAGE};
pub use places_and_synonyms::{LISTED_PLACE, SYNONYMS};
pub use settings::{CONTRIBUTE, EVENT, FINDER, FOOTER_LINK, MAP, OWN_FIELD, PUBLISHER, REGION, SETTINGS};
pub use vocabulary::{TERM, VOCABULARY};

/// The kinds of file that have keys, in the order of the documentation.
pub const FILES: [FileKind; 8] = [
    FileKind {
        kind: DocumentKind::Case,
        name: "case",
        title: "A case study",
        path: "content/cases/**/*.md",
        about: "The front matter of a case, between two lines `---`. The id of each vocabulary is a key too.",
        keys: CASE,
        is_list: false,
    },
    FileKind {
        kind: DocumentKind::Page,
        name: "page",
        title: "A plain page",
        path: "content/pages/**/*.md",
        about: "The front matter of a page such as about, accessibility or how to contribute.",
        keys: PAGE,
        is_list: false,
    },
    FileKind {
        kind: DocumentKind::Home,
        name: "home",
        title: "The home page",
        path: "content/index.md",
        about: "The front matter of the words for the home page. It may be left out.",
        keys: HOME,
        is_list: false,
    },
    FileKind {
        kind: DocumentKind::Settings,
        name: "settings",
        title: "Settings",
        path: "casebook.yaml",
        about: "The settings of the library.",
        keys: SETTINGS,
        is_list: false,
    },
    FileKind {
        kind: DocumentKind::Vocabulary,
        name: "vocabulary",
        title: "A vocabulary",
        path: "content/vocabularies/*.yaml",
        about: "The terms of one way of sorting cases. The name of the file is the vocabulary's id.",
        keys: VOCABULARY,
        is_list: false,
    },
    FileKind {
        kind: DocumentKind::Glossary,
        name: "glossary",
        title: "The glossary",
        path: "content/glossary.yaml",
        about: "A list of acronyms and bodies; each entry has these keys.",
        keys: ENTRY,
        is_list: true,
    },
    FileKind {
        kind: DocumentKind::Places,
        name: "places",
        title: "The places",
        path: "content/places.yaml",
        about: "A list of places with their other names; each entry has these keys. A place that is not in it still works.",
        keys: LISTED_PLACE,
        is_list: true,
    },
    FileKind {
        kind: DocumentKind::Synonyms,
        name: "synonyms",
        title: "The synonyms",
        path: "content/synonyms.yaml",
        about: "A list of sets of words that mean the same to a searcher; a set has these keys, or is a plain list of words.",
        keys: SYNONYMS,
        is_list: true,
    },
];

/// Keys by which other tools classify pages. Here the id of a vocabulary is the key.
pub const SORTED_ELSEWHERE: &[&str] = &["tags", "tag", "categories", "category", "topics", "keywords", "taxonomies"];

/// A kind of document, which is a file that has keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DocumentKind {
    /// A case study.
    Case,
    /// A plain page.
    Page,
    /// The home page.
    Home,
    /// The settings of the library.
    Settings,
    /// A vocabulary.
    Vocabulary,
    /// The glossary.
    Glossary,
    /// The places.
    Places,
    /// The synonyms.
    Synonyms,
}

impl DocumentKind {
    /// Its row of the table.
    pub fn row(self) -> &'static FileKind {
        const { &FILES }.iter().find(|file| file.kind == self).expect("the table has every kind")
    }

    /// The keys of a mapping under the id of a vocabulary, which is a key of cases.
    pub fn keys_of_terms(self) -> &'static [Key] {
        if self == DocumentKind::Case { TERM_USE } else { &[] }
    }

    /// Is the whole of such a file YAML? Others are Markdown with front matter.
    pub fn is_yaml(self) -> bool {
        !matches!(self, DocumentKind::Case | DocumentKind::Page | DocumentKind::Home)
    }
}

/// The row of a kind of document in the table [`FILES`].
#[derive(Clone, Copy, Debug)]
pub struct FileKind {
    /// The kind.
    pub kind: DocumentKind,
    /// Its name on the command line.
    pub name: &'static str,
    /// Its name in the documentation.
    pub title: &'static str,
    /// The path of such files.
    pub path: &'static str,
    /// One or two sentences about it.
    pub about: &'static str,
    /// Its keys, or those of each entry if the file is a list.
    pub keys: &'static [Key],
    /// Whether the file is a list of entries.
    pub is_list: bool,
}

impl FileKind {
    /// The kind of file of that name.
    pub fn named(name: &str) -> &'static FileKind {
        const { &FILES }.iter().find(|file| file.name == name).expect("callers name a kind of the list")
    }
}

/// A key: a row of the table.
#[derive(Clone, Copy, Debug)]
pub struct Key {
    /// Its name.
    pub name: &'static str,
    /// The kind of its value.
    pub kind: ValueKind,
    /// Whether it is required.
    pub required: bool,
    /// Its purpose, in one sentence.
    pub sentence: &'static str,
    /// A value as written after the key. One that begins with a hyphen is an entry of a list, on its own line.
    pub example: &'static str,
    /// The first release that has it.
    pub since: &'static str,
    /// Its names in other tools.
    pub names_elsewhere: &'static [&'static str],
    /// The value in a new file from `casebook init` or `casebook new`; absent if they leave the key out.
    pub initial_value: Option<&'static str>,
    /// Its name in the list of what a finished case has; absent if a case is finished without it.
    pub wanted_as: Option<&'static str>,
    /// What editors complete in its value, beyond what the kind of the value says.
    pub completion: Option<Completion>,
}

/// What editors complete in a value: names that the library has already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Completion {
    /// The terms of the vocabulary of that id.
    TermsOf(&'static str),
    /// The terms of the same vocabulary.
    OtherTerms,
    /// The partners of cases.
    Partners,
    /// The places of cases and of the list of places.
    Places,
    /// The regions of those places.
    Regions,
    /// Files that are no documents, such as pictures.
    Files,
}

impl Key {
    /// An optional key.
    const fn new(name: &'static str, kind: ValueKind, sentence: &'static str, example: &'static str) -> Key {
        let since = "0.1";
        let (names_elsewhere, initial_value, wanted_as, completion) = (&[], None, None, None);
        let required = false;
        Key { name, kind, required, sentence, example, since, names_elsewhere, initial_value, wanted_as, completion }
    }

    /// Makes it required.
    const fn required(self) -> Key {
        Key { required: true, ..self }
    }

    /// Adds the names in other tools.
    const fn names_elsewhere(self, names: &'static [&'static str]) -> Key {
        Key { names_elsewhere: names, ..self }
    }

    /// Adds the value in a new file.
    const fn initial_value(self, value: &'static str) -> Key {
        Key { initial_value: Some(value), ..self }
    }

    /// Says that a finished case has it, and its name there.
    const fn wanted_as(self, name: &'static str) -> Key {
        Key { wanted_as: Some(name), ..self }
    }

    /// Says what editors complete in its value.
    const fn completed_with(self, completion: Completion) -> Key {
        Key { completion: Some(completion), ..self }
    }

    /// The form in which it is written, if that is not obvious: for lists, and for keys with keys inside.
    pub fn form(&self) -> Option<String> {
        let is_plain = self.kind.keys().is_empty() && !matches!(self.kind, ValueKind::List(_) | ValueKind::Levels);
        match self.example.starts_with("- ") {
            _ if is_plain => None,
            true => Some(self.example.to_owned()),
            false => Some(self.written()),
        }
    }

    /// Its purpose as a YAML comment, with its limits.
    pub fn comment(&self) -> String {
        let sentence = self.sentence.trim_end_matches('.');
        match self.kind {
            ValueKind::TextUpTo(_) | ValueKind::NumberWithin(..) | ValueKind::Day | ValueKind::Word(_) => {
                format!("# {sentence} ({})", self.kind.in_words())
            }
            _ => format!("# {sentence}"),
        }
    }

    /// The key with its example, as in a file.
    pub fn written(&self) -> String {
        let gap = if self.example.starts_with("- ") { "\n  " } else { " " };
        format!("{}:{gap}{}", self.name, self.example)
    }
}

/// The kind of a value.
#[derive(Clone, Copy, Debug)]
pub enum ValueKind {
    /// A text.
    Text,
    /// A text with at most this number of characters.
    TextUpTo(usize),
    /// True or false.
    Flag,
    /// A whole number.
    Number,
    /// A whole number between two others.
    NumberWithin(i64, i64),
    /// A day: `2026-11-22`.
    Day,
    /// A year, a month or a day.
    PartialDate,
    /// A year of four digits.
    Year,
    /// The address of a page on the web.
    WebAddress,
    /// The address of a page on the web, or one of this site that begins with `/`.
    Address,
    /// The address of a page on the web, or the path of a file of the library.
    WebAddressOrFile,
    /// An address of this site, which begins with `/`.
    SiteAddress,
    /// An e-mail address.
    Email,
    /// A language tag.
    Language,
    /// The path of a file.
    FilePath,
    /// A colour: `#rrggbb`.
    Colour,
    /// The nine-character code of an area.
    AreaCode,
    /// Lower-case letters, digits and hyphens: part of an address.
    Id,
    /// The id of a source for citations.
    CitationId,
    /// One of some fixed words.
    Word(&'static [&'static str]),
    /// The id of a vocabulary.
    Vocabulary,
    /// The file name of a case without its extension.
    CaseName,
    /// A mapping with these keys.
    Map(&'static [Key]),
    /// A mapping with these keys, or a text, which is the value of one of them.
    TextOrMap {
        /// The keys of the mapping.
        keys: &'static [Key],
        /// The key that a text stands for.
        text_is: &'static str,
    },
    /// A mapping with names that the library chooses, each with these keys.
    Named(&'static [Key]),
    /// A list.
    List(&'static ValueKind),
    /// One, or a list of several.
    OneOrMore(&'static ValueKind),
    /// The codes of problems, each with its level.
    Levels,
    /// Any mapping.
    Anything,
}

impl ValueKind {
    /// The kind of value as a noun phrase for messages: "a day, such as 2026-11-22".
    pub fn in_words(self) -> String {
        match self {
            ValueKind::Text => "a text".to_owned(),
            ValueKind::TextUpTo(longest) => format!("a text of at most {longest} characters"),
            ValueKind::Flag => "true or false".to_owned(),
            ValueKind::Number => "a whole number".to_owned(),
            ValueKind::NumberWithin(least, most) => format!("a whole number from {least} to {most}"),
            ValueKind::Day => "a day, such as 2026-11-22".to_owned(),
            ValueKind::PartialDate => "a year, a month or a day: 2013, 2013-03 or 2013-03-31".to_owned(),
            ValueKind::Year => "a year of four digits".to_owned(),
            ValueKind::WebAddress => "a web address, from https:// or http:// on".to_owned(),
            ValueKind::Address => "a web address, or an address of this site, from / on".to_owned(),
            ValueKind::WebAddressOrFile => "a web address, or the path of a file of the library".to_owned(),
            ValueKind::SiteAddress => "an address of this site, from / on".to_owned(),
            ValueKind::Email => "an e-mail address".to_owned(),
            ValueKind::Language => "a language tag, such as en-GB or cy".to_owned(),
            ValueKind::FilePath => "the path of a file".to_owned(),
            ValueKind::Colour => "a colour, such as \"#0b5d5e\"".to_owned(),
            ValueKind::AreaCode => "a code of one capital letter and eight digits".to_owned(),
            ValueKind::Id => "lower-case letters, digits and hyphens".to_owned(),
            ValueKind::CitationId => "letters, digits and the marks - _ . : / +".to_owned(),
            ValueKind::Word([words @ .., last]) => format!("{} or {last}", words.join(", ")),
            ValueKind::Word([]) => unreachable!("a list of words has words"),
            ValueKind::Vocabulary => "the id of a vocabulary".to_owned(),
            ValueKind::CaseName => "the name of a case's file, without .md".to_owned(),
            ValueKind::Map(_) => "keys and values".to_owned(),
            ValueKind::TextOrMap { text_is, .. } => format!("a text, which is its `{text_is}`, or keys and values"),
            ValueKind::Named(_) => "names of your own, each with keys and values".to_owned(),
            ValueKind::List(kind) => format!("a list; each entry {}", kind.in_words()),
            ValueKind::OneOrMore(kind) => format!("{}; or a list of several", kind.in_words()),
            ValueKind::Levels => "codes of problems, each with off, warning or error".to_owned(),
            ValueKind::Anything => "keys and values of any kind".to_owned(),
        }
    }

    /// The keys inside it, or inside its entries.
    pub fn keys(self) -> &'static [Key] {
        match self {
            ValueKind::Map(keys) | ValueKind::TextOrMap { keys, .. } | ValueKind::Named(keys) => keys,
            ValueKind::List(kind) | ValueKind::OneOrMore(kind) => kind.keys(),
            _ => &[],
        }
    }

    /// Can it be prose of the author?
    pub fn is_prose(self) -> bool {
        match self {
            ValueKind::Text | ValueKind::TextUpTo(_) | ValueKind::TextOrMap { .. } => true,
            ValueKind::OneOrMore(kind) => kind.is_prose(),
            _ => false,
        }
    }
}

/// The names of some keys.
pub fn names(keys: &[Key]) -> impl Iterator<Item = &str> {
    keys.iter().map(|key| key.name)
}

/// The key of that name.
pub fn named(keys: &'static [Key], name: &str) -> Option<&'static Key> {
    keys.iter().find(|key| key.name == name)
}

/// The key at the end of a path of names, from the top of a file.
pub fn at(keys: &'static [Key], path: &[&str]) -> Option<&'static Key> {
    let (name, inside) = path.split_first()?;
    let key = named(keys, name)?;
    // The library chooses this name; its keys follow.
    let inside = if matches!(key.kind, ValueKind::Named(_)) { inside.get(1..).unwrap_or_default() } else { inside };
    if inside.is_empty() { Some(key) } else { at(key.kind.keys(), inside) }
}

/// The key that has this name in other tools.
pub fn named_elsewhere(keys: &'static [Key], name: &str) -> Option<&'static Key> {
    keys.iter().find(|key| key.names_elsewhere.contains(&name))
}

/// An entry of a list with its required keys, as in a file.
pub fn entry(keys: &'static [Key]) -> String {
    let required: Vec<String> = keys.iter().filter(|key| key.required).map(Key::written).collect();
    format!("- {{ {} }}", required.join(", "))
}

/// The names of all keys, at any depth, whose value is prose of the author.
pub fn names_of_texts(keys: &'static [Key]) -> Vec<&'static str> {
    let below = keys.iter().flat_map(|key| names_of_texts(key.kind.keys()));
    keys.iter().filter(|key| key.kind.is_prose()).map(|key| key.name).chain(below).collect()
}

/// The old addresses of a case or a page.
const ALIASES: Key = Key::new(
    "aliases",
    ValueKind::OneOrMore(&ValueKind::SiteAddress),
    "Old addresses, beginning with /, that redirect here.",
    "[/old/address/]",
)
.names_elsewhere(&["permalink", "redirect_from", "redirects", "old_urls"]);

/// The words in a list of words with meanings.
const fn words<T: Copy, const N: usize>(pairs: [(&'static str, T); N]) -> [&'static str; N] {
    let mut words = [""; N];
    let mut n = 0;
    while n < N {
        words[n] = pairs[n].0;
        n += 1;
    }
    words
}
