//! A report for a person at a terminal, in the style of rustc.
//!
//! The first line, ` --> file:line:column` and `help:` at the start of a line are stable for editors' tools; the
//! drawing between them may change. In text of authors and names of files, control characters and changes of writing
//! direction are replaced by visible signs, so no content can control a terminal.

use anstyle::{AnsiColor, Style};
use unicode_width::UnicodeWidthStr;

use super::{Excerpt, Report, Reported, TextRange};
use crate::problem::Severity;

/// Whether a report is coloured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Colour {
    /// Text alone.
    Plain,
    /// ANSI colours, for a terminal or for a stream that removes them if necessary.
    Ansi,
}

/// Every problem with its excerpt and an empty line after it, without the summary.
pub fn render(report: &Report, colour: Colour) -> String {
    let palette = palette(colour);
    report.problems.iter().map(|problem| drawing(problem, &palette)).collect()
}

/// The styles of a report's parts.
struct Palette {
    error: Style,
    warning: Style,
    note: Style,
    help: Style,
    message: Style,
    frame: Style,
}

fn palette(colour: Colour) -> Palette {
    let bold = |colour: AnsiColor| colour.on_default().bold();
    match colour {
        Colour::Plain => {
            let plain = Style::new();
            Palette { error: plain, warning: plain, note: plain, help: plain, message: plain, frame: plain }
        }
        Colour::Ansi => Palette {
            error: bold(AnsiColor::BrightRed),
            warning: bold(AnsiColor::Yellow),
            note: bold(AnsiColor::BrightGreen),
            help: bold(AnsiColor::BrightCyan),
            message: Style::new().bold(),
            frame: bold(AnsiColor::BrightBlue),
        },
    }
}

fn drawing(problem: &Reported, palette: &Palette) -> String {
    let level = match problem.severity {
        Severity::Error => palette.error,
        Severity::Warning => palette.warning,
    };
    let (severity, code, message) = (problem.severity.as_str(), problem.code, visible(&problem.message));
    let gutter = gutter(problem);
    let bar = bar(gutter, palette.frame);

    let mut text = format!("{level}{severity}[{code}]{level:#}{0}: {message}{0:#}\n", palette.message);
    text += &drawn_place(&problem.place, gutter, &ExcerptMark { sign: '^', style: level, frame: palette.frame });
    for related in &problem.related {
        text += &format!("{bar}\n{0}note{0:#}: {1}\n", palette.note, visible(&related.message));
        text +=
            &drawn_place(&related.place, gutter, &ExcerptMark { sign: '-', style: palette.note, frame: palette.frame });
    }
    if let Some(help) = &problem.help {
        text += &format!("{bar}\n{0}help{0:#}: {1}\n", palette.help, visible(help));
    }
    text + "\n"
}

/// The number of digits of the longest line number of a problem.
fn gutter(problem: &Reported) -> usize {
    let places = std::iter::once(&problem.place).chain(problem.related.iter().map(|related| &related.place));
    let last = places.filter(|place| place.excerpt.is_some()).map(|place| place.line).max();
    last.unwrap_or(1).to_string().len()
}

/// The bar at the left of lines without source.
fn bar(gutter: usize, frame: Style) -> String {
    format!("{frame}{:gutter$} |{frame:#}", "")
}

/// How a place is marked in its line, and the style of the marks.
struct ExcerptMark {
    sign: char,
    style: Style,
    frame: Style,
}

fn drawn_place(place: &TextRange, gutter: usize, mark: &ExcerptMark) -> String {
    let &ExcerptMark { sign, style, frame } = mark;
    let (file, line) = (visible(place.file.as_str()), place.line);
    let arrow = format!("{:gutter$}{frame}-->{frame:#} {file}:{line}:{}\n", "", place.column);
    let Some(excerpt) = &place.excerpt else { return arrow };
    let DrawnLine { source, before, marked } = drawn(excerpt);
    let bar = bar(gutter, frame);
    let signs = sign.to_string().repeat(marked);
    format!("{arrow}{bar}\n{frame}{line:gutter$} |{frame:#}{source}\n{bar} {:before$}{style}{signs}{style:#}\n", "")
}

/// A line of source in visible characters, with the columns before and under the marks.
struct DrawnLine {
    source: String,
    before: usize,
    marked: usize,
}

fn drawn(excerpt: &Excerpt) -> DrawnLine {
    let (before, marked) = (visible(&excerpt.before), visible(&excerpt.marked));
    let source = format!(" {before}{marked}{}", visible(&excerpt.after));
    DrawnLine { source: source.trim_end().to_owned(), before: before.width(), marked: marked.width().max(1) }
}

/// A text on one line, in visible characters. A tab becomes four spaces.
pub fn visible(text: &str) -> String {
    const PICTURES: u32 = 0x2400;
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\t' => shown.push_str("    "),
            '\0'..' ' => shown.extend(char::from_u32(PICTURES + u32::from(c))),
            '\u{7f}' => shown.push('␡'),
            '\u{80}'..'\u{a0}'
            | '\u{61c}'
            | '\u{200e}'
            | '\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2066}'..='\u{2069}'
            | '\u{feff}' => shown.push('\u{fffd}'),
            _ => shown.push(c),
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::report::{
        RelatedPlace,
        tests::{first_use, misspelt, place},
    };

    #[track_caller]
    fn check(problem: Reported, expected: &str) {
        assert_eq!(render(&Report { problems: vec![problem] }, Colour::Plain), expected);
    }

    #[test]
    fn a_report_has_the_documented_form() {
        let expected = r#"error[unknown-term]: "helth" is not a sector
 --> content/cases/torbay.md:6:10
  |
6 | sector: [helth, local-government]
  |          ^^^^^
  |
help: did you mean "health"?

"#;
        check(misspelt(), expected);
    }

    #[test]
    fn related_places_share_the_gutter() {
        let expected = r#"error[unknown-term]: "helth" is not a sector
   --> content/cases/torbay.md:6:10
    |
  6 | sector: [helth, local-government]
    |          ^^^^^
    |
note: the first use of this name
   --> content/vocabularies/sector.yaml:120:9
    |
120 |   - id: health
    |         ------
    |
help: did you mean "health"?

"#;
        check(Reported { related: vec![first_use()], ..misspelt() }, expected);
    }

    #[test]
    fn a_problem_of_a_whole_file_has_no_excerpt() {
        let place = TextRange { line: 1, column: 1, end_line: 1, end_column: 1, excerpt: None, ..misspelt().place };
        let expected = r#"error[unknown-term]: "helth" is not a sector
 --> content/cases/torbay.md:1:1
  |
help: did you mean "health"?

"#;
        check(Reported { place: place.clone(), ..misspelt() }, expected);
        let expected = "warning[unknown-term]: \"helth\" is not a sector\n --> content/cases/torbay.md:1:1\n\n";
        check(Reported { place, help: None, severity: Severity::Warning, ..misspelt() }, expected);
    }

    #[test]
    fn an_empty_place_has_one_mark() {
        let expected = "error[unknown-term]: \"helth\" is not a sector\n --> a.yaml:1:1\n  |\n1 |\n  | ^\n\n";
        check(Reported { place: place("a.yaml", 1, ["", "", ""]), help: None, ..misspelt() }, expected);
    }

    #[test]
    fn marks_line_up_with_wide_characters_and_tabs() {
        let expected = r#"error[unknown-term]: "helth" is not a sector
 --> a.md:1:4
  |
1 |     日本健康
  |         ^^^^

"#;
        check(Reported { place: place("a.md", 1, ["\t日本", "健康", ""]), help: None, ..misspelt() }, expected);
    }

    #[test]
    fn control_characters_do_not_reach_the_terminal() {
        let nasty = "\u{1b}[2J\u{9b}31m\r\n\t\u{202e}\u{7}\u{7f}";
        let place = |line| place(nasty, line, [nasty, nasty, nasty]);
        let problem = Reported {
            message: nasty.to_owned(),
            help: Some(nasty.to_owned()),
            place: place(1),
            related: vec![RelatedPlace { message: nasty.to_owned(), place: place(2) }],
            ..misspelt()
        };
        let text = render(&Report { problems: vec![problem] }, Colour::Plain);
        assert_eq!(text.lines().next(), Some("error[unknown-term]: ␛[2J\u{fffd}31m␍␊    \u{fffd}␇␡"));
        assert!(!text.contains(|c: char| c.is_control() && c != '\n' || c == '\u{202e}'));
        assert_eq!(text.lines().count(), 14);
    }

    #[test]
    fn colour_changes_nothing_but_colour() {
        let report = Report { problems: vec![misspelt()] };
        let coloured = render(&report, Colour::Ansi);
        assert!(coloured.starts_with("\u{1b}[1m\u{1b}[91merror[unknown-term]\u{1b}[0m"));
        assert_eq!(anstream::adapter::strip_str(&coloured).to_string(), render(&report, Colour::Plain));
    }
}
