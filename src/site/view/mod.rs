//! Views: what templates see. One small struct for each template, and the parts that they share.
//!
//! **For authors of themes.** A template sees three names: `site` ([`SiteView`](site::SiteView)), `words`
//! ([`Words`](crate::site::theme::Words)) and what its own view holds, of which every page has `page` ([`PageHead`]). A
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
//! | `taxonomy.html` | [`taxonomy::TaxonomyView`] |
//! | `map.html`, `compare.html` | [`map::MapPage`], [`compare::CompareView`] |
//! | `places.html`, `a-z.html` | [`order::PlacesView`], [`order::TitlesView`] |
//! | `search.html` | [`search::SearchView`] |
//! | `drafts.html` | [`drafts::DraftsView`]; only where drafts are shown |
//! | `page.html`, `glossary.html` | [`page::PageView`], [`page::GlossaryView`] |
//! | `data.html` | [`data::DataView`] |
//! | `not-found.html`, `redirect.html` | [`page::NotFoundView`], [`page::RedirectView`] |

use std::marker::PhantomData;

use jiff::civil::Date;
use serde::{Serialize, Serializer};
use tera::Value;

use crate::{
    export::json::embedded,
    model::{Address, Library, VocabularyId},
    problem::Problem,
    site::{
        Site,
        links::Picture,
        route::Route,
        theme::{Html, Words, filled},
    },
};

pub mod site;

pub mod entry;

pub mod home;

pub mod list;

pub mod afterwards;
pub mod case;
pub mod citations;
pub mod cite;
pub mod facts;
pub mod sources;

pub mod taxonomy;

pub mod compare;
pub mod map;
pub mod related;

pub mod order;

pub mod page;

pub mod data;
pub mod drafts;
pub mod search;

/// What every page says of itself: `page`.
#[derive(Clone, Debug, Serialize)]
pub struct PageHead {
    /// The page's title.
    pub title: String,
    /// The title of the browser's window: the page's and the site's.
    pub window_title: String,
    /// A sentence for search engines.
    pub description: Option<String>,
    /// Search engines should not list it.
    pub is_hidden: bool,
    /// The page's full address, where the host is known.
    pub canonical: Option<String>,
    /// What kind of page it is, for those who show links to it: `article` or `website`.
    pub kind: &'static str,
    /// The full address of a picture for it.
    pub picture: Option<String>,
    /// What it says in linked data: JSON that is safe in a script element.
    pub linked_data: Option<Html>,
    /// The feeds of what it lists, beside the site's own.
    pub feeds: Vec<FeedLink>,
    /// The pages above this one, from the top.
    pub trail: Vec<Link>,
    /// The top of the page.
    pub masthead: Html,
    /// The foot of the page.
    pub foot: Html,
}

/// A link.
#[derive(Clone, Debug, Serialize)]
pub struct Link {
    /// Its words.
    pub text: String,
    /// Where it leads.
    pub href: String,
}

/// A feed that a reader can subscribe to.
#[derive(Clone, Debug, Serialize)]
pub struct FeedLink {
    /// Its title.
    pub title: String,
    /// Its media type.
    pub kind: &'static str,
    /// Where it is.
    pub href: String,
}

/// A link with a count, as in an index.
#[derive(Clone, Debug, Serialize)]
pub struct Counted {
    /// Its words.
    pub text: String,
    /// Where it leads.
    pub href: String,
    /// How many, as a number in words; absent where there is none.
    pub count: Option<String>,
}

/// A link to a term.
#[derive(Clone, Debug, Serialize)]
pub struct TermLink {
    /// The term's label.
    pub text: String,
    /// Where it leads.
    pub href: String,
    /// The mark of its taxonomy: the end of a class name.
    pub shape: &'static str,
}

/// A link to a taxonomy.
#[derive(Clone, Debug, Serialize)]
pub struct TaxonomyLink {
    /// `Sector`
    pub label: String,
    /// `Sectors`
    pub plural: String,
    /// Where it leads.
    pub href: String,
    /// Its mark: `disc`, `layers`, `wedge`, `diamond` or `square`, by its place among the taxonomies.
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

/// A part of many views, made ready for templates once. Cheap to copy.
#[derive(Debug)]
pub struct Shared<T>(Value, PhantomData<fn() -> T>);

impl<T: Serialize> Shared<T> {
    /// Makes a part ready.
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
    /// The head of a page. Search engines may list it unless the site shows drafts.
    pub fn new(site: &Site, address: &Address, route: &Route, title: String) -> Result<PageHead, Box<Problem>> {
        let library = &site.library;
        let window_title = match route {
            Route::Home => library.config.title.clone(),
            _ => filled(&site.words().window_title, &[("page", &title), ("site", &library.config.title)]),
        };
        Ok(PageHead {
            title,
            window_title,
            description: None,
            is_hidden: library.with_drafts,
            canonical: site.full_address(address),
            kind: "website",
            picture: site.links.logo.as_ref().and_then(|logo| in_full(site, &logo.href)),
            linked_data: None,
            feeds: Vec::new(),
            trail: Vec::new(),
            masthead: site.masthead(route, address)?,
            foot: site.foot(address)?,
        })
    }

    /// The same head with a description.
    #[must_use]
    pub fn described(self, description: Option<&str>) -> PageHead {
        PageHead { description: description.filter(|text| !text.is_empty()).map(str::to_owned), ..self }
    }

    /// The same head with the pages above it.
    #[must_use]
    pub fn under(self, trail: Vec<Link>) -> PageHead {
        PageHead { trail, ..self }
    }

    /// The same head with linked data.
    #[must_use]
    pub fn linked(self, data: &impl Serialize) -> PageHead {
        PageHead { linked_data: Some(Html::new(&embedded(data))), ..self }
    }

    /// The same head, kept from search engines.
    #[must_use]
    pub fn hidden(self) -> PageHead {
        PageHead { is_hidden: true, canonical: None, ..self }
    }
}

impl PictureView {
    /// A picture that is there.
    pub fn of(picture: &Picture) -> PictureView {
        let (width, height) = picture.size.unzip();
        PictureView { src: Html::new(&picture.href), width, height }
    }
}

impl TaxonomyLink {
    /// The link to a taxonomy of a library.
    pub fn of(library: &Library, vocabulary: VocabularyId) -> TaxonomyLink {
        const SHAPES: [&str; 4] = ["disc", "layers", "wedge", "diamond"];
        let of = &library.vocabularies[vocabulary];
        TaxonomyLink {
            label: of.label.clone(),
            plural: of.plural.clone(),
            href: Address::page([of.id.as_str()]).href(&library.config.base.path),
            shape: SHAPES.get(library.vocabularies.position(vocabulary)).unwrap_or(&"square"),
        }
    }
}

impl Dated {
    /// A day.
    pub fn new(words: &Words, date: Date) -> Dated {
        Dated { text: words.date(date), machine: date.to_string() }
    }
}

impl Counted {
    /// A link with a count, where there is anything to count.
    pub fn new(words: &Words, text: &str, href: String, count: usize) -> Counted {
        Counted { text: text.to_owned(), href, count: (count > 0).then(|| words.number(count)) }
    }
}

/// The full address of a link within the site, where the host is known.
pub fn in_full(site: &Site, href: &str) -> Option<String> {
    Some(format!("{}{href}", site.library.config.base.origin.as_deref()?))
}

/// An address of the web, where that is what it is; anything else is not made a link.
pub fn web(url: Option<&str>) -> Option<&str> {
    let is_web = |url: &&str| {
        let start = url.get(..8.min(url.len())).unwrap_or_default().to_ascii_lowercase();
        start.starts_with("https://") || start.starts_with("http://")
    };
    url.filter(is_web)
}
