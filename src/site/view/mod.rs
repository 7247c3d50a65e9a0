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
//! | `briefing.html` | [`compare::CompareView`] |
//! | `map.html`, `compare.html` | [`map::MapPage`], [`compare::CompareView`] |
//! | `lifelines.html` | [`lives_table::LifelinesTableView`] |
//! | `places.html`, `region.html` | [`places::PlacesView`], [`places::RegionPage`]; a region has pages in a large library only |
//! | `a-z.html` | [`order::IndexView`] |
//! | `search.html` | [`search::SearchView`] |
//! | `changes.html` | [`changes::ChangesView`] |
//! | `contribute.html` | [`contribute::ContributeView`]; only where the settings have `contribute` |
//! | `drafts.html` | [`drafts::DraftsView`]; only where drafts are shown |
//! | `theme-page.html`, `theme-pages.html` | [`theme_page::ThemeView`], [`theme_page::IndexView`] |
//! | `page.html`, `glossary.html` | [`page::PageView`], [`page::GlossaryView`] |
//! | `data.html` | [`data::DataView`] |
//! | `not-found.html`, `redirect.html` | [`page::NotFoundView`], [`page::RedirectView`] |

use std::marker::PhantomData;

use jiff::civil::Date;
use serde::{Serialize, Serializer};
use tera::Value;

use crate::{
    export::json::embedded,
    model::{
        Address, CaseId, Config, IdMap, Library, TermId, VocabularyId, vocabularies::Vocabularies, vocabulary::Term,
    },
    site::{
        abbreviations::Abbreviations,
        combinations::Combinations,
        links::Picture,
        plan::card_address,
        theme::{Html, Words, filled},
    },
};

pub mod site;

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

/// Facts about a page that every view has: `page`.
#[derive(Clone, Debug, Serialize)]
pub struct PageHead {
    /// The page's title.
    pub title: String,
    /// The title of the browser's window: the title of the page and of the site.
    pub window_title: String,
    /// A sentence for search engines and link previews.
    pub description: Option<String>,
    /// Whether search engines should leave it out.
    pub is_hidden: bool,
    /// The page's full address, where the host is known.
    pub canonical: Option<String>,
    /// The type for link previews (Open Graph): `article` or `website`.
    pub kind: &'static str,
    /// The full address of its picture for link previews.
    pub picture: Option<String>,
    /// The text alternative of that picture, if it is a share card.
    pub picture_alt: Option<String>,
    /// Its linked data: JSON that is safe in a script element.
    pub linked_data: Option<Html>,
    /// The feeds of its content, beside those of the site.
    pub feeds: Vec<FeedLink>,
    /// The breadcrumb trail: the pages above this one, from the top.
    pub trail: Vec<Link>,
}

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
    /// The full names of acronyms.
    pub abbreviations: &'a Abbreviations,
}

/// The vocabularies and their terms, with the cases of each term.
#[derive(Clone, Copy, Debug)]
pub struct Terms<'a> {
    /// The vocabularies.
    pub vocabularies: &'a Vocabularies,
    /// The cases of each term.
    pub carried: &'a IdMap<TermId, Vec<CaseId>>,
    /// The pairs of terms that share a case.
    pub combinations: &'a Combinations,
    /// Ready-made links to each term and vocabulary.
    pub links: &'a TermLinks,
    /// The path below which the site is published.
    pub base_path: &'a str,
}

/// The link to each term and each vocabulary, made once for all pages.
#[derive(Debug)]
pub struct TermLinks {
    vocabularies: IdMap<VocabularyId, Shared<VocabularyLink>>,
    terms: IdMap<TermId, Shared<TermLink>>,
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

/// A link to a term.
#[derive(Clone, Debug, Serialize)]
pub struct TermLink {
    /// The term's label.
    pub text: String,
    /// Its address.
    pub href: String,
    /// The sign of its vocabulary: the end of a class name.
    pub shape: &'static str,
    /// A short name: its plain words, or its label.
    pub short: String,
    /// Its drawing, if its vocabulary has drawings.
    pub icon: Option<Html>,
}

/// A link to a vocabulary.
#[derive(Clone, Debug, Serialize)]
pub struct VocabularyLink {
    /// `Sector`
    pub label: String,
    /// `Sectors`
    pub plural: String,
    /// Its address.
    pub href: String,
    /// Its sign: `disc`, `layers`, `wedge`, `diamond` or `square`, by its position among the vocabularies.
    pub shape: &'static str,
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

impl PageHead {
    /// Makes the head of a page. Search engines may list it, unless the site shows drafts.
    pub fn new(common: Common<'_>, address: &Address, title: String) -> PageHead {
        let words = [("page", title.as_str()), ("site", &common.config.title)];
        PageHead {
            window_title: filled(&common.words.window_title, &words),
            title,
            description: None,
            is_hidden: common.with_drafts,
            canonical: common.full_address(address),
            kind: "website",
            picture: common.library_card().or_else(|| common.logo.and_then(|logo| common.in_full(&logo.href))),
            picture_alt: common.library_card().map(|_| common.config.title.clone()),
            linked_data: None,
            feeds: Vec::new(),
            trail: Vec::new(),
        }
    }

    /// Adds a description.
    #[must_use]
    pub fn described(self, description: Option<&str>) -> PageHead {
        PageHead { description: description.filter(|text| !text.is_empty()).map(str::to_owned), ..self }
    }

    /// Adds the breadcrumb trail.
    #[must_use]
    pub fn under(self, trail: Vec<Link>) -> PageHead {
        PageHead { trail, ..self }
    }

    /// Adds linked data.
    #[must_use]
    pub fn linked(self, data: &impl Serialize) -> PageHead {
        PageHead { linked_data: Some(Html::new(&embedded(data))), ..self }
    }

    /// Keeps the page out of search engines.
    #[must_use]
    pub fn hidden(self) -> PageHead {
        PageHead { is_hidden: true, canonical: None, ..self }
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

impl<'a> Terms<'a> {
    /// The link to a term.
    pub fn term(&self, term: TermId) -> Shared<TermLink> {
        self.links.terms[term].clone()
    }

    /// The link to a vocabulary.
    pub fn vocabulary(&self, vocabulary: VocabularyId) -> Shared<VocabularyLink> {
        self.links.vocabularies[vocabulary].clone()
    }

    /// A term's label.
    pub fn label(&self, term: TermId) -> &'a str {
        &self.vocabularies[term].label
    }

    /// The number of cases of a term.
    pub fn count(&self, term: TermId) -> usize {
        self.carried[term].len()
    }

    /// The address of a term's page.
    pub fn href(&self, term: TermId) -> String {
        self.vocabularies.term_address(term).href(self.base_path)
    }

    /// The link to the cases that carry both terms.
    pub fn pair_href(&self, a: TermId, b: TermId) -> String {
        self.vocabularies.pair_address(a, b).href(self.base_path)
    }
}

impl TermLink {
    /// The link to a term.
    pub fn new(term: &Term, href: String, shape: &'static str) -> TermLink {
        let icon = marks::icon(term);
        let plain = term.plain.as_deref().filter(|_| icon.is_some());
        let short = plain.map_or_else(|| term.label.clone(), marks::capitalised);
        TermLink { text: term.label.clone(), href, shape, short, icon }
    }
}

impl TermLinks {
    /// The links of a library.
    pub fn of(library: &Library) -> TermLinks {
        const SHAPES: [&str; 4] = ["disc", "layers", "wedge", "diamond"];
        let (all, base) = (&library.vocabularies, &library.config.base.path);
        let shape = |of| *SHAPES.get(all.position(of)).unwrap_or(&"square");
        let vocabularies = all.iter().map(|of| {
            let link = VocabularyLink {
                label: of.label.clone(),
                plural: of.plural.clone(),
                href: of.address().href(base),
                shape: shape(of.key),
            };
            (of.key, Shared::new(&link))
        });
        let terms = all.terms().map(|term| {
            let href = all.term_address(term.key).href(base);
            (term.key, Shared::new(&TermLink::new(term, href, shape(term.vocabulary))))
        });
        TermLinks { vocabularies: vocabularies.collect(), terms: terms.collect() }
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
