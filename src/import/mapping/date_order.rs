//! Whether the dates of a column have their day or their month first.
//!
//! 03/04/2019 alone may be either. 02/13/2019 in the same column shows that the month comes first, if nothing there
//! shows that the day does. Without such a date the day comes first, and the report names what was read.

use std::{borrow::Cow, collections::HashMap};

use jiff::civil::Date;
use serde_yaml::Value;

use super::{FieldDestination, Mapping};
use crate::{
    import::{ImportItem, Loss},
    problem::FilePath,
    read::days_in_both_orders,
};

/// The keys whose values are dates.
const DATES: [&str; 4] = ["date", "updated", "reviewed", "review_by"];

/// The order of day and month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum DateOrder {
    DayFirst,
    MonthFirst,
    Either,
}

/// The order of the dates in each column of a table, by its file and name.
pub struct DateOrders<'a>(HashMap<(Option<&'a FilePath>, &'a str), DateOrder>);

impl<'a> DateOrders<'a> {
    /// The orders that the dates of these items show.
    pub fn of(items: &'a [ImportItem]) -> DateOrders<'a> {
        let mut orders = HashMap::new();
        for item in items {
            for (name, value) in &item.fields {
                let shown = value.as_str().and_then(order).filter(|order| *order != DateOrder::Either);
                let (Some(name), Some(shown)) = (name.as_str(), shown) else { continue };
                let of_column = orders.entry((item.file.as_ref(), name)).or_insert(shown);
                if *of_column != shown {
                    *of_column = DateOrder::Either;
                }
            }
        }
        DateOrders(orders)
    }

    /// An item with dates that say what they mean. One that may mean two days stays, and is reported.
    pub fn with_clear_dates<'i>(&self, item: &'i ImportItem, mapping: &Mapping) -> Cow<'i, ImportItem> {
        let mut clear = Cow::Borrowed(item);
        for (key, value) in &item.fields {
            let (Some(name), Some(written)) = (key.as_str(), value.as_str()) else { continue };
            if !is_date(mapping.of(name)) || order(written) != Some(DateOrder::Either) {
                continue;
            }
            let Some([Some(in_britain), Some(in_america)]) = meanings(written) else { continue };
            match self.0.get(&(item.file.as_ref(), name)) {
                Some(DateOrder::DayFirst) => {}
                Some(DateOrder::MonthFirst) => {
                    drop(clear.to_mut().fields.insert(key.clone(), Value::from(in_america.to_string())));
                }
                Some(DateOrder::Either) | None => {
                    let what = format!("{name}: {written} was read as {}", in_britain.strftime("%-d %B %Y"));
                    clear.to_mut().losses.push(Loss::unclear_date(&what));
                }
            }
        }
        clear
    }
}

fn is_date(destinations: &[FieldDestination]) -> bool {
    destinations
        .iter()
        .any(|destination| matches!(destination, FieldDestination::Key(key) if DATES.contains(&key.as_str())))
}

/// The order of day and month that a date in numbers can have. None if both mean the same day, or for another text.
fn order(text: &str) -> Option<DateOrder> {
    match meanings(text)? {
        [Some(_), None] => Some(DateOrder::DayFirst),
        [None, Some(_)] => Some(DateOrder::MonthFirst),
        [Some(in_britain), Some(in_america)] if in_britain != in_america => Some(DateOrder::Either),
        _ => None,
    }
}

/// The days that a date in numbers means, with its day first and with its month first. A time may follow.
fn meanings(text: &str) -> Option<[Option<Date>; 2]> {
    text.split_whitespace().next().and_then(days_in_both_orders)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_in_numbers_shows_its_order() {
        for (text, shown) in [
            ("02/13/2019", Some(DateOrder::MonthFirst)),
            ("13.02.2019 10:30", Some(DateOrder::DayFirst)),
            ("3-4-2019", Some(DateOrder::Either)),
            ("04/04/2019", None),
            ("13/13/2019", None),
            ("2019-04-03", None),
            ("4 March 2019", None),
            ("", None),
        ] {
            assert_eq!(order(text), shown, "{text}");
        }
    }
}
