//! Rules about files, addresses and vocabularies.

use super::{
    Example::{File, InWords, Keys, Text},
    Lowering::{Allowed, NotAllowed},
    Rule,
    Severity::{Error, Warning},
};

pub(super) const BAD_YAML: Rule = Rule {
    name: "bad-yaml",
    severity: Error,
    lowering: NotAllowed,
    meaning: "YAML that cannot be read.",
    why: "Nothing of the front matter or the file can be used until it can be read.",
    wrong: Keys("lesson: One body: two lines of account"),
    right: Keys("lesson: \"One body: two lines of account\""),
    what_to_do: "The message names the mistake: most often a colon, a tab, a quotation mark or a bracket. Quotation marks round the value help nearly always.",
};

pub(super) const NO_FRONT_MATTER: Rule = Rule {
    name: "no-front-matter",
    severity: Error,
    lowering: NotAllowed,
    meaning: "Front matter that is absent, unclosed or empty.",
    why: "Without it a page has no title, and a case is in no list.",
    wrong: File("content/pages/about.md", "# About this library\n\nWho made it, and why.\n"),
    right: File("content/pages/about.md", "---\ntitle: About this library\n---\nWho made it, and why.\n"),
    what_to_do: "Begin the file with a line of three hyphens, then the keys, then another such line.",
};

pub(super) const NOT_UTF8: Rule = Rule {
    name: "not-utf8",
    severity: Error,
    lowering: NotAllowed,
    meaning: "A text file that is not UTF-8.",
    why: "Its letters and quotation marks would be shown as other signs.",
    wrong: InWords("A file that was saved as Windows-1252 or UTF-16."),
    right: InWords("The same file, saved as UTF-8."),
    what_to_do: "Open the file in the program that wrote it, and save it with the encoding UTF-8.",
};

pub(super) const DUPLICATE_ADDRESS: Rule = Rule {
    name: "duplicate-address",
    severity: Error,
    lowering: NotAllowed,
    meaning: "Two things that would be published at one address.",
    why: "Only one of them could be read.",
    wrong: Keys("aliases: [/old/, /old/]"),
    right: Keys("aliases: [/old/]"),
    what_to_do: "Give one of the two another file name, `slug` or alias.",
};

pub(super) const DUPLICATE_TERM: Rule = Rule {
    name: "duplicate-term",
    severity: Error,
    lowering: NotAllowed,
    meaning: "Two terms of one vocabulary that share a name.",
    why: "Nobody could say which of the two a case means.",
    wrong: File(
        "content/vocabularies/role.yaml",
        "terms:\n  - { id: chair, label: Chair }\n  - { id: lead, label: Lead, also: [chair] }\n",
    ),
    right: File(
        "content/vocabularies/role.yaml",
        "terms:\n  - { id: chair, label: Chair }\n  - { id: lead, label: Lead, also: [leader] }\n",
    ),
    what_to_do: "Delete the name in one of them, or make the two one with `casebook terms merge`.",
};

pub(super) const MISSING_FILE: Rule = Rule {
    name: "missing-file",
    severity: Error,
    lowering: NotAllowed,
    meaning: "A file that is needed is not there.",
    why: "A picture would be broken, or a way of sorting cases would be without its terms.",
    wrong: Text("![The shared desk](desk.jpg)"),
    right: Text("The shared desk stood by the door."),
    what_to_do: "Put the file where the path leads, or correct the path.",
};

pub(super) const OUTSIDE_LIBRARY: Rule = Rule {
    name: "outside-library",
    severity: Error,
    lowering: NotAllowed,
    meaning: "A path or link that leads out of the library.",
    why: "It would publish a file that was not meant for it, or break on every other machine.",
    wrong: Text("[The report](../../../report.pdf)"),
    right: Text("[All cases](/cases/)"),
    what_to_do: "Put the file into `content/`, and link to it there.",
};

pub(super) const TOO_LARGE: Rule = Rule {
    name: "too-large",
    severity: Error,
    lowering: NotAllowed,
    meaning: "A file over its limit.",
    why: "A text of more than 64 megabytes is not a case, and no browser would show it well.",
    wrong: InWords("A Markdown file of 100 megabytes."),
    right: InWords("The same text in several files, and its tables as .csv files with links to them."),
    what_to_do: "Split it into several files.",
};

pub(super) const TEMPLATE: Rule = Rule {
    name: "template",
    severity: Error,
    lowering: NotAllowed,
    meaning: "A template that does not work.",
    why: "The pages that it makes would be missing.",
    wrong: File("themes/default/footer.html", "{{ nothing.of.the.kind }}\n"),
    right: File("themes/default/footer.html", "<footer></footer>\n"),
    what_to_do: "The message says what the template asked for. The reference lists what each template may use.",
};

pub(super) const ADDRESS_GONE: Rule = Rule {
    name: "address-gone",
    severity: Error,
    lowering: Allowed,
    meaning: "An address that was published and would be gone.",
    why: "Links and bookmarks that others have would lead nowhere.",
    wrong: InWords("The file of a published case is renamed, and nothing says where its page has gone."),
    right: InWords("The renamed file has `aliases: [/cases/old-name/]`."),
    what_to_do: "Put the file back if it was removed by mistake; otherwise add the old address to the `aliases` of the page that took its place.",
};

pub(super) const MISPLACED_FILE: Rule = Rule {
    name: "misplaced-file",
    severity: Warning,
    lowering: Allowed,
    meaning: "A file that nothing reads and nothing links to.",
    why: "What it says or shows is published nowhere.",
    wrong: File("content/about.md", "---\ntitle: About\n---\nText.\n"),
    right: File("content/pages/about.md", "---\ntitle: About\n---\nText.\n"),
    what_to_do: "Move it to where the message says, link to it, or begin its name with `_` to keep it for later.",
};

pub(super) const OUTDATED_COPY: Rule = Rule {
    name: "outdated-copy",
    severity: Warning,
    lowering: Allowed,
    meaning: "A file that Casebook wrote or copied, and that would be another today.",
    why: "An editor's tool offers terms that are gone, or a page lacks what the built-in theme has been given since.",
    wrong: File(
        "themes/default/footer.html",
        "{# Copied from the built-in footer.html of Casebook 0.1.0; mark 0000000000000000. #}\n<footer></footer>\n",
    ),
    right: File("themes/default/footer.html", "<footer></footer>\n"),
    what_to_do: "Run the command that the message names, `casebook editors` or `casebook theme copy`, and take over your own changes.",
};

pub(super) const HEAVY_PICTURE: Rule = Rule {
    name: "heavy-picture",
    severity: Warning,
    lowering: Allowed,
    meaning: "A picture of more than three megabytes that a page shows or links to.",
    why: "Readers on a phone wait for it, and some pay for it.",
    wrong: InWords("A photograph as the camera made it, of 8 megabytes."),
    right: InWords("The same, at most 2000 pixels wide and of medium quality."),
    what_to_do: "Make it smaller in any program for pictures, and save it as JPEG or WebP.",
};

pub(super) const PHOTOGRAPH_POSITION: Rule = Rule {
    name: "photograph-position",
    severity: Warning,
    lowering: Allowed,
    meaning: "A photograph that holds the place on earth where it was taken.",
    why: "Anyone can read it out of the file: it may be somebody's home.",
    wrong: InWords("A photograph as a phone made it, with its location."),
    right: InWords("The same, exported without location data."),
    what_to_do: "Export the picture without location data, and put the new file in its place.",
};
