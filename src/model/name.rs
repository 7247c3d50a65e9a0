//! Names of people and organisations, split into parts.
//!
//! Takes one line of text, or a name written in parts; gives a [`Name`]. The name of an organisation is one piece,
//! which no style may split. A person has a family name, which may have a particle before it and a suffix after it;
//! titles and honours are not cited, and are kept apart. Each format decides how it writes a name.

/// The name of an author.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Name {
    /// A person with a family name, by which lists are sorted.
    Person(Person),
    /// An organisation, or a person with a single name: cited as written.
    Body(String),
}

/// A person's name in its parts. A part that is absent is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Person {
    /// The name as it is shown to readers, with titles and honours.
    pub shown: String,
    /// `Dr`, `Cllr`, `Sir`: not cited.
    pub title: String,
    /// The names before the family name.
    pub given: String,
    /// `van der`, `de la`, `ap`: words before the family name, in lower case.
    pub particle: String,
    /// The family name without its particle.
    pub family: String,
    /// `Jr.`, `III`.
    pub suffix: String,
    /// `MBE`, `PhD`: not cited.
    pub honours: String,
}

impl Name {
    /// The parts of a name as people write it: `Dr Ann van der Berg MBE`, or `van der Berg, Ann` to say which is the
    /// family name.
    pub fn of(written: &str) -> Name {
        let shown = one_line(written);
        if is_body(&shown) {
            return Name::Body(shown);
        }
        let (titles, rest) = without_titles(&shown);
        let (rest, honours) = without_honours(rest);
        let (family_or_whole, given, suffix) = split_at_commas(rest);
        let person = Person { title: titles.to_owned(), honours, suffix, shown: shown.clone(), ..Person::default() };
        match given {
            Some(given) => Name::Person(Person { given, ..person }.with_family(&family_or_whole)),
            None => split_family_name(&family_or_whole, person).map_or(Name::Body(shown), Name::Person),
        }
    }

    /// A name whose family name is given separately.
    pub fn in_parts(given: &str, family: &str, suffix: &str, shown: Option<&str>) -> Name {
        let [given, family, suffix] = [given, family, suffix].map(one_line);
        let whole = || one_line(&[given.as_str(), &family, &suffix].join(" "));
        let shown = shown.map_or_else(whole, one_line);
        Name::Person(Person { shown, given, suffix, ..Person::default() }.with_family(&family))
    }

    /// An organisation.
    pub fn body(written: &str) -> Name {
        Name::Body(one_line(written))
    }

    /// The name as readers see it.
    pub fn shown(&self) -> &str {
        match self {
            Name::Person(person) => &person.shown,
            Name::Body(name) => name,
        }
    }

    /// The name for formats that split a family name from given names at a comma: a person's family name first, and an
    /// organisation without commas, so that it is not taken for a person.
    pub fn inverted(&self) -> String {
        match self {
            Name::Person(person) => person.inverted(),
            Name::Body(name) => one_line(&name.replace(',', " ")),
        }
    }
}

impl Person {
    /// Splits a family name into the lower-case words at its start, which are the particle, and the rest.
    fn with_family(self, family: &str) -> Person {
        let is_lower_case = |word: &&str| word.starts_with(char::is_lowercase);
        let words: Vec<&str> = family.split(' ').collect();
        let particles = words[..words.len() - 1].iter().take_while(|word| is_lower_case(word)).count();
        Person { particle: words[..particles].join(" "), family: words[particles..].join(" "), ..self }
    }

    /// The family name with its particle: `van der Berg`.
    pub fn whole_family(&self) -> String {
        one_line(&[self.particle.as_str(), &self.family].join(" "))
    }

    /// The family name first: `van der Berg, Ann`, `King, Martin Luther, Jr.`
    pub fn inverted(&self) -> String {
        let parts = [&self.whole_family(), &self.given, &self.suffix];
        parts.into_iter().filter(|part| !part.is_empty()).map(String::as_str).collect::<Vec<_>>().join(", ")
    }

    /// `A. B.`, `J.-P.`: the given names, for styles that shorten them.
    pub fn initials(&self) -> String {
        let mut initials = String::new();
        let mut is_hyphenated = false;
        // Initials without spaces between them are several names.
        for part in self.given.split_inclusive([' ', '.', '-']) {
            if let Some(letter) = part.chars().next().filter(|letter| !matches!(letter, ' ' | '.' | '-')) {
                initials.push_str(if initials.is_empty() {
                    ""
                } else if is_hyphenated {
                    "-"
                } else {
                    " "
                });
                initials.extend(letter.to_uppercase());
                initials.push('.');
                is_hyphenated = false;
            }
            is_hyphenated |= part.ends_with('-');
        }
        initials
    }
}

/// A text on one line: white space and control characters become single spaces.
pub fn one_line(text: &str) -> String {
    let words = text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

/// Words that only names of organisations contain.
#[rustfmt::skip]
const ORGANISATION_WORDS: &[&str] = &[
    "academy", "agency", "alliance", "assembly", "association", "audit", "authority", "board", "borough", "boroughs", "bureau",
    "cabinet", "centre", "charity", "cic", "city", "college", "combined", "commission", "commissioner", "committee", "community",
    "company", "confederation", "consortium", "constabulary", "cooperative", "co-operative", "corporation", "council", "councils",
    "county", "department", "directorate", "district", "executive", "federation", "force", "forum", "foundation", "fund", "government",
    "group", "hospital", "inc", "initiative", "inspectorate", "institute", "institution", "library", "limited", "llp", "ltd",
    "ministry", "museum", "national", "network", "nhs", "observatory", "office", "ofsted", "organisation", "panel", "parliament",
    "partners", "partnership", "plc", "police", "programme", "project", "regulator", "review", "school", "secretariat",
    "service", "services", "society", "taskforce", "team", "trust", "uk", "union", "unit", "university",
];

/// Titles before a name, in lower case and without full stops.
#[rustfmt::skip]
const TITLES: &[&str] = &[
    "alderman", "baroness", "canon", "cllr", "councillor", "dame", "dr", "hon", "honourable", "lady", "lord", "madam", "miss",
    "mr", "mrs", "ms", "mx", "prof", "professor", "rev", "revd", "reverend", "right", "rt", "sir", "the", "viscount",
    "viscountess",
];

/// Honours, degrees and offices after a name, without full stops.
#[rustfmt::skip]
const HONOURS: &[&str] = &[
    "AM", "BA", "BEM", "BSc", "CB", "CBE", "CH", "CMG", "CPFA", "CVO", "DBE", "DCB", "DL", "DPhil", "DSc", "EdD", "FBA", "FRCN", "FRCP",
    "FRS", "FRSA", "FRSE", "GBE", "GCB", "JP", "KBE", "KC", "KCB", "KCMG", "KFSM", "KPM", "LLB", "LLM", "LVO", "MA", "MBA", "MBE", "MD",
    "ML", "MLA", "MP", "MPA", "MPhil", "MS", "MSc", "MSP", "MVO", "OBE", "OM", "PC", "PhD", "QC", "QFSM", "QPM", "RGN", "TD",
];

const SUFFIXES: &[&str] = &["II", "III", "IV", "Jnr", "Jr", "Snr", "Sr"];

/// Particles of a family name that some people write with a capital.
#[rustfmt::skip]
const PARTICLES: &[&str] = &[
    "ab", "al", "ap", "bin", "da", "das", "de", "del", "della", "den", "der", "di", "dos", "du", "el", "ferch", "ibn", "la", "las",
    "le", "los", "st", "ten", "ter", "van", "von", "zu", "zur",
];

/// Is it the name of an organisation, by its words?
pub fn is_body(name: &str) -> bool {
    let words = || name.split([' ', ',', '(', ')', '/']).map(|word| word.trim_end_matches('.').to_lowercase());
    let is_joined = name.contains('&') || words().any(|word| matches!(word.as_str(), "and" | "for"));
    let is_numbered = name.contains(|c: char| c.is_ascii_digit());
    let begins_as_body = name.starts_with("The ") && without_titles(name).0 == "The";
    is_joined || is_numbered || begins_as_body || words().any(|word| ORGANISATION_WORDS.contains(&word.as_str()))
}

/// The titles before a name, and the rest.
fn without_titles(name: &str) -> (&str, &str) {
    let is_title = |word: &str| TITLES.contains(&word.trim_end_matches('.').to_lowercase().as_str());
    let mut rest = name;
    while let Some((_, after)) = rest.split_once(' ').filter(|(word, _)| is_title(word)) {
        rest = after;
    }
    (name[..name.len() - rest.len()].trim_end(), rest)
}

/// A name without the honours at its end, and the honours.
fn without_honours(name: &str) -> (String, String) {
    let is_honour = |word: &str| HONOURS.contains(&word.replace(['.', ','], "").as_str());
    let words: Vec<&str> = name.split(' ').collect();
    let honours = words.iter().rev().take_while(|word| is_honour(word)).count().min(words.len() - 1);
    let (names, honours) = words.split_at(words.len() - honours);
    (names.join(" ").trim_end_matches(',').to_owned(), honours.join(" ").replace(',', ""))
}

/// The parts of a name with commas: the family name, the given names if they follow it, and the suffix: `King, Martin
/// Luther, Jr.`
fn split_at_commas(name: String) -> (String, Option<String>, String) {
    let is_suffix = |word: &str| SUFFIXES.contains(&word.trim_end_matches('.'));
    let parts: Vec<&str> = name.split(',').map(str::trim).filter(|part| !part.is_empty()).collect();
    let (suffixes, parts): (Vec<&str>, Vec<&str>) = parts.into_iter().partition(|part| is_suffix(part));
    let suffix = suffixes.join(" ");
    match parts[..] {
        [name] => match name.rsplit_once(' ').filter(|(_, last)| is_suffix(last)) {
            Some((name, last)) if suffix.is_empty() => (name.to_owned(), None, last.to_owned()),
            _ => (name.to_owned(), None, suffix),
        },
        [] => (name, None, suffix),
        [family, ref given @ ..] => (family.to_owned(), Some(given.join(" ")), suffix),
    }
}

/// The given names and the family name of a name in its usual order. None if there is nothing before the family name,
/// and no title.
fn split_family_name(name: &str, person: Person) -> Option<Person> {
    let words: Vec<&str> = name.split(' ').collect();
    // The name of a peer continues after the family name: Casey of Blackstock.
    let at_of = words.iter().position(|word| *word == "of").filter(|&at| at > 0 && !person.title.is_empty());
    let last = at_of.map_or(words.len() - 1, |at| at - 1);
    let is_particle = |word: &str| {
        word.starts_with(char::is_lowercase) || PARTICLES.contains(&word.trim_end_matches('.').to_lowercase().as_str())
    };
    // A family name may be the names of both parents, joined by a word: Ortega y Gasset.
    let last = if last > 1 && words[last - 1] == "y" { last - 2 } else { last };
    let family = (1..last).rev().take_while(|&n| is_particle(words[n])).last().unwrap_or(last);
    if family == 0 && person.title.is_empty() {
        return None;
    }
    let given = words[..family].join(" ");
    Some(Person { given, ..person }.with_family(&words[family..].join(" ")))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Checks title, given names, particle, family name, suffix and honours.
    #[track_caller]
    fn check(written: &str, [title, given, particle, family, suffix, honours]: [&str; 6]) {
        let [title, given, particle, family, suffix, honours] =
            [title, given, particle, family, suffix, honours].map(str::to_owned);
        let person = Person { shown: one_line(written), title, given, particle, family, suffix, honours };
        assert_eq!(Name::of(written), Name::Person(person), "{written}");
    }

    #[test]
    fn the_family_name_is_the_last_word_or_before_a_comma() {
        check("Ann Smith", ["", "Ann", "", "Smith", "", ""]);
        check("Ann  Mary\nSmith", ["", "Ann Mary", "", "Smith", "", ""]);
        check("Smith, Ann", ["", "Ann", "", "Smith", "", ""]);
        check("Sinéad O'Neill", ["", "Sinéad", "", "O'Neill", "", ""]);
        check("Ann Smith-Jones", ["", "Ann", "", "Smith-Jones", "", ""]);
        check("José Ortega y Gasset", ["", "José", "", "Ortega y Gasset", "", ""]);
    }

    #[test]
    fn particles_belong_to_the_family_name() {
        check("Ludwig van der Berg", ["", "Ludwig", "van der", "Berg", "", ""]);
        check("van der Berg, Ludwig", ["", "Ludwig", "van der", "Berg", "", ""]);
        check("María de la Cruz", ["", "María", "de la", "Cruz", "", ""]);
        check("Siân ap Rhys", ["", "Siân", "ap", "Rhys", "", ""]);
        check("Ann De La Cruz", ["", "Ann", "", "De La Cruz", "", ""]);
        check("Ludwig Van den Berg", ["", "Ludwig", "", "Van den Berg", "", ""]);
    }

    #[test]
    fn suffixes_honours_and_titles_are_taken_off() {
        check("Martin Luther King Jr.", ["", "Martin Luther", "", "King", "Jr.", ""]);
        check("Martin Luther King, Jr.", ["", "Martin Luther", "", "King", "Jr.", ""]);
        check("King, Martin Luther, Jr.", ["", "Martin Luther", "", "King", "Jr.", ""]);
        check("John Smith III", ["", "John", "", "Smith", "III", ""]);
        check("Jane Doe, MBE", ["", "Jane", "", "Doe", "", "MBE"]);
        check("Dame Jane Doe CBE PhD", ["Dame", "Jane", "", "Doe", "", "CBE PhD"]);
        check("Cllr Ann Smith", ["Cllr", "Ann", "", "Smith", "", ""]);
        check("The Rt Hon. Sir Bob van Berg, Jr, K.B.E.", ["The Rt Hon. Sir", "Bob", "van", "Berg", "Jr", "K.B.E."]);
        check("Baroness Casey of Blackstock", ["Baroness", "", "", "Casey of Blackstock", "", ""]);
        check("Lord Andrew Adonis", ["Lord", "Andrew", "", "Adonis", "", ""]);
        check("Dr Foster", ["Dr", "", "", "Foster", "", ""]);
    }

    #[test]
    fn names_of_organisations_are_not_split() {
        for body in [
            "Ofsted",
            "Kent and Medway",
            "Smith & Co",
            "Kent County Council",
            "NHS England",
            "Audit Commission",
            "Ministry of Justice",
            "The King's Fund",
            "Plymouth Hospitals NHS Trust",
            "38 Degrees",
            "Department for Levelling Up, Housing and Communities",
            "",
        ] {
            assert_eq!(Name::of(body), Name::Body(body.to_owned()));
        }
        let ministry = Name::of("Department for Levelling Up, Housing and Communities");
        assert_eq!(ministry.inverted(), "Department for Levelling Up Housing and Communities");
    }

    #[test]
    fn a_name_can_be_given_in_parts() {
        let name = Name::in_parts("Ann Mary", "de Trust", "Jr.", None);
        let Name::Person(person) = name else { panic!("a person") };
        assert_eq!(person.shown, "Ann Mary de Trust Jr.");
        assert_eq!((person.inverted().as_str(), person.particle.as_str()), ("de Trust, Ann Mary, Jr.", "de"));
    }

    #[test]
    fn every_given_name_has_an_initial() {
        let initials = |given: &str| Person { given: given.to_owned(), ..Person::default() }.initials();
        assert_eq!(initials("Ann mary"), "A. M.");
        assert_eq!(initials("Jean-Paul"), "J.-P.");
        assert_eq!(initials("J.R. R."), "J. R. R.");
        assert_eq!(initials("J.-P."), "J.-P.");
        assert_eq!(initials("Élodie"), "É.");
        assert_eq!(initials(""), "");
    }

    #[test]
    fn a_text_of_many_lines_is_put_on_one() {
        assert_eq!(one_line("  a\r\n\tb\u{7} c\u{85}d "), "a b c d");
        assert_eq!(one_line("\n"), "");
    }

    proptest! {
        #[test]
        fn no_word_of_a_name_is_lost(written in "[A-Za-zé',. -]{0,40}") {
            if let Name::Person(person) = Name::of(&written) {
                let Person { shown, title, given, particle, family, suffix, honours } = person;
                let letters = |text: &str| { let mut all: Vec<char> = text.chars().filter(|c| c.is_alphabetic()).collect(); all.sort_unstable(); all };
                prop_assert_eq!(letters(&shown), letters(&[title, given, particle, family, suffix, honours].concat()));
            }
        }
    }
}
