//! Templates, with every error of Tera turned into a problem at its place in the theme.
//!
//! Takes the `.html` and `.xml` files of a theme; both are escaped. Nothing is registered beyond what Tera has, and
//! Tera reads no file here, so a template sees its view and nothing else. Where a theme does not compile, its problems
//! are reported and the built-in templates are used.

use std::collections::BTreeMap;

use serde::Serialize;
use tera::{Context, ErrorKind, ReportError, Tera, TeraResult, Value};

use crate::{
    problem::{Checked, FilePath, Problem, Spot, message},
    site::{
        fault::TemplateFault,
        theme::{ThemeFiles, built_in},
    },
};

/// The templates of a theme.
#[derive(Clone, Debug)]
pub struct Templates {
    tera: Tera,
    sources: BTreeMap<String, TemplateSource>,
}

/// What every template may use beside its view: `words` and `site`.
#[derive(Clone, Debug)]
pub struct Globals {
    words: Value,
    site: Value,
}

/// Makes text of views, with the templates of one site.
#[derive(Clone, Copy, Debug)]
pub struct Printer<'a> {
    /// The templates.
    pub templates: &'a Templates,
    /// What each of them may use.
    pub globals: &'a Globals,
}

/// Text that is HTML already and is printed as it is. Cheap to copy: the text is shared.
#[derive(Clone, Debug, Serialize)]
#[serde(transparent)]
pub struct Html(Value);

/// The text of a template, and where it was written.
#[derive(Clone, Debug)]
struct TemplateSource {
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
    /// Makes text of a view and of what every template may use.
    fn render(&self, template: &str, view: Context, globals: &Globals) -> Result<Vec<u8>, TemplateFault> {
        /// Most pages are smaller, so that most are written without moving what is written already.
        const ROOM: usize = 32 * 1024;
        let mut context = view;
        context.insert_value("words", globals.words.clone());
        context.insert_value("site", globals.site.clone());
        let mut bytes = Vec::with_capacity(ROOM);
        match self.tera.render_to(template, &context, &mut bytes) {
            Ok(()) => Ok(bytes),
            Err(error) => Err(self.first_fault(template, &error)),
        }
    }

    /// What failed first, and where.
    fn first_fault(&self, template: &str, error: &tera::Error) -> TemplateFault {
        let (spot, cause) = faults(error, &self.sources, template).swap_remove(0);
        TemplateFault { spot, cause }
    }
}

impl Globals {
    /// Makes them ready once for all pages.
    pub fn new(words: &impl Serialize, site: &impl Serialize) -> Globals {
        Globals { words: Value::from_serializable(words), site: Value::from_serializable(site) }
    }
}

impl Printer<'_> {
    /// Makes a part of pages from its view.
    pub fn part(&self, template: &str, view: &impl Serialize) -> Result<Html, TemplateFault> {
        let bytes = self.templates.render(template, self.context(template, view)?, self.globals)?;
        Ok(Html::new(&String::from_utf8_lossy(&bytes)))
    }

    /// Makes a page from its view, with its frame: templates find that as `page.masthead` and `page.foot`.
    pub fn page(
        &self,
        template: &str,
        view: &impl Serialize,
        masthead: Html,
        foot: Html,
    ) -> Result<Vec<u8>, TemplateFault> {
        let mut context = self.context(template, view)?;
        let mut page = context.remove("page").and_then(Value::into_map).unwrap_or_default();
        page.insert("masthead".into(), masthead.0);
        page.insert("foot".into(), foot.0);
        context.insert_value("page", Value::from(page));
        self.templates.render(template, context, self.globals)
    }

    fn context(&self, template: &str, view: &impl Serialize) -> Result<Context, TemplateFault> {
        Context::from_serialize(view).map_err(|error| self.templates.first_fault(template, &error))
    }
}

/// Compiles the templates of a theme.
pub fn compile(theme: &ThemeFiles) -> Checked<Templates> {
    let mut problems = Vec::new();
    let sources = sources(theme, &mut problems);
    if problems.is_empty() {
        match together(&sources) {
            Ok(tera) => return Checked::new(Templates { tera, sources }, problems),
            Err(error) => problems.extend(broken_templates(&sources, &error)),
        }
    } else {
        problems.extend(broken_alone(&sources));
    }
    let sources = self::sources(&built_in(), &mut Vec::new());
    let tera = together(&sources).expect("a test compiles the built-in templates");
    Checked::new(Templates { tera, sources }, problems)
}

fn sources(theme: &ThemeFiles, problems: &mut Vec<Problem>) -> BTreeMap<String, TemplateSource> {
    let is_template = |name: &str| (name.ends_with(".html") || name.ends_with(".xml")) && !name.starts_with("assets/");
    let mut sources = BTreeMap::new();
    for (name, file) in theme.iter().filter(|(name, _)| is_template(name)) {
        match std::str::from_utf8(&file.bytes) {
            Ok(text) => {
                let bare = text.strip_prefix('\u{feff}').unwrap_or(text);
                let source =
                    TemplateSource { path: file.path.clone(), text: bare.to_owned(), before: text.len() - bare.len() };
                sources.insert(name.clone(), source);
            }
            Err(error) => problems.push(message::file::not_utf8(&file.path, error.valid_up_to(), None)),
        }
    }
    sources
}

fn together(sources: &BTreeMap<String, TemplateSource>) -> TeraResult<Tera> {
    let mut tera = Tera::default();
    tera.autoescape_on([".html", ".xml"]);
    tera.add_raw_templates(sources.iter().map(|(name, source)| (name, &source.text)))?;
    Ok(tera)
}

/// What is wrong with templates that do not compile together: every broken template, and not only the first.
fn broken_templates(sources: &BTreeMap<String, TemplateSource>, error: &tera::Error) -> Vec<Problem> {
    let alone = broken_alone(sources);
    if alone.is_empty() { broken(error, sources, "base.html") } else { alone }
}

/// The templates with broken syntax. Alone, a template lacks those that it extends, which is no fault of its own.
fn broken_alone(sources: &BTreeMap<String, TemplateSource>) -> Vec<Problem> {
    let broken_one =
        |(name, source): (&String, &TemplateSource)| match Tera::default().add_raw_template(name, &source.text) {
            Err(error) if matches!(error.kind(), ErrorKind::SyntaxError(_)) => broken(&error, sources, name),
            _ => Vec::new(),
        };
    sources.iter().flat_map(broken_one).collect()
}

fn broken(error: &tera::Error, sources: &BTreeMap<String, TemplateSource>, template: &str) -> Vec<Problem> {
    let faults = faults(error, sources, template).into_iter();
    faults.map(|(spot, cause)| message::template::broken(&spot, &cause)).collect()
}

/// The places and causes of an error: at least one. `template` is blamed where the error names no other.
fn faults(error: &tera::Error, sources: &BTreeMap<String, TemplateSource>, template: &str) -> Vec<(Spot, String)> {
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

fn reported(report: &ReportError, sources: &BTreeMap<String, TemplateSource>) -> Spot {
    let span = &report.span().range;
    match sources.get(report.filename()) {
        Some(source) => Spot::bytes(&source.path, span.start + source.before..span.end + source.before),
        None => unknown(report.filename()),
    }
}

/// The faults in a text of Tera's that joins several reports, each of them `error: cause` and `--> file:line:column`.
/// It is what is left of the places where templates ask for a filter or a template that is not there.
fn located(text: &str, sources: &BTreeMap<String, TemplateSource>) -> Vec<(Spot, String)> {
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
fn spot_of(place: &str, sources: &BTreeMap<String, TemplateSource>) -> Option<Spot> {
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
