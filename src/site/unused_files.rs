//! Warns of files among the cases and pages that nothing reads and nothing links to.
//!
//! Takes the files that are not documents, and the names of files that links lead to; gives warnings. Names that begin
//! with a dot or an underscore never come here, and files that programs keep for themselves are passed over. A picture
//! that something links to is reported if it is large, or contains the place where it was taken.

use std::collections::BTreeSet;

use crate::{
    model::{
        Documents,
        address::{PICTURE_TYPES, is_published_type},
        copies::looks_like_copy,
    },
    problem::{FilePath, Problem, message::file as message},
};

/// A picture of more bytes than this takes long to load on a phone.
const HEAVY: u64 = 3 * 1024 * 1024;

/// The problems of pictures that something links to, and that readers therefore load.
pub fn pictures(documents: &Documents, named: &BTreeSet<FilePath>) -> Vec<Problem> {
    let linked = documents.files.iter().filter(|file| named.contains(&file.path));
    let pictures = linked.filter_map(|file| Some((&file.path, file.picture?)));
    let problems = pictures.flat_map(|(path, picture)| {
        let heavy = (picture.bytes > HEAVY).then(|| message::heavy_picture(path, picture.bytes));
        heavy.into_iter().chain(picture.has_position.then(|| message::position_in_photograph(path)))
    });
    problems.collect()
}

/// A problem for each file that nothing reads. `named` are the files that something links to, published or not.
pub fn unused_files(documents: &Documents, named: &BTreeSet<FilePath>) -> Vec<Problem> {
    let files = documents.files.iter().map(|file| &file.path).filter(|path| !named.contains(*path));
    files.filter_map(|path| problem(path, documents)).collect()
}

fn problem(path: &FilePath, documents: &Documents) -> Option<Problem> {
    let is_in = |folder: &str| path.as_str().starts_with(folder);
    let is_of_words = is_in("content/cases/") || is_in("content/pages/");
    match path.extension().as_str() {
        // Reported where they are read.
        "md" | "yaml" | "yml" => None,
        _ if is_of_a_program(path.name()) => None,
        "bak" | "orig" | "old" | "save" if is_of_words => Some(message::copy(path)),
        _ if is_of_words && looks_like_copy(path) => Some(message::copy(path)),
        "docx" | "doc" | "odt" | "rtf" | "xlsx" | "xls" | "ods" | "csv" if is_of_words => {
            Some(message::to_import(path))
        }
        "markdown" | "mdown" | "mkd" | "mdx" | "txt" | "text" if is_of_words => {
            Some(message::not_markdown(path, has_markdown_beside(path, documents)))
        }
        "txt" if is_in("content/") && (path.stem().ends_with(".yaml") || path.stem().ends_with(".yml")) => {
            Some(message::not_markdown(path, false))
        }
        other if is_of_words && is_published_type(other) => {
            Some(message::not_linked(path, PICTURE_TYPES.contains(&other)))
        }
        _ => is_of_words.then(|| message::of_no_use(path)),
    }
}

/// Is this a file that an editor, Word or the desktop keeps for itself, beside the files that are written?
fn is_of_a_program(name: &str) -> bool {
    const OWN: [&str; 4] = ["thumbs.db", "ehthumbs.db", "desktop.ini", "icon\r"];
    const ENDINGS: [&str; 7] = ["~", ".swp", ".swo", ".tmp", ".temp", ".lock", ".part"];
    let name = name.to_lowercase();
    let is_of_emacs = name.starts_with('#') && name.ends_with('#');
    // "4913" is what Vim writes to see whether it may write.
    let is_of_vim = name == "4913";
    is_of_emacs
        || is_of_vim
        || name.starts_with("~$")
        || OWN.contains(&&*name)
        || ENDINGS.iter().any(|end| name.ends_with(end))
}

/// Is there a case or page with the name that this file would have as Markdown?
fn has_markdown_beside(path: &FilePath, documents: &Documents) -> bool {
    let markdown = format!("{}/{}.md", path.folder(), path.stem().trim_end_matches(".md"));
    let case = documents.ids.case_at(&markdown).and_then(|case| documents.cases.get(case));
    let page = documents.ids.page_at(&markdown).and_then(|page| documents.pages.get(page));
    case.is_some() || page.is_some()
}
