//! Every case as one JSON file: the data of the table of cases, with descriptions of barriers and the sources. No
//! contact details.

use std::{borrow::Cow, collections::BTreeMap};

use serde::Serialize;

use super::{json, reference::licence, table::url};
use crate::model::{
    Address, Library, document,
    library::{Case, CaseTerm},
    name::{Name, Person},
    own_field::FieldValue,
    vocabulary::Vocabulary,
};

#[derive(Serialize)]
struct LibraryJson<'a> {
    title: &'a str,
    url: String,
    licence: Option<LicenceJson<'a>>,
}

#[derive(Serialize)]
struct LicenceJson<'a> {
    name: &'a str,
    url: Option<&'a str>,
}

#[derive(Serialize)]
struct CaseJson<'a> {
    slug: &'a str,
    url: String,
    title: &'a str,
    summary: &'a str,
    date: Option<String>,
    updated: Option<String>,
    reviewed: Option<String>,
    review_by: Option<String>,
    place: Vec<PlaceJson<'a>>,
    short_place: Option<&'a str>,
    period: Option<PeriodJson<'a>>,
    partners: &'a [String],
    lesson: Option<&'a str>,
    authors: Vec<AuthorJson<'a>>,
    terms: BTreeMap<&'a str, Vec<&'a str>>,
    barriers: Vec<Barrier<'a>>,
    outcome: Option<&'a str>,
    outcome_what: Option<&'a str>,
    sources: Vec<SourceJson<'a>>,
    corrections: Vec<CorrectionJson<'a>>,
    adopted: Vec<AdoptionJson<'a>>,
    fields: BTreeMap<&'a str, &'a FieldValue>,
    language: &'a str,
    licence: Option<LicenceJson<'a>>,
}

#[derive(Serialize)]
struct PlaceJson<'a> {
    name: &'a str,
    code: Option<&'a str>,
    region: Option<&'a str>,
}

#[derive(Serialize)]
struct PeriodJson<'a> {
    from: Option<i16>,
    to: Option<i16>,
    changed: Option<i16>,
    reported: Option<i16>,
    note: Option<&'a str>,
}

#[derive(Serialize)]
struct AuthorJson<'a> {
    name: &'a str,
    organisation: Option<&'a str>,
    is_body: bool,
    given: Option<&'a str>,
    family: Option<String>,
    suffix: Option<&'a str>,
}

#[derive(Serialize)]
struct CorrectionJson<'a> {
    date: String,
    what: &'a str,
}

#[derive(Serialize)]
struct AdoptionJson<'a> {
    place: &'a str,
    from: Option<i16>,
    outcome: Option<&'a str>,
    what: Option<&'a str>,
    source: Option<&'a str>,
}

#[derive(Serialize)]
struct Barrier<'a> {
    term: &'a str,
    what: Option<&'a str>,
    response: Option<&'a str>,
}

#[derive(Serialize)]
struct SourceJson<'a> {
    id: Option<&'a str>,
    title: &'a str,
    authors: Vec<AuthorJson<'a>>,
    url: Option<Cow<'a, str>>,
    archived: Option<&'a str>,
    accessed: Option<String>,
    publisher: Option<&'a str>,
    date: Option<String>,
    kind: Option<&'static str>,
}

/// Every listed case, newest first.
pub fn cases_json(library: &Library) -> String {
    let config = &library.config;
    let home = Address::page([]);
    let about = LibraryJson {
        title: &config.title,
        url: config.base.full_or_path(&home),
        licence: config.licence.as_ref().map(licence_of),
    };
    let before = format!("{{\"library\":{},\"cases\":", json::compact(&about));
    json::with_lines(before, library.cases.iter().map(|case| entry(library, case))) + "}\n"
}

fn entry<'a>(library: &'a Library, case: &'a Case) -> CaseJson<'a> {
    let file = &case.file;
    let day = |day: Option<jiff::civil::Date>| day.map(|day| day.to_string());
    let ids = |vocabulary: &'a Vocabulary| {
        case.terms_of(vocabulary.id).iter().map(|carried| vocabulary.terms[carried.term].slug()).collect()
    };
    let terms: BTreeMap<&str, Vec<&str>> =
        library.vocabularies.iter().map(|vocabulary| (vocabulary.file.id.as_str(), ids(vocabulary))).collect();
    CaseJson {
        slug: &file.slug.value,
        url: url(library, case),
        title: &file.title,
        summary: &file.summary,
        date: day(file.date),
        updated: day(file.updated),
        reviewed: day(file.reviewed),
        review_by: day(file.review_by.as_ref().map(|day| day.value)),
        place: file.places.iter().map(|named| place(library, named)).collect(),
        short_place: file.short_place.as_deref(),
        period: file.period.as_ref().map(period),
        partners: &file.partners,
        lesson: file.lesson.as_deref(),
        authors: file.authors.iter().map(author).collect(),
        outcome: terms.get("outcome").and_then(|terms| terms.first()).copied(),
        terms,
        barriers: barriers(library, case),
        outcome_what: uses(library, case, "outcome").next().and_then(|carried| carried.what.as_deref()),
        sources: file.sources.iter().map(|cited| source(library, case, cited)).collect(),
        corrections: file
            .corrections
            .iter()
            .map(|correction| CorrectionJson { date: correction.date.to_string(), what: &correction.what })
            .collect(),
        adopted: file.adopted.iter().map(adoption).collect(),
        fields: file.own_fields.iter().map(|(key, value)| (key.as_str(), value)).collect(),
        language: library.language_of(case),
        licence: licence(library, case).map(licence_of),
    }
}

fn place<'a>(library: &'a Library, place: &'a document::Place) -> PlaceJson<'a> {
    let listed = &library.listed_places;
    PlaceJson { name: &place.name, code: listed.code(place), region: listed.region(place) }
}

fn period(period: &document::Period) -> PeriodJson<'_> {
    let document::Period { from, to, changed, reported, note } = period;
    PeriodJson { from: *from, to: *to, changed: *changed, reported: *reported, note: note.as_deref() }
}

fn author(author: &document::Author) -> AuthorJson<'_> {
    let person = match &author.name {
        Name::Person(person) => Some(person),
        Name::Body(_) => None,
    };
    let part = |part_of: fn(&Person) -> &str| person.map(part_of).filter(|part| !part.is_empty());
    AuthorJson {
        name: author.name.shown(),
        organisation: author.organisation.as_deref(),
        is_body: person.is_none(),
        given: part(|person| &person.given),
        family: person.map(Person::whole_family),
        suffix: part(|person| &person.suffix),
    }
}

fn adoption(adoption: &document::Adoption) -> AdoptionJson<'_> {
    AdoptionJson {
        place: &adoption.place,
        from: adoption.from,
        outcome: adoption.outcome.as_ref().map(|outcome| outcome.value.as_str()),
        what: adoption.what.as_deref(),
        source: adoption.source.as_ref().map(|source| source.value.as_str()),
    }
}

fn licence_of(licence: &document::Licence) -> LicenceJson<'_> {
    LicenceJson { name: &licence.name, url: licence.url.as_deref() }
}

/// The terms of the vocabulary `barrier` that a case carries, with their descriptions.
fn barriers<'a>(library: &'a Library, case: &'a Case) -> Vec<Barrier<'a>> {
    uses(library, case, "barrier")
        .map(|carried| Barrier {
            term: library.vocabularies[carried.term].slug(),
            what: carried.what.as_deref(),
            response: carried.response.as_deref(),
        })
        .collect()
}

/// The terms of a vocabulary that a case carries; none if the library has no such vocabulary.
fn uses<'a>(library: &'a Library, case: &'a Case, vocabulary: &str) -> impl Iterator<Item = &'a CaseTerm> {
    library.vocabularies.named(vocabulary).into_iter().flat_map(|carrying| case.terms_of(carrying.id))
}

/// The address of a source that is a file of the library: in full if the host is known, otherwise from the root of its
/// site.
fn file_url(library: &Library, case: &Case, source: &document::Source) -> Option<String> {
    let address = case.file.address_of(&source.file()?.value)?;
    Some(library.config.base.full_or_path(&address))
}

fn source<'a>(library: &Library, case: &Case, source: &'a document::Source) -> SourceJson<'a> {
    SourceJson {
        title: &source.title,
        id: source.id.as_ref().map(|id| id.value.as_str()),
        authors: source.authors.iter().map(author).collect(),
        url: source.web().map(Cow::Borrowed).or_else(|| file_url(library, case, source).map(Cow::Owned)),
        archived: source.archived.as_deref(),
        accessed: source.accessed.map(|day| day.to_string()),
        publisher: source.publisher.as_deref(),
        date: source.date.map(|date| date.to_string()),
        kind: source.kind.map(document::SourceKind::as_str),
    }
}
