//! Splits a Markdown file into front matter and body.
//!
//! Takes a file's text, and gives the bytes of each, without a copy. A byte-order mark and CRLF are accepted. The
//! content of the front matter is not read here.

use crate::{model::document::Status, problem::Span};

/// The parts of a file.
#[derive(Debug, PartialEq, Eq)]
pub enum Split {
    /// Front matter, without its two lines of hyphens, and the body after it.
    Both {
        /// The YAML.
        yaml: Span,
        /// The Markdown.
        body: Span,
    },
    /// The first line is not `---`, so all is body.
    NoFrontMatter {
        /// The Markdown.
        body: Span,
    },
    /// Front matter begins, but no line ends it.
    Unclosed {
        /// The first line.
        opening: Span,
        /// The rest.
        body: Span,
    },
}

/// Splits a file's text.
pub fn split(text: &str) -> Split {
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let mut lines = lines(text, start);
    let opening = match lines.next() {
        Some(line) if text[line.clone()].trim_end() == "---" => line,
        _ => return Split::NoFrontMatter { body: start..text.len() },
    };
    let closing = lines.find(|line| matches!(text[line.clone()].trim_end(), "---" | "..."));
    match closing {
        Some(closing) => Split::Both { yaml: opening.end..closing.start, body: closing.end..text.len() },
        None => Split::Unclosed { body: opening.end..text.len(), opening: opening.start..opening.start + 3 },
    }
}

/// The first line with content, if it was probably meant to begin front matter.
pub fn mistyped_opening(text: &str) -> Option<Span> {
    let written = |line: &Span| text[line.clone()].trim_start_matches('\u{feff}').trim();
    let mut lines = lines(text, 0).skip_while(|line| written(line).is_empty()).take(10).peekable();
    let line = lines.next()?;
    // Correct front matter may follow other text.
    while let Some(later) = lines.next_if(|_| written(&line) != "---") {
        if written(&later) == "---" && lines.peek().is_some_and(|next| written(next).contains(": ")) {
            return Some(later.start..later.start + text[later].trim_end().len());
        }
    }
    is_line_of_dashes(written(&line)).then(|| line.start..line.start + text[line].trim_end().len())
}

/// Is it a line of dashes, asterisks or the like, which may have been meant to begin or end front matter?
pub(super) fn is_line_of_dashes(line: &str) -> bool {
    let is_dash = |c: char| matches!(c, '-' | '‐' | '‑' | '–' | '—' | '_' | '=' | '*' | '+');
    line.len() > 1 && line.chars().all(is_dash)
}

/// The line that was probably meant to end front matter without an end. `rest` is the text after the first line. Only
/// lines that YAML can have stand before it.
pub fn mistyped_closing(text: &str, rest: &Span) -> Option<Span> {
    let is_of_yaml = |line: &str| {
        line.is_empty()
            || line.starts_with([' ', '\t', '-', '#', '}', ']'])
            || line.contains(": ")
            || line.ends_with(':')
    };
    let mut of_rest = lines(&text[..rest.end], rest.start).map(|line| (line.start, text[line].trim_end()));
    let (start, line) = of_rest.find(|(_, line)| is_line_of_dashes(line) || !is_of_yaml(line))?;
    is_line_of_dashes(line).then(|| start..start + line.len())
}

/// Does front matter continue after its second `---`, with a key first and another `---` below?
pub fn goes_on(body: &str, is_key: impl Fn(&str) -> bool) -> bool {
    let mut lines = body.lines().skip_while(|line| line.trim().is_empty());
    let key = lines.next().and_then(|line| line.split_once(':')).map_or("", |(key, _)| key);
    is_key(key) && lines.any(|line| line.trim_end() == "---")
}

/// The status in front matter that cannot be parsed as YAML, so that an unfinished draft stays a draft.
pub fn status_line(yaml: &str) -> Status {
    let is_draft = |line: &str| line.strip_prefix("status:").is_some_and(|value| value.trim() == "draft");
    if yaml.lines().any(is_draft) { Status::Draft } else { Status::Published }
}

/// The bytes of each line from `start`, with its ending.
fn lines(text: &str, start: usize) -> impl Iterator<Item = Span> {
    text[start..].split_inclusive('\n').scan(start, |from, line| {
        let span = *from..*from + line.len();
        *from = span.end;
        Some(span)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, yaml: &str, body: &str) {
        let Split::Both { yaml: y, body: b } = split(text) else { panic!("no front matter in {text:?}") };
        assert_eq!((&text[y], &text[b]), (yaml, body));
    }

    #[test]
    fn front_matter_and_body_are_split() {
        check("---\ntitle: A\n---\nBody\n", "title: A\n", "Body\n");
        check("---\n---\n", "", "");
        check("---\ntitle: A\n...\nBody", "title: A\n", "Body");
        check("---  \ntitle: A\n---\n---\n", "title: A\n", "---\n");
    }

    #[test]
    fn a_byte_order_mark_and_crlf_are_accepted() {
        check("\u{feff}---\r\ntitle: A\r\n---\r\nBody\r\n", "title: A\r\n", "Body\r\n");
    }

    #[test]
    fn a_mistyped_end_is_recognised() {
        let closing = |text: &str| mistyped_closing(text, &(4..text.len())).map(|at| text[at].to_owned());
        assert_eq!(closing("---\ntitle: A\n–––\n\nText\n").as_deref(), Some("–––"));
        assert_eq!(closing("---\ntags:\n- a\n----\nText\n").as_deref(), Some("----"));
        assert_eq!(closing("---\ntitle: A\n\nText of a body.\n***\n"), None);
    }

    #[test]
    fn mistyped_front_matter_is_recognised() {
        for (text, line) in [
            ("----\na: b\n", "----"),
            ("\n\n --- \na", " ---"),
            ("———\n", "———"),
            ("<!-- x -->\n---\ntitle: A\n", "---"),
            ("\u{feff}\n---", "---"),
        ] {
            assert_eq!(mistyped_opening(text).map(|span| &text[span]), Some(line), "{text:?}");
        }
        for text in ["", "Text\n---\n", "- a\n", "*\n"] {
            assert_eq!(mistyped_opening(text), None, "{text:?}");
        }
        let is_key = |word: &str| word == "tier";
        assert!(goes_on("\ntier: x\n---\nText", is_key));
        assert!(!goes_on("tier: x\nText", is_key) && !goes_on("Note: x\n---\n", is_key) && !goes_on("", is_key));
    }

    #[test]
    fn missing_and_unclosed_front_matter_differ() {
        assert_eq!(split("Body"), Split::NoFrontMatter { body: 0..4 });
        assert_eq!(split(""), Split::NoFrontMatter { body: 0..0 });
        assert_eq!(split("---\ntitle: A\n"), Split::Unclosed { opening: 0..3, body: 4..13 });
        assert_eq!(split("----\na: b\n---\n"), Split::NoFrontMatter { body: 0..14 });
    }
}
