//! Parses the inside of a tag: its name, positional arguments and named arguments.

/// A tag's name and arguments.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Arguments {
    pub name: String,
    positional: Vec<String>,
    named: Vec<(String, String)>,
}

impl Arguments {
    /// The first argument with one of these names.
    pub fn named(&self, names: &[&str]) -> Option<&str> {
        let found = names.iter().find_map(|name| self.named.iter().find(|(key, _)| key == name));
        found.map(|(_, value)| value.as_str())
    }

    /// The positional argument with this index.
    pub fn positional(&self, n: usize) -> Option<&str> {
        self.positional.get(n).map(String::as_str)
    }
}

/// Parses the inside of a tag. Arguments may be quoted, and may be in brackets with commas between them.
pub(super) fn arguments(inside: &str) -> Arguments {
    let mut rest = inside.trim().trim_end_matches('/').trim();
    let end = rest.find(|c: char| c.is_whitespace() || c == '(').unwrap_or(rest.len());
    let mut found = Arguments { name: rest[..end].to_owned(), ..Arguments::default() };
    rest = &rest[end..];
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ',' | '(' | ')'));
        if rest.is_empty() {
            return found;
        }
        let key_end = rest.find(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_'))).unwrap_or(rest.len());
        let key = &rest[..key_end];
        let after = rest[key_end..].trim_start();
        if !key.is_empty()
            && let Some(value) = after.strip_prefix(['=', ':'])
        {
            let (value, left) = value_of(value.trim_start());
            found.named.push((key.to_owned(), value));
            rest = left;
        } else {
            let (value, left) = value_of(rest);
            found.positional.push(value);
            rest = left;
        }
    }
}

/// A value, quoted or up to the next space, and the rest.
fn value_of(text: &str) -> (String, &str) {
    if let Some(quote) = text.chars().next().filter(|c| matches!(c, '"' | '\'' | '`'))
        && let Some(end) = closing(&text[1..], quote)
    {
        let value = text[1..=end].replace(&format!("\\{quote}"), &quote.to_string());
        return (value, &text[end + 2..]);
    }
    let end = text.find(|c: char| c.is_whitespace() || matches!(c, ',' | ')')).unwrap_or(text.len());
    // A lone bracket is skipped, so that every step makes progress.
    let end = end.max(text.chars().next().map_or(0, char::len_utf8));
    (text[..end].to_owned(), &text[end..])
}

/// The byte of the closing quotation mark; one after a backslash does not count.
fn closing(text: &str, quote: char) -> Option<usize> {
    let mut is_escaped = false;
    for (at, c) in text.char_indices() {
        match c {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            c if c == quote => return Some(at),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn arguments_are_parsed_in_every_form() {
        let found = arguments(" figure src=\"a b.png\" alt='It\\'s' width=300 loose ");
        assert_eq!(found.name, "figure");
        assert_eq!(found.named(&["src"]), Some("a b.png"));
        assert_eq!(found.named(&["alternative", "alt"]), Some("It's"));
        assert_eq!(found.named(&["width"]), Some("300"));
        assert_eq!(found.positional(0), Some("loose"));
        assert_eq!(arguments("youtube(id=\"x\", autoplay=true)").named(&["id"]), Some("x"));
        assert_eq!(arguments("a \"b c\"").positional(0), Some("b c"));
    }

    proptest! {
        #[test]
        fn arguments_hold_no_more_than_the_tag(inside in "[a-z =\"'(),:\\\\é]{0,40}") {
            let found = arguments(&inside);
            let named = found.named.iter().map(|(name, value)| name.len() + value.len());
            let values: usize = found.positional.iter().map(String::len).chain(named).sum();
            prop_assert!(found.name.len() + values <= inside.len(), "{found:?}");
        }
    }
}
