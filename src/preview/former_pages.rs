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
        loaded_library::LoadedLibrary,
        state::{PageLink, PreviewState},
    },
    problem::FilePath,
    site::Site,
};

/// A page that is no longer at its address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormerPage {
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
    Moved(FilePath, PageLink),
    /// It may be one of these, which appeared at the same time.
    OneOf(Vec<PageLink>),
    /// Its file exists, but its page is hidden.
    Hidden,
    /// Its file was removed. These pages have similar titles.
    Removed(Vec<PageLink>),
}

/// The most pages with similar titles.
const SIMILAR: usize = 3;

/// The pages that are no longer at their addresses, after these files changed.
pub fn former_pages(
    before: &PreviewState,
    site: &Site,
    loaded: &LoadedLibrary,
    changes: &[FilePath],
    at: Time,
) -> BTreeMap<Address, FormerPage> {
    let mut former_pages = before.former_pages.clone();
    let was_held_back = before.held_back_since.is_some();
    let may_have_changed = |file: &FilePath| was_held_back || changes.binary_search(file).is_ok();
    let arrived: Vec<ShownDocument<'_>> =
        documents(site).filter(|now| may_have_changed(now.file) && before.site.route(now.address).is_none()).collect();
    for former in former_pages.values_mut().filter(|former| matches!(former.change, PageChange::Removed(_))) {
        // Some programs rename a file by removing it and creating it again a moment later.
        let mut same = arrived.iter().filter(|now| now.title == former.title);
        if let (Some(now), None) = (same.next(), same.next()) {
            former.change = PageChange::Moved(now.file.clone(), link_to(now));
        }
    }
    for was in documents(&before.site).filter(|was| may_have_changed(was.file)) {
        if site.route(was.address).is_none() {
            let change = change(&was, &arrived, site, loaded);
            let former = FormerPage { title: was.title.to_owned(), file: was.file.clone(), at, change };
            former_pages.insert(was.address.clone(), former);
        }
    }
    former_pages.retain(|address, _| site.route(address).is_none());
    former_pages
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

fn change(was: &ShownDocument<'_>, arrived: &[ShownDocument<'_>], site: &Site, loaded: &LoadedLibrary) -> PageChange {
    let is_same = |now: &&ShownDocument<'_>| {
        now.title == was.title
            || was.body.words > 0 && now.body.html == was.body.html && now.body.words == was.body.words
    };
    let own = arrived.iter().find(|now| now.file == was.file);
    let mut same = arrived.iter().filter(is_same);
    if let Some(now) = own.or(same.next()).filter(|_| own.is_some() || same.next().is_none()) {
        return PageChange::Moved(now.file.clone(), link_to(now));
    }
    if loaded.project().files.contains_key(was.file) {
        return PageChange::Hidden;
    }
    match arrived {
        [] => PageChange::Removed(similar(was.title, site)),
        several => PageChange::OneOf(several.iter().map(link_to).collect()),
    }
}

fn link_to(document: &ShownDocument<'_>) -> PageLink {
    PageLink { title: document.title.to_owned(), address: document.address.clone() }
}

/// The pages with the most similar titles.
fn similar(title: &str, site: &Site) -> Vec<PageLink> {
    let nearness = |other: &str| strsim::sorensen_dice(&title.to_lowercase(), &other.to_lowercase());
    let mut near: Vec<_> = documents(site).map(|now| (nearness(now.title), now)).collect();
    near.sort_by(|(a, x), (b, y)| b.total_cmp(a).then_with(|| x.address.cmp(y.address)));
    near.into_iter().take(SIMILAR).filter(|(nearness, _)| *nearness > 0.3).map(|(_, now)| link_to(&now)).collect()
}
