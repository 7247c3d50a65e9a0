//! Fills numbers, days, years and lists into texts of the interface.

use std::{borrow::Cow, collections::BTreeMap};

use jiff::civil::Date;

use crate::{
    model::{
        document::{PartialDate, Period, SourceKind},
        vocabulary::Term,
    },
    site::theme::words::{Plural, Words},
};

impl Words {
    /// A number, with a mark between thousands.
    pub fn number(&self, number: usize) -> String {
        let digits = number.to_string();
        let mut text = String::with_capacity(digits.len() + 4);
        for (n, digit) in digits.chars().enumerate() {
            if n > 0 && (digits.len() - n).is_multiple_of(3) {
                text.push_str(&self.thousands);
            }
            text.push(digit);
        }
        text
    }

    /// A number with its word: `6 cases`.
    pub fn count(&self, word: &Plural, number: usize) -> String {
        filled(word.of(number), &[("count", &self.number(number))])
    }

    /// The word for a number, without the number: `cases`.
    pub fn unit(&self, word: &Plural, number: usize) -> String {
        filled(word.of(number), &[("count", "")]).trim().to_owned()
    }

    /// A day in words: `22 November 2026`.
    pub fn date(&self, date: Date) -> String {
        let (day, year) = (date.day().to_string(), date.year().to_string());
        filled(&self.day, &[("day", &day), ("month", self.month_name(date.month())), ("year", &year)])
    }

    /// A date in words, as exactly as it is known.
    pub fn partial_date(&self, date: PartialDate) -> String {
        match date {
            PartialDate::Year(year) => year.to_string(),
            PartialDate::Month(year, month) => {
                filled(&self.month, &[("month", self.month_name(month)), ("year", &year.to_string())])
            }
            PartialDate::Day(day) => self.date(day),
        }
    }

    /// Years in the form for the margin: `2006–2013`, `1996–`, `until 2013`.
    pub fn years_short(&self, from: Option<i16>, to: Option<i16>) -> Option<String> {
        let text = |year: Option<i16>| year.map_or(String::new(), |year| year.to_string());
        match (from, to) {
            (None, None) => None,
            (Some(from), Some(to)) if from == to => Some(from.to_string()),
            (None, to) => Some(filled(&self.years_to, &[("to", &text(to))])),
            _ => Some(filled(&self.years_short, &[("from", &text(from)), ("to", &text(to))])),
        }
    }

    /// Years in words: `2006 to 2013`, `from 1996`.
    pub fn years_long(&self, period: &Period) -> Option<String> {
        let between =
            |word: &str, from: i16, to: i16| filled(word, &[("from", &from.to_string()), ("to", &to.to_string())]);
        match (period.from, period.to) {
            (None, None) => None,
            (Some(from), Some(to)) if from == to => Some(from.to_string()),
            (Some(from), Some(to)) => Some(between(&self.years_between, from, to)),
            (Some(from), None) => Some(between(&self.years_from, from, from)),
            (None, Some(to)) => Some(between(&self.years_to, to, to)),
        }
    }

    /// Items in a sentence: `a, b and c`.
    pub fn list(&self, items: &[String]) -> String {
        match items.split_last() {
            Some((last, rest)) if !rest.is_empty() => format!("{}{}{last}", rest.join(&self.comma), self.and),
            _ => items.concat(),
        }
    }

    /// The number of sources of each kind, the commonest first, and last of those whose kind is not stated. If none is
    /// stated, only the number of sources.
    pub fn sources_by_kind(&self, kinds: impl Iterator<Item = Option<SourceKind>>) -> String {
        let mut counts: BTreeMap<SourceKind, usize> = BTreeMap::new();
        let (mut total, mut without_kind) = (0, 0);
        for kind in kinds {
            total += 1;
            match kind {
                Some(kind) => *counts.entry(kind).or_default() += 1,
                None => without_kind += 1,
            }
        }
        if without_kind == total {
            return self.count(&self.sources_without_kinds, total);
        }
        let mut counts: Vec<_> = counts.into_iter().collect();
        counts.sort_by_key(|&(kind, count)| (std::cmp::Reverse(count), kind));
        let mut phrases: Vec<String> = counts
            .iter()
            .filter_map(|&(kind, count)| {
                let kind = self.source_kinds.get(kind.as_str())?;
                let word = if count == 1 { &kind.one } else { &kind.other };
                Some(filled(word, &[("count", &self.number(count))]))
            })
            .collect();
        phrases.extend((without_kind > 0).then(|| self.count(&self.sources_kind_not_stated, without_kind)));
        filled(self.sources_by_kind.of(total), &[("count", &self.number(total)), ("kinds", &self.list(&phrases))])
    }

    /// Any number: a whole one with marks between thousands, another as it was written.
    pub fn any_number(&self, number: &serde_json::Number) -> String {
        let whole = number.as_u64().and_then(|number| usize::try_from(number).ok());
        whole.map_or_else(|| number.to_string(), |number| self.number(number))
    }

    /// A text of the interface that a body needs: the heading of its notes, or the label of an alert.
    pub fn label(&self, name: &str) -> &str {
        match name {
            "notes" => &self.notes,
            alert => self.alerts.get(alert).map_or("", String::as_str),
        }
    }

    fn month_name(&self, month: i8) -> &str {
        &self.months[(month.clamp(1, 12) - 1) as usize]
    }
}

impl Plural {
    /// The plural form for a number.
    pub fn of(&self, number: usize) -> &str {
        if number == 1 { &self.one } else { &self.other }
    }
}

/// A text with its `{…}` filled in, in one pass, so that inserted text is never searched for placeholders.
pub fn filled(word: &str, values: &[(&str, &str)]) -> String {
    let mut text = String::with_capacity(word.len() + 32);
    let mut rest = word;
    while let Some(open) = rest.find('{') {
        text.push_str(&rest[..open]);
        rest = &rest[open..];
        let named = |&&(name, _): &&(&str, &str)| rest[1..].strip_prefix(name).is_some_and(|end| end.starts_with('}'));
        match values.iter().find(named) {
            Some((name, value)) => {
                text.push_str(value);
                rest = &rest[name.len() + 2..];
            }
            None => {
                text.push('{');
                rest = &rest[1..];
            }
        }
    }
    text.push_str(rest);
    text
}

/// A label within a sentence: `Sector` becomes `sector`, `NHS body` stays.
pub fn in_sentence(label: &str) -> Cow<'_, str> {
    let mut letters = label.chars();
    match (letters.next(), letters.next()) {
        (Some(first), Some(second)) if first.is_uppercase() && second.is_lowercase() => {
            Cow::Owned(first.to_lowercase().chain(label.chars().skip(1)).collect())
        }
        _ => Cow::Borrowed(label),
    }
}

/// A term within a sentence: its plain words, or its label.
pub fn plain_words(term: &Term) -> Cow<'_, str> {
    term.file.plain.as_deref().map_or_else(|| in_sentence(&term.label), Cow::Borrowed)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::{
        model::Config,
        site::theme::{self, ThemeSource},
    };

    fn english() -> Words {
        theme::load(ThemeSource::new(&Config::default(), BTreeMap::new(), "")).value.words
    }

    #[test]
    fn numbers_have_a_comma_between_thousands() {
        let words = english();
        let said = [0, 12, 999, 1_000, 65_432, 1_234_567].map(|number| words.number(number));
        assert_eq!(said, ["0", "12", "999", "1,000", "65,432", "1,234,567"]);
        assert_eq!(words.count(&words.cases, 1), "1 case");
        assert_eq!(words.count(&words.cases, 1_000), "1,000 cases");
        assert_eq!(words.unit(&words.cases, 2), "cases");
    }

    #[test]
    fn dates_and_years_are_as_exact_as_they_are_known() {
        let words = english();
        assert_eq!(words.date(date(2026, 11, 22)), "22\u{a0}November\u{a0}2026");
        assert_eq!(words.partial_date(PartialDate::Month(2013, 3)), "March\u{a0}2013");
        let years = [(Some(2006), Some(2013)), (Some(1996), None), (None, Some(2009)), (Some(2008), Some(2008))];
        let short = years.map(|(from, to)| words.years_short(from, to));
        assert_eq!(short.map(Option::unwrap_or_default), ["2006–2013", "1996–", "until 2009", "2008"]);
        let long = years.map(|(from, to)| words.years_long(&Period { from, to, ..Period::default() }));
        assert_eq!(long.map(Option::unwrap_or_default), ["2006 to 2013", "from 1996", "until 2009", "2008"]);
        assert_eq!(words.years_short(None, None), None);
    }

    #[test]
    fn sources_are_summed_up_by_kind_the_commonest_first() {
        let words = english();
        let kinds = [Some(SourceKind::Evaluation), None, Some(SourceKind::Party), Some(SourceKind::Party)];
        let expected = "4 sources: 2 by people with a stake, 1 evaluation and 1 of no stated kind.";
        assert_eq!(words.sources_by_kind(kinds.into_iter()), expected);
        assert_eq!(words.sources_by_kind([Some(SourceKind::Other)].into_iter()), "1 source: 1 of another kind.");
        assert_eq!(words.sources_by_kind([None, None].into_iter()), "2 sources.");
    }

    #[test]
    fn inserted_text_is_not_searched_for_placeholders() {
        assert_eq!(filled("{a} {b} {c} {", &[("a", "{b}"), ("b", "x")]), "{b} x {c} {");
    }

    #[test]
    fn a_label_keeps_its_capitals_if_they_are_not_only_the_first_letter() {
        assert_eq!(["Sector", "NHS body", "É", "sector"].map(in_sentence), ["sector", "NHS body", "É", "sector"]);
    }
}
