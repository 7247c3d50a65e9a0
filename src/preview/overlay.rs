//! Overlay: what the preview adds to a page on its way out, and nothing that is published ever holds.
//!
//! A bar with this page's problems and how many the library has; a panel, which can be put away, for errors that hold this
//! page back; and the script that keeps the page up to date. Script and style are files of the same origin, because the
//! page's own policy allows no others. Whatever an author wrote is escaped.

use std::fmt::Write;

use serde::Serialize;

use crate::{
    html::value,
    model::Address,
    preview::{answer::OWN, showing::Showing},
    problem::{
        FilePath, Problem, Severity,
        report::{Excerpt, Reported, locate::locate},
    },
};

/// The preview's own files, by name, with their types.
pub const FILES: [(&str, &str, &str); 3] = [
    ("preview.js", "text/javascript; charset=utf-8", include_str!("browser/preview.js")),
    ("worker.js", "text/javascript; charset=utf-8", include_str!("browser/worker.js")),
    ("preview.css", "text/css; charset=utf-8", include_str!("browser/preview.css")),
];

/// More problems of other files than this are only counted.
const MOST_ELSEWHERE: usize = 50;

/// Puts the overlay before the end of a page's body, or after a page that has none.
pub fn inject(mut page: Vec<u8>, overlay: &str) -> Vec<u8> {
    const END: &[u8] = b"</body>";
    let end = page.windows(END.len()).rposition(|window| window.eq_ignore_ascii_case(END)).unwrap_or(page.len());
    page.splice(end..end, overlay.bytes());
    page
}

/// The overlay of the page at an address. `run` differs from one run of the preview to the next; `failed` is why the page itself
/// could not be made.
pub fn overlay(showing: &Showing, address: &Address, failed: &[Problem], run: &str) -> String {
    let checks = &showing.site.library.config.checks;
    let failed = locate(failed.to_vec(), checks, |path| showing.held.project().bytes(path)).problems;
    let file = showing.file_of(address);
    let is_said = |known: &&Reported| {
        failed.iter().any(|problem| (&problem.place, &problem.message) == (&known.place, &known.message))
    };
    let known = showing.report.problems.iter().filter(|known| !is_said(known));
    let all = failed.iter().chain(known);
    let (here, elsewhere): (Vec<&Reported>, Vec<&Reported>) = all.partition(|problem| {
        !failed.is_empty() && problem.place.file.as_str().starts_with("themes/") || concerns(problem, file.as_ref())
    });
    let stopping: Vec<&Reported> = here.iter().copied().filter(|problem| problem.severity == Severity::Error).collect();
    let base = format!("{}{OWN}", showing.site.library.config.base.path);
    let mut html =
        format!("<aside id=\"casebook-preview\" aria-label=\"Preview\" data-at=\"{run}-{}\">\n", showing.number);
    if !stopping.is_empty() {
        html += "<section class=\"casebook-stop\" role=\"alert\" aria-labelledby=\"casebook-stop\">\n";
        html += "<h2 id=\"casebook-stop\">This stops the library from being published</h2>\n";
        html += "<p>You see the page as it last was, if it ever was in order.</p>\n";
        html += &list(&stopping);
        html += "<button type=\"button\">Put this away</button>\n</section>\n";
    }
    html += &bar(&here, &elsewhere, showing);
    html += "<p class=\"casebook-news\" role=\"status\"></p>\n</aside>\n";
    write!(html, "<link rel=\"stylesheet\" href=\"{base}preview.css\">\n<script src=\"{base}preview.js\"></script>\n")
        .expect("text can be written to text");
    html
}

/// The message to browsers after each change.
#[derive(Debug, Serialize)]
pub struct News {
    /// The run and the number of the moment.
    at: String,
    /// The pages whose files were edited.
    edited: Vec<EditedPage>,
    /// Where the pictures and other files that changed are published.
    files: Vec<String>,
}

/// A page whose file was edited.
#[derive(Debug, Serialize)]
struct EditedPage {
    title: String,
    href: String,
}

/// The message to browsers about what is shown now.
pub fn news(showing: &Showing, run: &str) -> News {
    let site = &showing.site;
    let edited = showing.edited.iter();
    News {
        at: format!("{run}-{}", showing.number),
        edited: edited.map(|page| EditedPage { title: page.title.clone(), href: site.href(&page.address) }).collect(),
        files: showing.files.iter().map(|address| site.href(address)).collect(),
    }
}

/// Is it a problem of this page: of its own file, or an error of a file that all pages share?
fn concerns(problem: &Reported, file: Option<&FilePath>) -> bool {
    let is_own = |of: &FilePath| Some(of) == file;
    is_own(&problem.place.file)
        || problem.related.iter().any(|related| is_own(&related.place.file))
        || problem.severity == Severity::Error && super::showing::is_shared(&problem.place.file)
}

fn bar(here: &[&Reported], elsewhere: &[&Reported], showing: &Showing) -> String {
    let summary = match here.len() {
        0 => "Nothing is wrong on this page".to_owned(),
        1 => "1 problem on this page".to_owned(),
        n => format!("{n} problems on this page"),
    };
    let mut html = format!(
        "<details class=\"casebook-bar\">\n<summary>{summary} <span>In the library: {}</span></summary>\n<div>\n",
        showing.report.summary()
    );
    if !here.is_empty() {
        html += &list(here);
    }
    if !elsewhere.is_empty() {
        html += "<h2>In other files</h2>\n";
        html += &list(&elsewhere[..elsewhere.len().min(MOST_ELSEWHERE)]);
    }
    if elsewhere.len() > MOST_ELSEWHERE {
        html += &format!("<p>And {} more; the terminal has them all.</p>\n", elsewhere.len() - MOST_ELSEWHERE);
    }
    if here.is_empty() && elsewhere.is_empty() {
        html += "<p>Nothing is wrong anywhere. The library can be published.</p>\n";
    }
    html + "</div>\n</details>\n"
}

fn list(problems: &[&Reported]) -> String {
    let items: String = problems.iter().map(|problem| item(problem)).collect();
    format!("<ol>\n{items}</ol>\n")
}

fn item(problem: &Reported) -> String {
    let place = &problem.place;
    let mut html = format!(
        "<li><p><strong class=\"casebook-{0}\">{0}</strong> {1}</p>\n<p><code>{2}:{3}:{4}</code></p>\n",
        problem.severity.as_str(),
        value(&problem.message),
        value(place.file.as_str()),
        place.line,
        place.column,
    );
    if let Some(Excerpt { before, marked, after }) = &place.excerpt {
        let [before, marked, after] = [before, marked, after].map(|part| value(part.as_str()));
        html += &format!("<pre><span>{} </span>{before}<mark>{marked}</mark>{after}</pre>\n", place.line);
    }
    for related in &problem.related {
        let place = &related.place;
        let (message, file) = (value(&related.message), value(place.file.as_str()));
        html += &format!("<p>{message}: <code>{file}:{}:{}</code></p>\n", place.line, place.column);
    }
    if let Some(help) = &problem.help {
        html += &format!("<p class=\"casebook-help\">{}</p>\n", value(help));
    }
    html + "</li>\n"
}
