//! Resolves one link, or guesses its intended target if the target does not exist.
//!
//! Takes a link as it is written, with its place, and gives the address that pages print. The files that the link
//! needs, and its problems, are collected in [`LinkingFile`].

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::OnceLock,
};

use percent_encoding::percent_decode_str;
use rustc_hash::FxHashMap;

use super::{
    DocumentLinks, Picture,
    documents::{AnchorSet, LinkedDocument, LinkedDocuments},
};
use crate::{
    html::{percent_encoded, value},
    model::{
        Address, Documents, Edition, Library,
        address::{PUBLISHED_TYPES, TYPES_FOR_SETTINGS, glossary_ids, nfc, slug},
        document::{LinkKind, OtherFile, Source},
    },
    problem::{
        FilePath, NameIndex, Problem, Spot, Written,
        message::{link as message, unpublished::WhyUnpublished},
    },
    site::{
        gazetteer::{Gazetteer, Region},
        plan::{SitePlan, addresses_that_need_a_host},
        route::Route,
    },
};

/// The resolved links of a document.
pub(super) struct ResolvedLinks {
    pub(super) links: DocumentLinks,
    pub(super) files: BTreeMap<Address, FilePath>,
    /// The files that it links to, published or not.
    pub(super) named: Vec<FilePath>,
    pub(super) problems: Vec<Problem>,
}

/// A file whose links are being resolved, with what was collected so far.
pub(super) struct LinkingFile<'a> {
    folder: &'a str,
    is_seen: bool,
    /// Is it the settings, whose pictures may have more types?
    is_settings: bool,
    pub(super) files: BTreeMap<Address, FilePath>,
    /// The files that it links to, published or not.
    pub(super) named: Vec<FilePath>,
    pub(super) problems: Vec<Problem>,
}

impl<'a> LinkingFile<'a> {
    pub(super) fn new(folder: &'a str, is_seen: bool) -> LinkingFile<'a> {
        let (files, named, problems) = (BTreeMap::new(), Vec::new(), Vec::new());
        LinkingFile { folder, is_seen, is_settings: false, files, named, problems }
    }

    /// The settings. Their paths begin at `content/`.
    pub(super) fn settings() -> LinkingFile<'a> {
        LinkingFile { is_settings: true, ..LinkingFile::new("content", true) }
    }

    /// May a file with this extension be published?
    fn may_publish(&self, extension: &str) -> bool {
        PUBLISHED_TYPES.contains(&extension) || self.is_settings && TYPES_FOR_SETTINGS.contains(&extension)
    }

    fn refuse<T>(&mut self, problem: Problem) -> Option<T> {
        self.problems.push(problem);
        None
    }
}

/// Everything that links can lead to.
pub(super) struct LinkResolver<'a> {
    library: &'a Library,
    plan: &'a SitePlan,
    /// The documents.
    pub(super) documents: LinkedDocuments<'a>,
    /// The indexes of the published documents, by address. Made for the first link to an address.
    published: OnceLock<FxHashMap<&'a Address, usize>>,
    /// The other files, by path.
    files: BTreeMap<&'a str, &'a OtherFile>,
    /// The names for guesses. Made for the first link with no target.
    names: OnceLock<[NameIndex<&'a str>; 3]>,
    /// The paths with characters that can be encoded in two ways, by their normalised form. Made for the first link
    /// with such characters that matches no path exactly.
    composed: OnceLock<HashMap<String, &'a str>>,
    /// The reason why each case is not published, by its name. Made for the first link that may lead to one of them.
    unseen: OnceLock<HashMap<&'a str, Option<WhyUnpublished>>>,
    /// The anchors of entries in the glossary. Made for the first link to an anchor there.
    ids_in_glossary: OnceLock<AnchorSet<'static>>,
    /// The anchors of places and regions in the list of places.
    ids_in_places: OnceLock<AnchorSet<'static>>,
    /// The addresses of files that need a host. Made for the first link with no target if the library has none.
    of_host: OnceLock<BTreeSet<Address>>,
}

/// The names that a guess is made from.
#[derive(Clone, Copy)]
enum Guess {
    /// Addresses.
    Address,
    /// Names of documents and other files, for their paths.
    Path,
    /// Names of files that are not documents.
    Media,
}

impl<'a> LinkResolver<'a> {
    pub(super) fn new(
        documents: &'a Documents,
        library: &'a Library,
        plan: &'a SitePlan,
        edition: &Edition,
    ) -> LinkResolver<'a> {
        LinkResolver {
            published: OnceLock::new(),
            library,
            plan,
            files: documents.files.iter().map(|file| (file.path.as_str(), file)).collect(),
            documents: LinkedDocuments::of(documents, library, plan, edition),
            names: OnceLock::new(),
            composed: OnceLock::new(),
            unseen: OnceLock::new(),
            ids_in_glossary: OnceLock::new(),
            ids_in_places: OnceLock::new(),
            of_host: OnceLock::new(),
        }
    }

    pub(super) fn of_document(&self, target: &LinkedDocument<'_>) -> ResolvedLinks {
        let folder = target.path.as_str().rsplit_once('/').map_or("", |(folder, _)| folder);
        let mut linking = LinkingFile::new(folder, target.why_unpublished.is_none());
        let hrefs = target.body.links.iter().map(|link| {
            let href = match link.kind {
                LinkKind::Label => None,
                LinkKind::Media => self.picture(&link.target, &link.spot, &mut linking).map(|media| media.href),
                LinkKind::Picture => {
                    self.picture(&link.target, &link.spot, &mut linking).map(|picture| picture.in_slot())
                }
                LinkKind::Link => match link.target.strip_prefix('#') {
                    Some(anchor) => self.own_anchor(target, anchor, &link.spot, &mut linking),
                    None => self.link(&link.target, &link.spot, &mut linking),
                },
            };
            href.unwrap_or_default()
        });
        let hrefs = hrefs.collect();
        let image = target.image.and_then(|(src, spot)| self.picture(src, spot, &mut linking));
        let has_files = target.sources.iter().any(|source| source.file().is_some());
        let sources = if has_files { target.sources } else { &[] };
        let file = |source: &Source| source.file().and_then(|file| self.source(file, &mut linking));
        let sources = sources.iter().map(file).collect();
        let links = DocumentLinks { hrefs, image, sources };
        ResolvedLinks { links, files: linking.files, named: linking.named, problems: linking.problems }
    }

    /// Resolves a source that is a file of the library. The file is published with the case.
    fn source(&self, file: &Written<String>, linking: &mut LinkingFile<'_>) -> Option<String> {
        let Written { value: written, spot } = file;
        let Ok(path) = percent_decode_str(written).decode_utf8() else {
            return linking.refuse(message::broken(spot, written, None));
        };
        let (address, _) = match path.strip_prefix('/') {
            Some(_) => self.at_address(&path, written, spot, linking)?,
            None => self.at_path(&path, written, spot, linking)?,
        };
        Some(percent_encoded(&address.href(&self.library.config.base.path)))
    }

    /// Resolves a link to an address of the site, or to a file by its path.
    pub(super) fn link(&self, written: &str, spot: &Spot, linking: &mut LinkingFile<'_>) -> Option<String> {
        let (rest, anchor) = written.split_once('#').map_or((written, None), |(rest, anchor)| (rest, Some(anchor)));
        let (path, query) = rest.split_once('?').map_or((rest, None), |(path, query)| (path, Some(query)));
        let Ok(path) = percent_decode_str(path).decode_utf8() else {
            return linking.refuse(message::broken(spot, written, None));
        };
        let (address, document) = match path.strip_prefix('/') {
            Some(_) => self.at_address(&path, written, spot, linking)?,
            None => self.at_path(&path, written, spot, linking)?,
        };
        match (anchor, document) {
            (Some(anchor), Some(document)) => {
                check_anchor(document, anchor, Some(document.path), spot, linking);
            }
            (Some(anchor), None) => self.check_anchor_of_list(&address, anchor, spot, linking),
            (None, _) => {}
        }
        let mut href = address.href(&self.library.config.base.path);
        let mut add = |mark: char, part: Option<&str>| {
            if let Some(part) = part.filter(|part| !part.is_empty()) {
                href.push(mark);
                href.push_str(part);
            }
        };
        add('?', query);
        add('#', anchor);
        Some(value(&percent_encoded(&href)))
    }

    /// Checks an anchor in the glossary or in the list of places. Other anchors with the theme's prefix are not known
    /// here.
    fn check_anchor_of_list(&self, address: &Address, anchor: &str, spot: &Spot, linking: &mut LinkingFile<'_>) {
        let (ids, prefixes) = match self.plan.routes.get(address) {
            Some(Route::Glossary) => {
                (self.ids_in_glossary.get_or_init(|| ids_in_glossary(self.library)), &["cb-term-"][..])
            }
            Some(Route::Places) => {
                let ids = || ids_in_places(&self.plan.gazetteer);
                (self.ids_in_places.get_or_init(ids), &["cb-place-", "cb-region-"][..])
            }
            _ => return,
        };
        let anchor = percent_decode_str(anchor).decode_utf8_lossy();
        let is_of_theme = anchor.starts_with("cb-") && !prefixes.iter().any(|prefix| anchor.starts_with(prefix));
        if anchor.is_empty() || is_of_theme || ids.contains(&anchor) {
            return;
        }
        let mut with_prefix = prefixes.iter().map(|prefix| format!("{prefix}{}", slug(&anchor)));
        let meant = with_prefix.find(|meant| ids.contains(meant));
        let near = meant.as_deref().or_else(|| ids.nearest(&anchor));
        linking.problems.push(message::broken_anchor_of_list(spot, address.as_str(), &anchor, near));
    }

    fn own_anchor(
        &self,
        own: &LinkedDocument<'_>,
        anchor: &str,
        spot: &Spot,
        linking: &mut LinkingFile<'_>,
    ) -> Option<String> {
        check_anchor(own, anchor, None, spot, linking).then(|| value(&percent_encoded(&format!("#{anchor}"))))
    }

    /// The target at an address, with its document if it is one. A missing slash at the end is added.
    fn at_address(
        &self,
        path: &str,
        written: &str,
        spot: &Spot,
        linking: &mut LinkingFile<'_>,
    ) -> Option<(Address, Option<&LinkedDocument<'a>>)> {
        if path.split('/').any(|part| part == "..") {
            return linking.refuse(message::outside(spot, written));
        }
        let exact = Address::parse(path);
        let with_slash = Address::parse(&format!("{path}/"));
        for address in exact.iter().chain(&with_slash) {
            if let Some(address) = self.plan.published(address) {
                return Some((address.clone(), self.published_at(address)));
            }
        }
        let file = format!("content{path}");
        if self.files.contains_key(file.as_str()) {
            return self.file(&file, written, spot, linking).map(|address| (address, None));
        }
        if let Some(why) = self.unseen_at(path) {
            return match linking.is_seen {
                true => linking.refuse(message::unpublished(spot, written, why)),
                false => None,
            };
        }
        if exact.is_some_and(|address| self.needs_host(&address)) {
            return linking.refuse(message::needs_host(spot, written));
        }
        let near = self.address_of(path, linking).or_else(|| Some(self.meant(path, Guess::Address)?.to_owned()));
        linking.refuse(message::broken(spot, written, near.as_deref()))
    }

    /// Is there a file at this address only if the library has a host?
    fn needs_host(&self, address: &Address) -> bool {
        let addresses = || addresses_that_need_a_host(self.library, &self.plan.gazetteer);
        self.library.config.base.origin.is_none() && self.of_host.get_or_init(addresses).contains(address)
    }

    /// The document that is published at an address.
    fn published_at(&self, address: &Address) -> Option<&LinkedDocument<'a>> {
        self.published().get(address).map(|&position| &self.documents.all[position])
    }

    fn published(&self) -> &FxHashMap<&'a Address, usize> {
        self.published.get_or_init(|| {
            let targets = self.documents.all.iter().enumerate();
            targets.filter_map(|(position, target)| Some((target.address?, position))).collect()
        })
    }

    /// The correct link for an address that was written as a file: `/about.html`, `/about/index.html`,
    /// `/content/pages/about.md`.
    fn address_of(&self, path: &str, linking: &mut LinkingFile<'_>) -> Option<String> {
        let file = path.trim_start_matches('/');
        if self.documents.get(file).is_some() {
            return Some(FilePath::relative(linking.folder, file));
        }
        let page = path.strip_suffix("index.html").or(path.strip_suffix(".html"))?;
        let address = Address::parse(&format!("{}/", page.trim_end_matches('/')))?;
        self.plan.published(&address).map(Address::to_string)
    }

    /// Why the document that would have this address is not published.
    fn unseen_at(&self, path: &str) -> Option<WhyUnpublished> {
        let name = path.trim_matches('/').strip_prefix("cases/")?;
        let unseen = self.unseen.get_or_init(|| {
            let cases = self.documents.all.iter().filter(|case| case.path.as_str().starts_with("content/cases/"));
            // If two cases have the same name, the first keeps it.
            cases.rev().map(|case| (case.path.case_name(), case.why_unpublished)).collect()
        });
        *unseen.get(name)?
    }

    /// The target of a path relative to the linking file's folder, with its document if it is one.
    fn at_path(
        &self,
        path: &str,
        written: &str,
        spot: &Spot,
        linking: &mut LinkingFile<'_>,
    ) -> Option<(Address, Option<&LinkedDocument<'a>>)> {
        let Some(full) = joined(linking.folder, path) else {
            return linking.refuse(message::outside(spot, written));
        };
        let full = self.as_on_disk(full);
        let found = self.documents.get(&full).or_else(|| self.documents.get(&format!("{full}/index.md")));
        if let Some(target) = found {
            // A document has an address, or a reason for having none.
            return match (target.why_unpublished, target.address) {
                (None, Some(address)) => Some((address.clone(), Some(target))),
                (Some(why), _) if linking.is_seen => linking.refuse(message::unpublished(spot, written, why)),
                _ => None,
            };
        }
        if self.files.contains_key(full.as_str()) {
            return self.file(&full, written, spot, linking).map(|address| (address, None));
        }
        if self.documents.is_folder(&full) && !path.is_empty() {
            return linking.refuse(message::folder(spot, written));
        }
        let near = self.nearest_path(&full, linking.folder);
        linking.refuse(message::broken(spot, written, near.as_deref()))
    }

    /// A path with its accents encoded as on the disk.
    fn as_on_disk(&self, path: String) -> String {
        if path.is_ascii() || self.documents.get(&path).is_some() || self.files.contains_key(path.as_str()) {
            return path;
        }
        let composed_paths = self.composed.get_or_init(|| {
            let paths = self.documents.paths().chain(self.files.keys().copied());
            paths.filter(|path| !path.is_ascii()).map(|path| (nfc(path).into_owned(), path)).collect()
        });
        composed_paths.get(&*nfc(&path)).map_or(path, |on_disk| (*on_disk).to_owned())
    }

    /// Resolves a picture, a sound or a film.
    pub(super) fn picture(&self, written: &str, spot: &Spot, linking: &mut LinkingFile<'_>) -> Option<Picture> {
        let path = written.split(['#', '?']).next().unwrap_or(written);
        let Ok(path) = percent_decode_str(path).decode_utf8() else {
            return linking.refuse(message::missing_media(spot, written, linking.folder, None));
        };
        let full = match path.strip_prefix('/') {
            Some(path) => joined("content", path),
            None => joined(linking.folder, &path),
        };
        let Some(full) = full else { return linking.refuse(message::outside(spot, written)) };
        let full = self.as_on_disk(full);
        if self.documents.get(&full).is_some() {
            return linking.refuse(message::not_media(spot, written));
        }
        if !self.files.contains_key(full.as_str()) {
            let near = self.meant(name_of(&full), Guess::Media).map(|near| FilePath::relative(linking.folder, near));
            return linking.refuse(message::missing_media(spot, written, linking.folder, near.as_deref()));
        }
        let address = self.file(&full, written, spot, linking)?;
        let href = value(&address.href(&self.library.config.base.path));
        Some(Picture { href, size: self.files[full.as_str()].picture.map(|picture| picture.size) })
    }

    /// The address of a file, if it exists and may be published.
    fn file(&self, path: &str, written: &str, spot: &Spot, linking: &mut LinkingFile<'_>) -> Option<Address> {
        let file = &self.files[path].path;
        linking.named.push(file.clone());
        if !linking.may_publish(&file.extension()) {
            return linking.refuse(message::unlisted_type(spot, written, &PUBLISHED_TYPES));
        }
        let address = Address::file(path.strip_prefix("content/").unwrap_or(path));
        if self.plan.published(&address).is_some() {
            return linking.refuse(message::file_at_page(spot, address.as_str()));
        }
        linking.files.insert(address.clone(), file.clone());
        Some(address)
    }

    /// The most similar file, as a path relative to the linking file's folder.
    fn nearest_path(&self, full: &str, folder: &str) -> Option<String> {
        let with_ending = self.documents.get(&format!("{full}.md")).map(|target| target.path.as_str());
        let meant = with_ending.or_else(|| self.meant(name_of(full), Guess::Path));
        meant.map(|path| FilePath::relative(folder, path))
    }

    /// The most similar existing name.
    fn meant(&self, name: &str, guess: Guess) -> Option<&'a str> {
        let names = self.names.get_or_init(|| {
            let named = |path: &'a str| (name_of(path), path);
            let is_published = |file: &OtherFile| PUBLISHED_TYPES.contains(&file.path.extension().as_str());
            let files = self.files.iter().filter(|(_, file)| is_published(file)).map(|(path, _)| named(path));
            [
                NameIndex::new(self.published().keys().map(|address| (address.as_str(), address.as_str()))),
                NameIndex::new(self.documents.paths().map(named).chain(files.clone())),
                NameIndex::new(files),
            ]
        });
        names[guess as usize].nearest(name)
    }
}

fn name_of(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

fn ids_in_glossary(library: &Library) -> AnchorSet<'static> {
    let ids = glossary_ids(library.glossary.iter().map(|entry| &*entry.term.value));
    AnchorSet::new(ids.into_iter().map(Cow::Owned))
}

fn ids_in_places(gazetteer: &Gazetteer) -> AnchorSet<'static> {
    let places = gazetteer.places().map(|(_, place)| place.id.clone());
    AnchorSet::new(places.chain(gazetteer.regions.iter().map(Region::id_in_page)).map(Cow::Owned))
}

/// Reports an anchor that a document does not have. Nothing is reported for a file that could not be read.
fn check_anchor(
    target: &LinkedDocument<'_>,
    anchor: &str,
    page: Option<&FilePath>,
    spot: &Spot,
    linking: &mut LinkingFile<'_>,
) -> bool {
    let decoded = percent_decode_str(anchor).decode_utf8_lossy();
    let unread = target.body.span.is_empty() && target.body.anchors.is_empty();
    if anchor.is_empty() || unread || target.anchors().contains(&decoded) {
        return true;
    }
    let near = target.anchors().nearest(&decoded);
    linking.problems.push(message::broken_anchor(spot, &decoded, page, near));
    false
}

/// Resolves a path relative to a folder; none if it leaves `content/`.
fn joined(folder: &str, path: &str) -> Option<String> {
    FilePath::resolve(folder, path).filter(|path| path == "content" || path.starts_with("content/"))
}
