//! Markdown posts of Jekyll, Hugo, Zola, Eleventy, Astro, WordPress and Obsidian → items.
//!
//! Fields keep the names that the generator gives them. Adds the name and the date of the file name, the addresses of
//! the post, and the title if only the body has one. Template tags and wiki links become Markdown, and program code of
//! MDX is taken out; links keep their targets in the source.

mod address;
mod code;
mod front_matter;
mod html;
mod lenient_yaml;
mod marks;
mod mdx;
mod obsidian;
mod sections;
mod settings;
mod tags;
mod title;

use std::{borrow::Cow, collections::BTreeMap};

use serde_yaml::{Mapping, Value};

pub(super) use self::address::path_of;
use self::{address::FileNameParts, front_matter::Post, settings::Settings};
use super::{ImportItem, ImportKind, ImportSource, Loss, SourceContents, UnreadableFile, each_file};
use crate::{
    problem::{Code, FilePath, report::locate::locate},
    read::{self, LibraryKeys},
    source::SourceFile,
};

/// Reads every post of a source.
pub(super) fn read(kind: ImportKind, source: &ImportSource<'_>, progress: &(dyn Fn() + Sync)) -> SourceContents {
    let settings = settings::settings(kind, source);
    let (posts, not_imported) = posts(kind, source, &settings);
    let read = |file: &FilePath, bytes: Vec<u8>| Ok(vec![item(kind, source, &settings, file, &bytes)?]);
    let (items, unreadable) = each_file(source, &posts, progress, read);
    SourceContents { items, unreadable, not_imported, published_at: settings.published_at, ..SourceContents::default() }
}

/// Markup languages other than Markdown that generators support.
const OTHER_MARKUP: [&str; 8] = ["textile", "rst", "org", "adoc", "asciidoc", "mediawiki", "creole", "rdoc"];

/// The files that are posts, and those of text that are not.
fn posts(kind: ImportKind, source: &ImportSource<'_>, settings: &Settings) -> (Vec<FilePath>, Vec<Loss>) {
    let (mut posts, mut not_imported) = (Vec::new(), Vec::new());
    for file in source.requested_files() {
        let ending = file.extension();
        let is_post = kind.endings().contains(&ending.as_str());
        match why_not_imported(kind, file, source, settings) {
            None if is_post => posts.push(file.clone()),
            None if OTHER_MARKUP.contains(&ending.as_str()) => {
                not_imported.push(Loss::other_markup(file.as_str()));
            }
            // Elsewhere a file of HTML is a template.
            Some(loss) if is_post && !html::is_html(file) => not_imported.push(loss(file.as_str())),
            None | Some(_) => {}
        }
    }
    (posts, not_imported)
}

/// The reason why a Markdown file is not imported.
fn why_not_imported(
    kind: ImportKind,
    file: &FilePath,
    source: &ImportSource<'_>,
    settings: &Settings,
) -> Option<fn(&str) -> Loss> {
    let path = file.as_str();
    let top = path.split('/').next().unwrap_or_default();
    let is_note =
        matches!(file.stem().to_ascii_lowercase().as_str(), "readme" | "license" | "changelog" | "contributing");
    let loss: Option<fn(&str) -> Loss> = match kind {
        ImportKind::Jekyll => {
            let is_collection = |name: &str| top.strip_prefix('_') == Some(name);
            let in_posts = format!("/{path}").contains("/_posts/") || top == "_drafts";
            let in_collection = settings.collections.iter().any(|name| is_collection(name));
            (!in_posts && !in_collection && source.requested.is_empty()).then_some(Loss::not_in_collection)
        }
        ImportKind::Hugo if !path.starts_with("content/") && source.requested.is_empty() => Some(Loss::not_in_content),
        ImportKind::Hugo | ImportKind::Markdown if file.stem() == "_index" => Some(Loss::page_of_list),
        ImportKind::Markdown if is_note => Some(Loss::note_on_folder),
        ImportKind::Hugo | ImportKind::Markdown | ImportKind::Docx | ImportKind::Spreadsheet | ImportKind::Form => None,
    };
    loss.filter(|_| source.files.len() > 1 && source.requested != path)
}

/// The message of `casebook check` for YAML that cannot be read, with its place, and the way out.
fn message_of_check(text: &str) -> Option<(String, Option<String>)> {
    let file = FilePath::new("content/cases/post.md");
    let read = read::document(&file, &SourceFile::Text(text.as_bytes().into()), &LibraryKeys::default());
    let report = locate(read.problems, &BTreeMap::new(), |_| Some(text.as_bytes()));
    let first = report.problems.into_iter().find(|problem| problem.code == Code::BadYaml)?;
    Some((format!("{}, in line {}, column {}", first.message, first.place.line, first.place.column), first.help))
}

/// A piece of a text on one line, cut to a readable length.
fn one_line(piece: &str) -> String {
    let line = piece.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(80) {
        Some((at, _)) => format!("{}…", &line[..at]),
        None => line,
    }
}

/// The first numbers, and how many more there are, as a list of a sentence.
fn listed(numbers: &[usize]) -> String {
    const NAMED: usize = 3;
    let mut words: Vec<String> = numbers.iter().take(NAMED).map(usize::to_string).collect();
    if numbers.len() > NAMED {
        words.push(format!("{} more", numbers.len() - NAMED));
    }
    match words.split_last() {
        Some((last, others)) if !others.is_empty() => format!("{} and {last}", others.join(", ")),
        _ => words.concat(),
    }
}

/// Reads one file.
fn item(
    kind: ImportKind,
    source: &ImportSource<'_>,
    settings: &Settings,
    file: &FilePath,
    bytes: &[u8],
) -> Result<ImportItem, UnreadableFile> {
    let unreadable =
        |message: String, help: &str| UnreadableFile { file: file.to_string(), message, help: help.to_owned() };
    let text = std::str::from_utf8(bytes).map_err(|_| {
        unreadable("it is not UTF-8 text".to_owned(), "open it in an editor and save it with encoding UTF-8")
    })?;
    let text = &*with_line_feeds(text);
    let post = post(text).map_err(|(message, help)| unreadable(message, &help))?;
    let first_line = 1 + text[..text.len() - post.body.len()].matches('\n').count();
    let named = address::file_name_parts(file, kind);
    let mut fields = with_those_of_path(with_taxonomies(post.fields), file, &named);
    let mut losses: Vec<Loss> = post.replaced.iter().map(|entry| Loss::key_twice(&one_line(entry))).collect();
    if let Some(index) = sections::of_drafts(file, settings).filter(|_| !fields.contains_key("draft")) {
        fields.insert(Value::from("draft"), Value::from(true));
        losses.push(Loss::held_back(&format!("cascade: draft: true, in {index}")));
    }
    let addresses = address::addresses(kind, settings, file, &named, &fields);
    let written = address::written_address(&fields).filter(|_| !addresses.is_empty()).map(|(name, _)| name);
    let body = if html::is_html(file) {
        losses.push(Loss::post_in_html(file.as_str()));
        html::in_markdown(post.body)
    } else {
        mdx::to_markdown(post.body, file, first_line, &mut losses)
    };
    let body = tags::to_markdown(&body, kind, &settings.base_path, &mut losses);
    // What somebody typed into the form is shown as it was typed.
    let body = if kind == ImportKind::Form { body } else { obsidian::to_markdown(body, &mut losses) };
    let (body, title_anchor) = title::without_title(body, &mut fields);
    let slug = fields.get("slug").and_then(Value::as_str);
    let used_fields = written.into_iter().chain(slug.map(|_| "slug")).map(str::to_owned).collect();
    let name = slug.map_or(named.name, str::to_owned);
    Ok(ImportItem {
        source_place: format!("{}/{file}", source.name),
        file: Some(file.clone()),
        name,
        fields,
        comments: post.comments,
        body,
        used_fields,
        addresses,
        title_anchor,
        losses,
        ..ImportItem::default()
    })
}

/// A text whose lines end as on an old Mac, or some of them, with line feeds.
fn with_line_feeds(text: &str) -> Cow<'_, str> {
    let is_lone = |(at, _): (usize, &str)| !text[at + 1..].starts_with('\n');
    match text.match_indices('\r').any(is_lone) {
        true => text.replace("\r\n", "\n").replace('\r', "\n").into(),
        false => text.into(),
    }
}

/// The front matter and body of a post; or why they cannot be read, and a way out.
fn post(text: &str) -> Result<Post<'_>, (String, String)> {
    let post = front_matter::split(text).map_err(|message| {
        const HELP: &str = "fix it in the source, and import again";
        let (message, help) = message_of_check(text).unwrap_or_else(|| (message.trim().to_owned(), None));
        let help = help.map_or_else(|| HELP.to_owned(), |help| format!("{help}; then import again"));
        (format!("its front matter cannot be read: {message}"), help)
    })?;
    match front_matter::repeated(text, &post) {
        Some(lines) => Err((
            format!("it has its front matter {} times, from lines {}", lines.len(), listed(&lines)),
            "leave one of them in the source, and import again".to_owned(),
        )),
        None => Ok(post),
    }
}

/// The fields with the tags and categories of Zola, which are one level down.
fn with_taxonomies(mut fields: Mapping) -> Mapping {
    if let Some(Value::Mapping(taxonomies)) = fields.get("taxonomies").cloned() {
        fields.remove("taxonomies");
        for (name, terms) in taxonomies {
            fields.entry(name).or_insert(terms);
        }
    }
    fields
}

/// The fields with those that only the path of the file has: a date, a language, and whether it is a draft.
fn with_those_of_path(mut fields: Mapping, file: &FilePath, named: &FileNameParts) -> Mapping {
    let in_drafts = format!("/{file}").contains("/_drafts/");
    let of_path = [
        ("date", named.date.as_deref().map(Value::from)),
        ("language", named.language.as_deref().map(Value::from)),
        ("draft", in_drafts.then_some(Value::from(true))),
    ];
    for (name, value) in of_path {
        if let Some(value) = value {
            fields.entry(Value::from(name)).or_insert(value);
        }
    }
    fields
}
