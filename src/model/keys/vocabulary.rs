//! The keys of a vocabulary and of its terms.

use super::{Completion, Key, ValueKind, words};
use crate::model::vocabulary::{EndMark, LineStyle};

const MARKS: [&str; 4] = words(EndMark::ALL);
const LINES: [&str; 7] = words(LineStyle::ALL);

/// The keys of a vocabulary's file.
pub const VOCABULARY: &[Key] = &[
    Key::new("label", ValueKind::Text, "What the vocabulary is called.", "Sector").names_elsewhere(&["name", "title"]),
    Key::new("plural", ValueKind::Text, "What several of its terms are called.", "Sectors"),
    Key::new("question", ValueKind::Text, "The question that its terms answer.", "Who is in the partnership?")
        .names_elsewhere(&["description", "prompt"]),
    Key::new(
        "phrase",
        ValueKind::Text,
        "How titles say that cases carry one of its terms; `{term}` is replaced by the term's plain words.",
        "\"with {term}\"",
    ),
    Key::new("required", ValueKind::Flag, "A case must have one of its terms; left out, it need not.", "true")
        .names_elsewhere(&["mandatory"]),
    Key::new("many", ValueKind::Flag, "A case may carry several of its terms; left out, it may.", "true")
        .names_elsewhere(&["multiple"]),
    Key::new(
        "ordered",
        ValueKind::Flag,
        "The order of the terms means something, such as size; left out, it does not.",
        "false",
    )
    .names_elsewhere(&["sorted"]),
    Key::new(
        "terms",
        ValueKind::List(&ValueKind::Map(TERM)),
        "The terms, in the order in which they are listed.",
        "- { id: health, label: Health }",
    )
    .required()
    .names_elsewhere(&["values", "items", "options", "entries"]),
];

/// The keys of a term.
pub const TERM: &[Key] = &[
    Key::new("id", ValueKind::Id, "What cases write, and the last part of the term's address.", "health")
        .required()
        .names_elsewhere(&["key", "slug", "value", "code"]),
    Key::new("label", ValueKind::Text, "What readers see.", "Health").names_elsewhere(&["name", "title"]),
    Key::new("definition", ValueKind::Text, "What the term means, in one sentence.", "NHS and public health bodies.")
        .names_elsewhere(&["description", "note", "scope"]),
    Key::new(
        "also",
        ValueKind::OneOrMore(&ValueKind::Text),
        "Other names, which search finds too.",
        "[NHS, primary care trust]",
    )
    .names_elsewhere(&["synonyms", "aliases", "alt", "altLabel"]),
    Key::new("broader", ValueKind::Id, "The id of the term that this one is part of.", "public-services")
        .names_elsewhere(&["parent"])
        .completed_with(Completion::OtherTerms),
    Key::new(
        "replaced_by",
        ValueKind::Id,
        "The id of the term that replaces this one, which is retired.",
        "third-sector",
    )
    .names_elsewhere(&["successor"])
    .completed_with(Completion::OtherTerms),
    Key::new("plain", ValueKind::Text, "A few plain words for it, for the finder and for titles.", "the NHS"),
    Key::new(
        "phrase",
        ValueKind::Text,
        "How titles say that cases carry it, if the vocabulary's `phrase` does not fit.",
        "that ended",
    ),
    Key::new(
        "ask",
        ValueKind::Text,
        "A question for readers who plan something similar.",
        "Who pays when one of us overspends?",
    ),
    Key::new("mark", ValueKind::Word(&MARKS), "How a lifeline ends, in the first vocabulary of `marks`.", "stop"),
    Key::new("line", ValueKind::Word(&LINES), "How a lifeline is drawn, in the second vocabulary of `marks`.", "2"),
];
