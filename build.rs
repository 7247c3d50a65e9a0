//! Tells the program what it is made from: for which target, from which commit, and from which repository.

use std::{env, fs, path::Path, process::Command};

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-env-changed=CASEBOOK_COMMIT");
    println!("cargo::rustc-env=CASEBOOK_TARGET={}", variable("TARGET"));
    let commit = env::var("CASEBOOK_COMMIT").ok().or_else(of_package).or_else(of_checkout);
    if let Some(commit) = commit.filter(|commit| commit.len() >= 12) {
        println!("cargo::rustc-env=CASEBOOK_COMMIT={}", &commit[..12]);
    }
    println!("cargo::rerun-if-env-changed=CASEBOOK_REPOSITORY");
    if let (Err(_), Some(repository)) = (env::var("CASEBOOK_REPOSITORY"), origin_of_checkout()) {
        println!("cargo::rustc-env=CASEBOOK_REPOSITORY={repository}");
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
    let folder = checkout_of_release()?;
    println!("cargo::rerun-if-changed={}", git(&folder, &["rev-parse", "--git-path", "logs/HEAD"])?);
    git(&folder, &["rev-parse", "HEAD"])
}

/// The repository on GitHub that a checkout was cloned from, as owner/name.
fn origin_of_checkout() -> Option<String> {
    let folder = checkout_of_release()?;
    println!("cargo::rerun-if-changed={}", git(&folder, &["rev-parse", "--git-path", "config"])?);
    let address = git(&folder, &["config", "--get", "remote.origin.url"])?;
    let prefixes = ["https://github.com/", "ssh://git@github.com/", "git@github.com:"];
    let repository = prefixes.iter().find_map(|prefix| address.strip_prefix(prefix))?;
    let repository = repository.trim_end_matches('/').trim_end_matches(".git");
    (repository.split('/').count() == 2).then(|| repository.to_owned())
}

/// The folder of the package, if it is a checkout from which a release build is made.
fn checkout_of_release() -> Option<String> {
    let folder = variable("CARGO_MANIFEST_DIR");
    // A package without a commit may lie in somebody's repository.
    let is_checkout = Path::new(&folder).join(".git").exists();
    (is_checkout && variable("PROFILE") == "release").then_some(folder)
}

fn git(folder: &str, words: &[&str]) -> Option<String> {
    let said =
        Command::new("git").arg("-C").arg(folder).args(words).output().ok().filter(|said| said.status.success())?;
    Some(String::from_utf8(said.stdout).ok()?.trim().to_owned())
}
