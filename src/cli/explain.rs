//! `casebook explain`: explains the code of a problem, with the correction.

use std::fmt::Write;

use clap::{Args, builder::PossibleValuesParser};

use super::{ExitStatus, error::CommandError, terminal::Terminal};
use crate::problem::{Code, code::explained};

/// Explain the code of a problem, with an example and the correction
#[derive(Args)]
#[command(after_help = "\
casebook explain                 every code, with its level
casebook explain unknown-term    one of them")]
pub(super) struct ExplainArgs {
    /// The word in brackets after `error` or `warning`
    #[arg(value_name = "CODE", hide_possible_values = true,
          value_parser = PossibleValuesParser::new(Code::ALL.iter().map(|code| code.as_str())))]
    code: Option<String>,
}

pub(super) fn run(args: &ExplainArgs, terminal: &mut Terminal) -> Result<ExitStatus, CommandError> {
    let code = args.code.as_deref().and_then(Code::from_name);
    terminal.result(&code.map_or_else(list, |code| explained(code.rule())));
    Ok(ExitStatus::Done)
}

fn list() -> String {
    let width = Code::ALL.iter().map(|code| code.as_str().len()).max().unwrap_or_default();
    Code::ALL.iter().fold(String::new(), |mut text, code| {
        let level = code.usual_level().map_or("off", |level| level.as_str());
        writeln!(text, "{:width$}  {level:7}  {}", code.as_str(), code.meaning())
            .expect("a text takes what is written");
        text
    })
}
