//! Warns of files of the content that nothing reads and nothing links to, if their type suggests that they were meant
//! to be read.
//!
//! Takes the files that are not documents, and the names of files that links lead to; gives warnings. A picture or a
//! PDF without a link to it is not reported: it may be for later. A picture that something links to is reported if it
//! is large, or contains the place where it was taken.

use std::collections::BTreeSet;

use crate::{
    model::Documents,
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
pub fn unread(documents: &Documents, named: &BTreeSet<FilePath>) -> Vec<Problem> {
    let files = documents.files.iter().map(|file| &file.path).filter(|path| !named.contains(*path));
    files.filter_map(|path| problem(path, documents)).collect()
}

fn problem(path: &FilePath, documents: &Documents) -> Option<Problem> {
    let is_in = |folder: &str| path.as_str().starts_with(folder);
    let is_of_words = is_in("content/cases/") || is_in("content/pages/");
    match path.extension().as_str() {
        "docx" | "doc" | "odt" | "rtf" | "xlsx" | "xls" | "ods" | "csv" if is_of_words => {
            Some(message::to_import(path))
        }
        "markdown" | "mdown" | "mkd" | "mdx" | "txt" | "text" if is_of_words => {
            Some(message::not_markdown(path, has_markdown_beside(path, documents)))
        }
        "txt" if is_in("content/") && (path.stem().ends_with(".yaml") || path.stem().ends_with(".yml")) => {
            Some(message::not_markdown(path, false))
        }
        _ => None,
    }
}

/// Is there a case or page with the name that this file would have as Markdown?
fn has_markdown_beside(path: &FilePath, documents: &Documents) -> bool {
    let markdown = format!("{}/{}.md", path.folder(), path.stem().trim_end_matches(".md"));
    let case = documents.ids.case_at(&markdown).and_then(|case| documents.cases.get(case));
    let page = documents.ids.page_at(&markdown).and_then(|page| documents.pages.get(page));
    case.is_some() || page.is_some()
}
