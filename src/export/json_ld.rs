//! Linked data in terms of schema.org, for the pages of cases and for the open data.
//!
//! Takes a library and gives JSON-LD. Without a host, nothing has an identity on the web, so addresses are left out and
//! the rest stays. There are no contact details. Every page of a case has linked data, so it is written from types,
//! which is quicker than building trees of JSON values.

use std::borrow::Cow;

use jiff::civil::Date;
use serde::Serialize;
use serde_json::{Value, json};

use super::{
    data_file::DataFile,
    json::without_absent,
    reference::licence,
    schema_org::{
        AdministrativeArea, BreadcrumbList, CorrectionComment, CreativeWork, DefinedTerm, DefinedTermSet, License,
        ListItem, Organization, SchemaAuthor, SchemaCollection, SchemaPerson, SchemaReport,
    },
    when::interval,
};
use crate::model::{
    Address, Library, TermId,
    document::{self, CaseFile, Licence, Place, Source},
    library::Case,
    name::Name,
};

/// The linked data of a page.
#[derive(Debug, Serialize)]
pub struct LinkedData<T> {
    #[serde(rename = "@context")]
    context: &'static str,
    #[serde(rename = "@graph")]
    graph: T,
}

/// The linked data of a case, with its breadcrumb trail. `image` is the full address of its picture; `above` are the
/// names and addresses of the pages above it, from the top.
pub fn case<'a>(
    library: &'a Library,
    case: &'a Case,
    image: Option<&'a str>,
    above: &[(&'a str, Address)],
) -> LinkedData<(SchemaReport<'a>, BreadcrumbList<'a>)> {
    let own = (case.file.title.as_str(), case.address.clone());
    let graph = (report(library, case, image), trail(library, above.iter().chain([&own])));
    LinkedData { context: "https://schema.org", graph }
}

/// The linked data of the open data. `description` describes it.
pub fn dataset(library: &Library, description: &str) -> Value {
    let base = &library.config.base;
    let file = |file: &DataFile| {
        let url = base.full(&file.address())?;
        Some(
            json!({ "@type": "DataDownload", "name": file.name(), "contentUrl": url, "encodingFormat": file.media_type() }),
        )
    };
    let url = base.full(&Address::page(["data"]));
    without_absent(json!({
        "@context": "https://schema.org",
        "@type": "Dataset",
        "@id": url,
        "url": url,
        "name": library.config.title,
        "description": description,
        "inLanguage": library.config.language,
        "isAccessibleForFree": true,
        "license": library.config.licence.as_ref().map(license),
        "publisher": publisher(library),
        "creator": publisher(library),
        "keywords": library.vocabularies.iter().map(|vocabulary| &vocabulary.file.label).collect::<Vec<_>>(),
        "distribution": DataFile::of(library).iter().filter_map(file).collect::<Vec<_>>(),
    }))
}

/// The day on which the text was last changed: a change of substance, a correction, or publication.
fn last_edit(file: &CaseFile) -> Option<Date> {
    let corrected = file.corrections.last().map(|correction| correction.date);
    [file.updated, corrected, file.date].into_iter().flatten().max()
}

fn report<'a>(library: &'a Library, case: &'a Case, image: Option<&'a str>) -> SchemaReport<'a> {
    let (config, file) = (&library.config, &case.file);
    let url = config.base.full(&case.address);
    let signed = file.authors.iter().map(author);
    let unsigned = publisher(library).filter(|_| file.authors.is_empty()).map(SchemaAuthor::Organization);
    SchemaReport {
        id: url.clone(),
        url: url.clone(),
        main_entity_of_page: url,
        name: &file.title,
        headline: &file.title,
        r#abstract: &file.summary,
        in_language: library.language_of(case),
        date_published: file.date.map(|day| day.to_string()),
        date_modified: last_edit(file).map(|day| day.to_string()),
        author: signed.chain(unsigned).collect(),
        publisher: publisher(library),
        image,
        spatial_coverage: file.places.iter().map(|place| area(library, place)).collect(),
        temporal_coverage: file.period.as_ref().and_then(interval),
        about: terms(library, case),
        contributor: file.partners.iter().map(|name| body(name)).collect(),
        citation: file.sources.iter().map(|cited| source(library, case, cited)).collect(),
        teaches: file.lesson.as_deref(),
        correction: file
            .corrections
            .iter()
            .map(|correction| CorrectionComment { text: &correction.what, date_published: correction.date.to_string() })
            .collect(),
        license: licence(library, case).map(license),
        is_accessible_for_free: true,
        is_part_of: SchemaCollection { id: config.base.full(&Address::page([])), name: &config.title },
    }
}

fn trail<'a: 'b, 'b>(library: &Library, pages: impl Iterator<Item = &'b (&'a str, Address)>) -> BreadcrumbList<'a> {
    let item = |(n, (name, address)): (usize, &(&'a str, Address))| ListItem {
        position: n + 1,
        name,
        item: library.config.base.full(address),
    };
    BreadcrumbList { item_list_element: pages.enumerate().map(item).collect() }
}

fn publisher(library: &Library) -> Option<Organization<'_>> {
    let publisher = library.config.publisher.as_ref()?;
    Some(Organization { name: &publisher.name, url: publisher.url.as_deref() })
}

fn body(name: &str) -> Organization<'_> {
    Organization { name, url: None }
}

fn author(author: &document::Author) -> SchemaAuthor<'_> {
    match &author.name {
        Name::Body(name) => SchemaAuthor::Organization(body(name)),
        Name::Person(person) => SchemaAuthor::Person(SchemaPerson {
            name: &person.shown,
            given_name: &person.given,
            family_name: person.whole_family(),
            honorific_prefix: &person.title,
            honorific_suffix: [person.suffix.as_str(), &person.honours].join(" ").trim().to_owned(),
            affiliation: author.organisation.as_deref().map(body),
        }),
    }
}

fn license(licence: &Licence) -> License<'_> {
    match &licence.url {
        Some(url) => License::Url(url),
        None => License::Name(CreativeWork { name: &licence.name, ..CreativeWork::default() }),
    }
}

fn area<'a>(library: &'a Library, place: &'a Place) -> AdministrativeArea<'a> {
    let region = |name| AdministrativeArea { name, identifier: None, contained_in_place: None };
    AdministrativeArea {
        name: &place.name,
        identifier: library.listed_places.code(place),
        contained_in_place: library.listed_places.region(place).map(region).map(Box::new),
    }
}

/// The terms of a case, each in its vocabulary.
fn terms<'a>(library: &'a Library, case: &'a Case) -> Vec<DefinedTerm<'a>> {
    let base = &library.config.base;
    let terms = case.terms.iter().map(|carried| carried.term);
    let defined = |term: TermId| {
        let (vocabulary, term) = (library.vocabularies.of(term), &library.vocabularies[term]);
        DefinedTerm {
            id: base.full(&vocabulary.term_address(term.slug())),
            name: &term.label,
            term_code: term.slug(),
            in_defined_term_set: DefinedTermSet { id: base.full(&vocabulary.address()), name: &vocabulary.file.label },
        }
    };
    terms.map(defined).collect()
}

/// A source. One that is a file of the library has an address if the host is known.
fn source<'a>(library: &Library, case: &Case, source: &'a Source) -> CreativeWork<'a> {
    let file = || library.config.base.full(&case.file.address_of(&source.file()?.value)?);
    CreativeWork {
        name: &source.title,
        author: source.authors.iter().map(author).collect(),
        url: source.web().map(Cow::Borrowed).or_else(|| file().map(Cow::Owned)),
        archived_at: source.archived.as_deref(),
        publisher: source.publisher.as_deref().map(body),
        date_published: source.date.map(|date| date.to_string()),
    }
}
