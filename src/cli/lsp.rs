//! `casebook lsp`: the language server, for editors that support the Language Server Protocol.

use clap::Args;

use super::{ExitStatus, day, error::CommandError};
use crate::{
    failure::Failure,
    lsp::{self, ClientLeft},
};

/// Run the language server for an editor, on standard input and output
#[derive(Args)]
#[command(after_help = "\
An editor starts it; the guide \"In your own editor\" has the settings for Visual Studio Code, Neovim,
Helix and Emacs. It shows problems while you type, completes keys, terms, links and citations, and
renames terms, headings and files with all references to them.")]
pub(super) struct LspArgs {
    /// Use standard input and output, which is the default; some clients pass this option
    #[arg(long, hide = true)]
    stdio: bool,
}

pub(super) fn run(args: &LspArgs) -> Result<ExitStatus, CommandError> {
    let LspArgs { stdio: _ } = args;
    let (connection, threads) = lsp::stdio::connect();
    let left = lsp::serve(&connection, || day::day(None).ok())?;
    drop(connection);
    threads.join().map_err(|error| Failure::new("speak with the editor", error))?;
    Ok(match left {
        ClientLeft::Properly => ExitStatus::Done,
        ClientLeft::WithoutShutdown => ExitStatus::NoShutdown,
    })
}
