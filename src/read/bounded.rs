//! The first or the last bytes of a text, cut between characters.
//!
//! A search for the other end of a mark looks only at these. If every mark searched the whole text, a hostile text
//! would take quadratic time.

/// The most bytes of a mark such as `[[name]]`; a longer text was not meant as one.
pub(super) const LONGEST_MARK: usize = 300;

/// The first bytes of a text: at most so many, or a few more so that no character is cut.
pub(super) fn first_bytes(text: &str, most: usize) -> &str {
    let end = (most..text.len()).find(|&end| text.is_char_boundary(end));
    &text[..end.unwrap_or(text.len())]
}

/// The last bytes of a text: at most so many, or a few less so that no character is cut.
pub(super) fn last_bytes(text: &str, most: usize) -> &str {
    let start = (text.len().saturating_sub(most)..text.len()).find(|&start| text.is_char_boundary(start));
    &text[start.unwrap_or(text.len())..]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_character_is_cut() {
        assert_eq!((first_bytes("éa", 1), first_bytes("éa", 2), first_bytes("éa", 9)), ("é", "é", "éa"));
        assert_eq!((last_bytes("aé", 1), last_bytes("aé", 2), last_bytes("aé", 9)), ("", "é", "aé"));
        assert_eq!((first_bytes("é", 0), last_bytes("é", 0)), ("", ""));
    }
}
