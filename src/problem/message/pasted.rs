//! Messages about traces of other programs in pasted text.

use super::shown;
use crate::problem::{Code, Problem, Spot};

fn stray(spot: &Spot, message: impl Into<String>) -> Problem {
    Problem::new(Code::StrayMarkup, spot, message)
}

/// Characters that were read in the wrong encoding. `meant` are the right ones.
pub fn garbled(spot: &Spot, text: &str, meant: &str) -> Problem {
    stray(
        spot,
        format!(
            "\"{}\" is garbled: it stood for \"{}\" before another program read it wrongly",
            shown(text),
            shown(meant)
        ),
    )
    .help(format!("write {}", shown(meant)))
    .fix(text, meant)
}

/// The same in a value. `now` is the whole corrected value.
pub fn garbled_value(spot: &Spot, key: &str, text: &str, garbled: &str, now: &str) -> Problem {
    Problem::new(
        Code::DoubtfulValue,
        spot,
        format!("\"{}\" in `{}` is garbled: another program read it wrongly", shown(garbled), shown(key)),
    )
    .help(format!("write {}", shown(now)))
    .fix(text, now)
}

/// U+FFFD, which programs write in place of a character that they cannot read.
pub fn lost_character(spot: &Spot) -> Problem {
    stray(spot, "a character was lost here: another program could not read it, and readers see a question mark")
        .help("look up what was here, and type it")
}

/// The same in a value.
pub fn lost_character_in_value(spot: &Spot, key: &str) -> Problem {
    let message = format!("`{}` has lost a character (U+FFFD), and readers see a question mark", shown(key));
    Problem::new(Code::DoubtfulValue, spot, message)
        .help("look up what was here, and type it: another program could not read it")
}

/// A character that no page may contain. `meant` is the character of Windows with its number.
pub fn unprintable(spot: &Spot, c: char, meant: Option<char>) -> Problem {
    stray(spot, format!("no page may hold the character U+{:04X}, so readers see a question mark", u32::from(c)))
        .help(help_for_unprintable(meant))
}

/// The same in a value.
pub fn unprintable_in_value(spot: &Spot, key: &str, c: char, meant: Option<char>) -> Problem {
    let code = u32::from(c);
    let message = format!("`{}` holds the character U+{code:04X}, and readers see a question mark", shown(key));
    Problem::new(Code::DoubtfulValue, spot, message).help(help_for_unprintable(meant))
}

pub(super) fn help_for_unprintable(meant: Option<char>) -> String {
    match meant {
        Some(meant) => format!("write {meant}, which has this number in text of Windows (Windows-1252)"),
        None => "delete it, and see whether a letter is missing: text that another program has garbled holds such \
                 characters"
            .to_owned(),
    }
}

/// A field of Word that failed: `Error! Reference source not found.`
pub fn word_field(spot: &Spot, text: &str) -> Problem {
    stray(spot, format!("\"{}\" is Word's own remark that a reference is broken, and readers see it", shown(text)))
        .help("write what it referred to, for example \"table 2\", or link to it")
}

/// The mark that a chat assistant leaves in place of a source.
pub fn assistant_mark(spot: &Spot, text: &str) -> Problem {
    stray(spot, format!("\"{}\" was left by a chat assistant, and tells readers nothing", shown(text)))
        .help("look up the source that it stands for, cite it as [@id], and delete this")
}

/// A gap to fill in: `[insert date]`.
pub fn gap(spot: &Spot, text: &str) -> Problem {
    stray(spot, format!("\"{}\" is a gap that was never filled, and readers see it", shown(text)))
        .help("write what is missing, or delete it; what is not known can be said: \"The sources do not say.\"")
}

/// Lorem ipsum.
pub fn placeholder(spot: &Spot) -> Problem {
    stray(spot, "this is Latin that fills a page before there are words for it").help("write the words, or delete it")
}

/// The header lines of an e-mail.
pub fn email_head(spot: &Spot) -> Problem {
    stray(spot, "this looks like the head of an e-mail, and is published with the names and addresses in it")
        .help("delete the lines; to quote the message, begin each line of it with > and say who wrote it")
}

/// A line of only hashtags, or `field:: value`.
pub fn hashtags(spot: &Spot, text: &str) -> Problem {
    stray(spot, format!("\"{}\" sorts nothing here, and readers see it as it is written", shown(text)))
        .help("cases are sorted by the terms of their front matter: name them there, and delete this line")
}

/// A heading in the syntax of another tool: `h2. Results`, `== Results ==`.
pub fn heading_of_another_tool(spot: &Spot, text: &str) -> Problem {
    let words = text.trim_matches('=').trim();
    let words = words.split_once(". ").filter(|(mark, _)| mark.len() == 2).map_or(words, |(_, words)| words);
    let now = format!("## {}", words.trim());
    stray(spot, "this was meant for a heading, and readers see its marks")
        .help(format!("write {}", shown(&now)))
        .fix(text, &now)
}

/// Lines that begin with a hyphen and no space: `-one`.
pub fn hyphen_without_space(spot: &Spot, text: &str) -> Problem {
    stray(spot, format!("no space follows \"{text}\", so this is not a list and the lines run on"))
        .help(format!("put a space after it: {text} …"))
        .fix(text, &format!("{text} "))
}

/// Numbered lines that continue a paragraph, because they do not start at 1.
pub fn numbered_lines(spot: &Spot, text: &str) -> Problem {
    stray(
        spot,
        format!("lines that begin with \"{}\" make no list here, so they run on in one line", shown(text.trim())),
    )
    .help("leave an empty line before the list: only a list that begins with 1. can follow a text without one")
}

/// Text between single tildes, which strike it out.
pub fn single_tilde(spot: &Spot, text: &str) -> Problem {
    stray(spot, format!("\"{}\" is struck out, as if it were withdrawn", shown(text)))
        .help("for \"about\" write \\~ or the word; to strike out, write ~~ on both sides")
}

/// A superscript or subscript of Pandoc: `^2^`, `~2~`.
pub fn superscript_or_subscript(spot: &Spot, text: &str) -> Problem {
    let (mark, tag) = if text.starts_with('^') { ('^', "sup") } else { ('~', "sub") };
    let now = format!("<{tag}>{}</{tag}>", text.trim_matches(mark));
    stray(spot, format!("\"{}\" is not a superscript or subscript here, and readers see the marks", shown(text)))
        .help(format!("write {now}"))
        .fix(text, &now)
}

/// A link with escaped brackets: `\[words\](address)`.
pub fn escaped_link(spot: &Spot) -> Problem {
    stray(spot, "backslashes keep this from being a link, and readers see its brackets")
        .help("delete the backslashes before [ and ]: a program that made Markdown of other text has put them there")
}

/// `^merged`, the address of a paragraph in Obsidian.
pub fn block_address(spot: &Spot, text: &str) -> Problem {
    stray(spot, format!("\"{}\" is an address of Obsidian, and readers see it", shown(text)))
        .help("delete it: links lead to headings here")
}

/// A command of TeX: `\cite{smith}`.
pub fn tex_command(spot: &Spot, text: &str) -> Problem {
    let problem =
        stray(spot, format!("\"{}\" is a command of LaTeX, and readers see it as it is written", shown(text)));
    match text.split('{').next() {
        Some("\\cite" | "\\citep" | "\\citet" | "\\autocite" | "\\parencite") => {
            problem.help("cite a source of the front matter by its id: [@id]")
        }
        Some("\\footnote") => problem.help("write a note as ^[its words], or delete it"),
        _ => problem.help("write it in Markdown, or delete it"),
    }
}

/// The box of a task without a space inside or after it: `[]`, `[x]done`.
pub fn task_box(spot: &Spot, text: &str) -> Problem {
    let now = if text.trim_start_matches('[').starts_with(['x', 'X']) { "[x] " } else { "[ ] " };
    stray(spot, format!("\"{}\" makes no box to tick, and readers see the brackets", shown(text)))
        .help(format!("write \"{now}\", with the space"))
        .fix(text, now)
}

/// A line of text directly below a table, which becomes a row of it.
pub fn text_in_table(spot: &Spot, text: &str) -> Problem {
    stray(spot, format!("\"{}\" is right under the table, so readers see it in a cell", shown(text)))
        .help("leave an empty line after a table")
        .fix(text, &format!("\n{text}"))
}

/// An inline note that is not closed.
pub fn unclosed_note(spot: &Spot) -> Problem {
    stray(spot, "this note is never closed, so readers see its marks in the text")
        .help("put ] where the note ends, in the same paragraph")
}

/// A word that is broken over two lines: `partner-`, then `ship`.
pub fn broken_word(spot: &Spot, text: &str) -> Problem {
    let (start, rest) = text.split_once('-').unwrap_or((text, ""));
    let (start, rest) = (shown(start), shown(rest.trim_start_matches(|c: char| !c.is_alphabetic())));
    stray(
        spot,
        format!("this word is broken over two lines, so readers see \"{start}- {rest}\" and a search does not find it"),
    )
    .help(format!("write it in one line: {start}{rest}, or {start}-{rest} if the hyphen belongs to it"))
}

/// A paragraph directly below a list, which becomes part of its last item.
pub fn text_in_list(spot: &Spot, text: &str) -> Problem {
    stray(spot, format!("\"{}\" is right under a list, so readers see it in the last item", shown(text)))
        .help("leave an empty line after a list; if it belongs to the item, put spaces before it")
}

/// A paragraph directly below a quotation, which becomes part of it.
pub fn text_in_quote(spot: &Spot, text: &str) -> Problem {
    stray(spot, format!("\"{}\" is right under a quotation, so readers see it as quoted", shown(text)))
        .help("leave an empty line after a quotation; if it belongs to it, begin the line with >")
}

/// A year at the start of a paragraph, which makes a numbered list.
pub fn year_as_number(spot: &Spot, text: &str) -> Problem {
    let now = text.replace('.', "\\.");
    stray(
        spot,
        format!("\"{}\" at the start of a line makes a numbered list, and readers see an item of it", shown(text)),
    )
    .help(format!("write {}, or begin with another word", shown(&now)))
    .fix(text, &now)
}

/// Characters that nobody sees, before a mark at the start of a line.
pub fn unseen_before_mark(spot: &Spot, text: &str) -> Problem {
    let mark = text.trim_start_matches(|c: char| !c.is_ascii() || c.is_ascii_whitespace());
    let what = if text.starts_with(['\u{a0}', '\u{2007}', '\u{202f}', '\u{3000}']) {
        "a no-break space"
    } else {
        "a character that nobody sees"
    };
    stray(spot, format!("there is {what} before \"{mark}\", so it has no effect and readers see it"))
        .help(format!("delete what is before {mark}"))
        .fix(text, mark)
}

/// A character in a word that nobody sees.
pub fn invisible_in_word(spot: &Spot, text: &str) -> Problem {
    let c = u32::from(text.chars().next().unwrap_or_default());
    let effect = match c {
        0x202d | 0x202e => "turns the order of the letters round",
        _ => "keeps a search from finding the word",
    };
    stray(spot, format!("the character U+{c:04X}, which nobody sees, {effect}"))
        .help("delete it: it came with pasted text")
        .fix_by_removal(text)
}

/// The number of a note as a word processor writes it: `[1]`, `¹`.
pub fn typed_note(spot: &Spot, text: &str) -> Problem {
    let name = note_name(text);
    stray(spot, format!("\"{}\" leads to no note here, and readers see two texts that are not linked", shown(text)))
        .help(format!(
            "write [^{name}] in the text, and the note on a line of its own with an empty line before it: [^{name}]: …"
        ))
}

/// The name of a note whose number is in brackets or in superscript digits.
fn note_name(text: &str) -> String {
    const SUPERSCRIPTS: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    let digit = |c: char| SUPERSCRIPTS.iter().position(|&digit| digit == c);
    let in_digits = |c: char| digit(c).map_or(c, |digit| char::from(b'0' + digit as u8));
    text.trim_matches(['[', ']']).chars().map(in_digits).collect()
}
