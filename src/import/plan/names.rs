//! The paths of new cases, which no other case of the library has.

use std::collections::BTreeMap;

use serde_yaml::Value;

use super::{ExistingLibrary, ItemLinks};
use crate::{
    import::{ImportItem, file_names::FreeNames, link::LinkTarget},
    model::address::{self, cut, is_name_of_new_file, is_own_slug, slug},
    problem::FilePath,
};

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
        let name = [slug(&item.name), slug(title)]
            .map(cut)
            .into_iter()
            .find(|name| is_own_slug(name) && is_name_of_new_file(name));
        let name = name.unwrap_or_else(|| "case".to_owned());
        let name = free.first(&name, |name| taken.insert(name.to_owned()));
        if has_files { format!("content/cases/{name}/index.md") } else { format!("content/cases/{name}.md") }
    };
    let is_own = |file: &FilePath| !shared.contains_key(file);
    items
        .iter()
        .zip(links.iter().zip(main_pictures))
        .map(|(item, (links, picture))| {
            let shows = links.iter().any(|(_, target)| matches!(target, LinkTarget::File(file) if is_own(file)));
            path(item, shows || !item.embedded_pictures.is_empty() || picture.as_ref().is_some_and(is_own))
        })
        .collect()
}

/// A title for an item without one, made of its name.
pub(super) fn title_from(name: &str) -> String {
    match address::title(name) {
        title if title.is_empty() => name.to_owned(),
        title => title,
    }
}
