//! Random libraries of known words, for tests that compare the search with a simple search of their own.

use casebook::source::Project;

use crate::library::with_needed;

/// A random number generator with a fixed seed.
pub struct Numbers(pub u64);

impl Numbers {
    pub fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit
    }

    pub fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len())]
    }
}

/// The words of the random libraries: each line has the forms of one word.
pub const WORDS: [&[&str]; 25] = [
    &["partner", "partners", "partnered"],
    &["partnership"],
    &["council", "councils"],
    &["trust", "trusts", "trusted"],
    &["primary"],
    &["care", "cares", "caring"],
    &["health"],
    &["healthy"],
    &["wealth"],
    &["police", "policed"],
    &["policy", "policies"],
    &["joint", "jointly"],
    &["chief"],
    &["executive"],
    &["board", "boards"],
    &["abroad"],
    &["économie", "economy"],
    &["O’Brien"],
    &["Łódź"],
    &["2006"],
    &["A&E"],
    &["co-operation", "cooperation"],
    &["safeguarding"],
    &["neighbourhood", "neighbourhoods"],
    &["1,250,000"],
];

/// Stop words.
pub const COMMON: [&str; 3] = ["an", "the", "of"];

/// The vocabulary of sectors, with a term below another and a retired one.
pub const SECTOR: &str = "label: Sector\nplural: Sectors\nterms:\n  - { id: public, label: Public }\n  - { id: health, label: Health, also: [NHS, ICB], broader: public }\n  - { id: police, label: Police }\n  - { id: old, replaced_by: police }\n";

/// A case as it was made, with the facts that the simple search needs.
pub struct RandomCase {
    pub slug: String,
    pub title: String,
    /// The title, the summary, the labels of its terms and the body. No phrase continues from one into the next.
    pub texts: Vec<String>,
    /// Its sectors, with the broader ones.
    pub sectors: Vec<&'static str>,
    pub tier: &'static str,
    /// The first and the last year; none without a period.
    pub years: Option<(i16, i16)>,
    pub day: usize,
}

impl RandomCase {
    /// Does it have a word in any form?
    pub fn has(&self, word: &str) -> bool {
        let family = family(word);
        self.texts.iter().flat_map(|text| text.split(' ')).any(|there| family == family_of(there))
    }

    /// Does it contain a phrase?
    pub fn has_phrase(&self, phrase: &str) -> bool {
        let wanted: Vec<String> = phrase.split(' ').map(str::to_lowercase).collect();
        let has_phrase = |text: &String| {
            let words: Vec<String> = text.split(' ').map(str::to_lowercase).collect();
            words.windows(wanted.len()).any(|there| there == wanted)
        };
        self.texts.iter().any(has_phrase)
    }
}

/// The number of the word that a text is a form of.
fn family_of(word: &str) -> Option<usize> {
    WORDS.iter().position(|forms| forms.iter().any(|form| form.eq_ignore_ascii_case(word)))
}

/// The same for a word of a query, which must be in the table.
fn family(word: &str) -> Option<usize> {
    Some(family_of(word).expect("a word of the table"))
}

/// A word of the table, or a stop word.
pub fn any_word(numbers: &mut Numbers) -> &'static str {
    if numbers.below(8) == 0 {
        return numbers.pick(&COMMON);
    }
    let family = numbers.below(WORDS.len());
    numbers.pick(WORDS[family])
}

/// So many random words.
fn sentence(numbers: &mut Numbers, words: usize) -> String {
    (0..words).map(|_| any_word(numbers)).collect::<Vec<_>>().join(" ")
}

/// The cases of a random library.
pub fn random_cases(seed: u64) -> Vec<RandomCase> {
    let mut numbers = Numbers(seed);
    let count = 30 + numbers.below(40);
    let cases = (0..count).map(|n| {
        let words = numbers.below(5) + 1;
        let title = sentence(&mut numbers, words);
        let summary = sentence(&mut numbers, 6);
        let words = numbers.below(30) + 1;
        let body = sentence(&mut numbers, words);
        let sectors =
            [&["public", "health"][..], &["public", "health", "police"], &["public"], &["police"]][numbers.below(4)];
        let (from, to) = (1980 + numbers.below(20) as i16, 2000 + numbers.below(20) as i16);
        let years = [None, Some((from, i16::MAX)), Some((i16::MIN, to)), Some((from, to))][numbers.below(4)];
        let labels = sectors.iter().map(|sector| (*sector).to_owned());
        let texts = [title.clone(), summary, body].into_iter().chain(labels).collect();
        let (tier, day) = (["unitary", "county"][numbers.below(2)], numbers.below(9) + 1);
        RandomCase { slug: format!("c{n}"), title, texts, sectors: sectors.to_vec(), tier, years, day }
    });
    cases.collect()
}

/// A library of these cases, with these further settings.
pub fn project(cases: &[RandomCase], settings: &str) -> Project {
    let file = |case: &RandomCase| {
        let own = case.sectors.iter().filter(|&&sector| sector != "public" || case.sectors.len() == 1);
        let sectors = own.copied().collect::<Vec<_>>().join(", ");
        let year = |year: i16| (year != i16::MAX && year != i16::MIN).then_some(year);
        let side = |name: &str, value: i16| year(value).map_or(String::new(), |year| format!("{name}: {year}, "));
        let period = case
            .years
            .map_or(String::new(), |(from, to)| format!("period: {{ {}{}}}\n", side("from", from), side("to", to)));
        format!(
            "---\ntitle: \"{}\"\nsummary: \"{}\"\ndate: 2026-01-0{}\nsector: [{sectors}]\ntier: {}\n{period}---\n{}\n\n```\nnever found\n```\n",
            case.title, case.texts[1], case.day, case.tier, case.texts[2]
        )
    };
    let files: Vec<_> = cases.iter().map(|case| (format!("content/cases/{}.md", case.slug), file(case))).collect();
    let mut files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    files.push(("content/vocabularies/sector.yaml", SECTOR));
    let settings = format!("title: Casebook\n{settings}");
    files.push(("casebook.yaml", &settings));
    with_needed(&files)
}

/// A random library.
pub fn random(seed: u64) -> Project {
    project(&random_cases(seed), "")
}

/// The same library, with records that share files.
pub fn random_in_few_files(seed: u64) -> Project {
    project(&random_cases(seed), "few_files: true\n")
}

/// A library of many invented words, whose index has many files and prefixes that many words share.
pub fn large() -> Project {
    let mut numbers = Numbers(11);
    let mut files = vec![("content/vocabularies/sector.yaml".to_owned(), SECTOR.to_owned())];
    let word = |numbers: &mut Numbers| -> String {
        let length = 2 + numbers.below(3);
        (0..length).map(|_| ["ba", "co", "da", "sh", "s", "an", "e"][numbers.below(7)]).collect()
    };
    for n in 0..600 {
        let mut words = |count: usize| (0..count).map(|_| word(&mut numbers)).collect::<Vec<_>>().join(" ");
        // The cases of one sector are adjacent, so that the first of them is far from the start.
        let (sector, late) = if n < 560 { ("health", "") } else { ("police", "escape") };
        let file = format!(
            "---\ntitle: {}\nsummary: {}\ndate: 2026-01-0{}\nsector: {sector}\n---\n{} {late}\n",
            words(3),
            words(4),
            n % 9 + 1,
            words(200)
        );
        files.push((format!("content/cases/c{n}.md"), file));
    }
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    with_needed(&files)
}
