//! `casebook schema`: prints JSON Schemas of a library's files, for editors' completion.

use clap::{Args, builder::PossibleValuesParser};

use super::{ExitStatus, Global, day, error::CommandError, root, terminal::Terminal, with_drafts::library_with_drafts};
use crate::{
    export,
    model::keys::{FILES, FileKind},
    read, source,
};

/// Print a JSON Schema of this library's files, with which an editor completes keys and terms
#[derive(Args)]
#[command(after_help = "\
Write it beside the library:   casebook schema > casebook.schema.json
For one kind of file:          casebook schema vocabulary > vocabulary.schema.json

An editor that supports JSON Schema for YAML then completes keys and terms, and marks mistakes. The
whole schema is that of the front matter of a case. It contains the others too, under
#/definitions/page, #/definitions/settings and so on. Run it again when the vocabularies have
changed.")]
pub(super) struct SchemaArgs {
    /// The kind of file [default: a case, with all others as definitions]
    #[arg(value_name = "KIND", value_parser = PossibleValuesParser::new(FILES.map(|file| file.name)))]
    kind: Option<String>,
}

pub(super) fn run(args: &SchemaArgs, global: &Global, terminal: &mut Terminal) -> Result<ExitStatus, CommandError> {
    let documents = read::read(&source::read(&root::root(global)?)?).value;
    let library = library_with_drafts(&documents, day::day(None)?);
    terminal.result(&match &args.kind {
        Some(kind) => export::schema::schema_of(&library, FileKind::named(kind)),
        None => export::schema::schema(&library),
    });
    Ok(ExitStatus::Done)
}
