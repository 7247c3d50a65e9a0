//! The index → files: cut into records of a size that suits a phone, packed, and named by their content.
//!
//! A range of forms ends when it is large enough *and* the next form begins with other letters. So the forms of a word
//! are mostly in one record, the texts that separate records are short, and after an edit the cuts soon fall where they
//! fell before.

use std::ops::Range;

use rayon::prelude::*;
use serde::Serialize;

use crate::{
    model::{
        CaseId, Library,
        document::Period,
        ids::{Id, IdVec},
        stop_words::stop_words,
    },
    search::{
        SearchFiles,
        cards::{self, CardYears, PackedCard},
        collection::Collection,
        dictionary_filter,
        format::{
            catalogue::{Catalogue, Positions, RecordList, SpellingLists, runs},
            column,
            head::{Head, VERSION, facets},
            positions, shard, spellings,
        },
        lexicon::{FormId, Lexicon, by_units},
        names::{NameGroup, is_word},
        order::{self, DocumentNumber, Order},
        pack::{Packed, Packer, unpacked},
        postings::{LexiconEntry, entries},
        prefixes::{DocumentCounts, prefixes},
        record_files::{self, Batching},
    },
};

/// The least size of a record of words before packing, in bytes, in a library of so many documents. Every query reads
/// the list of these records, and one record for each of its words. Smaller records make the list longer.
fn min_record_size(all: usize) -> usize {
    match all {
        ..5_000 => 600,
        5_000..20_000 => 2_000,
        _ => 4_000,
    }
}

/// The least size of a record of positions. They are larger, since few queries need them.
const MIN_POSITIONS_SIZE: usize = 8_000;

/// The effort of packing.
const COMPRESSION_LEVEL: i32 = 6;

/// The fewest forms in a record of spellings.
const SPELLINGS: usize = 120;

/// The fewest words in a filter of common words.
const DICTIONARY_WORDS: usize = 500;

/// A range ends only between texts that share a prefix shorter than this.
const MIN_SHARED_PREFIX: usize = 4;

/// The fewest records of a batch, except in batches of cards.
const MIN_BATCH: usize = 5;

/// Makes every file of the index. Kinds that do not depend on each other are made in parallel.
pub fn shards(library: &Library, collection: Collection, cards: Vec<PackedCard>) -> SearchFiles {
    let entries = entries(&collection);
    // The segments are dropped early, because they are as large as everything that is made from them.
    let Collection { order, names, lexicon, norms, frequent, segments } = collection;
    drop(segments);
    let counts = DocumentCounts { cases: order.cases.len(), all: norms.len() };
    let batching = Batching { least: MIN_BATCH, is_shared: library.has_few_files() };
    let forms = FormFiles { lexicon: &lexicon, entries: &entries, counts, batching };
    let language = library.config.language.as_str();
    let (((words, prefixes, word_files), (spellings, spelling_files)), (of_cases, (positions, position_files))) =
        rayon::join(
            || {
                rayon::join(
                    || forms.words_and_prefixes(),
                    || with_files(|files| forms.spelling_lists(language, &names.named, files)),
                )
            },
            || {
                rayon::join(
                    || with_files(|files| CaseFiles::of(library, &order, cards, batching.is_shared, files)),
                    || with_files(|files| forms.positions(files)),
                )
            },
        );
    let (CaseFiles { cards, newest, title, years }, mut files) = of_cases;
    files.extend([word_files, spelling_files, position_files].into_iter().flatten());
    let (runs, steps) = runs(&order);
    let frequent = frequent.iter().map(|&form| &*lexicon.forms[form]).collect();
    let catalogue = Catalogue {
        words,
        cards,
        common: stop_words(language),
        names: &names.named,
        newest,
        title,
        sets: &order.sets,
        runs,
        steps,
    };
    let head = Head {
        version: VERSION,
        cases: counts.cases,
        others: counts.all - counts.cases,
        facets: facets(library),
        catalogue: json_file("catalogue", &catalogue, &mut files),
        prefixes: json_file("prefixes", &prefixes, &mut files),
        positions: json_file("positions", &Positions { records: positions, frequent }, &mut files),
        spellings: json_file("spellings", &spellings, &mut files),
        years,
    };
    files.insert("meta.json".to_owned(), json(&head));
    files
}

/// Runs a function that makes a value and files.
fn with_files<T>(make: impl FnOnce(&mut SearchFiles) -> T) -> (T, SearchFiles) {
    let mut files = SearchFiles::new();
    (make(&mut files), files)
}

/// The lists of the files of cases.
struct CaseFiles {
    cards: RecordList,
    /// The pieces of the order by date.
    newest: Vec<String>,
    /// The pieces of the order by title.
    title: Vec<String>,
    years: String,
}

impl CaseFiles {
    fn of(
        library: &Library,
        order: &Order,
        cards: Vec<PackedCard>,
        is_shared: bool,
        files: &mut SearchFiles,
    ) -> CaseFiles {
        CaseFiles {
            newest: piece_files(&order::newest(library, order), files),
            title: piece_files(&order::titles(library, order), files),
            years: column_file(&column::years(&periods(library, order)), files),
            cards: card_files(cards, is_shared, files),
        }
    }
}

/// The years in which each case is found. If no end is recorded, the last is the year up to which its sources report,
/// if the case says so. The date of a source alone does not say that: it may tell of earlier years.
fn periods(library: &Library, order: &Order) -> Vec<Option<CardYears>> {
    let years = |&case: &CaseId| {
        let Period { from, to, reported, .. } = *library.cases[case].file.period.as_ref()?;
        let known = reported.map(|year| year.max(from.unwrap_or(year)));
        Some(CardYears { from, to: to.or(known) })
    };
    order.cases.values().iter().map(years).collect()
}

fn card_files(cards: Vec<PackedCard>, is_shared: bool, files: &mut SearchFiles) -> RecordList {
    let batching = cards::batching(cards.len(), is_shared);
    let mut records = Vec::with_capacity(cards.len());
    for PackedCard { card, rest } in cards {
        records.push(card);
        files.extend(rest.into_iter().map(|piece| (format!("texts/{}.bin", piece.name()), piece.bytes)));
    }
    record_files::write_records("cards", records, batching, files)
}

/// Makes the files of forms. Each function gives the lists of the records that it made.
#[derive(Clone, Copy)]
struct FormFiles<'a> {
    lexicon: &'a Lexicon,
    entries: &'a IdVec<FormId, LexiconEntry>,
    counts: DocumentCounts,
    batching: Batching,
}

impl FormFiles<'_> {
    /// The files of words, and those of prefixes, which depend on how words are cut into records.
    fn words_and_prefixes(self) -> (RecordList, RecordList, SearchFiles) {
        let mut files = SearchFiles::new();
        let words = self.words(&mut files);
        let prefixes = self.prefixes(&words, &mut files);
        (words, prefixes, files)
    }

    fn words(self, files: &mut SearchFiles) -> RecordList {
        let Self { lexicon, entries, .. } = self;
        let forms = lexicon.forms.values();
        let ranges = ranges(forms, min_record_size(self.counts.all), |n| entries[FormId::at(n)].postings.len() + 3);
        let file = |packer: &mut Packer, range: Range<usize>| {
            packer.pack(&shard::file(lexicon, entries, FormId::range_at(range)))
        };
        listed("words", forms, &ranges, file, self.batching, files)
    }

    fn prefixes(self, words: &RecordList, files: &mut SearchFiles) -> RecordList {
        let prefixes = prefixes(self.lexicon, self.entries, words, self.counts);
        let texts: Vec<Box<str>> = prefixes.iter().map(|prefix| prefix.text.clone()).collect();
        let ranges = ranges(&texts, min_record_size(self.counts.all), |n| prefixes[n].postings.len() + 3);
        let file = |packer: &mut Packer, range: Range<usize>| packer.pack(&shard::of_prefixes(&prefixes[range]));
        listed("prefixes", &texts, &ranges, file, self.batching, files)
    }

    fn positions(self, files: &mut SearchFiles) -> RecordList {
        let Self { lexicon, entries, .. } = self;
        let forms = lexicon.forms.values();
        let ranges = ranges(forms, MIN_POSITIONS_SIZE, |n| entries[FormId::at(n)].positions.len() + 3);
        let file = |_: &mut Packer, range: Range<usize>| {
            let block = |form: FormId| (&*lexicon.forms[form], entries[form].positions.as_slice());
            unpacked(positions::file(&FormId::each(FormId::range_at(range)).map(block).collect::<Vec<_>>()))
        };
        listed("positions", forms, &ranges, file, self.batching, files)
    }

    /// The files for spelling corrections.
    fn spelling_lists(self, language: &str, names: &[NameGroup], files: &mut SearchFiles) -> SpellingLists {
        let dictionary = dictionary_filter::dictionary_words(language, self.lexicon, names);
        SpellingLists {
            forwards: self.spellings(|form| form.into(), files),
            backwards: self.spellings(|form| form.chars().rev().collect(), files),
            dictionary: dictionary.map(|words| dictionary_files(&words, self.batching, files)),
        }
    }

    fn spellings(self, spelt: impl Fn(&str) -> Box<str> + Sync, files: &mut SearchFiles) -> RecordList {
        // A mistyped word is corrected only to a word of a case.
        let is_correction =
            |form: &str, entry: &LexiconEntry| entry.cases > 0 && is_word(form) && form.chars().nth(2).is_some();
        let forms = self.lexicon.forms.values().iter().zip(self.entries.values());
        let forms = forms.filter(|(form, entry)| is_correction(form, entry));
        let mut forms: Vec<(Box<str>, usize)> =
            forms.map(|(form, entry)| (spelt(form), entry.cases + entry.others)).collect();
        forms.par_sort_by(|(a, _), (b, _)| by_units(a, b));
        let (texts, documents): (Vec<Box<str>>, Vec<usize>) = forms.into_iter().unzip();
        let ranges = ranges(&texts, SPELLINGS, |_| 1);
        let file = |packer: &mut Packer, range: Range<usize>| {
            packer.pack(&spellings::file(&texts[range.clone()], &documents[range]))
        };
        listed("spellings", &texts, &ranges, file, self.batching, files)
    }
}

/// Makes the filters of common words, which are sorted.
fn dictionary_files(words: &[Box<str>], batching: Batching, files: &mut SearchFiles) -> RecordList {
    let file = |_: &mut Packer, range: Range<usize>| {
        unpacked(dictionary_filter::encode(words[range].iter().map(|word| &**word)))
    };
    listed("dictionary", words, &ranges(words, DICTIONARY_WORDS, |_| 1), file, batching, files)
}

/// Cuts a list of texts, each with the size of its record, into ranges of at least `least`. A much larger record is a
/// range of its own; the range before it may then be small.
pub fn ranges(texts: &[Box<str>], least: usize, size: impl Fn(usize) -> usize) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    let (mut from, mut sum) = (0, 0);
    for (n, text) in texts.iter().enumerate() {
        if sum > 0 && size(n) > 2 * least {
            ranges.push(from..n);
            (from, sum) = (n, 0);
        }
        sum += size(n);
        let is_cut = || texts.get(n + 1).is_none_or(|next| shared_prefix(text, next) < MIN_SHARED_PREFIX);
        if (sum > least && (sum > 2 * least || is_cut())) || n + 1 == texts.len() {
            ranges.push(from..n + 1);
            (from, sum) = (n + 1, 0);
        }
    }
    ranges
}

/// The length of the prefix that two texts share, in characters.
fn shared_prefix(a: &str, b: &str) -> usize {
    a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count()
}

/// Makes the records of ranges of texts, and lists them.
fn listed(
    folder: &str,
    texts: &[Box<str>],
    ranges: &[Range<usize>],
    file: impl Fn(&mut Packer, Range<usize>) -> Packed + Sync,
    batching: Batching,
    files: &mut SearchFiles,
) -> RecordList {
    let made = ranges.par_iter().map_init(packer, |packer, range| file(packer, range.clone()));
    let made: Vec<Packed> = made.collect();
    let before = |range: &Range<usize>| if range.start == 0 { "" } else { &texts[range.start - 1] };
    let from = ranges.iter().map(|range| separator(before(range), &texts[range.start])).collect();
    RecordList { from, ..record_files::write_records(folder, made, batching, files) }
}

/// The shortest prefix of a text that sorts after the text before it.
fn separator(before: &str, text: &str) -> String {
    let ends = text.char_indices().map(|(at, c)| at + c.len_utf8());
    let mut prefixes = ends.map(|end| &text[..end]);
    prefixes.find(|prefix| by_units(prefix, before).is_gt()).unwrap_or(text).to_owned()
}

fn packer() -> Packer {
    Packer::new(COMPRESSION_LEVEL)
}

fn piece_files(cases: &[DocumentNumber], files: &mut SearchFiles) -> Vec<String> {
    cases.chunks(column::PIECE).map(|cases| column_file(&column::piece(cases), files)).collect()
}

fn column_file(content: &[u8], files: &mut SearchFiles) -> String {
    let packed = packer().pack(content);
    let path = format!("columns/{}.bin", packed.name());
    files.insert(path.clone(), packed.bytes);
    path
}

fn json_file(stem: &str, record: &impl Serialize, files: &mut SearchFiles) -> String {
    let packed = packer().pack(&json(record));
    let path = format!("{stem}.{}.bin", packed.name());
    files.insert(path.clone(), packed.bytes);
    path
}

fn json(record: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec(record).expect("texts and numbers are JSON")
}
