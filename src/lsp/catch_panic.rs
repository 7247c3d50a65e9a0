//! Work of a thread of the server → its result, or a sentence for the log if it panicked. So a mistake in this program
//! costs one answer and not the session.

use std::panic::{AssertUnwindSafe, catch_unwind};

/// Does the work. `what` names it in the sentence. The values that the work changes must stay consistent if it stops
/// half-way.
pub fn catch_panic<T>(what: &str, work: impl FnOnce() -> T) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|panic| {
        let text = panic.downcast_ref::<&str>().copied().or_else(|| panic.downcast_ref::<String>().map(String::as_str));
        format!("{what} failed; this is a mistake in Casebook ({})", text.unwrap_or("it gave no reason"))
    })
}
