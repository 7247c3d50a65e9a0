//! Messages about markup in texts that are plain.

use super::shown;
use crate::problem::{Code, Problem, Spot};

/// A character reference of HTML. `now` is the whole text without references.
pub fn entity(spot: &Spot, key: &str, entity: &str, text: &str, now: &str) -> Problem {
    Problem::new(
        Code::StrayMarkup,
        spot,
        format!("readers see \"{}\" as it is written: `{}` is plain text", shown(entity), shown(key)),
    )
    .help(format!("write the character itself: {}", shown(now)))
    .fix(text, now)
}

/// Markdown or an HTML tag.
pub fn markup(spot: &Spot, key: &str, markup: &str) -> Problem {
    Problem::new(
        Code::StrayMarkup,
        spot,
        format!("readers see \"{}\" as it is written: `{}` is plain text", shown(markup), shown(key)),
    )
    .help("write the words alone; links and emphasis belong in the text below the front matter")
}

/// Quotation marks round a whole title or lesson.
pub fn quoted_whole(spot: &Spot, key: &str, text: &str, inner: &str) -> Problem {
    Problem::new(
        Code::StrayMarkup,
        spot,
        format!("there are quotation marks round the whole {key}, and readers see them"),
    )
    .help(format!("write it without them: {}", shown(inner)))
    .fix(text, inner)
}
