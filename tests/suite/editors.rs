//! `casebook editors` and `casebook doctor` as a user types them, and the warnings of `check` about outdated settings
//! and copies.

use std::fs;

use crate::commands::{casebook, library, tree, write};

const TOOLS: [&str; 7] = ["vscode", "zed", "neovim", "pages-cms", "sveltia", "decap", "obsidian"];

#[test]
fn every_tool_gets_settings_and_they_are_written_once() {
    for tool in TOOLS {
        let library = library(&[]);
        let made = casebook(library.path(), &["editors", tool]);
        assert_eq!((made.status, made.err.as_str()), (0, ""), "{tool}");
        assert!(made.out.contains("wrote "), "{tool}: {}", made.out);
        assert!(made.out.split_once("\n\n").is_some_and(|(_, steps)| !steps.trim().is_empty()), "{tool}: {}", made.out);
        let files = tree(library.path());
        let again = casebook(library.path(), &["editors", tool]);
        assert!(again.out.contains("it is as it should be") && !again.out.contains("wrote"), "{tool}: {}", again.out);
        assert_eq!(tree(library.path()), files, "{tool}");
        // Settings for editors are never published.
        let built = casebook(library.path(), &["build"]);
        assert_eq!(built.status, 0, "{tool}: {}", built.err);
        assert_eq!(casebook(library.path(), &["check"]).err, "", "{tool}");
    }
    let bare = casebook(library(&[]).path(), &["editors"]);
    assert!(TOOLS.iter().all(|tool| bare.out.contains(tool)), "{}", bare.out);
}

#[test]
fn a_file_that_a_person_changed_is_kept_and_named() {
    let library = library(&[(".vscode/settings.json", "{}\n")]);
    casebook(library.path(), &["editors", "pages-cms"]);
    let settings = library.path().join(".pages.yml");
    let changed = fs::read_to_string(&settings).unwrap().replace("label: Cases", "label: Our cases");
    fs::write(&settings, &changed).unwrap();
    let left = casebook(library.path(), &["editors", "pages-cms"]);
    assert!(left.err.contains("left .pages.yml as it is: it was changed by hand"), "{}", left.err);
    assert_eq!(fs::read_to_string(&settings).unwrap(), changed);

    let code = casebook(library.path(), &["editors", "vscode"]);
    assert!(code.err.contains("left .vscode/settings.json as it is: Casebook did not write it"), "{}", code.err);
    assert!(code.out.contains("wrote .vscode/tasks.json"), "{}", code.out);
    assert_eq!(fs::read_to_string(library.path().join(".vscode/settings.json")).unwrap(), "{}\n");

    let shown = casebook(library.path(), &["editors", "pages-cms", "--print"]);
    assert!(shown.out.starts_with("-- .pages.yml --\n") && shown.out.contains("label: Cases"), "{}", shown.out);
    let replaced = casebook(library.path(), &["editors", "pages-cms", "--replace"]);
    assert!(replaced.out.contains("wrote .pages.yml anew"), "{}", replaced.out);
    assert!(!fs::read_to_string(&settings).unwrap().contains("Our cases"));
}

#[test]
fn check_says_when_settings_are_older_than_the_vocabularies() {
    let library = library(&[]);
    for tool in TOOLS {
        casebook(library.path(), &["editors", tool]);
    }
    assert_eq!(casebook(library.path(), &["check"]).err, "");
    let sectors = fs::read_to_string(library.path().join("content/vocabularies/sector.yaml")).unwrap();
    write(
        library.path(),
        "content/vocabularies/sector.yaml",
        &format!("{sectors}  - {{ id: housing, label: Housing }}\n"),
    );
    let told = casebook(library.path(), &["check"]);
    assert_eq!(told.status, 0);
    for (file, tool) in [
        (".pages.yml", "pages-cms"),
        (".vscode/casebook.code-snippets", "vscode"),
        ("_templates/case.md", "obsidian"),
        ("admin/config.yml", "decap"),
    ] {
        assert!(told.err.contains(&format!(" --> {file}:1:1")), "{file}: {}", told.err);
        assert!(told.err.contains(&format!("run `casebook editors {tool}` again")), "{tool}: {}", told.err);
    }
    assert!(!told.err.contains("tasks.json"), "{}", told.err);
    for tool in TOOLS {
        casebook(library.path(), &["editors", tool]);
    }
    assert_eq!(casebook(library.path(), &["check"]).err, "");
}

#[test]
fn a_page_of_a_tool_stays_below_the_root_and_out_of_the_content() {
    let library = library(&[]);
    for wrong in ["../admin", "/admin", "content/admin", "themes", "."] {
        let refused = casebook(library.path(), &["editors", "decap", "--page", wrong]);
        assert_eq!(refused.status, 2, "{wrong}: {}", refused.out);
    }
    casebook(library.path(), &["build"]);
    let asked = casebook(library.path(), &["editors", "decap", "--page", "output/edit"]);
    assert_eq!(asked.status, 0, "{}", asked.err);
    assert_eq!(casebook(library.path(), &["build"]).status, 0);
    assert!(library.path().join("output/edit/config.yml").is_file(), "a build leaves alone what it did not make");
}

#[test]
fn check_says_when_a_copied_template_is_outdated() {
    let library = library(&[]);
    casebook(library.path(), &["theme", "copy", "footer.html", "strings/en.yaml"]);
    assert_eq!(casebook(library.path(), &["check"]).err, "");
    let copy = library.path().join("themes/default/footer.html");
    let text = fs::read_to_string(&copy).unwrap();
    let (head, body) = text.split_once("mark ").unwrap();
    fs::write(&copy, format!("{head}mark 0000000000000000{}", &body[16..])).unwrap();
    let told = casebook(library.path(), &["check"]);
    assert_eq!(told.status, 0, "{}", told.err);
    assert!(told.err.contains("warning[outdated-copy]: the built-in footer.html has changed since this copy was made of it\n --> themes/default/footer.html:1:1"), "{}", told.err);
    // The advice leads to a library without warnings.
    assert!(
        told.err.contains("help: move this file out of themes/, run `casebook theme copy footer.html`"),
        "{}",
        told.err
    );
    fs::rename(&copy, library.path().join("footer-old.html")).unwrap();
    casebook(library.path(), &["theme", "copy", "footer.html"]);
    assert_eq!(casebook(library.path(), &["check"]).err, "");
    // A copy that a person has changed is not outdated.
    fs::write(&copy, text + "<!-- ours -->\n").unwrap();
    assert_eq!(casebook(library.path(), &["check"]).err, "");
}

#[test]
fn doctor_reports_what_a_bug_report_needs() {
    let library = library(&[]);
    let said = casebook(library.path(), &["doctor"]);
    assert_eq!((said.status, said.err.as_str()), (0, ""));
    for about in [
        "version     0.1.0",
        "program ",
        "library ",
        "0 cases",
        "publishing ",
        "watching ",
        "fonts ",
        "browser ",
        "missing ",
    ] {
        assert!(said.out.contains(about), "{about}: {}", said.out);
    }
    assert_eq!(tree(library.path()).len(), 4, "nothing is left behind");
    // Files of one folder before and after another: the library, content/ and content/vocabularies/.
    write(library.path(), "content/zebra.png", "");
    write(library.path(), "content/apple.png", "");
    let said = casebook(library.path(), &["doctor"]);
    assert!(said.out.contains(": 3 folders"), "{}", said.out);
    let nowhere = tempfile::tempdir().unwrap();
    let said = casebook(nowhere.path(), &["doctor"]);
    assert_eq!(said.status, 0);
    assert!(said.out.contains("library     none") && said.out.contains("missing     library: "), "{}", said.out);
}
