//! The impact of a form in a case: its BM25F weight without the inverse document frequency, as a number from 1 to 255.
//!
//! Each weight has a reason that holds in any library, beside it. How large it is was measured on 2,000 public posts of
//! another site, by whether a post is found again by words of its title and of its text; none was set by questions to
//! the sample library.

use crate::search::{fields::FIELDS, reading::Extent};

/// Weight and length normalisation (`b` of BM25F) of each field: title, summary, terms, headings, body, passages of
/// pages.
///
/// - The title is a few words that its author chose to say what the case is about. From 16 on, only questions that
///   quote titles gain, and those in the words of the text lose.
/// - The summary says the same in a sentence or two, and the terms are chosen from a list: a word there says more than
///   one in the body, and less than one in the title, since all cases of a kind share it.
/// - Headings say what a section is about; many cases have the same ones ("What others can learn").
/// - A page that mentions a case describes it from outside, in a sentence that also says other things.
/// - A long body has each word more often without being more about it, so its length counts most; the short fields
///   differ little in length, and terms hardly at all.
const WEIGHTS: [(f32, f32); FIELDS] = [(16.0, 0.3), (2.0, 0.3), (2.0, 0.1), (1.5, 0.3), (1.0, 0.75), (0.7, 0.3)];

/// The saturation of term frequency (`k1` of BM25): how soon further repetitions of a word add little. Above the usual
/// 1.2, since the weight of one occurrence in the title (16) must still differ from that of one in the summary (2).
const SATURATION: f32 = 2.0;

/// The weight of one occurrence of a word in each field of a document.
#[derive(Clone, Copy, Debug)]
pub struct Norm {
    ends: [u32; FIELDS],
    factors: [f32; FIELDS],
}

/// A case with a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Posting {
    /// The number of the case.
    pub case: u32,
    /// The impact of the form there.
    pub impact: u8,
    /// Whether the form is in the title.
    pub in_title: bool,
}

/// The length norms of documents. The first `cases` documents are cases, and the average lengths are those of cases.
pub fn norms(extents: &[Extent], cases: usize) -> Vec<Norm> {
    let mean = mean(&extents[..cases]);
    let norm = |extent: &Extent| {
        let factor = |field: usize| {
            let (weight, tempering) = WEIGHTS[field];
            weight / (1.0 - tempering + tempering * extent.lengths[field] as f32 / mean[field])
        };
        Norm { ends: extent.ends, factors: std::array::from_fn(factor) }
    };
    extents.iter().map(norm).collect()
}

impl Norm {
    /// The impact of a form at these positions of a case, which must be sorted.
    pub fn posting(&self, case: u32, positions: &[u32]) -> Posting {
        let field = |position: u32| self.ends.iter().filter(|&&end| end <= position).count().min(FIELDS - 1);
        let weight: f32 = positions.iter().map(|&position| self.factors[field(position)]).sum();
        let impact = (255.0 * weight / (SATURATION + weight) + 0.5) as u8;
        Posting { case, impact: impact.max(1), in_title: positions[0] < self.ends[0] }
    }
}

/// The mean length of each field, rounded to the nearest quarter of a power of two, so that an edit does not change
/// every score.
fn mean(extents: &[Extent]) -> [f32; FIELDS] {
    std::array::from_fn(|field| {
        let sum: f64 = extents.iter().map(|extent| f64::from(extent.lengths[field])).sum();
        let mean = (sum / extents.len().max(1) as f64).max(1.0);
        f64::exp2((mean.log2() * 4.0).round() / 4.0) as f32
    })
}
