//! Why something is not published, as part of a message about what leads to it.

/// The reason why a file is not published, or does not appear in lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhyUnpublished {
    /// It is a draft.
    Draft,
    /// Its date is in the future.
    DateAhead,
    /// It has been withdrawn.
    Withdrawn,
    /// Another file has its address.
    AddressTaken,
}

/// The reason as a clause.
pub(super) fn reason(why: WhyUnpublished) -> &'static str {
    match why {
        WhyUnpublished::Draft => "it is a draft",
        WhyUnpublished::DateAhead => "its date is after the day of this build",
        WhyUnpublished::Withdrawn => "it has been withdrawn",
        WhyUnpublished::AddressTaken => "its address is taken by another file",
    }
}
