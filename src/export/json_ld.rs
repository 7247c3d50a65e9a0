//! Linked data in the words of schema.org, for the pages of cases and for the open data.
//!
//! Takes a library and gives JSON-LD. Without a host nothing has an identity on the web, so addresses are left out and the
//! rest stands. No contact details are given.

use serde_json::{Value, json};

use super::{
    data_file::DataFile,
    json::without_absent,
    reference::licence,
    when::{interval, partial},
};
use crate::model::{
    Address, Library,
    document::{Author, Licence, Place, Source},
    library::Case,
};

/// A case and the pages above it. `image` is the full address of its picture; `above` are the names and addresses of the
/// pages above it, from the top.
pub fn case(library: &Library, number: usize, image: Option<&str>, above: &[(&str, Address)]) -> Value {
    let case = &library.cases[number];
    let own = (case.file.title.as_str(), case.address.clone());
    without_absent(json!({
        "@context": "https://schema.org",
        "@graph": [report(library, case, image), trail(library, above.iter().chain([&own]))],
    }))
}

/// The open data as a whole. `description` says what it is.
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
        "keywords": library.vocabularies.iter().map(|vocabulary| &vocabulary.label).collect::<Vec<_>>(),
        "distribution": DataFile::of(library).iter().filter_map(file).collect::<Vec<_>>(),
    }))
}

fn report(library: &Library, case: &Case, image: Option<&str>) -> Value {
    let (config, file) = (&library.config, &case.file);
    let url = config.base.full(&case.address);
    let authors: Vec<Value> = file.authors.iter().map(author).collect();
    json!({
        "@type": "Report",
        "@id": url,
        "url": url,
        "mainEntityOfPage": url,
        "name": file.title,
        "headline": file.title,
        "abstract": Some(&file.summary).filter(|text| !text.is_empty()),
        "inLanguage": file.language.as_ref().unwrap_or(&config.language),
        "datePublished": file.date.map(|day| day.to_string()),
        "dateModified": file.updated.or(file.date).map(|day| day.to_string()),
        "author": if authors.is_empty() { publisher(library).into_iter().collect() } else { authors },
        "publisher": publisher(library),
        "image": image,
        "spatialCoverage": file.places.iter().map(place).collect::<Vec<_>>(),
        "temporalCoverage": file.period.as_ref().and_then(interval),
        "about": terms(library, case),
        "contributor": file.partners.iter().map(|name| json!({ "@type": "Organization", "name": name })).collect::<Vec<_>>(),
        "citation": file.sources.iter().map(source).collect::<Vec<_>>(),
        "license": licence(library, case).map(license),
        "isAccessibleForFree": true,
        "isPartOf": {
            "@type": "Collection",
            "@id": config.base.full(&Address::page([])),
            "name": config.title,
            "url": config.base.full(&Address::page([])),
        },
    })
}

fn trail<'a>(library: &Library, pages: impl Iterator<Item = &'a (&'a str, Address)>) -> Value {
    let item = |(n, (name, address)): (usize, &(&str, Address))| json!({ "@type": "ListItem", "position": n + 1, "name": name, "item": library.config.base.full(address) });
    json!({ "@type": "BreadcrumbList", "itemListElement": pages.enumerate().map(item).collect::<Vec<_>>() })
}

fn publisher(library: &Library) -> Option<Value> {
    let publisher = library.config.publisher.as_ref()?;
    Some(json!({ "@type": "Organization", "name": publisher.name, "url": publisher.url }))
}

fn author(author: &Author) -> Value {
    let organisation = author.organisation.as_ref().map(|name| json!({ "@type": "Organization", "name": name }));
    json!({ "@type": "Person", "name": author.name, "affiliation": organisation })
}

fn license(licence: &Licence) -> Value {
    match &licence.url {
        Some(url) => json!(url),
        None => json!({ "@type": "CreativeWork", "name": licence.name }),
    }
}

fn place(place: &Place) -> Value {
    let region = place.region.as_ref().map(|name| json!({ "@type": "AdministrativeArea", "name": name }));
    json!({ "@type": "AdministrativeArea", "name": place.name, "identifier": place.code, "containedInPlace": region })
}

/// The terms of a case, each in its taxonomy.
fn terms(library: &Library, case: &Case) -> Vec<Value> {
    let base = &library.config.base;
    let of_each = library.vocabularies.iter().zip(&case.terms);
    let terms = of_each.flat_map(|(vocabulary, uses)| uses.iter().map(move |carried| (vocabulary, carried.term)));
    terms
        .map(|(vocabulary, term)| {
            let term = &vocabulary.terms[term];
            let (url, set) = (base.full(&vocabulary.term_address(&term.id)), base.full(&vocabulary.address()));
            json!({
                "@type": "DefinedTerm",
                "@id": url,
                "url": url,
                "name": term.label,
                "termCode": term.id,
                "inDefinedTermSet": { "@type": "DefinedTermSet", "@id": set, "url": set, "name": vocabulary.label },
            })
        })
        .collect()
}

fn source(source: &Source) -> Value {
    json!({
        "@type": "CreativeWork",
        "name": source.title,
        "url": source.url,
        "publisher": source.publisher.as_ref().map(|name| json!({ "@type": "Organization", "name": name })),
        "datePublished": source.date.map(partial),
    })
}
