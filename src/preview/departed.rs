//! Pages that were shown in this run of the preview and are no longer at their addresses.
//!
//! Takes the earlier sites and the present one; gives, for each such page, what happened: its file was renamed, its
//! address changed, it is hidden, or it was removed. A rename is certain if exactly one new document has the same title
//! or the same text; otherwise the documents that appeared at the same time are offered.

use std::collections::BTreeMap;

use jiff::civil::Time;

use crate::{
    model::{Address, document::Body},
    preview::{
        held::Held,
        showing::{Edited, Showing},
    },
    problem::FilePath,
    site::Site,
};

/// A page that is no longer at its address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Departed {
    /// Its title.
    pub title: String,
    /// Its file.
    pub file: FilePath,
    /// The time of the change.
    pub at: Time,
    /// What happened to it.
    pub change: PageChange,
}

/// What happened to a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PageChange {
    /// It is at another address, made from this file: the same file, if only its address was changed.
    Moved(FilePath, Edited),
    /// It may be one of these, which appeared at the same time.
    OneOf(Vec<Edited>),
    /// Its file exists, but its page is hidden.
    Hidden,
    /// Its file was removed. These pages have similar titles.
    Removed(Vec<Edited>),
}

/// The most pages with similar titles.
const SIMILAR: usize = 3;

/// The pages that are no longer at their addresses, after these files changed.
pub fn departed(
    before: &Showing,
    site: &Site,
    held: &Held,
    changes: &[FilePath],
    at: Time,
) -> BTreeMap<Address, Departed> {
    let mut departed = before.departed.clone();
    let was_held_back = before.held_back_since.is_some();
    let is_suspect = |file: &FilePath| was_held_back || changes.binary_search(file).is_ok();
    let arrived: Vec<ShownDocument<'_>> =
        documents(site).filter(|now| is_suspect(now.file) && before.site.route(now.address).is_none()).collect();
    for gone in departed.values_mut().filter(|gone| matches!(gone.change, PageChange::Removed(_))) {
        // Some programs rename a file by removing it and creating it again a moment later.
        let mut same = arrived.iter().filter(|now| now.title == gone.title);
        if let (Some(now), None) = (same.next(), same.next()) {
            gone.change = PageChange::Moved(now.file.clone(), named(now));
        }
    }
    for was in documents(&before.site).filter(|was| is_suspect(was.file)) {
        if site.route(was.address).is_none() {
            let change = change(&was, &arrived, site, held);
            let gone = Departed { title: was.title.to_owned(), file: was.file.clone(), at, change };
            departed.insert(was.address.clone(), gone);
        }
    }
    departed.retain(|address, _| site.route(address).is_none());
    departed
}

/// A case or a page that is shown.
struct ShownDocument<'a> {
    file: &'a FilePath,
    address: &'a Address,
    title: &'a str,
    body: &'a Body,
}

fn documents(site: &Site) -> impl Iterator<Item = ShownDocument<'_>> {
    let library = &site.library;
    let cases = library.cases.iter().map(|case| ShownDocument {
        file: &case.file.path,
        address: &case.address,
        title: &case.file.title,
        body: &case.file.body,
    });
    let pages = library.pages.iter().map(|page| ShownDocument {
        file: &page.file.path,
        address: &page.address,
        title: &page.file.title,
        body: &page.file.body,
    });
    cases.chain(pages)
}

fn change(was: &ShownDocument<'_>, arrived: &[ShownDocument<'_>], site: &Site, held: &Held) -> PageChange {
    let is_same = |now: &&ShownDocument<'_>| {
        now.title == was.title
            || was.body.words > 0 && now.body.html == was.body.html && now.body.words == was.body.words
    };
    let own = arrived.iter().find(|now| now.file == was.file);
    let mut same = arrived.iter().filter(is_same);
    if let Some(now) = own.or(same.next()).filter(|_| own.is_some() || same.next().is_none()) {
        return PageChange::Moved(now.file.clone(), named(now));
    }
    if held.project().files.contains_key(was.file) {
        return PageChange::Hidden;
    }
    match arrived {
        [] => PageChange::Removed(similar(was.title, site)),
        several => PageChange::OneOf(several.iter().map(named).collect()),
    }
}

fn named(document: &ShownDocument<'_>) -> Edited {
    Edited { title: document.title.to_owned(), address: document.address.clone() }
}

/// The pages with the most similar titles.
fn similar(title: &str, site: &Site) -> Vec<Edited> {
    let nearness = |other: &str| strsim::sorensen_dice(&title.to_lowercase(), &other.to_lowercase());
    let mut near: Vec<_> = documents(site).map(|now| (nearness(now.title), now)).collect();
    near.sort_by(|(a, x), (b, y)| b.total_cmp(a).then_with(|| x.address.cmp(y.address)));
    near.into_iter().take(SIMILAR).filter(|(nearness, _)| *nearness > 0.3).map(|(_, now)| named(&now)).collect()
}
