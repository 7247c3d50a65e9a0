//! Runs queries on the published search module as a browser does: `ask.mjs` runs it in Node over the files of a site.

use std::{
    collections::BTreeMap,
    fs,
    io::Write,
    path::Path,
    process::{Command, Stdio},
};

use casebook::{site::Site, source::Project};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::library::edition;

/// A response of the module.
#[derive(Debug, Deserialize)]
pub struct Answer {
    pub total: usize,
    pub complete: usize,
    pub results: Vec<Found>,
    pub facets: BTreeMap<String, BTreeMap<String, usize>>,
    pub correction: Option<String>,
    pub suggestion: Option<String>,
    pub ignored: Vec<String>,
    pub pages: Vec<Page>,
}

/// A result.
#[derive(Debug, Deserialize)]
pub struct Found {
    pub url: String,
    pub score: f64,
    pub missing: Vec<String>,
    pub excerpt: String,
}

/// A page or an entry of the glossary in a response.
#[derive(Debug, Deserialize)]
pub struct Page {
    pub url: String,
    pub title: String,
    pub excerpt: String,
}

impl Answer {
    /// The slugs of the cases, in order.
    pub fn slugs(&self) -> Vec<&str> {
        self.results.iter().map(Found::slug).collect()
    }
}

impl Found {
    pub fn slug(&self) -> &str {
        self.url.trim_end_matches('/').rsplit('/').next().unwrap()
    }
}

pub fn site(project: &Project) -> Site {
    crate::library::site(project, &edition()).value
}

/// The search files of a site, by their path in the output.
pub fn files(site: &Site) -> BTreeMap<String, Vec<u8>> {
    let files = site.search_files().iter();
    files.map(|(name, bytes)| (format!("search/{name}"), bytes.clone())).collect()
}

/// Writes the search files of a site into a folder.
pub fn write(site: &Site, folder: &Path) {
    for (path, bytes) in files(site) {
        let file = folder.join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, bytes).unwrap();
    }
}

/// Runs queries on the published module of a project.
pub fn ask(project: &Project, questions: &[Value]) -> Vec<Answer> {
    ask_site(&site(project), questions)
}

/// Runs queries on the published module of a site.
pub fn ask_site(site: &Site, questions: &[Value]) -> Vec<Answer> {
    let folder = tempfile::tempdir().unwrap();
    write(site, folder.path());
    let mut node = Command::new("node")
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/suite/ask.mjs"))
        .arg(folder.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("these tests run the published search module in Node 20 or later: install `node`");
    node.stdin.take().unwrap().write_all(json!(questions).to_string().as_bytes()).unwrap();
    let output = node.wait_with_output().unwrap();
    assert!(output.status.success(), "the module failed");
    serde_json::from_slice(&output.stdout).unwrap()
}

/// A request with a query and nothing else.
pub fn text(text: &str) -> Value {
    json!({ "text": text, "limit": 1000 })
}
