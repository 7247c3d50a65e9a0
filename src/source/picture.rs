//! The bytes of a picture → its width and height, so that a page can reserve its place before it is loaded.
//!
//! Only the first bytes of a file are looked at. A photograph that the camera says was taken sideways is shown upright, so
//! its two sides change places. What is no picture, or a broken one, has no size.

use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};

/// The endings of the names of files that are measured.
pub const PICTURES: [&str; 6] = ["avif", "gif", "jpeg", "jpg", "png", "webp"];

/// How many bytes of a photograph can hold the camera's Exif data.
const NOTES: u64 = 64 * 1024;

/// Width and height in pixels. A disk that does not give the bytes is an error, and not a picture without a size.
pub fn size(file: impl Read + Seek) -> io::Result<Option<(u32, u32)>> {
    let mut picture = BufReader::new(Disk { file, refused: None });
    let size = size_of(&mut picture);
    picture.into_inner().refused.map_or(Ok(size), Err)
}

/// A reader that keeps the error of the disk, since the parser of pictures may hide it.
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

fn size_of(picture: &mut (impl BufRead + Seek)) -> Option<(u32, u32)> {
    let size = imagesize::reader_size(&mut *picture).ok()?;
    let (width, height) = (u32::try_from(size.width).ok()?, u32::try_from(size.height).ok()?);
    let is_sideways = is_photograph(picture) && is_sideways(&start(picture));
    let (width, height) = if is_sideways { (height, width) } else { (width, height) };
    (width > 0 && height > 0).then_some((width, height))
}

fn is_photograph(picture: &mut (impl BufRead + Seek)) -> bool {
    let mut first = [0; 2];
    picture.rewind().and_then(|()| picture.read_exact(&mut first)).is_ok() && first == [0xff, 0xd8]
}

fn start(picture: &mut impl BufRead) -> Vec<u8> {
    let mut start = Vec::new();
    // What cannot be read has no notes.
    let _ = picture.take(NOTES).read_to_end(&mut start);
    start
}

/// Does the Exif data ask for a quarter turn? Orientations 5 to 8 do.
fn is_sideways(photograph: &[u8]) -> bool {
    const MARK: &[u8] = b"Exif\0\0";
    const ORIENTATION: usize = 0x0112;
    let Some(at) = photograph.windows(MARK.len()).position(|window| window == MARK) else { return false };
    let notes = &photograph[at + MARK.len()..];
    let is_big = notes.starts_with(b"MM");
    let number = |at: usize, length: usize| {
        let bytes = notes.get(at..at.checked_add(length)?)?;
        let add = |number: usize, byte: &u8| number << 8 | usize::from(*byte);
        Some(if is_big { bytes.iter().fold(0, add) } else { bytes.iter().rev().fold(0, add) })
    };
    let Some(list) = number(4, 4) else { return false };
    let entries = (0..number(list, 2).unwrap_or(0)).map(|n| list + 2 + 12 * n);
    let turned = |entry: usize| number(entry, 2) == Some(ORIENTATION) && matches!(number(entry + 8, 2), Some(5..=8));
    entries.into_iter().any(turned)
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use proptest::prelude::*;

    use super::*;

    /// The beginning of a photograph of 300 by 200 pixels with these notes.
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
        assert_eq!(size(Cursor::new(bytes)).unwrap(), expected);
    }

    #[test]
    fn a_picture_has_its_size_and_nothing_else_has() {
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

    /// A file of which the disk gives so many bytes, and then an error.
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
    fn a_disk_that_refuses_is_no_picture_without_a_size() {
        let whole = photograph(&notes(true, 6));
        for given in 0..whole.len() {
            let size = size(Failing(Cursor::new(whole[..given].to_vec())));
            assert!(size.is_err() || size.as_ref().unwrap() == &Some((200, 300)), "{given}: {size:?}");
        }
    }

    proptest! {
        #[test]
        fn broken_pictures_do_no_harm(kind in 0usize..5, rest in prop::collection::vec(any::<u8>(), 0..200)) {
            let starts: [&[u8]; 5] = [
                b"\xff\xd8\xff\xe1\0\x40Exif\0\0MM", b"GIF89a", b"\x89PNG\r\n\x1a\n", b"RIFF\x20\0\0\0WEBPVP8",
                b"\0\0\0\x1cftypavif",
            ];
            let _ = size(Cursor::new([starts[kind], &rest].concat()));
        }
    }
}
