//! Messages about themes: templates and texts.

use std::collections::BTreeSet;

use crate::problem::{Code, FilePath, Problem, Spot, Written};

/// A template with a syntax error.
pub fn broken(spot: &Spot, cause: &str) -> Problem {
    Problem::new(Code::Template, spot, format!("this template does not work: {}", in_line(cause)))
        .help("templates are written in Tera; the reference of templates says what each may use")
}

/// A base.html without blocks that the pages fill in.
pub fn lacks_blocks(spot: &Spot, blocks: &BTreeSet<&str>) -> Problem {
    let blocks: Vec<&str> = blocks.iter().copied().collect();
    let tags: Vec<String> = blocks.iter().map(|block| format!("{{% block {block} %}}{{% endblock %}}")).collect();
    let noun = if blocks.len() == 1 { "block" } else { "blocks" };
    let message = format!("this template lacks the {noun} {}, which pages fill in", in_code(&blocks));
    Problem::new(Code::Template, spot, message).help(format!("add {} where their text belongs", in_code(&tags)))
}

/// The cause of a fault in a built-in template that a template of the library uses.
pub fn cause_in_built_in(template: &str, cause: &str) -> String {
    format!("in the built-in {template}, which it uses: {}", in_line(cause))
}

/// A template that fails on this number of pages, including `page`.
pub fn failed(spot: &Spot, cause: &str, page: &str, pages: usize) -> Problem {
    /// More names than these are not listed. `words` has some 300.
    const MOST_NAMES: usize = 24;
    let (cause, names) = without_names(cause);
    let unknown = ["Variable `", "Field `"].iter().find_map(|kind| cause.strip_prefix(kind)?.split('`').next());
    let meant = unknown.and_then(|unknown| super::nearest_word(unknown, names.iter().copied()));
    let where_ = match pages {
        1 => format!("the page {page}"),
        _ => format!("{pages} pages, {page} among them"),
    };
    let known = match meant {
        Some(meant) => format!("did you mean \"{meant}\"? it"),
        None if (1..=MOST_NAMES).contains(&names.len()) => format!("the names here are {}; it", names.join(", ")),
        None => "it".to_owned(),
    };
    let problem = broken(spot, cause).help(format!(
        "{known} failed on {where_}; a template has the names of its page's view, and so have those that it extends or includes"
    ));
    Problem { suggestion: meant.map(str::to_owned), ..problem }
}

/// An error of Tera without its list of the names that there are, and these names.
pub fn without_names(cause: &str) -> (&str, Vec<&str>) {
    let lists = [". Available variables: ", ". Available fields: "];
    match lists.iter().find_map(|list| cause.split_once(list)) {
        Some((cause, names)) => (cause, names.split(", ").collect()),
        None => (cause, Vec::new()),
    }
}

/// A file of a theme that overrides nothing and that nothing uses.
pub fn unused(path: &FilePath, meant: Option<&str>) -> Problem {
    Problem::new(Code::MisplacedFile, &Spot::whole(path), "nothing in the theme uses this file")
        .help("a file replaces the built-in one of the same path; one of your own must be named in a template")
        .help_if_any(meant.map(|meant| format!("did you mean {meant}?")))
}

/// A script that imports a file that the theme does not have. `path` is where it would be below the folder of assets.
pub fn no_such_script<'a>(spot: &Spot, written: &str, path: &str, known: impl Iterator<Item = &'a str>) -> Problem {
    let message = format!("this script imports {}, and the theme has no such file", super::shown(written));
    Problem::new(Code::BrokenLink, spot, message)
        .help(format!("add assets/{} to the theme, or correct the name", super::shown(path)))
        .help_if_any(super::nearest(path, known).map(|(name, _)| format!("did you mean assets/{name}?")))
}

/// A picture or font that a style sheet shows and that the theme does not have. `path` is where it would be below the
/// folder of assets.
pub fn no_such_asset<'a>(spot: &Spot, written: &str, path: &str, known: impl Iterator<Item = &'a str>) -> Problem {
    let message = format!("this style sheet shows {}, and the theme has no such file", super::shown(written));
    Problem::new(Code::MissingFile, spot, message)
        .help(format!("add assets/{} to the theme, or correct the name", super::shown(path)))
        .help_if_any(super::nearest(path, known).map(|(name, _)| format!("did you mean assets/{name}?")))
}

/// A style sheet that loads another by a name that is not the published one.
pub fn style_that_loads_another(spot: &Spot, written: &str, path: &str) -> Problem {
    let written = super::shown(written);
    let message = format!("this style sheet loads {written}, and published style sheets have other names");
    Problem::new(Code::MissingFile, spot, message).help(format!(
        "name it in a template: `<link rel=\"stylesheet\" href=\"{{{{ site.assets[\"{}\"] }}}}\">`, or put its rules here",
        super::shown(path)
    ))
}

/// Two scripts that import each other, at once or by way of others.
pub fn circle_of_scripts(spot: &Spot, written: &str) -> Problem {
    let message = format!(
        "{} imports this script again, so neither can have a name that is made from the content of both",
        super::shown(written)
    );
    Problem::new(Code::BrokenLink, spot, message)
        .help("move what both need into a third script, and import that in both")
}

/// A copy of a built-in file that is older than the file.
pub fn outdated_copy(path: &FilePath, name: &str) -> Problem {
    let message = format!("the built-in {name} has changed since this copy was made of it");
    Problem::new(Code::OutdatedCopy, &Spot::bytes(path, 0..0), message).help(format!(
        "move this file out of themes/, run `casebook theme copy {name}`, and make your changes again in the new copy; or delete the first line to keep it as it is"
    ))
}

/// A theme that the settings name and that does not exist.
pub fn no_such_theme(name: &Written<String>) -> Problem {
    Problem::new(Code::MissingFile, &name.spot, format!("there is no theme \"{}\"", super::shown(&name.value)))
        .help(format!("put a file into the folder themes/{}/, or write `theme: default`", super::shown(&name.value)))
}

/// A theme's file of texts that is not valid YAML.
pub fn bad_words(path: &FilePath, at: usize, cause: &str) -> Problem {
    Problem::new(Code::BadYaml, &Spot::bytes(path, at..at), format!("these words cannot be used: {}", in_line(cause)))
        .help("keep the form of the built-in file; a word that is left out keeps its built-in text")
}

/// A file of texts that is a list or a single text.
pub fn words_no_mapping(path: &FilePath) -> Problem {
    Problem::new(
        Code::BadYaml,
        &Spot::whole(path),
        "these words cannot be used: each line must be a name, a colon and a text",
    )
    .help("write each line as in the built-in file: `next: Onwards`")
}

/// A text whose form differs from the built-in one. `form` is a noun phrase.
pub fn word_of_another_form(spot: &Spot, name: &str, form: impl std::fmt::Display) -> Problem {
    Problem::new(Code::WrongType, spot, format!("`{}` must be {form}", super::shown(name)))
        .help("keep the form of the built-in file; a word that is left out keeps its built-in text")
}

/// A text that neither Casebook nor a template of the theme uses.
pub fn unknown_word<'a>(spot: &Spot, name: &str, known: impl Iterator<Item = &'a str>) -> Problem {
    Problem::new(Code::UnknownField, spot, format!("nothing reads the word `{}`", super::shown(name)))
        .help("delete it; a word of your own must be named in a template of the theme")
        .did_you_mean(super::nearest_word(name, known))
}

/// A placeholder that is never filled in.
pub fn unknown_placeholder(spot: &Spot, word: &str, found: &str, known: &BTreeSet<String>) -> Problem {
    let message = format!("nothing is put in for `{{{}}}` in `{word}`, so readers see the braces", super::shown(found));
    let names: Vec<String> = known.iter().map(|name| format!("{{{name}}}")).collect();
    let help = match names.as_slice() {
        [] => "delete it: this word has no place for anything".to_owned(),
        [one] => format!("write {one}"),
        several => format!("this word has these places: {}", several.join(", ")),
    };
    let meant = super::nearest(found, known.iter().map(String::as_str)).map(|(name, _)| format!("write {{{name}}}"));
    Problem::new(Code::BadValue, spot, message).help(help).help_if_any(meant)
}

/// A language without texts in the theme and in Casebook.
pub fn no_words_of_language(spot: &Spot, language: &str) -> Problem {
    let message = format!("there are no words in \"{}\", so menus and labels stay English", super::shown(language));
    let tag = language.split(['-', '_']).next().unwrap_or(language).to_lowercase();
    Problem::new(Code::DoubtfulValue, spot, message).help(format!(
        "copy the English words with `casebook theme copy strings/en.yaml`, translate them and call the file strings/{}.yaml",
        super::shown(&tag)
    ))
}

/// Pieces of a template, joined for a sentence.
fn in_code(pieces: &[impl AsRef<str>]) -> String {
    let pieces: Vec<String> = pieces.iter().map(|piece| format!("`{}`", piece.as_ref())).collect();
    pieces.join(" and ")
}

/// An error message of another library in our form: one line, lower-case start, no full stop.
fn in_line(cause: &str) -> String {
    let line = cause.lines().next().unwrap_or_default().trim_end_matches('.');
    let mut letters = line.chars();
    match letters.next() {
        Some(first) => format!("{}{}", first.to_lowercase(), letters.as_str()),
        None => "no cause was given".to_owned(),
    }
}
