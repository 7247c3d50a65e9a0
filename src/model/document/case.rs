//! A case as its file has it: the front matter, typed, and the body.

use std::{collections::BTreeMap, sync::Arc};

use jiff::civil::Date;

use super::{Body, Extra, Source, Status};
use crate::{
    model::{Address, name::Name, own_field::FieldValue},
    problem::{FilePath, Side, Spot, SpotPart, Step, Written},
};

/// A case study.
#[derive(Clone, Debug)]
pub struct CaseFile {
    /// Its file.
    pub path: FilePath,
    /// `title`, or one made from the file's name.
    pub title: String,
    /// `title` is given.
    pub has_title: bool,
    /// `summary`; empty only in a draft or beside a problem.
    pub summary: String,
    /// Its title [as it is put in order](crate::model::address::sorted_as).
    pub title_key: Box<str>,
    /// The name of its first place as it is put in order; empty where it names none.
    pub place_key: Box<str>,
    /// Where it is published, if no other file has that address.
    pub address: Address,
    /// What it is about, for finding [related](crate::model::related) cases: the longer words of title and summary, by their hashes.
    pub subject: Box<[u64]>,
    /// First published; absent only in a draft or beside a problem.
    pub date: Option<Date>,
    /// Last change of substance.
    pub updated: Option<Date>,
    /// The terms that it carries, by vocabulary, in the order written. An empty list stands for one that could not be read; a
    /// vocabulary of which the case says nothing is absent.
    pub terms: BTreeMap<String, Vec<TermUse>>,
    /// Where it happened.
    pub places: Vec<Place>,
    /// What lists call its places, where their names are too long.
    pub short_place: Option<String>,
    /// The years of the partnership.
    pub period: Option<Period>,
    /// Who took part.
    pub partners: Vec<String>,
    /// What others can learn from it, in one sentence.
    pub lesson: Option<String>,
    /// Who wrote it.
    pub authors: Vec<Author>,
    /// The sources of its facts.
    pub sources: Vec<Source>,
    /// Corrections of its page.
    pub corrections: Vec<Correction>,
    /// Those who adopted it elsewhere, and the outcome.
    pub adopted: Vec<Adoption>,
    /// The values of keys that the library declares itself, by key.
    pub own_fields: BTreeMap<String, FieldValue>,
    /// Whether the public sees it.
    pub status: Status,
    /// When and why it was withdrawn, where it was.
    pub withdrawn: Option<Withdrawal>,
    /// The day on which the facts were really checked.
    pub reviewed: Option<Date>,
    /// The day by which they should be checked again.
    pub review_by: Option<Written<Date>>,
    /// The last part of its address: `slug`, or from the file's name.
    pub slug: Written<String>,
    /// Old addresses.
    pub aliases: Vec<Written<Address>>,
    /// Related cases named by hand: file names without the ending.
    pub related: Vec<Written<String>>,
    /// A picture for the head of the page.
    pub image: Option<Image>,
    /// Whom to ask.
    pub contact: Option<Contact>,
    /// Where it differs from the library's.
    pub licence: Option<Licence>,
    /// Where it differs from the library's: a language tag.
    pub language: Option<String>,
    /// `extra`, for a theme.
    pub extra: Extra,
    /// The front matter, to report what is missing later; absent where it could not be read.
    pub front_matter: Option<FrontMatter>,
    /// The words.
    pub body: Body,
}

impl CaseFile {
    /// The address at which a file of the library is published that the case names by its path, where it lies in the library.
    pub fn address_of(&self, file: &str) -> Option<Address> {
        let decoded = percent_encoding::percent_decode_str(file).decode_utf8().ok()?;
        let folder = if decoded.starts_with('/') { "" } else { self.path.folder().strip_prefix("content")? };
        Some(Address::file(&FilePath::resolve(folder, &decoded)?))
    }
}

/// Front matter that could be read, as a place in a file.
#[derive(Clone, Debug)]
pub struct FrontMatter {
    /// The top of it.
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

    /// The place of a top-level key, or where it would be.
    pub fn key(&self, key: &str) -> Spot {
        let mut spot = self.spot.clone();
        if let SpotPart::Yaml { path, side, .. } = &mut spot.part {
            path.push(Step::Key(key.to_owned()));
            *side = Side::Key;
        }
        spot
    }
}

/// A term that a case carries, with what happened.
#[derive(Clone, Debug)]
pub struct TermUse {
    /// The term as the author wrote it.
    pub term: Written<String>,
    /// What got in the way.
    pub what: Option<Arc<str>>,
    /// What they did about it.
    pub response: Option<Arc<str>>,
}

/// A place.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Its name.
    pub name: String,
    /// Its nine-character code, where given.
    pub code: Option<String>,
    /// The region that it lies in.
    pub region: Option<String>,
}

/// The years of a partnership.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Period {
    /// The first year.
    pub from: Option<i16>,
    /// The last; absent: no end recorded.
    pub to: Option<i16>,
    /// The year in which the partnership took another form.
    pub changed: Option<i16>,
    /// The last year that the sources report on.
    pub reported: Option<i16>,
    /// What a year cannot say.
    pub note: Option<String>,
}

/// Someone who wrote a case or a source.
#[derive(Clone, Debug)]
pub struct Author {
    /// Name.
    pub name: Name,
    /// The organisation that a person belongs to.
    pub organisation: Option<String>,
}

/// A correction of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    /// The day.
    pub date: Date,
    /// What was wrong, and what is right.
    pub what: String,
}

/// The adoption of a case by somebody elsewhere.
#[derive(Clone, Debug)]
pub struct Adoption {
    /// Who and where.
    pub place: String,
    /// The year in which they began.
    pub from: Option<i16>,
    /// How it went: a term of the vocabulary `outcome`, where the library has it.
    pub outcome: Option<Written<String>>,
    /// What happened.
    pub what: Option<String>,
    /// The id of the source that reports it.
    pub source: Option<Written<String>>,
}

/// When and why a case was withdrawn.
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
    /// The file, relative to the case's.
    pub src: Written<String>,
    /// The picture in words.
    pub alt: String,
    /// Whose it is.
    pub credit: Option<String>,
}

/// Whom to ask.
#[derive(Clone, Debug)]
pub struct Contact {
    /// Name.
    pub name: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
}

/// The terms of reuse.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Licence {
    /// Its name.
    pub name: String,
    /// Where it can be read.
    pub url: Option<String>,
}
