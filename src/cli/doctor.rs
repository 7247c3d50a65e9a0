//! `casebook doctor`: reports facts about the machine for a bug report, and what is missing on it.

use std::{collections::BTreeSet, path::Path};

use clap::Args;

use super::{ExitStatus, Global, VERSION, error::CommandError, root, terminal::Terminal, wording::count_of};
use crate::{
    output::{self, target},
    preview,
    problem::FilePath,
    read,
    source::{self, Project},
};

/// Print what Casebook finds on this machine, for a bug report
#[derive(Args)]
#[command(after_help = "\
Copy the output into your report. It names folders of your machine, but no content.
Exit status: 0 even if something is missing, since a build works without it.")]
pub(super) struct DoctorArgs {}

/// A line of the report, and what is missing with the help.
struct Finding {
    about: &'static str,
    found: String,
    missing: Option<String>,
}

impl Finding {
    fn ok(about: &'static str, found: impl Into<String>) -> Finding {
        Finding { about, found: found.into(), missing: None }
    }
}

pub(super) fn run(_: &DoctorArgs, global: &Global, terminal: &mut Terminal) -> Result<ExitStatus, CommandError> {
    let mut findings = vec![
        Finding::ok("version", VERSION.as_str()),
        program(),
        Finding::ok("processors", std::thread::available_parallelism().map_or(1, usize::from).to_string()),
    ];
    match root::root(global) {
        Ok(root) => findings.extend(of_library(&root)?),
        Err(CommandError::Usage { message, help }) => {
            findings.push(Finding { about: "library", found: format!("none: {message}"), missing: Some(help) });
        }
        Err(refused) => return Err(refused),
    }
    findings.push(Finding::ok("fonts", "built in; none of this machine's are used"));
    findings.push(Finding::ok("browser", "none is needed to build"));
    findings.push(Finding::ok("network", "asked only by `casebook check --external`"));
    let lines: String = findings.iter().map(|finding| format!("{:11} {}\n", finding.about, finding.found)).collect();
    let missing: Vec<String> = findings
        .iter()
        .filter_map(|finding| Some(format!("missing     {}: {}\n", finding.about, finding.missing.as_ref()?)))
        .collect();
    let missing = if missing.is_empty() { "missing     nothing\n".to_owned() } else { missing.concat() };
    terminal.result(&(lines + &missing));
    Ok(ExitStatus::Done)
}

fn program() -> Finding {
    match std::env::current_exe() {
        Ok(path) => Finding::ok("program", path.display().to_string()),
        Err(error) => Finding::ok("program", format!("unknown: {error}")),
    }
}

fn of_library(root: &Path) -> Result<Vec<Finding>, CommandError> {
    let full = source::true_path(root)?;
    let project = source::read(root)?;
    let documents = read::read(&project).value;
    let (cases, pages) = (count_of(documents.cases.len(), "case"), count_of(documents.pages.len(), "page"));
    let size = format!("{cases}, {pages}, {}", count_of(project.files.len(), "file"));
    Ok(vec![
        Finding::ok("library", format!("{} ({size})", full.display())),
        publishing(root)?,
        watching(&full, &project)?,
    ])
}

fn publishing(root: &Path) -> Result<Finding, CommandError> {
    let folder = root.join("output");
    let target = match target::check(&folder, root, &source::FOLDERS) {
        Ok(target) => target,
        Err(refusal) => {
            return Ok(Finding {
                about: "publishing",
                found: format!("not into {}: {refusal}", folder.display()),
                missing: Some(refusal.help().to_owned()),
            });
        }
    };
    Ok(match output::probe::why_in_place(&target)? {
        None => Finding::ok("publishing", "a whole site takes the place of the last in one step"),
        Some(reason) => Finding {
            about: "publishing",
            found: format!("files are replaced one by one: {reason}"),
            missing: Some("readers may see old and new pages side by side for a moment during a build".to_owned()),
        },
    })
}

/// The limit of watched folders on Linux.
const MAX_WATCHES_FILE: &str = "/proc/sys/fs/inotify/max_user_watches";

fn watching(root: &Path, project: &Project) -> Result<Finding, CommandError> {
    let folders: BTreeSet<&str> = project.files.keys().map(FilePath::folder).collect();
    let most =
        source::read_named(Path::new(MAX_WATCHES_FILE))?.map(|bytes| String::from_utf8_lossy(&bytes).trim().to_owned());
    let limit = most.map_or_else(String::new, |most| format!(" of at most {most}"));
    let count = format!("{} folders{limit}", folders.len());
    Ok(match preview::watch::refusal(root) {
        None => Finding::ok("watching", format!("the system says what changes: {count}")),
        Some(reason) => Finding {
            about: "watching",
            found: format!("by the clock, twice a second: {count}"),
            missing: Some(format!(
                "the system will not say what changes ({reason}); raise fs.inotify.max_user_watches, or leave it: the preview works, a little later"
            )),
        },
    })
}
