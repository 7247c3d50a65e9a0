//! Items and a mapping → the files of a library: cases, and the pictures beside them.
//!
//! A case is named after its item, with a number added if the name is taken. A case with pictures is a folder with an
//! `index.md`; a picture of several cases goes to `content/files/`. Every file is read back before it is given out, and
//! a key that the reader refuses is moved to `extra`, so every case passes `check` as a draft.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet, HashMap, HashSet},
};

use rayon::prelude::*;
use serde_yaml::{Mapping as Fields, Value};

use self::{
    addresses::{address_of, as_address, with_addresses},
    imported_before::{ImportFingerprint, ItemState, is_row},
    names::{names, title_from},
    publication::hold_back,
    read_back::{accepted_front_matter, continues_front_matter},
};
use super::{
    EmbeddedPicture, ImportItem, Loss, SourceContents,
    file_names::{FreeNames, file_name},
    link::{self, LinkTarget, LinkTargets},
    mapping::{DateOrders, ImportedCase, Mapping, apply},
};
use crate::{
    model::{Library, address::slug},
    problem::FilePath,
    read::LibraryKeys,
};

mod addresses;
mod imported_before;
mod names;
mod publication;
mod read_back;

pub use imported_before::ImportedBefore;

/// The links of an item, each with its target.
type ItemLinks = Vec<(link::MarkdownLink, LinkTarget)>;

/// The parts of the existing library that new files depend on.
pub struct ExistingLibrary<'a> {
    /// The library.
    pub library: &'a Library,
    /// The names of its cases.
    pub names: BTreeSet<String>,
    /// The addresses that are taken, folded to ignore letter case.
    pub addresses: HashSet<String>,
    /// Its imported cases.
    pub imported: ImportedBefore,
    /// The keys of its cases that its other files define.
    pub keys: LibraryKeys,
    /// Can a file have its path? Nothing else may be there, but the same bytes may.
    pub has_room_for: &'a (dyn Fn(&AdjacentFile) -> bool + Sync),
}

/// The options of an import.
#[derive(Clone, Copy, Debug)]
pub struct ImportOptions<'a> {
    /// The date for cases that have none.
    pub today: &'a str,
    /// Whether cases are published at once, except those that were drafts.
    pub published: bool,
    /// The path of the source from the library, which tells it from another source of the same name.
    pub place: &'a str,
}

/// The files to write.
#[derive(Debug, Default)]
pub struct ImportPlan {
    /// The new cases.
    pub cases: Vec<PlannedCase>,
    /// Files of several cases: each file of the source with its new path.
    pub shared: BTreeMap<FilePath, String>,
    /// The items that have been imported before.
    pub skipped: Vec<String>,
    /// Those of them that have changed in the source since, each with its case.
    pub changed: Vec<(String, FilePath)>,
    /// Those of them that were imported from another file: each with its place there, and its case.
    pub copies: Vec<(String, String, FilePath)>,
    /// The new terms, by vocabulary.
    pub new_terms: BTreeMap<String, BTreeSet<String>>,
}

/// A case to write.
#[derive(Debug)]
pub struct PlannedCase {
    /// Its place in the source.
    pub source_place: String,
    /// Its path in the library.
    pub path: String,
    /// The whole file.
    pub text: String,
    /// The files beside it.
    pub files: Vec<AdjacentFile>,
    /// The content that could not be imported.
    pub losses: Vec<Loss>,
    /// The parts that it must still have before it can be published.
    pub missing: Vec<String>,
    /// Values that no vocabulary has, with their fields.
    pub unknown: Vec<(String, String)>,
    /// The fields without a key, which are kept in `extra`.
    pub without_key: Vec<String>,
    /// The fields that the mapping leaves out.
    pub left_out: Vec<String>,
}

/// A file beside a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AdjacentFile {
    /// Its path in the library.
    pub path: String,
    /// Its file in the source.
    pub file: FilePath,
    /// Its path inside that file, if it is a document.
    pub part: Option<String>,
}

/// Plans the files of the items.
pub fn plan(
    found: &SourceContents,
    source: &[FilePath],
    mapping: &Mapping,
    existing: &ExistingLibrary<'_>,
    options: ImportOptions<'_>,
) -> ImportPlan {
    let mut plan = ImportPlan::default();
    let items = new_items(found, existing, options.place, &mut plan);
    let targets = LinkTargets::new(&found.items, source, found.published_at.as_deref());
    let dates = DateOrders::of(&found.items);
    let case = |item: &&ImportItem| apply(&dates.with_clear_dates(item, mapping), mapping, existing.library);
    let cases: Vec<ImportedCase> = items.par_iter().map(case).collect();
    let with_target = |link, item: &ImportItem| {
        let target = targets.of(&link, item);
        (link, target)
    };
    let links = |(item, case): (&&ImportItem, &ImportedCase)| {
        link::links(&case.body).into_iter().map(|link| with_target(link, item)).collect()
    };
    let links: Vec<ItemLinks> = items.par_iter().zip(&cases).map(links).collect();
    let main_pictures: Vec<Option<FilePath>> =
        items.iter().zip(&cases).map(|(item, case)| find_main_picture(case, item, &targets)).collect();
    plan.shared = shared(&links, &main_pictures, existing);
    let names = names(&items, &links, &main_pictures, &plan.shared, existing);
    let new = NewCases { items, links, main_pictures, names };
    let numbers: HashMap<&str, usize> =
        new.items.iter().enumerate().map(|(n, item)| (item.source_place.as_str(), n)).collect();
    let mut taken: HashSet<String> = existing.addresses.clone();
    taken.extend(new.names.iter().map(|path| address_of(path).folded()));
    let old_addresses = new.items.iter().flat_map(|item| &item.addresses).filter_map(|address| as_address(address));
    let addresses_of_items: HashSet<String> = old_addresses.map(|address| address.folded()).collect();
    let cases: Vec<ImportedCase> = cases
        .into_iter()
        .zip(&new.items)
        .map(|(case, item)| with_addresses(case, item, &addresses_of_items, &mut taken))
        .collect();
    for case in &cases {
        for (vocabulary, label) in &case.new_terms {
            let labels = plan.new_terms.entry(vocabulary.clone()).or_default();
            // "Open data" and "open-data" are one term.
            if !labels.contains(label) && labels.iter().all(|known| slug(known) != slug(label)) {
                labels.insert(label.clone());
            }
        }
    }
    let context = PlanContext { new: &new, numbers: &numbers, shared: &plan.shared, existing, options };
    let planned = |(n, case)| plan_case(n, case, &context);
    plan.cases = cases.into_par_iter().enumerate().map(planned).collect();
    plan
}

/// The items without a case. Those that have one are listed in the plan, and so are those of them that have changed.
fn new_items<'a>(
    found: &'a SourceContents,
    existing: &ExistingLibrary<'_>,
    place: &str,
    plan: &mut ImportPlan,
) -> Vec<&'a ImportItem> {
    let mut new: Vec<&ImportItem> = Vec::new();
    for (item, state) in found.items.iter().zip(existing.imported.states(&found.items, place)) {
        if state == ItemState::New {
            new.push(item);
            continue;
        }
        plan.skipped.push(item.source_place.clone());
        match state {
            ItemState::Changed(case) => plan.changed.push((item.source_place.clone(), case.clone())),
            ItemState::Copy(source_place, case) => {
                plan.copies.push((item.source_place.clone(), source_place.to_owned(), case.clone()));
            }
            ItemState::New | ItemState::Imported => {}
        }
    }
    new
}

/// The main picture of a case, if the source has its file.
fn find_main_picture(case: &ImportedCase, item: &ImportItem, targets: &LinkTargets<'_>) -> Option<FilePath> {
    let source = case.fields.get("image")?.get("src")?.as_str()?;
    let link = link::MarkdownLink {
        target: source.to_owned(),
        is_picture: true,
        is_in_link: false,
        destination: 0..0,
        form: link::LinkForm::Definition,
    };
    match targets.of(&link, item) {
        LinkTarget::File(file) => Some(file),
        _ => None,
    }
}

/// The files of several cases, with their new paths.
fn shared(
    links: &[ItemLinks],
    main_pictures: &[Option<FilePath>],
    existing: &ExistingLibrary<'_>,
) -> BTreeMap<FilePath, String> {
    let mut users: BTreeMap<&FilePath, BTreeSet<usize>> = BTreeMap::new();
    for (n, (links, picture)) in links.iter().zip(main_pictures).enumerate() {
        let files =
            links.iter().filter_map(|(_, target)| if let LinkTarget::File(file) = target { Some(file) } else { None });
        for file in files.chain(picture) {
            users.entry(file).or_default().insert(n);
        }
    }
    let (mut names, mut free) = (HashSet::new(), FreeNames::default());
    let mut shared = BTreeMap::new();
    for (file, _) in users.into_iter().filter(|(_, users)| users.len() > 1) {
        let path = |name: &str| format!("content/files/{name}");
        let name = free.first(&file_name(file), |name| {
            let shared = AdjacentFile { path: path(name), file: file.clone(), part: None };
            names.insert(name.to_lowercase()) && (existing.has_room_for)(&shared)
        });
        shared.insert(file.clone(), path(&name));
    }
    shared
}

/// The new cases, each list in the order of the items.
struct NewCases<'a> {
    items: Vec<&'a ImportItem>,
    links: Vec<ItemLinks>,
    /// The main picture of each, if the source has its file.
    main_pictures: Vec<Option<FilePath>>,
    /// The path of each.
    names: Vec<String>,
}

/// What the plan of each new case depends on.
struct PlanContext<'a> {
    new: &'a NewCases<'a>,
    /// The number of each item, by its place in the source.
    numbers: &'a HashMap<&'a str, usize>,
    shared: &'a BTreeMap<FilePath, String>,
    existing: &'a ExistingLibrary<'a>,
    options: ImportOptions<'a>,
}

impl PlanContext<'_> {
    /// The path of the case that is made of the item from this place in the source.
    fn case_path(&self, source_place: &str) -> Option<&str> {
        self.numbers.get(source_place).map(|&n| self.new.names[n].as_str())
    }
}

/// The files beside one case.
struct AdjacentFiles<'a> {
    folder: String,
    shared: &'a BTreeMap<FilePath, String>,
    existing: &'a ExistingLibrary<'a>,
    files: Vec<AdjacentFile>,
    /// The paths of the files of the source among them.
    paths: HashMap<FilePath, String>,
    taken_paths: HashSet<String>,
    free_names: FreeNames,
}

impl<'a> AdjacentFiles<'a> {
    /// An empty list of the files in a folder.
    fn new(
        folder: &str,
        shared: &'a BTreeMap<FilePath, String>,
        existing: &'a ExistingLibrary<'a>,
    ) -> AdjacentFiles<'a> {
        AdjacentFiles {
            folder: folder.to_owned(),
            shared,
            existing,
            files: Vec::new(),
            paths: HashMap::new(),
            taken_paths: HashSet::new(),
            free_names: FreeNames::default(),
        }
    }

    /// Adds a picture inside the document of an item. Gives its path relative to the case.
    fn add_embedded(&mut self, item: &ImportItem, picture: &EmbeddedPicture) -> String {
        let file = item.file.clone().unwrap_or_else(|| FilePath::new(""));
        self.add_under_free_name(&picture.name, &file, Some(&picture.path))
    }

    /// Adds a file of the source, unless it is there or shared. Gives its path relative to the case.
    fn add(&mut self, file: &FilePath) -> String {
        if let Some(path) = self.shared.get(file) {
            return FilePath::relative(&self.folder, path);
        }
        if let Some(path) = self.paths.get(file) {
            return FilePath::relative(&self.folder, path);
        }
        let name = self.add_under_free_name(&file_name(file), file, None);
        self.paths.insert(file.clone(), format!("{}/{name}", self.folder));
        name
    }

    /// Adds a file, or a part of it, under the first free form of a name, which it gives.
    fn add_under_free_name(&mut self, name: &str, file: &FilePath, part: Option<&str>) -> String {
        let folder = &self.folder;
        let named = |name: &str| AdjacentFile {
            path: format!("{folder}/{name}"),
            file: file.clone(),
            part: part.map(str::to_owned),
        };
        let is_free = |name: &str| {
            let new = named(name);
            !self.taken_paths.contains(&new.path) && (self.existing.has_room_for)(&new)
        };
        let name = self.free_names.first(name, is_free);
        self.taken_paths.insert(format!("{folder}/{name}"));
        self.files.push(named(&name));
        name
    }
}

/// Plans the file of one case.
fn plan_case(n: usize, mut case: ImportedCase, context: &PlanContext<'_>) -> PlannedCase {
    let PlanContext { new, shared, existing, options, .. } = *context;
    let (item, path) = (new.items[n], new.names[n].as_str());
    let file = FilePath::new(path);
    let mut beside = AdjacentFiles::new(file.folder(), shared, existing);
    let body = linked_body(n, &mut case, &mut beside, context);
    place_main_picture(&mut case, new.main_pictures[n].as_ref().map(|picture| beside.add(picture)));
    let is_draft = add_required_keys(&mut case, item, options);
    let front_matter = accepted_front_matter(&mut case, &file, is_draft, existing);
    let body = body.trim();
    let is_ambiguous = continues_front_matter(&front_matter, body, &file, &existing.keys);
    let body = if is_ambiguous { set_apart(body, &mut case) } else { Cow::from(body) };
    let text = file_text(&front_matter, &body);
    let missing = read_back::missing(&case, &file, &text, &body, existing.library);
    let text = match !is_draft && make_draft_if_incomplete(&mut case, &missing) {
        true => file_text(&accepted_front_matter(&mut case, &file, true, existing), &body),
        false => text,
    };
    PlannedCase {
        source_place: item.source_place.clone(),
        path: path.to_owned(),
        text,
        files: beside.files,
        losses: case.losses,
        missing,
        unknown: case.unknown,
        without_key: case.without_key,
        left_out: case.left_out,
    }
}

/// The body of a case with its links as they are in the library. Files that they lead to are added to those beside it.
fn linked_body(n: usize, case: &mut ImportedCase, beside: &mut AdjacentFiles<'_>, context: &PlanContext<'_>) -> String {
    let item = context.new.items[n];
    let folder = beside.folder.clone();
    let embedded: HashMap<&str, String> = item
        .embedded_pictures
        .iter()
        .map(|picture| (picture.name.as_str(), beside.add_embedded(item, picture)))
        .collect();
    let mut edits = Vec::new();
    for (link, target) in &context.new.links[n] {
        let address = match target {
            LinkTarget::Case { source_place, anchor } => {
                context.case_path(source_place).map(|path| FilePath::relative(&folder, path) + anchor)
            }
            LinkTarget::File(file) => Some(beside.add(file)),
            LinkTarget::Embedded(name) => embedded.get(name.as_str()).cloned(),
            _ => None,
        };
        edits.extend(link::edits(link, target, address.as_deref(), &mut case.losses));
    }
    link::edited(&case.body, edits)
}

/// A body that would be read as front matter, below a comment that sets it apart.
fn set_apart(body: &str, case: &mut ImportedCase) -> Cow<'static, str> {
    case.losses.push(Loss::text_like_front_matter(body.lines().next().unwrap_or_default()));
    Cow::from(format!("<!-- The text begins here. -->\n\n{body}"))
}

fn file_text(front_matter: &str, body: &str) -> String {
    if body.is_empty() { front_matter.to_owned() } else { format!("{front_matter}\n{body}\n") }
}

/// Makes a draft of a case that lacks something, and gives whether it did. Published, such a case would make every
/// later build fail, or its page would be empty.
fn make_draft_if_incomplete(case: &mut ImportedCase, missing: &[String]) -> bool {
    if missing.is_empty() {
        return false;
    }
    case.losses.push(Loss::incomplete(&missing.join(", ")));
    case.fields.insert("status".into(), "draft".into());
    true
}

/// Adds the keys that every new case has: status, title, date and place in the source. Gives whether it is a draft.
fn add_required_keys(case: &mut ImportedCase, item: &ImportItem, options: ImportOptions<'_>) -> bool {
    hold_back(case, item, options.today);
    let was_draft = case.fields.get("status").and_then(Value::as_str) == Some("draft");
    case.fields.remove("status");
    let is_draft = !options.published || was_draft;
    if is_draft {
        case.fields.insert("status".into(), "draft".into());
    }
    // The number of a row is no title, so it is left for a person to write.
    if !case.fields.contains_key("title") && !is_row(item) {
        case.fields.insert("title".into(), title_from(&item.name).into());
    }
    if !case.fields.contains_key("date") {
        case.fields.insert("date".into(), options.today.into());
    }
    let mut imported = Fields::new();
    imported.insert("from".into(), item.source_place.as_str().into());
    imported.insert("mark".into(), ImportFingerprint::new(item, options.place).to_string().into());
    let of_source = case.extra.insert("imported".into(), Value::Mapping(imported));
    of_source.into_iter().for_each(|value| case.keep("imported", value));
    is_draft
}

/// Sets the main picture with its new path, or moves it to `extra` if it has no file or no alternative text.
fn place_main_picture(case: &mut ImportedCase, placed: Option<String>) {
    let Some(Value::Mapping(mut picture)) = case.fields.remove("image") else { return };
    let has_words = picture.get("alt").and_then(Value::as_str).is_some_and(|alt| !alt.trim().is_empty());
    let had = picture.get("src").and_then(Value::as_str).unwrap_or_default().to_owned();
    match placed {
        Some(path) => {
            picture.insert("src".into(), path.into());
            if has_words {
                case.fields.insert("image".into(), Value::Mapping(picture));
                return;
            }
            case.losses.push(Loss::main_picture_without_alternative_text(&had));
        }
        None => case.losses.push(Loss::missing_main_picture(&had)),
    }
    case.keep("image", Value::Mapping(picture));
}
