//! `casebook serve`: the library in a browser, as it will be published, a moment after each save.

use std::{net::IpAddr, time::Duration};

use clap::Args;

use super::{Ending, Global, build, day, error::CommandError, terminal::Terminal};
use crate::{
    model::Edition,
    preview::{self, Options, PreviewEvent},
    problem::{FilePath, report::Report},
};

/// See the library in a browser while you write, drafts included
#[derive(Args)]
#[command(after_help = "\
While writing:                          casebook serve --open
As the public will see it:              casebook serve --no-drafts
From another machine, by its name:      casebook serve --host 0.0.0.0 --allow-host studio.example.org
Where the system tells of no changes:   casebook serve --poll

Each save is shown at once. Ctrl-C ends it. Nothing is written: what was published stays as it is.")]
pub(super) struct ServeArgs {
    /// The address to listen on: only this machine reaches 127.0.0.1; 0.0.0.0 is every address that this machine has
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1", value_parser = address)]
    host: IpAddr,
    /// The port to listen on; 0 takes one that is free
    #[arg(long, value_name = "PORT", default_value_t = 4000)]
    port: u16,
    /// Answer under this name too
    #[arg(long, value_name = "NAME")]
    allow_host: Vec<String>,
    /// Open the first page in a browser
    #[arg(long)]
    open: bool,
    /// Leave drafts and cases of a later day out, as the public will see it
    #[arg(long)]
    no_drafts: bool,
    /// Look for changes twice a second, for folders of which the system tells nothing
    #[arg(long)]
    poll: bool,
}

/// More names than this are only counted.
const MOST_NAMED: usize = 3;

pub(super) fn run(args: &ServeArgs, global: &Global, terminal: &mut Terminal) -> Result<Ending, CommandError> {
    let root = build::root(global)?;
    let options = Options {
        address: args.host,
        port: args.port,
        allowed: args.allow_host.clone(),
        polls: args.poll,
        edition: Edition { day: day::day(None)?, with_drafts: !args.no_drafts, base: None },
        today: || day::day(None).ok(),
    };
    let mut last = Report::default();
    preview::preview(&root, &options, |told| match told {
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
        PreviewEvent::Shown(changes, report, took) => {
            terminal.say(&line(changes, took));
            if *report != last {
                terminal.problems(report);
                if report.problems.is_empty() && !last.problems.is_empty() {
                    terminal.say("No problems any more");
                }
                last = report.clone();
            }
        }
        PreviewEvent::Polling(reason) => {
            terminal.note(&format!(
                "looking for changes twice a second from now on: the system tells of no more ({reason})"
            ));
        }
        PreviewEvent::Unread(failure) => terminal.note(&failure.to_string()),
    })?;
    Ok(Ending::Done)
}

/// What changed and how long it took: one line.
fn line(changes: &[FilePath], took: Duration) -> String {
    let milliseconds = took.as_millis();
    if changes.is_empty() {
        return format!("Ready in {milliseconds} ms. Ctrl-C ends the preview.");
    }
    let named: Vec<&str> = changes.iter().take(MOST_NAMED).map(FilePath::as_str).collect();
    let more = match changes.len().saturating_sub(MOST_NAMED) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    format!("{}{more}: {milliseconds} ms", named.join(", "))
}

fn address(text: &str) -> Result<IpAddr, String> {
    match text {
        "localhost" => Ok(IpAddr::from([127, 0, 0, 1])),
        _ => text.parse().map_err(|_| "write an address of this machine, such as 127.0.0.1 or 0.0.0.0".to_owned()),
    }
}
