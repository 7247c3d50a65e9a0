//! The overlay: what the preview adds to each page that it sends. A build never publishes it.
//!
//! It is a slim bar with the problems of the page and the number of others, its panels, and the scripts that keep the
//! page up to date. Scripts and styles are files of the same origin, because the page's policy allows no others. All
//! text of authors is escaped.

use serde::Serialize;

use crate::{
    html::value,
    model::Address,
    preview::{
        answer::OWN,
        bar::{Bar, FileLinks, bar},
        former_pages::FormerPage,
        gaps,
        state::{PreviewState, holds_back_all},
    },
    problem::{
        FilePath, Problem,
        report::{Reported, locate::locate},
    },
};

/// The preview's own files, by name, with their media types.
pub const FILES: [(&str, &str, &str); 4] = [
    ("preview.js", "text/javascript; charset=utf-8", include_str!("browser/preview.js")),
    ("bar.js", "text/javascript; charset=utf-8", include_str!("browser/bar.js")),
    ("worker.js", "text/javascript; charset=utf-8", include_str!("browser/worker.js")),
    ("preview.css", "text/css; charset=utf-8", include_str!("browser/preview.css")),
];

/// The state of a page.
#[derive(Clone, Copy, Debug)]
pub enum PageState<'a> {
    /// The page as it is, or its last good version.
    Shown,
    /// Its file has been faulty from the start.
    Unready,
    /// Its templates failed.
    Failed(&'a [Problem]),
    /// It was at this address until an edit.
    Former(&'a FormerPage),
}

/// Inserts the overlay before the end of the body, or appends it.
pub fn inject(mut page: Vec<u8>, overlay: &str) -> Vec<u8> {
    const END: &[u8] = b"</body>";
    let end = page.windows(END.len()).rposition(|window| window.eq_ignore_ascii_case(END)).unwrap_or(page.len());
    page.splice(end..end, overlay.bytes());
    page
}

/// The overlay of the page at an address. `run` identifies this run of the preview.
pub fn overlay(
    preview: &PreviewState,
    address: &Address,
    state: PageState<'_>,
    file_links: &FileLinks,
    run: &str,
) -> String {
    let library = &preview.site.library;
    let failed = match state {
        PageState::Failed(problems) => problems.to_vec(),
        _ => Vec::new(),
    };
    let failed = locate(failed, &library.config.checks, |path| preview.made_from.project().bytes(path)).problems;
    let file = preview.file_of(address);
    let is_listed = |known: &&Reported| {
        failed.iter().any(|problem| (&problem.place, &problem.message) == (&known.place, &known.message))
    };
    let known = preview.report.problems.iter().filter(|known| !known.is_gap() && !is_listed(known));
    let (here, mut elsewhere): (Vec<&Reported>, Vec<&Reported>) = failed.iter().chain(known).partition(|problem| {
        !failed.is_empty() && problem.place.file.as_str().starts_with("themes/") || concerns(problem, file.as_ref())
    });
    // Problems that hold back every page come first.
    elsewhere.sort_by_key(|problem| !holds_back_all(problem));
    let fields = file.as_ref().map_or_else(Vec::new, |file| gaps::fields(library, preview.made_from.project(), file));
    let last_good_page = preview.last_good_page(address);
    let bar = bar(&Bar { preview, state, file: file.as_ref(), here, elsewhere, fields, last_good_page, file_links });
    let base = format!("{}{OWN}", library.config.base.path);
    // The first script is deferred, so that the second can save the page as it was served.
    format!(
        "<aside id=\"casebook-preview\" aria-label=\"Preview\" data-at=\"{run}-{}\">\n{bar}</aside>\n\
        <link rel=\"stylesheet\" href=\"{base}preview.css\">\n<script src=\"{base}bar.js\" defer></script>\n\
        <script src=\"{base}preview.js\"></script>\n",
        preview.number
    )
}

/// The message to browsers after each change.
#[derive(Debug, Serialize)]
pub struct ChangeMessage {
    /// The run, and the number of the state.
    at: String,
    /// The pages whose files were edited.
    edited: Vec<EditedPage>,
    /// The addresses of pictures and other files that changed.
    files: Vec<String>,
}

/// A page whose file was edited.
#[derive(Debug, Serialize)]
struct EditedPage {
    title: String,
    href: String,
}

/// The message to browsers about the present state.
pub fn change_message(preview: &PreviewState, run: &str) -> ChangeMessage {
    let site = &preview.site;
    let edited = preview.edited.iter();
    ChangeMessage {
        at: format!("{run}-{}", preview.number),
        edited: edited.map(|page| EditedPage { title: page.title.clone(), href: site.href(&page.address) }).collect(),
        files: preview.files.iter().map(|address| site.href(address)).collect(),
    }
}

/// A page with another heading and content in place of its own.
pub fn with_content(page: &[u8], title: &str, words: &str) -> Vec<u8> {
    let text = String::from_utf8_lossy(page);
    let main = text.find("<main").and_then(|main| Some(main + text[main..].find('>')? + 1));
    let inside = main.zip(text.rfind("</main>")).filter(|(start, end)| start <= end);
    let heading = format!("\n<article class=\"cb-prose\">\n<h1>{}</h1>\n{words}</article>\n", value(title));
    let Some((start, end)) = inside else { return frame(title, &heading).into_bytes() };
    let made = format!("{}{heading}{}", &text[..start], &text[end..]);
    let old_title = made.find("<title>").zip(made.find("</title>"));
    match old_title {
        Some((open, close)) => format!("{}<title>{}{}", &made[..open], value(title), &made[close..]).into_bytes(),
        None => made.into_bytes(),
    }
}

/// A page without the theme, for when the theme cannot make one.
pub fn frame(title: &str, words: &str) -> String {
    let title = value(title);
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>{title}</title>\n</head>\n\
        <body>\n<main>\n{words}</main>\n</body>\n</html>\n"
    )
}

/// Does a problem concern this page: in its own file, or in one that it depends on?
fn concerns(problem: &Reported, file: Option<&FilePath>) -> bool {
    let is_own = |place: &FilePath| Some(place) == file;
    is_own(&problem.place.file) || problem.related.iter().any(|related| is_own(&related.place.file))
}
