//! A site, and the function that makes the bytes of a route, for a build and for a preview.
//!
//! A page is made in three steps: the parts of the library that it shows go into a view, the frame is put around it,
//! and a template renders both. Parts that many pages share (the entry of a case in lists, the masthead) are made when
//! the first page needs them. Each is a pure function of the site, so it does not matter when.

use std::{
    collections::BTreeMap,
    sync::{Arc, OnceLock},
};

use serde::Serialize;

use crate::{
    export::{data_file::DataFile, feed::CHANGES},
    model::{
        self, Address, CaseId, IdMap, Library,
        evidence_map::{EvidenceMap, evidence_map},
        library::{Case, Page},
        related::Kinship,
    },
    problem::FilePath,
    search::{self, SearchFiles},
    site::{
        abbreviations::{Abbreviations, Piece},
        alphabet::{Alphabet, alphabet},
        card::Press,
        exports,
        fault::{FaultyPage, TemplateFault},
        frame::Frame,
        links::Links,
        machine,
        plan::SitePlan,
        route::Route,
        theme::{Globals, Html, Printer, Theme, on_light_paper},
        theme_pages::ThemePages,
        view::{
            Common, TermLinks, Terms, cards, case, changes, compare, contribute, data, drafts, entry, home, list,
            lives_table, map, order, overview::Overview, page, places, search as finder, site::SiteView, theme_page,
            vocabulary,
        },
    },
};

/// The content security policy: load from this site only, and run no inline scripts. Each page repeats
/// it, for hosts that set no headers.
pub const POLICY: &str = "default-src 'self'; base-uri 'none'; form-action 'self'";

/// A site, ready to be asked for any of its routes.
#[derive(Debug)]
pub struct Site {
    /// The published content.
    pub library: Library,
    /// Every route of the site, and the orders of its lists.
    pub plan: SitePlan,
    /// The targets of the links of the content.
    pub links: Links,
    /// Templates, styles and texts of the interface.
    pub theme: Arc<Theme>,
    /// The theme's assets, and the files of the content that links lead to.
    files: BTreeMap<Address, Route>,
    frame: Frame,
    theme_pages: ThemePages,
    terms: TermLinks,
    abbreviations: Abbreviations,
    globals: Globals,
    kinship: Kinship,
    alphabet: OnceLock<Alphabet>,
    map: OnceLock<Option<EvidenceMap>>,
    /// The entry of each case in lists, once it has been made.
    pieces: IdMap<CaseId, OnceLock<Result<Piece, TemplateFault>>>,
    search: OnceLock<Searched>,
    /// Typefaces and colours of share cards.
    press: OnceLock<Press>,
}

/// The search index.
#[derive(Debug)]
struct Searched {
    /// The files, by their path under `search/`.
    files: SearchFiles,
    routes: BTreeMap<Address, Route>,
}

/// The content of a route.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// Bytes made by Casebook.
    Bytes(Vec<u8>),
    /// A file of the content, to be copied.
    File(FilePath),
}

/// The name of the plain page on contributing: `content/pages/contribute.md`.
const ON_CONTRIBUTING: &str = "contribute";
const ON_WEIGHING_SOURCES: &str = "how-to-read-a-case";

impl Site {
    /// Puts a site together.
    pub fn new(library: Library, plan: SitePlan, theme: Arc<Theme>, links: Links, kinship: Kinship) -> Site {
        let theme_pages = ThemePages::of(&library, &links, &theme.words);
        Site {
            frame: Frame::of(&library, &theme.words, &theme_pages),
            theme_pages,
            terms: TermLinks::of(&library),
            abbreviations: Abbreviations::of(&library.glossary, &theme.words),
            globals: Globals::new(&theme.words, &SiteView::of(&library, &theme.assets, &links)),
            kinship,
            alphabet: OnceLock::new(),
            map: OnceLock::new(),
            pieces: library.cases.ids().iter().map(|&case| (case, OnceLock::new())).collect(),
            search: OnceLock::new(),
            press: OnceLock::new(),
            files: files(&plan, &theme, &links),
            library,
            plan,
            links,
            theme,
        }
    }

    /// Every page and file, except the search index.
    pub fn pages(&self) -> impl Iterator<Item = (&Address, &Route)> {
        self.plan.routes.iter().chain(&self.files)
    }

    /// The files of the search index, by their path under `search/`. Made at the first call.
    pub fn search_files(&self) -> &SearchFiles {
        &self.searched().files
    }

    fn searched(&self) -> &Searched {
        self.search.get_or_init(|| {
            let files = search::files(&self.library, |_, body| body.prose());
            let address = |name: &String| Address::file(&format!("search/{name}"));
            let routes = files.keys().map(|name| (address(name), Route::SearchFile(name.clone())));
            Searched { routes: routes.collect(), files }
        })
    }

    /// Every page and file of the site.
    pub fn routes(&self) -> impl Iterator<Item = (&Address, &Route)> {
        self.pages().chain(&self.searched().routes)
    }

    /// The route at an address, if there is one.
    pub fn route(&self, address: &Address) -> Option<&Route> {
        let is_of_search = || address.as_str().strip_prefix("/search/").is_some_and(|name| !name.is_empty());
        let of_search = || is_of_search().then(|| self.searched().routes.get(address)).flatten();
        self.plan.routes.get(address).or_else(|| self.files.get(address)).or_else(of_search)
    }

    /// The link to an address of this site: root-relative, with the base path.
    pub fn href(&self, address: &Address) -> String {
        self.common().href(address)
    }

    /// The full address, where the library says on which host it will be.
    pub fn full_address(&self, address: &Address) -> Option<String> {
        self.common().full_address(address)
    }

    /// Makes the page or file at an address of this site.
    pub fn render(&self, address: &Address, route: &Route) -> Result<Content, FaultyPage> {
        let bytes = match route {
            Route::Asset(name) => self.theme.assets[name].bytes.to_vec(),
            Route::SearchFile(name) => self.search_files()[name].clone(),
            Route::File(file) => return Ok(Content::File(file.clone())),
            Route::Sitemap => machine::sitemap(self).into_bytes(),
            Route::SitemapPart(part) => machine::sitemap_part(self, *part).into_bytes(),
            Route::Feed => exports::feed(self).into_bytes(),
            Route::JsonFeed => exports::json_feed(self).into_bytes(),
            Route::TermFeed(term) => exports::term_feed(self, *term).into_bytes(),
            Route::ChangesFeed => exports::changes_feed(self).into_bytes(),
            Route::DataFile(file) => exports::data_file(self, *file).into_bytes(),
            Route::OpenSearch => exports::opensearch(self).into_bytes(),
            Route::Robots => machine::robots(self).into_bytes(),
            Route::Redirects => machine::redirects(self).into_bytes(),
            Route::Headers => machine::headers(self).into_bytes(),
            Route::NoJekyll => Vec::new(),
            Route::Template(template) => template.bytes(&self.library),
            Route::Card(case) => cards::of_case(self.overview(), self.press(), *case),
            Route::LibraryCard => cards::of_library(self.overview(), self.press()),
            Route::RegionCard(region) => cards::of_region(self.overview(), self.press(), *region),
            page => self.page(address, page).map_err(|faults| FaultyPage { address: address.clone(), faults })?,
        };
        Ok(Content::Bytes(bytes))
    }

    /// The errors of the templates of a page. The search page normally names files of the search index, which takes
    /// long to make; here it is made without them.
    pub fn faulty(&self, address: &Address, route: &Route) -> Option<FaultyPage> {
        if *route != Route::Search {
            return self.render(address, route).err();
        }
        let view = finder::search(self.overview(), address, &self.search_parts(Vec::new()));
        let made = Making { site: self, route, faults: Vec::new() }.page("search.html", &view);
        made.err().map(|faults| FaultyPage { address: address.clone(), faults })
    }

    /// Makes a page that has a template.
    fn page(&self, address: &Address, route: &Route) -> Result<Vec<u8>, Vec<TemplateFault>> {
        let (common, terms, library, plan) = (self.common(), self.terms(), &self.library, &self.plan);
        let all = self.overview();
        let mut making = Making { site: self, route, faults: Vec::new() };
        match route {
            Route::Home => {
                let newest = making.pieces(&library.cases.ids()[..home::NEWEST.min(library.cases.len())]);
                making.page("home.html", &home::home(all, &self.home_parts(newest)))
            }
            Route::Cases(number) => {
                let shown = making.list_page(library.cases.ids(), *number);
                making.page("cases.html", &list::cases(all, address, &shown))
            }
            Route::Term(term, number) => {
                let shown = making.list_page(&library.carried[*term], *number);
                making.page("term.html", &list::term(all, address, *term, &shown))
            }
            Route::Pair(first, second, number) => {
                let shown = making.list_page(plan.combinations.cases(*first, *second), *number);
                making.page("pair.html", &list::pair(all, address, [*first, *second], &shown))
            }
            Route::Case(id) => {
                let case = &library.cases[*id];
                making.page("case.html", &case::case(all, case, &self.case_parts(case)))
            }
            Route::Withdrawn(id) => making.page("withdrawn.html", &case::withdrawn(all, &library.withdrawn[*id])),
            Route::Vocabulary(id) => {
                making.page("vocabulary.html", &vocabulary::vocabulary(all, &library.vocabularies[*id]))
            }
            Route::Map(axes) => {
                let map = evidence_map(library, *axes);
                making.page("map.html", &map::page(common, terms, address, &self.map_parts(*axes, &map)))
            }
            Route::Briefing => making.page("briefing.html", &compare::briefing(all, address)),
            Route::Compare => making.page("compare.html", &compare::compare(all, address)),
            Route::Places => making.page("places.html", &places::places(all, address)),
            Route::Region(number, page) => {
                let shown = making.list_page(&plan.gazetteer.regions[*number].cases, *page);
                making.page("region.html", &places::region_page(all, address, *number, &shown))
            }
            Route::Lifelines(number) => making.page("lifelines.html", &lives_table::of_all(all, address, *number)),
            Route::LivesOfYear(year, number) => {
                making.page("lifelines.html", &lives_table::of_year(all, address, *year, *number))
            }
            Route::AToZ => making.page("a-z.html", &order::a_to_z(all, self.alphabet(), address)),
            Route::Letter(letter) => making.page("a-z.html", &order::letter(all, self.alphabet(), address, *letter)),
            Route::Page(id) => {
                let page = &library.pages[*id];
                let hrefs = &self.links.of_page(*id).hrefs;
                let spelling = &mut self.abbreviations.page();
                if let Some(theme) = self.theme_pages.get(*id) {
                    let head = theme_page::head(all, page);
                    return making.page("theme-page.html", &theme_page::theme_page(all, head, theme, spelling));
                }
                if self.theme_pages.indexes.contains_key(id) {
                    let head = theme_page::head(all, page);
                    return making.page("theme-pages.html", &theme_page::index(all, head, (*id, hrefs), spelling));
                }
                making.page("page.html", &page::page(common, page, hrefs))
            }
            Route::Glossary => making.page("glossary.html", &page::glossary(common, address, &library.glossary)),
            Route::Contribute => making.page("contribute.html", &contribute::page(common, address, library)),
            Route::Drafts => {
                let cases = library.cases.iter().map(|case| &**case);
                let ahead = library.ahead.iter().map(|&case| &*library.cases[case]);
                let view = drafts::drafts(common, address, &library.vocabularies, cases, ahead, library.pages.iter());
                making.page("drafts.html", &view)
            }
            Route::Changes => {
                let feed = Address::file(CHANGES);
                let feed = plan.routes.contains_key(&feed).then_some(feed);
                making.page("changes.html", &changes::page(common, address, &model::changes::changes(library), feed))
            }
            Route::Data => making.page("data.html", &data::data(common, address, library)),
            Route::Search => {
                let is_needed = |name: &&str| *name == "meta.json" || name.starts_with("catalogue.");
                let needed = self.search_files().keys().map(String::as_str).filter(is_needed).collect();
                making.page("search.html", &finder::search(all, address, &self.search_parts(needed)))
            }
            Route::Redirect(to) => making.page("redirect.html", &page::redirect(common, address, to)),
            // Routes without a template are made by `render`. What is left is the page for unknown addresses.
            _ => making.page("not-found.html", &page::not_found(common, address, library.map.is_some())),
        }
    }

    fn home_parts<'a>(&'a self, newest: Vec<&'a Piece>) -> home::HomeParts<'a> {
        let library = &self.library;
        let own_map = || library.map.map(|axes| evidence_map(library, axes));
        home::HomeParts {
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
            relations: self.kinship.related(library, case.id),
            weigh_sources: self.page_on(ON_WEIGHING_SOURCES),
        }
    }

    fn map_parts<'a>(&'a self, axes: map::Axes, map: &'a EvidenceMap) -> map::MapParts<'a> {
        let csv = DataFile::EvidenceMap.address();
        map::MapParts {
            axes,
            first: self.library.map,
            map,
            csv: self.plan.routes.contains_key(&csv).then_some(csv),
            contribute: self.page_on(ON_CONTRIBUTING),
        }
    }

    fn search_parts<'a>(&'a self, needed: Vec<&'a str>) -> finder::SearchParts<'a> {
        finder::SearchParts {
            needed,
            contribute: self.page_on(ON_CONTRIBUTING),
            has_glossary: !self.library.glossary.is_empty(),
        }
    }

    /// The plain page with this file name, whatever its address: `contribute` is `content/pages/contribute.md`. A theme
    /// can so link to what the editors wrote on a subject.
    fn page_on(&self, subject: &str) -> Option<&Page> {
        let path = format!("content/pages/{subject}.md");
        self.library.pages.iter().find(|page| page.file.path.as_str().eq_ignore_ascii_case(&path))
    }

    fn common(&self) -> Common<'_> {
        Common {
            config: &self.library.config,
            with_drafts: self.library.with_drafts,
            has_cards: self.library.config.share_cards && !self.library.cases.is_empty(),
            words: &self.theme.words,
            logo: self.links.logo.as_ref(),
            abbreviations: &self.abbreviations,
        }
    }

    fn terms(&self) -> Terms<'_> {
        Terms {
            vocabularies: &self.library.vocabularies,
            carried: &self.library.carried,
            combinations: &self.plan.combinations,
            links: &self.terms,
            base_path: &self.library.config.base.path,
        }
    }

    fn overview(&self) -> Overview<'_> {
        Overview {
            common: self.common(),
            terms: self.terms(),
            library: &self.library,
            plan: &self.plan,
            theme_pages: &self.theme_pages,
            contribute: self.page_on(ON_CONTRIBUTING),
        }
    }

    fn alphabet(&self) -> &Alphabet {
        self.alphabet.get_or_init(|| alphabet(&self.library, &self.plan.gazetteer))
    }

    fn press(&self) -> &Press {
        let accent = || self.library.config.accent.as_deref().and_then(on_light_paper);
        self.press.get_or_init(|| Press::new(accent().as_deref()))
    }

    fn printer(&self) -> Printer<'_> {
        Printer { templates: &self.theme.templates, globals: &self.globals }
    }
}

/// A page that is being made, with its errors so far. A part whose template fails is left out, so that errors in other
/// parts are found too.
struct Making<'a> {
    site: &'a Site,
    route: &'a Route,
    faults: Vec<TemplateFault>,
}

impl<'a> Making<'a> {
    /// The entries of cases in lists.
    fn pieces(&mut self, cases: &[CaseId]) -> Vec<&'a Piece> {
        cases.iter().filter_map(|&case| self.piece(case)).collect()
    }

    fn piece(&mut self, case: CaseId) -> Option<&'a Piece> {
        let site = self.site;
        let make = || {
            let view = entry::entry(site.overview(), case);
            Ok(site.abbreviations.piece(site.printer().part(entry::TEMPLATE, &view)?))
        };
        let piece = site.pieces[case].get_or_init(make).as_ref();
        piece.inspect_err(|&fault| self.add(fault.clone())).ok()
    }

    /// One page of a list.
    fn list_page(&mut self, cases: &[CaseId], number: usize) -> list::ListPage<'a> {
        let per_page = self.site.library.config.per_page;
        let from = (number - 1) * per_page;
        let shown = cases.get(from..(from + per_page).min(cases.len())).unwrap_or_default();
        list::ListPage { number, all: cases.len(), pieces: self.pieces(shown) }
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

/// The theme's assets and the files that links lead to, except at addresses of the plan.
fn files(plan: &SitePlan, theme: &Theme, links: &Links) -> BTreeMap<Address, Route> {
    let assets = theme.assets.iter().map(|(name, asset)| (asset.address.clone(), Route::Asset(name.clone())));
    let linked = links.files.iter().map(|(address, file)| (address.clone(), Route::File(file.clone())));
    linked.chain(assets).filter(|(address, _)| !plan.routes.contains_key(address)).collect()
}
