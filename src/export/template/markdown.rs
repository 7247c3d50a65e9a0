//! The blank case as Markdown, in the form of `casebook new`.

use crate::{
    model::{
        Library,
        keys::{self, Key},
        section_headings::SECTION_HEADINGS,
        vocabulary::{Term, Vocabulary},
    },
    yaml_text::{Context, quoted, scalar},
};

/// The file of a new case. `chosen` are terms by vocabulary; title, day and place may be empty.
pub fn markdown(
    title: &str,
    today: &str,
    place: Option<&str>,
    chosen: &[(&str, Vec<String>)],
    library: &Library,
) -> String {
    let mut lines = vec!["---".to_owned()];
    let (head, rest) = keys::CASE.split_at(keys::names(keys::CASE).take_while(|name| *name != "place").count());
    lines.extend(key_lines(head, &[("title", quoted(title)), ("date", today.to_owned())]));
    lines.push(String::new());
    for vocabulary in &library.vocabularies {
        lines.extend(choices(vocabulary));
        let terms = chosen.iter().find(|(id, _)| *id == vocabulary.file.id).map_or(&[][..], |(_, terms)| terms);
        let only_first = terms.first().filter(|_| !vocabulary.file.many).map(std::slice::from_ref);
        lines.push(match only_first.unwrap_or(terms) {
            [] => format!("{}:", vocabulary.file.id),
            [one] if !vocabulary.file.many => format!("{}: {}", vocabulary.file.id, scalar(one, Context::Block)),
            terms => {
                let terms: Vec<_> = terms.iter().map(|term| scalar(term, Context::Flow)).collect();
                format!("{}: [{}]", vocabulary.file.id, terms.join(", "))
            }
        });
        lines.push(String::new());
    }
    let place = place.map(|place| ("place", format!("{{ name: {}, region: }}", quoted(place))));
    lines.extend(key_lines(rest, place.as_slice()));
    lines.push("---".to_owned());
    for heading in SECTION_HEADINGS {
        lines.push(format!("\n## {}\n\n<!-- {} -->", heading.title, heading.guidance));
    }
    lines.join("\n") + "\n"
}

/// The lines of the keys of a new case, each after a comment on its purpose. `known` are values that are known already.
fn key_lines<'k>(keys: &'k [Key], known: &'k [(&str, String)]) -> impl Iterator<Item = String> {
    keys.iter().flat_map(|key| {
        let known = known.iter().find(|(name, _)| *name == key.name).map(|(_, value)| value.as_str());
        let value = known.or(key.initial_value);
        value.into_iter().flat_map(|value| {
            let example = if value == "[]" { example(key) } else { Vec::new() };
            let line = format!("{}: {value}", key.name).trim_end().to_owned();
            std::iter::once(key.comment()).chain(example).chain([line])
        })
    })
}

/// An example of a key whose value is an empty list, as comments.
fn example(key: &Key) -> Vec<String> {
    key.written().lines().map(|line| format!("#   {line}")).collect()
}

/// The terms of a vocabulary, as comments to choose from.
fn choices(vocabulary: &Vocabulary) -> Vec<String> {
    let question = vocabulary.file.question.clone().unwrap_or_else(|| vocabulary.file.label.clone());
    let how_many = if vocabulary.file.many { "one or several" } else { "one" };
    let width = vocabulary.terms.iter().map(|term| term.slug().chars().count()).max().unwrap_or(0);
    let head = format!("# {} ({how_many} of these)", question.replace('\n', " "));
    let term = |term: &Term| format!("#   {:width$}  {}", term.slug(), term.label.replace('\n', " "));
    std::iter::once(head).chain(vocabulary.terms.iter().map(term)).collect()
}
