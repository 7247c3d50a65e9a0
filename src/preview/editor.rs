//! The address by which a browser asks the author's editor to open a file at a line.
//!
//! Takes the name of an editor, or an address with `{file}`, `{line}` and `{column}`; gives addresses. No program is
//! started here: the browser passes the address to the system, which opens the editor.

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

/// The address that opens a file in an editor, with placeholders.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Editor(String);

/// The editors that are known by name, each with its address.
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

/// The characters that must be encoded in a path.
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
    /// The editor with this name or address; none if it is neither.
    pub fn named(name: &str) -> Option<Editor> {
        let known = KNOWN.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, address)| *address);
        let scheme = name.split_once(':').map_or("", |(scheme, _)| scheme);
        let runs_scripts =
            ["javascript", "data", "vbscript"].iter().any(|unsafe_one| scheme.eq_ignore_ascii_case(unsafe_one));
        let own = (name.contains("{file}") && !scheme.is_empty() && !runs_scripts).then_some(name);
        known.or(own).map(|address| Editor(address.to_owned()))
    }

    /// The address that opens a position. `file` is a full path.
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
    fn a_known_editor_has_its_own_address() {
        check("vscode", "/l/content/a.md", Some("vscode://file/l/content/a.md:8:11"));
        check("Zed", "/l/a b#é.md", Some("zed://file/l/a%20b%23%C3%A9.md:8:11"));
        check("idea", "/l/a.md", Some("idea://open?file=/l/a.md&line=8&column=11"));
    }

    #[test]
    fn a_custom_address_is_filled_in() {
        check("nvim://open?f={file}&l={line}", "/l/a.md", Some("nvim://open?f=/l/a.md&l=8"));
        check("open://{file}", "/l/{line}.md", Some("open:///l/%7Bline%7D.md"));
    }

    #[test]
    fn other_texts_are_refused() {
        check("emacs", "/l/a.md", None);
        check("vscode://file", "/l/a.md", None);
        check("{file}", "/l/a.md", None);
        check("javascript:alert('{file}')", "/l/a.md", None);
    }
}
