//! Numbers for each case, as varints: pieces of an order, and years.
//!
//! An order by date or by title is stored in pieces, as a sequence of the numbers of the cases, so that a reader of the
//! first few need not load the rest. Years are in one file, in the order of the index: all first years, then all last
//! years. 0 is a case without a period, 1 an open side, any other number the year plus 32,770.

use crate::{
    model::ids::Id,
    search::{bits::varint, cards::CardYears, order::DocumentNumber},
};

/// The number of cases in a piece of an order.
pub const PIECE: usize = 512;

/// Encodes a piece of an order.
pub fn piece(cases: &[DocumentNumber]) -> Vec<u8> {
    let mut file = Vec::new();
    cases.iter().for_each(|&case| varint(&mut file, case.position()));
    file
}

/// Encodes the years of all cases.
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
