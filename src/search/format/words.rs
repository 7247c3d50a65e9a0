//! A range of forms with the cases that have them.
//!
//! A file: the length of the forms' text (varint), the forms front-coded; for each form its group (varint: 0 alone,
//! else a number that the forms of one word share within the file), how many cases have it (varint) and the length of
//! its block (varint); how many members of groups stand in other files (varint), each as the number of the group
//! (varint), the length (varint) and the text of the form; the blocks.

use std::collections::BTreeMap;

use crate::search::{bits::varint, format::front_coded, lexicon::Lexicon, postings::Entry};

/// The file of the forms of a range.
pub fn file(lexicon: &Lexicon, entries: &[Entry], range: std::ops::Range<usize>) -> Vec<u8> {
    let text = front_coded(range.clone().map(|form| &*lexicon.forms[form]));
    let mut groups: BTreeMap<usize, usize> = BTreeMap::new();
    let mut far = Vec::new();
    let mut columns = Vec::new();
    for form in range.clone() {
        let members = &lexicon.members[lexicon.group[form]];
        let mut number = 0;
        if members.len() > 1 {
            let next = groups.len() + 1;
            number = *groups.entry(lexicon.group[form]).or_insert(next);
            if number == next {
                far.extend(members.iter().filter(|member| !range.contains(member)).map(|&member| (number, member)));
            }
        }
        varint(&mut columns, number);
        varint(&mut columns, entries[form].cases);
        varint(&mut columns, entries[form].postings.len());
    }
    let mut file = Vec::new();
    varint(&mut file, text.len());
    file.extend(text.bytes());
    file.extend(columns);
    varint(&mut file, far.len());
    for (group, form) in far {
        varint(&mut file, group);
        varint(&mut file, lexicon.forms[form].len());
        file.extend(lexicon.forms[form].bytes());
    }
    range.for_each(|form| file.extend(&entries[form].postings));
    file
}
