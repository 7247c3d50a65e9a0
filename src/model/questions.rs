//! The labels and hints of the fields of a case in blank templates and the form, and how import recognises them.

/// A question of a template or the form.
#[derive(Clone, Copy, Debug)]
pub struct Question {
    /// The key of a case for the answer, or a key within one.
    pub key: &'static str,
    /// The text of the question.
    pub label: &'static str,
    /// A hint for the answer.
    pub hint: &'static str,
}

const fn question(key: &'static str, label: &'static str, hint: &'static str) -> Question {
    Question { key, label, hint }
}

/// The questions about the partnership, in order; the vocabularies follow.
pub const PARTNERSHIP: [Question; 7] = [
    question("title", "Title", "Say what happened in a few plain words, not the name of a project."),
    question(
        "summary",
        "The case in one or two sentences",
        "What was tried, and how it ended. At most 300 characters.",
    ),
    question("place.name", "Where was it?", "A town, a county, or the area of a council."),
    question("place.region", "Region or nation", "The region of England, or the nation."),
    question("period.from", "From which year?", "A year with four figures, such as 2006."),
    question("period.to", "To which year?", "Leave it empty if it goes on, or if you do not know."),
    question("partners", "Who took part?", "Each body on a line of its own, with its full name."),
];

/// The questions after the text.
pub const AFTER: [Question; 3] = [
    question("lesson", "One lesson", "If a reader takes away one thing, what should it be? At most 200 characters."),
    question("authors", "Who wrote this?", "Your name, if it may be shown under the case."),
    question(
        "contact.email",
        "E-mail address to show with the case",
        "Leave it empty if readers should not write to you.",
    ),
];

/// The questions that few cases need. What only editors know, such as the address of a case, is not asked.
pub const MORE: [Question; 4] = [
    question("period.changed", "In which year did it take another form?", "Leave it empty if it never did."),
    question("period.reported", "Until which year do your sources follow it?", "If they say nothing of its end."),
    question("period.note", "What do the years leave out?", "Such as: A shadow board met from 2005."),
    question("contact.name", "Whom may readers ask?", "The name of a person or an office, to show with the case."),
];

/// The columns of a table of sources: the key, and its names in import, of which templates write the first.
pub const SOURCE_HEAD: &[(&str, &[&str])] = &[
    ("title", &["title", "source", "titleofthesource", "titleofsource"]),
    ("url", &["webaddress", "address", "url", "link"]),
    ("publisher", &["publisher", "publishedby", "whopublishedit"]),
    ("date", &["date", "year"]),
    ("kind", &["kind", "kindofsource"]),
];

/// The columns of a table of described terms.
pub const TERM_HEAD: &[(&str, &[&str])] = &[
    ("term", &["barrier", "whatgotintheway", "term"]),
    ("response", &["whattheydidaboutit", "response"]),
    ("what", &["whathappened", "what"]),
];

/// The headings of the columns in templates, in order.
pub const SOURCE_COLUMNS: [&str; 5] = ["Title of the source", "Web address", "Publisher", "Date", "Kind"];

/// As [`SOURCE_COLUMNS`].
pub const TERM_COLUMNS: [&str; 3] = ["Barrier", "What happened", "What they did about it"];

/// The kinds of source, with their names for people.
pub const KINDS: [(&str, &str); 6] = [
    ("evaluation", "Evaluation: somebody outside measured what it did"),
    ("official", "Official record: a decision, minutes, accounts or statistics"),
    ("journalism", "Journalism: a newspaper, magazine or broadcaster"),
    ("party", "A partner’s own account: written or spoken by someone who took part"),
    ("reference", "Reference: good for dates and names only"),
    ("other", "Something else: say in the text who wrote it"),
];

/// The key of a question with this label.
pub fn key_of_label(label: &str) -> Option<&'static str> {
    let plain = plain(label);
    PARTNERSHIP.iter().chain(&AFTER).find(|question| self::plain(question.label) == plain).map(|question| question.key)
}

/// The kind of source with this id, or with a name that begins like this.
pub fn kind_of_source(words: &str) -> Option<&'static str> {
    let words = words.trim().to_lowercase().replace('\'', "’");
    let name = |label: &str| label.split(':').next().unwrap_or(label).to_lowercase();
    KINDS.iter().find(|(id, label)| words == *id || words.starts_with(&name(label))).map(|(id, _)| *id)
}

/// A name without letter case, spaces and marks.
pub fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The prompt of a list of terms without a choice.
pub const CHOOSE: &str = "Choose one";

/// A question to the sender of a case.
#[derive(Clone, Copy, Debug)]
pub struct SenderQuestion {
    /// The name of the answer.
    pub key: &'static str,
    /// The kind of field: `line`, `email` or `tick`.
    pub kind: &'static str,
    /// The text of the question.
    pub label: &'static str,
    /// A hint for the answer.
    pub hint: &'static str,
    /// What is said if the answer is missing; none if it is optional.
    pub gap: Option<&'static str>,
}

const fn to_sender(key: &'static str, kind: &'static str, label: &'static str, hint: &'static str) -> SenderQuestion {
    SenderQuestion { key, kind, label, hint, gap: None }
}

/// The questions to the sender, in order.
pub const SENDER: [SenderQuestion; 6] = [
    to_sender("name", "line", "Your name", ""),
    to_sender("organisation", "line", "Your organisation", ""),
    SenderQuestion {
        gap: Some("Your e-mail address: without it nobody can answer you."),
        ..to_sender("email", "email", "Your e-mail address", "The editors answer to it.")
    },
    to_sender("part", "line", "Your part in it", "Such as: I chaired the board."),
    to_sender("under the case", "tick", "My name may be shown under the case as its author", ""),
    SenderQuestion {
        gap: Some("The licence is not agreed to yet."),
        ..to_sender("licence", "tick", "The case may be published under the library’s licence", "")
    },
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{
        document::SourceKind,
        keys::{self, CASE, SOURCE, TERM_USE, ValueKind},
    };

    #[test]
    fn every_question_is_about_a_key_and_says_its_limit() {
        for Question { key, hint, .. } in PARTNERSHIP.iter().chain(&AFTER).chain(&MORE) {
            let path: Vec<&str> = key.split('.').collect();
            let found = keys::at(CASE, &path).unwrap_or_else(|| panic!("there is no key {key}"));
            if let ValueKind::TextUpTo(most) = found.kind {
                assert!(hint.ends_with(&format!("At most {most} characters.")), "{key}: {hint}");
            }
        }
    }

    #[test]
    fn the_columns_and_kinds_are_those_of_the_keys() {
        assert!(SOURCE_HEAD.iter().all(|(key, _)| keys::named(SOURCE, key).is_some()));
        assert!(TERM_HEAD.iter().all(|(key, _)| keys::named(TERM_USE, key).is_some()));
        assert_eq!(KINDS.map(|(id, _)| id), SourceKind::ALL.map(|(id, _)| id));
    }
}
