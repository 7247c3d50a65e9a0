//! The metadata in the head of a case's page: Highwire Press tags and Dublin Core, which reference managers and
//! scholarly search engines read.

use super::{reference::reference, when::interval};
use crate::model::{Library, library::Case};

/// A name and its content: a `meta` element.
pub type Tag = (&'static str, String);

/// The tags of a case, in a fixed order. An absent value has no tag.
pub fn tags(library: &Library, case: &Case) -> Vec<Tag> {
    let reference = reference(library, case);
    let names = || reference.authors.iter();
    let highwire = |name| move |content: String| (name, content);
    let publisher = reference.publisher.clone();
    let mut tags = vec![("citation_title", reference.title.clone())];
    tags.extend(names().map(|name| name.inverted()).map(highwire("citation_author")));
    tags.extend(reference.date.map(|day| ("citation_publication_date", day.strftime("%Y/%m/%d").to_string())));
    let institution = publisher.clone().unwrap_or_else(|| reference.collection.clone());
    tags.push(("citation_technical_report_institution", institution));
    tags.extend(publisher.clone().map(highwire("citation_publisher")));
    tags.extend(reference.url.clone().map(highwire("citation_abstract_html_url")));
    tags.extend((!reference.keywords.is_empty()).then(|| ("citation_keywords", reference.keywords.join("; "))));
    tags.push(("citation_language", reference.language.to_owned()));

    tags.push(("DC.title", reference.title.clone()));
    tags.push(("DC.type", "Text".to_owned()));
    tags.extend(names().map(|name| ("DC.creator", name.inverted())));
    tags.extend(publisher.map(highwire("DC.publisher")));
    tags.extend(reference.date.map(|day| ("DC.date", day.to_string())));
    tags.extend((!reference.summary.is_empty()).then(|| ("DC.description", reference.summary.clone())));
    tags.extend(reference.keywords.iter().map(|keyword| ("DC.subject", (*keyword).to_owned())));
    tags.extend(case.file.places.iter().map(|place| ("DC.coverage", place.name.clone())));
    tags.extend(case.file.period.as_ref().and_then(interval).map(highwire("DC.coverage")));
    tags.push(("DC.language", reference.language.to_owned()));
    tags.extend(
        reference.licence.map(|licence| ("DC.rights", licence.url.clone().unwrap_or_else(|| licence.name.clone()))),
    );
    tags.extend(reference.url.map(highwire("DC.identifier")));
    tags
}
