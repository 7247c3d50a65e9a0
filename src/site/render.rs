//! Render: a route → its bytes. One pure function; every page of a build and every page of a preview comes from here.

use serde::Serialize;

use crate::{
    model::Address,
    problem::{FilePath, Problem},
    site::{
        Site, exports, machine,
        route::Route,
        view::{case, compare, data, drafts, home, list, map, order, page, search, taxonomy},
    },
};

/// What browsers may do on a page: load from this site only, and run nothing that stands in the page. Each page repeats
/// it, for hosts that set no headers.
pub const POLICY: &str = "default-src 'self'; base-uri 'none'; form-action 'self'";

/// What is published at an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// These bytes.
    Bytes(Vec<u8>),
    /// A file of the content, as it is.
    File(FilePath),
}

impl Site {
    /// Makes what is published at an address of this site. A template that fails is a problem that names the page.
    pub fn render(&self, address: &Address, route: &Route) -> Result<Content, Box<Problem>> {
        let bytes = match route {
            Route::Home => self.made("home.html", &home::home(self, address)?, address)?,
            Route::Cases(number) => self.made("cases.html", &list::cases(self, address, *number)?, address)?,
            Route::Case(case) => self.made("case.html", &case::case(self, address, *case)?, address)?,
            Route::Withdrawn(case) => self.made("withdrawn.html", &case::withdrawn(self, address, *case)?, address)?,
            Route::Places => self.made("places.html", &order::places(self, address)?, address)?,
            Route::Vocabulary(of) => self.made("taxonomy.html", &taxonomy::taxonomy(self, address, *of)?, address)?,
            Route::Term(term, number) => {
                self.made("term.html", &list::term(self, address, *term, *number)?, address)?
            }
            Route::Pair(first, second, number) => {
                self.made("pair.html", &list::pair(self, address, [*first, *second], *number)?, address)?
            }
            Route::Map(axes) => self.made("map.html", &map::page(self, address, *axes)?, address)?,
            Route::Compare => self.made("compare.html", &compare::page(self, address)?, address)?,
            Route::AToZ => self.made("a-z.html", &order::a_to_z(self, address)?, address)?,
            Route::Letter(letter) => self.made("a-z.html", &order::letter(self, address, *letter)?, address)?,
            Route::Search => self.made("search.html", &search::search(self, address)?, address)?,
            Route::SearchFile(name) => {
                let file = self.search.get().and_then(|files| files.get(name));
                return Ok(Content::Bytes(file.cloned().unwrap_or_default()));
            }
            Route::Page(number) => self.made("page.html", &page::page(self, address, *number)?, address)?,
            Route::Glossary => self.made("glossary.html", &page::glossary(self, address)?, address)?,
            Route::Drafts => self.made("drafts.html", &drafts::drafts(self, address)?, address)?,
            Route::NotFound => self.made("not-found.html", &page::not_found(self, address)?, address)?,
            Route::Redirect(to) => self.made("redirect.html", &page::redirect(self, address, to)?, address)?,
            Route::Sitemap => machine::sitemap(self).into_bytes(),
            Route::SitemapPart(part) => machine::sitemap_part(self, *part).into_bytes(),
            Route::Feed => exports::feed(self).into_bytes(),
            Route::JsonFeed => exports::json_feed(self).into_bytes(),
            Route::TermFeed(term) => exports::term_feed(self, *term).into_bytes(),
            Route::Data => self.made("data.html", &data::data(self, address)?, address)?,
            Route::DataFile(file) => {
                file.text(&self.library, exports::account(self, &exports::description(self))).into_bytes()
            }
            Route::OpenSearch => exports::opensearch(self).into_bytes(),
            Route::Robots => machine::robots(self).into_bytes(),
            Route::Redirects => machine::redirects(self).into_bytes(),
            Route::Headers => machine::headers(self).into_bytes(),
            Route::NoJekyll => Vec::new(),
            Route::Asset(name) => self.theme.assets[name].bytes.to_vec(),
            Route::File(file) => return Ok(Content::File(file.clone())),
        };
        Ok(Content::Bytes(bytes))
    }

    fn made(&self, template: &str, view: &impl Serialize, page: &Address) -> Result<Vec<u8>, Box<Problem>> {
        self.theme.templates.render(template, view, page)
    }
}
