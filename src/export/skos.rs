//! The vocabularies in SKOS, as JSON-LD: a concept scheme for each vocabulary, a concept for each term, and a
//! deprecated one for each retired id, with the concept that replaces it.
//!
//! A concept is identified by the full address of its page, so this file needs a host. A preferred label is never an
//! alternative one too, as SKOS requires.

use serde_json::{Value, json};

use super::json::{text, without_absent};
use crate::model::{
    Library, TermId,
    vocabulary::{Term, Vocabulary},
};

/// Every vocabulary.
pub fn vocabularies(library: &Library) -> String {
    let of_each = library.vocabularies.iter().flat_map(|vocabulary| {
        let terms = vocabulary.terms.iter().map(|term| concept(library, vocabulary, term));
        let retired = vocabulary.retired.iter().map(|(id, &now)| retired(library, vocabulary, id, now));
        std::iter::once(scheme(library, vocabulary)).chain(terms).chain(retired).collect::<Vec<_>>()
    });
    text(&without_absent(
        json!({ "@context": context(&library.config.language), "@graph": of_each.collect::<Vec<_>>() }),
    ))
}

fn context(language: &str) -> Value {
    let words = |name: &str| json!({ "@id": name, "@language": language });
    let link = |name: &str| json!({ "@id": name, "@type": "@id" });
    json!({
        "skos": "http://www.w3.org/2004/02/skos/core#",
        "dct": "http://purl.org/dc/terms/",
        "owl": "http://www.w3.org/2002/07/owl#",
        "prefLabel": words("skos:prefLabel"),
        "altLabel": words("skos:altLabel"),
        "definition": words("skos:definition"),
        "title": words("dct:title"),
        "rights": words("dct:rights"),
        "notation": "skos:notation",
        "deprecated": "owl:deprecated",
        "inScheme": link("skos:inScheme"),
        "topConceptOf": link("skos:topConceptOf"),
        "hasTopConcept": link("skos:hasTopConcept"),
        "broader": link("skos:broader"),
        "narrower": link("skos:narrower"),
        "license": link("dct:license"),
        "isReplacedBy": link("dct:isReplacedBy"),
    })
}

fn scheme(library: &Library, vocabulary: &Vocabulary) -> Value {
    let licence = library.config.licence.as_ref();
    let top = vocabulary.terms.iter().filter(|term| term.broader.is_none());
    json!({
        "@id": iri(library, vocabulary, None),
        "@type": "skos:ConceptScheme",
        "prefLabel": vocabulary.file.label,
        "title": vocabulary.file.plural,
        "definition": vocabulary.file.question,
        "hasTopConcept": top.map(|term| iri(library, vocabulary, Some(term.slug()))).collect::<Vec<_>>(),
        "license": licence.and_then(|licence| licence.url.as_ref()),
        "rights": licence.map(|licence| &licence.name),
    })
}

fn concept(library: &Library, vocabulary: &Vocabulary, term: &Term) -> Value {
    let scheme = iri(library, vocabulary, None);
    let other = |term: TermId| iri(library, vocabulary, Some(vocabulary.terms[term].slug()));
    let mut also: Vec<&str> = term.also().filter(|name| *name != term.label).collect();
    also.sort();
    also.dedup();
    json!({
        "@id": iri(library, vocabulary, Some(term.slug())),
        "@type": "skos:Concept",
        "notation": term.slug(),
        "prefLabel": term.label,
        "altLabel": also,
        "definition": term.file.definition,
        "inScheme": scheme,
        "topConceptOf": term.broader.is_none().then_some(scheme),
        "broader": term.broader.map(other),
        "narrower": term.narrower.iter().map(|&term| other(term)).collect::<Vec<_>>(),
    })
}

/// A retired id. The library does not keep its old label, so its label is the id.
fn retired(library: &Library, vocabulary: &Vocabulary, id: &str, now: TermId) -> Value {
    json!({
        "@id": iri(library, vocabulary, Some(id)),
        "@type": "skos:Concept",
        "notation": id,
        "prefLabel": id,
        "inScheme": iri(library, vocabulary, None),
        "deprecated": true,
        "isReplacedBy": iri(library, vocabulary, Some(vocabulary.terms[now].slug())),
    })
}

/// The identifier of a vocabulary, or of one of its terms.
fn iri(library: &Library, vocabulary: &Vocabulary, term: Option<&str>) -> Option<String> {
    let address = term.map_or_else(|| vocabulary.address(), |id| vocabulary.term_address(id));
    library.config.base.full(&address)
}
