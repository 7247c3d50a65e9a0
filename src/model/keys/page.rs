//! The keys of plain pages and of the home page.

use super::{ALIASES, Key, ValueKind, words};
use crate::model::document::Status;

const STATUSES: [&str; 2] = words(Status::OF_PAGE);

/// The keys of a plain page's front matter.
pub const PAGE: &[Key] = &[
    Key::new("title", ValueKind::Text, "What the page is called.", "About this library").required(),
    Key::new("summary", ValueKind::Text, "One or two sentences, for search engines.", "Who made it, and why.")
        .names_elsewhere(&["excerpt", "description", "abstract", "lead"]),
    Key::new("nav", ValueKind::Number, "Its place in the menu, counted from 1; left out, it is not in the menu.", "2")
        .names_elsewhere(&["menu", "weight", "order", "nav_order", "navigation", "position"]),
    Key::new("status", ValueKind::Word(&STATUSES), "Whether the public sees it; left out, it is published.", "draft")
        .names_elsewhere(&["draft", "published", "publish", "public", "hidden"]),
    Key::new("reviewed", ValueKind::Day, "The day on which its facts were checked.", "2026-11-22"),
    Key::new(
        "slug",
        ValueKind::Id,
        "The last part of its address; left out, it is made from the name of the file.",
        "about",
    ),
    ALIASES,
    Key::new("extra", ValueKind::Anything, "Anything, for a theme.", "{ colour: green }")
        .names_elsewhere(&["params", "custom", "meta", "data"]),
];

/// The keys of the home page's front matter.
pub const HOME: &[Key] = &[
    Key::new("title", ValueKind::Text, "What is at the head of the home page.", "How councils lead together"),
    Key::new("summary", ValueKind::Text, "One or two sentences, for search engines.", "Cases of local partnerships.")
        .names_elsewhere(&["excerpt", "description", "abstract", "lead"]),
    Key::new("extra", ValueKind::Anything, "Anything, for a theme.", "{ colour: green }")
        .names_elsewhere(&["params", "custom", "meta", "data"]),
];
