//! References as BibTeX.
//!
//! An entry is `@techreport`, as it is a report in the other formats; the publisher, or else the library, is the
//! institution that this needs. Keywords are separated by semicolons, since a keyword may have a comma. Text is UTF-8,
//! with TeX's special characters written as commands: a brace is never escaped by a backslash, since BibTeX counts
//! escaped braces too. An address is left as it is, because styles print it unchanged; it is percent-encoded, so it has
//! no braces.

use super::reference::Reference;
use crate::model::name::{Name, Person};

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// A reference as a BibTeX entry.
pub fn entry(reference: &Reference<'_>) -> String {
    let mut entry = format!("@techreport{{{}", reference.key);
    let mut field = |name: &str, value: Option<String>| {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            entry.push_str(&format!(",\n  {name} = {value}"));
        }
    };
    let braced = |text: &str| Some(format!("{{{}}}", escaped(text)));
    let month = |month: i8| usize::try_from(month - 1).ok().and_then(|month| MONTHS.get(month));
    // Doubled braces keep a style from changing the letter case.
    field("title", Some(format!("{{{{{}}}}}", escaped(&reference.title))));
    field("author", authors(&reference.authors));
    field("year", reference.date.map(|date| format!("{{{}}}", date.year())));
    field("month", reference.date.and_then(|date| month(date.month())).map(|month| (*month).to_owned()));
    field("day", reference.date.map(|date| format!("{{{}}}", date.day())));
    field("type", braced("Case study"));
    field("series", braced(&reference.collection));
    field("institution", braced(reference.publisher.as_deref().unwrap_or(&reference.collection)));
    field("url", reference.url.as_ref().map(|url| format!("{{{url}}}")));
    field("abstract", braced(&reference.summary));
    field(
        "keywords",
        Some(reference.keywords.join("; ")).filter(|words| !words.is_empty()).and_then(|words| braced(&words)),
    );
    field("language", braced(reference.language));
    field("copyright", reference.licence.and_then(|licence| braced(&licence.name)));
    entry.push_str("\n}\n");
    entry
}

/// References as a BibTeX file.
pub fn library<'a>(references: impl Iterator<Item = Reference<'a>>) -> String {
    references.map(|reference| entry(&reference)).collect::<Vec<_>>().join("\n")
}

fn authors(names: &[Name]) -> Option<String> {
    let names: Vec<String> = names
        .iter()
        .map(|name| match name {
            Name::Person(name) => person(name),
            Name::Body(name) => format!("{{{}}}", escaped(name)),
        })
        .collect();
    (!names.is_empty()).then(|| format!("{{{}}}", names.join(" and ")))
}

/// A name, for example `van der Berg, Jr., Ann`. BibTeX splits a family name at lower-case words, unless it is in
/// braces.
fn person(name: &Person) -> String {
    let has_small = name.family.split(' ').any(|word| word.starts_with(char::is_lowercase));
    let family = if has_small || name.given.is_empty() {
        format!("{{{}}}", escaped(&name.family))
    } else {
        escaped(&name.family)
    };
    let particle = if name.particle.is_empty() { String::new() } else { format!("{} ", escaped(&name.particle)) };
    let rest = [&name.suffix, &name.given].into_iter().filter(|part| !part.is_empty());
    rest.fold(format!("{particle}{family}"), |name, part| format!("{name}, {}", escaped(part)))
}

fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '\\' => escaped.push_str("{\\textbackslash}"),
            '{' => escaped.push_str("{\\textbraceleft}"),
            '}' => escaped.push_str("{\\textbraceright}"),
            '~' => escaped.push_str("{\\textasciitilde}"),
            '^' => escaped.push_str("{\\textasciicircum}"),
            '<' => escaped.push_str("{\\textless}"),
            '>' => escaped.push_str("{\\textgreater}"),
            '&' | '%' | '$' | '#' | '_' => escaped.extend(['\\', c]),
            c if c.is_whitespace() || c.is_control() => escaped.push(' '),
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn special_characters_of_tex_are_written_as_commands() {
        assert_eq!(
            escaped("50% & {a_b}\\ “é”\n"),
            "50\\% \\& {\\textbraceleft}a\\_b{\\textbraceright}{\\textbackslash} “é” "
        );
    }

    proptest! {
        #[test]
        fn braces_are_balanced(text: String) {
            let mut depth = 0;
            for c in escaped(&text).chars() {
                depth += i32::from(c == '{') - i32::from(c == '}');
                prop_assert!((0..=1).contains(&depth));
            }
            prop_assert_eq!(depth, 0);
        }
    }
}
