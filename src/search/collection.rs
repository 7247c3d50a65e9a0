//! The collection: every case of a library as numbered words, in the order of the index.
//!
//! Cases are read in parallel, each thread with a list of forms of its own, and turned round at once, a batch at a
//! time; the lists become one lexicon, and the forms are numbered by it, so that neither the number of threads nor
//! their luck can be seen in the result.

use rayon::prelude::*;

use crate::{
    model::{CaseFile, Library},
    search::{
        batch::{self, Batch},
        cards::card,
        fields::fields,
        lexicon::Lexicon,
        names::Names,
        order::{Order, order},
        pack::{Packed, Packer},
        reading::{Extent, Interner, Reader},
        weight::{Norm, norms},
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
        let order = order(library);
        let names = Names::of(&library.glossary);
        let size = order.cases.len().div_ceil(4 * rayon::current_num_threads()).max(1);
        let parts = order.cases.par_chunks(size).enumerate();
        let mut parts: Vec<Part> = parts.map(|(n, cases)| Part::of(library, n * size, cases, &names, &prose)).collect();
        let (lexicon, numbers) = numbered(&mut parts, &library.config.language);
        let renumber = |(part, numbers): (&mut Part, &Vec<u32>)| {
            part.batches.iter_mut().for_each(|batch| batch.renumber(numbers));
        };
        parts.par_iter_mut().zip(&numbers).for_each(renumber);
        let cards = parts.iter_mut().flat_map(|part| std::mem::take(&mut part.cards)).collect();
        let extents: Vec<Extent> = parts.iter().flat_map(|part| part.extents.iter().copied()).collect();
        let batches = parts.into_iter().flat_map(|part| part.batches).collect();
        (Collection { order, lexicon, norms: norms(&extents), batches }, cards)
    }
}

/// Some cases, read with a list of forms of their own.
struct Part {
    forms: Vec<Box<str>>,
    batches: Vec<Batch>,
    extents: Vec<Extent>,
    cards: Vec<Packed>,
}

impl Part {
    fn of(
        library: &Library,
        first: usize,
        cases: &[usize],
        names: &Names,
        prose: &impl Fn(&CaseFile) -> String,
    ) -> Part {
        let mut reader = Reader::new(names);
        let mut packer = Packer::new(CARE);
        let (mut words, mut ranges, mut content) = (Vec::new(), Vec::new(), Vec::new());
        let mut part = Part { forms: Vec::new(), batches: Vec::new(), extents: Vec::new(), cards: Vec::new() };
        for (n, cases) in cases.chunks(batch::SIZE).enumerate() {
            words.clear();
            ranges.clear();
            for &case in cases {
                let case = &library.cases[case];
                let prose = prose(&case.file);
                let start = words.len();
                part.extents.push(reader.read(&fields(library, case, &prose), &mut words));
                ranges.push(start..words.len());
                card(library, case, &prose).write(&mut content);
                part.cards.push(packer.pack(&content));
            }
            part.batches.push(Batch::of(first + n * batch::SIZE, &ranges, &words, reader.interner.forms.len()));
        }
        part.forms = reader.interner.forms;
        part
    }
}

/// The lexicon of all parts, and for each part the numbers of its forms.
fn numbered(parts: &mut [Part], language: &str) -> (Lexicon, Vec<Vec<u32>>) {
    let mut all = Interner::default();
    let ids: Vec<Vec<u32>> = (parts.iter_mut())
        .map(|part| std::mem::take(&mut part.forms).iter().map(|form| all.number(form)).collect())
        .collect();
    let forms = all.forms;
    let lexicon = Lexicon::of(forms.clone(), language);
    let number = |form: &str| lexicon.find(form).expect("the lexicon has every form that was read") as u32;
    let numbers: Vec<u32> = forms.par_iter().map(|form| number(form)).collect();
    let of_part = |ids: Vec<u32>| ids.into_iter().map(|id| numbers[id as usize]).collect();
    let numbers = ids.into_iter().map(of_part).collect();
    (lexicon, numbers)
}
