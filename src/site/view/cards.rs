//! The text of share cards, and their text alternatives.

use crate::{
    model::{CaseId, document::HomeFile, library::Case},
    site::{
        card::{CardRenderer, ShareCard},
        gazetteer::RegionId,
        lifeline::Life,
        theme::in_sentence,
        view::{
            entry::{docket, place},
            marks::{last_reported, life_in_words, year_of},
            overview::Overview,
        },
    },
};

/// Draws the share card of a case.
pub fn of_case(overview: Overview<'_>, card_renderer: &CardRenderer, id: CaseId) -> Vec<u8> {
    let case = &overview.cases[id];
    let place = place(overview.common, case);
    let docket = docket(overview, case);
    let about: Vec<&str> = docket.region.into_iter().chain(docket.years.as_deref()).collect();
    let [outcome, evidence] = marks_in_words(overview, case);
    let card = ShareCard {
        place: &place,
        about: &about.join(" · "),
        title: &case.file.title,
        outcome: &outcome,
        evidence: &evidence,
        library: &overview.common.config.title,
    };
    card_renderer.of_case(&card, overview.lives.get(id))
}

/// The outcome with its year, and the strength of the evidence, as text.
fn marks_in_words(overview: Overview<'_>, case: &Case) -> [String; 2] {
    let mut next = String::new();
    let mut sure = Vec::new();
    for (mark, term) in overview.marks_of(case) {
        if term.file.mark.is_none() {
            sure.push(format!("{}: {}", overview.terms.vocabularies[mark].file.label, in_sentence(&term.label)));
            continue;
        }
        let reported = || Some(format!(" {}", last_reported(overview, case, term, &overview.words().in_year)?));
        let year = year_of(case, term).map(|year| format!(", {year}")).or_else(reported);
        next = format!("{}{}", term.label, year.unwrap_or_default());
    }
    [next, sure.join(" · ")]
}

/// Draws the share card of the library, with all lifelines.
pub fn of_library(overview: Overview<'_>, card_renderer: &CardRenderer, home: Option<&HomeFile>) -> Vec<u8> {
    let title = home.and_then(|home| home.title.as_deref()).unwrap_or(&overview.common.config.title);
    of_many(overview, card_renderer, (title, ""), overview.cases.ids())
}

/// Draws the share card of a region of a large library.
pub fn of_region(overview: Overview<'_>, card_renderer: &CardRenderer, region: RegionId) -> Vec<u8> {
    let region = &overview.gazetteer.regions[region];
    let name = region.name.as_deref().unwrap_or(&overview.words().no_region);
    of_many(overview, card_renderer, (name, ""), &region.cases)
}

fn of_many(
    overview: Overview<'_>,
    card_renderer: &CardRenderer,
    (title, place): (&str, &str),
    cases: &[CaseId],
) -> Vec<u8> {
    let words = overview.words();
    let lives: Vec<&Life> = overview.lives.among(cases).into_iter().map(|(_, life)| life).collect();
    let count = words.count(&words.cases, cases.len());
    let card =
        ShareCard { place, title, outcome: &count, library: &overview.common.config.title, ..ShareCard::default() };
    card_renderer.of_many(&card, &lives, overview.lives.axis)
}

/// The text alternative of a case's share card.
pub fn alt(overview: Overview<'_>, case: &Case) -> String {
    let place = place(overview.common, case);
    let name = if place.is_empty() { case.file.title.clone() } else { format!("{place}: {}", case.file.title) };
    format!("{name}. {}", life_in_words(overview, case)).trim_end().to_owned()
}
