//! A syntax error of YAML → the typing error that caused it.
//!
//! Takes the text, the position where the parser stopped, and its message; gives the place that an editor should look
//! at, the reason in plain words, and the correction. Only common errors are known here; the parser's own message is
//! the last resort. Spans are bytes of the YAML.

mod line;

use self::line::YamlLine;
use crate::problem::Span;

/// The position where a parser stopped, and the start of the construct that it was reading, in bytes of the YAML.
pub(super) struct ParserStop {
    pub(super) at: usize,
    pub(super) began: Option<usize>,
}

/// A typing error: its place, the reason, and the correction.
pub(super) struct Slip {
    pub(super) at: Span,
    pub(super) reason: String,
    pub(super) help: Option<&'static str>,
}

/// Characters that cannot begin a value, since they have a meaning in YAML.
const MARKS: &str = "@`%&*!|>";
const CURLY: [char; 4] = ['“', '”', '‘', '’'];
/// Bullets that word processors write in place of a hyphen.
pub(super) const BULLETS: [char; 7] = ['•', '·', '◦', '▪', '●', '–', '—'];

const COLON_HELP: &str = "put quotation marks round a value that holds a colon: title: \"One: two\"";
const LINES_HELP: &str =
    "write each line as `key: value`; a text that goes on in the next line is indented there by two spaces";

/// Recognises the typing error behind a parser's error.
pub(super) fn recognise(yaml: &str, stop: &ParserStop, error_text: &str) -> Slip {
    let line = YamlLine::at(yaml, stop.at);
    line_separator(yaml, stop)
        .or_else(|| no_break_space(&line))
        .or_else(|| no_break_space(&line.above()?))
        .or_else(|| tab(&line))
        .or_else(|| apostrophe(&line, stop))
        .or_else(|| bullet(&line).filter(|_| error_text.contains("alias")))
        .or_else(|| first_character(&line, stop))
        .or_else(|| by_message(yaml, &line, stop, error_text))
        .unwrap_or_else(|| unknown(&line, stop, error_text))
}

/// The typing error that corresponds to a parser's message, if it is a common one.
fn by_message(yaml: &str, line: &YamlLine<'_>, stop: &ParserStop, error_text: &str) -> Option<Slip> {
    if error_text.starts_with("mapping values are not allowed") {
        Some(second_colon(yaml, line, stop))
    } else if error_text.starts_with("could not find expected ':'") {
        Some(no_key(&YamlLine::at(yaml, stop.began?)))
    } else if error_text.contains("while scanning a quoted scalar") {
        Some(never_closed(yaml, stop.began?))
    } else if error_text.contains("flow sequence") || error_text.contains("flow mapping") {
        Some(in_brackets(yaml, stop))
    } else if error_text.contains("expected key") {
        Some(after_the_value(yaml, line, stop))
    } else if error_text.contains("expected '-' indicator") {
        Some(Slip {
            at: line.word(stop.at),
            reason: "this line is indented no further than the hyphen above it".into(),
            help: Some("indent it as far as the text after that hyphen"),
        })
    } else if error_text.contains("invalid type: integer") || error_text.contains("i128") {
        Some(Slip {
            at: line.word(stop.at),
            reason: "a number in it is too large to be one".into(),
            help: Some("put quotation marks round it"),
        })
    } else {
        None
    }
}

/// A line separator, which is invisible and ends a line in YAML: where the parser stopped, where its construct began,
/// or in the line above that.
fn line_separator(yaml: &str, stop: &ParserStop) -> Option<Slip> {
    const SEPARATORS: [char; 3] = ['\u{85}', '\u{2028}', '\u{2029}'];
    let began = YamlLine::at(yaml, stop.began.unwrap_or(stop.at));
    let from = began.above().map_or(began.start, |above| above.start);
    let last = YamlLine::at(yaml, stop.at);
    let around = yaml.get(from..last.start + last.text.len())?;
    let (at, separator) = around.match_indices(SEPARATORS).next()?;
    Some(Slip {
        at: from + at..from + at + separator.len(),
        reason: "a line separator stands in this line, which nobody can see and which ends the line for YAML".into(),
        help: Some("delete it, and type a space: text pasted from slides and web pages holds such characters"),
    })
}

/// A no-break space before a key.
fn no_break_space(line: &YamlLine<'_>) -> Option<Slip> {
    let at = line.whole().start;
    let text = line.text.trim_start_matches(' ');
    let start = line.start + line.text.len() - text.len();
    let blanks = text.len() - text.trim_start_matches('\u{a0}').len();
    (blanks > 0 && at <= start + blanks).then(|| Slip {
        at: start..start + blanks,
        reason: "a no-break space stands at the start of this line, as Word makes them".into(),
        help: Some("delete it; indent by spaces where the line belongs to the one above"),
    })
}

/// A value that begins with an apostrophe, which YAML reads as a quotation mark, closed by the next one in a line
/// below.
fn apostrophe(line: &YamlLine<'_>, stop: &ParserStop) -> Option<Slip> {
    let is_closed_here = line.yaml.get(line.start..stop.at)?.contains('\'');
    let open = std::iter::successors(line.above(), YamlLine::above)
        .take(8)
        .find_map(|above| {
            let (start, value) = above.value();
            (value.starts_with('\'') && value.matches('\'').count() == 1).then_some(start)
        })
        .filter(|_| is_closed_here)?;
    Some(begins_with_apostrophe(open))
}

fn begins_with_apostrophe(at: usize) -> Slip {
    Slip {
        at: at..at + 1,
        reason: "a value begins with an apostrophe, which is taken for a quotation mark".into(),
        help: Some("put double quotation marks round the whole value: \"'Tis the season\""),
    }
}

/// A tab where only spaces are allowed.
fn tab(line: &YamlLine<'_>) -> Option<Slip> {
    let item = line.text.trim_start_matches(' ');
    if item.starts_with("-\t") {
        let at = line.start + line.text.len() - item.len() + 1;
        let help = Some("type one space after the hyphen instead");
        return Some(Slip { at: at..at + 1, reason: "a tab stands after the hyphen".into(), help });
    }
    let indent = line.text.len() - line.text.trim_start_matches([' ', '\t']).len();
    let at = line.start + line.text[..indent].find('\t')?;
    let help = Some("use spaces instead of the tab");
    Some(Slip { at: at..at + 1, reason: "a tab stands at the start of a line".into(), help })
}

/// A list item with a bullet in place of a hyphen.
fn bullet(line: &YamlLine<'_>) -> Option<Slip> {
    let start = line.whole().start;
    let text = &line.yaml[line.whole()];
    let bullet = text.chars().next().filter(|c| BULLETS.contains(c) || text.starts_with("* "))?;
    Some(Slip {
        at: start..start + bullet.len_utf8(),
        reason: "a bullet stands at the start of a line".into(),
        help: Some("begin each item of a list with a hyphen and a space: `- health`"),
    })
}

/// A value that begins with a character that has a meaning in YAML.
fn first_character(line: &YamlLine<'_>, stop: &ParserStop) -> Option<Slip> {
    let (start, value) = line.value();
    let first = value.chars().next()?;
    let at = start..start + first.len_utf8();
    if CURLY.contains(&first) {
        let help = "curly quotation marks do not quote in YAML: use straight ones, \"…\", round the whole value";
        return Some(Slip { at, reason: "a value begins with a curly quotation mark".into(), help: Some(help) });
    }
    let is_mark = MARKS.contains(first) || value.starts_with("- ") || value.starts_with("? ");
    (is_mark && stop.at >= start).then(|| Slip {
        at,
        reason: "a value begins with a character that has a meaning of its own".into(),
        help: Some("put quotation marks round a value that begins with one of @ ` % & * ! | > - ?"),
    })
}

/// A colon that is not allowed: in a value, after a line whose own colon has no space, or in a line that is indented
/// too far.
fn second_colon(yaml: &str, line: &YamlLine<'_>, stop: &ParserStop) -> Slip {
    if let Some(slip) = line.above().and_then(|above| no_space_after_colon(&above)) {
        return slip;
    }
    let is_first = !yaml[line.start..stop.at].contains(": ");
    let is_further = line.above().is_some_and(|above| above.indent() < line.indent() && !above.value().1.is_empty());
    let before = yaml.get(line.whole().start..stop.at).unwrap_or_default();
    if is_first && is_further && !before.contains(' ') {
        let help = "begin it in the same column as the line above, unless it belongs to that line's text";
        return Slip { at: line.whole(), reason: "this line is indented too far".into(), help: Some(help) };
    }
    let at = line.character(stop.at);
    Slip { at, reason: "a second colon stands in this line".into(), help: Some(COLON_HELP) }
}

/// A line that should be `key: value`.
fn no_key(line: &YamlLine<'_>) -> Slip {
    if let Some(slip) = bullet(line) {
        return slip;
    }
    let whole = line.whole();
    let text = &line.yaml[whole.clone()];
    if text.starts_with('-') && !text.starts_with("--") {
        return Slip {
            at: whole.start..whole.start + 1,
            reason: "no space stands after the hyphen".into(),
            help: Some("begin each item of a list with a hyphen and a space: `- health`"),
        };
    }
    no_space_after_colon(line).unwrap_or_else(|| Slip {
        at: whole,
        reason: "a line has no colon after its key".into(),
        help: Some(LINES_HELP),
    })
}

/// `tier:unitary`, or with a no-break space after the colon.
fn no_space_after_colon(line: &YamlLine<'_>) -> Option<Slip> {
    let whole = line.whole();
    let (key, value) = line.yaml[whole.clone()].split_once(':')?;
    let is_key = !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'));
    let after = value.chars().next().filter(|&c| c != ' ' && c != '\t' && c != '/')?;
    let colon = whole.start + key.len();
    match after {
        '\u{a0}' if is_key => Some(Slip {
            at: colon + 1..colon + 1 + after.len_utf8(),
            reason: "the space after the colon is a no-break space, as Word makes them".into(),
            help: Some("delete it, and type a space"),
        }),
        _ if is_key => Some(Slip {
            at: colon..colon + 1,
            reason: "no space stands after the colon".into(),
            help: Some("put a space after the colon: `key: value`"),
        }),
        _ => None,
    }
}

/// A quotation mark that is never closed.
fn never_closed(yaml: &str, began: usize) -> Slip {
    let at = YamlLine::at(yaml, began).character(began);
    let value = yaml[began..].lines().next().unwrap_or_default();
    let is_word = value.strip_prefix('\'').and_then(|rest| rest.chars().next()).is_some_and(char::is_alphanumeric);
    if is_word && value.matches('\'').count() == 1 {
        return begins_with_apostrophe(began);
    }
    Slip {
        at,
        reason: "something that was opened is never closed".into(),
        help: Some("close the quotation mark, or the bracket, that is open"),
    }
}

/// A mistake within brackets or braces.
fn in_brackets(yaml: &str, stop: &ParserStop) -> Slip {
    let line = YamlLine::at(yaml, stop.at);
    let began = stop.began.unwrap_or(stop.at);
    if yaml[stop.at..].starts_with(':') && began >= line.start {
        let reason = "a second colon stands in one value".into();
        let help = "put a comma between the two parts, or quotation marks round a value that holds a colon";
        return Slip { at: line.character(stop.at), reason, help: Some(help) };
    }
    let at = line.character(began);
    match yaml[began..].starts_with('{') {
        true => Slip {
            at,
            reason: "a group in braces is not finished".into(),
            help: Some("a group in braces ends with `}`, and has commas between its parts: { from: 2006, to: 2013 }"),
        },
        false => Slip {
            at,
            reason: "a list in brackets is not finished".into(),
            help: Some("a list in brackets ends with `]`, and its items have commas between them: [health, police]"),
        },
    }
}

/// Text after a value in its line, or a line with a wrong indentation.
fn after_the_value(yaml: &str, line: &YamlLine<'_>, stop: &ParserStop) -> Slip {
    let (start, value) = line.value();
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
    if let Some(quote) = quote.filter(|_| stop.at == start + 1)
        && let Some(open) = opened_above(line, quote)
    {
        return never_closed(yaml, open);
    }
    let slip = |at, reason: &str, help| Slip { at, reason: reason.into(), help: Some(help) };
    match yaml[stop.at..].chars().next() {
        Some('\t') => slip(line.character(stop.at), "a tab stands at the start of a line", "use spaces instead"),
        Some(']' | '}') => slip(
            line.character(stop.at),
            "this bracket closes nothing",
            "take it away, or put quotation marks round the whole value",
        ),
        _ if stop.at > start && quote == Some('\'') => slip(
            line.word(stop.at),
            "text stands after the closing quotation mark",
            "where a text has an apostrophe, put double quotation marks round all of it: \"The council's desk\"",
        ),
        _ if stop.at > start && quote == Some('"') => slip(
            line.word(stop.at),
            "text stands after the closing quotation mark",
            "put single quotation marks round the whole value: '\"One desk\" for two bodies'",
        ),
        _ if stop.at > start && value.starts_with(['[', '{']) => slip(
            line.word(stop.at),
            "text stands after the closing bracket",
            "put quotation marks round the whole value: \"[Draft] A title\"",
        ),
        _ if line.text.trim_start().starts_with("- ") => slip(
            line.whole(),
            "this item begins in another column than those above it",
            "begin all items of a list in the same column",
        ),
        _ => slip(
            line.whole(),
            "this line begins in another column than those around it",
            "begin all keys of a group in the same column",
        ),
    }
}

/// The quotation mark in a line above that the first one of this line closes.
fn opened_above(line: &YamlLine<'_>, quote: char) -> Option<usize> {
    std::iter::successors(line.above(), YamlLine::above).find_map(|above| {
        let (start, value) = above.value();
        (value.matches(quote).count() == 1 && value.starts_with(quote)).then_some(start)
    })
}

/// The parser's own message.
fn unknown(line: &YamlLine<'_>, stop: &ParserStop, error_text: &str) -> Slip {
    Slip {
        at: line.character(stop.at),
        reason: error_text.split(" at line ").next().unwrap_or(error_text).to_owned(),
        help: Some("compare the line with its neighbours: `key: value`, indented by spaces"),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::{problem::FilePath, read::yaml_tree::parse};

    proptest! {
        #![proptest_config(ProptestConfig { cases: 512, ..ProptestConfig::default() })]

        #[test]
        fn every_syntax_error_has_a_place(yaml in "((  |- |\t|• )?[a-cé]{0,2}(: ?|:\u{a0}|)(“|\"|'|\\[|\\{|\\]|\\}|&a|\\*a|!|>|\\||- |, |#|%|)[a-cé ]{0,3}(“|\"|'|\\[|\\{|\\]|\\}|: x|,|)\n){0,6}") {
            let text = format!("---\n{yaml}---\n");
            let block = 4..4 + yaml.len();
            if let Err(problem) = parse(&FilePath::new("a.md"), &text, &block) {
                let crate::problem::SpotPart::Bytes(at) = problem.spot.part else { panic!("no place") };
                prop_assert!(block.start <= at.start && at.end <= text.len() && text.get(at).is_some());
            }
        }
    }
}
