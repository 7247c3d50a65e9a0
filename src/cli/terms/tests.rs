use std::fs;

use clap::ColorChoice;

use super::*;

const VOCABULARY: &str = "content/vocabularies/sector.yaml";
const CASE: &str = "content/cases/a.md";

/// Renames health to wellness in a library in which a file was saved after it was read. Gives the status, the
/// vocabulary and the case.
fn renamed_after_a_save(saved: &str) -> (ExitStatus, String, String) {
    let library = tempfile::tempdir().unwrap();
    let root = library.path().canonicalize().unwrap();
    for (path, text) in [
        (VOCABULARY, "label: Sector\nterms:\n  - { id: health, label: Health }\n"),
        (CASE, "---\ntitle: A\nsummary: S.\ndate: 2026-01-02\nsector: health\n---\nText.\n"),
        ("casebook.yaml", "title: T\n"),
    ] {
        fs::create_dir_all(root.join(path).parent().unwrap()).unwrap();
        fs::write(root.join(path), text).unwrap();
    }
    let project = source::read(&root).unwrap();
    let text = |path: &str| fs::read_to_string(root.join(path)).unwrap();
    fs::write(root.join(saved), text(saved) + "# mine\n").unwrap();
    let global = Global { root: None, quiet: true, verbose: false, color: ColorChoice::Never };
    let [vocabulary, old, new] = ["sector", "health", "wellness"].map(str::to_owned);
    let action = TermsAction::Rename { vocabulary, old, new };
    let status = run_on(&root, &project, Some(&action), &mut Terminal::new(&global)).unwrap();
    (status, text(VOCABULARY), text(CASE))
}

#[test]
fn a_vocabulary_that_was_saved_since_it_was_read_stops_a_rename_before_any_case_is_changed() {
    let (status, vocabulary, case) = renamed_after_a_save(VOCABULARY);
    assert_eq!(status, ExitStatus::Refused);
    assert!(vocabulary.ends_with("# mine\n") && !vocabulary.contains("wellness"), "{vocabulary}");
    assert!(case.contains("sector: health\n"), "{case}");
}

#[test]
fn a_case_that_was_saved_since_it_was_read_keeps_the_old_id_which_stays_valid() {
    let (status, vocabulary, case) = renamed_after_a_save(CASE);
    assert_eq!(status, ExitStatus::Refused);
    assert!(case.ends_with("# mine\n") && case.contains("sector: health\n"), "{case}");
    assert!(vocabulary.contains("{ id: health, replaced_by: wellness }"), "{vocabulary}");
}

const WITH_POLICE: &str = "label: Sector\nterms:\n  - { id: health, label: Health }\n  - id: police\n";

/// Merges police into health in a library with these sectors of cases; those of "gone" are removed after the
/// library was read. Gives the status, and the folder.
fn merged_in(vocabulary: &str, sectors: &[(&str, &str)]) -> (ExitStatus, tempfile::TempDir) {
    let library = tempfile::tempdir().unwrap();
    let root = library.path().canonicalize().unwrap();
    fs::create_dir_all(root.join("content/cases")).unwrap();
    fs::create_dir_all(root.join("content/vocabularies")).unwrap();
    fs::write(root.join("casebook.yaml"), "title: T\n").unwrap();
    fs::write(root.join(VOCABULARY), vocabulary).unwrap();
    for (name, sector) in sectors {
        let text = format!("---\ntitle: {name}\nsummary: S.\ndate: 2026-01-02\nsector: {sector}\n---\nText.\n");
        fs::write(root.join(format!("content/cases/{name}.md")), text).unwrap();
    }
    let project = source::read(&root).unwrap();
    fs::remove_file(root.join("content/cases/gone.md")).unwrap_or_default();
    let global = Global { root: None, quiet: true, verbose: false, color: ColorChoice::Never };
    let [vocabulary, from, into] = ["sector", "police", "health"].map(str::to_owned);
    let action = TermsAction::Merge { vocabulary, from, into };
    (run_on(&root, &project, Some(&action), &mut Terminal::new(&global)).unwrap(), library)
}

#[track_caller]
fn assert_sector(library: &tempfile::TempDir, name: &str, sector: &str) {
    let case = fs::read_to_string(library.path().join(format!("content/cases/{name}.md"))).unwrap();
    assert!(case.contains(&format!("sector: {sector}\n")), "{case}");
}

#[test]
fn a_case_that_cannot_be_written_does_not_keep_the_others_from_a_merge() {
    let (status, library) = merged_in(WITH_POLICE, &[("a", "police"), ("gone", "police"), ("z", "[police]")]);
    assert_eq!(status, ExitStatus::Refused);
    assert_sector(&library, "a", "health");
    assert_sector(&library, "z", "[health]");
}

#[test]
fn a_merge_that_was_only_half_made_is_finished_by_the_same_command() {
    let retired = WITH_POLICE.replace("- id: police", "- { id: police, replaced_by: health }");
    let (status, library) = merged_in(&retired, &[("a", "health"), ("m", "[police, health]"), ("z", "Police")]);
    assert_eq!(status, ExitStatus::Done);
    assert_sector(&library, "m", "[health]");
    assert_sector(&library, "z", "health");
    assert_eq!(fs::read_to_string(library.path().join(VOCABULARY)).unwrap(), retired);
}

#[test]
fn a_case_that_keeps_the_old_term_makes_a_merge_incomplete() {
    let (status, library) = merged_in(WITH_POLICE, &[("a", "&first police"), ("z", "police")]);
    assert_eq!(status, ExitStatus::Refused);
    assert_sector(&library, "a", "&first police");
    assert_sector(&library, "z", "health");
}
