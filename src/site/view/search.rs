//! The search page: a form that needs scripts, and links into the library that do not.

use std::borrow::Cow;

use serde::Serialize;

use crate::{
    model::{
        Address, TermId,
        library::Page,
        vocabulary::{EndMark, LineStyle, Vocabulary},
    },
    site::{
        lifeline::strip,
        theme::{Html, Words, filled, in_sentence},
        view::{
            Counted, Link, PageHead, Shared, VocabularyLink,
            entry::is_everywhere,
            list::{Combined, counted, later_combinations},
            marks::{capitalised, icon},
            overview::Overview,
            tiles::tiles,
        },
    },
};

/// The search page: `search.html`.
#[derive(Debug, Serialize)]
pub struct SearchView<'a> {
    /// Title, description and trail.
    pub page: PageHead,
    /// The address of the search module.
    pub module: String,
    /// The files that every search needs, so that a browser can request them early.
    pub preloads: Vec<String>,
    /// The link to this page without a query.
    pub href: String,
    /// The texts of the script, as JSON.
    pub texts: String,
    /// The link to the page on contributing, if there is one.
    pub call: Option<String>,
    /// The link to the glossary, if there is one.
    pub glossary: Option<String>,
    /// A drawing of a life without the life, in which the page's script draws those of the results; none where no case
    /// has one.
    pub strip: Option<Html>,
    /// The filters, in order.
    pub facets: Vec<FacetView<'a>>,
    /// Other ways into the library.
    pub ways: Vec<Link>,
    /// The regions of the tiles that no case is from, for a query that names one.
    pub empty_regions: Vec<&'a str>,
    /// The link to the page of places, which lists these regions.
    pub gaps: String,
    /// The number of results on a page.
    pub per_page: usize,
}

/// A filter, with the links of its vocabulary.
#[derive(Debug, Serialize)]
pub struct FacetView<'a> {
    /// The vocabulary's id: the name of the filter.
    pub id: &'a str,
    /// The vocabulary.
    pub vocabulary: Shared<VocabularyLink>,
    /// Whether a case may carry several of its terms.
    pub many: bool,
    /// Whether its terms are marks, each with a drawing.
    pub is_mark: bool,
    /// Its terms.
    pub terms: Vec<FacetTerm<'a>>,
}

/// A term of a filter.
#[derive(Debug, Serialize)]
pub struct FacetTerm<'a> {
    /// The term's id: the value of the filter.
    pub id: &'a str,
    /// Its label.
    pub label: &'a str,
    /// Other names, for suggestions when a query finds nothing.
    pub also: String,
    /// The ids of retired terms that it replaces.
    pub was: String,
    /// The link to its page, with the number of its cases.
    pub link: Counted,
    /// A short name: its plain words, or its label.
    pub short: Cow<'a, str>,
    /// Its name within a sentence: its plain words, or its label.
    pub plain: Cow<'a, str>,
    /// For terms on the strength of evidence, their order: higher is stronger.
    pub rank: Option<u8>,
    /// Its drawing, if it is a mark.
    pub icon: Option<Html>,
    /// For the outcomes of cases, how a lifeline ends: `arrow`, `fork`, `stop` or `dots`.
    pub mark: Option<&'static str>,
    /// Whether every case carries it, so that it distinguishes none.
    pub is_everywhere: bool,
    /// Its combinations with terms of later facets; only for the first facets, since all pairs would fill the page.
    pub combinations: Vec<Combined>,
}

/// The parts of a site, beside the overview, that the search page needs.
#[derive(Debug)]
pub struct SearchParts<'a> {
    /// The files that every search needs, by their path under `search/`.
    pub needed: Vec<&'a str>,
    /// The page on contributing.
    pub contribute: Option<&'a Page>,
    /// Whether there is a glossary.
    pub has_glossary: bool,
}

/// Makes the view of the search page.
pub fn search<'a>(overview: Overview<'a>, address: &Address, parts: &SearchParts<'_>) -> SearchView<'a> {
    let (common, terms, words) = (overview.common, overview.terms, overview.words());
    let way = |text: &str, address: Address| Link { text: text.to_owned(), href: common.href(&address) };
    let description = filled(&words.search_described, &[("site", &common.config.title)]);
    SearchView {
        page: PageHead::new(common, address, words.search.clone()).described(description),
        module: common.href(&Address::file("search/search.js")),
        preloads: parts.needed.iter().map(|name| common.href(&Address::file(&format!("search/{name}")))).collect(),
        href: common.href(address),
        texts: texts(words),
        call: parts.contribute.map(|page| common.href(&page.address)),
        glossary: parts.has_glossary.then(|| common.href(&Address::page(["glossary"]))),
        strip: overview.lives.axis.map(|axis| Html::new(&strip::blank(axis))),
        facets: terms.vocabularies.facets().map(|vocabulary| facet(overview, vocabulary)).collect(),
        ways: vec![
            way(&words.all_cases, Address::page(["cases"])),
            way(&words.places, Address::page(["places"])),
            way(&words.a_to_z, Address::page(["a-z"])),
        ],
        empty_regions: tiles(overview).map(|tiles| tiles.empty_regions().collect()).unwrap_or_default(),
        gaps: common.href(&Address::page(["places"])) + "#cb-gaps",
        per_page: common.config.per_page.min(50),
    }
}

/// The texts of the script, as JSON.
fn texts(words: &Words) -> String {
    serde_json::json!({
        "cases": words.cases,
        "none": words.search_none,
        "clear": words.search_clear,
        "remove": words.search_remove,
        "corrected": words.search_corrected,
        "ignored": words.search_ignored,
        "faults": {
            "failed": words.search_failed,
            "unknown": words.search_unknown,
            "missing": words.search_missing,
            "slow": words.search_slow,
        },
        "wordless": words.search_wordless,
        "counts": {
            "all": words.search_all_words,
            "none": words.search_incomplete,
            "some": words.search_some_words,
            "rest": words.search_rest,
            "related": words.search_related,
            "lost": words.search_lost,
        },
        "has": words.search_has,
        "absent": words.search_absent,
        "lacks": words.search_lacks,
        "suggestion": words.search_suggestion,
        "instead": words.search_instead,
        "means": words.search_means,
        "show": words.search_show,
        "near": {
            "matches": words.search_matches,
            "matching": words.search_matching,
            "noneMatching": words.search_none_matching,
            "alsoMatching": words.search_also_matching,
            "show": words.search_show_near,
        },
        "differs": words.search_differs,
        "differsNothing": words.search_differs_none,
        "differsLabel": words.search_differs_label,
        "differsWords": words.search_differs_words,
        "or": words.search_or,
        "and": words.search_and,
        "semicolon": words.semicolon,
        "more": words.search_more,
        "titled": words.search_titled,
        "kinds": {
            "glossary": words.search_kind_glossary,
            "term": words.search_kind_term,
            "place": words.search_kind_place,
            "case": words.search_kind_case,
            "page": words.search_kind_page,
        },
        "page": words.search_page,
        "previous": words.previous,
        "next": words.next,
        "years": words.years_short,
        "until": words.years_to,
        "since": words.years_from,
        "inYear": words.in_year,
        "abbreviation": words.abbreviation,
        "compare": words.compare_choose,
        "thousands": words.thousands,
        "comma": words.comma,
    })
    .to_string()
}

/// Mixed results rank below measured ones, and above those that are only described.
fn rank(line: LineStyle) -> u8 {
    match line {
        LineStyle::Dashed => 1,
        LineStyle::Double => 3,
        LineStyle::Weight(weight) => 2 * weight,
    }
}

fn facet<'a>(overview: Overview<'a>, vocabulary: &'a Vocabulary) -> FacetView<'a> {
    /// The number of facets whose pairs the page lists.
    const PAIRED: usize = 3;
    let (common, terms) = (overview.common, overview.terms);
    let is_mark = overview.marks.contains(&vocabulary.id);
    let is_paired = |other: &TermId| terms.vocabularies.position(terms.vocabularies[*other].vocabulary) < PAIRED;
    let retired = |term: TermId| {
        let ids = vocabulary.retired.iter().filter(|(_, by)| **by == term).map(|(id, _)| id.as_str());
        ids.collect::<Vec<_>>().join(" ")
    };
    let of_facet = vocabulary.terms.iter().map(|term| FacetTerm {
        id: term.slug(),
        label: &term.label,
        also: term.also().collect::<Vec<_>>().join(&common.words.comma),
        was: retired(term.id),
        link: counted(common, terms, term.id),
        short: term.file.plain.as_deref().map_or(Cow::Borrowed(&term.label), |plain| capitalised(plain).into()),
        plain: term.file.plain.as_deref().map_or_else(|| in_sentence(&term.label), Cow::Borrowed),
        rank: term.file.line.map(rank),
        icon: icon(term).filter(|_| is_mark),
        mark: term.file.mark.filter(|_| is_mark).map(EndMark::word),
        is_everywhere: is_everywhere(overview, term.id),
        combinations: if is_paired(&term.id) { later_combinations(common, terms, term.id, PAIRED) } else { Vec::new() },
    });
    FacetView {
        id: &vocabulary.file.id,
        vocabulary: terms.vocabulary(vocabulary.id),
        many: vocabulary.file.many,
        is_mark,
        terms: of_facet.collect(),
    }
}
