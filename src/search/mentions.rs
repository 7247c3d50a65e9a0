//! For each case, the passages of plain pages that link to it.
//!
//! A passage is the list item with the link, or the sentence with the link in a paragraph. It is indexed for the case
//! like its own text, with a lower weight, because overview pages describe cases in words that readers search for.

use std::collections::{BTreeMap, HashMap};

use crate::{
    model::{
        CaseId, Library,
        document::{LinkKind, Slot},
        ids::Id,
        library::Page,
    },
    problem::FilePath,
};

/// The passages for each case that a page links to.
pub fn mentions(library: &Library) -> BTreeMap<CaseId, Vec<String>> {
    let cases: HashMap<&str, CaseId> =
        library.cases.entries().map(|(id, case)| (case.file.path.as_str(), id)).collect();
    let mut mentions: BTreeMap<CaseId, Vec<String>> = BTreeMap::new();
    for page in library.pages.iter() {
        for (target, passage) in passages(page) {
            let case = resolved(&page.file.path, &target).and_then(|path| cases.get(path.as_str()).copied());
            if let Some(case) = case {
                mentions.entry(case).or_default().push(passage);
            }
        }
    }
    mentions
}

/// The links of a page to Markdown files, each with its passage.
fn passages(page: &Page) -> Vec<(String, String)> {
    let body = &page.file.body;
    let bounds = Bounds::of(&body.html);
    let is_file = |target: &str| target.split(['#', '?']).next().is_some_and(|path| path.ends_with(".md"));
    let links = body.slots.iter().filter_map(|&(at, slot)| {
        let Slot::Link(link) = slot else { return None };
        let link = &body.links[link.position()];
        (link.kind == LinkKind::Link && is_file(&link.target))
            .then(|| (link.target.clone(), bounds.passage(&body.html, at)))
    });
    links.collect()
}

/// The positions in HTML where passages may start and end, in ascending order. They are found once for all links of a
/// page.
struct Bounds {
    starts: Vec<usize>,
    ends: Vec<usize>,
}

impl Bounds {
    fn of(html: &str) -> Bounds {
        let tags = |names: &'static [&str]| {
            html.match_indices('<').filter_map(move |(at, _)| {
                let tag = names.iter().find(|tag| html[at..].starts_with(*tag))?;
                Some((at, at + tag.len()))
            })
        };
        let starts = tags(&["<li>", "<p>", "<td>", "<blockquote>"]).map(|(_, after)| after);
        let ends = tags(&["</li>", "</p>", "</td>", "<ul>", "<ol>"]).map(|(at, _)| at);
        Bounds { starts: starts.collect(), ends: ends.collect() }
    }

    /// The passage around a position.
    fn passage(&self, html: &str, at: usize) -> String {
        let before = self.starts.partition_point(|&start| start <= at);
        let start = before.checked_sub(1).map_or(0, |last| self.starts[last]);
        let after = self.ends.partition_point(|&end| end < at);
        let end = self.ends.get(after).copied().unwrap_or(html.len());
        let is_item = html[..start].ends_with("<li>") || html[..start].ends_with("<li>\n<p>");
        if is_item {
            return text(&html[start..end]);
        }
        let from = html[start..at].rfind(". ").map_or(start, |end| start + end + 2);
        let to = html[at..end].find(". ").map_or(end, |length| at + length + 1);
        text(&html[from..to])
    }
}

/// The text of HTML from the Markdown writer, which escapes only four characters.
fn text(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut is_tag = false;
    for c in html.chars() {
        match c {
            '<' => is_tag = true,
            '>' if is_tag => is_tag = false,
            _ if !is_tag => text.push(c),
            _ => {}
        }
    }
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

/// The file that a link leads to.
fn resolved(from: &FilePath, target: &str) -> Option<String> {
    let target = target.split(['#', '?']).next()?;
    let path = FilePath::resolve(from.folder(), target)?;
    Some(percent_encoding::percent_decode_str(&path).decode_utf8_lossy().into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_passage_is_an_item_or_a_sentence() {
        let html = "<p>First. See <a href=\"\">one</a>, which <em>broke</em> &amp; ended. Last.</p>\n<ul>\n<li><a href=\"\">Two</a>: it cost. It left.</li>\n</ul>";
        let places: Vec<usize> = html.match_indices("href=\"").map(|(at, found)| at + found.len()).collect();
        let bounds = Bounds::of(html);
        assert_eq!(bounds.passage(html, places[0]), "See one, which broke & ended.");
        assert_eq!(bounds.passage(html, places[1]), "Two: it cost. It left.");
    }

    #[test]
    fn every_link_of_a_long_page_has_its_passage() {
        let html: String = (0..50_000).map(|n| format!("<li><a href=\"\">Case {n}</a></li>\n")).collect();
        let bounds = Bounds::of(&html);
        let links = html.match_indices("href=\"").map(|(at, found)| at + found.len());
        assert!(links.enumerate().all(|(n, at)| bounds.passage(&html, at) == format!("Case {n}")));
    }

    #[test]
    fn a_link_is_relative_to_the_folder_of_its_page() {
        let from = FilePath::new("content/pages/themes/a.md");
        assert_eq!(resolved(&from, "../../cases/b.md#c").as_deref(), Some("content/cases/b.md"));
        assert_eq!(resolved(&from, "../../../../../x.md"), None);
    }
}
