//! A site, and the function that makes the bytes of a route, for a build and for a preview.
//!
//! `page` makes those that have a template. Parts that many pages share (the entry of a case in lists, the masthead)
//! are made when the first page needs them. Each is a pure function of the site, so it does not matter when.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, OnceLock},
};

use crate::{
    model::{Address, CaseId, IdMap, Library, PageId, evidence_map::EvidenceMap, library::Page, related::RelatedIndex},
    problem::FilePath,
    search::{self, SearchFiles},
    site::{
        abbreviations::{Abbreviations, SharedHtml},
        alphabet::{Alphabet, alphabet},
        card::CardRenderer,
        exports,
        fault::{FaultyPage, TemplateFault},
        frame::Frame,
        links::Links,
        machine,
        plan::{SitePlan, needs_host},
        route::Route,
        theme::{Globals, Printer, Theme, on_light_paper},
        theme_pages::ThemePages,
        view::{Common, TermLinks, Terms, cards, overview::Overview, site::SiteView},
    },
};

mod page;

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
    contributing_page: Option<PageId>,
    weighing_page: Option<PageId>,
    terms: TermLinks,
    abbreviations: Abbreviations,
    globals: Globals,
    related: RelatedIndex,
    /// The files with an error.
    faulty: BTreeSet<FilePath>,
    alphabet: OnceLock<Alphabet>,
    map: OnceLock<Option<EvidenceMap>>,
    /// The entry of each case in lists, once it has been made.
    entries: IdMap<CaseId, OnceLock<Result<SharedHtml, TemplateFault>>>,
    search: OnceLock<SearchOutput>,
    /// Typefaces and colours of share cards.
    card_renderer: OnceLock<CardRenderer>,
}

/// The search index.
#[derive(Debug)]
struct SearchOutput {
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

/// The file in which editors write how to contribute.
const CONTRIBUTING_PAGE: &str = "content/pages/contribute.md";
/// The file in which editors write how to weigh the sources of a case.
const WEIGHING_PAGE: &str = "content/pages/how-to-read-a-case.md";

impl Site {
    /// Puts a site together. `faulty` are the files with an error, which the list of drafts tells apart.
    pub fn new(
        library: Library,
        plan: SitePlan,
        theme: Arc<Theme>,
        links: Links,
        related: RelatedIndex,
        faulty: BTreeSet<FilePath>,
    ) -> Site {
        let theme_pages = ThemePages::of(&library, &links, &theme.words);
        Site {
            frame: Frame::of(&library, &theme.words, &theme_pages),
            theme_pages,
            contributing_page: page_of_file(&library, CONTRIBUTING_PAGE),
            weighing_page: page_of_file(&library, WEIGHING_PAGE),
            terms: TermLinks::of(&library),
            abbreviations: Abbreviations::of(&library.glossary, &theme.words),
            globals: Globals::new(&theme.words, &SiteView::of(&library, &theme.assets, &links)),
            related,
            faulty,
            alphabet: OnceLock::new(),
            map: OnceLock::new(),
            entries: library.cases.ids().iter().map(|&case| (case, OnceLock::new())).collect(),
            search: OnceLock::new(),
            card_renderer: OnceLock::new(),
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
        &self.search_output().files
    }

    fn search_output(&self) -> &SearchOutput {
        self.search.get_or_init(|| {
            let files = search::files(&self.library, |_, body| body.prose());
            let address = |name: &String| Address::file(&format!("search/{name}"));
            let routes = files.keys().map(|name| (address(name), Route::SearchFile(name.clone())));
            SearchOutput { routes: routes.collect(), files }
        })
    }

    /// Every page and file of the site that is published. Of a redirect that needs the host there is no file.
    pub fn routes(&self) -> impl Iterator<Item = (&Address, &Route)> {
        let is_published = |(address, route): &(&Address, &Route)| !(route.is_redirect() && needs_host(address));
        self.pages().filter(is_published).chain(&self.search_output().routes)
    }

    /// The route at an address, if there is one.
    pub fn route(&self, address: &Address) -> Option<&Route> {
        let is_of_search = || address.as_str().strip_prefix("/search/").is_some_and(|name| !name.is_empty());
        let of_search = || is_of_search().then(|| self.search_output().routes.get(address)).flatten();
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
            Route::Card(case) => cards::of_case(self.overview(), self.card_renderer(), *case),
            Route::LibraryCard => {
                cards::of_library(self.overview(), self.card_renderer(), self.library.home.as_deref())
            }
            Route::RegionCard(region) => cards::of_region(self.overview(), self.card_renderer(), *region),
            page => self.page(address, page).map_err(|faults| FaultyPage { address: address.clone(), faults })?,
        };
        Ok(Content::Bytes(bytes))
    }

    /// The errors of the templates of a page. The search page normally names files of the search index, which takes
    /// long to make; here it is made without them.
    pub fn template_errors(&self, address: &Address, route: &Route) -> Option<FaultyPage> {
        if *route != Route::Search {
            return self.render(address, route).err();
        }
        let made = self.search_page(address, Vec::new());
        made.err().map(|faults| FaultyPage { address: address.clone(), faults })
    }

    /// The page on how to contribute.
    fn contributing_page(&self) -> Option<&Page> {
        self.contributing_page.map(|page| &self.library.pages[page])
    }

    fn common(&self) -> Common<'_> {
        Common {
            config: &self.library.config,
            with_drafts: self.library.with_drafts,
            has_cards: self.library.config.share_cards != Some(false) && !self.library.cases.is_empty(),
            words: &self.theme.words,
            logo: self.links.logo.as_ref(),
            event_links: &self.links.events,
            abbreviations: &self.abbreviations,
        }
    }

    fn terms(&self) -> Terms<'_> {
        Terms {
            vocabularies: &self.library.vocabularies,
            cases_by_term: &self.library.cases_by_term,
            combinations: &self.plan.combinations,
            links: &self.terms,
            base_path: &self.library.config.base.path,
        }
    }

    fn overview(&self) -> Overview<'_> {
        Overview {
            common: self.common(),
            terms: self.terms(),
            cases: &self.library.cases,
            marks: &self.library.marks,
            map: self.library.map,
            pages: &self.library.pages,
            glossary: &self.library.glossary,
            gazetteer: &self.plan.gazetteer,
            has_region_pages: self.plan.has_region_pages,
            lives: &self.plan.lives,
            theme_pages: &self.theme_pages,
            contribute: self.contributing_page(),
            routes: &self.plan.routes,
        }
    }

    fn alphabet(&self) -> &Alphabet {
        self.alphabet.get_or_init(|| alphabet(&self.library, &self.plan.gazetteer))
    }

    fn card_renderer(&self) -> &CardRenderer {
        let accent = || self.library.config.accent.as_deref().and_then(on_light_paper);
        self.card_renderer.get_or_init(|| CardRenderer::new(accent().as_deref()))
    }

    fn printer(&self) -> Printer<'_> {
        Printer { templates: &self.theme.templates, globals: &self.globals }
    }
}

/// The theme's assets and the files that links lead to, except at addresses of the plan.
fn files(plan: &SitePlan, theme: &Theme, links: &Links) -> BTreeMap<Address, Route> {
    let assets = theme.assets.iter().map(|(name, asset)| (asset.address.clone(), Route::Asset(name.clone())));
    let linked = links.files.iter().map(|(address, file)| (address.clone(), Route::File(file.clone())));
    linked.chain(assets).filter(|(address, _)| !plan.routes.contains_key(address)).collect()
}

/// The page that is made from a file. The letter case of the path is ignored.
fn page_of_file(library: &Library, path: &str) -> Option<PageId> {
    let page = library.pages.iter().find(|page| page.file.path.as_str().eq_ignore_ascii_case(path));
    page.map(|page| page.id)
}
