//! The frame of every page: the masthead with the menu above, and the footer below.
//!
//! Templates make both when the first page needs them, and the result is kept. An error of these templates is kept too,
//! since it affects every page.

use std::sync::OnceLock;

use crate::{
    model::Library,
    site::{
        fault::TemplateFault,
        links::Links,
        route::Route,
        theme::{Html, Printer, Words},
        theme_pages::ThemePages,
        view::site::{FooterView, MastheadView, MenuItem, menu},
    },
};

/// The frame of a site's pages.
#[derive(Debug)]
pub struct Frame {
    menu: Vec<(Route, MenuItem)>,
    mastheads: Vec<OnceLock<Result<Html, TemplateFault>>>,
    foot: OnceLock<Result<Html, TemplateFault>>,
}

impl Frame {
    /// The frame of a library's pages.
    pub fn of(library: &Library, words: &Words, theme_pages: &ThemePages) -> Frame {
        let menu = menu(library, words, theme_pages);
        Frame { mastheads: vec![OnceLock::new(); 2 * menu.len() + 3], foot: OnceLock::new(), menu }
    }

    /// The masthead of a page, with the page's menu item marked.
    pub fn masthead(
        &self,
        route: &Route,
        theme_pages: &ThemePages,
        printer: Printer<'_>,
    ) -> Result<Html, TemplateFault> {
        let current = self.menu.iter().position(|(item, _)| is_within(theme_pages, route, item));
        let is_search = *route == Route::Search;
        // These pages have a search box of their own, so the masthead has none.
        let has_search = !is_search && *route != Route::NotFound;
        let slot = match current {
            Some(n) => 3 + 2 * n + usize::from(self.menu[n].0 == *route),
            None if is_search => 2,
            None => usize::from(has_search),
        };
        let is_later = current.is_some_and(|n| !self.menu[n].1.is_first);
        let make = || {
            let items = self.menu.iter().enumerate().map(|(n, (item, view))| {
                let current = if item == route { Some("page") } else { (current == Some(n)).then_some("true") };
                MenuItem { current, ..view.clone() }
            });
            printer.part("masthead.html", &MastheadView { menu: items.collect(), has_search, is_search, is_later })
        };
        self.mastheads[slot].get_or_init(make).clone()
    }

    /// The footer of every page.
    pub fn foot(&self, library: &Library, links: &Links, printer: Printer<'_>) -> Result<Html, TemplateFault> {
        let view = || FooterView::of(library, links, &self.menu);
        self.foot.get_or_init(|| printer.part("footer.html", &view())).clone()
    }
}

/// Does a page belong under an item of the menu?
fn is_within(theme_pages: &ThemePages, route: &Route, item: &Route) -> bool {
    match (item, route) {
        (Route::Cases(_), Route::Cases(_) | Route::Case(_) | Route::Withdrawn(_)) => true,
        (Route::Map(..), Route::Map(..)) => true,
        (Route::AToZ, Route::Letter(_)) => true,
        (Route::Places, Route::Region(..)) => true,
        (Route::Page(index), Route::Page(page)) => index == page || theme_pages.lists(*index, *page),
        _ => item == route,
    }
}
