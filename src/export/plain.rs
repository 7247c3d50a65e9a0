//! A reference as a line of text to copy, in the style of the American Psychological Association, 7th edition.
//!
//! The style is English; the names of months and the kind of work are in the language of the site. There are no
//! italics, since the line is copied as plain text.

use jiff::civil::Date;

use super::reference::Reference;
use crate::model::name::Name;

/// The name of the style.
pub const STYLE: &str = "APA 7";

/// The most authors that the style names before it leaves some out.
const NAMED: usize = 20;

/// A reference as a line of text. `kind` is the kind of work: `Case study`.
pub fn plain(reference: &Reference<'_>, kind: &str, months: &[String; 12]) -> String {
    let title = format!("{} [{kind}].", reference.title);
    let date = format!("({}).", reference.date.map_or("n.d.".to_owned(), |date| day(date, months)));
    let authors = authors(&reference.authors);
    let is_author = |name: &String| reference.authors.contains(&Name::Body(name.clone()));
    let publisher = reference.publisher.as_ref().filter(|name| !is_author(name) && **name != reference.collection);
    let mut parts = match authors {
        Some(authors) => vec![authors, date, title],
        None => vec![title, date],
    };
    if !is_author(&reference.collection) {
        parts.push(sentence(&reference.collection));
    }
    parts.extend(publisher.map(|name| sentence(name)));
    parts.extend(reference.url.clone());
    parts.join(" ")
}

fn day(date: Date, months: &[String; 12]) -> String {
    let month = &months[usize::try_from(date.month() - 1).expect("months count from 1")];
    format!("{}, {month} {}", date.year(), date.day())
}

/// Names in the style: `Berg, A., & Smith, B. C.`
pub fn authors(names: &[Name]) -> Option<String> {
    let names: Vec<String> = names.iter().map(short).collect();
    let (last, rest) = names.split_last()?;
    Some(sentence(&match rest.len() {
        0 => last.clone(),
        n if n < NAMED => format!("{}, & {last}", rest.join(", ")),
        _ => format!("{}, . . . {last}", rest[..NAMED - 1].join(", ")),
    }))
}

/// `Berg, A.`, `King, M. L., Jr.`
fn short(name: &Name) -> String {
    match name {
        Name::Body(name) => name.clone(),
        Name::Person(person) => {
            let parts = [person.whole_family(), person.initials(), person.suffix.clone()];
            parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
        }
    }
}

fn sentence(text: &str) -> String {
    if text.ends_with(['.', '!', '?']) { text.to_owned() } else { format!("{text}.") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn months() -> [String; 12] {
        std::array::from_fn(|n| format!("Month{}", n + 1))
    }

    fn reference(authors: &[&str], publisher: Option<&str>) -> Reference<'static> {
        Reference {
            key: "torbay".to_owned(),
            title: "What now?".to_owned(),
            authors: authors.iter().map(|name| Name::of(name)).collect(),
            collection: "The casebook".to_owned(),
            publisher: publisher.map(str::to_owned),
            date: Some(jiff::civil::date(2026, 11, 2)),
            url: Some("https://example.org/cases/torbay/".to_owned()),
            summary: String::new(),
            keywords: Vec::new(),
            language: "en",
            licence: None,
        }
    }

    #[track_caller]
    fn check(reference: &Reference<'_>, expected: &str) {
        assert_eq!(plain(reference, "Case study", &months()), expected);
    }

    #[test]
    fn a_citation_gives_authors_date_title_library_publisher_and_address_in_this_order() {
        check(
            &reference(&["Ann Smith", "Bo van der Berg"], Some("The Audit Office")),
            "Smith, A., & van der Berg, B. (2026, Month11 2). What now? [Case study]. The casebook. The Audit Office. \
             https://example.org/cases/torbay/",
        );
    }

    #[test]
    fn unknown_parts_are_left_out() {
        let bare = Reference { date: None, url: None, ..reference(&[], None) };
        check(&bare, "What now? [Case study]. (n.d.). The casebook.");
        let by_body = reference(&["Ofsted"], Some("Ofsted"));
        check(
            &by_body,
            "Ofsted. (2026, Month11 2). What now? [Case study]. The casebook. https://example.org/cases/torbay/",
        );
    }

    #[test]
    fn twenty_authors_are_named_and_of_more_also_the_last() {
        let names: Vec<String> = ('a'..='v').map(|letter| format!("A Name{letter}")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let text = plain(&reference(&names, None), "Case study", &months());
        assert!(text.contains("Names, A., . . . Namev, A. (2026"), "{text}");
        let text = plain(&reference(&names[..20], None), "Case study", &months());
        assert!(text.contains("Names, A., & Namet, A. (2026"), "{text}");
    }
}
