//! `casebook explain`: explains the code of a problem, with the correction, or a key of a file.

use std::{collections::BTreeSet, fmt::Write};

use clap::{Args, builder::PossibleValuesParser};

use super::{ExitStatus, error::CommandError, terminal::Terminal};
use crate::{
    model::keys::{self, Key},
    problem::{Code, code::explained},
};

/// Explain the code of a problem, with an example and the correction, or a key of a file
#[derive(Args)]
#[command(after_help = "\
casebook explain                 every code, with its level
casebook explain unknown-term    one of them
casebook explain summary         a key of front matter, settings or another file")]
pub(super) struct ExplainArgs {
    /// The word in brackets after `error` or `warning`, or the name of a key
    #[arg(value_name = "CODE", hide_possible_values = true,
          value_parser = PossibleValuesParser::new(words()))]
    code: Option<String>,
}

pub(super) fn run(args: &ExplainArgs, terminal: &mut Terminal) -> Result<ExitStatus, CommandError> {
    let text = match args.code.as_deref() {
        None => list(),
        Some(word) => match Code::from_name(word) {
            Some(code) => explained(code.rule()),
            None => explained_key(word),
        },
    };
    terminal.result(&text);
    Ok(ExitStatus::Done)
}

/// The words that can be explained: every code, and every name of a key.
fn words() -> Vec<&'static str> {
    let names: BTreeSet<&str> = every_key().into_iter().map(|(_, key)| key.name).collect();
    Code::ALL.iter().map(|code| code.as_str()).chain(names).collect()
}

/// Every key of every file, with the words for its place.
fn every_key() -> Vec<(String, &'static Key)> {
    fn add(place: &str, keys: &'static [Key], found: &mut Vec<(String, &'static Key)>) {
        for key in keys {
            found.push((place.to_owned(), key));
            add(&format!("`{}` of {place}", key.name), key.kind.keys(), found);
        }
    }
    let mut found = Vec::new();
    for file in &keys::FILES {
        add(file.path, file.keys, &mut found);
    }
    found
}

/// The keys of a name, each with its place, its meaning and an example.
fn explained_key(name: &str) -> String {
    let of_name = every_key().into_iter().filter(|(_, key)| key.name == name);
    let texts = of_name.map(|(place, key)| {
        let required = if key.required { " Required." } else { "" };
        let example: String = key.written().lines().map(|line| format!("    {line}\n")).collect();
        format!("{name} in {place}: {}{required}\n\nValue: {}.\n\n{example}", key.sentence, key.kind.in_words())
    });
    texts.collect::<Vec<_>>().join("\n")
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
