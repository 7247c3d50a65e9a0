//! A page that has a template: the parts of the library that it shows go into a view, the frame is put around it, and a
//! template renders both. Views cannot fail, so all errors are those of templates.

use serde::Serialize;

use super::Site;
use crate::{
    export::{data_file::DataFile, feed::CHANGES},
    model::{
        self, Address, CaseId, PageId, PageNumber,
        evidence_map::{EvidenceMap, MapAxes, evidence_map},
        library::Case,
    },
    site::{
        abbreviations::SharedHtml,
        fault::TemplateFault,
        route::Route,
        theme::Html,
        view::{
            case, changes, compare, contribute, data, drafts, entry, home, list, lives_table, map, order, page, places,
            search as search_view, theme_page, vocabulary,
        },
    },
};

impl Site {
    /// Makes a page that has a template.
    pub(super) fn page(&self, address: &Address, route: &Route) -> Result<Vec<u8>, Vec<TemplateFault>> {
        let (common, terms, library, plan) = (self.common(), self.terms(), &self.library, &self.plan);
        let overview = self.overview();
        let mut builder = PageBuilder { site: self, route, faults: Vec::new() };
        match route {
            Route::Home => {
                let newest = builder.entries(&library.cases.ids()[..home::NEWEST.min(library.cases.len())]);
                builder.page("home.html", &home::home(overview, &self.home_parts(newest)))
            }
            Route::Cases(number) => {
                let shown = builder.list_page(library.cases.ids(), *number);
                builder.page("cases.html", &list::cases(overview, address, &shown))
            }
            Route::Term(term, number) => {
                let shown = builder.list_page(&library.cases_by_term[*term], *number);
                builder.page("term.html", &list::term(overview, address, *term, &shown))
            }
            Route::Pair(first, second, number) => {
                let shown = builder.list_page(plan.combinations.cases(*first, *second), *number);
                builder.page("pair.html", &list::pair(overview, address, [*first, *second], &shown))
            }
            Route::Case(id) => {
                let case = &library.cases[*id];
                builder.page("case.html", &case::case(overview, case, &self.case_parts(case)))
            }
            Route::Withdrawn(id) => builder.page("withdrawn.html", &case::withdrawn(overview, &library.withdrawn[*id])),
            Route::Vocabulary(id) => {
                builder.page("vocabulary.html", &vocabulary::vocabulary(overview, &library.vocabularies[*id]))
            }
            Route::Map(axes) => {
                let map = evidence_map(library, *axes);
                builder.page("map.html", &map::page(common, terms, address, &self.map_parts(*axes, &map)))
            }
            Route::Briefing => builder.page("briefing.html", &compare::briefing(overview, address)),
            Route::Compare => builder.page("compare.html", &compare::compare(overview, address)),
            Route::Places => builder.page("places.html", &places::places(overview, address)),
            Route::Region(region, number) => {
                let shown = builder.list_page(&plan.gazetteer.regions[*region].cases, *number);
                builder.page("region.html", &places::region_page(overview, address, *region, &shown))
            }
            Route::Lifelines(number) => {
                builder.page("lifelines.html", &lives_table::of_all(overview, address, *number))
            }
            Route::LivesOfYear(year, number) => {
                let running = plan.running.get(year).map_or(&[][..], Vec::as_slice);
                builder.page("lifelines.html", &lives_table::of_year(overview, address, *year, running, *number))
            }
            Route::AToZ => builder.page("a-z.html", &order::a_to_z(overview, self.alphabet(), address)),
            Route::Letter(letter) => {
                builder.page("a-z.html", &order::letter(overview, self.alphabet(), address, *letter))
            }
            Route::Page(id) => self.plain_page(builder, *id),
            Route::Glossary => builder.page("glossary.html", &page::glossary(common, address, &library.glossary)),
            Route::Contribute => builder.page("contribute.html", &contribute::page(common, address, library)),
            Route::Drafts => self.drafts(builder, address),
            Route::Changes => self.changes(builder, address),
            Route::Data => builder.page("data.html", &data::data(common, address, library)),
            Route::Search => self.search_page(address, self.needed_by_every_search()),
            Route::Redirect(to) => builder.page("redirect.html", &page::redirect(common, address, to)),
            Route::NotFound => builder.page("not-found.html", &page::not_found(common, address, library.map.is_some())),
            file => unreachable!("{file:?} has no template, so `render` makes it"),
        }
    }

    /// A plain page, a theme page, or the list of the theme pages of a folder.
    fn plain_page(&self, builder: PageBuilder<'_>, id: PageId) -> Result<Vec<u8>, Vec<TemplateFault>> {
        let (overview, page) = (self.overview(), &self.library.pages[id]);
        let hrefs = &self.links.of_page(id).hrefs;
        let spelling = &mut self.abbreviations.page();
        if let Some(theme) = self.theme_pages.get(id) {
            let head = theme_page::head(overview, page);
            return builder.page("theme-page.html", &theme_page::theme_page(overview, head, theme, spelling));
        }
        if let Some(index) = self.theme_pages.index(id) {
            let head = theme_page::head(overview, page);
            return builder.page("theme-pages.html", &theme_page::index(overview, head, index, hrefs, spelling));
        }
        builder.page("page.html", &page::page(self.common(), page, hrefs))
    }

    fn drafts(&self, builder: PageBuilder<'_>, address: &Address) -> Result<Vec<u8>, Vec<TemplateFault>> {
        let library = &self.library;
        let cases = library.cases.iter().map(|case| &**case);
        let ahead = library.shown_early.iter().map(|&case| &*library.cases[case]);
        let (vocabularies, pages) = (&library.vocabularies, library.pages.iter());
        let view = drafts::drafts(self.common(), address, vocabularies, &self.faulty, cases, ahead, pages);
        builder.page("drafts.html", &view)
    }

    fn changes(&self, builder: PageBuilder<'_>, address: &Address) -> Result<Vec<u8>, Vec<TemplateFault>> {
        let feed = Address::file(CHANGES);
        let feed = self.plan.routes.contains_key(&feed).then_some(feed);
        let changes = model::changes::changes(&self.library);
        builder.page("changes.html", &changes::page(self.common(), address, &changes, feed))
    }

    /// The files of the index that every search needs. The search page names them, so that browsers request them early.
    fn needed_by_every_search(&self) -> Vec<&str> {
        let is_needed = |name: &&str| *name == "meta.json" || name.starts_with("catalogue.");
        self.search_files().keys().map(String::as_str).filter(is_needed).collect()
    }

    /// The search page. `needed` are the files that every search needs, by their path under `search/`.
    pub(super) fn search_page(&self, address: &Address, needed: Vec<&str>) -> Result<Vec<u8>, Vec<TemplateFault>> {
        let parts = search_view::SearchParts {
            needed,
            contribute: self.contributing_page(),
            has_glossary: !self.library.glossary.is_empty(),
        };
        let builder = PageBuilder { site: self, route: &Route::Search, faults: Vec::new() };
        builder.page("search.html", &search_view::search(self.overview(), address, &parts))
    }

    fn home_parts<'a>(&'a self, newest: Vec<&'a SharedHtml>) -> home::HomeParts<'a> {
        let library = &self.library;
        let own_map = || library.map.map(|axes| evidence_map(library, axes));
        home::HomeParts {
            home: library.home.as_deref(),
            hrefs: &self.links.home.hrefs,
            map: library.map.zip(self.map.get_or_init(own_map).as_ref()),
            newest,
        }
    }

    fn case_parts<'a>(&'a self, case: &Case) -> case::CaseParts<'a> {
        let (library, links) = (&self.library, self.links.of_case(case.id));
        case::CaseParts {
            library,
            hrefs: &links.hrefs,
            source_files: &links.sources,
            image: links.image.as_ref(),
            relations: self.related.related(library, case.id),
            weigh_sources: self.weighing_page.map(|page| &library.pages[page]),
        }
    }

    fn map_parts<'a>(&'a self, axes: MapAxes, map: &'a EvidenceMap) -> map::MapParts<'a> {
        let csv = DataFile::EvidenceMap.address();
        map::MapParts {
            axes,
            first: self.library.map,
            map,
            csv: self.plan.routes.contains_key(&csv).then_some(csv),
            contribute: self.contributing_page(),
        }
    }
}

/// A page that is being made, with its errors so far. A part whose template fails is left out, so that errors in other
/// parts are found too.
struct PageBuilder<'a> {
    site: &'a Site,
    route: &'a Route,
    faults: Vec<TemplateFault>,
}

impl<'a> PageBuilder<'a> {
    /// The entries of cases in lists.
    fn entries(&mut self, cases: &[CaseId]) -> Vec<&'a SharedHtml> {
        cases.iter().filter_map(|&case| self.entry(case)).collect()
    }

    fn entry(&mut self, case: CaseId) -> Option<&'a SharedHtml> {
        let site = self.site;
        let make = || {
            let view = entry::entry(site.overview(), case);
            Ok(site.abbreviations.shared_html(site.printer().part(entry::TEMPLATE, &view)?))
        };
        let entry = site.entries[case].get_or_init(make).as_ref();
        entry.inspect_err(|&fault| self.add(fault.clone())).ok()
    }

    /// One page of a list.
    fn list_page(&mut self, cases: &[CaseId], number: PageNumber) -> list::ListPage<'a> {
        let per_page = self.site.library.config.per_page;
        let shown = &cases[number.items(cases.len(), per_page)];
        list::ListPage { number, all: cases.len(), entries: self.entries(shown) }
    }

    /// The page of a view, with the frame around it.
    fn page(mut self, template: &str, view: &impl Serialize) -> Result<Vec<u8>, Vec<TemplateFault>> {
        let (site, printer) = (self.site, self.site.printer());
        let masthead = site.frame.masthead(self.route, &site.theme_pages, printer);
        let foot = site.frame.foot(&site.library, &site.links, printer);
        let mut part = |made: Result<Html, TemplateFault>| {
            made.unwrap_or_else(|fault| {
                self.add(fault);
                Html::new("")
            })
        };
        let (masthead, foot) = (part(masthead), part(foot));
        match printer.page(template, view, masthead, foot) {
            Ok(page) if self.faults.is_empty() => Ok(page),
            Ok(_) => Err(self.faults),
            Err(fault) => {
                self.add(fault);
                Err(self.faults)
            }
        }
    }

    fn add(&mut self, fault: TemplateFault) {
        if !self.faults.contains(&fault) {
            self.faults.push(fault);
        }
    }
}
