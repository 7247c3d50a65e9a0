//! Messages about whole files.

use super::size_in_words;
use crate::problem::{Code, FilePath, Problem, Spot};

/// A symbolic link to a place outside the library.
pub fn leads_outside(path: &FilePath) -> Problem {
    Problem::new(Code::OutsideLibrary, &Spot::whole(path), "this link leads out of the library")
        .help("copy the file into the library, or delete the link")
}

/// A symbolic link that leads back to a folder around it, or to itself.
pub fn leads_in_a_circle(path: &FilePath) -> Problem {
    Problem::new(Code::MissingFile, &Spot::whole(path), "this link leads in a circle").help("delete the link")
}

/// A symbolic link to nothing.
pub fn leads_nowhere(path: &FilePath) -> Problem {
    Problem::new(Code::MissingFile, &Spot::whole(path), "this link leads to nothing")
        .help("delete the link, or put back the file that it names")
}

/// A file or folder whose name is not UTF-8.
pub fn bad_name(path: &FilePath) -> Problem {
    Problem::new(Code::NotUtf8, &Spot::whole(path), "the name of this file is not UTF-8 text")
        .help("give it another name")
}

/// A text file over the limit.
pub fn too_large(path: &FilePath, bytes: u64, limit: u64) -> Problem {
    let message = format!("this file has {}; {} is the most that is read", size_in_words(bytes), size_in_words(limit));
    Problem::new(Code::TooLarge, &Spot::whole(path), message).help("split it into several files")
}

/// A text file that is not UTF-8. `at` is the first byte that cannot be read.
pub fn not_utf8(path: &FilePath, at: usize, looks_like: Option<&str>) -> Problem {
    let guess = looks_like.map_or(String::new(), |encoding| format!(" (it looks like {encoding})"));
    Problem::new(Code::NotUtf8, &Spot::bytes(path, at..at + 1), format!("this file is not UTF-8 text{guess}"))
        .help("in your editor choose \"save with encoding\" and UTF-8")
}

/// A file that every library needs.
pub fn missing(path: &str, named_at: &Spot) -> Problem {
    Problem::new(Code::MissingFile, named_at, format!("{path} is missing"))
        .help("every library needs it; `casebook init` writes what is missing and changes nothing else")
}

/// A picture that takes long to load.
pub fn heavy_picture(path: &FilePath, bytes: u64) -> Problem {
    Problem::new(
        Code::HeavyPicture,
        &Spot::whole(path),
        format!("this picture is {}: readers on a phone wait for it, and some pay for it", size_in_words(bytes)),
    )
    .help("make it at most 2000 pixels wide, and save it as a JPEG or WebP of medium quality")
}

/// A photograph that says where it was taken.
pub fn position_in_photograph(path: &FilePath) -> Problem {
    Problem::new(
        Code::PhotographPosition,
        &Spot::whole(path),
        "this photograph holds the place where it was taken, which anyone can read",
    )
    .help(
        "remove the position if it is somebody's home or meant to be secret: export the picture without location data",
    )
}

/// A Word file with the extension of a case.
pub fn word_renamed(path: &FilePath) -> Problem {
    Problem::new(
        Code::NotUtf8,
        &Spot::whole(path),
        "this is not text: it looks like a Word file that was given another ending",
    )
    .help(format!(
        "call it {0}.docx, and bring it in with `casebook import \"{1}/{0}.docx\"`",
        path.stem(),
        path.folder()
    ))
}

/// A file of another format with the extension of a case.
pub fn not_plain_text(path: &FilePath, kind: &str) -> Problem {
    Problem::new(
        Code::NotUtf8,
        &Spot::whole(path),
        format!("this is not plain text: it looks like {kind} that was given another ending"),
    )
    .help("copy the words into a plain text file that begins with front matter, or save it as .docx and bring it in with `casebook import`")
}

/// A Word file or a table in the folder of cases that nothing links to, and that can be imported.
pub fn to_import(path: &FilePath) -> Problem {
    let problem = Problem::new(
        Code::MisplacedFile,
        &Spot::whole(path),
        "nothing reads this file and nothing links to it, so it is not published",
    );
    match path.extension().as_str() {
        "docx" | "xlsx" | "ods" | "csv" => {
            problem.help(format!("bring it in with `casebook import \"{path}\"`, then delete it here"))
        }
        "xls" => problem.help("save it as .xlsx, and bring it in with `casebook import`"),
        _ => problem.help("save it as .docx, and bring it in with `casebook import`"),
    }
}

/// A text in the folder of cases or pages with another extension, whose name as Markdown may be taken.
pub fn not_markdown(path: &FilePath, is_taken: bool) -> Problem {
    let message =
        "nothing reads this file, so it is not published: cases and pages are text files with names that end in .md";
    if path.stem().ends_with(".yaml") || path.stem().ends_with(".yml") {
        return Problem::new(Code::MisplacedFile, &Spot::whole(path), "nothing reads this file: its name ends in .txt")
            .help(format!("call it {}; Windows hides endings until you ask it to show them", path.stem()));
    }
    let name = path.stem().trim_end_matches(".md");
    Problem::new(Code::MisplacedFile, &Spot::whole(path), message).help(match is_taken {
        true => format!(
            "{name}.md is there already: take over what it lacks, then delete this file, or begin its name with `_`"
        ),
        false => format!("save it as plain text under the name {name}.md, or begin its name with `_`"),
    })
}

/// A file that nothing reads, with a name as programs give it to a copy.
pub fn copy(path: &FilePath) -> Problem {
    let message = "nothing reads this file, so it is not published: its name is one that programs give to a copy";
    Problem::new(Code::MisplacedFile, &Spot::whole(path), message)
        .help("take over what the original lacks, then delete this file")
}

/// A picture, or another file to link to, that nothing links to.
pub fn not_linked(path: &FilePath, is_picture: bool) -> Problem {
    let name = path.name();
    let link = match (is_picture, name.contains([' ', '(', ')'])) {
        (true, false) => format!("![what it shows]({name})"),
        (true, true) => format!("![what it shows](<{name}>)"),
        (false, false) => format!("[its title]({name})"),
        (false, true) => format!("[its title](<{name}>)"),
    };
    Problem::new(Code::MisplacedFile, &Spot::whole(path), "nothing links to this file, so it is not published")
        .help(format!("write {link} in a file beside it, or begin its name with `_` to keep it for later"))
}

/// A file of a type that is not published.
pub fn of_no_use(path: &FilePath) -> Problem {
    let message = "nothing reads this file, and a file of this type is not published";
    Problem::new(Code::MisplacedFile, &Spot::whole(path), message).help("keep it elsewhere, or begin its name with `_`")
}

/// A file of Markdown or YAML in a folder where nothing reads it.
pub fn misplaced(path: &FilePath) -> Problem {
    Problem::new(Code::MisplacedFile, &Spot::whole(path), "nothing reads this file here, so it is not published")
        .help("move it to content/cases/, content/pages/ or content/vocabularies/, or begin its name with `_`")
}

/// Settings for an editor that were made from other vocabularies, or by another release.
pub fn outdated_settings(path: &FilePath, tool: &str, is_changed: bool) -> Problem {
    let message = "these settings were made from other vocabularies or keys than the library has now";
    let problem = Problem::new(Code::OutdatedCopy, &Spot::whole(path), message);
    match is_changed {
        false => problem.help(format!("run `casebook editors {tool}` again")),
        true => problem.help(format!(
            "you have changed the file: see what it would be now with `casebook editors {tool} --print`, and take over what you need"
        )),
    }
}
