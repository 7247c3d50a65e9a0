//! The zip of a Word document: its parts by name, within limits.

use std::io::{Cursor, Read};

use serde_yaml::{Mapping, Value};
use zip::ZipArchive;

use crate::import::xml::attribute;

/// The largest XML part that is read, in bytes.
const LARGEST_PART: u64 = 64 * 1024 * 1024;

/// The largest picture that is imported, in bytes.
pub(super) const LARGEST_PICTURE: u64 = 25 * 1024 * 1024;

/// The most parts of a document. Word writes far fewer.
const MAX_PARTS: usize = 20_000;

/// The reason why a document cannot be read, and the way out.
pub(super) struct DocumentError {
    pub(super) message: String,
    pub(super) help: &'static str,
}

/// An open document.
pub(super) struct Package<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    /// The part that holds the text.
    pub text: String,
}

/// Where the text is, if the document does not say.
const USUAL_TEXT: &str = "word/document.xml";

impl<'a> Package<'a> {
    /// Opens a document.
    pub fn open(bytes: &'a [u8]) -> Result<Package<'a>, DocumentError> {
        const OLE: &[u8] = &[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
        if bytes.starts_with(OLE) {
            let message = "it is protected by a password, or of a Word before 2007";
            let help = "open it in Word, take the password away, and save it as .docx";
            return Err(DocumentError { message: message.to_owned(), help });
        }
        let wrong = |why: String| DocumentError {
            message: format!("it is not a Word document: {why}"),
            help: "open it in Word and save it again as .docx",
        };
        let zip = ZipArchive::new(Cursor::new(bytes))
            .map_err(|_| wrong("its end is missing, or it is another kind of file".to_owned()))?;
        if zip.len() > MAX_PARTS {
            return Err(wrong(format!("it has {} parts", zip.len())));
        }
        let mut package = Package { zip, text: USUAL_TEXT.to_owned() };
        if let Some(named) = package.named_text() {
            package.text = named;
        }
        if package.zip.index_for_name(&package.text).is_none() {
            return Err(wrong("it has no text".to_owned()));
        }
        Ok(package)
    }

    /// The part that the document names as its text.
    fn named_text(&mut self) -> Option<String> {
        let xml = self.xml("_rels/.rels").ok()??;
        let tree = roxmltree::Document::parse(&xml).ok()?;
        let is_text = |node: &roxmltree::Node<'_, '_>| {
            attribute(*node, "Type").is_some_and(|kind| kind.ends_with("/relationships/officeDocument"))
        };
        let target = attribute(tree.descendants().find(is_text)?, "Target")?;
        Some(target.trim_start_matches('/').to_owned())
    }

    /// A part beside the text: its styles, its pictures.
    pub fn beside(&self, name: &str) -> String {
        if let Some(from_top) = name.strip_prefix('/') {
            return from_top.to_owned();
        }
        self.text.rsplit_once('/').map_or_else(|| name.to_owned(), |(folder, _)| format!("{folder}/{name}"))
    }

    /// The text of a part; none if there is no such part.
    pub fn xml(&mut self, name: &str) -> Result<Option<String>, DocumentError> {
        let Some(index) = self.zip.index_for_name(name) else { return Ok(None) };
        let broken = |why: String| DocumentError {
            message: format!("its part {name} cannot be read: {why}"),
            help: "open it in Word and save it again",
        };
        let file = self.zip.by_index(index).map_err(|error| broken(error.to_string()))?;
        let mut bytes = Vec::new();
        // The size in a zip's directory may be wrong, so limit what is read.
        file.take(LARGEST_PART + 1).read_to_end(&mut bytes).map_err(|error| broken(error.to_string()))?;
        if bytes.len() as u64 > LARGEST_PART {
            return Err(broken("it is far too large".to_owned()));
        }
        let text = String::from_utf8(bytes).map(|text| text.trim_start_matches('\u{feff}').to_owned());
        text.map(Some).map_err(|_| broken("it is not UTF-8".to_owned()))
    }

    /// The size of a part, if it exists.
    pub fn size(&mut self, name: &str) -> Option<u64> {
        let index = self.zip.index_for_name(name)?;
        self.zip.by_index_raw(index).ok().map(|file| file.size())
    }

    /// The title, the author and the language in the document's properties.
    pub fn properties(&mut self) -> Mapping {
        let mut fields = Mapping::new();
        let Ok(Some(xml)) = self.xml("docProps/core.xml") else { return fields };
        let Ok(tree) = roxmltree::Document::parse(&xml) else { return fields };
        for (element, field) in [("title", "title"), ("creator", "author"), ("language", "language")] {
            let found = tree.descendants().find(|node| node.tag_name().name() == element).and_then(|node| node.text());
            let text = found.map(str::trim).filter(|text| !text.is_empty());
            fields.extend(text.map(|text| (Value::from(field), Value::from(text))));
        }
        fields
    }

    /// The kinds of parts that are not imported: macros, charts, sound.
    pub fn left_out(&self) -> Vec<&'static str> {
        let has = |start: &str| self.zip.file_names().flatten().any(|name| name.starts_with(start));
        let kinds = [
            ("word/vbaProject", "macros"),
            ("word/charts/", "a chart"),
            ("word/diagrams/", "a diagram"),
            ("word/embeddings/", "an embedded file"),
        ];
        kinds.into_iter().filter(|(start, _)| has(start)).map(|(_, what)| what).collect()
    }
}

/// The bytes of a picture in a document.
pub fn part(document: &[u8], path: &str) -> Option<Vec<u8>> {
    let mut zip = ZipArchive::new(Cursor::new(document)).ok()?;
    let file = zip.by_name(path).ok()?;
    let mut bytes = Vec::new();
    file.take(LARGEST_PICTURE + 1).read_to_end(&mut bytes).ok()?;
    (bytes.len() as u64 <= LARGEST_PICTURE).then_some(bytes)
}
