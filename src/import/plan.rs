//! Items and a mapping → the files of a library: cases, and the pictures beside them.
//!
//! A case is called after its item; where that name is taken, a number is added. A case with pictures is a folder with an
//! `index.md`; a picture that several cases show lies in `content/files/`. Every file is read as a case is read before it is
//! given out: a key that the reader will not have is moved to `extra`, so what is written passes `check` as a draft.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use rayon::prelude::*;
use serde_yaml::{Mapping as Fields, Value};

use super::{
    ImportItem, Loss, SourceContents,
    front_matter::front_matter,
    link::{self, LinkTarget, LinkTargets},
    mapping::{ImportedCase, Mapping, apply},
};
use crate::{
    model::{
        Address, Library,
        address::{self, slug},
    },
    problem::{FilePath, SpotPart, Step},
    read::{self, Document, LibraryKeys},
    source::SourceFile,
};

/// A library as it is, as far as new files depend on it.
pub struct ExistingLibrary<'a> {
    /// The library.
    pub library: &'a Library,
    /// The names of its cases.
    pub names: BTreeSet<String>,
    /// The addresses that are taken, in the form that ignores letter case.
    pub addresses: HashSet<String>,
    /// What its cases were imported from, with the mark of what was read.
    pub imported: HashMap<String, String>,
    /// The keys of its cases that depend on its other files.
    pub keys: LibraryKeys,
}

/// How cases are to be written.
#[derive(Clone, Copy, Debug)]
pub struct Wish<'a> {
    /// The day, for cases that have none.
    pub today: &'a str,
    /// Published at once, save those that were drafts.
    pub published: bool,
}

/// What is to be written.
#[derive(Debug, Default)]
pub struct ImportPlan {
    /// The new cases.
    pub cases: Vec<Planned>,
    /// Files that several cases show: where each lies in the source, and its new path.
    pub shared: BTreeMap<FilePath, String>,
    /// The items that have a case already.
    pub skipped: Vec<String>,
    /// Those of them that are not what they were when their case was made.
    pub changed: Vec<String>,
    /// Terms to be made, by vocabulary.
    pub new_terms: BTreeMap<String, BTreeSet<String>>,
}

/// A case to be written.
#[derive(Debug)]
pub struct Planned {
    /// Where it comes from.
    pub origin: String,
    /// Its path in the library.
    pub path: String,
    /// All of it.
    pub text: String,
    /// The files beside it.
    pub files: Vec<Beside>,
    /// What could not be carried over.
    pub losses: Vec<Loss>,
    /// What it still lacks before it can be published.
    pub lacks: Vec<String>,
    /// Values that no vocabulary has, with their fields.
    pub unknown: Vec<(String, String)>,
}

/// A file beside a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Beside {
    /// Its path in the library.
    pub path: String,
    /// Its file in the source.
    pub file: FilePath,
    /// Its path within that file, where that is a document.
    pub part: Option<String>,
}

/// Plans the files that items become.
pub fn plan(
    found: &SourceContents,
    source: &[FilePath],
    mapping: &Mapping,
    existing: &ExistingLibrary<'_>,
    wish: Wish<'_>,
) -> ImportPlan {
    let mut plan = ImportPlan::default();
    let mut new: Vec<&ImportItem> = Vec::new();
    for item in &found.items {
        match existing.imported.get(&item.origin) {
            Some(mark) => {
                plan.skipped.push(item.origin.clone());
                if *mark != self::mark(item) {
                    plan.changed.push(item.origin.clone());
                }
            }
            None => new.push(item),
        }
    }
    let targets = LinkTargets::new(&found.items, source, found.published_at.as_deref());
    let cases: Vec<ImportedCase> = new.par_iter().map(|item| apply(item, mapping, existing.library)).collect();
    let links: Vec<Vec<(link::MarkdownLink, LinkTarget)>> = new
        .par_iter()
        .zip(&cases)
        .map(|(item, case)| {
            link::links(&case.body)
                .into_iter()
                .map(|link| (targets.of(&link, item), link))
                .map(|(target, link)| (link, target))
                .collect()
        })
        .collect();
    let heads: Vec<Option<FilePath>> =
        new.iter().zip(&cases).map(|(item, case)| head_picture(case, item, &targets)).collect();
    plan.shared = shared(&links, &heads);
    let names = names(&new, &links, &heads, &plan.shared, existing);
    let numbers: HashMap<&str, usize> = new.iter().enumerate().map(|(n, item)| (item.origin.as_str(), n)).collect();
    let case_path = |n: usize| -> Option<String> {
        let origin = found.items.get(n)?.origin.as_str();
        numbers.get(origin).map(|&n| names[n].clone())
    };
    let mut taken: HashSet<String> = existing.addresses.clone();
    taken.extend(names.iter().map(|path| address_of(path).folded()));
    let own = new.iter().flat_map(|item| &item.addresses).filter_map(|address| as_address(address));
    let own: HashSet<String> = own.map(|address| address.folded()).collect();
    let cases: Vec<ImportedCase> =
        cases.into_iter().zip(&new).map(|(case, item)| with_addresses(case, item, &own, &mut taken)).collect();
    let planned = |n: usize, case: ImportedCase| {
        for_item(n, case, &new, &links[n], heads[n].as_ref(), &names, &case_path, &plan.shared, existing, wish)
    };
    for case in &cases {
        for (vocabulary, label) in &case.new_terms {
            plan.new_terms.entry(vocabulary.clone()).or_default().insert(label.clone());
        }
    }
    plan.cases = cases.into_par_iter().enumerate().map(|(n, case)| planned(n, case)).collect();
    plan
}

/// A hash of the content of an item: if it differs, the source has changed since.
fn mark(item: &ImportItem) -> String {
    let mut hash = blake3::Hasher::new();
    hash.update(serde_json::to_string(&item.fields).unwrap_or_default().as_bytes());
    hash.update(item.body.as_bytes());
    hash.finalize().to_hex()[..12].to_owned()
}

/// The picture for the head of a case, where the source has its file.
fn head_picture(case: &ImportedCase, item: &ImportItem, targets: &LinkTargets<'_>) -> Option<FilePath> {
    let source = case.fields.get("image")?.get("src")?.as_str()?;
    let link = link::MarkdownLink {
        target: source.to_owned(),
        is_picture: true,
        is_in_link: false,
        destination: 0..0,
        place: link::LinkForm::Definition,
    };
    match targets.of(&link, item) {
        LinkTarget::File(file) => Some(file),
        _ => None,
    }
}

/// The files that more than one case shows, and where they go.
fn shared(links: &[Vec<(link::MarkdownLink, LinkTarget)>], heads: &[Option<FilePath>]) -> BTreeMap<FilePath, String> {
    let mut users: BTreeMap<&FilePath, BTreeSet<usize>> = BTreeMap::new();
    for (n, (links, head)) in links.iter().zip(heads).enumerate() {
        let files =
            links.iter().filter_map(|(_, target)| if let LinkTarget::File(file) = target { Some(file) } else { None });
        for file in files.chain(head) {
            users.entry(file).or_default().insert(n);
        }
    }
    let mut names: HashSet<String> = HashSet::new();
    let mut shared = BTreeMap::new();
    for (file, _) in users.into_iter().filter(|(_, users)| users.len() > 1) {
        let name = free_name(&file_name(file), |name| names.insert(name.to_lowercase()));
        shared.insert(file.clone(), format!("content/files/{name}"));
    }
    shared
}

/// The name of a published file: no space, and no mark at its start that would hide it.
fn file_name(file: &FilePath) -> String {
    let stem = slug(file.stem());
    let stem = if stem.is_empty() { "file".to_owned() } else { stem };
    format!("{stem}.{}", file.extension())
}

/// A name that `take` takes: itself, or with a number.
fn free_name(name: &str, mut take: impl FnMut(&str) -> bool) -> String {
    let (stem, end) = name.rsplit_once('.').map_or((name, String::new()), |(stem, end)| (stem, format!(".{end}")));
    let mut number = 1;
    loop {
        let name = if number == 1 { name.to_owned() } else { format!("{stem}-{number}{end}") };
        if take(&name) {
            return name;
        }
        number += 1;
    }
}

/// The path of every new case.
fn names(
    items: &[&ImportItem],
    links: &[Vec<(link::MarkdownLink, LinkTarget)>],
    heads: &[Option<FilePath>],
    shared: &BTreeMap<FilePath, String>,
    existing: &ExistingLibrary<'_>,
) -> Vec<String> {
    let mut taken = existing.names.clone();
    let mut path = |item: &ImportItem, has_files: bool| {
        let title = item.fields.get("title").and_then(Value::as_str).unwrap_or_default();
        let name = [slug(&item.name), slug(title)].into_iter().find(|name| !name.is_empty() && name != "page");
        let name = cut(name.unwrap_or_else(|| "case".to_owned()));
        let name = free_name(&name, |name| taken.insert(name.to_owned()));
        if has_files { format!("content/cases/{name}/index.md") } else { format!("content/cases/{name}.md") }
    };
    let is_own = |file: &FilePath| !shared.contains_key(file);
    items
        .iter()
        .zip(links.iter().zip(heads))
        .map(|(item, (links, head))| {
            let shows = links.iter().any(|(_, target)| matches!(target, LinkTarget::File(file) if is_own(file)));
            path(item, shows || !item.parts.is_empty() || head.as_ref().is_some_and(is_own))
        })
        .collect()
}

/// A name cut between words where it would be long.
fn cut(mut name: String) -> String {
    const LONGEST: usize = 80;
    while name.len() > LONGEST {
        match name.rfind('-') {
            Some(hyphen) => name.truncate(hyphen),
            None => name = name.chars().take(LONGEST / 4).collect(),
        }
    }
    name
}

fn address_of(path: &str) -> Address {
    Address::page(["cases", FilePath::new(path).case_name()])
}

/// The old addresses of an item as aliases of its case: those that it had, and those that led to it. One that is taken stays in
/// `extra`, and is reported. `own` are the addresses that the items themselves had: an alias of another item cannot take one.
fn with_addresses(
    mut case: ImportedCase,
    item: &ImportItem,
    own: &HashSet<String>,
    taken: &mut HashSet<String>,
) -> ImportedCase {
    let written = match case.fields.remove("aliases") {
        Some(Value::Sequence(written)) => written,
        Some(one) => vec![one],
        None => Vec::new(),
    };
    let had = item.addresses.iter().cloned().map(|alias| (alias, true));
    let led = written.iter().filter_map(Value::as_str).map(|alias| (alias.to_owned(), false));
    let (mut aliases, mut left): (Vec<Value>, Vec<Value>) = (Vec::new(), Vec::new());
    for (alias, is_own) in had.chain(led) {
        let is_free = |address: &Address| is_own || !own.contains(&address.folded());
        match as_address(&alias).filter(is_free) {
            Some(address) if taken.insert(address.folded()) => aliases.push(Value::from(alias)),
            _ if aliases.iter().any(|known| known.as_str() == Some(&alias)) => {}
            _ => {
                case.losses.push(Loss::new(
                    "an old address that another page has, or that cannot be one; it is kept in extra",
                    alias.as_str(),
                ));
                left.push(Value::from(alias));
            }
        }
    }
    if !aliases.is_empty() {
        case.fields.insert("aliases".into(), Value::Sequence(aliases));
    }
    if !left.is_empty() {
        case.extra.insert("old_addresses".into(), Value::Sequence(left));
    }
    case
}

/// The address that an old one is, as a page; none where it cannot be one.
fn as_address(alias: &str) -> Option<Address> {
    let name = alias.rsplit('/').next().unwrap_or_default();
    let as_page = if name.is_empty() || name.contains('.') { alias.to_owned() } else { format!("{alias}/") };
    let decoded = percent_encoding::percent_decode_str(&as_page).decode_utf8_lossy();
    Address::parse(&decoded).filter(|address| address.as_str() != "/")
}

/// The file of one case.
#[expect(clippy::too_many_arguments, reason = "the whole of a plan bears on each of its files")]
fn for_item(
    n: usize,
    mut case: ImportedCase,
    items: &[&ImportItem],
    links: &[(link::MarkdownLink, LinkTarget)],
    head: Option<&FilePath>,
    names: &[String],
    case_path: &dyn Fn(usize) -> Option<String>,
    shared: &BTreeMap<FilePath, String>,
    existing: &ExistingLibrary<'_>,
    wish: Wish<'_>,
) -> Planned {
    let (item, path) = (items[n], names[n].as_str());
    let folder = FilePath::new(path).folder().to_owned();
    let mut files: Vec<Beside> = Vec::new();
    for part in &item.parts {
        let file = item.file.clone().unwrap_or_else(|| FilePath::new(""));
        files.push(Beside { path: format!("{folder}/{}", part.name), file, part: Some(part.path.clone()) });
    }
    let mut place = |file: &FilePath| -> String {
        if let Some(path) = shared.get(file) {
            return relative(&folder, path);
        }
        if let Some(known) = files.iter().find(|beside| beside.file == *file && beside.part.is_none()) {
            return relative(&folder, &known.path);
        }
        let name =
            free_name(&file_name(file), |name| !files.iter().any(|beside| beside.path == format!("{folder}/{name}")));
        files.push(Beside { path: format!("{folder}/{name}"), file: file.clone(), part: None });
        name
    };
    let mut edits = Vec::new();
    for (link, target) in links {
        let address = match target {
            LinkTarget::Case(n, anchor) => case_path(*n).map(|path| relative(&folder, &path) + anchor),
            LinkTarget::File(file) => Some(place(file)),
            _ => None,
        };
        edits.extend(link::edits(link, target, address.as_deref(), &mut case.losses));
    }
    let body = link::edited(&case.body, edits);
    picture_for_head(&mut case, head.map(&mut place));
    let kept_as_draft = case.fields.get("status").and_then(Value::as_str) == Some("draft");
    case.fields.remove("status");
    let is_draft = !wish.published || kept_as_draft;
    if is_draft {
        case.fields.insert("status".into(), "draft".into());
    }
    if !case.fields.contains_key("title") {
        case.fields.insert("title".into(), title_from(&item.name).into());
    }
    if !case.fields.contains_key("date") {
        case.fields.insert("date".into(), wish.today.into());
    }
    let mut imported = Fields::new();
    imported.insert("from".into(), item.origin.as_str().into());
    imported.insert("mark".into(), mark(item).into());
    case.extra.insert("imported".into(), Value::Mapping(imported));
    let file = FilePath::new(path);
    let front = sound_front_matter(&mut case, &file, is_draft, existing);
    let body = body.trim();
    let text = if body.is_empty() { front } else { format!("{front}\n{body}\n") };
    let lacks = lacks(&case, &file, &text, body, existing.library);
    Planned {
        origin: item.origin.clone(),
        path: path.to_owned(),
        text,
        files,
        losses: case.losses,
        lacks,
        unknown: case.unknown,
    }
}

/// The title of an item that has none, from its name.
fn title_from(name: &str) -> String {
    match address::title(name) {
        title if title.is_empty() => name.to_owned(),
        title => title,
    }
}

/// The picture for the head with its new path, or in `extra` where it has no file or no words.
fn picture_for_head(case: &mut ImportedCase, placed: Option<String>) {
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
            case.losses.push(Loss::new(
                "a picture for the head without words for it; its file was taken, and it is kept in extra",
                had,
            ));
        }
        None => {
            case.losses.push(Loss::new("a picture for the head that is not in the source; it is kept in extra", had))
        }
    }
    case.extra.insert("image".into(), Value::Mapping(picture));
}

/// The front matter, with every key that the reader of cases will not have moved to `extra`.
fn sound_front_matter(
    case: &mut ImportedCase,
    file: &FilePath,
    is_draft: bool,
    existing: &ExistingLibrary<'_>,
) -> String {
    loop {
        let mut fields = case.fields.clone();
        fields.insert("extra".into(), Value::Mapping(case.extra.clone()));
        let text = front_matter(&fields, &case.comments, existing.library, is_draft);
        let refused = refused_keys(&text, file, &existing.keys);
        let refused: Vec<&String> =
            refused.iter().filter(|key| case.fields.contains_key(key.as_str()) && *key != "extra").collect();
        if refused.is_empty() {
            return text;
        }
        for key in refused {
            if let Some(value) = case.fields.remove(key.as_str()) {
                let what = format!("{key}: {}", serde_json::to_string(&value).unwrap_or_default());
                case.losses.push(Loss::new("a value that its key cannot have; it is kept in extra", what));
                case.extra.insert(Value::from(key.as_str()), value);
            }
        }
    }
}

/// The keys of front matter at which the reader of cases finds a fault.
fn refused_keys(text: &str, file: &FilePath, keys: &LibraryKeys) -> BTreeSet<String> {
    let read = read::document(file, &SourceFile::Text(text.as_bytes().into()), keys);
    let of_front_matter = read.problems.iter().filter_map(|problem| match &problem.spot.part {
        SpotPart::Yaml { path, .. } => match path.as_slice() {
            [Step::Key(key)] if problem.code != crate::problem::Code::MissingField => Some(key.clone()),
            [Step::Key(key), _, ..] => Some(key.clone()),
            _ => None,
        },
        _ => None,
    });
    debug_assert!(matches!(read.value, Some(Document::Case(_))));
    of_front_matter.collect()
}

/// What a case lacks before it can be published. `text` is its whole file, which ends with its body.
fn lacks(case: &ImportedCase, file: &FilePath, text: &str, body: &str, library: &Library) -> Vec<String> {
    let has = |key: &str| case.fields.contains_key(key);
    let mut lacks: Vec<String> = ["summary"].into_iter().filter(|key| !has(key)).map(str::to_owned).collect();
    let required = library.vocabularies.iter().filter(|vocabulary| vocabulary.required && !has(&vocabulary.id));
    lacks.extend(required.map(|vocabulary| vocabulary.id.clone()));
    if body.is_empty() {
        lacks.push("text".to_owned());
    }
    if has_pictures_without_words(file, text, body) {
        lacks.push("words for its pictures".to_owned());
    }
    lacks
}

/// Would `check` ask for words for a picture? Only a body that has pictures is read for it.
fn has_pictures_without_words(file: &FilePath, text: &str, body: &str) -> bool {
    let may_have_pictures = body.contains("![") || body.contains("<img") || body.contains("<IMG");
    let start = text.rfind(body).unwrap_or(text.len());
    let problems = || read::markdown::body(file, text, start..text.len()).problems;
    may_have_pictures && problems().iter().any(|problem| problem.code == crate::problem::Code::MissingAlt)
}

/// The path of a file of the library from a folder of it.
fn relative(folder: &str, path: &str) -> String {
    let from: Vec<&str> = folder.split('/').collect();
    let to: Vec<&str> = path.split('/').collect();
    let same = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    let up = std::iter::repeat_n("..", from.len() - same);
    up.chain(to[same..].iter().copied()).collect::<Vec<_>>().join("/")
}
