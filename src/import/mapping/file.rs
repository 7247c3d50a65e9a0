//! A mapping as a file: `import.yaml`, which `--dry-run` writes and `--map` reads.

use std::collections::{BTreeMap, BTreeSet};

use serde_yaml::Value as Yaml;

use super::{
    BODY, EXTRA, FieldDestination, HEADING, LEAVE_OUT, MappedValue, Mapping, NEW_TERM, ValueDestination,
    apply::one_line, values::words,
};
use crate::{
    import::{ImportItem, long_keys::is_too_long},
    model::{
        Library,
        keys::{self, CASE},
        questions::plain,
    },
    problem::{message::nearest, report::human::visible},
    yaml_text::{Context, scalar},
};

/// The keys that a field can be mapped to a part of, as `place.region`.
const WITH_PARTS: [&str; 5] = ["place", "period", "image", "contact", "licence"];

/// The keys within keys that a field can be mapped to.
fn keys_within_keys() -> impl Iterator<Item = String> {
    let parts = |key: &'static str| keys::named(CASE, key).map_or(&[][..], |row| row.kind.keys());
    WITH_PARTS.into_iter().flat_map(move |key| keys::names(parts(key)).map(move |part| format!("{key}.{part}")))
}

/// The mapping as a file to correct: every field with its count and examples, every value that is not a term with the
/// nearest term.
pub fn proposal(items: &[ImportItem], mapping: &Mapping, library: &Library, command: &str) -> String {
    // A name of a file may have a line break, which would end the comment.
    let command = visible(command);
    let mut text = format!(
        "# What the fields of the source become. Correct it, then run:\n#   {command}\n#\n# A field goes to a key of a case or a vocabulary of this library, or to one of\n#   {BODY}                 the text of the case\n#   \"{HEADING}…\"         the text of the case, below a heading of that name\n#   {EXTRA}                kept in the case, and not shown\n#   {LEAVE_OUT}            not taken\n# or to several in a list: [sector, barrier].\n\nfields:{}\n",
        if mapping.fields.is_empty() { " {}" } else { "" }
    );
    for (field, destinations) in &mapping.fields {
        let found: Vec<&Yaml> = items.iter().filter_map(|item| item.fields.get(field.as_str())).collect();
        let examples: BTreeSet<String> =
            found.iter().map(|value| one_line(value)).filter(|text| !text.is_empty()).collect();
        let examples: Vec<String> = examples.into_iter().take(3).map(|example| format!("“{example}”")).collect();
        let frequency = format!("in {} of {}", found.len(), items.len());
        let such_as = if examples.is_empty() { String::new() } else { format!(": {}", examples.join(", ")) };
        text.push_str(&format!(
            "  # {frequency}{such_as}\n  {}: {}\n",
            scalar(field, Context::Block),
            written(destinations)
        ));
    }
    let values = unknown_values(items, mapping, library);
    text.push_str(&format!(
        "\n# What becomes of values that are not terms: the id of a term, \"{NEW_TERM}\" (it is added to the vocabulary),\n# {EXTRA}, or {LEAVE_OUT}.\nvalues:{}\n",
        if values.is_empty() { " {}" } else { "" }
    ));
    for (field, counts) in values {
        text.push_str(&format!("  {}:\n", scalar(&field, Context::Block)));
        let vocabularies = keys(mapping.of(&field));
        for (word, count) in counts {
            let near =
                library.vocabularies.iter().filter(|vocabulary| vocabularies.contains(&vocabulary.file.id.as_str()));
            let near = near.filter_map(|vocabulary| vocabulary.nearest(&word)).next();
            let near = near.map_or(String::new(), |id| format!("; the nearest term is {id}"));
            let times = if count == 1 { "once".to_owned() } else { format!("{count} times") };
            text.push_str(&format!("    {}: {EXTRA}   # {times}{near}\n", scalar(&word, Context::Block)));
        }
    }
    text
}

/// The keys that a field is mapped to.
fn keys(destinations: &[FieldDestination]) -> Vec<&str> {
    let keys = destinations.iter().filter_map(|destination| match destination {
        FieldDestination::Key(key) => Some(key.as_str()),
        _ => None,
    });
    keys.collect()
}

/// For each field that is mapped to vocabularies, its values that are not terms, with the number of their occurrences.
fn unknown_values(
    items: &[ImportItem],
    mapping: &Mapping,
    library: &Library,
) -> BTreeMap<String, BTreeMap<String, usize>> {
    let mut unknown: BTreeMap<String, BTreeMap<String, usize>> = BTreeMap::new();
    for (field, destinations) in &mapping.fields {
        let ids = keys(destinations);
        let vocabularies: Vec<_> =
            library.vocabularies.iter().filter(|vocabulary| ids.contains(&vocabulary.file.id.as_str())).collect();
        if vocabularies.is_empty() {
            continue;
        }
        let is_term = |word: &str| vocabularies.iter().any(|vocabulary| vocabulary.id_of(word).is_some());
        for value in items.iter().filter_map(|item| item.fields.get(field.as_str())) {
            // A value that is too long for a key is kept in `extra`, as every value without a line here.
            let is_listed = |word: &String| !is_term(word) && !is_too_long(word);
            for word in words(value, is_term).into_iter().filter(is_listed) {
                *unknown.entry(field.clone()).or_default().entry(word).or_default() += 1;
            }
        }
    }
    unknown
}

fn written(destinations: &[FieldDestination]) -> String {
    let one = |destination: &FieldDestination, context: Context| match destination {
        FieldDestination::Key(key) => key.clone(),
        FieldDestination::Body => BODY.to_owned(),
        FieldDestination::Heading(heading) => scalar(&format!("{HEADING}{heading}"), context).into_owned(),
        FieldDestination::Extra => EXTRA.to_owned(),
        FieldDestination::LeaveOut => LEAVE_OUT.to_owned(),
    };
    match destinations {
        [only] => one(only, Context::Block),
        several => {
            let several: Vec<String> = several.iter().map(|destination| one(destination, Context::Flow)).collect();
            format!("[{}]", several.join(", "))
        }
    }
}

impl Mapping {
    /// Parses a mapping. Errors are listed all at once, each with the way out.
    pub fn parse(text: &str, library: &Library) -> Result<Mapping, Vec<(String, String)>> {
        let wrong = |message: String| vec![(message, "write it as `--dry-run` proposes it".to_owned())];
        let yaml: Yaml = serde_yaml::from_str(text).map_err(|error| wrong(format!("it cannot be read: {error}")))?;
        let top = yaml.as_mapping().ok_or_else(|| wrong("it has no `fields`".to_owned()))?;
        let mut faults = Vec::new();
        let mut mapping = Mapping::default();
        for (key, value) in top {
            match (key.as_str().unwrap_or_default(), value) {
                ("fields", Yaml::Mapping(fields)) => {
                    for (field, value) in fields {
                        let field = field_name(field);
                        let destinations = destinations(&field, value, library, &mut faults);
                        mapping.fields.insert(field, destinations);
                    }
                }
                ("values", Yaml::Mapping(fields)) => {
                    for (field, values) in fields {
                        mapping.values.insert(field_name(field), values_of(values));
                    }
                }
                ("fields" | "values", Yaml::Null) => {}
                (other, _) => faults
                    .push((format!("`{other}` is not a part of a mapping"), "it has `fields` and `values`".to_owned())),
            }
        }
        check_values(&mapping, library, &mut faults);
        if !top.contains_key("fields") && faults.is_empty() {
            faults.push(("it has no `fields`".to_owned(), "let `--dry-run` write one".to_owned()));
        }
        if faults.is_empty() { Ok(mapping) } else { Err(faults) }
    }
}

fn field_name(key: &Yaml) -> String {
    super::values::text(key).unwrap_or_default()
}

fn destinations(
    field: &str,
    value: &Yaml,
    library: &Library,
    faults: &mut Vec<(String, String)>,
) -> Vec<FieldDestination> {
    let words: Vec<String> = match value {
        // An item `heading: Results` without quotation marks is a mapping. It has no name, so it is refused below.
        Yaml::Sequence(items) => items.iter().map(field_name).collect(),
        Yaml::Null => vec![EXTRA.to_owned()],
        other => vec![field_name(other)],
    };
    let vocabularies: Vec<&str> = library.vocabularies.iter().map(|vocabulary| vocabulary.file.id.as_str()).collect();
    let own = || library.config.fields.iter().map(|field| field.id.value.as_str());
    let within: Vec<String> = keys_within_keys().collect();
    let within = || within.iter().map(String::as_str);
    let keys = || keys::names(CASE).chain(within()).chain(vocabularies.iter().copied()).chain(own());
    let mut found = Vec::new();
    for word in words {
        found.push(match word.as_str() {
            BODY => FieldDestination::Body,
            EXTRA => FieldDestination::Extra,
            LEAVE_OUT => FieldDestination::LeaveOut,
            word if word.starts_with(HEADING.trim_end()) => {
                FieldDestination::Heading(word[HEADING.trim_end().len()..].trim().to_owned())
            }
            word if keys().any(|key| key == word) => FieldDestination::Key(word.to_owned()),
            word => {
                let help = match nearest(word, keys().chain([BODY, EXTRA, LEAVE_OUT])) {
                    Some((near, _)) => format!("did you mean `{near}`?"),
                    None => format!("name a key of a case, a vocabulary, {BODY}, {EXTRA} or {LEAVE_OUT}"),
                };
                faults.push((format!("`{field}` goes to \"{word}\", which is nothing in a case"), help));
                continue;
            }
        });
    }
    found
}

fn values_of(values: &Yaml) -> BTreeMap<String, MappedValue> {
    let Yaml::Mapping(values) = values else { return BTreeMap::new() };
    let value = |becomes: &Yaml| match field_name(becomes).as_str() {
        "" | EXTRA => ValueDestination::Extra,
        LEAVE_OUT => ValueDestination::LeaveOut,
        NEW_TERM => ValueDestination::NewTerm,
        id => ValueDestination::Term(id.to_owned()),
    };
    let mut mapped = BTreeMap::new();
    for (word, becomes) in values {
        let written = field_name(word);
        mapped.entry(plain(&written)).or_insert_with(|| MappedValue { written, destination: value(becomes) });
    }
    mapped
}

/// Checks that every term that a value is mapped to is in a vocabulary of its field.
fn check_values(mapping: &Mapping, library: &Library, faults: &mut Vec<(String, String)>) {
    for (field, values) in &mapping.values {
        let ids = keys(mapping.of(field));
        let vocabularies: Vec<_> =
            library.vocabularies.iter().filter(|vocabulary| ids.contains(&vocabulary.file.id.as_str())).collect();
        if vocabularies.is_empty() && !values.is_empty() {
            faults.push((
                format!("the values of `{field}` become terms, but `{field}` goes to no vocabulary"),
                format!("let `{field}` go to a vocabulary under `fields`, such as sector"),
            ));
            continue;
        }
        for MappedValue { written, destination } in values.values() {
            let ValueDestination::Term(id) = destination else { continue };
            if vocabularies.iter().any(|vocabulary| vocabulary.terms.iter().any(|term| term.slug() == *id)) {
                continue;
            }
            let near = vocabularies.iter().find_map(|vocabulary| vocabulary.nearest(id));
            let help = near.map_or_else(
                || format!("name the id of a term, or write \"{NEW_TERM}\""),
                |near| format!("did you mean \"{near}\"?"),
            );
            faults.push((format!("\"{written}\" becomes \"{id}\", which is not a term of {}", ids.join(" or ")), help));
        }
    }
}
