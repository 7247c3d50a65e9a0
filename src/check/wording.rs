//! Plain words: sentences that are hard to follow for their length, and acronyms that nothing spells out.
//!
//! Takes the wording of each body, which was gathered when it was read, and the glossary. A sentence is reported only where the
//! settings ask for it: much good prose has long ones.

use std::collections::BTreeSet;

use super::left_over::NOTES_TO_SELF;
use crate::{
    model::document::{Body, Documents, Status},
    problem::{Code, FilePath, Problem, Spot, message::wording as message},
};

/// Acronyms that people know better than what they stand for, and so need no words.
const KNOWN: [&str; 47] = [
    "AA", "AD", "AI", "AIDS", "AM", "BBC", "BC", "BY", "CC", "CCTV", "CD", "CEO", "COVID", "CSV", "CV", "DIY", "DNA",
    "DVD", "EU", "FAQ", "GDP", "GOV.UK", "GP", "HIV", "HTML", "ID", "IT", "MIT", "MP", "MSP", "NHS", "OK", "PC", "PDF",
    "PM", "PR", "TV", "UK", "UN", "UNESCO", "UNICEF", "US", "USA", "UTC", "VAT", "VIP", "WHO",
];

/// The problems of every body of these documents.
pub(super) fn wording(documents: &Documents) -> Vec<Problem> {
    let checks = &documents.config.checks;
    let is_on = |code: Code| checks.get(&code).copied().unwrap_or(code.usual_level()).is_some();
    let mut problems = Vec::new();
    if is_on(Code::LongSentence) {
        problems.extend(bodies(documents).flat_map(|(path, body, _)| long_sentences(path, body)));
    }
    if is_on(Code::UndefinedAcronym) {
        let glossary: BTreeSet<&str> = documents.glossary.iter().map(|entry| entry.term.value.as_str()).collect();
        let undefined = |(path, body, above)| undefined_acronyms(path, body, above, &glossary);
        problems.extend(bodies(documents).flat_map(undefined));
    }
    problems
}

/// Every body that may be read, with the text that stands above it on its page.
fn bodies(documents: &Documents) -> impl Iterator<Item = (&FilePath, &Body, [&str; 2])> {
    let cases = documents.cases.iter().filter(|file| file.status != Status::Withdrawn);
    let cases = cases.map(|file| (&file.path, &file.body, [file.title.as_str(), file.summary.as_str()]));
    let pages = documents.pages.iter().map(|file| {
        let summary = file.summary.as_deref().unwrap_or_default();
        (&file.path, &file.body, [file.title.as_str(), summary])
    });
    let home = documents.home.iter().map(|file| (&file.path, &file.body, [""; 2]));
    cases.chain(pages).chain(home)
}

fn long_sentences<'a>(path: &'a FilePath, body: &'a Body) -> impl Iterator<Item = Problem> + 'a {
    let sentences = body.wording.sentences.iter();
    sentences.map(|sentence| message::long_sentence(&Spot::bytes(path, sentence.at.clone()), sentence.words))
}

fn undefined_acronyms(path: &FilePath, body: &Body, above: [&str; 2], glossary: &BTreeSet<&str>) -> Vec<Problem> {
    let is_numeral = |text: &str| text.bytes().all(|letter| matches!(letter, b'I' | b'V' | b'X'));
    let is_above = |text: &str| above.iter().any(|above| above.contains(&format!("({text}")));
    let is_known = |text: &str| KNOWN.contains(&text) || glossary.contains(text);
    // A word with marks is clear where its letters are: "NHS+", "COVID-19".
    let letters = |text: &str| {
        text.split(['&', '.', '+', '-'])
            .all(|part| part.len() < 2 || part.bytes().all(|byte| byte.is_ascii_digit()) || is_known(part))
    };
    let is_clear = |text: &str| is_numeral(text) || is_known(text) || letters(text) || is_above(text);
    let is_word = |text: &str| !is_clear(text) && !NOTES_TO_SELF.contains(&text);
    let unclear = body.wording.acronyms.iter().filter(|acronym| is_word(&acronym.text));
    let problem = |(at, text): (std::ops::Range<usize>, &str)| message::undefined_acronym(&Spot::bytes(path, at), text);
    unclear.map(|acronym| problem((acronym.at.clone(), &acronym.text))).collect()
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
        let documents = Documents { config: Arc::new(config), home: Some(Arc::new(home)), ..Documents::default() };
        assert_eq!(super::wording(&documents).iter().map(|problem| problem.code).collect::<Vec<_>>(), expected);
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
