//! The bytes of a picture → its width and height, so that a page can reserve its place before it is loaded; its size in
//! bytes; and whether the camera stored the position (in a JPEG, a PNG or a WebP).
//!
//! Only the first bytes of a file are read, and the heads of its chunks. A photograph that was taken sideways is shown
//! upright, so its width and height are swapped. A file that is no picture, or a broken one, has no size.

use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};

/// The extensions of files that are measured.
pub const PICTURES: [&str; 6] = ["avif", "gif", "jpeg", "jpg", "png", "webp"];

/// The number of bytes at the start of a photograph that can contain the camera's Exif data.
const NOTES: u64 = 64 * 1024;

/// The most chunks of a picture that are searched; a large PNG has some thousands.
const MAX_CHUNKS: usize = 20_000;

/// The facts about a picture that need no decoding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Measured {
    /// Width and height in pixels.
    pub size: (u32, u32),
    /// Its size in bytes.
    pub bytes: u64,
    /// Whether it contains the position where it was taken.
    pub has_position: bool,
}

/// Measures a picture. A disk error is an error, not a picture without a size.
pub fn measure(file: impl Read + Seek) -> io::Result<Option<Measured>> {
    let mut picture = BufReader::new(Disk { file, refused: None });
    let measured = measured(&mut picture);
    picture.into_inner().refused.map_or(Ok(measured), Err)
}

/// A reader that keeps the error of the disk, since the picture parser may hide it.
struct Disk<F> {
    file: F,
    refused: Option<io::Error>,
}

impl<F: Read> Read for Disk<F> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        self.file.read(into).inspect_err(|error| {
            if let Some(number) = error.raw_os_error().filter(|_| error.kind() != io::ErrorKind::Interrupted) {
                self.refused.get_or_insert(io::Error::from_raw_os_error(number));
            }
        })
    }
}

impl<F: Seek> Seek for Disk<F> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.file.seek(to)
    }
}

fn measured(picture: &mut (impl BufRead + Seek)) -> Option<Measured> {
    let size = imagesize::reader_size(&mut *picture).ok()?;
    let (width, height) = (u32::try_from(size.width).ok()?, u32::try_from(size.height).ok()?);
    let (kind, exif) = exif_of(picture).unzip();
    let exif = exif.as_deref().map(Exif::of);
    let is_sideways = kind == Some(ExifFormat::Jpeg) && exif.as_ref().is_some_and(Exif::is_rotated);
    let size = if is_sideways { (height, width) } else { (width, height) };
    let bytes = picture.seek(SeekFrom::End(0)).ok()?;
    let has_position = exif.as_ref().is_some_and(Exif::has_position);
    (width > 0 && height > 0).then_some(Measured { size, bytes, has_position })
}

/// The formats of pictures in which Exif data is looked for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum ExifFormat {
    Jpeg,
    Png,
    Webp,
}

/// What stands before the Exif data of a JPEG, and sometimes of a WebP.
const EXIF_MARK: &[u8] = b"Exif\0\0";

/// The Exif data of a picture. A broken picture has none, nor has a file of the disk that could not be read to its end.
fn exif_of(picture: &mut (impl BufRead + Seek)) -> Option<(ExifFormat, Vec<u8>)> {
    let mut first = [0; 12];
    picture.rewind().ok()?;
    picture.read_exact(&mut first).ok()?;
    let (kind, chunks_at) = match &first {
        [0xff, 0xd8, ..] => (ExifFormat::Jpeg, 0),
        [0x89, b'P', b'N', b'G', ..] => (ExifFormat::Png, 8),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P'] => (ExifFormat::Webp, 12),
        _ => return None,
    };
    picture.seek(SeekFrom::Start(chunks_at)).ok()?;
    let exif = match kind {
        ExifFormat::Jpeg => {
            let start = read_up_to(NOTES, picture);
            let at = start.windows(EXIF_MARK.len()).position(|window| window == EXIF_MARK)?;
            start[at + EXIF_MARK.len()..].to_vec()
        }
        ExifFormat::Png | ExifFormat::Webp => exif_chunk(picture, kind)?,
    };
    Some((kind, exif))
}

/// The chunk with the Exif data of a PNG or a WebP, which may be after the picture itself.
fn exif_chunk(picture: &mut (impl BufRead + Seek), kind: ExifFormat) -> Option<Vec<u8>> {
    for _ in 0..MAX_CHUNKS {
        let mut head = [0; 8];
        picture.read_exact(&mut head).ok()?;
        let [a, b, c, d, e, f, g, h] = head;
        let (name, length, after) = match kind {
            ExifFormat::Png => ([e, f, g, h], u32::from_be_bytes([a, b, c, d]), 4),
            ExifFormat::Jpeg | ExifFormat::Webp => ([a, b, c, d], u32::from_le_bytes([e, f, g, h]), i64::from(e & 1)),
        };
        if name.eq_ignore_ascii_case(b"exif") {
            let exif = read_up_to(u64::from(length).min(NOTES), picture);
            return Some(exif.strip_prefix(EXIF_MARK).map_or(exif.clone(), <[u8]>::to_vec));
        }
        picture.seek_relative(i64::from(length) + after).ok()?;
    }
    None
}

fn read_up_to(length: u64, picture: &mut impl BufRead) -> Vec<u8> {
    let mut read = Vec::new();
    // Without more bytes there is no Exif data.
    let _ = picture.take(length).read_to_end(&mut read);
    read
}

/// The Exif data of a picture.
struct Exif<'a> {
    bytes: &'a [u8],
    is_big_endian: bool,
}

impl<'a> Exif<'a> {
    fn of(bytes: &'a [u8]) -> Exif<'a> {
        Exif { bytes, is_big_endian: bytes.starts_with(b"MM") }
    }

    fn number(&self, at: usize, length: usize) -> Option<usize> {
        let bytes = self.bytes.get(at..at.checked_add(length)?)?;
        let add = |number: usize, byte: &u8| number << 8 | usize::from(*byte);
        Some(if self.is_big_endian { bytes.iter().fold(0, add) } else { bytes.iter().rev().fold(0, add) })
    }

    /// The position of the value of an entry in a list, by the entry's number.
    fn value(&self, list: usize, name: usize) -> Option<usize> {
        let mut entries = (0..self.number(list, 2)?).map(|n| list + 2 + 12 * n);
        entries.find(|&entry| self.number(entry, 2) == Some(name)).map(|entry| entry + 8)
    }

    /// Is the photograph rotated by a quarter turn? Orientations 5 to 8 are.
    fn is_rotated(&self) -> bool {
        const ORIENTATION: usize = 0x0112;
        let turned = || self.number(self.value(self.number(4, 4)?, ORIENTATION)?, 2);
        matches!(turned(), Some(5..=8))
    }

    /// Does it contain a latitude?
    fn has_position(&self) -> bool {
        const POSITION: usize = 0x8825;
        const LATITUDE: usize = 2;
        let latitude = || {
            let list = self.number(self.value(self.number(4, 4)?, POSITION)?, 4)?;
            self.value(list, LATITUDE)
        };
        latitude().is_some()
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use proptest::prelude::*;

    use super::*;

    /// The start of a photograph of 300 by 200 pixels with this Exif data.
    fn photograph(notes: &[u8]) -> Vec<u8> {
        let mut bytes = vec![0xff, 0xd8, 0xff, 0xe1];
        bytes.extend(u16::try_from(notes.len() + 2).expect("few notes").to_be_bytes());
        bytes.extend(notes);
        bytes.extend([0xff, 0xc0, 0, 11, 8, 0, 200, 1, 44, 1, 1, 17, 0]);
        bytes
    }

    fn notes(is_big: bool, orientation: u8) -> Vec<u8> {
        let start: [&[u8]; 2] = [
            b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0",
            b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01",
        ];
        let value = if is_big { [0, orientation, 0, 0] } else { [orientation, 0, 0, 0] };
        [start[usize::from(is_big)], &value].concat()
    }

    #[track_caller]
    fn check(bytes: &[u8], expected: Option<(u32, u32)>) {
        assert_eq!(measure(Cursor::new(bytes)).unwrap().map(|found| found.size), expected);
    }

    #[test]
    fn only_pictures_have_a_size() {
        check(b"GIF89a\x02\0\x03\0\x80\0\0", Some((2, 3)));
        check(b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\x02\x80\0\0\x01\xe0\x08\x02\0\0\0", Some((640, 480)));
        check(&photograph(b""), Some((300, 200)));
        check(b"GIF89a\0\0\x03\0\x80\0\0", None);
        check(b"<svg/>", None);
        check(b"", None);
    }

    #[test]
    fn a_photograph_taken_sideways_is_shown_upright() {
        for is_big in [false, true] {
            check(&photograph(&notes(is_big, 1)), Some((300, 200)));
            check(&photograph(&notes(is_big, 6)), Some((200, 300)));
        }
    }

    #[test]
    fn a_photograph_with_a_position_is_recognised() {
        let notes = b"Exif\0\0II*\0\x08\0\0\0\x01\0\x25\x88\x04\0\x01\0\0\0\x1a\0\0\0\0\0\0\0\x01\0\x02\0\x05\0\x03\0\0\0\0\0\0\0";
        let position = |bytes: &[u8]| measure(Cursor::new(bytes)).unwrap().map(|found| found.has_position);
        assert_eq!(position(&photograph(notes)), Some(true));
        assert_eq!(position(&photograph(&self::notes(false, 1))), Some(false));
        let found = measure(Cursor::new(photograph(notes))).unwrap().expect("a picture");
        assert_eq!(found.bytes, photograph(notes).len() as u64);
    }

    #[test]
    fn a_position_is_recognised_in_a_png_and_a_webp() {
        let exif =
            b"II*\0\x08\0\0\0\x01\0\x25\x88\x04\0\x01\0\0\0\x1a\0\0\0\0\0\0\0\x01\0\x02\0\x05\0\x03\0\0\0\0\0\0\0";
        let length = u32::try_from(exif.len()).unwrap();
        let png = |chunk: &[u8]| {
            let start = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\x02\x80\0\0\x01\xe0\x08\x02\0\0\0\0\0\0\0";
            [&start[..], &b"\0\0\0\x02IDAT..CRC."[..], &length.to_be_bytes()[..], chunk, exif].concat()
        };
        let webp = |chunk: &[u8], mark: &[u8]| {
            let start = b"RIFF\xff\0\0\0WEBPVP8X\x0a\0\0\0\x08\0\0\0\x01\0\0\x02\0\0ALPH\x01\0\0\0..";
            [&start[..], chunk, &length.to_le_bytes()[..], mark, exif].concat()
        };
        let has_position = |bytes: Vec<u8>| measure(Cursor::new(bytes)).unwrap().expect("a picture").has_position;
        assert!(has_position(png(b"eXIf")));
        assert!(!has_position(png(b"tEXt")));
        assert!(has_position(webp(b"EXIF", b"")));
        assert!(has_position(webp(b"EXIF", b"Exif\0\0")));
        assert!(!has_position(webp(b"XMP ", b"")));
    }

    /// A file of which the disk gives some bytes and then an error.
    struct Failing(Cursor<Vec<u8>>);

    impl Read for Failing {
        fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
            match self.0.read(into)? {
                0 => Err(io::Error::from_raw_os_error(5)),
                read => Ok(read),
            }
        }
    }

    impl Seek for Failing {
        fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
            self.0.seek(to)
        }
    }

    #[test]
    fn an_unreadable_picture_is_a_failure() {
        let whole = photograph(&notes(true, 6));
        for given in 0..whole.len() {
            let found = measure(Failing(Cursor::new(whole[..given].to_vec())));
            let is_whole = |found: &Option<Measured>| found.map(|found| found.size) == Some((200, 300));
            assert!(found.as_ref().is_err() || found.as_ref().is_ok_and(is_whole), "{given}: {found:?}");
        }
    }

    proptest! {
        #[test]
        fn a_broken_picture_is_no_error_and_has_its_own_size_in_bytes(kind in 0usize..5, rest in prop::collection::vec(any::<u8>(), 0..200)) {
            let starts: [&[u8]; 5] = [
                b"\xff\xd8\xff\xe1\0\x40Exif\0\0MM", b"GIF89a", b"\x89PNG\r\n\x1a\n", b"RIFF\x20\0\0\0WEBPVP8",
                b"\0\0\0\x1cftypavif",
            ];
            let picture = [starts[kind], &rest].concat();
            let bytes = picture.len() as u64;
            let measured = measure(Cursor::new(picture)).unwrap();
            prop_assert!(measured.is_none_or(|found| found.bytes == bytes && found.size.0 > 0 && found.size.1 > 0));
        }
    }
}
