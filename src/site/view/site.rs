//! The parts that all pages share: facts about the site, the masthead with the menu, and the footer.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::{
    export::feed::{ATOM, JSON},
    model::{Address, Library, PageId, PageNumber, document::Extra},
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
    /// The link to the home page.
    pub href: String,
    /// The link to the evidence map.
    pub map: String,
    /// The link to the comparison.
    pub compare: String,
    /// The link to the briefing.
    pub briefing: String,
    /// The link to the search page.
    pub search: String,
    /// The language of the interface, and of cases without a language of their own.
    pub language: &'a str,
    /// The content security policy that each page repeats, for hosts that set no headers.
    pub policy: &'static str,
    /// The address of each of the theme's assets, by its path under `assets/`.
    pub assets: BTreeMap<&'a str, String>,
    /// The logo beside the name.
    pub logo: Option<PictureView>,
    /// The icon for the browser's tab.
    pub favicon: Option<Html>,
    /// Whether the site shows drafts, which every page must say.
    pub has_drafts: bool,
    /// The OpenSearch description, by which a browser offers the library's search; none if the host is not known.
    pub opensearch: Option<String>,
    /// The feeds of all cases; empty if the host is not known.
    pub feeds: Vec<FeedLink>,
    /// The link to the list of drafts, if they are shown.
    pub drafts: Option<String>,
    /// The `extra` of the settings.
    pub extra: &'a Extra,
}

/// The masthead: `masthead.html`.
#[derive(Debug, Serialize)]
pub struct MastheadView {
    /// The main menu.
    pub menu: Vec<MenuItem>,
    /// Whether to show a search box, which a page with a box of its own does not need.
    pub has_search: bool,
    /// Whether this is the search page.
    pub is_search: bool,
    /// Whether the page belongs to a menu item that narrow screens hide at first.
    pub is_later: bool,
}

/// An item of the menu.
#[derive(Clone, Debug, Serialize)]
pub struct MenuItem {
    /// Its text.
    pub text: String,
    /// Its link.
    pub href: String,
    /// The value of `aria-current`: `page` on that page itself, `true` on a page below it, absent elsewhere.
    pub current: Option<&'static str>,
    /// Whether it is a plain page, which the footer links to as well; other items are lists of cases.
    pub is_page: bool,
    /// Whether narrow screens show it at once; others are behind a button.
    pub is_first: bool,
}

/// The footer: `footer.html`.
#[derive(Debug, Serialize)]
pub struct FooterView<'a> {
    /// The plain pages of the menu, except those that the configured links lead to.
    pub pages: Vec<&'a MenuItem>,
    /// The configured links.
    pub links: Vec<FooterLinkView<'a>>,
    /// Who publishes the library.
    pub publisher: Option<LinkedName<'a>>,
    /// The licence of the content.
    pub licence: Option<LinkedName<'a>>,
    /// The link to the glossary, if there is one.
    pub glossary: Option<String>,
    /// The link to the page of changes.
    pub changes: String,
    /// The link to the data dictionary.
    pub data: String,
}

/// A configured link of the footer.
#[derive(Debug, Serialize)]
pub struct FooterLinkView<'a> {
    /// Its text.
    pub text: &'a str,
    /// Its address.
    pub href: Html,
}

/// A name, with or without a link.
#[derive(Debug, Serialize)]
pub struct LinkedName<'a> {
    /// The name.
    pub text: &'a str,
    /// Its address.
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
    /// The footer of a library with a menu.
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
            publisher: config
                .publisher
                .as_ref()
                .map(|publisher| LinkedName { text: &publisher.name, href: web(publisher.url.as_deref()) }),
            licence: config
                .licence
                .as_ref()
                .map(|licence| LinkedName { text: &licence.name, href: web(licence.url.as_deref()) }),
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

/// The main menu, each item with its route: the lists of cases with the theme pages after the first of them, then the
/// plain pages that ask for a place in the menu, by number and title.
pub fn menu(library: &Library, words: &Words, theme_pages: &ThemePages) -> Vec<(Route, MenuItem)> {
    let base = &library.config.base.path;
    let item = |route: Route, text: &str, address: &Address, is_first: bool| {
        let is_page = matches!(route, Route::Page(_));
        (route, MenuItem { text: text.to_owned(), href: address.href(base), current: None, is_page, is_first })
    };
    let list = |route: Route, text: &str, part: &str, is_first| item(route, text, &Address::page([part]), is_first);
    let page = |&id: &PageId, is_first| {
        let file = &library.pages[id];
        item(Route::Page(id), &file.file.title, &file.address, is_first)
    };
    let mut menu = vec![list(Route::Cases(PageNumber::FIRST), &words.all_cases, "cases", true)];
    menu.extend(theme_pages.indexes.iter().map(|index| page(&index.page, true)));
    menu.extend(library.map.map(|axes| list(Route::Map(axes), &words.map, "map", false)));
    let has_places = library.cases.iter().any(|case| !case.file.places.is_empty());
    menu.extend(has_places.then(|| list(Route::Places, &words.places, "places", true)));
    menu.push(list(Route::AToZ, &words.a_to_z, "a-z", false));
    let asking = library.pages.iter().filter(|page| theme_pages.index(page.id).is_none());
    let mut pages: Vec<_> =
        asking.filter_map(|page| Some((page.file.nav?, &page.file.title, &page.address, page.id))).collect();
    pages.sort_unstable();
    menu.extend(pages.iter().map(|(_, _, _, id)| page(id, false)));
    menu
}
