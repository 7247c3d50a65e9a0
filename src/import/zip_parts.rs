//! The parts of a zip, as Word documents and workbooks are, by name and within a limit.

use std::{
    collections::HashMap,
    io::{BufRead, BufReader, Cursor, Read},
};

use zip::ZipArchive;

use super::xml::attribute;

/// The largest part that is read as a whole, in bytes.
const LARGEST_PART: u64 = 64 * 1024 * 1024;

/// An open zip.
pub(super) struct ZipParts<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    /// The parts by their names in the form by which they are compared.
    numbers: HashMap<String, usize>,
}

impl<'a> ZipParts<'a> {
    /// Opens a zip; none if the bytes are not one.
    pub fn open(bytes: &'a [u8]) -> Option<ZipParts<'a>> {
        let zip = ZipArchive::new(Cursor::new(bytes)).ok()?;
        let names = (0..zip.len()).filter_map(|number| Some((folded(&zip.name_for_index(number)?.ok()?), number)));
        let numbers = names.collect();
        Some(ZipParts { zip, numbers })
    }

    /// The number of its parts.
    pub fn count(&self) -> usize {
        self.zip.len()
    }

    /// The names of its parts.
    pub fn names(&self) -> impl Iterator<Item = String> {
        self.zip.file_names().flatten().map(Into::into)
    }

    /// Does it have this part?
    pub fn has(&self, name: &str) -> bool {
        self.number(name).is_some()
    }

    fn number(&self, name: &str) -> Option<usize> {
        self.zip.index_for_name(name).or_else(|| self.numbers.get(&folded(name)).copied())
    }

    /// The size of a part, if it exists.
    pub fn size(&mut self, name: &str) -> Option<u64> {
        let number = self.number(name)?;
        self.zip.by_index_raw(number).ok().map(|part| part.size())
    }

    /// The text of a part; none if there is no such part. The error is the reason why it cannot be read.
    pub fn text(&mut self, name: &str) -> Result<Option<String>, String> {
        let Some(number) = self.number(name) else { return Ok(None) };
        let bytes = match self.zip.by_index(number) {
            Ok(part) => bytes_up_to(LARGEST_PART, part).map_err(|error| error.to_string())?,
            Err(error) => return Err(error.to_string()),
        };
        let bytes = bytes.ok_or("it is far too large")?;
        let text = String::from_utf8(bytes).map_err(|_| "it is not UTF-8")?;
        Ok(Some(text.trim_start_matches('\u{feff}').to_owned()))
    }

    /// The bytes of a part; none if there is no such part, or it has more bytes than the limit.
    pub fn bytes(&mut self, name: &str, limit: u64) -> Option<Vec<u8>> {
        let number = self.number(name)?;
        bytes_up_to(limit, self.zip.by_index(number).ok()?).ok()?
    }

    /// A part, to be read piece by piece.
    pub fn reader(&mut self, name: &str) -> Option<impl BufRead> {
        let number = self.number(name)?;
        self.zip.by_index(number).ok().map(BufReader::new)
    }

    /// The part that an office document names as the one with its text or its list of sheets.
    pub fn main_part(&mut self) -> Option<String> {
        let xml = self.text("_rels/.rels").ok()??;
        let tree = roxmltree::Document::parse(&xml).ok()?;
        let is_main = |node: &roxmltree::Node<'_, '_>| {
            attribute(*node, "Type").is_some_and(|kind| kind.ends_with("/relationships/officeDocument"))
        };
        let target = attribute(tree.descendants().find(is_main)?, "Target")?;
        Some(target.trim_start_matches('/').to_owned())
    }
}

/// The bytes of a part; none if there are more than the limit. The size in a zip's directory may be wrong, so what is
/// read is limited.
fn bytes_up_to(limit: u64, part: impl Read) -> std::io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    part.take(limit + 1).read_to_end(&mut bytes)?;
    Ok((bytes.len() as u64 <= limit).then_some(bytes))
}

/// A name in the form by which names of parts are compared: without letter case, and with slashes, since some programs
/// write backslashes.
pub(super) fn folded(name: &str) -> String {
    name.replace('\\', "/").to_lowercase()
}

/// The path of the part with the relationships of a part.
pub(super) fn relations_of(part: &str) -> String {
    let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
    format!("{folder}/_rels/{name}.rels").trim_start_matches('/').to_owned()
}
