//! The runs of a paragraph: its text in pieces of one formatting each, with the symbols and references between.

use roxmltree::Node;

use super::{ParagraphReader, alternative, content_start};
use crate::{
    import::{
        Loss,
        docx::{
            markdown::{Block, TextRun, TextRuns},
            symbols,
        },
        xml::{attribute, child, is, val},
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
        if is_prompt(run) {
            return;
        }
        if is_on(run, "vanish") {
            self.hidden.push_str(&content_start(run));
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
                "tab" | "ptab" => push(" "),
                "br" | "cr" => push("\n"),
                "noBreakHyphen" => push("-"),
                "sym" => match symbol(node) {
                    Some(character) => push(character.encode_utf8(&mut [0; 4])),
                    None => self.losses.push(Loss::symbol_of_word(&unknown_symbol(node, text))),
                },
                kind @ ("footnoteReference" | "endnoteReference") => {
                    let kind = if kind == "footnoteReference" { "footnote" } else { "endnote" };
                    self.note(kind, node, text);
                    // The author's own mark follows, in place of the number.
                    if attribute(node, "customMarkFollows").is_some_and(|follows| !matches!(follows, "0" | "false")) {
                        let mark = node.next_siblings().filter(|next| is(next, "t")).filter_map(|next| next.text());
                        let id = attribute(node, "id").unwrap_or_default().to_owned();
                        self.own_marks.insert((kind, id), mark.collect());
                        return;
                    }
                }
                "commentReference" => self.report("commentReference"),
                "fldChar" => {
                    self.field_mark(attribute(node, "fldCharType").unwrap_or_default());
                    if let Some(answer) = child(node, "ffData").and_then(answer_of_form) {
                        text.0.push(TextRun { text: answer.to_owned(), ..formatting.clone() });
                    }
                }
                "instrText" => self.field.code.push_str(node.text().unwrap_or_default()),
                "drawing" | "pict" | "object" => self.drawing(node, text, aside, depth),
                "ruby" => self.ruby(node, text, link, aside, depth),
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

    /// Characters with their reading, which stands above them in Word: the reading follows in brackets.
    fn ruby(
        &mut self,
        ruby: Node<'_, '_>,
        text: &mut TextRuns,
        link: Option<&str>,
        aside: &mut Vec<Block>,
        depth: usize,
    ) {
        let bracket = |bracket: &str| TextRun { text: bracket.to_owned(), ..TextRun::default() };
        if let Some(base) = child(ruby, "rubyBase") {
            self.runs(base, text, link, aside, depth + 1);
        }
        if let Some(reading) = child(ruby, "rt") {
            text.0.push(bracket(" ("));
            self.runs(reading, text, link, aside, depth + 1);
            text.0.push(bracket(")"));
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

/// Is a run the prompt of a content control without a choice?
fn is_prompt(run: Node<'_, '_>) -> bool {
    let mut controls = run.ancestors().filter(|node| node.tag_name().name() == "sdt");
    let is_empty =
        |control| child(control, "sdtPr").is_some_and(|properties| child(properties, "showingPlcHdr").is_some());
    style(run) == "PlaceholderText" && controls.next().is_some_and(is_empty)
}

/// A run without text, with the formatting of this one.
fn formatting(run: Node<'_, '_>) -> TextRun {
    let style = style(run);
    TextRun {
        is_bold: is_on(run, "b") || style == "Strong",
        is_italic: is_on(run, "i") || style == "Emphasis",
        is_struck: is_on(run, "strike") || is_on(run, "dstrike"),
        is_code: matches!(style, "VerbatimChar" | "HTMLCode" | "SourceText"),
        vertical_tag: vertical_tag(run),
        ..TextRun::default()
    }
}

/// The tag of text above or below the line. LibreOffice writes how far it is raised, in half-points;
/// a distance under two points only adjusts letters.
fn vertical_tag(run: Node<'_, '_>) -> Option<&'static str> {
    match property(run, "vertAlign").and_then(val) {
        Some("subscript") => return Some("sub"),
        Some("superscript") => return Some("sup"),
        _ => {}
    }
    let distance: i32 = property(run, "position").and_then(val)?.trim().parse().ok()?;
    match distance {
        4.. => Some("sup"),
        ..=-4 => Some("sub"),
        _ => None,
    }
}

/// The style of a run; empty if it has none.
fn style<'a>(run: Node<'a, '_>) -> &'a str {
    property(run, "rStyle").and_then(val).unwrap_or_default()
}

/// Does a run have this property, such as bold?
fn is_on(run: Node<'_, '_>, name: &str) -> bool {
    property(run, name).is_some_and(is_true)
}

fn is_true(property: Node<'_, '_>) -> bool {
    !matches!(val(property), Some("0" | "false" | "off" | "none"))
}

/// What was chosen in a field of an old form, which the field does not hold as text.
fn answer_of_form<'a>(field: Node<'a, '_>) -> Option<&'a str> {
    if let Some(tick) = child(field, "checkBox") {
        let state = child(tick, "checked").or_else(|| child(tick, "default"));
        return Some(if state.is_some_and(is_true) { "☒" } else { "☐" });
    }
    let list = child(field, "ddList")?;
    let chosen = child(list, "result").or_else(|| child(list, "default")).and_then(|chosen| val(chosen)?.parse().ok());
    list.children().filter(|entry| is(entry, "listEntry")).nth(chosen.unwrap_or(0)).and_then(val)
}

/// A property of a run.
fn property<'a, 'i>(run: Node<'a, 'i>, name: &str) -> Option<Node<'a, 'i>> {
    child(child(run, "rPr")?, name)
}
