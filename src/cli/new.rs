//! `casebook new`: a case to write in, with its front matter filled in and its headings set out.

use clap::Args;

use super::{Ending, Global, build, day, stop::Stop, terminal::Terminal, unread};
use crate::{
    model::{
        Edition, Library,
        address::slug,
        assemble,
        frame::FRAME,
        keys::{self, Key},
        vocabulary::{Named, Vocabulary},
    },
    output, read, source,
};

/// Begin a case: a draft with its front matter filled in
#[derive(Args)]
#[command(after_help = "\
casebook new \"A shared front desk\"
casebook new \"One budget for two towns\" --sector health,police --barrier resource --place Torbay

The case is a draft: nobody sees it, and what is still missing only warns, until you take `status: draft` away.")]
pub(super) struct NewArgs {
    /// The title of the case
    #[arg(value_name = "TITLE")]
    title: String,
    /// Who is in the partnership: terms with commas between them
    #[arg(long, value_name = "A,B", value_delimiter = ',')]
    sector: Vec<String>,
    /// What kind of council
    #[arg(long, value_name = "A,B", value_delimiter = ',')]
    tier: Vec<String>,
    /// What got in the way
    #[arg(long, value_name = "A,B", value_delimiter = ',')]
    barrier: Vec<String>,
    /// Where it happened
    #[arg(long, value_name = "NAME")]
    place: Option<String>,
}

pub(super) fn run(args: &NewArgs, global: &Global, terminal: &mut Terminal) -> Result<Ending, Stop> {
    let root = build::root(global)?;
    let title = args.title.trim();
    let name = file_name(title);
    if name.is_empty() || name == "page" {
        let help = "choose a longer title; you can change it in the file";
        return Err(Stop::wrong_use("no file name can be made from this title", help));
    }
    let today = day::day(None)?;
    let edition = Edition { day: today, with_drafts: true, base: None };
    let project = source::read(&root)?;
    let Some(documents) = unread::documents(read::read(&project), &project, unread::is_shared, terminal) else {
        return Ok(Ending::ContentErrors);
    };
    let library = assemble(&documents, &edition).value;
    if let Some(taken) = documents.cases.iter().find(|case| case.slug.value == name) {
        let help = "choose another title, or open that file";
        return Err(Stop::wrong_use(format!("the case {} is there already", taken.path), help));
    }
    let chosen = [("sector", &args.sector), ("tier", &args.tier), ("barrier", &args.barrier)];
    let chosen: Vec<(&str, Vec<String>)> = chosen
        .into_iter()
        .map(|(taxonomy, words)| Ok((taxonomy, ids(&library, taxonomy, words)?)))
        .collect::<Result<_, Stop>>()?;
    let text = text(title, &today.to_string(), args.place.as_deref(), &chosen, &library);
    let path = format!("content/cases/{name}.md");
    if !output::new_file::write(&root, &path, text.as_bytes())? {
        return Err(Stop::wrong_use(format!("{path} is there already"), "choose another title, or open that file"));
    }
    terminal.say(&path);
    Ok(Ending::Done)
}

/// The name of the file: made from the title, cut between words where it would be long.
fn file_name(title: &str) -> String {
    const LONGEST: usize = 80;
    let mut name = slug(title);
    while name.len() > LONGEST {
        match name.rfind('-') {
            Some(hyphen) => name.truncate(hyphen),
            None => name = name.chars().take(LONGEST / 4).collect(),
        }
    }
    name
}

/// The ids of the terms that these words mean.
fn ids(library: &Library, taxonomy: &str, words: &[String]) -> Result<Vec<String>, Stop> {
    let words = words.iter().map(|word| word.trim()).filter(|word| !word.is_empty());
    let Some(vocabulary) = library.vocabularies.iter().find(|vocabulary| vocabulary.id == taxonomy) else {
        return Ok(words.map(str::to_owned).collect());
    };
    let mut ids: Vec<String> = Vec::new();
    for word in words {
        let (Named::Id(term) | Named::Synonym(term) | Named::Retired(term)) =
            vocabulary.named(word).ok_or_else(|| unknown(vocabulary, word))?;
        let id = &vocabulary.terms[term].id;
        if !ids.contains(id) {
            ids.push(id.clone());
        }
    }
    Ok(ids)
}

pub(super) fn unknown(vocabulary: &Vocabulary, word: &str) -> Stop {
    let label = vocabulary.label.to_lowercase();
    let help = match vocabulary.nearest(word) {
        Some(id) => format!("did you mean \"{id}\"?"),
        None => {
            let ids: Vec<&str> = vocabulary.terms.iter().map(|term| term.id.as_str()).collect();
            format!("choose from {}", ids.join(", "))
        }
    };
    Stop::wrong_use(format!("\"{word}\" is not a {label}"), help)
}

/// The whole file.
fn text(title: &str, today: &str, place: Option<&str>, chosen: &[(&str, Vec<String>)], library: &Library) -> String {
    let mut lines = vec!["---".to_owned()];
    let (head, rest) = keys::CASE.split_at(keys::names(keys::CASE).take_while(|name| *name != "place").count());
    lines.extend(begun(head, &[("title", quoted(title)), ("date", today.to_owned())]));
    lines.push(String::new());
    for vocabulary in &library.vocabularies {
        lines.extend(choices(vocabulary));
        let terms = chosen.iter().find(|(id, _)| *id == vocabulary.id).map_or(&[][..], |(_, terms)| terms);
        let only_first = terms.first().filter(|_| !vocabulary.many).map(std::slice::from_ref);
        lines.push(match only_first.unwrap_or(terms) {
            [] => format!("{}:", vocabulary.id),
            [one] if !vocabulary.many => format!("{}: {one}", vocabulary.id),
            terms => format!("{}: [{}]", vocabulary.id, terms.join(", ")),
        });
        lines.push(String::new());
    }
    let place = place.map(|place| ("place", format!("{{ name: {}, region: }}", quoted(place))));
    lines.extend(begun(rest, place.as_slice()));
    lines.push("---".to_owned());
    for (heading, hint) in FRAME {
        lines.push(format!("\n## {heading}\n\n<!-- {hint} -->"));
    }
    lines.join("\n") + "\n"
}

/// The lines of those keys that a new case has, each under a comment on what it is for. `known` are values at hand.
fn begun<'k>(keys: &'k [Key], known: &'k [(&str, String)]) -> impl Iterator<Item = String> {
    keys.iter().flat_map(|key| {
        let known = known.iter().find(|(name, _)| *name == key.name).map(|(_, value)| value.as_str());
        let value = known.or(key.at_first);
        value.into_iter().flat_map(|value| [key.comment(), format!("{}: {value}", key.name).trim_end().to_owned()])
    })
}

/// The terms of a vocabulary, as a comment to choose from.
fn choices(vocabulary: &Vocabulary) -> Vec<String> {
    let question = vocabulary.question.clone().unwrap_or_else(|| vocabulary.label.clone());
    let how_many = if vocabulary.many { "one or several" } else { "one" };
    let width = vocabulary.terms.iter().map(|term| term.id.chars().count()).max().unwrap_or(0);
    let head = format!("# {} ({how_many} of these)", question.replace('\n', " "));
    let term =
        |term: &crate::model::vocabulary::Term| format!("#   {:width$}  {}", term.id, term.label.replace('\n', " "));
    std::iter::once(head).chain(vocabulary.terms.iter().map(term)).collect()
}

/// A text in double quotation marks, as YAML has it.
fn quoted(text: &str) -> String {
    serde_json::to_string(text).expect("text is JSON, and JSON is YAML")
}
