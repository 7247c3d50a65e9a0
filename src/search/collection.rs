//! The collection: every document of a library as numbered words, in the order of the index.
//!
//! Cases come first, then plain pages and entries of the glossary. Threads read documents in parallel, a batch at a
//! time, each with a list of forms of its own. The lists are merged into one lexicon, the forms are renumbered, and the
//! batches are inverted, so that the result does not depend on the threads.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
    sync::Mutex,
};

use rayon::prelude::*;

use crate::{
    model::{CaseId, Library, PageId, address::glossary_ids, document::Body},
    problem::FilePath,
    search::{
        batch::{self, Batch},
        cards::{PackedCard, card, entry_card, excerpted, page_card, pieces, write},
        fields::{Fields, entry_fields, fields, page_fields},
        format::positions::MOST_FREQUENT,
        lexicon::Lexicon,
        mentions::mentions,
        names::{Phrases, SearchNames},
        order::{Order, order},
        pack::{Packed, Packer},
        reading::{DocumentReader, END, Extent, Interner, renumber},
        tokenize::Folded,
        weight::{Norm, norms},
    },
};

/// The effort of packing cards. They are most of what is packed, and four times the time makes them only one hundredth
/// smaller.
const COMPRESSION_LEVEL: i32 = 1;

/// A word at this number of positions is frequent: a record of all its positions has some 40 kB.
const FREQUENT: u32 = 30_000;

/// Every document of a library, ready to be indexed.
#[derive(Debug)]
pub struct Collection {
    /// The order in which cases are numbered.
    pub order: Order,
    /// The other names of subjects.
    pub names: SearchNames,
    /// Every form of a word.
    pub lexicon: Lexicon,
    /// The length norms of each document, cases first.
    pub norms: Vec<Norm>,
    /// The frequent words, the most frequent first.
    pub frequent: Vec<usize>,
    /// The batches of documents, inverted.
    pub batches: Vec<Batch>,
}

/// A document, by its id or its index in the library.
#[derive(Clone, Copy, Debug)]
pub enum IndexedDocument {
    /// A case.
    Case(CaseId),
    /// A plain page.
    Page(PageId),
    /// An entry of the glossary.
    Entry(usize),
}

/// Every document of a library, in the order in which they are numbered.
pub fn documents(library: &Library, order: &Order) -> Vec<IndexedDocument> {
    let cases = order.cases.iter().map(|&case| IndexedDocument::Case(case));
    let pages = library.pages.ids().iter().map(|&page| IndexedDocument::Page(page));
    cases.chain(pages).chain((0..library.glossary.len()).map(IndexedDocument::Entry)).collect()
}

/// The parts of a library that are read for the index.
pub struct IndexInput<'a, P> {
    library: &'a Library,
    names: &'a SearchNames,
    mentions: BTreeMap<CaseId, Vec<String>>,
    /// The ids of the entries of the glossary in its page.
    ids: Vec<String>,
    /// Gives the plain text of a body.
    prose: P,
}

impl<'a, P: Fn(&FilePath, &Body) -> String> IndexInput<'a, P> {
    /// Collects the parts of a library. `prose` gives the plain text of a body.
    pub fn new(library: &'a Library, names: &'a SearchNames, prose: P) -> IndexInput<'a, P> {
        let ids = glossary_ids(library.glossary.iter().map(|entry| &*entry.term.value));
        IndexInput { library, names, mentions: mentions(library), ids, prose }
    }

    /// The plain text of a document's body.
    pub fn prose(&self, document: IndexedDocument) -> String {
        match document {
            IndexedDocument::Case(n) => {
                (self.prose)(&self.library.cases[n].file.path, &self.library.cases[n].file.body)
            }
            IndexedDocument::Page(n) => {
                (self.prose)(&self.library.pages[n].file.path, &self.library.pages[n].file.body)
            }
            IndexedDocument::Entry(_) => String::new(),
        }
    }

    /// The texts that a document is indexed by, and its tags.
    pub fn texts<'t>(&'t self, document: IndexedDocument, prose: &'t str) -> (Fields<'t>, BTreeSet<String>) {
        let library = self.library;
        match document {
            IndexedDocument::Case(n) => {
                let case = &library.cases[n];
                (
                    fields(library, case, prose, self.mentions.get(&n).map_or(&[], Vec::as_slice)),
                    self.names.tags(library, case),
                )
            }
            IndexedDocument::Page(n) => (page_fields(&library.pages[n], prose), BTreeSet::new()),
            IndexedDocument::Entry(n) => (entry_fields(&library.glossary[n]), BTreeSet::new()),
        }
    }

    /// The text of a document for excerpts, in pieces if it is long. Where few files are wanted, it is one piece.
    fn pieces<'t>(&self, document: IndexedDocument, prose: &'t str) -> Vec<&'t str> {
        match document {
            IndexedDocument::Case(_) if !self.library.has_few_files() => pieces(prose),
            _ => vec![excerpted(prose)],
        }
    }

    /// Writes the card of a document. `rest` are the names of the files with the other pieces of its text.
    fn card(&self, document: IndexedDocument, text: &str, rest: Vec<String>, content: &mut Vec<u8>) {
        match document {
            IndexedDocument::Case(n) => write(&card(self.library, &self.library.cases[n], text, rest), content),
            IndexedDocument::Page(n) => write(&page_card(&self.library.pages[n], text), content),
            IndexedDocument::Entry(n) => write(&entry_card(&self.library.glossary[n], &self.ids[n]), content),
        }
    }
}

impl Collection {
    /// Reads a library. Gives its collection and the packed card of each document. `prose` gives the plain text of a
    /// body.
    pub fn of(library: &Library, prose: impl Fn(&FilePath, &Body) -> String + Sync) -> (Collection, Vec<PackedCard>) {
        let (order, names) = rayon::join(|| order(library), || SearchNames::of(library));
        let phrases = Phrases::of(&names, &library.config.language);
        let source = IndexInput::new(library, &names, prose);
        let threads = Mutex::new(Threads { idle: Vec::new(), made: 0 });
        let read = |documents: &[IndexedDocument]| {
            let mut thread = threads.lock().expect("no reader panics").take(&phrases);
            let part = thread.read(&source, documents);
            threads.lock().expect("no reader panics").idle.push(thread);
            part
        };
        let mut parts: Vec<ReadBatch> = documents(library, &order).par_chunks(batch::SIZE).map(read).collect();
        let threads = threads.into_inner().expect("no reader panics").idle;
        let (lexicon, numbers) = numbered(threads, &library.config.language);
        let cards = parts.iter_mut().flat_map(|part| std::mem::take(&mut part.cards)).collect();
        let extents: Vec<Extent> = parts.iter().flat_map(|part| part.extents.iter().copied()).collect();
        parts.par_iter_mut().for_each(|part| renumber(&mut part.words, &numbers[part.thread]));
        let frequent = frequent(&parts, lexicon.forms.len());
        let mut ranks = vec![0; lexicon.forms.len()];
        (1..).zip(&frequent).for_each(|(rank, &form)| ranks[form] = rank);
        let turned = |(n, part): (usize, ReadBatch)| Batch::of(n * batch::SIZE, &part.ranges, &part.words, &ranks);
        let batches = parts.into_par_iter().enumerate().map(turned).collect();
        let norms = norms(&extents, order.cases.len());
        (Collection { order, names, lexicon, norms, frequent, batches }, cards)
    }
}

/// The forms at very many positions, the most frequent first.
fn frequent(parts: &[ReadBatch], forms: usize) -> Vec<usize> {
    let mut times = vec![0_u32; forms];
    parts.iter().flat_map(|part| &part.words).filter(|&&form| form != END).for_each(|&form| times[form as usize] += 1);
    let mut frequent: Vec<usize> = (0..forms).filter(|&form| times[form] >= FREQUENT).collect();
    frequent.sort_by_key(|&form| std::cmp::Reverse(times[form]));
    frequent.truncate(MOST_FREQUENT);
    frequent
}

/// A batch of documents that has been read.
struct ReadBatch {
    /// The thread that read it; the words use its numbers of forms.
    thread: usize,
    words: Box<[u32]>,
    /// The range of the words of each document.
    ranges: Vec<Range<usize>>,
    extents: Vec<Extent>,
    cards: Vec<PackedCard>,
}

/// The tables of a thread. There are as many as threads that read at the same time.
struct Thread<'a> {
    number: usize,
    reader: DocumentReader<'a>,
    packer: Packer,
    words: Vec<u32>,
    content: Vec<u8>,
}

/// The tables that no thread is using, and the number of all.
struct Threads<'a> {
    idle: Vec<Thread<'a>>,
    made: usize,
}

impl<'a> Threads<'a> {
    fn take(&mut self, phrases: &'a Phrases) -> Thread<'a> {
        self.idle.pop().unwrap_or_else(|| {
            let number = self.made;
            self.made += 1;
            let reader = DocumentReader::new(phrases);
            Thread { number, reader, packer: Packer::new(COMPRESSION_LEVEL), words: Vec::new(), content: Vec::new() }
        })
    }
}

impl Thread<'_> {
    /// Reads the words of all documents, then packs all cards. Done one after the other, because each has tables that
    /// fill a processor's cache.
    fn read<P: Fn(&FilePath, &Body) -> String>(
        &mut self,
        source: &IndexInput<'_, P>,
        documents: &[IndexedDocument],
    ) -> ReadBatch {
        let texts: Vec<String> = documents.iter().map(|&document| source.prose(document)).collect();
        let (mut ranges, mut extents) = (Vec::new(), Vec::new());
        self.words.clear();
        for (&document, text) in documents.iter().zip(&texts) {
            let start = self.words.len();
            let (fields, tags) = source.texts(document, text);
            extents.push(self.reader.read(&fields, &tags, &mut self.words));
            ranges.push(start..self.words.len());
        }
        let cards = documents.iter().zip(&texts).map(|(&document, text)| self.card(source, document, text)).collect();
        ReadBatch { cards, thread: self.number, words: self.words.as_slice().into(), ranges, extents }
    }

    /// Packs the card of a document, and the other pieces of a long text.
    fn card<P: Fn(&FilePath, &Body) -> String>(
        &mut self,
        source: &IndexInput<'_, P>,
        document: IndexedDocument,
        prose: &str,
    ) -> PackedCard {
        let pieces = source.pieces(document, prose);
        let rest: Vec<Packed> = pieces[1..].iter().map(|piece| self.packer.pack(piece.as_bytes())).collect();
        source.card(document, pieces[0], rest.iter().map(Packed::name).collect(), &mut self.content);
        PackedCard { card: self.packer.pack(&self.content), rest }
    }
}

/// Merges the forms of all threads into a lexicon. Gives it with, for each thread, the new numbers of its forms.
fn numbered(mut threads: Vec<Thread<'_>>, language: &str) -> (Lexicon, Vec<Vec<u32>>) {
    threads.sort_unstable_by_key(|thread| thread.number);
    let lists: Vec<Vec<Box<str>>> = threads.into_iter().map(|thread| thread.reader.interner.forms).collect();
    let mut all = Interner::default();
    let ids: Vec<Vec<u32>> =
        lists.iter().map(|forms| forms.iter().map(|form| all.number(Folded::of(form))).collect()).collect();
    let forms = all.forms;
    let lexicon = Lexicon::of(forms.clone(), language);
    let number = |form: &str| lexicon.find(form).expect("the lexicon has every form that was read") as u32;
    let numbers: Vec<u32> = forms.par_iter().map(|form| number(form)).collect();
    let of_thread = |ids: Vec<u32>| ids.into_iter().map(|id| numbers[id as usize]).collect();
    let numbers = ids.into_iter().map(of_thread).collect();
    (lexicon, numbers)
}
