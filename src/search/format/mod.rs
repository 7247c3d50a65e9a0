//! The records of the index: one kind in each module, with its fields in order.
//!
//! | file below `/search/` | record |
//! |---|---|
//! | `meta.json` | [`head`]: the only one with a fixed name |
//! | `catalogue.….bin` | [`catalogue`]: which records of words and cards there are, and the facets of every case |
//! | `words/….bin` | [`shard`]: a range of forms with their [`postings`](mod@postings) |
//! | `prefixes/….bin` | the same, of prefixes that many forms share |
//! | `positions/….bin` | [`positions`]: the positions of each form of a range, for phrases |
//! | `spellings/….bin` | [`spellings`]: a range of forms, to correct mistyped words |
//! | `dictionary/….bin` | [`dictionary_filter`](super::dictionary_filter): a range of common words that no case has |
//! | `prefixes.….bin`, `positions.….bin`, `spellings.….bin` | which records of these kinds there are |
//! | `columns/….bin` | [`mod@column`]: pieces of an order, and years |
//! | `cards/….bin` | [`Card`](super::cards::ResultCard): what a result shows of a case, as JSON |
//! | `texts/….bin` | the rest of a long text, for excerpts |
//!
//! Every `.bin` but those of positions, which do not compress, is one gzip member, packed here so that it does not
//! depend on what a host compresses.

pub mod catalogue;
pub mod column;
pub mod head;
pub mod positions;
pub mod postings;
pub mod shard;
pub mod spellings;

/// The most UTF-16 units of a prefix that two forms share. A form may be as long as a name of the glossary, and the
/// length of its prefix is one character.
const LONGEST_PREFIX: usize = 64;

/// Encodes a sorted list of forms as text, one to a line: the length of the prefix that it shares with the form before,
/// in UTF-16 units (as JavaScript cuts texts), as a character counted from `0`; then the rest of the form.
pub fn front_coded<'a>(forms: impl Iterator<Item = &'a str>) -> String {
    let mut text = String::new();
    let mut before = "";
    for form in forms {
        let (mut bytes, mut units) = (0, 0);
        for (_, c) in before.chars().zip(form.chars()).take_while(|(a, b)| a == b) {
            if units + c.len_utf16() > LONGEST_PREFIX {
                break;
            }
            bytes += c.len_utf8();
            units += c.len_utf16();
        }
        text.push(char::from(b'0' + units as u8));
        text.push_str(&form[bytes..]);
        text.push('\n');
        before = form;
    }
    text.pop();
    text
}
