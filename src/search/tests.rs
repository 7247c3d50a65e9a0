//! Tests of the records of the index. `tests/suite/search.rs` runs queries with the published module.

use proptest::prelude::*;

use crate::model::ids::{Id, IdVec};

use super::{
    bits::{BitReader, Bits, rice_k, unvarint, varint},
    dictionary_filter,
    fields::{ByField, Field},
    format::{front_coded, positions, postings},
    lexicon::{FormId, GroupId, Lexicon, by_units},
    order::DocumentNumber,
    reading::{DocumentWords, Extent, InternedFormId, Interner, WordOrEnd},
    segment::{FrequentForms, FrequentWord, Neighbours, Segment},
    shards::ranges,
    tokenize::Folded,
    weight::{Norm, Posting, norms},
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
            let read: Vec<u32> = (0..times)
                .map(|_| {
                    next += 1 + reader.rice(u32::from(block[0]));
                    next - 1
                })
                .collect();
            prop_assert_eq!(read, case.into_iter().collect::<Vec<_>>());
        }
    }

    #[test]
    fn postings_are_read_back(
        cases in prop::collection::btree_map(0_u32..3000, (1_u8.., prop::bool::weighted(0.2)), 1..300)
    ) {
        let cases: Vec<Posting> = cases
            .into_iter()
            .map(|(number, (impact, in_title))| {
                Posting { document: DocumentNumber::from_number(number), impact, in_title }
            })
            .collect();
        let scales = postings::Scales::of(&cases);
        let mut read = Vec::new();
        postings::decode(&postings::encode(&cases, 3000), cases.len(), 3000, |posting| read.push(posting));
        read.sort_by_key(|posting| posting.document);
        let rounded = |&posting: &Posting| Posting { impact: scales.rounded(posting) as u8, ..posting };
        prop_assert_eq!(read, cases.iter().map(rounded).collect::<Vec<_>>());
    }

    #[test]
    fn rounded_impacts_stay_in_their_range_and_keep_their_order(impacts in prop::collection::vec(1_u8.., 1..200)) {
        let posting = |(n, &impact): (usize, &u8)| Posting { document: DocumentNumber::at(n), impact, in_title: false };
        let mut cases: Vec<Posting> = impacts.iter().enumerate().map(posting).collect();
        let scales = postings::Scales::of(&cases);
        cases.sort_by_key(|posting| posting.impact);
        for ends in [&cases[0], &cases[cases.len() - 1]] {
            prop_assert_eq!(scales.rounded(*ends), usize::from(ends.impact));
        }
        prop_assert!(cases.is_sorted_by_key(|posting| scales.rounded(*posting)));
    }

    #[test]
    fn a_segment_has_the_positions_of_each_word(
        documents in prop::collection::vec(prop::collection::vec(0_usize..40, 0..60), 0..10), gap in 0_usize..60
    ) {
        let (mut words, mut ranges, mut expected) = (Vec::new(), Vec::new(), Vec::new());
        for (document, forms) in documents.iter().enumerate() {
            let forms: Vec<FormId> = forms.iter().map(|&form| FormId::at(form)).collect();
            let start = words.len();
            let (before, after) = forms.split_at(gap.min(forms.len()));
            let word = |&form: &FormId| WordOrEnd::word(form);
            words.extend(before.iter().map(word).chain([WordOrEnd::end()]).chain(after.iter().map(word)));
            ranges.push(start..words.len());
            let positions = (0..).zip(before).chain((before.len() as u32 + 8..).zip(after));
            expected.extend(positions.map(|(position, &form)| (form, DocumentNumber::at(document + 5), position)));
        }
        expected.sort_unstable();
        let segment = Segment::of(DocumentNumber::at(5), &DocumentWords::new(words, ranges), &IdVec::filled(None, 40));
        for from in [0, 17, 40].map(FormId::at) {
            let mut read = Vec::new();
            for of_form in segment.from(from) {
                of_form.each_document(&mut Vec::new(), |document, positions| {
                    read.extend(positions.iter().map(|&position| (of_form.form, document, position)));
                });
            }
            prop_assert_eq!(read.as_slice(), &expected[expected.partition_point(|word| word.0 < from)..]);
        }
    }

    #[test]
    fn each_form_has_one_id(forms in prop::collection::vec("[a-c0-2]{1,14}|[αβ東]{1,9}", 0..200)) {
        let mut interner = Interner::default();
        let ids: Vec<InternedFormId> = forms.iter().map(|form| interner.id(Folded::of(form))).collect();
        for (form, id) in forms.iter().zip(ids) {
            prop_assert_eq!(&*interner.forms[id], form.as_str());
        }
        let distinct: std::collections::BTreeSet<&String> = forms.iter().collect();
        prop_assert_eq!(interner.forms.len(), distinct.len());
    }

    #[test]
    fn a_front_coded_list_is_read_back(
        start in "([a-z ]|𐐨){0,300}", ends in prop::collection::vec(("([ab ]|𐐩){0,100}", 0_usize..400), 1..8)
    ) {
        let form = |(end, kept): (String, usize)| start.chars().take(kept).chain(end.chars()).collect::<String>();
        let mut forms: Vec<String> = ends.into_iter().map(form).collect();
        forms.sort_unstable_by(|a, b| by_units(a, b));
        let text = front_coded(forms.iter().map(String::as_str));
        // As `Reader.forms` of `browser/bytes.js` reads them.
        let mut before: Vec<u16> = Vec::new();
        for (line, form) in text.split('\n').zip(&forms) {
            let units: Vec<u16> = line.encode_utf16().collect();
            before.truncate(usize::from(units[0] - u16::from(b'0')));
            before.extend(&units[1..]);
            prop_assert_eq!(&before, &form.encode_utf16().collect::<Vec<_>>());
        }
    }

    #[test]
    fn forms_sort_as_in_javascript(a in "[a-z\u{e000}-\u{ffff}𠀀]{0,4}", b in "[a-z\u{e000}-\u{ffff}𠀀]{0,4}") {
        prop_assert_eq!(by_units(&a, &b), a.encode_utf16().cmp(b.encode_utf16()));
    }
}

#[test]
fn a_word_has_the_frequent_words_beside_it() {
    let [the, of, trust] = [0, 1, 2].map(FormId::at);
    let frequent: FrequentForms = vec![Some(FrequentWord::at(1)), Some(FrequentWord::at(0)), None].into();
    let [word_the, word_of, word_trust] = [the, of, trust].map(WordOrEnd::word);
    // "trust of the trust. trust the", and another document: "trust"
    let words = vec![word_trust, word_of, word_the, word_trust, WordOrEnd::end(), word_trust, word_the, word_trust];
    let segment = Segment::of(DocumentNumber::at(0), &DocumentWords::new(words, vec![0..7, 7..8]), &frequent);
    let of_trust = segment.from(trust).next().unwrap();
    let beside = |words: &Neighbours| [words.before, words.after].map(|word| word.map_or(0, FrequentWord::number));
    assert_eq!(of_trust.neighbours().iter().map(beside).collect::<Vec<_>>(), [[0, 1], [2, 0], [0, 2], [0, 0]]);
}

#[test]
fn impact_grows_with_the_weight_of_the_field_and_the_frequency_of_the_word() {
    let extent = Extent { ends: ByField::of(|field| 10 * (field as u32 + 1)), lengths: ByField::of(|_| 2) };
    let norm =
        |extents: [Extent; 2], document: usize| norms(&extents.into_iter().collect(), 2)[DocumentNumber::at(document)];
    let impact = |norm: Norm, positions: &[u32]| norm.posting(DocumentNumber::at(0), positions).impact;
    let same = norm([extent; 2], 1);
    assert_eq!([0, 10, 20, 30, 40, 50].map(|position| impact(same, &[position])), [227, 128, 128, 109, 85, 66]);
    assert_eq!((impact(same, &[40, 49]), impact(same, &[9, 10])), (128, 230));
    assert_eq!([9, 10].map(|position| same.posting(DocumentNumber::at(0), &[position]).in_title), [true, false]);
    let mut long = extent;
    long.lengths[Field::Body] = 200;
    let [short, long] = [0, 1].map(|document| norm([extent, long], document));
    assert!(impact(long, &[40]) < impact(short, &[40]));
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
    let groups = |forms, language| -> Vec<usize> {
        Lexicon::of(forms, language).group.values().iter().map(|group: &GroupId| group.position()).collect()
    };
    assert_eq!(groups(forms(), "en-GB"), [0, 0, 1]);
    assert_eq!(groups(forms(), "cy"), [0, 1, 2]);
    let able = ["account", "accountability", "accountable", "response", "responsible", "table", "tables"];
    assert_eq!(groups(able.map(Box::from).to_vec(), "en-GB"), [0, 1, 1, 2, 3, 4, 4]);
    let acronyms = ["gp", "gps", "m", "ms", "pcts"].map(Box::from).to_vec();
    assert_eq!(groups(acronyms, "en-GB"), [0, 0, 1, 2, 3]);
}

#[test]
fn every_word_of_the_list_passes_the_filter() {
    let words = ["tight", "charge", "money", "naïve"];
    let bytes = dictionary_filter::encode(words.into_iter());
    let mut rest = bytes.as_slice();
    let (count, limit) = (unvarint(&mut rest), unvarint(&mut rest));
    assert_eq!((count, limit), (4, 2000));
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
