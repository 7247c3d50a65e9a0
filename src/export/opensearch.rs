//! The OpenSearch description, by which a browser can offer the library's search in its own search field.

use quick_xml::{Writer, events::BytesText};

use crate::model::{Address, Library};

/// The most characters that a short name may have.
const SHORT_NAME: usize = 16;

/// The most characters that a long name may have.
const LONG_NAME: usize = 48;

/// A title with at most this many characters: as many whole words as fit before an ellipsis.
fn name(title: &str, most: usize) -> String {
    let title = title.trim();
    if title.chars().count() <= most {
        return title.to_owned();
    }
    let start: String = title.chars().take(most).collect();
    let whole = start.rsplit_once(char::is_whitespace).map_or("", |(words, _)| words.trim_end());
    let words = if whole.is_empty() { start.chars().take(most - 1).collect() } else { whole.to_owned() };
    format!("{words}…")
}

/// The description; none if the host is not known. `description` says what can be searched.
pub fn opensearch(library: &Library, description: &str) -> Option<String> {
    let config = &library.config;
    let search = config.base.full(&Address::page(["search"]))?;
    let [short, long] = [SHORT_NAME, LONG_NAME].map(|most| name(&config.title, most));
    let template = format!("{search}?q={{searchTerms}}");
    let mut xml = Writer::new(Vec::new());
    let root = xml.create_element("OpenSearchDescription");
    let written = root.with_attribute(("xmlns", "http://a9.com/-/spec/opensearch/1.1/")).write_inner_content(|xml| {
        let texts = [("ShortName", short.as_str()), ("LongName", long.as_str()), ("Description", description)];
        for (name, text) in texts {
            xml.create_element(name).write_text_content(BytesText::new(text))?;
        }
        xml.create_element("InputEncoding").write_text_content(BytesText::new("UTF-8"))?;
        let url = xml.create_element("Url").with_attribute(("type", "text/html"));
        url.with_attribute(("template", template.as_str())).write_empty()?;
        Ok(())
    });
    written.expect("memory takes every byte");
    let text = String::from_utf8(xml.into_inner()).expect("XML made of text is text");
    Some(format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{text}\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_title_is_cut_after_a_word() {
        let names = ["The casebook", "The partnership casebook", "Partnerships2026 casebook", "Zusammenarbeitsfälle"];
        let short = ["The casebook", "The partnership…", "Partnerships202…", "Zusammenarbeits…"];
        assert_eq!(names.map(|title| name(title, SHORT_NAME)), short);
        assert!(short.iter().all(|name| name.chars().count() <= SHORT_NAME));
    }
}
