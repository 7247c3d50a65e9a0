//! Messages about long sentences and acronyms.

use super::shown;
use crate::problem::{Code, Problem, Spot};

/// A long sentence.
pub fn long_sentence(spot: &Spot, words: usize) -> Problem {
    Problem::new(Code::LongSentence, spot, format!("this sentence has {words} words"))
        .help("split it: readers follow a sentence of up to 25 words at once")
}

/// An acronym that neither the page nor the glossary spells out.
pub fn undefined_acronym(spot: &Spot, acronym: &str) -> Problem {
    let acronym = shown(acronym);
    Problem::new(Code::UndefinedAcronym, spot, format!("nothing says what \"{acronym}\" stands for"))
        .help(format!("write the full name with ({acronym}) after it, or add {acronym} to content/glossary.yaml"))
}
