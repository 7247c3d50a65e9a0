//! Bytes → documents, file by file, in parallel.
//!
//! [`document`] reads one file and needs to know only the names of the library's vocabularies; [`read`] reads them all. A file
//! that cannot be read becomes a stub with a title and an address, so that one mistake gives one message and links to the
//! file still find it. Whether terms, addresses and links exist is checked in `model` and `site`.

mod bad_yaml;
mod case;
mod clean;
pub mod config;
mod dates;
mod disguised;
mod features;
mod fields;
pub mod front_matter;
mod garbled;
pub mod highlight;
pub mod markdown;
mod other_names;
mod own_field;
mod page;
mod plain_text;
mod slip;
mod slip_fix;
mod source;
#[cfg(test)]
mod tests;
mod unseen;
mod vocabulary;
mod wrapped;
pub mod yaml;
mod yaml_tree;
mod yaml_walk;

use std::{collections::BTreeSet, sync::Arc};

use rayon::prelude::*;
use serde_yaml::Value;

use self::{
    front_matter::Split,
    yaml::{Node, Trail},
};
use crate::{
    model::{
        Config, Ids, address,
        assemble::{NEEDED, is_glossary},
        document::{Body, CaseFile, Documents, GlossaryEntry, HomeFile, OtherFile, PageFile, Status, VocabularyFile},
        keys::{self, Key},
        other_names::{PlaceEntry, Synonyms},
        own_field::OwnField,
    },
    problem::{Checked, Code, FilePath, Problem, Span, Spot, message},
    source::{LARGEST_TEXT, Project, SourceFile},
};

/// The content of one file.
#[derive(Clone, Debug)]
pub enum Document {
    /// `casebook.yaml`.
    Config(Arc<Config>),
    /// A vocabulary.
    Vocabulary(Arc<VocabularyFile>),
    /// The glossary.
    Glossary(FilePath, Arc<Vec<GlossaryEntry>>),
    /// Places.
    Places(FilePath, Arc<Vec<PlaceEntry>>),
    /// Synonyms.
    Synonyms(FilePath, Arc<Vec<Synonyms>>),
    /// The home page.
    Home(Arc<HomeFile>),
    /// A case study.
    Case(Arc<CaseFile>),
    /// A plain page.
    Page(Arc<PageFile>),
    /// Not a document: published as it is, if something links to it.
    File(OtherFile),
}

/// The kind of a file, by its path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum DocumentKind {
    Config,
    Vocabulary,
    Glossary,
    Places,
    Synonyms,
    Home,
    Case,
    Page,
    File,
    Misplaced,
    Theme,
}

/// The keys of a case that depend on other files of the library.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LibraryKeys {
    /// The ids of the library's vocabularies.
    pub vocabularies: BTreeSet<String>,
    /// The keys that casebook.yaml declares.
    pub fields: Vec<OwnField>,
}

impl LibraryKeys {
    /// Every key.
    fn iter(&self) -> impl Iterator<Item = &str> {
        let fields = self.fields.iter().map(|field| &field.id.value);
        self.vocabularies.iter().chain(fields).map(String::as_str)
    }
}

impl DocumentKind {
    /// The keys of such a file; empty if nothing reads its keys.
    fn keys(self) -> &'static [Key] {
        match self {
            DocumentKind::Config => keys::SETTINGS,
            DocumentKind::Vocabulary => keys::VOCABULARY,
            DocumentKind::Glossary => keys::ENTRY,
            DocumentKind::Places => keys::LISTED_PLACE,
            DocumentKind::Synonyms => keys::SYNONYMS,
            DocumentKind::Home => keys::HOME,
            DocumentKind::Case => keys::CASE,
            DocumentKind::Page => keys::PAGE,
            DocumentKind::File | DocumentKind::Misplaced | DocumentKind::Theme => &[],
        }
    }
}

/// Reads every file of a project.
pub fn read(project: &Project) -> Checked<Documents> {
    let keys = library_keys(project);
    let files: Vec<_> = project.files.iter().collect();
    let read: Vec<Checked<Option<Document>>> =
        files.par_iter().map(|(path, file)| document(path, file, &keys)).collect();
    let mut problems = project.problems.clone();
    let documents: Vec<Document> = read.into_iter().filter_map(|checked| checked.unload(&mut problems)).collect();
    Checked::new(gather(documents, Arc::default()), problems)
}

/// The front matter of every case that can be read, unchanged.
pub fn front_matter_of_cases(project: &Project) -> Vec<(FilePath, Value)> {
    let front_matter = |(path, file): (&FilePath, &SourceFile)| {
        let SourceFile::Text(bytes) = file else { return None };
        let text = std::str::from_utf8(bytes).ok()?;
        match front_matter::split(text) {
            Split::Both { yaml, .. } => Some((path.clone(), yaml_tree::parse(path, text, &yaml).ok()?)),
            Split::NoFrontMatter { .. } | Split::Unclosed { .. } => None,
        }
    };
    let cases: Vec<_> = project.files.iter().filter(|(path, _)| kind(path) == DocumentKind::Case).collect();
    cases.into_par_iter().filter_map(front_matter).collect()
}

/// The keys of cases in this project that depend on its files. The vocabularies are the files in
/// `content/vocabularies/`, and those that every library must have: a missing vocabulary is one mistake, and not one in
/// every case.
pub fn library_keys(project: &Project) -> LibraryKeys {
    let files = project.files.keys().filter(|path| kind(path) == DocumentKind::Vocabulary);
    let vocabularies: BTreeSet<String> = files.map(FilePath::stem).chain(NEEDED).map(str::to_owned).collect();
    // A vocabulary of this name is reported once, when the library is put together; cases have the key for something else.
    let vocabularies: BTreeSet<String> =
        vocabularies.into_iter().filter(|id| keys::named(keys::CASE, id).is_none()).collect();
    let settings = project.files.get_key_value(&FilePath::new("casebook.yaml"));
    let config = settings.and_then(|(path, file)| document(path, file, &LibraryKeys::default()).value);
    // `model` reports keys with the name of a vocabulary.
    let fields = match config {
        Some(Document::Config(config)) => config.fields.clone(),
        _ => Vec::new(),
    };
    LibraryKeys {
        fields: fields.into_iter().filter(|field| !vocabularies.contains(&field.id.value)).collect(),
        vocabularies,
    }
}

/// Reads one file; none for files of a theme, and files in folders that are ignored.
pub fn document(path: &FilePath, file: &SourceFile, keys: &LibraryKeys) -> Checked<Option<Document>> {
    let kind = kind(path);
    let mut problems = Vec::new();
    match kind {
        DocumentKind::Theme => {
            problems.extend(too_large(path, file));
            return Checked::new(None, problems);
        }
        DocumentKind::File => {
            return Checked::new(Some(Document::File(other(path, file))), problems);
        }
        DocumentKind::Misplaced => {
            let file = (path.extension() != "md").then(|| Document::File(other(path, file)));
            return Checked::new(file, vec![message::file::misplaced(path)]);
        }
        _ => {}
    }
    let text = match file {
        SourceFile::Text(bytes) => decode(path, bytes, &mut problems),
        SourceFile::TooLarge(_) | SourceFile::Other(_) => {
            problems.extend(too_large(path, file));
            None
        }
    };
    let document = match text {
        Some(text) => readable(path, kind, text, keys, &mut problems),
        None => stub(path, kind, Body::default()),
    };
    Checked::new(Some(document), problems)
}

/// Can a term have this id?
pub fn is_term_id(id: &str) -> bool {
    vocabulary::is_term_id(id)
}

/// The intended day of a date in another form.
pub fn day_meant(text: &str) -> Option<jiff::civil::Date> {
    dates::meant(text)
}

fn too_large(path: &FilePath, file: &SourceFile) -> Option<Problem> {
    let SourceFile::TooLarge(size) = file else { return None };
    Some(message::file::too_large(path, *size, LARGEST_TEXT))
}

fn other(path: &FilePath, file: &SourceFile) -> OtherFile {
    let SourceFile::Other(Some(picture)) = file else { return OtherFile::of_no_picture(path.clone()) };
    OtherFile { path: path.clone(), size: Some(picture.size), bytes: picture.bytes, has_position: picture.has_position }
}

/// A title for a file without one: `torbay-care-trust.md` is "Torbay care trust".
fn title_from(path: &FilePath) -> String {
    match address::title(path.stem()) {
        title if title.is_empty() => path.name().to_owned(),
        title => title,
    }
}

fn kind(path: &FilePath) -> DocumentKind {
    let extension = path.extension();
    let (is_yaml, is_markdown) = (matches!(extension.as_str(), "yaml" | "yml"), extension == "md");
    match path.folder() {
        "" if path.as_str() == "casebook.yaml" => DocumentKind::Config,
        "content/vocabularies" if is_yaml => DocumentKind::Vocabulary,
        _ if is_glossary(path) => DocumentKind::Glossary,
        "content" if is_yaml && path.stem() == "places" => DocumentKind::Places,
        "content" if is_yaml && path.stem() == "synonyms" => DocumentKind::Synonyms,
        "content" if is_markdown && path.stem().eq_ignore_ascii_case("index") => DocumentKind::Home,
        folder if is_markdown && format!("{folder}/").starts_with("content/cases/") => DocumentKind::Case,
        folder if is_markdown && format!("{folder}/").starts_with(page::FOLDER) => DocumentKind::Page,
        folder if folder == "themes" || folder.starts_with("themes/") => DocumentKind::Theme,
        _ if is_yaml || is_markdown => DocumentKind::Misplaced,
        _ => DocumentKind::File,
    }
}

/// The file's text, or a problem that names its encoding.
fn decode<'a>(path: &FilePath, bytes: &'a [u8], problems: &mut Vec<Problem>) -> Option<&'a str> {
    let error = match std::str::from_utf8(bytes) {
        Ok(text) => return Some(text),
        Err(error) => error,
    };
    if let Some(problem) = disguised::disguised(path, bytes) {
        problems.push(problem);
        return None;
    }
    let looks_like = match bytes {
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => Some("UTF-16"),
        // In British prose these bytes are mostly curly quotation marks and dashes of Windows-1252.
        _ if matches!(bytes[error.valid_up_to()], 0x82..=0x97 | 0xa0..=0xff) => Some("Windows-1252"),
        _ => None,
    };
    problems.push(message::file::not_utf8(path, error.valid_up_to(), looks_like));
    None
}

fn stub(path: &FilePath, kind: DocumentKind, body: Body) -> Document {
    match kind {
        DocumentKind::Config => Document::Config(Arc::default()),
        DocumentKind::Vocabulary => Document::Vocabulary(Arc::new(vocabulary::stub(path))),
        DocumentKind::Glossary => Document::Glossary(path.clone(), Arc::default()),
        DocumentKind::Places => Document::Places(path.clone(), Arc::default()),
        DocumentKind::Synonyms => Document::Synonyms(path.clone(), Arc::default()),
        DocumentKind::Home => Document::Home(Arc::new(page::home(path, None, body, &mut Vec::new()))),
        DocumentKind::Page => Document::Page(Arc::new(page::stub(path, body))),
        DocumentKind::Case => Document::Case(Arc::new(case::stub(path, body))),
        DocumentKind::File | DocumentKind::Misplaced | DocumentKind::Theme => {
            Document::File(OtherFile::of_no_picture(path.clone()))
        }
    }
}

/// Reads a file from its text.
fn readable(
    path: &FilePath,
    kind: DocumentKind,
    text: &str,
    keys: &LibraryKeys,
    problems: &mut Vec<Problem>,
) -> Document {
    if matches!(
        kind,
        DocumentKind::Config
            | DocumentKind::Vocabulary
            | DocumentKind::Glossary
            | DocumentKind::Places
            | DocumentKind::Synonyms
    ) {
        let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        let document = with_yaml((path, kind), text, &(start..text.len()), problems, |node, problems| match kind {
            DocumentKind::Glossary => {
                Some(Document::Glossary(path.clone(), Arc::new(vocabulary::glossary(node, problems))))
            }
            DocumentKind::Places => Some(Document::Places(path.clone(), Arc::new(other_names::places(node, problems)))),
            DocumentKind::Synonyms => {
                Some(Document::Synonyms(path.clone(), Arc::new(other_names::synonyms(node, problems))))
            }
            DocumentKind::Vocabulary => node
                .map(problems)
                .map(|map| Document::Vocabulary(Arc::new(vocabulary::vocabulary(path, map, problems)))),
            _ => node.map(problems).map(|map| Document::Config(Arc::new(config::config(path, map, problems)))),
        });
        return document.unwrap_or_else(|| stub(path, kind, Body::default()));
    }
    let (block, span) = match front_matter::split(text) {
        Split::Both { yaml, body } => {
            if let Some(problem) = unfinished(path, kind, text, [&yaml, &body], keys) {
                problems.push(problem);
                return stub(path, kind, markdown::body(path, text, body).value);
            }
            (yaml, body)
        }
        Split::NoFrontMatter { body } if kind == DocumentKind::Home => {
            let body = markdown::body(path, text, body).unload(problems);
            return Document::Home(Arc::new(page::home(path, None, body, problems)));
        }
        Split::NoFrontMatter { body } => {
            if let Some(problem) = disguised::disguised(path, text.as_bytes()) {
                problems.push(problem);
                return stub(path, kind, Body::default());
            }
            problems.push(match front_matter::mistyped_opening(text) {
                Some(line) => message::yaml::mistyped_opening(path, line),
                None => message::yaml::no_front_matter(path, text.trim().is_empty()),
            });
            return stub(path, kind, markdown::body(path, text, body).value);
        }
        Split::Unclosed { opening, body } => {
            problems.push(message::yaml::unclosed_front_matter(path, opening));
            return stub(path, kind, markdown::body(path, text, body).value);
        }
    };
    let body = markdown::body(path, text, span).unload(problems);
    let mut words = Some(body);
    let document = with_yaml((path, kind), text, &block, problems, |node, problems| {
        let map = node.map(problems)?;
        let body = words.take()?;
        Some(match kind {
            DocumentKind::Home => Document::Home(Arc::new(page::home(path, Some(map), body, problems))),
            DocumentKind::Page => Document::Page(Arc::new(page::page(path, map, body, problems))),
            _ => Document::Case(Arc::new(case::case(path, map, body, keys, problems))),
        })
    });
    repeated_title(path, text, document.as_ref(), problems);
    document.unwrap_or_else(|| {
        let status = front_matter::status_line(&text[block]);
        with_status(stub(path, kind, words.unwrap_or_default()), status)
    })
}

/// If the only first-level heading repeats the title, its problem says so.
fn repeated_title(path: &FilePath, text: &str, document: Option<&Document>, problems: &mut [Problem]) {
    let (title, body) = match document {
        Some(Document::Case(case)) => (&case.title, &case.body),
        Some(Document::Page(page)) => (&page.title, &page.body),
        _ => return,
    };
    let Some((first, rest)) = body.outline.split_first() else { return };
    if first.text != *title || rest.iter().any(|heading| heading.level <= first.level) {
        return;
    }
    let at = Spot::bytes(path, first.at.clone());
    let told = problems.iter_mut().find(|problem| problem.code == Code::HeadingOrder && problem.spot == at);
    if let (Some(told), Some(written)) = (told, text.get(first.at.clone())) {
        *told = message::markdown::title_repeated(&at, written.trim_end());
    }
}

/// A stub with the status that its broken front matter names.
fn with_status(document: Document, status: Status) -> Document {
    match document {
        Document::Case(case) => Document::Case(Arc::new(CaseFile { status, ..Arc::unwrap_or_clone(case) })),
        Document::Page(page) => Document::Page(Arc::new(PageFile { status, ..Arc::unwrap_or_clone(page) })),
        other => other,
    }
}

/// The problem of front matter that ends too early: one mistake, instead of one for each missing key.
fn unfinished(
    path: &FilePath,
    kind: DocumentKind,
    text: &str,
    [yaml, body]: [&Span; 2],
    own: &LibraryKeys,
) -> Option<Problem> {
    let is_key = |word: &str| keys::named(kind.keys(), word).is_some() || own.iter().any(|key| key == word);
    let is_blank = text[yaml.clone()].lines().all(|line| line.trim().is_empty() || line.starts_with('#'));
    if front_matter::goes_on(&text[body.clone()], is_key) {
        return Some(message::yaml::front_matter_goes_on(path, yaml.end..body.start));
    }
    (is_blank && kind != DocumentKind::Home)
        .then(|| message::yaml::blank_front_matter(path, text.find('-').unwrap_or(0)..yaml.start))
}

/// Parses the YAML in some bytes of a file, and reads it with a function.
fn with_yaml<T>(
    (path, kind): (&FilePath, DocumentKind),
    text: &str,
    block: &Span,
    problems: &mut Vec<Problem>,
    read: impl FnOnce(Node<'_>, &mut Vec<Problem>) -> Option<T>,
) -> Option<T> {
    let value: Value = match yaml_tree::parse(path, text, block) {
        Ok(value) => value,
        Err(problem) => {
            let later = yaml_tree::later(path, text, block, &problem);
            problems.push(*problem);
            problems.extend(later);
            return None;
        }
    };
    problems.extend(cut_texts(path, kind, &text[block.clone()], block.start));
    read(Node::top(&value, &Trail::Top(path, text, block, kind.keys())), problems)
}

/// Text that YAML ignores although an editor wrote it: a `#` after a space begins a comment. `start` is the start of
/// the YAML.
fn cut_texts(path: &FilePath, kind: DocumentKind, yaml: &str, start: usize) -> Vec<Problem> {
    if !yaml.contains(" #") {
        return Vec::new();
    }
    let with_what_happened = if kind == DocumentKind::Case { keys::TERM_USE } else { &[] };
    let texts = [kind.keys(), with_what_happened].map(keys::names_of_texts).concat();
    let comments = yaml_walk::comments_after(yaml, &texts).into_iter();
    comments.map(|(key, at)| message::yaml::cut_text(path, start + at.start..start + at.end, &key)).collect()
}

/// A document with those that every case and page depends on, but no other case or page.
pub fn alone(path: &FilePath, document: Document, of: &Documents) -> Documents {
    let vocabularies = of.vocabularies.iter().filter(|vocabulary| vocabulary.path != *path);
    let glossary = of.files.iter().map(|file| &file.path).find(|file| is_glossary(file) && *file != path);
    let glossary = glossary.map(|path| Document::Glossary(path.clone(), of.glossary.clone()));
    let shared = [Document::Config(of.config.clone())].into_iter().chain(glossary);
    let shared = shared.chain(vocabularies.cloned().map(Document::Vocabulary));
    // Later settings replace earlier ones.
    gather(shared.chain([document]).collect(), of.ids.clone())
}

/// Sorts documents by kind; they come in the order of their paths. Documents with an id keep it, and others get one.
pub fn gather(documents: Vec<Document>, mut ids: Arc<Ids>) -> Documents {
    let mut gathered = Documents::default();
    let (mut cases, mut pages) = (Vec::with_capacity(documents.len()), Vec::new());
    for document in documents {
        match document {
            Document::Config(config) => gathered.config = config,
            Document::Vocabulary(vocabulary) => {
                gathered.files.push(OtherFile::of_no_picture(vocabulary.path.clone()));
                gathered.vocabularies.push(vocabulary);
            }
            Document::Glossary(path, glossary) => {
                gathered.files.push(OtherFile::of_no_picture(path));
                gathered.glossary = glossary;
            }
            Document::Places(path, places) => {
                gathered.files.push(OtherFile::of_no_picture(path));
                gathered.places = places;
            }
            Document::Synonyms(path, synonyms) => {
                gathered.files.push(OtherFile::of_no_picture(path));
                gathered.synonyms = synonyms;
            }
            Document::Home(home) => gathered.home = Some(home),
            Document::Case(case) => cases.push(case),
            Document::Page(page) => pages.push(page),
            Document::File(file) => gathered.files.push(file),
        }
    }
    if !ids.cover(&cases, &pages, &gathered.vocabularies) {
        Arc::make_mut(&mut ids).give(&cases, &pages, &gathered.vocabularies);
    }
    let cases = cases.into_iter().map(|file| (ids.case(&file.path), file)).collect();
    let pages = pages.into_iter().map(|file| (ids.page(&file.path), file)).collect();
    Documents { cases, pages, ids, ..gathered }
}
