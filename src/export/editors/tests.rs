use serde_yaml::Value;

use super::{SettingsState, Tool, WrittenForms, mark, state_of};
use crate::{
    export::editors::SettingsFile,
    model::Library,
    problem::FilePath,
    source::{Project, SourceFile},
};

/// A library with these terms of `sector` and these cases.
fn library(sectors: &str, cases: &[&str]) -> (Library, WrittenForms) {
    let vocabulary = |terms: &str| format!("label: Sector\nterms:\n{terms}");
    let mut files = vec![
        (
            "casebook.yaml".to_owned(),
            "title: Test\nfields: { cost: { label: Cost }, saving: { label: Saving, kind: number } }\n".to_owned(),
        ),
        ("content/vocabularies/sector.yaml".to_owned(), vocabulary(sectors)),
        (
            "content/vocabularies/tier.yaml".to_owned(),
            "label: Tier\nmany: false\nterms: [{ id: unitary, label: Unitary }]\n".to_owned(),
        ),
        (
            "content/vocabularies/barrier.yaml".to_owned(),
            "label: Barrier\nterms: [{ id: trust, label: Trust }]\n".to_owned(),
        ),
    ];
    for (number, front_matter) in cases.iter().enumerate() {
        files.push((format!("content/cases/{number}.md"), format!("---\ntitle: T\n{front_matter}\n---\n")));
    }
    let files = files.into_iter().map(|(path, text)| (FilePath::new(path), SourceFile::Text(text.into_bytes().into())));
    let project = Project { files: files.collect(), problems: Vec::new() };
    let edition = crate::model::Edition { day: jiff::civil::date(2026, 1, 1), with_drafts: true, base: None };
    let written = WrittenForms::of(crate::read::front_matter_of_cases(&project));
    (crate::model::assemble(&crate::read::read(&project).value, &edition).value, written)
}

const HEALTH: &str = "  - { id: health, label: Health }\n";

/// The field of that name in the form for a case.
fn field(tool: Tool, name: &str, library: &(Library, WrittenForms)) -> Value {
    let file = tool.files(&library.0, &library.1, "admin").remove(0);
    let settings: Value = serde_yaml::from_str(&file.text).unwrap();
    let collections = settings.get("content").or(settings.get("collections")).unwrap();
    let fields = collections[0]["fields"].as_sequence().unwrap();
    fields.iter().find(|field| field["name"] == name).cloned().unwrap_or(Value::Null)
}

#[test]
fn a_file_that_a_person_changed_is_recognised() {
    let (before, _) = library(HEALTH, &[]);
    let (after, _) = library("  - { id: police, label: Police }\n", &[]);
    for tool in Tool::ALL {
        let none = WrittenForms::default();
        let files = tool.files(&before, &none, "admin").into_iter().zip(tool.files(&after, &none, "admin"));
        for (SettingsFile { path, text }, today) in files {
            assert_eq!(state_of(&text, &text), SettingsState::Same, "{path}");
            assert_eq!(state_of(&text.replace('\n', "\r\n"), &text), SettingsState::Same, "{path}");
            if path == ".obsidian/types.json" {
                continue;
            }
            assert_eq!(mark::made_for(&text), Some(tool), "{path}");
            assert_eq!(state_of(&format!("{text}\n"), &text), SettingsState::Changed, "{path}");
            if text != today.text {
                assert_eq!(state_of(&text, &today.text), SettingsState::Outdated, "{path}");
                assert_eq!(state_of(&format!("{text}\n"), &today.text), SettingsState::ChangedAndOutdated, "{path}");
            }
        }
    }
    assert_eq!(
        state_of("collections: []\n", "# Written by `casebook editors decap`; mark 0123456789abcdef\n"),
        SettingsState::Foreign
    );
}

#[test]
fn terms_are_choices_with_their_labels() {
    let library = library(HEALTH, &[]);
    let sector = field(Tool::PagesCms, "sector", &library);
    assert_eq!(
        sector["options"],
        serde_yaml::from_str::<Value>("{ multiple: true, values: [{ label: Health, value: health }] }").unwrap()
    );
    let tier = field(Tool::Decap, "tier", &library);
    assert_eq!(tier["multiple"], false);
    assert_eq!(tier["options"], serde_yaml::from_str::<Value>("[{ label: Unitary, value: unitary }]").unwrap());
    assert_eq!(field(Tool::Sveltia, "cost", &library)["label"], "Cost");
}

#[test]
fn a_draft_can_be_saved_with_a_title_alone() {
    let library = library(HEALTH, &[]);
    for tool in [Tool::PagesCms, Tool::Sveltia, Tool::Decap] {
        let is_required = |name: &str| field(tool, name, &library)["required"].as_bool().unwrap_or(false);
        let names = ["title", "summary", "date", "sector", "tier", "barrier"];
        assert_eq!(names.map(is_required), [true, false, false, false, false, false], "{tool:?}");
        let hint = |field: Value| field.get("hint").or(field.get("description")).cloned().unwrap_or_default();
        let hint = hint(field(tool, "summary", &library));
        assert!(hint.as_str().unwrap().ends_with("Needed before the case is published."), "{tool:?}: {hint:?}");
    }
}

#[test]
fn a_form_shows_values_in_the_form_that_most_cases_use() {
    let maps = library(
        HEALTH,
        &["sector: [{ term: health, what: A }]\nplace: Torbay", "sector: [{ term: health }]", "sector: health"],
    );
    assert_eq!(field(Tool::PagesCms, "sector", &maps)["fields"][0]["options"]["values"][0]["value"], "health");
    assert_eq!(field(Tool::PagesCms, "place", &maps)["type"], "string");
    let lines = Tool::Decap.not_shown(&maps.0, &maps.1);
    assert_eq!(
        lines,
        ["the form shows `sector` as a list of keys and values; it is written otherwise in content/cases/2.md"]
    );
    let ids = library(HEALTH, &["sector: [health]"]);
    assert_eq!(field(Tool::Decap, "sector", &ids)["multiple"], true);
    assert_eq!(field(Tool::Decap, "saving", &ids)["value_type"], "float");
    // If no case shows otherwise, the form offers the description of a barrier.
    assert_eq!(field(Tool::Decap, "barrier", &ids)["fields"][1]["name"], "what");
}
