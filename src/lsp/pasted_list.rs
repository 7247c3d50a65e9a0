//! A list from Word or a web page → a Markdown list.
//!
//! Takes lines; gives lines, or none if no line begins like a list item. An item begins with a bullet, or with a number
//! or a letter and a mark. The depth of an item is its indentation; Word has a different bullet for each depth instead.
//! A line that begins no item continues the one before.

/// The mark of a list item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Marker {
    Bullet(char),
    /// A number, or a letter used as one.
    Number,
    Letter,
}

/// The list in Markdown, with a line break at its end.
pub fn markdown_list(lines: &str) -> Option<String> {
    let mut depths: Vec<(usize, Marker)> = Vec::new();
    let mut counts: Vec<usize> = Vec::new();
    let mut list = String::new();
    let mut entries = 0;
    for line in lines.lines().filter(|line| !line.trim().is_empty()) {
        let Some((marker, words)) = entry(line.trim()) else {
            // Lines above the first item are not part of the list.
            match depths.is_empty() {
                true => list.push_str(&format!("{}\n\n", line.trim())),
                false => list.push_str(&format!("{}{}\n", "   ".repeat(depths.len()), line.trim())),
            }
            continue;
        };
        entries += 1;
        let depth = (indent(line), marker);
        match depths.iter().position(|known| *known == depth) {
            Some(known) => depths.truncate(known + 1),
            None => {
                depths.retain(|(indent, _)| *indent <= depth.0);
                depths.push(depth);
            }
        }
        counts.resize(depths.len(), 0);
        let count = counts.last_mut().map_or(1, |count| {
            *count += 1;
            *count
        });
        let mark = match marker {
            Marker::Bullet(_) => "- ".to_owned(),
            Marker::Number | Marker::Letter => format!("{count}. "),
        };
        list.push_str(&format!("{}{mark}{words}\n", "   ".repeat(depths.len() - 1)));
    }
    // A single number is probably the start of a sentence.
    let is_list = entries > 1 || matches!(depths.first(), Some((_, Marker::Bullet(_))));
    is_list.then_some(list)
}

fn indent(line: &str) -> usize {
    line.chars().take_while(|c| c.is_whitespace()).map(|c| if c == '\t' { 4 } else { 1 }).sum()
}

/// The mark of a list item, and its text.
fn entry(line: &str) -> Option<(Marker, &str)> {
    let first = line.chars().next()?;
    let rest = &line[first.len_utf8()..];
    let words = |rest: &'_ str| rest.starts_with([' ', '\t', '\u{a0}']).then(|| rest.trim().len());
    // In Word, the bullet of the second level is the letter o.
    let is_bullet = "•‣◦▪▫●○■□∙·➢–—-*+\u{f0b7}\u{f0a7}".contains(first) || (first == 'o' && rest.starts_with('\t'));
    if is_bullet {
        return words(rest).map(|_| (Marker::Bullet(first), rest.trim()));
    }
    let open = line.strip_prefix('(').unwrap_or(line);
    let digits = open.chars().take_while(char::is_ascii_digit).count();
    let length = if digits > 0 { digits } else { 1 };
    let (number, rest) = open.split_at_checked(length)?;
    let marker = match number.chars().all(|c| c.is_ascii_digit()) {
        true if number.len() <= 3 => Marker::Number,
        false if number.chars().all(|c| c.is_ascii_alphabetic()) => Marker::Letter,
        _ => return None,
    };
    let rest = rest.strip_prefix(['.', ')'])?;
    words(rest).map(|_| (marker, rest.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bullets_and_numbers_become_lists() {
        let list = |text: &str| markdown_list(text).unwrap();
        assert_eq!(list("• one\n•\ttwo\n"), "- one\n- two\n");
        assert_eq!(list("They agreed:\n1) one\n2) two"), "They agreed:\n\n1. one\n2. two\n");
        assert_eq!(list("a) one\nb) two"), "1. one\n2. two\n");
        assert_eq!(list("(1) one\n(2) two"), "1. one\n2. two\n");
    }

    #[test]
    fn depth_is_taken_from_the_bullet_or_the_indentation() {
        let word = "•\tone\no\ttwo\n▪\tthree\no\tfour\n•\tfive\no\tsix\n";
        assert_eq!(markdown_list(word).unwrap(), "- one\n   - two\n      - three\n   - four\n- five\n   - six\n");
        assert_eq!(markdown_list("- one\n    - two\n- three").unwrap(), "- one\n   - two\n- three\n");
        assert_eq!(
            markdown_list("1. one\n• under\n2. two\n• under").unwrap(),
            "1. one\n   - under\n2. two\n   - under\n"
        );
    }

    #[test]
    fn a_line_without_a_mark_continues_the_item_before() {
        assert_eq!(markdown_list("• one\nand more\n\n• two").unwrap(), "- one\n   and more\n- two\n");
        for plain in ["", "One.\nTwo.", "2013 was dry\n2014. Wet", "A. B. Smith wrote", "-5 degrees"] {
            assert_eq!(markdown_list(plain), None, "{plain}");
        }
    }
}
