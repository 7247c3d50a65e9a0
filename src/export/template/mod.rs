//! A blank case for people without an editor: a Word document, a table, Markdown. `casebook import` reads each back.

mod docx;
mod markdown;
mod table;

pub use docx::docx;
pub use markdown::markdown;
pub use table::{table, terms};

use crate::model::{Address, Library};

/// A template that is offered beside the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Template {
    /// A Word document.
    Docx,
    /// Markdown.
    Markdown,
    /// A table, a row for each case.
    Table,
    /// The terms that the table accepts.
    Terms,
}

impl Template {
    /// Every template.
    pub const ALL: [Template; 4] = [Template::Docx, Template::Markdown, Template::Table, Template::Terms];

    /// The text of a link to it.
    pub fn label(self) -> &'static str {
        match self {
            Template::Docx => "A blank case in Word (.docx)",
            Template::Markdown => "A blank case in Markdown (.md)",
            Template::Table => "A table of cases (.csv)",
            Template::Terms => "The terms for that table (.csv)",
        }
    }

    /// The name of its file.
    pub fn file_name(self) -> &'static str {
        match self {
            Template::Docx => "case.docx",
            Template::Markdown => "case.md",
            Template::Table => "cases.csv",
            Template::Terms => "terms.csv",
        }
    }

    /// Its address.
    pub fn address(self) -> Address {
        Address::file(&format!("contribute/{}", self.file_name()))
    }

    /// Its bytes.
    pub fn bytes(self, library: &Library) -> Vec<u8> {
        match self {
            Template::Docx => docx(library),
            Template::Markdown => markdown("", "", None, &[], library).into_bytes(),
            Template::Table => table(library).into_bytes(),
            Template::Terms => terms(library).into_bytes(),
        }
    }
}
