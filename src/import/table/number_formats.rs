//! The styles of a workbook of Excel → the text that a cell with a number shows.
//!
//! Only where the number alone would say something else: 0.25 in a cell that shows 25%, 1200 in one that shows £1,200.
//! The reader of workbooks knows the formats of days and times itself.

use std::collections::HashMap;

use roxmltree::{Document, Node};
use ssfmt::{FormatOptions, NumberFormat, format_code_from_id};

use super::beside_values::elements;
use crate::import::xml::{attribute, is};

/// The formats of numbers by the style of a cell.
#[derive(Debug, Default)]
pub(super) struct NumberFormats {
    by_style: Vec<Option<NumberFormat>>,
}

impl NumberFormats {
    /// Reads the part `xl/styles.xml`.
    pub fn read(styles: &str) -> NumberFormats {
        let Ok(tree) = Document::parse(styles) else { return NumberFormats::default() };
        let custom = elements(tree.root(), "numFmt")
            .filter_map(|format| Some((attribute(format, "numFmtId")?, attribute(format, "formatCode")?)));
        let custom: HashMap<&str, &str> = custom.collect();
        let format = |style: Node<'_, '_>| {
            let id = attribute(style, "numFmtId")?;
            let code = custom.get(id).copied().or_else(|| format_code_from_id(id.parse().ok()?))?;
            NumberFormat::parse(code).ok().filter(|format| code != "General" && !format.is_date_format())
        };
        // The styles of cells are in `cellXfs`; `cellStyleXfs` has those that they are based on.
        let styles = tree.descendants().find(|node| is(node, "cellXfs"));
        let styles = styles.into_iter().flat_map(|styles| styles.children()).filter(|node| is(node, "xf"));
        NumberFormats { by_style: styles.map(format).collect() }
    }

    /// The text that a cell of this style shows; none if it is the number itself.
    pub fn shown(&self, style: usize, number: f64) -> Option<String> {
        let format = self.by_style.get(style)?.as_ref()?;
        let shown = format.try_format(number, &FormatOptions::default()).ok()?;
        let shown = shown.trim();
        (!shown.is_empty() && !is_number(shown, number)).then(|| shown.to_owned())
    }
}

/// Is the text this number, perhaps rounded and with commas? Zeros before it, as in telephone numbers, count as text.
pub(super) fn is_number(text: &str, number: f64) -> bool {
    let digits = text.trim_matches(['-', '+', '(', ')', ' ']).replace(',', "");
    let has_leading_zero = digits.starts_with('0') && digits.as_bytes().get(1).is_some_and(u8::is_ascii_digit);
    let is_close = |shown: f64| {
        let number = number.abs();
        (shown - number).abs() <= 0.5 || (number / 2.0..number * 2.0).contains(&shown)
    };
    !has_leading_zero && digits.parse().is_ok_and(is_close)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a cell with this format shows for a number.
    fn shown(code: &str, number: f64) -> Option<String> {
        let code = code.replace('&', "&amp;").replace('"', "&quot;");
        let styles = format!(
            "<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\"{code}\"/></numFmts>\
             <cellStyleXfs><xf numFmtId=\"0\"/></cellStyleXfs>\
             <cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"164\"/></cellXfs></styleSheet>"
        );
        NumberFormats::read(&styles).shown(1, number)
    }

    #[test]
    fn signs_units_and_leading_zeros_are_shown() {
        for (code, number, expected) in [
            ("0%", 0.25, "25%"),
            ("0.0%", -0.005, "-0.5%"),
            ("\"£\"#,##0", 1_250_000.0, "£1,250,000"),
            ("_-[$£-809]* #,##0.00_-;-[$£-809]* #,##0.00_-", 1200.5, "£1,200.50"),
            ("\"£\"0.0,,\"m\"", 1_250_000.0, "£1.3m"),
            ("0.0,,", 1_250_000.0, "1.3"),
            ("0 \"days\"", 28.0, "28 days"),
            ("00000000000", 1_632_960_123.0, "01632960123"),
        ] {
            assert_eq!(shown(code, number).as_deref(), Some(expected), "{code}");
        }
    }

    #[test]
    fn a_number_that_is_only_grouped_or_rounded_is_kept() {
        let formats = ["General", "0", "0.0", "#,##0", "#,##0;(#,##0)", "0.00E+00", ";;;", "yyyy-mm-dd", "@", "\"", ""];
        for code in formats {
            for number in [0.0, 1999.0, -1234.56, 12_345_678.9] {
                assert_eq!(shown(code, number), None, "{code} {number}");
            }
        }
        assert_eq!(NumberFormats::default().shown(1, 0.25), None);
        assert_eq!(NumberFormats::read("<styleSheet").shown(0, 0.25), None);
    }
}
