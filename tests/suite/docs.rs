//! The documentation agrees with the program: it builds without a warning, and its commands work.
//!
//! The `sh` fences of a guide are run in order in an empty folder, with `casebook` on the path. A fence with
//! `file=PATH` is written to that file first; the keys of one with `into=PATH` replace those of that file. Commands of
//! `casebook` in a `bash` or `console` fence are only parsed, and settings in YAML, JSON, TOML and XML must be
//! well-formed. `tests/hosts` runs those for nginx and Apache; those for Neovim and Emacs are only shown.

use std::{env, fs, path::Path, process::Command};

use assert_cmd::cargo::cargo_bin;
use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};

const GUIDES: &str = "docs/content/cases";

#[test]
fn the_documentation_is_a_library_that_builds_without_a_warning() {
    let output = tempfile::tempdir().unwrap();
    let site = output.path().join("site");
    let mut build = assert_cmd::Command::cargo_bin("casebook").unwrap();
    build.args(["--root", "docs", "build", "--deny-warnings", "--output"]).arg(&site).assert().success();
    assert!(site.join("cases/a-first-library/index.html").is_file());
}

#[test]
fn the_second_theme_builds_a_library_without_a_warning() {
    let folder = tempfile::tempdir().unwrap();
    for part in ["docs/content", "themes/gazette"] {
        for file in
            walkdir::WalkDir::new(part).into_iter().map(Result::unwrap).filter(|file| file.file_type().is_file())
        {
            let to = folder.path().join(file.path().strip_prefix("docs").unwrap_or(file.path()));
            fs::create_dir_all(to.parent().unwrap()).unwrap();
            fs::copy(file.path(), to).unwrap();
        }
    }
    let settings = fs::read_to_string("docs/casebook.yaml").unwrap() + "theme: gazette\n";
    fs::write(folder.path().join("casebook.yaml"), settings).unwrap();
    let mut build = assert_cmd::Command::cargo_bin("casebook").unwrap();
    build.args(["build", "--deny-warnings", "--root"]).arg(folder.path()).assert().success();
    let home = fs::read_to_string(folder.path().join("output/index.html")).unwrap();
    assert!(home.contains("Latest cases"), "the words are the theme's");
}

#[test]
fn every_command_in_a_guide_works() {
    let folder = || tempfile::tempdir().unwrap();
    let ran: usize = guides().iter().map(|guide| run(guide, folder().path())).sum();
    assert!(ran > 10, "the guides hold commands");
}

#[test]
fn the_tutorial_ends_with_a_published_case() {
    let folder = tempfile::tempdir().unwrap();
    run(Path::new("docs/content/cases/a-first-library.md"), folder.path());
    assert!(folder.path().join("my-library/output/cases/a-shared-front-desk/index.html").is_file());
}

#[test]
fn every_other_fence_of_a_guide_can_be_read_by_the_program_it_is_for() {
    for guide in guides() {
        for (info, body) in fences(&fs::read_to_string(&guide).unwrap()) {
            let fault = match info.split_whitespace().next() {
                _ if info.contains("file=") || info.contains("into=") => None,
                Some("bash" | "console") => body.lines().find(|line| !is_parsed(line)).map(str::to_owned),
                Some("yaml") => serde_yaml::from_str::<serde_yaml::Value>(&body).err().map(|fault| fault.to_string()),
                Some("json") => serde_json::from_str::<serde_json::Value>(&body).err().map(|fault| fault.to_string()),
                Some("toml") => body.parse::<toml::Table>().err().map(|fault| fault.to_string()),
                Some("xml") => roxmltree::Document::parse(&body).err().map(|fault| fault.to_string()),
                Some("sh" | "text" | "markdown" | "csv" | "css" | "nginx" | "apache" | "lua" | "lisp") => None,
                other => Some(format!("a fence of an unknown kind: {other:?}")),
            };
            assert_eq!(fault, None, "{}:\n{body}", guide.display());
        }
    }
}

// A page shows no info string, so a reader knows of the file only what the text says.
#[test]
fn the_text_before_a_fence_names_the_file_that_it_belongs_in() {
    for guide in guides() {
        let text = fs::read_to_string(&guide).unwrap();
        // Text and fences take turns.
        for pair in text.split("```").collect::<Vec<_>>().chunks(2) {
            let [before, fence] = pair else { continue };
            let info = fence.lines().next().unwrap_or_default();
            let named = info.split_whitespace().find_map(|word| word.split_once('='));
            if let Some(("file" | "into", path)) = named {
                assert!(before.contains(&format!("`{path}`")), "{}: nothing names {path}", guide.display());
            }
        }
    }
}

/// Whether a line of a terminal is no command of `casebook`, or one whose words and options it has.
fn is_parsed(line: &str) -> bool {
    let line = line.strip_prefix("$ ").unwrap_or(line);
    let Some(command) = line.strip_prefix("casebook ") else { return true };
    let words = command.split(" #").next().unwrap().split_whitespace();
    // Options that do not exist are reported before the help is printed.
    assert_cmd::Command::cargo_bin("casebook").unwrap().args(words).arg("--help").output().unwrap().status.success()
}

#[test]
fn the_message_in_the_readme_is_the_message_of_the_program() {
    let readme = fs::read_to_string("README.md").unwrap();
    let fences = fences(&readme);
    let (_, shown) = fences.iter().find(|(info, _)| info == "text").unwrap();
    let (_, commands) = fences.iter().find(|(info, _)| info == "sh").unwrap();
    let folder = tempfile::tempdir().unwrap();
    let here = shell(Path::new("README.md"), folder.path(), commands);
    let case = here.join("content/cases/a-shared-front-desk.md");
    fs::write(&case, fs::read_to_string(&case).unwrap().replace("[health,", "[helth,")).unwrap();
    let ran = assert_cmd::Command::cargo_bin("casebook").unwrap().arg("check").current_dir(here).output().unwrap();
    let said = String::from_utf8(ran.stderr).unwrap();
    let message = shown.strip_prefix("$ casebook check\n").unwrap();
    assert!(said.contains(message), "{said}");
}

/// The guides, and the README.
fn guides() -> Vec<std::path::PathBuf> {
    let mut guides: Vec<_> = fs::read_dir(GUIDES).unwrap().map(|entry| entry.unwrap().path()).collect();
    guides.push("README.md".into());
    guides.sort();
    assert!(guides.len() > 5, "the guides are in {GUIDES}");
    guides
}

/// Runs the commands of a guide in an empty folder, and gives the number of fences that were run.
fn run(guide: &Path, folder: &Path) -> usize {
    let text = fs::read_to_string(guide).unwrap();
    // A `cd` stays in effect for later fences, as in the reader's shell.
    let mut here = folder.to_owned();
    let mut ran = 0;
    for (info, body) in fences(&text) {
        if let Some(path) = info.split_whitespace().find_map(|word| word.strip_prefix("file=")) {
            let file = here.join(path);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, body).unwrap();
        } else if let Some(path) = info.split_whitespace().find_map(|word| word.strip_prefix("into=")) {
            let file = here.join(path);
            fs::write(&file, with_keys(&fs::read_to_string(&file).unwrap(), &body)).unwrap();
        } else if info == "sh" {
            here = shell(guide, &here, &body);
            ran += 1;
        }
    }
    ran
}

/// The settings, with these keys in place of their own.
fn with_keys(settings: &str, keys: &str) -> String {
    let names: Vec<&str> = keys.lines().filter_map(|line| line.split_once(':')).map(|(name, _)| name).collect();
    let is_replaced = |line: &str| names.iter().any(|name| line.starts_with(&format!("{name}:")));
    let mut is_inside = false;
    let mut kept = String::new();
    for line in settings.lines() {
        is_inside = is_replaced(line) || is_inside && line.starts_with([' ', '-']);
        if !is_inside {
            kept += &format!("{line}\n");
        }
    }
    kept + keys
}

/// Runs commands in a folder. Panics at the first that fails; gives the folder in which they end.
fn shell(guide: &Path, folder: &Path, commands: &str) -> std::path::PathBuf {
    let program = cargo_bin("casebook");
    let path = format!("{}:{}", program.parent().unwrap().display(), env::var("PATH").unwrap());
    let script = format!("set -eu\n{commands}\npwd > \"$HERE\"\n");
    let here = tempfile::NamedTempFile::new().unwrap();
    let output = Command::new("sh")
        .args(["-c", &script])
        .current_dir(folder)
        .env("PATH", path)
        .env("HERE", here.path())
        .env("HOME", folder)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{}:\n{commands}\n{said}", guide.display());
    fs::read_to_string(here.path()).unwrap().trim_end().into()
}

/// The fences of a guide: the info string and the content of each.
fn fences(text: &str) -> Vec<(String, String)> {
    let mut fences: Vec<(String, String)> = Vec::new();
    let mut is_inside = false;
    for event in Parser::new(text) {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                fences.push((info.into_string(), String::new()));
                is_inside = true;
            }
            Event::End(TagEnd::CodeBlock) => is_inside = false,
            Event::Text(text) if is_inside => fences.last_mut().unwrap().1.push_str(&text),
            _ => {}
        }
    }
    fences
}
