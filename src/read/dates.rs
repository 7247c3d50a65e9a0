//! Guesses the day that was meant by a text that is not a date.
//!
//! Takes the text in place of a date; gives the day in the only form that is read, as a suggestion for the message.
//! Days come before months, as in Britain. [`super::fields`] decides what is a date.

use jiff::civil::Date;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The help for a text that should be a day.
pub(super) fn way_to_day(text: &str) -> String {
    match parts(text).and_then(|[year, month, _]| Some((year, month, length(year, month)?))) {
        Some((year, month, length)) => format!("{} {year} has {length} days", MONTHS[usize::from(month) - 1]),
        None => "write a day as year, month, day: 2026-11-22".to_owned(),
    }
}

/// The day that was probably meant, if it exists.
pub(super) fn meant(text: &str) -> Option<Date> {
    let [year, month, day] = parts(text)?;
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// The month that was probably meant, in the form `2020-03`.
pub(super) fn month_meant(text: &str) -> Option<String> {
    let is_between = |c: char| c.is_whitespace() || "-–—‑/.,“”‘’".contains(c);
    let words: Vec<&str> = text.split(is_between).filter(|word| !word.is_empty()).collect();
    let [a, b] = words.try_into().ok()?;
    let number = |word: &str| word.parse::<u16>().ok();
    let (year, month) = match (number(a), month(a), number(b), month(b)) {
        (Some(year @ 1000..=9999), _, Some(month), _) | (Some(month), _, Some(year @ 1000..=9999), _) => (year, month),
        (Some(year @ 1000..=9999), _, None, Some(month)) | (None, Some(month), Some(year @ 1000..=9999), _) => {
            (year, month)
        }
        _ => return None,
    };
    (1..=12).contains(&month).then(|| format!("{year}-{month:02}"))
}

/// Year, month and day. The day may not exist.
fn parts(text: &str) -> Option<[u16; 3]> {
    let day = text.split_once('T').map_or(text, |(day, _)| day);
    let is_between = |c: char| c.is_whitespace() || "-–—‑/.,“”‘’".contains(c);
    let words: Vec<&str> = day.split(is_between).filter(|word| !word.is_empty()).collect();
    let [a, b, c] = words.try_into().ok()?;
    let number = |word: &str| word.trim_end_matches(|c: char| c.is_ascii_lowercase()).parse::<u16>().ok();
    match (number(a), month(a), number(b), month(b), number(c)) {
        (Some(year @ 1000..), _, Some(month), _, Some(day)) => Some([year, month, day]),
        // No month has this number, so the month comes first, as in America.
        (Some(month), _, Some(day @ 13..=31), _, Some(year @ 1000..)) if month < 13 => Some([year, month, day]),
        (Some(day), _, Some(month), _, Some(year @ 1000..)) => Some([year, month, day]),
        (Some(day), _, None, Some(month), Some(year @ 1000..)) => Some([year, month, day]),
        (None, Some(month), Some(day), _, Some(year @ 1000..)) => Some([year, month, day]),
        _ => None,
    }
}

/// The number of a month, by its name or the first three letters of it.
pub(super) fn month(word: &str) -> Option<u16> {
    let word = word.to_lowercase();
    let place = MONTHS.iter().position(|name| word.len() >= 3 && name.to_lowercase().starts_with(&word))?;
    u16::try_from(place + 1).ok()
}

/// The number of days of a month.
fn length(year: u16, month: u16) -> Option<i8> {
    Some(Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, 1).ok()?.days_in_month())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_is_guessed_in_any_order() {
        for (written, month) in [
            ("March 2020", Some("2020-03")),
            ("Sept. 2020", Some("2020-09")),
            ("03/2020", Some("2020-03")),
            ("2020/3", Some("2020-03")),
            ("2020 March", Some("2020-03")),
            ("13/2020", None),
            ("spring 2020", None),
            ("2020", None),
        ] {
            assert_eq!(month_meant(written).as_deref(), month, "{written}");
        }
    }

    #[test]
    fn the_day_is_guessed_as_britons_write_it() {
        for (written, way) in [
            ("3/2/2010", "write 2010-02-03"),
            ("03.02.2010", "write 2010-02-03"),
            ("2010-2-3", "write 2010-02-03"),
            ("2010–02–03", "write 2010-02-03"),
            ("2010/02/03", "write 2010-02-03"),
            ("3 February 2010", "write 2010-02-03"),
            ("3rd Feb 2010", "write 2010-02-03"),
            ("“2010-02-03”", "write 2010-02-03"),
            ("February 3, 2010", "write 2010-02-03"),
            ("2010-02-03T10:00:00", "write 2010-02-03"),
            ("31/02/2010", "February 2010 has 28 days"),
            ("2012-02-30", "February 2012 has 29 days"),
            ("11/22/2010", "write 2010-11-22"),
            ("02/31/2010", "February 2010 has 28 days"),
            ("last week", "write a day as year, month, day: 2026-11-22"),
            ("2010", "write a day as year, month, day: 2026-11-22"),
            ("1/2/10", "write a day as year, month, day: 2026-11-22"),
            ("99999-1-1", "write a day as year, month, day: 2026-11-22"),
        ] {
            let found = meant(written).map_or_else(|| way_to_day(written), |day| format!("write {day}"));
            assert_eq!(found, way, "{written}");
        }
    }
}
