//! Abbreviations: spells out the acronyms of the glossary at their first use on a page.
//!
//! Takes the texts of a page in reading order, and makes the first use of each acronym a button that shows the full
//! name and the years in which the body existed. Headings, links, code and existing abbreviations are left alone. An
//! entry counts as an acronym if it is one word with two capitals or digits, with or without marks (A&E, COVID-19,
//! s.151), so that everyday words are never marked. Entries that the glossary calls well known are left alone too.

use std::{collections::BTreeSet, fmt::Write, ops::Range};

use rustc_hash::FxHashMap;

use crate::{
    html::value,
    model::document::GlossaryEntry,
    site::theme::{Html, Words, filled},
};

/// The acronyms of a library, with their full names.
#[derive(Clone, Debug, Default)]
pub struct Abbreviations {
    /// The meaning of each acronym, by its term as escaped HTML.
    titles: FxHashMap<String, Expansion>,
    /// The acronyms with marks in them, by the letters before the first mark; the longest first.
    marked: FxHashMap<String, Vec<String>>,
}

/// The meaning of an acronym.
#[derive(Clone, Debug)]
struct Expansion {
    /// The index of the acronym.
    number: usize,
    /// The full name and the years, as escaped HTML.
    title: String,
    /// The full name alone, in lower case.
    full: String,
}

/// HTML that many pages share, with the first use of each acronym located.
#[derive(Clone, Debug)]
pub struct SharedHtml {
    html: Html,
    uses: Vec<AcronymUse>,
}

/// The use of an acronym: its position, and the index of the acronym.
#[derive(Clone, Debug)]
struct AcronymUse {
    at: Range<usize>,
    acronym: usize,
    /// The text itself gives the full name beside it.
    is_spelled_out: bool,
}

/// Spells out each acronym once on one page.
#[derive(Debug)]
pub struct Spelling<'a> {
    abbreviations: &'a Abbreviations,
    is_spelled: Vec<bool>,
}

/// Elements whose text is not changed.
const LEFT_ALONE: [&str; 14] =
    ["a", "abbr", "button", "code", "h1", "h2", "h3", "h4", "h5", "h6", "label", "pre", "summary", "svg"];

impl Abbreviations {
    /// The acronyms of a glossary.
    pub fn of(glossary: &[GlossaryEntry], words: &Words) -> Abbreviations {
        let title = |entry: &GlossaryEntry| match words.years_short(entry.from, entry.to) {
            Some(years) => filled(&words.abbreviation, &[("full", &entry.full), ("years", &years)]),
            None => entry.full.clone(),
        };
        let acronyms = glossary.iter().filter(|entry| is_spelled_out(entry));
        Abbreviations::titled(
            acronyms.map(|entry| [value(&entry.term.value), value(&title(entry)), value(&entry.full)]),
        )
    }

    /// Makes the value from terms, titles and full names, all as escaped HTML.
    fn titled(titles: impl Iterator<Item = [String; 3]>) -> Abbreviations {
        let expansion = |(number, [term, title, full]): (usize, [String; 3])| {
            (term, Expansion { number, title, full: full.to_lowercase() })
        };
        let titles: FxHashMap<_, _> = titles.enumerate().map(expansion).collect();
        let mut marked: FxHashMap<String, Vec<String>> = FxHashMap::default();
        for term in titles.keys() {
            if let Some(mark) = term.find(|c: char| !c.is_alphanumeric()) {
                marked.entry(term[..mark].to_owned()).or_default().push(term.clone());
            }
        }
        marked.values_mut().for_each(|terms| terms.sort_by_key(|term| std::cmp::Reverse(term.len())));
        Abbreviations { titles, marked }
    }

    /// Begins a page.
    pub fn page(&self) -> Spelling<'_> {
        Spelling { abbreviations: self, is_spelled: vec![false; self.titles.len()] }
    }

    /// Prepares HTML that many pages share.
    pub fn shared_html(&self, html: Html) -> SharedHtml {
        SharedHtml { uses: self.uses(html.as_str()), html }
    }

    /// The first use of each acronym in HTML, in order.
    fn uses(&self, html: &str) -> Vec<AcronymUse> {
        let mut uses = Vec::new();
        if self.titles.is_empty() {
            return uses;
        }
        let mut seen = BTreeSet::new();
        let mut within: Option<(&str, usize)> = None;
        let mut at = 0;
        while let Some(length) = html[at..].find('<') {
            let tag = at + length;
            if within.is_none() {
                self.in_words(html, at..tag, &mut seen, &mut uses);
            }
            at = tag + tag_length(&html[tag..]);
            within = enclosing(within, &html[tag..at]);
        }
        if within.is_none() {
            self.in_words(html, at..html.len(), &mut seen, &mut uses);
        }
        uses
    }

    /// Finds acronyms in the text between two tags.
    fn in_words(&self, html: &str, mut at: Range<usize>, seen: &mut BTreeSet<usize>, uses: &mut Vec<AcronymUse>) {
        while let Some(start) = html[at.clone()].find(char::is_alphanumeric) {
            let before = &html[at.start..at.start + start];
            at.start += start;
            let rest = &html[at.clone()];
            let word = &rest[..rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len())];
            let with_marks = self.marked.get(word).and_then(|terms| {
                let ends = |term: &&String| !rest[term.len()..].starts_with(char::is_alphanumeric);
                terms.iter().find(|term| rest.starts_with(&***term) && ends(term))
            });
            let is_entity = before.ends_with('&') || before.ends_with("&#");
            let known = match with_marks {
                Some(term) => Some((term.len(), &self.titles[term])),
                None => self.known(word),
            };
            if let Some((term, expansion)) = known.filter(|_| !is_entity)
                && seen.insert(expansion.number)
            {
                let at = at.start..at.start + term;
                let is_spelled_out = expansion.stands_beside(html, &at);
                uses.push(AcronymUse { at, acronym: expansion.number, is_spelled_out });
            }
            at.start += with_marks.map_or(word.len(), String::len);
        }
    }

    /// The length of the acronym at the start of a word, and its meaning. In `PCTs` the acronym is `PCT`.
    fn known(&self, word: &str) -> Option<(usize, &Expansion)> {
        // Most words are in lower case. An acronym without marks never is.
        if word.bytes().all(|byte| byte.is_ascii_lowercase()) {
            return None;
        }
        let known = |word: &str| is_acronym(word).then(|| Some((word.len(), self.titles.get(word)?))).flatten();
        known(word).or_else(|| known(word.strip_suffix('s')?))
    }
}

impl Expansion {
    /// Does the text give the full name beside the acronym: `primary care trust (PCT)` or `PCT (primary care trust)`?
    fn stands_beside(&self, html: &str, acronym: &Range<usize>) -> bool {
        let (before, after) = (&html[..acronym.start], &html[acronym.end..]);
        let is_in_brackets = after.trim_start_matches('s').starts_with(')');
        let name_before = before.strip_suffix('(').map(str::trim_end).filter(|_| is_in_brackets);
        let ends = |text: &str| {
            let end = text.len().checked_sub(self.full.len()).and_then(|start| text.get(start..));
            end.is_some_and(|end| end.to_lowercase() == self.full)
        };
        // A text may name several in the plural.
        let is_before = name_before.is_some_and(|text| ends(text) || ends(text.trim_end_matches('s')));
        let is_behind = after.strip_prefix(" (").and_then(|text| text.get(..self.full.len()));
        is_before || is_behind.is_some_and(|text| text.to_lowercase() == self.full)
    }
}

/// Escapes plain text without spelling out acronyms, for the sentence at the top of a page, which should not be
/// interrupted.
pub fn lede(text: &str) -> Html {
    Html::new(&value(text))
}

impl Spelling<'_> {
    /// The next text of the page, given as plain text.
    pub fn text(&mut self, text: &str) -> Html {
        self.html(&value(text))
    }

    /// The next text of the page, given as HTML.
    pub fn html(&mut self, html: &str) -> Html {
        self.spelled_out(html, &self.abbreviations.uses(html)).unwrap_or_else(|| Html::new(html))
    }

    /// The next text of the page, given as HTML that other pages share.
    pub fn shared_html(&mut self, shared_html: &SharedHtml) -> Html {
        self.spelled_out(shared_html.html.as_str(), &shared_html.uses).unwrap_or_else(|| shared_html.html.clone())
    }

    /// The HTML with the acronyms spelled out that are new to the page; none if there are none.
    fn spelled_out(&mut self, html: &str, uses: &[AcronymUse]) -> Option<Html> {
        let mut out = String::new();
        let mut from = 0;
        for AcronymUse { at, acronym, is_spelled_out } in uses {
            if std::mem::replace(&mut self.is_spelled[*acronym], true) || *is_spelled_out {
                continue;
            }
            let term = &html[at.clone()];
            let title = &self.abbreviations.titles[term].title;
            out.push_str(&html[from..at.start]);
            let _ = write!(
                out,
                "<button type=\"button\" class=\"cb-acronym\" popovertarget=\"cb-acronym-{acronym}\">\
                 <abbr title=\"{title}\">{term}</abbr></button>\
                 <span class=\"cb-meant\" id=\"cb-acronym-{acronym}\" popover>{title}</span>"
            );
            from = at.end;
        }
        (from > 0).then(|| {
            out.push_str(&html[from..]);
            Html::new(&out)
        })
    }
}

/// Do pages spell out this entry?
pub fn is_spelled_out(entry: &GlossaryEntry) -> bool {
    !entry.is_well_known && !entry.full.is_empty() && is_acronym(&entry.term.value)
}

fn is_acronym(word: &str) -> bool {
    let is_telling = |c: &char| c.is_uppercase() || c.is_numeric();
    let is_mark = |c: char| matches!(c, '&' | '+' | '-' | '.' | '/' | '\'');
    let has_mark = word.contains(is_mark);
    word.starts_with(char::is_alphanumeric)
        && word.chars().all(|c| c.is_alphanumeric() || is_mark(c))
        && (has_mark || word.chars().any(char::is_uppercase))
        && word.chars().filter(is_telling).nth(1).is_some()
}

/// The length of the tag at the start of a text. A `>` within quotation marks does not end the tag.
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

/// The skipped element that is open after a tag, and how deep it is nested in elements of the same name.
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

#[cfg(test)]
mod tests {
    use super::*;

    fn spelled(pieces: &[&str]) -> String {
        let titles = [
            ("PCT", "primary care trust, 2001–2013"),
            ("NHS", "National Health Service"),
            ("A&amp;E", "accident and emergency"),
            ("LGBTQ+", "and others"),
            ("s.151", "section 151"),
        ];
        let full = |title: &str| title.split(',').next().unwrap_or_default().to_owned();
        let titled = titles.into_iter().map(|(term, title)| [term.to_owned(), title.to_owned(), full(title)]);
        let abbreviations = Abbreviations::titled(titled);
        let mut page = abbreviations.page();
        let made = |piece: &&str| serde_json::to_value(page.html(piece)).expect("a text");
        pieces.iter().map(made).map(|made| made.as_str().unwrap_or_default().to_owned()).collect()
    }

    #[track_caller]
    fn check(html: &str, expected: &str) {
        assert_eq!(spelled(&[html]), expected);
    }

    /// A button that shows the full name of an acronym.
    fn opens(n: usize, term: &str, title: &str) -> String {
        format!(
            "<button type=\"button\" class=\"cb-acronym\" popovertarget=\"cb-acronym-{n}\"><abbr title=\"{title}\">{term}</abbr>\
             </button><span class=\"cb-meant\" id=\"cb-acronym-{n}\" popover>{title}</span>"
        )
    }

    fn pct() -> String {
        opens(0, "PCT", "primary care trust, 2001–2013")
    }

    #[test]
    fn only_the_first_use_is_spelled_out() {
        let pct = pct();
        check("<p>A PCT and a PCT.</p>", &format!("<p>A {pct} and a PCT.</p>"));
        check("<p>The PCTs’ plan</p>", &format!("<p>The {pct}s’ plan</p>"));
        assert_eq!(spelled(&["PCT ", "PCT"]), format!("{pct} PCT"));
    }

    #[test]
    fn an_acronym_that_the_text_spells_out_is_left_alone() {
        for html in [
            "<p>A Primary Care Trust (PCT) and a PCT.</p>",
            "<p>Two primary care trusts (PCTs) and a PCT.</p>",
            "<p>A PCT (primary care trust) and a PCT.</p>",
        ] {
            check(html, html);
        }
        check("<p>The trust (PCT)</p>", &format!("<p>The trust ({})</p>", pct()));
    }

    #[test]
    fn headings_code_attributes_and_other_words_are_left_alone() {
        for html in [
            "<h2 id=\"PCT\">PCT</h2>",
            "<pre><code>PCT <code>PCT</code></code></pre>",
            "<a href=\"PCT>PCT\">x</a>",
            "<a href=\"x\">the PCT</a>",
            "<abbr title=\"x\">PCT</abbr>",
            "APCT PCTx &PCT; pct",
            "PCT".repeat(2).as_str(),
            "<p",
            "<",
        ] {
            check(html, html);
        }
        check("<h2>NHS</h2>PCT", &format!("<h2>NHS</h2>{}", pct()));
    }

    #[test]
    fn acronyms_with_marks_are_one_word() {
        let [ae, others, section] = [
            opens(2, "A&amp;E", "accident and emergency"),
            opens(3, "LGBTQ+", "and others"),
            opens(4, "s.151", "section 151"),
        ];
        check("An A&amp;E, LGBTQ+, s.151: A&amp;Es", &format!("An {ae}, {others}, {section}: A&amp;Es"));
        check("A&amp;EX A LGBTQ s.1512", "A&amp;EX A LGBTQ s.1512");
    }

    #[test]
    fn shared_html_is_spelled_out_on_each_page() {
        let abbreviations = Abbreviations::titled([["NHS", "x", "x"].map(str::to_owned)].into_iter());
        let shared_html = abbreviations.shared_html(Html::new("<p>NHS</p>"));
        for _ in 0..2 {
            let mut page = abbreviations.page();
            let made = [page.shared_html(&shared_html), page.shared_html(&shared_html)];
            assert_eq!(made.each_ref().map(Html::as_str), [&format!("<p>{}</p>", opens(0, "NHS", "x")), "<p>NHS</p>"]);
        }
    }

    proptest::proptest! {
        #[test]
        fn spelling_out_changes_no_other_text(html in "([<>\"'/&; a-c]|PCT|NHSs|</?(h2|pre|code|p|abbr|a)>){0,24}") {
            let made = spelled(&[&html]);
            let mut plain = made.clone();
            for (n, term, title) in [(0, "PCT", "primary care trust, 2001–2013"), (1, "NHS", "National Health Service")] {
                plain = plain.replace(&opens(n, term, title), term);
            }
            proptest::prop_assert_eq!(&plain, &html);
            proptest::prop_assert!(made.matches("id=\"cb-acronym-0\"").count() < 2);
        }
    }
}
