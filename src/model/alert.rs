//! The kinds of alert, `> [!NOTE]`, and the names that other tools have for them.

/// A kind of alert.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AlertKind {
    /// Something that readers should know.
    Note,
    /// Advice.
    Tip,
    /// Something that readers need.
    Important,
    /// Something that may go wrong.
    Warning,
    /// Something that does harm.
    Caution,
}

impl AlertKind {
    /// All kinds.
    pub const ALL: [AlertKind; 5] =
        [AlertKind::Note, AlertKind::Tip, AlertKind::Important, AlertKind::Warning, AlertKind::Caution];

    /// Its name in Markdown: `NOTE`.
    pub fn name(self) -> &'static str {
        match self {
            AlertKind::Note => "NOTE",
            AlertKind::Tip => "TIP",
            AlertKind::Important => "IMPORTANT",
            AlertKind::Warning => "WARNING",
            AlertKind::Caution => "CAUTION",
        }
    }

    /// The name of its class and of its label: `note`.
    pub fn class(self) -> &'static str {
        match self {
            AlertKind::Note => "note",
            AlertKind::Tip => "tip",
            AlertKind::Important => "important",
            AlertKind::Warning => "warning",
            AlertKind::Caution => "caution",
        }
    }

    /// The names of similar kinds in other tools, in lower case.
    fn other_names(self) -> &'static [&'static str] {
        match self {
            AlertKind::Note => {
                &["abstract", "cite", "example", "faq", "help", "info", "question", "quote", "summary", "tldr", "todo"]
            }
            AlertKind::Tip => &["check", "done", "hint", "success"],
            AlertKind::Important => &[],
            AlertKind::Warning => &["attention"],
            AlertKind::Caution => &["bug", "danger", "error", "fail", "failure", "missing"],
        }
    }

    /// The kind of this name, in any letter case.
    pub fn named(name: &str) -> Option<AlertKind> {
        AlertKind::ALL.into_iter().find(|kind| kind.name().eq_ignore_ascii_case(name))
    }

    /// The kind of this name, or the kind that has this name in another tool, in any letter case.
    pub fn meant_by(name: &str) -> Option<AlertKind> {
        let is_other = |kind: &AlertKind| kind.other_names().iter().any(|other| other.eq_ignore_ascii_case(name));
        AlertKind::named(name).or_else(|| AlertKind::ALL.into_iter().find(is_other))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn no_name_means_two_kinds() {
        let names_of = |kind: AlertKind| [&[kind.class()], kind.other_names()].concat();
        let names: Vec<&str> = AlertKind::ALL.into_iter().flat_map(names_of).collect();
        assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len());
        assert_eq!(AlertKind::meant_by("Bug"), Some(AlertKind::Caution));
        assert_eq!((AlertKind::meant_by("note"), AlertKind::named("info")), (Some(AlertKind::Note), None));
    }
}
