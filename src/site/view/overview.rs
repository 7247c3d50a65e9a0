//! The parts of a site that views of many cases need: cases, terms, lifelines, places and theme pages.

use crate::{
    model::{Address, Library, TermId, VocabularyId, library::Page},
    site::{
        lives::Lives,
        plan::SitePlan,
        theme::Words,
        theme_pages::ThemePages,
        view::{Common, Shared, TermLink, Terms, VocabularyLink},
    },
};

/// The parts of a site that views of many cases need.
#[derive(Clone, Copy, Debug)]
pub struct Overview<'a> {
    /// The settings and texts that every view needs.
    pub common: Common<'a>,
    /// The vocabularies and their terms.
    pub terms: Terms<'a>,
    /// The cases, and the relations between them.
    pub library: &'a Library,
    /// The routes, and the orders, lifelines and places of the cases.
    pub plan: &'a SitePlan,
    /// The theme pages.
    pub theme_pages: &'a ThemePages,
    /// The page on contributing.
    pub contribute: Option<&'a Page>,
}

impl<'a> Overview<'a> {
    /// The words of the interface.
    pub fn words(&self) -> &'a Words {
        self.common.words
    }

    /// The link to an address of this site.
    pub fn href(&self, address: &Address) -> String {
        self.common.href(address)
    }

    /// The link to an address of this site, if the site has a page there.
    pub fn published(&self, address: &Address) -> Option<String> {
        self.plan.routes.contains_key(address).then(|| self.href(address))
    }

    /// The lifelines of the cases.
    pub fn lives(&self) -> &'a Lives {
        &self.plan.lives
    }

    /// The link to a term.
    pub fn term(&self, term: TermId) -> Shared<TermLink> {
        self.terms.term(term)
    }

    /// The link to a vocabulary.
    pub fn vocabulary(&self, vocabulary: VocabularyId) -> Shared<VocabularyLink> {
        self.terms.vocabulary(vocabulary)
    }
}
