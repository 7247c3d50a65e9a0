//! Posts that are written in HTML, as Markdown that keeps the HTML.
//!
//! In Markdown, a block of HTML ends at a blank line. Text after that would be parsed: an indented line would be code,
//! an asterisk emphasis. So the text becomes one block without blank lines.

use std::borrow::Cow;

use crate::problem::FilePath;

/// Does the name of this file say that it is HTML?
pub(super) fn is_html(file: &FilePath) -> bool {
    matches!(file.extension().as_str(), "html" | "htm")
}

/// HTML as a body of Markdown. A blank line within `<pre>` stays one in the browser.
pub(super) fn in_markdown(html: &str) -> Cow<'_, str> {
    if html.trim().is_empty() {
        return Cow::from("");
    }
    let mut block = String::from("<div>\n");
    let mut is_code = false;
    for line in html.trim().lines() {
        match (line.trim().is_empty(), is_code) {
            (true, true) => block.push_str("&#8203;\n"),
            (true, false) => {}
            (false, _) => block.extend([line, "\n"]),
        }
        let lower = line.to_ascii_lowercase();
        is_code = match (lower.rfind("<pre"), lower.rfind("</pre")) {
            (Some(opens), closes) => closes.is_none_or(|closes| closes < opens),
            (None, Some(_)) => false,
            (None, None) => is_code,
        };
    }
    Cow::from(block + "</div>\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_becomes_one_block() {
        let html = "<p>One * two *</p>\n\n    <p>Three</p>\n<pre>a\n\nb</pre>\n\n<p>Four</p>\n";
        let block = "<div>\n<p>One * two *</p>\n    <p>Three</p>\n<pre>a\n&#8203;\nb</pre>\n<p>Four</p>\n</div>\n";
        assert_eq!(in_markdown(html), block);
        assert_eq!(in_markdown(" \n"), "");
    }
}
