//! Records → files: each in a file of its own, or several together, for hosts that count files.
//!
//! In a file that several share, records stand one after the other, and a browser asks for the piece that it needs. Each
//! is filled up to a multiple of [`UNIT`], so that a single sign tells its length; its last byte says how many bytes fill
//! it up. A host that does not know pieces sends the whole file, so few records share one.

use crate::{
    model::Library,
    search::pack::{Packed, name},
};

/// From how many cases on records share files, where the settings do not say: a case has about three files otherwise, and a
/// common limit is 20,000.
const MANY: usize = 5_000;

/// How many records of words, places or spellings share a file.
pub const TOGETHER: usize = 8;

/// The length of a record that shares its file is a multiple of so many bytes.
const UNIT: usize = 64;

/// Do records share files in a library of so many cases?
pub fn is_together(library: &Library, cases: usize) -> bool {
    library.config.few_files.unwrap_or(cases >= MANY)
}

/// A record, filled up.
fn filled(record: &[u8]) -> Vec<u8> {
    let fill = UNIT - record.len() % UNIT;
    let mut filled = record.to_vec();
    filled.resize(record.len() + fill, 0);
    filled[record.len() + fill - 1] = fill as u8;
    filled
}

/// The sign for the length of a record, counted from `0`.
fn sign(record: &[u8]) -> char {
    let units = record.len() as u32 / UNIT as u32 + 1;
    // Surrogates are no signs: what is longer than some three megabytes cannot be told.
    char::from_u32(u32::from(b'0') + units).expect("a record is far smaller than three megabytes")
}

/// A file of some records, and a sign for the length of each, which are added to `sizes`.
pub fn file(records: &[Packed], sizes: &mut String) -> Packed {
    let mut hasher = blake3::Hasher::new();
    let mut bytes = Vec::new();
    for record in records {
        hasher.update(record.hash.as_bytes());
        bytes.extend(filled(&record.bytes));
        sizes.push(sign(&record.bytes));
    }
    Packed { bytes, hash: hasher.finalize() }
}

/// The name of a file of some records, which share it or its first half.
pub fn name_of(records: &[Packed]) -> String {
    let mut hasher = blake3::Hasher::new();
    records.iter().for_each(|record| {
        hasher.update(record.hash.as_bytes());
    });
    name(&hasher.finalize())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::pack::unpacked;

    #[test]
    fn records_that_share_a_file_are_cut_out_by_their_sizes() {
        let contents: [Vec<u8>; 4] = [0, 1, 63, 130].map(|length| vec![7; length]);
        let records: Vec<Packed> = contents.iter().cloned().map(unpacked).collect();
        let mut sizes = String::new();
        let file = file(&records, &mut sizes);
        assert_eq!(sizes, "1113");
        assert_eq!(file.name(), name_of(&records));
        let mut rest = file.bytes.as_slice();
        for (content, sign) in contents.iter().zip(sizes.chars()) {
            let (piece, after) = rest.split_at((sign as usize - '0' as usize) * UNIT);
            assert_eq!(piece[..piece.len() - usize::from(piece[piece.len() - 1])], **content);
            rest = after;
        }
        assert!(rest.is_empty());
    }
}
