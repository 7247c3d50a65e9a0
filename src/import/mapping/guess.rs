//! Guesses the mapping of fields.
//!
//! Compares names with the keys of a case, the vocabularies of the library, other names that generators and people use,
//! and the headings of a case; compares values with terms. Only certain matches are used: a value that is merely
//! similar to a term is kept in `extra`, and the proposal names the term.

use std::collections::{BTreeMap, BTreeSet};

use serde_yaml::Value;

use super::{
    EXTRA, FieldDestination, Mapping,
    shape::day,
    values::{text, words},
};
use crate::{
    import::ImportItem,
    model::{
        Library,
        keys::{self, CASE},
        own_field::OwnField,
        questions::{key_of_label, plain},
        section_headings::SECTION_HEADINGS,
        vocabulary::Vocabulary,
    },
};

/// Other names of the keys of a case, as generators, spreadsheets and people write them. Compared without letter case,
/// spaces and marks.
const OTHER_NAMES: [(&str, &[&str]); 24] = [
    ("title", &["heading", "headline", "casetitle", "nameofcase", "name", "projectname", "project"]),
    (
        "summary",
        &[
            "excerpt",
            "description",
            "abstract",
            "lead",
            "teaser",
            "subtitle",
            "standfirst",
            "shortdescription",
            "shortsummary",
            "inbrief",
            "deck",
            "intro",
            "metadescription",
            "thecaseinoneortwosentences",
            "caseinoneortwosentences",
        ],
    ),
    (
        "date",
        &[
            "published",
            "publishdate",
            "pubdate",
            "publicationdate",
            "datepublished",
            "created",
            "createdat",
            "firstpublished",
            "postdate",
            "dateadded",
        ],
    ),
    ("updated", &["lastmod", "lastmodifiedat", "modified", "lastupdated", "updatedat", "datemodified", "moddate"]),
    ("status", &["draft", "private", "headless"]),
    ("aliases", &["alias", "redirectfrom", "redirects", "oldaddresses", "redirecturls"]),
    ("authors", &["author", "by", "writer", "writers", "byline", "contributors", "writtenby"]),
    ("place", &["location", "where", "wherewasit", "area", "town", "county", "placename", "city"]),
    ("place.region", &["region", "nation", "regionornation"]),
    ("place.code", &["onscode", "areacode", "gsscode", "placecode"]),
    (
        "period.from",
        &["from", "start", "startyear", "began", "begin", "firstyear", "yearstarted", "periodfrom", "startdate"],
    ),
    ("period.to", &["to", "end", "endyear", "ended", "lastyear", "yearended", "periodto", "enddate"]),
    (
        "partners",
        &["partner", "organisations", "organizations", "whotookpart", "partnerorganisations", "bodies", "agencies"],
    ),
    ("sources", &["source", "references", "reference", "evidencelinks", "furtherreading", "links", "bibliography"]),
    ("lesson", &["keylesson", "onelesson", "takeaway", "keylearning"]),
    (
        "image",
        &[
            "coverimage",
            "cover",
            "featuredimage",
            "featureimage",
            "thumbnail",
            "banner",
            "heroimage",
            "hero",
            "headerimage",
            "picture",
        ],
    ),
    ("image.alt", &["imagealt", "alt", "coveralt", "alttext", "imagealttext"]),
    ("image.credit", &["imagecredit", "photocredit", "credit"]),
    ("contact.email", &["contactemail", "email", "emailaddress"]),
    ("contact.name", &["contactname", "contactperson"]),
    ("language", &["lang", "locale"]),
    ("licence", &["license"]),
    ("reviewed", &["lastreviewed", "reviewdate", "factschecked"]),
    ("review_by", &["nextreview", "reviewdue", "reviewby"]),
];

/// The column of a table with the titles of its cases: the one that the mapping takes for `title`.
pub(in crate::import) fn title_column(columns: &[String]) -> Option<&str> {
    let ranked = columns.iter().filter_map(|column| Some((rank(column, "title")?, column.as_str())));
    ranked.min_by_key(|(rank, _)| *rank).map(|(_, column)| column)
}

/// Is this a column of sources?
pub(in crate::import) fn holds_sources(column: &str) -> bool {
    rank(column, "sources").is_some()
}

/// Does this field hold a list, which may go on in another field of its name?
pub(in crate::import) fn holds_list(field: &str) -> bool {
    let question = key_of_label(field);
    LISTS.iter().any(|key| rank(field, key).is_some() || question == Some(key))
}

/// Does this field have a name of a key of a case?
pub(in crate::import) fn names_key(field: &str) -> bool {
    key_of_label(field).is_some() || OTHER_NAMES.iter().any(|(key, _)| rank(field, key).is_some())
}

/// Does this field name the authors?
pub(in crate::import) fn holds_authors(field: &str) -> bool {
    rank(field, "authors").is_some() || key_of_label(field) == Some("authors")
}

/// The place of a field among the names of a key: 0 for the name of the key itself; none if it has another name.
fn rank(field: &str, key: &str) -> Option<usize> {
    let wanted = plain(field);
    if wanted == plain(key) {
        return Some(0);
    }
    let (_, names) = OTHER_NAMES.iter().find(|(known, _)| *known == key)?;
    names.iter().position(|name| *name == wanted).map(|position| position + 1)
}

/// The keys whose values are lists that several fields may fill.
const LISTS: [&str; 5] = ["aliases", "authors", "partners", "sources", "related"];

/// The names of the body.
const BODY_NAMES: [&str; 10] = [
    "body",
    "content",
    "text",
    "fulltext",
    "story",
    "article",
    "casestudy",
    "narrative",
    "whathappened",
    "fulldescription",
];

/// Fields with the address of a page, from which readers take the name of a case and its aliases.
const ADDRESSES: [&str; 4] = ["permalink", "url", "path", "slug"];

/// A field maps to a vocabulary if at least one in this many of its values is a term. Fewer may match by chance.
const VALUES_PER_TERM: usize = 2;
/// The same for a field whose name suggests topics.
const VALUES_PER_TERM_OF_TOPICS: usize = 10;

/// Guesses the mapping of these items.
pub fn guess(items: &[ImportItem], library: &Library) -> Mapping {
    let mut values: BTreeMap<&str, Vec<&Value>> = BTreeMap::new();
    for (name, value) in items.iter().flat_map(|item| &item.fields) {
        if let Some(name) = name.as_str() {
            values.entry(name).or_default().push(value);
        }
    }
    let used = used_in_every_item(items);
    let destinations = |name: &str, values: &[&Value]| match used.contains(name) {
        true => vec![FieldDestination::LeaveOut],
        false => destination(name, values, library),
    };
    let mut fields: BTreeMap<String, Vec<FieldDestination>> =
        values.iter().map(|(name, values)| ((*name).to_owned(), destinations(name, values))).collect();
    resolve_shared_keys(&mut fields);
    Mapping { fields, values: BTreeMap::new() }
}

/// The fields that are the name or an address of every item with a value for them.
fn used_in_every_item(items: &[ImportItem]) -> BTreeSet<&str> {
    let mut used: BTreeSet<&str> = items.iter().flat_map(|item| &item.used_fields).map(String::as_str).collect();
    for item in items {
        let is_lost = |name: &str| {
            let value = item.fields.get(name).and_then(text);
            value.is_some() && !item.used_fields.iter().any(|used| used == name)
        };
        used.retain(|name| !is_lost(name));
    }
    used
}

fn destination(name: &str, values: &[&Value], library: &Library) -> Vec<FieldDestination> {
    let wanted = plain(name);
    let key = |key: &str| vec![FieldDestination::Key(key.to_owned())];
    if ADDRESSES.contains(&wanted.as_str()) {
        return vec![FieldDestination::Extra];
    }
    // Such a field may also say when, and not whether.
    if wanted == "published" && are_days(values) {
        return key("date");
    }
    // A vocabulary may ask a question that is a heading of a case, so a name in the heading's own letters comes first,
    // unless the answers are terms.
    let heading_if = |is_name: &dyn Fn(&str) -> bool| {
        SECTION_HEADINGS.iter().find(|heading| is_name(heading.title)).filter(|_| !are_terms(values, library))
    };
    if let Some(heading) = heading_if(&|title| title == name) {
        return vec![FieldDestination::Heading(heading.title.to_owned())];
    }
    let named = |vocabulary: &&Vocabulary| {
        let names = [&vocabulary.file.id, &vocabulary.file.label, &vocabulary.file.plural];
        let question = vocabulary.file.question.as_deref().map(self::plain);
        names.iter().any(|name| plain(name) == wanted) || question.as_deref() == Some(wanted.as_str())
    };
    if let Some(vocabulary) = library.vocabularies.iter().find(named) {
        return key(&vocabulary.file.id);
    }
    if name == EXTRA || wanted == "extra" {
        return vec![FieldDestination::Extra];
    }
    if let Some(known) = keys::names(CASE).find(|known| plain(known) == wanted) {
        return key(known);
    }
    let is_own = |field: &&OwnField| plain(&field.id.value) == wanted || plain(&field.label) == wanted;
    if let Some(own) = library.config.fields.iter().find(is_own) {
        return key(&own.id.value);
    }
    let elsewhere = |known: &&keys::Key| known.names_elsewhere.iter().any(|other| plain(other) == wanted);
    if let Some(known) = CASE.iter().find(elsewhere) {
        return if known.name == EXTRA { vec![FieldDestination::Extra] } else { key(known.name) };
    }
    if let Some(known) = key_of_label(name) {
        return key(known);
    }
    if let Some((known, _)) = OTHER_NAMES.iter().find(|(_, names)| names.contains(&wanted.as_str())) {
        return key(known);
    }
    if BODY_NAMES.contains(&wanted.as_str()) {
        return vec![FieldDestination::Body];
    }
    if let Some(heading) = heading_if(&|title| plain(title) == wanted) {
        return vec![FieldDestination::Heading(heading.title.to_owned())];
    }
    destination_by_values(name, values, library)
}

/// Is every value a term, or a list of terms, of one vocabulary?
fn are_terms(values: &[&Value], library: &Library) -> bool {
    library.vocabularies.iter().any(|vocabulary| {
        let is_term = |word: &str| vocabulary.id_of(word).is_some();
        let mut words = values.iter().flat_map(|value| words(value, is_term)).peekable();
        words.peek().is_some() && words.all(|word| is_term(&word))
    })
}

fn are_days(values: &[&Value]) -> bool {
    let mut texts = values.iter().filter_map(|value| text(value)).peekable();
    texts.peek().is_some() && texts.all(|text| day(&text).is_some())
}

/// The destination of a field by its values: the vocabularies with these terms or, for long texts, a heading with its
/// name.
fn destination_by_values(name: &str, values: &[&Value], library: &Library) -> Vec<FieldDestination> {
    let is_term = |word: &str| library.vocabularies.iter().any(|vocabulary| vocabulary.id_of(word).is_some());
    let distinct: BTreeSet<String> = values.iter().flat_map(|value| words(value, is_term)).collect();
    let is_of_topics = TOPICS.contains(&plain(name).as_str());
    let mut found: Vec<(usize, &str)> = Vec::new();
    for vocabulary in &library.vocabularies {
        let terms = distinct.iter().filter(|word| vocabulary.id_of(word).is_some()).count();
        let values_per_term = if is_of_topics { VALUES_PER_TERM_OF_TOPICS } else { VALUES_PER_TERM };
        let is_enough = terms * values_per_term >= distinct.len();
        if terms > 0 && is_enough {
            found.push((terms, &vocabulary.file.id));
        }
    }
    found.sort_by_key(|(terms, id)| (std::cmp::Reverse(*terms), *id));
    if !found.is_empty() {
        return found.into_iter().map(|(_, id)| FieldDestination::Key(id.to_owned())).collect();
    }
    let texts: Vec<String> = values.iter().filter(|value| value.is_string()).filter_map(|value| text(value)).collect();
    let is_long = !texts.is_empty() && texts.iter().map(String::len).sum::<usize>() / texts.len() > LONG_TEXT;
    if is_long { vec![FieldDestination::Heading(name.to_owned())] } else { vec![FieldDestination::Extra] }
}

/// Names of fields whose values are the topics of a post.
const TOPICS: [&str; 9] =
    ["tags", "tag", "categories", "category", "topics", "topic", "keywords", "themes", "subjects"];

/// The average length from which texts belong in the body, in bytes.
const LONG_TEXT: usize = 300;

/// Resolves fields that map to the same key with one value: the field with the key's own name, or the first of its
/// other names, keeps it. Several may give the status, so that each draft is known.
fn resolve_shared_keys(fields: &mut BTreeMap<String, Vec<FieldDestination>>) {
    let holds_one = |key: &str| key != "status" && !LISTS.contains(&key);
    let mut fields_of_key: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (field, destinations) in fields.iter() {
        if let [FieldDestination::Key(key)] = destinations.as_slice()
            && holds_one(key)
            && (keys::names(CASE).any(|known| known == key) || key.contains('.'))
        {
            fields_of_key.entry(key.clone()).or_default().push(field.clone());
        }
    }
    for (key, mut rivals) in fields_of_key.into_iter().filter(|(_, fields)| fields.len() > 1) {
        rivals.sort_by_key(|field| rank(field, &key).unwrap_or(usize::MAX));
        for later in &rivals[1..] {
            fields.insert(later.clone(), vec![FieldDestination::Extra]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_other_name_is_in_the_form_in_which_names_are_compared() {
        let names =
            OTHER_NAMES.iter().flat_map(|(_, names)| *names).chain(&BODY_NAMES).chain(&ADDRESSES).chain(&TOPICS);
        for name in names {
            assert_eq!(plain(name), *name);
        }
    }
}
