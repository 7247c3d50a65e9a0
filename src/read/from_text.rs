//! The text of a document → the document, with every mistake in it.
//!
//! A file without readable front matter becomes a stub: a title and an address, made from its name. So one mistake
//! gives one message, and links to the file still find it.

use std::sync::Arc;

use serde_yaml::Value;

use super::{
    Document, LibraryKeys, case, config, disguised,
    front_matter::{self, Split},
    markdown, page, places_and_synonyms, vocabulary,
    yaml::{Node, Trail, YamlBlock},
    yaml_tree, yaml_walk,
};
use crate::{
    model::{
        document::{Body, CaseFile, PageFile, Status},
        keys::{self, DocumentKind},
    },
    problem::{Code, FilePath, Problem, Span, Spot, message},
};

/// The text of a document that is being read.
#[derive(Clone, Copy)]
pub(super) struct DocumentText<'a> {
    pub(super) path: &'a FilePath,
    pub(super) kind: DocumentKind,
    pub(super) text: &'a str,
}

impl DocumentText<'_> {
    /// Reads the document.
    pub(super) fn read(self, keys: &LibraryKeys, problems: &mut Vec<Problem>) -> Document {
        if self.kind.is_yaml() { self.yaml_file(problems) } else { self.markdown_file(keys, problems) }
    }

    fn yaml_file(self, problems: &mut Vec<Problem>) -> Document {
        let path = self.path;
        let start = if self.text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        let document = self.with_yaml(&(start..self.text.len()), problems, |node, problems| match self.kind {
            DocumentKind::Glossary => {
                Some(Document::Glossary(path.clone(), Some(Arc::new(vocabulary::glossary(node, problems)))))
            }
            DocumentKind::Places => {
                Some(Document::Places(path.clone(), Arc::new(places_and_synonyms::places(node, problems))))
            }
            DocumentKind::Synonyms => {
                Some(Document::Synonyms(path.clone(), Arc::new(places_and_synonyms::synonyms(node, problems))))
            }
            DocumentKind::Vocabulary => {
                let map = node.map(problems)?;
                Some(Document::Vocabulary(Arc::new(vocabulary::vocabulary(path, map, problems))))
            }
            _ => {
                let map = node.map(problems)?;
                Some(Document::Config(Arc::new(config::config(path, map, problems))))
            }
        });
        document.unwrap_or_else(|| stub(path, self.kind, Body::default()))
    }

    fn markdown_file(self, keys: &LibraryKeys, problems: &mut Vec<Problem>) -> Document {
        let DocumentText { path, kind, text } = self;
        match front_matter::split(text) {
            Split::Both { yaml, body } => match self.unfinished_front_matter([&yaml, &body], keys) {
                Some(problem) => self.stub_with_body(body, problem, problems),
                None => self.with_front_matter(yaml, body, keys, problems),
            },
            Split::NoFrontMatter { body } if kind == DocumentKind::Home => {
                let body = markdown::body(path, text, body).into_value(problems);
                Document::Home(Arc::new(page::home(path, None, body, problems)))
            }
            Split::NoFrontMatter { body } => {
                if let Some(problem) = disguised::disguised(path, text.as_bytes()) {
                    problems.push(problem);
                    return stub(path, kind, Body::default());
                }
                let problem = match front_matter::mistyped_opening(text) {
                    Some(line) => message::yaml::mistyped_opening(path, line),
                    None if text.contains('\r') && !text.trim_end().contains('\n') => {
                        message::yaml::old_line_ends(path)
                    }
                    None => message::yaml::no_front_matter(path, text.trim().is_empty()),
                };
                self.stub_with_body(body, problem, problems)
            }
            Split::Unclosed { opening, body } => {
                let problem = match front_matter::mistyped_closing(text, &body) {
                    Some(line) => message::yaml::mistyped_closing(path, line),
                    None => message::yaml::unclosed_front_matter(path, opening),
                };
                self.stub_with_body(body, problem, problems)
            }
        }
    }

    /// A stub for a file whose front matter cannot be read. Only that is reported, and nothing of its body.
    fn stub_with_body(self, body: Span, problem: Problem, problems: &mut Vec<Problem>) -> Document {
        problems.push(problem);
        stub(self.path, self.kind, markdown::body(self.path, self.text, body).value)
    }

    fn with_front_matter(self, yaml: Span, body: Span, keys: &LibraryKeys, problems: &mut Vec<Problem>) -> Document {
        let DocumentText { path, kind, text } = self;
        let mut unused_body = Some(markdown::body(path, text, body).into_value(problems));
        let document = self.with_yaml(&yaml, problems, |node, problems| {
            let map = node.map(problems)?;
            let body = unused_body.take()?;
            Some(match kind {
                DocumentKind::Home => Document::Home(Arc::new(page::home(path, Some(map), body, problems))),
                DocumentKind::Page => Document::Page(Arc::new(page::page(path, map, body, problems))),
                _ => Document::Case(Arc::new(case::case(path, map, body, keys, problems))),
            })
        });
        report_repeated_title(path, text, document.as_ref(), problems);
        document.unwrap_or_else(|| {
            let status = front_matter::status_line(&text[yaml]);
            with_status(stub(path, kind, unused_body.unwrap_or_default()), status)
        })
    }

    /// The problem of front matter that ends too early: one mistake, instead of one for each missing key.
    fn unfinished_front_matter(self, [yaml, body]: [&Span; 2], own: &LibraryKeys) -> Option<Problem> {
        let DocumentText { path, kind, text } = self;
        let is_key = |word: &str| keys::named(kind.row().keys, word).is_some() || own.iter().any(|key| key == word);
        let is_blank = text[yaml.clone()].lines().all(|line| line.trim().is_empty() || line.starts_with('#'));
        if front_matter::goes_on(&text[body.clone()], is_key) {
            return Some(message::yaml_syntax::front_matter_goes_on(&Spot::bytes(path, yaml.end..body.start)));
        }
        (is_blank && kind != DocumentKind::Home)
            .then(|| message::yaml::blank_front_matter(path, text.find('-').unwrap_or(0)..yaml.start))
    }

    /// Parses the YAML in some bytes of the text, and reads it with a function.
    fn with_yaml<T>(
        self,
        block: &Span,
        problems: &mut Vec<Problem>,
        read: impl FnOnce(Node<'_>, &mut Vec<Problem>) -> Option<T>,
    ) -> Option<T> {
        let DocumentText { path, kind, text } = self;
        let value: Value = match yaml_tree::parse(path, text, block) {
            Ok(value) => value,
            Err(problem) => {
                let later = yaml_tree::later(path, text, block, &problem);
                problems.push(*problem);
                problems.extend(later);
                return None;
            }
        };
        problems.extend(self.cut_texts(block));
        let block = YamlBlock::new(path, text, block, [kind.row().keys, kind.keys_of_terms()]);
        read(Node::top(&value, &Trail::Top(&block)), problems)
    }

    /// Text that YAML ignores although an editor wrote it: a `#` after a space begins a comment.
    fn cut_texts(self, block: &Span) -> Vec<Problem> {
        let yaml = &self.text[block.clone()];
        if !yaml.contains(" #") {
            return Vec::new();
        }
        let texts = [self.kind.row().keys, self.kind.keys_of_terms()].map(keys::names_of_texts).concat();
        let comments = yaml_walk::comments_after(yaml, &texts).into_iter();
        let in_file = |at: Span| block.start + at.start..block.start + at.end;
        comments.map(|(key, at)| message::yaml::cut_text(self.path, in_file(at), &key)).collect()
    }
}

/// A document of this kind for a file that could not be read.
pub(super) fn stub(path: &FilePath, kind: DocumentKind, body: Body) -> Document {
    match kind {
        DocumentKind::Settings => Document::Config(Arc::default()),
        DocumentKind::Vocabulary => Document::Vocabulary(Arc::new(vocabulary::stub(path))),
        DocumentKind::Glossary => Document::Glossary(path.clone(), None),
        DocumentKind::Places => Document::Places(path.clone(), Arc::default()),
        DocumentKind::Synonyms => Document::Synonyms(path.clone(), Arc::default()),
        DocumentKind::Home => Document::Home(Arc::new(page::home(path, None, body, &mut Vec::new()))),
        DocumentKind::Page => Document::Page(Arc::new(page::stub(path, body))),
        DocumentKind::Case => Document::Case(Arc::new(case::stub(path, body))),
    }
}

/// If the only first-level heading repeats the title, its problem says so.
fn report_repeated_title(path: &FilePath, text: &str, document: Option<&Document>, problems: &mut [Problem]) {
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
    let reported = problems.iter_mut().find(|problem| problem.code == Code::HeadingOrder && problem.spot == at);
    if let (Some(reported), Some(written)) = (reported, text.get(first.at.clone())) {
        *reported = message::markdown::title_repeated(&at, written.trim_end());
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
