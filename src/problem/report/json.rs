//! A report as JSON, for editors and other programs: an array, empty without problems.

use serde::Serialize;

use super::{Report, TextRange};

/// The array, indented, with a line break at the end.
pub fn render(report: &Report) -> String {
    let problems: Vec<ProblemJson> = report
        .problems
        .iter()
        .map(|problem| ProblemJson {
            code: problem.code.as_str(),
            severity: problem.severity.as_str(),
            message: &problem.message,
            help: problem.help.as_deref(),
            at: at(&problem.place),
            related: problem
                .related
                .iter()
                .map(|related| RelatedJson { message: &related.message, at: at(&related.place) })
                .collect(),
        })
        .collect();
    let mut json = serde_json::to_string_pretty(&problems).expect("text and numbers are always JSON");
    json.push('\n');
    json
}

#[derive(Serialize)]
struct ProblemJson<'a> {
    code: &'a str,
    severity: &'a str,
    message: &'a str,
    help: Option<&'a str>,
    #[serde(flatten)]
    at: RangeJson<'a>,
    related: Vec<RelatedJson<'a>>,
}

#[derive(Serialize)]
struct RelatedJson<'a> {
    message: &'a str,
    #[serde(flatten)]
    at: RangeJson<'a>,
}

#[derive(Serialize)]
struct RangeJson<'a> {
    file: &'a str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
}

fn at(place: &TextRange) -> RangeJson<'_> {
    let &TextRange { ref file, line, column, end_line, end_column, excerpt: _ } = place;
    RangeJson { file: file.as_str(), line, column, end_line, end_column }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::report::{
        Reported,
        tests::{first_use, misspelt},
    };

    #[test]
    fn an_entry_has_every_key_and_no_other() {
        let problems = vec![Reported { related: vec![first_use()], help: None, ..misspelt() }];
        let expected = r#"[
  {
    "code": "unknown-term",
    "severity": "error",
    "message": "\"helth\" is not a sector",
    "help": null,
    "file": "content/cases/torbay.md",
    "line": 6,
    "column": 10,
    "end_line": 6,
    "end_column": 15,
    "related": [
      {
        "message": "the first use of this name",
        "file": "content/vocabularies/sector.yaml",
        "line": 120,
        "column": 9,
        "end_line": 120,
        "end_column": 15
      }
    ]
  }
]
"#;
        assert_eq!(render(&Report { problems }), expected);
    }

    #[test]
    fn a_report_without_problems_is_empty() {
        assert_eq!(render(&Report::default()), "[]\n");
    }

    #[test]
    fn text_of_authors_is_unchanged() {
        let message = "\u{1b}[2J \"\\ \u{2028} é\n";
        let json = render(&Report { problems: vec![Reported { message: message.to_owned(), ..misspelt() }] });
        let entries: serde_json::Value = serde_json::from_str(&json).expect("it is JSON");
        assert_eq!(entries[0]["message"], message);
        assert_eq!(entries[0]["help"], "did you mean \"health\"?");
        assert!(!json.contains('\u{1b}'));
    }
}
