//! Drafts: what is being written, and what each still lacks before it can be published.

use serde::Serialize;

use crate::{
    model::{Address, PageFile, document::Status, library::Case},
    problem::Problem,
    site::{Site, route::Route, theme::in_sentence, view::PageHead},
};

/// The drafts: `drafts.html`.
#[derive(Debug, Serialize)]
pub struct DraftsView<'a> {
    /// The page.
    pub page: PageHead,
    /// The cases and then the plain pages that are drafts.
    pub drafts: Vec<Draft<'a>>,
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
    /// What it still lacks, in words; absent where nothing that is required is missing.
    pub lacks: Option<String>,
}

/// The drafts of a site that shows them.
pub fn drafts<'a>(site: &'a Site, address: &Address) -> Result<DraftsView<'a>, Box<Problem>> {
    let library = &site.library;
    let cases = library.cases.iter().filter(|case| case.file.status == Status::Draft).map(|case| Draft {
        title: &case.file.title,
        href: site.href(&case.address),
        language: case.file.language.as_deref(),
        lacks: listed(site, lacking(site, case)),
    });
    let pages = library.pages.iter().filter(|page| page.file.status == Status::Draft).map(|page| Draft {
        title: &page.file.title,
        href: site.href(&page.address),
        language: None,
        lacks: listed(site, lacking_of_page(site, &page.file)),
    });
    let drafts = cases.chain(pages).collect();
    Ok(DraftsView { page: PageHead::new(site, address, &Route::Drafts, site.words().drafts.clone())?, drafts })
}

/// What a case needs to be published and does not have.
fn lacking(site: &Site, case: &Case) -> Vec<String> {
    let (file, words) = (&case.file, site.words());
    let mut lacking = Vec::new();
    let mut need = |is_there: bool, what: &str| {
        if !is_there {
            lacking.push(what.to_owned());
        }
    };
    need(file.has_title, &words.lacks_title);
    need(!file.summary.is_empty(), &words.lacks_summary);
    need(file.date.is_some(), &words.lacks_date);
    for vocabulary in &site.library.vocabularies {
        need(!vocabulary.required || !case.terms_of(vocabulary.key).is_empty(), &in_sentence(&vocabulary.label));
    }
    need(file.body.words > 0, &words.lacks_text);
    lacking
}

/// What a plain page needs.
fn lacking_of_page(site: &Site, file: &PageFile) -> Vec<String> {
    let words = site.words();
    let needs = [(file.has_title, &words.lacks_title), (file.body.words > 0, &words.lacks_text)];
    needs.into_iter().filter(|(is_there, _)| !is_there).map(|(_, what)| what.clone()).collect()
}

fn listed(site: &Site, lacking: Vec<String>) -> Option<String> {
    (!lacking.is_empty()).then(|| site.words().list(&lacking))
}
