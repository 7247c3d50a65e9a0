//! The gaps of a draft, as a list to tick off.
//!
//! Takes a library and one of its files; gives every field and section that a finished case has, in the order of the
//! file, each filled or empty. A gap is not a problem: while a case is a draft, none is an error or a warning.

use crate::{
    model::{CaseFile, Library, VocabularyId, document::Status, keys, library::Case},
    problem::{FilePath, Span, Spot, SpotPart, Step, report::locate::spans},
    source::Project,
};

/// A field or a section of a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftField {
    /// Its name.
    pub name: String,
    /// What to write there.
    pub wanted: String,
    /// Its line, or the line where it would be.
    pub line: usize,
    /// Whether it is filled.
    pub is_filled: bool,
    /// Whether a published case must have it.
    pub is_required: bool,
}

/// The gaps of a library, counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct GapCount {
    /// The number of empty fields and sections in all drafts.
    pub gaps: usize,
    /// The number of drafts with any.
    pub drafts: usize,
}

impl GapCount {
    /// Counts the gaps of a library.
    pub fn of(library: &Library) -> GapCount {
        let empty = drafts(library).map(|case| wanted(library, case).filter(|wanted| !wanted.is_filled).count());
        empty
            .filter(|&empty| empty > 0)
            .fold(GapCount::default(), |count, empty| GapCount { gaps: count.gaps + empty, drafts: count.drafts + 1 })
    }
}

/// The fields of a draft, in the order of its file; empty if the file is not a draft of a case. The library was made
/// from `project`.
pub fn fields(library: &Library, project: &Project, file: &FilePath) -> Vec<DraftField> {
    let Some(case) = drafts(library).find(|case| case.file.path == *file) else { return Vec::new() };
    let wanted: Vec<Wanted> = wanted(library, case).collect();
    let bytes = project.bytes(file);
    let spots: Vec<&Spot> = wanted.iter().map(|wanted| &wanted.spot).collect();
    // A missing key would be added at the end of the front matter.
    let at = |wanted: &Wanted, span: &Option<Span>| match (&wanted.spot.part, span) {
        (SpotPart::Yaml { block, .. }, Some(span)) if span.start < block.start => block.end,
        (_, span) => span.as_ref().map_or(0, |span| span.start),
    };
    let line = |at: usize| bytes.map_or(1, |bytes| 1 + bytes[..at].iter().filter(|&&byte| byte == b'\n').count());
    let placed = wanted.iter().zip(spans(&spots, |_| bytes));
    let mut fields: Vec<DraftField> = placed
        .map(|(wanted, span)| DraftField {
            name: wanted.name.clone(),
            wanted: wanted.wanted.clone(),
            line: line(at(wanted, &span)),
            is_filled: wanted.is_filled,
            is_required: wanted.is_required,
        })
        .collect();
    fields.sort_by_key(|field| field.line);
    fields
}

/// A field before its position is known.
struct Wanted {
    name: String,
    wanted: String,
    spot: Spot,
    is_filled: bool,
    is_required: bool,
}

fn drafts(library: &Library) -> impl Iterator<Item = &Case> {
    library.cases.iter().map(AsRef::as_ref).filter(|case: &&Case| case.file.status == Status::Draft)
}

fn wanted<'a>(library: &'a Library, case: &'a Case) -> impl Iterator<Item = Wanted> + 'a {
    let file = &case.file;
    let front_matter = file.front_matter.iter().flat_map(move |front_matter| {
        let spot = |key: &str| front_matter.value([Step::Key(key.to_owned())]);
        let of_case = keys::CASE.iter().filter_map(|key| {
            Some(Wanted {
                name: key.wanted_as?.to_owned(),
                wanted: key.sentence.trim_end_matches('.').to_owned(),
                spot: spot(key.name),
                is_filled: has(file, key.name),
                is_required: key.required,
            })
        });
        let is_wanted = |key: VocabularyId| library.vocabularies[key].file.required || library.marks.contains(&key);
        let vocabularies = library.vocabularies.iter().filter(move |vocabulary| is_wanted(vocabulary.id));
        let terms = vocabularies.map(move |vocabulary| Wanted {
            name: vocabulary.file.label.clone(),
            wanted: vocabulary.file.question.clone().unwrap_or_else(|| "At least one".to_owned()),
            spot: spot(&vocabulary.file.id),
            is_filled: !case.terms_of(vocabulary.id).is_empty(),
            is_required: vocabulary.file.required,
        });
        of_case.chain(terms).collect::<Vec<_>>()
    });
    front_matter.chain(sections(file))
}

/// Does the case have a value for this key? Only keys that the table marks as wanted are known here.
fn has(file: &CaseFile, key: &str) -> bool {
    match key {
        "title" => file.has_title,
        "summary" => !file.summary.is_empty(),
        "date" => file.date.is_some(),
        "place" => !file.places.is_empty(),
        "period" => file.period.is_some(),
        "partners" => !file.partners.is_empty(),
        "sources" => !file.sources.is_empty(),
        _ => false,
    }
}

/// The sections of the body, or the body itself if it has none.
fn sections(file: &CaseFile) -> Vec<Wanted> {
    let body = &file.body;
    let section = |name: &str, at: Span, is_filled: bool| Wanted {
        name: name.to_owned(),
        wanted: "A few sentences".to_owned(),
        spot: Spot::bytes(&file.path, at),
        is_filled,
        is_required: false,
    };
    let headings: Vec<_> = body.outline.iter().filter(|heading| heading.level == 2).collect();
    if headings.is_empty() {
        return vec![section("Text", body.span.clone(), body.words > 0)];
    }
    let is_empty = |at: &Span| body.wording.empty_sections.iter().any(|empty| empty.at == *at);
    headings.iter().map(|heading| section(&heading.text, heading.at.clone(), !is_empty(&heading.at))).collect()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::{
        read::{self, Document, LibraryKeys},
        source::SourceFile,
    };

    fn case(front_matter: &str) -> Arc<CaseFile> {
        let text = SourceFile::Text(format!("---\n{front_matter}---\n").into_bytes().into());
        let read = read::document(&FilePath::new("content/cases/a.md"), &text, &LibraryKeys::default());
        let Some(Document::Case(file)) = read.value else { panic!("it is a case") };
        file
    }

    #[test]
    fn an_empty_case_lacks_every_wanted_key_and_a_full_one_lacks_none() {
        let wanted = || keys::CASE.iter().filter(|key| key.wanted_as.is_some());
        let full: String = wanted().map(|key| format!("{}\n", key.written())).collect();
        let (empty, full) = (case(""), case(&full));
        for key in wanted() {
            assert!(!has(&empty, key.name), "{}", key.name);
            assert!(has(&full, key.name), "{}", key.name);
        }
    }
}
