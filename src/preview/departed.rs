//! Departed: pages that were shown in this run of the preview and are no longer at their addresses.
//!
//! Takes what was shown before and the site as it is now; gives, for each page that went, what became of it: its file was
//! renamed, got another address, is not shown any more, or was removed. A rename is certain where one document of the same title
//! or the same words is new; else whatever came in the same moment is offered.

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

/// A page that went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Departed {
    /// What it was called.
    pub title: String,
    /// The file that it was made of.
    pub file: FilePath,
    /// When.
    pub at: Time,
    /// What became of it.
    pub fate: Fate,
}

/// What became of a page that went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It is here now, made of this file: the same one, if only its address was changed.
    Moved(FilePath, Edited),
    /// One of these, which came in the same moment.
    OneOf(Vec<Edited>),
    /// Its file is there and is not shown.
    Hidden,
    /// Its file was removed. These pages have titles like its own.
    Removed(Vec<Edited>),
}

/// How many pages of similar titles are named.
const SIMILAR: usize = 3;

/// The pages that are no longer there, after these files changed.
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
    for gone in departed.values_mut().filter(|gone| matches!(gone.fate, Fate::Removed(_))) {
        // Some programs rename a file by taking it away first and writing it anew a moment later.
        let mut same = arrived.iter().filter(|now| now.title == gone.title);
        if let (Some(now), None) = (same.next(), same.next()) {
            gone.fate = Fate::Moved(now.file.clone(), named(now));
        }
    }
    for was in documents(&before.site).filter(|was| is_suspect(was.file)) {
        if site.route(was.address).is_none() {
            let fate = fate(&was, &arrived, site, held);
            let gone = Departed { title: was.title.to_owned(), file: was.file.clone(), at, fate };
            departed.insert(was.address.clone(), gone);
        }
    }
    departed.retain(|address, _| site.route(address).is_none());
    departed
}

/// A case or a page as it is shown.
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

fn fate(was: &ShownDocument<'_>, arrived: &[ShownDocument<'_>], site: &Site, held: &Held) -> Fate {
    let is_same = |now: &&ShownDocument<'_>| {
        now.title == was.title
            || was.body.words > 0 && now.body.html == was.body.html && now.body.words == was.body.words
    };
    let own = arrived.iter().find(|now| now.file == was.file);
    let mut same = arrived.iter().filter(is_same);
    if let Some(now) = own.or(same.next()).filter(|_| own.is_some() || same.next().is_none()) {
        return Fate::Moved(now.file.clone(), named(now));
    }
    if held.project().files.contains_key(was.file) {
        return Fate::Hidden;
    }
    match arrived {
        [] => Fate::Removed(similar(was.title, site)),
        several => Fate::OneOf(several.iter().map(named).collect()),
    }
}

fn named(document: &ShownDocument<'_>) -> Edited {
    Edited { title: document.title.to_owned(), address: document.address.clone() }
}

/// The pages with the titles that are nearest to this one.
fn similar(title: &str, site: &Site) -> Vec<Edited> {
    let nearness = |other: &str| strsim::sorensen_dice(&title.to_lowercase(), &other.to_lowercase());
    let mut near: Vec<_> = documents(site).map(|now| (nearness(now.title), now)).collect();
    near.sort_by(|(a, x), (b, y)| b.total_cmp(a).then_with(|| x.address.cmp(y.address)));
    near.into_iter().take(SIMILAR).filter(|(nearness, _)| *nearness > 0.3).map(|(_, now)| named(&now)).collect()
}
