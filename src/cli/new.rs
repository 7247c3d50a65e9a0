//! `casebook new`: makes a draft of a case, with its front matter filled in and its headings.

use clap::Args;

use super::{
    ExitStatus, Global, day, error::CommandError, root, terminal::Terminal, unreadable,
    with_drafts::library_with_drafts,
};
use crate::{
    export,
    model::{
        Library,
        address::{LIST_PAGE, cut, is_name_of_new_file, is_own_slug, slug},
        vocabulary::{Term, TermMatch, Vocabulary},
    },
    output, read, source,
};

/// Make a draft of a case, with its front matter filled in
#[derive(Args)]
#[command(after_help = "\
casebook new \"A shared front desk\"
casebook new \"One budget for two towns\" --sector health,police --barrier resource --place Torbay

The case is a draft until you remove `status: draft`: it is not published, and missing parts are only warnings.")]
pub(super) struct NewArgs {
    /// The title of the case, with or without quotation marks
    #[arg(value_name = "TITLE", required = true)]
    title: Vec<String>,
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

pub(super) fn run(args: &NewArgs, global: &Global, terminal: &mut Terminal) -> Result<ExitStatus, CommandError> {
    let root = root::root(global)?;
    let title = args.title.join(" ");
    let title = title.trim();
    let name = cut(slug(title));
    if !is_own_slug(&name) || !is_name_of_new_file(&name) {
        let help = match name.as_str() {
            LIST_PAGE => "lists go on under the name `page`: choose a longer title; you can change it in the file",
            "index" => "`index` stands for its folder: choose a longer title; you can change it in the file",
            name if is_own_slug(name) => {
                "Windows keeps this name for itself: choose a longer title; you can change it in the file"
            }
            _ => "choose a title with letters or digits; you can change it in the file",
        };
        return Err(CommandError::usage("no file name can be made from this title", help));
    }
    let today = day::day(None)?;
    let project = source::read(&root)?;
    let Some(documents) = unreadable::readable_or_report(read::read(&project), &project, read::is_shared, terminal)
    else {
        return Ok(ExitStatus::ContentErrors);
    };
    let library = library_with_drafts(&documents, today);
    if let Some(taken) = documents.cases.iter().find(|case| case.slug.value == name) {
        let help = "choose another title, or open that file";
        return Err(CommandError::usage(format!("the case {} is there already", taken.path), help));
    }
    let chosen = [("sector", &args.sector), ("tier", &args.tier), ("barrier", &args.barrier)];
    let chosen: Vec<(&str, Vec<String>)> = chosen
        .into_iter()
        .map(|(vocabulary, words)| Ok((vocabulary, term_ids(&library, vocabulary, words)?)))
        .collect::<Result<_, CommandError>>()?;
    let text = export::template::markdown(title, &today.to_string(), args.place.as_deref(), &chosen, &library);
    let path = format!("content/cases/{name}.md");
    output::hidden_file::remove_left_in_library(&root, &source::FOLDERS);
    if !output::new_file::write(&root, &path, text.as_bytes())? {
        return Err(CommandError::usage(format!("{path} is there already"), "choose another title, or open that file"));
    }
    terminal.say(&path);
    Ok(ExitStatus::Done)
}

/// The ids of the terms with these names. If the library does not have the vocabulary, words are kept as they are.
fn term_ids(library: &Library, vocabulary_id: &str, words: &[String]) -> Result<Vec<String>, CommandError> {
    let words = words.iter().map(|word| word.trim()).filter(|word| !word.is_empty());
    let Some(vocabulary) = library.vocabularies.iter().find(|vocabulary| vocabulary.file.id == vocabulary_id) else {
        return Ok(words.map(str::to_owned).collect());
    };
    let mut ids: Vec<String> = Vec::new();
    for word in words {
        let (TermMatch::Id(term) | TermMatch::Synonym(term) | TermMatch::Retired(term)) =
            vocabulary.named(word).ok_or_else(|| unknown_term(vocabulary, word))?;
        let id = vocabulary.terms[term].slug();
        if !ids.iter().any(|known| known == id) {
            ids.push(id.to_owned());
        }
    }
    Ok(ids)
}

pub(super) fn unknown_term(vocabulary: &Vocabulary, word: &str) -> CommandError {
    let label = vocabulary.file.label.to_lowercase();
    let help = match vocabulary.nearest(word) {
        Some(id) => format!("did you mean \"{id}\"?"),
        None => {
            let ids: Vec<&str> = vocabulary.terms.iter().map(Term::slug).collect();
            format!("choose from {}", ids.join(", "))
        }
    };
    CommandError::usage(format!("\"{word}\" is not a {label}"), help)
}
