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

/// Does this character stand between the parts of a date?
fn is_between(c: char) -> bool {
    c.is_whitespace() || "-–—‑/.,“”‘’".contains(c)
}

/// The month of the day that was probably meant, such as "February 2010", and the number of its days.
pub(super) fn length_of_month(text: &str) -> Option<(String, i8)> {
    let [year, month, _] = parts(text)?;
    let length = length(year, month)?;
    Some((format!("{} {year}", MONTHS[usize::from(month) - 1]), length))
}

/// The day that was probably meant, if it exists.
pub(super) fn meant(text: &str) -> Option<Date> {
    let [year, month, day] = parts(text)?;
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// The days that a text of numbers ending with a year means: one with the day first, as in Britain, one with the month
/// first, as in America. `13/04/2020` has only one of them.
pub(super) fn in_both_orders(text: &str) -> Option<[Option<Date>; 2]> {
    let numbers: Vec<&str> = text.split(is_between).filter(|word| !word.is_empty()).collect();
    let [first, second, year] = <[&str; 3]>::try_from(numbers).ok()?;
    let (first, second) = (first.parse().ok()?, second.parse().ok()?);
    let year = year.parse().ok().filter(|year| *year >= 1000)?;
    Some([Date::new(year, second, first).ok(), Date::new(year, first, second).ok()])
}

/// The two days that a text of numbers can mean, such as `03/04/2020`; none if its order is certain, or both are the
/// same.
pub(super) fn both_meanings(text: &str) -> Option<[Date; 2]> {
    match in_both_orders(text)? {
        [Some(in_britain), Some(in_america)] if in_britain != in_america => Some([in_britain, in_america]),
        _ => None,
    }
}

/// The month that was probably meant, in the form `2020-03`.
pub(super) fn month_meant(text: &str) -> Option<String> {
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
    // The time of day follows a `T` between figures: "2010-02-03T10:00". Names of months have that letter too.
    let is_time = |at: usize| {
        let is_digit = |c: char| c.is_ascii_digit();
        text[..at].ends_with(is_digit) && text[at + 1..].starts_with(is_digit)
    };
    let day = text.find('T').filter(|&at| is_time(at)).map_or(text, |at| &text[..at]);
    // The time of day and the day of the week say nothing more.
    let is_else = |word: &&str| word.contains(':') || is_weekday(word);
    let words: Vec<&str> = day.split(is_between).filter(|word| !word.is_empty() && !is_else(word)).collect();
    if let [digits] = words[..]
        && digits.len() == 8
        && digits.bytes().all(|byte| byte.is_ascii_digit())
    {
        return Some([digits[..4].parse().ok()?, digits[4..6].parse().ok()?, digits[6..].parse().ok()?]);
    }
    let [a, b, c] = words.try_into().ok()?;
    let month = |word: &str| month(word).or_else(|| misspelt_month(word));
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

/// The number of a month with one or two typing errors in its name.
fn misspelt_month(word: &str) -> Option<u16> {
    let word = word.to_lowercase();
    let is_near =
        |name: &&str| (5..=12).contains(&word.len()) && strsim::osa_distance(&word, &name.to_lowercase()) <= 2;
    let mut near = MONTHS.iter().enumerate().filter(|(_, name)| is_near(name));
    let (place, _) = near.next()?;
    if near.next().is_some() {
        return None;
    }
    u16::try_from(place + 1).ok()
}

/// Is it the name of a day of the week, or the first three or four letters of it?
fn is_weekday(word: &str) -> bool {
    const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let word = word.to_lowercase();
    DAYS.iter().any(|day| *day == word || (3..=5).contains(&word.len()) && day.starts_with(&word))
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
        for (written, day) in [
            ("3/2/2010", "2010-02-03"),
            ("03.02.2010", "2010-02-03"),
            ("2010-2-3", "2010-02-03"),
            ("2010–02–03", "2010-02-03"),
            ("2010/02/03", "2010-02-03"),
            ("3 February 2010", "2010-02-03"),
            ("3rd Feb 2010", "2010-02-03"),
            ("“2010-02-03”", "2010-02-03"),
            ("February 3, 2010", "2010-02-03"),
            ("2010-02-03T10:00:00", "2010-02-03"),
            ("11/22/2010", "2010-11-22"),
            ("3 AUGUST 2010", "2010-08-03"),
            ("2010-08-03 10:00", "2010-08-03"),
            ("Tue 3 August 2010", "2010-08-03"),
            ("Thurs. 3 Novemeber 2010", "2010-11-03"),
            ("20100803", "2010-08-03"),
            ("3 OCT 2010", "2010-10-03"),
        ] {
            assert_eq!(meant(written).map(|day| day.to_string()).as_deref(), Some(day), "{written}");
        }
    }

    #[test]
    fn some_texts_of_numbers_mean_one_of_two_days() {
        let found = |text: &str| both_meanings(text).map(|days| days.map(|day| day.to_string()));
        for written in ["03/04/2020", "3.4.2020", "03-04-2020"] {
            assert_eq!(found(written), Some(["2020-04-03".to_owned(), "2020-03-04".to_owned()]), "{written}");
        }
        for written in ["13/04/2020", "04/13/2020", "04/04/2020", "2020/03/04", "3 April 2020", "0/4/2020", "3/4/20"] {
            assert_eq!(found(written), None, "{written}");
        }
    }

    #[test]
    fn a_day_that_does_not_exist_has_the_length_of_its_month() {
        for (written, month) in [
            ("31/02/2010", Some(("February 2010", 28))),
            ("2012-02-30", Some(("February 2012", 29))),
            ("02/31/2010", Some(("February 2010", 28))),
            ("2010-02-00", Some(("February 2010", 28))),
        ] {
            assert_eq!(meant(written), None, "{written}");
            let found = length_of_month(written);
            assert_eq!(found.as_ref().map(|(month, days)| (month.as_str(), *days)), month, "{written}");
        }
    }

    #[test]
    fn a_text_that_is_no_day_of_a_month_has_no_month() {
        for written in ["last week", "2010", "1/2/10", "99999-1-1"] {
            assert_eq!(length_of_month(written), None, "{written}");
        }
    }
}
