//! Messages about markup in texts that are plain.

use super::shown;
use crate::problem::{Code, Problem, Spot};

/// A character reference of HTML. `character` is what it stands for, and `now` the whole text without references.
pub fn entity(spot: &Spot, key: &str, [entity, character]: [&str; 2], text: &str, now: &str) -> Problem {
    let advice = match character {
        "" => "delete it: nobody sees what it stands for",
        " " => "write a space",
        _ => "write the character itself",
    };
    as_written(spot, key, entity).help(format!("{advice}: {}", shown(now))).fix(text, now)
}

/// A character reference in a text with other marks. `words` is the text without any, if that is known.
pub fn entity_among_marks(spot: &Spot, key: &str, entity: &str, words: Option<&str>) -> Problem {
    let problem = as_written(spot, key, entity);
    match words {
        Some(words) => problem.help(format!("write the words alone: {}", shown(words))),
        None => problem.help(WORDS_ALONE),
    }
}

const WORDS_ALONE: &str = "write the words alone; links and emphasis belong in the text of a case or a page";

fn as_written(spot: &Spot, key: &str, mark: &str) -> Problem {
    let message = format!("readers see \"{}\" as it is written: `{}` is plain text", shown(mark), shown(key));
    Problem::new(Code::StrayMarkup, spot, message)
}

/// Markdown, an HTML tag, or a mark of another tool.
pub fn markup(spot: &Spot, key: &str, markup: &str) -> Problem {
    as_written(spot, key, markup).help(WORDS_ALONE)
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
