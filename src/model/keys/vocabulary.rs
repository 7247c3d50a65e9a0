//! The keys of a vocabulary and of its terms.

use super::{Key, Kind, words};
use crate::model::vocabulary::{Line, Mark};

const MARKS: [&str; 4] = words(Mark::ALL);
const LINES: [&str; 7] = words(Line::ALL);

/// The keys of a vocabulary's file.
pub const VOCABULARY: &[Key] = &[
    Key::new("label", Kind::Text, "What the vocabulary is called.", "Sector").elsewhere(&["name", "title"]),
    Key::new("plural", Kind::Text, "What several of its terms are called.", "Sectors"),
    Key::new("question", Kind::Text, "The question that its terms answer.", "Who is in the partnership?")
        .elsewhere(&["description", "prompt"]),
    Key::new(
        "required",
        Kind::Flag,
        "A case without one of its terms is an error; left out, it may be without.",
        "true",
    )
    .elsewhere(&["mandatory"]),
    Key::new("many", Kind::Flag, "A case may carry several of its terms; left out, it may.", "true")
        .elsewhere(&["multiple"]),
    Key::new(
        "ordered",
        Kind::Flag,
        "The order of the terms means something, as that of sizes does; left out, it does not.",
        "false",
    )
    .elsewhere(&["sorted"]),
    Key::new(
        "terms",
        Kind::List(&Kind::Map(TERM)),
        "The terms, in the order in which they are listed.",
        "- { id: health, label: Health }",
    )
    .required()
    .elsewhere(&["values", "items", "options", "entries"]),
];

/// The keys of a term.
pub const TERM: &[Key] = &[
    Key::new("id", Kind::Id, "What cases write, and the last part of the term's address.", "health")
        .required()
        .elsewhere(&["key", "slug", "value", "code"]),
    Key::new("label", Kind::Text, "What readers see.", "Health").elsewhere(&["name", "title"]),
    Key::new("definition", Kind::Text, "What the term means, in one sentence.", "NHS and public health bodies.")
        .elsewhere(&["description", "note", "scope"]),
    Key::new("also", Kind::OneOrMore(&Kind::Text), "Other names, which search finds too.", "[NHS, primary care trust]")
        .elsewhere(&["synonyms", "aliases", "alt", "altLabel"]),
    Key::new("broader", Kind::Id, "The id of the term that this one is part of.", "public-services")
        .elsewhere(&["parent"]),
    Key::new(
        "replaced_by",
        Kind::Id,
        "The id of the term that took the place of this one, which is retired.",
        "third-sector",
    )
    .elsewhere(&["successor"]),
    Key::new("plain", Kind::Text, "A few plain words for it, for the finder.", "the NHS"),
    Key::new(
        "ask",
        Kind::Text,
        "A question for those who set out on something like it.",
        "Who pays when one of us overspends?",
    ),
    Key::new("mark", Kind::Word(&MARKS), "How a lifeline ends, in the first vocabulary of `marks`.", "stop"),
    Key::new("line", Kind::Word(&LINES), "How a lifeline is drawn, in the second vocabulary of `marks`.", "2"),
];
