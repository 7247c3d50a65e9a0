//! Templates: Tera, with every failure turned into a problem at its place in the theme.
//!
//! Takes the `.html` and `.xml` files of a theme; both are escaped. Nothing is registered beyond what Tera has, and
//! Tera reads no file here, so a template sees its view and nothing else. Where a theme does not compile, its problems
//! are given and the built-in templates stand in.

use std::collections::BTreeMap;

use serde::Serialize;
use tera::{Context, ErrorKind, ReportError, Tera, TeraResult, Value};

use crate::{
    model::Address,
    problem::{Checked, FilePath, Problem, Spot, message},
    site::theme::{ThemeFiles, built_in},
};

/// The templates of a theme.
#[derive(Clone, Debug)]
pub struct Templates {
    tera: Tera,
    sources: BTreeMap<String, Source>,
}

/// Text that is HTML already and is printed as it is. Cheap to copy: the text is shared.
#[derive(Clone, Debug, Serialize)]
#[serde(transparent)]
pub struct Html(Value);

/// The text of a template, and where it was written.
#[derive(Clone, Debug)]
struct Source {
    path: FilePath,
    text: String,
    /// Bytes of the file before the text: a byte-order mark, or nothing.
    before: usize,
}

impl Html {
    /// HTML that was made by a template, or by the readers of Markdown.
    pub fn new(html: &str) -> Html {
        Html(Value::safe_string(html))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        self.0.as_str().unwrap_or_default()
    }
}

impl Templates {
    /// Gives a value a name that every template may use.
    pub fn share(&mut self, name: &'static str, value: &impl Serialize) {
        self.tera.global_context().insert_value(name, Value::from_serializable(value));
    }

    /// Makes a page from its view. A template that fails is a problem that names the page.
    pub fn render(&self, template: &str, view: &impl Serialize, page: &Address) -> Result<Vec<u8>, Box<Problem>> {
        /// Most pages are smaller, so that most are written without moving what is written already.
        const ROOM: usize = 32 * 1024;
        let mut bytes = Vec::with_capacity(ROOM);
        let made = Context::from_serialize(view).and_then(|view| self.tera.render_to(template, &view, &mut bytes));
        match made {
            Ok(()) => Ok(bytes),
            Err(error) => {
                let (spot, cause) = self.first_fault(template, &error);
                Err(Box::new(message::template::failed(&spot, &cause, page.as_str())))
            }
        }
    }

    /// Makes a part of pages from its view; it is made for the first page that asks.
    pub fn part(&self, template: &str, view: &impl Serialize, page: &Address) -> Result<Html, Box<Problem>> {
        Ok(Html::new(&String::from_utf8_lossy(&self.render(template, view, page)?)))
    }

    /// What failed first, and where.
    fn first_fault(&self, template: &str, error: &tera::Error) -> (Spot, String) {
        let mut faults = faults(error, &self.sources, template);
        faults.swap_remove(0)
    }
}

/// Compiles the templates of a theme.
pub fn compile(theme: &ThemeFiles) -> Checked<Templates> {
    let mut problems = Vec::new();
    let sources = sources(theme, &mut problems);
    for (name, source) in &sources {
        // Alone, a template lacks those that it extends; only its own syntax is looked at here, so that every broken
        // template is reported and not only the first.
        if let Err(error) = Tera::default().add_raw_template(name, &source.text)
            && matches!(error.kind(), ErrorKind::SyntaxError(_))
        {
            problems.extend(broken(&error, &sources, name));
        }
    }
    if problems.is_empty() {
        match together(&sources) {
            Ok(tera) => return Checked::new(Templates { tera, sources }, problems),
            Err(error) => problems.extend(broken(&error, &sources, "base.html")),
        }
    }
    let sources = self::sources(&built_in(), &mut Vec::new());
    let tera = together(&sources).expect("a test compiles the built-in templates");
    Checked::new(Templates { tera, sources }, problems)
}

fn sources(theme: &ThemeFiles, problems: &mut Vec<Problem>) -> BTreeMap<String, Source> {
    let is_template = |name: &str| (name.ends_with(".html") || name.ends_with(".xml")) && !name.starts_with("assets/");
    let mut sources = BTreeMap::new();
    for (name, file) in theme.iter().filter(|(name, _)| is_template(name)) {
        match std::str::from_utf8(&file.bytes) {
            Ok(text) => {
                let bare = text.strip_prefix('\u{feff}').unwrap_or(text);
                let source = Source { path: file.path.clone(), text: bare.to_owned(), before: text.len() - bare.len() };
                sources.insert(name.clone(), source);
            }
            Err(error) => problems.push(message::file::not_utf8(&file.path, error.valid_up_to(), None)),
        }
    }
    sources
}

fn together(sources: &BTreeMap<String, Source>) -> TeraResult<Tera> {
    let mut tera = Tera::default();
    tera.autoescape_on([".html", ".xml"]);
    tera.add_raw_templates(sources.iter().map(|(name, source)| (name, &source.text)))?;
    Ok(tera)
}

fn broken(error: &tera::Error, sources: &BTreeMap<String, Source>, template: &str) -> Vec<Problem> {
    let faults = faults(error, sources, template).into_iter();
    faults.map(|(spot, cause)| message::template::broken(&spot, &cause)).collect()
}

/// The places and causes of an error: at least one. `template` is blamed where the error names no other.
fn faults(error: &tera::Error, sources: &BTreeMap<String, Source>, template: &str) -> Vec<(Spot, String)> {
    let whole = |name: &str| sources.get(name).map_or_else(|| unknown(name), |source| Spot::whole(&source.path));
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            vec![(reported(report, sources), report.message().to_owned())]
        }
        ErrorKind::MissingParent { current, .. }
        | ErrorKind::CircularExtend { tpl: current, .. }
        | ErrorKind::CircularInclude { tpl: current, .. } => vec![(whole(current), error.to_string())],
        _ => {
            let text = error.to_string();
            let located = located(&text, sources);
            if located.is_empty() { vec![(whole(template), text)] } else { located }
        }
    }
}

fn reported(report: &ReportError, sources: &BTreeMap<String, Source>) -> Spot {
    let span = &report.span().range;
    match sources.get(report.filename()) {
        Some(source) => Spot::bytes(&source.path, span.start + source.before..span.end + source.before),
        None => unknown(report.filename()),
    }
}

/// The faults in a text of Tera's that joins several reports, each of them `error: cause` and `--> file:line:column`.
/// It is what is left of the places where templates ask for a filter or a template that is not there.
fn located(text: &str, sources: &BTreeMap<String, Source>) -> Vec<(Spot, String)> {
    let mut cause = None;
    let mut faults = Vec::new();
    for line in text.lines() {
        if let Some(named) = line.strip_prefix("error: ") {
            cause = Some(named.to_owned());
        } else if let Some(place) = line.trim_start().strip_prefix("--> ")
            && let Some(spot) = spot_of(place, sources)
        {
            faults.extend(cause.take().map(|cause| (spot, cause)));
        }
    }
    faults
}

/// `page.html:3:12`, with lines and columns from 1 and columns in characters.
fn spot_of(place: &str, sources: &BTreeMap<String, Source>) -> Option<Spot> {
    let mut parts = place.rsplitn(3, ':');
    let (column, line) = (parts.next()?.parse::<usize>().ok()?, parts.next()?.parse::<usize>().ok()?);
    let source = sources.get(parts.next()?)?;
    let mut lines = source.text.split_inclusive('\n');
    let start: usize = lines.by_ref().take(line.checked_sub(1)?).map(str::len).sum();
    let indent: usize = lines.next()?.chars().take(column.checked_sub(1)?).map(char::len_utf8).sum();
    let at = source.before + start + indent;
    Some(Spot::bytes(&source.path, at..at))
}

/// A template that no file holds, which only a fault in this crate could name.
fn unknown(template: &str) -> Spot {
    Spot::whole(&FilePath::new(format!("themes/default/{template}")))
}
