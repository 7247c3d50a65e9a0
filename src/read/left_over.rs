//! Empty or forgotten content: a page or section without text, a written list of sources beside the generated one, a
//! hint or a gap of the starter.
//!
//! Takes a document; gives warnings. Drafts are left alone: they are unfinished by definition.

use super::Document;
use crate::{
    model::document::{Body, CaseFile, FrontMatter, NOTES_TO_SELF, PageFile, Status},
    problem::{
        FilePath, Problem, Spot, Step,
        message::{doubtful, stray as message},
    },
};

/// The warnings about a document.
pub(super) fn left_over(document: &Document, problems: &mut Vec<Problem>) {
    match document {
        Document::Case(case) => of_case(case, problems),
        Document::Page(page) => of_page(page, problems),
        _ => {}
    }
}

/// Content that was forgotten in a published case.
fn of_case(case: &CaseFile, problems: &mut Vec<Problem>) {
    let Some(front_matter) = case.front_matter.as_ref().filter(|_| case.status == Status::Published) else { return };
    of_body(&case.path, &case.body, problems);
    problems.extend(in_values(case, front_matter));
    if !case.sources.is_empty() {
        let own = case.body.wording.own_sources.iter();
        problems.extend(own.map(|heading| message::own_sources(&spot(&case.path, &heading.at), &heading.text)));
    }
}

/// What was left in a page that is published.
fn of_page(page: &PageFile, problems: &mut Vec<Problem>) {
    if page.status == Status::Published {
        of_body(&page.path, &page.body, problems);
    }
}

/// Notes of the editor in the texts of front matter that every list shows.
fn in_values(case: &CaseFile, front_matter: &FrontMatter) -> Vec<Problem> {
    let texts = [
        ("title", case.title.as_str()),
        ("summary", &case.summary),
        ("lesson", case.lesson.as_deref().unwrap_or_default()),
    ];
    let problem = |(key, text): (&str, &str)| {
        let note = placeholder(text)?;
        Some(doubtful::left_in_value(&front_matter.value([Step::Key(key.to_owned())]), key, note))
    };
    texts.into_iter().filter_map(problem).collect()
}

/// The placeholder in a text, if it has one.
fn placeholder(text: &str) -> Option<&str> {
    if matches!(text, "Untitled" | "untitled" | "Title" | "Summary" | "Lesson") || text.starts_with("Lorem ipsum") {
        return Some(text);
    }
    // Few texts have two capitals side by side.
    let has_capitals = text.as_bytes().windows(2).any(|pair| pair.iter().all(u8::is_ascii_uppercase));
    let words = || text.split(|c: char| !c.is_ascii_alphanumeric());
    if has_capitals { words().find(|word| NOTES_TO_SELF.contains(word)) } else { None }
}

fn of_body(path: &FilePath, body: &Body, problems: &mut Vec<Problem>) {
    if body.span.is_empty() || body.html.trim().is_empty() {
        return problems.push(message::empty_body(&Spot::bytes(path, body.span.end..body.span.end)));
    }
    let sections = body.wording.empty_sections.iter();
    let sections = sections.map(|section| message::empty_section(&spot(path, &section.at), &section.text));
    let hints = body.wording.hints.iter().map(|hint| message::left_from_starter(&spot(path, hint)));
    let gaps = body.wording.gaps.iter().map(|gap| message::unfilled_gap(&spot(path, gap)));
    let notes = body.wording.acronyms.iter().filter(|acronym| NOTES_TO_SELF.contains(&acronym.text.as_str()));
    let notes = notes.map(|note| message::left_note(&spot(path, &note.at), &note.text));
    problems.extend(sections.chain(hints).chain(gaps).chain(notes));
}

fn spot(path: &FilePath, at: &std::ops::Range<usize>) -> Spot {
    Spot::bytes(path, at.clone())
}
