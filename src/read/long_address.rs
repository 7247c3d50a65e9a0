//! Reports addresses that are too long for a path on the disk.
//!
//! Takes a document, and gives a problem for each of its addresses that no disk can hold: its own, its old ones, and
//! those of the terms of a vocabulary.

use super::Document;
use crate::{
    model::{Address, document::VocabularyFile},
    problem::{Problem, Spot, Written, message},
};

/// The problems of the addresses of a document.
pub(super) fn long_addresses(document: &Document, problems: &mut Vec<Problem>) {
    let mut check = |address: &Address, spot: &Spot| {
        if address.is_too_long() {
            problems.push(message::address::too_long(spot));
        }
    };
    let aliases: &[Written<Address>] = match document {
        Document::Case(case) => {
            check(&case.address, &case.slug.spot);
            &case.aliases
        }
        Document::Page(page) => {
            check(&page.address.value, &page.address.spot);
            &page.aliases
        }
        Document::Vocabulary(vocabulary) => return of_terms(vocabulary, check),
        _ => return,
    };
    aliases.iter().for_each(|alias| check(&alias.value, &alias.spot));
}

fn of_terms(vocabulary: &VocabularyFile, mut check: impl FnMut(&Address, &Spot)) {
    for term in &vocabulary.terms {
        check(&Address::page([vocabulary.id.as_str(), term.id.value.as_str()]), &term.id.spot);
    }
}
