//! Templates, and the conversion of Tera's errors to problems with a place in the theme.
//!
//! Takes the `.html` files of a theme, which are escaped. No functions are added to those of Tera, and Tera
//! reads no file here, so a template sees only its view. If a theme does not compile, its problems are reported and the
//! built-in templates are used.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use tera::{Context, ErrorKind, ReportError, Tera, TeraResult, Value};

use crate::{
    problem::{Checked, FilePath, Problem, Spot, message},
    site::{
        fault::TemplateFault,
        theme::{ThemeFiles, built_in},
    },
};

/// The frame of every page: the only template that others of the built-in theme extend.
const BASE: &str = "base.html";

/// The templates of a theme.
#[derive(Clone, Debug)]
pub struct Templates {
    tera: Tera,
    sources: BTreeMap<String, TemplateSource>,
}

/// Values that every template can use beside its view: `words` and `site`.
#[derive(Clone, Debug)]
pub struct Globals {
    words: Value,
    site: Value,
}

/// Renders views with the templates of one site.
#[derive(Clone, Copy, Debug)]
pub struct Printer<'a> {
    /// The templates.
    pub templates: &'a Templates,
    /// The values that all templates can use.
    pub globals: &'a Globals,
}

/// Text that is HTML already, and is printed as it is. Cloning is cheap: the text is shared.
#[derive(Clone, Debug, Serialize)]
#[serde(transparent)]
pub struct Html(Value);

/// The text of a template, and its file.
#[derive(Clone, Debug)]
struct TemplateSource {
    path: FilePath,
    text: String,
    /// The number of bytes before the text: those of a byte-order mark, or none.
    before: usize,
    /// Is it a file of the library? Its author cannot mend the others.
    is_own: bool,
}

impl Html {
    /// Marks text as HTML. It must come from a template or from the Markdown writer.
    pub fn new(html: &str) -> Html {
        Html(Value::safe_string(html))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        self.0.as_str().unwrap_or_default()
    }
}

impl Templates {
    /// Renders a view.
    fn render(&self, template: &str, view: Context, globals: &Globals) -> Result<Vec<u8>, TemplateFault> {
        /// Larger than most pages, so that most are written without growing the buffer.
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

    /// The first error and its place.
    fn first_fault(&self, template: &str, error: &tera::Error) -> TemplateFault {
        let (spot, cause) = faults(error, &self.sources, template).swap_remove(0);
        TemplateFault { spot, cause }
    }
}

impl Globals {
    /// Converts the values once for all pages.
    pub fn new(words: &impl Serialize, site: &impl Serialize) -> Globals {
        Globals { words: Value::from_serializable(words), site: Value::from_serializable(site) }
    }
}

impl Printer<'_> {
    /// Renders a part of a page.
    pub fn part(&self, template: &str, view: &impl Serialize) -> Result<Html, TemplateFault> {
        let bytes = self.templates.render(template, self.context(template, view)?, self.globals)?;
        Ok(Html::new(&String::from_utf8_lossy(&bytes)))
    }

    /// Renders a page with its frame, which templates find as `page.masthead` and `page.foot`.
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
    let is_template = |name: &str| name.ends_with(".html") && !name.starts_with("assets/");
    let mut sources = BTreeMap::new();
    for (name, file) in theme.iter().filter(|(name, _)| is_template(name)) {
        match std::str::from_utf8(&file.bytes) {
            Ok(text) => {
                let bare = text.strip_prefix('\u{feff}').unwrap_or(text);
                let (path, before) = (file.path.clone(), text.len() - bare.len());
                let source = TemplateSource { path, text: bare.to_owned(), before, is_own: file.is_own };
                sources.insert(name.clone(), source);
            }
            Err(error) => problems.push(message::file::not_utf8(&file.path, error.valid_up_to(), None)),
        }
    }
    sources
}

fn together(sources: &BTreeMap<String, TemplateSource>) -> TeraResult<Tera> {
    let mut tera = Tera::default();
    tera.autoescape_on([".html"]);
    tera.add_raw_templates(sources.iter().map(|(name, source)| (name, &source.text)))?;
    Ok(tera)
}

/// The problems of templates that do not compile together: all broken templates, not only the first.
fn broken_templates(sources: &BTreeMap<String, TemplateSource>, error: &tera::Error) -> Vec<Problem> {
    let alone = broken_alone(sources);
    if alone.is_empty() { broken(error, sources, BASE) } else { alone }
}

/// The templates with syntax errors. Each is compiled alone, so templates that it extends may be absent.
fn broken_alone(sources: &BTreeMap<String, TemplateSource>) -> Vec<Problem> {
    let broken_one =
        |(name, source): (&String, &TemplateSource)| match Tera::default().add_raw_template(name, &source.text) {
            Err(error) if matches!(error.kind(), ErrorKind::SyntaxError(_)) => broken(&error, sources, name),
            _ => Vec::new(),
        };
    sources.iter().flat_map(broken_one).collect()
}

/// The problems of an error. If the library's base.html lacks a block, each page that fills it in is an error of Tera;
/// they are one problem, of base.html.
fn broken(error: &tera::Error, sources: &BTreeMap<String, TemplateSource>, template: &str) -> Vec<Problem> {
    let faults = faults(error, sources, template);
    let in_built_in = faults.iter().filter(|(spot, _)| !is_own(spot, sources));
    let lacking: BTreeSet<&str> = in_built_in.filter_map(|(_, cause)| missing_block(cause)).collect();
    let others = faults.iter().filter(|(_, cause)| missing_block(cause).is_none_or(|block| !lacking.contains(block)));
    let mut problems: Vec<Problem> = others.map(|(spot, cause)| message::template::broken(spot, cause)).collect();
    if !lacking.is_empty() {
        problems.push(message::template::lacks_blocks(&whole(BASE, sources), &lacking));
    }
    problems
}

/// The block that a template fills in and that no template which it extends has, in the words of Tera.
fn missing_block(cause: &str) -> Option<&str> {
    cause.strip_prefix("Block `")?.strip_suffix("` is not defined in any parent template")
}

/// The places and causes of an error: at least one. `template` is used if the error names no template of the library.
fn faults(error: &tera::Error, sources: &BTreeMap<String, TemplateSource>, template: &str) -> Vec<(Spot, String)> {
    let text = error.to_string();
    match error.kind() {
        ErrorKind::SyntaxError(report) => vec![(reported(report, sources), report.message().to_owned())],
        ErrorKind::RenderingError(report) => vec![rendering_fault(report, &text, sources, template)],
        ErrorKind::MissingParent { current, .. } => vec![(whole(current, sources), text)],
        _ => {
            let located = located(&text, sources);
            if located.is_empty() { vec![(whole(named(&text, sources, template), sources), text)] } else { located }
        }
    }
}

/// The place and cause of an error while a page is made. A built-in template works for the pages that it is made for,
/// so if one fails, the place is in the template of the library that uses it for another.
fn rendering_fault(
    report: &ReportError,
    text: &str,
    sources: &BTreeMap<String, TemplateSource>,
    template: &str,
) -> (Spot, String) {
    let spot = reported(report, sources);
    let calls = text.lines().filter_map(|line| spot_of(line.strip_prefix("note: called from ")?, sources));
    let mut users = calls.chain(std::iter::once(whole(template, sources)));
    match users.find(|user| is_own(user, sources)).filter(|_| !is_own(&spot, sources)) {
        Some(user) => (user, message::template::cause_in_built_in(report.filename(), report.message())),
        None => (spot, report.message().to_owned()),
    }
}

/// The first template of the library that an error of several templates names in quotation marks, else `template`.
fn named<'a>(text: &'a str, sources: &BTreeMap<String, TemplateSource>, template: &'a str) -> &'a str {
    let mut names = text.split(['`', '\'', '"']);
    names.find(|name| sources.get(*name).is_some_and(|source| source.is_own)).unwrap_or(template)
}

fn is_own(spot: &Spot, sources: &BTreeMap<String, TemplateSource>) -> bool {
    sources.values().any(|source| source.is_own && source.path == spot.file)
}

fn whole(template: &str, sources: &BTreeMap<String, TemplateSource>) -> Spot {
    sources.get(template).map_or_else(|| unknown(template), |source| Spot::whole(&source.path))
}

fn reported(report: &ReportError, sources: &BTreeMap<String, TemplateSource>) -> Spot {
    let span = &report.span().range;
    match sources.get(report.filename()) {
        Some(source) => Spot::bytes(&source.path, span.start + source.before..span.end + source.before),
        None => unknown(report.filename()),
    }
}

/// The errors in a text of Tera that joins several reports, each with `error: cause` and `--> file:line:column`. The
/// text is the only source of the places where templates use an unknown filter or template.
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

/// Parses `page.html:3:12`: lines and columns count from 1, columns in characters.
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

/// The spot for a template without a file, which only a mistake in Casebook could name.
fn unknown(template: &str) -> Spot {
    Spot::whole(&FilePath::new(format!("themes/default/{template}")))
}
