//! The documents that links can lead to: every case and page, with its address if it is published, and the reason if
//! not.

use std::{
    borrow::Cow,
    sync::{Arc, OnceLock},
};

use rayon::prelude::*;
use rustc_hash::FxHashSet;

use crate::{
    model::{
        Address, CaseId, Documents, Edition, Library,
        cases::why_unpublished,
        document::{Body, CaseFile, Source, Status},
    },
    problem::{FilePath, NameIndex, Spot, message::unpublished::WhyUnpublished},
    site::plan::SitePlan,
};

/// A document that links can lead to.
pub(super) struct LinkedDocument<'a> {
    pub(super) path: &'a FilePath,
    pub(super) address: Option<&'a Address>,
    pub(super) body: &'a Body,
    pub(super) image: Option<(&'a str, &'a Spot)>,
    pub(super) sources: &'a [Source],
    pub(super) why_unpublished: Option<WhyUnpublished>,
    pub(super) is_withdrawn: bool,
    /// The ids that a link may point at. Made for the first link to an anchor of the document.
    anchors: OnceLock<AnchorSet<'a>>,
}

/// The ids in a page that a link may point at.
pub(super) struct AnchorSet<'a> {
    sorted: Vec<Cow<'a, str>>,
    /// For guesses. Made for the first link to an anchor that the page does not have.
    names: OnceLock<NameIndex<usize>>,
}

impl<'a> AnchorSet<'a> {
    pub(super) fn new(anchors: impl Iterator<Item = Cow<'a, str>>) -> AnchorSet<'a> {
        let mut sorted: Vec<_> = anchors.collect();
        sorted.sort_unstable();
        AnchorSet { sorted, names: OnceLock::new() }
    }

    pub(super) fn contains(&self, anchor: &str) -> bool {
        self.sorted.binary_search_by(|known| (**known).cmp(anchor)).is_ok()
    }

    /// The anchor most similar to this text.
    pub(super) fn nearest(&self, anchor: &str) -> Option<&str> {
        let numbered = || self.sorted.iter().enumerate().map(|(number, known)| (&**known, number));
        let number = self.names.get_or_init(|| NameIndex::new(numbered())).nearest(anchor)?;
        Some(&self.sorted[number])
    }
}

impl<'a> LinkedDocument<'a> {
    /// The ids in its page that a link may point at.
    pub(super) fn anchors(&self) -> &AnchorSet<'a> {
        self.anchors.get_or_init(|| AnchorSet::new(self.body.anchors.iter().map(|anchor| anchor.into())))
    }

    /// Is its body published, so that the files it links to must be published too?
    pub(super) fn is_shown(&self) -> bool {
        self.why_unpublished.is_none() && !self.is_withdrawn
    }

    /// Does it have no link, no picture at its top, and no source that is a file?
    pub(super) fn has_no_link(&self) -> bool {
        self.body.links.is_empty() && self.image.is_none() && self.sources.iter().all(|source| source.file().is_none())
    }
}

/// The documents that links can lead to.
pub(super) struct LinkedDocuments<'a> {
    /// The cases, the home page and the plain pages, each kind in the order of its paths.
    pub(super) all: Vec<LinkedDocument<'a>>,
    documents: &'a Documents,
    /// The folders of the documents and all folders above them. Made for the first link that may lead to a folder.
    folders: OnceLock<FxHashSet<&'a str>>,
}

impl<'a> LinkedDocuments<'a> {
    pub(super) fn of(
        documents: &'a Documents,
        library: &'a Library,
        plan: &'a SitePlan,
        edition: &Edition,
    ) -> LinkedDocuments<'a> {
        let target = |path: &'a FilePath, address: Option<&'a Address>, body, image, sources, status: Status, date| {
            let why_unpublished =
                why_unpublished(status, date, edition).or(address.is_none().then_some(WhyUnpublished::AddressTaken));
            LinkedDocument {
                path,
                address,
                body,
                image,
                sources,
                why_unpublished,
                is_withdrawn: status == Status::Withdrawn,
                anchors: OnceLock::new(),
            }
        };
        let of_case = |(id, file): (CaseId, &'a Arc<CaseFile>)| {
            let case = library.cases.get(id).map(|case| &**case).or_else(|| library.withdrawn.get(id));
            let image = file.image.as_ref().map(|image| (image.src.value.as_str(), &image.src.spot));
            let address = case.map(|case| &case.address);
            target(&file.path, address, &file.body, image, &file.sources[..], file.status, file.date)
        };
        let of_pages = documents.pages.entries().map(|(id, file)| {
            let address = library.pages.get(id).map(|page| &page.address);
            target(&file.path, address, &file.body, None, &[], file.status, None)
        });
        let home = documents.home.iter();
        let home =
            home.map(|file| target(&file.path, Some(&plan.home), &file.body, None, &[], Status::Published, None));
        let cases = documents.cases.ids().par_iter().copied().zip(documents.cases.values());
        let mut all: Vec<LinkedDocument<'_>> = cases.map(of_case).collect();
        all.extend(home.chain(of_pages));
        LinkedDocuments { all, documents, folders: OnceLock::new() }
    }

    pub(super) fn get(&self, path: &str) -> Option<&LinkedDocument<'a>> {
        let Documents { cases, pages, home, ids, .. } = self.documents;
        let case = || cases.position(ids.case_at(path)?);
        let is_home = || home.as_ref().is_some_and(|home| home.path.as_str() == path);
        let page = || Some(cases.len() + home.iter().len() + pages.position(ids.page_at(path)?)?);
        let position = case().or_else(|| is_home().then_some(cases.len())).or_else(page)?;
        self.all.get(position)
    }

    pub(super) fn paths(&self) -> impl Iterator<Item = &'a str> {
        self.all.iter().map(|target| target.path.as_str())
    }

    /// Is there a document in this folder, or below it?
    pub(super) fn is_folder(&self, path: &str) -> bool {
        let above = |path: &'a str| path.match_indices('/').map(move |(slash, _)| &path[..slash]);
        self.folders.get_or_init(|| self.paths().flat_map(above).collect()).contains(path)
    }
}
