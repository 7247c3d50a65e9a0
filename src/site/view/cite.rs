//! How to cite a case: a line to copy, and files for reference managers as `data:` links, so that a case needs no other
//! files and no scripts.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;

use crate::{
    export::{
        bibtex, csl_json,
        data_file::DataFile,
        plain::{STYLE, plain},
        reference::reference,
        ris,
    },
    model::{Library, library::Case},
    site::theme::{Words, filled},
};

/// Everything that a path must encode (RFC 3986, `pchar`), and the apostrophe, which would be longer as an entity.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b'!')
    .remove(b'$')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b'+')
    .remove(b',')
    .remove(b';')
    .remove(b'=')
    .remove(b':')
    .remove(b'@')
    .remove(b'/');

/// How to cite a case.
#[derive(Debug, Serialize)]
pub struct Cite {
    /// The name of the citation style.
    pub style: String,
    /// The citation, as text.
    pub text: String,
    /// The citation as files for reference managers.
    pub downloads: Vec<Download>,
}

/// A download, with its data in the link.
#[derive(Debug, Serialize)]
pub struct Download {
    /// The name of the format.
    pub text: &'static str,
    /// The data, as a `data:` address.
    pub href: String,
    /// The file name that the browser suggests.
    pub file: String,
}

/// Makes the view of how to cite a case.
pub fn cite(words: &Words, library: &Library, case: &Case) -> Cite {
    let reference = reference(library, case);
    let download = |text, format: DataFile, ending: &str, content: &str| Download {
        text,
        href: format!("data:{};charset=utf-8,{}", format.media_type(), utf8_percent_encode(content, ENCODED)),
        file: format!("{}.{ending}", reference.key),
    };
    let items = serde_json::Value::from(vec![csl_json::item(&reference)]).to_string();
    Cite {
        style: filled(&words.cite_style, &[("style", STYLE)]),
        text: plain(&reference, &words.case_study, &words.months),
        downloads: vec![
            download("BibTeX", DataFile::Bibtex, "bib", &bibtex::entry(&reference)),
            download("RIS", DataFile::Ris, "ris", &ris::record(&reference)),
            download("CSL-JSON", DataFile::CslJson, "json", &items),
        ],
    }
}
