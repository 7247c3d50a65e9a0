//! Redirects of what stood below the page of a term before the term was retired.
//!
//! Takes a library and its combinations; gives old and new addresses: the feed of the term, and its pages with a second
//! term. The page of the term itself is among the redirects of the library. Later pages of a list have none, since what
//! they show changes with every case.

use crate::{
    export::feed::ATOM,
    model::{Address, Library, TermId, vocabulary::Vocabulary},
    site::{combinations::Combinations, plan::term_feed_address},
};

/// The old and the new address of everything below a retired term that its replacement has too.
pub fn redirects<'a>(
    library: &'a Library,
    combinations: &'a Combinations,
) -> impl Iterator<Item = (Address, Address)> + 'a {
    let retired = |vocabulary: &'a Vocabulary| {
        vocabulary.retired.iter().map(move |(old, &by)| ([&*vocabulary.file.id, old.as_str()], by))
    };
    library.vocabularies.iter().flat_map(retired).flat_map(|(old, by)| {
        let feed = library.config.base.origin.is_some().then(|| feed(library, old, by));
        feed.into_iter().chain(pairs(library, combinations, old, by))
    })
}

fn feed(library: &Library, [vocabulary, id]: [&str; 2], by: TermId) -> (Address, Address) {
    (Address::file(&format!("{vocabulary}/{id}/{ATOM}")), term_feed_address(&library.vocabularies, by))
}

fn pairs<'a>(
    library: &'a Library,
    combinations: &'a Combinations,
    old: [&'a str; 2],
    by: TermId,
) -> impl Iterator<Item = (Address, Address)> + 'a {
    let vocabularies = &library.vocabularies;
    combinations.with(by).iter().map(move |&(other, _)| {
        let parts = vocabularies.parts(other);
        let is_first = vocabularies.rank(by) <= vocabularies.rank(other);
        let from = if is_first { [old, parts] } else { [parts, old] };
        (Address::page(from.concat()), vocabularies.pair_address(by, other))
    })
}
