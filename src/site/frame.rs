//! A site, and what its pages have in common.
//!
//! Whatever is the same on many pages (the masthead, the foot, a case as lists show it, the link to a term) is made
//! once and shared. Parts that a template makes are made when the first page asks for them, so that a preview which
//! wants one page makes only what stands on it; a part is a pure function of the site, so it makes no difference when.

use std::{collections::BTreeMap, sync::OnceLock};

use crate::{
    model::{
        Address, CaseId, IdMap, Library, TermId, VocabularyId,
        evidence_map::{EvidenceMap, evidence_map},
        library::Page,
        related::Kinship,
    },
    problem::Problem,
    site::{
        abbreviations::{Abbreviations, Piece, Spelling},
        links::Links,
        plan::{Plan, pair_address, term_address},
        route::Route,
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
    pub plan: Plan,
    /// What the links of the content lead to.
    pub links: Links,
    /// What pages are made with.
    pub theme: Theme,
    /// The files that the library is searched with, by their path under `search/`. A build makes them with the site; a
    /// preview when the search is first asked for. They are a pure function of the library and its words.
    pub search: OnceLock<BTreeMap<String, Vec<u8>>>,
    menu: Vec<(Route, MenuItem)>,
    taxonomies: IdMap<VocabularyId, Shared<TaxonomyLink>>,
    terms: IdMap<TermId, Shared<TermLink>>,
    mastheads: Vec<OnceLock<Html>>,
    foot: OnceLock<Html>,
    entries: IdMap<CaseId, OnceLock<Piece>>,
    kinship: Kinship,
    map: OnceLock<Option<EvidenceMap>>,
    abbreviations: Abbreviations,
}

/// Puts a site together. The theme's assets and the files that links ask for join the plan's routes.
pub fn site(library: Library, plan: Plan, mut theme: Theme, links: Links, kinship: Kinship) -> Site {
    let plan = with_files(plan, &theme, &links);
    theme.templates.share("words", &theme.words);
    theme.templates.share("site", &SiteView::of(&library, &theme.assets, &links));
    let menu = menu(&library, &theme.words);
    let base = &library.config.base.path;
    let taxonomies = library.vocabularies.iter().map(|of| (of.key, TaxonomyLink::of(&library, of.key)));
    let taxonomies: IdMap<VocabularyId, TaxonomyLink> = taxonomies.collect();
    let terms = library.vocabularies.terms().map(|term| {
        let href = term_address(&library, term.key).href(base);
        let shape = taxonomies[term.vocabulary].shape;
        (term.key, Shared::new(&TermLink { text: term.label.clone(), href, shape }))
    });
    Site {
        terms: terms.collect(),
        taxonomies: taxonomies.entries().map(|(of, link)| (of, Shared::new(link))).collect(),
        mastheads: vec![OnceLock::new(); 2 * menu.len() + 2],
        foot: OnceLock::new(),
        entries: library.cases.ids().iter().map(|&case| (case, OnceLock::new())).collect(),
        kinship,
        map: OnceLock::new(),
        abbreviations: Abbreviations::of(&library.glossary, &theme.words),
        menu,
        library,
        plan,
        links,
        theme,
        search: OnceLock::new(),
    }
}

/// A plan with the theme's assets and the files that links ask for.
fn with_files(mut plan: Plan, theme: &Theme, links: &Links) -> Plan {
    let routes = &mut plan.routes;
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
        let routes = &mut self.plan.routes;
        for name in files.keys() {
            let address = Address::file(&format!("search/{name}"));
            routes.insert(address, Route::SearchFile(name.clone()));
        }
        Site { search: OnceLock::from(files), ..self }
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
        let map = || self.library.map.map(|axes| evidence_map(&self.library, axes));
        self.map.get_or_init(map).as_ref()
    }

    /// What its acronyms stand for.
    pub fn abbreviations(&self) -> &Abbreviations {
        &self.abbreviations
    }

    /// The link to the cases that carry both terms.
    pub fn pair_href(&self, a: TermId, b: TermId) -> String {
        let rank = |term| self.library.vocabularies.rank(term);
        let (first, second) = if rank(a) <= rank(b) { (a, b) } else { (b, a) };
        self.href(&pair_address(&self.library, first, second))
    }

    /// The link to a term.
    pub fn term(&self, term: TermId) -> &Shared<TermLink> {
        &self.terms[term]
    }

    /// The link to a taxonomy.
    pub fn taxonomy(&self, vocabulary: VocabularyId) -> &Shared<TaxonomyLink> {
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
        cases: &[CaseId],
        page: &Address,
        spelling: &mut Spelling<'_>,
    ) -> Result<Vec<Html>, Box<Problem>> {
        let mut shown = |&case: &CaseId| {
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
