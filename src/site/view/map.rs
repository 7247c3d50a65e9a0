//! The evidence map: numbers of cases for pairs of terms, each on a shade, with a link from each gap to the page on
//! contributing.
//!
//! A vocabulary may have thousands of terms. Then only those with the most cases are shown, in their own order, and the
//! page says so.

use serde::Serialize;

use crate::{
    model::{
        Address, TermId, VocabularyId,
        evidence_map::{EvidenceMap, MapAxes},
        library::Page,
        vocabularies::Vocabularies,
    },
    site::{
        plan::{map_address, maps},
        theme::{Words, filled, in_sentence},
        view::{Common, Link, PageHead, Shared, TermLink, Terms},
    },
};

/// An evidence map: `map.html`.
#[derive(Debug, Serialize)]
pub struct MapPage {
    /// Title, description and trail.
    pub page: PageHead,
    /// An explanation of what the map counts.
    pub lead: String,
    /// The map.
    pub map: MapView,
    /// Why the totals are not the sums of the cells.
    pub sums: String,
    /// The map as a file for spreadsheets, where it is published.
    pub csv: Option<String>,
    /// The maps of other pairs of facets.
    pub others: Vec<Link>,
}

/// A map, or the part of it with the most cases.
#[derive(Debug, Serialize)]
pub struct MapView {
    /// The names of the axes: `Barrier by sector`.
    pub axes: String,
    /// The column headings.
    pub columns: Vec<Link>,
    /// The rows.
    pub rows: Vec<MapRow>,
    /// The head of the row of totals: `All barriers`
    pub all: String,
    /// The number of cases of each column.
    pub totals: Vec<String>,
    /// The number of all cases.
    pub total: String,
    /// The link from a gap to the page on contributing.
    pub contribute: Option<String>,
    /// Whether some terms are left out.
    pub is_partial: bool,
    /// The meaning of the shades, from the lightest.
    pub key: Vec<Shade>,
}

/// A row of a map.
#[derive(Debug, Serialize)]
pub struct MapRow {
    /// Its term.
    pub term: Shared<TermLink>,
    /// Its cells, in the order of the columns.
    pub cells: Vec<MapCell>,
    /// The number of its cases.
    pub total: String,
    /// The same in words: `18 cases`.
    pub total_text: String,
}

/// A cell of a map.
#[derive(Debug, Serialize)]
pub struct MapCell {
    /// The term of its column, for screens too narrow for columns.
    pub column: String,
    /// The number of cases; absent if there is none.
    pub count: Option<String>,
    /// Its shade: 0 for a gap, then 1 to 5.
    pub shade: usize,
    /// Its name for screen readers: `Political: Health 4 cases`. It contains the visible text, as speech recognition
    /// needs.
    pub name: String,
    /// The link to its cases.
    pub href: Option<String>,
}

/// The meaning of a shade.
#[derive(Debug, Serialize)]
pub struct Shade {
    /// 1 to 5.
    pub shade: usize,
    /// The range of counts: `2–3`.
    pub text: String,
}

/// The most rows and columns to show.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    rows: usize,
    columns: usize,
}

/// The size of the map on its own page, which must stay readable.
const WHOLE: Size = Size { rows: 200, columns: 40 };

/// The size of the map on the home page, which also fits on paper.
pub const SMALL: Size = Size { rows: 12, columns: 12 };

/// The parts of a site that the page of a map needs.
#[derive(Debug)]
pub struct MapParts<'a> {
    /// The axes of the map.
    pub axes: MapAxes,
    /// The axes of the map in the settings.
    pub first: Option<MapAxes>,
    /// The map.
    pub map: &'a EvidenceMap,
    /// The address of the map as CSV, if it is published.
    pub csv: Option<Address>,
    /// The page on contributing.
    pub contribute: Option<&'a Page>,
}

/// Makes the view of the page of an evidence map.
pub fn page(common: Common<'_>, terms: Terms<'_>, address: &Address, parts: &MapParts<'_>) -> MapPage {
    let (words, axes) = (common.words, parts.axes);
    let is_first = parts.first == Some(axes);
    let view = view(common, terms, parts.map, axes, parts.contribute, WHOLE);
    let name = |vocabulary: VocabularyId| in_sentence(&terms.vocabularies[vocabulary].file.label);
    let lead = filled(&words.map_lead, &[("row", &name(axes.rows)), ("column", &name(axes.columns))]);
    let title = if is_first { words.map.clone() } else { view.axes.clone() };
    let above = Link { text: words.map.clone(), href: common.href(&Address::page(["map"])) };
    let others = maps(parts.first, terms.vocabularies).into_iter().filter(|&pair| pair != axes);
    let link = |axes| Link {
        text: axes_in_words(words, terms.vocabularies, axes),
        href: common.href(&map_address(parts.first, terms.vocabularies, axes)),
    };
    MapPage {
        page: PageHead::new(common, address, title).described(lead.as_str()).under(if is_first {
            Vec::new()
        } else {
            vec![above]
        }),
        lead,
        sums: words.count(&words.map_sums, parts.map.total),
        csv: parts.csv.as_ref().filter(|_| is_first).map(|csv| common.href(csv)),
        others: others.map(link).collect(),
        map: view,
    }
}

/// Makes the view of the map of two vocabularies, cut to a size.
pub fn view(
    common: Common<'_>,
    terms: Terms<'_>,
    map: &EvidenceMap,
    axes: MapAxes,
    contribute: Option<&Page>,
    size: Size,
) -> MapView {
    let words = common.words;
    let rows = most_used(&map.row_totals, size.rows);
    let columns = most_used(&map.column_totals, size.columns);
    let steps = steps(map.counts.iter().flatten().copied().max().unwrap_or(0));
    let column = |&n: &usize| map.columns[n];
    let row = |&n: &usize| {
        let term = map.rows[n];
        MapRow {
            term: terms.term(term),
            cells: columns
                .iter()
                .map(|m| cell(common.words, terms, term, column(m), map.counts[n][*m], &steps))
                .collect(),
            total: words.number(map.row_totals[n]),
            total_text: words.count(&words.cases, map.row_totals[n]),
        }
    };
    let head = |n: &usize| {
        let term = column(n);
        Link { text: terms.label(term).to_owned(), href: terms.href(term) }
    };
    let plural = in_sentence(&terms.vocabularies[axes.rows].file.plural);
    MapView {
        axes: axes_in_words(words, terms.vocabularies, axes),
        columns: columns.iter().map(head).collect(),
        rows: rows.iter().map(row).collect(),
        all: filled(&words.map_all_of, &[("vocabulary", &plural)]),
        totals: columns.iter().map(|&n| words.number(map.column_totals[n])).collect(),
        total: words.number(map.total),
        contribute: contribute.map(|page| common.href(&page.address)),
        is_partial: rows.len() < map.rows.len() || columns.len() < map.columns.len(),
        key: key(words, &steps),
    }
}

/// The rows or columns with the most cases, in their own order.
fn most_used(totals: &[usize], most: usize) -> Vec<usize> {
    let mut used: Vec<usize> = (0..totals.len()).collect();
    used.sort_by_key(|&n| std::cmp::Reverse(totals[n]));
    used.truncate(most);
    used.sort_unstable();
    used
}

fn cell(words: &Words, terms: Terms<'_>, row: TermId, column: TermId, count: usize, steps: &[usize]) -> MapCell {
    let number = words.number(count);
    let column_name = terms.label(column);
    let names = [("row", terms.label(row)), ("column", column_name), ("count", number.as_str())];
    let word = if count == 0 { &words.map_cell_gap } else { words.map_cell.of(count) };
    MapCell {
        column: column_name.to_owned(),
        name: filled(word, &names),
        shade: shade(count, steps),
        href: (count > 0).then(|| terms.pair_href(row, column)),
        count: (count > 0).then_some(number),
    }
}

/// The names of two axes: `Barrier by sector`.
fn axes_in_words(words: &Words, vocabularies: &Vocabularies, axes: MapAxes) -> String {
    let [row, column] = [axes.rows, axes.columns].map(|vocabulary| &vocabularies[vocabulary].file.label);
    filled(&words.map_axes, &[("row", row), ("column", &in_sentence(column))])
}

/// The shade of a count: 0 for none.
pub fn shade(count: usize, steps: &[usize]) -> usize {
    steps.iter().filter(|&&from| from <= count).count()
}

/// The least count of each shade up to the one for the largest count. The counts grow by one whole factor, the smallest
/// that brings the last near the largest count.
pub fn steps(largest: usize) -> Vec<usize> {
    const SHADES: u32 = 5;
    let last = |factor: usize| factor.saturating_pow(SHADES - 1);
    let factor = (2..).find(|&factor| last(factor).saturating_mul(2) > largest).unwrap_or(2);
    (0..SHADES).map(|shade| factor.pow(shade)).take_while(|&from| from <= largest).collect()
}

/// The meaning of the shades, from the lightest.
pub fn key(words: &Words, steps: &[usize]) -> Vec<Shade> {
    let text = |n: usize| {
        let from = words.number(steps[n]);
        match steps.get(n + 1) {
            None if steps[n] == 1 => from,
            None => filled(&words.map_key_from, &[("from", &from)]),
            Some(next) if *next == steps[n] + 1 => from,
            Some(next) => filled(&words.map_key_range, &[("from", &from), ("to", &words.number(next - 1))]),
        }
    };
    (0..steps.len()).map(|n| Shade { shade: n + 1, text: text(n) }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(largest: usize, expected: &[usize]) {
        assert_eq!(steps(largest), expected, "{largest}");
    }

    #[test]
    fn shades_double_and_grow_with_the_largest_count() {
        check(0, &[]);
        check(1, &[1]);
        check(3, &[1, 2]);
        check(21, &[1, 2, 4, 8, 16]);
        check(31, &[1, 2, 4, 8, 16]);
        check(32, &[1, 3, 9, 27]);
        check(1800, &[1, 6, 36, 216, 1296]);
    }

    #[test]
    fn a_map_of_many_terms_shows_those_with_most_cases_in_their_own_order() {
        assert_eq!(most_used(&[1, 5, 0, 5], 2), [1, 3]);
        assert_eq!(most_used(&[1, 5, 0], 9), [0, 1, 2]);
    }
}
