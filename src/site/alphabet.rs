//! The A to Z: titles in alphabetical order, each under its letter.
//!
//! Letter case, accents of Latin letters and quotation marks before the first word make no difference. A letter of
//! another script is its own heading.

use std::collections::BTreeMap;

use rayon::prelude::*;
use unicode_normalization::char::is_combining_mark;

use crate::{
    model::{CaseId, Library},
    site::route::Letter,
};

/// The cases under each letter that has any, in the order of their titles.
pub type Alphabet = BTreeMap<Letter, Vec<CaseId>>;

/// The alphabet of a library.
pub fn alphabet(library: &Library) -> Alphabet {
    let keyed = library.cases.iter().map(|case| (&*case.file.title_key, &case.address, case.id));
    let mut keyed: Vec<_> = keyed.collect();
    keyed.par_sort_unstable();
    let mut alphabet = Alphabet::new();
    for same in keyed.chunk_by(|(a, ..), (b, ..)| a.chars().next() == b.chars().next()) {
        let cases = alphabet.entry(letter(same[0].0)).or_default();
        cases.extend(same.iter().map(|&(.., case)| case));
    }
    alphabet
}

/// The letter that a title is listed under. `title_key` is the form of the title that is sorted.
fn letter(title_key: &str) -> Letter {
    match title_key.chars().next() {
        Some(c) if c.is_numeric() => Letter::Digit,
        Some(c) if c.is_alphabetic() && !is_combining_mark(c) => Letter::Letter(c),
        _ => Letter::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::address::sorted_as;

    #[track_caller]
    fn check(title: &str, expected: Letter) {
        assert_eq!(letter(&sorted_as(title)), expected, "{title}");
    }

    #[test]
    fn a_title_is_listed_under_its_first_letter() {
        check("Torbay", Letter::Letter('t'));
        check("Éire", Letter::Letter('e'));
        check("“Public Service Trust”", Letter::Letter('p'));
        check("Łódź", Letter::Letter('l'));
        check("Ысык", Letter::Letter('ы'));
        check("東京", Letter::Letter('東'));
        check("2008: a call", Letter::Digit);
        check("½ a loaf", Letter::Digit);
        check("£62m", Letter::Other);
        check("<b>", Letter::Other);
        check("\u{301}", Letter::Other);
        check("", Letter::Other);
    }
}
