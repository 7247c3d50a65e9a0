//! The examples of `casebook explain` are true: each wrong example has its mistake, each right one has not.

use casebook::problem::{
    Code,
    code::Example::{self, File, InWords, Keys, Text},
};

use crate::library::{NEEDED, edition, made, with_needed};

/// The parts of a case that an example does not set.
const SOUND: [(&str, &str); 4] = [
    ("title", "A shared front desk"),
    ("summary", "Two bodies answer at one desk."),
    ("date", "2026-01-01"),
    ("sector", "health"),
];

/// The codes of a library with this example; none if the example is only a description.
fn codes(example: Example, asked: Code) -> Option<Vec<Code>> {
    let case = |keys: &str, text: &str| {
        let says = |key: &str| keys.lines().any(|line| line.starts_with(&format!("{key}:")));
        let others = SOUND.iter().filter(|(key, _)| !says(key)).map(|(key, value)| format!("{key}: {value}\n"));
        format!("---\n{}{keys}\n---\n{text}\n", others.collect::<String>())
    };
    let (path, text) = match example {
        Keys(lines) => ("content/cases/a.md", case(lines, "Text.")),
        Text(text) => ("content/cases/a.md", case("", text)),
        File(path, text) => (path, text.to_owned()),
        InWords(_) => return None,
    };
    let settings = match asked.usual_level() {
        None => format!("title: Test\nchecks: {{ {asked}: warning }}\n"),
        Some(_) => "title: Test\n".to_owned(),
    };
    let retired = "  - { id: third-sector, label: Third sector }\n  - { id: voluntary, replaced_by: third-sector }\n";
    let sectors = NEEDED[1].1.to_owned() + retired;
    let files = [("casebook.yaml", settings.as_str()), ("content/vocabularies/sector.yaml", &sectors), (path, &text)];
    let (_, report) = made(&with_needed(&files), &edition());
    Some(report.problems.iter().map(|problem| problem.code).collect())
}

#[test]
fn every_wrong_example_has_its_mistake_and_no_right_one_has() {
    let mut failed = Vec::new();
    for &code in Code::ALL {
        let [wrong, right] = [code.rule().wrong, code.rule().right].map(|example| codes(example, code));
        let (Some(wrong), Some(right)) = (wrong, right) else {
            let is_beyond_a_text = matches!(
                code,
                Code::NotUtf8
                    | Code::TooLarge
                    | Code::AddressGone
                    | Code::DeadLink
                    | Code::HeavyPicture
                    | Code::PhotographPosition
            );
            assert!(is_beyond_a_text, "{code} can be shown by a small library");
            continue;
        };
        if !wrong.contains(&code) {
            failed.push(format!("{code}: the wrong example has only {wrong:?}"));
        }
        if !right.is_empty() {
            failed.push(format!("{code}: the right example has {right:?}"));
        }
    }
    assert!(failed.is_empty(), "{failed:#?}");
}
