//! Periods in the form for machines (ISO 8601).

use crate::model::document::Period;

/// The years of a partnership: `2006/2013`, with two dots for an unknown side.
pub fn interval(period: &Period) -> Option<String> {
    let side = |year: Option<i16>| year.map_or("..".to_owned(), |year| format!("{year:04}"));
    (period.from.is_some() || period.to.is_some()).then(|| format!("{}/{}", side(period.from), side(period.to)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_side_is_two_dots() {
        let interval = |from, to| interval(&Period { from, to, note: Some("about".to_owned()), ..Period::default() });
        assert_eq!(interval(Some(2006), Some(2013)).as_deref(), Some("2006/2013"));
        assert_eq!(interval(Some(2006), None).as_deref(), Some("2006/.."));
        assert_eq!(interval(None, Some(2013)).as_deref(), Some("../2013"));
        assert_eq!(interval(None, None), None);
    }
}
