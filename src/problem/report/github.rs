//! A report as workflow commands, which GitHub Actions shows beside the lines of a change.

use super::{Report, Reported, TextRange};

/// One command on a line of its own for each problem.
pub fn render(report: &Report) -> String {
    report.problems.iter().map(command).collect()
}

fn command(problem: &Reported) -> String {
    let (severity, code) = (problem.severity.as_str(), problem.code);
    format!("::{severity} {},title={code}::{}\n", place(problem), message(problem))
}

/// GitHub accepts columns only for a place on one line.
fn place(problem: &Reported) -> String {
    let place = &problem.place;
    let (file, line, end_line) = (property(place.file.as_str()), place.line, place.end_line);
    let lines = format!("file={file},line={line},endLine={end_line}");
    match line == end_line {
        true => format!("{lines},col={},endColumn={}", place.column, place.end_column),
        false => lines,
    }
}

/// The message with its place, since the log of a job shows nothing else, and only ten annotations of a step are shown
/// beside the lines.
fn message(problem: &Reported) -> String {
    let TextRange { file, line, column, .. } = &problem.place;
    let help = problem.help.as_ref().map_or(String::new(), |help| format!("\nhelp: {help}"));
    escaped(&format!("{file}:{line}:{column}: {}{help}", problem.message))
}

fn escaped(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    escaped(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::{
        FilePath, Severity,
        report::tests::{misspelt, place},
    };

    #[track_caller]
    fn check(problem: Reported, expected: &str) {
        assert_eq!(render(&Report { problems: vec![problem] }), format!("{expected}\n"));
    }

    #[test]
    fn a_problem_is_one_command() {
        check(
            misspelt(),
            "::error file=content/cases/torbay.md,line=6,endLine=6,col=10,endColumn=15,title=unknown-term::\
             content/cases/torbay.md:6:10: \"helth\" is not a sector%0Ahelp: did you mean \"health\"?",
        );
        check(
            Reported { help: None, severity: Severity::Warning, ..misspelt() },
            "::warning file=content/cases/torbay.md,line=6,endLine=6,col=10,endColumn=15,title=unknown-term::\
             content/cases/torbay.md:6:10: \"helth\" is not a sector",
        );
        assert_eq!(render(&Report::default()), "");
    }

    #[test]
    fn no_text_ends_a_command_early() {
        let problem = Reported {
            message: "100%: a, b\r\n::error::c%0A".to_owned(),
            help: None,
            place: TextRange { file: FilePath::new("50%,a:b\n.md"), ..place("", 1, ["", "a", ""]) },
            ..misspelt()
        };
        check(
            problem,
            "::error file=50%25%2Ca%3Ab%0A.md,line=1,endLine=1,col=1,endColumn=2,title=unknown-term::\
             50%25,a:b%0A.md:1:1: 100%25: a, b%0D%0A::error::c%250A",
        );
    }

    #[test]
    fn a_place_of_several_lines_has_no_columns() {
        let place = TextRange { end_line: 9, ..misspelt().place };
        check(
            Reported { place, help: None, ..misspelt() },
            "::error file=content/cases/torbay.md,line=6,endLine=9,title=unknown-term::\
             content/cases/torbay.md:6:10: \"helth\" is not a sector",
        );
    }
}
