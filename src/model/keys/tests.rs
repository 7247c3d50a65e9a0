use std::collections::BTreeSet;

use super::*;

/// Every table, each with the names of the keys that lead to it from the top of its file.
fn tables() -> Vec<(String, &'static [Key])> {
    fn gather(path: String, keys: &'static [Key], tables: &mut Vec<(String, &'static [Key])>) {
        tables.push((path.clone(), keys));
        for key in keys.iter().filter(|key| !key.kind.keys().is_empty()) {
            gather(format!("{path}.{}", key.name), key.kind.keys(), tables);
        }
    }
    let mut tables = vec![("term of a case".to_owned(), TERM_USE)];
    for file in FILES {
        gather(file.name.to_owned(), file.keys, &mut tables);
    }
    tables
}

#[test]
fn no_table_has_a_name_twice() {
    for (path, keys) in tables() {
        let mut seen = BTreeSet::new();
        for name in keys.iter().flat_map(|key| [key.name].into_iter().chain(key.names_elsewhere.iter().copied())) {
            assert!(seen.insert(name), "{path}: `{name}` stands twice");
        }
    }
}

#[test]
fn every_key_is_explained_in_one_sentence_with_an_example() {
    for (path, keys) in tables() {
        for key in keys {
            let Key { name, sentence, example, .. } = key;
            let is_sentence = sentence.starts_with(char::is_uppercase) && sentence.ends_with('.');
            assert!(is_sentence && !sentence.contains(". "), "{path}.{name}: {sentence}");
            assert!(!example.is_empty(), "{path}.{name} has no example");
        }
    }
}

#[test]
fn a_key_is_found_by_its_path() {
    assert_eq!(at(CASE, &["period", "from"]).map(|key| key.name), Some("from"));
    assert_eq!(
        at(SETTINGS, &["footer", "url"]).map(|key| key.sentence),
        named(FOOTER_LINK, "url").map(|key| key.sentence)
    );
    assert!(at(CASE, &["title", "from"]).is_none() && at(CASE, &["nav"]).is_none());
}

#[test]
fn the_form_of_a_key_follows_from_its_kind() {
    let form = |keys, name| named(keys, name).and_then(Key::form);
    assert_eq!(form(CASE, "period").as_deref(), Some("period: { from: 2006, to: 2013 }"));
    assert_eq!(form(SETTINGS, "footer").as_deref(), Some("- { text: About, url: /about/ }"));
    assert_eq!(form(CASE, "title"), None);
    assert_eq!(entry(ENTRY), "- { term: PCT, full: primary care trust }");
}
