//! Counts the words of a body: runs of text between spaces, even if markup begins inside one.

/// The words counted so far.
#[derive(Default)]
pub(super) struct WordCount {
    pub(super) count: usize,
    is_in_word: bool,
}

impl WordCount {
    /// Counts the words of a text, whose first word may continue the text before.
    pub(super) fn add(&mut self, text: &str) {
        let bytes = text.as_bytes();
        let (Some(&first), Some(&last)) = (bytes.first(), bytes.last()) else { return };
        self.count += usize::from(!self.is_in_word & (first > b' '));
        // Few enough that a byte can hold their number, so that they are counted at once.
        for (befores, bytes) in bytes.chunks(128).zip(bytes[1..].chunks(128)) {
            let begins = |(&before, &byte): (&u8, &u8)| u8::from((before <= b' ') & (byte > b' '));
            self.count += usize::from(befores.iter().zip(bytes).map(begins).sum::<u8>());
        }
        self.is_in_word = last > b' ';
    }

    /// Ends a word, where a line or a block ends.
    pub(super) fn end_word(&mut self) {
        self.is_in_word = false;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn words_are_split_at_blanks(text in "[a-é \\n]{0,400}", at in 0..400_usize) {
            let at = (0..=at.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
            let mut words = WordCount::default();
            words.add(&text[..at]);
            words.add(&text[at..]);
            words.end_word();
            words.add("one");
            prop_assert_eq!(words.count, text.split_ascii_whitespace().count() + 1);
        }
    }
}
