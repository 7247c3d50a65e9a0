//! The head of a page: its titles, its description, its breadcrumb trail, and what search engines and previews of links
//! read.

use serde::Serialize;

use super::{Common, FeedLink, Link};
use crate::{
    export::json::embedded,
    model::{Address, PageNumber},
    site::theme::{Html, filled},
};

/// Facts about a page, which the view of every page has: `page`.
#[derive(Clone, Debug, Serialize)]
pub struct PageHead {
    /// The page's title.
    pub title: String,
    /// The title of the browser's window: the title of the page and of the site.
    pub window_title: String,
    /// A sentence for search engines and link previews: the title, if there is nothing else to say.
    pub description: String,
    /// Whether search engines should leave it out.
    pub is_hidden: bool,
    /// The page's full address, where the host is known.
    pub canonical: Option<String>,
    /// The type for link previews (Open Graph): `article` or `website`.
    pub kind: &'static str,
    /// The full address of its picture for link previews.
    pub picture: Option<String>,
    /// The text alternative of that picture, if it is a share card.
    pub picture_alt: Option<String>,
    /// Its linked data: JSON that is safe in a script element.
    pub linked_data: Option<Html>,
    /// The feeds of its content, beside those of the site.
    pub feeds: Vec<FeedLink>,
    /// The breadcrumb trail: the pages above this one, from the top.
    pub trail: Vec<Link>,
}

impl PageHead {
    /// Makes the head of a page. Search engines may list it, unless the site shows drafts.
    pub fn new(common: Common<'_>, address: &Address, title: String) -> PageHead {
        let words = [("page", title.as_str()), ("site", &common.config.title)];
        PageHead {
            window_title: filled(&common.words.window_title, &words),
            description: title.clone(),
            title,
            is_hidden: common.with_drafts,
            canonical: common.full_address(address),
            kind: "website",
            picture: common.library_card().or_else(|| common.logo.and_then(|logo| common.in_full(&logo.href))),
            picture_alt: common.library_card().map(|_| common.config.title.clone()),
            linked_data: None,
            feeds: Vec::new(),
            trail: Vec::new(),
        }
    }

    /// Adds the number of a page of a list to the title of the window, except to that of the first.
    #[must_use]
    pub fn numbered(self, common: Common<'_>, number: PageNumber, last: PageNumber) -> PageHead {
        if number == PageNumber::FIRST {
            return self;
        }
        let words = common.words;
        let [page, last] = [number, last].map(|number| words.number(number.get()));
        let title = filled(&words.page_of, &[("title", &self.title), ("page", &page), ("last", &last)]);
        let window_title = filled(&words.window_title, &[("page", &title), ("site", &common.config.title)]);
        PageHead { window_title, ..self }
    }

    /// Sets the description, unless it is empty.
    #[must_use]
    pub fn described(self, description: impl Into<String>) -> PageHead {
        let description = description.into();
        if description.is_empty() { self } else { PageHead { description, ..self } }
    }

    /// Adds the breadcrumb trail.
    #[must_use]
    pub fn under(self, trail: Vec<Link>) -> PageHead {
        PageHead { trail, ..self }
    }

    /// Adds linked data.
    #[must_use]
    pub fn linked(self, data: &impl Serialize) -> PageHead {
        PageHead { linked_data: Some(Html::new(&embedded(data))), ..self }
    }

    /// Keeps the page out of search engines.
    #[must_use]
    pub fn hidden(self) -> PageHead {
        PageHead { is_hidden: true, canonical: None, ..self }
    }
}
