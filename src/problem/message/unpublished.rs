//! Why something is not published, as part of a message about what leads to it.

use jiff::civil::Date;

/// The reason why a file is not published, or does not appear in lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhyUnpublished {
    /// It is a draft.
    Draft,
    /// Its date, which is in the future.
    DateAhead(Date),
    /// It has been withdrawn.
    Withdrawn,
    /// Another file has its address.
    AddressTaken,
}

/// The reason, and what to do. `mention` is what leads to the file.
pub(super) fn way_out(why: WhyUnpublished, mention: &str) -> String {
    match why {
        WhyUnpublished::Draft => {
            format!("it is a draft: delete its line `status: draft` when it is ready, or delete {mention}")
        }
        WhyUnpublished::DateAhead(date) => {
            format!("it appears on {date}: delete {mention} until then, or give it an earlier `date`")
        }
        WhyUnpublished::Withdrawn => {
            format!("it has been withdrawn: name the case that took its place, or delete {mention}")
        }
        WhyUnpublished::AddressTaken => {
            "another file has its address: give one of the two another file name, or set `slug`".to_owned()
        }
    }
}
