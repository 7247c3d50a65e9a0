//! Resolves every link of the content to the address that pages print.
//!
//! A link may lead to any page, so links are resolved when all routes are known: takes the documents, the library and
//! its [`SitePlan`], and gives [`Links`] and a problem for each link with no target. Files that are not published are
//! checked too, and may link to each other. Links to other sites are not checked here.

mod documents;
mod resolve;

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use self::{
    documents::LinkedDocuments,
    resolve::{LinkResolver, LinkingFile, ResolvedLinks},
};
use super::plan::SitePlan;
use crate::{
    html::value,
    model::{Address, CaseId, Documents, Edition, IdMap, Library, PageId, config::SettingsLink},
    problem::{Checked, FilePath, Problem},
};

/// The targets of all links of the content. Every address is ready for an attribute: percent-encoded, escaped, with the
/// base path.
#[derive(Clone, Debug, Default)]
pub struct Links {
    /// The links of each case.
    pub cases: IdMap<CaseId, DocumentLinks>,
    /// The links of each plain page.
    pub pages: IdMap<PageId, DocumentLinks>,
    /// The links of the home page.
    pub home: DocumentLinks,
    /// The library's logo.
    pub logo: Option<Picture>,
    /// The address of the icon for the browser's tab.
    pub favicon: Option<String>,
    /// The address of each footer link, in the configured order.
    pub footer: Vec<String>,
    /// The address of each event of the settings, in their order; none for one without.
    pub events: Vec<Option<String>>,
    /// The files that something links to, by their published address.
    pub files: BTreeMap<Address, FilePath>,
    /// The files that something links to, published or not.
    pub named: BTreeSet<FilePath>,
}

/// The targets of the links of a document; empty if its body is not published.
#[derive(Clone, Debug, Default)]
pub struct DocumentLinks {
    /// The address of each link of its body, in order; empty for a link with no target. The address of a picture is
    /// followed by its width and height as attributes.
    pub hrefs: Vec<String>,
    /// The picture at its top, if it exists.
    pub image: Option<Picture>,
    /// The address of each source, in order, if any of them is a file of the library; none for a source that is
    /// not a file, or whose file is missing.
    pub sources: Vec<Option<String>>,
}

/// No links.
static NONE: DocumentLinks = DocumentLinks { hrefs: Vec::new(), image: None, sources: Vec::new() };

impl Links {
    /// The links of a case; none if it was not published when links were resolved.
    pub fn of_case(&self, case: CaseId) -> &DocumentLinks {
        self.cases.get(case).unwrap_or(&NONE)
    }

    /// The links of a plain page; none if it was not published when links were resolved.
    pub fn of_page(&self, page: PageId) -> &DocumentLinks {
        self.pages.get(page).unwrap_or(&NONE)
    }
}

/// A picture of the content.
#[derive(Clone, Debug)]
pub struct Picture {
    /// Its address.
    pub href: String,
    /// Its width and height in pixels, if they are known.
    pub size: Option<(u32, u32)>,
}

impl Picture {
    /// The address and size in the form of a slot. The `src` attribute is open around a slot, so the first quotation
    /// mark here ends the address, and the mark after the slot ends the height.
    fn in_slot(&self) -> String {
        match self.size {
            Some((width, height)) => format!("{}\" width=\"{width}\" height=\"{height}", self.href),
            None => self.href.clone(),
        }
    }
}

/// Resolves every link of a library.
pub fn links(documents: &Documents, library: &Library, plan: &SitePlan, edition: &Edition) -> Checked<Links> {
    let resolver = LinkResolver::new(documents, library, plan, edition);
    let targets = &resolver.documents.all;
    let resolved: Vec<ResolvedLinks> = targets.par_iter().map(|target| resolver.of_document(target)).collect();
    let mut links = Links::default();
    let mut problems = Vec::new();
    let mut of_documents = targets.iter().zip(resolved).map(|(target, found)| {
        problems.extend(found.problems);
        links.named.extend(found.named);
        // A file that only unpublished documents link to is checked, but not published.
        if !target.is_shown() {
            return DocumentLinks::default();
        }
        links.files.extend(found.files);
        found.links
    });
    links.cases = documents.cases.ids().iter().copied().zip(of_documents.by_ref()).collect();
    links.home = documents.home.iter().zip(of_documents.by_ref()).map(|(_, home)| home).next().unwrap_or_default();
    links.pages = documents.pages.ids().iter().copied().zip(of_documents).collect();
    let mut linking = LinkingFile::settings();
    let config = &library.config;
    links.logo = config.logo.as_ref().and_then(|logo| resolver.picture(&logo.value, &logo.spot, &mut linking));
    let favicon = config.favicon.as_ref().and_then(|icon| resolver.picture(&icon.value, &icon.spot, &mut linking));
    links.favicon = favicon.map(|icon| icon.href);
    let mut href = |target: &SettingsLink| match target {
        SettingsLink::Here(place) => resolver.link(&place.value, &place.spot, &mut linking),
        SettingsLink::Elsewhere(address) => Some(value(address)),
    };
    links.footer = config.footer.iter().map(|link| href(&link.target).unwrap_or_default()).collect();
    links.events = config.events.iter().map(|event| href(event.url.as_ref()?)).collect();
    links.files.extend(linking.files);
    links.named.extend(linking.named);
    problems.extend(linking.problems);
    Checked::new(links, problems)
}

/// The problems of the links in documents that were edited after the library was made from `documents`.
pub fn problems_of(
    edited: &Documents,
    documents: &Documents,
    library: &Library,
    plan: &SitePlan,
    edition: &Edition,
) -> Vec<Problem> {
    let edited = LinkedDocuments::of(edited, library, plan, edition).all;
    if edited.iter().all(|document| document.has_no_link()) {
        return Vec::new();
    }
    let resolver = LinkResolver::new(documents, library, plan, edition);
    edited.iter().flat_map(|document| resolver.of_document(document).problems).collect()
}
