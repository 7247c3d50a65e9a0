//! The OpenSearch description, by which a browser can offer the library's search in its own search field.

use quick_xml::{Writer, events::BytesText};

use crate::model::{Address, Library};

/// The most characters that a short name may have.
const SHORT_NAME: usize = 16;

/// The most characters that a long name may have.
const LONG_NAME: usize = 48;

/// The description; none if the host is not known. `description` says what can be searched.
pub fn opensearch(library: &Library, description: &str) -> Option<String> {
    let config = &library.config;
    let search = config.base.full(&Address::page(["search"]))?;
    let name = |most: usize| config.title.chars().take(most).collect::<String>();
    let (short, long) = (name(SHORT_NAME), name(LONG_NAME));
    let template = format!("{search}?q={{searchTerms}}");
    let mut xml = Writer::new(Vec::new());
    let root = xml.create_element("OpenSearchDescription");
    let written = root.with_attribute(("xmlns", "http://a9.com/-/spec/opensearch/1.1/")).write_inner_content(|xml| {
        let texts = [("ShortName", short.trim()), ("LongName", long.trim()), ("Description", description)];
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
