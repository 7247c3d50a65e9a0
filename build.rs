//! Tells the program what `casebook --version` says: for which target it is made, and from which commit.

use std::{env, fs, path::Path, process::Command};

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-env-changed=CASEBOOK_COMMIT");
    println!("cargo::rustc-env=CASEBOOK_TARGET={}", variable("TARGET"));
    let commit = env::var("CASEBOOK_COMMIT").ok().or_else(of_package).or_else(of_checkout);
    if let Some(commit) = commit.filter(|commit| commit.len() >= 12) {
        println!("cargo::rustc-env=CASEBOOK_COMMIT={}", &commit[..12]);
    }
}

fn variable(name: &str) -> String {
    env::var(name).unwrap_or_default()
}

/// The commit of a package, which `cargo package` writes into it.
fn of_package() -> Option<String> {
    let text = fs::read_to_string(Path::new(&variable("CARGO_MANIFEST_DIR")).join(".cargo_vcs_info.json")).ok()?;
    Some(text.split("\"sha1\": \"").nth(1)?.split('"').next()?.to_owned())
}

/// The commit of a checkout, with which a release build is made again after each commit. Other builds do not ask: they
/// would be made again too, and say a commit that they do not come from.
fn of_checkout() -> Option<String> {
    let folder = variable("CARGO_MANIFEST_DIR");
    // A package without a commit may lie in somebody's repository.
    let is_checkout = Path::new(&folder).join(".git").exists();
    if !is_checkout || variable("PROFILE") != "release" {
        return None;
    }
    println!("cargo::rerun-if-changed={}", git(&folder, &["rev-parse", "--git-path", "logs/HEAD"])?);
    git(&folder, &["rev-parse", "HEAD"])
}

fn git(folder: &str, words: &[&str]) -> Option<String> {
    let said =
        Command::new("git").arg("-C").arg(folder).args(words).output().ok().filter(|said| said.status.success())?;
    Some(String::from_utf8(said.stdout).ok()?.trim().to_owned())
}
