//! Addresses of the published site: `/cases/torbay/`, without the path of `base_url`.

use std::{borrow::Cow, collections::BTreeMap, fmt, sync::Arc};

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use unicode_normalization::UnicodeNormalization;

use crate::model::PageNumber;

/// An address within the site. It begins with a slash, has no query or fragment, no empty, `.` or `..` part, no control
/// character and no backslash, and is *not* percent-encoded. One that ends with a slash is a page; any other is a file.
/// Cheap to copy: the text is shared.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Address(Arc<str>);

/// The types of files that are published. Any other type could run code on the publisher's site.
pub const PUBLISHED_TYPES: [&str; 18] = [
    "png", "jpg", "jpeg", "gif", "webp", "avif", "pdf", "csv", "ods", "xlsx", "odt", "docx", "odp", "pptx", "epub",
    "mp3", "mp4", "vtt",
];

/// The published types that are pictures.
pub const PICTURE_TYPES: [&str; 6] = ["png", "jpg", "jpeg", "gif", "webp", "avif"];

/// The types that are published beside them if the settings name such a file: the publisher's own logo and icon. In a
/// page no script in them runs, since they are pictures. If the file itself is opened, only `_headers` prevents it.
pub const TYPES_FOR_SETTINGS: [&str; 2] = ["svg", "ico"];

/// Is a file with this extension published?
pub fn is_published_type(extension: &str) -> bool {
    PUBLISHED_TYPES.contains(&extension)
}

/// The characters that the path of a URL must encode. Letters outside ASCII are encoded too, as `url` and browsers do.
const ENCODED: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'`')
    .add(b'{')
    .add(b'}')
    .add(b'\\')
    .add(b'^')
    .add(b'|')
    .add(b'[')
    .add(b']')
    .add(b'\'')
    .add(b'&');

/// The longest file name in bytes that disks accept.
pub const LONGEST_NAME: usize = 255;

/// The longest address in bytes: the limit for paths, less room for the names that Casebook adds.
const LONGEST_PATH: usize = 4000;

impl Address {
    /// Parses an address.
    pub fn parse(text: &str) -> Option<Address> {
        let parts = text.strip_prefix('/')?;
        let parts = parts.strip_suffix('/').unwrap_or(parts);
        let is_plain = |part: &str| !part.is_empty() && part != "." && part != "..";
        let is_allowed = !text.contains(|c: char| c.is_control() || matches!(c, '\\' | '?' | '#'));
        (is_allowed && (text == "/" || parts.split('/').all(is_plain))).then(|| Address(text.into()))
    }

    /// The address of a page, from parts that are slugs or ids.
    pub fn page<'a>(parts: impl IntoIterator<Item = &'a str>) -> Address {
        let mut text = "/".to_owned();
        for part in parts {
            text.push_str(part);
            text.push('/');
        }
        Address(text.into())
    }

    /// The address of a file, from its path within the site: `cases/photo.jpg`.
    pub fn file(path: &str) -> Address {
        Address(format!("/{path}").into())
    }

    /// Page `number` of a list that starts at this address; page 1 is this address.
    pub fn numbered(&self, number: PageNumber) -> Address {
        match number {
            PageNumber::FIRST => self.clone(),
            other => Address(format!("{}{LIST_PAGE}/{}/", self.0, other.get()).into()),
        }
    }

    /// The address as text, not encoded.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The file that a host serves for it, relative to the output: `cases/torbay/index.html`.
    pub fn output_path(&self) -> String {
        let path = &self.0[1..];
        if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() }
    }

    /// Is it too long for a disk, in one part or as a whole?
    pub fn is_too_long(&self) -> bool {
        self.0.len() > LONGEST_PATH || self.0.split('/').any(|part| part.len() > LONGEST_NAME)
    }

    /// The form by which addresses are compared, since some disks ignore letter case.
    pub fn folded(&self) -> String {
        if self.0.is_ascii() {
            return self.0.to_ascii_lowercase();
        }
        self.0.nfc().collect::<String>().to_lowercase()
    }

    /// The link to it under a base path, percent-encoded: `/casebook/cases/torbay/`.
    pub fn href(&self, base_path: &str) -> String {
        format!("{base_path}{}", utf8_percent_encode(&self.0[1..], ENCODED))
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Makes the last part of an address from a file's name: lower case, without Latin accents, with other letters and
/// digits (NFC), and one hyphen for everything else. Empty if the name has no letter or digit.
pub fn slug(name: &str) -> String {
    let mut slug = String::with_capacity(name.len());
    for c in without_latin_accents(name).chars().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() || is_mark_kept(c, &slug) {
            slug.push(c);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.trim_end_matches('-').nfc().collect()
}

/// The part of an address before the number of a page of a list: `/cases/page/2/`.
pub const LIST_PAGE: &str = "page";

/// Makes the last part of the address of a case, a page or a term from a name; none if it has no letter or digit, or
/// is `page`, which is kept for the pages of lists.
pub fn own_slug(name: &str) -> Option<String> {
    Some(slug(name)).filter(|slug| !slug.is_empty() && slug != LIST_PAGE)
}

/// The longest name of a new file, in bytes, without a number and its extension.
const LONGEST_NEW_NAME: usize = 80;

/// A slug as the name of a new file: a long one is cut between words, and within a word only if that alone is too long.
pub fn cut(mut slug: String) -> String {
    if slug.len() > LONGEST_NEW_NAME {
        let end = (0..=LONGEST_NEW_NAME).rev().find(|&at| slug.is_char_boundary(at)).unwrap_or(0);
        let ends_word = slug[end..].starts_with('-');
        let end = if ends_word { end } else { slug[..end].rfind('-').unwrap_or(end) };
        slug.truncate(end);
    }
    slug
}

/// May a new file have this slug as its name, on every system? Windows keeps some names for devices, and `index` stands
/// for the folder that it is in.
pub fn is_name_of_new_file(slug: &str) -> bool {
    let is_numbered = |device| slug.strip_prefix(device).is_some_and(|rest| matches!(rest.as_bytes(), [b'1'..=b'9']));
    !["index", "con", "prn", "aux", "nul"].contains(&slug) && !["com", "lpt"].into_iter().any(is_numbered)
}

/// May this be the last part of the address of a case, a page or a term as it is?
pub fn is_own_slug(text: &str) -> bool {
    own_slug(text).as_deref() == Some(text)
}

/// Can a term have this id? It is part of an address: lower-case letters, digits and hyphens.
pub fn is_term_id(id: &str) -> bool {
    let is_allowed = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    is_own_slug(id) && id.bytes().all(is_allowed) && !id.starts_with('-') && !id.ends_with('-')
}

/// Is it a slug already?
pub fn is_slug(text: &str) -> bool {
    !text.is_empty() && slug(text) == text
}

/// Makes a title from a name: `third-sector` becomes "Third sector". Empty if the name is only hyphens.
pub fn title(name: &str) -> String {
    let words = name.replace(['-', '_'], " ");
    let mut letters = words.trim().chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

/// Removes accents from Latin letters. Marks of other scripts are kept, since there they are letters.
pub fn without_latin_accents(text: &str) -> String {
    if text.is_ascii() {
        return text.to_owned();
    }
    let mut plain = String::with_capacity(text.len());
    let mut after_latin = false;
    for c in text.nfd() {
        let is_mark = unicode_normalization::char::is_combining_mark(c);
        if !(is_mark && after_latin) {
            plain.push(c);
        }
        if !is_mark {
            after_latin = c.is_ascii_alphabetic();
        }
    }
    plain.nfc().collect()
}

/// In scripts that write vowels as combining marks, the mark is kept.
fn is_mark_kept(c: char, so_far: &str) -> bool {
    unicode_normalization::char::is_combining_mark(c) && so_far.chars().next_back().is_some_and(|before| before != '-')
}

/// The usual spelling of letters that Unicode does not decompose.
pub fn plain_letter(letter: char) -> Option<&'static str> {
    Some(match letter {
        'ł' => "l",
        'ø' => "o",
        'đ' | 'ð' => "d",
        'þ' => "th",
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ħ' => "h",
        'ŧ' => "t",
        'ı' => "i",
        _ => return None,
    })
}

/// The form of a title or name by which it is sorted: without letter case, accents and quotation marks at the start,
/// and with the usual spelling of letters with strokes.
pub fn sort_key(text: &str) -> String {
    let is_quote = |c: char| matches!(c, '"' | '\'' | '‘' | '’' | '“' | '”' | '«' | '»' | '„') || c.is_whitespace();
    let text = text.trim_start_matches(is_quote);
    let mut plain = String::with_capacity(text.len());
    for letter in without_latin_accents(text).to_lowercase().chars() {
        match plain_letter(letter) {
            Some(letters) => plain.push_str(letters),
            None => plain.push(letter),
        }
    }
    plain
}

/// Makes a unique id: the wish itself, or the wish with the first free number. `taken` stores the next number for each
/// wish, so that thousands of equal wishes are quick.
pub fn unique(wish: &str, taken: &mut BTreeMap<String, usize>) -> String {
    let mut number = taken.get(wish).copied().unwrap_or(1);
    let id = loop {
        let id = if number == 1 { wish.to_owned() } else { format!("{wish}-{number}") };
        number += 1;
        if !taken.contains_key(&id) {
            break id;
        }
    };
    taken.insert(id.clone(), 2);
    taken.insert(wish.to_owned(), number);
    id
}

/// The ids of entries of the glossary in its page, by their terms. None is the id of a part of the page itself.
pub fn glossary_ids<'a>(terms: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut taken = BTreeMap::new();
    terms.map(|term| unique(&format!("cb-term-{}", slug(term)), &mut taken)).collect()
}

/// The normalised form (NFC) by which file names are compared, since a Mac writes é as two characters.
pub fn nfc(name: &str) -> Cow<'_, str> {
    if name.is_ascii() { Cow::Borrowed(name) } else { Cow::Owned(name.nfc().collect()) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_long_name_is_cut_between_words_or_at_the_limit() {
        let word = |letters: usize| "a".repeat(letters);
        for (name, expected) in [
            (word(80), word(80)),
            (word(81), word(80)),
            ("é".repeat(81), "é".repeat(40)),
            (format!("x-{}", word(90)), "x".to_owned()),
            (format!("{}-b-c", word(80)), word(80)),
            (format!("{}-b-c", word(78)), format!("{}-b", word(78))),
        ] {
            assert_eq!(cut(name), expected);
        }
    }

    #[test]
    fn a_title_is_the_words_of_a_name() {
        for (name, expected) in [
            ("third-sector", "Third sector"),
            ("_été_à-Paris-", "Été à Paris"),
            ("ﬁne", "FIne"),
            ("2010", "2010"),
            ("-_", ""),
            ("", ""),
        ] {
            assert_eq!(title(name), expected);
        }
    }

    #[test]
    fn slugs_are_lower_case_without_latin_accents() {
        for (name, expected) in [
            ("Torbay Care Trust", "torbay-care-trust"),
            ("ÀÉÎõü", "aeiou"),
            ("100% \"quoted\" & it's", "100-quoted-it-s"),
            ("--a__b..c--", "a-b-c"),
            ("日本語", "日本語"),
            ("й", "й"),
            ("हिन्दी", "हिन्दी"),
            ("😀", ""),
        ] {
            assert_eq!(slug(name), expected, "{name}");
        }
    }

    #[test]
    fn other_texts_are_no_addresses() {
        for text in ["/", "/cases/", "/cases/torbay/", "/a.html", "/o l d/", "/日本/"] {
            assert_eq!(Address::parse(text).map(|address| address.to_string()).as_deref(), Some(text));
        }
        for text in ["", "cases/", "//", "/a//b/", "/../", "/a/./b/", "/a/..", "/a?b", "/a#b", "/a\\b/", "/a\nb/"] {
            assert_eq!(Address::parse(text), None, "{text}");
        }
    }

    #[test]
    fn an_address_gives_its_file_and_its_link() {
        let check = |text: &str, file: &str, href: &str| {
            let address = Address::parse(text).expect("an address");
            assert_eq!((address.output_path().as_str(), address.href("/base/").as_str()), (file, href));
        };
        check("/", "index.html", "/base/");
        check("/cases/torbay/", "cases/torbay/index.html", "/base/cases/torbay/");
        check("/404.html", "404.html", "/base/404.html");
        check("/cases/my photo%.png", "cases/my photo%.png", "/base/cases/my%20photo%25.png");
        check("/a-z/é/", "a-z/é/index.html", "/base/a-z/%C3%A9/");
    }

    #[test]
    fn an_address_that_no_disk_can_hold_is_too_long() {
        let address = |part: &str, parts: usize| Address::page(vec![part; parts]);
        assert!(!address(&"a".repeat(255), 15).is_too_long());
        assert!(address(&"a".repeat(256), 1).is_too_long());
        assert!(address(&"é".repeat(128), 1).is_too_long());
        assert!(address("a", 2001).is_too_long());
        let longest = Address::page(std::iter::repeat_n("a", 1998).chain(["bb"]));
        assert!(longest.as_str().len() == 4000 && !longest.is_too_long());
    }

    #[test]
    fn pages_of_a_list_count_from_the_list_itself() {
        let list = Address::page(["cases"]);
        let third = PageNumber::FIRST.next().next();
        assert_eq!(list.numbered(PageNumber::FIRST).as_str(), "/cases/");
        assert_eq!(list.numbered(third).as_str(), "/cases/page/3/");
    }

    proptest! {
        #[test]
        fn making_a_slug_twice_changes_nothing_and_a_slug_is_part_of_an_address(name in any::<String>()) {
            let once = slug(&name);
            prop_assert_eq!(slug(&once), once.clone());
            if !once.is_empty() {
                let address = Address::page([once.as_str()]);
                prop_assert_eq!(Address::parse(address.as_str()), Some(address));
            }
        }

        #[test]
        fn no_address_leaves_the_site(text in "[/.a\\\\%?#]{0,12}") {
            if let Some(address) = Address::parse(&text) {
                prop_assert!(!address.output_path().split('/').any(|part| part == ".."));
                prop_assert!(!address.output_path().starts_with('/'));
            }
        }
    }

    #[test]
    fn ids_are_unique_even_if_one_looks_numbered() {
        let mut taken = BTreeMap::new();
        let ids: Vec<String> =
            ["a", "a", "a-2", "a", "a-2", "", "b-2", "b", "b"].map(|wish| unique(wish, &mut taken)).to_vec();
        assert_eq!(ids, ["a", "a-2", "a-2-2", "a-3", "a-2-3", "", "b-2", "b", "b-3"]);
    }

    #[test]
    fn entries_of_the_glossary_have_ids_of_their_own() {
        assert_eq!(glossary_ids(["PCT", "A&E", "pct"].into_iter()), ["cb-term-pct", "cb-term-a-e", "cb-term-pct-2"]);
    }

    #[test]
    fn a_name_from_a_mac_is_equal_to_the_same_name_from_elsewhere() {
        assert_eq!(nfc("cafe\u{301}.md"), nfc("café.md"));
        assert_eq!(nfc("cafe.md"), "cafe.md");
    }

    #[test]
    fn no_case_has_the_slug_under_which_lists_go_on() {
        assert_eq!(["Page", "Page 2", "…"].map(own_slug), [None, Some("page-2".to_owned()), None]);
        assert_eq!(["page", "page-2", "Page-2", ""].map(is_own_slug), [false, true, false, false]);
    }

    #[test]
    fn a_slug_is_not_empty_and_in_its_form() {
        for text in ["a-b", "2010", "日本語"] {
            assert!(is_slug(text), "{text}");
        }
        for text in ["", "A", "a b", "-a", "a--b", "é"] {
            assert!(!is_slug(text), "{text}");
        }
    }

    #[test]
    fn only_types_that_run_no_code_are_published() {
        assert!(is_published_type("png") && is_published_type("docx"));
        assert!(!is_published_type("html") && !is_published_type("svg") && !is_published_type(""));
    }

    #[test]
    fn addresses_that_differ_only_in_letter_case_fold_to_one() {
        let folded = |text: &str| Address::parse(text).expect("an address").folded();
        assert_eq!(folded("/Cases/A/"), "/cases/a/");
        assert_eq!(folded("/cases/É/"), folded("/CASES/e\u{301}/"));
        assert_ne!(folded("/cases/é/"), folded("/cases/e/"));
    }

    #[test]
    fn names_are_sorted_by_their_plain_letters() {
        for (name, expected) in [
            ("“Łódź", "lodz"),
            (" 'Éclair", "eclair"),
            ("Østfold", "ostfold"),
            ("Đakovo", "dakovo"),
            ("Ðalur", "dalur"),
            ("Þingvellir", "thingvellir"),
            ("Straße", "strasse"),
            ("Æther and œuvre", "aether and oeuvre"),
            ("Ħamrun", "hamrun"),
            ("Ŧeŧ", "tet"),
            ("Iğdır", "igdir"),
            ("", ""),
        ] {
            assert_eq!(sort_key(name), expected, "{name}");
        }
    }
}
