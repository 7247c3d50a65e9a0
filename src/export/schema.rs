//! JSON Schema of a library's front matter, with which an editor completes keys and terms and marks slips while one writes.
//!
//! Takes the library, whose vocabularies say which terms there are; gives the schema of a case, and under `definitions.page`
//! that of a plain page. It is stricter than a build in one thing: it offers ids alone, where another name only warns.

use serde_json::{Map, Value, json};

use crate::model::{
    document::{CASE_KEYS, LONGEST_LESSON, LONGEST_SUMMARY, PAGE_KEYS, SourceKind, Status},
    library::Library,
    own_field::{FieldKind, OwnField},
    vocabulary::Vocabulary,
};

/// The schema, as a text that ends with a line break.
pub fn schema(library: &Library) -> String {
    let mut properties: Map<String, Value> = CASE_KEYS.iter().map(|key| ((*key).to_owned(), property(key))).collect();
    properties.extend(library.vocabularies.iter().map(|vocabulary| (vocabulary.id.clone(), terms(vocabulary))));
    properties.extend(library.config.fields.iter().map(|field| (field.id.value.clone(), own_field(field))));
    let required = library.vocabularies.iter().filter(|vocabulary| vocabulary.required);
    let required: Vec<&str> =
        ["title", "summary", "date"].into_iter().chain(required.map(|vocabulary| vocabulary.id.as_str())).collect();
    let mut page: Map<String, Value> = PAGE_KEYS.iter().map(|key| ((*key).to_owned(), property(key))).collect();
    page["status"]["enum"] = json!(Status::OF_PAGE.map(|(word, _)| word));
    let schema = json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": format!("A case study of {}", library.config.title),
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": false,
        "definitions": {
            "page": {
                "title": format!("A page of {}", library.config.title),
                "type": "object",
                "properties": page,
                "required": ["title"],
                "additionalProperties": false,
            },
        },
    });
    format!("{schema:#}\n")
}

/// What may stand under a key that every library has.
fn property(key: &str) -> Value {
    let (about, form) = match key {
        "title" => ("What it is called.", text()),
        "summary" => ("One or two sentences.", json!({ "type": "string", "maxLength": LONGEST_SUMMARY })),
        "date" => ("The day on which it was first published.", day()),
        "updated" => ("The day of the last change of substance.", day()),
        "place" => ("Where it happened: a name, or name, code and region; or a list.", one_or_more(&place())),
        "short_place" => ("What lists call its places, where their names are too long.", text()),
        "period" => ("The years of the partnership; without `to`, no end is recorded.", period()),
        "partners" => ("Who took part.", one_or_more(&text())),
        "lesson" => {
            ("What others can take from it, in one sentence.", json!({ "type": "string", "maxLength": LONGEST_LESSON }))
        }
        "authors" => ("Who wrote it: people by name, bodies by `organisation` or as plain text.", authors()),
        "sources" => ("What its facts rest on.", one_or_more(&source())),
        "corrections" => (
            "What was wrong on its page and was put right.",
            one_or_more(&object(&["date", "what"], &[("date", day()), ("what", text())])),
        ),
        "adopted" => ("Who took it up elsewhere, and how that went.", one_or_more(&adoption())),
        "status" => (
            "Whether the public sees it; left out, it is published.",
            json!({ "enum": Status::OF_CASE.map(|(word, _)| word) }),
        ),
        "withdrawn" => {
            ("When and why a case was withdrawn.", object(&["date", "why"], &[("date", day()), ("why", text())]))
        }
        "reviewed" => ("The day on which its facts were really checked.", day()),
        "review_by" => ("The day by which they should be checked again.", day()),
        "slug" => ("The last part of its address; made from the file's name where it is left out.", text()),
        "aliases" => {
            ("Old addresses, from / on, that lead here.", one_or_more(&json!({ "type": "string", "pattern": "^/" })))
        }
        "related" => ("Other cases, by the names of their files without .md.", one_or_more(&text())),
        "image" => (
            "A picture for the head of the page.",
            object(&["src", "alt"], &[("src", text()), ("alt", text()), ("credit", text())]),
        ),
        "contact" => (
            "Whom to ask.",
            object(&[], &[("name", text()), ("email", json!({ "type": "string", "format": "email" }))]),
        ),
        "licence" => {
            ("Where it differs from the library's.", object(&["name"], &[("name", text()), ("url", web_address())]))
        }
        "language" => ("A language tag, where it differs from the library's.", text()),
        "nav" => ("Its place in the menu; left out, it is not in it.", json!({ "type": "integer" })),
        _ => ("Anything, for a theme.", json!({ "type": "object" })),
    };
    described(form, about)
}

/// One of a vocabulary's terms, or several; each alone or with what happened.
fn terms(vocabulary: &Vocabulary) -> Value {
    let ids: Vec<&str> = vocabulary.terms.iter().map(|term| term.id.as_str()).collect();
    let about = |term: &crate::model::vocabulary::Term| match &term.definition {
        Some(definition) => format!("{}: {definition}", term.label),
        None => term.label.clone(),
    };
    let told: Vec<String> = vocabulary.terms.iter().map(about).collect();
    let term = json!({ "enum": ids, "enumDescriptions": told });
    let told = object(&["term"], &[("term", term.clone()), ("what", text()), ("response", text())]);
    let one = either(term, told);
    let mut list = json!({ "type": "array", "items": one });
    if !vocabulary.many {
        list["maxItems"] = json!(1);
    }
    described(either(one, list), vocabulary.question.as_deref().unwrap_or(&vocabulary.label))
}

fn place() -> Value {
    let code = json!({ "type": "string", "pattern": "^[A-Z][0-9]{8}$" });
    either(text(), object(&["name"], &[("name", text()), ("code", code), ("region", text())]))
}

fn period() -> Value {
    let years = ["from", "to", "changed", "reported"].map(|key| (key, year()));
    object(&[], &[&years[..], &[("note", text())]].concat())
}

fn authors() -> Value {
    let parts = ["name", "given", "family", "suffix", "organisation"].map(|key| (key, text()));
    one_or_more(&either(text(), object(&[], &parts)))
}

fn adoption() -> Value {
    let parts = [("place", text()), ("from", year()), ("outcome", text()), ("what", text()), ("source", text())];
    object(&["place"], &parts)
}

/// What may stand under a key of the library's own.
fn own_field(field: &OwnField) -> Value {
    let form = match field.kind {
        FieldKind::Text => text(),
        FieldKind::Number => json!({ "type": "number" }),
        FieldKind::Date => partial_date(),
        FieldKind::Link => web_address(),
        FieldKind::List => one_or_more(&text()),
    };
    described(form, &field.label)
}

fn partial_date() -> Value {
    either(year(), json!({ "type": "string", "pattern": "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$" }))
}

fn source() -> Value {
    let kinds = SourceKind::ALL.map(|(kind, _)| kind);
    let parts = [
        ("id", described(text(), "What the text cites it by: [@id].")),
        ("title", text()),
        ("authors", authors()),
        ("url", described(text(), "A web address, or a file of the library: report.pdf.")),
        ("archived", web_address()),
        ("publisher", text()),
        ("date", partial_date()),
        ("accessed", day()),
        ("kind", json!({ "enum": kinds })),
    ];
    object(&["title"], &parts)
}

fn text() -> Value {
    json!({ "type": "string" })
}

fn day() -> Value {
    json!({ "type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" })
}

fn year() -> Value {
    json!({ "type": ["integer", "string"], "minimum": 1000, "maximum": 9999, "pattern": "^[0-9]{4}$" })
}

fn web_address() -> Value {
    json!({ "type": "string", "pattern": "^https?://" })
}

fn object(required: &[&str], properties: &[(&str, Value)]) -> Value {
    let properties: Map<String, Value> =
        properties.iter().map(|(key, value)| ((*key).to_owned(), value.clone())).collect();
    json!({ "type": "object", "properties": properties, "required": required, "additionalProperties": false })
}

fn either(one: impl serde::Serialize, other: impl serde::Serialize) -> Value {
    json!({ "anyOf": [one, other] })
}

fn one_or_more(one: &Value) -> Value {
    either(one, json!({ "type": "array", "items": one }))
}

fn described(mut form: Value, about: &str) -> Value {
    form["description"] = json!(about);
    form
}
