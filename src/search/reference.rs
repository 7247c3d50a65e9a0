//! The reference: the same questions answered by walking through every case. It is slow, and says what is right.
//!
//! Tests hold `search.js` to it, over random libraries and over the sample library. The rules of a search:
//!
//! 1. A word stands for its own form (in full), for other forms of the same word (at 65 in 100, with an s more or less
//!    at 90) and, while it is still being typed, for every form that it begins (at 90), which together are one where
//!    they are too many to fetch; no form counts as rarer than the one that was typed, or than the commonest that it
//!    begins. The last word begins others too where no case has it: what is found while half of it is typed is found
//!    again by whoever shares the address. A word in quotation marks is only itself.
//! 2. A word that stands for nothing is taken for the nearest form: one that shares its first letters, where both have
//!    usual endings, or one slip away from four letters, two from eight.
//! 3. What a word is worth in a case is impact × rarity, of the form where that × its share is highest; the score is
//!    the sum of what the words are worth × the least of their shares. All numbers are whole.
//! 4. Found are the cases that have all of the words. Where no case has, the words that tell most decide: a word tells
//!    as much as it is rare, and found is what is told at least half as much as is told of any case; the score is that
//!    of the words × the share that is told, squared. What is in quotation marks must be there.
//! 5. Equal scores stand by how many of the words are in the title, then newest first, then by address.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::{
    model::{CaseFile, Library, TermId, VocabularyId, vocabulary::Vocabulary},
    search::{
        SearchFiles,
        collection::Collection,
        fields::fields,
        format::postings::Scales,
        lexicon::Lexicon,
        names::Names,
        order::{self, Order},
        postings::entries,
        prefixes::wide,
        reading::{Reader, placed},
        shards::word_files,
        weight::{Posting, norms},
        words::words,
    },
};

/// How many words of a question are answered.
const MOST_WORDS: usize = 32;

/// More than there are words in a question: a score is so many times the words' worth, and how many are in the title.
const TITLED: usize = 64;

/// Endings of one word's forms. They are of English; the lexicon has groups for other languages.
const ENDINGS: [&str; 23] = [
    "", "d", "r", "s", "e", "ed", "er", "es", "or", "rs", "ers", "ors", "ory", "ing", "ings", "ion", "ions", "ly",
    "ment", "ments", "y", "ied", "ies",
];

/// A question, as `library.search` takes it.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Question {
    /// Words and phrases.
    pub text: String,
    /// Terms of facets.
    pub filters: BTreeMap<String, Vec<String>>,
    /// `all` for the facets of which a case must have every term.
    #[serde(rename = "match")]
    pub match_: BTreeMap<String, String>,
    /// The years.
    pub years: [Option<i16>; 2],
    /// `relevance`, `newest` or `title`.
    pub sort: String,
}

/// An answer: every case, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Answer {
    /// The addresses of the cases, relative to the first page, with their scores.
    pub results: Vec<(String, usize)>,
    /// For each facet and term, how many cases.
    pub facets: BTreeMap<String, BTreeMap<String, usize>>,
    /// The words searched for, where some were taken for others.
    pub corrected: Vec<String>,
}

/// A library, to be asked.
#[derive(Debug)]
pub struct Reference<'a> {
    library: &'a Library,
    order: Order,
    lexicon: Lexicon,
    /// For each case, its words: the form and the position.
    words: Vec<BTreeSet<(usize, u32)>>,
    /// For each form, the cases that have it.
    found: Vec<Vec<Posting>>,
    /// For each beginning that too many forms share, the cases that have any of them.
    wide: BTreeMap<String, Vec<Posting>>,
}

/// What a word stands for: the cases that have a form, its share in 100, and its rarity.
#[derive(Clone, Copy, Debug)]
struct Stands<'a> {
    cases: &'a [Posting],
    share: usize,
    rarity: usize,
}

/// How well a case answers.
#[derive(Clone, Copy, Debug, Default)]
struct Told {
    /// How much of the words it tells.
    told: usize,
    /// What they are worth, and how many are in its title.
    score: usize,
}

impl<'a> Reference<'a> {
    /// The reference for a library, of which `prose` gives the words of each body.
    pub fn new(library: &'a Library, prose: impl Fn(&CaseFile) -> String + Sync) -> Reference<'a> {
        let order = order::order(library);
        let names = Names::of(&library.glossary);
        let (mut reader, mut extents, mut texts) = (Reader::new(&names), Vec::new(), Vec::new());
        for &case in &order.cases {
            let case = &library.cases[case];
            let mut words = Vec::new();
            extents.push(reader.read(&fields(library, case, &prose(&case.file)), &mut words));
            texts.push(words);
        }
        let forms = reader.interner.forms;
        let lexicon = Lexicon::of(forms.clone(), &library.config.language);
        let number = |form: u32| lexicon.find(&forms[form as usize]).unwrap_or_default();
        let words: Vec<BTreeSet<(usize, u32)>> =
            (texts.iter()).map(|words| placed(words).map(|(form, place)| (number(form), place)).collect()).collect();
        let mut found = vec![Vec::new(); lexicon.forms.len()];
        for (number, (words, norm)) in words.iter().zip(norms(&extents)).enumerate() {
            let words: Vec<_> = words.iter().collect();
            for same in words.chunk_by(|a, b| a.0 == b.0) {
                let positions: Vec<u32> = same.iter().map(|word| word.1).collect();
                found[same[0].0].push(norm.posting(number as u32, &positions));
            }
        }
        let found: Vec<Vec<Posting>> = found.into_iter().map(|cases| rounded(cases, words.len())).collect();
        let (collection, _) = Collection::of(library, prose);
        let list = word_files(&collection.lexicon, &entries(&collection), words.len(), &mut SearchFiles::new());
        let all = |text: &str| union(lexicon.beginning(text).map(|form| found[form].as_slice()));
        let wide = wide(&list).into_iter().map(|text| (text.to_owned(), rounded(all(text), words.len()))).collect();
        Reference { library, order, lexicon, words, found, wide }
    }

    /// Answers a question.
    pub fn answer(&self, question: &Question) -> Answer {
        let asked = asked(&question.text);
        let mut corrected = BTreeSet::new();
        let stands = |(n, word)| self.stands(word, n + 1 == asked.words.len(), &mut corrected);
        let words: Vec<Vec<Stands<'_>>> = asked.words.iter().enumerate().map(stands).collect();
        let phrases: Vec<Option<Vec<usize>>> =
            (asked.phrases.iter()).map(|phrase| phrase.iter().map(|word| self.lexicon.find(word)).collect()).collect();
        let all: usize = words.iter().map(|stands| information(stands)).sum();
        let told = |number: usize| {
            let has_phrases = phrases.iter().all(|phrase| self.has(number, phrase.as_deref()));
            if has_phrases { told(number, &words, all) } else { Told::default() }
        };
        let told: Vec<Told> = (0..self.words.len()).map(told).collect();
        let most = told.iter().map(|told| told.told).max().unwrap_or(0);
        let least = if most == all { all } else { most.div_ceil(2) }.max(1);
        let is_text = !asked.words.is_empty();
        let hits: Vec<usize> = (0..told.len()).filter(|&number| !is_text || told[number].told >= least).collect();
        let sorted = match question.sort.as_str() {
            "title" => order::titles(self.library, &self.order),
            _ => order::newest(self.library, &self.order),
        };
        let mut ranks = vec![0; sorted.len()];
        sorted.into_iter().enumerate().for_each(|(rank, number)| ranks[number] = rank);
        let by_score = is_text && !matches!(question.sort.as_str(), "title" | "newest");
        let mut listed: Vec<usize> =
            hits.iter().copied().filter(|&number| self.fails(number, question).is_empty()).collect();
        listed.sort_by_key(|&number| (if by_score { usize::MAX - told[number].score } else { 0 }, ranks[number]));
        let address = |number: usize| self.library.cases[self.order.cases[number]].address.href("");
        Answer {
            results: listed.into_iter().map(|number| (address(number), told[number].score)).collect(),
            facets: self.facets(&hits, question),
            corrected: corrected.into_iter().collect(),
        }
    }

    fn rarity(&self, cases: &[Posting]) -> usize {
        let (all, with) = (self.words.len() as f64, cases.len() as f64);
        ((64.0 * (1.0 + (all - with + 0.5) / (with + 0.5)).ln()).round() as usize).max(1)
    }

    fn stands(&self, word: &Word, is_last: bool, corrected: &mut BTreeSet<String>) -> Vec<Stands<'_>> {
        let mut exact = self.lexicon.find(&word.text);
        let mut begun: Vec<&[Posting]> = Vec::new();
        if word.is_open || (is_last && exact.is_none() && !word.is_exact) {
            match self.wide.get(&word.text) {
                Some(cases) => begun.push(cases),
                None => begun.extend(self.lexicon.beginning(&word.text).map(|form| self.found[form].as_slice())),
            }
        }
        if exact.is_none() && begun.is_empty() && !word.is_exact {
            exact = self.nearest(&word.text);
            corrected.extend(exact.map(|form| self.lexicon.forms[form].to_string()));
        }
        let least = begun.iter().map(|cases| self.rarity(cases)).min().unwrap_or(usize::MAX);
        let most = exact.map_or(least, |form| self.rarity(&self.found[form]));
        let stands = |cases, share| Stands { cases, share, rarity: self.rarity(cases).min(most) };
        let lexicon = &self.lexicon;
        let mates = exact.filter(|_| !word.is_exact).map_or(&[][..], |form| &lexicon.members[lexicon.group[form]]);
        let is_plural = |one: usize, many: usize| lexicon.forms[many].strip_suffix('s') == Some(&lexicon.forms[one]);
        let share =
            |form| if exact.is_some_and(|exact| is_plural(exact, form) || is_plural(form, exact)) { 90 } else { 65 };
        (exact.iter().map(|&form| stands(&self.found[form], 100)))
            .chain(begun.iter().map(|cases| stands(cases, 90)))
            .chain(mates.iter().map(|&form| stands(&self.found[form], share(form))))
            .collect()
    }

    fn nearest(&self, word: &str) -> Option<usize> {
        let letters: Vec<char> = word.chars().collect();
        let slips = if letters.len() < 4 { return None } else { usize::from(letters.len() >= 8) + 1 };
        let half = (letters.len() - 1) / 2;
        let (first, last): (String, String) =
            (letters[..half].iter().collect(), letters[letters.len() - half..].iter().collect());
        let forms = &self.lexicon.forms;
        let cost = |form: usize| {
            let text = &*forms[form];
            let distance = strsim::osa_distance(word, text);
            let other_start = usize::from(text.chars().next() != letters.first().copied());
            let is_inflected = is_inflected(word, text);
            let cost = if is_inflected { 3 * distance } else { 6 * distance + 2 * other_start };
            let log = self.found[form].len().max(1).ilog2();
            let is_near = (is_inflected || distance <= slips) && text.chars().count() > 3;
            is_near.then_some((cost as i64 - i64::from(log), form))
        };
        let best = |is_near: &dyn Fn(&str) -> bool| {
            (0..forms.len()).filter(|&form| is_near(&forms[form])).filter_map(cost).min().map(|(_, form)| form)
        };
        best(&|form| form.starts_with(&first) || form.ends_with(&last)).or_else(|| best(&|_| true))
    }

    /// Does a case hold these forms one after the other?
    fn has(&self, number: usize, phrase: Option<&[usize]>) -> bool {
        let Some(phrase) = phrase else { return false };
        let words = &self.words[number];
        words.iter().any(|&(form, at)| {
            form == phrase[0] && phrase.iter().enumerate().all(|(n, &form)| words.contains(&(form, at + n as u32)))
        })
    }

    /// The facets whose filter a case does not pass; `None` for the years.
    fn fails(&self, number: usize, question: &Question) -> Vec<Option<VocabularyId>> {
        let case = &self.library.cases[self.order.cases[number]];
        let fails = |vocabulary: &&Vocabulary| {
            let carried = case.found_under(vocabulary);
            let asked: Vec<TermId> = asked_terms(question, vocabulary);
            let all = question.match_.get(&vocabulary.id).is_some_and(|match_| match_ == "all");
            let has = |term: &TermId| carried.contains(term);
            !asked.is_empty() && !if all { asked.iter().all(has) } else { asked.iter().any(has) }
        };
        let facets = self.library.vocabularies.facets().filter(fails).map(|facet| Some(facet.key));
        let [from, to] = question.years;
        let (from, to) = (from.unwrap_or(i16::MIN), to.unwrap_or(i16::MAX));
        let overlaps = case
            .file
            .period
            .as_ref()
            .is_some_and(|period| period.from.unwrap_or(i16::MIN) <= to && period.to.unwrap_or(i16::MAX) >= from);
        let is_out = question.years != [None, None] && !overlaps;
        facets.chain(is_out.then_some(None)).collect()
    }

    fn facets(&self, hits: &[usize], question: &Question) -> BTreeMap<String, BTreeMap<String, usize>> {
        let fails: Vec<Vec<Option<VocabularyId>>> = hits.iter().map(|&number| self.fails(number, question)).collect();
        let counted = |vocabulary: &Vocabulary| {
            let all = question.match_.get(&vocabulary.id).is_some_and(|match_| match_ == "all");
            let passes = |fails: &Vec<Option<VocabularyId>>| {
                fails.is_empty() || (!all && fails.iter().all(|fail| *fail == Some(vocabulary.key)))
            };
            let count = |term: TermId| {
                let cases = hits.iter().zip(&fails).filter(|(_, fails)| passes(fails));
                let under = |number: usize| {
                    let case = &self.library.cases[self.order.cases[number]];
                    case.found_under(vocabulary).contains(&term)
                };
                cases.filter(|(number, _)| under(**number)).count()
            };
            let terms = vocabulary.terms.iter().map(|term| (term.id.clone(), count(term.key)));
            (vocabulary.id.clone(), terms.collect())
        };
        self.library.vocabularies.facets().map(counted).collect()
    }
}

/// The terms of a facet that a question asks for.
fn asked_terms(question: &Question, vocabulary: &Vocabulary) -> Vec<TermId> {
    let ids = question.filters.get(&vocabulary.id).map_or(&[][..], Vec::as_slice);
    let term = |id: &String| {
        let known = vocabulary.terms.iter().find(|term| term.id == *id).map(|term| term.key);
        known.or_else(|| vocabulary.retired.get(id).copied())
    };
    ids.iter().filter_map(term).collect()
}

/// Do two words share four letters or more, and have usual endings?
fn is_inflected(a: &str, b: &str) -> bool {
    let same: String = a.chars().zip(b.chars()).take_while(|(a, b)| a == b).map(|(a, _)| a).collect();
    let is_usual = |word: &str| ENDINGS.contains(&&word[same.len()..]);
    same.encode_utf16().count() > 3 && is_usual(a) && is_usual(b)
}

/// How much a word tells.
fn information(stands: &[Stands<'_>]) -> usize {
    stands.iter().map(|stands| stands.rarity).max().unwrap_or(0)
}

/// How well a case answers, where `all` is told at the most.
fn told(number: usize, words: &[Vec<Stands<'_>>], all: usize) -> Told {
    let (mut told, mut worth, mut titled, mut least) = (0, 0, 0, 100);
    for stands in words {
        let worths = stands.iter().filter_map(|stands| Some((stands.worth(number)?, stands.share)));
        let better = |a: (usize, usize), b: (usize, usize)| if b.0 * b.1 > a.0 * a.1 { b } else { a };
        let Some((best, share)) = worths.reduce(better) else { continue };
        told += information(stands);
        worth += best / TITLED;
        titled += best % TITLED;
        least = least.min(share);
    }
    let part = told as f64 / all as f64;
    Told { told, score: ((worth * least) as f64 * part * part) as usize * TITLED + titled }
}

impl Stands<'_> {
    /// What it is worth in a case, before its share, and with whether it is in the title.
    fn worth(&self, number: usize) -> Option<usize> {
        let posting = self.cases.iter().find(|posting| posting.case as usize == number)?;
        Some(usize::from(posting.impact) * self.rarity * TITLED + usize::from(posting.in_title))
    }
}

/// Cases with their impacts as the records have them.
fn rounded(cases: Vec<Posting>, all: usize) -> Vec<Posting> {
    let scales = Scales::of(&cases, all);
    let round = |posting: Posting| Posting { impact: scales.rounded(posting) as u8, ..posting };
    cases.into_iter().map(round).collect()
}

/// The cases of any of these, each with the best of its impacts.
fn union<'a>(forms: impl Iterator<Item = &'a [Posting]>) -> Vec<Posting> {
    let mut best: BTreeMap<u32, (u8, bool)> = BTreeMap::new();
    for posting in forms.flatten() {
        let best = best.entry(posting.case).or_default();
        *best = (*best).max((posting.impact, posting.in_title));
    }
    best.into_iter().map(|(case, (impact, in_title))| Posting { case, impact, in_title }).collect()
}

/// What a text asks for.
#[derive(Debug, Default)]
struct Asked {
    words: Vec<Word>,
    phrases: Vec<Vec<String>>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Word {
    text: String,
    /// It is still being typed.
    is_open: bool,
    /// It stands in quotation marks.
    is_exact: bool,
}

/// Reads a text: every second part between quotation marks is a phrase, if there is a closing one.
fn asked(text: &str) -> Asked {
    let parts: Vec<&str> = text.split(['"', '“', '”', '„']).collect();
    let mut asked = Asked::default();
    for (n, part) in parts.iter().enumerate() {
        let is_exact = n % 2 == 1 && n + 1 < parts.len();
        let found = words(part);
        let is_last =
            n + 1 == parts.len() && text.chars().next_back().is_some_and(|c| !words(&c.to_string()).is_empty());
        for (at, word) in found.iter().enumerate() {
            let is_open = is_last && at + 1 == found.len();
            asked.words.push(Word { text: word.clone(), is_open, is_exact });
        }
        if is_exact && !found.is_empty() {
            asked.phrases.push(found);
        }
    }
    let mut distinct: Vec<Word> = Vec::new();
    asked.words.into_iter().for_each(|word| {
        if !distinct.contains(&word) {
            distinct.push(word);
        }
    });
    distinct.truncate(MOST_WORDS);
    Asked { words: distinct, phrases: asked.phrases }
}
