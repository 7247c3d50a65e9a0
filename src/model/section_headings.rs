//! The headings of a case, each with what belongs under it.
//!
//! `new` writes them, templates and the form ask for them, and the import finds them again. The sample library's
//! guidance for editors says the same.

/// A heading of a case.
#[derive(Clone, Copy, Debug)]
pub struct SectionHeading {
    /// Its words.
    pub title: &'static str,
    /// What belongs under it.
    pub guidance: &'static str,
}

/// The headings, in order.
pub const SECTION_HEADINGS: [SectionHeading; 6] = [
    SectionHeading {
        title: "The challenge",
        guidance: "What was wrong or wanted, where, and why one body could not do it alone.",
    },
    SectionHeading { title: "The partnership", guidance: "Who took part, since when, and what held them together." },
    SectionHeading {
        title: "Leading it",
        guidance: "What the leader could control and could not, and what he or she did.",
    },
    SectionHeading {
        title: "What got in the way",
        guidance: "Each barrier, and what they did about it. Give the gist in `barrier` above too.",
    },
    SectionHeading {
        title: "What changed",
        guidance: "Results with their sources. Call a forecast a forecast, and say what is not known.",
    },
    SectionHeading {
        title: "What others can learn",
        guidance: "Lessons from the facts above, marked as interpretation.",
    },
];
