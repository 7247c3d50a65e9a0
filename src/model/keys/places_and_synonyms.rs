//! The keys of a place of the list of places, and of a set of synonyms.

use super::{Completion, Key, ValueKind};

/// The keys of a place of `content/places.yaml`.
pub const LISTED_PLACE: &[Key] = &[
    Key::new("name", ValueKind::Text, "The name that cases have.", "Torbay").required(),
    Key::new(
        "also",
        ValueKind::OneOrMore(&ValueKind::Text),
        "Other names, and smaller places in it, by which it is found.",
        "[Torquay, Paignton]",
    )
    .names_elsewhere(&["aliases", "alt_names"]),
    Key::new("region", ValueKind::Text, "The nation or region.", "South West").completed_with(Completion::Regions),
    Key::new("code", ValueKind::AreaCode, "The official code of the area.", "E06000027"),
    Key::new("within", ValueKind::Text, "A larger place of the list, by its `name`.", "Devon")
        .names_elsewhere(&["parent"])
        .completed_with(Completion::Places),
];

/// The keys of a set of `content/synonyms.yaml`, where it is not a plain list of words.
pub const SYNONYMS: &[Key] = &[
    Key::new(
        "words",
        ValueKind::OneOrMore(&ValueKind::Text),
        "Synonyms: a search for one finds the others.",
        "[broadband, rural internet]",
    )
    .required(),
    Key::new("why", ValueKind::Text, "Why they belong together.", "An older name."),
];
