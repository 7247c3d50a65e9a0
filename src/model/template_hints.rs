//! The hints of the blank case for Word, and which words of a paragraph are not the hint's.
//!
//! People type after a hint or over it, so import compares words: the style of a hint says nothing about who wrote it.

use super::{
    Library,
    questions::{AFTER, PARTNERSHIP},
    section_headings::SECTION_HEADINGS,
    vocabulary::Vocabulary,
};

/// A hint.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TemplateHint {
    /// Its first sentence.
    start: String,
    /// The sentences after it. Some may be missing: the vocabulary may have got more terms since the template was made.
    rest: Vec<String>,
}

impl TemplateHint {
    /// The hint above everything.
    pub fn of_library(library: &Library) -> TemplateHint {
        let rest = "Write beside the questions and below the headings; leave empty what you do not know. Grey text like this is left out.";
        TemplateHint { start: format!("A case for {}.", library.config.title), rest: vec![rest.to_owned()] }
    }

    /// The question that a vocabulary answers, and its terms.
    pub fn of_vocabulary(vocabulary: &Vocabulary) -> TemplateHint {
        let start = vocabulary.file.question.clone().unwrap_or_else(|| vocabulary.file.label.clone());
        let terms = vocabulary.terms.iter().map(|term| match &term.file.definition {
            Some(definition) => format!("{}: {definition}", term.label),
            None => term.label.clone(),
        });
        TemplateHint { start, rest: terms.collect() }
    }

    /// The hint above the table of sources.
    pub fn of_sources() -> TemplateHint {
        TemplateHint::new("Your sources. In the text, write the number of a source in square brackets: [2].")
    }

    /// A hint of one sentence or a few that never change.
    pub fn new(words: &str) -> TemplateHint {
        TemplateHint { start: words.to_owned(), rest: Vec::new() }
    }

    /// Every hint of the template.
    pub fn all(library: &Library) -> Vec<TemplateHint> {
        let questions = PARTNERSHIP.iter().chain(&AFTER).map(|question| TemplateHint::new(question.hint));
        let headings = SECTION_HEADINGS.iter().map(|heading| TemplateHint::new(heading.guidance));
        let vocabularies = library.vocabularies.iter().map(TemplateHint::of_vocabulary);
        let others = [TemplateHint::of_library(library), TemplateHint::of_sources()];
        others.into_iter().chain(questions).chain(headings).chain(vocabularies).collect()
    }

    /// The words after the hint in a text that begins with it.
    pub fn words_after<'t>(&self, text: &'t str) -> Option<&'t str> {
        let after_start = after(text, &self.start)?;
        let words = self.rest.iter().fold(after_start, |text, sentence| after(text, sentence).unwrap_or(text));
        // A label alone may be the first word of what somebody wrote.
        let is_hint = self.rest.is_empty() || words.len() < after_start.len();
        is_hint.then(|| words.trim_start())
    }
}

impl std::fmt::Display for TemplateHint {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.start)?;
        self.rest.iter().try_for_each(|sentence| write!(f, " {sentence}"))
    }
}

/// A text after words with which it begins, whatever space is between them.
fn after<'t>(text: &'t str, words: &str) -> Option<&'t str> {
    let rest = words.split_whitespace().try_fold(text, |text, word| text.trim_start().strip_prefix(word))?;
    let ends_in_word = words.ends_with(char::is_alphanumeric) && rest.starts_with(char::is_alphanumeric);
    (!ends_in_word).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_after_a_hint_are_found() {
        let plain = TemplateHint::new("What was wrong.");
        let of_terms = TemplateHint { start: "Sector".into(), rest: vec!["Health".into(), "Law: courts.".into()] };
        for (hint, text, words) in [
            (&plain, "What was  wrong.", Some("")),
            (&plain, "What was wrong. All.", Some("All.")),
            (&plain, "What was wrong.All.", Some("All.")),
            (&plain, "All.", None),
            (&of_terms, "Sector Health Law: courts. Health and law.", Some("Health and law.")),
            (&of_terms, "Sector Law: courts.", Some("")),
            (&of_terms, "Sector reform was hard.", None),
            (&of_terms, "Sectors Health", None),
        ] {
            assert_eq!(hint.words_after(text), words, "{text}");
        }
    }
}
