//! What is the same on every page: the site, its menu and its foot.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::{
    export::feed::{ATOM, JSON},
    model::{Address, Library, PageId, document::Extra},
    site::{
        links::Links,
        render::POLICY,
        route::Route,
        theme::{Asset, Html, Words},
        theme_pages::ThemePages,
        view::{FeedLink, PictureView, web},
    },
};

/// The site, as every template sees it: `site`.
#[derive(Debug, Serialize)]
pub struct SiteView<'a> {
    /// The library's name.
    pub title: &'a str,
    /// A line under it.
    pub tagline: Option<&'a str>,
    /// The first page.
    pub href: String,
    /// The evidence map.
    pub map: String,
    /// The page that sets cases side by side.
    pub compare: String,
    /// The page that makes two printed pages of some cases.
    pub briefing: String,
    /// The page for searching.
    pub search: String,
    /// The language of the interface and of cases that do not say theirs.
    pub language: &'a str,
    /// The content security policy that each page repeats, for hosts that set no headers.
    pub policy: &'static str,
    /// The address of each of the theme's assets, by its path under `assets/`.
    pub assets: BTreeMap<&'a str, String>,
    /// The picture that stands before the name.
    pub logo: Option<PictureView>,
    /// The picture in the browser's tab.
    pub favicon: Option<Html>,
    /// Drafts are shown, which every page must say.
    pub has_drafts: bool,
    /// How a browser can offer the library's search; none where the host is not known.
    pub opensearch: Option<String>,
    /// The feeds of all cases; none where the host is not known.
    pub feeds: Vec<FeedLink>,
    /// The list of drafts, where they are shown.
    pub drafts: Option<String>,
    /// `extra` of the configuration.
    pub extra: &'a Extra,
}

/// The top of a page: `masthead.html`.
#[derive(Debug, Serialize)]
pub struct MastheadView {
    /// The main menu.
    pub menu: Vec<MenuItem>,
    /// It has the search box, which the page does not have itself.
    pub has_search: bool,
    /// The page is the one for searching.
    pub is_search: bool,
    /// The page belongs to an item that narrow screens keep for later.
    pub is_later: bool,
}

/// An item of the menu.
#[derive(Clone, Debug, Serialize)]
pub struct MenuItem {
    /// Its words.
    pub text: String,
    /// Where it leads.
    pub href: String,
    /// For `aria-current`: `page` on that page itself, `true` on a page that belongs to it, absent elsewhere.
    pub current: Option<&'static str>,
    /// It is a plain page, which the foot links to as well; the others are lists of cases.
    pub is_page: bool,
    /// Narrow screens show it at once; the others are behind a word.
    pub is_first: bool,
}

/// The foot of a page: `footer.html`.
#[derive(Debug, Serialize)]
pub struct FooterView<'a> {
    /// The plain pages of the menu, save those that the configured links lead to.
    pub pages: Vec<&'a MenuItem>,
    /// The configured links.
    pub links: Vec<FooterLinkView<'a>>,
    /// Who publishes the library.
    pub publisher: Option<LinkedName<'a>>,
    /// The licence of the content.
    pub licence: Option<LinkedName<'a>>,
    /// The glossary, where there is one.
    pub glossary: Option<String>,
    /// What is new.
    pub changes: String,
    /// The data dictionary.
    pub data: String,
}

/// A link of the foot.
#[derive(Debug, Serialize)]
pub struct FooterLinkView<'a> {
    /// Its words.
    pub text: &'a str,
    /// Where it leads.
    pub href: Html,
}

/// A name that may be a link.
#[derive(Debug, Serialize)]
pub struct LinkedName<'a> {
    /// The name.
    pub text: &'a str,
    /// Where it leads.
    pub href: Option<&'a str>,
}

impl<'a> SiteView<'a> {
    /// The site of a library, with the assets of its theme.
    pub fn of(library: &'a Library, assets: &'a BTreeMap<String, Asset>, links: &Links) -> SiteView<'a> {
        let config = &library.config;
        let base = &config.base.path;
        SiteView {
            title: &config.title,
            tagline: config.tagline.as_deref(),
            href: Address::page([]).href(base),
            map: Address::page(["map"]).href(base),
            compare: Address::page(["compare"]).href(base),
            briefing: Address::page(["briefing"]).href(base),
            search: Address::page(["search"]).href(base),
            language: &config.language,
            policy: POLICY,
            assets: assets.iter().map(|(name, asset)| (name.as_str(), asset.address.href(base))).collect(),
            logo: links.logo.as_ref().map(PictureView::of),
            favicon: links.favicon.as_deref().map(Html::new),
            has_drafts: library.with_drafts,
            opensearch: config.base.origin.as_ref().map(|_| Address::file("opensearch.xml").href(base)),
            feeds: feeds(library),
            drafts: library.with_drafts.then(|| Address::page(["drafts"]).href(base)),
            extra: &config.extra,
        }
    }
}

impl<'a> FooterView<'a> {
    /// The foot of a library's pages, which have a menu.
    pub fn of(library: &'a Library, links: &Links, menu: &'a [(Route, MenuItem)]) -> FooterView<'a> {
        let config = &library.config;
        let hrefs = links.footer.iter();
        let pages = menu.iter().map(|(_, item)| item).filter(|item| item.is_page && !links.footer.contains(&item.href));
        FooterView {
            pages: pages.collect(),
            links: config
                .footer
                .iter()
                .zip(hrefs)
                .filter(|(_, href)| !href.is_empty())
                .map(|(link, href)| FooterLinkView { text: &link.text, href: Html::new(href) })
                .collect(),
            publisher: config.publisher.as_ref().map(|of| LinkedName { text: &of.name, href: web(of.url.as_deref()) }),
            licence: config.licence.as_ref().map(|of| LinkedName { text: &of.name, href: web(of.url.as_deref()) }),
            glossary: (!library.glossary.is_empty()).then(|| Address::page(["glossary"]).href(&config.base.path)),
            changes: Address::page(["changes"]).href(&config.base.path),
            data: Address::page(["data"]).href(&config.base.path),
        }
    }
}

fn feeds(library: &Library) -> Vec<FeedLink> {
    let base = &library.config.base;
    let feed = |name: &str, kind| FeedLink {
        title: library.config.title.clone(),
        kind,
        href: Address::file(name).href(&base.path),
    };
    match base.origin {
        Some(_) => vec![feed(ATOM, "application/atom+xml"), feed(JSON, "application/feed+json")],
        None => Vec::new(),
    }
}

/// The main menu, each item with its route: the lists of cases, the pages that set cases side by side right after the first of them,
/// then the pages that ask for a place in it, by number and title.
pub fn menu(library: &Library, words: &Words, theme_pages: &ThemePages) -> Vec<(Route, MenuItem)> {
    let base = &library.config.base.path;
    let item = |route: Route, text: &str, address: &Address, is_first: bool| {
        let is_page = matches!(route, Route::Page(_));
        (route, MenuItem { text: text.to_owned(), href: address.href(base), current: None, is_page, is_first })
    };
    let list = |route: Route, text: &str, part: &str, is_first| item(route, text, &Address::page([part]), is_first);
    let page = |&id: &PageId, is_first| {
        let of = &library.pages[id];
        item(Route::Page(id), &of.file.title, &of.address, is_first)
    };
    let mut menu = vec![list(Route::Cases(1), &words.all_cases, "cases", true)];
    menu.extend(theme_pages.indexes.keys().map(|index| page(index, true)));
    menu.extend(library.map.map(|axes| list(Route::Map(axes), &words.map, "map", false)));
    menu.push(list(Route::Places, &words.places, "places", true));
    menu.push(list(Route::AToZ, &words.a_to_z, "a-z", false));
    let is_there = |id: &PageId| theme_pages.indexes.contains_key(id);
    let asking = library.pages.iter().filter(|page| !is_there(&page.id));
    let mut pages: Vec<_> =
        asking.filter_map(|page| Some((page.file.nav?, &page.file.title, &page.address, page.id))).collect();
    pages.sort_unstable();
    menu.extend(pages.iter().map(|(_, _, _, id)| page(id, false)));
    menu
}
