//! The forms in which a library's cases write their values: which keys have a text, which a mapping, which a list.
//!
//! Casebook reads both `tier: unitary` and `tier: [unitary]`; a form in the browser shows only the one that it was made
//! for. So the form that most cases use is chosen, and the cases that use another are listed.

use std::collections::BTreeMap;

use serde_yaml::Value;

use crate::problem::FilePath;

/// The form of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Form {
    /// `tier: unitary`
    Text,
    /// `place: { name: Torbay }`
    Map,
    /// `tier: [unitary]`
    Texts,
    /// A list of mappings.
    Maps,
    /// A list of both.
    Mixed,
}

/// The forms of every key, with the cases that use each.
#[derive(Clone, Debug, Default)]
pub struct WrittenForms {
    keys: BTreeMap<String, BTreeMap<Form, Vec<FilePath>>>,
}

impl WrittenForms {
    /// Collects the forms in the front matter of these cases.
    pub fn of(cases: impl IntoIterator<Item = (FilePath, Value)>) -> WrittenForms {
        let mut written = WrittenForms::default();
        for (path, front_matter) in cases {
            for (key, value) in front_matter.as_mapping().into_iter().flatten() {
                if let (Some(key), Some(form)) = (key.as_str(), form(value)) {
                    let forms = written.keys.entry(key.to_owned()).or_default();
                    forms.entry(form).or_default().push(path.clone());
                }
            }
        }
        written
    }

    /// The form of a key that most cases use, of those given; the first if no case uses any.
    pub(super) fn most_used(&self, key: &str, forms: &[Form]) -> Form {
        let count = |form: &Form| self.keys.get(key).and_then(|all| all.get(form)).map_or(0, Vec::len);
        let most_used = forms.iter().map(count).max().unwrap_or(0);
        forms.iter().copied().find(|form| count(form) == most_used).unwrap_or(Form::Text)
    }

    /// The cases that write a key in another form than this.
    pub(super) fn cases_in_other_forms(&self, key: &str, shown: Form) -> Vec<&FilePath> {
        let forms = self.keys.get(key).into_iter().flatten();
        forms.filter(|(form, _)| **form != shown).flat_map(|(_, cases)| cases).collect()
    }
}

fn form(value: &Value) -> Option<Form> {
    match value {
        Value::Null => None,
        Value::Mapping(map) => (!map.is_empty()).then_some(Form::Map),
        Value::Sequence(items) => {
            let maps = items.iter().filter(|item| item.is_mapping()).count();
            match items.len() {
                0 => None,
                _ if maps == items.len() => Some(Form::Maps),
                _ if maps == 0 => Some(Form::Texts),
                _ => Some(Form::Mixed),
            }
        }
        _ => Some(Form::Text),
    }
}
