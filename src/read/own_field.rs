//! The library's own keys: reads the declarations in `fields` of casebook.yaml, and their values in cases.

use std::{borrow::Cow, collections::BTreeMap};

use super::{
    fields, plain_text,
    yaml::{Map, Node},
};
use crate::{
    model::{
        address,
        assemble::is_reserved,
        keys,
        own_field::{FieldKind, FieldValue, OwnField},
    },
    problem::{Problem, message::config as message},
};

/// The keys that a library declares, in their order.
pub(super) fn declared(map: Map<'_>, problems: &mut Vec<Problem>) -> Vec<OwnField> {
    map.only_text_keys(problems);
    let field = |key: &str| {
        let spot = map.key_spot(key);
        if is_reserved(key) || !is_key(key) {
            problems.push(message::bad_own_field(&spot, key, is_reserved(key)));
            return None;
        }
        let id = crate::problem::Written { value: key.to_owned(), spot };
        let plain = OwnField { id, label: address::title(key), kind: FieldKind::Text };
        let read = |map: Map<'_>, problems: &mut Vec<Problem>| {
            map.only_keys(keys::OWN_FIELD, problems);
            let kind = map.read("kind", problems, |node, problems| fields::word(node, &FieldKind::ALL, problems));
            Some((map.text("label", problems), kind.unwrap_or_default()))
        };
        Some(match map.map(key, problems, read) {
            Some((label, kind)) => OwnField { label: label.unwrap_or(plain.label), kind, ..plain },
            None => plain,
        })
    };
    map.keys().filter_map(field).collect()
}

/// The values of own keys in a case.
pub(super) fn values(map: Map<'_>, declared: &[OwnField], problems: &mut Vec<Problem>) -> BTreeMap<String, FieldValue> {
    let value = |field: &OwnField| {
        let value = map.read(&field.id.value, problems, |node, problems| value(node, field.kind, problems))?;
        Some((field.id.value.clone(), value))
    };
    declared.iter().filter_map(value).collect()
}

fn value(node: Node<'_>, kind: FieldKind, problems: &mut Vec<Problem>) -> Option<FieldValue> {
    match kind {
        FieldKind::Text => text(node, problems).map(FieldValue::Text),
        FieldKind::Number => node.any_number(problems).map(FieldValue::Number),
        FieldKind::Date => fields::partial_date(node, problems).map(FieldValue::Date),
        FieldKind::Link => fields::web_address(node, problems).map(FieldValue::Link),
        FieldKind::List => {
            node.report_lines_of_one_text(problems);
            let items = node.each(problems, text);
            (!items.is_empty()).then_some(FieldValue::List(items))
        }
    }
}

/// A text of the author. The table of keys does not have its key.
fn text(node: Node<'_>, problems: &mut Vec<Problem>) -> Option<String> {
    let text = node.text(problems).map(Cow::into_owned)?;
    plain_text::check(&node, &text, problems);
    Some(text)
}

/// Can front matter have this key? It is also a column of the open data.
fn is_key(key: &str) -> bool {
    key.starts_with(|c: char| c.is_ascii_lowercase())
        && key.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"_-".contains(&byte))
}
