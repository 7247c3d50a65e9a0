//! Wiki links, embeds, hidden comments and call-outs of Obsidian → Markdown.
//!
//! `[[Note#Part|words]]` becomes a link to the note by its name, which is found when links are resolved. Code is left
//! alone.

use super::{super::Loss, code, tags::comment};
use crate::{import::escape::link_to, model::alert::AlertKind};

/// Converts Obsidian's own syntax to Markdown.
pub(super) fn to_markdown(text: String, losses: &mut Vec<Loss>) -> String {
    let has = |mark: &str| text.contains(mark);
    let has_links = has("[[") && has("]]");
    if !has_links && !has("%%") && !has("[!") {
        return text;
    }
    let text = if has("[!") { text.split_inclusive('\n').map(callout).collect() } else { text };
    let code = code::code(&text);
    let mut markdown = String::with_capacity(text.len());
    let mut at = 0;
    while let Some(found) = text[at..].find(['[', '!', '%']).map(|found| at + found) {
        markdown.push_str(&text[at..found]);
        let rest = &text[found..];
        let replaced =
            if code::is_in(&code, found) { None } else { link(rest, losses).or_else(|| hidden_comment(rest, losses)) };
        match replaced {
            Some((replacement, length)) => {
                markdown.push_str(&replacement);
                at = found + length;
            }
            None => {
                markdown.push_str(&rest[..1]);
                at = found + 1;
            }
        }
    }
    markdown.push_str(&text[at..]);
    markdown
}

/// The wiki link or embed at the start of this text, with its length.
fn link(text: &str, losses: &mut Vec<Loss>) -> Option<(String, usize)> {
    let is_embed = text.starts_with("![[");
    let start = if is_embed { 3 } else { 2 };
    if !is_embed && !text.starts_with("[[") {
        return None;
    }
    // A search for "]]" alone would read on to the end of the text from every opening.
    let length = text[start..].find(['\n', '[', ']'])?;
    let inside = &text[start..start + length];
    if inside.is_empty() || !text[start + length..].starts_with("]]") {
        return None;
    }
    let (target, words) =
        inside.split_once('|').map_or((inside, None), |(target, words)| (target.trim_end_matches('\\'), Some(words)));
    let (note, part) = target.split_once('#').map_or((target, None), |(note, part)| (note, Some(part)));
    let is_picture = is_embed && note.rsplit_once('.').is_some_and(|(_, end)| end.len() <= 4 && !end.contains(' '));
    let anchor = part.map_or(String::new(), |part| format!("#{}", crate::model::address::slug(part)));
    let end = start + length + 2;
    if is_picture {
        // Obsidian writes a width in pixels in the place of the text.
        let alt = words.filter(|words| !words.bytes().all(|b| b.is_ascii_digit() || b == b'x')).unwrap_or_default();
        return Some((format!("!{}", link_to(note, alt)), end));
    }
    if is_embed {
        losses.push(Loss::embedded_note(target));
    }
    let words = words.unwrap_or(if note.is_empty() { part.unwrap_or_default() } else { target });
    Some((link_to(&format!("{note}{anchor}"), words), end))
}

/// The comment between two marks of `%%`, with its length.
fn hidden_comment(text: &str, losses: &mut Vec<Loss>) -> Option<(String, usize)> {
    let length = text.strip_prefix("%%")?.find("%%")?;
    let note = &text[2..2 + length];
    if note.trim().is_empty() {
        return None;
    }
    losses.push(Loss::hidden_remark(note.trim()));
    Some((comment(note), length + 4))
}

/// The first line of a call-out, with the kind that a case has. Its title becomes a bold line below.
fn callout(line: &str) -> String {
    let trimmed = line.trim_start();
    let Some((before, rest)) = trimmed.starts_with('>').then(|| line.split_once("[!")).flatten() else {
        return line.to_owned();
    };
    let Some((kind, title)) = rest.split_once(']') else { return line.to_owned() };
    let is_mark = before.trim_matches(['>', ' ']).is_empty();
    let known = AlertKind::meant_by(kind).map(AlertKind::name);
    let title = title.trim_start_matches(['+', '-']).trim();
    match known {
        Some(kind) if is_mark && title.is_empty() => format!("{before}[!{kind}]\n"),
        Some(kind) if is_mark => format!("{before}[!{kind}]\n{before}**{title}**\n{}\n", before.trim_end()),
        _ => line.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, markdown: &str) {
        assert_eq!(to_markdown(text.to_owned(), &mut Vec::new()), markdown);
    }

    #[test]
    fn wiki_links_become_links() {
        check("See [[Torbay]].", "See [Torbay](Torbay).");
        check("[[Torbay care#What Changed|there]]", "[there](<Torbay care#what-changed>)");
        check("[[#Here]]", "[Here](#here)");
        check("![[map 1.png|300]]", "![](<map 1.png>)");
        check("![[map.png|The town]]", "![The town](map.png)");
        check("`[[x]]` and [[]] and [[a\nb]]", "`[[x]]` and [[]] and [[a\nb]]");
        check("100 %% 50", "100 %% 50");
    }

    #[test]
    fn a_hundred_thousand_unclosed_links_stay_as_they_are() {
        // Quadratic work would take minutes here.
        let text = "![[".repeat(100_000) + "]]";
        check(&text, &text);
    }

    #[test]
    fn a_comment_stays_hidden() {
        check("a %%not sure%% b", "a <!-- not sure --> b");
        for note in ["> secret", "-> secret", "secret--> b", "secret -"] {
            let html = to_markdown(format!("a %%{note}%% c"), &mut Vec::new());
            let comment = html.strip_prefix("a <!--").and_then(|rest| rest.strip_suffix("--> c"));
            let is_hidden =
                |inside: &str| !inside.contains("--") && !inside.starts_with(['>', '-']) && !inside.ends_with('-');
            assert!(comment.is_some_and(is_hidden), "{html}");
        }
    }

    #[test]
    fn an_embedded_note_becomes_a_link_and_is_reported() {
        let mut losses = Vec::new();
        assert_eq!(to_markdown("![[Note]]".to_owned(), &mut losses), "[Note](Note)");
        assert_eq!(losses.len(), 1);
    }

    #[test]
    fn callouts_get_a_kind_of_a_case() {
        check("> [!info]\n> Text\n", "> [!NOTE]\n> Text\n");
        check("> [!tip]- Lessons\n> Text\n", "> [!TIP]\n> **Lessons**\n>\n> Text\n");
        check("> [!bug]\n> Text\n", "> [!CAUTION]\n> Text\n");
        check("> [!odd]\n", "> [!odd]\n");
    }
}
