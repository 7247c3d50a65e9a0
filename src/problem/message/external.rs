//! Messages about external addresses.

use crate::problem::{Code, Problem, Spot};

/// A dead address. `why` follows it in the message: "answers with status 404 (Not Found)". `archived` is the copy that
/// a source names.
pub fn dead(spots: &[Spot], address: &str, why: &str, archived: Option<&str>) -> Problem {
    let help = match archived {
        Some(copy) => format!("write the new address; if there is none, make the archived copy the `url`: {copy}"),
        None => "put the new address in its place, or delete the link; for a source, name a kept copy of it with \
                 `archived`"
            .to_owned(),
    };
    with_others(spots, format!("{address} {why}")).help(help)
}

/// An address whose server has a fault, or gives no answer. `why` follows it in the message: "answers with status 503".
/// `archived` is the copy that a source names.
pub fn failing(spots: &[Spot], address: &str, why: &str, archived: Option<&str>) -> Problem {
    let otherwise = match archived {
        Some(copy) => format!("make the archived copy the `url`: {copy}"),
        None => "put the new address in its place, or delete the link".to_owned(),
    };
    with_others(spots, format!("{address} {why}"))
        .help(format!("this may pass: open it yourself, or run the check again later; if it stays so, {otherwise}"))
}

/// An address that refuses programs. `why` follows it in the message: "answers with status 403 (Forbidden)".
pub fn uncertain(spots: &[Spot], address: &str, why: &str) -> Problem {
    with_others(spots, format!("{address} {why}"))
}

/// An address that was not asked. `why` follows it in the message: "was not asked, because …".
pub fn not_asked(spots: &[Spot], address: &str, why: &str) -> Problem {
    with_others(spots, format!("{address} {why}")).help("open it yourself, or run the check again later")
}

/// An address that has moved permanently.
pub fn moved(spots: &[Spot], address: &str, to: &str) -> Problem {
    with_others(spots, format!("{address} has moved for good")).help(format!("write {to} in its place"))
}

/// A problem at the first place, which names the others.
fn with_others(spots: &[Spot], message: String) -> Problem {
    let (first, others) = spots.split_first().expect("an external address has a place");
    others
        .iter()
        .fold(Problem::new(Code::DeadLink, first, message), |problem, other| problem.related(other, "it is here too"))
}
