//! The zip of a Word document: its parts by name, within limits.

use serde_yaml::{Mapping, Value};

use crate::import::zip_parts::ZipParts;

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
    parts: ZipParts<'a>,
    /// The part that holds the text.
    pub text_path: String,
}

/// Where the text is, if the document does not say.
const USUAL_TEXT: &str = "word/document.xml";

impl<'a> Package<'a> {
    /// Opens a document.
    pub fn open(bytes: &'a [u8]) -> Result<Package<'a>, DocumentError> {
        const OLE: &[u8] = &[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
        if bytes.starts_with(OLE) {
            let message = "it is protected by a password, or of a Word before 2007";
            let help = "open it in Word, remove the password, and save it as .docx";
            return Err(DocumentError { message: message.to_owned(), help });
        }
        let wrong = |why: String| DocumentError {
            message: format!("it is not a Word document: {why}"),
            help: "open it in Word and save it again as .docx",
        };
        let mut parts = ZipParts::open(bytes)
            .ok_or_else(|| wrong("its end is missing, or it is another kind of file".to_owned()))?;
        if parts.count() > MAX_PARTS {
            return Err(wrong(format!("it has {} parts", parts.count())));
        }
        let text_path = parts.main_part().unwrap_or_else(|| USUAL_TEXT.to_owned());
        if !parts.has(&text_path) {
            return Err(wrong("it has no text".to_owned()));
        }
        Ok(Package { parts, text_path })
    }

    /// The path of a part that is named from the folder of the text: its styles, its pictures.
    pub fn sibling_path(&self, name: &str) -> String {
        if let Some(from_top) = name.strip_prefix('/') {
            return from_top.to_owned();
        }
        self.text_path.rsplit_once('/').map_or_else(|| name.to_owned(), |(folder, _)| format!("{folder}/{name}"))
    }

    /// The text of a part; none if there is no such part.
    pub fn xml(&mut self, name: &str) -> Result<Option<String>, DocumentError> {
        self.parts.text(name).map_err(|why| DocumentError {
            message: format!("its part {name} cannot be read: {why}"),
            help: "open it in Word and save it again",
        })
    }

    /// The size of a part, if it exists.
    pub fn size(&mut self, name: &str) -> Option<u64> {
        self.parts.size(name)
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
        let has = |start: &str| self.parts.names().any(|name| name.starts_with(start));
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
    ZipParts::open(document)?.bytes(path, LARGEST_PICTURE)
}
