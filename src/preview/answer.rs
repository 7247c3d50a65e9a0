//! The path of a request → the response: the file that a build would publish there.
//!
//! Pure: no socket, no disk. For an address that the site does not have, the response is the site's own page, with
//! status 404. An invalid path (`..`, a backslash, an empty part) is treated in the same way, so no path leaves the
//! site.

use std::sync::Arc;

use percent_encoding::percent_decode_str;

use crate::{
    model::Address,
    preview::state::PreviewState,
    problem::{FilePath, Problem},
    site::{Content, route::Route},
};

/// The folder of the preview's own files. No address of a page begins like this.
pub const OWN: &str = "_casebook/";

/// The response to a path.
#[derive(Debug, PartialEq, Eq)]
pub enum Answer {
    /// The page or file that is published at an address.
    Published(Address, Bytes),
    /// A page whose file has been faulty from the start.
    Unready(Address, Vec<u8>),
    /// A page whose templates failed.
    Failed(Address, Vec<Problem>),
    /// The page for an address that the site does not have.
    Missing(Vec<u8>),
    /// The same, for an address that had a page until an edit.
    Former(Address, Vec<u8>),
    /// A redirect to this address: root-relative, percent-encoded.
    Moved(String),
    /// One of the preview's own files, by its name.
    Own(String),
}

/// The content of a page or file.
#[derive(Debug, PartialEq, Eq)]
pub enum Bytes {
    /// Made for this response.
    Made(Vec<u8>),
    /// The last good version of a page.
    Kept(Arc<[u8]>),
    /// A file of the content, as it is.
    File(FilePath),
}

/// Finds the response to a request's path, which is percent-encoded.
pub fn answer(preview: &PreviewState, path: &str) -> Answer {
    let base = &preview.site.library.config.base.path;
    // The base path is percent-encoded too, and the same letter may be encoded in capitals or not.
    let decoded_base = percent_decode_str(base).decode_utf8_lossy();
    let Ok(decoded) = percent_decode_str(path).decode_utf8() else { return missing(preview) };
    let Some(within) = decoded.strip_prefix(&*decoded_base) else {
        let is_above = decoded == "/" || decoded == decoded_base.trim_end_matches('/');
        return if is_above { Answer::Moved(base.clone()) } else { missing(preview) };
    };
    if let Some(own) = within.strip_prefix(OWN) {
        return Answer::Own(own.to_owned());
    }
    let Some(address) = Address::parse(&format!("/{within}")) else { return missing(preview) };
    if let Some(last_good_page) = preview.last_good_page(&address) {
        return Answer::Published(address, Bytes::Kept(last_good_page.page.clone()));
    }
    if within.starts_with("search/") {
        // The search page names files of the search index, so make them first.
        preview.make_search();
    }
    if let Some(route) = preview.site.route(&address) {
        return published(preview, &address, route);
    }
    // Like hosts, serve a folder's index by its name too, and add a missing slash.
    let is_index = within.strip_suffix("index.html").filter(|folder| folder.is_empty() || folder.ends_with('/'));
    let folder = is_index.map_or_else(|| format!("/{within}/"), |folder| format!("/{folder}"));
    let folder = Address::parse(&folder);
    match folder.as_ref().and_then(|folder| Some((folder, preview.site.route(folder)?))) {
        Some((folder, route)) if is_index.is_some() => published(preview, folder, route),
        Some((folder, _)) => Answer::Moved(folder.href(base)),
        None => match missing(preview) {
            Answer::Missing(page) if preview.former_pages.contains_key(&address) => Answer::Former(address, page),
            answer => answer,
        },
    }
}

fn published(preview: &PreviewState, address: &Address, route: &Route) -> Answer {
    match preview.site.render(address, route) {
        Ok(Content::Bytes(bytes)) if preview.is_unready(address) => Answer::Unready(address.clone(), bytes),
        Ok(Content::Bytes(bytes)) => Answer::Published(address.clone(), Bytes::Made(bytes)),
        Ok(Content::File(file)) => Answer::Published(address.clone(), Bytes::File(file)),
        Err(page) => Answer::Failed(address.clone(), page.problems()),
    }
}

fn missing(preview: &PreviewState) -> Answer {
    let address = Address::file("404.html");
    match preview.site.render(&address, &Route::NotFound) {
        Ok(Content::Bytes(bytes)) => Answer::Missing(bytes),
        Ok(Content::File(_)) => Answer::Missing(Vec::new()),
        Err(page) => Answer::Failed(address, page.problems()),
    }
}
