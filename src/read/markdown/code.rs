//! Blocks of code. Their colours are added when the page is made.

use pulldown_cmark::CodeBlockKind;

use super::output::HtmlOutput;

/// A block of code that has not ended.
pub(super) struct OpenCodeBlock {
    language: Option<String>,
    text: String,
}

impl OpenCodeBlock {
    pub(super) fn new(kind: &CodeBlockKind<'_>) -> OpenCodeBlock {
        OpenCodeBlock { language: language(kind), text: String::new() }
    }

    pub(super) fn push_text(&mut self, text: &str) {
        self.text.push_str(text);
    }

    pub(super) fn write(self, output: &mut HtmlOutput) {
        output.begin_block();
        let html = &mut output.html;
        html.push_str("<pre class=\"code\" tabindex=\"0\"><code");
        if let Some(language) = &self.language {
            html.extend([" class=\"language-", language, "\""]);
        }
        html.push_str(">");
        html.push_text(&self.text);
        html.push_str("</code></pre>\n");
    }
}

/// The language of a fence, if it can be the name of a class.
fn language(kind: &CodeBlockKind<'_>) -> Option<String> {
    let CodeBlockKind::Fenced(info) = kind else { return None };
    let word = info.split(|c: char| c.is_whitespace() || c == ',').next().unwrap_or_default();
    let is_plain = word.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.' | '_' | '#'));
    (is_plain && !word.is_empty()).then(|| word.to_ascii_lowercase())
}
