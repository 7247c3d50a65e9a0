//! The cases that earlier imports made, by which an import knows the items that have one.
//!
//! An item is known by its content, wherever in its file it stands now: rows move when others are inserted. One with a
//! title is known in another file as well, since files are renamed and copied. With other content, it is the changed
//! form of an imported item if it has the same place in the same source. A row must also
//! have the same first value, or it may be another row in the place of the old one.

use std::collections::{HashMap, HashSet};

use crate::{
    import::{ImportItem, mapping::title_column},
    model::questions::key_of_label,
    problem::FilePath,
};

/// The cases that earlier imports made.
#[derive(Debug, Default)]
pub struct ImportedBefore {
    /// The fingerprint of each case and its path, by its place in the source.
    fingerprints: HashMap<String, Vec<(ImportFingerprint, FilePath)>>,
    /// Every file of a source with the hash of a content that was imported from it.
    contents: HashSet<(String, String)>,
    /// The place in the source and the case of each content, by its hash.
    cases: HashMap<String, (String, FilePath)>,
}

/// From the place in the source of each case and its fingerprint, as the case stores them, and its path.
impl FromIterator<(String, String, FilePath)> for ImportedBefore {
    fn from_iter<I: IntoIterator<Item = (String, String, FilePath)>>(cases: I) -> ImportedBefore {
        let mut imported = ImportedBefore::default();
        for (source_place, fingerprint, path) in cases {
            let fingerprint = ImportFingerprint::parse(&fingerprint);
            imported.contents.insert((file_of_source_place(&source_place).to_owned(), fingerprint.content.clone()));
            imported.cases.entry(fingerprint.content.clone()).or_insert_with(|| (source_place.clone(), path.clone()));
            imported.fingerprints.entry(source_place).or_default().push((fingerprint, path));
        }
        imported
    }
}

/// What an earlier import made of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ItemState<'a> {
    New,
    Imported,
    /// It was imported as this case, and has changed since.
    Changed(&'a FilePath),
    /// Another file had the same content: its place in the source, and the case that was made of it.
    Copy(&'a str, &'a FilePath),
}

impl ImportedBefore {
    /// The state of every item of a source, whose place is its path from the library.
    pub(super) fn states(&self, items: &[ImportItem], place: &str) -> Vec<ItemState<'_>> {
        let fingerprints: Vec<ImportFingerprint> =
            items.iter().map(|item| ImportFingerprint::new(item, place)).collect();
        let content = |item: &ImportItem, fingerprint: &ImportFingerprint| {
            (file_of_source_place(&item.source_place).to_owned(), fingerprint.content.clone())
        };
        let found: HashSet<(String, String)> =
            items.iter().zip(&fingerprints).map(|(item, fingerprint)| content(item, fingerprint)).collect();
        let state = |(item, fingerprint): (&ImportItem, &ImportFingerprint)| {
            let (file, hash) = content(item, fingerprint);
            if self.contents.contains(&(file.clone(), hash)) {
                return ItemState::Imported;
            }
            // An imported item that is still in the source is not the earlier form of another.
            let is_gone = |earlier: &ImportFingerprint| !found.contains(&(file.clone(), earlier.content.clone()));
            let mut earlier = self.fingerprints.get(&item.source_place).into_iter().flatten();
            let same = earlier.find(|(earlier, _)| earlier.may_be_same_item(fingerprint) && is_gone(earlier));
            if let Some((_, case)) = same {
                return ItemState::Changed(case);
            }
            match self.cases.get(&fingerprint.content).filter(|_| has_title(item)) {
                Some((source_place, case)) => ItemState::Copy(source_place, case),
                None => ItemState::New,
            }
        };
        items.iter().zip(&fingerprints).map(state).collect()
    }
}

/// Does a field say the title of an item? Without one, different items may have the same content.
fn has_title(item: &ImportItem) -> bool {
    let names: Vec<String> = item.fields.keys().filter_map(|name| name.as_str().map(str::to_owned)).collect();
    title_column(&names).is_some() || names.iter().any(|name| key_of_label(name) == Some("title"))
}

/// What a case stores to know its item again.
#[derive(Debug)]
pub(super) struct ImportFingerprint {
    /// A hash of the content.
    content: String,
    /// A hash of what stays the same when the content changes: the place of the source, and the first value of a row.
    /// The fingerprints of earlier builds have none.
    identity: Option<String>,
}

impl ImportFingerprint {
    pub(super) fn new(item: &ImportItem, place: &str) -> ImportFingerprint {
        let fields = serde_json::to_string(&item.fields).unwrap_or_default();
        let first = item.fields.values().next().filter(|_| is_row(item));
        let first = serde_json::to_string(&first).unwrap_or_default();
        ImportFingerprint { content: hash(&[&fields, &item.body], 12), identity: Some(hash(&[place, "\n", &first], 8)) }
    }

    fn parse(text: &str) -> ImportFingerprint {
        let (content, identity) = text.split_once('-').map_or((text, None), |(content, rest)| (content, Some(rest)));
        ImportFingerprint { content: content.to_owned(), identity: identity.map(str::to_owned) }
    }

    /// May two fingerprints of one place in the source be of one item, which has changed between them?
    fn may_be_same_item(&self, other: &ImportFingerprint) -> bool {
        self.identity.is_none() || self.identity == other.identity
    }
}

impl std::fmt::Display for ImportFingerprint {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.content)?;
        self.identity.iter().try_for_each(|identity| write!(f, "-{identity}"))
    }
}

fn hash(parts: &[&str], length: usize) -> String {
    let mut hash = blake3::Hasher::new();
    for part in parts {
        hash.update(part.as_bytes());
    }
    hash.finalize().to_hex()[..length].to_owned()
}

/// Is an item the row of a table?
pub(super) fn is_row(item: &ImportItem) -> bool {
    file_of_source_place(&item.source_place) != item.source_place
}

/// A place in the source without the row: the file of `old/cases.csv#row 2`.
fn file_of_source_place(source_place: &str) -> &str {
    let is_row = |place: &str| {
        let number = place.rsplit_once("row ").map_or("", |(_, number)| number);
        !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
    };
    source_place.rsplit_once('#').filter(|(_, place)| is_row(place)).map_or(source_place, |(file, _)| file)
}
