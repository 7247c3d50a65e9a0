//! Problems as diagnostics for clients, with the codes, texts and places of `casebook check`.

use std::{collections::BTreeMap, path::Path};

use lsp_types::{
    CodeDescription, Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, Location, NumberOrString, Range, Url,
};

use super::{
    asked::url,
    text::{self, Encoding},
};
use crate::problem::{
    Code, FilePath, Severity,
    report::{Report, Reported, TextRange},
};

/// The diagnostics of every file that has any. `text` gives the text of a file.
pub fn by_file<'t>(
    report: &Report,
    root: &Path,
    encoding: Encoding,
    text: impl Fn(&FilePath) -> Option<&'t str>,
) -> BTreeMap<FilePath, Vec<Diagnostic>> {
    let mut files: BTreeMap<FilePath, Vec<Diagnostic>> = BTreeMap::new();
    for problem in &report.problems {
        let diagnostic = diagnostic(problem, root, encoding, &text);
        files.entry(problem.place.file.clone()).or_default().push(diagnostic);
    }
    files
}

/// A problem as a diagnostic.
pub fn diagnostic<'t>(
    problem: &Reported,
    root: &Path,
    encoding: Encoding,
    text: impl Fn(&FilePath) -> Option<&'t str>,
) -> Diagnostic {
    let range = |place: &TextRange| {
        let Some(text) = text(&place.file) else { return Range::default() };
        text::range_of_place(text, (place.line, place.column), (place.end_line, place.end_column), encoding)
    };
    let related = problem.related.iter().filter_map(|related| {
        let location = Location::new(url(root, &related.place.file)?, range(&related.place));
        Some(DiagnosticRelatedInformation { location, message: related.message.clone() })
    });
    let help = problem.help.as_ref().map(|help| format!("\nhelp: {help}")).unwrap_or_default();
    Diagnostic {
        range: range(&problem.place),
        severity: Some(match problem.severity {
            Severity::Error => DiagnosticSeverity::ERROR,
            Severity::Warning => DiagnosticSeverity::WARNING,
        }),
        code: Some(NumberOrString::String(problem.code.as_str().to_owned())),
        code_description: explanation(option_env!("CASEBOOK_REPOSITORY"), problem.code)
            .map(|href| CodeDescription { href }),
        source: Some("casebook".to_owned()),
        message: format!("{}{help}", problem.message),
        related_information: Some(related.collect()).filter(|related: &Vec<_>| !related.is_empty()),
        ..Diagnostic::default()
    }
}

/// The page of the documentation, in the repository on GitHub.
const PAGE: &str = "docs/content/pages/reference/problems.md";

/// The page that explains a code, in this release; none in a development build, whose documentation has no address.
fn explanation(repository: Option<&str>, code: Code) -> Option<Url> {
    let repository = repository.filter(|repository| !repository.is_empty())?;
    let release = env!("CARGO_PKG_VERSION");
    Url::parse(&format!("https://github.com/{repository}/blob/v{release}/{PAGE}#{code}")).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_code_links_to_its_heading_in_the_documentation_of_a_release() {
        let page = std::fs::read_to_string(PAGE).expect("the page is there");
        for &code in Code::ALL {
            let href = explanation(Some("owner/name"), code).expect("an address");
            let release = env!("CARGO_PKG_VERSION");
            assert_eq!(href.as_str(), format!("https://github.com/owner/name/blob/v{release}/{PAGE}#{code}"));
            assert!(page.lines().any(|line| line.trim_start_matches('#').trim() == code.as_str()), "{code}");
        }
        assert_eq!([None, Some("")].map(|repository| explanation(repository, Code::UnknownTerm)), [None, None]);
    }
}
