//! Vocabulary file → [`Vocabulary`]: every name is unique, and every parent and replacement exists. Others are
//! reported.

use std::{
    cell::LazyCell,
    collections::{BTreeMap, HashMap, HashSet},
    sync::{Arc, OnceLock},
};

use rustc_hash::FxHashMap;

use super::{Term, TermMatch, Vocabulary, fold};
use crate::{
    model::{
        address,
        document::{TermFile, VocabularyFile},
        ids::{Ids, TermId},
    },
    problem::{Checked, NameIndex, Problem, Spot, Written, message},
};

/// Makes a vocabulary from its file.
pub fn vocabulary(file: &Arc<VocabularyFile>, ids: &Ids) -> Checked<Vocabulary> {
    let mut problems = Vec::new();
    let id = ids.vocabulary(&file.id);
    let distinct = without_duplicates(file, &mut problems);
    let (live, replaced): (Vec<&Arc<TermFile>>, Vec<&Arc<TermFile>>) =
        distinct.iter().partition(|term| term.replaced_by.is_none());
    let ids_of_terms = live.iter().map(|term| (term.id.value.as_str(), ids.term(id, &term.id.value)));
    let index: HashMap<&str, TermId> = ids_of_terms.collect();

    let broader = broader(&live, &replaced, &index, &mut problems);
    let retired = retired(&distinct, &index, &mut problems);
    let mut narrower: HashMap<TermId, Vec<TermId>> = HashMap::new();
    for term in &live {
        let child = index[term.id.value.as_str()];
        if let Some(&parent) = broader.get(&child) {
            narrower.entry(parent).or_default().push(child);
        }
    }
    let terms = live.iter().map(|term| {
        let own = index[term.id.value.as_str()];
        let made = Term {
            id: own,
            vocabulary: id,
            file: Arc::clone(term),
            // The label of a term without one is its id, made readable.
            label: match term.label == term.id {
                true => address::title(&term.id.value),
                false => term.label.value.clone(),
            },
            broader: broader.get(&own).copied(),
            narrower: narrower.remove(&own).unwrap_or_default(),
        };
        (own, made)
    });
    let vocabulary = Vocabulary {
        id,
        file: file.clone(),
        names: names(&live, &replaced, &index, &retired),
        terms: terms.collect(),
        retired,
        similar_names: OnceLock::new(),
    };
    Checked::new(vocabulary, problems)
}

/// The terms with distinct names. If two share a name, the later is reported, and left out if the name is its id. A
/// term that is a copy of another is one mistake, however many names they share.
fn without_duplicates<'a>(file: &'a VocabularyFile, problems: &mut Vec<Problem>) -> Vec<&'a Arc<TermFile>> {
    let mut taken: HashMap<String, (usize, &Spot)> = HashMap::new();
    let mut distinct = Vec::new();
    for (n, term) in file.terms.iter().enumerate() {
        let names = || [&term.id, &term.label].into_iter().chain(&term.also);
        let owner = |name: &Written<String>| taken.get(&fold(&name.value)).copied();
        let first = owner(&term.id);
        let is_copy = |(first, _)| names().all(|name| owner(name).is_some_and(|(other, _)| other == first));
        if let Some((_, spot)) = first.filter(|first| is_copy(*first)) {
            problems.push(message::vocabulary::duplicate_term(&term.id, spot));
            continue;
        }
        for name in names() {
            match taken.get(&fold(&name.value)) {
                Some((owner, first)) if *owner != n => problems.push(message::vocabulary::duplicate_term(name, first)),
                Some(_) => {}
                None => drop(taken.insert(fold(&name.value), (n, &name.spot))),
            }
        }
        if first.is_none() {
            distinct.push(term);
        }
    }
    distinct
}

/// The parent of each live term. A parent that is unknown, retired or a descendant of the term is reported and dropped.
fn broader(
    live: &[&Arc<TermFile>],
    replaced: &[&Arc<TermFile>],
    index: &HashMap<&str, TermId>,
    problems: &mut Vec<Problem>,
) -> HashMap<TermId, TermId> {
    let retired: HashSet<&str> = replaced.iter().map(|term| term.id.value.as_str()).collect();
    let similar = LazyCell::new(|| NameIndex::new(index.keys().map(|&id| (id, id))));
    let mut broader: HashMap<TermId, TermId> = HashMap::new();
    let mut ancestors: HashMap<TermId, TermId> = HashMap::new();
    for term in live {
        let Some(parent) = &term.broader else { continue };
        let Some(&up) = index.get(parent.value.as_str()) else {
            let is_retired = retired.contains(parent.value.as_str());
            problems.push(message::vocabulary::no_such_broader(parent, is_retired, similar.nearest(&parent.value)));
            continue;
        };
        let own = index[term.id.value.as_str()];
        if highest(up, &mut ancestors) == own {
            problems.push(message::vocabulary::loop_in("broader", parent));
        } else {
            broader.insert(own, up);
            ancestors.insert(own, up);
        }
    }
    broader
}

/// The highest ancestor of a term, or the term itself. Makes the way up shorter for the next time, so that long chains
/// are not walked again for each of their terms.
fn highest(term: TermId, ancestors: &mut HashMap<TermId, TermId>) -> TermId {
    let mut at = term;
    while let Some(&up) = ancestors.get(&at) {
        if let Some(&next) = ancestors.get(&up) {
            ancestors.insert(at, next);
        }
        at = up;
    }
    at
}

/// Each retired id with the live term at the end of its chain of replacements.
fn retired(
    terms: &[&Arc<TermFile>],
    index: &HashMap<&str, TermId>,
    problems: &mut Vec<Problem>,
) -> BTreeMap<String, TermId> {
    let replacements: HashMap<&str, &Written<String>> =
        terms.iter().filter_map(|term| Some((term.id.value.as_str(), term.replaced_by.as_ref()?))).collect();
    let similar = LazyCell::new(|| NameIndex::new(index.keys().map(|&id| (id, id))));
    // The end of the chain of each id that was followed: none if it ends nowhere, or in a circle.
    let mut ends: HashMap<&str, Option<TermId>> = HashMap::new();
    for term in terms {
        let mut chain = Vec::new();
        let mut at = term.id.value.as_str();
        while let Some(replacement) = replacements.get(at).filter(|_| !ends.contains_key(at)) {
            ends.insert(at, None);
            chain.push(at);
            at = &replacement.value;
        }
        let end = index.get(at).copied().or_else(|| ends.get(at).copied().flatten());
        if end.is_some() {
            ends.extend(chain.iter().map(|&id| (id, end)));
        } else if let Some(start) = chain.iter().position(|&id| id == at) {
            // A circle is one mistake: it is reported at one of its terms.
            let first = chain[start..].iter().min().expect("a circle has a term");
            problems.push(message::vocabulary::loop_in("replaced_by", replacements[first]));
        } else if let Some(last) = chain.last().filter(|_| !ends.contains_key(at)) {
            // Of a chain that ends nowhere, only the last link is a mistake.
            let replacement = replacements[last];
            problems.push(message::vocabulary::no_such_replacement(replacement, similar.nearest(&replacement.value)));
        }
    }
    ends.into_iter().filter_map(|(id, end)| Some((id.to_owned(), end?))).collect()
}

/// Every name of the terms, folded.
fn names(
    live: &[&Arc<TermFile>],
    replaced: &[&Arc<TermFile>],
    index: &HashMap<&str, TermId>,
    retired: &BTreeMap<String, TermId>,
) -> FxHashMap<String, TermMatch> {
    let mut names = FxHashMap::default();
    let others = |term: &TermFile| -> Vec<String> {
        [&term.label].into_iter().chain(&term.also).map(|name| fold(&name.value)).collect()
    };
    let key = |term: &TermFile| index[term.id.value.as_str()];
    for term in live {
        names.entry(fold(&term.id.value)).or_insert(TermMatch::Id(key(term)));
    }
    for term in live {
        for name in others(term) {
            names.entry(name).or_insert(TermMatch::Synonym(key(term)));
        }
    }
    for term in replaced {
        let Some(&end) = retired.get(&term.id.value) else { continue };
        names.entry(fold(&term.id.value)).or_insert(TermMatch::Retired(end));
        for name in others(term) {
            names.entry(name).or_insert(TermMatch::Retired(end));
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::FilePath;

    fn written(value: &str) -> Written<String> {
        Written { value: value.to_owned(), spot: Spot::whole(&FilePath::new("content/vocabularies/sector.yaml")) }
    }

    fn term(id: &str, also: &[&str]) -> TermFile {
        TermFile {
            id: written(id),
            label: written(&id.to_uppercase().replace('-', " ")),
            definition: None,
            also: also.iter().map(|name| written(name)).collect(),
            broader: None,
            replaced_by: None,
            plain: None,
            phrase: None,
            ask: None,
            mark: None,
            line: None,
        }
    }

    fn of(terms: Vec<TermFile>) -> Checked<Vocabulary> {
        let file = VocabularyFile {
            path: FilePath::new("content/vocabularies/sector.yaml"),
            id: "sector".into(),
            label: "Sector".into(),
            plural: "Sectors".into(),
            question: None,
            phrase: None,
            required: true,
            many: true,
            ordered: false,
            terms: terms.into_iter().map(Arc::new).collect(),
            is_stub: false,
        };
        let files = [Arc::new(file)];
        let mut ids = Ids::default();
        ids.assign(&[], &[], &files);
        vocabulary(&files[0], &ids)
    }

    /// The id of the nth term.
    fn nth(vocabulary: &Vocabulary, n: usize) -> TermId {
        vocabulary.terms.ids()[n]
    }

    #[test]
    fn a_word_is_found_by_id_label_and_other_name() {
        let retired = TermFile { replaced_by: Some(written("third-sector")), ..term("voluntary", &["VCS"]) };
        let Checked { value: sectors, problems } =
            of(vec![term("health", &["NHS"]), term("third-sector", &[]), retired]);
        assert!(problems.is_empty());
        let found = |word: &str| sectors.named(word);
        assert_eq!(found("health"), Some(TermMatch::Id(nth(&sectors, 0))));
        assert_eq!(found("Health"), Some(TermMatch::Synonym(nth(&sectors, 0))));
        assert_eq!(found("nhs"), Some(TermMatch::Synonym(nth(&sectors, 0))));
        assert_eq!(found("THIRD SECTOR"), Some(TermMatch::Synonym(nth(&sectors, 1))));
        assert_eq!(found("voluntary"), Some(TermMatch::Retired(nth(&sectors, 1))));
        assert_eq!(found("vcs"), Some(TermMatch::Retired(nth(&sectors, 1))));
        assert_eq!(found("helth"), None);
        assert_eq!(sectors.nearest("helth"), Some("health"));
        assert_eq!(sectors.nearest("NSH"), Some("health"));
        assert_eq!(sectors.nearest("zebra"), None);
    }

    #[test]
    fn narrower_terms_have_all_their_broader_terms() {
        let under = |id: &str, up: &str| TermFile { broader: Some(written(up)), ..term(id, &[]) };
        let sectors = of(vec![term("public", &[]), under("health", "public"), under("gp", "health")]).value;
        let [public, health, gp] = [0, 1, 2].map(|n| nth(&sectors, n));
        assert_eq!(sectors.with_broader(gp).collect::<Vec<_>>(), [gp, health, public]);
        assert_eq!(sectors.terms[public].narrower, [health]);
    }

    #[test]
    fn circular_references_end() {
        let under = |id: &str, up: &str| TermFile { broader: Some(written(up)), ..term(id, &[]) };
        let Checked { value: sectors, problems } = of(vec![under("a", "b"), under("b", "c"), under("c", "a")]);
        assert_eq!(problems.len(), 1);
        assert!(sectors.terms.ids().iter().all(|&term| sectors.with_broader(term).count() <= 3));

        let to = |id: &str, next: &str| TermFile { replaced_by: Some(written(next)), ..term(id, &[]) };
        let Checked { value: sectors, problems } = of(vec![to("x", "a"), to("a", "b"), to("b", "c"), to("c", "a")]);
        assert_eq!(problems.len(), 1, "{problems:#?}");
        assert!(sectors.retired.is_empty());
    }

    /// A chain walked again for each of its terms would take billions of steps.
    #[test]
    fn very_long_chains_are_followed_once() {
        const LENGTH: usize = 50_000;
        let id = |n: usize| format!("t{n}");
        let under = |n: usize| TermFile { broader: n.checked_sub(1).map(|up| written(&id(up))), ..term(&id(n), &[]) };
        let Checked { value: sectors, problems } = of((0..LENGTH).map(under).collect());
        assert!(problems.is_empty());
        assert_eq!(sectors.with_broader(nth(&sectors, LENGTH - 1)).count(), LENGTH);

        let to = |n: usize| TermFile { replaced_by: Some(written(&id(n + 1))), ..term(&id(n), &[]) };
        let Checked { value: sectors, problems } = of((0..LENGTH).map(to).chain([term(&id(LENGTH), &[])]).collect());
        assert!(problems.is_empty());
        assert_eq!(sectors.retired.len(), LENGTH);

        let Checked { value: sectors, problems } = of((0..LENGTH).map(to).collect());
        assert_eq!(problems.len(), 1, "the last replacement does not exist");
        assert!(sectors.retired.is_empty());
    }

    #[test]
    fn a_chain_of_replacements_leads_to_its_end() {
        let to = |id: &str, next: &str| TermFile { replaced_by: Some(written(next)), ..term(id, &[]) };
        let Checked { value: sectors, problems } = of(vec![to("a", "b"), to("b", "c"), term("c", &[])]);
        assert!(problems.is_empty());
        let c = nth(&sectors, 0);
        assert_eq!(sectors.retired, BTreeMap::from([("a".to_owned(), c), ("b".to_owned(), c)]));
    }
}
