//! Links to vocabularies and terms. They are made once for a site, since every page has some.

use serde::Serialize;

use super::{Shared, marks};
use crate::{
    model::{CaseId, IdMap, Library, TermId, VocabularyId, vocabularies::Vocabularies, vocabulary::Term},
    site::{combinations::Combinations, theme::Html},
};

/// The vocabularies and their terms, with the cases of each term.
#[derive(Clone, Copy, Debug)]
pub struct Terms<'a> {
    /// The vocabularies.
    pub vocabularies: &'a Vocabularies,
    /// The cases of each term.
    pub cases_by_term: &'a IdMap<TermId, Vec<CaseId>>,
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
        self.cases_by_term[term].len()
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
        let plain = term.file.plain.as_deref().filter(|_| icon.is_some());
        let short = plain.map_or_else(|| term.label.clone(), marks::capitalised);
        TermLink { text: term.label.clone(), href, shape, short, icon }
    }
}

impl TermLinks {
    /// The links of a library.
    pub fn of(library: &Library) -> TermLinks {
        const SHAPES: [&str; 4] = ["disc", "layers", "wedge", "diamond"];
        let (all, base) = (&library.vocabularies, &library.config.base.path);
        let shape = |vocabulary| *SHAPES.get(all.position(vocabulary)).unwrap_or(&"square");
        let vocabularies = all.iter().map(|vocabulary| {
            let link = VocabularyLink {
                label: vocabulary.file.label.clone(),
                plural: vocabulary.file.plural.clone(),
                href: vocabulary.address().href(base),
                shape: shape(vocabulary.id),
            };
            (vocabulary.id, Shared::new(&link))
        });
        let terms = all.terms().map(|term| {
            let href = all.term_address(term.id).href(base);
            (term.id, Shared::new(&TermLink::new(term, href, shape(term.vocabulary))))
        });
        TermLinks { vocabularies: vocabularies.collect(), terms: terms.collect() }
    }
}
