//! A site, and what its pages have in common.
//!
//! Whatever is the same on many pages (the masthead, the foot, a case as lists show it, the link to a term) is made
//! once and shared. Parts that a template makes are made when the first page asks for them, so that a preview which
//! wants one page makes only what stands on it; a part is a pure function of the site, so it makes no difference when.

use std::{
    collections::BTreeMap,
    sync::{Arc, OnceLock},
};

use crate::{
    model::{
        Address, CaseFile, Documents, Edition, Library,
        assemble::retold,
        evidence_map::{EvidenceMap, evidence_map},
        library::Page,
        related::Kinship,
    },
    problem::Problem,
    site::{
        abbreviations::{Abbreviations, Piece, Spelling},
        links::Links,
        plan::{Plan, pair_address, plan_after, term_address},
        route::{Route, TermRef},
        theme::{Html, Theme, Words},
        view::{
            Shared, TaxonomyLink, TermLink,
            entry::{self, entry},
            site::{FooterView, MastheadView, MenuItem, SiteView, menu},
        },
    },
};

/// A site, ready to be asked for any of its routes.
#[derive(Debug)]
pub struct Site {
    /// What is published.
    pub library: Library,
    /// Every route of the site, and the orders of its lists.
    pub plan: Arc<Plan>,
    /// What the links of the content lead to.
    pub links: Arc<Links>,
    /// What pages are made with.
    pub theme: Arc<Theme>,
    /// The files that the library is searched with, by their path under `search/`. A build makes them with the site; a
    /// preview when the search is first asked for. They are a pure function of the library and its words.
    pub search: OnceLock<BTreeMap<String, Vec<u8>>>,
    menu: Vec<(Route, MenuItem)>,
    taxonomies: Vec<Shared<TaxonomyLink>>,
    terms: Vec<Vec<Shared<TermLink>>>,
    mastheads: Vec<OnceLock<Html>>,
    foot: OnceLock<Html>,
    entries: Vec<OnceLock<Piece>>,
    kinship: Arc<Kinship>,
    map: Arc<OnceLock<Option<EvidenceMap>>>,
    abbreviations: Abbreviations,
}

/// Puts a site together. The theme's assets and the files that links ask for join the plan's routes.
pub fn site(library: Library, plan: Plan, mut theme: Theme, links: Links, kinship: Kinship) -> Site {
    let plan = with_files(plan, &theme, &links);
    theme.templates.share("words", &theme.words);
    theme.templates.share("site", &SiteView::of(&library, &theme.assets, &links));
    let menu = menu(&library, &theme.words);
    let base = &library.config.base.path;
    let taxonomies: Vec<TaxonomyLink> =
        (0..library.vocabularies.len()).map(|v| TaxonomyLink::of(&library, v)).collect();
    let link = |term: TermRef| {
        let href = term_address(&library, term).href(base);
        let text = library.vocabularies[term.vocabulary].terms[term.term].label.clone();
        Shared::new(&TermLink { text, href, shape: taxonomies[term.vocabulary].shape })
    };
    let terms = library
        .vocabularies
        .iter()
        .enumerate()
        .map(|(vocabulary, of)| (0..of.terms.len()).map(|term| link(TermRef { vocabulary, term })).collect());
    Site {
        terms: terms.collect(),
        taxonomies: taxonomies.iter().map(Shared::new).collect(),
        mastheads: vec![OnceLock::new(); 2 * menu.len() + 2],
        foot: OnceLock::new(),
        entries: vec![OnceLock::new(); library.cases.len()],
        kinship: Arc::new(kinship),
        map: Arc::default(),
        abbreviations: Abbreviations::of(&library.glossary, &theme.words),
        menu,
        library,
        plan: Arc::new(plan),
        links: Arc::new(links),
        theme: Arc::new(theme),
        search: OnceLock::new(),
    }
}

/// A plan with the theme's assets and the files that links ask for.
fn with_files(mut plan: Plan, theme: &Theme, links: &Links) -> Plan {
    let routes = Arc::make_mut(&mut plan.routes);
    for (name, asset) in &theme.assets {
        routes.entry(asset.address.clone()).or_insert_with(|| Route::Asset(name.clone()));
    }
    for (address, file) in &links.files {
        routes.entry(address.clone()).or_insert_with(|| Route::File(file.clone()));
    }
    plan
}

impl Site {
    /// The same site with the files that it is searched with, by their path under `search/`.
    #[must_use]
    pub fn searched_with(mut self, files: BTreeMap<String, Vec<u8>>) -> Site {
        let routes = Arc::make_mut(&mut Arc::make_mut(&mut self.plan).routes);
        for name in files.keys() {
            let address = Address::file(&format!("search/{name}"));
            routes.insert(address, Route::SearchFile(name.clone()));
        }
        Site { search: OnceLock::from(files), ..self }
    }

    /// The same site with other words in some of its cases: files whose front matter is as it was, and whose bodies are met
    /// like those before ([`Body::is_met_like`](crate::model::document::Body::is_met_like)). So no address, link or count is
    /// different, and what was worked out from those stays. None where one of the cases is not listed.
    pub fn reworded(&self, files: &[Arc<CaseFile>]) -> Option<Site> {
        let library = self.library.reworded(files)?;
        Some(Site { map: self.map.clone(), ..self.with(library, self.plan.clone()) })
    }

    /// The same site after listed cases, pages and the words for the home page were edited that everything else meets as before
    /// ([`Document::is_met_like`](crate::read::Document::is_met_like)). Every order and every count is brought up to date;
    /// what links lead to stays. None where one of the cases is not listed, or where a page comes or goes to which a link
    /// may lead, or an old address.
    pub fn retold(&self, edited: &Documents, edition: &Edition) -> Option<Site> {
        let (library, renumbering) = retold(&self.library, edited, edition)?;
        let planned = || {
            let plan = plan_after((&self.library, &self.plan), &library, &renumbering);
            let has_same_routes = Arc::ptr_eq(&plan.routes, &self.plan.routes);
            if has_same_routes { plan } else { with_files(plan, &self.theme, &self.links) }
        };
        let (plan, kinship) = rayon::join(planned, || self.kinship.after(&library, &renumbering));
        let mut led = self.links.looked_at.iter().chain(library.redirects.keys());
        let leads_alike = led.all(|address| plan.is_alike_at(address, &self.plan));
        leads_alike.then(|| Site { kinship: Arc::new(kinship), ..self.with(library, Arc::new(plan)) })
    }

    /// The same site with another library, of which everything is the same on which links and the theme depend.
    fn with(&self, library: Library, plan: Arc<Plan>) -> Site {
        let menu = menu(&library, &self.theme.words);
        Site {
            plan,
            links: self.links.clone(),
            theme: self.theme.clone(),
            search: OnceLock::new(),
            taxonomies: self.taxonomies.clone(),
            terms: self.terms.clone(),
            mastheads: vec![OnceLock::new(); 2 * menu.len() + 2],
            foot: OnceLock::new(),
            entries: vec![OnceLock::new(); library.cases.len()],
            kinship: self.kinship.clone(),
            map: Arc::default(),
            abbreviations: self.abbreviations.clone(),
            menu,
            library,
        }
    }

    /// Everything that the site can be asked for, by address.
    pub fn routes(&self) -> impl Iterator<Item = (&Address, &Route)> {
        self.plan.routes.iter()
    }

    /// The words of the interface.
    pub fn words(&self) -> &Words {
        &self.theme.words
    }

    /// The link to an address of this site: root-relative, with the base path.
    pub fn href(&self, address: &Address) -> String {
        address.href(&self.library.config.base.path)
    }

    /// The full address, where the library says on which host it will be.
    pub fn full_address(&self, address: &Address) -> Option<String> {
        let origin = self.library.config.base.origin.as_deref()?;
        Some(format!("{origin}{}", self.href(address)))
    }

    /// The link to an address of this site, if something is published there.
    pub fn published(&self, address: &Address) -> Option<String> {
        self.plan.routes.contains_key(address).then(|| self.href(address))
    }

    /// A plain page by its file, whatever its address: `contribute` is `content/pages/contribute.md`. So a theme can link to
    /// what editors wrote on a subject.
    pub fn page_on(&self, subject: &str) -> Option<&Page> {
        let is_it = |page: &&Page| page.file.path.as_str().eq_ignore_ascii_case(&format!("content/pages/{subject}.md"));
        self.library.pages.iter().find(is_it)
    }

    /// What its cases have in common.
    pub fn kinship(&self) -> &Kinship {
        &self.kinship
    }

    /// The library's own evidence map, where it has the axes for one.
    pub fn map(&self) -> Option<&EvidenceMap> {
        let map = || self.library.map.map(|[rows, columns]| evidence_map(&self.library, rows, columns));
        self.map.get_or_init(map).as_ref()
    }

    /// What its acronyms stand for.
    pub fn abbreviations(&self) -> &Abbreviations {
        &self.abbreviations
    }

    /// The link to the cases that carry both terms.
    pub fn pair_href(&self, a: TermRef, b: TermRef) -> String {
        self.href(&pair_address(&self.library, a.min(b), a.max(b)))
    }

    /// The link to a term.
    pub fn term(&self, term: TermRef) -> &Shared<TermLink> {
        &self.terms[term.vocabulary][term.term]
    }

    /// The link to a taxonomy.
    pub fn taxonomy(&self, vocabulary: usize) -> &Shared<TaxonomyLink> {
        &self.taxonomies[vocabulary]
    }

    /// The top of a page, with its place in the menu marked.
    pub fn masthead(&self, route: &Route, page: &Address) -> Result<Html, Box<Problem>> {
        let current = self.menu.iter().position(|(item, _)| is_within(route, item));
        // These pages have a search box of their own, and a page has one.
        let has_search = !matches!(route, Route::Home | Route::Search | Route::NotFound);
        let slot = match current {
            Some(n) => 2 + 2 * n + usize::from(self.menu[n].0 == *route),
            None => usize::from(has_search),
        };
        once(&self.mastheads[slot], || {
            let items = self.menu.iter().enumerate().map(|(n, (item, view))| {
                let current = if item == route { Some("page") } else { (current == Some(n)).then_some("true") };
                MenuItem { current, ..view.clone() }
            });
            self.theme.templates.part("masthead.html", &MastheadView { menu: items.collect(), has_search }, page)
        })
        .cloned()
    }

    /// The foot of every page.
    pub fn foot(&self, page: &Address) -> Result<Html, Box<Problem>> {
        let view = || FooterView::of(&self.library, &self.links, &self.menu);
        once(&self.foot, || self.theme.templates.part("footer.html", &view(), page)).cloned()
    }

    /// Cases as lists show them, with the acronyms spelled out that are new to the page.
    pub fn entries(
        &self,
        cases: &[usize],
        page: &Address,
        spelling: &mut Spelling<'_>,
    ) -> Result<Vec<Html>, Box<Problem>> {
        let mut shown = |&case: &usize| {
            let made = || self.theme.templates.part(entry::TEMPLATE, &entry(self, case), page);
            let piece = once(&self.entries[case], || Ok(self.abbreviations.piece(made()?)))?;
            Ok(spelling.piece(piece))
        };
        cases.iter().map(&mut shown).collect()
    }
}

/// A part that was made before, or is made now. A failure is not kept: it names the page that met it.
fn once<T>(part: &OnceLock<T>, make: impl FnOnce() -> Result<T, Box<Problem>>) -> Result<&T, Box<Problem>> {
    if let Some(made) = part.get() {
        return Ok(made);
    }
    let made = make()?;
    Ok(part.get_or_init(|| made))
}

/// Does a page belong to an item of the menu?
fn is_within(route: &Route, item: &Route) -> bool {
    match (item, route) {
        (Route::Cases(_), Route::Cases(_) | Route::Case(_) | Route::Withdrawn(_)) => true,
        (Route::Map(..), Route::Map(..)) => true,
        (Route::AToZ, Route::Letter(_)) => true,
        _ => item == route,
    }
}
