//! `casebook theme`: lists the files of the built-in theme, and copies them into the library.

use std::fmt::Write;

use clap::{Args, Subcommand};

use super::{ExitStatus, Global, error::CommandError, root, terminal::Terminal};
use crate::{output, problem::message::nearest, read, site::theme, source};

/// List the files of the built-in theme, or copy some into the library to change them
#[derive(Args)]
#[command(after_help = "\
casebook theme list
casebook theme copy footer.html strings/en.yaml

A copy replaces the built-in file. Your strings/en.yaml needs only the texts that you change.")]
pub(super) struct ThemeArgs {
    #[command(subcommand)]
    action: Option<ThemeAction>,
}

#[derive(Subcommand)]
enum ThemeAction {
    /// List the files, and mark those that the library has a copy of
    List,
    /// Copy files into the library's theme; existing files are left alone
    Copy {
        /// The files, as the list names them
        #[arg(value_name = "FILE", required = true)]
        files: Vec<String>,
    },
}

pub(super) fn run(args: &ThemeArgs, global: &Global, terminal: &mut Terminal) -> Result<ExitStatus, CommandError> {
    let root = root::root(global)?;
    let project = source::read(&root)?;
    let name = read::read(&project).value.config.theme.value.clone();
    match &args.action {
        Some(ThemeAction::Copy { files }) => copy(files, &root, &name, terminal),
        Some(ThemeAction::List) | None => {
            let own = |file: &str| project.files.keys().any(|path| path.as_str() == format!("themes/{name}/{file}"));
            let list = theme::built_in_files().into_keys().fold(String::new(), |mut text, file| {
                let mark = if own(&file) { format!("   in themes/{name}/") } else { String::new() };
                writeln!(text, "{file}{mark}").expect("a text takes what is written");
                text
            });
            terminal.result(&list);
            Ok(ExitStatus::Done)
        }
    }
}

fn copy(
    files: &[String],
    root: &std::path::Path,
    theme: &str,
    terminal: &mut Terminal,
) -> Result<ExitStatus, CommandError> {
    let built_in = theme::built_in_files();
    for file in files {
        if !built_in.contains_key(file) {
            let help = match nearest(file, built_in.keys().map(String::as_str)) {
                Some((near, _)) => format!("did you mean \"{near}\"?"),
                None => "`casebook theme list` names every file".to_owned(),
            };
            return Err(CommandError::usage(format!("the built-in theme has no file \"{file}\""), help));
        }
    }
    output::hidden_file::remove_left_in_library(root, &source::FOLDERS);
    for file in files {
        let path = format!("themes/{theme}/{file}");
        let bytes = theme::copy(file, &built_in[file]);
        match output::new_file::write(root, &path, &bytes)? {
            true => terminal.say(&format!("wrote {path}")),
            false => terminal.say(&format!("left  {path} as it is")),
        }
    }
    Ok(ExitStatus::Done)
}
