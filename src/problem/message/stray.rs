//! Messages about markup of other tools that is printed as text, and about text that no reader would see.

use super::{shown, split_ends};
use crate::problem::{Code, Problem, Spot};

fn stray(spot: &Spot, message: impl Into<String>) -> Problem {
    Problem::new(Code::StrayMarkup, spot, message)
}

fn lost(spot: &Spot, message: impl Into<String>) -> Problem {
    Problem::new(Code::LostText, spot, message)
}

/// The same problem, for a mark that occurs `more` times in the file besides.
pub fn counted(problem: Problem, more: usize) -> Problem {
    let message = match more {
        0 => problem.message,
        more => format!("{} (and {more} more in this file)", problem.message),
    };
    Problem { message, ..problem }
}

/// A wiki link, `[[page]]`. `link` is the same in Markdown.
pub fn wiki_link(spot: &Spot, text: &str, link: &str) -> Problem {
    stray(spot, format!("\"{}\" is not a link here, and readers see its brackets", shown(text)))
        .help(format!("write the path of the file in round brackets: {}", shown(link)))
}

/// An embedded file of a wiki: `![[picture.png]]`.
pub fn embed(spot: &Spot, text: &str, target: &str) -> Problem {
    stray(spot, format!("\"{}\" shows nothing here, and readers see its brackets", shown(text)))
        .help(format!("write ![what it shows]({})", shown(target)))
}

/// A comment of Obsidian: `%%remark%%`.
pub fn comment(spot: &Spot, text: &str) -> Problem {
    let remark = text.trim_matches('%').trim();
    stray(spot, format!("\"{}\" is published: two percent signs hide nothing here", shown(text)))
        .help(format!("delete it, or write <!-- {} -->, which no reader gets", shown(remark)))
}

/// An alert of an unknown kind, `[!info]`. `meant` is the nearest known kind.
pub fn callout(spot: &Spot, text: &str, meant: Option<&str>) -> Problem {
    let problem = stray(spot, format!("\"{}\" is not a kind of alert, and readers see it", shown(text)));
    match meant {
        Some(meant) => problem
            .help(format!("write [!{meant}]; the kinds are NOTE, TIP, IMPORTANT, WARNING and CAUTION"))
            .fix(text, &format!("[!{meant}]")),
        None => problem.help("write [!NOTE], [!TIP], [!IMPORTANT], [!WARNING] or [!CAUTION]"),
    }
}

/// Highlighted text: `==words==`.
pub fn highlight(spot: &Spot, text: &str) -> Problem {
    let now = format!("<mark>{}</mark>", text.trim_matches('='));
    stray(spot, "two equals signs mark nothing here, and readers see them")
        .help(format!("write {}", shown(&now)))
        .fix(text, &now)
}

/// Markdown in a block of HTML, which is printed as it is typed.
pub fn markdown_in_html(spot: &Spot, text: &str) -> Problem {
    stray(spot, format!("Markdown is not read within HTML, so readers see \"{}\" as it is written", shown(text)))
        .help("leave an empty line between the tag and the text, and begin the text at the start of its line")
}

/// A template tag, or a line of MDX: `{{ … }}`, `{% … %}`, `import … from`.
pub fn template_tag(spot: &Spot, text: &str) -> Problem {
    let problem =
        stray(spot, format!("\"{}\" is a tag of another tool, and readers see it as it is written", shown(text)));
    let text = text.to_lowercase();
    if ["youtube", "vimeo", "video"].iter().any(|site| text.contains(site)) {
        return problem.help("link to the video: [what it shows](https://…)");
    }
    problem.help("Casebook has no such tags: write it in Markdown, or delete it")
}

/// A shortcode of WordPress: `[gallery ids="1"]`.
pub fn shortcode(spot: &Spot, text: &str) -> Problem {
    let problem = stray(spot, format!("\"{}\" means nothing here, and readers see it as it is written", shown(text)));
    if text.eq_ignore_ascii_case("[toc]") {
        return problem.help("delete it: every long page has a list of its headings");
    }
    problem.help("this is a tag of another tool: write it in Markdown, or delete it")
}

/// A formula: `$$ … $$`.
pub fn formula(spot: &Spot) -> Problem {
    stray(spot, "formulas are not set here, and readers see the dollar signs")
        .help("write the formula in words, or show it as a picture with a description")
}

/// A box of another tool: `:::tip`, `!!! note`. `kind` is the kind of alert that it means.
pub fn fence(spot: &Spot, text: &str, kind: &str) -> Problem {
    stray(spot, format!("\"{}\" begins no box here, and readers see its marks", shown(text)))
        .help(format!("write a quote whose first line says what it is: > [!{kind}]"))
}

/// An attribute of Pandoc: `{.underline}`.
pub fn attribute(spot: &Spot, text: &str) -> Problem {
    stray(spot, format!("\"{}\" changes nothing here, and readers see it", shown(text)))
        .help("delete it; the theme decides how words look")
}

/// A grid table: `+---+---+`.
pub fn grid_table(spot: &Spot) -> Problem {
    stray(spot, "this makes no table here, and readers see its lines")
        .help("write a table with pipes: a row | A | B |, below it |---|---|, then the other rows")
}

/// A tracked change: `{++words++}`.
pub fn tracked_change(spot: &Spot, text: &str) -> Problem {
    stray(spot, format!("\"{}\" is a tracked change, and readers see its marks", shown(text)))
        .help("accept or reject the change: keep the words that stay, and delete the braces and signs")
}

/// Emphasis with a space inside its marks: `**bold **`. `has_spaces` says whether one stands before and after them.
pub fn spaced_emphasis(spot: &Spot, text: &str, has_spaces: [bool; 2]) -> Problem {
    let (mark, marks, effect) = emphasis(text);
    let inner = text.trim_matches(mark);
    let (before, words, after) = split_ends(inner);
    // The spaces inside the marks are moved outside, where none is yet.
    let moved = |blanks: &'_ str, is_there: bool| if is_there { String::new() } else { blanks.to_owned() };
    let (before, after) = (moved(before, has_spaces[0]), moved(after, has_spaces[1]));
    let now = format!("{before}{marks}{words}{marks}{after}");
    stray(spot, format!("a space inside the {marks} keeps this from being {effect}, and readers see them"))
        .help(format!("write {marks}{}{marks}", shown(words)))
        .fix(text, &now)
}

/// Emphasis that is not closed: `**`.
pub fn unclosed_emphasis(spot: &Spot, text: &str) -> Problem {
    let (mark, ..) = emphasis(text);
    let nothing = if mark == '~' { "strikes nothing out" } else { "makes nothing bold" };
    stray(spot, format!("\"{text}\" {nothing} here, and readers see it")).help(format!(
        "put {text} before and after the words, with no space inside; to show it write \\{mark} for each {mark}"
    ))
}

/// The mark of emphasis at the start of a text, the whole run of marks, and their effect.
fn emphasis(text: &str) -> (char, &str, &'static str) {
    let mark = text.chars().next().unwrap_or('*');
    let marks = &text[..text.len() - text.trim_start_matches(mark).len()];
    (mark, marks, if mark == '~' { "struck out" } else { "bold" })
}

/// A reference without a definition: `[words][label]`.
pub fn reference(spot: &Spot, text: &str) -> Problem {
    let (words, label) = text.trim_matches(['[', ']']).split_once("][").unwrap_or((text.trim_matches(['[', ']']), ""));
    let label = if label.is_empty() { words } else { label };
    stray(spot, format!("no line says where \"{}\" leads, and readers see the brackets", shown(label))).help(format!(
        "write the address in round brackets, [{}](…), or add a line [{}]: …",
        shown(words),
        shown(label)
    ))
}

/// A definition with a space before its colon: `[label] : address`.
pub fn spaced_definition(spot: &Spot, text: &str) -> Problem {
    let now = format!("{}]:", text.trim_end_matches([':', ' ', '\u{a0}']).trim_end_matches(']'));
    stray(spot, "a space before the colon keeps this from saying where a link leads, and readers see it")
        .help(format!("write {}", shown(&now)))
        .fix(text, &now)
}

/// A link with a space between its brackets: `[words] (address)`.
pub fn spaced_link(spot: &Spot, text: &str) -> Problem {
    let (words, address) = text.rsplit_once('(').unwrap_or((text, ""));
    let now = format!("{}({address}", words.trim_end_matches([' ', '\u{a0}']));
    stray(spot, "a space between the brackets keeps this from being a link, and readers see them")
        .help(format!("write {}", shown(&now)))
        .fix(text, &now)
}

/// A link with its brackets swapped: `(words)[address]`.
pub fn swapped_link(spot: &Spot, text: &str) -> Problem {
    let (words, address) = text.split_once(")[").unwrap_or((text, ""));
    let now = format!("[{}]({})", words.trim_start_matches('('), address.trim_end_matches(']'));
    stray(spot, "the two pairs of brackets of this link are swapped, and readers see them")
        .help(format!("write {}", shown(&now)))
        .fix(text, &now)
}

/// Lines that begin with letters in brackets.
pub fn lettered_lines(spot: &Spot, text: &str) -> Problem {
    stray(spot, format!("lines that begin with \"{}\" make no list, so they run on in one line", shown(text.trim())))
        .help("begin each with 1. and a space, or with a hyphen and a space; keep the letters where the text refers to them")
}

/// The same problem with a fix at this place.
pub fn with_fix(problem: Problem, spot: &Spot, was: &str, now: &str) -> Problem {
    problem.fix_at(spot, was, now)
}

/// A line that begins with a bullet of a word processor.
pub fn bullet(spot: &Spot, text: &str) -> Problem {
    stray(spot, format!("\"{}\" makes no list, so the lines run on in one paragraph", shown(text.trim())))
        .help("begin each line with a hyphen and a space: - one")
}

/// A bullet of a word processor after the mark of an item: `- • one`.
pub fn bullet_in_item(spot: &Spot, text: &str) -> Problem {
    stray(spot, format!("the list has a mark of its own, and readers see \"{}\" after it", shown(text.trim())))
        .help(format!("delete {}", shown(text.trim())))
        .fix_by_removal(text)
}

/// Bullets of a word processor in a cell of a table.
pub fn bullets_in_cell(spot: &Spot, text: &str) -> Problem {
    stray(
        spot,
        format!("\"{}\" makes no list in this cell, so a screen reader does not count the items", shown(text.trim())),
    )
    .help("write the list as HTML, in one line: <ul><li>one</li><li>two</li></ul>")
}

/// A list that was meant to be part of the numbered item above it. `needed` is the number of spaces before it.
pub fn shallow_list(spot: &Spot, needed: usize) -> Problem {
    stray(spot, "this list is not indented enough to belong to the number above it, which begins a new list after it")
        .help(format!("put {needed} spaces before each line of it"))
}

/// A hyphen followed by a no-break space.
pub fn no_break_after_bullet(spot: &Spot, text: &str) -> Problem {
    let mark = text.trim_end_matches('\u{a0}');
    stray(
        spot,
        format!("the space after \"{mark}\" is a no-break space, as word processors make it, so this is not a list"),
    )
    .help(format!("type the space after {mark} again"))
    .fix(text, &format!("{mark} "))
}

/// Hashes followed by a no-break space.
pub fn no_break_after_hashes(spot: &Spot, text: &str) -> Problem {
    let hashes = text.trim_end_matches('\u{a0}');
    stray(
        spot,
        format!("the space after {hashes} is a no-break space, as word processors make it, so this is not a heading"),
    )
    .help(format!("type the space after {hashes} again"))
    .fix(text, &format!("{hashes} "))
}

/// A number without a space after it: `1.one`.
pub fn number_without_space(spot: &Spot, text: &str) -> Problem {
    let number = text.trim_end_matches('\u{a0}');
    stray(spot, format!("no space follows \"{}\", so this is not a list and the lines run on", shown(number)))
        .help(format!("put a space after it: {} …", shown(number)))
        .fix(text, &format!("{number} "))
}

/// Rows with pipes that do not form a table.
pub fn pipe_rows(spot: &Spot) -> Problem {
    stray(spot, "these rows make no table, and readers see the pipes in one run of text")
        .help("put a line like |---|---| under the first row, with as many columns, and an empty line before the table")
}

/// The line below the head of a table with another number of columns than the head.
pub fn rule_of_other_width(spot: &Spot) -> Problem {
    stray(spot, "this line has not as many columns as the row above it, so readers see the pipes and no table")
        .help("give it one --- for each cell of the row above")
}

/// Rows pasted from a spreadsheet.
pub fn tab_rows(spot: &Spot) -> Problem {
    stray(spot, "tabs make no table, so the cells run on in one paragraph")
        .help("write | between the cells, and a line like |---|---| under the first row")
}

/// A paragraph that the line of hyphens below it turns into a heading.
pub fn heading_by_rule(spot: &Spot, text: &str) -> Problem {
    stray(spot, "this line makes a heading of the whole paragraph above it")
        .help("leave an empty line before it, or delete it; begin a heading with ##")
        .fix(text, &format!("\n{text}"))
}

/// Prose that its indentation turns into code.
pub fn indented_prose(spot: &Spot) -> Problem {
    stray(spot, "four spaces or a tab at the start of a line make it code, shown letter by letter in one line")
        .help("delete the spaces or the tab before the words")
}

/// A second block of front matter, within the body.
pub fn second_front_matter(spot: &Spot) -> Problem {
    stray(spot, "this looks like front matter, and readers see it as a heading")
        .help("a file has one front matter, at its top: move the keys there, or delete these lines")
}

/// A link without text, `[](address)`: an error, like a picture without an alternative text.
pub fn empty_link(spot: &Spot) -> Problem {
    stray(spot, "this link has no words, so nobody can see it and a screen reader has nothing to say")
        .help("write between the square brackets where it leads")
        .raised_to_error()
}

/// A tag that is not closed.
pub fn unclosed_tag(spot: &Spot, name: &str) -> Problem {
    stray(spot, format!("`<{name}>` is never closed, so it goes on further than you meant"))
        .help(format!("write </{name}> where it ends"))
}

/// An address or a file name in curly quotation marks.
pub fn quoted_address(spot: &Spot, target: &str) -> Problem {
    let now = target.trim_matches(['“', '”', '‘', '’', '"', '\'']);
    Problem::new(Code::BadValue, spot, format!("there are quotation marks round the address \"{}\"", shown(now)))
        .help(format!("write it without them: {}", shown(now)))
        .fix(target, now)
}

/// A cell for which the head of its table has no column.
pub fn lost_cell(spot: &Spot, text: &str) -> Problem {
    lost(spot, format!("no reader would see \"{}\": the head of this table has fewer cells", shown(text)))
        .help("give the head another cell; a pipe inside a cell is written \\|")
}

/// A footnote without a reference.
pub fn unreferenced_note(spot: &Spot, name: &str) -> Problem {
    lost(spot, format!("no reader would see the note \"{}\": nothing in the text calls it", shown(name)))
        .help(format!("write [^{}] where it belongs, or delete the note", shown(name)))
}

/// A second footnote with the same name.
pub fn note_twice(spot: &Spot, name: &str) -> Problem {
    lost(spot, format!("no reader would see this note: there is another \"{}\" above it", shown(name)))
        .help("give it a name of its own, here and where the text calls it")
}

/// Text after a tag that is removed with its content and not closed.
pub fn swallowed_by_tag(spot: &Spot, name: &str) -> Problem {
    lost(spot, format!("`<{}>` is never closed, so no reader would see the text after it", shown(name)))
        .help("delete the tag, or close it")
}

/// A page without text.
pub fn empty_body(spot: &Spot) -> Problem {
    stray(spot, "there is nothing below the front matter, so the page is empty")
        .help("write what happened, or make it a draft: status: draft")
}

/// A heading without words.
pub fn heading_without_words(spot: &Spot) -> Problem {
    stray(spot, "a heading has no words").help("write them after the marks, or delete the line")
}

/// A heading without text below it.
pub fn empty_section(spot: &Spot, heading: &str) -> Problem {
    stray(spot, format!("there is nothing under the heading \"{}\"", shown(heading)))
        .help("write the section, or delete its heading")
}

/// A written list of sources in a case that lists its sources in front matter.
pub fn own_sources(spot: &Spot, heading: &str) -> Problem {
    stray(
        spot,
        format!(
            "readers see two lists of sources: \"{}\", and the one that Casebook makes of `sources`",
            shown(heading)
        ),
    )
    .help("move what is listed here to `sources`, and delete the heading")
}

/// An editor's own reminder, such as TODO.
pub fn left_note(spot: &Spot, word: &str) -> Problem {
    stray(spot, format!("\"{word}\" is a note to yourself, and readers see it"))
        .help("write what is missing, or delete it; what is not known can be said: \"The sources do not say.\"")
}

/// A hint that `init` or `new` wrote for the editor.
pub fn left_from_starter(spot: &Spot) -> Problem {
    stray(spot, "this is a hint for you, and readers see it").help("write your own words in its place, or delete it")
}

/// A gap of a page of the starter that is not filled in.
pub fn unfilled_gap(spot: &Spot) -> Problem {
    stray(spot, "this gap is not filled in, and readers see its brackets")
        .help("write what belongs here in place of the brackets, or put `status: draft` back into the front matter")
}
