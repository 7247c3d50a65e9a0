//! The impact of a form in a document: its BM25F weight without the inverse document frequency, from 1 to 255.
//!
//! Each weight has a reason that holds in any library, beside it. How large it is was measured on 2,000 public posts of
//! another site, by whether a post is found again by words of its title and of its text; none was set by questions to
//! the sample library.

use crate::{
    model::ids::IdVec,
    search::{
        fields::{ByField, FIELD_COUNT, Field},
        order::DocumentNumber,
        reading::Extent,
    },
};

/// Weight and length normalisation (`b` of BM25F) of a field.
///
/// - The title is a few words that its author chose to say what the case is about. From 16 on, only questions that
///   quote titles gain, and those in the words of the text lose.
/// - The summary says the same in a sentence or two, and the terms are chosen from a list: a word there says more than
///   one in the body, and less than one in the title, since all cases of a kind share it.
/// - Headings say what a section is about; many cases have the same ones ("What others can learn").
/// - A page that mentions a case describes it from outside, in a sentence that also says other things.
/// - A long body has each word more often without being more about it, so its length counts most; the short fields
///   differ little in length, and terms hardly at all.
fn weight_and_normalisation(field: Field) -> (f32, f32) {
    match field {
        Field::Title => (16.0, 0.3),
        Field::Summary => (2.0, 0.3),
        Field::Terms => (2.0, 0.1),
        Field::Headings => (1.5, 0.3),
        Field::Body => (1.0, 0.75),
        Field::Mentions => (0.7, 0.3),
    }
}

/// The saturation of term frequency (`k1` of BM25): how soon further repetitions of a word add little. Above the usual
/// 1.2, since the weight of one occurrence in the title (16) must still differ from that of one in the summary (2).
const SATURATION: f32 = 2.0;

/// The weight of one occurrence of a word in each field of a document.
#[derive(Clone, Copy, Debug)]
pub struct Norm {
    ends: ByField<u32>,
    factors: ByField<f32>,
}

/// A document with a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Posting {
    /// The document.
    pub document: DocumentNumber,
    /// The impact of the form there.
    pub impact: u8,
    /// Whether the form is in the title.
    pub in_title: bool,
}

/// The length norms of documents. The first `cases` documents are cases, and the average lengths are those of cases.
pub fn norms(extents: &IdVec<DocumentNumber, Extent>, cases: usize) -> IdVec<DocumentNumber, Norm> {
    let mean = mean(&extents.values()[..cases]);
    let norm = |extent: &Extent| {
        let factor = |field| {
            let (weight, normalisation) = weight_and_normalisation(field);
            weight / (1.0 - normalisation + normalisation * extent.lengths[field] as f32 / mean[field])
        };
        Norm { ends: extent.ends, factors: ByField::of(factor) }
    };
    extents.values().iter().map(norm).collect()
}

impl Norm {
    /// The impact of a form at these positions of a document, which must be sorted.
    pub fn posting(&self, document: DocumentNumber, positions: &[u32]) -> Posting {
        let weight: f32 = positions.iter().map(|&position| self.factor(position)).sum();
        let impact = (255.0 * weight / (SATURATION + weight) + 0.5) as u8;
        Posting { document, impact: impact.max(1), in_title: positions[0] < self.ends[Field::Title] }
    }

    /// The weight of a word at a position: that of the field in which the position is.
    fn factor(&self, position: u32) -> f32 {
        let fields_before = self.ends.values().iter().filter(|&&end| end <= position).count();
        self.factors.values()[fields_before.min(FIELD_COUNT - 1)]
    }
}

/// The mean length of each field, rounded to the nearest quarter of a power of two, so that an edit does not change
/// every score.
fn mean(extents: &[Extent]) -> ByField<f32> {
    ByField::of(|field| {
        let sum: f64 = extents.iter().map(|extent| f64::from(extent.lengths[field])).sum();
        let mean = (sum / extents.len().max(1) as f64).max(1.0);
        f64::exp2((mean.log2() * 4.0).round() / 4.0) as f32
    })
}
