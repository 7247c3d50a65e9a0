//! Problems as diagnostics for clients, with the codes, texts and places of `casebook check`.

use std::{collections::BTreeMap, path::Path};

use lsp_types::{
    CodeDescription, Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, Location, NumberOrString, Range, Url,
};

use super::{
    cursor_query::url,
    text::{Encoding, LineIndex},
};
use crate::problem::{
    FilePath, Severity,
    report::{Report, Reported, TextRange},
};

/// The form in which a client wants problems.
#[derive(Clone, Debug)]
pub struct DiagnosticForm {
    /// The unit of columns.
    pub encoding: Encoding,
    /// The page that explains each code under a heading of its name; none if its address is not known.
    pub explained_at: Option<Url>,
}

/// The diagnostics of every file that has any. `text` gives the text of a file.
pub fn by_file<'t>(
    report: &Report,
    root: &Path,
    form: &DiagnosticForm,
    text: impl Fn(&FilePath) -> Option<&'t str>,
) -> BTreeMap<FilePath, Vec<Diagnostic>> {
    let mut files: BTreeMap<FilePath, Vec<Diagnostic>> = BTreeMap::new();
    let mut lines: BTreeMap<FilePath, Option<LineIndex<'t>>> = BTreeMap::new();
    let mut range = |place: &TextRange| {
        let lines =
            lines.entry(place.file.clone()).or_insert_with(|| Some(LineIndex::new(text(&place.file)?, form.encoding)));
        range_of(lines.as_ref(), place)
    };
    for problem in &report.problems {
        let diagnostic = diagnostic(problem, root, form, &mut range);
        files.entry(problem.place.file.clone()).or_default().push(diagnostic);
    }
    files
}

/// The range of a place, given the lines of its file.
pub fn range_of(lines: Option<&LineIndex<'_>>, place: &TextRange) -> Range {
    let (from, to) = ((place.line, place.column), (place.end_line, place.end_column));
    lines.map_or_else(Range::default, |lines| lines.range_of_place(from, to))
}

/// A problem as a diagnostic. `range` gives the range of a place.
pub fn diagnostic(
    problem: &Reported,
    root: &Path,
    form: &DiagnosticForm,
    mut range: impl FnMut(&TextRange) -> Range,
) -> Diagnostic {
    let own_range = range(&problem.place);
    let related = problem.related.iter().filter_map(|related| {
        let location = Location::new(url(root, &related.place.file)?, range(&related.place));
        Some(DiagnosticRelatedInformation { location, message: related.message.clone() })
    });
    let related: Vec<_> = related.collect();
    let help = problem.help.as_ref().map(|help| format!("\nhelp: {help}")).unwrap_or_default();
    Diagnostic {
        range: own_range,
        severity: Some(match problem.severity {
            Severity::Error => DiagnosticSeverity::ERROR,
            Severity::Warning => DiagnosticSeverity::WARNING,
        }),
        code: Some(NumberOrString::String(problem.code.as_str().to_owned())),
        code_description: form.explained_at.clone().map(|mut href| {
            href.set_fragment(Some(problem.code.as_str()));
            CodeDescription { href }
        }),
        source: Some("casebook".to_owned()),
        message: format!("{}{help}", problem.message),
        related_information: Some(related).filter(|related| !related.is_empty()),
        ..Diagnostic::default()
    }
}

/// The page that explains the codes, in the repository and in the published documentation.
const PAGE_IN_REPOSITORY: &str = "docs/content/pages/reference/problems.md";
const PAGE_WHEN_PUBLISHED: &str = "reference/problems/";

/// The page that explains the codes: in the documentation at the address that the client's option `docs` gives;
/// otherwise in the repository that this program was made from, as it was then. None if neither is known.
pub fn explained_at(options: Option<&serde_json::Value>) -> Option<Url> {
    let docs = options.and_then(|options| options["docs"].as_str()).filter(|docs| !docs.trim().is_empty());
    let docs = docs.and_then(|docs| Url::parse(&format!("{}/", docs.trim().trim_end_matches('/'))).ok());
    let docs = docs.filter(|docs| matches!(docs.scheme(), "http" | "https"));
    match docs {
        Some(docs) => docs.join(PAGE_WHEN_PUBLISHED).ok(),
        None => in_repository(option_env!("CASEBOOK_REPOSITORY"), option_env!("CASEBOOK_COMMIT")),
    }
}

fn in_repository(repository: Option<&str>, commit: Option<&str>) -> Option<Url> {
    let repository = repository.filter(|repository| !repository.is_empty())?;
    let version = commit.unwrap_or(concat!("v", env!("CARGO_PKG_VERSION")));
    Url::parse(&format!("https://github.com/{repository}/blob/{version}/{PAGE_IN_REPOSITORY}")).ok()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::problem::Code;

    #[test]
    fn codes_are_explained_where_the_client_says_or_in_the_repository_of_the_program() {
        let at = |docs: &str| explained_at(Some(&json!({ "docs": docs }))).map(String::from);
        let published = Some("https://example.org/docs/reference/problems/".to_owned());
        assert_eq!([at("https://example.org/docs"), at(" https://example.org/docs/ ")], [published.clone(), published]);
        let of_program = explained_at(None).map(String::from);
        assert_eq!([at(""), at("docs"), at("javascript:alert(1)")], [(); 3].map(|()| of_program.clone()));

        let address = |repository, commit| in_repository(repository, commit).map(String::from);
        let page = |version: &str| Some(format!("https://github.com/owner/name/blob/{version}/{PAGE_IN_REPOSITORY}"));
        assert_eq!(address(Some("owner/name"), Some("0123456789ab")), page("0123456789ab"));
        assert_eq!(address(Some("owner/name"), None), page(concat!("v", env!("CARGO_PKG_VERSION"))));
        assert_eq!([address(None, None), address(Some(""), Some("0123456789ab"))], [None, None]);
    }

    #[test]
    fn each_code_has_a_heading_in_the_documentation() {
        let page = std::fs::read_to_string(PAGE_IN_REPOSITORY).expect("the page is there");
        for &code in Code::ALL {
            assert!(page.lines().any(|line| line.trim_start_matches('#').trim() == code.as_str()), "{code}");
        }
    }
}
