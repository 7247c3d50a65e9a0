//! The list of drafts, with what each must still have before it can be published.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::{
    model::{
        Address, PageFile,
        document::Status,
        library::{Case, Page},
        vocabularies::Vocabularies,
    },
    problem::FilePath,
    site::{
        theme::{Words, filled, in_sentence},
        view::{Common, PageHead},
    },
};

/// The drafts: `drafts.html`.
#[derive(Debug, Serialize)]
pub struct DraftsView<'a> {
    /// Title, description and trail.
    pub page: PageHead,
    /// The drafts: cases, then plain pages.
    pub drafts: Vec<Draft<'a>>,
    /// The finished cases with a date in the future.
    pub ahead: Vec<FutureCase<'a>>,
}

/// A case with a date in the future.
#[derive(Debug, Serialize)]
pub struct FutureCase<'a> {
    /// Its title.
    pub title: &'a str,
    /// Its page.
    pub href: String,
    /// Its language, where it differs from the site's.
    pub language: Option<&'a str>,
    /// The day of publication, in words.
    pub appears: String,
}

/// A draft.
#[derive(Debug, Serialize)]
pub struct Draft<'a> {
    /// Its title.
    pub title: &'a str,
    /// Its page.
    pub href: String,
    /// Its language, where it differs from the site's.
    pub language: Option<&'a str>,
    /// What is missing, in words; absent if nothing required is missing.
    pub lacks: Option<String>,
    /// Whether it has an error. Only a preview shows such drafts: a build with them publishes nothing.
    pub is_faulty: bool,
}

/// Makes the view of the drafts. `faulty` are the files with an error.
pub fn drafts<'a>(
    common: Common<'_>,
    address: &Address,
    vocabularies: &Vocabularies,
    faulty: &BTreeSet<FilePath>,
    cases: impl Iterator<Item = &'a Case>,
    ahead: impl Iterator<Item = &'a Case>,
    pages: impl Iterator<Item = &'a Page>,
) -> DraftsView<'a> {
    let words = common.words;
    let cases = cases.filter(|case| case.file.status == Status::Draft).map(|case| Draft {
        title: &case.file.title,
        href: common.href(&case.address),
        language: case.file.language.as_deref(),
        lacks: listed(words, lacking(words, vocabularies, case)),
        is_faulty: faulty.contains(&case.file.path),
    });
    let pages = pages.filter(|page| page.file.status == Status::Draft).map(|page| Draft {
        title: &page.file.title,
        href: common.href(&page.address),
        language: None,
        lacks: listed(words, lacking_of_page(words, &page.file)),
        is_faulty: faulty.contains(&page.file.path),
    });
    let drafts = cases.chain(pages).collect();
    let ahead = ahead.filter_map(|case| {
        Some(FutureCase {
            title: &case.file.title,
            href: common.href(&case.address),
            language: case.file.language.as_deref(),
            appears: filled(&words.appears_on, &[("day", &words.date(case.file.date?))]),
        })
    });
    DraftsView { ahead: ahead.collect(), page: PageHead::new(common, address, words.drafts.clone()), drafts }
}

/// The required parts that a case does not have.
fn lacking(words: &Words, vocabularies: &Vocabularies, case: &Case) -> Vec<String> {
    let file = &case.file;
    let mut lacking = Vec::new();
    let mut need = |is_there: bool, what: &str| {
        if !is_there {
            lacking.push(what.to_owned());
        }
    };
    need(file.has_title, &words.lacks_title);
    need(!file.summary.is_empty(), &words.lacks_summary);
    need(file.date.is_some(), &words.lacks_date);
    for vocabulary in vocabularies {
        need(
            !vocabulary.file.required || !case.terms_of(vocabulary.id).is_empty(),
            &in_sentence(&vocabulary.file.label),
        );
    }
    need(file.body.words > 0, &words.lacks_text);
    lacking
}

/// The required parts that a plain page does not have.
fn lacking_of_page(words: &Words, file: &PageFile) -> Vec<String> {
    let needs = [(file.has_title, &words.lacks_title), (file.body.words > 0, &words.lacks_text)];
    needs.into_iter().filter(|(is_there, _)| !is_there).map(|(_, what)| what.clone()).collect()
}

fn listed(words: &Words, lacking: Vec<String>) -> Option<String> {
    (!lacking.is_empty()).then(|| words.list(&lacking))
}
