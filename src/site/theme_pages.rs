//! Theme pages: plain pages that compare cases on one question.
//!
//! A plain page in a folder with an `index.md` is a theme page if its bullets lead to at least two cases: one bullet,
//! one case. Its headings are the groups, and its bullets the sentences on the cases. Counts, drawings and the links
//! back from cases are made from these, so that nothing has to be written twice.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::{
    model::{CaseId, Library, PageId, library::Page},
    site::{links::Links, theme::Words, view::page::body},
};

/// The theme pages of a library.
#[derive(Debug, Default)]
pub struct ThemePages {
    /// The pages, in the order in which the pages that list them name them.
    pub pages: Vec<ThemePage>,
    /// The pages that list theme pages, in the order of their addresses, each with the theme pages in its folder.
    pub indexes: Vec<ThemeIndex>,
}

/// A page that lists theme pages.
#[derive(Debug)]
pub struct ThemeIndex {
    /// The page.
    pub page: PageId,
    /// The theme pages in its folder, in the order in which it names them.
    pub listed: Vec<PageId>,
}

/// A theme page.
#[derive(Debug)]
pub struct ThemePage {
    /// The page.
    pub page: PageId,
    /// Its parts, in order.
    pub parts: Vec<ThemePagePart>,
    /// Every case that it links to, in groups, tables and running text, each once, in the order of the page.
    pub named: Vec<CaseId>,
}

/// A part of a theme page.
#[derive(Debug)]
pub enum ThemePagePart {
    /// Text outside groups: HTML.
    Prose(String),
    /// Cases under a heading.
    Group(Group),
}

/// Cases under a heading.
#[derive(Debug)]
pub struct Group {
    /// The heading's id.
    pub id: String,
    /// The heading: HTML.
    pub heading: String,
    /// The bullets.
    pub items: Vec<ThemePageItem>,
}

/// The sentence of a theme page on a case.
#[derive(Debug)]
pub struct ThemePageItem {
    /// The sentence: HTML.
    pub html: String,
    /// The cases that it links to, each once. The sentence is about the first.
    pub cases: Vec<CaseId>,
}

impl ThemePage {
    /// The groups, in order.
    pub fn groups(&self) -> impl Iterator<Item = &Group> {
        self.parts.iter().filter_map(|part| match part {
            ThemePagePart::Group(group) => Some(group),
            ThemePagePart::Prose(_) => None,
        })
    }

    /// Every case that a bullet links to, each once, in the order of the page.
    pub fn cases(&self) -> Vec<CaseId> {
        let mut cases = Vec::new();
        for case in self.groups().flat_map(|group| &group.items).flat_map(|item| &item.cases) {
            if !cases.contains(case) {
                cases.push(*case);
            }
        }
        cases
    }
}

impl ThemePages {
    /// The theme pages of a library.
    pub fn of(library: &Library, links: &Links, words: &Words) -> ThemePages {
        let by_folder = index_pages(library);
        if by_folder.is_empty() {
            return ThemePages::default();
        }
        let by_href: FxHashMap<String, CaseId> =
            library.cases.iter().map(|case| (case.address.href(&library.config.base.path), case.id)).collect();
        let (mut pages, mut by_index) = (Vec::new(), FxHashMap::<PageId, Vec<PageId>>::default());
        for page in &library.pages {
            let Some(&index) = by_folder.get(page.file.path.folder()).filter(|index| **index != page.id) else {
                continue;
            };
            let hrefs = &links.of_page(page.id).hrefs;
            let parts = parts(&body(words, hrefs, &page.file.body), &by_href);
            let theme = ThemePage { page: page.id, parts, named: cases_named(hrefs, &by_href) };
            if theme.cases().len() > 1 {
                by_index.entry(index).or_default().push(page.id);
                pages.push(theme);
            }
        }
        let index = |&page: &PageId| {
            let listed = as_named(by_index.remove(&page)?, page, library, links, words);
            Some(ThemeIndex { page, listed })
        };
        let indexes: Vec<ThemeIndex> = library.pages.ids().iter().filter_map(index).collect();
        let order = indexes.iter().flat_map(|index| &index.listed).zip(0..);
        let order: FxHashMap<PageId, usize> = order.map(|(&page, at)| (page, at)).collect();
        pages.sort_by_key(|theme| order[&theme.page]);
        ThemePages { pages, indexes }
    }

    /// The page that lists theme pages at this page, if it is one.
    pub fn index(&self, page: PageId) -> Option<&ThemeIndex> {
        self.indexes.iter().find(|index| index.page == page)
    }

    /// The theme page that is made from a plain page, if there is one.
    pub fn get(&self, page: PageId) -> Option<&ThemePage> {
        self.pages.iter().find(|theme| theme.page == page)
    }

    /// Does a page list this theme page?
    pub fn lists(&self, index: PageId, page: PageId) -> bool {
        self.index(index).is_some_and(|index| index.listed.contains(&page))
    }

    /// The sentences of theme pages on a case, each with its page and group.
    pub fn about(&self, case: CaseId) -> impl Iterator<Item = (PageId, &Group, &ThemePageItem)> {
        self.pages.iter().filter_map(move |theme| {
            let items = theme.groups().flat_map(|group| group.items.iter().map(move |item| (group, item)));
            let (group, item) = items.into_iter().find(|(_, item)| item.cases.contains(&case))?;
            Some((theme.page, group, item))
        })
    }
}

/// The cases among the addresses that a page links to, each once.
fn cases_named(hrefs: &[String], by_href: &FxHashMap<String, CaseId>) -> Vec<CaseId> {
    let mut seen = FxHashSet::default();
    let case = |href: &String| by_href.get(href.split('#').next()?).copied();
    hrefs.iter().filter_map(case).filter(|case| seen.insert(*case)).collect()
}

/// The `index.md` of each folder below `content/pages/`, by folder.
fn index_pages(library: &Library) -> FxHashMap<&str, PageId> {
    let is_index = |page: &&Page| page.file.path.stem().eq_ignore_ascii_case("index");
    let mut by_folder = FxHashMap::default();
    for page in library.pages.iter().filter(is_index).filter(|page| page.file.path.folder() != "content/pages") {
        by_folder.entry(page.file.path.folder()).or_insert(page.id);
    }
    by_folder
}

/// Theme pages in the order in which the page that lists them names them.
fn as_named(mut listed: Vec<PageId>, index: PageId, library: &Library, links: &Links, words: &Words) -> Vec<PageId> {
    let html = body(words, &links.of_page(index).hrefs, &library.pages[index].file.body);
    let link = |page: &PageId| format!("href=\"{}", library.pages[*page].address.href(&library.config.base.path));
    listed.sort_by_cached_key(|page| html.find(&link(page)).unwrap_or(usize::MAX));
    listed
}

/// Splits a body into groups, which are sections with one plain list of bullets that link to cases, and the text around
/// them. Tags are matched exactly, since the HTML comes from the Markdown writer.
fn parts(html: &str, cases: &FxHashMap<String, CaseId>) -> Vec<ThemePagePart> {
    const HEADING: &str = "<h2 ";
    let starts: Vec<usize> = html.match_indices(HEADING).map(|(at, _)| at).chain([html.len()]).collect();
    let mut parts = Vec::new();
    push_prose(&mut parts, &html[..starts[0]]);
    for section in starts.windows(2).map(|ends| &html[ends[0]..ends[1]]) {
        match group(section, cases) {
            Some((before, group, after)) => {
                parts.push(ThemePagePart::Group(group));
                push_prose(&mut parts, before);
                push_prose(&mut parts, after);
            }
            None => push_prose(&mut parts, section),
        }
    }
    parts
}

fn push_prose(parts: &mut Vec<ThemePagePart>, html: &str) {
    if !html.trim().is_empty() {
        parts.push(ThemePagePart::Prose(html.to_owned()));
    }
}

/// A section as a group, with the text before and after its list. None if its bullets link to no case, or contain
/// lists.
fn group<'a>(section: &'a str, cases: &FxHashMap<String, CaseId>) -> Option<(&'a str, Group, &'a str)> {
    let (opening, rest) = section.split_once('>')?;
    let id = opening.split_once("id=\"")?.1.split('"').next()?;
    let (heading, rest) = rest.split_once("</h2>")?;
    let (before, list) = rest.split_once("<ul>")?;
    let (list, after) = list.split_once("</ul>")?;
    if list.contains("<ul") || list.contains("<ol") {
        return None;
    }
    let items: Vec<ThemePageItem> = list.split("<li>").skip(1).map(|item| self::item(item, cases)).collect();
    let has_cases = items.iter().any(|item| !item.cases.is_empty());
    let group = Group { id: id.to_owned(), heading: heading.to_owned(), items };
    has_cases.then_some((before, group, after))
}

fn item(html: &str, cases: &FxHashMap<String, CaseId>) -> ThemePageItem {
    let html = html.trim().trim_end_matches("</li>").trim();
    let mut led: Vec<CaseId> = Vec::new();
    for href in html.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
        let address = href.split('#').next().unwrap_or(href);
        if let Some(&case) = cases.get(address).filter(|case| !led.contains(case)) {
            led.push(case);
        }
    }
    ThemePageItem { html: html.to_owned(), cases: led }
}
