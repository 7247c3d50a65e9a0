//! The facts of a case, in a fixed order. A fact that is absent has no row.

use serde::Serialize;

use crate::{
    model::{
        Address,
        document::Contact,
        library::Case,
        own_field::{FieldValue, OwnField},
    },
    site::{
        abbreviations::Spelling,
        gazetteer::Gazetteer,
        theme::Html,
        view::{
            Common, Dated,
            entry::{TermLine, term_line},
            overview::Overview,
            site::LinkedName,
            web,
        },
    },
};

/// The facts of a case.
#[derive(Debug, Serialize)]
pub struct Facts<'a> {
    /// The label of the places.
    pub place_label: &'a str,
    /// Its places.
    pub places: Vec<PlaceFact<'a>>,
    /// The label of the partners.
    pub partners_label: &'a str,
    /// The partners.
    pub partners: Vec<Html>,
    /// The terms, one line for each vocabulary that has no mark: the facets first, in their order.
    pub terms: Vec<TermLine>,
    /// The values of the library's own keys, in the order of the settings.
    pub own: Vec<OwnFact<'a>>,
    /// The day of first publication.
    pub first_published: Option<Dated>,
    /// The day of the last change.
    pub updated: Option<Dated>,
    /// The day on which the facts were checked.
    pub checked: Option<Dated>,
    /// The day by which they should be checked again.
    pub next_review: Option<Dated>,
    /// The label of the authors.
    pub authors_label: &'a str,
    /// The authors.
    pub authors: Vec<AuthorFact<'a>>,
    /// The contact.
    pub contact: Option<ContactFact<'a>>,
    /// The licence, if it is not the library's.
    pub licence: Option<LinkedName<'a>>,
}

/// A place of a case.
#[derive(Debug, Serialize)]
pub struct PlaceFact<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its region.
    pub region: Option<&'a str>,
    /// The link to the other cases of the place.
    pub href: String,
}

/// An author of a case.
#[derive(Debug, Serialize)]
pub struct AuthorFact<'a> {
    /// The author's name.
    pub name: &'a str,
    /// The author's organisation.
    pub organisation: Option<Html>,
}

/// The value of one of the library's own keys.
#[derive(Debug, Serialize)]
pub struct OwnFact<'a> {
    /// The label of the key.
    pub label: &'a str,
    /// The value: one text, or several.
    pub texts: Vec<String>,
    /// The link, if the value is an address.
    pub href: Option<&'a str>,
}

/// The contact of a case: a name, an e-mail address or both.
#[derive(Debug, Serialize)]
pub struct ContactFact<'a> {
    /// The name.
    pub name: Option<&'a str>,
    /// The e-mail address.
    pub email: Option<&'a str>,
    /// The `mailto:` link.
    pub href: Option<String>,
}

/// Makes the view of the facts of a case.
pub fn facts<'a>(overview: Overview<'a>, case: &'a Case, spelling: &mut Spelling<'_>) -> Facts<'a> {
    let (common, terms, gazetteer) = (overview.common, overview.terms, overview.gazetteer);
    let (file, words) = (&case.file, common.words);
    // Marks and years are at the top of the case already.
    let others = terms.vocabularies.iter().filter(|vocabulary| !overview.marks.contains(&vocabulary.id));
    let day = |day: Option<_>| day.map(|day| Dated::new(words, day));
    Facts {
        place_label: words.place.of(file.places.len()),
        places: places(common, gazetteer, case),
        partners_label: words.partners.of(file.partners.len()),
        partners: file.partners.iter().map(|partner| spelling.text(partner)).collect(),
        terms: others.filter_map(|vocabulary| term_line(terms, case, vocabulary)).collect(),
        own: own(common, case),
        first_published: day(file.date),
        updated: day(file.updated),
        checked: day(file.reviewed),
        next_review: day(file.review_by.as_ref().map(|day| day.value)),
        authors_label: words.authors.of(file.authors.len()),
        authors: file
            .authors
            .iter()
            .map(|author| AuthorFact {
                name: author.name.shown(),
                organisation: author.organisation.as_deref().map(|body| spelling.text(body)),
            })
            .collect(),
        contact: file.contact.as_ref().and_then(contact),
        licence: file
            .licence
            .as_ref()
            .map(|licence| LinkedName { text: &licence.name, href: web(licence.url.as_deref()) }),
    }
}

fn places<'a>(common: Common<'_>, gazetteer: &Gazetteer, case: &'a Case) -> Vec<PlaceFact<'a>> {
    let page = common.href(&Address::page(["places"]));
    let place = |place: &'a crate::model::document::Place| PlaceFact {
        name: &place.name,
        region: place.region.as_deref(),
        href: match gazetteer.id(place) {
            Some(id) => format!("{page}#{id}"),
            None => page.clone(),
        },
    };
    case.file.places.iter().map(place).collect()
}

fn own<'a>(common: Common<'a>, case: &'a Case) -> Vec<OwnFact<'a>> {
    let words = common.words;
    let said = |field: &'a OwnField| {
        let value = case.file.own_fields.get(&field.id.value)?;
        let texts = match value {
            FieldValue::Text(text) => vec![text.clone()],
            FieldValue::Number(number) => vec![words.any_number(number)],
            FieldValue::Date(date) => vec![words.partial_date(*date)],
            FieldValue::Link(url) => vec![shown_address(url).to_owned()],
            FieldValue::List(items) => items.clone(),
        };
        let href = if let FieldValue::Link(url) = value { web(Some(url)) } else { None };
        Some(OwnFact { label: &field.label, texts, href })
    };
    common.config.fields.iter().filter_map(said).collect()
}

/// A web address as shown: without scheme and `www`.
fn shown_address(url: &str) -> &str {
    let bare = url.split_once("://").map_or(url, |(_, rest)| rest);
    bare.strip_prefix("www.").unwrap_or(bare).trim_end_matches('/')
}

/// The `mailto:` link to an e-mail address.
pub fn mailto(email: &str) -> String {
    /// The characters that the path of a `mailto:` link may hold as they are.
    const KEPT: &percent_encoding::AsciiSet =
        &percent_encoding::NON_ALPHANUMERIC.remove(b'@').remove(b'.').remove(b'-').remove(b'_').remove(b'+');
    format!("mailto:{}", percent_encoding::utf8_percent_encode(email, KEPT))
}

fn contact(contact: &Contact) -> Option<ContactFact<'_>> {
    let (name, email) = (contact.name.as_deref(), contact.email.as_deref());
    let href = email.map(mailto);
    (name.is_some() || email.is_some()).then_some(ContactFact { name, email, href })
}
