//! `casebook explain`: explains the code of a problem, with the correction, or a key of a file.

use std::{collections::BTreeSet, ffi::OsStr, fmt::Write};

use clap::{
    Args,
    builder::{PossibleValue, StringValueParser, TypedValueParser},
};

use super::{ExitStatus, error::CommandError, terminal::Terminal};
use crate::{
    model::keys::{self, Key},
    problem::{Code, code::explained, message::nearest},
};

/// Explain the code of a problem, with an example and the correction, or a key of a file
#[derive(Args)]
#[command(after_help = "\
casebook explain                 every code, with its level
casebook explain unknown-term    one of them
casebook explain summary         a key of front matter, settings or another file")]
pub(super) struct ExplainArgs {
    /// The word in brackets after `error` or `warning`, or the name of a key
    #[arg(value_name = "CODE", hide_possible_values = true, value_parser = WordParser)]
    code: Option<String>,
}

/// Takes any word, so that an unknown one is answered with the nearest and not with all. A shell completes the known.
#[derive(Clone)]
struct WordParser;

impl TypedValueParser for WordParser {
    type Value = String;

    fn parse_ref(
        &self,
        command: &clap::Command,
        arg: Option<&clap::Arg>,
        value: &OsStr,
    ) -> Result<String, clap::Error> {
        StringValueParser::new().parse_ref(command, arg, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(words().into_iter().map(PossibleValue::new)))
    }
}

pub(super) fn run(args: &ExplainArgs, terminal: &mut Terminal) -> Result<ExitStatus, CommandError> {
    let text = match args.code.as_deref() {
        None => list(),
        Some(word) => match Code::from_name(word) {
            Some(code) => explained(code.rule()),
            None if words().contains(&word) => explained_key(word),
            None => return Err(unknown(word)),
        },
    };
    terminal.result(&text);
    Ok(ExitStatus::Done)
}

fn unknown(word: &str) -> CommandError {
    let help = match nearest(word, words().into_iter()) {
        Some((near, _)) => format!("did you mean \"{near}\"?"),
        None => "`casebook explain` lists every code; the reference lists every key".to_owned(),
    };
    CommandError::usage(format!("there is no code and no key \"{word}\""), help)
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
