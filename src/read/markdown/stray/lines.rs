//! Lines of a paragraph that were meant as rows, bullets, boxes and the like, but are printed as running text.
//!
//! Takes a paragraph as the parser found it, so real lists, tables and code are not searched.

use std::ops::Range;

use super::{StrayKind, bullets::bullets, enumerators::letters_in_order};

/// A line, or several, that readers see in another form than meant.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct StrayLine {
    pub(super) kind: StrayKind,
    /// Its bytes in the paragraph.
    pub(super) at: Range<usize>,
}

/// The lines of a paragraph that were meant as something else.
pub(super) fn stray_lines(paragraph: &str) -> Vec<StrayLine> {
    let lines = lines(paragraph);
    let mut found: Vec<StrayLine> = Vec::new();
    let bullets = bullets(&lines.iter().map(|line| line.text).collect::<Vec<_>>());
    for (number, line) in lines.iter().enumerate() {
        // They are reported with the list that they make.
        if bullets[number].is_some() {
            continue;
        }
        let before = number.checked_sub(1).map(|before| &lines[before]);
        if let Some((kind, at)) = line.alone().or_else(|| line.after(before)) {
            found.push(StrayLine { kind, at: line.start + at.start..line.start + at.end });
        }
    }
    // A pattern of several lines is one mistake, reported at the first of them.
    for (kind, begin) in BEGIN_TOGETHER {
        let first = lines.windows(2).find_map(|pair| Some((&pair[0], begin(pair[0].text, pair[1].text)?)));
        if let Some((line, length)) = first {
            found.push(StrayLine { kind, at: line.start..line.start + length });
        }
    }
    found.extend(lines.windows(2).filter_map(broken_word));
    if let Some(first) = lines.windows(2).position(|pair| pair.iter().all(|line| is_bullet_with_word(line.text))) {
        let items = lines[first..].iter().take_while(|line| is_bullet_with_word(line.text));
        found.extend(
            items.map(|line| StrayLine { kind: StrayKind::HyphenWithoutSpace, at: line.start..line.start + 1 }),
        );
    }
    // A table is one mistake, and the line below its head identifies it best.
    if found.iter().any(|line| matches!(line.kind, StrayKind::GridTable | StrayKind::RuleOfOtherWidth)) {
        found.retain(|line| line.kind != StrayKind::PipeRows);
    }
    found
}

/// A word whose hyphen stands at the end of a line, as text from a PDF has it. Readers see a space after the hyphen.
/// Where the next line goes on with "and", as in "short- and long-term", that is meant.
fn broken_word(pair: &[ProseLine<'_>]) -> Option<StrayLine> {
    let (line, next) = (&pair[0], &pair[1]);
    let is_letter = |c: char| c.is_alphabetic();
    let before = line.text.strip_suffix('-').filter(|before| before.ends_with(is_letter))?;
    let start =
        before.rfind(|c| !is_letter(c)).map_or(0, |at| at + before[at..].chars().next().map_or(0, char::len_utf8));
    let length = next.text.find(|c| !is_letter(c)).unwrap_or(next.text.len());
    let rest = &next.text[..length];
    let is_word = rest.starts_with(char::is_lowercase) && !["and", "but", "nor", "or", "to"].contains(&rest);
    is_word.then(|| StrayLine { kind: StrayKind::BrokenWord, at: line.start + start..next.start + length })
}

/// Recognises a pattern in two lines, and gives the length of its mark in the first.
type BeginTogether = fn(&str, &str) -> Option<usize>;

const BEGIN_TOGETHER: [(StrayKind, BeginTogether); 3] = [
    (StrayKind::LetteredLines, letters_in_order),
    (StrayKind::NumberedLines, numbers_in_order),
    (StrayKind::EmailHead, head_of_email),
];

/// A line without the blanks and quote marks at its start.
struct ProseLine<'a> {
    text: &'a str,
    start: usize,
}

/// The start of each line of a paragraph, after blanks and quote marks.
pub(super) fn line_starts(paragraph: &str) -> impl Iterator<Item = usize> {
    lines(paragraph).into_iter().map(|line| line.start)
}

fn lines(paragraph: &str) -> Vec<ProseLine<'_>> {
    let mut start = 0;
    let line = |whole: &'_ str| {
        let text = whole.trim_start_matches([' ', '\t', '>']);
        let line = (start + whole.len() - text.len(), text.len());
        start += whole.len();
        line
    };
    let places: Vec<(usize, usize)> = paragraph.split_inclusive('\n').map(line).collect();
    places
        .into_iter()
        .map(|(start, length)| ProseLine { text: paragraph[start..start + length].trim_end(), start })
        .collect()
}

/// Characters that look like a space or like nothing. The parser takes them for letters.
const UNSEEN: [char; 7] = ['\u{a0}', '\u{2007}', '\u{200b}', '\u{202f}', '\u{2060}', '\u{3000}', '\u{feff}'];

impl ProseLine<'_> {
    /// The meaning of the line by itself.
    fn alone(&self) -> Option<(StrayKind, Range<usize>)> {
        let text = self.text;
        let first = text.chars().next()?;
        let (whole, whole_line) = (0..text.len(), 0..text.len());
        match first {
            '-' | '*' | '+' if text[1..].starts_with('\u{a0}') => {
                Some((StrayKind::NoBreakAfterBullet, 0..1 + '\u{a0}'.len_utf8()))
            }
            unseen if UNSEEN.contains(&unseen) => unseen_before_mark(text).map(|at| (StrayKind::UnseenBeforeMark, at)),
            '0'..='9' => number_without_space(text).map(|end| (StrayKind::NumberWithoutSpace, 0..end)),
            ':' if text.starts_with(":::") && text.len() > 3 => Some((StrayKind::Fence, whole)),
            '!' | '?' if is_admonition(text) => Some((StrayKind::Fence, whole)),
            '+' if is_grid_rule(text) => Some((StrayKind::GridTable, whole)),
            'i' | 'e' if is_module_line(text) => Some((StrayKind::TemplateTag, whole)),
            '.' if is_directive(text) => Some((StrayKind::Fence, whole)),
            'h' | '=' if is_heading_elsewhere(text) => Some((StrayKind::HeadingOfAnotherTool, whole)),
            'L' if text.starts_with("Lorem ipsum") => Some((StrayKind::Placeholder, 0.."Lorem ipsum".len())),
            '[' => spaced_definition(text).map(|end| (StrayKind::SpacedDefinition, 0..end)),
            '|' if text.len() > 2 && text.ends_with('|') && pipes(text) > 2 && !is_table_rule(text) => {
                Some((StrayKind::PipeRows, whole))
            }
            '#' if is_hashtags(text) => Some((StrayKind::HashtagLine, whole)),
            '#' => {
                let hashes = text.len() - text.trim_start_matches('#').len();
                (hashes <= 6 && text[hashes..].starts_with('\u{a0}'))
                    .then(|| (StrayKind::NoBreakAfterHashes, 0..hashes + '\u{a0}'.len_utf8()))
            }
            _ => None,
        }
        .or_else(|| (inner_tabs(text) > 1).then_some((StrayKind::TabRows, whole_line)))
    }

    /// The meaning of the line together with the one before.
    fn after(&self, before: Option<&ProseLine<'_>>) -> Option<(StrayKind, Range<usize>)> {
        let (before, text) = (before?.text, self.text);
        let whole = 0..text.len();
        if is_table_rule(text) && pipes(before) > 0 {
            return Some((StrayKind::RuleOfOtherWidth, whole));
        }
        let has_cells = |line: &str| line.contains(" | ") && !line.starts_with('|') && !line.contains("{{");
        if has_cells(before) && has_cells(text) && pipes(before) == pipes(text) {
            return Some((StrayKind::PipeRows, whole));
        }
        (inner_tabs(before) > 0 && inner_tabs(text) > 0).then_some((StrayKind::TabRows, whole))
    }
}

/// The characters that nobody sees before a mark of Markdown at the start of a line, and the mark: `##`, `-`, `1.`.
fn unseen_before_mark(text: &str) -> Option<Range<usize>> {
    let rest = text.trim_start_matches(UNSEEN).trim_start_matches([' ', '\t']);
    let word = rest.split([' ', '\u{a0}']).next()?;
    let digits = word.trim_start_matches(|c: char| c.is_ascii_digit());
    let is_number = (1..=3).contains(&(word.len() - digits.len())) && matches!(digits, "." | ")");
    let is_mark = matches!(word, "-" | "*" | "+" | ">" | "#" | "##" | "###" | "####" | "#####" | "######");
    ((is_mark || is_number) && word.len() < rest.len()).then(|| 0..text.len() - rest.len() + word.len())
}

/// The length of the number of the first of two lines, if they begin with numbers in order. A list that starts at 1 can
/// interrupt a paragraph, so the parser has recognised it already.
fn numbers_in_order(first: &str, second: &str) -> Option<usize> {
    let number = |line: &'_ str| -> Option<(u16, usize)> {
        let digits = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        line[digits..].starts_with(['.', ')']).then_some(())?;
        line[digits + 1..].starts_with(' ').then_some((line[..digits].parse().ok()?, digits + 2))
    };
    let ((a, length), (b, _)) = (number(first)?, number(second)?);
    (a.checked_add(1) == Some(b)).then_some(length)
}

/// The length of the first of two lines, if they are header lines of an e-mail.
fn head_of_email(first: &str, second: &str) -> Option<usize> {
    const AFTER: [&str; 4] = ["Sent:", "Date:", "To:", "Subject:"];
    (first.starts_with("From:") && AFTER.iter().any(|key| second.starts_with(key))).then_some(first.len())
}

/// A hyphen or a plus sign directly before a word, or an asterisk that is not closed.
fn is_bullet_with_word(text: &str) -> bool {
    let rest = text.strip_prefix(['-', '+']).or_else(|| text.strip_prefix('*').filter(|rest| !rest.contains('*')));
    rest.is_some_and(|rest| rest.starts_with(char::is_alphabetic))
}

/// A directive of reStructuredText: `.. note:: …`.
fn is_directive(text: &str) -> bool {
    let name = text.strip_prefix(".. ").and_then(|rest| rest.split_once("::")).map(|(name, _)| name);
    name.is_some_and(|name| !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'))
}

/// A heading of Confluence and Jira (`h2. Results`) or of a wiki (`== Results ==`).
fn is_heading_elsewhere(text: &str) -> bool {
    let of_wiki = text.strip_prefix("== ").and_then(|rest| rest.strip_suffix(" =="));
    let mark = text.as_bytes();
    let of_textile =
        mark.len() > 4 && mark[0] == b'h' && (b'1'..=b'6').contains(&mark[1]) && text[2..].starts_with(". ");
    of_textile || of_wiki.is_some_and(|words| !words.trim().is_empty())
}

/// Is the line only hashtags?
fn is_hashtags(text: &str) -> bool {
    let is_tag = |word: &str| word.strip_prefix('#').is_some_and(|tag| tag.starts_with(char::is_alphabetic));
    text.contains(' ') && text.split_ascii_whitespace().all(is_tag)
}

/// The start of the text directly after `1.`. A decimal number, a time and a host name have no such text.
fn number_without_space(text: &str) -> Option<usize> {
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let rest = text[digits..].strip_prefix(['.', ')'])?;
    let blank = rest.len() - rest.trim_start_matches('\u{a0}').len();
    let word = &rest[blank..];
    let letters = word.len() - word.trim_start_matches(char::is_alphabetic).len();
    let is_word = letters > 1 && !word[letters..].starts_with(['.', '/', '@']);
    (digits <= 2 && is_word).then_some(digits + 1 + blank)
}

/// A box of MkDocs: `!!! note`, `??? tip "Title"`.
fn is_admonition(text: &str) -> bool {
    let rest = text.strip_prefix("!!!").or(text.strip_prefix("???"));
    let rest = rest.map(|rest| rest.strip_prefix('+').unwrap_or(rest));
    rest.and_then(|rest| rest.strip_prefix(' ')).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_lowercase()))
}

fn is_grid_rule(text: &str) -> bool {
    text.len() > 4
        && text.ends_with('+')
        && text.bytes().all(|byte| b"+-=:".contains(&byte))
        && text[1..].starts_with(['-', '=', ':'])
}

/// A line of MDX: `import X from 'y'` or `export const`.
fn is_module_line(text: &str) -> bool {
    let imports = text.starts_with("import ") && (text.contains(" from '") || text.contains(" from \""));
    imports && text.trim_end_matches(';').ends_with(['\'', '"'])
        || text.starts_with("export const ")
        || text.starts_with("export default ")
}

/// The end of `[label] :`, if an address follows.
fn spaced_definition(text: &str) -> Option<usize> {
    let end = text.find(']')?;
    let rest = text[end + 1..].trim_start_matches([' ', '\u{a0}']);
    let address = rest.strip_prefix(':')?.trim_start();
    let is_spaced = rest.len() < text.len() - end - 1;
    let is_address = ["http", "www.", "/", "../", "mailto:"].iter().any(|start| address.starts_with(start));
    (is_spaced && is_address && end > 1).then(|| text.len() - rest.len() + 1)
}

fn pipes(text: &str) -> usize {
    text.matches('|').count() - text.matches("\\|").count()
}

/// The line below the head of a table: hyphens, colons and pipes.
fn is_table_rule(text: &str) -> bool {
    text.contains("--") && text.contains('|') && text.bytes().all(|byte| b"|-: ".contains(&byte))
}

/// The number of tabs between words.
fn inner_tabs(text: &str) -> usize {
    text.trim().matches('\t').count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(paragraph: &str, expected: &[(StrayKind, &str)]) {
        let found = stray_lines(paragraph);
        let found: Vec<(StrayKind, &str)> = found.iter().map(|line| (line.kind, &paragraph[line.at.clone()])).collect();
        assert_eq!(found, expected, "{paragraph}");
    }

    #[test]
    fn lists_typed_as_text() {
        check("•\tone\n•\ttwo", &[]);
        check("(a) one\n(b) two\n(c) three", &[(StrayKind::LetteredLines, "(a)")]);
        check("They are:\ni) one\nii) two", &[(StrayKind::LetteredLines, "i)")]);
        check("(a) alone\n(d) not the next", &[]);
        check("(1) Ask people.\n(2) Try it.", &[(StrayKind::LetteredLines, "(1)")]);
        check("1 - Ask\n2 - Try", &[(StrayKind::LetteredLines, "1 -")]);
        check("i. one\nii. two", &[(StrayKind::LetteredLines, "i.")]);
        check("I. One\nII. Two", &[(StrayKind::LetteredLines, "I.")]);
        check("a. one\nb. two", &[(StrayKind::LetteredLines, "a.")]);
        check("1）one\n2）two", &[(StrayKind::LetteredLines, "1）")]);
        check("A. Smith\nB. Jones", &[]);
        check("A: Yes.\nB: No.", &[]);
        check("2019 - one\n2020 - two", &[]);
        check("9 - 8\n(10) x", &[]);
        check("-\u{a0}one", &[(StrayKind::NoBreakAfterBullet, "-\u{a0}")]);
        check("\u{a0}- one", &[(StrayKind::UnseenBeforeMark, "\u{a0}-")]);
        check("\u{feff}## One", &[(StrayKind::UnseenBeforeMark, "\u{feff}##")]);
        check("\u{a0}\u{a0}12. one", &[(StrayKind::UnseenBeforeMark, "\u{a0}\u{a0}12.")]);
        check("\u{a0}one\n\u{a0}-5 degrees\n\u{a0}2013. x", &[]);
        check("The steps:\n2. two\n3. three", &[(StrayKind::NumberedLines, "2. ")]);
        check("In\n1974. The law\nchanged", &[]);
        check("-one\n-two\n-5 degrees", &[(StrayKind::HyphenWithoutSpace, "-"), (StrayKind::HyphenWithoutSpace, "-")]);
        check("+a\n+b", &[(StrayKind::HyphenWithoutSpace, "+"), (StrayKind::HyphenWithoutSpace, "+")]);
        check("*one\n*two", &[(StrayKind::HyphenWithoutSpace, "*"), (StrayKind::HyphenWithoutSpace, "*")]);
        check("-one alone\n*one* of\n*two*", &[]);
        check(
            "1.one\n2.\u{a0}two",
            &[(StrayKind::NumberWithoutSpace, "1."), (StrayKind::NumberWithoutSpace, "2.\u{a0}")],
        );
        check("3.5m people\n1.bp.example.com\n12.30pm\n2.x", &[]);
    }

    #[test]
    fn rows_typed_as_text() {
        check("Year\tSaved\n2019\t£1m", &[(StrayKind::TabRows, "2019\t£1m")]);
        check("One\ttab", &[]);
        check("| a | b |\n| c | d |", &[(StrayKind::PipeRows, "| a | b |"), (StrayKind::PipeRows, "| c | d |")]);
        check("Year | Saved\n2019 | £1m", &[(StrayKind::PipeRows, "2019 | £1m")]);
        check("| A | B | C |\n|---|---|\n", &[(StrayKind::RuleOfOtherWidth, "|---|---|")]);
        check(
            "+---+---+\n| a | b |\n+===+===+",
            &[(StrayKind::GridTable, "+---+---+"), (StrayKind::GridTable, "+===+===+")],
        );
        check("Home | About", &[]);
    }

    #[test]
    fn fences_imports_and_broken_definitions() {
        check(":::tip\nAsk.\n:::", &[(StrayKind::Fence, ":::tip")]);
        check("!!! note \"A\"", &[(StrayKind::Fence, "!!! note \"A\"")]);
        check("import Tabs from '@theme/Tabs';", &[(StrayKind::TemplateTag, "import Tabs from '@theme/Tabs';")]);
        check(".. note:: Ask.", &[(StrayKind::Fence, ".. note:: Ask.")]);
        check("h2. Results", &[(StrayKind::HeadingOfAnotherTool, "h2. Results")]);
        check("== Results ==", &[(StrayKind::HeadingOfAnotherTool, "== Results ==")]);
        check("#merger #law", &[(StrayKind::HashtagLine, "#merger #law")]);
        check("From: Jo\nSent: Monday\nTo: Al", &[(StrayKind::EmailHead, "From: Jo")]);
        check("h2o. x\n.. and so\n== x\n#one\nFrom: Jo", &[]);
        check("import goods from \"abroad\" were taxed\n!!! Really", &[]);
        check("[rep] : https://a.uk/", &[(StrayKind::SpacedDefinition, "[rep] :")]);
        check("> ##\u{a0}Results", &[(StrayKind::NoBreakAfterHashes, "##\u{a0}")]);
    }
}
