//! The types of schema.org that linked data is written in: for each, the properties that a case study has.
//!
//! A property that is absent is left out. The names of types and properties are schema.org's own
//! (<https://schema.org/docs/schemas.html>); serde writes the name of a type as `@type`.
#![allow(missing_docs, reason = "schema.org says what its properties mean")]

use std::borrow::Cow;

use serde::Serialize;

/// A case study.
#[derive(Debug, Serialize)]
#[serde(tag = "@type", rename_all = "camelCase")]
pub struct Report<'a> {
    #[serde(rename = "@id", skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub main_entity_of_page: Option<String>,
    pub name: &'a str,
    pub headline: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub r#abstract: &'a str,
    pub in_language: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date_published: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date_modified: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub author: Vec<Author<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub publisher: Option<Organization<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub spatial_coverage: Vec<AdministrativeArea<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub temporal_coverage: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub about: Vec<DefinedTerm<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub contributor: Vec<Organization<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub citation: Vec<CreativeWork<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub teaches: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub correction: Vec<CorrectionComment<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub license: Option<License<'a>>,
    pub is_accessible_for_free: bool,
    pub is_part_of: Collection<'a>,
}

/// What was put right on a page.
#[derive(Debug, Serialize)]
#[serde(tag = "@type", rename_all = "camelCase")]
pub struct CorrectionComment<'a> {
    pub text: &'a str,
    pub date_published: String,
}

/// Who wrote it.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub enum Author<'a> {
    /// Somebody who signed it.
    Person(Person<'a>),
    /// The publisher, where nobody did.
    Organization(Organization<'a>),
}

/// Somebody.
#[derive(Debug, Serialize)]
#[serde(tag = "@type", rename_all = "camelCase")]
pub struct Person<'a> {
    pub name: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub given_name: &'a str,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub family_name: String,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub honorific_prefix: &'a str,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub honorific_suffix: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub affiliation: Option<Organization<'a>>,
}

/// A body.
#[derive(Debug, Serialize)]
#[serde(tag = "@type")]
pub struct Organization<'a> {
    pub name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<&'a str>,
}

/// A place, and the region that it lies in.
#[derive(Debug, Serialize)]
#[serde(tag = "@type", rename_all = "camelCase")]
pub struct AdministrativeArea<'a> {
    pub name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub identifier: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contained_in_place: Option<Box<AdministrativeArea<'a>>>,
}

/// A term of a vocabulary.
#[derive(Debug, Serialize)]
#[serde(tag = "@type", rename_all = "camelCase")]
pub struct DefinedTerm<'a> {
    #[serde(rename = "@id", skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    pub name: &'a str,
    pub term_code: &'a str,
    pub in_defined_term_set: DefinedTermSet<'a>,
}

/// A vocabulary.
#[derive(Debug, Serialize)]
#[serde(tag = "@type")]
pub struct DefinedTermSet<'a> {
    #[serde(rename = "@id", skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    pub name: &'a str,
}

/// What a fact rests on.
#[derive(Debug, Default, Serialize)]
#[serde(tag = "@type", rename_all = "camelCase")]
pub struct CreativeWork<'a> {
    pub name: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub author: Vec<Author<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub archived_at: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub publisher: Option<Organization<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date_published: Option<String>,
}

/// The terms of use: their address, else their name.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub enum License<'a> {
    /// Where they can be read.
    Url(&'a str),
    /// What they are called.
    Name(CreativeWork<'a>),
}

/// The library that it is part of.
#[derive(Debug, Serialize)]
#[serde(tag = "@type")]
pub struct Collection<'a> {
    #[serde(rename = "@id", skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    pub name: &'a str,
}

/// The pages above a page, and the page itself.
#[derive(Debug, Serialize)]
#[serde(tag = "@type", rename_all = "camelCase")]
pub struct BreadcrumbList<'a> {
    pub item_list_element: Vec<ListItem<'a>>,
}

/// One of them.
#[derive(Debug, Serialize)]
#[serde(tag = "@type")]
pub struct ListItem<'a> {
    /// From 1.
    pub position: usize,
    pub name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub item: Option<String>,
}
