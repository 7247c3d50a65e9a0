//! Records → files: each in a file of its own, or several together, for hosts that limit the number of files.
//!
//! In a shared file, records follow one another, and a browser requests the range that it needs. Each is padded to a
//! multiple of `UNIT`, so that one character can encode its length; its last byte is the length of the padding. A
//! host without support for ranges sends the whole file, so only a few records share one.

use crate::search::pack::{Packed, name};

/// The number of records of words, positions or spellings in a shared file.
pub const TOGETHER: usize = 8;

/// The length of a record in a shared file is a multiple of this number of bytes.
const UNIT: usize = 64;

/// A record with its padding.
fn filled(record: &[u8]) -> Vec<u8> {
    let fill = UNIT - record.len() % UNIT;
    let mut filled = record.to_vec();
    filled.resize(record.len() + fill, 0);
    filled[record.len() + fill - 1] = fill as u8;
    filled
}

/// The character that encodes the length of a record, counted from `0`.
fn sign(record: &[u8]) -> char {
    let units = record.len() as u32 / UNIT as u32 + 1;
    // Code points of surrogates are not characters, so no length above some three megabytes can be encoded.
    char::from_u32(u32::from(b'0') + units).expect("a record is far smaller than three megabytes")
}

/// Joins records to a file. Appends the character for the length of each to `sizes`.
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

/// The name of the file of these records, or the first half of the names of their files.
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
    fn records_are_cut_out_of_a_shared_file_by_their_sizes() {
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
