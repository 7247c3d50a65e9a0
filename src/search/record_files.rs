//! Records → files: records that follow one another are a batch, which shares a name or, for hosts that limit the number of
//! files, a file.
//!
//! Names are hashes, which do not compress, and browsers read the list of all: so a batch has one name, and the file of a record
//! adds its position in the batch. A batch ends where the hash of a record says so. After an edit, batches soon end where they
//! ended before, so most files keep their names.
//!
//! In a shared file, records follow one another, and a browser requests the range that it needs. Each is padded to a
//! multiple of `UNIT`, so that one character can encode its length; its last byte is the length of the padding. A
//! host without support for ranges sends the whole file, so only a few records share one.

use crate::search::{
    SearchFiles,
    format::catalogue::RecordList,
    pack::{Packed, name},
};

/// The length of a record in a shared file is a multiple of this number of bytes.
const UNIT: usize = 64;

/// How many records are a batch.
#[derive(Clone, Copy, Debug)]
pub struct Batching {
    /// The fewest records of a batch. It has at most four times as many.
    pub least: usize,
    /// Whether a batch is one file.
    pub is_shared: bool,
}

/// Adds records to the files of a folder, and lists them.
pub fn write_records(folder: &str, records: Vec<Packed>, batching: Batching, files: &mut SearchFiles) -> RecordList {
    let Batching { least, is_shared } = batching;
    let (mut list, mut batch) = (RecordList::default(), Vec::<Packed>::new());
    let mut records = records.into_iter().peekable();
    while let Some(record) = records.next() {
        let is_end = batch.len() + 1 >= least && usize::from(record.hash.as_bytes()[0]).is_multiple_of(least);
        batch.push(record);
        if !is_end && batch.len() < 4 * least && records.peek().is_some() {
            continue;
        }
        let name = name_of(&batch);
        list.batches.push(batch.len());
        if is_shared {
            files.insert(format!("{folder}/{name}.bin"), joined(&batch, &mut list.sizes));
            batch.clear();
        }
        for (n, record) in batch.drain(..).enumerate() {
            files.insert(format!("{folder}/{name}-{n}.bin"), record.bytes);
        }
        list.names.push(name);
    }
    list
}

/// Joins records to a file. Appends the character for the length of each to `sizes`.
fn joined(records: &[Packed], sizes: &mut String) -> Vec<u8> {
    sizes.extend(records.iter().map(|record| length_char(&record.bytes)));
    records.iter().flat_map(|record| filled(&record.bytes)).collect()
}

/// A record with its padding.
fn filled(record: &[u8]) -> Vec<u8> {
    let fill = UNIT - record.len() % UNIT;
    let mut filled = record.to_vec();
    filled.resize(record.len() + fill, 0);
    filled[record.len() + fill - 1] = fill as u8;
    filled
}

/// The character that encodes the length of a record, counted from `0`.
fn length_char(record: &[u8]) -> char {
    let units = record.len() as u32 / UNIT as u32 + 1;
    // Code points of surrogates are not characters, so no length above some three megabytes can be encoded.
    char::from_u32(u32::from(b'0') + units).expect("a record is far smaller than three megabytes")
}

/// The name of a batch.
fn name_of(records: &[Packed]) -> String {
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

    fn records(lengths: &[usize]) -> Vec<Packed> {
        lengths.iter().map(|&length| unpacked(vec![length as u8; length])).collect()
    }

    #[test]
    fn records_are_cut_out_of_a_shared_file_by_their_sizes() {
        let mut files = SearchFiles::new();
        let batching = Batching { least: 9, is_shared: true };
        let list = write_records("words", records(&[0, 1, 63, 130]), batching, &mut files);
        assert_eq!((list.sizes.as_str(), list.batches), ("1113", vec![4]));
        let mut rest = files[&format!("words/{}.bin", list.names[0])].as_slice();
        for (content, sign) in records(&[0, 1, 63, 130]).iter().zip(list.sizes.chars()) {
            let (piece, after) = rest.split_at((sign as usize - '0' as usize) * UNIT);
            assert_eq!(piece[..piece.len() - usize::from(piece[piece.len() - 1])], *content.bytes);
            rest = after;
        }
        assert!(rest.is_empty());
    }

    #[test]
    fn a_batch_ends_at_the_same_record_after_one_was_added_before() {
        let ends = |records: Vec<Packed>| {
            let mut files = SearchFiles::new();
            let list = write_records("words", records, Batching { least: 4, is_shared: false }, &mut files);
            assert_eq!((list.batches.iter().sum::<usize>(), list.sizes.as_str()), (files.len(), ""));
            assert!(
                list.batches.iter().all(|&size| size <= 16) && list.batches.iter().rev().skip(1).all(|&size| size >= 4)
            );
            list.names
        };
        let lengths: Vec<usize> = (1..200).collect();
        let before = ends(records(&lengths));
        let after = ends(records(&[&[220], lengths.as_slice()].concat()));
        assert_eq!(before.iter().rev().take(10).collect::<Vec<_>>(), after.iter().rev().take(10).collect::<Vec<_>>());
    }
}
