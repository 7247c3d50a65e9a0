//! `casebook schema`: what front matter may hold, for editors' completion.

use clap::Args;

use super::{Ending, Global, build, day, stop::Stop, terminal::Terminal};
use crate::{
    export,
    model::{Edition, assemble},
    read, source,
};

/// Print a JSON Schema of this library's front matter, with which an editor completes keys and terms
#[derive(Args)]
#[command(after_help = "\
Write it beside the library:   casebook schema > casebook.schema.json

An editor that knows JSON Schema for YAML then completes keys and terms, and marks slips, in the
front matter of a case; for plain pages name it with #/definitions/page after it. Run it again
when the vocabularies have changed.")]
pub(super) struct SchemaArgs {}

pub(super) fn run(_: &SchemaArgs, global: &Global, terminal: &mut Terminal) -> Result<Ending, Stop> {
    let documents = read::read(&source::read(&build::root(global)?)?).value;
    let library = assemble(&documents, &Edition { day: day::day(None)?, with_drafts: true, base: None }).value;
    terminal.result(&export::schema::schema(&library));
    Ok(Ending::Done)
}
