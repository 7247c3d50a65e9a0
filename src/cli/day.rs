//! The day that a command takes for today, in UTC.

use jiff::{Timestamp, civil::Date, tz::TimeZone};

use super::error::CommandError;

/// The given day, that of `SOURCE_DATE_EPOCH`, or today.
pub(super) fn day(given: Option<Date>) -> Result<Date, CommandError> {
    if let Some(day) = given {
        return Ok(day);
    }
    let now = match std::env::var("SOURCE_DATE_EPOCH") {
        Err(_) => Timestamp::now(),
        Ok(seconds) => {
            seconds.trim().parse().ok().and_then(|seconds| Timestamp::from_second(seconds).ok()).ok_or_else(|| {
                let help = "set it to a number of seconds since 1970, or do not set it";
                CommandError::usage(format!("SOURCE_DATE_EPOCH is not a time: \"{seconds}\""), help)
            })?
        }
    };
    Ok(now.to_zoned(TimeZone::UTC).date())
}

/// A day on the command line: `2026-11-22`.
pub(super) fn parse(text: &str) -> Result<Date, String> {
    text.parse().map_err(|_| "write a day as year, month, day: 2026-11-22".to_owned())
}
