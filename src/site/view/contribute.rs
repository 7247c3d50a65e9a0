//! The form for contributing a case. Its questions come from the table of keys, the vocabularies and the headings.
//!
//! The questions are JSON in the page. A script draws them, and writes a file that `casebook import --from form` and
//! `casebook check` can read. Without scripts, the page offers templates and an address.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Value, json};

use crate::{
    export::{json::embedded, template::Template},
    model::{
        Address, Library,
        address::LIST_PAGE,
        keys::{self, ValueKind},
        own_field::FieldKind,
        questions::{AFTER, KINDS, MORE, PARTNERSHIP, Question, SENDER, SenderQuestion},
        section_headings::{SECTION_HEADINGS, SectionHeading},
        vocabulary::Vocabulary,
    },
    site::{
        theme::{Words, filled},
        view::{Common, Html, Link, PageHead},
    },
};

/// The form: `contribute.html`.
#[derive(Debug, Serialize)]
pub struct ContributeView<'a> {
    /// Title, description and trail.
    pub page: PageHead,
    /// The criteria for accepting a case, one sentence each.
    pub accepted: &'a [String; 4],
    /// The questions, as JSON that is safe inside an element.
    pub questions: Html,
    /// Templates to fill in without the form.
    pub templates: Vec<Link>,
    /// The address to send a case to.
    pub email: Option<&'a str>,
}

/// The first sentence of the last section in English, so that readers can tell interpretation from fact.
const READING: &str = "The facts above come from the sources. The lessons below are interpretation.";

/// Makes the view of the form.
pub fn page<'a>(common: Common<'a>, address: &Address, library: &'a Library) -> ContributeView<'a> {
    let words = common.words;
    let config = &library.config;
    let own = config.contribute.as_ref().and_then(|contribute| contribute.email.as_deref());
    let email = own.or_else(|| config.publisher.as_ref()?.email.as_deref());
    let link = |template: &Template| Link { text: template.label().to_owned(), href: common.href(&template.address()) };
    ContributeView {
        page: PageHead::new(common, address, words.contribute_title.clone()).described(words.contribute_lead.as_str()),
        accepted: &words.contribute_accepted,
        questions: Html::new(&embedded(&questions(library, email, words))),
        templates: Template::ALL.iter().map(link).collect(),
        email,
    }
}

/// The data of the script.
fn questions(library: &Library, email: Option<&str>, words: &Words) -> Value {
    let repository = library.config.contribute.as_ref().and_then(|contribute| contribute.repository.as_deref());
    let vocabularies = library.vocabularies.iter().map(|vocabulary| vocabulary.file.id.clone());
    let order: Vec<String> = vocabularies.chain(keys::names(keys::CASE).map(str::to_owned)).collect();
    let mut parts = parts(library, email.is_some(), words);
    for field in parts.iter_mut().filter_map(|part| part["fields"].as_array_mut()).flatten() {
        put_words(field, "", words);
    }
    json!({
        "email": email, "repository": repository.map(new_file), "order": order, "parts": parts, "reserved_name": LIST_PAGE,
        "words": words.contribute_form,
    })
}

/// The address at which a git host creates a new file, from the address of a repository or of one of its branches: on
/// GitHub, on GitLab, and on Gitea or Forgejo, such as Codeberg. A server of one's own is recognised by its name or by
/// the address of a branch.
fn new_file(repository: &str) -> String {
    let repository = repository.trim_end_matches('/').trim_end_matches(".git");
    let host = repository.split('/').nth(2).unwrap_or_default();
    let is_on = |names: &[&str], tree: &str| names.iter().any(|name| host.contains(name)) || repository.contains(tree);
    let (tree, new) = if is_on(&["codeberg", "gitea", "forgejo"], "/src/branch/") {
        ("/src/branch/", "_new")
    } else if is_on(&["gitlab"], "/-/tree/") {
        ("/tree/", "-/new")
    } else {
        ("/tree/", "new")
    };
    let (repository, branch) = repository.split_once(tree).unwrap_or((repository, "main"));
    format!("{}/{new}/{branch}/content/cases", repository.trim_end_matches("/-"))
}

/// The parts of the form. Only a library with an address `is_answering` senders, and asks for theirs.
fn parts(library: &Library, is_answering: bool, words: &Words) -> Vec<Value> {
    let is_mark = |vocabulary: &&Vocabulary| library.marks.contains(&vocabulary.id);
    let all = || library.vocabularies.iter();
    let summary = PARTNERSHIP.iter().find(|question| question.key == "summary").map(question);
    let first =
        PARTNERSHIP.iter().filter(|question| !matches!(question.key, "summary" | "place.name" | "place.region"));
    let mut partnership: Vec<Value> = first.map(question).collect();
    partnership.insert(1, places());
    partnership.extend(all().filter(|one| !is_mark(one) && one.file.id != BARRIER).map(terms));
    partnership.extend(library.config.fields.iter().map(|field| {
        let kind = match field.kind {
            FieldKind::Text => "line",
            FieldKind::Number => "number",
            FieldKind::Date => "when",
            FieldKind::Link => "link",
            FieldKind::List => "lines",
        };
        json!({ "key": field.id.value, "kind": kind, "label": field.label })
    }));
    let story = summary.into_iter().chain(SECTION_HEADINGS[..3].iter().map(heading)).collect::<Vec<_>>();
    let barriers = all()
        .filter(|one| one.file.id == BARRIER)
        .map(terms)
        .chain([heading(&SECTION_HEADINGS[3])])
        .collect::<Vec<_>>();
    let results = all().filter(is_mark).map(terms).chain([heading(&SECTION_HEADINGS[4])]).collect::<Vec<_>>();
    let lesson = AFTER.iter().filter(|question| question.key == "lesson").map(question);
    let lessons = lesson.chain([heading(&SECTION_HEADINGS[5])]).collect::<Vec<_>>();
    let fields = [
        ("partnership", partnership),
        ("sources", vec![sources()]),
        ("story", story),
        ("barriers", barriers),
        ("results", results),
        ("lessons", lessons),
        ("more", more()),
        ("you", sender(is_answering)),
    ];
    let part = |(id, fields): (&str, Vec<Value>)| {
        let intro = if id == "you" && !is_answering { "you_in_file" } else { id };
        let (title, intro) = (words.contribute_titles.get(id), words.contribute_intros.get(intro));
        json!({ "id": id, "title": title, "intro": intro, "fields": fields })
    };
    fields.into_iter().map(part).collect()
}

/// Every question that is the same in all libraries.
fn fixed() -> Vec<Value> {
    let asked = PARTNERSHIP.iter().chain(&AFTER).map(question);
    let fields = asked.chain(SECTION_HEADINGS.iter().map(heading)).chain([places(), sources()]);
    fields.chain(more()).chain(sender(true)).collect()
}

/// The words about a question, beside its key.
const WORDS_OF_QUESTION: [&str; 6] = ["label", "hint", "lead", "gap", "one", "add"];

/// The name of the words of a question: the key that it answers.
fn name_of(field: &Value, within: &str) -> String {
    let key = field["heading"].as_str().or(field["key"].as_str()).unwrap_or_default();
    match (within, field["sender"].as_bool()) {
        ("", Some(true)) => format!("sender.{key}"),
        ("", _) => key.to_owned(),
        _ => format!("{within}.{key}"),
    }
}

/// The words of those questions and of what they contain, by name.
pub fn questions_in_english() -> BTreeMap<String, BTreeMap<String, String>> {
    fn add_words_of(field: &Value, within: &str, all: &mut BTreeMap<String, BTreeMap<String, String>>) {
        let name = name_of(field, within);
        let texts =
            WORDS_OF_QUESTION.iter().filter_map(|part| Some(((*part).to_owned(), field[*part].as_str()?.to_owned())));
        let texts = texts.filter(|(_, text)| !text.is_empty()).collect();
        for column in field["columns"].as_array().into_iter().flatten() {
            add_words_of(column, &name, all);
        }
        for choice in field["choices"].as_array().into_iter().flatten() {
            let [id, label] = [0, 1].map(|n| choice[n].as_str().unwrap_or_default().to_owned());
            all.insert(format!("{name}.{id}"), BTreeMap::from([("label".to_owned(), label)]));
        }
        all.insert(name, texts);
    }
    let mut all = BTreeMap::new();
    fixed().iter().for_each(|field| add_words_of(field, "", &mut all));
    all
}

/// Puts the words of the theme into a question and the questions inside it.
fn put_words(field: &mut Value, within: &str, words: &Words) {
    let name = name_of(field, within);
    let known = |name: &str, part: &str| words.contribute_questions.get(name)?.get(part).cloned();
    for part in WORDS_OF_QUESTION.iter().filter(|part| field[**part].is_string()).collect::<Vec<_>>() {
        if let Some(text) = known(&name, part) {
            field[*part] = Value::from(text);
        }
    }
    // `get_mut` adds no such part to a question that has none.
    for column in field.get_mut("columns").and_then(Value::as_array_mut).into_iter().flatten() {
        put_words(column, &name, words);
    }
    for choice in field.get_mut("choices").and_then(Value::as_array_mut).into_iter().flatten() {
        let id = choice[0].as_str().unwrap_or_default().to_owned();
        if let Some(label) = known(&format!("{name}.{id}"), "label") {
            choice[1] = Value::from(label);
        }
    }
    // The question of a vocabulary is in its file.
    if field["kind"] == "terms" && field["required"] == false {
        let question = field["label"].as_str().unwrap_or_default();
        field["label"] = Value::from(filled(&words.contribute_if_known, &[("question", question)]));
    }
}

/// The vocabulary whose terms are described, each with a response.
const BARRIER: &str = "barrier";

/// A question as JSON.
fn question(question: &Question) -> Value {
    let row = keys::at(keys::CASE, &question.key.split('.').collect::<Vec<_>>());
    let kind = row.map_or("line", |row| kind(row.kind));
    let max = row.and_then(|row| if let ValueKind::TextUpTo(most) = row.kind { Some(most) } else { None });
    let kind = if max.is_some() { "text" } else { kind };
    let required = row.is_some_and(|row| row.required);
    json!({ "key": question.key, "kind": kind, "label": question.label, "hint": question.hint, "max": max, "required": required })
}

fn kind(kind: ValueKind) -> &'static str {
    match kind {
        ValueKind::Day => "day",
        ValueKind::PartialDate => "when",
        ValueKind::Year => "year",
        ValueKind::WebAddress | ValueKind::WebAddressOrFile => "link",
        ValueKind::Email => "email",
        ValueKind::OneOrMore(_) | ValueKind::List(_) => "lines",
        _ => "line",
    }
}

fn heading(heading: &SectionHeading) -> Value {
    let SectionHeading { title, guidance } = heading;
    let is_reading = *title == SECTION_HEADINGS[5].title;
    json!({ "heading": title, "kind": "story", "label": title, "hint": guidance, "lead": is_reading.then_some(READING) })
}

fn terms(vocabulary: &Vocabulary) -> Value {
    let label = vocabulary.file.question.as_ref().unwrap_or(&vocabulary.file.label);
    let terms: Vec<Value> = vocabulary
        .terms
        .iter()
        .map(|term| json!({ "id": term.slug(), "label": term.label, "definition": term.file.definition, "also": term.also().collect::<Vec<_>>() }))
        .collect();
    json!({
        "key": vocabulary.file.id, "kind": "terms", "label": label, "name": vocabulary.file.label, "many": vocabulary.file.many, "required": vocabulary.file.required,
        "happened": vocabulary.file.id == BARRIER, "terms": terms,
    })
}

/// A question with several rows, for a key that holds a list.
fn rows(key: &str, label: &str, hint: &str, [one, add]: [&str; 2], columns: Vec<Value>) -> Value {
    json!({ "key": key, "kind": "rows", "label": label, "hint": hint, "one": one, "add": add, "columns": columns })
}

fn places() -> Value {
    let hint = "The nine characters that the Office for National Statistics gives it.";
    let columns = vec![
        json!({ "key": "name", "kind": "line", "label": "Place", "hint": "A town, a county, or the area of a council.", "required": true }),
        json!({ "key": "region", "kind": "line", "label": "Region or nation" }),
        json!({ "key": "code", "kind": "code", "label": "Code (if you know)", "hint": hint }),
    ];
    rows("place", "Where was it?", "", ["place", "Add a place"], columns)
}

fn sources() -> Value {
    let kinds: Vec<Value> = KINDS.iter().map(|(word, label)| json!([word, label])).collect();
    let columns = vec![
        json!({ "key": "title", "kind": "line", "label": "Title", "required": true }),
        json!({ "key": "url", "kind": "link", "file": true, "label": "Web address", "hint": "Leave it empty if it was only printed." }),
        json!({ "key": "publisher", "kind": "line", "label": "Publisher" }),
        json!({ "key": "date", "kind": "when", "label": "Date (if it shows one)" }),
        json!({ "key": "kind", "kind": "choice", "label": "What kind of source is it?", "choices": kinds }),
    ];
    let hint = "In the text, the number of a source in square brackets cites it: [2].";
    rows("sources", "Your sources", hint, ["source", "Add a source"], columns)
}

/// The questions that few cases need.
fn more() -> Vec<Value> {
    let contact = AFTER.iter().filter(|question| question.key == "contact.email");
    MORE.iter().chain(contact).map(question).chain([adopted(), authors()]).collect()
}

fn adopted() -> Value {
    let columns = vec![
        json!({ "key": "place", "kind": "line", "label": "Place", "required": true }),
        json!({ "key": "from", "kind": "year", "label": "Since which year?" }),
        json!({ "key": "what", "kind": "line", "label": "What came of it", "hint": "Or what they did otherwise." }),
    ];
    rows("adopted", "Who did the same elsewhere?", "", ["place", "Add a place"], columns)
}

fn authors() -> Value {
    let columns = vec![
        json!({ "key": "name", "kind": "line", "label": "Name", "hint": "Leave it empty if a body wrote it." }),
        json!({ "key": "organisation", "kind": "line", "label": "Organisation" }),
    ];
    let hint = "Those whose names may be shown under the case.";
    rows("authors", "Who wrote this?", hint, ["author", "Add an author"], columns)
}

/// Questions about the sender. Of the answers, the file holds their part in the case, and their name if they want that.
/// An e-mail address is for the answer of the editors alone.
fn sender(is_answering: bool) -> Vec<Value> {
    let field = |question: &SenderQuestion| {
        let SenderQuestion { key, kind, label, hint, gap } = *question;
        let autocomplete = match key {
            "name" => "name",
            "organisation" => "organization",
            "email" => "email",
            _ => "off",
        };
        json!({
            "sender": true, "key": key, "kind": kind, "label": label, "hint": hint, "autocomplete": autocomplete,
            "required": gap.is_some(), "gap": gap.unwrap_or_default(),
        })
    };
    SENDER.iter().filter(|question| is_answering || question.key != "email").map(field).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_git_host_creates_a_file_at_an_address_of_its_own() {
        for (repository, address) in [
            ("https://github.com/a/b", "https://github.com/a/b/new/main/content/cases"),
            ("https://github.com/a/b.git", "https://github.com/a/b/new/main/content/cases"),
            ("https://github.com/a/b/tree/drafts/", "https://github.com/a/b/new/drafts/content/cases"),
            ("https://github.com/gitlab/b", "https://github.com/gitlab/b/new/main/content/cases"),
            ("https://gitlab.com/a/b/c", "https://gitlab.com/a/b/c/-/new/main/content/cases"),
            ("https://gitlab.com/a/b/-/tree/drafts", "https://gitlab.com/a/b/-/new/drafts/content/cases"),
            ("https://git.example.org/a/b/-/tree/main", "https://git.example.org/a/b/-/new/main/content/cases"),
            ("https://codeberg.org/a/b", "https://codeberg.org/a/b/_new/main/content/cases"),
            ("https://git.example.org/a/b/src/branch/main", "https://git.example.org/a/b/_new/main/content/cases"),
        ] {
            assert_eq!(new_file(repository), address, "{repository}");
        }
    }
}
