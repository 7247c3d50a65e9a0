//! The runs of a paragraph: its text in pieces of one formatting each, with the symbols and references between.

use roxmltree::Node;

use super::{ParagraphReader, alternative};
use crate::{
    import::{
        Loss,
        docx::{
            markdown::{Block, TextRun, TextRuns},
            symbols,
            xml::{attribute, child, val},
        },
    },
    problem::message::shown,
};

impl ParagraphReader<'_, '_> {
    /// Reads a run. Content that is anchored to the paragraph, but not part of its text, goes to `aside`.
    pub(super) fn run(
        &mut self,
        run: Node<'_, '_>,
        text: &mut TextRuns,
        link: Option<&str>,
        aside: &mut Vec<Block>,
        depth: usize,
    ) {
        if is_hidden(run) {
            return;
        }
        let formatting = formatting(run);
        for node in run.children().filter(Node::is_element) {
            let mut push = |words: &str| {
                let link = link.map(str::to_owned).or_else(|| self.field.link.clone());
                text.0.push(TextRun { text: words.to_owned(), link, ..formatting.clone() });
            };
            match node.tag_name().name() {
                "t" if !self.field.is_in_code => push(node.text().unwrap_or_default()),
                "tab" => push(" "),
                "br" | "cr" if attribute(node, "type").is_none() => push("\n"),
                "noBreakHyphen" => push("-"),
                "sym" => match symbol(node) {
                    Some(character) => push(character.encode_utf8(&mut [0; 4])),
                    None => self.losses.push(Loss::symbol_of_word(&unknown_symbol(node, text))),
                },
                "footnoteReference" => self.note("footnote", node, text),
                "endnoteReference" => self.note("endnote", node, text),
                "commentReference" => self.report("commentReference"),
                "fldChar" => self.field_mark(attribute(node, "fldCharType").unwrap_or_default()),
                "instrText" => self.field.code.push_str(node.text().unwrap_or_default()),
                "drawing" | "pict" | "object" => self.drawing(node, text, aside, depth),
                "AlternateContent" => {
                    let chosen = alternative(node);
                    for inner in chosen.children().filter(Node::is_element) {
                        self.drawing(inner, text, aside, depth);
                    }
                }
                _ => {}
            }
        }
    }
}

/// The character of a symbol; none if it is not known.
fn symbol(node: Node<'_, '_>) -> Option<char> {
    symbols::character(attribute(node, "font")?, attribute(node, "char")?)
}

/// A symbol by its code and its font, and its place by the words before it.
fn unknown_symbol(node: Node<'_, '_>, before: &TextRuns) -> String {
    let [code, font] = ["char", "font"].map(|name| shown(attribute(node, name).unwrap_or("?")));
    match before.last_words() {
        words if words.is_empty() => format!("{code} of {font}, at the start of a paragraph"),
        words => format!("{code} of {font}, after “{}”", shown(&words)),
    }
}

/// Is the text of a run not to be shown?
fn is_hidden(run: Node<'_, '_>) -> bool {
    is_on(run, "vanish") || style(run) == "PlaceholderText" && is_in_placeholder(run)
}

/// A run without text, with the formatting of this one.
fn formatting(run: Node<'_, '_>) -> TextRun {
    let style = style(run);
    TextRun {
        is_bold: is_on(run, "b") || style == "Strong",
        is_italic: is_on(run, "i") || style == "Emphasis",
        is_struck: is_on(run, "strike"),
        is_code: matches!(style, "VerbatimChar" | "HTMLCode" | "SourceText"),
        vertical_tag: match property(run, "vertAlign").and_then(val) {
            Some("subscript") => Some("sub"),
            Some("superscript") => Some("sup"),
            _ => None,
        },
        ..TextRun::default()
    }
}

/// The style of a run; empty if it has none.
fn style<'a>(run: Node<'a, '_>) -> &'a str {
    property(run, "rStyle").and_then(val).unwrap_or_default()
}

/// Does a run have this property, such as bold?
fn is_on(run: Node<'_, '_>, name: &str) -> bool {
    property(run, name).is_some_and(|found| !matches!(val(found), Some("0" | "false" | "off" | "none")))
}

/// A property of a run.
fn property<'a, 'i>(run: Node<'a, 'i>, name: &str) -> Option<Node<'a, 'i>> {
    child(child(run, "rPr")?, name)
}

/// Does a run contain the prompt of a content control without a choice?
fn is_in_placeholder(run: Node<'_, '_>) -> bool {
    let controls = run.ancestors().filter(|node| node.tag_name().name() == "sdt");
    controls.take(1).any(|control| child(control, "sdtPr").is_some_and(|of| child(of, "showingPlcHdr").is_some()))
}
