//! The files of the index, read back: they contain every case and every word of the library.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

use casebook::{
    model::{document::Body, library::Case},
    problem::FilePath,
    search::{
        SearchFiles,
        bits::{BitReader, unvarint},
        collection::{Collection, IndexInput, documents},
        fields::Field,
        format::postings::decode,
        lexicon::by_units,
        order::DocumentNumber,
        tokenize::parts,
        weight::Posting,
    },
    site::Site,
    source::Project,
};
use libdeflater::Decompressor;
use serde_json::Value;

use crate::{
    published::{files, site},
    random_library::{large, random},
};

/// The files of a library, and the documents that they were made of.
struct Index {
    site: Site,
    files: SearchFiles,
    collection: Collection,
}

/// A form in a file of words.
struct Record {
    form: String,
    group: usize,
    cases: usize,
    block: Vec<u8>,
}

/// Forms in other files, each with the number of its group.
type Far = Vec<(usize, String)>;

/// The positions of a word: the document, and the position in it.
type Positions = BTreeSet<(DocumentNumber, u32)>;

impl Index {
    fn of(project: Project) -> Index {
        let site = site(&project);
        let (collection, _) = Collection::of(&site.library, |_, body| body.prose());
        Index { files: files(&site), collection, site }
    }

    fn bytes(&self, path: &str) -> Vec<u8> {
        let packed = &self.files[&format!("search/{path}")];
        let Some(length) = packed.starts_with(&[31, 139]).then(|| packed.last_chunk().copied().unwrap()) else {
            return packed.clone();
        };
        let mut bytes = vec![0; u32::from_le_bytes(length) as usize];
        Decompressor::new().gzip_decompress(packed, &mut bytes).unwrap();
        bytes
    }

    fn json(&self, path: &str) -> Value {
        serde_json::from_slice(&self.bytes(path)).unwrap()
    }

    /// The JSON of a file that the head names.
    fn part(&self, name: &str) -> Value {
        self.json(self.json("meta.json")[name].as_str().unwrap())
    }

    /// The records of a list, each with its first text.
    fn listed(&self, folder: &str, list: &Value) -> Vec<(String, Vec<u8>)> {
        let pairs = strings(&list["from"]).into_iter().zip(paths(folder, list));
        pairs.map(|(from, path)| (from, self.bytes(&path))).collect()
    }

    /// The records of files of words, with the members of groups that are in other files.
    fn records(&self, folder: &str, list: &Value) -> Vec<(Vec<Record>, Far)> {
        let mut before = None;
        let files = self.listed(folder, list).into_iter().map(|(from, bytes)| {
            let mut rest = bytes.as_slice();
            let forms = texts(&mut rest);
            assert!(by_units(&from, &forms[0]).is_le(), "{from}");
            assert!(before.replace(forms[forms.len() - 1].clone()).is_none_or(|last| by_units(&last, &from).is_lt()));
            let numbers: Vec<[usize; 4]> = forms.iter().map(|_| [(); 4].map(|()| unvarint(&mut rest))).collect();
            let far = (0..unvarint(&mut rest)).map(|_| (unvarint(&mut rest), text(&mut rest))).collect();
            let records = forms.into_iter().zip(numbers).map(|(form, [group, cases, others, length])| Record {
                form,
                group,
                cases: cases + others,
                block: rest.split_off(..length).unwrap().to_vec(),
            });
            (records.collect(), far)
        });
        files.collect()
    }

    fn cases(&self) -> impl Iterator<Item = &Case> {
        self.collection.order.cases.values().iter().map(|&case| &*self.site.library.cases[case])
    }

    /// The positions of each word, computed from the texts themselves.
    fn positions(&self) -> BTreeMap<String, Positions> {
        let mut found: BTreeMap<String, Positions> = BTreeMap::new();
        let library = &self.site.library;
        let prose = |_: &FilePath, body: &Body| body.prose();
        let source = IndexInput::new(library, &self.collection.names, prose);
        for (number, &document) in documents(library, &self.collection.order).entries() {
            let mut next = 0;
            let prose = source.prose(document);
            let (fields, tags) = source.texts(document, &prose);
            for field in Field::ALL {
                let pieces = fields[field].iter().map(|piece| parts(piece));
                let tags = tags.iter().filter(|_| field == Field::Terms).map(|tag| vec![tag.clone()]);
                for words in pieces.chain(tags) {
                    for word in words {
                        found.entry(word).or_default().insert((number, next));
                        next += 1;
                    }
                    next += 8;
                }
            }
        }
        found
    }

    /// The postings of a block, in order.
    fn postings(&self, block: &[u8], cases: usize) -> Vec<Posting> {
        let mut postings = Vec::new();
        decode(block, cases, self.collection.norms.len(), |posting| postings.push(posting));
        postings.sort_by_key(|posting| posting.document);
        postings
    }
}

/// The file of each record of a list.
fn paths(folder: &str, list: &Value) -> Vec<String> {
    let batches = numbers(&list["batches"]).into_iter().zip(strings(&list["names"]));
    batches.flat_map(|(size, name)| (0..size).map(move |n| format!("{folder}/{name}-{n}.bin"))).collect()
}

fn strings(list: &Value) -> Vec<String> {
    list.as_array().unwrap().iter().map(|text| text.as_str().unwrap().to_owned()).collect()
}

fn numbers(list: &Value) -> Vec<i64> {
    list.as_array().unwrap().iter().map(|number| number.as_i64().unwrap()).collect()
}

/// Reads a text after its length.
fn text(rest: &mut &[u8]) -> String {
    let length = unvarint(rest);
    String::from_utf8(rest.split_off(..length).unwrap().to_vec()).unwrap()
}

/// Reads a front-coded list of texts.
fn texts(rest: &mut &[u8]) -> Vec<String> {
    let mut texts: Vec<String> = Vec::new();
    for line in text(rest).lines() {
        let (count, rest) = line.split_at(line.chars().next().unwrap().len_utf8());
        let shared = u32::from(count.chars().next().unwrap()) - u32::from('0');
        let before: Vec<u16> = texts.last().map_or("", |before| before).encode_utf16().take(shared as usize).collect();
        texts.push(String::from_utf16(&before).unwrap() + rest);
    }
    texts
}

#[test]
fn files_of_words_and_positions_have_every_word() {
    let index = Index::of(large());
    let expected = index.positions();
    let mut blocks = BTreeMap::new();
    for (_, bytes) in index.listed("positions", &index.part("positions")) {
        let mut rest = bytes.as_slice();
        let forms = texts(&mut rest);
        let lengths: Vec<usize> = forms.iter().map(|_| unvarint(&mut rest)).collect();
        blocks.extend(
            forms.into_iter().zip(lengths.into_iter().map(|length| rest.split_off(..length).unwrap().to_vec())),
        );
    }
    let mut read = BTreeMap::new();
    for record in index.records("words", &index.part("catalogue")["words"]).into_iter().flat_map(|(records, _)| records)
    {
        let block = &blocks[&record.form];
        let mut bits = BitReader::new(&block[1..]);
        let mut positions = Positions::new();
        for posting in index.postings(&record.block, record.cases) {
            let mut next = 0;
            for n in 0..bits.rice(1) + 1 {
                let position = next + bits.rice(u32::from(block[0]));
                // The first text of a case is its title.
                assert_eq!(n == 0 && position < 3, n == 0 && posting.in_title, "{} in {posting:?}", record.form);
                positions.insert((posting.document, position));
                next = position + 1;
            }
        }
        read.insert(record.form, positions);
    }
    assert!(read == expected);
    assert_eq!(blocks.len(), expected.len());
}

#[test]
fn a_file_of_words_has_the_other_forms_of_each_word() {
    let index = Index::of(large());
    let lexicon = &index.collection.lexicon;
    for (records, far) in index.records("words", &index.part("catalogue")["words"]) {
        for record in &records {
            let near = records.iter().filter(|other| other.group == record.group).map(|other| other.form.as_str());
            let far = far.iter().filter(|(group, _)| *group == record.group).map(|(_, form)| form.as_str());
            let named: BTreeSet<&str> =
                if record.group == 0 { [record.form.as_str()].into() } else { near.chain(far).collect() };
            let group = lexicon.group[lexicon.find(&record.form).unwrap()];
            let members: BTreeSet<&str> = lexicon.members[group].iter().map(|&form| &*lexicon.forms[form]).collect();
            assert_eq!(named, members);
        }
    }
}

#[test]
fn a_prefix_has_the_highest_impact_of_its_words() {
    let index = Index::of(large());
    let all = index.records("words", &index.part("catalogue")["words"]);
    let words: Vec<Record> = all.into_iter().flat_map(|(records, _)| records).collect();
    let all = index.records("prefixes", &index.part("prefixes"));
    let prefixes: Vec<Record> = all.into_iter().flat_map(|(records, _)| records).collect();
    let is_above = |one: &Record| prefixes.iter().filter(|other| other.form.starts_with(&one.form)).count() > 1;
    assert!(prefixes.iter().any(is_above));
    for Record { form, cases, block, .. } in prefixes {
        let mut best: BTreeMap<DocumentNumber, (u8, bool)> = BTreeMap::new();
        for word in words.iter().filter(|word| word.form.starts_with(&form)) {
            for posting in index.postings(&word.block, word.cases) {
                let best = best.entry(posting.document).or_default();
                *best = (*best).max((posting.impact, posting.in_title));
            }
        }
        let read = index.postings(&block, cases);
        assert!(
            read.iter()
                .map(|posting| (posting.document, posting.in_title))
                .eq(best.iter().map(|(document, best)| (*document, best.1))),
            "{form}"
        );
        // Impacts are rounded a second time, to few levels.
        let off = read.iter().zip(best.values()).map(|(posting, best)| posting.impact.abs_diff(best.0));
        assert!(off.max().is_some_and(|off| off < 16), "{form}");
    }
}

#[test]
fn records_of_spellings_have_every_word_of_three_letters_forwards_and_backwards() {
    let index = Index::of(large());
    let positions = index.positions();
    let lists = index.part("spellings");
    for (side, spelt) in [
        ("forwards", (|word| word.to_owned()) as fn(&str) -> String),
        ("backwards", |word| word.chars().rev().collect()),
    ] {
        let mut read = Vec::new();
        for (from, bytes) in index.listed("spellings", &lists[side]) {
            let mut rest = bytes.as_slice();
            let texts = texts(&mut rest);
            assert!(texts[0] >= from && read.last().is_none_or(|(last, _)| *last < from));
            read.extend(texts.into_iter().zip(rest.iter().copied()));
        }
        let cases = |positions: &Positions| {
            positions.iter().map(|(document, _)| document).collect::<BTreeSet<_>>().len().ilog2() as u8
        };
        let long = positions.iter().filter(|(word, _)| !word.starts_with(':') && word.chars().count() > 2);
        let expected: BTreeMap<String, u8> = long.map(|(word, positions)| (spelt(word), cases(positions))).collect();
        assert_eq!(read, expected.into_iter().collect::<Vec<_>>());
    }
}

#[test]
fn the_catalogue_and_the_columns_have_every_case() {
    let index = Index::of(random(5));
    let catalogue = index.part("catalogue");
    let head = index.json("meta.json");
    let (runs, steps) = (numbers(&catalogue["runs"]), catalogue["steps"].as_array().unwrap());
    for (facet, steps) in steps.iter().enumerate() {
        let mut set = 0;
        let sets = numbers(steps).into_iter().zip(&runs).flat_map(|(step, &run)| {
            set += step;
            std::iter::repeat_n(set, run as usize)
        });
        let terms =
            |set: i64| numbers(&catalogue["sets"][facet][set as usize]).into_iter().map(|term| term as usize).collect();
        let read: Vec<Vec<usize>> = sets.map(terms).collect();
        let vocabulary = index.site.library.vocabularies.facets().nth(facet).expect("a facet");
        let under = index.cases().map(|case| {
            let found = case.found_under(vocabulary).into_iter();
            found.filter_map(|term| vocabulary.terms.position(term)).collect::<Vec<_>>()
        });
        assert_eq!(read, under.collect::<Vec<_>>());
    }
    let column = |path: &str| {
        let bytes = index.bytes(path);
        let mut rest = bytes.as_slice();
        std::iter::from_fn(|| (!rest.is_empty()).then(|| unvarint(&mut rest))).collect::<Vec<_>>()
    };
    let cases: Vec<&Case> = index.cases().collect();
    let mut newest: Vec<usize> = (0..cases.len()).collect();
    newest.sort_by_key(|&n| (Reverse(cases[n].file.date), cases[n].address.href("").trim_end_matches('/').to_owned()));
    assert_eq!(strings(&catalogue["newest"]).iter().flat_map(|path| column(path)).collect::<Vec<_>>(), newest);
    let year = |year: Option<i16>| year.map_or(1, |year| (i32::from(year) + 32_770) as usize);
    let periods = || cases.iter().map(|case| case.file.period.as_ref());
    let from = periods().map(|period| period.map_or(0, |period| year(period.from)));
    let to = periods().map(|period| period.map_or(0, |period| year(period.to)));
    assert_eq!(column(head["years"].as_str().unwrap()), from.chain(to).collect::<Vec<_>>());
}

#[test]
fn every_case_has_the_card_that_the_catalogue_names() {
    cards_are_where_the_catalogue_says(&Index::of(large()));
    cards_are_where_the_catalogue_says(&Index::of(random(6)));
}

#[track_caller]
fn cards_are_where_the_catalogue_says(index: &Index) {
    let catalogue = index.part("catalogue");
    let cards: Vec<Value> = paths("cards", &catalogue["cards"]).iter().map(|path| index.json(path)).collect();
    assert_eq!(cards.len(), index.cases().count());
    for (card, case) in cards.iter().zip(index.cases()) {
        assert_eq!(card["url"], case.address.href(""));
        assert_eq!(card["title"], case.file.title);
        let prose = case.file.body.prose();
        let rest = card.get("rest").map(strings).unwrap_or_default();
        let rest = rest.iter().flat_map(|name| index.bytes(&format!("texts/{name}.bin"))).collect();
        let text = card["text"].as_str().unwrap().to_owned() + &String::from_utf8(rest).unwrap();
        assert_eq!(text, prose.split("\n\n").next().unwrap());
        assert_eq!(card["date"], case.file.date.unwrap().to_string());
        let years = case.file.period.as_ref().map(|period| serde_json::json!({ "from": period.from, "to": period.to }));
        assert_eq!(card["period"], years.unwrap_or_default());
    }
}
