//! The headings of a case, each with what belongs under it.
//!
//! `new` writes them, templates and the form ask for them, and the import finds them again. The sample library's guidance for
//! editors says the same.

/// A heading, and what belongs under it.
pub const FRAME: [(&str, &str); 6] = [
    ("The challenge", "What was wrong or wanted, where, and why one body could not do it alone."),
    ("The partnership", "Who took part, since when, and what held them together."),
    ("Leading it", "What the leader could control and could not, and what he or she did."),
    ("What got in the way", "Each barrier, and what they did about it. Give the gist in `barrier` above too."),
    ("What changed", "Results with their sources. Call a forecast a forecast, and say what is not known."),
    ("What others can learn", "Lessons from the facts above, marked as interpretation."),
];
