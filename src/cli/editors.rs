//! `casebook editors`: writes settings for editors' tools.

use std::path::Path;

use clap::{Args, builder::PossibleValuesParser};

use super::{ExitStatus, Global, day, error::CommandError, root, terminal::Terminal, with_drafts::library_with_drafts};
use crate::{
    export::editors::{SettingsFile, SettingsState, Tool, WrittenForms, made_for, state_of},
    model::Library,
    output,
    problem::{FilePath, Problem, message},
    read,
    source::{self, Project},
};

/// The default folder for a page that runs a tool.
const FOLDER: &str = "admin";

/// Write settings for an editor, made from this library's vocabularies
#[derive(Args)]
#[command(after_help = "\
The list of tools:                  casebook editors
Forms in the browser, on GitHub:    casebook editors pages-cms
See what would be written:          casebook editors vscode --print

Run it again when the vocabularies have changed; `casebook check` reminds you. A file that you have
changed, or that another program wrote, is left alone and named.")]
pub(super) struct EditorsArgs {
    /// The tool; without one, they are listed
    #[arg(value_name = "KIND", value_parser = PossibleValuesParser::new(Tool::ALL.map(Tool::name)))]
    kind: Option<String>,
    /// Print the files instead of writing them
    #[arg(long, requires = "kind")]
    print: bool,
    /// Overwrite files that were changed by hand or written by another program
    #[arg(long, requires = "kind", conflicts_with = "print")]
    replace: bool,
    /// The folder for the admin page of Sveltia or Decap, below the library's root. A folder in output/ is published
    /// with the site
    #[arg(long, value_name = "FOLDER", default_value = FOLDER, requires = "kind", value_parser = folder)]
    page: String,
}

pub(super) fn run(args: &EditorsArgs, global: &Global, terminal: &mut Terminal) -> Result<ExitStatus, CommandError> {
    let Some(tool) = args.kind.as_deref().and_then(Tool::named) else {
        let list: String = Tool::ALL.iter().map(|tool| format!("{:10} {}\n", tool.name(), tool.about())).collect();
        terminal.result(&list);
        return Ok(ExitStatus::Done);
    };
    let root = root::root(global)?;
    let project = source::read(&root)?;
    let documents = read::read(&project).value;
    let library = library_with_drafts(&documents, day::day(None)?);
    let written = WrittenForms::of(read::front_matter_of_cases(&project));
    let files = tool.files(&library, &written, &args.page);
    if args.print {
        files.iter().for_each(|file| terminal.result(&format!("-- {} --\n{}", file.path, file.text)));
        return Ok(ExitStatus::Done);
    }
    for file in &files {
        write(&root, file, args.replace, terminal)?;
    }
    tool.not_shown(&library, &written).iter().for_each(|line| terminal.note(line));
    terminal.say("");
    tool.first_steps(&args.page).lines().for_each(|step| terminal.say(step));
    Ok(ExitStatus::Done)
}

/// Writes a file if there is none, or only one that Casebook wrote and nobody changed. Says what it did.
fn write(root: &Path, file: &SettingsFile, replace: bool, terminal: &mut Terminal) -> Result<(), CommandError> {
    let path = &file.path;
    if output::new_file::write(root, path, file.text.as_bytes())? {
        terminal.say(&format!("wrote {path}"));
        return Ok(());
    }
    let there = source::read_named(&root.join(path))?.unwrap_or_default();
    let why = match state_of(&String::from_utf8_lossy(&there), &file.text) {
        SettingsState::Same => {
            terminal.say(&format!("kept  {path}: it is as it should be"));
            return Ok(());
        }
        SettingsState::Outdated => None,
        SettingsState::Changed | SettingsState::ChangedAndOutdated => Some("it was changed by hand"),
        SettingsState::Foreign => Some("Casebook did not write it"),
    };
    match why.filter(|_| !replace) {
        Some(why) => terminal
            .note(&format!("left {path} as it is: {why}; --print shows what it would be, --replace writes over it")),
        None if output::rewrite::write(root, path, &there, file.text.as_bytes())? => {
            terminal.say(&format!("wrote {path} anew"));
        }
        None => terminal.note(&format!("left {path} as it is: it has just been changed")),
    }
    Ok(())
}

/// A problem for each settings file that was made from other vocabularies or by another release.
pub(super) fn outdated(root: &Path, project: &Project, library: &Library) -> Result<Vec<Problem>, CommandError> {
    let mut found: Vec<(String, String, Tool)> = Vec::new();
    let none = WrittenForms::default();
    for path in Tool::ALL.iter().flat_map(|tool| tool.files(library, &none, FOLDER)).map(|file| file.path) {
        if found.iter().any(|(known, ..)| *known == path) {
            continue;
        }
        let text = source::read_named(&root.join(&path))?.map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
        if let Some((text, tool)) = text.and_then(|text| made_for(&text).map(|tool| (text, tool))) {
            found.push((path, text, tool));
        }
    }
    if found.is_empty() {
        return Ok(Vec::new());
    }
    let written = WrittenForms::of(read::front_matter_of_cases(project));
    let problems = found.into_iter().filter_map(|(path, text, tool)| {
        let current = tool.files(library, &written, FOLDER).into_iter().find(|file| file.path == path)?;
        match state_of(&text, &current.text) {
            SettingsState::Outdated => Some(message::file::outdated_settings(&FilePath::new(path), tool.name(), false)),
            SettingsState::ChangedAndOutdated => {
                Some(message::file::outdated_settings(&FilePath::new(path), tool.name(), true))
            }
            SettingsState::Same | SettingsState::Changed | SettingsState::Foreign => None,
        }
    });
    Ok(problems.collect())
}

/// A folder below the root, with forward slashes.
fn folder(typed: &str) -> Result<String, String> {
    let folder = typed.replace('\\', "/").trim_start_matches("./").trim_matches('/').to_owned();
    let parts: Vec<&str> = folder.split('/').collect();
    match parts.iter().any(|part| part.is_empty() || *part == ".." || *part == ".") || typed.starts_with('/') {
        true => Err("name a folder below the library's root, such as admin".to_owned()),
        false if source::FOLDERS.contains(&parts[0]) => {
            Err("content/ and themes/ are for what Casebook publishes; name another folder".to_owned())
        }
        false => Ok(folder),
    }
}
