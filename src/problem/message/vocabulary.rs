//! Messages about vocabularies and their terms.

use super::{is_the_same_word, shown};
use crate::{
    problem::{Code, Problem, Severity, Spot, Written},
    yaml_text::{Context, scalar},
};

/// The way out if a vocabulary gives its only term without a list, so that the old id of a renamed term has no place.
pub const LIST_THE_TERMS: &str =
    "make `terms` a list, with a hyphen before the term: `- id: …`; then the old id can stay beside the new one";

/// A second term with a name that is taken. `first` is where it was taken.
pub fn duplicate_term(name: &Written<String>, first: &Spot) -> Problem {
    Problem::new(
        Code::DuplicateTerm,
        &name.spot,
        format!("\"{}\" is already the name of another term", shown(&name.value)),
    )
    .help("give each term its own id, label and other names; letter case does not tell two apart")
    .related(first, "the first use of this name")
}

/// `broader` names a term that does not exist, or is retired.
pub fn no_such_broader(parent: &Written<String>, is_retired: bool, nearest: Option<&str>) -> Problem {
    let message = match is_retired {
        true => format!("the broader term \"{}\" is retired", shown(&parent.value)),
        false => format!("the broader term \"{}\" is not in this vocabulary", shown(&parent.value)),
    };
    Problem::new(Code::BadValue, &parent.spot, message)
        .help("name the id of another term of this file")
        .did_you_mean(nearest)
}

/// `replaced_by` names a term that does not exist.
pub fn no_such_replacement(replacement: &Written<String>, nearest: Option<&str>) -> Problem {
    let message = format!("the replacement \"{}\" is not in this vocabulary", shown(&replacement.value));
    Problem::new(Code::BadValue, &replacement.spot, message)
        .help("name the id of another term of this file")
        .did_you_mean(nearest)
}

/// `broader`, `replaced_by` or `within` leads back to the same term or place.
pub fn loop_in(key: &str, value: &Written<String>) -> Problem {
    Problem::new(Code::BadValue, &value.spot, format!("`{key}` leads back to where it began"))
        .help(format!("delete one `{key}` of the circle"))
}

/// A case uses a term that its vocabulary does not have. `several` are the terms that the text contains together.
pub fn unknown_term(
    term: &Written<String>,
    label: &str,
    nearest: Option<&str>,
    several: Option<&str>,
    file: &str,
) -> Problem {
    let article = if label.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    // "What happened next" is no noun.
    const QUESTIONS: [&str; 7] = ["what", "how", "who", "where", "when", "why", "which"];
    let is_question = label.split(' ').next().is_some_and(|word| QUESTIONS.contains(&word));
    let is_not = match is_question {
        true => format!("is not a term of \"{label}\""),
        false => format!("is not {article} {label}"),
    };
    let problem = Problem::new(Code::UnknownTerm, &term.spot, format!("\"{}\" {is_not}", shown(&term.value)));
    if let Some(several) = several {
        let problem =
            problem.help(format!("write several terms in square brackets, with commas between them: [{several}]"));
        return match term.spot.is_value_of_key() {
            true => problem.fix_with_yaml(&term.value, &format!("[{several}]")),
            false => problem,
        };
    }
    if let (None, true) = (nearest, term.value.contains(',')) {
        return problem.help("write several terms in square brackets: [health, police]");
    }
    if let Some(word) = term.value.strip_prefix('-') {
        return problem.help(format!("put a space after the hyphen: `- {}`", shown(word)));
    }
    problem
        .help(format!("choose a term from {file}, or add this one there"))
        .did_you_mean(nearest)
        .fix_if_any(&term.value, nearest.filter(|id| is_the_same_word(id, &term.value)))
}

/// A term that the case has twice.
pub fn term_twice(term: &Written<String>) -> Problem {
    Problem::new(Code::DoubtfulValue, &term.spot, format!("the term \"{}\" is listed twice", shown(&term.value)))
        .help("delete one of the two")
        .fix_by_removal(&term.value)
}

/// A case uses another name of a term.
pub fn synonym_used(term: &Written<String>, id: &str) -> Problem {
    Problem::new(Code::SynonymUsed, &term.spot, format!("\"{}\" is another name of \"{id}\"", shown(&term.value)))
        .help(format!("write \"{id}\""))
        .fix(&term.value, id)
}

/// A case uses a retired term.
pub fn retired_term(term: &Written<String>, id: &str) -> Problem {
    Problem::new(Code::RetiredTerm, &term.spot, format!("\"{}\" has been replaced by \"{id}\"", shown(&term.value)))
        .help(format!("write \"{id}\""))
        .fix(&term.value, id)
}

/// A case has two terms of a vocabulary that allows one.
pub fn only_one(term: &Written<String>, id: &str) -> Problem {
    Problem::new(Code::BadValue, &term.spot, format!("a case may carry only one `{id}`"))
        .help(format!("keep the one that fits best, or set `many: true` in content/vocabularies/{id}.yaml"))
}

/// A case has no term of a required vocabulary.
pub fn required(spot: &Spot, id: &str, severity: Severity, example: Option<&str>) -> Problem {
    let example =
        example.map_or(String::new(), |term| format!(", for example `{id}: {}`", scalar(term, Context::Block)));
    let problem = Problem::new(Code::MissingField, spot, format!("`{id}` is missing"))
        .help(format!("name at least one term in the front matter{example}"));
    Problem { severity, ..problem }
}
