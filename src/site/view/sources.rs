//! The sources of a case in one list, each with a number, a kind, a strength, and a link back to its first citation.

use serde::Serialize;

use crate::{
    export::plain::authors,
    model::{
        document::{CaseFile, Source, SourceKind},
        ids::{Id, SourceId},
        library::Case,
        name::Name,
        numbering::SourceNumbering,
    },
    site::{
        theme::{Words, filled},
        view::{
            Dated,
            citations::{first_use_id, source_id},
            web,
        },
    },
};

/// A source of a case.
#[derive(Debug, Serialize)]
pub struct SourceView<'a> {
    /// Its id in the page.
    pub id: String,
    /// Its number in the list, from 1.
    pub number: usize,
    /// The authors: `Smith, A., & Jones, B.`
    pub authors: Option<String>,
    /// Its title.
    pub title: &'a str,
    /// The link to it.
    pub href: Option<&'a str>,
    /// The link to an archived copy.
    pub archived: Option<&'a str>,
    /// The publisher.
    pub publisher: Option<&'a str>,
    /// The date, in words, as exactly as it is known.
    pub date: Option<String>,
    /// The date for machines.
    pub date_machine: Option<String>,
    /// The day on which the author read it.
    pub accessed: Option<String>,
    /// Its kind, in words.
    pub kind: Option<&'a str>,
    /// Its strength as evidence, from 1 to 3.
    pub weight: Option<u8>,
    /// What its kind is good for.
    pub strength: Option<&'a str>,
    /// The number of citations: `cited 3 times`, or `not cited in the text` beside others that are.
    pub uses: Option<String>,
    /// The link to its first citation.
    pub first_use: Option<String>,
}

/// The sources of a case: those that the page cites, then the others. If it cites none, all are in the second list.
pub fn sources<'a>(
    words: &'a Words,
    case: &'a Case,
    numbering: &SourceNumbering,
    files: &'a [Option<String>],
) -> (Vec<SourceView<'a>>, Vec<SourceView<'a>>) {
    let file = &case.file;
    let view = |(&id, number): (&SourceId, usize)| {
        let found = files.get(id.position()).and_then(Option::as_deref);
        let view = source_view(words, &file.sources[id.position()], number, numbering.uses(id), found);
        let is_odd = number > numbering.cited && numbering.cited > 0;
        if is_odd { SourceView { uses: Some(words.sources_uncited.clone()), ..view } } else { view }
    };
    let mut views: Vec<SourceView<'_>> = numbering.order.iter().zip(1..).map(view).collect();
    let uncited = views.split_off(numbering.cited);
    (views, uncited)
}

/// The number of the source with this id.
pub fn number_of(file: &CaseFile, numbering: &SourceNumbering, id: &str) -> Option<usize> {
    let has_id = |source: &Source| source.id.as_ref().is_some_and(|own| own.value == id);
    numbering.number(SourceId::at(file.sources.iter().position(has_id)?))
}

fn source_view<'a>(
    words: &'a Words,
    source: &'a Source,
    number: usize,
    uses: usize,
    file: Option<&'a str>,
) -> SourceView<'a> {
    let kind = source.kind.and_then(|kind| words.source_kinds.get(kind.as_str()));
    let names: Vec<Name> = source.authors.iter().map(|author| author.name.clone()).collect();
    let text = |text: &'a String| Some(text.as_str()).filter(|text| !text.is_empty());
    SourceView {
        id: source_id(number),
        number,
        authors: authors(&names),
        title: &source.title,
        href: web(source.web()).or(file),
        archived: web(source.archived.as_deref()),
        publisher: source.publisher.as_deref(),
        date: source.date.map(|date| words.partial_date(date)),
        date_machine: source.date.map(|date| date.to_string()),
        accessed: source.accessed.map(|day| filled(&words.accessed, &[("date", &Dated::new(words, day).text)])),
        kind: kind.map(|kind| kind.label.as_str()),
        weight: source.kind.map(SourceKind::weight),
        strength: kind.and_then(|kind| text(&kind.strength)),
        uses: (uses > 0).then(|| words.count(&words.source_uses, uses)),
        first_use: (uses > 0).then(|| format!("#{}", first_use_id(number))),
    }
}
