//! Cleans HTML with an author's own tags, using `ammonia`, and has the list of allowed tags.
//!
//! The list has the tags of the Markdown writer, and a safe part of HTML for authors. When a page is cleaned, its slots
//! are empty, and cleaning moves them, so each slot is marked with a text that cannot be guessed. [`super::markdown`],
//! which reads tags by the same list, reports what was removed.

use std::{
    borrow::Cow,
    collections::{HashMap, HashSet},
    sync::OnceLock,
};

use ammonia::{Builder, UrlRelative};

/// A tag that authors may use, with its attributes besides those of every tag.
pub(super) struct AllowedTag {
    pub(super) name: &'static str,
    pub(super) attributes: &'static [&'static str],
}

/// The attributes that every tag may have.
pub(super) const EVERYWHERE: &[&str] = &["class", "dir", "id", "lang", "title"];

/// The tags that authors may use. There is no `h1`: the title is the only one of a page.
#[rustfmt::skip]
pub(super) const TAGS: &[AllowedTag] = &[
    tag("a", &["href"]), tag("abbr", &[]), tag("audio", &["controls", "src"]), tag("b", &[]), tag("bdi", &[]), tag("bdo", &[]),
    tag("blockquote", &[]), tag("br", &[]), tag("caption", &[]), tag("cite", &[]), tag("code", &[]), tag("col", &["span"]),
    tag("colgroup", &["span"]), tag("dd", &[]), tag("del", &["datetime"]), tag("details", &["open"]), tag("dfn", &[]),
    tag("div", &[]), tag("dl", &[]), tag("dt", &[]), tag("em", &[]), tag("figcaption", &[]), tag("figure", &[]), tag("h2", &[]),
    tag("h3", &[]), tag("h4", &[]), tag("h5", &[]), tag("h6", &[]), tag("hr", &[]), tag("i", &[]),
    tag("img", &["alt", "decoding", "height", "loading", "src", "width"]), tag("ins", &["datetime"]), tag("kbd", &[]), tag("li", &["value"]),
    tag("mark", &[]), tag("ol", &["reversed", "start"]), tag("p", &[]), tag("pre", &[]), tag("q", &[]), tag("s", &[]),
    tag("samp", &[]), tag("small", &[]), tag("source", &["src", "type"]), tag("span", &[]), tag("strong", &[]), tag("sub", &[]),
    tag("summary", &[]), tag("sup", &[]), tag("table", &[]), tag("tbody", &[]), tag("td", &["colspan", "headers", "rowspan"]),
    tag("tfoot", &[]), tag("th", &["colspan", "headers", "rowspan", "scope"]), tag("thead", &[]), tag("time", &["datetime"]),
    tag("tr", &[]), tag("track", &["default", "kind", "label", "src", "srclang"]), tag("u", &[]), tag("ul", &[]), tag("var", &[]),
    tag("video", &["controls", "height", "poster", "src", "width"]), tag("wbr", &[]),
];

/// Tags that only the writer emits.
#[rustfmt::skip]
const WRITERS_OWN: &[AllowedTag] = &[
    tag("a", &["role"]), tag("div", &["tabindex"]), tag("input", &["checked", "disabled", "type"]), tag("label", &[]), tag("ol", &["type"]), tag("pre", &["tabindex"]),
    tag("section", &["role"]),
];

/// The classes of the writer and of highlighted code, for which themes have rules; besides `language-…` of code.
#[rustfmt::skip]
const CLASSES: &[&str] = &[
    "alert", "alert-caution", "alert-important", "alert-label", "alert-note", "alert-tip", "alert-warning", "align-center",
    "align-left", "align-right", "code", "footnote-back", "footnote-ref", "footnotes", "hl-comment", "hl-keyword", "hl-value",
    "table", "task",
];

/// An element that is removed with its content.
pub(super) const LEFT_OUT: &str = "casebook-left-out";

const fn tag(name: &'static str, attributes: &'static [&'static str]) -> AllowedTag {
    AllowedTag { name, attributes }
}

/// The known classes of an attribute, separated by spaces.
pub(super) fn known_classes(classes: &str) -> String {
    let is_known = |class: &&str| CLASSES.contains(class) || class.starts_with("language-");
    classes.split_ascii_whitespace().filter(is_known).collect::<Vec<_>>().join(" ")
}

/// Cleans a body with slots, each with its position and value. `seed` is the author's text.
pub(super) fn clean<T: Copy>(html: &str, slots: &[(usize, T)], seed: &str) -> (String, Vec<(usize, T)>) {
    let mark = format!("{MARK}{}-", &blake3::hash(seed.as_bytes()).to_hex()[..32]);
    let cleaned = cleaner().clean(&marked(html, slots.iter().map(|&(at, _)| at), &mark)).to_string();
    let (html, kept) = unmarked(&cleaned, &mark);
    let slot = |(at, n): (usize, usize)| Some((at, slots.get(n)?.1));
    (html, kept.into_iter().filter_map(slot).collect())
}

/// The prefix of the marks that replace slots while a body is cleaned.
const MARK: &str = "casebook-slot-";

/// The end of a mark, so that a digit after the slot is not read as part of the slot's number.
const MARK_END: char = '-';

/// HTML with a mark in each slot, which ends with the slot's number and [`MARK_END`].
fn marked(html: &str, slots: impl ExactSizeIterator<Item = usize>, mark: &str) -> String {
    let mut marked = String::with_capacity(html.len() + slots.len() * 64);
    let mut from = 0;
    for (number, at) in slots.enumerate() {
        marked.push_str(&html[from..at]);
        marked.push_str(mark);
        marked.push_str(&number.to_string());
        marked.push(MARK_END);
        from = at;
    }
    marked.push_str(&html[from..]);
    marked
}

/// Removes the marks. If the parser has duplicated an element to repair the author's nesting, the second one loses its
/// id here.
fn unmarked(cleaned: &str, mark: &str) -> (String, Vec<(usize, usize)>) {
    let mut html = String::with_capacity(cleaned.len());
    let mut slots = Vec::new();
    let mut ids = HashSet::new();
    // In cleaned HTML, `<` and `>` are only around tags, and `"` only around values or in text, where no mark can be.
    let mut is_in_tag = false;
    for piece in cleaned.split_inclusive('"') {
        if is_in_tag && html.ends_with(" id=\"") && !ids.insert(piece) {
            html.truncate(html.len() - " id=\"".len());
        } else {
            push_unmarked(&mut html, &mut slots, piece, mark);
        }
        if let Some(edge) = piece.bytes().rev().find(|byte| matches!(byte, b'<' | b'>')) {
            is_in_tag = edge == b'<';
        }
    }
    (html, slots)
}

/// Writes cleaned HTML, with a slot in the place of each mark.
fn push_unmarked(html: &mut String, slots: &mut Vec<(usize, usize)>, piece: &str, mark: &str) {
    let mut pieces = piece.split(mark);
    html.push_str(pieces.next().unwrap_or_default());
    for after in pieces {
        let (number, rest) = after.split_once(MARK_END).unwrap_or(("", after));
        slots.extend(number.parse().map(|number| (html.len(), number)));
        html.push_str(rest);
    }
}

fn cleaner() -> &'static Builder<'static> {
    static CLEANER: OnceLock<Builder<'static>> = OnceLock::new();
    CLEANER.get_or_init(|| {
        let mut builder = Builder::empty();
        builder.tag_attributes(HashMap::new()).generic_attributes(EVERYWHERE.iter().copied().collect());
        for tag in TAGS.iter().chain(WRITERS_OWN) {
            builder.add_tags([tag.name]).add_tag_attributes(tag.name, tag.attributes.iter().copied());
        }
        builder
            .add_clean_content_tags([LEFT_OUT, "script", "style"])
            .url_schemes(["http", "https", "mailto", "tel"].into())
            .url_relative(UrlRelative::Custom(Box::new(own_address)))
            .attribute_filter(own_value)
            .link_rel(None);
        builder
    })
}

/// Addresses without a scheme are only marks, and links between footnotes.
fn own_address(address: &str) -> Option<Cow<'_, str>> {
    (address.starts_with(MARK) || address.starts_with('#')).then_some(address.into())
}

/// Allows media only from this site, and only known classes.
fn own_value<'a>(_: &str, attribute: &str, value: &'a str) -> Option<Cow<'a, str>> {
    match attribute {
        "src" | "poster" => value.starts_with(MARK).then_some(value.into()),
        "class" => Some(known_classes(value)).filter(|known| !known.is_empty()).map(Cow::from),
        _ => Some(value.into()),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Pieces of HTML that parsers treat in special ways.
    #[rustfmt::skip]
    const PIECES: [&str; 56] = [
        "<p>", "</p>", "<a href=\"#x\">", "</a>", "<table>", "<caption>", "<tr>", "<td>", "</td>", "</table>", "<pre>", "</pre>", "<b>",
        "</b>", "<div id=x>", "<div id=\"y\" class=\"table\">", "</div>", "<ul>", "<li>", "</ul>", "<h2>", "</h2>", "<br>", "</br>", "<input>",
        "<svg>", "</svg>", "<math>", "<mtext>", "<mglyph>", "<annotation-xml encoding=\"text/html\">", "<foreignObject>", "<style>",
        "</style>", "<script>", "</script>", "<template>", "<select>", "<option>", "<textarea>", "<title>", "<noscript>", "<!--", "-->",
        "<![CDATA[", "]]>", "<img src=x onerror=y alt=\"\"a>", "\"", "'", ">", "<", "&lt;", "&#60;img onerror=y&#62;", "\n", "x", " ",
    ];

    #[test]
    fn a_digit_after_a_slot_is_text() {
        let slots = [(4, 'a'), (5, 'b')];
        assert_eq!(clean("<p>x12</p>", &slots, "seed"), ("<p>x12</p>".to_owned(), slots.to_vec()));
    }

    /// The different start tags of some HTML, and the characters of its text, each in alphabetical order.
    fn tags_and_text(html: &str) -> (Vec<&str>, Vec<char>) {
        let (mut tags, mut text) = (Vec::new(), Vec::new());
        for piece in html.split('<') {
            let (tag, after) = piece.split_once('>').unwrap_or(("/", piece));
            tags.extend(Some(tag).filter(|tag| !tag.starts_with('/')));
            text.extend(after.chars().filter(|&c| c != '\n'));
        }
        tags.sort_unstable();
        tags.dedup();
        text.sort_unstable();
        (tags, text)
    }

    proptest! {
        /// A parser may move what stands in a wrong place, such as an `h2` in a table, but what is in a cleaned body is
        /// allowed there too: a browser never finds a tag that the cleaner would have removed.
        #[test]
        fn cleaning_again_removes_nothing(pieces in prop::collection::vec(prop::sample::select(PIECES.to_vec()), 0..12)) {
            let once = clean::<usize>(&pieces.concat(), &[], "seed").0;
            let again = clean::<usize>(&once, &[], "seed").0;
            let ((tags, text), (tags_again, text_again)) = (tags_and_text(&once), tags_and_text(&again));
            prop_assert_eq!(text, text_again, "{} {}", once, again);
            prop_assert_eq!(tags, tags_again, "{} {}", once, again);
        }
    }

    #[track_caller]
    fn check(html: &str, expected: &str) {
        assert_eq!(clean::<usize>(html, &[], "seed").0, expected);
    }

    #[test]
    fn elements_and_attributes_that_are_not_listed_are_removed() {
        check("<p onclick=x>a<script>b</script><iframe src=x>c</iframe></p>", "<p>ac</p>");
        check(
            "<p style=\"x\" class=\"x align-left\">a</p><casebook-left-out>b<b>c</b></casebook-left-out>",
            "<p class=\"align-left\">a</p>",
        );
        check(
            "<a href=\"javascript:x\">a</a><a href=\"//b.uk\">c</a><img src=\"https://d.uk/e.png\">",
            "<a>a</a><a>c</a><img>",
        );
        check("<h1>a</h1><!-- b --><form><input name=c></form>", "a<input>");
    }

    #[test]
    fn no_html_closes_the_page() {
        check("<div><b>a", "<div><b>a</b></div>");
        check("</div></main></body>a", "a");
        check("<svg><style><img src=x onerror=y>", "<img>");
    }

    #[test]
    fn slots_move_with_their_links() {
        let html = "<script>a</script><a href=\"\">b</a><img src=\"\">";
        let slots = [(html.find("\">b").unwrap(), 0), (html.len() - 2, 1)];
        let (cleaned, slots) = clean(html, &slots, "seed");
        assert_eq!(cleaned, "<a href=\"\">b</a><img src=\"\">");
        assert_eq!(slots, [(9, 0), (26, 1)]);
    }

    #[test]
    fn an_id_belongs_to_one_element() {
        check("<p><b id=x>a<div>b</div></b>", "<p><b id=\"x\">a</b></p><div><b>b</b></div>");
        check("<p id=x>\" id=\"x\"</p>", "<p id=\"x\">\" id=\"x\"</p>");
    }
}
