//! Plain words: long sentences, and acronyms that are not spelled out.
//!
//! Takes the wording of each body, which was collected when it was read, and the glossary. Long sentences are reported
//! only on request, since much good prose has some.

use std::collections::BTreeSet;

use crate::{
    model::document::{Body, CaseFile, Documents, HomeFile, NOTES_TO_SELF, PageFile},
    problem::{Code, FilePath, Problem, Spot, message::wording as message},
};

/// Acronyms that are better known than their full names.
const KNOWN: [&str; 47] = [
    "AA", "AD", "AI", "AIDS", "AM", "BBC", "BC", "BY", "CC", "CCTV", "CD", "CEO", "COVID", "CSV", "CV", "DIY", "DNA",
    "DVD", "EU", "FAQ", "GDP", "GOV.UK", "GP", "HIV", "HTML", "ID", "IT", "MIT", "MP", "MSP", "NHS", "OK", "PC", "PDF",
    "PM", "PR", "TV", "UK", "UN", "UNESCO", "UNICEF", "US", "USA", "UTC", "VAT", "VIP", "WHO",
];

/// Which of the rules the settings ask for, and the acronyms that the glossary spells out.
pub(super) struct WordingRules<'a> {
    long_sentences: bool,
    undefined_acronyms: bool,
    glossary: BTreeSet<&'a str>,
}

impl<'a> WordingRules<'a> {
    pub(super) fn of(documents: &'a Documents) -> WordingRules<'a> {
        let is_on = |code| documents.config.is_on(code);
        WordingRules {
            long_sentences: is_on(Code::LongSentence),
            // A glossary with an error may define any of them.
            undefined_acronyms: is_on(Code::UndefinedAcronym) && !documents.is_glossary_unreadable,
            glossary: documents.glossary.iter().map(|entry| entry.term.value.as_str()).collect(),
        }
    }

    pub(super) fn of_case(&self, case: &CaseFile, problems: &mut Vec<Problem>) {
        self.of_body(&case.path, &case.body, [&case.title, &case.summary], problems);
    }

    pub(super) fn of_page(&self, page: &PageFile, problems: &mut Vec<Problem>) {
        self.of_body(&page.path, &page.body, [&page.title, page.summary.as_deref().unwrap_or_default()], problems);
    }

    pub(super) fn of_home(&self, home: &HomeFile, problems: &mut Vec<Problem>) {
        self.of_body(&home.path, &home.body, [""; 2], problems);
    }

    /// The problems of a body with the text that stands above it on its page.
    fn of_body(&self, path: &FilePath, body: &Body, above: [&str; 2], problems: &mut Vec<Problem>) {
        if self.long_sentences {
            problems.extend(long_sentences(path, body));
        }
        if self.undefined_acronyms {
            problems.extend(undefined_acronyms(path, body, above, &self.glossary));
        }
    }
}

fn long_sentences<'a>(path: &'a FilePath, body: &'a Body) -> impl Iterator<Item = Problem> + 'a {
    let sentences = body.wording.sentences.iter();
    sentences.map(|sentence| message::long_sentence(&Spot::bytes(path, sentence.at.clone()), sentence.words))
}

fn undefined_acronyms<'a>(
    path: &'a FilePath,
    body: &'a Body,
    above: [&'a str; 2],
    glossary: &'a BTreeSet<&str>,
) -> impl Iterator<Item = Problem> + 'a {
    let is_numeral = |text: &str| text.bytes().all(|letter| matches!(letter, b'I' | b'V' | b'X'));
    let is_above = move |text: &str| above.iter().any(|above| above.contains(&format!("({text}")));
    let is_known = move |text: &str| KNOWN.contains(&text) || glossary.contains(text);
    // A word with marks is clear where its letters are: "NHS+", "COVID-19".
    let letters = move |text: &str| {
        text.split(['&', '.', '+', '-'])
            .all(|part| part.len() < 2 || part.bytes().all(|byte| byte.is_ascii_digit()) || is_known(part))
    };
    let is_clear = move |text: &str| is_numeral(text) || is_known(text) || letters(text) || is_above(text);
    let is_word = move |text: &str| !is_clear(text) && !NOTES_TO_SELF.contains(&text);
    let unclear = body.wording.acronyms.iter().filter(move |acronym| is_word(&acronym.text));
    unclear.map(|acronym| message::undefined_acronym(&Spot::bytes(path, acronym.at.clone()), &acronym.text))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::{
        model::{
            Config,
            document::{Acronym, HomeFile, Sentence, Wording},
        },
        problem::Severity,
    };

    /// The codes for a home page with one long sentence and these acronyms.
    #[track_caller]
    fn check(acronyms: &[&str], checks: &[(Code, Option<Severity>)], expected: &[Code]) {
        let acronyms = acronyms.iter().map(|text| Acronym { text: (*text).to_owned(), at: 0..2 }).collect();
        let wording = Wording { sentences: vec![Sentence { at: 0..9, words: 40 }], acronyms, ..Wording::default() };
        let body = Body { wording, ..Body::default() };
        let path = FilePath::new("content/index.md");
        let home = HomeFile { path, title: None, summary: None, extra: Default::default(), body };
        let config = Config { checks: checks.iter().copied().collect(), ..Config::default() };
        let documents = Documents { config: Arc::new(config), ..Documents::default() };
        let mut problems = Vec::new();
        WordingRules::of(&documents).of_home(&home, &mut problems);
        assert_eq!(problems.iter().map(|problem| problem.code).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn long_sentences_are_reported_on_request_and_acronyms_by_default() {
        check(&["PCT", "LSP"], &[], &[Code::UndefinedAcronym; 2]);
        check(&["UK", "NHS", "II", "XIV"], &[], &[]);
        check(&["PCT"], &[(Code::UndefinedAcronym, None)], &[]);
        let on = (Code::LongSentence, Some(Severity::Warning));
        check(&["PCT"], &[on], &[Code::LongSentence, Code::UndefinedAcronym]);
    }

    #[test]
    fn the_known_acronyms_are_in_order() {
        assert!(KNOWN.is_sorted());
    }
}
