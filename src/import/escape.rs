//! Text and addresses → Markdown, in which no character of theirs has another meaning.

/// Escapes characters with a meaning in Markdown.
pub(super) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    let mut before = ' ';
    while let Some(c) = letters.next() {
        let after = letters.peek().copied().unwrap_or(' ');
        let is_mark = match c {
            '\\' | '`' | '*' | '<' | '[' | ']' | '|' | '~' => true,
            '_' => !(before.is_alphanumeric() && after.is_alphanumeric()),
            '&' => after.is_alphabetic() || after == '#',
            '{' => matches!(after, '{' | '%'),
            _ => false,
        };
        if is_mark {
            escaped.push('\\');
        }
        escaped.push(c);
        before = c;
    }
    escaped
}

/// The number of backticks in a row of which a text has most. Code has one more around it.
pub(super) fn longest_run_of_backticks(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or(0)
}

/// A link to an address. `words` are Markdown.
pub(super) fn link_to(address: &str, words: &str) -> String {
    format!("[{words}]({})", link_destination(address))
}

/// An address as the destination of a link or picture.
pub(super) fn link_destination(address: &str) -> String {
    let mut destination = String::with_capacity(address.len());
    for c in address.chars() {
        match c {
            // A backslash would escape the character after it; the others cannot stand between angle brackets.
            '<' | '>' | '\\' | '\0'..='\x1f' | '\x7f' => destination.push_str(&format!("%{:02X}", u32::from(c))),
            _ => destination.push(c),
        }
    }
    if destination.contains([' ', '(', ')']) { format!("<{destination}>") } else { destination }
}
