//! Bits and small numbers, as the records of the index write them.
//!
//! A varint has seven bits in each byte, lowest first. Rice code: a quotient in ones, a zero, then `k` bits, highest
//! bit first; a quotient of 24 or more is 24 ones and the number itself in 32 bits, so that no number is long.

/// The quotient from which a number is written plainly.
const ESCAPE: u32 = 24;

/// Writes bits, the highest of each byte first.
#[derive(Default)]
pub struct Bits {
    bytes: Vec<u8>,
    free: u32,
}

impl Bits {
    /// Writes the lowest `count` bits of a number.
    pub fn bits(&mut self, value: u32, count: u32) {
        for n in (0..count).rev() {
            if self.free == 0 {
                self.bytes.push(0);
                self.free = 8;
            }
            self.free -= 1;
            if value >> n & 1 == 1
                && let Some(last) = self.bytes.last_mut()
            {
                *last |= 1 << self.free;
            }
        }
    }

    /// Writes a number in Rice code.
    pub fn rice(&mut self, value: u32, k: u32) {
        let quotient = value >> k;
        if quotient >= ESCAPE {
            self.bits(u32::MAX, ESCAPE);
            self.bits(value, 32);
        } else {
            self.bits((1 << quotient) - 1, quotient);
            self.bits(0, 1);
            self.bits(value, k);
        }
    }

    /// The bytes, the last one filled with zeros.
    pub fn finish(self) -> Vec<u8> {
        self.bytes
    }
}

/// Writes a number in as many bytes as it needs.
pub fn varint(bytes: &mut Vec<u8>, mut value: usize) {
    while value >= 0x80 {
        bytes.push((value & 0x7f) as u8 | 0x80);
        value >>= 7;
    }
    bytes.push(value as u8);
}

/// The `k` that suits numbers whose mean is `sum / count`.
pub fn rice_k(sum: usize, count: usize) -> u32 {
    (69 * sum / (100 * count.max(1))).max(1).ilog2()
}
