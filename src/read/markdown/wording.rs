//! Collects the facts for rules about prose while a body is written: long sentences, figures without a source, and
//! acronyms that the body does not spell out.
//!
//! Takes events with their bytes; headings, code, footnotes and authors' own HTML are left out. `check` decides
//! which of the facts are mistakes in this library.

use std::{collections::BTreeSet, ops::Range};

use pulldown_cmark::{Event, Tag, TagEnd};

use super::{text::BodyText, word_count::WordCount};
use crate::{
    model::document::{Acronym, LONG_SENTENCE, Section, Sentence, Wording},
    read::{
        bounded::{LONGEST_MARK, last_bytes},
        dates,
    },
};

/// The example case of a new library.
const EXAMPLE: &str = include_str!("../../../starter/content/cases/an-example-case.md");
/// The first words of its hints.
const HINTS: [&str; 3] = ["Say ", "Tell ", "Give "];
/// The pages of a new library with gaps in square brackets.
const PAGES_WITH_GAPS: [&str; 3] = [
    include_str!("../../../starter/content/pages/accessibility.md"),
    include_str!("../../../starter/content/pages/how-to-contribute.md"),
    include_str!("../../../starter/content/pages/licence.md"),
];

/// No gap is longer, in bytes. So a text of brackets alone is searched in linear time.
const MAX_GAP: usize = 256;

/// The facts collected so far. Places are bytes of the Markdown.
#[derive(Default)]
pub(super) struct WordingFacts<'a> {
    markdown: &'a str,
    sentences: Vec<Sentence>,
    /// The start of the open sentence, and the end of its last text.
    sentence: Option<(usize, usize)>,
    /// The sentences with a figure and no source.
    figures: Vec<Range<usize>>,
    /// Whether the open sentence has a figure, and whether it cites a source.
    has_figure: bool,
    is_sourced: bool,
    acronyms: Vec<Acronym>,
    hints: Vec<Range<usize>>,
    gaps: Vec<Range<usize>>,
    seen_acronyms: BTreeSet<String>,
    spelled_out: BTreeSet<String>,
}

impl<'a> WordingFacts<'a> {
    /// No facts yet about this Markdown.
    pub(super) fn new(markdown: &'a str) -> WordingFacts<'a> {
        WordingFacts { markdown, ..WordingFacts::default() }
    }

    /// Takes an event outside headings, code and footnotes.
    pub(super) fn add(&mut self, event: &Event<'_>, at: &Range<usize>) {
        match event {
            Event::Text(text) => self.text(text, at),
            Event::Start(Tag::Paragraph) => {
                self.look_for_hint(at);
                self.look_for_gaps(at);
            }
            Event::Start(tag) if !is_inline(tag) => self.end_sentence(),
            Event::End(TagEnd::TableCell) => self.end_cell(),
            Event::End(TagEnd::Paragraph | TagEnd::Item | TagEnd::DefinitionListTitle) => self.end_sentence(),
            _ => {}
        }
    }

    /// Takes the text at these bytes of the Markdown.
    fn text(&mut self, text: &str, at: &Range<usize>) {
        // A text that differs from its source, such as a character reference, has no positions inside.
        if text.len() != at.len() {
            return self.extend_sentence(at.clone());
        }
        let mut from = 0;
        while let Some(mark) = next_mark(text.as_bytes(), from) {
            let rest = &text[mark + 1..];
            let closed = rest.trim_start_matches(['"', '\'', ')', ']', '”', '’']);
            let end = text.len() - closed.len();
            self.has_figure = self.has_figure || has_figure(&text[from..end]);
            self.extend_sentence(at.start + from..at.start + end);
            if closed.is_empty() || closed.starts_with(char::is_whitespace) {
                self.end_sentence();
                from = end + (closed.len() - closed.trim_start().len());
            } else {
                from = end;
            }
        }
        if from < text.len() {
            self.has_figure = self.has_figure || has_figure(&text[from..]);
            self.extend_sentence(at.start + from..at.end);
        }
        if has_capitals(text) && self.markdown.get(at.clone()) == Some(text) {
            self.acronyms_of(text, at.start);
        }
    }

    /// Keeps the paragraph at these bytes if it is a hint of the example case.
    fn look_for_hint(&mut self, at: &Range<usize>) {
        let paragraph = &self.markdown[at.clone()];
        let is_hint = |text: &str| HINTS.iter().any(|first| text.starts_with(first));
        if is_hint(paragraph)
            && EXAMPLE.lines().any(|line| is_hint(line) && paragraph.starts_with(first_sentence(line)))
        {
            self.hints.push(at.start..at.start + paragraph.trim_end().len());
        }
    }

    /// Keeps the gaps in the paragraph at these bytes that are still those of a new library.
    fn look_for_gaps(&mut self, at: &Range<usize>) {
        let paragraph = &self.markdown[at.clone()];
        for (start, _) in paragraph.match_indices('[') {
            let within = paragraph.as_bytes()[start..].iter().take(MAX_GAP);
            let Some(length) = within.copied().position(|byte| byte == b']') else { continue };
            let gap = &paragraph[start..=start + length];
            // A link's text has a bracket after it, in a page of the starter too.
            let is_open = !paragraph[start + gap.len()..].starts_with(['(', '[', ':']);
            if is_open && PAGES_WITH_GAPS.iter().any(|page| page.contains(gap)) {
                self.gaps.push(at.start + start..at.start + start + gap.len());
            }
        }
    }

    /// Ends the open sentence. The end of a block ends it too.
    fn end_sentence(&mut self) {
        // A shorter text cannot have more words than are allowed.
        const SHORT: usize = 2 * LONG_SENTENCE;
        let (has_figure, is_sourced) = (std::mem::take(&mut self.has_figure), std::mem::take(&mut self.is_sourced));
        let Some((start, end)) = self.sentence.take() else { return };
        if has_figure && !is_sourced {
            self.figures.push(start..end);
        }
        if end - start <= SHORT {
            return;
        }
        let mut words = WordCount::default();
        words.add(self.markdown.get(start..end).unwrap_or_default());
        if words.count > LONG_SENTENCE {
            self.sentences.push(Sentence { at: start..end, words: words.count });
        }
    }

    /// Ends a cell of a table. Its figures are not sentences.
    fn end_cell(&mut self) {
        self.has_figure = false;
        self.end_sentence();
    }

    /// Takes a citation or a note: a source of the open sentence, or of the one that has just ended.
    pub(super) fn cite(&mut self, at: usize) {
        if self.sentence.is_some() {
            self.is_sourced = true;
        } else if self.figures.last().is_some_and(|figure| self.markdown[figure.end..at].trim().is_empty()) {
            self.figures.pop();
        }
    }

    /// All facts. The sections are bytes of the file already.
    pub(super) fn into_wording(
        mut self,
        text: BodyText<'_>,
        empty_sections: Vec<Section>,
        own_sources: Vec<Section>,
    ) -> Wording {
        self.end_sentence();
        let moved = |at: Range<usize>| text.in_file(at);
        let sentences = self.sentences.into_iter().map(|sentence| Sentence { at: moved(sentence.at), ..sentence });
        let unexplained = self.acronyms.into_iter().filter(|acronym| !self.spelled_out.contains(&acronym.text));
        let acronyms = unexplained.map(|acronym| Acronym { at: moved(acronym.at), ..acronym });
        let figures = self.figures.into_iter().map(moved).collect();
        Wording {
            sentences: sentences.collect(),
            figures,
            acronyms: acronyms.collect(),
            empty_sections,
            own_sources,
            hints: self.hints.into_iter().map(moved).collect(),
            gaps: self.gaps.into_iter().map(moved).collect(),
        }
    }

    fn extend_sentence(&mut self, at: Range<usize>) {
        let begun = self.sentence.map_or(at.start, |(begun, _)| begun);
        self.sentence = Some((begun, at.end));
    }

    fn acronyms_of(&mut self, text: &str, start: usize) {
        for at in acronyms(text) {
            let at = with_marks(text, &at);
            let acronym = singular(&text[at.clone()]);
            let at = start + at.start..start + at.end;
            if is_spelled_out(acronym, &at, self.markdown) {
                self.spelled_out.insert(acronym.to_owned());
            } else if !self.seen_acronyms.contains(acronym) {
                self.seen_acronyms.insert(acronym.to_owned());
                self.acronyms.push(Acronym { text: acronym.to_owned(), at });
            }
        }
    }
}

/// Does a sentence continue through this tag?
fn is_inline(tag: &Tag<'_>) -> bool {
    matches!(tag, Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. })
}

/// A line up to its first full stop.
fn first_sentence(line: &str) -> &str {
    line.split_inclusive('.').next().unwrap_or(line)
}

/// The next byte that may end a sentence. Such bytes are rare, so many are compared at once.
fn next_mark(text: &[u8], from: usize) -> Option<usize> {
    const CHUNK: usize = 32;
    let is_mark = |byte: u8| (byte == b'.') | (byte == b'?') | (byte == b'!');
    let chunks = text[from..].as_chunks::<CHUNK>().0.iter();
    let plain = chunks.take_while(|chunk| !chunk.iter().fold(false, |found, &byte| found | is_mark(byte)));
    let from = from + plain.count() * CHUNK;
    text[from..].iter().position(|&byte| is_mark(byte)).map(|at| from + at)
}

/// Does the text have a number that is not a year or a part of a date?
fn has_figure(text: &str) -> bool {
    if !text.bytes().fold(false, |found, byte| found | byte.is_ascii_digit()) {
        return false;
    }
    let words: Vec<&str> = text.split_ascii_whitespace().collect();
    words.iter().enumerate().any(|(n, word)| is_figure(word) && !words.get(n + 1).is_some_and(|next| is_month(next)))
}

/// Is the word an amount? A year, several years (2018-23, 2012/13), a name with a digit and a single 1 are not.
fn is_figure(word: &str) -> bool {
    let bare = word.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '£' | '€' | '$' | '%'));
    let is_marked = bare.starts_with(['£', '€', '$']) || bare.ends_with('%');
    let is_number =
        |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit() || b",.".contains(&byte));
    let is_year = |text: &str| text.len() == 4 && matches!(text.as_bytes()[0], b'1' | b'2') && is_number(text);
    let years = bare.split(['-', '–', '/']).next().is_some_and(is_year);
    bare.contains(|c: char| c.is_ascii_digit()) && (is_marked || is_number(bare) && !years)
}

/// Is the word a month, so that a number before it is a day? "May", but not "may".
fn is_month(word: &str) -> bool {
    let letters = word.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    letters.starts_with(char::is_uppercase) && dates::month(letters).is_some()
}

/// Are two capitals adjacent? Without branches, so that many bytes are compared at once.
fn has_capitals(text: &str) -> bool {
    let bytes = text.as_bytes();
    let pairs = bytes.iter().zip(bytes.get(1..).unwrap_or_default());
    pairs.fold(false, |found, (a, b)| found | (a.is_ascii_uppercase() & b.is_ascii_uppercase()))
}

/// The acronyms of a text. Three words in capitals in a row are emphasis, and addresses have no acronyms.
fn acronyms(text: &str) -> Vec<Range<usize>> {
    let starts =
        text.char_indices().filter(|&(at, c)| c.is_alphanumeric() && !text[..at].ends_with(char::is_alphanumeric));
    let words: Vec<Range<usize>> = starts.map(|(at, _)| at..at + word_length(&text[at..])).collect();
    let in_capitals = |n: usize| words.get(n).is_some_and(|at| text[at.clone()].chars().all(char::is_uppercase));
    let is_shouted = |n: usize| (n.saturating_sub(2)..=n).any(|first| (first..first + 3).all(in_capitals));
    // A "TODO list" is not a reminder of the editor.
    let is_list_of_tasks = |at: &Range<usize>| text[at.start..].starts_with("TODO list");
    let is_other = |at: &Range<usize>| is_in_address(text, at) || is_in_gap(text, at) || is_list_of_tasks(at);
    let is_it = |&(n, at): &(usize, &Range<usize>)| is_acronym(&text[at.clone()]) && !is_shouted(n) && !is_other(at);
    words.iter().enumerate().filter(is_it).map(|(_, at)| at.clone()).collect()
}

/// Is it in a gap to fill in: `[INSERT DATE]`?
fn is_in_gap(text: &str, at: &Range<usize>) -> bool {
    let before = last_bytes(&text[..at.start], LONGEST_MARK);
    let Some(open) = before.rfind('[') else { return false };
    let inner = &text[at.start - before.len() + open + 1..];
    inner.starts_with("INSERT ") && !before[open..].contains(']')
}

/// The whole word around these letters: `B&NES`, `LGBTQ+`, `COVID-19`, `GOV.UK`. Marks join only capitals and digits.
fn with_marks(text: &str, at: &Range<usize>) -> Range<usize> {
    let is_part = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || matches!(c, '&' | '.' | '+');
    let before = &text[..at.start];
    let start = before.trim_end_matches(is_part).len();
    let start = start + (before.len() - start - before[start..].trim_start_matches(['&', '.', '+']).len());
    let after = &text[at.end..];
    let number = after.strip_prefix('-').filter(|number| number.starts_with(|c: char| c.is_ascii_digit()));
    let rest = number.map_or(after.trim_start_matches(is_part), |number| number.trim_start_matches(is_part));
    let end = text.len() - rest.len();
    start..at.start + text[at.start..end].trim_end_matches(['.', '&']).len()
}

fn word_length(text: &str) -> usize {
    text.find(|c: char| !c.is_alphanumeric()).unwrap_or(text.len())
}

/// Two to six capitals, and perhaps a plural s.
fn is_acronym(word: &str) -> bool {
    let letters = singular(word);
    (2..=6).contains(&letters.len()) && letters.bytes().all(|byte| byte.is_ascii_uppercase())
}

fn singular(word: &str) -> &str {
    word.strip_suffix('s').unwrap_or(word)
}

/// Is it a part of an address? Only the text near it is searched.
fn is_in_address(text: &str, at: &Range<usize>) -> bool {
    let before = last_bytes(&text[..at.start], LONGEST_MARK);
    let start = before.rfind(char::is_whitespace).unwrap_or(0);
    let whole = before[start..].trim_start();
    whole.contains("://")
        || whole.contains('@')
        || whole.starts_with("www.")
        || whole.ends_with('#')
        || text[at.end..].starts_with('@')
}

/// Is it in brackets after its full name, or followed by its full name in brackets?
fn is_spelled_out(acronym: &str, at: &Range<usize>, markdown: &str) -> bool {
    let before = last_bytes(&markdown[..at.start], LONGEST_MARK).trim_end_matches(['*', '_', '[']);
    let after = markdown[at.end..].trim_start_matches(['*', '_']);
    let name = after.strip_prefix(" (").and_then(|name| name.chars().next());
    let begins_alike = name.is_some_and(|first| acronym.starts_with(first.to_ascii_uppercase()));
    let is_a_mark = before.ends_with("[!") || before.ends_with("<< ");
    is_a_mark || before.ends_with('(') || before.ends_with("title=\"") || begins_alike || is_in_abbr(before)
}

/// Is it in an `<abbr>` that the author wrote?
fn is_in_abbr(before: &str) -> bool {
    let tag = before.strip_suffix('>').and_then(|before| before.rsplit_once('<'));
    tag.is_some_and(|(_, tag)| tag.starts_with("abbr ") && tag.contains("title="))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::{model::document::Wording, problem::FilePath, read::markdown::body};

    fn wording(markdown: &str) -> Wording {
        body(&FilePath::new("content/cases/a.md"), markdown, 0..markdown.len()).value.wording
    }

    #[track_caller]
    fn acronyms(markdown: &str, expected: &[&str]) {
        let found: Vec<String> = wording(markdown).acronyms.into_iter().map(|acronym| acronym.text).collect();
        assert_eq!(found, expected, "{markdown}");
    }

    #[track_caller]
    fn sentences(markdown: &str, expected: &[(&str, usize)]) {
        let found: Vec<(&str, usize)> = wording(markdown)
            .sentences
            .iter()
            .map(|found| (&markdown[found.at.clone()], found.words))
            .collect::<Vec<_>>();
        assert_eq!(found, expected);
    }

    #[test]
    fn acronyms_that_the_page_does_not_spell_out_are_found_once() {
        acronyms("The PCT and two PCTs met the LSP.", &["PCT", "LSP"]);
        acronyms("The primary care trust (PCT). Then the PCT.", &[]);
        acronyms("The PCT (primary care trust). The LSP (see below).", &["LSP"]);
        acronyms("The PCT met. Later: a primary care trust (**PCT**).", &[]);
        acronyms("An <abbr title=\"primary care trust\">PCT</abbr> met. The PCT.", &[]);
    }

    #[test]
    fn an_acronym_far_behind_a_bracket_is_found_at_every_length_of_the_text() {
        for length in 90..110 {
            let before = "’".repeat(length);
            acronyms(&format!("He said {before} [sic] and {before}the PCT."), &["PCT"]);
            acronyms(&format!("{before} [INSERT PCT] {before}"), &[]);
        }
    }

    #[test]
    fn other_capitals_are_no_acronyms() {
        acronyms("## The PCT\n\n`PCT` https://example.org/PCT <https://a.uk/PCT> PCT@nhs.uk\n\n```\nPCT\n```\n", &[]);
        acronyms(
            "The B&NES and LGBTQ+, COVID-19; GOV.UK and a PCT.",
            &["B&NES", "LGBTQ+", "COVID-19", "GOV.UK", "PCT"],
        );
        acronyms("Council\u{a0}NHS\u{2009}PCT", &["NHS", "PCT"]);
        acronyms("READ THIS FIRST, please. A E06000019 a UNRELIABLE B2B iPhone.", &[]);
        acronyms("![The PCT](a.png) Text.[^a]\n\n[^a]: PCT News, 2013.\n", &[]);
    }

    #[test]
    fn long_sentences_are_found_with_their_full_range() {
        let long = ["word"; 26].join(" ");
        sentences(&format!("Short. {long}. Short."), &[(&format!("{long}."), 26)]);
        sentences(&format!("- {long}\n- {long}"), &[(&long, 26), (&long, 26)]);
        sentences(
            &format!("*{}*\nthen {}?", ["one"; 13].join(" "), ["two"; 13].join(" ")),
            &[(&format!("{}*\nthen {}?", ["one"; 13].join(" "), ["two"; 13].join(" ")), 27)],
        );
        let fits = ["word"; 25].join(" ");
        sentences(&format!("{fits}. {fits}! “{fits}.” {fits}"), &[]);
        sentences(&format!("## {long}\n\n```\n{long}\n```\n"), &[]);
    }

    #[test]
    fn a_number_before_a_month_is_no_figure() {
        for text in ["On 3 March.", "On 3 Sep, they met.", "(3 May 2013)", "On 3 Sept."] {
            assert!(!super::has_figure(text), "{text}");
        }
        for text in ["40 Junior doctors", "12 Marketing staff", "3 Mayors", "12 Decisions", "40 may leave"] {
            assert!(super::has_figure(text), "{text}");
        }
    }

    proptest! {
        #[test]
        fn places_are_right_for_any_text(markdown in "([A-Z]{1,4}|[\u{a0}\u{2009}\u{3000}]|[a-zé .?!()*_`\n“”’#\\[\\]<>-]|word ){0,80}") {
            let wording = wording(&markdown);
            for acronym in &wording.acronyms {
                prop_assert!(markdown[acronym.at.clone()].starts_with(&acronym.text));
            }
            for sentence in &wording.sentences {
                prop_assert!(markdown.get(sentence.at.clone()).is_some());
            }
        }
    }
}
