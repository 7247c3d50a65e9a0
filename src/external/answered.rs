//! The addresses that answered in earlier runs, each with the day. They are stored only in a file that a user names.
//!
//! Dead addresses are not stored: they are requested again every time, since they may have been repaired.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use url::Url;

/// The number of days for which an address that worked is not requested again.
const DAYS_FRESH: i32 = 7;

/// The addresses that worked, each with the day.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AnsweredAddresses {
    answered: BTreeMap<String, String>,
}

impl AnsweredAddresses {
    /// Parses a file; none if it is not such a file, so that no other file is replaced. A file that is empty has
    /// nothing to lose.
    pub fn parse(bytes: &[u8]) -> Option<AnsweredAddresses> {
        if bytes.is_empty() {
            return Some(AnsweredAddresses::default());
        }
        let is_entry = |(address, day): (&String, &String)| Url::parse(address).is_ok() && day.parse::<Date>().is_ok();
        serde_json::from_slice(bytes).ok().filter(|parsed: &AnsweredAddresses| parsed.answered.iter().all(is_entry))
    }

    /// Did this address work within the last days?
    pub fn is_fresh(&self, address: &str, day: Date) -> bool {
        self.answered.get(address).is_some_and(|then| is_fresh(then, day))
    }

    /// Adds addresses that worked on this day, and removes those that are no longer fresh.
    #[must_use]
    pub fn with(mut self, answered: &[String], day: Date) -> AnsweredAddresses {
        self.answered.retain(|_, then| is_fresh(then, day));
        self.answered.extend(answered.iter().map(|address| (address.clone(), day.to_string())));
        self
    }

    /// The file, with one address to a line.
    pub fn text(&self) -> String {
        serde_json::to_string_pretty(self).expect("texts are JSON") + "\n"
    }
}

/// Was this day within the last days before another?
fn is_fresh(then: &str, day: Date) -> bool {
    let then = then.parse::<Date>().ok();
    then.is_some_and(|then| then <= day && day.since(then).is_ok_and(|since| since.get_days() < DAYS_FRESH))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_that_answered_is_fresh_for_a_week() {
        let day = |text: &str| text.parse::<Date>().unwrap();
        let known = AnsweredAddresses::default().with(&["https://a.org/".to_owned()], day("2026-11-20"));
        assert_eq!(AnsweredAddresses::parse(known.text().as_bytes()).as_ref(), Some(&known));
        for (on, fresh) in [("2026-11-20", true), ("2026-11-26", true), ("2026-11-27", false), ("2026-11-19", false)] {
            assert_eq!(known.is_fresh("https://a.org/", day(on)), fresh, "{on}");
        }
        assert!(!known.is_fresh("https://b.org/", day("2026-11-20")));
        assert_eq!(known.with(&[], day("2026-12-20")), AnsweredAddresses::default());
    }

    #[test]
    fn a_file_that_casebook_did_not_write_is_no_cache() {
        for text in [
            "{",
            "{}",
            "[]",
            "null",
            " ",
            "title: Test\n",
            r#"{"answered": {}, "more": 1}"#,
            r#"{"answered": {"https://a.org/": "yes"}}"#,
            r#"{"answered": {"the question": "2026-11-20"}}"#,
        ] {
            assert_eq!(AnsweredAddresses::parse(text.as_bytes()), None, "{text}");
        }
        for text in ["", r#"{"answered": {}}"#] {
            assert_eq!(AnsweredAddresses::parse(text.as_bytes()), Some(AnsweredAddresses::default()), "{text}");
        }
    }
}
