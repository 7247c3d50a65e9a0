//! `action.yml`: what the action asks of Casebook, with a program in its place that prints its arguments.

use std::{fs, os::unix::fs::PermissionsExt, process::Command};

use serde_yaml::Value;

use crate::commands::Ran;

/// Runs the last step of the action with this input. Gives the arguments of `casebook`, each on a line, and what the
/// step gives to the next ones. The temporary folder of the job is written `RUNNER_TEMP` in both.
fn run(input: &str) -> (Ran, String) {
    let action: Value = serde_yaml::from_str(&fs::read_to_string("action.yml").unwrap()).unwrap();
    let step = action["runs"]["steps"].as_sequence().unwrap().last().unwrap()["run"].as_str().unwrap().to_owned();
    let folder = tempfile::tempdir().unwrap();
    let program = folder.path().join("casebook");
    fs::write(&program, "#!/bin/sh\nprintf '%s\\n' \"$@\"\n").unwrap();
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    let given = folder.path().join("given");
    fs::write(&given, "").unwrap();
    let path = format!("{}:{}", folder.path().display(), std::env::var("PATH").unwrap());
    let mut command = Command::new("bash");
    command.args(["--noprofile", "--norc", "-e", "-o", "pipefail", "-c", &step]).env("PATH", path);
    command.env("ARGUMENTS", input).env("RUNNER_TEMP", folder.path()).env("GITHUB_OUTPUT", &given);
    let ran = command.output().unwrap();
    let temporary = folder.path().to_str().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap().replace(temporary, "RUNNER_TEMP");
    let ran = Ran { status: ran.status.code().unwrap(), out: text(ran.stdout), err: text(ran.stderr) };
    (ran, text(fs::read(&given).unwrap()))
}

/// The version that the first step of the action asks for, with a program in place of `gh` that prints its arguments.
fn version(input: &str) -> String {
    let action: Value = serde_yaml::from_str(&fs::read_to_string("action.yml").unwrap()).unwrap();
    let step = action["runs"]["steps"][0]["run"].as_str().unwrap().to_owned();
    let folder = tempfile::tempdir().unwrap();
    let program = folder.path().join("gh");
    fs::write(&program, "#!/bin/sh\n[ \"$2\" != view ] || { echo v9.9.9; exit; }\necho \"$3\" >&2\nexit 1\n").unwrap();
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    let path = format!("{}:{}", folder.path().display(), std::env::var("PATH").unwrap());
    let mut command = Command::new("bash");
    command.args(["-c", &step]).env("PATH", path).env("VERSION", input).env("ACTION", ".").env("REPOSITORY", "a/b");
    command.env("RUNNER_OS", "Linux").env("RUNNER_ARCH", "X64").env("RUNNER_TEMP", folder.path());
    String::from_utf8(command.output().unwrap().stderr).unwrap()
}

#[test]
fn the_action_installs_its_own_version_unless_another_is_named() {
    assert_eq!(version(""), format!("v{}\n", env!("CARGO_PKG_VERSION")));
    for (input, expected) in [("0.2.0", "v0.2.0\n"), ("v0.2.0", "v0.2.0\n"), ("latest", "v9.9.9\n")] {
        assert_eq!(version(input), expected);
    }
}

#[track_caller]
fn check(input: &str, arguments: &[&str], given: &str) {
    let (ran, found) = run(input);
    assert_eq!(
        (ran.status, ran.out.lines().collect::<Vec<_>>(), &*found),
        (0, arguments.to_vec(), given),
        "{}",
        ran.err
    );
}

#[test]
fn several_lines_of_the_input_are_one_command() {
    let site = "RUNNER_TEMP/casebook-site";
    let given = "site=RUNNER_TEMP/casebook-site\n";
    let url = "https://example.org/";
    check("build --base-url https://example.org/", &["build", "--base-url", url, "--output", site], given);
    check("build\n--base-url https://example.org/\n", &["build", "--base-url", url, "--output", site], given);
    check("--root docs\nbuild\n", &["--root", "docs", "build", "--output", site], given);
    check("build\n--output out\n", &["build", "--output", "out"], "");
    check("build --output=out", &["build", "--output=out"], "");
    check("check --format github", &["check", "--format", "github"], "");
}

#[test]
fn quotation_marks_hold_words_together_and_nothing_is_run() {
    check("new 'How to build' \"$(id) *\"", &["new", "How to build", "$(id) *"], "");
    let (ran, _) = run("new 'How to build");
    assert_eq!(ran.status, 2);
    assert!(ran.out.contains("::error::"), "{}{}", ran.out, ran.err);
}
