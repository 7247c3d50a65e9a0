//! The mark of a file of settings: which tool it was written for, and a hash of what it said.
//!
//! The hash tells a file that a person has changed from one that nobody touched, and one that was made from other vocabularies
//! from one that would be made today. The mark is a line of its own, in a comment, wherever that may stand in a file of its kind.

use super::{SettingsFile, Tool};

/// What the line of the mark says before the tool's name and the hash.
const SAYS: &str = "Written by `casebook editors ";

/// How a file that is there stands to the one that would be written today.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It is the same.
    Same,
    /// Casebook wrote it, from other vocabularies, in another release or for another tool, and nobody has changed it since.
    Outdated,
    /// Casebook wrote it, from these vocabularies, and a person has changed it since.
    Changed,
    /// Casebook wrote it from other vocabularies, and a person has changed it since.
    ChangedAndOutdated,
    /// Casebook did not write it.
    Foreign,
}

/// The file with its mark.
pub(super) fn marked(tool: Tool, file: SettingsFile) -> SettingsFile {
    let says = format!("{SAYS}{}`; mark {}", tool.name(), hash(&file.text));
    let text = match file.path.rsplit('.').next() {
        // Strict JSON has no comments, and a note opens with a line that must be the first.
        Some("json") if file.path.ends_with(".schema.json") => {
            second(&file.text, &format!("  \"$comment\": \"{says}\",\n"))
        }
        Some("json") if file.path.contains(".obsidian/") => file.text,
        Some("md") => second(&file.text, &format!("# {says}\n")),
        Some("json" | "code-snippets") => format!("// {says}\n{}", file.text),
        Some("html") => second(&file.text, &format!("<!-- {says} -->\n")),
        Some("lua") => format!("-- {says}\n{}", file.text),
        _ => format!("# {says}\n{}", file.text),
    };
    SettingsFile { text, ..file }
}

/// The text with a line after its first.
fn second(text: &str, line: &str) -> String {
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    format!("{first}\n{line}{rest}")
}

/// The tool for which a file was written, if Casebook wrote it.
pub fn made_for(text: &str) -> Option<Tool> {
    Tool::named(line(text)?.split(SAYS).nth(1)?.split('`').next()?)
}

/// How a file that is there stands to the one that would be written today.
pub fn standing(there: &str, today: &str) -> Standing {
    // Git may have given the file line endings of Windows.
    let there = there.replace("\r\n", "\n");
    if there == today {
        return Standing::Same;
    }
    let (Some(kept), Some(would)) = (line(&there).and_then(hash_in), line(today).and_then(hash_in)) else {
        return Standing::Foreign;
    };
    let is_touched = hash(&without_mark(&there)) != kept;
    match (is_touched, kept != would) {
        (false, _) => Standing::Outdated,
        (true, true) => Standing::ChangedAndOutdated,
        (true, false) => Standing::Changed,
    }
}

fn line(text: &str) -> Option<&str> {
    text.lines().find(|line| line.contains(SAYS))
}

fn without_mark(text: &str) -> String {
    text.split_inclusive('\n').filter(|line| !line.contains(SAYS)).collect()
}

fn hash_in(line: &str) -> Option<&str> {
    line.split("; mark ").nth(1).and_then(|rest| rest.get(..HASH))
}

/// So many letters of the hash are kept.
const HASH: usize = 16;

fn hash(text: &str) -> String {
    blake3::hash(text.as_bytes()).to_hex()[..HASH].to_owned()
}
