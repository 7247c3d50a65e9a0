//! Resolves an address in a source: to another item, a file of the source, a page elsewhere, or nothing.

use std::collections::HashMap;

use percent_encoding::percent_decode_str;

use crate::{
    import::{ImportItem, link::MarkdownLink},
    model::address::is_published_type,
    problem::FilePath,
};

/// The target of a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkTarget {
    /// The address as it is; nothing has to change.
    Same,
    /// The case of another item.
    Case {
        /// The place in the source of the item.
        source_place: String,
        /// The anchor with its `#`; it may be empty.
        anchor: String,
    },
    /// A file of the source.
    File(FilePath),
    /// A picture inside the document of the item, by its name in the body.
    Embedded(String),
    /// A full address.
    Elsewhere(String),
    /// No known target.
    Nothing,
}

/// Everything that a link can lead to.
pub struct LinkTargets<'a> {
    files: HashMap<String, &'a FilePath>,
    by_name: HashMap<String, &'a FilePath>,
    /// The places in the source of the items, by their addresses.
    cases: HashMap<String, &'a str>,
    /// The places in the source of the items, by their names.
    names: HashMap<String, &'a str>,
    /// The anchors of headings that became titles, by the places in the source of their items.
    title_anchors: HashMap<&'a str, &'a str>,
    published_at: Option<&'a str>,
    base_path: String,
}

/// Folders whose files are published at the root of a site.
const ASSET_FOLDERS: [&str; 7] = ["", "static/", "assets/", "public/", "source/", "content/", "src/"];

impl<'a> LinkTargets<'a> {
    /// The targets in a source: its items and its files.
    pub fn new(items: &'a [ImportItem], files: &'a [FilePath], published_at: Option<&'a str>) -> LinkTargets<'a> {
        let mut targets = LinkTargets {
            files: HashMap::new(),
            by_name: HashMap::new(),
            cases: HashMap::new(),
            names: HashMap::new(),
            title_anchors: HashMap::new(),
            published_at,
            base_path: published_at
                .and_then(|address| url::Url::parse(address).ok())
                .map_or(String::new(), |url| url.path().trim_end_matches('/').to_lowercase()),
        };
        for file in files.iter().filter(|file| is_published_type(&file.extension())) {
            targets.files.insert(file.as_str().to_lowercase(), file);
            targets.by_name.entry(file.name().to_lowercase()).or_insert(file);
        }
        for item in items {
            let anchor = item.title_anchor.as_deref();
            targets.title_anchors.extend(anchor.map(|anchor| (item.source_place.as_str(), anchor)));
            let path = item.file.as_ref().map(|file| file.as_str().to_owned());
            for address in item.addresses.iter().chain(&path) {
                targets.cases.entry(lookup_key(address)).or_insert(&item.source_place);
            }
            let other_names = item.fields.get("aliases").and_then(serde_yaml::Value::as_sequence);
            let other_names = other_names.into_iter().flatten().filter_map(serde_yaml::Value::as_str);
            let stem = item.file.as_ref().map_or("", FilePath::stem);
            let title = item.fields.get("title").and_then(serde_yaml::Value::as_str).unwrap_or_default();
            for name in [stem, &item.name, title].into_iter().chain(other_names).filter(|name| !name.is_empty()) {
                targets.names.entry(lookup_key(name)).or_insert(&item.source_place);
            }
        }
        targets
    }

    /// The target of a link of an item.
    pub fn of(&self, link: &MarkdownLink, item: &ImportItem) -> LinkTarget {
        let written = link.target.trim();
        let (address, anchor) = written.split_once('#').map_or((written, ""), |(address, anchor)| (address, anchor));
        if item.embedded_pictures.iter().any(|picture| picture.name == written) {
            return LinkTarget::Embedded(written.to_owned());
        }
        if address.is_empty() && !link.is_picture {
            // Anchors are in lower case here, as on GitHub.
            let lower = written.to_lowercase();
            if !anchor.is_empty() && item.title_anchor.as_deref() == Some(&lower[1..]) {
                return self.case(&item.source_place, anchor);
            }
            return if anchor.is_empty() || lower == written { LinkTarget::Same } else { LinkTarget::Elsewhere(lower) };
        }
        if let Some(rest) = address.strip_prefix("//") {
            return LinkTarget::Elsewhere(format!("https://{rest}{}", with_hash(anchor)));
        }
        let of_site = self
            .published_at
            .and_then(|site| address.strip_prefix(site))
            .filter(|rest| rest.is_empty() || rest.starts_with('/'));
        let local = match (of_site, scheme(address)) {
            (Some(rest), _) => {
                if rest.is_empty() {
                    "/"
                } else {
                    rest
                }
            }
            (None, Some("http" | "https")) if link.is_picture => return LinkTarget::Elsewhere(written.to_owned()),
            (None, Some("http" | "https" | "mailto" | "tel")) => return LinkTarget::Same,
            (None, Some(_)) => return LinkTarget::Nothing,
            (None, None) => address,
        };
        let path = local.split('?').next().unwrap_or_default();
        let path = percent_decode_str(path).decode_utf8_lossy().replace('\\', "/");
        let candidates = self.candidates(&path, item);
        if !link.is_picture {
            let case = candidates.iter().find_map(|path| self.cases.get(&lookup_key(path)));
            let named = || if path.starts_with('/') { None } else { self.names.get(&lookup_key(&path)) };
            if let Some(&source_place) = case.or_else(named) {
                return self.case(source_place, anchor);
            }
        }
        if let Some(file) = self.file(&candidates, &path) {
            return LinkTarget::File(file);
        }
        self.on_the_old_site(local, anchor, item)
    }

    /// The case of an item. The title of a page has no anchor, so a link to it leads to the page.
    fn case(&self, source_place: &str, anchor: &str) -> LinkTarget {
        let anchor = anchor.to_lowercase();
        let is_title = self.title_anchors.get(source_place).is_some_and(|title| *title == anchor);
        LinkTarget::Case {
            source_place: source_place.to_owned(),
            anchor: if is_title { String::new() } else { with_hash(&anchor) },
        }
    }

    /// The paths that an address can mean, the likeliest first.
    fn candidates(&self, path: &str, item: &ImportItem) -> Vec<String> {
        if let Some(path) = path.strip_prefix('/') {
            let below = self.below_base(&format!("/{path}")).map(str::to_owned);
            return below.into_iter().chain([path.to_owned()]).collect();
        }
        let folder = item.file.as_ref().map_or("", |file| file.folder());
        let address = item.addresses.first().map_or("", String::as_str);
        let address = address.rsplit_once('/').map_or("", |(folder, _)| folder).trim_start_matches('/');
        [folder, address, ""].iter().filter_map(|base| FilePath::resolve(base, path)).collect()
    }

    /// The part of a path after the path of the site's base and a slash; none for another path.
    fn below_base<'p>(&self, path: &'p str) -> Option<&'p str> {
        let (start, rest) = path.split_at_checked(self.base_path.len())?;
        let is_below = !start.is_empty() && start.eq_ignore_ascii_case(&self.base_path);
        rest.strip_prefix('/').filter(|_| is_below)
    }

    fn file(&self, candidates: &[String], path: &str) -> Option<FilePath> {
        let in_folder = |path: &String| {
            ASSET_FOLDERS.iter().find_map(|folder| self.files.get(&format!("{folder}{path}").to_lowercase()))
        };
        let named = || if path.contains('/') { None } else { self.by_name.get(&path.to_lowercase()) };
        candidates.iter().find_map(in_folder).or_else(named).map(|file| (*file).clone())
    }

    /// The full address on the site that the source was published at, if that is known.
    fn on_the_old_site(&self, local: &str, anchor: &str, item: &ImportItem) -> LinkTarget {
        let Some(site) = self.published_at else { return LinkTarget::Nothing };
        let own = item.addresses.first().map_or("/", String::as_str);
        let base = url::Url::parse(&format!("{site}{own}"));
        let is_of_base = self.below_base(local).is_some();
        let local = match local.starts_with('/') && !is_of_base {
            true => format!("{}{local}", self.base_path),
            false => local.to_owned(),
        };
        match base.and_then(|base| base.join(&format!("{local}{}", with_hash(anchor)))) {
            Ok(full) => LinkTarget::Elsewhere(full.into()),
            Err(_) => LinkTarget::Nothing,
        }
    }
}

fn with_hash(anchor: &str) -> String {
    if anchor.is_empty() { String::new() } else { format!("#{anchor}") }
}

/// The form in which all addresses and paths of one post are equal.
fn lookup_key(address: &str) -> String {
    let mut key = address.trim_start_matches("@/").trim_matches('/').to_lowercase();
    for end in [".md", ".markdown", ".mdx", ".html", ".htm"] {
        key.truncate(key.strip_suffix(end).map_or(key.len(), str::len));
    }
    if key == "index" || key.ends_with("/index") {
        key.truncate(key.len() - "index".len());
    }
    let key = key.trim_end_matches('/');
    key.strip_prefix("content/").unwrap_or(key).to_owned()
}

fn scheme(address: &str) -> Option<&str> {
    let (scheme, _) = address.split_once(':')?;
    let is_scheme =
        scheme.len() > 1 && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'));
    is_scheme.then_some(scheme)
}
