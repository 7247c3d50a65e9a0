//! JavaScript as text → the same without lines of comments. Nothing else of it changes.

/// A script without the lines that are comments; in our own scripts they hold the types. Comments that begin with
/// `/*!`, `//!` or `//#` are kept: they are used for licences and source maps. A script in which such a line may be
/// part of a text stays as it is.
pub fn without_comments(script: &str) -> String {
    let mut kept = String::with_capacity(script.len());
    let mut lines = script.split_inclusive('\n');
    while let Some(line) = lines.next() {
        let text = line.trim();
        if text.starts_with("//") && !text.starts_with("//!") && !text.starts_with("//#") {
            continue;
        }
        let Some(comment) = text.strip_prefix("/*").filter(|comment| !comment.starts_with('!')) else {
            if may_continue(line) {
                return script.to_owned();
            }
            kept.push_str(line);
            continue;
        };
        let is_closed = comment.contains("*/");
        let last = if is_closed { line } else { lines.find(|line| line.contains("*/")).unwrap_or_default() };
        // Code may follow a comment.
        let code = last.split_once("*/").map_or("", |(_, code)| code);
        if may_continue(code) {
            return script.to_owned();
        }
        if !code.trim().is_empty() {
            kept.push_str(if is_closed { line } else { code });
        }
    }
    kept
}

/// May a text or a comment that begins on this line of code continue on the next? A template may, and a text before a
/// backslash.
fn may_continue(line: &str) -> bool {
    let line = line.trim_end();
    let has_open_comment = line.rfind("/*").is_some_and(|at| !line[at..].contains("*/"));
    has_open_template(line) || has_open_comment || line.ends_with('\\')
}

/// Does a template of this line go on after it? Its values may hold templates too.
fn has_open_template(line: &str) -> bool {
    // Of each open template, the number of open braces in its value; none in its text.
    let mut open: Vec<usize> = Vec::new();
    let mut bytes = line.bytes().peekable();
    while let Some(byte) = bytes.next() {
        match (byte, open.last_mut()) {
            (b'\\', _) => drop(bytes.next()),
            (b'`', Some(0)) => drop(open.pop()),
            (b'`', _) => open.push(0),
            (b'$', Some(braces @ 0)) if bytes.next_if_eq(&b'{').is_some() => *braces = 1,
            (b'{', Some(braces)) if *braces > 0 => *braces += 1,
            (b'}', Some(braces)) if *braces > 0 => *braces -= 1,
            _ => {}
        }
    }
    !open.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(script: &str, published: &str) {
        assert_eq!(without_comments(script), published);
    }

    #[test]
    fn lines_of_comments_are_removed() {
        check("// a\nlet a = 1; // b\n  /** c */\n/**\n * d\n */\nlet b;\n", "let a = 1; // b\nlet b;\n");
        check("/** @type {A} */ (b).c();\n", "/** @type {A} */ (b).c();\n");
        check("/* a\n*/ let b;\n", " let b;\n");
        check("// a\nlet b = `${c({}) ? `{${d}` : ``}`;\n// e\n", "let b = `${c({}) ? `{${d}` : ``}`;\n");
        check("/*! A licence.\n */\n//# sourceMappingURL=a.map\n", "/*! A licence.\n */\n//# sourceMappingURL=a.map\n");
    }

    #[test]
    fn a_script_with_a_text_of_several_lines_stays_as_it_is() {
        for script in [
            "let a = `\n// b\n`;\n",
            "let a = 'b\\\n// c';\n",
            "let a; /* b\n// c */ let d;\n",
            "`${`${\n// a\n``}`}`",
            "let a = `${f(`\n// b\n`)}`;\n",
            "let a = `${f({}, `\n// b\n`)}`;\n",
            "let a = `\\``, b = `\n// c\n`;\n",
        ] {
            check(script, script);
        }
    }
}
