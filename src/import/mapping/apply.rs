//! Applies a mapping to an item, which gives the fields and the body of a case.

use std::collections::BTreeMap;

use serde_yaml::{Mapping as Fields, Value as Yaml};

use super::{
    FieldDestination, Mapping,
    shape::shaped,
    status::{SourceStatus, status},
    terms::TermField,
    values::{clean, items, text},
};
use crate::{
    import::{ImportItem, Loss, front_matter},
    model::{Library, own_field::FieldKind, vocabulary::Vocabulary},
};

/// An item as a case.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ImportedCase {
    /// The front matter, by key.
    pub fields: Fields,
    /// The fields that no key takes.
    pub extra: Fields,
    /// Comments, by the key below them.
    pub comments: BTreeMap<String, Vec<String>>,
    /// The body, in Markdown.
    pub body: String,
    /// The content that could not be imported, or that changed its form.
    pub losses: Vec<Loss>,
    /// Values that are in no vocabulary: the field, and the value.
    pub unknown: Vec<(String, String)>,
    /// New terms: the vocabulary, and the label.
    pub new_terms: Vec<(String, String)>,
    /// The fields without a key, which are kept in `extra`.
    pub without_key: Vec<String>,
    /// The fields that the mapping leaves out.
    pub left_out: Vec<String>,
}

impl ImportedCase {
    /// Keeps a value in `extra`. A list there takes more items; beside any other value, it gets a name with a number.
    pub fn keep(&mut self, name: &str, value: Yaml) {
        match self.extra.get_mut(name) {
            None => drop(self.extra.insert(Yaml::from(name), value)),
            Some(kept) if *kept == value => {}
            Some(Yaml::Sequence(kept)) => kept.extend(items(&value)),
            Some(_) => {
                let mut numbered = (2..).map(|number| format!("{name} {number}"));
                let Some(free) = numbered.find(|free| !self.extra.contains_key(free.as_str())) else { return };
                self.losses.push(Loss::name_in_extra(&format!("{name}: now {free}")));
                self.extra.insert(Yaml::from(free), value);
            }
        }
    }
}

/// Applies a mapping to an item.
pub fn apply(item: &ImportItem, mapping: &Mapping, library: &Library) -> ImportedCase {
    let mut case = ImportedCase { body: item.body.clone(), losses: item.losses.clone(), ..ImportedCase::default() };
    let mut sections = String::new();
    let mut fields: Vec<(&Yaml, &Yaml)> = item.fields.iter().collect();
    // A region is added to its place, so the place comes first, wherever its column stands.
    fields.sort_by_key(|(name, _)| name.as_str().is_some_and(|name| goes_into_key(mapping.of(name))));
    for (name, value) in fields {
        let Some(name) = name.as_str() else {
            case.extra.insert(name.clone(), value.clone());
            continue;
        };
        let destinations = mapping.of(name);
        let above = destinations.iter().find_map(|destination| match destination {
            FieldDestination::Key(key) => Some(key.split('.').next().unwrap_or(key)),
            FieldDestination::Extra => Some("extra"),
            _ => None,
        });
        if let (Some(comments), Some(key)) = (item.comments.get(name), above) {
            case.comments.entry(key.to_owned()).or_default().extend(comments.iter().cloned());
        }
        if is_blank(value) {
            continue;
        }
        move_to_destinations(name, value, destinations, mapping, library, &mut case, &mut sections);
    }
    case.left_out.retain(|name| !item.used_fields.contains(name));
    if !sections.is_empty() {
        let gap = if case.body.trim().is_empty() { "" } else { "\n\n" };
        case.body = format!("{}{gap}{sections}", case.body.trim_end());
    }
    case
}

/// Does a field become a part of a key, such as `place.region`?
fn goes_into_key(destinations: &[FieldDestination]) -> bool {
    destinations.iter().any(|destination| matches!(destination, FieldDestination::Key(key) if key.contains('.')))
}

pub(super) fn is_blank(value: &Yaml) -> bool {
    match value {
        Yaml::Null => true,
        Yaml::String(text) => clean(text).is_empty(),
        Yaml::Sequence(items) => items.iter().all(is_blank),
        Yaml::Mapping(fields) => fields.values().all(is_blank),
        _ => false,
    }
}

/// Moves one field to its destinations.
fn move_to_destinations(
    name: &str,
    value: &Yaml,
    destinations: &[FieldDestination],
    mapping: &Mapping,
    library: &Library,
    case: &mut ImportedCase,
    sections: &mut String,
) {
    let vocabulary = |destination: &FieldDestination| match destination {
        FieldDestination::Key(key) => library.vocabularies.iter().find(|vocabulary| vocabulary.file.id == *key),
        _ => None,
    };
    let vocabularies: Vec<&Vocabulary> = destinations.iter().filter_map(vocabulary).collect();
    if !vocabularies.is_empty() {
        let field = TermField { name, vocabularies: &vocabularies, mapped: mapping.values.get(name) };
        let rest = field.add(value, case);
        // If the whole value goes to `extra`, the rest is in it.
        if let Some(rest) = rest.filter(|_| !destinations.contains(&FieldDestination::Extra)) {
            case.keep(name, rest);
        }
    }
    for destination in destinations.iter().filter(|destination| vocabulary(destination).is_none()) {
        match destination {
            FieldDestination::LeaveOut => case.left_out.push(name.to_owned()),
            FieldDestination::Extra if name == "extra" && value.is_mapping() => {
                for (name, value) in value.as_mapping().into_iter().flatten() {
                    case.keep(&front_matter::name(name), value.clone());
                }
            }
            FieldDestination::Extra => {
                case.without_key.push(name.to_owned());
                case.keep(name, value.clone());
            }
            FieldDestination::Body => case.body = append_paragraph(&case.body, &paragraphs(value)),
            FieldDestination::Heading(heading) => {
                *sections = append_paragraph(sections, &format!("## {heading}\n\n{}", paragraphs(value)));
            }
            FieldDestination::Key(key) if key == "status" => add_status(case, name, value),
            FieldDestination::Key(key) => convert_and_set(case, name, key, value, library),
        }
    }
}

/// Adds what a field says of the status. Several fields may: a case is a draft if one says so, or is not understood.
fn add_status(case: &mut ImportedCase, name: &str, value: &Yaml) {
    let said = status(name, value);
    if said != Some(SourceStatus::Published) {
        case.fields.insert(Yaml::from("status"), Yaml::from("draft"));
    }
    if said.is_none() {
        case.losses.push(Loss::unknown_status(&format!("{name}: {}", one_line(value))));
        case.keep(name, value.clone());
    }
}

/// Sets a key to the converted value. The rest of the value is kept in `extra`.
fn convert_and_set(case: &mut ImportedCase, name: &str, key: &str, value: &Yaml, library: &Library) {
    let converted = shaped(shape_of(key, library), value);
    let (loss, rest): (fn(&str) -> Loss, Yaml) = match converted {
        Some(shape) => match (set(case, key, shape.value), shape.rest) {
            (true, None) => return,
            (true, Some(rest)) => (Loss::cut_value, rest),
            (false, _) => (Loss::second_value, value.clone()),
        },
        None if key == "date" => (Loss::unreadable_date, value.clone()),
        None => (Loss::unfit_value, value.clone()),
    };
    case.losses.push(loss(&format!("{name}: {}", one_line(&rest))));
    case.keep(name, rest);
}

/// The key whose kind of value a key has: an own key with a list is like `partners`.
fn shape_of<'a>(key: &'a str, library: &Library) -> &'a str {
    let own = library.config.fields.iter().find(|field| field.id.value == key);
    if own.is_some_and(|field| field.kind == FieldKind::List) { "partners" } else { key }
}

/// A value on one short line, as words.
pub(in crate::import) fn one_line(value: &Yaml) -> String {
    let line = match value {
        Yaml::Mapping(fields) => {
            let fields = fields.iter().map(|(key, value)| format!("{}: {}", front_matter::name(key), one_line(value)));
            fields.collect::<Vec<_>>().join(", ")
        }
        Yaml::Sequence(items) if text(value).is_none() => items.iter().map(one_line).collect::<Vec<_>>().join("; "),
        _ => text(value).unwrap_or_default(),
    };
    let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(60) {
        Some((at, _)) => format!("{}…", &line[..at]),
        None => line,
    }
}

/// Sets a key, or a key within it. If it has a value already, a list takes more items; otherwise the first value stays,
/// and the result is false.
fn set(case: &mut ImportedCase, key: &str, value: Yaml) -> bool {
    let (top, within) = key.split_once('.').map_or((key, None), |(top, within)| (top, Some(within)));
    let current = case.fields.get(top).cloned();
    let merged = match (within, current) {
        (None, None) => Some(value),
        (None, Some(Yaml::Sequence(mut items))) => {
            items.extend(match value {
                Yaml::Sequence(more) => more,
                one => vec![one],
            });
            Some(Yaml::Sequence(items))
        }
        (None, Some(Yaml::Mapping(mut fields))) => match value {
            Yaml::Mapping(more) => {
                fields.extend(more);
                Some(Yaml::Mapping(fields))
            }
            _ => None,
        },
        (None, Some(_)) => None,
        (Some(within), current) => {
            let value = match value {
                // The path may be read by the function for whole pictures.
                Yaml::Mapping(picture) if key == "image.src" => picture.get("src").cloned().unwrap_or_default(),
                other => other,
            };
            inner(top, current).map(|mut fields| {
                fields.insert(within.into(), value);
                Yaml::Mapping(fields)
            })
        }
    };
    let is_set = merged.is_some();
    case.fields.extend(merged.map(|merged| (Yaml::from(top), merged)));
    is_set
}

/// The value of a key as a mapping, to which another key can be added.
fn inner(top: &str, current: Option<Yaml>) -> Option<Fields> {
    let named = |value: Yaml| {
        let main = if top == "image" { "src" } else { "name" };
        Fields::from_iter([(Yaml::from(main), value)])
    };
    match current {
        None => Some(Fields::new()),
        Some(Yaml::Mapping(fields)) => Some(fields),
        Some(Yaml::Sequence(items)) => match items.as_slice() {
            [Yaml::Mapping(fields)] => Some(fields.clone()),
            [one @ Yaml::String(_)] => Some(named(one.clone())),
            _ => None,
        },
        Some(one @ Yaml::String(_)) => Some(named(one)),
        Some(_) => None,
    }
}

fn append_paragraph(before: &str, after: &str) -> String {
    let gap = if before.trim().is_empty() { "" } else { "\n\n" };
    format!("{}{gap}{after}\n", before.trim_end())
}

/// The shortest line that a program may have broken to fit a page. People end shorter ones on purpose.
const FILLED_LINE: usize = 60;

/// A long cell as Markdown. Each line is a paragraph, unless there are empty lines; bullets become a list.
fn paragraphs(value: &Yaml) -> String {
    let text = text(value).unwrap_or_default();
    let has_blank_lines = text.contains("\n\n");
    let is_words = |line: &str| line.starts_with(char::is_alphabetic);
    let mut markdown = String::new();
    let (mut in_list, mut before) = (false, "");
    for line in text.lines().map(str::trim_end) {
        let bullet = line.trim_start().strip_prefix(['•', '·', '▪']).map(str::trim_start);
        let is_item = bullet.is_some() || line.trim_start().starts_with("- ") || line.trim_start().starts_with("* ");
        let is_broken_line = is_words(before) && is_words(line) && before.chars().count() < FILLED_LINE;
        if !markdown.is_empty() {
            markdown.push_str(match has_blank_lines {
                true if is_broken_line => "\\\n",
                true => "\n",
                false if in_list && is_item => "\n",
                false => "\n\n",
            });
        }
        match bullet {
            Some(words) => {
                markdown.push_str("- ");
                markdown.push_str(words);
            }
            None => markdown.push_str(line),
        }
        (in_list, before) = (is_item, line);
    }
    markdown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_a_cell_stay_lines() {
        let filled = "A line that a program has broken because the page ends here,";
        for (cell, markdown) in [
            ("One\nTwo", "One\n\nTwo"),
            ("• One\n• Two", "- One\n- Two"),
            ("One\nTwo\n\nThree\nFour", "One\\\nTwo\n\nThree\\\nFour"),
            ("Aims:\n- One\n\nText", "Aims:\n- One\n\nText"),
            (&format!("{filled}\nafter it.\n\nText"), &format!("{filled}\nafter it.\n\nText")),
        ] {
            assert_eq!(paragraphs(&Yaml::from(cell)), markdown);
        }
    }
}
