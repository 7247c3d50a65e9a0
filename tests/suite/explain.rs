//! The examples of `casebook explain` are true: each wrong example has its mistake, each right one has not.

use std::{fs, path::Path};

use casebook::problem::{
    Code,
    code::Example::{self, File, InWords, Keys, Text},
};

use crate::{
    commands::casebook,
    library::{edition, made, with_needed},
};

/// The parts of a case that an example does not set.
const SOUND: [(&str, &str); 6] = [
    ("title", "A shared front desk"),
    ("summary", "Two bodies answer at one desk."),
    ("date", "2026-01-01"),
    ("sector", "health"),
    ("tier", "unitary"),
    ("barrier", "resource"),
];

/// The vocabulary of this name that `casebook init` writes.
fn vocabulary_of_a_new_library(id: &str) -> (String, String) {
    let path = format!("content/vocabularies/{id}.yaml");
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(&path)).unwrap();
    (path, text)
}

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
    let retired = "  - { id: voluntary, replaced_by: third-sector }\n";
    let mut vocabularies = ["sector", "tier", "barrier"].map(vocabulary_of_a_new_library);
    vocabularies[0].1.push_str(retired);
    let mut files = vec![("casebook.yaml", settings.as_str()), (path, text.as_str())];
    files.extend(vocabularies.iter().map(|(path, text)| (path.as_str(), text.as_str())));
    if asked == Code::MissingAlt {
        files.push(("content/cases/desk.jpg", ""));
    }
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

#[test]
fn a_key_is_explained_by_its_name() {
    let folder = tempfile::tempdir().unwrap();
    let explained = casebook(folder.path(), &["explain", "accessed"]);
    assert_eq!(explained.status, 0);
    let start = "accessed in `sources` of content/cases/**/*.md: The day on which it was read.\n\nValue: ";
    assert!(explained.out.starts_with(start), "{}", explained.out);
    assert!(explained.out.ends_with("\n    accessed: 2026-11-22\n"), "{}", explained.out);
    for (unknown, help) in [("sumary", "did you mean \"summary\"?"), ("nothing-of-the-kind", "lists every code")] {
        let refused = casebook(folder.path(), &["explain", unknown]);
        assert_eq!(refused.status, 2);
        assert!(refused.err.contains(help) && refused.err.lines().count() < 4, "{}", refused.err);
    }
}
