//! `authors`, `sources`, `corrections` and `adopted` of front matter → typed values.
//!
//! Takes nodes of the YAML and gives the values that could be read. Ids that occur twice, and citations of ids that no
//! source has, are reported here, since a case has all its sources.

use std::{
    borrow::Cow,
    cell::OnceCell,
    collections::{HashMap, HashSet},
};

use jiff::civil::Date;

use super::{
    fields,
    markdown::destination::{LinkDestination, destination},
    yaml::{Map, Node},
};
use crate::{
    model::{
        document::{Adoption, Author, Body, Cited, Correction, Source, SourceKind, SourceUrl, is_source_id},
        keys,
        name::Name,
    },
    problem::{NameIndex, Problem, Spot, Written, message::case as case_message, message::source as message},
};

/// An author: the name of an organisation alone, or a mapping.
pub(super) fn author(node: Node<'_>, problems: &mut Vec<Problem>) -> Option<Author> {
    if !node.is_map() {
        return Some(Author { name: Name::body(&node.text(problems)?), organisation: None });
    }
    let map = node.map(problems)?;
    map.only_keys(keys::AUTHOR, problems);
    let [name, given, family, suffix, organisation] =
        ["name", "given", "family", "suffix", "organisation"].map(|key| map.text(key, problems));
    if let Some(family) = family {
        let [given, suffix] = [given, suffix].map(Option::unwrap_or_default);
        return Some(Author { name: Name::in_parts(&given, &family, &suffix, name.as_deref()), organisation });
    }
    if given.is_some() || suffix.is_some() {
        map.report_missing("family", problems);
        return None;
    }
    match (name, organisation) {
        (None, Some(organisation)) => Some(Author { name: Name::body(&organisation), organisation: None }),
        (Some(name), Some(organisation)) if name == organisation => {
            Some(Author { name: Name::body(&name), organisation: None })
        }
        (Some(name), organisation) => Some(Author { name: Name::of(&name), organisation }),
        (None, None) => {
            map.report_missing("name", problems);
            None
        }
    }
}

/// The authors of a case or a source.
pub(super) fn authors(map: Map<'_>, problems: &mut Vec<Problem>) -> Vec<Author> {
    map.no_list_in_one_text("authors", problems);
    map.each("authors", problems, author)
}

/// The sources of a case. If two have the same id, the first keeps it.
pub(super) fn sources(map: Map<'_>, problems: &mut Vec<Problem>) -> Vec<Source> {
    let mut sources: Vec<Source> = map
        .read("sources", problems, |node, problems| Some(node.each_map(keys::SOURCE, problems, source)))
        .unwrap_or_default();
    let mut first: HashMap<String, Spot> = HashMap::new();
    for source in &mut sources {
        let Some(id) = source.id.take() else { continue };
        match first.get(&id.value) {
            Some(first) => problems.push(message::id_twice(&id, first)),
            None => {
                first.insert(id.value.clone(), id.spot.clone());
                source.id = Some(id);
            }
        }
    }
    sources
}

fn source(map: Map<'_>, problems: &mut Vec<Problem>) -> Option<Source> {
    map.only_keys(keys::SOURCE, problems);
    let id = map.written("id", problems).filter(|id| {
        let is_sound = is_source_id(&id.value);
        problems.extend((!is_sound).then(|| message::bad_id(id)));
        is_sound
    });
    // A source without a title is kept, so that its citations are not reported as well.
    let named = id.as_ref().map(|id| id.value.clone());
    Some(Source {
        item: map.item(),
        id,
        authors: authors(map, problems),
        url: map.read("url", problems, source_url),
        archived: map.read("archived", problems, fields::web_address),
        publisher: map.text("publisher", problems),
        date: map.read("date", problems, fields::partial_date),
        accessed: map.read("accessed", problems, fields::day),
        kind: map.read("kind", problems, |node, problems| fields::word(node, &SourceKind::ALL, problems)),
        title: map.required_text("title", problems).or(named)?,
    })
}

/// The address of a web page, or the path of a file of the library.
fn source_url(node: Node<'_>, problems: &mut Vec<Problem>) -> Option<SourceUrl> {
    let is_file = node.plain_text().is_some_and(|text| {
        let name = text.rsplit(['/', '\\']).next().unwrap_or_default();
        let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
        let is_ending = (2..=5).contains(&ending.len()) && ending.bytes().all(|byte| byte.is_ascii_alphanumeric());
        let is_page = matches!(ending.as_str(), "md" | "html" | "htm");
        is_ending
            && !is_page
            && destination(text) == LinkDestination::Site
            && case_message::meant_address(text).is_none()
    });
    match is_file {
        true => node.written(problems).map(SourceUrl::File),
        false => fields::web_address(node, problems).map(SourceUrl::Web),
    }
}

/// The corrections. `date` is the day on which the case was first published.
pub(super) fn corrections(map: Map<'_>, date: Option<Date>, problems: &mut Vec<Problem>) -> Vec<Correction> {
    let correction = |map: Map<'_>, problems: &mut Vec<Problem>| {
        map.only_keys(keys::CORRECTION, problems);
        let what = map.required_text("what", problems);
        let day = map.require("date", problems, |node, problems| {
            let day = fields::day(node, problems)?;
            let first = date.filter(|first| day < *first);
            problems.extend(first.map(|first| message::corrected_too_early(&node.spot(), day, first)));
            Some((day, node.spot()))
        });
        let (date, date_spot) = day?;
        Some(Correction { date, date_spot, what: what? })
    };
    let mut corrections = map
        .read("corrections", problems, |node, problems| Some(node.each_map(keys::CORRECTION, problems, correction)))
        .unwrap_or_default();
    corrections.sort_by_key(|correction| correction.date);
    corrections
}

/// The adoptions elsewhere. `sources` are those of the case.
pub(super) fn adopted(map: Map<'_>, sources: &[Source], problems: &mut Vec<Problem>) -> Vec<Adoption> {
    let ids = SourceIds::of(sources);
    let adoption = |map: Map<'_>, problems: &mut Vec<Problem>| {
        map.only_keys(keys::ADOPTION, problems);
        let source = map.written("source", problems).filter(|id| {
            problems.extend(ids.unknown(id));
            ids.contains(&id.value)
        });
        Some(Adoption {
            item: map.item(),
            from: map.read("from", problems, fields::year),
            outcome: map.written("outcome", problems),
            what: map.text("what", problems),
            source,
            place: map.required_text("place", problems)?,
        })
    };
    map.read("adopted", problems, |node, problems| Some(node.each_map(keys::ADOPTION, problems, adoption)))
        .unwrap_or_default()
}

/// The ids of a case's sources.
pub(super) struct SourceIds<'a> {
    /// The number of sources, with and without ids.
    count: usize,
    in_order: Vec<&'a str>,
    all: HashSet<&'a str>,
    /// For guesses. Made for the first id that no source has.
    names: OnceCell<NameIndex<&'a str>>,
}

impl<'a> SourceIds<'a> {
    pub(super) fn of(sources: &'a [Source]) -> SourceIds<'a> {
        let in_order: Vec<_> = sources.iter().filter_map(|source| Some(source.id.as_ref()?.value.as_str())).collect();
        SourceIds { count: sources.len(), all: in_order.iter().copied().collect(), in_order, names: OnceCell::new() }
    }

    fn contains(&self, id: &str) -> bool {
        self.all.contains(id)
    }

    /// The problem of a citation of an id that no source has.
    pub(super) fn unknown(&self, id: &Written<String>) -> Option<Problem> {
        if self.contains(&id.value) {
            return None;
        }
        let names = self.names.get_or_init(|| NameIndex::new(self.in_order.iter().map(|&id| (id, id))));
        Some(message::unknown(id, &self.in_order, names.nearest(&id.value), self.count))
    }
}

/// The problems of citations in a body of ids that no source of the case has.
pub(super) fn unknown_in(body: &Body, sources: &[Source]) -> Vec<Problem> {
    let ids = SourceIds::of(sources);
    let cited = body.citations.iter().flat_map(|citation| &citation.sources);
    let problem = |cited: &Cited| match cited.place.starts_with('@') {
        true => (!ids.contains(&cited.id.value)).then(|| message::email_address(&cited.id)),
        false => ids.unknown(&cited.id),
    };
    cited.filter_map(problem).collect()
}

/// The problems of texts that are no citation, although they name a source of the case.
pub(super) fn near_citations(body: &Body, sources: &[Source]) -> Vec<Problem> {
    let ids = SourceIds::of(sources);
    let near = body.near_citations.iter().filter(|near| ids.contains(&near.id.value));
    near.map(|near| message::near_citation(&near.id, &near.rest)).collect()
}

/// The problems of citations on a page, since only a case has sources.
pub(super) fn citations_on_a_page(body: &Body) -> impl Iterator<Item = Problem> + '_ {
    let cited = body.citations.iter().flat_map(|citation| &citation.sources);
    cited.map(|cited| message::not_in_a_case(&cited.id.spot, &cited.id.value))
}

/// A lesson: one sentence.
pub(super) fn lesson(map: Map<'_>, problems: &mut Vec<Problem>) -> Option<String> {
    map.read("lesson", problems, |node, problems| {
        let lesson = node.text(problems).map(Cow::into_owned)?;
        fields::no_longer_than(node, &lesson, crate::model::document::LONGEST_LESSON, problems);
        Some(lesson)
    })
}
