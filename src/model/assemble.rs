//! Documents → [`Library`].
//!
//! Takes every document and an [`Edition`] (the day, and whether drafts are shown); gives the library, and the problems
//! that concern several files: terms in no vocabulary, two files at one address, references to nothing. Links in bodies
//! are checked later, against the plan of the site.

use std::{
    cell::LazyCell,
    collections::{BTreeMap, HashMap, HashSet},
    sync::Arc,
};

use jiff::civil::Date;

use super::{
    address::{Address, is_slug, slug},
    cases,
    config::{BaseUrl, Config, FinderPart},
    copies::looks_like_copy,
    document::{Documents, GlossaryEntry, Status, VocabularyFile},
    evidence_map::MapAxes,
    ids::{CaseId, IdMap, PageId, TermId, VocabularyId},
    keys,
    library::{Case, Library, Page, Redirect},
    places_file::{ListedPlaces, PlaceEntry},
    vocabularies::Vocabularies,
    vocabulary::vocabulary,
};
use crate::problem::{Checked, FilePath, NameIndex, Problem, Spot, Written, message};

/// The options of one build, beside its content.
#[derive(Clone, Debug)]
pub struct Edition {
    /// The day of the build.
    pub day: Date,
    /// Whether drafts and cases with a date in the future are shown.
    pub with_drafts: bool,
    /// The base address, if not that of the settings.
    pub base: Option<BaseUrl>,
}

/// The first parts of the addresses of Casebook's own pages, whether this library has such a page yet or not. No
/// vocabulary, no own key and, but for the form's, no page and no old address may have one as its name. A test in
/// `tests/suite/invariants.rs` compares them with the routes of a site.
pub const RESERVED: [&str; 14] = [
    "cases",
    "search",
    "map",
    "glossary",
    "data",
    "compare",
    "drafts",
    "assets",
    "places",
    "a-z",
    "lifelines",
    "changes",
    "briefing",
    FORM,
];

/// The address of the form, in whose place a library may have a page of its own.
const FORM: &str = "contribute";

/// The parameters in the address of the search page, beside those that have the name of a vocabulary. A test in
/// `tests/suite/invariants.rs` compares them with the page and its script.
pub const SEARCH_PARAMETERS: [&str; 5] = ["q", "sort", "page", "from", "to"];

/// The vocabularies that every library has.
pub const REQUIRED_VOCABULARIES: [&str; 3] = ["sector", "tier", "barrier"];

/// Makes the library from its documents.
pub fn assemble(documents: &Documents, edition: &Edition) -> Checked<Library> {
    let seconds = documents.second_files.iter();
    let mut problems: Vec<Problem> =
        seconds.map(|second| message::config::second_file(second.what, &second.path, &second.first)).collect();
    let config = match &edition.base {
        Some(base) => Arc::new(Config { base: base.clone(), ..(*documents.config).clone() }),
        None => documents.config.clone(),
    };
    let vocabularies = vocabularies(documents, &config, &mut problems);
    let map = axes(&config, &vocabularies, &mut problems);
    let marks = marks(&config, &vocabularies, &mut problems);
    check_finder(&config, &vocabularies, &mut problems);
    let (cases, withdrawn) = cases::cases(documents, &vocabularies, edition, &mut problems);
    let pages = pages(documents, edition, &mut problems);
    let redirects = || redirects(&cases, &withdrawn, &pages, &vocabularies);
    let (redirects, cases_by_term) = rayon::join(redirects, || cases_by_term(&cases, &vocabularies));
    let places = places(documents, &mut problems);
    let library = Library {
        with_drafts: edition.with_drafts,
        redirects: redirects.into_value(&mut problems),
        cases_by_term,
        glossary: glossary(documents, &mut problems),
        listed_places: ListedPlaces::of(&places),
        places,
        synonyms: documents.synonyms.clone(),
        home: documents.home.clone(),
        config,
        vocabularies,
        map,
        marks,
        shown_early: cases::shown_early(&cases, edition),
        cases,
        future_count: cases::future_count(documents.cases.values(), edition),
        draft_count: cases::draft_count(documents.cases.values(), edition),
        withdrawn,
        pages,
    };
    Checked::new(library, problems)
}

/// The vocabularies, the facets among them first.
fn vocabularies(documents: &Documents, config: &Config, problems: &mut Vec<Problem>) -> Vocabularies {
    let mut files: BTreeMap<&str, &Arc<VocabularyFile>> = BTreeMap::new();
    for file in &documents.vocabularies {
        let spot = Spot::whole(&file.path);
        if let Some(first) = files.get(file.id.as_str()) {
            problems.push(message::config::two_vocabularies(&spot, &file.id, &Spot::whole(&first.path)));
        } else if is_reserved_vocabulary(&file.id) {
            problems.push(match looks_like_copy(&file.path) {
                true => message::config::copy_of_vocabulary(&spot, file.path.name()),
                false => message::config::reserved_vocabulary(&spot, &file.id, &slug(&file.id)),
            });
        } else {
            files.insert(&file.id, file);
        }
    }
    for id in REQUIRED_VOCABULARIES.iter().filter(|id| !files.contains_key(*id)) {
        problems.push(message::file::missing(&format!("content/vocabularies/{id}.yaml"), &config.spot));
    }
    let mut ordered = Vec::new();
    for facet in &config.facets {
        match files.remove(facet.value.as_str()) {
            Some(file) => ordered.push(file),
            // A missing vocabulary that every library needs has been reported as a missing file.
            None if REQUIRED_VOCABULARIES.contains(&facet.value.as_str()) => {}
            None => problems.push(message::config::unknown_vocabulary(facet, files.keys().copied())),
        }
    }
    let facets = ordered.len();
    for field in &config.fields {
        let same = documents.vocabularies.iter().find(|vocabulary| vocabulary.id == field.id.value);
        problems.extend(same.map(|file| message::config::field_is_vocabulary(&field.id, &Spot::whole(&file.path))));
    }
    let made = ordered.into_iter().chain(files.into_values());
    Vocabularies::new(made.map(|file| vocabulary(file, &documents.ids).into_value(problems)).collect(), facets)
}

fn is_reserved_vocabulary(id: &str) -> bool {
    is_reserved(id) || !is_slug(id) || !id.is_ascii()
}

/// Is this name reserved, so that no vocabulary and no key of the library's own may have it?
pub fn is_reserved(name: &str) -> bool {
    RESERVED.contains(&name) || SEARCH_PARAMETERS.contains(&name) || keys::named(keys::CASE, name).is_some()
}

/// The axes of the evidence map, if both are facets.
fn axes(config: &Config, vocabularies: &Vocabularies, problems: &mut Vec<Problem>) -> Option<MapAxes> {
    let mut find = |axis: &Written<String>| {
        match vocabularies.named(&axis.value) {
            Some(found) if vocabularies.is_facet(found.id) => return Some(found.id),
            // A library need not have the default axes.
            _ if axis.spot == config.spot => {}
            Some(_) => problems.push(message::config::axis_no_facet(axis)),
            None => {
                let ids = vocabularies.iter().map(|vocabulary| vocabulary.file.id.as_str());
                problems.push(message::config::unknown_vocabulary(axis, ids));
            }
        }
        None
    };
    let (rows, columns) = (find(&config.map.rows), find(&config.map.columns));
    Some(MapAxes { rows: rows?, columns: columns? })
}

/// The vocabularies of marks that the library has.
fn marks(config: &Config, vocabularies: &Vocabularies, problems: &mut Vec<Problem>) -> Vec<VocabularyId> {
    let mut find = |mark: &Written<String>| {
        let found = vocabularies.named(&mark.value).map(|vocabulary| vocabulary.id);
        // A library need not have the default marks.
        if found.is_none() && mark.spot != config.spot {
            problems.push(unknown_vocabulary(mark, vocabularies));
        }
        found
    };
    config.marks.iter().filter_map(&mut find).collect()
}

/// Checks that the vocabularies of the home page's question exist.
fn check_finder(config: &Config, vocabularies: &Vocabularies, problems: &mut Vec<Problem>) {
    let parts = config.finder.iter().flat_map(|finder| &finder.parts);
    let choices = parts.filter_map(|part| match part {
        FinderPart::Choice(choice) => Some(choice),
        FinderPart::Words(_) => None,
    });
    let is_unknown = |choice: &&Written<String>| vocabularies.named(&choice.value).is_none();
    problems.extend(choices.filter(is_unknown).map(|choice| unknown_vocabulary(choice, vocabularies)));
}

fn unknown_vocabulary(written: &Written<String>, vocabularies: &Vocabularies) -> Problem {
    message::config::unknown_vocabulary(written, vocabularies.iter().map(|vocabulary| vocabulary.file.id.as_str()))
}

/// The published pages, by address. Each address has one page; a published page has it before a draft.
fn pages(documents: &Documents, edition: &Edition, problems: &mut Vec<Problem>) -> IdMap<PageId, Page> {
    let mut taken: HashMap<String, Spot> = HashMap::new();
    let mut pages = Vec::new();
    let (drafts, others): (Vec<_>, Vec<_>) =
        documents.pages.entries().partition(|(_, file)| file.status == Status::Draft);
    for (id, file) in others.into_iter().chain(drafts) {
        let address = &file.address;
        // A page without an address of its own has been reported.
        if address.value.as_str() == "/" {
            continue;
        }
        if is_kept(&address.value) {
            problems.push(message::address::own_page(&address.spot, address.value.as_str()));
        } else if let Some(first) = taken.get(&address.value.folded()) {
            problems.push(message::address::taken(&address.spot, address.value.as_str(), first));
        } else {
            taken.insert(address.value.folded(), address.spot.clone());
            if file.status == Status::Published || edition.with_drafts {
                pages.push(Page { id, file: file.clone(), address: address.value.clone() });
            }
        }
    }
    pages.sort_by(|a, b| a.address.cmp(&b.address));
    pages.into_iter().map(|page| (page.id, page)).collect()
}

/// Is this the address of one of Casebook's own pages, at which a library may have none? It may lack that page today
/// and have it after its next edit.
fn is_kept(address: &Address) -> bool {
    let address = address.folded();
    let name = address.trim_matches('/');
    name != FORM && RESERVED.contains(&name)
}

/// For each term, the cases that carry it or a narrower one, newest first.
pub fn cases_by_term(cases: &IdMap<CaseId, Arc<Case>>, vocabularies: &Vocabularies) -> IdMap<TermId, Vec<CaseId>> {
    let mut by_term: Vec<(TermId, Vec<CaseId>)> = vocabularies.terms().map(|term| (term.id, Vec::new())).collect();
    for case in cases {
        for &term in &case.terms_with_broader {
            by_term[vocabularies.rank(term)].1.push(case.id);
        }
    }
    by_term.into_iter().collect()
}

/// The redirects from old addresses of what is published, and of retired terms. If an address is claimed twice, the
/// later claim is reported.
fn redirects(
    cases: &IdMap<CaseId, Arc<Case>>,
    withdrawn: &IdMap<CaseId, Case>,
    pages: &IdMap<PageId, Page>,
    vocabularies: &Vocabularies,
) -> Checked<BTreeMap<Address, Redirect>> {
    let mut problems = Vec::new();
    let of_cases = cases.iter().map(|case| &**case).chain(withdrawn);
    let of_cases = of_cases.map(|case| (&case.file.path, &case.file.aliases, &case.address));
    let of_pages = pages.iter().map(|page| (&page.file.path, &page.file.aliases, &page.address));
    let mut claims: Vec<_> = of_cases.chain(of_pages).filter(|(_, aliases, _)| !aliases.is_empty()).collect();
    claims.sort_by_key(|&(path, ..)| path);
    let mut redirects: BTreeMap<Address, Redirect> = BTreeMap::new();
    for vocabulary in vocabularies {
        for (id, &term) in &vocabulary.retired {
            let to = Address::page([&*vocabulary.file.id, vocabulary.terms[term].slug()]);
            let spot = Spot::whole(&vocabulary.file.path);
            redirects.insert(Address::page([&*vocabulary.file.id, id]), Redirect { to, spot });
        }
    }
    let mut taken: HashMap<String, Spot> =
        redirects.iter().map(|(from, redirect)| (from.folded(), redirect.spot.clone())).collect();
    for (_, aliases, address) in claims {
        for alias in aliases {
            if is_kept(&alias.value) {
                problems.push(message::address::alias_kept(&alias.spot, alias.value.as_str()));
                continue;
            }
            match taken.get(&alias.value.folded()) {
                Some(first) => problems.push(match redirects.contains_key(&alias.value) {
                    true => message::address::alias_taken(&alias.spot, alias.value.as_str(), first),
                    false => message::address::alias_taken_in_other_form(&alias.spot, alias.value.as_str(), first),
                }),
                None => {
                    taken.insert(alias.value.folded(), alias.spot.clone());
                    let redirect = Redirect { to: address.clone(), spot: alias.spot.clone() };
                    redirects.insert(alias.value.clone(), redirect);
                }
            }
        }
    }
    Checked::new(redirects, problems)
}

/// Is this file the glossary, by its path?
pub fn is_glossary(path: &FilePath) -> bool {
    path.folder() == "content" && path.stem() == "glossary" && matches!(path.extension().as_str(), "yaml" | "yml")
}

/// The entries in alphabetical order, without repetitions and without references to missing entries.
fn glossary(documents: &Documents, problems: &mut Vec<Problem>) -> Arc<Vec<GlossaryEntry>> {
    let entries = &documents.glossary;
    let mut first: HashMap<String, &GlossaryEntry> = HashMap::new();
    let mut distinct: Vec<GlossaryEntry> = Vec::new();
    for entry in entries.iter() {
        match first.get(&entry.term.value.to_lowercase()) {
            Some(earlier) => problems.push(message::config::duplicate_entry(&entry.term, &earlier.term.spot)),
            None => {
                first.insert(entry.term.value.to_lowercase(), entry);
                distinct.push(entry.clone());
            }
        }
    }
    let terms = LazyCell::new(|| name_index(entries.iter().map(|entry| entry.term.value.as_str())));
    for entry in &mut distinct {
        entry.see.retain(|see| {
            let known = first.contains_key(&see.value.to_lowercase());
            if !known {
                problems.push(message::config::unknown_entry(see, terms.nearest(&see.value)));
            }
            known
        });
    }
    distinct.sort_by_cached_key(|entry| entry.term.value.to_lowercase());
    Arc::new(distinct)
}

/// An index of names that finds each by a similar one.
fn name_index<'a>(names: impl Iterator<Item = &'a str>) -> NameIndex<&'a str> {
    NameIndex::new(names.map(|name| (name, name)))
}

/// The places of the list. A repeated place, one within a missing place, and places within each other are reported.
fn places(documents: &Documents, problems: &mut Vec<Problem>) -> Arc<Vec<PlaceEntry>> {
    let entries = &documents.places;
    let mut first: HashMap<String, &Written<String>> = HashMap::new();
    for name in entries.iter().flat_map(|place| [&place.name].into_iter().chain(&place.also)) {
        match first.get(&name.value.to_lowercase()) {
            Some(earlier) => problems.push(message::config::duplicate_place(name, &earlier.spot)),
            None => drop(first.insert(name.value.to_lowercase(), name)),
        }
    }
    let names: HashSet<String> = entries.iter().map(|place| place.name.value.to_lowercase()).collect();
    let similar = LazyCell::new(|| name_index(entries.iter().map(|place| place.name.value.as_str())));
    for within in entries.iter().filter_map(|place| place.within.as_ref()) {
        if !names.contains(&within.value.to_lowercase()) {
            problems.push(message::config::unknown_place(within, similar.nearest(&within.value)));
        }
    }
    let closing = closing_circles(entries);
    if closing.is_empty() {
        return entries.clone();
    }
    let mut cut: Vec<PlaceEntry> = entries.to_vec();
    for n in closing {
        let within = cut[n].within.take().expect("only a place within another closes a circle");
        problems.push(message::vocabulary::loop_in("within", &within));
    }
    Arc::new(cut)
}

/// The positions of places whose `within` leads back to where a chain of places began: one for each circle.
fn closing_circles(places: &[PlaceEntry]) -> Vec<usize> {
    let by_name: HashMap<String, usize> =
        places.iter().enumerate().map(|(n, place)| (place.name.value.to_lowercase(), n)).collect();
    let larger = |n: usize| by_name.get(&places[n].within.as_ref()?.value.to_lowercase()).copied();
    // The place from which each place was reached first.
    let mut reached_from: Vec<Option<usize>> = vec![None; places.len()];
    let mut closing = Vec::new();
    for start in 0..places.len() {
        let (mut at, mut last) = (Some(start), start);
        while let Some(n) = at.filter(|&n| reached_from[n].is_none()) {
            reached_from[n] = Some(start);
            (at, last) = (larger(n), n);
        }
        if at.is_some_and(|n| reached_from[n] == Some(start)) {
            closing.push(last);
        }
    }
    closing
}
