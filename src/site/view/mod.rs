//! Views: what templates see. One small struct for each template, and the parts that they share.
//!
//! **For authors of themes.** A template sees three names: `site` ([`SiteView`](site::SiteView)), `words`
//! ([`Words`]) and what its own view holds, of which every page has `page` ([`PageHead`]). A
//! field that is absent is false in an `if` and prints nothing; a name that no view has is an error. Texts are escaped
//! when they are printed; [`Html`] is printed as it is. A `href` is root-relative and has the base path. Dates, numbers
//! and counts come as words.
//!
//! | template | view |
//! |---|---|
//! | `base.html` | [`PageHead`]: the frame that other pages extend |
//! | `masthead.html`, `footer.html` | [`site::MastheadView`], [`site::FooterView`]; made once, not for each page |
//! | `entry.html` | [`entry::EntryView`]; a case as lists show it, made once for each case |
//! | `home.html` | [`home::HomeView`] |
//! | `cases.html`, `term.html`, `pair.html` | [`list::CasesView`], [`list::TermView`], [`list::PairView`] |
//! | `case.html`, `withdrawn.html` | [`case::CaseView`], [`case::WithdrawnView`] |
//! | `vocabulary.html` | [`vocabulary::VocabularyView`] |
//! | `map.html` | [`map::MapPage`] |
//! | `compare.html`, `briefing.html` | [`compare::CompareView`] |
//! | `lifelines.html` | [`lives_table::LifelinesTableView`] |
//! | `places.html`, `region.html` | [`places::PlacesView`], [`places::RegionPage`]; a region has pages in a large library only |
//! | `a-z.html` | [`order::AlphabetView`] |
//! | `search.html` | [`search::SearchView`] |
//! | `changes.html` | [`changes::ChangesView`] |
//! | `contribute.html` | [`contribute::ContributeView`]; only where the settings have `contribute` or the publisher's `email` |
//! | `drafts.html` | [`drafts::DraftsView`]; only where drafts are shown |
//! | `theme-page.html`, `theme-pages.html` | [`theme_page::ThemeView`], [`theme_page::ThemeIndexView`] |
//! | `page.html`, `glossary.html` | [`page::PageView`], [`page::GlossaryView`] |
//! | `data.html` | [`data::DataView`] |
//! | `not-found.html`, `redirect.html` | [`page::NotFoundView`], [`page::RedirectView`] |

use std::marker::PhantomData;

use jiff::civil::Date;
use serde::{Serialize, Serializer};
use tera::Value;

pub use self::{
    head::PageHead,
    terms::{TermLink, TermLinks, Terms, VocabularyLink},
};
use crate::{
    model::{Address, Config},
    site::{
        abbreviations::Abbreviations,
        links::Picture,
        plan::card_address,
        theme::{Html, Words},
    },
};

pub mod head;
pub mod site;
pub mod terms;

pub mod description;

pub mod entry;
pub mod marks;
pub mod overview;
pub mod pairs;

pub mod finder;
pub mod home;
pub mod lifelines;
pub mod lives_table;
pub mod places;
pub mod regions;
pub mod theme_page;
pub mod tiles;

pub mod list;

pub mod afterwards;
pub mod cards;
pub mod case;
pub mod citations;
pub mod cite;
pub mod digest;
pub mod facts;
pub mod sources;

pub mod vocabulary;

pub mod compare;
pub mod contribute;
pub mod map;
pub mod related;

pub mod order;

pub mod page;

pub mod changes;
pub mod data;
pub mod drafts;
pub mod search;

/// The settings and texts that every view needs, with functions that write links.
#[derive(Clone, Copy, Debug)]
pub struct Common<'a> {
    /// The settings.
    pub config: &'a Config,
    /// Whether drafts are shown.
    pub with_drafts: bool,
    /// Whether share cards are made.
    pub has_cards: bool,
    /// The words of the interface.
    pub words: &'a Words,
    /// The library's logo.
    pub logo: Option<&'a Picture>,
    /// The address for each event of the settings; none for one without.
    pub event_links: &'a [Option<String>],
    /// The full names of acronyms.
    pub abbreviations: &'a Abbreviations,
}

/// A link.
#[derive(Clone, Debug, Serialize)]
pub struct Link {
    /// Its text.
    pub text: String,
    /// Its address.
    pub href: String,
}

/// A feed.
#[derive(Clone, Debug, Serialize)]
pub struct FeedLink {
    /// Its title.
    pub title: String,
    /// Its media type.
    pub kind: &'static str,
    /// Its address.
    pub href: String,
}

/// A link with a number of cases.
#[derive(Clone, Debug, Serialize)]
pub struct Counted {
    /// Its text.
    pub text: String,
    /// Its address.
    pub href: String,
    /// The number; absent if it is zero.
    pub count: Option<String>,
}

/// A date.
#[derive(Clone, Debug, Serialize)]
pub struct Dated {
    /// In words: `22 November 2026`.
    pub text: String,
    /// For machines: `2026-11-22`.
    pub machine: String,
}

/// A picture of the content.
#[derive(Debug, Serialize)]
pub struct PictureView {
    /// The file.
    pub src: Html,
    /// Its width in pixels, where it is known.
    pub width: Option<u32>,
    /// Its height.
    pub height: Option<u32>,
}

/// A part of many views, converted for templates once. Cloning is cheap.
#[derive(Debug)]
pub struct Shared<T>(Value, PhantomData<fn() -> T>);

impl<T: Serialize> Shared<T> {
    /// Converts a part for templates.
    pub fn new(part: &T) -> Shared<T> {
        Shared(Value::from_serializable(part), PhantomData)
    }
}

impl<T> Clone for Shared<T> {
    fn clone(&self) -> Shared<T> {
        Shared(self.0.clone(), PhantomData)
    }
}

impl<T> Serialize for Shared<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl PictureView {
    /// The view of a picture that exists.
    pub fn of(picture: &Picture) -> PictureView {
        let (width, height) = picture.size.unzip();
        PictureView { src: Html::new(&picture.href), width, height }
    }
}

impl Common<'_> {
    /// The link to an address of this site: root-relative, with the base path.
    pub fn href(&self, address: &Address) -> String {
        address.href(&self.config.base.path)
    }

    /// The full address, if the host is known.
    pub fn full_address(&self, address: &Address) -> Option<String> {
        self.in_full(&self.href(address))
    }

    /// The full address of the library's share card, if it has one.
    pub fn library_card(&self) -> Option<String> {
        let card = || self.full_address(&card_address(&Address::page([])));
        if self.has_cards { card() } else { None }
    }

    /// The full address of a link within the site, where the host is known.
    pub fn in_full(&self, href: &str) -> Option<String> {
        Some(format!("{}{href}", self.config.base.origin.as_deref()?))
    }
}

impl Dated {
    /// A day.
    pub fn new(words: &Words, date: Date) -> Dated {
        Dated { text: words.date(date), machine: date.to_string() }
    }
}

impl Counted {
    /// Makes a link with a number of cases.
    pub fn new(words: &Words, text: &str, href: String, count: usize) -> Counted {
        Counted { text: text.to_owned(), href, count: (count > 0).then(|| words.number(count)) }
    }
}

/// The address, if it is a web address; otherwise none, so that no other scheme becomes a link.
pub fn web(url: Option<&str>) -> Option<&str> {
    let is_web = |url: &&str| {
        let start = url.get(..8.min(url.len())).unwrap_or_default().to_ascii_lowercase();
        start.starts_with("https://") || start.starts_with("http://")
    };
    url.filter(is_web)
}
