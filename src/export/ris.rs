//! References as RIS, which every reference manager reads.
//!
//! A line is a tag of two letters and a value. A value never has a line break, so nothing needs escaping.

use super::reference::Reference;
use crate::model::name::one_line;

/// A reference as a RIS record.
pub fn record(reference: &Reference<'_>) -> String {
    let mut record = "TY  - RPRT\r\n".to_owned();
    let mut line = |tag: &str, value: &str| {
        let value = one_line(value);
        if !value.is_empty() {
            record.push_str(&format!("{tag}  - {value}\r\n"));
        }
    };
    line("ID", &reference.key);
    line("TI", &reference.title);
    for name in &reference.authors {
        line("AU", &name.inverted());
    }
    if let Some(date) = reference.date {
        line("PY", &date.year().to_string());
        line("DA", &date.strftime("%Y/%m/%d").to_string());
    }
    line("T2", &reference.collection);
    line("PB", reference.publisher.as_deref().unwrap_or_default());
    line("UR", reference.url.as_deref().unwrap_or_default());
    line("AB", &reference.summary);
    for keyword in &reference.keywords {
        line("KW", keyword);
    }
    line("LA", reference.language);
    if let Some(licence) = reference.licence {
        line("N1", &format!("Licence: {}", licence.name));
    }
    record.push_str("ER  - \r\n");
    record
}

/// References as a RIS file.
pub fn library<'a>(references: impl Iterator<Item = Reference<'a>>) -> String {
    references.map(|reference| record(&reference)).collect::<Vec<_>>().join("\r\n")
}
