//! Letters and numbers with which lines begin, and which make no list: `(a)`, `ii.`, `1 -`.

/// A number or a letter with which a line begins: `(1)`, `a)`, `ii.`, `1 -`.
struct Enumerator<'a> {
    label: &'a str,
    has_bracket: bool,
    ending: &'static str,
    /// The bytes of all of it.
    length: usize,
}

impl Enumerator<'_> {
    /// The enumerator of a line. A number with a full stop or a bracket after it makes a list, so it is left out.
    fn of(line: &str) -> Option<Enumerator<'_>> {
        const ENDINGS: [&str; 6] = [")", "）", ".", " -", " –", ":"];
        let inner = line.strip_prefix(['(', '（']).unwrap_or(line);
        let label = &inner[..inner.find(|c: char| !c.is_ascii_alphanumeric())?];
        let ending = ENDINGS.into_iter().find(|ending| inner[label.len()..].starts_with(ending))?;
        let has_bracket = inner.len() < line.len();
        let is_number = (1..=2).contains(&label.len()) && label.bytes().all(|byte| byte.is_ascii_digit());
        let is_of = |is_in: fn(&u8) -> bool| (1..=4).contains(&label.len()) && label.bytes().all(|byte| is_in(&byte));
        let is_letters = is_of(u8::is_ascii_lowercase) || is_of(u8::is_ascii_uppercase);
        let is_one = match ending {
            ")" => has_bracket || is_letters,
            "）" => true,
            "." => !has_bracket && is_letters,
            // "A: Yes." and "A - Smith" may be a person's words and initials.
            _ => !has_bracket && is_number,
        };
        let length = line.len() - inner.len() + label.len() + ending.len();
        let is_followed = line[length..].starts_with([' ', '\t', '\u{a0}']) || ending == "）";
        let is_whole = is_one && is_followed && (is_number || is_letters);
        is_whole.then_some(Enumerator { label, has_bracket, ending, length })
    }

    /// Does the other follow it in order?
    fn is_before(&self, next: &Enumerator<'_>) -> bool {
        const NUMERALS: [&str; 8] = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii"];
        let (a, b) = (self.label, next.label);
        let number = |label: &str| label.parse::<u8>().ok();
        let is_next_number = number(a).is_some_and(|a| number(b) == Some(a + 1));
        // "A. Smith" and "B. Jones" are people.
        let may_be_initials = self.ending == "." && a.starts_with(char::is_uppercase);
        let is_next_letter = a.len() == 1 && b.len() == 1 && !may_be_initials && a.as_bytes()[0] + 1 == b.as_bytes()[0];
        let is_next_numeral = NUMERALS
            .windows(2)
            .any(|pair| *pair == [a, b] || pair[0].eq_ignore_ascii_case(a) && pair[1].to_ascii_uppercase() == b);
        let is_alike = self.has_bracket == next.has_bracket && self.ending == next.ending;
        is_alike && (is_next_number || is_next_letter || is_next_numeral)
    }
}

/// The length of the mark of the first of two lines, if they begin with letters or numbers in order: `(a)` and `(b)`,
/// `i)` and `ii)`, `1 -` and `2 -`.
pub(super) fn letters_in_order(first: &str, second: &str) -> Option<usize> {
    let (mark, next) = (Enumerator::of(first)?, Enumerator::of(second)?);
    mark.is_before(&next).then_some(mark.length)
}
