//! A problem as a row of the preview's panels: the message, the correction, the place, and buttons to copy or open.
//!
//! The same problem at several places of a file is one row. All text of authors is escaped; words between backticks in
//! messages become code.

use std::collections::BTreeMap;

use crate::{
    html::value,
    preview::bar::{ERROR, FileLinks, WARNING},
    problem::{
        FilePath, Severity,
        report::{Excerpt, Reported, TextRange},
    },
};

/// The rows of problems, in order. `file` is the file that the panel names already.
pub fn rows(problems: &[&Reported], file: Option<&FilePath>, file_links: &FileLinks) -> String {
    let mut order: Vec<Vec<&Reported>> = Vec::new();
    let mut known = BTreeMap::new();
    for problem in problems {
        let fault = (&problem.place.file, problem.severity, problem.code, &problem.message, &problem.help);
        let at = *known.entry(fault).or_insert(order.len());
        match order.get_mut(at) {
            Some(same) => same.push(problem),
            None => order.push(vec![problem]),
        }
    }
    let rows: String = order.iter().map(|same| row(same, file, file_links)).collect();
    format!("<ol class=\"casebook-rows\">\n{rows}</ol>\n")
}

fn row(same: &[&Reported], file: Option<&FilePath>, file_links: &FileLinks) -> String {
    let problem = same[0];
    let place = &problem.place;
    let (mark, kind) = match problem.severity {
        Severity::Error => (ERROR, "Error."),
        Severity::Warning => (WARNING, "Warning."),
    };
    let severity = problem.severity.as_str();
    let mut what =
        format!("<p>{mark} <strong class=\"casebook-{severity}\">{kind}</strong> {}</p>\n", prose(&problem.message));
    if let Some(way_out) = way_out(problem) {
        what += &format!("<p>{way_out}</p>\n");
    }
    let mut at =
        if file == Some(&place.file) { String::new() } else { format!("<code>{}</code> ", value(place.file.as_str())) };
    at += &format!("Line {}, character {}", place.line, place.column);
    for other in &same[1..] {
        at += &format!("; also line {}, character {}", other.place.line, other.place.column);
    }
    let mut shown = format!("<p>{at}</p>\n{}", excerpt(place));
    for related in &problem.related {
        let place = &related.place;
        shown += &format!(
            "<p>{}: <code>{}:{}</code></p>\n",
            prose(&related.message),
            value(place.file.as_str()),
            place.line
        );
    }
    let label = if problem.suggestion.is_some() { "Copy the suggestion" } else { "Copy the fix" };
    let mut ways = problem.fix.as_deref().map_or_else(String::new, |fix| copy(label, fix));
    ways += &open(file_links, &place.file, place.line, place.column, &format!("Open line {}", place.line));
    format!("<li>\n<div>{what}</div>\n<div>{shown}</div>\n<div class=\"casebook-ways\">{ways}</div>\n</li>\n")
}

/// The way out, as HTML. What was probably meant is asked, as in every report, since only the author knows.
fn way_out(problem: &Reported) -> Option<String> {
    let certain = |fix: &str| format!("<strong>Fix:</strong> {fix}");
    match (&problem.suggestion, &problem.help, &problem.fix) {
        (Some(meant), ..) => Some(format!("<strong>Did you mean</strong> <code>{}</code>?", value(meant))),
        (None, Some(help), _) => Some(certain(&prose(help))),
        (None, None, fix) => fix.as_ref().map(|fix| certain(&format!("write <code>{}</code>", value(fix)))),
    }
}

fn excerpt(place: &TextRange) -> String {
    let Some(Excerpt { before, marked, after }) = &place.excerpt else { return String::new() };
    let [before, marked, after] = [before, marked, after].map(|part| value(part.as_str()));
    format!("<pre><span>{}</span> {before}<mark>{marked}</mark>{after}</pre>\n", place.line)
}

/// A button that copies a text.
pub fn copy(label: &str, text: &str) -> String {
    let text = value(text);
    format!(
        "<button type=\"button\" data-copy=\"{text}\">{label}<span class=\"casebook-unseen\">: {text}</span></button>\n"
    )
}

/// A link that opens a position in the author's editor or, if none is known, a button that copies it.
pub fn open(file_links: &FileLinks, file: &FilePath, line: usize, column: usize, label: &str) -> String {
    match &file_links.editor {
        Some(editor) => {
            let address = editor.address(&format!("{}/{file}", file_links.root), line, column);
            format!("<a class=\"casebook-open\" href=\"{}\">{label}</a>\n", value(&address))
        }
        None => copy("Copy the place", &format!("{file}:{line}:{column}")),
    }
}

/// Text as HTML, with the words between backticks as code.
pub fn prose(text: &str) -> String {
    let parts: Vec<String> = text.split('`').map(value).collect();
    if parts.len().is_multiple_of(2) {
        return value(text);
    }
    let marked = parts
        .iter()
        .enumerate()
        .map(|(n, part)| if n % 2 == 1 { format!("<code>{part}</code>") } else { part.clone() });
    marked.collect()
}
