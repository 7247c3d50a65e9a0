//! The cases that earlier imports made, by which an import knows the items that have one.
//!
//! An item is known by its content, wherever in its file it stands now: rows move when others are inserted. One with a
//! title is known in another file as well, since files are renamed and copied. With other content, it is the changed
//! form of an imported item if it has the same origin in the same source. A row must also
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
    /// The mark of each case and its path, by origin.
    marks: HashMap<String, Vec<(ImportMark, FilePath)>>,
    /// Every file of a source with the hash of a content that was imported from it.
    contents: HashSet<(String, String)>,
    /// The origin and the case of each content, by its hash.
    cases: HashMap<String, (String, FilePath)>,
}

/// From the origin of each case and its mark, as the case stores them, and its path.
impl FromIterator<(String, String, FilePath)> for ImportedBefore {
    fn from_iter<I: IntoIterator<Item = (String, String, FilePath)>>(cases: I) -> ImportedBefore {
        let mut imported = ImportedBefore::default();
        for (origin, mark, path) in cases {
            let mark = ImportMark::parse(&mark);
            imported.contents.insert((file_of_origin(&origin).to_owned(), mark.content.clone()));
            imported.cases.entry(mark.content.clone()).or_insert_with(|| (origin.clone(), path.clone()));
            imported.marks.entry(origin).or_default().push((mark, path));
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
    /// Another file had the same content: its origin, and the case that was made of it.
    Copy(&'a str, &'a FilePath),
}

impl ImportedBefore {
    /// The state of every item of a source, whose place is its path from the library.
    pub(super) fn states(&self, items: &[ImportItem], place: &str) -> Vec<ItemState<'_>> {
        let marks: Vec<ImportMark> = items.iter().map(|item| ImportMark::new(item, place)).collect();
        let content =
            |item: &ImportItem, mark: &ImportMark| (file_of_origin(&item.origin).to_owned(), mark.content.clone());
        let found: HashSet<(String, String)> =
            items.iter().zip(&marks).map(|(item, mark)| content(item, mark)).collect();
        let state = |(item, mark): (&ImportItem, &ImportMark)| {
            let (file, hash) = content(item, mark);
            if self.contents.contains(&(file.clone(), hash)) {
                return ItemState::Imported;
            }
            // An imported item that is still in the source is not the earlier form of another.
            let is_gone = |earlier: &ImportMark| !found.contains(&(file.clone(), earlier.content.clone()));
            let mut earlier = self.marks.get(&item.origin).into_iter().flatten();
            let same = earlier.find(|(earlier, _)| earlier.may_be_same_item(mark) && is_gone(earlier));
            if let Some((_, case)) = same {
                return ItemState::Changed(case);
            }
            match self.cases.get(&mark.content).filter(|_| has_title(item)) {
                Some((origin, case)) => ItemState::Copy(origin, case),
                None => ItemState::New,
            }
        };
        items.iter().zip(&marks).map(state).collect()
    }
}

/// Does a field say the title of an item? Without one, different items may have the same content.
fn has_title(item: &ImportItem) -> bool {
    let names: Vec<String> = item.fields.keys().filter_map(|name| name.as_str().map(str::to_owned)).collect();
    title_column(&names).is_some() || names.iter().any(|name| key_of_label(name) == Some("title"))
}

/// What a case stores to know its item again.
#[derive(Debug)]
pub(super) struct ImportMark {
    /// A hash of the content.
    content: String,
    /// A hash of what stays the same when the content changes: the place of the source, and the first value of a row.
    /// The marks of earlier builds have none.
    identity: Option<String>,
}

impl ImportMark {
    pub(super) fn new(item: &ImportItem, place: &str) -> ImportMark {
        let fields = serde_json::to_string(&item.fields).unwrap_or_default();
        let first = item.fields.values().next().filter(|_| is_row(item));
        let first = serde_json::to_string(&first).unwrap_or_default();
        ImportMark { content: hash(&[&fields, &item.body], 12), identity: Some(hash(&[place, "\n", &first], 8)) }
    }

    fn parse(text: &str) -> ImportMark {
        let (content, identity) = text.split_once('-').map_or((text, None), |(content, rest)| (content, Some(rest)));
        ImportMark { content: content.to_owned(), identity: identity.map(str::to_owned) }
    }

    /// May two marks of one origin be of one item, which has changed between them?
    fn may_be_same_item(&self, other: &ImportMark) -> bool {
        self.identity.is_none() || self.identity == other.identity
    }
}

impl std::fmt::Display for ImportMark {
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
    file_of_origin(&item.origin) != item.origin
}

/// An origin without the row: the file of `old/cases.csv#row 2`.
fn file_of_origin(origin: &str) -> &str {
    let is_row = |place: &str| {
        let number = place.rsplit_once("row ").map_or("", |(_, number)| number);
        !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
    };
    origin.rsplit_once('#').filter(|(_, place)| is_row(place)).map_or(origin, |(file, _)| file)
}
