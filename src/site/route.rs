//! Routes: every page and file of a site, identified by its content and not by its address.
//!
//! A route names what it shows by its id; [`plan`](super::plan) gives each route its address.

use crate::{
    export::{data_file::DataFile, template::Template},
    model::{Address, CaseId, PageId, PageNumber, TermId, VocabularyId, evidence_map::MapAxes},
    problem::FilePath,
    site::gazetteer::RegionId,
};

/// A page or file of a site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// The first page.
    Home,
    /// The list of all cases.
    Cases(PageNumber),
    /// A case.
    Case(CaseId),
    /// A case that was withdrawn.
    Withdrawn(CaseId),
    /// The cases by place.
    Places,
    /// The cases of a region; only in a large library.
    Region(RegionId, PageNumber),
    /// The table of the lifelines of partnerships.
    Lifelines(PageNumber),
    /// The lifelines of the partnerships that ran in a year; only in a large library.
    LivesOfYear(i16, PageNumber),
    /// A vocabulary and its terms.
    Vocabulary(VocabularyId),
    /// The cases that carry a term.
    Term(TermId, PageNumber),
    /// The cases that carry two terms, each of another filter.
    Pair(TermId, TermId, PageNumber),
    /// An evidence map of two vocabularies: rows and columns.
    Map(MapAxes),
    /// The page that compares cases.
    Compare,
    /// The page that prints some cases on two sheets.
    Briefing,
    /// The share card of a case.
    Card(CaseId),
    /// The share card of the library.
    LibraryCard,
    /// The share card of a region, in a library of too many cases for one card each.
    RegionCard(RegionId),
    /// The A to Z: places, topics and titles on one page, or the letters where they are too many.
    AToZ,
    /// The places, topics and titles under a letter.
    Letter(Letter),
    /// A plain page.
    Page(PageId),
    /// The glossary.
    Glossary,
    /// The page of changes.
    Changes,
    /// The feed of changes, as Atom.
    ChangesFeed,
    /// The form for contributing a case.
    Contribute,
    /// A blank case, or a table, to fill in without the form.
    Template(Template),
    /// The drafts; only where drafts are shown.
    Drafts,
    /// `404.html`, which a host shows for an unknown address.
    NotFound,
    /// A redirect from an old address to this one.
    Redirect(Address),
    /// The sitemap, or the index of its parts.
    Sitemap,
    /// A part of a sitemap that is too long for one file; only in a large library.
    SitemapPart(PageNumber),
    /// The newest cases, as Atom.
    Feed,
    /// The newest cases, as JSON Feed.
    JsonFeed,
    /// The newest cases of a term, as Atom.
    TermFeed(TermId),
    /// The data dictionary.
    Data,
    /// A file of the open data.
    DataFile(DataFile),
    /// `robots.txt`.
    Robots,
    /// The file of redirects, for hosts that read one.
    Redirects,
    /// The file of headers, for hosts that read one.
    Headers,
    /// The OpenSearch description, by which a browser offers the library's search.
    OpenSearch,
    /// Tells GitHub Pages to publish every file as it is.
    NoJekyll,
    /// The search page.
    Search,
    /// A file of the search index, by its path under `search/`.
    SearchFile(String),
    /// A file of the theme, by its path under the theme's `assets/`.
    Asset(String),
    /// A file of the content.
    File(FilePath),
}

/// The texts (bodies) of cases that a route can show, beside the front matter of all cases and everything else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Texts {
    /// None.
    None,
    /// That of one case.
    OfCase(CaseId),
    /// Any.
    All,
    /// It is a copy of a file.
    Copied,
}

impl Route {
    /// The texts of cases that it can show. If other texts change, it does not.
    pub fn texts(&self) -> Texts {
        match self {
            Route::Case(case) => Texts::OfCase(*case),
            Route::File(_) => Texts::Copied,
            Route::Compare
            | Route::Briefing
            | Route::Drafts
            | Route::Search
            | Route::SearchFile(_)
            | Route::Feed
            | Route::JsonFeed
            | Route::TermFeed(_)
            | Route::ChangesFeed => Texts::All,
            Route::Home
            | Route::Cases(_)
            | Route::Withdrawn(_)
            | Route::Places
            | Route::Region(..)
            | Route::Lifelines(_)
            | Route::LivesOfYear(..)
            | Route::Vocabulary(_)
            | Route::Term(..)
            | Route::Pair(..)
            | Route::Map(_)
            | Route::Card(_)
            | Route::LibraryCard
            | Route::RegionCard(_)
            | Route::AToZ
            | Route::Letter(_)
            | Route::Page(_)
            | Route::Glossary
            | Route::Changes
            | Route::Data
            | Route::DataFile(_)
            | Route::Contribute
            | Route::Template(_)
            | Route::NotFound
            | Route::Redirect(_)
            | Route::Sitemap
            | Route::SitemapPart(_)
            | Route::Robots
            | Route::Redirects
            | Route::Headers
            | Route::OpenSearch
            | Route::NoJekyll
            | Route::Asset(_) => Texts::None,
        }
    }

    /// Does it only lead on to another address?
    pub fn is_redirect(&self) -> bool {
        matches!(self, Route::Redirect(_))
    }

    /// Does it have a template of the theme? Other routes are files for machines, or copies.
    pub fn has_template(&self) -> bool {
        let has_none = matches!(
            self,
            Route::SearchFile(_)
                | Route::Card(_)
                | Route::LibraryCard
                | Route::RegionCard(_)
                | Route::Sitemap
                | Route::SitemapPart(_)
                | Route::Feed
                | Route::JsonFeed
                | Route::TermFeed(_)
                | Route::ChangesFeed
                | Route::DataFile(_)
                | Route::OpenSearch
                | Route::Robots
                | Route::Redirects
                | Route::Headers
                | Route::NoJekyll
                | Route::Template(_)
                | Route::Asset(_)
                | Route::File(_)
        );
        !has_none
    }
}

/// The headings of the A to Z, in order: letters, digits, others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Letter {
    /// A letter of any script: lower case, without accents where it is Latin.
    Letter(char),
    /// Any digit.
    Digit,
    /// Anything else.
    Other,
}

impl Letter {
    /// The last part of the address of its page.
    pub fn id(self) -> String {
        match self {
            Letter::Letter(letter) => letter.to_string(),
            Letter::Digit => "0-9".to_owned(),
            Letter::Other => "other".to_owned(),
        }
    }
}
