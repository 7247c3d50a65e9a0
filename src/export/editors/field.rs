//! The fields of a form: the input for each key, in terms that no tool is bound to.
//!
//! Takes the library and the forms in which its cases are written; gives fields in the order of a new case. A key that
//! no form can show (free-form values, the library's own names) has no field: tools keep keys without one.

use super::written::{Form, WrittenForms};
use crate::model::{
    Library,
    keys::{self, Key, ValueKind},
    own_field::{FieldKind, OwnField},
    vocabulary::Vocabulary,
};

/// A field of a form.
#[derive(Clone, Debug)]
pub(super) struct FormField {
    /// The key.
    pub name: String,
    /// The label.
    pub label: String,
    /// The help text.
    pub hint: String,
    /// Whether nothing can be saved without it.
    pub is_required: bool,
    /// The kind of input.
    pub widget: Widget,
}

/// A kind of input.
#[derive(Clone, Debug)]
pub(super) enum Widget {
    /// A line of text.
    Line,
    /// Some sentences.
    Sentences,
    /// A day.
    Day,
    /// A number.
    Number { is_whole: bool },
    /// Yes or no.
    Flag,
    /// A picture of the library.
    Picture,
    /// One or several of these values, each with its label.
    Choice { options: Vec<(String, String)>, many: bool },
    /// Several fields.
    Group(Vec<FormField>),
    /// A list.
    Many(Box<Widget>),
}

/// The fields of a case, in the order of `casebook new`.
pub(super) fn of_case(library: &Library, written: &WrittenForms) -> Vec<FormField> {
    let known = |key: &'static Key| of_key(key, written, library);
    let (head, rest) = keys::CASE.split_at(keys::names(keys::CASE).take_while(|name| *name != "place").count());
    let vocabularies = library.vocabularies.iter().map(|vocabulary| of_vocabulary(vocabulary, written));
    let own = library.config.fields.iter().map(of_own);
    let fields = head.iter().filter_map(known).chain(vocabularies).chain(rest.iter().filter_map(known)).chain(own);
    fields.map(of_draft).collect()
}

/// The field for a case that is being written. As for `check`, a draft may lack everything but a title, from which the
/// tools make the file's name. No tool can demand more of a published case than of a draft.
fn of_draft(field: FormField) -> FormField {
    if !field.is_required || field.name == "title" {
        return field;
    }
    let hint = format!("{} Needed before the case is published.", field.hint);
    FormField { hint: hint.trim_start().to_owned(), is_required: false, ..field }
}

/// The fields of a plain page.
pub(super) fn of_page(library: &Library) -> Vec<FormField> {
    let written = WrittenForms::default();
    keys::PAGE.iter().filter_map(|key| of_key(key, &written, library)).collect()
}

/// A line for each key that some cases write in a form that the fields do not show.
pub(super) fn not_shown(library: &Library, written: &WrittenForms) -> Vec<String> {
    let shown = of_case(library, written).into_iter().map(|field| (form_of(&field.widget), field.name));
    let lines = shown.filter_map(|(form, key)| {
        let cases = written.cases_in_other_forms(&key, form);
        let (first, others) = cases.split_first()?;
        let more = match others.len() {
            0 => String::new(),
            1 => " and in one more case".to_owned(),
            more => format!(" and in {more} more cases"),
        };
        Some(format!("the form shows `{key}` as {}; it is written otherwise in {first}{more}", in_words(form)))
    });
    lines.collect()
}

fn in_words(form: Form) -> &'static str {
    match form {
        Form::Text => "one value",
        Form::Map => "keys and values",
        Form::Texts => "a list",
        Form::Maps | Form::Mixed => "a list of keys and values",
    }
}

/// The form in which the value of a field is written.
fn form_of(widget: &Widget) -> Form {
    match widget {
        Widget::Choice { many: true, .. } => Form::Texts,
        Widget::Group(_) => Form::Map,
        Widget::Many(inner) => match **inner {
            Widget::Group(_) => Form::Maps,
            _ => Form::Texts,
        },
        _ => Form::Text,
    }
}

fn of_vocabulary(vocabulary: &Vocabulary, written: &WrittenForms) -> FormField {
    let options = vocabulary.terms.iter().map(|term| (term.slug().to_owned(), term.label.clone())).collect();
    let forms: &[Form] = match (vocabulary.file.id.as_str(), vocabulary.file.many) {
        // If there is a field for it, offer the description of a barrier too.
        ("barrier", true) => &[Form::Maps, Form::Texts],
        (_, true) => &[Form::Texts, Form::Maps],
        (_, false) => &[Form::Text, Form::Texts, Form::Map],
    };
    let form = written.most_used(&vocabulary.file.id, forms);
    let with_what_happened = |options| {
        let fields = keys::TERM_USE.iter().map(|key| FormField {
            widget: match key.name {
                "term" => Widget::Choice { options: Vec::clone(&options), many: false },
                _ => Widget::Sentences,
            },
            ..plain(key)
        });
        Widget::Group(fields.collect())
    };
    FormField {
        name: vocabulary.file.id.clone(),
        label: vocabulary.file.label.clone(),
        hint: vocabulary.file.question.clone().unwrap_or_default(),
        is_required: vocabulary.file.required,
        widget: match form {
            Form::Map => with_what_happened(options),
            Form::Maps | Form::Mixed => Widget::Many(Box::new(with_what_happened(options))),
            Form::Text => Widget::Choice { options, many: false },
            Form::Texts => Widget::Choice { options, many: true },
        },
    }
}

fn of_own(field: &OwnField) -> FormField {
    let widget = match field.kind {
        FieldKind::Text | FieldKind::Date | FieldKind::Link => Widget::Line,
        FieldKind::Number => Widget::Number { is_whole: false },
        FieldKind::List => Widget::Many(Box::new(Widget::Line)),
    };
    let name = field.id.value.clone();
    FormField { name, label: field.label.clone(), hint: String::new(), is_required: false, widget }
}

fn of_key(key: &'static Key, written: &WrittenForms, library: &Library) -> Option<FormField> {
    let is_listed = |form: Form| matches!(form, Form::Texts | Form::Maps);
    let (kind, form) = match key.kind {
        ValueKind::OneOrMore(kind) => {
            let forms: &[Form] = match kind {
                ValueKind::Map(_) => &[Form::Maps, Form::Map],
                ValueKind::TextOrMap { .. } => &[Form::Maps, Form::Map, Form::Texts, Form::Text],
                _ => &[Form::Texts, Form::Text],
            };
            (*kind, written.most_used(key.name, forms))
        }
        ValueKind::List(kind) => (*kind, Form::Maps),
        kind @ ValueKind::TextOrMap { .. } => (kind, written.most_used(key.name, &[Form::Map, Form::Text])),
        kind => (kind, Form::Text),
    };
    let is_text = matches!(form, Form::Text | Form::Texts);
    let widget = match kind {
        ValueKind::TextOrMap { .. } if is_text => Widget::Line,
        ValueKind::Map(keys) | ValueKind::TextOrMap { keys, .. } => {
            Widget::Group(keys.iter().filter_map(|key| of_key(key, &WrittenForms::default(), library)).collect())
        }
        kind => simple(kind, key, library)?,
    };
    let widget = if is_listed(form) { Widget::Many(Box::new(widget)) } else { widget };
    Some(FormField { widget, ..plain(key) })
}

fn simple(kind: ValueKind, key: &Key, library: &Library) -> Option<Widget> {
    let choice = |options: Vec<(String, String)>| Widget::Choice { options, many: false };
    let is_outcome = key.name == "outcome" && matches!(kind, ValueKind::Id);
    let outcomes = library.vocabularies.iter().find(|vocabulary| is_outcome && vocabulary.file.id == key.name);
    Some(match kind {
        _ if let Some(vocabulary) = outcomes => {
            choice(vocabulary.terms.iter().map(|term| (term.slug().to_owned(), term.label.clone())).collect())
        }
        ValueKind::Flag => Widget::Flag,
        ValueKind::Number | ValueKind::NumberWithin(..) | ValueKind::Year => Widget::Number { is_whole: true },
        ValueKind::Day => Widget::Day,
        ValueKind::Word(words) => choice(words.iter().map(|word| ((*word).to_owned(), label(word))).collect()),
        ValueKind::Vocabulary => {
            choice(library.vocabularies.iter().map(|one| (one.file.id.clone(), one.file.label.clone())).collect())
        }
        ValueKind::TextUpTo(_) => Widget::Sentences,
        // An example that ends with a full stop needs more than one line.
        ValueKind::Text if key.example.ends_with('.') => Widget::Sentences,
        ValueKind::FilePath => Widget::Picture,
        ValueKind::Map(_)
        | ValueKind::TextOrMap { .. }
        | ValueKind::Named(_)
        | ValueKind::List(_)
        | ValueKind::OneOrMore(_) => return None,
        ValueKind::Levels | ValueKind::Anything => return None,
        ValueKind::Text
        | ValueKind::PartialDate
        | ValueKind::WebAddress
        | ValueKind::Address
        | ValueKind::WebAddressOrFile
        | ValueKind::SiteAddress
        | ValueKind::Email
        | ValueKind::Language
        | ValueKind::Colour
        | ValueKind::AreaCode
        | ValueKind::Id
        | ValueKind::CitationId
        | ValueKind::CaseName => Widget::Line,
    })
}

/// The input for a key on one line.
fn plain(key: &Key) -> FormField {
    FormField {
        name: key.name.to_owned(),
        label: label(key.name),
        hint: match key.kind {
            ValueKind::TextUpTo(most) => format!("{} At most {most} characters.", key.sentence),
            _ => key.sentence.to_owned(),
        },
        is_required: key.required,
        widget: Widget::Line,
    }
}

/// The label of a key: `review_by` is "Review by".
fn label(key: &str) -> String {
    let words = key.replace('_', " ");
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
