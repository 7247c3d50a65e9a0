//! A synthetic library of any size, always the same: invented words, in the proportions of real prose.
//!
//! The words mean nothing, so nothing that depends on meaning (search, relatedness) may be tuned on them.

use std::{fmt::Write, fs, path::Path};

use rayon::prelude::*;

const SECTORS: [&str; 10] = [
    "local-government",
    "health",
    "police",
    "fire-and-rescue",
    "criminal-justice",
    "third-sector",
    "business",
    "central-government",
    "education",
    "housing",
];
const TIERS: [&str; 8] =
    ["county", "district", "unitary", "metropolitan", "london-borough", "combined-authority", "sub-region", "region"];
const BARRIERS: [&str; 4] = ["behavioural", "political", "legislative", "resource"];
const HEADINGS: [&str; 6] =
    ["The challenge", "The partnership", "Leading it", "What got in the way", "What changed", "What others can learn"];
const WORDS_IN_A_CASE: usize = 850;

/// A random number generator with a fixed seed.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> usize {
        // xorshift64*, by Vigna: short, and good enough for invented prose.
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) as usize
    }

    fn below(&mut self, limit: usize) -> usize {
        self.next() % limit
    }

    /// A rank from 0. Low ranks are common, as in the frequencies of words in prose.
    fn rank(&mut self, limit: usize) -> usize {
        let share = (self.next() % 1_000_000) as f64 / 1_000_000.0;
        ((limit as f64).powf(share) - 1.0) as usize
    }
}

/// The sizes of the libraries to measure: the numbers on the command line, or 1,000 and 10,000.
pub fn sizes() -> Vec<usize> {
    let given: Vec<usize> = std::env::args().filter_map(|word| word.parse().ok()).collect();
    if given.is_empty() { vec![1_000, 10_000] } else { given }
}

/// Writes the library into a folder.
pub fn write(root: &Path, cases: usize) {
    let put = |path: &str, text: &str| {
        let file = root.join(path);
        fs::create_dir_all(file.parent().expect("it has a folder")).expect("a writable disk");
        fs::write(file, text).expect("a writable disk");
    };
    put("casebook.yaml", "title: Synthetic\nbase_url: https://example.org/\n");
    for (id, terms) in [("sector", &SECTORS[..]), ("tier", &TIERS), ("barrier", &BARRIERS)] {
        let terms: String = terms.iter().map(|term| format!("  - {{ id: {term}, label: {term} }}\n")).collect();
        put(&format!("content/vocabularies/{id}.yaml"), &format!("label: {id}\nterms:\n{terms}"));
    }
    (0..cases).into_par_iter().for_each(|n| put(&path(n), &case(n, cases)));
}

/// Changes the text of one case.
pub fn rewrite(root: &Path, n: usize, edit: impl FnOnce(String) -> String) {
    let file = root.join(path(n));
    let text = fs::read_to_string(&file).expect("a case");
    fs::write(file, edit(text)).expect("a writable disk");
}

fn path(n: usize) -> String {
    format!("content/cases/{:02}/case-{n:05}.md", n % 100)
}

fn word(rank: usize) -> String {
    const ONSETS: [&str; 16] = ["b", "br", "c", "d", "dr", "f", "g", "h", "l", "m", "n", "p", "r", "s", "st", "t"];
    const VOWELS: [&str; 8] = ["a", "e", "i", "o", "u", "ai", "ea", "ou"];
    let mut rest = rank + 3;
    let mut word = String::new();
    while rest > 0 {
        word.push_str(ONSETS[rest % 16]);
        rest /= 16;
        word.push_str(VOWELS[rest % 8]);
        rest /= 8;
    }
    word
}

fn sentence(numbers: &mut Numbers, words: usize) -> String {
    let mut text = (0..words).map(|_| word(numbers.rank(30_000))).collect::<Vec<_>>().join(" ");
    text[..1].make_ascii_uppercase();
    text + "."
}

fn case(n: usize, cases: usize) -> String {
    let mut numbers = Numbers((n as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15).wrapping_add(1));
    let mut text = String::new();
    let (year, month, day) = (2008 + n % 18, 1 + n % 12, 1 + n % 28);
    let other = SECTORS[1 + numbers.below(9)];
    let title = sentence(&mut numbers, 6);
    let summary = sentence(&mut numbers, 22);
    writeln!(text, "---\ntitle: {title}\nsummary: {summary}\ndate: {year}-{month:02}-{day:02}").expect("text");
    writeln!(text, "sector: [local-government, {other}]\ntier: {}\nbarrier:", TIERS[numbers.below(8)]).expect("text");
    let first = numbers.below(4);
    for barrier in [first, (first + 1 + numbers.below(3)) % 4] {
        let [what, response] = [sentence(&mut numbers, 12), sentence(&mut numbers, 12)];
        writeln!(text, "  - term: {}\n    what: {what}\n    response: {response}", BARRIERS[barrier]).expect("text");
    }
    let place = word(400 + numbers.below(150));
    writeln!(text, "place: {{ name: {place}, region: {} }}\nperiod: {{ from: {year}, to: {} }}", word(n % 9), year + 4)
        .expect("text");
    writeln!(text, "partners: [{} council, {} trust]\nsources:", word(n % 300), word(n % 70)).expect("text");
    for source in 0..3 {
        let title = sentence(&mut numbers, 7);
        writeln!(
            text,
            "  - {{ title: {title}, url: https://example.org/{n}/{source}, date: {year}, kind: evaluation }}"
        )
        .expect("text");
    }
    writeln!(text, "reviewed: 2026-11-22\n---").expect("text");
    let mut words = 0;
    for heading in HEADINGS {
        writeln!(text, "\n## {heading}").expect("text");
        while words
            < WORDS_IN_A_CASE * (HEADINGS.iter().position(|known| *known == heading).unwrap_or(0) + 1) / HEADINGS.len()
        {
            let paragraph: Vec<String> = (0..4).map(|_| sentence(&mut numbers, 14)).collect();
            words += 4 * 14;
            writeln!(text, "\n{}", paragraph.join(" ")).expect("text");
        }
    }
    let linked = numbers.below(cases);
    writeln!(
        text,
        "\nSee [another case](../{:02}/case-{linked:05}.md).[^1]\n\n- One **strong** word\n- Two\n",
        linked % 100
    )
    .expect("text");
    if n.is_multiple_of(10) {
        text.push_str("| year | cost |\n|---|---:|\n| 2010 | £1.2m |\n| 2012 | £0.9m |\n\n");
    }
    text.push_str("[^1]: A note.\n");
    text
}
