//! Content → a packed file and the hash that names it.
//!
//! Every packed file is one gzip member, made here so that it does not matter what a host packs.

use flate2::{Compress, Compression, FlushCompress, Status};

/// A packed file, and the hash of what it holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Packed {
    /// The file.
    pub bytes: Vec<u8>,
    /// The hash of what was packed.
    pub hash: blake3::Hash,
}

/// Packs one file after the other.
#[derive(Debug)]
pub struct Packer {
    compress: Compress,
    room: Vec<u8>,
}

impl Packer {
    /// A packer that takes more care the higher the level is, up to 9.
    pub fn new(level: u32) -> Packer {
        Packer { compress: Compress::new_gzip(Compression::new(level), 15), room: Vec::new() }
    }

    /// Packs the content of a file.
    pub fn pack(&mut self, content: &[u8]) -> Packed {
        self.compress.reset();
        self.room.clear();
        self.room.reserve(content.len() + content.len() / 1000 + 64);
        let packed = self.compress.compress_vec(content, &mut self.room, FlushCompress::Finish);
        assert!(matches!(packed, Ok(Status::StreamEnd)), "there is room for what cannot be packed");
        Packed { bytes: self.room.as_slice().into(), hash: blake3::hash(content) }
    }
}

/// A file that packing would not make smaller.
pub fn unpacked(content: Vec<u8>) -> Packed {
    Packed { hash: blake3::hash(&content), bytes: content }
}

impl Packed {
    /// The name of the file: enough of the hash that no two files share it.
    pub fn name(&self) -> String {
        name(&self.hash)
    }
}

/// The name of what has a hash.
pub fn name(hash: &blake3::Hash) -> String {
    hash.to_hex()[..10].to_owned()
}
