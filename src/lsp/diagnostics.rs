//! Problems as clients show them: the same codes, texts and places as `casebook check` has.

use std::collections::BTreeMap;

use lsp_types::{
    CodeDescription, Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, Location, NumberOrString, Range, Url,
};

use super::{
    asked::url,
    library::LibraryState,
    text::{self, Encoding},
};
use crate::problem::{
    Code, FilePath, Severity,
    report::{Reported, TextRange},
};

/// The diagnostics of every file that has any.
pub fn by_file(known: &LibraryState, encoding: Encoding) -> BTreeMap<FilePath, Vec<Diagnostic>> {
    let mut files: BTreeMap<FilePath, Vec<Diagnostic>> = BTreeMap::new();
    for problem in &known.report.problems {
        files.entry(problem.place.file.clone()).or_default().push(diagnostic(known, problem, encoding));
    }
    files
}

/// A problem as a diagnostic.
pub fn diagnostic(known: &LibraryState, problem: &Reported, encoding: Encoding) -> Diagnostic {
    let related = problem.related.iter().filter_map(|related| {
        let location = Location::new(url(known, &related.place.file)?, range(known, &related.place, encoding));
        Some(DiagnosticRelatedInformation { location, message: related.message.clone() })
    });
    let help = problem.help.as_ref().map(|help| format!("\nhelp: {help}")).unwrap_or_default();
    Diagnostic {
        range: range(known, &problem.place, encoding),
        severity: Some(match problem.severity {
            Severity::Error => DiagnosticSeverity::ERROR,
            Severity::Warning => DiagnosticSeverity::WARNING,
        }),
        code: Some(NumberOrString::String(problem.code.as_str().to_owned())),
        code_description: explanation(problem.code).map(|href| CodeDescription { href }),
        source: Some("casebook".to_owned()),
        message: format!("{}{help}", problem.message),
        related_information: Some(related.collect()).filter(|related: &Vec<_>| !related.is_empty()),
        ..Diagnostic::default()
    }
}

/// The page of the documentation that explains a code, as it was when this program was released; none where the program was
/// built by hand, since nobody knows then where its documentation lies.
fn explanation(code: Code) -> Option<Url> {
    const PAGE: &str = "docs/content/pages/reference/problems.md";
    let repository = option_env!("CASEBOOK_REPOSITORY").filter(|repository| !repository.is_empty())?;
    let release = env!("CARGO_PKG_VERSION");
    Url::parse(&format!("https://github.com/{repository}/blob/v{release}/{PAGE}#{code}")).ok()
}

fn range(known: &LibraryState, place: &TextRange, encoding: Encoding) -> Range {
    let Some(text) = known.text(&place.file) else { return Range::default() };
    text::range_of_place(text, (place.line, place.column), (place.end_line, place.end_column), encoding)
}
