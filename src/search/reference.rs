//! The reference: the same questions answered by walking through every case. It is slow, and says what is right.
//!
//! Tests hold `search.js` to it, over random libraries and over the sample library. The rules of a search:
//!
//! 1. A word stands for its own form (in full), for other forms of the same word (at 40 in 100) and, while it is still
//!    being typed, for every form that it begins (at 80); no form counts as rarer than the one that was typed, or than
//!    the commonest that it begins. A word in quotation marks is only itself.
//! 2. A word that stands for nothing is taken for the nearest form: one slip from four letters, two from eight.
//! 3. A case's score is the sum over the words of the best of each: impact × rarity × share. All numbers are whole.
//! 4. Found are the cases that have the most of the words: all of them, where any case does. Every phrase must be
//!    there.
//! 5. Equal scores stand in the library's own order: newest, then title, then slug.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::{
    model::Library,
    search::{
        collection::{Collection, form_of, position_of},
        format::postings::Scale,
        order,
        postings::{Found, found},
        words::words,
    },
};

/// How many forms a word that is being typed stands for at the most.
const MOST_BEGUN: usize = 200;

/// How many words of a question are answered.
const MOST_WORDS: usize = 32;

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
    collection: Collection,
    found: Vec<Found>,
}

/// A form for which a word stands: its number, its share in 100, and its rarity.
#[derive(Clone, Copy, Debug)]
struct Stands {
    form: usize,
    share: usize,
    rarity: usize,
}

impl<'a> Reference<'a> {
    /// The reference for a library, of which `prose` gives the words of each body.
    pub fn new(library: &'a Library, prose: impl Fn(&crate::model::CaseFile) -> String + Sync) -> Reference<'a> {
        let (collection, _) = Collection::of(library, prose);
        let found = found(&collection, 0..collection.lexicon.forms.len());
        Reference { library, collection, found }
    }

    /// Answers a question.
    pub fn answer(&self, question: &Question) -> Answer {
        let asked = asked(&question.text);
        let mut corrected = BTreeSet::new();
        let words: Vec<Vec<Stands>> = asked.words.iter().map(|word| self.stands(word, &mut corrected)).collect();
        let phrases: Vec<Option<Vec<usize>>> = (asked.phrases.iter())
            .map(|phrase| phrase.iter().map(|word| self.collection.lexicon.find(word)).collect())
            .collect();
        let scores: Vec<(usize, usize)> = (0..self.collection.documents.len())
            .map(|number| {
                if phrases.iter().all(|phrase| self.has(number, phrase.as_deref())) {
                    self.score(number, &words)
                } else {
                    (0, 0)
                }
            })
            .collect();
        let most = scores.iter().map(|(words, _)| *words).max().unwrap_or(0);
        let is_text = !asked.words.is_empty();
        let hits = (0..scores.len()).filter(|&number| !is_text || (most > 0 && scores[number].0 == most));
        let hits: Vec<usize> = hits.collect();
        let ranks = match question.sort.as_str() {
            "title" => order::titles(self.library, &self.collection.order),
            _ => order::newest(&self.collection.order),
        };
        let by_score = is_text && !matches!(question.sort.as_str(), "title" | "newest");
        let mut listed: Vec<usize> =
            hits.iter().copied().filter(|&number| self.fails(number, question).is_empty()).collect();
        listed.sort_by_key(|&number| (if by_score { usize::MAX - scores[number].1 } else { 0 }, ranks[number]));
        let address = |number: usize| self.library.cases[self.collection.order.cases[number]].address.href("");
        Answer {
            results: listed.into_iter().map(|number| (address(number), scores[number].1)).collect(),
            facets: self.facets(&hits, question),
            corrected: corrected.into_iter().collect(),
        }
    }

    fn rarity(&self, form: usize) -> usize {
        let (all, with) = (self.collection.documents.len() as f64, self.found[form].cases.len() as f64);
        (64.0 * (1.0 + (all - with + 0.5) / (with + 0.5)).ln()).round() as usize
    }

    fn stands(&self, word: &Word, corrected: &mut BTreeSet<String>) -> Vec<Stands> {
        let lexicon = &self.collection.lexicon;
        let mut exact = lexicon.find(&word.text);
        let mut begun: Vec<usize> = Vec::new();
        if word.is_open {
            begun = (0..lexicon.forms.len()).filter(|&form| lexicon.forms[form].starts_with(&word.text)).collect();
            begun.sort_by_key(|&form| (usize::MAX - self.found[form].cases.len(), form));
            begun.truncate(MOST_BEGUN);
        }
        if exact.is_none() && begun.is_empty() && !word.is_exact {
            exact = self.nearest(&word.text);
            corrected.extend(exact.map(|form| lexicon.forms[form].to_string()));
        }
        let least = begun.iter().map(|&form| self.rarity(form)).min().unwrap_or(usize::MAX);
        let most = exact.map_or(least, |form| self.rarity(form));
        let stands = |form: usize, share: usize| Stands { form, share, rarity: self.rarity(form).min(most) };
        let mates = exact.filter(|_| !word.is_exact).map_or(&[][..], |form| &lexicon.members[lexicon.group[form]]);
        (exact.iter().map(|&form| stands(form, 100)))
            .chain(begun.iter().map(|&form| stands(form, 80)))
            .chain(mates.iter().map(|&form| stands(form, 40)))
            .collect()
    }

    fn nearest(&self, word: &str) -> Option<usize> {
        let letters: Vec<char> = word.chars().collect();
        let slips = if letters.len() < 4 { return None } else { usize::from(letters.len() >= 8) + 1 };
        let half = (letters.len() - 1) / 2;
        let (first, last): (String, String) =
            (letters[..half].iter().collect(), letters[letters.len() - half..].iter().collect());
        let forms = &self.collection.lexicon.forms;
        let cost = |form: usize| {
            let text = &*forms[form];
            let distance = strsim::osa_distance(word, text);
            let usual = ["s", "es", "d", "ed", "ing", "ly"]
                .iter()
                .any(|ending| text.strip_suffix(ending) == Some(word) || word.strip_suffix(ending) == Some(text));
            let other_start = usize::from(text.chars().next() != letters.first().copied());
            let log = self.found[form].cases.len().max(1).ilog2() as i64;
            let cost = 6 * distance as i64 - log + 2 * other_start as i64 - if usual { 8 } else { 0 };
            (distance <= slips && text.chars().count() > 3).then_some((cost, form))
        };
        let best = |is_near: &dyn Fn(&str) -> bool| {
            (0..forms.len()).filter(|&form| is_near(&forms[form])).filter_map(cost).min().map(|(_, form)| form)
        };
        best(&|form| form.starts_with(&first) || form.ends_with(&last)).or_else(|| best(&|_| true))
    }

    /// How many of the words a case has, and its score.
    fn score(&self, number: usize, words: &[Vec<Stands>]) -> (usize, usize) {
        let best = |stands: &Vec<Stands>| stands.iter().map(|stands| self.worth(number, stands)).max().unwrap_or(0);
        let each = words.iter().map(best);
        each.filter(|&worth| worth > 0).fold((0, 0), |(count, sum), worth| (count + 1, sum + worth))
    }

    fn worth(&self, number: usize, stands: &Stands) -> usize {
        let cases = &self.found[stands.form].cases;
        let scale = Scale::of(cases, self.collection.documents.len());
        let case = cases.iter().find(|(case, _)| *case as usize == number);
        case.map_or(0, |&(_, impact)| scale.rounded(impact) * stands.rarity * stands.share)
    }

    /// Does a case hold these forms one after the other?
    fn has(&self, number: usize, phrase: Option<&[usize]>) -> bool {
        let Some(phrase) = phrase else { return false };
        let words = &self.collection.documents[number].words;
        let there: BTreeSet<(usize, u32)> = words.iter().map(|&word| (form_of(word), position_of(word))).collect();
        there.iter().any(|&(form, at)| {
            form == phrase[0] && phrase.iter().enumerate().all(|(n, &form)| there.contains(&(form, at + n as u32)))
        })
    }

    /// The facets whose filter a case does not pass; `None` for the years.
    fn fails(&self, number: usize, question: &Question) -> Vec<Option<usize>> {
        let case = &self.library.cases[self.collection.order.cases[number]];
        let fails = |&facet: &usize| {
            let vocabulary = &self.library.vocabularies[facet];
            let carried = case.found_under(facet, &self.library.vocabularies);
            let asked: Vec<usize> = self.asked_terms(question, facet);
            let all = question.match_.get(&vocabulary.id).is_some_and(|match_| match_ == "all");
            let has = |term: &usize| carried.contains(term);
            !asked.is_empty() && !if all { asked.iter().all(has) } else { asked.iter().any(has) }
        };
        let facets = (0..self.library.facets).filter(fails).map(Some);
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

    fn asked_terms(&self, question: &Question, facet: usize) -> Vec<usize> {
        let vocabulary = &self.library.vocabularies[facet];
        let ids = question.filters.get(&vocabulary.id).map_or(&[][..], Vec::as_slice);
        let number = |id: &String| {
            let known = vocabulary.terms.iter().position(|term| term.id == *id);
            known.or_else(|| vocabulary.retired.get(id).copied())
        };
        ids.iter().filter_map(number).collect()
    }

    fn facets(&self, hits: &[usize], question: &Question) -> BTreeMap<String, BTreeMap<String, usize>> {
        let fails: Vec<Vec<Option<usize>>> = hits.iter().map(|&number| self.fails(number, question)).collect();
        let counted = |facet: usize| {
            let vocabulary = &self.library.vocabularies[facet];
            let all = question.match_.get(&vocabulary.id).is_some_and(|match_| match_ == "all");
            let passes = |fails: &Vec<Option<usize>>| {
                fails.is_empty() || (!all && fails.iter().all(|fail| *fail == Some(facet)))
            };
            let count = |term: usize| {
                let cases = hits.iter().zip(&fails).filter(|(_, fails)| passes(fails));
                let under = |number: usize| {
                    let case = &self.library.cases[self.collection.order.cases[number]];
                    case.found_under(facet, &self.library.vocabularies).contains(&term)
                };
                cases.filter(|(number, _)| under(**number)).count()
            };
            let terms = vocabulary.terms.iter().enumerate().map(|(n, term)| (term.id.clone(), count(n)));
            (vocabulary.id.clone(), terms.collect())
        };
        (0..self.library.facets).map(counted).collect()
    }
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
        if is_exact && found.len() > 1 {
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
