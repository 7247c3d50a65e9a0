//! A case as a citable work: the data that every style and every reference manager needs.
//!
//! Takes a library and a case; gives a [`Reference`] in plain text. Each format escapes it in its own way. If a case
//! has no authors, its publisher is the author, as styles do for organisations.

use jiff::civil::Date;

use crate::model::{
    Library,
    document::Licence,
    library::Case,
    name::{Name, one_line},
};

/// A case as a work that can be cited.
#[derive(Clone, Debug)]
pub struct Reference<'a> {
    /// The key by which other texts cite it: ASCII, without spaces.
    pub key: String,
    /// Its title, on one line.
    pub title: String,
    /// The authors, or the publisher if there are none.
    pub authors: Vec<Name>,
    /// The library.
    pub collection: String,
    /// The publisher of the library.
    pub publisher: Option<String>,
    /// The day of first publication.
    pub date: Option<Date>,
    /// Its full address, where the host is known.
    pub url: Option<String>,
    /// Its summary, on one line.
    pub summary: String,
    /// The labels of its terms, each once.
    pub keywords: Vec<&'a str>,
    /// The tag of its language.
    pub language: &'a str,
    /// Its licence, or the library's.
    pub licence: Option<&'a Licence>,
}

/// The reference to a case.
pub fn reference<'a>(library: &'a Library, case: &'a Case) -> Reference<'a> {
    let (config, file) = (&library.config, &case.file);
    let publisher = config.publisher.as_ref().map(|publisher| one_line(&publisher.name));
    let signed: Vec<Name> = file.authors.iter().map(|author| author.name.clone()).collect();
    Reference {
        key: key(&file.slug.value),
        title: one_line(&file.title),
        authors: if signed.is_empty() { publisher.clone().map(Name::Body).into_iter().collect() } else { signed },
        collection: one_line(&config.title),
        publisher,
        date: file.date,
        url: config.base.full(&case.address),
        summary: one_line(&file.summary),
        keywords: keywords(library, case),
        language: library.language_of(case),
        licence: licence(library, case),
    }
}

/// The references to every listed case, newest first.
pub fn references(library: &Library) -> impl Iterator<Item = Reference<'_>> {
    library.cases.iter().map(|case| reference(library, case))
}

/// The licence of a case, or the library's.
pub fn licence<'a>(library: &'a Library, case: &'a Case) -> Option<&'a Licence> {
    case.file.licence.as_ref().or(library.config.licence.as_ref())
}

/// The labels of a case's terms, each once.
pub fn keywords<'a>(library: &'a Library, case: &Case) -> Vec<&'a str> {
    let mut keywords: Vec<&str> = Vec::new();
    for carried in &case.terms {
        let label = library.vocabularies[carried.term].label.as_str();
        if !keywords.contains(&label) {
            keywords.push(label);
        }
    }
    keywords
}

/// A key that every format accepts. Letters beyond ASCII are written as their code points.
fn key(slug: &str) -> String {
    let letter = |c: char| match c {
        c if c.is_ascii_alphanumeric() || c == '-' => c.to_string(),
        c => format!("u{:x}", u32::from(c)),
    };
    slug.chars().map(letter).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_ascii() {
        assert_eq!(key("torbay-care-2"), "torbay-care-2");
        assert_eq!(key("дом"), "u434u43eu43c");
    }
}
