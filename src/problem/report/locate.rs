//! The problems of the stages → a [`Report`] with levels, lines and columns.
//!
//! Lines and columns are computed only here, once, from the bytes of the files. A path of YAML keys that does not exist
//! (a missing key) is placed where the key would be written: at the nearest key around it, or at the line that opens
//! the block. Nothing fails: a place that cannot be found is the start of its file.

use std::collections::{BTreeMap, btree_map::Entry};

use super::{RelatedPlace, Report, Reported, TextRange, outline::Outline, ruler::Ruler};
use crate::problem::{Code, FilePath, Problem, Severity, Side, Span, Spot, SpotPart, Step};

/// The bytes of each spot, in order; none for a whole file, or for a file whose bytes are not known.
pub fn spans<'a>(spots: &[&Spot], bytes: impl Fn(&FilePath) -> Option<&'a [u8]>) -> Vec<Option<Span>> {
    let mut files = MeasuredFiles { bytes, measured: BTreeMap::new() };
    spots.iter().map(|spot| Some(files.span(spot)?.1)).collect()
}

/// Levels of problems that differ from the default; `None` is off.
pub type Checks = BTreeMap<Code, Option<Severity>>;

/// Sets the levels, finds the places, sorts, and removes duplicates. `bytes` gives a file's bytes, if they are known.
pub fn locate<'a>(problems: Vec<Problem>, checks: &Checks, bytes: impl Fn(&FilePath) -> Option<&'a [u8]>) -> Report {
    let mut files = MeasuredFiles { bytes, measured: BTreeMap::new() };
    let problems = problems
        .into_iter()
        .filter_map(|problem| Some((level(&problem, checks)?, fix(&problem), problem)))
        .map(|(severity, fix, problem)| Reported {
            code: problem.code,
            severity,
            message: problem.message,
            help: problem.help,
            suggestion: problem.suggestion,
            is_unpublished: problem.is_unpublished,
            fix,
            place: files.place(&problem.spot),
            related: problem
                .related
                .into_iter()
                .map(|related| RelatedPlace { place: files.place(&related.spot), message: related.message })
                .collect(),
        })
        .collect();
    Report::of(problems)
}

/// The replacement for the text of a problem: that of its fix, or the text that was probably meant.
fn fix(problem: &Problem) -> Option<String> {
    let replacement = match problem.fixes.first() {
        Some((_, fix)) => fix.now.text(),
        None => problem.suggestion.as_deref(),
    };
    replacement.filter(|now| !now.trim().is_empty()).map(str::to_owned)
}

/// The level that `checks` give a problem; none if it is off. A stage that lowered a problem itself had a reason (a
/// draft may be unfinished), which a level for the code as a whole does not override.
pub fn level(problem: &Problem, checks: &Checks) -> Option<Severity> {
    let was_lowered = problem.severity > problem.code.severity();
    match checks.get(&problem.code) {
        Some(None) => None,
        Some(Some(level)) if !was_lowered => Some(*level),
        None if problem.code.usual_level().is_none() => None,
        _ => Some(problem.severity),
    }
}

/// The files with problems, each measured when it is first needed.
struct MeasuredFiles<'a, F> {
    bytes: F,
    measured: BTreeMap<FilePath, Option<MeasuredFile<'a>>>,
}

/// A file with problems.
struct MeasuredFile<'a> {
    ruler: Ruler<'a>,
    outlines: BTreeMap<(usize, usize), Outline>,
}

impl<'a, F: Fn(&FilePath) -> Option<&'a [u8]>> MeasuredFiles<'a, F> {
    fn place(&mut self, spot: &Spot) -> TextRange {
        let start =
            TextRange { file: spot.file.clone(), line: 1, column: 1, end_line: 1, end_column: 1, excerpt: None };
        let Some((file, span)) = self.span(spot) else { return start };
        let (line, column) = file.ruler.line_and_column(span.start);
        let (end_line, end_column) = file.ruler.line_and_column(span.end);
        TextRange { line, column, end_line, end_column, excerpt: Some(file.ruler.excerpt(&span)), ..start }
    }

    /// The file of a spot, with its bytes there; none for a whole file.
    fn span(&mut self, spot: &Spot) -> Option<(&MeasuredFile<'a>, Span)> {
        if spot.part == SpotPart::Whole {
            return None;
        }
        let file = self.measured(&spot.file)?;
        let span = match &spot.part {
            SpotPart::Whole => return None,
            SpotPart::Bytes(span) => span.clone(),
            SpotPart::Yaml { block, path, side } => file.yaml(block, path, *side),
        };
        let span = file.ruler.fit(&span);
        Some((file, span))
    }

    fn measured(&mut self, file: &FilePath) -> Option<&mut MeasuredFile<'a>> {
        let file = match self.measured.entry(file.clone()) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(unknown) => {
                let bytes = (self.bytes)(file);
                unknown.insert(bytes.map(|bytes| MeasuredFile { ruler: Ruler::new(bytes), outlines: BTreeMap::new() }))
            }
        };
        file.as_mut()
    }
}

impl MeasuredFile<'_> {
    fn yaml(&mut self, block: &Span, path: &[Step], side: Side) -> Span {
        let block = self.ruler.fit(block);
        // A byte-order mark is not part of the YAML.
        let block = block.start.max(self.ruler.line_around(0).start)..block.end;
        let ruler = &self.ruler;
        let outline = self.outlines.entry((block.start, block.end)).or_insert_with(|| Outline::read(ruler, &block));
        outline.find(path, side).unwrap_or_else(|| self.opening(&block))
    }

    /// The line that opens a block: the `---` before front matter, or the start of a file that is all YAML.
    fn opening(&self, block: &Span) -> Span {
        let own = self.ruler.line_around(block.start);
        match self.ruler.line_and_column(block.start) {
            (2.., 1) => self.ruler.line_around(own.start - 1),
            _ => own.start..own.start,
        }
    }
}
