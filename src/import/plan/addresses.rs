//! The old addresses of items, as aliases of their cases.

use std::collections::HashSet;

use serde_yaml::Value;

use crate::{
    import::{ImportItem, Loss, mapping::ImportedCase},
    model::Address,
    problem::FilePath,
};

/// The address of the case at a path.
pub(super) fn address_of(path: &str) -> Address {
    Address::page(["cases", FilePath::new(path).case_name()])
}

/// Adds the old addresses of an item as aliases of its case: those of the item, and those that redirected to it. An
/// address that is taken stays in `extra`, and is reported. `addresses_of_items` are those of all items: a redirect of
/// another item cannot take one of them.
pub(super) fn with_addresses(
    mut case: ImportedCase,
    item: &ImportItem,
    addresses_of_items: &HashSet<String>,
    taken: &mut HashSet<String>,
) -> ImportedCase {
    let written = match case.fields.remove("aliases") {
        Some(Value::Sequence(written)) => written,
        Some(one) => vec![one],
        None => Vec::new(),
    };
    let own_addresses = item.addresses.iter().cloned().map(|alias| (alias, true));
    let redirects = written.iter().filter_map(Value::as_str).map(|alias| (alias.to_owned(), false));
    let (mut aliases, mut left): (Vec<Value>, Vec<Value>) = (Vec::new(), Vec::new());
    for (alias, is_own) in own_addresses.chain(redirects) {
        let is_free = |address: &Address| is_own || !addresses_of_items.contains(&address.folded());
        match as_address(&alias).filter(is_free) {
            Some(address) if taken.insert(address.folded()) => aliases.push(Value::from(alias)),
            _ if aliases.iter().any(|known| known.as_str() == Some(&alias)) => {}
            _ => {
                case.losses.push(Loss::old_address(alias.as_str()));
                left.push(Value::from(alias));
            }
        }
    }
    if !aliases.is_empty() {
        case.fields.insert("aliases".into(), Value::Sequence(aliases));
    }
    if !left.is_empty() {
        case.keep("old_addresses", Value::Sequence(left));
    }
    case
}

/// An old address as that of a page; none if it cannot be one.
pub(super) fn as_address(alias: &str) -> Option<Address> {
    let name = alias.rsplit('/').next().unwrap_or_default();
    let as_page = if name.is_empty() || name.contains('.') { alias.to_owned() } else { format!("{alias}/") };
    let decoded = percent_encoding::percent_decode_str(&as_page).decode_utf8_lossy();
    Address::parse(&decoded).filter(|address| address.as_str() != "/")
}
