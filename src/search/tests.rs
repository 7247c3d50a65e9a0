//! The index against the rules that it is made by; `tests/suite/search.rs` holds it against the browser's side.

use proptest::prelude::*;

use super::{
    bits::{Bits, rice_k, varint},
    format::{front_coded, places, postings},
    lexicon::Lexicon,
    published,
};

/// Reads what `Bits` writes.
struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Reader<'_> {
    fn bits(&mut self, count: u32) -> u32 {
        let bit = |at: usize| u32::from(self.bytes[at / 8] >> (7 - at % 8) & 1);
        let value = (self.at..self.at + count as usize).fold(0, |value, at| value << 1 | bit(at));
        self.at += count as usize;
        value
    }

    fn rice(&mut self, k: u32) -> u32 {
        let mut quotient = 0;
        while quotient < 24 && self.bits(1) == 1 {
            quotient += 1;
        }
        if quotient == 24 { self.bits(32) } else { quotient << k | self.bits(k) }
    }
}

proptest! {
    #[test]
    fn numbers_in_rice_code_are_read_as_they_were_written(numbers: Vec<u32>, k in 0_u32..20) {
        let mut bits = Bits::default();
        numbers.iter().for_each(|&number| bits.rice(number, k));
        let bytes = bits.finish();
        let mut reader = Reader { bytes: &bytes, at: 0 };
        for number in numbers {
            prop_assert_eq!(reader.rice(k), number);
        }
    }

    #[test]
    fn positions_are_read_as_they_were_written(cases in prop::collection::vec(prop::collection::btree_set(0_u32..5000, 1..20), 1..20)) {
        let times: Vec<u32> = cases.iter().map(|case| case.len() as u32).collect();
        let all: Vec<u32> = cases.iter().flatten().copied().collect();
        let block = places::encode(&times, &all);
        let mut reader = Reader { bytes: &block[1..], at: 0 };
        for case in cases {
            let times = reader.rice(1) + 1;
            let mut next = 0;
            let read: Vec<u32> = (0..times).map(|_| { let at = next + reader.rice(u32::from(block[0])); next = at + 1; at }).collect();
            prop_assert_eq!(read, case.into_iter().collect::<Vec<_>>());
        }
    }

    #[test]
    fn impacts_are_rounded_within_their_range_and_keep_their_order(impacts in prop::collection::vec(1_u8.., 1..200)) {
        let cases: Vec<(u32, u8)> = impacts.iter().enumerate().map(|(n, &impact)| (n as u32, impact)).collect();
        let scale = postings::Scale::of(&cases, cases.len());
        let (lowest, highest) = (*impacts.iter().min().expect("one"), *impacts.iter().max().expect("one"));
        prop_assert_eq!(scale.rounded(lowest), usize::from(lowest));
        prop_assert_eq!(scale.rounded(highest), usize::from(highest));
        for pair in impacts.windows(2) {
            prop_assert_eq!(scale.rounded(pair[0]).cmp(&scale.rounded(pair[1])).is_gt() && pair[0] <= pair[1], false);
        }
        prop_assert!(!postings::encode(&cases, cases.len()).is_empty());
    }
}

#[test]
fn a_list_of_forms_says_each_beginning_once() {
    assert_eq!(front_coded(["health", "healthy", "heart", "łodz"].into_iter()), "0health\n6y\n3rt\n0łodz");
    assert_eq!(front_coded([].into_iter()), "");
}

#[test]
fn numbers_take_the_bytes_that_they_need() {
    let mut bytes = Vec::new();
    [0, 127, 128, 300].into_iter().for_each(|number| varint(&mut bytes, number));
    assert_eq!(bytes, [0, 127, 128, 1, 172, 2]);
    assert_eq!((rice_k(0, 0), rice_k(1000, 10)), (0, 6));
}

#[test]
fn forms_of_one_word_share_a_group_where_the_language_has_a_stemmer() {
    let forms = || ["partner", "partners", "trust", "trust"].map(Box::from).to_vec();
    assert_eq!(Lexicon::of(forms(), "en-GB").group, [0, 0, 1]);
    assert_eq!(Lexicon::of(forms(), "cy").group, [0, 1, 2]);
}

#[test]
fn the_published_module_has_no_comments_of_its_own_lines() {
    assert_eq!(
        published("// Note.\nlet a = 1; // kept\n\n  /** Two. */\n  a;\n/* three */\n"),
        "let a = 1; // kept\na;\n"
    );
}
