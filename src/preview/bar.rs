//! The preview's bar at the bottom of a page, with the panels that it opens, as HTML.
//!
//! Takes the problems of a page and of other files, and the gaps of a draft; gives the bar with at most three panels:
//! this page, elsewhere, gaps. Each problem is shown once. Without scripts, panels are hidden. [`row`](super::row)
//! makes the row of a problem.

use crate::{
    html::value,
    preview::{
        editor::Editor,
        gaps::DraftField,
        overlay::PageState,
        row::{copy, open, prose, rows},
        state::{LastGoodPage, PreviewState, drafts, holds_back_all, page_link},
    },
    problem::{FilePath, Severity, report::Reported},
};

/// The most problems of other files that are listed; others are counted.
const MAX_ELSEWHERE: usize = 50;

/// How files of the library are opened from a browser.
#[derive(Clone, Debug)]
pub struct FileLinks {
    /// The library's folder, as a full path.
    pub root: String,
    /// The editor that a browser can ask to open a file.
    pub editor: Option<Editor>,
}

/// The content of the bar of a page.
pub struct Bar<'a> {
    /// The state of the preview.
    pub preview: &'a PreviewState,
    /// The state of the page.
    pub state: PageState<'a>,
    /// The file of the page.
    pub file: Option<&'a FilePath>,
    /// The problems of this page.
    pub here: Vec<&'a Reported>,
    /// The problems of other files; those that hold back every page come first.
    pub elsewhere: Vec<&'a Reported>,
    /// The fields of the draft that the page shows.
    pub fields: Vec<DraftField>,
    /// The last good version of the page, if that is shown.
    pub last_good_page: Option<&'a LastGoodPage>,
    /// How files are opened.
    pub file_links: &'a FileLinks,
}

/// A small picture that screen readers skip, because the text beside it says the same.
macro_rules! mark {
    ($class:literal, $shape:literal) => {
        concat!(
            "<svg class=\"casebook-mark ",
            $class,
            "\" viewBox=\"0 0 12 12\" width=\"12\" height=\"12\" fill=\"currentColor\" aria-hidden=\"true\">",
            $shape,
            "</svg>"
        )
    };
}

/// The marks of the bar: error, warning, gap, no problem. Their shapes differ, for readers who cannot distinguish the
/// colours.
pub const ERROR: &str = mark!("casebook-error", "<path d=\"M6 1 11.5 11H.5z\"/>");
/// See [`ERROR`].
pub const WARNING: &str = mark!("casebook-warning", "<path d=\"M6 .5 11.5 6 6 11.5 .5 6z\"/>");
const GAP: &str = mark!(
    "casebook-gap",
    "<circle cx=\"6\" cy=\"6\" r=\"4\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"2\"/>"
);
const GOOD: &str =
    mark!("casebook-good", "<path d=\"m1.5 6.5 3 3 6-7\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"2\"/>");

/// The bar and its panels.
pub fn bar(bar: &Bar<'_>) -> String {
    let opens_itself = matches!(bar.state, PageState::Unready | PageState::Failed(_)) && !bar.here.is_empty();
    let mut html = "<div class=\"casebook-space\"></div>\n<div class=\"casebook-foot\">\n".to_owned();
    if !bar.here.is_empty() {
        html += &here_panel(bar, opens_itself);
    }
    if !bar.elsewhere.is_empty() {
        html += &elsewhere_panel(bar);
    }
    if !bar.fields.is_empty() {
        html += &gaps_panel(bar);
    }
    let counts = format!(
        "data-errors=\"{}\" data-problems=\"{}\" data-sum=\"{}\"",
        errors(&bar.here),
        bar.here.len(),
        sum(&bar.here)
    );
    html += &format!("<div class=\"casebook-bar\" {counts}>\n{}", buttons(bar, opens_itself));
    html += &format!("<p class=\"casebook-state\">{}</p>\n<p class=\"casebook-news\"></p>\n", state(bar));
    html + "</div>\n<p class=\"casebook-unseen\" role=\"status\"></p>\n</div>\n"
}

fn buttons(bar: &Bar<'_>, opens_itself: bool) -> String {
    let here = match (bar.state, bar.here.as_slice()) {
        (PageState::Former(_), _) => {
            format!("<p class=\"casebook-sum\">{WARNING} <strong>This address is gone</strong></p>\n")
        }
        (_, []) => format!(
            "<p class=\"casebook-sum\">{GOOD} {}</p>\n",
            wide_or_narrow("<strong>Nothing wrong</strong> on this page", "Here <strong>0</strong>")
        ),
        (_, here) => button(
            "casebook-here",
            mark_of(here),
            &bold(&sum(here)),
            "on this page",
            ("Here", here.len()),
            opens_itself,
        ),
    };
    let elsewhere = match bar.elsewhere.as_slice() {
        [] => String::new(),
        all => button("casebook-elsewhere", "", &bold(&sum(all)), "elsewhere", ("Elsewhere", all.len()), false),
    };
    let empty = bar.fields.iter().filter(|field| !field.is_filled).count();
    let gaps = match bar.fields.len() {
        0 => String::new(),
        _ => button("casebook-gaps", GAP, &bold(&counted(empty, "gap")), "in this draft", ("Gaps", empty), false),
    };
    here + &elsewhere + &gaps
}

/// The button of a panel.
fn button(panel: &str, mark: &str, what: &str, place: &str, (short, count): (&str, usize), is_open: bool) -> String {
    let words = wide_or_narrow(&format!("{what} {place}"), &format!("{short} <strong>{count}</strong>"));
    format!("<button type=\"button\" aria-expanded=\"{is_open}\" aria-controls=\"{panel}\">{mark} {words}</button>\n")
}

/// A text for wide windows, and a shorter one for phones.
fn wide_or_narrow(wide: &str, narrow: &str) -> String {
    format!("<span class=\"casebook-wide\">{wide}</span><span class=\"casebook-narrow\">{narrow}</span>")
}

/// The state of the page, shown while no panel is open.
fn state(bar: &Bar<'_>) -> String {
    let at = bar.preview.at.strftime("%H:%M");
    match (bar.last_good_page, bar.preview.held_back_since) {
        (Some(page), _) => format!("You see its last good form, from {}", page.from.strftime("%H:%M")),
        (None, Some(since)) => format!("You see every page as it was at {}", since.strftime("%H:%M")),
        (None, None) => format!("As saved at {at}"),
    }
}

/// A panel, with its first line and its content.
fn panel(id: &str, is_open: bool, head: &str, rest: &str) -> String {
    let hidden = if is_open { "" } else { " hidden" };
    format!(
        "<div id=\"{id}\" class=\"casebook-panel\" role=\"region\" aria-labelledby=\"{id}-head\" tabindex=\"0\"{hidden}>\n\
        <div class=\"casebook-head\">{head}<button type=\"button\" class=\"casebook-close\">Close</button></div>\n{rest}</div>\n"
    )
}

fn here_panel(bar: &Bar<'_>, is_open: bool) -> String {
    let mut head = format!("<h2 id=\"casebook-here-head\">This page: {}</h2> ", sum(&bar.here));
    let file = bar.file.or(bar.here.first().map(|problem| &problem.place.file));
    head += &file.map_or_else(String::new, |file| file_and_open(bar, file));
    let fixed = when_fixed(bar);
    let note = match (bar.last_good_page, bar.preview.held_back_since, bar.state) {
        (Some(page), ..) => format!(
            "You see the page as it was at {}, its last good form. It changes again when {fixed}.",
            page.from.strftime("%H:%M")
        ),
        (None, Some(since), _) => {
            format!("You see the page as it was at {}. It changes again when {fixed}.", since.strftime("%H:%M"))
        }
        (None, None, PageState::Unready) => format!("The page is shown when {fixed}."),
        (None, None, PageState::Shown) => what_errors_stop(bar),
        _ => String::new(),
    };
    let note = if note.is_empty() { note } else { format!("<p class=\"casebook-note\">{note}</p>\n") };
    let mut here = bar.here.clone();
    here.sort_by_key(|problem| {
        (problem.severity, problem.place.file.clone(), problem.place.line, problem.place.column)
    });
    panel("casebook-here", is_open, &head, &(note + &rows(&here, bar.file, bar.file_links)))
}

/// What lets the page change again: "the error is fixed". It may be in a file that every page needs.
fn when_fixed(bar: &Bar<'_>) -> String {
    let shared = |problems: &[&Reported]| problems.iter().filter(|problem| holds_back_all(problem)).count();
    let is_held_back = bar.preview.held_back_since.is_some() && bar.last_good_page.is_none();
    let here = if is_held_back { shared(&bar.here) } else { errors(&bar.here) };
    let (count, place) = if here > 0 { (here, "") } else { (shared(&bar.elsewhere), " elsewhere") };
    match count {
        1 => format!("the error{place} is fixed"),
        _ => format!("the {} errors{place} are fixed", in_words(count)),
    }
}

/// What the errors of a page stop, although it is shown; empty if it has none.
fn what_errors_stop(bar: &Bar<'_>) -> String {
    let mut files =
        bar.here.iter().filter(|problem| problem.severity == Severity::Error).map(|error| &error.place.file);
    match bar.file {
        _ if errors(&bar.here) == 0 => String::new(),
        Some(own) if drafts(&bar.preview.site.library).contains(own) && files.all(|file| file == own) => {
            "While the page is a draft, this stops nothing that is published.".to_owned()
        }
        _ => format!("A build publishes nothing until {}.", when_fixed(bar)),
    }
}

fn elsewhere_panel(bar: &Bar<'_>) -> String {
    let head = format!("<h2 id=\"casebook-elsewhere-head\">Elsewhere: {}</h2> ", sum(&bar.elsewhere));
    let holding = bar.elsewhere.iter().filter(|problem| holds_back_all(problem)).count();
    let mut rest = match holding {
        0 => String::new(),
        1 => "<p class=\"casebook-note\">1 error holds back every page. Pages change again when it is fixed.</p>\n"
            .to_owned(),
        n => format!(
            "<p class=\"casebook-note\">{n} errors hold back every page. Pages change again when they are fixed.</p>\n"
        ),
    };
    let shown = &bar.elsewhere[..bar.elsewhere.len().min(MAX_ELSEWHERE)];
    for of_file in shown.chunk_by(|a, b| a.place.file == b.place.file) {
        let file = &of_file[0].place.file;
        let page = page_link(&bar.preview.site, file).map_or_else(String::new, |page| {
            format!("<a href=\"{}\">{}</a> ", value(&bar.preview.site.href(&page.address)), value(&page.title))
        });
        rest += &format!("<h3 class=\"casebook-file\">{page}<code>{}</code></h3>\n", value(file.as_str()));
        rest += &rows(of_file, Some(file), bar.file_links);
    }
    if bar.elsewhere.len() > MAX_ELSEWHERE {
        rest += &format!("<p>And {} more. The terminal has them all.</p>\n", bar.elsewhere.len() - MAX_ELSEWHERE);
    }
    panel("casebook-elsewhere", false, &head, &rest)
}

fn gaps_panel(bar: &Bar<'_>) -> String {
    let empty = bar.fields.iter().filter(|field| !field.is_filled).count();
    let title = match empty {
        0 => "Nothing is missing".to_owned(),
        _ => format!("Still to fill in: {empty} of {}", bar.fields.len()),
    };
    let mut head = format!("<h2 id=\"casebook-gaps-head\">{title}</h2> ");
    let about = match bar.fields.iter().any(|field| field.is_required && !field.is_filled) {
        true => {
            "Gaps are not problems while the case is a draft. When you delete <code>status: draft</code>, those that are \
            required become errors."
        }
        false if errors(&bar.here) > 0 => {
            "Nothing that is required is missing. To publish it, correct what is wrong and delete \
            <code>status: draft</code>."
        }
        false => "Nothing that is required is missing. Delete <code>status: draft</code> to publish it.",
    };
    head += &bar.file.map_or_else(String::new, |file| file_and_open(bar, file));
    if !bar.fields.iter().any(|field| field.is_required && !field.is_filled) {
        head += &copy("Copy the line", "status: published");
    }
    let items: String = bar.fields.iter().map(|field| gap(bar, field)).collect();
    panel("casebook-gaps", false, &head, &format!("<p>{about}</p>\n<ul class=\"casebook-list\">\n{items}</ul>\n"))
}

fn gap(bar: &Bar<'_>, field: &DraftField) -> String {
    let name = prose(&field.name);
    if field.is_filled {
        return format!(
            "<li class=\"casebook-filled\">{GOOD} <span class=\"casebook-unseen\">Filled: </span>{name}</li>\n"
        );
    }
    let required = if field.is_required { "Required. " } else { "" };
    let place = bar
        .file
        .map_or_else(String::new, |file| open(bar.file_links, file, field.line, 1, &format!("Line {}", field.line)));
    format!(
        "<li><span class=\"casebook-box\"></span> <span class=\"casebook-unseen\">Empty: </span>{name} {place}\
        <p>{required}{}</p></li>\n",
        prose(&field.wanted)
    )
}

fn file_and_open(bar: &Bar<'_>, file: &FilePath) -> String {
    format!("<code>{}</code> {}", value(file.as_str()), open(bar.file_links, file, 1, 1, "Open the file"))
}

fn mark_of(problems: &[&Reported]) -> &'static str {
    if errors(problems) > 0 { ERROR } else { WARNING }
}

fn errors(problems: &[&Reported]) -> usize {
    problems.iter().filter(|problem| problem.severity == Severity::Error).count()
}

/// The number of problems: "3 errors and 2 warnings", "no problems".
pub fn sum(problems: &[&Reported]) -> String {
    let errors = errors(problems);
    match (errors, problems.len() - errors) {
        (0, 0) => "no problems".to_owned(),
        (errors, 0) => counted(errors, "error"),
        (0, warnings) => counted(warnings, "warning"),
        (errors, warnings) => format!("{} and {}", counted(errors, "error"), counted(warnings, "warning")),
    }
}

fn counted(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}

/// The same, with numbers and nouns in bold.
fn bold(sum: &str) -> String {
    let parts: Vec<String> = sum.split(" and ").map(|part| format!("<strong>{part}</strong>")).collect();
    parts.join(" and ")
}

fn in_words(count: usize) -> String {
    const WORDS: [&str; 9] = ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    count.checked_sub(2).and_then(|at| WORDS.get(at)).map_or_else(|| count.to_string(), |word| (*word).to_owned())
}
