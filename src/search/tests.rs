//! Tests of the records of the index. `tests/suite/search.rs` runs queries with the published module.

use proptest::prelude::*;

use super::{
    batch::Batch,
    bits::{BitReader, Bits, rice_k, unvarint, varint},
    dictionary_filter,
    fields::FIELDS,
    format::{front_coded, positions, postings},
    lexicon::{Lexicon, by_units},
    reading::{Extent, Interner},
    shards::ranges,
    tokenize::Folded,
    weight::{Posting, norms},
};

proptest! {
    #[test]
    fn rice_coded_numbers_are_read_back(numbers: Vec<u32>, k in 0_u32..20) {
        let mut bits = Bits::default();
        numbers.iter().for_each(|&number| bits.rice(number, k));
        let bytes = bits.finish();
        let mut reader = BitReader::new(&bytes);
        for number in numbers {
            prop_assert_eq!(reader.rice(k), number);
        }
    }

    #[test]
    fn positions_are_read_back(cases in prop::collection::vec(prop::collection::btree_set(0_u32..5000, 1..20), 1..20)) {
        let times: Vec<u32> = cases.iter().map(|case| case.len() as u32).collect();
        let all: Vec<u32> = cases.iter().flatten().copied().collect();
        let block = positions::encode(&times, &all, &[]);
        let mut reader = BitReader::new(&block[1..]);
        for case in cases {
            let times = reader.rice(1) + 1;
            let mut next = 0;
            let read: Vec<u32> = (0..times).map(|_| { let at = next + reader.rice(u32::from(block[0])); next = at + 1; at }).collect();
            prop_assert_eq!(read, case.into_iter().collect::<Vec<_>>());
        }
    }

    #[test]
    fn postings_are_read_back(
        cases in prop::collection::btree_map(0_u32..3000, (1_u8.., prop::bool::weighted(0.2)), 1..300)
    ) {
        let cases: Vec<Posting> = cases
            .into_iter()
            .map(|(case, (impact, in_title))| Posting { case, impact, in_title })
            .collect();
        let scales = postings::Scales::of(&cases);
        let mut read = Vec::new();
        postings::decode(&postings::encode(&cases, 3000), cases.len(), 3000, |posting| read.push(posting));
        read.sort_by_key(|posting| posting.case);
        let rounded = |&posting: &Posting| Posting { impact: scales.rounded(posting) as u8, ..posting };
        prop_assert_eq!(read, cases.iter().map(rounded).collect::<Vec<_>>());
    }

    #[test]
    fn rounded_impacts_stay_in_their_range_and_keep_their_order(impacts in prop::collection::vec(1_u8.., 1..200)) {
        let posting = |(n, &impact): (usize, &u8)| Posting { case: n as u32, impact, in_title: false };
        let mut cases: Vec<Posting> = impacts.iter().enumerate().map(posting).collect();
        let scales = postings::Scales::of(&cases);
        cases.sort_by_key(|posting| posting.impact);
        for ends in [&cases[0], &cases[cases.len() - 1]] {
            prop_assert_eq!(scales.rounded(*ends), usize::from(ends.impact));
        }
        prop_assert!(cases.is_sorted_by_key(|posting| scales.rounded(*posting)));
    }

    #[test]
    fn a_batch_has_the_positions_of_each_word(
        cases in prop::collection::vec(prop::collection::vec(0_u32..40, 0..60), 0..10), gap in 0_usize..60
    ) {
        let (mut words, mut ranges, mut expected) = (Vec::new(), Vec::new(), Vec::new());
        for (case, forms) in cases.iter().enumerate() {
            let start = words.len();
            let (before, after) = forms.split_at(gap.min(forms.len()));
            words.extend([before, &[u32::MAX], after].concat());
            ranges.push(start..words.len());
            let positions = (0..).zip(before).chain((before.len() as u32 + 8..).zip(after));
            expected.extend(positions.map(|(position, &form)| (form as usize, case as u32 + 5, position)));
        }
        expected.sort_unstable();
        let batch = Batch::of(5, &ranges, &words, &[0; 40]);
        for from in [0, 17, 40] {
            let mut read = Vec::new();
            for (form, words) in batch.from(from) {
                batch.cases(words, &mut Vec::new(), |case, positions| read.extend(positions.iter().map(|&position| (form, case, position))));
            }
            prop_assert_eq!(read.as_slice(), &expected[expected.partition_point(|word| word.0 < from)..]);
        }
    }

    #[test]
    fn each_form_has_one_number(forms in prop::collection::vec("[a-c0-2]{1,14}|[αβ東]{1,9}", 0..200)) {
        let mut interner = Interner::default();
        let numbers: Vec<u32> = forms.iter().map(|form| interner.number(Folded::of(form))).collect();
        for (form, number) in forms.iter().zip(numbers) {
            prop_assert_eq!(&*interner.forms[number as usize], form.as_str());
        }
        let distinct: std::collections::BTreeSet<&String> = forms.iter().collect();
        prop_assert_eq!(interner.forms.len(), distinct.len());
    }

    #[test]
    fn forms_sort_as_in_javascript(a in "[a-z\u{e000}-\u{ffff}𠀀]{0,4}", b in "[a-z\u{e000}-\u{ffff}𠀀]{0,4}") {
        prop_assert_eq!(by_units(&a, &b), a.encode_utf16().cmp(b.encode_utf16()));
    }
}

#[test]
fn impact_grows_with_the_weight_of_the_field_and_the_frequency_of_the_word() {
    let extent = Extent { ends: [10, 20, 30, 40, 50, 60], lengths: [2; FIELDS] };
    let norm = &norms(&[extent, extent], 2)[1];
    let impact = |positions: &[u32]| norm.posting(0, positions).impact;
    assert_eq!([0, 10, 20, 30, 40, 50].map(|position| impact(&[position])), [227, 128, 128, 109, 85, 66]);
    assert_eq!((impact(&[40, 49]), impact(&[9, 10])), (128, 230));
    assert_eq!([9, 10].map(|position| norm.posting(0, &[position]).in_title), [true, false]);
    let long = Extent { lengths: [2, 2, 2, 2, 200, 2], ..extent };
    assert!(
        norms(&[extent, long], 2)[1].posting(0, &[40]).impact < norms(&[extent, long], 2)[0].posting(0, &[40]).impact
    );
}

#[test]
fn a_front_coded_list_writes_each_shared_prefix_once() {
    assert_eq!(front_coded(["health", "healthy", "heart", "łodz"].into_iter()), "0health\n6y\n3rt\n0łodz");
    assert_eq!(front_coded(["𐐨𐐩", "𐐨𐐪"].into_iter()), "0𐐨𐐩\n2𐐪", "a letter of two units");
    assert_eq!(front_coded([].into_iter()), "");
}

#[test]
fn a_record_much_larger_than_the_least_size_has_a_file_of_its_own() {
    let texts: Vec<Box<str>> = ["a", "b", "c", "d", "e", "f"].map(Box::from).to_vec();
    let sizes = [1, 1, 50, 50, 1, 1];
    assert_eq!(ranges(&texts, 10, |n| sizes[n]), [0..2, 2..3, 3..4, 4..6]);
}

#[test]
fn numbers_have_the_expected_length_in_bytes() {
    let mut bytes = Vec::new();
    [0, 127, 128, 300].into_iter().for_each(|number| varint(&mut bytes, number));
    assert_eq!(bytes, [0, 127, 128, 1, 172, 2]);
    let mut rest = bytes.as_slice();
    assert_eq!([(); 4].map(|()| unvarint(&mut rest)), [0, 127, 128, 300]);
    assert_eq!((rice_k(0, 0), rice_k(1000, 10)), (0, 6));
}

#[test]
fn forms_of_one_word_share_a_group_if_the_language_has_a_stemmer() {
    let forms = || ["partner", "partners", "trust", "trust"].map(Box::from).to_vec();
    assert_eq!(Lexicon::of(forms(), "en-GB").group, [0, 0, 1]);
    assert_eq!(Lexicon::of(forms(), "cy").group, [0, 1, 2]);
    let acronyms = ["gp", "gps", "m", "ms", "pcts"].map(Box::from).to_vec();
    assert_eq!(Lexicon::of(acronyms, "en-GB").group, [0, 0, 1, 2, 3]);
}

#[test]
fn every_word_of_the_list_passes_the_filter() {
    let words = ["tight", "charge", "money", "naïve"];
    let bytes = dictionary_filter::encode(words.into_iter());
    let mut rest = bytes.as_slice();
    let (count, limit) = (unvarint(&mut rest), unvarint(&mut rest));
    assert_eq!((count, limit), (4, 512));
    let mut reader = BitReader::new(&rest[1..]);
    let mut next = 0;
    let hashes: Vec<u32> = (0..count)
        .map(|_| {
            next += 1 + reader.rice(u32::from(rest[0]));
            next - 1
        })
        .collect();
    assert!(hashes.is_sorted() && hashes.iter().all(|&hash| (hash as usize) < limit));
}
