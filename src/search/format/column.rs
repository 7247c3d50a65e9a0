//! A number for each case, in the order of the index: its rank by date, its rank by title, or a year. Varints.
//!
//! Years stand in one file, the first years and then the last: 0 is a case without a period, 1 a side that is open, any
//! other the year plus 32,770.

use crate::search::{bits::varint, cards::Years};

/// A file of ranks.
pub fn ranks(ranks: &[usize]) -> Vec<u8> {
    let mut file = Vec::new();
    ranks.iter().for_each(|&rank| varint(&mut file, rank));
    file
}

/// A file of years.
pub fn years(periods: &[Option<Years>]) -> Vec<u8> {
    let mut file = Vec::new();
    for side in [|years: &Years| years.from, |years: &Years| years.to] {
        for period in periods {
            let year =
                period.as_ref().map_or(0, |years| side(years).map_or(1, |year| (i32::from(year) + 32_770) as usize));
            varint(&mut file, year);
        }
    }
    file
}
