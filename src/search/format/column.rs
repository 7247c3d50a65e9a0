//! Numbers of or for the cases, in varints: pieces of an order, and years.
//!
//! An order by date or by title is stored in pieces, the numbers of the cases one after the other, so that a reader of
//! the first few need not fetch the rest. Years are stored in one file in the order of the index, the first years and then
//! the last: 0 is a case without a period, 1 a side that is open, any other the year plus 32,770.

use crate::search::{bits::varint, cards::CardYears};

/// How many cases a piece of an order has.
pub const PIECE: usize = 512;

/// A file of a piece of an order.
pub fn piece(cases: &[usize]) -> Vec<u8> {
    let mut file = Vec::new();
    cases.iter().for_each(|&case| varint(&mut file, case));
    file
}

/// A file of years.
pub fn years(periods: &[Option<CardYears>]) -> Vec<u8> {
    let mut file = Vec::new();
    for side in [|years: &CardYears| years.from, |years: &CardYears| years.to] {
        for period in periods {
            let year =
                period.as_ref().map_or(0, |years| side(years).map_or(1, |year| (i32::from(year) + 32_770) as usize));
            varint(&mut file, year);
        }
    }
    file
}
