//! The settings of a library: `casebook.yaml`, typed.

use std::{collections::BTreeMap, fmt};

use crate::{
    model::{
        Address,
        document::{Extra, Licence},
        evidence_map::MapAxes,
        own_field::OwnField,
    },
    problem::{Code, Severity, Spot, Written},
};

/// The settings of a library.
#[derive(Clone, Debug)]
pub struct Config {
    /// `casebook.yaml` as a whole, to report missing keys.
    pub spot: Spot,
    /// The library's name.
    pub title: String,
    /// The line below the title.
    pub tagline: Option<String>,
    /// Where the site will be published.
    pub base: BaseUrl,
    /// The language of the library and its interface: a language tag such as `en-GB`.
    pub language: String,
    /// The folder under `themes/` that overrides the built-in theme.
    pub theme: Written<String>,
    /// The vocabularies that are filters, in order.
    pub facets: Vec<Written<String>>,
    /// The axes of the evidence map.
    pub map: MapAxes<Written<String>>,
    /// Cases on a page of a list.
    pub per_page: usize,
    /// The publisher of the library.
    pub publisher: Option<Publisher>,
    /// The licence of the content.
    pub licence: Option<Licence>,
    /// The logo before the name: a path under `content/`.
    pub logo: Option<Written<String>>,
    /// The picture in the browser's tab: a path under `content/`.
    pub favicon: Option<Written<String>>,
    /// The accent colour, `#rrggbb`.
    pub accent: Option<String>,
    /// The links in the footer.
    pub footer: Vec<FooterLink>,
    /// The library's own keys of a case, in the order in which they are shown.
    pub fields: Vec<OwnField>,
    /// The vocabularies whose terms are shown as marks beside every title.
    pub marks: Vec<Written<String>>,
    /// The events on lifelines.
    pub events: Vec<MarkedYear>,
    /// The question on the home page, if there is one.
    pub finder: Option<Finder>,
    /// The form for contributing a case, if there is one.
    pub contribute: Option<Contribute>,
    /// The regions as tiles of a map; if none, regions are shown as a list.
    pub regions: Vec<RegionTile>,
    /// Old addresses that were given up on purpose.
    pub gone: Vec<Written<Address>>,
    /// Whether share cards are made: pictures that other sites show with links to this one; if absent, they are, but
    /// with few files only that of the library.
    pub share_cards: Option<bool>,
    /// Whether few files are made, for hosts that limit their number; if absent, the number of cases decides.
    pub few_files: Option<bool>,
    /// Levels of problems that differ from the default; `None` is off.
    pub checks: BTreeMap<Code, Option<Severity>>,
    /// `extra`, for a theme.
    pub extra: Extra,
}

/// The publisher.
#[derive(Clone, Debug)]
pub struct Publisher {
    /// Name.
    pub name: String,
    /// Home page.
    pub url: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
}

/// A link in the footer.
#[derive(Clone, Debug)]
pub struct FooterLink {
    /// Its text.
    pub text: String,
    /// Where it leads.
    pub target: SettingsLink,
}

/// Where a link of the settings leads.
#[derive(Clone, Debug)]
pub enum SettingsLink {
    /// An address of another site or of a person, ready to be published.
    Elsewhere(String),
    /// A place within this site, which is checked: an address that begins with `/`, or the path of a file under
    /// `content/`.
    Here(Written<String>),
}

/// An event: a year that lifelines mark because it mattered to many partnerships.
#[derive(Clone, Debug)]
pub struct MarkedYear {
    /// The year.
    pub year: i16,
    /// Where the year is written.
    pub spot: Spot,
    /// What happened in it.
    pub label: String,
    /// A page about it.
    pub url: Option<SettingsLink>,
}

/// The most events that a drawing has room for.
pub const MAX_EVENTS: usize = 4;

/// Where a contributed case can be sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contribute {
    /// An e-mail address; without one, the publisher's.
    pub email: Option<String>,
    /// The repository of the library on a git host.
    pub repository: Option<String>,
}

/// A sentence with a choice of terms in place of some words.
#[derive(Clone, Debug)]
pub struct Finder {
    /// Its texts and choices, in order.
    pub parts: Vec<FinderPart>,
}

/// A part of that sentence.
#[derive(Clone, Debug)]
pub enum FinderPart {
    /// A text.
    Words(String),
    /// A choice of the terms of a vocabulary, by its id.
    Choice(Written<String>),
}

/// A region as a tile on a rough map.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegionTile {
    /// Its name, as cases write it.
    pub name: String,
    /// Its column, from 1.
    pub column: u8,
    /// Its row, from 1.
    pub row: u8,
}

/// The nations and regions of the United Kingdom, each with its column and row, for libraries that set no regions of
/// their own. Neighbours on the ground are neighbours here where four columns allow.
pub const UNITED_KINGDOM: [(&str, u8, u8); 12] = [
    ("Scotland", 2, 1),
    ("Northern Ireland", 1, 2),
    ("North East", 3, 2),
    ("North West", 2, 3),
    ("Yorkshire and the Humber", 3, 3),
    ("Wales", 1, 4),
    ("West Midlands", 2, 4),
    ("East Midlands", 3, 4),
    ("East of England", 4, 4),
    ("South West", 2, 5),
    ("South East", 3, 5),
    ("London", 4, 5),
];

/// The most columns of the grid; the style sheet has a class for each.
pub const MAX_COLUMNS: u8 = 6;
/// The most rows.
pub const MAX_ROWS: u8 = 12;

/// The address at which the site will be published, in parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BaseUrl {
    /// `https://example.org`, without a closing slash; absent when only a path is known.
    pub origin: Option<String>,
    /// `/` or `/casebook/`: begins and ends with a slash.
    pub path: String,
}

impl BaseUrl {
    /// The full address of a page or file; from the root of its site if the host is not known.
    pub fn full_or_path(&self, address: &Address) -> String {
        self.full(address).unwrap_or_else(|| address.href(&self.path))
    }

    /// The full address of a page or file, if the host is known.
    pub fn full(&self, address: &Address) -> Option<String> {
        Some(format!("{}{}", self.origin.as_deref()?, address.href(&self.path)))
    }
}

/// The reason why a text is not the address of a site. Shown as a clause about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BaseUrlFault {
    /// It is neither a full address nor a path.
    NotFull,
    /// It has a user name or a password.
    User,
    /// It has a query or a fragment.
    Question,
    /// It ends in the name of a page.
    Page,
    /// It has a percent sign without two hexadecimal digits.
    Percent,
    /// Its path has a character that is not safe in every place where the path is written.
    Character(char),
    /// A part of its path is empty, `.` or `..`.
    Parts,
}

impl fmt::Display for BaseUrlFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            BaseUrlFault::NotFull => f.write_str("it is neither a full address nor a path"),
            BaseUrlFault::User => f.write_str("it has a user name or a password, which every page would show"),
            BaseUrlFault::Question => f.write_str("it has a `?` or a `#`, and the addresses of pages follow it"),
            BaseUrlFault::Page => f.write_str("it names a page, and not the folder that the site is in"),
            BaseUrlFault::Percent => f.write_str("a `%` in it is not followed by two hexadecimal digits"),
            BaseUrlFault::Character(other) => write!(
                f,
                "its path has `{other}`, and may have only the letters a to z, digits, and the marks - . _ ~ / and %"
            ),
            BaseUrlFault::Parts => f.write_str("a part of its path is empty, or is only dots"),
        }
    }
}

impl Default for BaseUrl {
    fn default() -> BaseUrl {
        BaseUrl { origin: None, path: "/".to_owned() }
    }
}

impl Config {
    /// Whether problems with this code are reported.
    pub fn is_on(&self, code: Code) -> bool {
        self.checks.get(&code).copied().unwrap_or(code.usual_level()).is_some()
    }
}

impl Default for Config {
    /// The settings of a library whose file is empty.
    fn default() -> Config {
        let spot = Spot::whole(&crate::problem::FilePath::new("casebook.yaml"));
        let written = |value: &str| Written { value: value.to_owned(), spot: spot.clone() };
        Config {
            title: "Casebook".to_owned(),
            tagline: None,
            base: BaseUrl::default(),
            language: "en-GB".to_owned(),
            theme: written("default"),
            facets: ["sector", "tier", "barrier"].map(written).to_vec(),
            map: MapAxes { rows: written("barrier"), columns: written("sector") },
            per_page: 20,
            publisher: None,
            licence: None,
            logo: None,
            favicon: None,
            accent: None,
            footer: Vec::new(),
            fields: Vec::new(),
            marks: ["outcome", "evidence"].map(written).to_vec(),
            events: Vec::new(),
            finder: None,
            contribute: None,
            regions: Vec::new(),
            gone: Vec::new(),
            share_cards: None,
            few_files: None,
            checks: BTreeMap::new(),
            extra: Extra::new(),
            spot,
        }
    }
}
