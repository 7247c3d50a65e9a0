//! The command line: arguments and commands.
//!
//! One short file for each command. A command reads through `source`, calls `pipeline`, writes through `output`, and
//! reports what it did; it decides nothing about content. Problems go to standard error, results and machine formats to
//! standard output. Only this module and `preview` read the time of day.

mod base_url;
mod build;
mod check;
mod completions;
mod day;
mod doctor;
mod editors;
mod error;
mod explain;
mod external;
mod import;
mod init;
mod inputs;
mod last_report;
mod lsp;
mod new;
mod progress;
mod repository;
mod rewrite;
mod root;
mod schema;
mod serve;
mod template;
mod terminal;
mod terms;
mod theme;
mod unreadable;
mod with_drafts;
mod wording;

use std::{ffi::OsString, path::PathBuf, sync::LazyLock};

use clap::{Args, ColorChoice, Parser, Subcommand};

use self::{error::CommandError, terminal::Terminal};

/// The result of a command, as its exit status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExitStatus {
    /// The command succeeded.
    Done,
    /// The content has errors; nothing was published.
    ContentErrors,
    /// An editor left the language server without shutting it down. The protocol says which status that is.
    NoShutdown,
    /// The command line is wrong.
    Usage,
    /// The disk or the system refused.
    Refused,
}

impl ExitStatus {
    /// The exit status.
    pub fn status(self) -> u8 {
        match self {
            ExitStatus::Done => 0,
            ExitStatus::ContentErrors | ExitStatus::NoShutdown => 1,
            ExitStatus::Usage => 2,
            ExitStatus::Refused => 3,
        }
    }
}

/// Turns a folder of Markdown case studies into a website that can be read, browsed and searched.
#[derive(Parser)]
#[command(name = "casebook", version = VERSION.as_str(), max_term_width = 100, subcommand_required = true, arg_required_else_help = true)]
#[command(after_help = "\
Make a library:          casebook init my-library
Write a case:            casebook new \"A shared front desk\" --sector health,police
Import cases:            casebook import ../old-blog --dry-run
See it while you write:  casebook serve --open
Find problems:           casebook check
Explain a code:          casebook explain unknown-term
Correct mistakes:        casebook check --fix
Report a bug:            casebook doctor
Publish into output/:    casebook build

Exit status: 0 done; 1 the content has errors, nothing was published; 2 the command line is wrong; 3 the disk or the system failed.")]
struct Cli {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    command: Command,
}

/// The release, its commit if known, and its target. `build.rs` sets both.
static VERSION: LazyLock<String> = LazyLock::new(|| {
    let commit = option_env!("CASEBOOK_COMMIT").map_or_else(String::new, |commit| format!("{commit}, "));
    format!("{} ({commit}{})", env!("CARGO_PKG_VERSION"), env!("CASEBOOK_TARGET"))
});

/// Options of every command.
#[derive(Args)]
#[command(next_help_heading = "Options of every command")]
struct Global {
    /// The library's folder [default: the nearest folder upwards that has casebook.yaml]
    #[arg(long, global = true, value_name = "DIR")]
    root: Option<PathBuf>,
    /// Print only problems
    #[arg(long, short, global = true, conflicts_with = "verbose")]
    quiet: bool,
    /// Print the time of each stage
    #[arg(long, short, global = true)]
    verbose: bool,
    /// Colour in messages
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    color: ColorChoice,
}

#[derive(Subcommand)]
enum Command {
    Init(init::InitArgs),
    New(new::NewArgs),
    Import(import::ImportArgs),
    Template(template::TemplateArgs),
    Editors(editors::EditorsArgs),
    Build(build::BuildArgs),
    Check(check::CheckArgs),
    Explain(explain::ExplainArgs),
    Serve(serve::ServeArgs),
    Terms(terms::TermsArgs),
    Theme(theme::ThemeArgs),
    Doctor(doctor::DoctorArgs),
    Lsp(lsp::LspArgs),
    Schema(schema::SchemaArgs),
    Completions(completions::CompletionsArgs),
}

/// Runs the command that these arguments ask for. The first is the program's own name.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitStatus {
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(clap_error) => {
            // Help and version are results, not mistakes. A closed pipe means that the reader needs no more.
            let exit_status = if clap_error.use_stderr() { ExitStatus::Usage } else { ExitStatus::Done };
            clap_error.print().unwrap_or_default();
            return exit_status;
        }
    };
    let mut terminal = Terminal::new(&cli.global);
    let result: Result<ExitStatus, CommandError> = match &cli.command {
        Command::Init(args) => init::run(args, &cli.global, &mut terminal),
        Command::New(args) => new::run(args, &cli.global, &mut terminal),
        Command::Import(args) => import::run(args, &cli.global, &mut terminal),
        Command::Template(args) => template::run(args, &cli.global, &mut terminal),
        Command::Editors(args) => editors::run(args, &cli.global, &mut terminal),
        Command::Build(args) => build::run(args, &cli.global, &mut terminal),
        Command::Check(args) => check::run(args, &cli.global, &mut terminal),
        Command::Explain(args) => explain::run(args, &mut terminal),
        Command::Serve(args) => serve::run(args, &cli.global, &mut terminal),
        Command::Theme(args) => theme::run(args, &cli.global, &mut terminal),
        Command::Lsp(args) => lsp::run(args),
        Command::Doctor(args) => doctor::run(args, &cli.global, &mut terminal),
        Command::Terms(args) => terms::run(args, &cli.global, &mut terminal),
        Command::Schema(args) => schema::run(args, &cli.global, &mut terminal),
        Command::Completions(args) => completions::run(args, &mut terminal),
    };
    let result =
        result.and_then(|exit_status| terminal.write_error().map_or(Ok(exit_status), |failure| Err(failure.into())));
    result.unwrap_or_else(|stop| {
        terminal.command_error(&stop);
        stop.exit_status()
    })
}
