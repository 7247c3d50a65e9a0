//! Resolves one link, or guesses its intended target if the target does not exist.
//!
//! Takes a link as it is written, with its place, and gives the address that pages print. The files that the link
//! needs, and its problems, are collected in [`LinkingFile`].

use std::{
    collections::{BTreeMap, HashMap},
    sync::OnceLock,
};

use percent_encoding::percent_decode_str;
use rustc_hash::FxHashMap;

use super::Picture;
use crate::{
    html::{percent_encoded, value},
    model::{
        Address, Documents, Edition, Library,
        address::{PUBLISHED_TYPES, composed},
        cases::why_unseen,
        document::{Body, LinkKind, OtherFile, Source, Status},
    },
    problem::{FilePath, NameIndex, Problem, Spot, Written, message::link as message, message::nearest},
    site::plan::SitePlan,
};

/// The resolved links of a document.
pub(super) struct OfDocument {
    pub(super) hrefs: Vec<String>,
    pub(super) image: Option<Picture>,
    pub(super) sources: Vec<Option<String>>,
    pub(super) files: BTreeMap<Address, FilePath>,
    /// The files that it links to, published or not.
    pub(super) named: Vec<FilePath>,
    pub(super) problems: Vec<Problem>,
}

/// A file whose links are being resolved, with what was collected so far.
pub(super) struct LinkingFile<'a> {
    folder: &'a str,
    is_seen: bool,
    pub(super) files: BTreeMap<Address, FilePath>,
    /// The files that it links to, published or not.
    pub(super) named: Vec<FilePath>,
    pub(super) problems: Vec<Problem>,
}

impl<'a> LinkingFile<'a> {
    pub(super) fn new(folder: &'a str, is_seen: bool) -> LinkingFile<'a> {
        LinkingFile { folder, is_seen, files: BTreeMap::new(), named: Vec::new(), problems: Vec::new() }
    }

    fn refuse<T>(&mut self, problem: Problem) -> Option<T> {
        self.problems.push(problem);
        None
    }
}

/// A document that links can lead to.
pub(super) struct LinkedDocument<'a> {
    pub(super) path: &'a FilePath,
    address: Option<&'a Address>,
    body: &'a Body,
    image: Option<(&'a str, &'a Spot)>,
    sources: &'a [Source],
    why_unseen: Option<&'static str>,
    is_withdrawn: bool,
}

impl LinkedDocument<'_> {
    /// Is its body published, so that the files it links to must be published too?
    pub(super) fn is_shown(&self) -> bool {
        self.why_unseen.is_none() && !self.is_withdrawn
    }

    /// Does nothing in it lead anywhere?
    pub(super) fn has_no_link(&self) -> bool {
        self.body.links.is_empty() && self.image.is_none() && self.sources.iter().all(|source| source.file().is_none())
    }
}

/// The documents that links can lead to.
pub(super) struct LinkedDocuments<'a> {
    /// The documents, in the order of their paths.
    pub(super) all: Vec<LinkedDocument<'a>>,
    /// The index of each document in `all`, by its path.
    positions: FxHashMap<&'a str, usize>,
}

impl<'a> LinkedDocuments<'a> {
    pub(super) fn of(
        documents: &'a Documents,
        library: &'a Library,
        plan: &'a SitePlan,
        edition: &Edition,
    ) -> LinkedDocuments<'a> {
        let target = |path: &'a FilePath, address: Option<&'a Address>, body, image, sources, status: Status, date| {
            let why_unseen = why_unseen(status, date, edition)
                .or(address.is_none().then_some("its address is taken by another file"));
            LinkedDocument {
                path,
                address,
                body,
                image,
                sources,
                why_unseen,
                is_withdrawn: status == Status::Withdrawn,
            }
        };
        let of_cases = documents.cases.entries().map(|(id, file)| {
            let case = library.cases.get(id).map(|case| &**case).or_else(|| library.withdrawn.get(id));
            let image = file.image.as_ref().map(|image| (image.src.value.as_str(), &image.src.spot));
            let address = case.map(|case| &case.address);
            target(&file.path, address, &file.body, image, &file.sources[..], file.status, file.date)
        });
        let of_pages = documents.pages.entries().map(|(id, file)| {
            let address = library.pages.get(id).map(|page| &page.address);
            target(&file.path, address, &file.body, None, &[], file.status, None)
        });
        let home = documents.home.iter();
        let home =
            home.map(|file| target(&file.path, Some(&plan.home), &file.body, None, &[], Status::Published, None));
        let mut all: Vec<LinkedDocument<'_>> = of_cases.chain(home).chain(of_pages).collect();
        // The lists are sorted already, and mostly follow one another, so this sort is quick.
        all.sort_by(|one, other| one.path.cmp(other.path));
        let positions = all.iter().enumerate().map(|(n, target)| (target.path.as_str(), n)).collect();
        LinkedDocuments { all, positions }
    }

    fn get(&self, path: &str) -> Option<&LinkedDocument<'a>> {
        self.positions.get(path).map(|&position| &self.all[position])
    }

    fn paths(&self) -> impl Iterator<Item = &'a str> {
        self.all.iter().map(|target| target.path.as_str())
    }

    /// Is there a document in this folder, or below it?
    fn is_folder(&self, path: &str) -> bool {
        let below = format!("{path}/");
        let first = self.all.partition_point(|target| target.path.as_str() < below.as_str());
        self.all.get(first).is_some_and(|target| target.path.as_str().starts_with(&below))
    }
}

/// Everything that links can lead to.
pub(super) struct Answers<'a> {
    library: &'a Library,
    plan: &'a SitePlan,
    /// The documents.
    pub(super) documents: LinkedDocuments<'a>,
    /// The indexes of the published documents, by address. Made for the first link to an address.
    published: OnceLock<FxHashMap<&'a Address, usize>>,
    /// The other files, by path.
    files: BTreeMap<&'a str, &'a OtherFile>,
    /// The names for guesses. Made for the first link with no target.
    names: OnceLock<[NameIndex<'a>; 3]>,
    /// The paths with characters that can be encoded in two ways, by their normalised form. Made for the first link
    /// with such characters that matches no path exactly.
    composed: OnceLock<HashMap<String, &'a str>>,
    /// The reason why each case is not published, by its name. Made for the first link that may lead to one of them.
    unseen: OnceLock<HashMap<&'a str, Option<&'static str>>>,
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

impl<'a> Answers<'a> {
    pub(super) fn new(
        documents: &'a Documents,
        library: &'a Library,
        plan: &'a SitePlan,
        edition: &Edition,
    ) -> Answers<'a> {
        Answers {
            published: OnceLock::new(),
            library,
            plan,
            files: documents.files.iter().map(|file| (file.path.as_str(), file)).collect(),
            documents: LinkedDocuments::of(documents, library, plan, edition),
            names: OnceLock::new(),
            composed: OnceLock::new(),
            unseen: OnceLock::new(),
        }
    }

    pub(super) fn of_document(&self, target: &LinkedDocument<'_>) -> OfDocument {
        let folder = target.path.as_str().rsplit_once('/').map_or("", |(folder, _)| folder);
        let mut asked = LinkingFile::new(folder, target.why_unseen.is_none());
        let hrefs = target.body.links.iter().map(|link| {
            let href = match link.kind {
                LinkKind::Label => None,
                LinkKind::Media => self.picture(&link.target, &link.spot, &mut asked).map(|media| media.href),
                LinkKind::Picture => {
                    self.picture(&link.target, &link.spot, &mut asked).map(|picture| picture.in_slot())
                }
                LinkKind::Link => match link.target.strip_prefix('#') {
                    Some(anchor) => self.own_anchor(target, anchor, &link.spot, &mut asked),
                    None => self.link(&link.target, &link.spot, &mut asked),
                },
            };
            href.unwrap_or_default()
        });
        let hrefs = hrefs.collect();
        let image = target.image.and_then(|(src, spot)| self.picture(src, spot, &mut asked));
        let has_files = target.sources.iter().any(|source| source.file().is_some());
        let sources = if has_files { target.sources } else { &[] };
        let file = |source: &Source| source.file().and_then(|file| self.source(file, &mut asked));
        let sources = sources.iter().map(file).collect();
        OfDocument { hrefs, image, sources, files: asked.files, named: asked.named, problems: asked.problems }
    }

    /// Resolves a source that is a file of the library. The file is published with the case.
    fn source(&self, file: &Written<String>, asked: &mut LinkingFile<'_>) -> Option<String> {
        let Written { value: written, spot } = file;
        let Ok(path) = percent_decode_str(written).decode_utf8() else {
            return asked.refuse(message::broken(spot, written, None));
        };
        let (address, _) = match path.strip_prefix('/') {
            Some(_) => self.at_address(&path, written, spot, asked)?,
            None => self.at_path(&path, written, spot, asked)?,
        };
        Some(percent_encoded(&address.href(&self.library.config.base.path)))
    }

    /// Resolves a link to an address of the site, or to a file by its path.
    pub(super) fn link(&self, written: &str, spot: &Spot, asked: &mut LinkingFile<'_>) -> Option<String> {
        let (rest, anchor) = written.split_once('#').map_or((written, None), |(rest, anchor)| (rest, Some(anchor)));
        let (path, query) = rest.split_once('?').map_or((rest, None), |(path, query)| (path, Some(query)));
        let Ok(path) = percent_decode_str(path).decode_utf8() else {
            return asked.refuse(message::broken(spot, written, None));
        };
        let (address, document) = match path.strip_prefix('/') {
            Some(_) => self.at_address(&path, written, spot, asked)?,
            None => self.at_path(&path, written, spot, asked)?,
        };
        if let (Some(anchor), Some(document)) = (anchor, document) {
            check_anchor(document, anchor, Some(document.path), spot, asked);
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

    fn own_anchor(
        &self,
        own: &LinkedDocument<'_>,
        anchor: &str,
        spot: &Spot,
        asked: &mut LinkingFile<'_>,
    ) -> Option<String> {
        check_anchor(own, anchor, None, spot, asked).then(|| value(&percent_encoded(&format!("#{anchor}"))))
    }

    /// The target at an address, with its document if it is one. A missing slash at the end is added.
    fn at_address(
        &self,
        path: &str,
        written: &str,
        spot: &Spot,
        asked: &mut LinkingFile<'_>,
    ) -> Option<(Address, Option<&LinkedDocument<'a>>)> {
        if path.split('/').any(|part| part == "..") {
            return asked.refuse(message::outside(spot, written));
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
            return self.file(&file, written, spot, asked).map(|address| (address, None));
        }
        if let Some(why) = self.unseen_at(path) {
            return match asked.is_seen {
                true => asked.refuse(message::unpublished(spot, written, why)),
                false => None,
            };
        }
        let near = self.address_of(path, asked).or_else(|| Some(self.meant(path, Guess::Address)?.to_owned()));
        asked.refuse(message::broken(spot, written, near.as_deref()))
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
    fn address_of(&self, path: &str, asked: &mut LinkingFile<'_>) -> Option<String> {
        let file = path.trim_start_matches('/');
        if self.documents.get(file).is_some() {
            return Some(FilePath::relative(asked.folder, file));
        }
        let page = path.strip_suffix("index.html").or(path.strip_suffix(".html"))?;
        let address = Address::parse(&format!("{}/", page.trim_end_matches('/')))?;
        self.plan.published(&address).map(Address::to_string)
    }

    /// Why the document that would have this address is not published.
    fn unseen_at(&self, path: &str) -> Option<&'static str> {
        let name = path.trim_matches('/').strip_prefix("cases/")?;
        let unseen = self.unseen.get_or_init(|| {
            let cases = self.documents.all.iter().filter(|case| case.path.as_str().starts_with("content/cases/"));
            // If two cases have the same name, the first keeps it.
            cases.rev().map(|case| (case.path.case_name(), case.why_unseen)).collect()
        });
        *unseen.get(name)?
    }

    /// The target of a path relative to the linking file's folder, with its document if it is one.
    fn at_path(
        &self,
        path: &str,
        written: &str,
        spot: &Spot,
        asked: &mut LinkingFile<'_>,
    ) -> Option<(Address, Option<&LinkedDocument<'a>>)> {
        let Some(full) = joined(asked.folder, path) else {
            return asked.refuse(message::outside(spot, written));
        };
        let full = self.as_on_disk(full);
        let found = self.documents.get(&full).or_else(|| self.documents.get(&format!("{full}/index.md")));
        if let Some(target) = found {
            return match (target.why_unseen, target.address) {
                (None, Some(address)) => Some((address.clone(), Some(target))),
                (why, _) if asked.is_seen => {
                    asked.refuse(message::unpublished(spot, written, why.unwrap_or("its address is not its own")))
                }
                _ => None,
            };
        }
        if self.files.contains_key(full.as_str()) {
            return self.file(&full, written, spot, asked).map(|address| (address, None));
        }
        if self.documents.is_folder(&full) && !path.is_empty() {
            return asked.refuse(message::folder(spot, written));
        }
        let near = self.nearest_path(&full, asked.folder);
        asked.refuse(message::broken(spot, written, near.as_deref()))
    }

    /// A path with its accents encoded as on the disk.
    fn as_on_disk(&self, path: String) -> String {
        if path.is_ascii() || self.documents.get(&path).is_some() || self.files.contains_key(path.as_str()) {
            return path;
        }
        let composed_paths = self.composed.get_or_init(|| {
            let paths = self.documents.paths().chain(self.files.keys().copied());
            paths.filter(|path| !path.is_ascii()).map(|path| (composed(path).into_owned(), path)).collect()
        });
        composed_paths.get(&*composed(&path)).map_or(path, |on_disk| (*on_disk).to_owned())
    }

    /// Resolves a picture, a sound or a film.
    pub(super) fn picture(&self, written: &str, spot: &Spot, asked: &mut LinkingFile<'_>) -> Option<Picture> {
        let path = written.split(['#', '?']).next().unwrap_or(written);
        let Ok(path) = percent_decode_str(path).decode_utf8() else {
            return asked.refuse(message::missing_media(spot, written, asked.folder, None));
        };
        let full = match path.strip_prefix('/') {
            Some(path) => joined("content", path),
            None => joined(asked.folder, &path),
        };
        let Some(full) = full else { return asked.refuse(message::outside(spot, written)) };
        let full = self.as_on_disk(full);
        if self.documents.get(&full).is_some() {
            return asked.refuse(message::not_media(spot, written));
        }
        if !self.files.contains_key(full.as_str()) {
            let near = self.meant(name_of(&full), Guess::Media).map(|near| FilePath::relative(asked.folder, near));
            return asked.refuse(message::missing_media(spot, written, asked.folder, near.as_deref()));
        }
        let address = self.file(&full, written, spot, asked)?;
        let href = value(&address.href(&self.library.config.base.path));
        Some(Picture { href, size: self.files[full.as_str()].size })
    }

    /// The address of a file, if it exists and may be published.
    fn file(&self, path: &str, written: &str, spot: &Spot, asked: &mut LinkingFile<'_>) -> Option<Address> {
        let file = &self.files[path].path;
        asked.named.push(file.clone());
        if !PUBLISHED_TYPES.contains(&file.extension().as_str()) {
            return asked.refuse(message::unlisted_type(spot, written, &PUBLISHED_TYPES));
        }
        let address = Address::file(path.strip_prefix("content/").unwrap_or(path));
        if self.plan.published(&address).is_some() {
            return asked.refuse(message::file_at_page(spot, address.as_str()));
        }
        asked.files.insert(address.clone(), file.clone());
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

/// Reports an anchor that a document does not have. Nothing is reported for a file that could not be read.
fn check_anchor(
    target: &LinkedDocument<'_>,
    anchor: &str,
    page: Option<&FilePath>,
    spot: &Spot,
    asked: &mut LinkingFile<'_>,
) -> bool {
    let decoded = percent_decode_str(anchor).decode_utf8_lossy();
    let anchors = &target.body.anchors;
    let unread = target.body.span.is_empty() && anchors.is_empty();
    if anchor.is_empty() || unread || anchors.iter().any(|known| *known == decoded) {
        return true;
    }
    let near = nearest(&decoded, anchors.iter().map(String::as_str)).map(|(near, _)| near);
    asked.problems.push(message::broken_anchor(spot, &decoded, page, near));
    false
}

/// Resolves a path relative to a folder; none if it leaves `content/`.
fn joined(folder: &str, path: &str) -> Option<String> {
    FilePath::resolve(folder, path).filter(|path| path == "content" || path.starts_with("content/"))
}
