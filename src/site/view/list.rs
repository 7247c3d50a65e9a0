//! Lists of cases, page by page: all cases, those of a term, those of two terms.

use serde::Serialize;

use crate::{
    model::{Address, CaseId, TermId},
    problem::Problem,
    site::{
        Site,
        abbreviations::Spelling,
        exports::term_feed_title,
        plan::{page_count, pair_address, term_address, term_feed_address},
        route::Route,
        theme::{Html, filled, in_sentence},
        view::{Counted, FeedLink, Link, PageHead, Shared, TaxonomyLink, TermLink},
    },
};

/// A page of a list of cases.
#[derive(Debug, Serialize)]
pub struct ListView {
    /// How many cases the whole list has: `32 cases`. Absent where there is none.
    pub count: Option<String>,
    /// Which of them stand here: `21 to 32 of 32`. Absent where all do.
    pub part: Option<String>,
    /// The cases, as `entry.html` shows each.
    pub entries: Vec<Html>,
    /// The way to the other pages, where there are any.
    pub pager: Option<Pager>,
}

/// The way to the other pages of a list.
#[derive(Debug, Serialize)]
pub struct Pager {
    /// The page before.
    pub previous: Option<String>,
    /// The page after.
    pub next: Option<String>,
    /// The first page, the last, and those around this one.
    pub pages: Vec<PagerPage>,
}

/// A page in a pager.
#[derive(Debug, Serialize)]
pub struct PagerPage {
    /// Its number in words.
    pub text: String,
    /// Its name for screen readers: `Page 2`.
    pub label: String,
    /// Where it leads.
    pub href: String,
    /// It is this one.
    pub is_current: bool,
    /// Pages are left out before it.
    pub after_gap: bool,
}

/// All cases: `cases.html`.
#[derive(Debug, Serialize)]
pub struct CasesView {
    /// The page.
    pub page: PageHead,
    /// The cases, newest first.
    pub list: ListView,
}

/// A term: `term.html`.
#[derive(Debug, Serialize)]
pub struct TermView {
    /// The page.
    pub page: PageHead,
    /// Its taxonomy.
    pub taxonomy: Shared<TaxonomyLink>,
    /// What it means. This and the fields up to `combinations` are there on the first page only.
    pub definition: Option<Html>,
    /// Other names.
    pub also: Option<String>,
    /// The term above it.
    pub broader: Option<Shared<TermLink>>,
    /// The terms below it, with how many cases each has.
    pub narrower: Vec<Counted>,
    /// For each other facet, the terms that share a case with this one, with how many they share.
    pub combinations: Vec<Combined>,
    /// The cases, newest first.
    pub list: ListView,
}

/// The combinations of a term with those of another taxonomy.
#[derive(Debug, Serialize)]
pub struct Combined {
    /// `With tier`
    pub label: String,
    /// Each combination with its count.
    pub terms: Vec<Counted>,
}

/// Cases that carry two terms: `pair.html`.
#[derive(Debug, Serialize)]
pub struct PairView {
    /// The page.
    pub page: PageHead,
    /// The two terms, in the order of the facets.
    pub terms: [Shared<TermLink>; 2],
    /// The cases, newest first.
    pub list: ListView,
}

/// A page of all cases.
pub fn cases(site: &Site, address: &Address, number: usize) -> Result<CasesView, Box<Problem>> {
    let start = Address::page(["cases"]);
    Ok(CasesView {
        page: PageHead::new(site, address, &Route::Cases(number), site.words().all_cases.clone())?,
        list: list(site, address, &start, site.library.cases.ids(), number, &mut site.abbreviations().page())?,
    })
}

/// A page of a term.
pub fn term(site: &Site, address: &Address, term: TermId, number: usize) -> Result<TermView, Box<Problem>> {
    let vocabulary = site.library.vocabularies.of(term);
    let of = &vocabulary.terms[term];
    let is_first = number == 1;
    let above = Link { text: vocabulary.plural.clone(), href: site.href(&Address::page([vocabulary.id.as_str()])) };
    let page = PageHead::new(site, address, &Route::Term(term, number), of.label.clone())?;
    let mut spelling = site.abbreviations().page();
    Ok(TermView {
        page: PageHead { feeds: feeds(site, term), ..page.described(of.definition.as_deref()).under(vec![above]) },
        taxonomy: site.taxonomy(vocabulary.key).clone(),
        definition: of.definition.as_deref().filter(|_| is_first).map(|text| spelling.text(text)),
        also: (is_first && !of.also.is_empty()).then(|| of.also.join(&site.words().comma)),
        broader: of.broader.filter(|_| is_first).map(|broader| site.term(broader).clone()),
        narrower: of.narrower.iter().filter(|_| is_first).map(|&narrower| counted(site, narrower)).collect(),
        combinations: if is_first { combinations(site, term) } else { Vec::new() },
        list: list(
            site,
            address,
            &term_address(&site.library, term),
            &site.library.carried[term],
            number,
            &mut spelling,
        )?,
    })
}

/// The feed of a term, where the site has it.
fn feeds(site: &Site, term: TermId) -> Vec<FeedLink> {
    let address = term_feed_address(&site.library, term);
    let is_there = site.plan.routes.contains_key(&address);
    let link =
        || FeedLink { title: term_feed_title(site, term), kind: "application/atom+xml", href: site.href(&address) };
    is_there.then(link).into_iter().collect()
}

/// A page of the cases that carry two terms.
pub fn pair(
    site: &Site,
    address: &Address,
    [first, second]: [TermId; 2],
    number: usize,
) -> Result<PairView, Box<Problem>> {
    let label = |term: TermId| &site.library.vocabularies[term].label;
    let title = filled(&site.words().pair, &[("first", label(first)), ("second", label(second))]);
    let start = pair_address(&site.library, first, second);
    Ok(PairView {
        page: PageHead::new(site, address, &Route::Pair(first, second, number), title)?,
        terms: [first, second].map(|term| site.term(term).clone()),
        list: list(
            site,
            address,
            &start,
            site.plan.combinations.cases(first, second),
            number,
            &mut site.abbreviations().page(),
        )?,
    })
}

/// A term with how many cases it has.
pub fn counted(site: &Site, term: TermId) -> Counted {
    let label = &site.library.vocabularies[term].label;
    let href = site.href(&term_address(&site.library, term));
    Counted::new(site.words(), label, href, site.library.carried[term].len())
}

/// For each other facet, the terms that share a case with this one.
pub fn combinations(site: &Site, term: TermId) -> Vec<Combined> {
    by_facet(site, term, site.plan.combinations.with(term))
}

/// The same for each later facet alone: of all terms together, every combination once.
pub fn later_combinations(site: &Site, term: TermId) -> Vec<Combined> {
    let (vocabularies, with) = (&site.library.vocabularies, site.plan.combinations.with(term));
    let own = vocabularies[term].vocabulary;
    let later = with.partition_point(|&(other, _)| {
        vocabularies.position(vocabularies[other].vocabulary) <= vocabularies.position(own)
    });
    by_facet(site, term, &with[later..])
}

fn by_facet(site: &Site, term: TermId, with: &[(TermId, usize)]) -> Vec<Combined> {
    let facets = of_one_facet(site, with);
    facets.filter_map(|of_one| combined(site, term, of_one)).collect()
}

/// What is combined with a term, facet by facet.
pub fn of_one_facet<'a>(site: &Site, with: &'a [(TermId, usize)]) -> impl Iterator<Item = &'a [(TermId, usize)]> {
    let of = |term: TermId| site.library.vocabularies[term].vocabulary;
    with.chunk_by(move |&(a, _), &(b, _)| of(a) == of(b))
}

/// The combinations of a term with terms of one other facet, each with the number of cases that they share.
pub fn combined(site: &Site, term: TermId, with: &[(TermId, usize)]) -> Option<Combined> {
    let taxonomy = site.library.vocabularies.of(with.first()?.0);
    let terms = with.iter().map(|&(other, count)| {
        let text = &taxonomy.terms[other].label;
        Counted::new(site.words(), text, site.pair_href(term, other), count)
    });
    let label = filled(&site.words().combined_with, &[("taxonomy", &in_sentence(&taxonomy.label))]);
    Some(Combined { label, terms: terms.collect() })
}

/// A page of a list that starts at `start`; `cases` is the whole list.
fn list(
    site: &Site,
    address: &Address,
    start: &Address,
    cases: &[CaseId],
    number: usize,
    spelling: &mut Spelling<'_>,
) -> Result<ListView, Box<Problem>> {
    let per_page = site.library.config.per_page;
    let from = (number - 1) * per_page;
    let to = (from + per_page).min(cases.len());
    let words = site.words();
    let pages = page_count(cases.len(), per_page);
    let part = || {
        let [from, to, count] = [from + 1, to, cases.len()].map(|number| words.number(number));
        filled(&words.part_of_list, &[("from", &from), ("to", &to), ("count", &count)])
    };
    Ok(ListView {
        count: (!cases.is_empty()).then(|| words.count(&words.cases, cases.len())),
        part: (pages > 1).then(part),
        entries: site.entries(cases.get(from..to).unwrap_or_default(), address, spelling)?,
        pager: (pages > 1).then(|| pager(site, start, number, pages)),
    })
}

fn pager(site: &Site, start: &Address, number: usize, pages: usize) -> Pager {
    let words = site.words();
    let href = |page: usize| site.href(&start.numbered(page));
    let around = number.saturating_sub(2).max(1)..=(number + 2).min(pages);
    let mut shown: Vec<usize> = std::iter::once(1).chain(around).chain([pages]).collect();
    shown.dedup();
    let page = |n: usize| {
        let text = words.number(shown[n]);
        PagerPage {
            label: filled(&words.page_number, &[("page", &text)]),
            text,
            href: href(shown[n]),
            is_current: shown[n] == number,
            after_gap: n > 0 && shown[n] > shown[n - 1] + 1,
        }
    };
    Pager {
        previous: (number > 1).then(|| href(number - 1)),
        next: (number < pages).then(|| href(number + 1)),
        pages: (0..shown.len()).map(page).collect(),
    }
}
