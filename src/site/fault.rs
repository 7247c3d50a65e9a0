//! Errors of templates, and the problems that an editor reads.
//!
//! Only a template can fail, and then it often fails on many pages. A fault is one error on one page; [`problems`]
//! reports each mistake once, with the number of pages that have it. `check` makes every page, since a page that cannot
//! be made must not be published. The preview and the language server make one page of each kind when an edit may have
//! broken a template: they must answer at once, and a mistake in a template is nearly always on all of its pages.

use std::mem::discriminant;

use rayon::prelude::*;

use crate::{
    model::Address,
    problem::{Problem, Spot, message},
    site::{Site, route::Route},
};

/// An error of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TemplateFault {
    /// The place in the template.
    pub spot: Spot,
    /// The cause, in the words of the template engine.
    pub cause: String,
}

impl TemplateFault {
    /// Is this the mistake that causes the other error too? The names that a template may use differ from page to page.
    fn is_mistake_of(&self, other: &TemplateFault) -> bool {
        let sentence = message::template::without_names;
        self.spot == other.spot && sentence(&self.cause).0 == sentence(&other.cause).0
    }
}

/// A page that could not be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FaultyPage {
    /// The page.
    pub address: Address,
    /// Its errors: at least one.
    pub faults: Vec<TemplateFault>,
}

impl FaultyPage {
    /// The problems of this page alone.
    pub fn problems(&self) -> Vec<Problem> {
        problems(std::iter::once((self, 1)))
    }
}

/// The problems of pages that could not be made. Each page comes with the number of pages that have the same error.
pub fn problems<'a>(pages: impl IntoIterator<Item = (&'a FaultyPage, usize)>) -> Vec<Problem> {
    let mut mistakes: Vec<(&TemplateFault, &Address, usize)> = Vec::new();
    for (page, count) in pages {
        for fault in &page.faults {
            match mistakes.iter_mut().find(|(known, ..)| known.is_mistake_of(fault)) {
                Some((_, first, pages)) => {
                    *first = (&page.address).min(first);
                    *pages += count;
                }
                None => mistakes.push((fault, &page.address, count)),
            }
        }
    }
    let problem = |(fault, first, pages): (&TemplateFault, &Address, usize)| {
        message::template::failed(&fault.spot, &fault.cause, first.as_str(), pages)
    };
    mistakes.into_iter().map(problem).collect()
}

/// The problems of the templates of a site. Makes every page that has one, and drops it.
pub fn template_problems(site: &Site) -> Vec<Problem> {
    problems_of_pages(site, templated(site).map(|(address, route)| (address, route, 1)).collect())
}

/// The problems found in one page of each kind, as if all pages of its kind had them.
pub fn template_problems_by_kind(site: &Site) -> Vec<Problem> {
    let mut kinds: Vec<(&Address, &Route, usize)> = Vec::new();
    for (address, route) in templated(site) {
        match kinds.iter_mut().find(|(_, known, _)| discriminant(*known) == discriminant(route)) {
            Some((.., count)) => *count += 1,
            None => kinds.push((address, route, 1)),
        }
    }
    problems_of_pages(site, kinds)
}

/// The pages that have a template.
fn templated(site: &Site) -> impl Iterator<Item = (&Address, &Route)> {
    site.pages().filter(|(_, route)| route.has_template())
}

/// The problems of these pages, each with the number of pages that have it.
fn problems_of_pages(site: &Site, pages: Vec<(&Address, &Route, usize)>) -> Vec<Problem> {
    let faulty = |(address, route, count)| Some((site.template_errors(address, route)?, count));
    let faulty: Vec<(FaultyPage, usize)> = pages.into_par_iter().filter_map(faulty).collect();
    problems(faulty.iter().map(|(page, count)| (page, *count)))
}
