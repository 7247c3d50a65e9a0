//! JSON Schema of a library's files, with which editors complete keys and terms and mark mistakes.
//!
//! Takes the library, whose vocabularies have the terms, and a kind of file; gives the schema that follows from the
//! [table of keys](crate::model::keys). It is stricter than a build in one respect: it accepts only the ids of terms,
//! where a build only warns of other names.

use serde_json::{Map, Value, json};

use crate::{
    model::{
        keys::{self, DocumentKind, FileKind, Key, ValueKind},
        library::Library,
        own_field::{FieldKind, OwnField},
        vocabulary::{Term, Vocabulary},
    },
    problem::{Code, Severity},
};

/// The schema of a case, with those of all other kinds of file under `definitions`. The text ends with a line break.
pub fn schema(library: &Library) -> String {
    let mut schema = of_file(library, DocumentKind::Case.row());
    let others = keys::FILES.iter().filter(|file| file.kind != DocumentKind::Case);
    schema["definitions"] = others.map(|file| (file.name.to_owned(), of_file(library, file))).collect();
    text_of(schema)
}

/// The schema of one kind of file. The text ends with a line break.
pub fn schema_of(library: &Library, file: &FileKind) -> String {
    text_of(of_file(library, file))
}

fn text_of(mut schema: Value) -> String {
    schema["$schema"] = json!("http://json-schema.org/draft-07/schema#");
    format!("{schema:#}\n")
}

fn of_file(library: &Library, file: &FileKind) -> Value {
    let mut schema = mapping(library, file.keys);
    if file.kind == DocumentKind::Case {
        let mut required: Vec<Value> = schema["required"].as_array().cloned().unwrap_or_default();
        for vocabulary in &library.vocabularies {
            schema["properties"][&vocabulary.file.id] = uses(library, vocabulary);
            required.extend(vocabulary.file.required.then(|| json!(vocabulary.file.id)));
        }
        for field in &library.config.fields {
            schema["properties"][&field.id.value] = own_field(field);
        }
        schema["required"] = json!(required);
    }
    if file.kind == DocumentKind::Synonyms {
        let words = json!({ "type": "array", "items": { "type": "string" }, "minItems": 2 });
        schema = json!({ "anyOf": [words, schema] });
    }
    if file.is_list {
        schema = json!({ "type": "array", "items": schema });
    }
    schema["title"] = json!(format!("{} of {}", file.title, library.config.title));
    schema
}

/// A mapping with these keys and no others.
fn mapping(library: &Library, keys: &[Key]) -> Value {
    let properties: Map<String, Value> = keys.iter().map(|key| (key.name.to_owned(), property(library, key))).collect();
    let required: Vec<&str> = keys.iter().filter(|key| key.required).map(|key| key.name).collect();
    json!({ "type": "object", "properties": properties, "required": required, "additionalProperties": false })
}

/// The schema of a key's value.
fn property(library: &Library, key: &Key) -> Value {
    described(form(library, key.kind), key.sentence)
}

/// The schema of a kind of value.
fn form(library: &Library, kind: ValueKind) -> Value {
    match kind {
        ValueKind::Text
        | ValueKind::Language
        | ValueKind::FilePath
        | ValueKind::CaseName
        | ValueKind::CitationId
        | ValueKind::Address
        | ValueKind::WebAddressOrFile => text(),
        ValueKind::TextUpTo(longest) => json!({ "type": "string", "maxLength": longest }),
        ValueKind::Flag => json!({ "type": "boolean" }),
        ValueKind::Number => json!({ "type": "integer" }),
        ValueKind::NumberWithin(least, most) => json!({ "type": "integer", "minimum": least, "maximum": most }),
        ValueKind::Day => like("^[0-9]{4}-[0-9]{2}-[0-9]{2}$"),
        ValueKind::Year => year(),
        ValueKind::PartialDate => partial_date(),
        ValueKind::WebAddress => like("^https?://"),
        ValueKind::SiteAddress => like("^/"),
        ValueKind::Email => json!({ "type": "string", "format": "email" }),
        ValueKind::Colour => like("^#([0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})$"),
        ValueKind::AreaCode => like("^[A-Z][0-9]{8}$"),
        ValueKind::Id => like("^[^A-Z\\s]+$"),
        ValueKind::Word(words) => one_of(words),
        ValueKind::Vocabulary => {
            json!({ "enum": library.vocabularies.iter().map(|vocabulary| &vocabulary.file.id).collect::<Vec<_>>() })
        }
        ValueKind::Map(keys) => mapping(library, keys),
        ValueKind::TextOrMap { keys, .. } => either(&text(), &mapping(library, keys)),
        ValueKind::Named(keys) => json!({ "type": "object", "additionalProperties": mapping(library, keys) }),
        ValueKind::List(kind) => json!({ "type": "array", "items": form(library, *kind) }),
        ValueKind::OneOrMore(kind) => one_or_more(&form(library, *kind)),
        ValueKind::Levels => levels(),
        ValueKind::Anything => json!({ "type": "object" }),
    }
}

/// One of these words. One that is a number may be written as a number.
fn one_of(words: &[&str]) -> Value {
    let numbers = words.iter().filter_map(|word| word.parse::<i64>().ok());
    let all: Vec<Value> = words.iter().map(|word| json!(word)).chain(numbers.map(|number| json!(number))).collect();
    json!({ "enum": all })
}

/// One or several terms of a vocabulary, each alone or with a description.
fn uses(library: &Library, vocabulary: &Vocabulary) -> Value {
    let ids: Vec<&str> = vocabulary.terms.iter().map(|term| term.slug()).collect();
    let about: Vec<String> = vocabulary.terms.iter().map(in_words).collect();
    let term = json!({ "enum": ids, "enumDescriptions": about });
    let mut with_what_happened = mapping(library, keys::TERM_USE);
    with_what_happened["properties"]["term"] = term.clone();
    let mut uses = one_or_more(&either(&term, &with_what_happened));
    if !vocabulary.file.many {
        uses["anyOf"][1]["maxItems"] = json!(1);
    }
    described(uses, vocabulary.file.question.as_deref().unwrap_or(&vocabulary.file.label))
}

fn in_words(term: &Term) -> String {
    match &term.file.definition {
        Some(definition) => format!("{}: {definition}", term.label),
        None => term.label.clone(),
    }
}

/// The schema of one of the library's own keys.
fn own_field(field: &OwnField) -> Value {
    let form = match field.kind {
        FieldKind::Text => text(),
        FieldKind::Number => json!({ "type": "number" }),
        FieldKind::Date => partial_date(),
        FieldKind::Link => like("^https?://"),
        FieldKind::List => one_or_more(&text()),
    };
    described(form, &field.label)
}

/// The codes of problems, each with the levels that it may have.
fn levels() -> Value {
    let level = |code: Code| {
        let levels: &[&str] = match code.severity() == Severity::Error && !code.may_be_lowered() {
            true => &["error"],
            false => &["off", "warning", "error"],
        };
        json!({ "enum": levels, "description": code.meaning() })
    };
    let codes: Map<String, Value> = Code::ALL.iter().map(|&code| (code.as_str().to_owned(), level(code))).collect();
    json!({ "type": "object", "properties": codes, "additionalProperties": false })
}

fn text() -> Value {
    json!({ "type": "string" })
}

fn like(pattern: &str) -> Value {
    json!({ "type": "string", "pattern": pattern })
}

fn partial_date() -> Value {
    either(&year(), &like("^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"))
}

fn year() -> Value {
    json!({ "type": ["integer", "string"], "minimum": 1000, "maximum": 9999, "pattern": "^[0-9]{4}$" })
}

fn either(one: &Value, other: &Value) -> Value {
    json!({ "anyOf": [one, other] })
}

fn one_or_more(one: &Value) -> Value {
    either(one, &json!({ "type": "array", "items": one }))
}

fn described(mut form: Value, about: &str) -> Value {
    form["description"] = json!(about);
    form
}
