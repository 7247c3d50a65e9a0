//! Descriptions of pages for search engines and link previews, where the content has none of its own.

use crate::{
    model::{PageNumber, document::Body},
    site::{
        theme::{Plural, filled},
        view::Common,
    },
};

/// The description of a page of a list with this number of cases.
pub fn of_list(common: Common<'_>, word: &Plural, title: &str, cases: usize, page: PageNumber) -> String {
    let words = common.words;
    let count = words.number(cases);
    let values = [("title", title), ("count", count.as_str()), ("site", &common.config.title)];
    let whole = filled(word.of(cases), &values);
    match page {
        PageNumber::FIRST => whole,
        page => format!("{whole} {}.", filled(&words.page_number, &[("page", &words.number(page.get()))])),
    }
}

/// The description of a page of a list of cases under a title.
pub fn of_cases(common: Common<'_>, title: &str, cases: usize, page: PageNumber) -> String {
    of_list(common, &common.words.list_described, title, cases, page)
}

/// The beginning of a body, in whole words.
pub fn beginning(body: &Body) -> String {
    const MAX_CHARACTERS: usize = 160;
    let prose = body.prose();
    let mut begun = String::new();
    for word in prose.split_whitespace() {
        if begun.chars().count() + 1 + word.chars().count() > MAX_CHARACTERS {
            begun.push('…');
            break;
        }
        begun.extend([if begun.is_empty() { "" } else { " " }, word]);
    }
    begun
}
