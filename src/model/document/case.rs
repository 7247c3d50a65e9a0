//! A case as its file has it: the front matter, typed, and the body.

use std::{collections::BTreeMap, sync::Arc};

use jiff::civil::Date;

use super::{Body, Extra, Source, Status};
use crate::{
    model::{
        Address,
        address::{self, sort_key},
        name::Name,
        own_field::FieldValue,
        related,
        spelling::{address_hash, name_hash, title_hash},
    },
    problem::{FilePath, Side, Spot, SpotPart, Step, Written},
};

/// A case study.
#[derive(Clone, Debug)]
pub struct CaseFile {
    /// Its file.
    pub path: FilePath,
    /// `title`, or one made from the file's name.
    pub title: String,
    /// Whether `title` is given.
    pub has_title: bool,
    /// `summary`; empty only in a draft or beside a problem.
    pub summary: String,
    /// Its title in the form [by which it is sorted](crate::model::address::sort_key).
    pub title_sort_key: Box<str>,
    /// The [hash](crate::model::spelling::title_hash) by which its title is compared with others.
    pub title_hash: u64,
    /// The name of its first place in that form; empty if it names none.
    pub place_key: Box<str>,
    /// Where it is published, if no other file has that address.
    pub address: Address,
    /// The [hash](crate::model::spelling::address_hash) by which its address is compared with others.
    pub address_hash: u64,
    /// The subject, for finding [related] cases: hashes of the longer words of title and
    /// summary.
    pub subject: Box<[u64]>,
    /// First published; absent only in a draft or beside a problem.
    pub date: Option<Date>,
    /// Last change of substance.
    pub updated: Option<Date>,
    /// The terms that it carries, by vocabulary, in the order written. An empty list means that the value could not be
    /// read; a vocabulary without a key in the case is absent.
    pub terms: BTreeMap<Arc<str>, Vec<TermUse>>,
    /// The places.
    pub places: Vec<Place>,
    /// The text for its places in lists, if their names are too long.
    pub short_place: Option<String>,
    /// The years of the partnership.
    pub period: Option<Period>,
    /// The partners.
    pub partners: Vec<String>,
    /// The lesson for others, in one sentence.
    pub lesson: Option<String>,
    /// The authors.
    pub authors: Vec<Author>,
    /// The sources of its facts.
    pub sources: Vec<Source>,
    /// The year of the latest dated source.
    pub latest_source: Option<i16>,
    /// Corrections of its page, sorted by date.
    pub corrections: Vec<Correction>,
    /// Adoptions by others.
    pub adopted: Vec<Adoption>,
    /// The values of the library's own keys.
    pub own_fields: BTreeMap<String, FieldValue>,
    /// Whether the public sees it.
    pub status: Status,
    /// The withdrawal, if it was withdrawn.
    pub withdrawn: Option<Withdrawal>,
    /// The day on which the facts were last checked.
    pub reviewed: Option<Date>,
    /// The day by which they should be checked again.
    pub review_by: Option<Written<Date>>,
    /// The last part of its address: `slug`, or from the file's name.
    pub slug: Written<String>,
    /// Old addresses.
    pub aliases: Vec<Written<Address>>,
    /// Related cases named by the editors: file names without the extension.
    pub related: Vec<Written<String>>,
    /// The main picture.
    pub image: Option<Image>,
    /// The contact.
    pub contact: Option<Contact>,
    /// The licence, if it is not the library's.
    pub licence: Option<Licence>,
    /// The language tag, if it is not the library's.
    pub language: Option<String>,
    /// `extra`, for a theme.
    pub extra: Extra,
    /// The front matter, to report missing keys later; absent if it could not be read.
    pub front_matter: Option<FrontMatter>,
    /// The body.
    pub body: Body,
}

impl CaseFile {
    /// A case of which only the title is known. Its address is made from the name of its file.
    pub fn titled(path: &FilePath, title: String, body: Body) -> CaseFile {
        let slug = Written { value: address::slug(path.case_name()), spot: Spot::whole(path) };
        let title_sort_key = sort_key(&title);
        let address = Address::page(["cases", &slug.value]);
        CaseFile {
            path: path.clone(),
            title_hash: title_hash(&title_sort_key),
            title_sort_key: title_sort_key.into(),
            place_key: Box::default(),
            address_hash: address_hash(&address),
            address,
            subject: related::subject(&title, ""),
            title,
            has_title: false,
            summary: String::new(),
            date: None,
            updated: None,
            terms: BTreeMap::new(),
            places: Vec::new(),
            short_place: None,
            period: None,
            partners: Vec::new(),
            lesson: None,
            authors: Vec::new(),
            sources: Vec::new(),
            latest_source: None,
            corrections: Vec::new(),
            adopted: Vec::new(),
            own_fields: BTreeMap::new(),
            status: Status::Published,
            withdrawn: None,
            reviewed: None,
            review_by: None,
            slug,
            aliases: Vec::new(),
            related: Vec::new(),
            image: None,
            contact: None,
            licence: None,
            language: None,
            extra: Extra::new(),
            front_matter: None,
            body,
        }
    }

    /// The published address of a file of the library that the case names by its path.
    pub fn address_of(&self, file: &str) -> Option<Address> {
        let decoded = percent_encoding::percent_decode_str(file).decode_utf8().ok()?;
        let folder = if decoded.starts_with('/') { "" } else { self.path.folder().strip_prefix("content")? };
        Some(Address::file(&FilePath::resolve(folder, &decoded)?))
    }
}

/// Valid front matter, as a place in a file.
#[derive(Clone, Debug)]
pub struct FrontMatter {
    /// Its start.
    pub spot: Spot,
}

impl FrontMatter {
    /// The place of a value, by its path of keys.
    pub fn value(&self, way: impl IntoIterator<Item = Step>) -> Spot {
        let mut spot = self.spot.clone();
        if let SpotPart::Yaml { path, side, .. } = &mut spot.part {
            path.extend(way);
            *side = Side::Value;
        }
        spot
    }

    /// The place of a top-level key, existing or not.
    pub fn key(&self, key: &str) -> Spot {
        let mut spot = self.spot.clone();
        if let SpotPart::Yaml { path, side, .. } = &mut spot.part {
            path.push(Step::Key(key.to_owned()));
            *side = Side::Key;
        }
        spot
    }
}

/// A term that a case carries, with its description.
#[derive(Clone, Debug)]
pub struct TermUse {
    /// The term as the author wrote it.
    pub term: Written<String>,
    /// The description: what got in the way.
    pub what: Option<Arc<str>>,
    /// The response: what they did about it.
    pub response: Option<Arc<str>>,
}

/// A place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Its number in the list of the file; none if it is written without a list.
    pub item: Option<usize>,
    /// Its name.
    pub name: String,
    /// Its nine-character code.
    pub code: Option<String>,
    /// Its region.
    pub region: Option<String>,
    /// The [hash](name_hash) by which its name is compared with others.
    pub name_hash: u64,
    /// The hash of its region.
    pub region_hash: Option<u64>,
}

impl Place {
    /// A place with this name, code and region.
    pub fn new(name: String, code: Option<String>, region: Option<String>) -> Place {
        let (name_hash, region_hash) = (name_hash(&name), region.as_deref().map(name_hash));
        Place { item: None, name, code, region, name_hash, region_hash }
    }
}

/// The years of a partnership.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Period {
    /// The first year.
    pub from: Option<i16>,
    /// The last year; absent if no end is recorded.
    pub to: Option<i16>,
    /// The year in which the partnership became something else.
    pub changed: Option<i16>,
    /// The last year that the sources report on.
    pub reported: Option<i16>,
    /// A note on the years.
    pub note: Option<String>,
}

/// An author of a case or a source.
#[derive(Clone, Debug)]
pub struct Author {
    /// Name.
    pub name: Name,
    /// The organisation of a person.
    pub organisation: Option<String>,
}

/// A correction of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    /// The day.
    pub date: Date,
    /// Where the day is written.
    pub date_spot: Spot,
    /// What was wrong, and what is correct.
    pub what: String,
}

/// The adoption of a case by somebody elsewhere.
#[derive(Clone, Debug)]
pub struct Adoption {
    /// Its number in the list of the file; none if it is written without a list.
    pub item: Option<usize>,
    /// Who adopted it, and where.
    pub place: String,
    /// The year in which they began.
    pub from: Option<i16>,
    /// The outcome: a term of the vocabulary `outcome`, if the library has it.
    pub outcome: Option<Written<String>>,
    /// A description.
    pub what: Option<String>,
    /// The id of the source that reports it.
    pub source: Option<Written<String>>,
}

/// The withdrawal of a case.
#[derive(Clone, Debug)]
pub struct Withdrawal {
    /// The day.
    pub date: Option<Date>,
    /// The reason, for the public.
    pub why: Option<String>,
}

/// A picture.
#[derive(Clone, Debug)]
pub struct Image {
    /// The file, relative to the case's file.
    pub src: Written<String>,
    /// The alternative text.
    pub alt: String,
    /// The credit.
    pub credit: Option<String>,
}

/// A contact.
#[derive(Clone, Debug)]
pub struct Contact {
    /// Name.
    pub name: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
}

/// A licence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Licence {
    /// Its name.
    pub name: String,
    /// Its address.
    pub url: Option<String>,
}
