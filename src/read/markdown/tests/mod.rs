//! Bodies of Markdown compared with their HTML and their problems.

mod any_text;
mod blocks;
mod links;
mod notes;
mod raw_html;
mod stray;

use super::body;
use crate::{
    model::{
        document::{Body, Cited, LinkKind, Slot},
        ids::Id,
    },
    problem::{Checked, FilePath, Problem, SpotPart},
};

fn read(markdown: &str) -> Checked<Body> {
    body(&FilePath::new("content/cases/torbay.md"), markdown, 0..markdown.len())
}

/// The HTML with each slot shown as `{target}`, and each citation as `{@id, place; @id}`.
fn shown(body: &Body) -> String {
    let cited = |cited: &Cited| {
        let before = if cited.before.is_empty() { String::new() } else { format!("{} ", cited.before) };
        let place = if cited.place.is_empty() { String::new() } else { format!(", {}", cited.place) };
        format!("{before}@{}{place}", cited.id.value)
    };
    body.html_with(|slot| match slot {
        Slot::Link(link) => format!("{{{}}}", body.links[link.position()].target).into(),
        Slot::Citation(citation) => {
            let sources: Vec<String> = body.citations[citation.position()].sources.iter().map(cited).collect();
            format!("{{{}}}", sources.join("; ")).into()
        }
    })
}

/// `code "the text at its spot" message`, one line for each problem.
fn problems(markdown: &str, problems: &[Problem]) -> Vec<String> {
    let line = |problem: &Problem| match &problem.spot.part {
        SpotPart::Bytes(at) => format!("{} {:?} {}", problem.code, &markdown[at.clone()], problem.message),
        part => panic!("a problem of a body has bytes, not {part:?}"),
    };
    problems.iter().map(line).collect()
}

#[track_caller]
fn check(markdown: &str, html: &str) {
    let read = read(markdown);
    assert_eq!(shown(&read.value).trim(), html);
    assert_eq!(problems(markdown, &read.problems), [""; 0]);
}

#[track_caller]
fn check_problems(markdown: &str, html: &str, expected: &[&str]) {
    let read = read(markdown);
    assert_eq!(shown(&read.value).trim(), html);
    assert_eq!(problems(markdown, &read.problems), expected);
}

/// Checks the problems of a body, each with the text at its place.
#[track_caller]
fn check_only_problems(markdown: &str, expected: &[&str]) {
    assert_eq!(problems(markdown, &read(markdown).problems), expected, "{markdown}");
}

fn deepest(html: &str) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    for tag in html.split('<').skip(1) {
        let name = tag.split([' ', '>']).next().unwrap_or_default();
        let is_void = ["br", "col", "hr", "img", "input", "source", "track", "wbr"].contains(&name);
        match tag.starts_with('/') {
            true => depth -= 1,
            false => depth += usize::from(!is_void),
        }
        deepest = deepest.max(depth);
    }
    assert_eq!(depth, 0, "every tag is closed");
    deepest
}
