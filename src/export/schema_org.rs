//! The types of schema.org that linked data uses, each with the properties that a case study has.
//!
//! An absent property is left out. The names of types and properties are those of schema.org
//! (<https://schema.org/docs/schemas.html>); serde writes the name of a type as `@type`.
#![allow(missing_docs, reason = "schema.org says what its properties mean")]

use std::borrow::Cow;

use serde::Serialize;

/// A case study.
#[derive(Debug, Serialize)]
#[serde(tag = "@type", rename = "Report", rename_all = "camelCase")]
pub struct SchemaReport<'a> {
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
    pub author: Vec<SchemaAuthor<'a>>,
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
    pub is_part_of: SchemaCollection<'a>,
}

/// A correction of a page.
#[derive(Debug, Serialize)]
#[serde(tag = "@type", rename_all = "camelCase")]
pub struct CorrectionComment<'a> {
    pub text: &'a str,
    pub date_published: String,
}

/// The author of a case.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub enum SchemaAuthor<'a> {
    /// A person.
    Person(SchemaPerson<'a>),
    /// The publisher, if there is no author.
    Organization(Organization<'a>),
}

/// A person.
#[derive(Debug, Serialize)]
#[serde(tag = "@type", rename = "Person", rename_all = "camelCase")]
pub struct SchemaPerson<'a> {
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

/// An organisation.
#[derive(Debug, Serialize)]
#[serde(tag = "@type")]
pub struct Organization<'a> {
    pub name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<&'a str>,
}

/// A place, and the region that contains it.
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

/// A source.
#[derive(Debug, Default, Serialize)]
#[serde(tag = "@type", rename_all = "camelCase")]
pub struct CreativeWork<'a> {
    pub name: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub author: Vec<SchemaAuthor<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub archived_at: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub publisher: Option<Organization<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date_published: Option<String>,
}

/// A licence: its address, or its name.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub enum License<'a> {
    /// Its address.
    Url(&'a str),
    /// Its name.
    Name(CreativeWork<'a>),
}

/// The library.
#[derive(Debug, Serialize)]
#[serde(tag = "@type", rename = "Collection")]
pub struct SchemaCollection<'a> {
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

/// A page of a breadcrumb list.
#[derive(Debug, Serialize)]
#[serde(tag = "@type")]
pub struct ListItem<'a> {
    /// Its position, from 1.
    pub position: usize,
    pub name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub item: Option<String>,
}
