//! The collection: every case of a library as numbered words, in the order of the index.
//!
//! Cases are read in parallel, a batch at a time, each thread with a list of forms of its own; the lists become one
//! lexicon, the forms are numbered by it, and the batches are turned round, so that neither the number of threads nor
//! their luck can be seen in the result.

use std::{ops::Range, sync::Mutex};

use rayon::prelude::*;

use crate::{
    model::{CaseFile, CaseId, Library},
    search::{
        batch::{self, Batch},
        cards::card,
        fields::fields,
        lexicon::Lexicon,
        names::Names,
        order::{Order, order},
        pack::{Packed, Packer},
        reading::{Extent, Interner, Reader, renumber},
        weight::{Norm, norms},
        words::Folded,
    },
};

/// How much care is taken to make cards small: they are most of what is packed, and four times the care makes them no
/// more than one hundredth smaller.
const CARE: i32 = 1;

/// Every case of a library, ready to be indexed.
#[derive(Debug)]
pub struct Collection {
    /// How the cases are numbered.
    pub order: Order,
    /// Every form of a word.
    pub lexicon: Lexicon,
    /// What a word counts in each case.
    pub norms: Vec<Norm>,
    /// The cases, turned round.
    pub batches: Vec<Batch>,
}

impl Collection {
    /// The collection of a library, and the packed card of each case. `prose` gives the plain words of a case's body.
    pub fn of(library: &Library, prose: impl Fn(&CaseFile) -> String + Sync) -> (Collection, Vec<Packed>) {
        let (order, names) = rayon::join(|| order(library), || Names::of(&library.glossary));
        let desks = Mutex::new(Desks { idle: Vec::new(), made: 0 });
        let read = |cases: &[CaseId]| {
            let mut desk = desks.lock().expect("no reader panics").take(&names);
            let part = desk.read(library, cases, &prose);
            desks.lock().expect("no reader panics").idle.push(desk);
            part
        };
        let mut parts: Vec<Part> = order.cases.par_chunks(batch::SIZE).map(read).collect();
        let desks = desks.into_inner().expect("no reader panics").idle;
        let (lexicon, numbers) = numbered(desks, &library.config.language);
        let cards = parts.iter_mut().flat_map(|part| std::mem::take(&mut part.cards)).collect();
        let extents: Vec<Extent> = parts.iter().flat_map(|part| part.extents.iter().copied()).collect();
        let turned = |(n, mut part): (usize, Part)| {
            renumber(&mut part.words, &numbers[part.desk]);
            Batch::of(n * batch::SIZE, &part.ranges, &part.words, lexicon.forms.len())
        };
        let batches = parts.into_par_iter().enumerate().map(turned).collect();
        (Collection { order, lexicon, norms: norms(&extents), batches }, cards)
    }
}

/// A batch of cases as they were read.
struct Part {
    /// By whose list of forms.
    desk: usize,
    words: Box<[u32]>,
    /// Which of the words are of each case.
    ranges: Vec<Range<usize>>,
    extents: Vec<Extent>,
    cards: Vec<Packed>,
}

/// What a thread has before it while it reads: there are as many as threads that read at once.
struct Desk<'a> {
    number: usize,
    reader: Reader<'a>,
    packer: Packer,
    words: Vec<u32>,
    content: Vec<u8>,
}

/// The desks at which nobody reads, and how many there are in all.
struct Desks<'a> {
    idle: Vec<Desk<'a>>,
    made: usize,
}

impl<'a> Desks<'a> {
    fn take(&mut self, names: &'a Names) -> Desk<'a> {
        self.idle.pop().unwrap_or_else(|| {
            let number = self.made;
            self.made += 1;
            Desk {
                number,
                reader: Reader::new(names),
                packer: Packer::new(CARE),
                words: Vec::new(),
                content: Vec::new(),
            }
        })
    }
}

impl Desk<'_> {
    /// Reads the words of all the cases and then packs all their cards: each of the two has tables that fill a
    /// processor's cache.
    fn read(&mut self, library: &Library, cases: &[CaseId], prose: &impl Fn(&CaseFile) -> String) -> Part {
        let cases = cases.iter().map(|&case| &library.cases[case]);
        let texts: Vec<String> = cases.clone().map(|case| prose(&case.file)).collect();
        let cases = cases.zip(&texts);
        let (mut ranges, mut extents) = (Vec::new(), Vec::new());
        self.words.clear();
        for (case, text) in cases.clone() {
            let start = self.words.len();
            extents.push(self.reader.read(&fields(library, case, text), &mut self.words));
            ranges.push(start..self.words.len());
        }
        let packed = cases.map(|(case, text)| {
            card(library, case, text).write(&mut self.content);
            self.packer.pack(&self.content)
        });
        Part { desk: self.number, words: self.words.as_slice().into(), ranges, extents, cards: packed.collect() }
    }
}

/// The lexicon of all desks, and for each desk the numbers of its forms.
fn numbered(mut desks: Vec<Desk<'_>>, language: &str) -> (Lexicon, Vec<Vec<u32>>) {
    desks.sort_unstable_by_key(|desk| desk.number);
    let lists: Vec<Vec<Box<str>>> = desks.into_iter().map(|desk| desk.reader.interner.forms).collect();
    let mut all = Interner::default();
    let ids: Vec<Vec<u32>> =
        lists.iter().map(|forms| forms.iter().map(|form| all.number(Folded::of(form))).collect()).collect();
    let forms = all.forms;
    let lexicon = Lexicon::of(forms.clone(), language);
    let number = |form: &str| lexicon.find(form).expect("the lexicon has every form that was read") as u32;
    let numbers: Vec<u32> = forms.par_iter().map(|form| number(form)).collect();
    let of_desk = |ids: Vec<u32>| ids.into_iter().map(|id| numbers[id as usize]).collect();
    let numbers = ids.into_iter().map(of_desk).collect();
    (lexicon, numbers)
}
