//! Small libraries in memory, written as text: the fixture of the other modules.

use std::{collections::BTreeMap, sync::Arc};

use casebook::{
    model::Edition,
    pipeline,
    problem::{
        Checked, FilePath,
        report::{Report, locate::locate},
    },
    site::{Site, fault::template_problems},
    source::{Project, SourceFile},
};
use proptest::prelude::ProptestConfig;

/// Vocabularies and settings that a library needs, for tests about something else.
pub const NEEDED: [(&str, &str); 4] = [
    ("casebook.yaml", "title: Test\n"),
    (
        "content/vocabularies/sector.yaml",
        "label: Sector\nplural: Sectors\nrequired: true\nterms:\n  - { id: local-government, label: Local government, also: [council] }\n  - { id: health, label: Health, also: [NHS, PCT] }\n  - { id: police, label: Police }\n",
    ),
    (
        "content/vocabularies/tier.yaml",
        "label: Tier\nplural: Tiers\nterms:\n  - { id: unitary, label: Unitary }\n  - { id: county, label: County }\n",
    ),
    (
        "content/vocabularies/barrier.yaml",
        "label: Barrier\nplural: Barriers\nterms:\n  - { id: political, label: Political }\n  - { id: resource, label: Resource }\n",
    ),
];

/// A project of these files. Files that are not Markdown, YAML or part of a theme have a name but no content.
pub fn project<'a>(files: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> Project {
    let load = |(path, bytes): (&str, &[u8])| {
        let is_text =
            [".md", ".yaml", ".yml"].iter().any(|ending| path.ends_with(ending)) || path.starts_with("themes/");
        let file = if is_text { SourceFile::Text(Arc::from(bytes)) } else { SourceFile::Other(None) };
        (FilePath::new(path), file)
    };
    Project { files: files.into_iter().map(load).collect(), problems: Vec::new() }
}

/// A project of these files, and of those that every library needs.
pub fn with_needed<'a>(files: &[(&'a str, &'a str)]) -> Project {
    let mut all: BTreeMap<&str, &[u8]> = NEEDED.iter().map(|&(path, text)| (path, text.as_bytes())).collect();
    all.extend(files.iter().map(|&(path, text)| (path, text.as_bytes())));
    project(all)
}

/// The edition of most tests: a fixed day, no drafts.
pub fn edition() -> Edition {
    Edition { day: "2026-11-22".parse().expect("a day"), with_drafts: false, base: None }
}

/// The site of a project, and its problems.
pub fn site(project: &Project, edition: &Edition) -> Checked<Site> {
    pipeline::site(&pipeline::read(project), edition)
}

/// The site of a project with every page made, and its report.
pub fn made(project: &Project, edition: &Edition) -> (Site, Report) {
    let Checked { value: site, mut problems } = site(project, edition);
    problems.extend(template_problems(&site));
    let report = locate(problems, &site.library.config.checks, |path| project.bytes(path));
    (site, report)
}

/// A valid case file with this body.
pub fn case(body: &str) -> String {
    format!("---\ntitle: A case\nsummary: What happened.\ndate: 2026-01-01\nsector: health\n---\n{body}")
}

/// The configuration of a property test that makes whole sites: with this many cases, or PROPTEST_CASES of them.
pub fn libraries(usual: u32) -> ProptestConfig {
    let cases = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(usual);
    ProptestConfig { cases, ..ProptestConfig::default() }
}
