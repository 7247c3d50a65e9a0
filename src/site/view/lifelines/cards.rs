//! Lifelines in bundles: a card for each region or term.

use serde::Serialize;

use super::{
    Scope,
    key::{TallyView, tally, term_href},
};
use crate::{
    model::CaseId,
    site::{
        lifeline::{Axis, Life, bundle},
        theme::Html,
        view::{
            overview::Overview,
            regions::{RegionCases, regions},
        },
    },
};

/// The lifelines of one region or term.
#[derive(Debug, Serialize)]
pub struct BundleView {
    /// The region or term.
    pub name: String,
    /// The link to these cases, if they have a page.
    pub href: Option<String>,
    /// The number of these cases.
    pub count: String,
    /// The drawing.
    pub drawing: Html,
    /// The outcomes, with the number of cases of each.
    pub tally: Vec<TallyView>,
}

/// Cases that share a card: their name, the link to them, and which they are.
type CardCases = (String, Option<String>, Vec<CaseId>);

/// The cards: one for each region if there are at least two, otherwise one for each term of the map's rows.
pub(super) fn bundles(overview: Overview<'_>, axis: Axis, cases: &[CaseId], scope: Scope) -> Vec<BundleView> {
    let regions = regions(overview);
    let is_whole = scope == Scope::Library;
    let groups: Vec<CardCases> = match regions.len() {
        0 | 1 => by_term(overview, scope),
        _ => {
            let card = |region: RegionCases<'_>| {
                (region.name.to_owned(), Some(region.href).filter(|_| is_whole), region.cases.to_vec())
            };
            regions.into_iter().map(card).collect()
        }
    };
    let mut wanted = cases.to_vec();
    wanted.sort_unstable();
    let card = |(name, href, cases_of_card): CardCases| {
        let cases_of_card: Vec<CaseId> =
            cases_of_card.into_iter().filter(|case| wanted.binary_search(case).is_ok()).collect();
        let lives: Vec<&Life> = overview.lives.among(&cases_of_card).into_iter().map(|(_, life)| life).collect();
        (!lives.is_empty()).then(|| BundleView {
            count: overview.words().number(cases_of_card.len()),
            name,
            href,
            drawing: Html::new(&bundle::bundle(&lives, axis)),
            tally: tally(overview, &cases_of_card),
        })
    };
    groups.into_iter().filter_map(card).collect()
}

fn by_term(overview: Overview<'_>, scope: Scope) -> Vec<CardCases> {
    let Some(map) = overview.map else { return Vec::new() };
    let group = |term: &crate::model::vocabulary::Term| {
        (term.label.clone(), term_href(overview, term.id, scope), overview.terms.cases_by_term[term.id].clone())
    };
    overview.terms.vocabularies[map.rows].terms.iter().map(group).collect()
}
