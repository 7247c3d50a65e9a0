//! `casebook serve`: shows the library in a browser as it would be published, and updates it after each save.

use std::net::IpAddr;

use clap::Args;

use super::{ExitStatus, Global, day, error::CommandError, last_report::LastReport, root, terminal::Terminal};
use crate::{
    disk,
    model::Edition,
    preview::{
        self, Options, PreviewEvent,
        editor::{Editor, KNOWN},
    },
};

/// See the library in a browser while you write, drafts included
#[derive(Args)]
#[command(after_help = "\
While writing:                          casebook serve --open
As the public will see it:              casebook serve --no-drafts
From another machine, by its name:      casebook serve --host 0.0.0.0 --allow-host studio.example.org
Where the system reports no changes:    casebook serve --poll
Problems open in your editor:           casebook serve --editor zed

Each save is shown at once. Ctrl-C ends it. Nothing is written, so a published site stays as it is.
After each save the terminal prints what is new; r and Enter prints every problem.")]
pub(super) struct ServeArgs {
    /// The address to listen on: only this machine reaches 127.0.0.1; 0.0.0.0 is every address that this machine has
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1", value_parser = address)]
    host: IpAddr,
    /// The port to listen on; 0 takes one that is free
    #[arg(long, value_name = "PORT", default_value_t = 4000)]
    port: u16,
    /// Accept this host name too
    #[arg(long, value_name = "NAME")]
    allow_host: Vec<String>,
    /// Open the first page in a browser
    #[arg(long)]
    open: bool,
    /// Leave out drafts and cases with a later date, as the public will see the library
    #[arg(long)]
    no_drafts: bool,
    /// Look for changes twice a second, for folders where the system reports none
    #[arg(long)]
    poll: bool,
    #[arg(long, value_name = "NAME", value_parser = editor, help = editor_help())]
    editor: Option<Editor>,
}

pub(super) fn run(args: &ServeArgs, global: &Global, terminal: &mut Terminal) -> Result<ExitStatus, CommandError> {
    let root = root::root(global)?;
    let options = Options {
        address: args.host,
        port: args.port,
        allowed: args.allow_host.clone(),
        polls: args.poll,
        edition: Edition { day: day::day(None)?, with_drafts: !args.no_drafts, base: None },
        editor: args.editor.clone().or_else(editor_of_terminal),
        reads_input: disk::terminal::can_prompt(),
        today: || day::day(None).ok(),
    };
    let mut last = LastReport::default();
    preview::preview(&root, &options, |event| match event {
        PreviewEvent::Open(url) => {
            terminal.say(&format!("Preview at {url}"));
            if !args.host.is_loopback() {
                let what = if args.no_drafts { "the library is" } else { "the library, drafts included, is" };
                terminal.note(&format!("{what} visible to everyone who can reach this machine over the network"));
            }
            if args.open && open::that_detached(url).is_err() {
                terminal.note("no browser could be opened");
            }
        }
        PreviewEvent::Shown(preview, changes, took) => {
            match changes {
                [] => terminal.say(&format!("Ready in {} ms. Ctrl-C ends the preview.", took.as_millis())),
                _ => terminal.detail(&format!("shown after {} ms", took.as_millis())),
            }
            last.print_changes(preview, changes, terminal);
        }
        PreviewEvent::ReportRequested(preview) => LastReport::print_all(preview, terminal),
        PreviewEvent::Polling(reason) => {
            terminal
                .note(&format!("looking for changes twice a second from now on: the system reports none ({reason})"));
        }
        PreviewEvent::ReadFailed(failure) => terminal.note(&failure.to_string()),
    })?;
    Ok(ExitStatus::Done)
}

fn address(text: &str) -> Result<IpAddr, String> {
    match text {
        "localhost" => Ok(IpAddr::from([127, 0, 0, 1])),
        _ => text.parse().map_err(|_| "write an address of this machine, such as 127.0.0.1 or 0.0.0.0".to_owned()),
    }
}

fn editor(text: &str) -> Result<Editor, String> {
    Editor::named(text).ok_or_else(|| format!("choose {}, or write an address with {{file}} in it", known_editors()))
}

fn known_editors() -> String {
    KNOWN.map(|(name, _)| name).join(", ")
}

fn editor_help() -> String {
    format!(
        "The editor in which the bar opens a line: {}, or an address with {{file}}, {{line}} and {{column}} \
         [default: the editor whose terminal this is]",
        known_editors()
    )
}

/// The editor whose terminal this is, recognised by the variables that it sets.
fn editor_of_terminal() -> Option<Editor> {
    let variable = |name: &str| std::env::var(name).unwrap_or_default();
    let is_set = |name: &str| std::env::var_os(name).is_some();
    let name = match variable("TERM_PROGRAM").as_str() {
        "vscode" if is_set("CURSOR_TRACE_ID") => "cursor",
        "vscode" if variable("TERM_PROGRAM_VERSION").contains("insider") => "vscode-insiders",
        "vscode" => "vscode",
        "zed" => "zed",
        _ if is_set("ZED_TERM") => "zed",
        _ if variable("TERMINAL_EMULATOR") == "JetBrains-JediTerm" => "idea",
        _ => return None,
    };
    Editor::named(name)
}
