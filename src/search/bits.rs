//! Bits and small numbers, as the records of the index encode them.
//!
//! A varint has seven bits in each byte, lowest first. Rice code is the quotient in ones, a zero, then the `k` bits of
//! the remainder, highest bit first. A quotient of 24 or more is written as 24 ones and the number itself in 32 bits,
//! so that no code is long.

/// The quotient from which a number is written in 32 bits.
const ESCAPE: u32 = 24;

/// Writes bits, the highest of each byte first.
#[derive(Default)]
pub struct Bits {
    bytes: Vec<u8>,
    /// Bits not written yet, fewer than 32, the latest lowest; bits above `count` have been written.
    waiting: u64,
    count: u32,
}

impl Bits {
    /// A writer that appends to bytes.
    pub fn after(bytes: Vec<u8>) -> Bits {
        Bits { bytes, ..Bits::default() }
    }

    /// Writes the lowest `count` bits of a number, which must have no higher bits.
    pub fn bits(&mut self, value: u32, count: u32) {
        self.waiting = self.waiting << count | u64::from(value);
        self.count += count;
        if self.count >= 32 {
            self.count -= 32;
            self.bytes.extend_from_slice(&((self.waiting >> self.count) as u32).to_be_bytes());
        }
    }

    /// Writes a number in Rice code.
    pub fn rice(&mut self, value: u32, k: u32) {
        let quotient = value >> k;
        if quotient >= ESCAPE {
            self.bits((1 << ESCAPE) - 1, ESCAPE);
            self.bits(value, 32);
        } else if quotient + 1 + k <= 32 {
            self.bits((((1 << (quotient + 1)) - 2) << k) | value & ((1 << k) - 1), quotient + 1 + k);
        } else {
            self.bits((1 << (quotient + 1)) - 2, quotient + 1);
            self.bits(value & ((1 << k) - 1), k);
        }
    }

    /// The bytes. The last one is padded with zeros.
    pub fn finish(mut self) -> Vec<u8> {
        let last = ((self.waiting << (32 - self.count)) as u32).to_be_bytes();
        self.bytes.extend_from_slice(&last[..self.count.div_ceil(8) as usize]);
        self.bytes
    }
}

/// Reads what [`Bits`] wrote.
#[derive(Debug)]
pub struct BitReader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> BitReader<'a> {
    /// A reader of these bytes.
    pub fn new(bytes: &'a [u8]) -> BitReader<'a> {
        BitReader { bytes, at: 0 }
    }

    /// Reads a number in Rice code. Bits beyond the end are zeros.
    pub fn rice(&mut self, k: u32) -> u32 {
        let ones = self.next().leading_ones();
        if ones >= ESCAPE {
            self.at += ESCAPE as usize;
            return self.bits(32);
        }
        self.at += ones as usize + 1;
        ones << k | self.bits(k)
    }

    fn bits(&mut self, count: u32) -> u32 {
        let value = self.next().checked_shr(64 - count).unwrap_or(0);
        self.at += count as usize;
        value as u32
    }

    /// The next bits, at least 57, highest first.
    fn next(&self) -> u64 {
        let rest = self.bytes.get(self.at / 8..).unwrap_or(&[]);
        let next = rest.first_chunk().copied().unwrap_or_else(|| {
            let mut next = [0; 8];
            next[..rest.len()].copy_from_slice(rest);
            next
        });
        u64::from_be_bytes(next) << (self.at % 8)
    }
}

/// Writes a number as a varint.
pub fn varint(bytes: &mut Vec<u8>, mut value: usize) {
    while value >= 0x80 {
        bytes.push((value & 0x7f) as u8 | 0x80);
        value >>= 7;
    }
    bytes.push(value as u8);
}

/// Reads a varint, and removes it from the start of the bytes.
pub fn unvarint(bytes: &mut &[u8]) -> usize {
    let (mut value, mut shift) = (0, 0);
    while let Some((&byte, rest)) = bytes.split_first() {
        *bytes = rest;
        value |= usize::from(byte & 0x7f) << shift;
        shift += 7;
        if byte < 0x80 {
            break;
        }
    }
    value
}

/// The best `k` for numbers whose mean is `sum / count`.
pub fn rice_k(sum: usize, count: usize) -> u32 {
    (69 * sum / (100 * count.max(1))).max(1).ilog2()
}
