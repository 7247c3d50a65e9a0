//! What views that show many cases may use: the cases with their terms, their lives and their places, and the pages about them.

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

/// What views that show many cases may use.
#[derive(Clone, Copy, Debug)]
pub struct Overview<'a> {
    /// What every view may use.
    pub common: Common<'a>,
    /// The vocabularies and their terms.
    pub terms: Terms<'a>,
    /// The cases, and what they have in common.
    pub library: &'a Library,
    /// Their orders, lives and places, and which pages there are.
    pub plan: &'a SitePlan,
    /// The pages that set cases side by side on one question.
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

    /// The link to an address of this site, if something is published there.
    pub fn published(&self, address: &Address) -> Option<String> {
        self.plan.routes.contains_key(address).then(|| self.href(address))
    }

    /// The lives of the partnerships.
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
