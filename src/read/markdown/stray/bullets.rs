//! Lines that begin with a bullet of a word processor: which of them make a list, and how deep each is in it.
//!
//! Takes the lines of a paragraph. A list may go on in the next paragraph, since many programs put an empty line
//! between the items. All bullets of a list are corrected or none, because half a list is worse than none.

use std::ops::Range;

use super::{StrayKind, blocks::StrayBlock};
use crate::read::bounded::last_bytes;

/// The rank of each bullet: one of a higher rank stands for an item inside that above it. Word gives the three levels
/// of a list a dot, a small o and a square.
const RANKS: [&[char]; 4] = [
    &['•', '●', '∙', '·', '‣', '➢', '\u{f0b7}', '\u{f0d8}'],
    &['o', '◦', '○'],
    &['▪', '▫', '■', '□', '§', '\u{f0a7}'],
    &['–', '—'],
];

/// White space before a bullet or after it.
const BLANKS: [char; 5] = [' ', '\t', '\u{a0}', '\u{feff}', '\u{200b}'];

/// A bullet at the start of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Bullet {
    mark: char,
    rank: u8,
    /// The bytes of the bullet, with the white space around it.
    pub(super) length: usize,
    /// The bytes of white space before it.
    blanks_before: usize,
    has_wide_gap: bool,
}

/// The bullet of each line, if it has one. The lines have no quote marks at their start.
pub(super) fn bullets(lines: &[&str]) -> Vec<Option<Bullet>> {
    let typed: Vec<Option<Bullet>> = lines.iter().map(|line| bullet(line)).collect();
    let mut found: Vec<Option<Bullet>> = Vec::with_capacity(lines.len());
    for (number, bullet) in typed.iter().enumerate() {
        let before = number.checked_sub(1);
        let has_bullet_before = before.is_some_and(|before| found[before].is_some());
        let is_dash = |number: usize| matches!(typed.get(number), Some(Some(bullet)) if is_dash(bullet.mark));
        let is_meant = |bullet: &Bullet| match bullet.mark {
            // "o" is a word in some languages, and § begins the number of a section.
            'o' => {
                let is_capital = lines[number][bullet.length..].starts_with(char::is_uppercase);
                bullet.has_wide_gap || has_bullet_before && is_capital
            }
            '§' => bullet.has_wide_gap,
            mark if self::is_dash(mark) => {
                // Who said something is often named after a dash.
                let follows_quotation = before.is_some_and(|before| lines[before].ends_with(['”', '"', '’', '\'']));
                before.is_some_and(is_dash) || is_dash(number + 1) || has_bullet_before && !follows_quotation
            }
            _ => true,
        };
        found.push(bullet.filter(is_meant));
    }
    found
}

fn is_dash(mark: char) -> bool {
    matches!(mark, '–' | '—')
}

/// The character at the start of a line that may be a bullet: one with white space and words after it.
fn bullet(line: &str) -> Option<Bullet> {
    let text = line.trim_start_matches(BLANKS);
    let mark = text.chars().next()?;
    let rank = RANKS.iter().position(|marks| marks.contains(&mark))? as u8;
    let rest = &text[mark.len_utf8()..];
    let words = rest.trim_start();
    let gap = &rest[..rest.len() - words.len()];
    let is_bullet = !gap.is_empty() && !words.is_empty();
    let blanks_before = line.len() - text.len();
    let has_wide_gap = gap != " ";
    is_bullet.then(|| Bullet { mark, rank, length: line.len() - words.len(), blanks_before, has_wide_gap })
}

/// Checks the text of an item, or a paragraph: a bullet directly after the mark of the item.
pub(super) fn in_item(markdown: &str, at: &Range<usize>) -> Option<StrayBlock> {
    let before = last_bytes(&markdown[..at.start], LONGEST_ITEM_MARK);
    let mark = before.rsplit('\n').next()?.trim_matches([' ', '\t', '>']);
    let digits = mark.trim_start_matches(|c: char| c.is_ascii_digit());
    let is_mark = matches!(mark, "-" | "*" | "+") || digits.len() < mark.len() && matches!(digits, "." | ")");
    let line = if is_mark { markdown[at.clone()].lines().next()? } else { return None };
    let [found] = bullets(&[line])[..] else { return None };
    Some((StrayKind::BulletInItem, at.start..at.start + found?.length))
}

/// The most bytes of the mark of an item, with the blanks around it.
const LONGEST_ITEM_MARK: usize = 40;

/// Checks a cell of a table: lines in it that begin with bullets.
pub(super) fn in_cell(markdown: &str, at: &Range<usize>) -> Option<StrayBlock> {
    let cell = &markdown[at.clone()];
    if !cell.contains("<br") {
        return None;
    }
    let after_tag = |part: &'_ str| part.find('>').map_or(part.len(), |end| end + 1);
    let lines = cell.split("<br").enumerate();
    let lines: Vec<&str> = lines.map(|(n, part)| if n == 0 { part } else { &part[after_tag(part)..] }.trim()).collect();
    let found = bullets(&lines);
    let first = found.iter().position(Option::is_some).filter(|_| found.iter().flatten().count() > 1)?;
    let start = at.start + (lines[first].as_ptr() as usize - cell.as_ptr() as usize);
    Some((StrayKind::BulletsInCell, start..start + found[first]?.length))
}

/// A bullet in a text, and the start of its line as Markdown.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct BulletLine {
    /// The bytes of the bullet and of the white space after it.
    pub(super) at: Range<usize>,
    /// The bytes to be replaced: also the white space before the bullet, if that would make another level.
    pub(super) replaced: Range<usize>,
    pub(super) now: String,
}

/// The list to which the last bullets belong.
#[derive(Default)]
pub(super) struct BulletList {
    /// Where its last paragraph ends.
    end: usize,
    /// The column of its first line.
    column: usize,
    /// The column and the rank of the items that are open, each inside that before it.
    open: Vec<(usize, u8)>,
}

impl BulletList {
    /// The bullets of the paragraph at these bytes of the text.
    pub(super) fn lines(&mut self, markdown: &str, paragraph: &Range<usize>) -> Vec<BulletLine> {
        let lines = lines(markdown, paragraph);
        let texts: Vec<&str> = lines.iter().map(|line| line.text).collect();
        let bullets = bullets(&texts);
        let goes_on = !self.open.is_empty()
            && bullets.first().is_some_and(Option::is_some)
            && markdown.get(self.end..paragraph.start).is_some_and(|between| between.trim().is_empty());
        if !goes_on {
            self.open.clear();
        }
        let mut found = Vec::new();
        for (line, bullet) in lines.iter().zip(bullets) {
            let Some(bullet) = bullet else { continue };
            if self.open.is_empty() && !goes_on {
                self.column = lines[0].column;
            }
            let column = line.column + bullet.blanks_before_in(line.text);
            found.push(self.line(line, bullet, column));
        }
        if !found.is_empty() {
            self.end = paragraph.end;
        }
        found
    }

    fn line(&mut self, line: &Line<'_>, bullet: Bullet, column: usize) -> BulletLine {
        let depth = self.depth(column, bullet.rank);
        let mark = line.start + bullet.blanks_before;
        let end = line.start + bullet.length;
        if !line.has_only_blanks_before {
            let now = format!("{}- ", "  ".repeat(depth));
            return BulletLine { at: mark..end, replaced: line.start..end, now };
        }
        let indent = self.column + 2 * depth;
        let is_indented = column == indent && bullet.blanks_before == 0;
        let (start, indent) = if is_indented { (mark, 0) } else { (line.line_start, indent) };
        BulletLine { at: mark..end, replaced: start..end, now: format!("{}- ", " ".repeat(indent)) }
    }

    /// How many items the next one is inside of.
    fn depth(&mut self, column: usize, rank: u8) -> usize {
        while let Some(&(open_column, open_rank)) = self.open.last() {
            let is_beside = column.abs_diff(open_column) <= 1;
            if is_beside && rank == open_rank {
                return self.open.len() - 1;
            }
            if column > open_column + 1 || is_beside && rank > open_rank {
                break;
            }
            self.open.pop();
        }
        self.open.push((column, rank));
        self.open.len() - 1
    }
}

impl Bullet {
    fn blanks_before_in(&self, line: &str) -> usize {
        line[..self.blanks_before].chars().count()
    }
}

/// A line of a paragraph.
struct Line<'a> {
    /// The line without plain blanks and quote marks at its start.
    text: &'a str,
    /// The start of that text in the Markdown, and its column.
    start: usize,
    column: usize,
    line_start: usize,
    /// Whether only white space stands before the text, so that this can be replaced.
    has_only_blanks_before: bool,
}

fn lines<'a>(markdown: &'a str, paragraph: &Range<usize>) -> Vec<Line<'a>> {
    // The range of a paragraph begins at its words.
    let first = markdown[..paragraph.start].rfind('\n').map_or(0, |end| end + 1);
    let mut line_start = first;
    let mut lines = Vec::new();
    for whole in markdown[first..paragraph.end].split_inclusive('\n') {
        let start = match lines.is_empty() {
            true => paragraph.start,
            false => line_start + whole.len() - whole.trim_start_matches([' ', '\t', '>']).len(),
        };
        let end = line_start + whole.len();
        let before = &markdown[line_start..start.min(end)];
        lines.push(Line {
            text: markdown[start.min(end)..end].trim_end(),
            start: start.min(end),
            column: columns(before),
            line_start,
            has_only_blanks_before: before.trim_matches([' ', '\t']).is_empty(),
        });
        line_start = end;
    }
    lines
}

/// The width of a text, in which a tab goes to the next multiple of four.
fn columns(text: &str) -> usize {
    text.chars().fold(0, |column, c| if c == '\t' { column / 4 * 4 + 4 } else { column + 1 })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The text with its bullets corrected. Its paragraphs have an empty line between them.
    fn corrected(markdown: &str) -> String {
        let mut list = BulletList::default();
        let mut now = markdown.to_owned();
        let mut found = Vec::new();
        let mut start = 0;
        for paragraph in markdown.split_inclusive("\n\n") {
            let begin = start + paragraph.len() - paragraph.trim_start_matches([' ', '\t', '>', '\n']).len();
            found.extend(list.lines(markdown, &(begin..start + paragraph.trim_end().len().max(begin - start))));
            start += paragraph.len();
        }
        for line in found.into_iter().rev() {
            now.replace_range(line.replaced, &line.now);
        }
        now
    }

    #[track_caller]
    fn check(markdown: &str, expected: &str) {
        assert_eq!(corrected(markdown), expected);
    }

    #[test]
    fn items_inside_items_are_indented() {
        check("·       One\n·       Two\no   Sub\no   Sub2\n·       Three", "- One\n- Two\n  - Sub\n  - Sub2\n- Three");
        check("·\tOne\no\tSub\n§\tSquare\n·\tTwo", "- One\n  - Sub\n    - Square\n- Two");
        check("• One\no Sub\n• Two", "- One\n  - Sub\n- Two");
        check("• One\n– Sub\n• Two", "- One\n  - Sub\n- Two");
        check("We agreed:\n    • One\n        • Sub\n    • Two", "We agreed:\n- One\n  - Sub\n- Two");
        check("  • One\n  • Two", "  - One\n  - Two");
        check("> • One\n> o   Sub", "> - One\n>   - Sub");
        check("\u{a0}\u{a0}• One\n\u{a0}\u{a0}• Two", "- One\n- Two");
    }

    #[test]
    fn a_list_goes_on_in_the_next_paragraph() {
        check("· One\n\no   Sub\n\n· Two\n\nWords.\n\no   One", "- One\n\n  - Sub\n\n- Two\n\nWords.\n\n- One");
    }

    #[test]
    fn every_dash_of_a_list_is_a_bullet() {
        check("The aims:\n– A\n– B\n– C", "The aims:\n- A\n- B\n- C");
        check("— A\n— B", "- A\n- B");
    }

    #[test]
    fn other_lines_stay() {
        for text in
            ["Said\n– Jane Smith", "• “Quote”\n– Jane", "trenta\no quaranta", "§ 4 says so", "o one", "•", "or so"]
        {
            let quote = text.starts_with('•').then(|| text.replacen("• ", "- ", 1));
            check(text, quote.as_deref().unwrap_or(text));
        }
    }

    proptest! {
        #[test]
        fn replaced_ranges_are_in_order(markdown in "[•o§–>\\-\n \t\u{a0}ab]{0,60}") {
            let mut list = BulletList::default();
            let start = markdown.len() - markdown.trim_start().len();
            let mut end = 0;
            for line in list.lines(&markdown, &(start..markdown.len())) {
                prop_assert!(markdown.get(line.replaced.clone()).is_some());
                prop_assert!(markdown.get(line.at).is_some());
                prop_assert!(line.replaced.start >= end);
                end = line.replaced.end;
            }
        }
    }
}
