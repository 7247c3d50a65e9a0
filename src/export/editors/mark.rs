//! The mark of a settings file: the tool that it was written for, and a hash of its content.
//!
//! The hash shows whether a person has changed the file, and whether it was made from other vocabularies than today's.
//! The mark is a comment on a line of its own, wherever the format of the file allows one.

use super::{SettingsFile, Tool};

/// The text of the mark before the name of the tool and the hash.
const MARK_PREFIX: &str = "Written by `casebook editors ";

/// The state of an existing file, compared with the one that would be written today.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SettingsState {
    /// The two are equal.
    Same,
    /// Casebook wrote it from other vocabularies, in another release or for another tool, and nobody has changed it
    /// since.
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
    let says = format!("{MARK_PREFIX}{}`; mark {}", tool.name(), hash(&file.text));
    let text = match file.path.rsplit('.').next() {
        // Strict JSON has no comments, and a note opens with a line that must be the first.
        Some("json") if file.path.ends_with(".schema.json") => {
            with_second_line(&file.text, &format!("  \"$comment\": \"{says}\",\n"))
        }
        Some("json") if file.path.contains(".obsidian/") => file.text,
        Some("md") => with_second_line(&file.text, &format!("# {says}\n")),
        Some("json" | "code-snippets") => format!("// {says}\n{}", file.text),
        Some("html") => with_second_line(&file.text, &format!("<!-- {says} -->\n")),
        Some("lua") => format!("-- {says}\n{}", file.text),
        _ => format!("# {says}\n{}", file.text),
    };
    SettingsFile { text, ..file }
}

/// The text with a line after its first.
fn with_second_line(text: &str, line: &str) -> String {
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    format!("{first}\n{line}{rest}")
}

/// The tool for which a file was written, if Casebook wrote it.
pub fn made_for(text: &str) -> Option<Tool> {
    Tool::named(line(text)?.split(MARK_PREFIX).nth(1)?.split('`').next()?)
}

/// Compares an existing file with the one that would be written today.
pub fn state_of(there: &str, today: &str) -> SettingsState {
    // Git may have changed the line endings to those of Windows.
    let there = there.replace("\r\n", "\n");
    if there == today {
        return SettingsState::Same;
    }
    let (Some(kept), Some(would)) = (line(&there).and_then(hash_in), line(today).and_then(hash_in)) else {
        return SettingsState::Foreign;
    };
    let is_touched = hash(&without_mark(&there)) != kept;
    match (is_touched, kept != would) {
        (false, _) => SettingsState::Outdated,
        (true, true) => SettingsState::ChangedAndOutdated,
        (true, false) => SettingsState::Changed,
    }
}

fn line(text: &str) -> Option<&str> {
    text.lines().find(|line| line.contains(MARK_PREFIX))
}

fn without_mark(text: &str) -> String {
    text.split_inclusive('\n').filter(|line| !line.contains(MARK_PREFIX)).collect()
}

fn hash_in(line: &str) -> Option<&str> {
    line.split("; mark ").nth(1).and_then(|rest| rest.get(..HASH_LENGTH))
}

/// The number of characters of the hash in a mark.
const HASH_LENGTH: usize = 16;

fn hash(text: &str) -> String {
    blake3::hash(text.as_bytes()).to_hex()[..HASH_LENGTH].to_owned()
}
