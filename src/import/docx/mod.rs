//! Word documents → items: headings, paragraphs, lists, tables, notes, links and pictures as Markdown.
//!
//! Takes the bytes of a `.docx` file, which is a zip of XML. Tracked changes count as accepted. A table whose first
//! column has names of fields gives fields, as in the template, whose hints are left out; so do lines such as `Place:
//! Torbay` above the text. Content without a form in
//! Markdown (text boxes, equations, charts, comments, headers) is reported. Limits keep a malicious file from filling
//! the memory.

mod fields;
mod markdown;
mod numbering;
mod package;
mod page_margins;
mod paragraph;
mod styles;
mod symbols;

use serde_yaml::Value;

pub(super) use self::package::part;
use self::{
    fields::TwoTitles,
    markdown::{Block, NotPlain, write},
    package::{DocumentError, Package},
    paragraph::ParagraphReader,
};
use super::{
    ImportItem, ImportKind, ImportSource, LibraryWords, Loss, SourceContents, UnreadableFile, each_file,
    mapping::holds_authors,
};
use crate::{
    model::questions::key_of_label,
    problem::{FilePath, message::shown},
};

/// Reads every Word document of a source.
pub(super) fn read(source: &ImportSource<'_>, words: &LibraryWords, progress: &(dyn Fn() + Sync)) -> SourceContents {
    let is_document = |file: &&FilePath| ImportKind::Docx.endings().contains(&file.extension().as_str());
    let files: Vec<FilePath> = source.requested_files().filter(is_document).cloned().collect();
    let read = |file: &FilePath, bytes: Vec<u8>| Ok(vec![item(source, words, file, &bytes)?]);
    let (items, unreadable) = each_file(source, &files, progress, read);
    SourceContents { items, unreadable, ..SourceContents::default() }
}

/// Reads one document.
fn item(
    source: &ImportSource<'_>,
    words: &LibraryWords,
    file: &FilePath,
    bytes: &[u8],
) -> Result<ImportItem, UnreadableFile> {
    let unreadable =
        |DocumentError { message, help }| UnreadableFile { file: file.to_string(), message, help: help.to_owned() };
    let mut package = Package::open(bytes).map_err(unreadable)?;
    let mut losses = Vec::new();
    let mut reader = ParagraphReader::new(&mut package, &mut losses, &words.hints).map_err(unreadable)?;
    let mut blocks = reader.body().map_err(unreadable)?;
    let notes = reader.notes().map_err(unreadable)?;
    let embedded_pictures = std::mem::take(&mut reader.pictures);
    let mut fields = package.properties();
    // Programs write the language that they were set up with, so only another language was chosen.
    if fields.get("language").and_then(Value::as_str).is_some_and(|language| words.is_own_language(language)) {
        fields.remove("language");
    }
    let two_titles = |TwoTitles(first, second)| UnreadableFile {
        file: file.to_string(),
        message: format!("it has two titles, “{}” and “{}”", shown(&first), shown(&second)),
        help: "put the second case into a document of its own, or give it a style other than Title".to_owned(),
    };
    let title = title(&mut blocks, &mut losses).map_err(two_titles)?;
    let with_form = blocks.len();
    let given = fields::take(&mut blocks, words, &mut losses).map_err(two_titles)?;
    let is_form = blocks.len() < with_form;
    // Templates come back under the file name that they were sent with, so a title is a better name for the case.
    let is_title = |label: &Value| label.as_str().and_then(key_of_label) == Some("title");
    let title_given = given.iter().find(|(label, _)| is_title(label)).and_then(|(_, title)| title.as_str());
    if title.is_none() && !is_form {
        losses
            .extend(top_headings(&blocks).map(|headings| Loss::several_top_headings(&format!("{headings} in {file}"))));
    }
    let name = title_given.unwrap_or(file.stem()).to_owned();
    if let Some(title) = title {
        fields.insert(Value::from("title"), Value::from(title));
    }
    let names_author = |label: &Value| label.as_str().is_some_and(holds_authors);
    if given.keys().any(names_author) {
        fields.remove("author");
    }
    let author = fields.get("author").and_then(Value::as_str);
    losses.extend(author.map(|name| Loss::author_of_properties(&shown(name))));
    fields.extend(given);
    let body = write(&blocks, &notes);
    for what in package.left_out() {
        losses.push(Loss::part_of_word(&format!("{what} in {file}")));
    }
    Ok(ImportItem {
        source_place: format!("{}/{file}", source.name),
        file: Some(file.clone()),
        name,
        fields,
        body,
        embedded_pictures,
        losses,
        ..ImportItem::default()
    })
}

/// The title of a document: the paragraph with the style for it, if nothing stands above it, or a first heading above
/// the level of all others.
fn title(blocks: &mut Vec<Block>, losses: &mut Vec<Loss>) -> Result<Option<String>, TwoTitles> {
    let mut titles = blocks.iter().filter(|block| matches!(block, Block::Title(_)) && !block.is_blank());
    if let (Some(first), Some(second)) = (titles.next(), titles.next()) {
        return Err(TwoTitles(first.plain(), second.plain()));
    }
    let Some(first) = blocks.iter().position(|block| !block.is_blank()) else { return Ok(None) };
    match &blocks[first] {
        Block::Title(_) => {}
        Block::Heading(1, _) if of_top_level(blocks).count() == 1 => {}
        _ => return Ok(None),
    }
    let title = blocks.remove(first);
    let in_title = |other: NotPlain<'_>| Loss::not_plain_text(&format!("{other} in the title"));
    losses.extend(title.not_plain().into_iter().map(in_title));
    Ok(Some(title.plain()).filter(|text| !text.trim().is_empty()))
}

/// The headings of level 1.
fn of_top_level(blocks: &[Block]) -> impl Iterator<Item = &Block> {
    blocks.iter().filter(|block| matches!(block, Block::Heading(1, _)) && !block.is_blank())
}

/// The first headings of level 1 and the number of the others, if there are several.
fn top_headings(blocks: &[Block]) -> Option<String> {
    const NAMED: usize = 3;
    let count = of_top_level(blocks).count();
    let named: Vec<String> =
        of_top_level(blocks).take(NAMED).map(|heading| format!("“{}”", shown(&heading.plain()))).collect();
    let others = if count > NAMED { format!(" and {} more", count - NAMED) } else { String::new() };
    (count > 1).then(|| format!("{}{others}", named.join(", ")))
}

#[cfg(test)]
mod tests;
