//! Filters that tell whether a word is a common word of the language. Such a word was probably not mistyped. There is a
//! filter for each range of words, so that a browser loads little for a word.
//!
//! A filter is a sorted set of hashes in Rice code. Every word of its range passes it, and so does one other word in
//! `RATIO`. Three kinds of words are left out: words of the library, which the browser knows from the index; inflected
//! forms, which the browser reduces to their base forms; and words that are not similar to a word of the library, for
//! which no correction is offered. The words come from SCOWL: see `english.txt`.

use rayon::prelude::*;

use crate::search::{
    bits::{Bits, rice_k, varint},
    lexicon::{Lexicon, by_units},
    names::{NameGroup, is_word},
    similar_words::SimilarWords,
    tokenize::parts,
};

/// Base forms of common English words and names, one to a line, with the notice of their licence.
const ENGLISH: &str = include_str!("english.txt");

/// Contractions, as they are folded: "don't" is "dont". The list of words has none.
const CONTRACTIONS: &str = "aint arent cant couldnt didnt doesnt dont hadnt hasnt havent hes isnt lets mustnt neednt \
    shant shes shouldnt thats theres theyd theyll theyre theyve wasnt werent weve whats whos wont wouldnt youd youll \
    youre youve";

/// Shorter words stay in their filter even if the library has them: an inflected form may share too few letters with a
/// short word to be recognised.
const SHORT: usize = 6;

/// The number of possible hashes for each word of the filter: one mistyped word in this number passes it. It is not a
/// power of two, so that the remainder depends on all bits of a hash.
const RATIO: usize = 500;

/// The common words for the filters of a library, sorted; none if there is no list for its language.
pub fn dictionary_words(language: &str, lexicon: &Lexicon, names: &[NameGroup]) -> Option<Vec<Box<str>>> {
    let is_english = language.split('-').next().is_some_and(|first| first.eq_ignore_ascii_case("en"));
    let base_forms = ENGLISH.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    is_english.then(|| {
        let of_names: Vec<String> = names.iter().flat_map(|group| &group.names).flat_map(|name| parts(name)).collect();
        let of_documents = lexicon.forms.values().iter().map(|form| &**form).filter(|form| is_word(form));
        let similar = SimilarWords::of(of_documents.chain(of_names.iter().map(String::as_str)));
        let words = base_forms.chain(CONTRACTIONS.split(' '));
        let words: Vec<&str> = words.filter(|word| word.len() < SHORT || lexicon.find(word).is_none()).collect();
        let has_correction = |word: &&str| lexicon.has_prefix(word) || is_similar(word, &similar);
        let mut words: Vec<Box<str>> = words.into_par_iter().filter(has_correction).map(Box::from).collect();
        words.sort_unstable_by(|a, b| by_units(a, b));
        words
    })
}

/// Is a word, or a usual inflection of it, similar to a word of the library?
fn is_similar(word: &str, similar: &SimilarWords) -> bool {
    let without_e = word.strip_suffix('e').unwrap_or(word);
    let with_i =
        word.strip_suffix('y').filter(|start| !start.ends_with(['a', 'e', 'o', 'u'])).map(|start| format!("{start}i"));
    let has_sibilant = ["s", "x", "z", "ch", "sh"].iter().any(|ending| word.ends_with(ending));
    let plural = match &with_i {
        Some(start) => format!("{start}es"),
        None => format!("{word}{}", if has_sibilant { "es" } else { "s" }),
    };
    let past = format!("{}ed", with_i.as_deref().unwrap_or(without_e));
    [word, &plural, &past, &format!("{without_e}ing")].iter().any(|form| similar.has(form))
}

/// Encodes a filter: the numbers of words and of possible hashes (varints), `k` (a byte), and the gaps between the
/// sorted hashes of the words in Rice code of `k`, in one stream of bits.
pub fn encode<'a>(words: impl Iterator<Item = &'a str>) -> Vec<u8> {
    let hashes: Vec<u32> = words.map(hash).collect();
    let limit = (hashes.len() * RATIO).max(1) as u32;
    let mut hashes: Vec<u32> = hashes.into_iter().map(|hash| hash % limit).collect();
    hashes.sort_unstable();
    hashes.dedup();
    let k = rice_k(limit as usize, hashes.len());
    let mut bytes = Vec::new();
    varint(&mut bytes, hashes.len());
    varint(&mut bytes, limit as usize);
    bytes.push(k as u8);
    let mut bits = Bits::after(bytes);
    let mut next = 0;
    for hash in hashes {
        bits.rice(hash - next, k);
        next = hash + 1;
    }
    bits.finish()
}

/// FNV-1a over UTF-16 units, as in the browser.
fn hash(word: &str) -> u32 {
    word.encode_utf16().fold(0x811c_9dc5, |hash, unit| (hash ^ u32::from(unit)).wrapping_mul(0x0100_0193))
}
