//! Abbreviations: the acronyms of the glossary, spelled out where a page uses them first.
//!
//! Takes the words of a page in reading order and puts `<abbr>` around the first use of each acronym, with its full name and
//! the years that the body existed. Headings, code and what is an abbreviation already are left alone. An entry counts as an
//! acronym if it is one word with two capitals or digits, so that everyday words are never marked.

use std::collections::{BTreeSet, HashMap};

use crate::{
    model::document::GlossaryEntry,
    site::theme::{Html, Words, filled},
};

/// What the acronyms of a library stand for.
#[derive(Clone, Debug, Default)]
pub struct Abbreviations {
    titles: HashMap<String, String>,
}

/// The acronyms of one page, of which each is spelled out once.
#[derive(Debug)]
pub struct Spelling<'a> {
    abbreviations: &'a Abbreviations,
    spelled: BTreeSet<&'a str>,
}

/// Elements whose words stay as they are.
const LEFT_ALONE: [&str; 10] = ["abbr", "code", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "svg"];

impl Abbreviations {
    /// The acronyms of a glossary.
    pub fn of(glossary: &[GlossaryEntry], words: &Words) -> Abbreviations {
        let title = |entry: &GlossaryEntry| match words.years_short(entry.from, entry.to) {
            Some(years) => filled(&words.abbreviation, &[("full", &entry.full), ("years", &years)]),
            None => entry.full.clone(),
        };
        let acronyms = glossary.iter().filter(|entry| is_acronym(&entry.term.value) && !entry.full.is_empty());
        Abbreviations { titles: acronyms.map(|entry| (entry.term.value.clone(), escaped(&title(entry)))).collect() }
    }

    /// Begins a page.
    pub fn page(&self) -> Spelling<'_> {
        Spelling { abbreviations: self, spelled: BTreeSet::new() }
    }
}

impl Spelling<'_> {
    /// The next words of the page, which are plain text.
    pub fn text(&mut self, text: &str) -> Html {
        self.html(&escaped(text))
    }

    /// The next words of the page, which are HTML.
    pub fn html(&mut self, html: &str) -> Html {
        if self.abbreviations.titles.is_empty() {
            return Html::new(html);
        }
        let mut out = String::with_capacity(html.len() + 256);
        let mut within: Option<(&str, usize)> = None;
        let mut rest = html;
        while let Some(at) = rest.find('<') {
            let (words, tagged) = rest.split_at(at);
            self.words(words, within.is_none(), &mut out);
            let (tag, after) = tagged.split_at(tag_length(tagged));
            within = enclosing(within, tag);
            out.push_str(tag);
            rest = after;
        }
        self.words(rest, within.is_none(), &mut out);
        Html::new(&out)
    }

    /// Words between two tags.
    fn words(&mut self, words: &str, may_mark: bool, out: &mut String) {
        let mut rest = words;
        while may_mark && let Some(start) = rest.find(char::is_alphanumeric) {
            let (before, from) = rest.split_at(start);
            let end = from.find(|c: char| !c.is_alphanumeric()).unwrap_or(from.len());
            let (word, after) = from.split_at(end);
            out.push_str(before);
            let is_entity = before.ends_with('&') || before.ends_with("&#");
            self.word(word, is_entity, out);
            rest = after;
        }
        out.push_str(rest);
    }

    fn word(&mut self, word: &str, is_entity: bool, out: &mut String) {
        let titles = &self.abbreviations.titles;
        let known = |word: &str| is_acronym(word).then(|| titles.get_key_value(word)).flatten();
        let found = known(word).or_else(|| known(word.strip_suffix('s')?));
        match found.filter(|_| !is_entity) {
            Some((term, title)) if self.spelled.insert(term) => {
                out.push_str(&format!("<abbr title=\"{title}\">{term}</abbr>{}", &word[term.len()..]));
            }
            _ => out.push_str(word),
        }
    }
}

fn is_acronym(word: &str) -> bool {
    let is_telling = |c: &char| c.is_uppercase() || c.is_numeric();
    word.chars().all(char::is_alphanumeric)
        && word.chars().any(char::is_uppercase)
        && word.chars().filter(is_telling).nth(1).is_some()
}

/// The bytes of the tag with which a text begins. A `>` within quotation marks does not end it.
fn tag_length(text: &str) -> usize {
    let mut quote = None;
    for (at, byte) in text.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return at + 1,
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
    }
    text.len()
}

/// The element left alone in which we are after a tag, and how many of its name are open.
fn enclosing(within: Option<(&'static str, usize)>, tag: &str) -> Option<(&'static str, usize)> {
    let inner = tag.trim_start_matches(['<', '/']);
    let name = &inner[..inner.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(inner.len())];
    let is_end = tag.starts_with("</");
    match within {
        None if is_end => None,
        None => LEFT_ALONE.into_iter().find(|left| *left == name).map(|name| (name, 1)),
        Some((outer, open)) if outer != name => Some((outer, open)),
        Some((_, 1)) if is_end => None,
        Some((outer, open)) => Some((outer, if is_end { open - 1 } else { open + 1 })),
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;").replace('\'', "&#39;")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spelled(pieces: &[&str]) -> String {
        let titles = [("PCT", "primary care trust, 2001–2013"), ("NHS", "National Health Service")];
        let titles = titles.map(|(term, full)| (term.to_owned(), full.to_owned()));
        let abbreviations = Abbreviations { titles: titles.into_iter().collect() };
        let mut page = abbreviations.page();
        let made = |piece: &&str| serde_json::to_value(page.html(piece)).expect("a text");
        pieces.iter().map(made).map(|made| made.as_str().unwrap_or_default().to_owned()).collect()
    }

    #[track_caller]
    fn check(html: &str, expected: &str) {
        assert_eq!(spelled(&[html]), expected);
    }

    const PCT: &str = "<abbr title=\"primary care trust, 2001–2013\">PCT</abbr>";

    #[test]
    fn the_first_use_is_spelled_out_and_no_other() {
        check("<p>A PCT and a PCT.</p>", &format!("<p>A {PCT} and a PCT.</p>"));
        check("<p>The PCTs’ plan</p>", &format!("<p>The {PCT}s’ plan</p>"));
        assert_eq!(spelled(&["PCT ", "PCT"]), format!("{PCT} PCT"));
    }

    #[test]
    fn headings_code_attributes_and_other_words_are_left_alone() {
        for html in [
            "<h2 id=\"PCT\">PCT</h2>",
            "<pre><code>PCT <code>PCT</code></code></pre>",
            "<a href=\"PCT>PCT\">x</a>",
            "<abbr title=\"x\">PCT</abbr>",
            "APCT PCTx &PCT; pct",
            "PCT".repeat(2).as_str(),
            "<p",
            "<",
        ] {
            check(html, html);
        }
        check("<h2>NHS</h2>PCT", &format!("<h2>NHS</h2>{PCT}"));
    }

    proptest::proptest! {
        #[test]
        fn nothing_is_lost_whatever_the_page(html in "([<>\"'/&; a-c]|PCT|NHSs|</?(h2|pre|code|p|abbr)>){0,24}") {
            let made = spelled(&[&html]);
            let mut plain = made.clone();
            for (term, title) in [("PCT", "primary care trust, 2001–2013"), ("NHS", "National Health Service")] {
                plain = plain.replace(&format!("<abbr title=\"{title}\">{term}</abbr>"), term);
            }
            proptest::prop_assert_eq!(&plain, &html);
            proptest::prop_assert!(made.matches("primary care").count() < 2);
        }
    }
}
