//! Citations in a body: numbers that link to the sources of the case.

use crate::{
    html::{push_text, push_value},
    model::{document::Citation, numbering::Number},
    site::theme::{Words, filled},
};

/// The id of a source in its page.
pub fn source_id(number: usize) -> String {
    format!("cb-source-{number}")
}

/// The id of the first citation of a source.
pub fn first_use_id(number: usize) -> String {
    format!("cb-cited-{number}")
}

/// The HTML of a citation, for example `3` or `3, p. 12; 4`. `numbers` are the numbers of its sources.
pub fn citation(words: &Words, citation: &Citation, numbers: &[Option<Number>]) -> String {
    let has_words = citation.sources.iter().any(|cited| !cited.before.is_empty() || !cited.place.is_empty());
    let mut html = "<sup class=\"cb-ref\">".to_owned();
    let bare = |n: usize| citation.sources[n].before.is_empty() && citation.sources[n].place.is_empty();
    let number = |n: usize| numbers[n].map(|Number { number, .. }| number);
    // The same source twice in one citation is one number.
    let is_repeated = |n: usize| bare(n) && (0..n).any(|before| bare(before) && number(before) == number(n));
    let once = (0..citation.sources.len().min(numbers.len())).filter(|&n| numbers[n].is_none() || !is_repeated(n));
    for n in once {
        let (cited, number) = (&citation.sources[n], &numbers[n]);
        html.push_str(if n == 0 {
            ""
        } else if has_words {
            "; "
        } else {
            ", "
        });
        if !cited.before.is_empty() {
            push_text(&mut html, &cited.before);
            html.push(' ');
        }
        match number {
            Some(number) => push_number(&mut html, words, *number, citation.is_in_link),
            None => html.push('?'),
        }
        if !cited.place.is_empty() {
            html.push_str(", ");
            push_text(&mut html, &cited.place);
        }
    }
    html.push_str("</sup>");
    html
}

fn push_number(html: &mut String, words: &Words, Number { number, is_first }: Number, is_in_link: bool) {
    let text = number.to_string();
    let id = if is_first { format!(" id=\"{}\"", first_use_id(number)) } else { String::new() };
    if is_in_link {
        return html.extend(["<span", &id, ">", &text, "</span>"]);
    }
    html.extend(["<a href=\"#", &source_id(number), "\"", &id]);
    html.push_str(" role=\"doc-biblioref\" aria-label=\"");
    push_value(html, &filled(&words.source_number, &[("number", &text)]));
    html.extend(["\">", &text, "</a>"]);
}
