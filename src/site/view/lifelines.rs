//! The lifelines of many cases: one drawing on the home page and on pages of terms, and a table of all.
//!
//! Up to sixty cases have a row each, up to four hundred are drawn in bundles, and more as columns, one for each year.
//! Narrow screens show a list in place of the rows.

mod cards;
mod key;

pub use cards::BundleView;
pub use key::{KeyLine, TallyView, tally};

use cards::bundles;
use key::{key, outcomes};
use serde::Serialize;

use crate::{
    model::{Address, CaseId, TermId, config::MarkedYear},
    site::{
        lifeline::{
            Axis, Life, columns,
            rows::{self, DrawnYear, LifeRow},
            strip,
        },
        plan::{MAX_SMALL_LIBRARY, year_address},
        theme::{Html, filled, in_sentence},
        view::{
            Shared, TermLink,
            entry::{place, years},
            marks::{capitalised, last_reported, life_in_sentences, life_in_words},
            overview::Overview,
        },
    },
};

/// The most cases that are drawn as bundles; more are drawn as columns.
pub const MAX_IN_BUNDLES: usize = MAX_SMALL_LIBRARY;

/// The lifelines of some cases.
#[derive(Debug, Serialize)]
pub struct LivesView {
    /// The heading: `The lives of 32 partnerships`.
    pub title: String,
    /// The number of lifelines.
    pub number: String,
    /// The commonest outcomes and the years in which most began, in a sentence or two.
    pub sentence: Option<String>,
    /// The drawing with one row for each case.
    pub rows: Option<Html>,
    /// The first cases as a list, for narrow screens.
    pub list: Vec<LifeLink>,
    /// The link to all lifelines of the library, if the list is not complete.
    pub all: Option<String>,
    /// The lifelines by region or term, as cards.
    pub bundles: Vec<BundleView>,
    /// The drawing with one column for each year.
    pub columns: Option<Html>,
    /// The terms by which rows can be highlighted; empty if there is no choice.
    pub choices: Vec<LifelineChoiceView>,
    /// The label of that choice.
    pub question: Option<String>,
    /// The meaning of the marks, one line for each vocabulary of marks.
    pub key: Vec<KeyLine>,
    /// The link to the table of all lifelines.
    pub table: String,
    /// The link to the search among these cases, where years can be chosen; only for the columns of a term.
    pub in_search: Option<String>,
    /// The events of the settings, with links to read about them.
    pub events: Vec<EventLink>,
}

/// An event, drawn as a dotted line.
#[derive(Debug, Serialize)]
pub struct EventLink {
    /// Its year and label: `2013, primary care trusts close`.
    pub text: String,
    /// The link to read about it.
    pub href: Option<Html>,
}

/// A case in the list of lifelines.
#[derive(Debug, Serialize)]
pub struct LifeLink {
    /// The link to the case.
    pub href: String,
    /// Its place, or its title if it names no place.
    pub name: String,
    /// The years: `2006–2013`.
    pub years: Option<String>,
    /// The outcome.
    pub outcome: Option<Shared<TermLink>>,
    /// The year of the last report, after the outcome: `in 2015`.
    pub reported: Option<String>,
    /// The drawing in words, for screen readers.
    pub spoken: String,
    /// The drawing.
    pub strip: Html,
}

/// A term by which rows can be highlighted.
#[derive(Debug, Serialize)]
pub struct LifelineChoiceView {
    /// The class of the rows that carry it: `g1`.
    pub class: String,
    /// Its label.
    pub text: String,
    /// The number of cases that carry it.
    pub count: String,
    /// What is highlighted when it is chosen, for screen readers: `Politics: 12 of 32 cases`.
    pub spoken: String,
}

/// Whose lifelines are drawn. Links of a drawing lead to the cases that it counts, or nowhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Scope {
    Library,
    Region,
    Term(TermId),
}

/// The lifelines of all cases, with choices; none if no case gives a first year.
pub fn of_library(overview: Overview<'_>) -> Option<LivesView> {
    let lives = overview.lives;
    let axis = lives.axis?;
    let among = lives.among(overview.cases.ids());
    let choices = if among.len() <= rows::MAX_ROWS { choices(overview) } else { Vec::new() };
    let row = |&(case, &life): &(CaseId, &Life)| DrawnLife { case, life, is_full: true };
    Some(LivesView {
        question: choices.first().and_then(|&(term, _)| overview.terms.vocabularies.of(term).file.question.clone()),
        ..view(overview, axis, &among.iter().map(row).collect::<Vec<_>>(), &choices, Scope::Library)
    })
}

/// The lifelines of the cases of a region.
pub fn of_region(overview: Overview<'_>, cases: &[CaseId]) -> Option<LivesView> {
    of_cases(overview, cases, Scope::Region)
}

/// The lifelines of some cases of a large library, without all others.
fn of_cases(overview: Overview<'_>, cases: &[CaseId], scope: Scope) -> Option<LivesView> {
    let lives = overview.lives;
    let own: Vec<DrawnLife> =
        lives.among(cases).into_iter().map(|(case, &life)| DrawnLife { case, life, is_full: true }).collect();
    if own.is_empty() { None } else { Some(view(overview, lives.axis?, &own, &[], scope)) }
}

/// The lifelines of a term's cases, with those of all other cases thin in the background. None if fewer than two of the
/// term's cases have one, since the list of cases shows the same.
pub fn of_term(overview: Overview<'_>, term: TermId) -> Option<LivesView> {
    const FEW: usize = 2;
    let lives = overview.lives;
    let axis = lives.axis?;
    let own = lives.among(&overview.terms.cases_by_term[term]);
    if own.len() < FEW {
        return None;
    }
    let whole = lives.among(overview.cases.ids());
    if whole.len() > rows::MAX_ROWS {
        return of_cases(overview, &overview.terms.cases_by_term[term], Scope::Term(term));
    }
    let carries = |case: &CaseId| overview.terms.cases_by_term[term].contains(case);
    let both: Vec<_> = whole.iter().map(|&(case, &life)| DrawnLife { case, life, is_full: carries(&case) }).collect();
    Some(view(overview, axis, &both, &[], Scope::Term(term)))
}

/// The terms by which rows can be highlighted: those of the map's rows, at most twelve, each with the number of its
/// class.
fn choices(overview: Overview<'_>) -> Vec<(TermId, usize)> {
    const MAX_CHOICES: usize = 12;
    let Some(map) = overview.map else { return Vec::new() };
    let in_use = |term: &TermId| !overview.terms.cases_by_term[*term].is_empty();
    let terms: Vec<TermId> = overview.terms.vocabularies[map.rows].terms.ids().iter().copied().filter(in_use).collect();
    let is_choice = (2..=MAX_CHOICES).contains(&terms.len());
    if is_choice { terms.into_iter().zip(1..).collect() } else { Vec::new() }
}

/// A case with its life.
struct DrawnLife {
    case: CaseId,
    life: Life,
    /// Whether it is drawn in full, or only in the background.
    is_full: bool,
}

fn view(
    overview: Overview<'_>,
    axis: Axis,
    drawn: &[DrawnLife],
    choices: &[(TermId, usize)],
    scope: Scope,
) -> LivesView {
    const LISTED: usize = 12;
    let words = overview.words();
    let full: Vec<&DrawnLife> = drawn.iter().filter(|drawn| drawn.is_full).collect();
    let lives: Vec<&Life> = full.iter().map(|drawn| &drawn.life).collect();
    let cases: Vec<CaseId> = full.iter().map(|drawn| drawn.case).collect();
    let has_rows = full.len() <= rows::MAX_ROWS;
    let has_bundles = !has_rows && full.len() <= MAX_IN_BUNDLES;
    let has_columns = !has_rows && !has_bundles;
    LivesView {
        title: words.count(&words.lives_of, full.len()),
        number: words.number(full.len()),
        sentence: sentence(overview, &cases, &lives),
        rows: has_rows.then(|| drawing(overview, axis, drawn, choices)),
        list: if has_rows { cases.iter().take(LISTED).map(|&case| link(overview, case)).collect() } else { Vec::new() },
        all: (has_rows && scope == Scope::Library && cases.len() > LISTED)
            .then(|| words.count(&words.all_lives, cases.len())),
        bundles: if has_bundles { bundles(overview, axis, &cases, scope) } else { Vec::new() },
        columns: has_columns.then(|| by_year(overview, axis, &lives, scope)),
        choices: choices.iter().map(|&(term, slot)| choice(overview, term, slot)).collect(),
        question: None,
        key: key(overview, &cases, scope),
        table: overview.href(&Address::page(["lifelines"])),
        in_search: if has_columns { in_search(overview, scope) } else { None },
        events: event_links(overview, axis),
    }
}

fn choice(overview: Overview<'_>, term: TermId, slot: usize) -> LifelineChoiceView {
    let words = overview.words();
    let vocabulary_term = &overview.terms.vocabularies[term];
    let label = vocabulary_term.file.plain.as_deref().map_or_else(|| vocabulary_term.label.clone(), capitalised);
    let lives = overview.lives;
    let (shown, all) = (lives.among(&overview.terms.cases_by_term[term]).len(), lives.ordered.len());
    let spoken = words.count(&words.lives_chosen, all);
    LifelineChoiceView {
        class: format!("g{slot}"),
        spoken: filled(&spoken, &[("term", &label), ("shown", &words.number(shown))]),
        text: label,
        count: words.number(overview.terms.cases_by_term[term].len()),
    }
}

/// Draws the rows.
fn drawing(overview: Overview<'_>, axis: Axis, drawn: &[DrawnLife], choices: &[(TermId, usize)]) -> Html {
    let words = overview.words();
    let row = |&DrawnLife { case: id, life, is_full }: &DrawnLife| {
        let case = &overview.cases[id];
        let carries = |&&(term, _): &&(TermId, usize)| overview.terms.cases_by_term[term].contains(&id);
        LifeRow {
            life,
            title: case.file.title.clone(),
            place: place(overview.common, case),
            href: is_full.then(|| overview.href(&case.address)),
            spoken: life_in_sentences(overview, case),
            groups: choices.iter().filter(carries).map(|&(_, slot)| slot).collect(),
        }
    };
    let drawn: Vec<LifeRow> = drawn.iter().map(row).collect();
    let name = filled(&words.lives_from_to, &[("from", &axis.from.to_string()), ("to", &axis.to.to_string())]);
    Html::new(&rows::rows(&drawn, axis, &events(overview, axis), ["cb-lives", &name, &words.lives_description]))
}

/// The events within the years of the axis.
fn events(overview: Overview<'_>, axis: Axis) -> Vec<DrawnYear<'_>> {
    let events = overview.common.config.events.iter().filter(|event| (axis.from..=axis.to).contains(&event.year));
    events.map(|event| DrawnYear { year: event.year, label: &event.label }).collect()
}

fn event_links(overview: Overview<'_>, axis: Axis) -> Vec<EventLink> {
    let events = overview.common.config.events.iter().zip(overview.common.event_links);
    let is_shown = |(event, _): &(&MarkedYear, _)| (axis.from..=axis.to).contains(&event.year);
    let link = |(event, href): (&MarkedYear, &Option<String>)| EventLink {
        text: format!("{}, {}", event.year, event.label),
        href: href.as_deref().map(Html::new),
    };
    events.filter(is_shown).map(link).collect()
}

/// The entry of a case in the list of lifelines.
pub fn link(overview: Overview<'_>, id: CaseId) -> LifeLink {
    let case = &overview.cases[id];
    let place = place(overview.common, case);
    let outcome = overview.marks_of(case).find(|(_, term)| term.file.mark.is_some());
    LifeLink {
        href: overview.href(&case.address),
        name: if place.is_empty() { case.file.title.clone() } else { place },
        years: years(overview, case),
        outcome: outcome.map(|(_, term)| overview.term(term.id)),
        reported: outcome.and_then(|(_, term)| last_reported(overview, case, term, &overview.words().in_year)),
        spoken: life_in_words(overview, case),
        strip: strip_of(overview, id).unwrap_or_else(|| Html::new("")),
    }
}

/// The small lifeline of a case, if it has one.
pub fn strip_of(overview: Overview<'_>, case: CaseId) -> Option<Html> {
    overview.lives.get(case).map(|(life, axis)| Html::new(&strip::small(life, axis)))
}

/// The commonest outcomes, and the years in which most began.
fn sentence(overview: Overview<'_>, cases: &[CaseId], lives: &[&Life]) -> Option<String> {
    let words = overview.words();
    let tally: Vec<String> = tally(overview, cases).into_iter().map(|tally| tally.text).collect();
    let mut starts: Vec<i16> = lives.iter().map(|life| life.from).collect();
    starts.sort_unstable();
    // The middle half: from the first quartile to the third.
    let (early, late) = (starts.get(starts.len() / 4)?, starts.get(starts.len() * 3 / 4)?);
    let began = filled(&words.most_began, &[("from", &early.to_string()), ("to", &late.to_string())]);
    let next = (!tally.is_empty()).then(|| format!("{}.", capitalised(&words.list(&tally))));
    let began = (starts.len() > 3 && early < late).then_some(began);
    let sentences: Vec<String> = next.into_iter().chain(began).collect();
    (!sentences.is_empty()).then(|| sentences.join(" "))
}

/// The link to the search among the cases of a term, if it can be a filter there.
fn in_search(overview: Overview<'_>, scope: Scope) -> Option<String> {
    let Scope::Term(term) = scope else { return None };
    let vocabulary = overview.terms.vocabularies.of(term);
    let query = || {
        format!(
            "{}?{}={}",
            overview.href(&Address::page(["search"])),
            vocabulary.file.id,
            vocabulary.terms[term].slug()
        )
    };
    overview.terms.vocabularies.is_facet(vocabulary.id).then(query)
}

/// Draws one column for each year. Those of the whole library link to the cases that ran in that year.
fn by_year(overview: Overview<'_>, axis: Axis, lives: &[&Life], scope: Scope) -> Html {
    let words = overview.words();
    let outcomes = outcomes(overview);
    let label = |mark| {
        let term = overview.terms.vocabularies[outcomes?].terms.iter().find(|term| term.file.mark == mark);
        term.map(|term| in_sentence(&term.label).into_owned())
    };
    let name = |year: &columns::Year| {
        let parts = columns::PARTS.iter().zip(&year.counts).filter(|(_, count)| **count > 0);
        let parts: Vec<String> =
            parts.filter_map(|(&mark, &count)| Some(format!("{} {}", words.number(count), label(mark)?))).collect();
        let running = words.count(&words.running, year.total());
        match parts.is_empty() {
            true => format!("{}: {running}", year.year),
            false => format!("{}: {running}; {}", year.year, parts.join(&words.comma)),
        }
    };
    let is_linked = scope == Scope::Library;
    let href = |year: &columns::Year| is_linked.then(|| overview.href(&year_address(year.year)));
    let title = filled(&words.lives_from_to, &[("from", &axis.from.to_string()), ("to", &axis.to.to_string())]);
    let years = columns::years(lives, axis);
    let description = if is_linked { &words.lives_columns } else { &words.lives_columns_alone };
    Html::new(&columns::columns(&years, |year| (href(year), name(year)), ["cb-lives", &title, description]))
}
