//! The page of changes: new cases, corrections, changes of substance and withdrawals, grouped by day.

use serde::Serialize;

use crate::{
    model::{
        Address,
        changes::{CaseChange, ChangeKind},
    },
    site::{
        theme::Words,
        view::{Common, Dated, FeedLink, PageHead},
    },
};

/// The most changes that the page lists; older ones are on the pages of their cases.
const SHOWN: usize = 200;

/// The page of changes: `changes.html`.
#[derive(Debug, Serialize)]
pub struct ChangesView<'a> {
    /// Title, description and trail.
    pub page: PageHead,
    /// The days with changes, the latest first.
    pub days: Vec<Day<'a>>,
    /// The feed of these changes, where the host is known.
    pub feed: Option<String>,
    /// Whether there are older changes than those shown.
    pub has_more: bool,
    /// The list of all cases.
    pub cases_href: String,
}

/// The changes of one day.
#[derive(Debug, Serialize)]
pub struct Day<'a> {
    /// The day.
    pub date: Dated,
    /// Its changes.
    pub changes: Vec<ChangeView<'a>>,
}

/// A change to a case.
#[derive(Debug, Serialize)]
pub struct ChangeView<'a> {
    /// The kind of change, in a word or two: `New case`.
    pub kind: &'a str,
    /// The title of the case.
    pub title: &'a str,
    /// Its page.
    pub href: String,
    /// The names of its places; none if it was withdrawn, since they may be the reason.
    pub places: Vec<&'a str>,
    /// Its language, where it differs from the site's.
    pub language: Option<&'a str>,
    /// The text of the correction, or the reason for the withdrawal.
    pub what: Option<&'a str>,
}

/// Makes the view of the page. `all` are the changes of the library, and `feed` is the address of their feed.
pub fn page<'a>(
    common: Common<'a>,
    address: &Address,
    all: &[CaseChange<'a>],
    feed: Option<Address>,
) -> ChangesView<'a> {
    let words = common.words;
    let shown = &all[..all.len().min(SHOWN)];
    let days = shown.chunk_by(|a, b| a.day == b.day).map(|of_day| Day {
        date: Dated::new(words, of_day[0].day),
        changes: of_day.iter().map(|change| view(common, change)).collect(),
    });
    let head = PageHead::new(common, address, words.changes.clone()).described(words.changes_lead.as_str());
    let feed = feed.map(|feed| common.href(&feed));
    let link =
        |href: &String| FeedLink { title: head.window_title.clone(), kind: "application/atom+xml", href: href.clone() };
    ChangesView {
        days: days.collect(),
        has_more: all.len() > SHOWN,
        cases_href: common.href(&Address::page(["cases"])),
        page: PageHead { feeds: feed.iter().map(link).collect(), ..head },
        feed,
    }
}

/// The kind of a change, in a word or two.
pub fn kind<'a>(words: &'a Words, what: &ChangeKind<'_>) -> &'a str {
    match what {
        ChangeKind::Withdrawn(_) => &words.withdrawn,
        ChangeKind::Corrected(_) => &words.change_corrected,
        ChangeKind::Changed => &words.change_changed,
        ChangeKind::Published => &words.change_published,
    }
}

fn view<'a>(common: Common<'a>, change: &CaseChange<'a>) -> ChangeView<'a> {
    let file = &change.case.file;
    ChangeView {
        kind: kind(common.words, &change.what),
        title: &file.title,
        href: common.href(&change.case.address),
        places: match (&change.what, &file.short_place) {
            (ChangeKind::Withdrawn(_), _) => Vec::new(),
            (_, Some(short)) => vec![short],
            (_, None) => file.places.iter().map(|place| place.name.as_str()).collect(),
        },
        language: file.language.as_deref(),
        what: match change.what {
            ChangeKind::Corrected(what) => Some(what),
            ChangeKind::Withdrawn(why) => why,
            ChangeKind::Changed | ChangeKind::Published => None,
        },
    }
}
