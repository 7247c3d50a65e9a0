//! The parts of a site that views of many cases need: cases, terms, lifelines, places and theme pages.

use std::sync::Arc;

use crate::{
    model::{
        Address, CaseId, IdMap, PageId, TermId, VocabularyId,
        document::GlossaryEntry,
        evidence_map::MapAxes,
        library::{Case, Page},
        vocabulary::Term,
    },
    site::{
        gazetteer::Gazetteer,
        lives::Lives,
        routes::Routes,
        theme::Words,
        theme_pages::ThemePages,
        view::{Common, Shared, TermLink, Terms, VocabularyLink},
    },
};

/// The parts of a site that views of many cases need. What one view alone needs is a parameter of that view.
#[derive(Clone, Copy, Debug)]
pub struct Overview<'a> {
    /// The settings and texts that every view needs.
    pub common: Common<'a>,
    /// The vocabularies and their terms.
    pub terms: Terms<'a>,
    /// The cases that are listed, newest first.
    pub cases: &'a IdMap<CaseId, Arc<Case>>,
    /// The vocabularies of marks, in their order.
    pub marks: &'a [VocabularyId],
    /// The axes of the evidence map.
    pub map: Option<MapAxes>,
    /// The plain pages.
    pub pages: &'a IdMap<PageId, Page>,
    /// The glossary.
    pub glossary: &'a [GlossaryEntry],
    /// The cases by place.
    pub gazetteer: &'a Gazetteer,
    /// Whether each region has pages of its own, because the library is large.
    pub has_region_pages: bool,
    /// The lifelines of the cases.
    pub lives: &'a Lives,
    /// The theme pages.
    pub theme_pages: &'a ThemePages,
    /// The page on contributing.
    pub contribute: Option<&'a Page>,
    /// Every page of the site.
    pub routes: &'a Routes,
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
        self.routes.contains_key(address).then(|| self.href(address))
    }

    /// The term of a case that is a mark, of each vocabulary whose terms are marks.
    pub fn marks_of(&self, case: &'a Case) -> impl Iterator<Item = (VocabularyId, &'a Term)> + use<'a> {
        case.marks(self.marks, self.terms.vocabularies)
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
