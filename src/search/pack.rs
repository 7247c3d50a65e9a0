//! Content → a packed file and the hash that names it.
//!
//! Every packed file is one gzip member, made here so that the result does not depend on the host's compression. The
//! files are small, many, and complete in memory, which libdeflate compresses in half the time of zlib.

use std::fmt;

use libdeflater::{CompressionLvl, Compressor};

/// The digits of a hash that name a file.
pub const DIGITS: usize = 10;

/// A packed file, and the hash of its content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Packed {
    /// The file.
    pub bytes: Vec<u8>,
    /// The hash of the content.
    pub hash: blake3::Hash,
}

/// Packs one file after the other.
pub struct Packer {
    compressor: Compressor,
    buffer: Vec<u8>,
}

impl Packer {
    /// A packer with a compression level from 1 to 12.
    pub fn new(level: i32) -> Packer {
        let level = CompressionLvl::new(level).expect("a level from 1 to 12");
        Packer { compressor: Compressor::new(level), buffer: Vec::new() }
    }

    /// Packs the content of a file.
    pub fn pack(&mut self, content: &[u8]) -> Packed {
        let most = self.compressor.gzip_compress_bound(content.len());
        if self.buffer.len() < most {
            self.buffer.resize(most, 0);
        }
        let length = self.compressor.gzip_compress(content, &mut self.buffer);
        let length = length.expect("there is room for what cannot be packed");
        Packed { bytes: self.buffer[..length].into(), hash: blake3::hash(content) }
    }
}

impl fmt::Debug for Packer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Packer").finish_non_exhaustive()
    }
}

/// A file that is not compressed, since compression would not make it smaller.
pub fn unpacked(content: Vec<u8>) -> Packed {
    Packed { hash: blake3::hash(&content), bytes: content }
}

impl Packed {
    /// The name of the file.
    pub fn name(&self) -> String {
        name(&self.hash)
    }
}

/// The name of a file whose content has this hash.
pub fn name(hash: &blake3::Hash) -> String {
    hash.to_hex()[..DIGITS].to_owned()
}
