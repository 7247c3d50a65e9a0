//! The report of an import, as lines.

use std::collections::{BTreeMap, BTreeSet};

use super::{Loss, SourceContents, plan::ImportPlan};
use crate::problem::FilePath;

/// The most things of one kind that are named, unless all are asked for.
const MAX_NAMED: usize = 5;

/// The lines of a report: what was made, what was skipped, what could not be imported, and what each case lacks. With
/// `all`, everything is named.
pub fn report(found: &SourceContents, plan: &ImportPlan, all: bool) -> Vec<String> {
    let limit = if all { usize::MAX } else { MAX_NAMED };
    let mut lines = Vec::new();
    let lost = plan.cases.iter().flat_map(|case| case.losses.iter().map(|loss| (loss, case.path.as_str())));
    group(&mut lines, lost, limit, |loss, path| {
        format!("{} ({})", loss.what, path.trim_start_matches("content/cases/"))
    });
    group(&mut lines, found.not_imported.iter().map(|loss| (loss, "")), limit, |loss, _| loss.what.clone());
    unknown_files(&mut lines, found, plan, limit);
    let without_key = plan.cases.iter().flat_map(|case| &case.without_key);
    fields(&mut lines, without_key, limit, ["field has no key and is", "fields have no key and are"], "kept in extra");
    let left_out = plan.cases.iter().flat_map(|case| &case.left_out);
    fields(&mut lines, left_out, limit, ["field is", "fields are"], "left out, as the mapping says");
    unknown_values(&mut lines, plan, limit);
    if !plan.changed.is_empty() {
        let count = counted(plan.changed.len(), "case was", "cases were");
        lines.push(format!(
            "{count} imported before, and the source has changed since; what you have is left as it is, so edit the case, or \
             delete it and import again:"
        ));
        let changed = plan.changed.iter().map(|(source_place, case)| format!("{case}, from {source_place}"));
        names(&mut lines, changed, limit);
    }
    if !plan.copies.is_empty() {
        let count = counted(plan.copies.len(), "case was", "cases were");
        lines.push(format!("{count} imported before from another file with the same content, and skipped:"));
        let copies =
            plan.copies.iter().map(|(source_place, first, case)| format!("{source_place} is {first}, in {case}"));
        names(&mut lines, copies, limit);
    }
    missing(&mut lines, plan, limit);
    lines
}

fn counted(count: usize, one: &str, several: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { several })
}

fn names(lines: &mut Vec<String>, names: impl ExactSizeIterator<Item = String>, limit: usize) {
    let count = names.len();
    lines.extend(names.take(limit).map(|name| format!("    {name}")));
    if count > limit {
        lines.push(format!("    and {} more; --verbose names all", count - limit));
    }
}

/// The losses, grouped by kind.
fn group<'a>(
    lines: &mut Vec<String>,
    losses: impl Iterator<Item = (&'a Loss, &'a str)>,
    limit: usize,
    name: impl Fn(&Loss, &str) -> String,
) {
    let mut kinds: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (loss, path) in losses {
        kinds.entry(loss.kind).or_default().push(name(loss, path));
    }
    for (kind, things) in kinds {
        lines.push(format!("{} × {kind}:", things.len()));
        names(lines, things.into_iter(), limit);
    }
}

/// The files of kinds that nothing reads, without those that a case links to.
fn unknown_files(lines: &mut Vec<String>, found: &SourceContents, plan: &ImportPlan, limit: usize) {
    let linked = plan.cases.iter().flat_map(|case| &case.files).map(|beside| &beside.file).chain(plan.shared.keys());
    let linked: BTreeSet<&FilePath> = linked.collect();
    let unknown: Vec<String> =
        found.unknown.iter().filter(|file| !linked.contains(file)).map(ToString::to_string).collect();
    if !unknown.is_empty() {
        let count = counted(unknown.len(), "file was", "files were");
        lines.push(format!("{count} not read; to import what such a file says, copy its text into a Word document:"));
        names(lines, unknown.into_iter(), limit);
    }
}

/// Fields with the number of cases that had each, the most frequent first.
fn fields<'a>(
    lines: &mut Vec<String>,
    fields: impl Iterator<Item = &'a String>,
    limit: usize,
    [one, several]: [&str; 2],
    what: &str,
) {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    fields.for_each(|field| *counts.entry(field).or_default() += 1);
    if counts.is_empty() {
        return;
    }
    lines.push(format!("{} {what}:", counted(counts.len(), one, several)));
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|(field, count)| (std::cmp::Reverse(*count), *field));
    let named = counts.into_iter().map(|(field, count)| format!("{field} (in {})", counted(count, "case", "cases")));
    names(lines, named, limit);
}

fn unknown_values(lines: &mut Vec<String>, plan: &ImportPlan, limit: usize) {
    let mut values: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for (field, value) in plan.cases.iter().flat_map(|case| &case.unknown) {
        *values.entry((field, value)).or_default() += 1;
    }
    if values.is_empty() {
        return;
    }
    let count = counted(values.len(), "value is not a term; it is", "values are not terms; they are");
    lines.push(format!("{count} kept in extra:"));
    let mut values: Vec<_> = values.into_iter().collect();
    values.sort_by_key(|(value, count)| (std::cmp::Reverse(*count), *value));
    names(
        lines,
        values
            .into_iter()
            .map(|((field, value), count)| format!("{field}: {value} (in {})", counted(count, "case", "cases"))),
        limit,
    );
}

fn missing(lines: &mut Vec<String>, plan: &ImportPlan, limit: usize) {
    let incomplete: Vec<_> = plan.cases.iter().filter(|case| !case.missing.is_empty()).collect();
    if incomplete.is_empty() {
        return;
    }
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for lack in incomplete.iter().flat_map(|case| &case.missing) {
        *counts.entry(lack).or_default() += 1;
    }
    let counts: Vec<String> = counts.iter().map(|(lack, count)| format!("{lack} in {count}")).collect();
    lines.push(format!(
        "{} something that must be there before publication ({}):",
        counted(incomplete.len(), "case lacks", "cases lack"),
        counts.join(", ")
    ));
    let named = incomplete.iter().map(|case| format!("{}: {}", case.path, case.missing.join(", ")));
    names(lines, named.collect::<Vec<_>>().into_iter(), limit);
}
