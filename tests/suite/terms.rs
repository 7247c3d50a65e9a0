//! `casebook terms`: lists, renames and merges.

use std::fs;

use tempfile::TempDir;

use crate::commands::{casebook, library, titled, tree, with_sector};

#[test]
fn terms_are_listed_with_their_counts() {
    let draft = with_sector("sector: police\nstatus: draft");
    let folder = library(&[
        ("content/cases/a.md", &with_sector("sector: [health, NHS]")),
        ("content/cases/b.md", &with_sector("sector: health")),
        ("content/cases/c.md", &draft),
    ]);
    let listed = casebook(folder.path(), &["terms"]);
    assert_eq!((listed.status, listed.err.as_str()), (0, ""));
    let sector = "Sector (sector): 3 terms\n  local-government  Local government      0\n  health            Health                2\n  police            Police                0\n\n";
    assert!(listed.out.starts_with(sector), "{}", listed.out);
    assert!(listed.out.contains("\n\nTier (tier): 2 terms\n"), "{}", listed.out);
    assert_eq!(casebook(folder.path(), &["terms", "list"]).out, listed.out);
    let unused = casebook(folder.path(), &["terms", "unused"]).out;
    assert_eq!(
        unused,
        "sector  local-government\ntier  unitary\ntier  county\nbarrier  political\nbarrier  resource\n"
    );
}

const ROLES: &str = "label: Role\nterms:\n  # who leads\n  - id: chair   # the first\n    label: Chair\n    also: [Head]\n  - { id: clerk, label: Clerk }\n  - id: vice\n    broader: chair\n";

/// A library with a vocabulary of roles and cases that use them.
pub fn with_roles() -> TempDir {
    library(&[
        ("content/vocabularies/role.yaml", ROLES),
        ("content/cases/a.md", &with_sector("sector: health\nrole: [chair, 'clerk'] # both")),
        (
            "content/cases/b.md",
            &titled("B", &with_sector("sector: health\nstatus: draft\nrole:\n  - term: Head\n    what: x\n  - Chair")),
        ),
        (
            "content/cases/c.md",
            &titled("C", &with_sector("sector: health\nrole:\n  - clerk # stays\n  - chair\n  - vice")),
        ),
    ])
}

#[test]
fn a_term_is_renamed_everywhere_and_its_old_name_redirects() {
    let folder = with_roles();
    let ran = casebook(folder.path(), &["terms", "rename", "role", "chair", "convenor"]);
    let expected = "changed content/cases/a.md in 1 place\nchanged content/cases/b.md in 1 place\nchanged content/cases/c.md in 1 place\nchanged content/vocabularies/role.yaml in 4 places\n";
    assert_eq!((ran.status, ran.out.as_str()), (0, expected), "{}", ran.err);
    let note = "note: the old id leads on to convenor, and the label \"Chair\" is now \"Convenor\"";
    assert!(ran.err.starts_with(note), "{}", ran.err);
    let read = |path: &str| fs::read_to_string(folder.path().join(path)).unwrap();
    let roles = ROLES
        .replace("  - id: chair ", "  - { id: chair, replaced_by: convenor }\n  - id: convenor ")
        .replace("label: Chair", "label: Convenor")
        .replace("broader: chair", "broader: convenor");
    assert_eq!(read("content/vocabularies/role.yaml"), roles);
    assert!(read("content/cases/a.md").contains("role: [convenor, 'clerk'] # both"));
    assert!(read("content/cases/b.md").contains("  - term: Head\n    what: x\n  - convenor"));
    let checked = casebook(folder.path(), &["check", "--drafts"]);
    assert_eq!((checked.status, checked.err.matches("warning").count()), (0, 3), "{}", checked.err);
    assert_eq!(casebook(folder.path(), &["build"]).status, 0);
    let old = fs::read_to_string(folder.path().join("output/role/chair/index.html")).unwrap();
    assert!(old.contains("/role/convenor/"), "{old}");
}

#[test]
fn two_terms_are_merged() {
    let folder = with_roles();
    let ran = casebook(folder.path(), &["terms", "merge", "role", "chair", "clerk"]);
    assert_eq!((ran.status, ran.err.as_str()), (0, ""));
    let read = |path: &str| fs::read_to_string(folder.path().join(path)).unwrap();
    let roles = ROLES
        .replace("# the first\n", "# the first\n    replaced_by: clerk\n")
        .replace("broader: chair", "broader: clerk");
    assert_eq!(read("content/vocabularies/role.yaml"), roles);
    assert!(read("content/cases/a.md").contains("role: ['clerk'] # both\n"));
    assert!(read("content/cases/b.md").contains("role:\n  - term: clerk\n    what: x\n---\n"));
    assert!(read("content/cases/c.md").contains("role:\n  - clerk # stays\n  - vice\n---\n"));
    assert_eq!(casebook(folder.path(), &["check", "--drafts", "--deny-warnings"]).status, 0);

    let flow = casebook(folder.path(), &["terms", "merge", "role", "clerk", "vice"]);
    assert_eq!(flow.status, 2);
    assert!(flow.err.contains("\"vice\" is a narrower term of \"clerk\""), "{}", flow.err);
}

#[test]
fn an_id_that_yaml_would_misread_is_quoted() {
    let years = "label: Year\nterms:\n  - { id: gone, label: Gone }\n  - id: \"2010\"\n    label: Then\n  - { id: \"2011\", label: Later }\n";
    let folder = library(&[
        ("content/vocabularies/year.yaml", years),
        ("content/cases/a.md", &with_sector("sector: health\nyear: [gone, \"2010\"]")),
    ]);
    let terms = |words: &[&str]| {
        let ran = casebook(folder.path(), &[&["terms"], words].concat());
        assert_eq!(ran.status, 0, "{words:?}: {}", ran.err);
        fs::read_to_string(folder.path().join("content/vocabularies/year.yaml")).unwrap()
    };
    let renamed = terms(&["rename", "year", "gone", "null"]);
    assert!(
        renamed.contains("  - { id: gone, replaced_by: \"null\" }\n  - { id: \"null\", label: \"Null\" }\n"),
        "{renamed}"
    );
    let merged = terms(&["merge", "year", "2010", "2011"]);
    assert!(merged.contains("  - id: \"2010\"\n    replaced_by: \"2011\"\n    label: Then\n"), "{merged}");
    let renamed = terms(&["rename", "year", "2011", "true"]);
    assert!(
        renamed.contains("  - { id: \"2011\", replaced_by: \"true\" }\n  - { id: \"true\", label: Later }\n"),
        "{renamed}"
    );
    let merged = terms(&["merge", "year", "null", "true"]);
    assert!(merged.contains("  - { id: \"null\", replaced_by: \"true\", label: \"Null\" }\n"), "{merged}");
    assert!(fs::read_to_string(folder.path().join("content/cases/a.md")).unwrap().contains("\nyear: [\"true\"]\n"));
    let checked = casebook(folder.path(), &["check"]);
    assert_eq!((checked.status, checked.err.matches("error").count()), (0, 0), "{}", checked.err);
}

#[test]
fn a_change_that_makes_a_new_error_is_refused_also_if_it_removes_another() {
    let folder = library(&[
        ("content/cases/a.md", &with_sector("sector: nowhere")),
        ("content/pages/old.md", "---\ntitle: Old\nsummary: S\naliases: [/sector/nowhere/]\n---\nText.\n"),
    ]);
    let before = tree(folder.path());
    let ran = casebook(folder.path(), &["terms", "rename", "sector", "health", "nowhere"]);
    assert_eq!(ran.status, 2, "{}{}", ran.out, ran.err);
    let told = "this would make a new error in content/pages/old.md, so nothing was changed: ";
    assert!(ran.err.contains(told) && ran.err.contains("/sector/nowhere/"), "{}", ran.err);
    assert_eq!(tree(folder.path()), before);
}

#[test]
fn terms_refuses_what_is_not_possible_and_changes_nothing() {
    let folder = with_roles();
    let before = tree(folder.path());
    for (words, told) in [
        (&["rename", "rôle", "chair", "x"][..], "there is no vocabulary \"rôle\""),
        (&["rename", "role", "chiar", "x"], "did you mean \"chair\"?"),
        (&["rename", "role", "chair", "The Chair"], "cannot be a term's id"),
        (&["rename", "role", "chair", "clerk"], "to make the two one: casebook terms merge role chair clerk"),
        (&["rename", "role", "chair", "chair"], "is a name of \"chair\" already"),
        (&["merge", "role", "chair", "Head"], "are one term"),
        (&["merge", "role", "chair", "vice"], "is a narrower term of \"chair\""),
    ] {
        let ran = casebook(folder.path(), &[&["terms"], words].concat());
        assert_eq!(ran.status, 2, "{words:?}: {}{}", ran.out, ran.err);
        assert!(ran.err.contains(told) && ran.err.contains("help: "), "{words:?}: {}", ran.err);
    }
    assert_eq!(tree(folder.path()), before);
}

#[test]
fn a_term_that_is_not_in_a_list_is_not_renamed() {
    let vocabulary = "label: Role\nterms: { id: chair, label: Chair }\n";
    let case = with_sector("sector: health\nrole: chair");
    let folder = library(&[("content/vocabularies/role.yaml", vocabulary), ("content/cases/a.md", &case)]);
    let before = tree(folder.path());
    let ran = casebook(folder.path(), &["terms", "rename", "role", "chair", "convenor"]);
    assert_eq!(ran.status, 2, "{}", ran.out);
    assert!(ran.err.contains("no place to keep the old id"), "{}", ran.err);
    assert!(ran.err.contains("help: make `terms` a list"), "{}", ran.err);
    assert_eq!(tree(folder.path()), before);
}

#[test]
fn a_word_of_a_vocabulary_with_an_anchor_or_an_alias_stops_a_change_and_is_named() {
    for (terms, words, told) in [
        ("- { id: &c chair, label: Chair }\n  - { id: clerk }", ["rename", "chair", "convenor"], "chair"),
        ("- { id: chair, label: &l Chair }\n  - { id: clerk }", ["rename", "chair", "convenor"], "Chair"),
        ("- { id: &c chair }\n  - { id: clerk }\n  - { id: vice, broader: *c }", ["merge", "chair", "clerk"], "chair"),
    ] {
        let vocabulary = format!("label: Role\nterms:\n  {terms}\n");
        let case = with_sector("sector: health\nrole: chair");
        let folder = library(&[("content/vocabularies/role.yaml", &vocabulary), ("content/cases/a.md", &case)]);
        let before = tree(folder.path());
        let [action, first, second] = words;
        let ran = casebook(folder.path(), &["terms", action, "role", first, second]);
        assert_eq!(ran.status, 2, "{}", ran.out);
        let why =
            "has an anchor, an alias or a tag of YAML in content/vocabularies/role.yaml\nhelp: write the word out";
        assert!(ran.err.contains(&format!("\"{told}\" {why}")), "{}", ran.err);
        assert_eq!(tree(folder.path()), before);
    }
}

#[test]
fn a_term_that_a_case_has_by_several_names_is_merged_as_a_whole() {
    let case = |roles: &str| with_sector(&format!("sector: health\nrole: {roles}"));
    let folder = library(&[
        ("content/vocabularies/role.yaml", ROLES),
        ("content/cases/a.md", &case("[clerk, chair, Head]")),
        ("content/cases/b.md", &titled("B", &case("[chair, Head, Chair, vice]"))),
        ("content/cases/c.md", &titled("C", &case("\n  - clerk\n  - chair\n  - Head"))),
    ]);
    let ran = casebook(folder.path(), &["terms", "merge", "role", "chair", "clerk"]);
    assert_eq!((ran.status, ran.err.as_str()), (0, ""));
    let read = |path: &str| fs::read_to_string(folder.path().join(path)).unwrap();
    assert!(read("content/cases/a.md").contains("\nrole: [clerk]\n"));
    assert!(read("content/cases/b.md").contains("\nrole: [clerk, vice]\n"));
    assert!(read("content/cases/c.md").contains("\nrole: \n  - clerk\n---\n"));
}
