//! A report as SARIF 2.1.0, the format that code-scanning services read.
//!
//! Files are named relative to `%SRCROOT%`, the root of the repository or else of the library, so that the report is
//! the same on every machine.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

use super::{Report, Reported, TextRange};
use crate::problem::{Code, code::explained};

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
/// Everything that a relative address must encode.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// One run of Casebook with a result for each problem; a line break at the end.
pub fn render(report: &Report) -> String {
    let log = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "Casebook",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": Code::ALL.iter().map(|&code| rule(code)).collect::<Vec<_>>(),
            } },
            "columnKind": "unicodeCodePoints",
            "originalUriBaseIds": { "%SRCROOT%": { "description": { "text": "The root of the repository, or else of the library." } } },
            "results": report.problems.iter().map(result).collect::<Vec<_>>(),
        }],
    });
    format!("{log:#}\n")
}

fn rule(code: Code) -> Value {
    json!({
        "id": code.as_str(),
        "shortDescription": { "text": code.meaning() },
        "fullDescription": { "text": code.rule().why },
        "help": { "text": explained(code.rule()) },
        "defaultConfiguration": { "level": code.severity().as_str(), "enabled": code.usual_level().is_some() },
    })
}

fn result(problem: &Reported) -> Value {
    let help = problem.help.as_ref().map_or(String::new(), |help| format!("\nhelp: {help}"));
    let related: Vec<Value> = (problem.related.iter().enumerate())
        .map(|(id, related)| {
            json!({
                "id": id,
                "message": { "text": related.message },
                "physicalLocation": location(&related.place),
            })
        })
        .collect();
    json!({
        "ruleId": problem.code.as_str(),
        "ruleIndex": Code::ALL.iter().position(|&code| code == problem.code),
        "level": problem.severity.as_str(),
        "message": { "text": format!("{}{help}", problem.message) },
        "locations": [{ "physicalLocation": location(&problem.place) }],
        "relatedLocations": related,
    })
}

fn location(place: &TextRange) -> Value {
    json!({
        "artifactLocation": {
            "uri": utf8_percent_encode(place.file.as_str(), ENCODED).to_string(),
            "uriBaseId": "%SRCROOT%",
        },
        "region": {
            "startLine": place.line,
            "startColumn": place.column,
            "endLine": place.end_line,
            "endColumn": place.end_column,
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::{
        Severity,
        report::tests::{first_use, misspelt, place},
    };

    fn log(problems: Vec<Reported>) -> Value {
        serde_json::from_str(&render(&Report { problems })).expect("it is JSON")
    }

    #[test]
    fn the_log_has_what_the_schema_requires() {
        let log = log(Vec::new());
        assert_eq!(log["version"], "2.1.0");
        let run = &log["runs"][0];
        assert_eq!(run["tool"]["driver"]["name"], "Casebook");
        assert_eq!(run["tool"]["driver"]["version"], env!("CARGO_PKG_VERSION"));
        assert_eq!(run["columnKind"], "unicodeCodePoints");
        assert_eq!(run["results"], json!([]));
    }

    #[test]
    fn every_code_is_a_rule_with_its_meaning() {
        let log = log(Vec::new());
        let rules = log["runs"][0]["tool"]["driver"]["rules"].as_array().expect("rules are a list").clone();
        assert_eq!(rules.len(), Code::ALL.len());
        let rule = rules.iter().find(|rule| rule["id"] == "review-due").expect("a rule for each code");
        assert_eq!(rule["shortDescription"]["text"], "A case whose day of review has passed.");
        assert_eq!(rule["defaultConfiguration"]["level"], "warning");
        assert!(rule["help"]["text"].as_str().is_some_and(|help| help.contains("What to do: Check the facts")));
    }

    #[test]
    fn a_result_has_its_place_and_related_places() {
        let problem = Reported { related: vec![first_use()], severity: Severity::Warning, ..misspelt() };
        let expected = json!({
            "ruleId": "unknown-term",
            "ruleIndex": 0,
            "level": "warning",
            "message": { "text": "\"helth\" is not a sector\nhelp: did you mean \"health\"?" },
            "locations": [{ "physicalLocation": {
                "artifactLocation": { "uri": "content/cases/torbay.md", "uriBaseId": "%SRCROOT%" },
                "region": { "startLine": 6, "startColumn": 10, "endLine": 6, "endColumn": 15 },
            } }],
            "relatedLocations": [{
                "id": 0,
                "message": { "text": "the first use of this name" },
                "physicalLocation": {
                    "artifactLocation": { "uri": "content/vocabularies/sector.yaml", "uriBaseId": "%SRCROOT%" },
                    "region": { "startLine": 120, "startColumn": 9, "endLine": 120, "endColumn": 15 },
                },
            }],
        });
        assert_eq!(log(vec![problem])["runs"][0]["results"], json!([expected]));
    }

    #[test]
    fn the_name_of_a_file_is_an_address() {
        let place = place("content/cases/a b%:é#?.md", 1, ["", "", ""]);
        let log = log(vec![Reported { place, help: None, ..misspelt() }]);
        let location = &log["runs"][0]["results"][0]["locations"][0]["physicalLocation"];
        assert_eq!(location["artifactLocation"]["uri"], "content/cases/a%20b%25%3A%C3%A9%23%3F.md");
    }
}
