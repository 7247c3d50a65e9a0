//! HTML that is written in order and always well nested, even if its author's tags are not.
//!
//! Elements of Markdown are well nested; authors' own tags may not be. An author's tag ends at the latest where the
//! Markdown around it ends, and an end tag closes nothing beyond it. Elements are written down to a fixed depth. Deeper
//! content is written without them, so that no HTML parser overflows its stack.

use crate::html;

/// The deepest level of elements that are written.
const DEEPEST: usize = 100;

/// The HTML written so far, and the elements that are open at its end.
#[derive(Default)]
pub(super) struct NestedHtml {
    html: String,
    /// The open elements, the innermost last.
    open: Vec<OpenElement>,
    /// The authors' tags that were closed automatically.
    unclosed: Vec<UnclosedTag>,
}

/// An author's tag without an end.
pub(super) struct UnclosedTag {
    /// Its position in the body.
    pub(super) at: usize,
    /// Its name.
    pub(super) name: &'static str,
    /// Whether its content is left out.
    pub(super) is_left_out: bool,
}

struct OpenElement {
    maker: Maker,
    /// Its end in the HTML.
    end: ElementEnd,
    /// The position of an author's tag in the body.
    at: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Maker {
    Markdown,
    /// An element of Markdown that is too deep to be written.
    Unwritten,
    /// An author's tag with this name.
    Tag(&'static str),
}

/// Tags whose end tags are optional in HTML, and one that no author writes.
const CLOSE_THEMSELVES: [&str; 13] =
    ["caption", "colgroup", "dd", "dt", "label", "li", "p", "tbody", "td", "tfoot", "th", "thead", "tr"];

#[derive(Clone, Copy)]
enum ElementEnd {
    Markup(&'static str),
    Tag(&'static str),
}

impl NestedHtml {
    /// Empty, with room for this many bytes.
    pub(super) fn with_capacity(bytes: usize) -> NestedHtml {
        NestedHtml { html: String::with_capacity(bytes), ..NestedHtml::default() }
    }

    pub(super) fn as_str(&self) -> &str {
        &self.html
    }

    pub(super) fn len(&self) -> usize {
        self.html.len()
    }

    pub(super) fn into_string(self) -> String {
        self.html
    }

    /// Writes markup.
    pub(super) fn push_str(&mut self, markup: &str) {
        self.html.push_str(markup);
    }

    /// Writes several pieces of markup.
    pub(super) fn extend<const N: usize>(&mut self, markup: [&str; N]) {
        self.html.extend(markup);
    }

    /// Writes text between tags.
    pub(super) fn push_text(&mut self, text: &str) {
        html::push_text(&mut self.html, text);
    }

    /// Writes a value between double quotes.
    pub(super) fn push_value(&mut self, value: &str) {
        html::push_value(&mut self.html, value);
    }

    /// Writes a text or value of an author's own HTML.
    pub(super) fn push_raw(&mut self, text: &str) {
        html::push_raw(&mut self.html, text);
    }

    /// Inserts a value at an earlier position. Gives its length in the HTML.
    pub(super) fn insert_value(&mut self, at: usize, value: &str) -> usize {
        let mut escaped = String::with_capacity(value.len());
        html::push_value(&mut escaped, value);
        self.html.insert_str(at, &escaped);
        escaped.len()
    }

    /// Removes what was written after a position, in which no element began or ended.
    pub(super) fn truncate(&mut self, at: usize) {
        self.html.truncate(at);
    }

    /// Is this the deepest level that is written?
    pub(super) fn is_deepest(&self) -> bool {
        self.open.len() >= DEEPEST
    }

    /// Opens an element of Markdown that cannot contain others of its kind, and so is written at any depth.
    pub(super) fn open(&mut self, start: &str, end: &'static str) {
        self.html.push_str(start);
        self.open.push(OpenElement { maker: Maker::Markdown, end: ElementEnd::Markup(end), at: 0 });
    }

    /// Opens an element of Markdown that may contain others of its kind. If it is too deep to be written, `instead`
    /// ends it.
    pub(super) fn open_nested(&mut self, start: &str, end: &'static str, instead: &'static str) {
        if self.is_deepest() { self.open_unwritten(instead) } else { self.open(start, end) }
    }

    /// Opens an element that is written if the one around it is: an item of a list.
    pub(super) fn open_part(&mut self, start: &str, end: &'static str) {
        let is_unwritten = self.open.last().is_some_and(|open| open.maker == Maker::Unwritten);
        if is_unwritten { self.open_unwritten("\n") } else { self.open(start, end) }
    }

    /// Opens an element of Markdown without a tag.
    pub(super) fn open_unwritten(&mut self, end: &'static str) {
        self.open.push(OpenElement { maker: Maker::Unwritten, end: ElementEnd::Markup(end), at: 0 });
    }

    /// Closes the innermost element of Markdown, and the tags that are open in it.
    pub(super) fn close(&mut self) {
        let at = self.tags_from().saturating_sub(1);
        self.keep_unclosed(at);
        self.close_from(at);
    }

    /// Removes the innermost element of Markdown, written from `at`, because it is empty. Not if a tag is open in it.
    pub(super) fn take_back(&mut self, at: usize) -> bool {
        let is_bare = self.open.pop_if(|open| open.maker == Maker::Markdown).is_some();
        if is_bare {
            self.html.truncate(at);
        }
        is_bare
    }

    /// Closes everything.
    pub(super) fn close_all(&mut self) {
        self.keep_unclosed(0);
        self.close_from(0);
    }

    /// Opens an author's tag at this byte of the body, whose start is written; `element` is its name in the HTML.
    pub(super) fn open_tag(&mut self, name: &'static str, element: &'static str, at: usize) {
        self.open.push(OpenElement { maker: Maker::Tag(name), end: ElementEnd::Tag(element), at });
    }

    /// Closes the innermost of an author's tags with this name. An end tag without a start is ignored.
    pub(super) fn close_tag(&mut self, name: &str) {
        let from = self.tags_from();
        let is_it = |open: &OpenElement| matches!(open.maker, Maker::Tag(open) if open.eq_ignore_ascii_case(name));
        if let Some(at) = self.open[from..].iter().rposition(is_it) {
            self.keep_unclosed(from + at + 1);
            self.close_from(from + at);
        }
    }

    /// The authors' tags without an end, in the order in which they were closed.
    pub(super) fn take_unclosed(&mut self) -> Vec<UnclosedTag> {
        std::mem::take(&mut self.unclosed)
    }

    /// Keeps the unclosed tags from here on.
    fn keep_unclosed(&mut self, from: usize) {
        for open in &self.open[from..] {
            if let (Maker::Tag(name), ElementEnd::Tag(element)) = (open.maker, open.end)
                && !CLOSE_THEMSELVES.contains(&name)
            {
                self.unclosed.push(UnclosedTag { at: open.at, name, is_left_out: element != name });
            }
        }
    }

    /// Is one of these tags the innermost element?
    pub(super) fn is_in_tag(&self, names: &[&str]) -> bool {
        self.open.last().is_some_and(|open| matches!(open.maker, Maker::Tag(name) if names.contains(&name)))
    }

    /// Is one of the open elements this tag?
    pub(super) fn is_within_tag(&self, name: &str) -> bool {
        self.open.iter().any(|open| matches!(open.maker, Maker::Tag(open) if open == name))
    }

    /// Is the innermost element one of Markdown with this end?
    pub(super) fn innermost_ends_with(&self, end: &str) -> bool {
        self.open.last().is_some_and(|open| matches!(open.end, ElementEnd::Markup(ending) if ending == end))
    }

    /// Closes elements that cannot contain a block of Markdown: an author's paragraph, and bare parts of a table.
    pub(super) fn make_room_for_block(&mut self) {
        self.close_tag("label");
        self.close_tag("p");
        self.make_room_for_text();
    }

    /// Closes elements that cannot contain text: bare parts of a table.
    pub(super) fn make_room_for_text(&mut self) {
        while let Some(OpenElement {
            maker: Maker::Tag("table" | "thead" | "tbody" | "tfoot" | "tr" | "colgroup"),
            ..
        }) = self.open.last()
        {
            self.close_from(self.open.len() - 1);
        }
    }

    /// Closes elements whose end tags are optional before an author's tag.
    pub(super) fn make_room_for_tag(&mut self, name: &str) {
        let (ended, within): (&[&str], &[&str]) = match name {
            "li" => (&["li"], &["ol", "ul"]),
            "dt" | "dd" => (&["dd", "dt"], &["dl"]),
            "td" | "th" => (&["caption", "colgroup", "td", "th"], &["table"]),
            "tr" => (&["caption", "colgroup", "tr", "td", "th"], &["table"]),
            "caption" | "col" | "colgroup" => (&["caption"], &["table"]),
            "thead" | "tbody" | "tfoot" => {
                (&["caption", "colgroup", "thead", "tbody", "tfoot", "tr", "td", "th"], &["table"])
            }
            "blockquote" | "details" | "div" | "dl" | "figure" | "h2" | "h3" | "h4" | "h5" | "h6" | "hr" | "ol"
            | "p" | "pre" | "table" | "ul" => return self.make_room_for_block(),
            _ => return self.make_room_for_text(),
        };
        let is_one_of =
            |names: &[&str], open: &OpenElement| matches!(open.maker, Maker::Tag(open) if names.contains(&open));
        let tags = self.tags_from();
        let from = tags + self.open[tags..].iter().rposition(|open| is_one_of(within, open)).map_or(0, |at| at + 1);
        if let Some(at) = self.open[from..].iter().position(|open| is_one_of(ended, open)) {
            self.close_from(from + at);
        }
    }

    /// The index of the first open tag in the innermost element of Markdown.
    fn tags_from(&self) -> usize {
        self.open.iter().rposition(|open| !matches!(open.maker, Maker::Tag(_))).map_or(0, |at| at + 1)
    }

    fn close_from(&mut self, at: usize) {
        for open in self.open.drain(at..).rev() {
            match open.end {
                ElementEnd::Markup(end) => self.html.push_str(end),
                ElementEnd::Tag(name) => self.html.extend(["</", name, ">"]),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_end_with_the_markdown_around_them() {
        let mut html = NestedHtml::default();
        html.open("<p>", "</p>");
        html.open_tag("b", "b", 0);
        html.open_tag("i", "i", 0);
        html.close_tag("B");
        html.close_tag("p");
        html.open_tag("u", "u", 0);
        html.close();
        html.close_all();
        assert_eq!(html.as_str(), "<p></i></b></u></p>");
    }

    #[test]
    fn elements_that_are_too_deep_are_not_written() {
        let mut html = NestedHtml::default();
        for _ in 0..DEEPEST + 2 {
            html.open_nested("<ul>", "</ul>", "\n");
        }
        html.open_part("<li>", "</li>");
        html.close_all();
        assert_eq!(html.as_str(), "<ul>".repeat(DEEPEST) + "\n\n\n" + &"</ul>".repeat(DEEPEST));
    }

    #[test]
    fn an_empty_element_can_be_taken_back() {
        let mut html = NestedHtml::default();
        html.push_str("a");
        html.open("<p>", "</p>");
        assert!(html.take_back(1));
        assert_eq!(html.as_str(), "a");
        html.open("<p>", "</p>");
        html.open_tag("b", "b", 0);
        assert!(!html.take_back(1));
    }
}
