//! The names of new files, which no other file of the library has.

use std::collections::{BTreeMap, HashMap};

use serde_yaml::Value;

use super::{ExistingLibrary, ItemLinks};
use crate::{
    import::{ImportItem, link::LinkTarget},
    model::address::{self, is_own_slug, slug},
    problem::FilePath,
};

/// The name of a published file: without spaces, and without a mark at its start that would hide it.
pub(super) fn file_name(file: &FilePath) -> String {
    let stem = slug(file.stem());
    let stem = if stem.is_empty() { "file".to_owned() } else { stem };
    format!("{stem}.{}", file.extension())
}

/// Names of files, each given once. Of names that many items share, each is numbered on from the last.
#[derive(Default)]
pub(super) struct FreeNames {
    numbers: HashMap<String, usize>,
}

impl FreeNames {
    /// The first of a name and its numbered forms that `take` accepts. What it refused once it must always refuse.
    pub(super) fn first(&mut self, name: &str, mut take: impl FnMut(&str) -> bool) -> String {
        let (stem, end) = name.rsplit_once('.').map_or((name, String::new()), |(stem, end)| (stem, format!(".{end}")));
        let number = self.numbers.entry(name.to_owned()).or_default();
        loop {
            *number += 1;
            let name = if *number == 1 { name.to_owned() } else { format!("{stem}-{number}{end}") };
            if take(&name) {
                return name;
            }
        }
    }
}

/// The path of every new case.
pub(super) fn names(
    items: &[&ImportItem],
    links: &[ItemLinks],
    main_pictures: &[Option<FilePath>],
    shared: &BTreeMap<FilePath, String>,
    existing: &ExistingLibrary<'_>,
) -> Vec<String> {
    let (mut taken, mut free) = (existing.names.clone(), FreeNames::default());
    let mut path = |item: &ImportItem, has_files: bool| {
        let title = item.fields.get("title").and_then(Value::as_str).unwrap_or_default();
        let name = [slug(&item.name), slug(title)].map(cut).into_iter().find(|name| is_own_slug(name));
        let name = name.unwrap_or_else(|| "case".to_owned());
        let name = free.first(&name, |name| taken.insert(name.to_owned()));
        if has_files { format!("content/cases/{name}/index.md") } else { format!("content/cases/{name}.md") }
    };
    let is_own = |file: &FilePath| !shared.contains_key(file);
    items
        .iter()
        .zip(links.iter().zip(main_pictures))
        .map(|(item, (links, head))| {
            let shows = links.iter().any(|(_, target)| matches!(target, LinkTarget::File(file) if is_own(file)));
            path(item, shows || !item.parts.is_empty() || head.as_ref().is_some_and(is_own))
        })
        .collect()
}

/// Cuts a long name between words.
fn cut(mut name: String) -> String {
    const MAX_LENGTH: usize = 80;
    while name.len() > MAX_LENGTH {
        match name.rfind('-') {
            Some(hyphen) => name.truncate(hyphen),
            None => name = name.chars().take(MAX_LENGTH / 4).collect(),
        }
    }
    name
}

/// A title for an item without one, made of its name.
pub(super) fn title_from(name: &str) -> String {
    match address::title(name) {
        title if title.is_empty() => name.to_owned(),
        title => title,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn the_number_of_a_name_that_many_share_is_found_at_once() {
        let (mut free, mut taken, mut tries) = (FreeNames::default(), HashSet::from(["same-3.md".to_owned()]), 0);
        let mut next = || {
            free.first("same.md", |name| {
                tries += 1;
                taken.insert(name.to_owned())
            })
        };
        assert_eq!([next(), next(), next(), next()], ["same.md", "same-2.md", "same-4.md", "same-5.md"]);
        (0..1000).for_each(|_| drop(next()));
        assert_eq!(tries, 1005);
    }
}
