//! The collection: every document of a library as numbered words, in the order of the index.
//!
//! Cases come first, then plain pages and entries of the glossary. Threads read documents in parallel, a segment at a
//! time, each with a list of forms of its own. The lists are merged into one lexicon, the forms are renumbered, and the
//! segments are inverted, so that the result does not depend on the threads.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
    sync::Mutex,
};

use rayon::prelude::*;

use crate::{
    model::{
        CaseId, Library, PageId,
        address::glossary_ids,
        document::Body,
        ids::{Id, IdVec, ids},
    },
    problem::FilePath,
    search::{
        cards::{PackedCard, card, entry_card, excerpted, page_card, pieces, write},
        fields::{Fields, entry_fields, fields, page_fields},
        format::positions::MAX_FREQUENT,
        lexicon::{FormId, Lexicon},
        mentions::mentions,
        names::{Phrases, SearchNames},
        order::{DocumentNumber, Order, order},
        pack::{Packed, Packer},
        reading::{DocumentReader, DocumentWords, Extent, InternedFormId, Interner, WordOrEnd},
        segment::{self, FrequentWord, Segment},
        tokenize::Folded,
        weight::{Norm, norms},
    },
};

ids! {
    /// An entry of the glossary, by its position there.
    GlossaryEntryId;
    /// The tables of a thread, by the order in which they were made.
    ThreadId;
}

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
    pub norms: IdVec<DocumentNumber, Norm>,
    /// The frequent words, the most frequent first.
    pub frequent: Vec<FormId>,
    /// The segments of documents, inverted.
    pub segments: Vec<Segment>,
}

/// A document, by its id in the library.
#[derive(Clone, Copy, Debug)]
pub enum IndexedDocument {
    /// A case.
    Case(CaseId),
    /// A plain page.
    Page(PageId),
    /// An entry of the glossary.
    Entry(GlossaryEntryId),
}

/// Every document of a library, in the order in which they are numbered.
pub fn documents(library: &Library, order: &Order) -> IdVec<DocumentNumber, IndexedDocument> {
    let cases = order.cases.values().iter().map(|&case| IndexedDocument::Case(case));
    let pages = library.pages.ids().iter().map(|&page| IndexedDocument::Page(page));
    let entries = GlossaryEntryId::each(GlossaryEntryId::range_at(0..library.glossary.len()));
    cases.chain(pages).chain(entries.map(IndexedDocument::Entry)).collect()
}

/// The parts of a library that are read for the index.
pub struct IndexInput<'a, P> {
    library: &'a Library,
    names: &'a SearchNames,
    mentions: BTreeMap<CaseId, Vec<String>>,
    /// The ids of the entries of the glossary in its page.
    ids: IdVec<GlossaryEntryId, String>,
    /// Gives the plain text of a body.
    prose: P,
}

impl<'a, P: Fn(&FilePath, &Body) -> String> IndexInput<'a, P> {
    /// Collects the parts of a library. `prose` gives the plain text of a body.
    pub fn new(library: &'a Library, names: &'a SearchNames, prose: P) -> IndexInput<'a, P> {
        let ids = glossary_ids(library.glossary.iter().map(|entry| &*entry.term.value));
        IndexInput { library, names, mentions: mentions(library), ids: ids.into(), prose }
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
            IndexedDocument::Entry(n) => (entry_fields(&library.glossary[n.position()]), BTreeSet::new()),
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
            IndexedDocument::Entry(n) => {
                write(&entry_card(&self.library.glossary[n.position()], &self.ids[n]), content);
            }
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
        let (parts, threads) = read(&source, &phrases, &documents(library, &order));
        let (lexicon, form_ids) = merged(threads, &library.config.language);
        let (mut cards, mut extents, mut words) = (Vec::new(), Vec::new(), Vec::new());
        for part in parts {
            cards.extend(part.cards);
            extents.extend(part.extents);
            words.push((part.thread, part.words));
        }
        let words = words.into_par_iter().map(|(thread, words)| words.renumbered(&form_ids[thread]));
        let words: Vec<DocumentWords<FormId>> = words.collect();
        let frequent = frequent(&words, lexicon.forms.len());
        let mut frequent_forms = IdVec::filled(None, lexicon.forms.len());
        for (position, &form) in frequent.iter().enumerate() {
            frequent_forms[form] = Some(FrequentWord::at(position));
        }
        let inverted = |(n, words)| Segment::of(DocumentNumber::at(n * segment::SIZE), &words, &frequent_forms);
        let segments = words.into_par_iter().enumerate().map(inverted).collect();
        let norms = norms(&extents.into(), order.cases.len());
        (Collection { order, names, lexicon, norms, frequent, segments }, cards)
    }
}

/// Reads all documents, segment by segment. Gives the segments, and the tables of the threads that read them.
fn read<'a, P: Fn(&FilePath, &Body) -> String + Sync>(
    source: &IndexInput<'_, P>,
    phrases: &'a Phrases,
    documents: &IdVec<DocumentNumber, IndexedDocument>,
) -> (Vec<ReadSegment>, Vec<Thread<'a>>) {
    let threads = Mutex::new(Threads { idle: Vec::new(), made: 0 });
    let read = |documents: &[IndexedDocument]| {
        let mut thread = threads.lock().expect("no reader panics").take(phrases);
        let part = thread.read(source, documents);
        threads.lock().expect("no reader panics").idle.push(thread);
        part
    };
    let parts = documents.values().par_chunks(segment::SIZE).map(read).collect();
    (parts, threads.into_inner().expect("no reader panics").idle)
}

/// The forms at very many positions, the most frequent first.
fn frequent(parts: &[DocumentWords<FormId>], forms: usize) -> Vec<FormId> {
    let mut times: IdVec<FormId, u32> = IdVec::filled(0, forms);
    parts.iter().flat_map(DocumentWords::forms).for_each(|form| times[form] += 1);
    let is_frequent = |(form, &times): (FormId, &u32)| (times >= FREQUENT).then_some(form);
    let mut frequent: Vec<FormId> = times.entries().filter_map(is_frequent).collect();
    frequent.sort_by_key(|&form| Reverse(times[form]));
    frequent.truncate(MAX_FREQUENT);
    frequent
}

/// A segment of documents that has been read.
struct ReadSegment {
    /// The thread that read it. The words have the ids that its reader gave to forms.
    thread: ThreadId,
    words: DocumentWords<InternedFormId>,
    extents: Vec<Extent>,
    cards: Vec<PackedCard>,
}

/// The tables of a thread. There are as many as threads that read at the same time.
struct Thread<'a> {
    id: ThreadId,
    reader: DocumentReader<'a>,
    packer: Packer,
    words: Vec<WordOrEnd<InternedFormId>>,
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
            let id = ThreadId::at(self.made);
            self.made += 1;
            let reader = DocumentReader::new(phrases);
            Thread { id, reader, packer: Packer::new(COMPRESSION_LEVEL), words: Vec::new(), content: Vec::new() }
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
    ) -> ReadSegment {
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
        let words = DocumentWords::new(self.words.clone(), ranges);
        ReadSegment { cards, thread: self.id, words, extents }
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

/// Merges the forms of all threads into a lexicon. Gives it with, for each thread, the ids of its forms there.
fn merged(mut threads: Vec<Thread<'_>>, language: &str) -> (Lexicon, IdVec<ThreadId, IdVec<InternedFormId, FormId>>) {
    threads.sort_unstable_by_key(|thread| thread.id);
    let mut all = Interner::default();
    let mut ids_in_all = |thread: Thread<'_>| -> Vec<InternedFormId> {
        let forms = thread.reader.interner.forms;
        forms.values().iter().map(|form| all.id(Folded::of(form))).collect()
    };
    let threads: Vec<Vec<InternedFormId>> = threads.into_iter().map(&mut ids_in_all).collect();
    let forms = all.forms.values();
    let lexicon = Lexicon::of(forms.to_vec(), language);
    let id = |form: &str| lexicon.find(form).expect("the lexicon has every form that was read");
    let ids: IdVec<InternedFormId, FormId> = forms.par_iter().map(|form| id(form)).collect::<Vec<_>>().into();
    let of_thread = |in_all: Vec<InternedFormId>| in_all.into_iter().map(|form| ids[form]).collect();
    let ids = threads.into_iter().map(of_thread).collect();
    (lexicon, ids)
}
