//! A request's path → what is answered: the same file that a build would publish there.
//!
//! Pure: no socket, no disk. An address that the site does not have has the site's own page for that, with status 404. What
//! is not a sound address (a climb, a backslash, a part that is empty) is not there either, so no path leaves the site.

use std::sync::Arc;

use percent_encoding::percent_decode_str;

use crate::{
    model::Address,
    preview::showing::Showing,
    problem::{FilePath, Problem},
    site::{Content, route::Route},
};

/// The folder of the preview's own files. No page of a library has an address that begins so.
pub const OWN: &str = "_casebook/";

/// What is answered to a path.
#[derive(Debug, PartialEq, Eq)]
pub enum Answer {
    /// What is published at an address.
    Published(Address, Bytes),
    /// Templates fail on the page.
    Failed(Address, Vec<Problem>),
    /// Nothing is there; this is the page that says so.
    Missing(Vec<u8>),
    /// A page was there until an edit; this is the page that says that nothing is.
    Departed(Address, Vec<u8>),
    /// It is at this other place: root-relative, percent-encoded.
    Moved(String),
    /// One of the preview's own files, by its name.
    Own(String),
}

/// What is published: bytes, or a file of the content.
#[derive(Debug, PartialEq, Eq)]
pub enum Bytes {
    /// Made for this answer.
    Made(Vec<u8>),
    /// The last good page.
    Kept(Arc<[u8]>),
    /// A file of the content, as it is.
    File(FilePath),
}

/// What is answered to a request's path, percent-encoded as it came.
pub fn answer(showing: &Showing, path: &str) -> Answer {
    let base = &showing.site.library.config.base.path;
    let Ok(decoded) = percent_decode_str(path).decode_utf8() else { return missing(showing) };
    let Some(within) = decoded.strip_prefix(base.as_str()) else {
        let is_above = decoded == "/" || decoded == base.trim_end_matches('/');
        return if is_above { Answer::Moved(base.clone()) } else { missing(showing) };
    };
    if let Some(own) = within.strip_prefix(OWN) {
        return Answer::Own(own.to_owned());
    }
    let Some(address) = Address::parse(&format!("/{within}")) else { return missing(showing) };
    if let Some(stand_in) = showing.stand_in(&address) {
        return Answer::Published(address, Bytes::Kept(stand_in.page.clone()));
    }
    if within.starts_with("search/") {
        // The page for searching names the files that it will ask for, so they are made first.
        showing.make_search();
    }
    if let Some(route) = showing.site.route(&address) {
        return published(showing, &address, route);
    }
    // Hosts serve a folder's index by its own name too, and put back a slash that was left off.
    let is_index = within.strip_suffix("index.html").filter(|folder| folder.is_empty() || folder.ends_with('/'));
    let folder = is_index.map_or_else(|| format!("/{within}/"), |folder| format!("/{folder}"));
    let folder = Address::parse(&folder);
    match folder.as_ref().and_then(|folder| Some((folder, showing.site.route(folder)?))) {
        Some((folder, route)) if is_index.is_some() => published(showing, folder, route),
        Some((folder, _)) => Answer::Moved(folder.href(base)),
        None => match missing(showing) {
            Answer::Missing(page) if showing.departed.contains_key(&address) => Answer::Departed(address, page),
            answer => answer,
        },
    }
}

fn published(showing: &Showing, address: &Address, route: &Route) -> Answer {
    match showing.site.render(address, route) {
        Ok(Content::Bytes(bytes)) => Answer::Published(address.clone(), Bytes::Made(bytes)),
        Ok(Content::File(file)) => Answer::Published(address.clone(), Bytes::File(file)),
        Err(page) => Answer::Failed(address.clone(), page.problems()),
    }
}

fn missing(showing: &Showing) -> Answer {
    let address = Address::file("404.html");
    match showing.site.render(&address, &Route::NotFound) {
        Ok(Content::Bytes(bytes)) => Answer::Missing(bytes),
        Ok(Content::File(_)) => Answer::Missing(Vec::new()),
        Err(page) => Answer::Failed(address, page.problems()),
    }
}
