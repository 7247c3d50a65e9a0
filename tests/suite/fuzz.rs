//! The fuzz targets, run over the stored corpus and small changes to it.
//!
//! A normal run makes the same 10,000 inputs for each target every time; `PROPTEST_RNG_SEED=$RANDOM FUZZ_CASES=100000
//! cargo test --release --test suite fuzz` makes more and others.

use std::{fs, path::Path};

use proptest::{
    prelude::*,
    test_runner::{Config, TestRunner},
};

#[path = "../../fuzz/bodies.rs"]
mod bodies;

/// Pieces of text with a meaning to some parser.
const WORDS: [&str; 40] = [
    "---\n",
    "\n",
    "\r\n",
    "\t",
    "  ",
    ": ",
    "- ",
    "[",
    "]",
    "{",
    "}",
    "&a ",
    "*a ",
    "!!str ",
    "|\n",
    ">\n",
    "\"",
    "'",
    "#",
    "<script>",
    "</",
    "<svg><style>",
    "<!--",
    "-->",
    "<![CDATA[",
    "<a href=\"",
    "javascript:",
    "&#106;",
    "onerror=",
    "[@a, p. 1; @b]",
    "[^1]",
    "[^1]: ",
    "```\n",
    "| a | b |\n",
    "\u{feff}",
    "\u{0}",
    "\u{202e}",
    "é",
    "..",
    "/",
];

/// A seed with parts removed, repeated and inserted.
fn changed(seeds: Vec<Vec<u8>>) -> impl Strategy<Value = Vec<u8>> {
    let change = (
        any::<prop::sample::Index>(),
        any::<prop::sample::Index>(),
        0..4u8,
        prop::sample::select(WORDS.to_vec()),
        any::<u8>(),
    );
    (prop::sample::select(seeds), prop::collection::vec(change, 0..6)).prop_map(|(mut bytes, changes)| {
        for (from, to, kind, word, byte) in changes {
            let (from, to) = (from.index(bytes.len() + 1), to.index(bytes.len() + 1));
            let (from, to) = (from.min(to), from.max(to));
            match kind {
                0 => drop(bytes.drain(from..to)),
                1 => drop(bytes.splice(from..from, word.bytes()).collect::<Vec<_>>()),
                2 => {
                    let piece = bytes[from..to.min(from + 200)].to_vec();
                    drop(bytes.splice(to..to, piece).collect::<Vec<_>>());
                }
                _ => drop(bytes.splice(from..from, [byte]).collect::<Vec<_>>()),
            }
        }
        bytes
    })
}

/// The stored corpus of a target.
fn corpus(target: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(target);
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    assert!(!files.is_empty(), "{target} has no corpus");
    files.into_iter().map(|file| fs::read(file).unwrap()).collect()
}

fn run(target: &str, body: fn(&[u8])) {
    let seeds = corpus(target);
    seeds.iter().for_each(|seed| body(seed));
    let cases = std::env::var("FUZZ_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(10_000);
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    TestRunner::new(config)
        .run(&changed(seeds), |bytes| {
            body(&bytes);
            Ok(())
        })
        .unwrap_or_else(|fault| panic!("{target}: {fault}"));
}

macro_rules! targets {
    ($($target:ident),*) => { $(#[test] fn $target() { run(stringify!($target), bodies::$target); })* };
}

targets!(front_matter, markdown, clean, vocabulary, slug, manifest, host, range, lsp, import, office);

#[test]
fn every_fuzz_target_runs_over_its_corpus() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/fuzz_targets");
    let text = include_str!("fuzz.rs");
    let listed = text.split("targets!(").nth(1).unwrap().split(')').next().unwrap();
    for entry in fs::read_dir(folder).unwrap() {
        let name = entry.unwrap().path().file_stem().unwrap().to_str().unwrap().to_owned();
        assert!(listed.split(", ").any(|target| target == name), "{name} is no test");
    }
}

#[test]
fn the_fuzz_crate_has_the_versions_of_the_program() {
    let dependencies = |manifest: &str| {
        let manifest: toml::Table = fs::read_to_string(manifest).unwrap().parse().unwrap();
        let tables = ["dependencies", "dev-dependencies"].into_iter().filter_map(|name| manifest.get(name)?.as_table());
        let version = |value: &toml::Value| value.get("version").unwrap_or(value).as_str().map(str::to_owned);
        let listed = tables.flatten().filter_map(|(name, value)| Some((name.clone(), version(value)?)));
        listed.collect::<std::collections::BTreeMap<String, String>>()
    };
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let own = dependencies(folder.join("Cargo.toml").to_str().unwrap());
    for (name, version) in dependencies(folder.join("fuzz/Cargo.toml").to_str().unwrap()) {
        assert_eq!(own.get(&name).unwrap_or(&version), &version, "{name}");
    }
}
