//! Marks of other tools within a line: a run of text → its parts that were meant as markup.
//!
//! A run equals the source, outside code and outside of markup that the parser recognised. So readers would see the
//! marks that are found here.

use std::ops::Range;

use super::{StrayKind, pasted::pasted};
use crate::read::bounded::{LONGEST_MARK, first_bytes, last_bytes};

/// A mark in a run of text.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct StrayMark {
    pub(super) found: MarkMeaning,
    /// Its bytes in the run.
    pub(super) at: Range<usize>,
}

/// The intended meaning of a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum MarkMeaning {
    Stray(StrayKind),
    /// The middle of a link that the parser did not recognise.
    NoLink,
    /// A reference to a footnote that does not exist.
    NoNote,
    /// A citation that is not closed, or names no source.
    NoCitation,
}

impl StrayMark {
    fn stray(kind: StrayKind, at: Range<usize>) -> StrayMark {
        StrayMark { found: MarkMeaning::Stray(kind), at }
    }
}

/// The marks of a run, in order, from a position: after an escaped character.
pub(super) fn marks(run: &str, from: usize) -> Vec<StrayMark> {
    let mut marks = Vec::new();
    let mut at = from;
    while let Some(found) = next_interesting(run.as_bytes(), at) {
        let mark = mark(run, found);
        at = mark.as_ref().map_or(found + 1, |mark| mark.at.end.max(found + 1));
        if let mark @ (b'*' | b'_' | b'~') = run.as_bytes()[found] {
            at = at.max(found + length_of(char::from(mark), &run[found..]));
        }
        marks.extend(mark);
    }
    marks
}

/// Where the search of a run begins: after a character that a backslash escapes.
pub(super) fn after_escape(markdown: &str, start: usize, run: &str) -> usize {
    let is_escaped = markdown[..start].ends_with('\\');
    if is_escaped { run.chars().next().map_or(0, char::len_utf8) } else { 0 }
}

/// The next byte with which a mark may begin. Such bytes are rare, so many are compared at once.
fn next_interesting(text: &[u8], from: usize) -> Option<usize> {
    const CHUNK: usize = 32;
    let is_one = |byte: u8| {
        (byte == b'[')
            | (byte == b']')
            | (byte == b')')
            | (byte == b'*')
            | (byte == b'%')
            | (byte == b'{')
            | (byte == b'=')
            | (byte == b'$')
            | (byte == b'~')
            | (byte == b'_')
            | (byte == b'^')
            | (byte == b'!')
            | (byte == b'\\')
            | (byte == 0xc3)
            | (byte == 0xe3)
            | (byte == 0xef)
    };
    let chunks = text.get(from..)?.as_chunks::<CHUNK>().0.iter();
    let plain = chunks.take_while(|chunk| !chunk.iter().fold(false, |found, &byte| found | is_one(byte)));
    let from = from + plain.count() * CHUNK;
    text[from..].iter().position(|&byte| is_one(byte)).map(|at| from + at)
}

/// The mark that begins at this byte, or has its middle there.
fn mark(run: &str, at: usize) -> Option<StrayMark> {
    let (before, rest) = (&run[..at], &run[at..]);
    let mark = |kind, length: usize| Some(StrayMark::stray(kind, at..at + length));
    match rest.as_bytes()[0] {
        b'[' => {
            if let Some(length) = wiki_link(rest) {
                let is_embed = before.ends_with('!');
                let start = at - usize::from(is_embed);
                let kind = if is_embed { StrayKind::Embed } else { StrayKind::WikiLink };
                return Some(StrayMark::stray(kind, start..at + length));
            }
            if rest.starts_with("[^") {
                return Some(StrayMark { found: MarkMeaning::NoNote, at: at..at + 2 });
            }
            if rest.starts_with("[@") {
                return Some(StrayMark { found: MarkMeaning::NoCitation, at: at..at + 2 });
            }
            shortcode(rest).and_then(|length| mark(StrayKind::Shortcode, length)).or_else(|| as_pasted(before, rest))
        }
        b']' => after_bracket(before, rest, at),
        b')' => swapped_link(before, rest, at),
        b'*' => emphasis('*', before, rest),
        b'_' => emphasis('_', before, rest),
        b'~' => emphasis('~', before, rest).or_else(|| as_pasted(before, rest)),
        b'%' => {
            let inner = rest.strip_prefix("%%")?;
            let closing = within_mark(inner).find("%%").filter(|&length| length > 0)?;
            (!before.ends_with(|c: char| c.is_ascii_digit() || c == '%')).then_some(())?;
            mark(StrayKind::Comment, closing + 4)
        }
        // The attributes of a box are reported with it.
        b'{' if run.starts_with(":::") => None,
        b'{' => braces(rest).and_then(|(kind, length)| mark(kind, length)),
        b'=' => {
            let inner = rest.strip_prefix("==").filter(|inner| !inner.starts_with(['=', ' ', '>']))?;
            let closing = within_mark(inner)
                .find("==")
                .filter(|&end| end > 0 && !inner[..end].ends_with([' ', '=', '!', '<']))?;
            (!before.ends_with(|c: char| c.is_alphanumeric() || "=!<>".contains(c))).then_some(())?;
            mark(StrayKind::Highlight, closing + 4)
        }
        b'$' => {
            let inner = rest.strip_prefix("$$")?;
            mark(StrayKind::Formula, within_mark(inner).find("$$")? + 4)
        }
        _ => as_pasted(before, rest),
    }
}

fn as_pasted(before: &str, rest: &str) -> Option<StrayMark> {
    pasted(before, rest).map(|(kind, at)| StrayMark::stray(kind, at))
}

/// The start of a text, up to the length of the longest mark.
pub(super) fn within_mark(text: &str) -> &str {
    first_bytes(text, LONGEST_MARK)
}

/// The length of `[[name]]`.
fn wiki_link(rest: &str) -> Option<usize> {
    let inner = rest.strip_prefix("[[").filter(|inner| !inner.starts_with(|c: char| c.is_whitespace() || c == '['))?;
    let end = within_mark(inner).find("]]")?;
    (end > 0 && !inner[..end].contains('[')).then_some(end + 4)
}

/// The length of a tag of WordPress, `[gallery ids="1"]` or `[/caption]`, or of a mark for a list of contents.
fn shortcode(rest: &str) -> Option<usize> {
    let end = within_mark(rest).find(']')?;
    let inner = &rest[1..end];
    let is_name =
        |name: &str| name.len() > 2 && name.bytes().all(|byte| byte.is_ascii_lowercase() || b"_-".contains(&byte));
    let is_opening = inner.split_once(' ').is_some_and(|(name, attributes)| {
        let key = attributes.trim_start().split_once('=').map(|(key, value)| (is_name(key) || key == "id", value));
        is_name(name)
            && key.is_some_and(|(is_key, value)| {
                is_key && value.starts_with(|c: char| "\"'“”".contains(c) || c.is_alphanumeric())
            })
    });
    let is_closing = inner.strip_prefix('/').is_some_and(|name| is_name(name) || matches!(name, "b" | "i" | "u"));
    (is_opening || is_closing || matches!(inner, "TOC" | "toc")).then_some(end + 1)
}

/// A link with a space between its brackets, or a reference without a definition. `rest` begins with the closing
/// bracket.
fn after_bracket(before: &str, rest: &str, at: usize) -> Option<StrayMark> {
    let after = &rest[1..];
    if after.starts_with('(') {
        return Some(StrayMark { found: MarkMeaning::NoLink, at: at..at + 1 });
    }
    let open = last_open('[', before)?;
    let words = &before[open + 1..];
    if after.starts_with('[') {
        let end = within_mark(after).find(']')?;
        let label = &after[1..end];
        let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        // Two numbers in brackets refer to sources in papers. A caret or an at sign belongs to another mark.
        let are_numbers = is_number(words) && is_number(label);
        let is_another = words.starts_with(['^', '@', '!']) || label.starts_with(['^', '@', '[']);
        return (!words.trim().is_empty() && !are_numbers && !is_another)
            .then(|| StrayMark::stray(StrayKind::Reference, open..at + 1 + end + 1));
    }
    let blanks = after.len() - after.trim_start_matches([' ', '\u{a0}']).len();
    let address = after[blanks..].strip_prefix('(').filter(|_| blanks > 0)?;
    let end = within_mark(address).find(')')?;
    is_address(&address[..end]).then(|| StrayMark::stray(StrayKind::SpacedLink, open..at + 1 + blanks + 1 + end + 1))
}

/// `(words)[address]`. `rest` begins with the opening square bracket.
fn swapped_link(before: &str, rest: &str, at: usize) -> Option<StrayMark> {
    let address = rest.strip_prefix(")[")?;
    let end = within_mark(address).find(']')?;
    let open = last_open('(', before)?;
    is_address(&address[..end]).then(|| StrayMark::stray(StrayKind::SwappedLink, open..at + 2 + end + 1))
}

/// The position of the last such bracket, if it is within the length of a mark.
fn last_open(bracket: char, before: &str) -> Option<usize> {
    let near = last_bytes(before, LONGEST_MARK);
    Some(before.len() - near.len() + near.rfind(bracket)?)
}

/// Does it look like an address?
fn is_address(text: &str) -> bool {
    let has_scheme =
        ["https://", "http://", "www.", "mailto:", "../", "/", "#"].iter().any(|start| text.starts_with(start));
    let is_file = text.rsplit_once('.').is_some_and(|(name, end)| {
        !name.is_empty() && (2..=4).contains(&end.len()) && end.bytes().all(|byte| byte.is_ascii_lowercase())
    });
    !text.contains(char::is_whitespace) && (has_scheme || is_file)
}

fn length_of(mark: char, text: &str) -> usize {
    text.len() - text.trim_start_matches(mark).len()
}

/// Asterisks, underscores or tildes without effect: a pair with a space inside, or marks that are not closed.
fn emphasis(mark: char, before: &str, rest: &str) -> Option<StrayMark> {
    let (at, length) = (before.len(), length_of(mark, rest));
    // A longer run separates parts or hides a word; three underscores are a gap to fill in.
    if !(length == 2 || length == 3 && mark == '*') || before.ends_with(mark) {
        return None;
    }
    let marks = &rest[..length];
    let after = &rest[length..];
    let (last, next) = (before.chars().next_back(), after.chars().next());
    let is_blank = |c: Option<char>| c.is_none_or(char::is_whitespace);
    if let Some(end) = within_mark(after).find(marks).filter(|&end| end > 0) {
        let inner = &after[..end];
        let is_spaced = inner.starts_with(char::is_whitespace) || inner.ends_with(char::is_whitespace);
        let is_whole = !inner.trim().is_empty() && !inner.contains(mark);
        let is_closed =
            length_of(mark, &after[end..]) == length && is_blank(last) | last.is_some_and(|c| c.is_ascii_punctuation());
        if is_spaced && is_whole && is_closed {
            return Some(StrayMark::stray(StrayKind::SpacedEmphasis, at..at + 2 * length + end));
        }
    }
    // In `2**3`, `f**k` and `a__b` there are letters on both sides, in `2 ** 3` blanks.
    let is_meant = is_blank(last) != is_blank(next) && next.is_none_or(|c| !c.is_ascii_digit() && c != ')');
    let is_alone = last.is_none_or(|c| c.is_whitespace()) && next.is_none();
    (is_meant && !is_alone).then(|| StrayMark::stray(StrayKind::UnclosedEmphasis, at..at + length))
}

/// The meaning of braces in other tools, and the length of the mark.
fn braces(rest: &str) -> Option<(StrayKind, usize)> {
    let near = within_mark(rest);
    let until = |end: &str| near[2..].find(end).map(|length| 2 + length + end.len());
    for opening in ["{++", "{--", "{~~", "{==", "{>>"] {
        if rest.starts_with(opening) {
            return Some((StrayKind::TrackedChange, near.find('}').map_or(opening.len(), |end| end + 1)));
        }
    }
    if rest.starts_with("{{<") || rest.starts_with("{{%") {
        return Some((StrayKind::HugoTag, until("}}")?));
    }
    if rest.starts_with("{{") {
        let length = until("}}").filter(|&length| !rest[2..length - 2].trim().is_empty())?;
        return Some((StrayKind::TemplateTag, length));
    }
    if rest.starts_with("{%") {
        return Some((StrayKind::TemplateTag, until("%}")?));
    }
    if rest.starts_with("{/*") {
        return Some((StrayKind::TemplateTag, until("*/}")?));
    }
    let end = near.find('}')?;
    let inner = &rest[1..end];
    let is_name = |text: &str| {
        !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-:".contains(&byte))
    };
    let is_attribute = match inner.as_bytes().first()? {
        b'.' | b'#' => is_name(inner[1..].split(' ').next().unwrap_or_default()),
        b':' => {
            inner.starts_with(": ") || inner.starts_with(":.") || inner.starts_with(":#") || inner[1..].contains('=')
        }
        _ => inner
            .split_once('=')
            .is_some_and(|(key, value)| is_name(key) && !value.is_empty() && !value.starts_with([' ', '='])),
    };
    let is_property = || inner.strip_prefix("props.").or(inner.strip_prefix("frontMatter.")).is_some_and(is_name);
    match (is_attribute, is_property()) {
        (true, _) => Some((StrayKind::Attribute, end + 1)),
        (_, true) => Some((StrayKind::TemplateTag, end + 1)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(run: &str, expected: &[(StrayKind, &str)]) {
        let marks = marks(run, 0);
        let found: Vec<(MarkMeaning, &str)> = marks.iter().map(|mark| (mark.found, &run[mark.at.clone()])).collect();
        let expected: Vec<(MarkMeaning, &str)> =
            expected.iter().map(|&(kind, text)| (MarkMeaning::Stray(kind), text)).collect();
        assert_eq!(found, expected, "{run}");
    }

    #[test]
    fn notes_and_wikis() {
        check(
            "See [[b]], [[b|c d]] and ![[p.png]].",
            &[(StrayKind::WikiLink, "[[b]]"), (StrayKind::WikiLink, "[[b|c d]]"), (StrayKind::Embed, "![[p.png]]")],
        );
        check(
            "==Marked== and %%private%%.",
            &[(StrayKind::Highlight, "==Marked=="), (StrayKind::Comment, "%%private%%")],
        );
        check("if [[ -f x ]] a == b, x==1 and y==2; 5%% or 6%%; [sic]", &[]);
    }

    #[test]
    fn tags_of_templates() {
        check(
            "{{< youtube a >}} {{ b }} {% c %} {/* d */}",
            &[
                (StrayKind::HugoTag, "{{< youtube a >}}"),
                (StrayKind::TemplateTag, "{{ b }}"),
                (StrayKind::TemplateTag, "{% c %}"),
                (StrayKind::TemplateTag, "{/* d */}"),
            ],
        );
        check(
            "[gallery ids=\"1,2\"] [/caption] [TOC]",
            &[
                (StrayKind::Shortcode, "[gallery ids=\"1,2\"]"),
                (StrayKind::Shortcode, "[/caption]"),
                (StrayKind::Shortcode, "[TOC]"),
            ],
        );
        check(
            "a{.underline} {#id} {: .lead} {width=50%}",
            &[
                (StrayKind::Attribute, "{.underline}"),
                (StrayKind::Attribute, "{#id}"),
                (StrayKind::Attribute, "{: .lead}"),
                (StrayKind::Attribute, "{width=50%}"),
            ],
        );
        check(
            "{++new++} {--old--}",
            &[(StrayKind::TrackedChange, "{++new++}"), (StrayKind::TrackedChange, "{--old--}")],
        );
        check("$$ x^2 $$", &[(StrayKind::Formula, "$$ x^2 $$")]);
        check("{a, b} {x: 1} $5 and $6 {{}} {{ }} [he said no=way] {name}", &[]);
    }

    #[test]
    fn broken_links() {
        check(
            "[the report][rep] [the audit][]",
            &[(StrayKind::Reference, "[the report][rep]"), (StrayKind::Reference, "[the audit][]")],
        );
        check(
            "[the site] (https://a.uk/) (the plan)[b.md]",
            &[(StrayKind::SpacedLink, "[the site] (https://a.uk/)"), (StrayKind::SwappedLink, "(the plan)[b.md]")],
        );
        check("[1][2] [sic] (he said) (a)[1] [x] (see below.)", &[]);
    }

    #[test]
    fn emphasis_that_is_spaced_or_never_closed_is_found() {
        check("a **bold ** b", &[(StrayKind::SpacedEmphasis, "**bold **")]);
        check("** bold ** b", &[(StrayKind::SpacedEmphasis, "** bold **")]);
        check("a **never closed", &[(StrayKind::UnclosedEmphasis, "**")]);
        check("a ~~never closed", &[(StrayKind::UnclosedEmphasis, "~~")]);
        check("a __bold __ b", &[(StrayKind::SpacedEmphasis, "__bold __")]);
        check("2**3, f**k, 2 ** 3, ****, a ***** b, **5, a__b, Name: ______, ~5", &[]);
    }

    proptest! {
        #[test]
        fn marks_are_in_order_and_within_the_text(run in "[\\[\\]()*%{}=$!. a-cé\u{a0}/#:^+<>_~Ââ€™�\\\\-]{0,60}") {
            let mut end = 0;
            for mark in marks(&run, 0) {
                prop_assert!(run.get(mark.at.clone()).is_some());
                prop_assert!(mark.at.end > end);
                end = mark.at.end;
            }
        }
    }
}
