//! Plans a site: every route with its address, and the orders in which cases are listed.
//!
//! Takes a library and gives a [`SitePlan`], before any link is resolved or page made. Gives a problem for each old
//! address that is also the address of a page; the page keeps it.

use std::collections::{BTreeMap, BTreeSet};

use unicode_normalization::UnicodeNormalization;

use crate::{
    export::{
        data_file::DataFile,
        feed::{ATOM, CHANGES, JSON},
        template::Template,
    },
    model::{
        Address, CaseId, Library, PageNumber, TermId, VocabularyId, evidence_map::MapAxes, vocabularies::Vocabularies,
    },
    problem::{Checked, Problem, Spot, message::address as message},
    site::{
        alphabet, card,
        combinations::Combinations,
        gazetteer::{Gazetteer, Region},
        lives::Lives,
        retired,
        route::{Letter, Route},
        routes::Routes,
    },
};

/// The most addresses that one sitemap may hold.
pub const SITEMAP_LIMIT: usize = 50_000;

/// The routes of a site, with their addresses.
#[derive(Clone, Debug)]
pub struct SitePlan {
    /// Every page, and every file that the library requires. The theme's assets, the files that links lead to, and the
    /// files of the search index are not included.
    pub routes: Routes,
    /// The pairs of terms that share a case.
    pub combinations: Combinations,
    /// The places by region.
    pub gazetteer: Gazetteer,
    /// Whether each region has pages of its own, because the library is large.
    pub has_region_pages: bool,
    /// The lifelines of the cases.
    pub lives: Lives,
    /// The cases that ran in each year, if the library is so large that each year has pages; otherwise empty.
    pub running: BTreeMap<i16, Vec<CaseId>>,
    /// The address of the first page.
    pub home: Address,
}

/// The most cases of a small library. A larger one draws lives as columns, and its regions and years have pages of
/// their own.
pub const MAX_SMALL_LIBRARY: usize = 400;

/// The number of rows on a page of the table of lives.
pub const LIVES_PER_PAGE: usize = 100;

impl SitePlan {
    /// This address if it is published, or the address that it redirects to.
    pub fn published<'a>(&'a self, address: &Address) -> Option<&'a Address> {
        match self.routes.get_key_value(address)? {
            (_, Route::Redirect(to)) => Some(to),
            (own, _) => Some(own),
        }
    }
}

/// Plans the site of a library.
pub fn plan(library: &Library) -> Checked<SitePlan> {
    let pairs_and_lives = || (Combinations::of(library), Lives::of(library));
    let (gazetteer, (combinations, lives)) = rayon::join(|| Gazetteer::of(library), pairs_and_lives);
    let is_large = library.cases.len() > MAX_SMALL_LIBRARY;
    let running = if is_large { lives.running() } else { BTreeMap::new() };
    let mut routes = Routes::with_capacity(2 * library.cases.len());
    let mut problems = Vec::new();
    // The first route keeps its address: Casebook's own pages and terms come before cases and plain pages.
    let mut add = |address: Address, route: Route| {
        if let Some((address, first, later)) = routes.add(address, route) {
            problems.extend(clash(library, &address, first, &later));
        }
    };
    own_pages(library, &mut add);
    list_pages(library, &Address::page(["cases"]), library.cases.len(), Route::Cases, &mut add);
    for letter in alphabet::letters(library, &gazetteer) {
        add(letter_address(letter), Route::Letter(letter));
    }
    if library.config.base.origin.is_some() {
        files_with_full_addresses(library, &gazetteer, &mut add);
    }
    if !lives.ordered.is_empty() {
        table(&Address::page(["lifelines"]), lives.ordered.len(), Route::Lifelines, &mut add);
    }
    for (&year, cases) in &running {
        table(&year_address(year), cases.len(), |page| Route::LivesOfYear(year, page), &mut add);
    }
    for (id, region) in gazetteer.regions.entries().filter(|_| is_large) {
        let cases = region.cases.len();
        list_pages(library, &region_address(region), cases, |page| Route::Region(id, page), &mut add);
    }
    terms(library, &mut add);
    for (first, second, cases) in combinations.iter() {
        let address = library.vocabularies.pair_address(first, second);
        // Two terms of a large library share many cases, and there are many such pairs: most of its files would be
        // these lists.
        let listed = if library.has_few_files() { 1 } else { cases.len() };
        list_pages(library, &address, listed, |page| Route::Pair(first, second, page), &mut add);
    }
    documents(library, &mut add);
    for (from, to) in retired::redirects(library, &combinations) {
        routes.add(from, Route::Redirect(to));
    }
    problems.extend(redirects(library, &mut routes));
    let still_there = library.config.gone.iter().filter(|gone| routes.contains_key(&gone.value));
    problems.extend(still_there.map(|gone| message::not_gone(&gone.spot, gone.value.as_str())));
    let has_region_pages = is_large;
    let home = Address::page([]);
    Checked::new(SitePlan { routes, combinations, gazetteer, has_region_pages, lives, running, home }, problems)
}

/// The problem of a document whose address another route has.
fn clash(library: &Library, address: &Address, first: &Route, later: &Route) -> Option<Problem> {
    let spot = spot_of(library, later)?;
    Some(match spot_of(library, first) {
        Some(first) => message::taken(&spot, address.as_str(), &first),
        None => message::own_page(&spot, address.as_str()),
    })
}

/// Where an editor wrote the address of a route; none for Casebook's own pages.
fn spot_of(library: &Library, route: &Route) -> Option<Spot> {
    match route {
        Route::Page(id) => Some(library.pages[*id].file.address.spot.clone()),
        Route::Case(id) => Some(library.cases[*id].file.slug.spot.clone()),
        Route::Withdrawn(id) => Some(library.withdrawn[*id].file.slug.spot.clone()),
        Route::Vocabulary(id) => Some(Spot::whole(&library.vocabularies[*id].file.path)),
        Route::Term(term, _) => Some(Spot::whole(&library.vocabularies.of(*term).file.path)),
        _ => None,
    }
}

/// Adds redirects from old addresses. Reports an old address that is a page's own, or whose file would be in the way of
/// a page's folder.
fn redirects(library: &Library, routes: &mut Routes) -> Vec<Problem> {
    let mut problems = Vec::new();
    if library.redirects.is_empty() {
        return problems;
    }
    // Most addresses do not differ from their folded form.
    let is_folded =
        |address: &&Address| address.as_str().bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase());
    let mut taken: BTreeSet<Address> = routes.keys().cloned().collect();
    let mut folded: BTreeSet<String> = taken.iter().filter(|address| !is_folded(address)).map(file_of).collect();
    for (from, redirect) in &library.redirects {
        let file = file_of(from);
        if is_in_the_way(&file, &taken, &folded) {
            problems.push(message::alias_in_use(&redirect.spot, from.as_str()));
        } else {
            if !is_folded(&from) {
                folded.insert(file);
            }
            taken.insert(from.clone());
            problems.extend(doubtful_alias(library, from, &redirect.spot));
            routes.add(from.clone(), Route::Redirect(redirect.to.clone()));
        }
    }
    problems
}

/// The problem of an old address that is published, and that nobody may reach.
fn doubtful_alias(library: &Library, from: &Address, spot: &Spot) -> Option<Problem> {
    if needs_host(from) {
        return Some(message::alias_needs_host(spot, from.as_str()));
    }
    // The address of a retired term begins with its vocabulary, whatever the base path is.
    let base = &*library.config.base.path;
    let is_written = library.vocabularies.iter().all(|vocabulary| vocabulary.file.path != spot.file);
    let meant = from.as_str().strip_prefix(base).filter(|_| is_written && base != "/")?;
    Some(message::alias_with_base(spot, from.as_str(), base, &format!("/{meant}")))
}

/// Does a redirect from this address need the host? A page that leads on is sent as a page only if its name says so; at
/// `/old.aspx` or `/report.pdf` a browser would save it. A file in that place would also keep some hosts from reading
/// the redirect.
pub(super) fn needs_host(from: &Address) -> bool {
    !is_named_as_page(&from.output_path())
}

/// Does a host send a file of this name as a page?
pub(super) fn is_named_as_page(path: &str) -> bool {
    let path = path.to_ascii_lowercase();
    [".html", ".htm"].iter().any(|ending| path.ends_with(ending))
}

/// The file of an address, in the form in which a disk that ignores letter case compares it.
pub(super) fn file_of(address: &Address) -> String {
    address.output_path().nfc().collect::<String>().to_lowercase()
}

/// Is there such a file, or a folder in its place, or a file in place of a folder above it? `folded` are the files of
/// the routes whose address differs from its folded form. The theme's assets and the search index, which the plan does
/// not contain, have folders of their own.
fn is_in_the_way(file: &str, taken: &BTreeSet<Address>, folded: &BTreeSet<String>) -> bool {
    let has = |file: &str| taken.contains(&Address::file(file)) || folded.contains(file);
    let below = format!("{file}/");
    let first = Address::file(&below);
    let has_below = taken.range(first.clone()..).next().is_some_and(|other| other.as_str().starts_with(first.as_str()))
        || folded.range(below.clone()..).next().is_some_and(|other| other.starts_with(&below));
    let is_index = file.strip_suffix("index.html").is_some_and(has);
    let above = file.match_indices('/').any(|(slash, _)| has(&file[..slash]));
    has(file) || has_below || is_index || above || file.starts_with("assets/") || file.starts_with("search/")
}

/// The address of a term's feed, beside its page.
pub fn term_feed_address(vocabularies: &Vocabularies, term: TermId) -> Address {
    Address::file(&format!("{}/{ATOM}", vocabularies.parts(term).join("/")))
}

/// The address of a letter.
pub fn letter_address(letter: Letter) -> Address {
    Address::page(["a-z", &letter.id()])
}

/// The address of the cases that ran in a year.
pub fn year_address(year: i16) -> Address {
    Address::page(["lifelines", &year.to_string()])
}

/// The address of the cases of a region.
pub fn region_address(region: &Region) -> Address {
    Address::page(["places", &region.id])
}

/// The evidence maps: the configured one first, then every other pair of facets once. Empty if the library has no axes
/// for the first.
pub fn maps(first: Option<MapAxes>, vocabularies: &Vocabularies) -> Vec<MapAxes> {
    let Some(first) = first else { return Vec::new() };
    let turned = MapAxes { rows: first.columns, columns: first.rows };
    let facets: Vec<VocabularyId> = vocabularies.facets().map(|facet| facet.id).collect();
    let pairs = (0..facets.len()).flat_map(|row| (0..row).map(move |column| (row, column)));
    let pairs = pairs.map(|(row, column)| MapAxes { rows: facets[row], columns: facets[column] });
    std::iter::once(first).chain(pairs.filter(|&axes| axes != first && axes != turned)).collect()
}

/// The address of an evidence map.
pub fn map_address(first: Option<MapAxes>, vocabularies: &Vocabularies, axes: MapAxes) -> Address {
    if first == Some(axes) {
        return Address::page(["map"]);
    }
    let [rows, columns] = [axes.rows, axes.columns].map(|axis| vocabularies[axis].file.id.as_str());
    Address::page(["map", rows, columns])
}

/// The address of part `number` of the sitemap.
pub fn sitemap_part(number: PageNumber) -> Address {
    Address::file(&format!("sitemap-{}.xml", number.get()))
}

fn own_pages(library: &Library, add: &mut impl FnMut(Address, Route)) {
    add(Address::page([]), Route::Home);
    for axes in maps(library.map, &library.vocabularies) {
        add(map_address(library.map, &library.vocabularies, axes), Route::Map(axes));
    }
    add(Address::page(["compare"]), Route::Compare);
    add(Address::page(["briefing"]), Route::Briefing);
    add(Address::page(["search"]), Route::Search);
    add(Address::page(["places"]), Route::Places);
    add(Address::page(["a-z"]), Route::AToZ);
    if !library.glossary.is_empty() {
        add(Address::page(["glossary"]), Route::Glossary);
    }
    add(Address::page(["changes"]), Route::Changes);
    // A plain page at this address replaces the form.
    let form = Address::page(["contribute"]);
    let is_taken = library.pages.iter().any(|page| page.address == form);
    let has_address = library.config.publisher.as_ref().is_some_and(|publisher| publisher.email.is_some());
    if (library.config.contribute.is_some() || has_address) && !is_taken {
        add(form, Route::Contribute);
        for template in Template::ALL {
            add(template.address(), Route::Template(template));
        }
    }
    add(Address::page(["data"]), Route::Data);
    for file in DataFile::of(library) {
        add(file.address(), Route::DataFile(file));
    }
    if library.with_drafts {
        add(Address::page(["drafts"]), Route::Drafts);
    }
    add(Address::file("404.html"), Route::NotFound);
    add(Address::file("robots.txt"), Route::Robots);
    add(Address::file("_redirects"), Route::Redirects);
    add(Address::file("_headers"), Route::Headers);
    add(Address::file(".nojekyll"), Route::NoJekyll);
}

fn documents(library: &Library, add: &mut impl FnMut(Address, Route)) {
    for case in &library.cases {
        add(case.address.clone(), Route::Case(case.id));
    }
    for case in &library.withdrawn {
        add(case.address.clone(), Route::Withdrawn(case.id));
    }
    for page in &library.pages {
        add(page.address.clone(), Route::Page(page.id));
    }
}

fn terms(library: &Library, add: &mut impl FnMut(Address, Route)) {
    for vocabulary in &library.vocabularies {
        add(vocabulary.address(), Route::Vocabulary(vocabulary.id));
    }
    for (term, cases) in library.cases_by_term.entries() {
        list_pages(library, &library.vocabularies.term_address(term), cases.len(), |page| Route::Term(term, page), add);
    }
}

/// The pages of a list.
fn list_pages(
    library: &Library,
    address: &Address,
    cases: usize,
    route: impl Fn(PageNumber) -> Route,
    add: &mut impl FnMut(Address, Route),
) {
    for page in PageNumber::all(cases, library.config.per_page) {
        add(address.numbered(page), route(page));
    }
}

/// The pages of a table of lives.
fn table(address: &Address, lives: usize, route: impl Fn(PageNumber) -> Route, add: &mut impl FnMut(Address, Route)) {
    for page in PageNumber::all(lives, LIVES_PER_PAGE) {
        add(address.numbered(page), route(page));
    }
}

/// The address of a page's share card, below the page.
pub fn card_address(page: &Address) -> Address {
    Address::file(&format!("{}share-card.png", page.as_str().trim_start_matches('/')))
}

/// Adds the files that contain full addresses, or that others link to by full addresses. A library without a host has
/// none of them.
fn files_with_full_addresses(library: &Library, gazetteer: &Gazetteer, add: &mut impl FnMut(Address, Route)) {
    add(Address::file("opensearch.xml"), Route::OpenSearch);
    cards(library, gazetteer, add);
    sitemaps(library, add);
    feeds(library, add);
}

/// The addresses of the files that a library has only with a host.
pub fn addresses_that_need_a_host(library: &Library, gazetteer: &Gazetteer) -> BTreeSet<Address> {
    let mut addresses = BTreeSet::new();
    files_with_full_addresses(library, gazetteer, &mut |address, _| {
        addresses.insert(address);
    });
    addresses
}

/// Adds share cards.
fn cards(library: &Library, gazetteer: &Gazetteer, add: &mut impl FnMut(Address, Route)) {
    if library.config.share_cards == Some(false) || library.cases.is_empty() {
        return;
    }
    add(card_address(&Address::page([])), Route::LibraryCard);
    if library.cases.len() > card::MAX_CASES {
        for (id, region) in gazetteer.regions.entries().filter(|(_, region)| region.name.is_some()) {
            add(card_address(&region_address(region)), Route::RegionCard(id));
        }
    } else if library.has_card_for_each_case() {
        for case in &library.cases {
            add(card_address(&case.address), Route::Card(case.id));
        }
    }
}

fn sitemaps(library: &Library, add: &mut impl FnMut(Address, Route)) {
    add(Address::file("sitemap.xml"), Route::Sitemap);
    let listed = sitemap_entries(library).count();
    if listed > SITEMAP_LIMIT {
        for part in PageNumber::all(listed, SITEMAP_LIMIT) {
            add(sitemap_part(part), Route::SitemapPart(part));
        }
    }
}

fn feeds(library: &Library, add: &mut impl FnMut(Address, Route)) {
    add(Address::file(ATOM), Route::Feed);
    add(Address::file(JSON), Route::JsonFeed);
    add(Address::file(CHANGES), Route::ChangesFeed);
    for term in library.vocabularies.terms() {
        add(term_feed_address(&library.vocabularies, term.id), Route::TermFeed(term.id));
    }
}

/// The addresses that the sitemap lists, in order: home, cases, pages, vocabularies, terms. A case comes with its id.
pub fn sitemap_entries(library: &Library) -> impl Iterator<Item = (Address, Option<CaseId>)> {
    let first = [Address::page([]), Address::page(["cases"])];
    let cases = library.cases.iter().map(|case| (case.address.clone(), Some(case.id)));
    let pages = library.pages.iter().map(|page| page.address.clone());
    let terms = library.vocabularies.iter().flat_map(move |vocabulary| {
        let terms = vocabulary.terms.iter().map(|term| vocabulary.term_address(term.slug()));
        std::iter::once(vocabulary.address()).chain(terms)
    });
    let unnumbered = |address| (address, None);
    first.into_iter().map(unnumbered).chain(cases).chain(pages.chain(terms).map(unnumbered))
}
