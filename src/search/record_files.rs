//! Records → files: records that follow one another are a batch, which shares a name or, for hosts that limit the
//! number of files, a file.
//!
//! Names are hashes, which do not compress, and browsers read the list of all names. So a batch has one name, and the
//! file of a record adds its position in the batch. The hash of a record decides whether a batch ends there. So after
//! an edit, most batches end where they ended before, and most files keep their names.
//!
//! In a shared file, records follow one another, and a browser requests the range that it needs. Each is padded to a
//! multiple of `UNIT`, so that one character can encode its length; its last byte is the length of the padding. A
//! host without support for ranges sends the whole file, so only a few records share one.

use blake3::Hash;

use crate::search::{
    SearchFiles,
    format::catalogue::RecordList,
    pack::{DIGITS, Packed},
};

/// The length of a record in a shared file is a multiple of this number of bytes.
const UNIT: usize = 64;

/// A longer record, in bytes, has a file of its own, since one character can encode only so much. It is the record of
/// the positions of a word such as "the" in a very large library.
const LONGEST_SHARED: usize = 1 << 20;

/// In place of a length: the record has a file of its own, without padding.
const ALONE: char = '0';

/// How many records a batch has, and whether they share a file.
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
    let is_alone = |record: &Packed| is_shared && record.bytes.len() > LONGEST_SHARED;
    while let Some(record) = records.next() {
        let is_end = batch.len() + 1 >= least && usize::from(record.hash.as_bytes()[0]).is_multiple_of(least);
        let is_next_to_alone = is_alone(&record) || records.peek().is_some_and(is_alone);
        batch.push(record);
        if !is_end && !is_next_to_alone && batch.len() < 4 * least && records.peek().is_some() {
            continue;
        }
        let is_taken =
            |name: &str| [".bin", "-0.bin"].iter().any(|end| files.contains_key(&format!("{folder}/{name}{end}")));
        let name = free_name(&hash_of(&batch), is_taken);
        list.batches.push(batch.len());
        if batch.iter().any(is_alone) {
            list.sizes.push(ALONE);
            files.extend(batch.drain(..).map(|record| (format!("{folder}/{name}.bin"), record.bytes)));
        } else if is_shared {
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
    char::from_u32(u32::from(b'0') + units).expect("a shared record is so short that its length is below surrogates")
}

/// The name of a batch: the first digits of its hash, and more if another batch has these already.
fn free_name(hash: &Hash, is_taken: impl Fn(&str) -> bool) -> String {
    let hex = hash.to_hex();
    let name = (DIGITS..hex.len()).map(|digits| &hex[..digits]).find(|name| !is_taken(name));
    name.unwrap_or(&hex).to_owned()
}

fn hash_of(records: &[Packed]) -> Hash {
    let mut hasher = blake3::Hasher::new();
    records.iter().for_each(|record| {
        hasher.update(record.hash.as_bytes());
    });
    hasher.finalize()
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
    fn a_name_that_is_taken_gets_more_digits() {
        let hash = blake3::hash(b"words");
        let (first, second) = (&hash.to_hex()[..DIGITS], &hash.to_hex()[..DIGITS + 1]);
        assert_eq!(free_name(&hash, |_| false), first);
        assert_eq!(free_name(&hash, |name| name == first), second);
    }

    #[test]
    fn a_record_too_long_for_one_character_has_a_file_of_its_own() {
        let mut files = SearchFiles::new();
        let long = unpacked(vec![7; LONGEST_SHARED + 1]);
        let least_lengths = records(&[1, 63]).into_iter().chain([long.clone()]).chain(records(&[2, LONGEST_SHARED]));
        let list = write_records("words", least_lengths.collect(), Batching { least: 9, is_shared: true }, &mut files);
        assert_eq!(list.batches, [2, 1, 2]);
        let sizes: Vec<u32> = list.sizes.chars().map(|size| u32::from(size) - u32::from(b'0')).collect();
        assert_eq!(sizes, [1, 1, 0, 1, (LONGEST_SHARED / UNIT) as u32 + 1]);
        assert!(list.sizes.encode_utf16().count() == 5, "each length is one unit of a text in JavaScript");
        assert_eq!(files[&format!("words/{}.bin", list.names[1])], long.bytes);
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
