//! The keys of an entry of the glossary.

use super::{Key, ValueKind};

/// The keys of an entry of the glossary.
pub const ENTRY: &[Key] = &[
    Key::new("term", ValueKind::Text, "The acronym or the name.", "PCT")
        .required()
        .names_elsewhere(&["name", "acronym", "abbr", "id"]),
    Key::new("full", ValueKind::Text, "What it stands for.", "primary care trust").required().names_elsewhere(&[
        "expansion",
        "long",
        "meaning",
        "definition",
    ]),
    Key::new(
        "note",
        ValueKind::Text,
        "What it was or did, in one sentence.",
        "Planned and bought health services for one area.",
    )
    .names_elsewhere(&["description"]),
    Key::new("from", ValueKind::Year, "The first year in which it existed.", "2001").names_elsewhere(&["start"]),
    Key::new("to", ValueKind::Year, "The last year in which it existed.", "2013").names_elsewhere(&["end"]),
    Key::new("see", ValueKind::OneOrMore(&ValueKind::Text), "Other entries of the glossary, by their `term`.", "[CCG]")
        .names_elsewhere(&["see_also", "related"]),
    Key::new("well_known", ValueKind::Flag, "Every reader knows it: pages do not spell it out.", "true"),
];
