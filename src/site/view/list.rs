//! Lists of cases, page by page: all cases, those of a term, those of two terms.

use serde::Serialize;

use std::{collections::BTreeSet, iter};

use crate::{
    model::{Address, PageNumber, TermId},
    site::{
        abbreviations::{SharedHtml, Spelling, lede},
        exports::term_feed_title,
        plan::term_feed_address,
        theme::{Html, filled, in_sentence, plain_words},
        view::{
            Common, Counted, FeedLink, Link, PageHead, Shared, TermLink, Terms, VocabularyLink,
            description::{of_cases, of_list},
            lifelines::{self, LivesView},
            marks::capitalised,
            overview::Overview,
            theme_page::themes_of_cases,
            vocabulary::other_names,
        },
    },
};

/// A page of a list of cases.
#[derive(Debug, Serialize)]
pub struct ListView {
    /// The number of cases in the whole list: `32 cases`. Absent if there are none.
    pub count: Option<String>,
    /// The range on this page: `21 to 32 of 32`. Absent if the list has one page.
    pub part: Option<String>,
    /// The cases, as `entry.html` shows each.
    pub entries: Vec<Html>,
    /// Links to the same cases in other orders, on the list of all cases only.
    pub ways: Vec<Link>,
    /// Links to the other pages, if there are any.
    pub pager: Option<Pager>,
    /// A link to the whole list in the search, if the list has no further pages of its own: `All 431 cases, in the
    /// search`.
    pub in_search: Option<Link>,
}

/// Links to the other pages of a list.
#[derive(Debug, Serialize)]
pub struct Pager {
    /// The previous page.
    pub previous: Option<String>,
    /// The next page.
    pub next: Option<String>,
    /// The first page, the last page, and those around this one.
    pub pages: Vec<PagerPage>,
}

/// A page in a pager.
#[derive(Debug, Serialize)]
pub struct PagerPage {
    /// Its number, as text.
    pub text: String,
    /// Its name for screen readers: `Page 2`.
    pub label: String,
    /// Its link.
    pub href: String,
    /// Whether it is this page.
    pub is_current: bool,
    /// Whether pages are left out before it.
    pub after_gap: bool,
}

/// All cases: `cases.html`.
#[derive(Debug, Serialize)]
pub struct CasesView {
    /// Title, description and trail.
    pub page: PageHead,
    /// The cases, newest first.
    pub list: ListView,
}

/// A term: `term.html`.
#[derive(Debug, Serialize)]
pub struct TermView {
    /// Title, description and trail.
    pub page: PageHead,
    /// Its vocabulary.
    pub vocabulary: Shared<VocabularyLink>,
    /// The definition of the term. This and the fields up to `combinations` are on the first page only.
    pub definition: Option<Html>,
    /// Other names of the term.
    pub also: Option<String>,
    /// The broader term.
    pub broader: Option<Shared<TermLink>>,
    /// The narrower terms, each with the number of its cases.
    pub narrower: Vec<Counted>,
    /// For each other facet, the terms that share a case with this one, with the number of shared cases.
    pub combinations: Vec<Combined>,
    /// The lifelines of its cases.
    pub lives: Option<LivesView>,
    /// The theme pages that link to its cases, with the number of those.
    pub themes: Vec<Counted>,
    /// The cases, newest first.
    pub list: ListView,
}

/// The combinations of a term with the terms of another vocabulary.
#[derive(Debug, Serialize)]
pub struct Combined {
    /// The heading: `With tier`.
    pub label: String,
    /// Each combination, with the number of its cases.
    pub terms: Vec<Counted>,
}

/// Cases that carry two terms: `pair.html`.
#[derive(Debug, Serialize)]
pub struct PairView {
    /// Title, description and trail.
    pub page: PageHead,
    /// The two terms, in the order of the facets.
    pub terms: [Shared<TermLink>; 2],
    /// The cases, newest first.
    pub list: ListView,
}

/// One page of a list of cases.
#[derive(Debug)]
pub struct ListPage<'a> {
    /// The number of this page.
    pub number: PageNumber,
    /// The number of cases in the whole list.
    pub all: usize,
    /// The entries of this page.
    pub entries: Vec<&'a SharedHtml>,
}

impl ListPage<'_> {
    /// The number of the last page of the list.
    fn last(&self, common: Common<'_>) -> PageNumber {
        PageNumber::last(self.all, common.config.per_page)
    }
}

/// Makes the view of a page of all cases.
pub fn cases(overview: Overview<'_>, address: &Address, shown: &ListPage<'_>) -> CasesView {
    let (common, start) = (overview.common, Address::page(["cases"]));
    let words = common.words;
    let way = |text: &str, part: &str| {
        let href = overview.published(&Address::page([part]))?;
        Some(Link { text: text.to_owned(), href })
    };
    let by_place = way(&words.by_place, "places").filter(|_| !overview.gazetteer.regions.is_empty());
    let ways = [way(&words.by_first_year, "lifelines"), by_place, way(&words.a_to_z, "a-z")];
    let mut ways: Vec<Link> = ways.into_iter().flatten().collect();
    if let Some(first) = ways.first_mut() {
        first.text = capitalised(&first.text);
    }
    let list = list(common, &start, shown, &mut common.abbreviations.page());
    let description = of_list(common, &words.cases_described, &words.all_cases, shown.all, shown.number);
    let page = PageHead::new(common, address, words.all_cases.clone()).described(description);
    let page = page.numbered(common, shown.number, shown.last(common));
    CasesView { page, list: ListView { ways, ..list } }
}

/// Makes the view of a page of a term.
pub fn term(overview: Overview<'_>, address: &Address, term: TermId, shown: &ListPage<'_>) -> TermView {
    let (common, terms) = (overview.common, overview.terms);
    let vocabulary = terms.vocabularies.of(term);
    let shown_term = &vocabulary.terms[term];
    let is_first = shown.number == PageNumber::FIRST;
    let above = Link { text: vocabulary.file.plural.clone(), href: common.href(&vocabulary.address()) };
    let page =
        PageHead::new(common, address, shown_term.label.clone()).numbered(common, shown.number, shown.last(common));
    let cases = match shown.all {
        0 => common.words.gap.clone(),
        all => of_cases(common, &shown_term.label, all, shown.number),
    };
    let description =
        shown_term.file.definition.as_ref().map_or_else(|| cases.clone(), |text| format!("{text} {cases}"));
    let mut spelling = common.abbreviations.page();
    TermView {
        page: PageHead {
            feeds: feed(common, terms, term).into_iter().collect(),
            ..page.described(description).under(vec![above])
        },
        vocabulary: terms.vocabulary(vocabulary.id),
        definition: shown_term.file.definition.as_deref().filter(|_| is_first).map(lede),
        also: other_names(overview, shown_term).filter(|_| is_first),
        broader: shown_term.broader.filter(|_| is_first).map(|broader| terms.term(broader)),
        narrower: shown_term
            .narrower
            .iter()
            .filter(|_| is_first)
            .map(|&narrower| counted(common, terms, narrower))
            .collect(),
        combinations: if is_first { combinations(common, terms, term) } else { Vec::new() },
        lives: if is_first { lifelines::of_term(overview, term) } else { None },
        themes: if is_first { themes_of_cases(overview, &terms.cases_by_term[term]) } else { Vec::new() },
        list: list(common, &terms.vocabularies.term_address(term), shown, &mut spelling),
    }
}

/// The feed of a term, where the host is known.
fn feed(common: Common<'_>, terms: Terms<'_>, term: TermId) -> Option<FeedLink> {
    common.config.base.origin.as_ref()?;
    Some(FeedLink {
        title: term_feed_title(common.words, common.config, terms.label(term)),
        kind: "application/atom+xml",
        href: common.href(&term_feed_address(terms.vocabularies, term)),
    })
}

/// Makes the view of a page of the cases that carry two terms.
pub fn pair(overview: Overview<'_>, address: &Address, [first, second]: [TermId; 2], shown: &ListPage<'_>) -> PairView {
    let (common, terms) = (overview.common, overview.terms);
    let (start, vocabulary) = (terms.vocabularies.pair_address(first, second), terms.vocabularies.of(first));
    let title = pair_title(common, terms, [first, second]);
    let description = of_cases(common, &title, shown.all, shown.number);
    let whole = list(common, &start, shown, &mut common.abbreviations.page());
    let list = match overview.routes.contains_key(&start.numbered(PageNumber::FIRST.next())) {
        true => whole,
        false => continued_in_search(common, terms, [first, second], whole),
    };
    PairView {
        page: PageHead::new(common, address, title).described(description).under(vec![
            Link { text: vocabulary.file.plural.clone(), href: common.href(&vocabulary.address()) },
            Link { text: terms.label(first).to_owned(), href: terms.href(first) },
        ]),
        terms: [first, second].map(|term| terms.term(term)),
        list,
    }
}

/// Replaces the links to further pages of such a list, which are not made, by a link to the search.
fn continued_in_search(common: Common<'_>, terms: Terms<'_>, pair: [TermId; 2], first: ListView) -> ListView {
    if first.pager.is_none() {
        return first;
    }
    let filters = pair.map(|term| {
        let vocabulary = terms.vocabularies.of(term);
        format!("{}={}", vocabulary.file.id, vocabulary.terms[term].slug())
    });
    let count = first.count.clone().unwrap_or_default();
    let all = Link {
        text: filled(&common.words.all_in_search, &[("count", &count)]),
        href: format!("{}?{}", common.href(&Address::page(["search"])), filters.join("&")),
    };
    ListView { pager: None, in_search: Some(all), ..first }
}

/// The title of a page of two terms: the phrases of both vocabularies, or else the labels of the terms.
fn pair_title(common: Common<'_>, terms: Terms<'_>, pair: [TermId; 2]) -> String {
    let words = common.words;
    let phrase = |id: TermId| {
        let term = &terms.vocabularies[id];
        let of_vocabulary = terms.vocabularies[term.vocabulary].file.phrase.as_deref();
        let filled = || Some(filled(of_vocabulary?, &[("term", &plain_words(term))]));
        term.file.phrase.clone().or_else(filled)
    };
    match pair.map(phrase) {
        [Some(first), Some(second)] => filled(&words.pair_phrases, &[("first", &first), ("second", &second)]),
        _ => filled(&words.pair, &[("first", terms.label(pair[0])), ("second", terms.label(pair[1]))]),
    }
}

/// A term with the number of its cases.
pub fn counted(common: Common<'_>, terms: Terms<'_>, term: TermId) -> Counted {
    Counted::new(common.words, terms.label(term), terms.href(term), terms.count(term))
}

/// For each other facet, the terms that share a case with this one.
pub fn combinations(common: Common<'_>, terms: Terms<'_>, term: TermId) -> Vec<Combined> {
    by_facet(common, terms, term, terms.combinations.with(term))
}

/// The same, but only with the later of the first `facets` facets, so that each combination occurs once over all terms.
pub fn later_combinations(common: Common<'_>, terms: Terms<'_>, term: TermId, facets: usize) -> Vec<Combined> {
    let (vocabularies, with) = (terms.vocabularies, terms.combinations.with(term));
    let own = vocabularies[term].vocabulary;
    let later = with.partition_point(|&(other, _)| {
        vocabularies.position(vocabularies[other].vocabulary) <= vocabularies.position(own)
    });
    let end = with.partition_point(|&(other, _)| vocabularies.position(vocabularies[other].vocabulary) < facets);
    by_facet(common, terms, term, &with[later.min(end)..end])
}

fn by_facet(common: Common<'_>, terms: Terms<'_>, term: TermId, with: &[(TermId, usize)]) -> Vec<Combined> {
    let facets = of_one_facet(terms, with);
    facets.filter_map(|of_one| combined(common, terms, term, of_one)).collect()
}

/// The combinations of a term, grouped by facet.
pub fn of_one_facet<'a>(terms: Terms<'a>, with: &'a [(TermId, usize)]) -> impl Iterator<Item = &'a [(TermId, usize)]> {
    let vocabulary_of = |term: TermId| terms.vocabularies[term].vocabulary;
    with.chunk_by(move |&(a, _), &(b, _)| vocabulary_of(a) == vocabulary_of(b))
}

/// The combinations of a term with terms of one other facet, each with the number of shared cases.
pub fn combined(common: Common<'_>, terms: Terms<'_>, term: TermId, with: &[(TermId, usize)]) -> Option<Combined> {
    let vocabulary = terms.vocabularies.of(with.first()?.0);
    let counted = with.iter().map(|&(other, count)| {
        let text = &vocabulary.terms[other].label;
        Counted::new(common.words, text, terms.pair_href(term, other), count)
    });
    let label = filled(&common.words.combined_with, &[("vocabulary", &in_sentence(&vocabulary.file.label))]);
    Some(Combined { label, terms: counted.collect() })
}

/// Makes the view of one page of a list. `start` is the address of its first page.
pub fn list(common: Common<'_>, start: &Address, shown: &ListPage<'_>, spelling: &mut Spelling<'_>) -> ListView {
    let ListPage { number, all, .. } = *shown;
    let (words, per_page) = (common.words, common.config.per_page);
    let last = shown.last(common);
    let part = || {
        let items = number.items(all, per_page);
        let [from, to, count] = [items.start + 1, items.end, all].map(|number| words.number(number));
        filled(&words.part_of_list, &[("from", &from), ("to", &to), ("count", &count)])
    };
    ListView {
        count: (all > 0).then(|| words.count(&words.cases, all)),
        part: (last > PageNumber::FIRST).then(part),
        entries: shown.entries.iter().map(|piece| spelling.shared_html(piece)).collect(),
        ways: Vec::new(),
        pager: pager(common, start, number, last),
        in_search: None,
    }
}

/// Links to the other pages of a list, if it has several: to the first, the last, and those around this one.
pub fn pager(common: Common<'_>, start: &Address, number: PageNumber, last: PageNumber) -> Option<Pager> {
    let words = common.words;
    let href = |page: PageNumber| common.href(&start.numbered(page));
    let before = iter::successors(Some(number), |page| page.previous()).take(3);
    let after = iter::successors(Some(number), |page| (*page < last).then(|| page.next())).take(3);
    let shown: BTreeSet<PageNumber> = before.chain(after).chain([PageNumber::FIRST, last]).collect();
    let shown: Vec<PageNumber> = shown.into_iter().collect();
    let page = |n: usize| {
        let text = words.number(shown[n].get());
        PagerPage {
            label: filled(&words.page_number, &[("page", &text)]),
            text,
            href: href(shown[n]),
            is_current: shown[n] == number,
            after_gap: n > 0 && shown[n] > shown[n - 1].next(),
        }
    };
    (last > PageNumber::FIRST).then(|| Pager {
        previous: number.previous().map(href),
        next: (number < last).then(|| href(number.next())),
        pages: (0..shown.len()).map(page).collect(),
    })
}
