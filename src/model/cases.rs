//! Case files → cases: those that are published, in order, with their terms looked up.
//!
//! Files that are not published are checked too, since a mistake in a draft is a mistake; only what is *missing* from a
//! draft is a warning.

use std::{borrow::Cow, cell::LazyCell, cmp::Reverse, collections::hash_map::Entry, sync::Arc};

use jiff::civil::Date;
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::{
    address::nfc,
    assemble::Edition,
    document::{CaseFile, Documents, Status, TermUse},
    ids::{CaseId, IdMap, TermId},
    library::{Case, CaseTerm},
    vocabularies::Vocabularies,
    vocabulary::{TermMatch, Vocabulary},
};
use crate::problem::{
    NameIndex, Problem, Severity, Written,
    message::{self, unpublished::WhyUnpublished},
};

/// The cases of this edition, newest first, then by title, then by slug; and those that have been withdrawn.
pub(super) fn cases(
    documents: &Documents,
    vocabularies: &Vocabularies,
    edition: &Edition,
    problems: &mut Vec<Problem>,
) -> (IdMap<CaseId, Arc<Case>>, IdMap<CaseId, Case>) {
    let distinct = at_own_addresses(documents, problems);
    let related = related(documents.cases.values(), &distinct, edition, problems);
    let resolved: Vec<ResolvedCase> =
        distinct.into_par_iter().map(|file| resolved(file, vocabularies, &related)).collect();
    let mut shown = Vec::with_capacity(resolved.len());
    for one in resolved {
        problems.extend(one.problems);
        shown.extend(why_unpublished(one.file.status, one.file.date, edition).is_none().then_some((one.key, one.case)));
    }
    shown.par_sort_unstable_by_key(|(key, _)| *key);
    let (withdrawn, listed): (Vec<_>, Vec<_>) =
        shown.into_iter().map(|(_, case)| (case.id, case)).partition(|(_, case)| case.file.status == Status::Withdrawn);
    let withdrawn = withdrawn.into_iter().map(|(id, case)| (id, Arc::unwrap_or_clone(case)));
    (listed.into_iter().collect(), withdrawn.collect())
}

/// A case file with its terms looked up.
struct ResolvedCase<'a> {
    file: &'a CaseFile,
    case: Arc<Case>,
    key: NewestFirst<'a>,
    problems: Vec<Problem>,
}

/// The sort key of cases: the newest first, then by title, then by slug.
type NewestFirst<'a> = (Reverse<Option<Date>>, &'a str, &'a str, &'a str);

fn resolved<'a>(
    (id, file): (CaseId, &'a Arc<CaseFile>),
    vocabularies: &Vocabularies,
    related: &FxHashMap<CaseId, Vec<CaseId>>,
) -> ResolvedCase<'a> {
    let mut problems = Vec::new();
    let terms = terms(file, vocabularies, &mut problems);
    let adopted = outcomes_elsewhere(file, vocabularies, &mut problems);
    let related = related.get(&id).cloned().unwrap_or_default();
    let terms_with_broader = with_broader(&terms, vocabularies);
    let address = file.address.clone();
    let case = Case { id, file: file.clone(), address, terms, terms_with_broader, adopted, related };
    ResolvedCase { file, case: Arc::new(case), key: key(file), problems }
}

fn key(file: &CaseFile) -> NewestFirst<'_> {
    (Reverse(file.date), &file.title_sort_key, &file.title, &file.slug.value)
}

/// The reason why a file with this status and date is not published, if it is not.
pub fn why_unpublished(status: Status, date: Option<Date>, edition: &Edition) -> Option<WhyUnpublished> {
    match status {
        _ if edition.with_drafts => None,
        Status::Draft => Some(WhyUnpublished::Draft),
        Status::Published | Status::Withdrawn => date.filter(|&date| date > edition.day).map(WhyUnpublished::DateAhead),
    }
}

/// The finished cases that are shown although their date is in the future, the next first.
pub(super) fn shown_early(cases: &IdMap<CaseId, Arc<Case>>, edition: &Edition) -> Vec<CaseId> {
    // They are the newest, so they come first.
    let ahead = cases.iter().take_while(|case| case.file.date > Some(edition.day));
    let mut ahead: Vec<&Arc<Case>> = ahead.filter(|case| case.file.status == Status::Published).collect();
    ahead.sort_by_key(|case| (case.file.date, &case.file.title_sort_key, &case.address));
    ahead.into_iter().map(|case| case.id).collect()
}

/// The number of cases with a date in the future.
pub(super) fn future_count(files: &[Arc<CaseFile>], edition: &Edition) -> usize {
    if edition.with_drafts {
        return 0;
    }
    let is_ready = |file: &&Arc<CaseFile>| file.status == Status::Published;
    files.iter().filter(is_ready).filter(|file| why_unpublished(file.status, file.date, edition).is_some()).count()
}

/// The number of drafts that are left out.
pub(super) fn draft_count(files: &[Arc<CaseFile>], edition: &Edition) -> usize {
    let is_left_out = |file: &&Arc<CaseFile>| file.status == Status::Draft && !edition.with_drafts;
    files.iter().filter(is_left_out).count()
}

/// The files that have an address of their own, each with its id. If two files have the same address, the later is
/// reported; a draft is later than any published case.
fn at_own_addresses<'a>(documents: &'a Documents, problems: &mut Vec<Problem>) -> Vec<(CaseId, &'a Arc<CaseFile>)> {
    let files = documents.cases.ids().par_iter().copied().zip(documents.cases.values());
    // A file without a slug has no address, which was reported when it was read.
    let files = files.filter(|(_, file)| !file.slug.value.is_empty());
    let files: Vec<(u64, (CaseId, &Arc<CaseFile>))> = files.map(|entry| (entry.1.address_hash, entry)).collect();
    let mut hashes: Vec<u64> = files.iter().map(|(hash, _)| *hash).collect();
    hashes.sort_unstable();
    let shared: FxHashSet<u64> = hashes.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| pair[0]).collect();
    let claims = files.iter().filter(|(hash, _)| shared.contains(hash)).map(|(_, claim)| claim);
    let (drafts, others): (Vec<_>, Vec<_>) = claims.partition(|(_, file)| file.status == Status::Draft);
    let mut taken: FxHashMap<String, &CaseFile> = FxHashMap::default();
    let mut without_address = FxHashSet::default();
    for (id, file) in others.into_iter().chain(drafts) {
        match taken.entry(file.address.folded()) {
            Entry::Occupied(first) => {
                problems.push(message::address::taken(&file.slug.spot, file.address.as_str(), &first.get().slug.spot));
                without_address.insert(id);
            }
            Entry::Vacant(free) => drop(free.insert(file)),
        }
    }
    files.into_iter().map(|(_, entry)| entry).filter(|(id, _)| !without_address.contains(id)).collect()
}

/// A case's terms, vocabulary by vocabulary.
fn terms(file: &CaseFile, vocabularies: &Vocabularies, problems: &mut Vec<Problem>) -> Vec<CaseTerm> {
    let mut terms = Vec::with_capacity(file.terms.values().map(Vec::len).sum());
    for vocabulary in vocabularies {
        match file.terms.get(vocabulary.file.id.as_str()) {
            Some(uses) => terms.extend(known_terms(uses, vocabulary, problems)),
            None => problems.extend(required(file, vocabulary)),
        }
    }
    terms
}

/// These terms and all broader ones, in order, each once: a case is listed under all of them.
pub fn with_broader(terms: &[CaseTerm], vocabularies: &Vocabularies) -> Vec<TermId> {
    let mut all: Vec<TermId> = terms.iter().flat_map(|carried| vocabularies.with_broader(carried.term)).collect();
    all.sort_unstable_by_key(|&term| vocabularies.rank(term));
    all.dedup();
    all
}

/// The outcome of each adoption, as a term of the vocabulary `outcome`; none if there is no such term.
fn outcomes_elsewhere(
    file: &CaseFile,
    vocabularies: &Vocabularies,
    problems: &mut Vec<Problem>,
) -> Vec<Option<TermId>> {
    let outcomes = vocabularies.named("outcome");
    let mut known = |word: &Written<String>| {
        let (term, problem) = look_up(word, outcomes?);
        problems.extend(problem);
        term
    };
    file.adopted.iter().map(|adoption| adoption.outcome.as_ref().and_then(&mut known)).collect()
}

fn known_terms(uses: &[TermUse], vocabulary: &Vocabulary, problems: &mut Vec<Problem>) -> Vec<CaseTerm> {
    let mut terms: Vec<CaseTerm> = Vec::new();
    for written in uses {
        let (term, mut problem) = look_up(&written.term, vocabulary);
        let repeated = term.and_then(|term| terms.iter_mut().find(|same| same.term == term));
        // A repetition without a description is to be removed, so its spelling does not matter.
        if repeated.is_some() && written.what.is_none() && written.response.is_none() {
            problem = Some(message::vocabulary::term_twice(&written.term));
        }
        problems.extend(problem);
        let Some(term) = term else { continue };
        // A repeated term counts once, with both descriptions.
        if let Some(same) = repeated {
            same.what = joined(same.what.take(), &written.what);
            same.response = joined(same.response.take(), &written.response);
        } else if !vocabulary.file.many && !terms.is_empty() {
            problems.push(message::vocabulary::only_one(&written.term, &vocabulary.file.id));
        } else {
            let (what, response) = (written.what.clone(), written.response.clone());
            terms.push(CaseTerm { vocabulary: vocabulary.id, term, what, response });
        }
    }
    terms
}

/// Both texts, one after the other, unless the first contains the second.
fn joined(first: Option<Arc<str>>, second: &Option<Arc<str>>) -> Option<Arc<str>> {
    match (&first, second) {
        (Some(first), Some(second)) if !first.contains(&**second) => Some(format!("{first} {second}").into()),
        (None, _) => second.clone(),
        _ => first,
    }
}

/// The term that a word means, and the problem of a word that is not the id of a term.
fn look_up(word: &Written<String>, vocabulary: &Vocabulary) -> (Option<TermId>, Option<Problem>) {
    use message::vocabulary::{retired_term, synonym_used, unknown_term};
    let id_of = |term: TermId| vocabulary.terms[term].slug();
    match vocabulary.named(&word.value) {
        Some(TermMatch::Id(term)) => (Some(term), None),
        Some(TermMatch::Synonym(term)) => (Some(term), Some(synonym_used(word, id_of(term)))),
        Some(TermMatch::Retired(term)) => (Some(term), Some(retired_term(word, id_of(term)))),
        // Not every term is known of a vocabulary that could not be read.
        None if vocabulary.file.is_stub => (None, None),
        None => {
            let nearest = vocabulary.nearest(&word.value);
            let (label, file) = (vocabulary.file.label.to_lowercase(), vocabulary.file.path.as_str());
            let several = several(&word.value, vocabulary);
            (None, Some(unknown_term(word, &label, nearest, several.as_deref(), file)))
        }
    }
}

/// The terms in one value, in their correct form, if all of it is terms.
fn several(word: &str, vocabulary: &Vocabulary) -> Option<String> {
    let parted = |is_mark: fn(char) -> bool| {
        let words = word.split(is_mark).filter(|part| !part.trim().eq_ignore_ascii_case("and"));
        let words = words.map(|part| part.trim_matches(['-', '(', ')', '[', ']', '{', '}', ' ']));
        let is_number = |part: &str| part.trim_end_matches(['.', ')']).bytes().all(|byte| byte.is_ascii_digit());
        let ids: Option<Vec<&str>> = words.filter(|part| !is_number(part)).map(|part| vocabulary.id_of(part)).collect();
        ids.filter(|ids| ids.len() > 1).map(|ids| ids.join(", "))
    };
    parted(|c| matches!(c, ',' | ';' | '/' | '|' | '&' | '+')).or_else(|| parted(char::is_whitespace))
}

/// The problem of a case without a term of a required vocabulary, if its front matter could be read.
fn required(file: &CaseFile, vocabulary: &Vocabulary) -> Option<Problem> {
    let front_matter = file.front_matter.as_ref().filter(|_| vocabulary.file.required)?;
    let severity = if file.status == Status::Draft { Severity::Warning } else { Severity::Error };
    let first = vocabulary.terms.iter().next().map(|term| term.slug());
    Some(message::vocabulary::required(&front_matter.key(&vocabulary.file.id), &vocabulary.file.id, severity, first))
}

/// For each case, the listed cases that it names as related. `distinct` are the files with addresses of their own.
fn related(
    files: &[Arc<CaseFile>],
    distinct: &[(CaseId, &Arc<CaseFile>)],
    edition: &Edition,
    problems: &mut Vec<Problem>,
) -> FxHashMap<CaseId, Vec<CaseId>> {
    if files.par_iter().all(|file| file.related.is_empty()) {
        return FxHashMap::default();
    }
    let by_name: FxHashMap<Cow<'_, str>, &Arc<CaseFile>> =
        files.iter().rev().map(|file| (nfc(file.path.case_name()), file)).collect();
    let last: FxHashMap<Cow<'_, str>, &Arc<CaseFile>> =
        files.iter().map(|file| (nfc(file.path.case_name()), file)).collect();
    let listed = distinct.iter().filter(|(_, file)| unlisted(file, edition).is_none());
    let listed: FxHashMap<&str, CaseId> = listed.map(|(id, file)| (file.path.as_str(), *id)).collect();
    let names = LazyCell::new(|| NameIndex::new(by_name.keys().map(|name| (&**name, &**name))));
    let by_title = LazyCell::new(|| -> FxHashMap<&str, &Arc<CaseFile>> {
        files.iter().rev().filter(|file| file.has_title).map(|file| (&*file.title, file)).collect()
    });
    for file in files {
        for name in &file.related {
            let found = by_name.get(name.value.as_str()).copied();
            let why = found.map(|other| unlisted(other, edition));
            // Two files with the same address have been reported already.
            if let (Some(first), Some(last)) = (found, last.get(name.value.as_str()))
                && first.slug.value != last.slug.value
            {
                problems.push(message::case::two_cases(name, [&first.path, &last.path]));
                continue;
            }
            match why {
                None => {
                    let word = name.value.trim_end_matches('/');
                    let word = word.rsplit('/').next().unwrap_or(word).trim_end_matches(".md");
                    let is_name = |part: &str| by_name.contains_key(part.trim().trim_end_matches(".md"));
                    let parts = parts_of_list(&name.value);
                    problems.push(if by_name.contains_key(word) {
                        message::case::case_by_path(name, word)
                    } else if let Some(file) = by_title.get(name.value.as_str()) {
                        message::case::case_by_title(name, file.path.case_name())
                    } else if parts.len() > 1 && parts.iter().copied().all(is_name) {
                        message::case::cases_in_one_text(name, &parts)
                    } else {
                        message::case::unknown_case(name, names.nearest(word))
                    });
                }
                // An unpublished case may name other unpublished cases.
                Some(Some(why)) if why_unpublished(file.status, file.date, edition).is_none() => {
                    problems.push(message::case::unpublished_case(name, why));
                }
                Some(_) => {}
            }
        }
    }
    let naming = distinct.iter().filter(|(_, file)| !file.related.is_empty());
    naming.map(|(id, file)| (*id, related_to(file, &by_name, &listed))).collect()
}

/// The parts of a list in one text, between commas or semicolons, or else between spaces, which a name may have too.
fn parts_of_list(text: &str) -> Vec<&str> {
    match text.contains([',', ';']) {
        true => text.split([',', ';']).map(str::trim).collect(),
        false => text.split_whitespace().collect(),
    }
}

fn unlisted(file: &CaseFile, edition: &Edition) -> Option<WhyUnpublished> {
    why_unpublished(file.status, file.date, edition)
        .or((file.status == Status::Withdrawn).then_some(WhyUnpublished::Withdrawn))
}

fn related_to(
    file: &CaseFile,
    by_name: &FxHashMap<Cow<'_, str>, &Arc<CaseFile>>,
    listed: &FxHashMap<&str, CaseId>,
) -> Vec<CaseId> {
    let mut related = Vec::new();
    for name in &file.related {
        let other = by_name.get(name.value.as_str()).and_then(|other| listed.get(other.path.as_str()).copied());
        related.extend(other.filter(|id| !related.contains(id)));
    }
    related
}
