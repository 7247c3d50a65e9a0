//! `casebook completions SHELL`

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use super::{Cli, ExitStatus, error::CommandError, terminal::Terminal};

/// Print a script that completes commands in your shell
#[derive(Args)]
#[command(after_help = "\
bash:  casebook completions bash > ~/.local/share/bash-completion/completions/casebook
zsh:   casebook completions zsh > \"${fpath[1]}/_casebook\"
fish:  casebook completions fish > ~/.config/fish/completions/casebook.fish")]
pub(super) struct CompletionsArgs {
    /// The shell
    #[arg(value_name = "SHELL")]
    shell: Shell,
}

pub(super) fn run(args: &CompletionsArgs, terminal: &mut Terminal) -> Result<ExitStatus, CommandError> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "casebook", &mut script);
    terminal.result(&String::from_utf8_lossy(&script));
    Ok(ExitStatus::Done)
}
