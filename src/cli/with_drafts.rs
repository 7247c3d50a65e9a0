//! The library of commands that publish nothing, such as `new` and `template`.

use jiff::civil::Date;

use crate::model::{Documents, Edition, Library, assemble};

/// The library with its drafts, and with the cases whose day has not come.
pub(super) fn library_with_drafts(documents: &Documents, today: Date) -> Library {
    assemble(documents, &Edition { day: today, with_drafts: true, base: None }).value
}
