//! Editor: the address by which a browser asks the writer's editor to open a file at a line.
//!
//! Takes a name, or an address of one's own with `{file}`, `{line}` and `{column}`; gives addresses. No program is started here: the
//! browser hands the address to the system, which asks the editor.

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

/// How an editor is asked to open a file: its address, in which the place is filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Editor(String);

/// The editors that are known by name, and the address that each answers to.
pub const KNOWN: [(&str, &str); 9] = [
    ("vscode", "vscode://file{file}:{line}:{column}"),
    ("vscode-insiders", "vscode-insiders://file{file}:{line}:{column}"),
    ("vscodium", "vscodium://file{file}:{line}:{column}"),
    ("cursor", "cursor://file{file}:{line}:{column}"),
    ("windsurf", "windsurf://file{file}:{line}:{column}"),
    ("zed", "zed://file{file}:{line}:{column}"),
    ("idea", "idea://open?file={file}&line={line}&column={column}"),
    ("textmate", "txmt://open?url=file://{file}&line={line}&column={column}"),
    ("macvim", "mvim://open?url=file://{file}&line={line}&column={column}"),
];

/// What may not stand in the path of an address as it is.
const IN_PATH: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'&')
    .add(b'+')
    .add(b'<')
    .add(b'=')
    .add(b'>')
    .add(b'?')
    .add(b'\\')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

impl Editor {
    /// The editor of that name, or the one that answers to that address. Nothing where it is neither.
    pub fn named(name: &str) -> Option<Editor> {
        let known = KNOWN.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, address)| *address);
        let scheme = name.split_once(':').map_or("", |(scheme, _)| scheme);
        let runs_scripts =
            ["javascript", "data", "vbscript"].iter().any(|unsafe_one| scheme.eq_ignore_ascii_case(unsafe_one));
        let own = (name.contains("{file}") && !scheme.is_empty() && !runs_scripts).then_some(name);
        known.or(own).map(|address| Editor(address.to_owned()))
    }

    /// The address of a place. `file` is a full path.
    pub fn address(&self, file: &str, line: usize, column: usize) -> String {
        let file = utf8_percent_encode(file, IN_PATH).to_string();
        let place = self.0.replace("{line}", &line.to_string()).replace("{column}", &column.to_string());
        place.replace("{file}", &file)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(name: &str, file: &str, expected: Option<&str>) {
        let address = Editor::named(name).map(|editor| editor.address(file, 8, 11));
        assert_eq!(address.as_deref(), expected);
    }

    #[test]
    fn a_known_editor_is_asked_by_its_own_address() {
        check("vscode", "/l/content/a.md", Some("vscode://file/l/content/a.md:8:11"));
        check("Zed", "/l/a b#é.md", Some("zed://file/l/a%20b%23%C3%A9.md:8:11"));
        check("idea", "/l/a.md", Some("idea://open?file=/l/a.md&line=8&column=11"));
    }

    #[test]
    fn an_address_of_ones_own_is_filled_in() {
        check("nvim://open?f={file}&l={line}", "/l/a.md", Some("nvim://open?f=/l/a.md&l=8"));
        check("open://{file}", "/l/{line}.md", Some("open:///l/%7Bline%7D.md"));
    }

    #[test]
    fn what_is_neither_a_name_nor_a_safe_address_is_refused() {
        check("emacs", "/l/a.md", None);
        check("vscode://file", "/l/a.md", None);
        check("{file}", "/l/a.md", None);
        check("javascript:alert('{file}')", "/l/a.md", None);
    }
}
