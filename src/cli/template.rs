//! `casebook template`: a blank case for people without an editor.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::{ExitStatus, Global, day, error::CommandError, root, terminal::Terminal, with_drafts::library_with_drafts};
use crate::{export::template::Template, output, read, source};

/// Write a blank case to fill in with Word, a spreadsheet or any editor
#[derive(Args)]
#[command(after_help = "\
casebook template                       writes case.docx
casebook template csv cases.csv         writes cases.csv, and cases-terms.csv with the terms that it accepts

It has the terms of this library. `casebook import FILE` reads it when it is filled in.")]
pub(super) struct TemplateArgs {
    /// What to write
    #[arg(value_enum, value_name = "KIND", default_value = "docx")]
    kind: TemplateKind,
    /// Where to write it [default: case.docx, cases.csv or case.md in this folder]
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum TemplateKind {
    Docx,
    Csv,
    Md,
}

pub(super) fn run(args: &TemplateArgs, global: &Global, terminal: &mut Terminal) -> Result<ExitStatus, CommandError> {
    let documents = read::read(&source::read(&root::root(global)?)?).value;
    let library = library_with_drafts(&documents, day::day(None)?);
    let template = match args.kind {
        TemplateKind::Docx => Template::Docx,
        TemplateKind::Csv => Template::Table,
        TemplateKind::Md => Template::Markdown,
    };
    let file = args.file.clone().unwrap_or_else(|| PathBuf::from(template.file_name()));
    write(&file, &template.bytes(&library), terminal)?;
    if template == Template::Table {
        let stem = file.file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
        write(&file.with_file_name(format!("{stem}-terms.csv")), &Template::Terms.bytes(&library), terminal)?;
    }
    Ok(ExitStatus::Done)
}

fn write(file: &Path, bytes: &[u8], terminal: &mut Terminal) -> Result<(), CommandError> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let Some(name) = file.file_name().and_then(|name| name.to_str()) else {
        return Err(CommandError::usage(
            format!("{} is not the name of a file", file.display()),
            "name a file, such as case.docx",
        ));
    };
    if !output::new_file::write(folder, name, bytes)? {
        return Err(CommandError::usage(format!("{} is there already", file.display()), "name another file"));
    }
    terminal.say(&format!("wrote {}", file.display()));
    Ok(())
}
