//! Theme pages: cards in the list of theme pages, groups of cases on each page, and links from the cases back.

use serde::Serialize;

use crate::{
    model::{CaseId, PageId, library::Page},
    site::{
        abbreviations::{Spelling, lede},
        lifeline::{Life, bundle},
        theme::Html,
        theme_pages::{Group, ThemeIndex, ThemePage, ThemePageItem, ThemePagePart},
        view::{
            Dated, PageHead,
            lifelines::{TallyView, strip_of, tally},
            marks::icon,
            overview::Overview,
            page::{body, described},
        },
    },
};

/// A link to a theme page, as cards and lists show it.
#[derive(Debug, Serialize)]
pub struct ThemeLink<'a> {
    /// Its title.
    pub title: &'a str,
    /// Its address.
    pub href: String,
    /// Its summary.
    pub summary: Option<&'a str>,
    /// The number of its cases.
    pub count: String,
    /// The number of its cases, in words: `13 cases named`.
    pub cases: String,
    /// The number of its groups, in words: `cases named in 6 groups`; without it if some cases are in no group.
    pub groups: String,
    /// The lifelines of its cases, in a fixed height.
    pub drawing: Option<Html>,
    /// The outcomes, with the number of cases of each.
    pub tally: Vec<TallyView>,
}

/// The page that lists theme pages: `theme-pages.html`.
#[derive(Debug, Serialize)]
pub struct ThemeIndexView<'a> {
    /// Title, description and trail.
    pub page: PageHead,
    /// Its summary.
    pub summary: Option<Html>,
    /// The theme pages.
    pub themes: Vec<ThemeLink<'a>>,
    /// Its body, without the links that the cards replace.
    pub body: Html,
    /// Whether it is a draft.
    pub is_draft: bool,
}

/// A theme page: `theme-page.html`.
#[derive(Debug, Serialize)]
pub struct ThemeView {
    /// Title, description and trail.
    pub page: PageHead,
    /// Its summary.
    pub summary: Option<Html>,
    /// Its parts, in order.
    pub parts: Vec<ThemePagePartView>,
    /// The day on which its facts were checked.
    pub checked: Option<Dated>,
    /// Whether it is a draft.
    pub is_draft: bool,
}

/// A part of a theme page: text or a group.
#[derive(Debug, Serialize)]
pub struct ThemePagePartView {
    /// The text.
    pub prose: Option<Html>,
    /// The group.
    pub group: Option<GroupView>,
}

/// Cases under a heading.
#[derive(Debug, Serialize)]
pub struct GroupView {
    /// The heading's id.
    pub id: String,
    /// The heading.
    pub heading: Html,
    /// The number of cases.
    pub count: String,
    /// The number of cases, in words: `3 cases named`.
    pub cases: String,
    /// The outcome of each case, as a drawing.
    pub icons: Vec<Html>,
    /// The sentence on each case.
    pub items: Vec<ItemView>,
}

/// The sentence on a case.
#[derive(Debug, Serialize)]
pub struct ItemView {
    /// The sentence.
    pub html: Html,
    /// The lifelines of the cases that it names.
    pub strips: Vec<Html>,
}

/// A theme page that links to a case.
#[derive(Debug, Serialize)]
pub struct ThemeOfCase<'a> {
    /// Its title.
    pub title: &'a str,
    /// The link to the heading above the case, on that page.
    pub href: String,
    /// That heading.
    pub heading: Html,
    /// The sentence on the case.
    pub sentence: Html,
}

/// The theme pages, as cards.
pub fn theme_links<'a>(overview: Overview<'a>) -> Vec<ThemeLink<'a>> {
    overview.theme_pages.pages.iter().map(|theme| theme_link(overview, theme)).collect()
}

/// The link to the first page that lists theme pages.
pub fn all_themes(overview: Overview<'_>) -> Option<String> {
    let first = overview.theme_pages.indexes.first()?;
    Some(overview.href(&overview.pages[first.page].address))
}

fn theme_link<'a>(overview: Overview<'a>, theme: &ThemePage) -> ThemeLink<'a> {
    let words = overview.words();
    let page = &overview.pages[theme.page];
    let cases = &theme.named;
    let lives: Vec<&Life> = overview.lives.among(cases).into_iter().map(|(_, life)| life).collect();
    let drawing = overview.lives.axis.filter(|_| !lives.is_empty()).map(|axis| bundle::fixed(&lives, axis));
    let unit = words.unit(&words.cases_named, cases.len());
    let groups = words.count(&words.groups, theme.groups().count());
    let is_all_in_groups = theme.cases().len() == cases.len();
    ThemeLink {
        title: &page.file.title,
        href: overview.href(&page.address),
        summary: page.file.summary.as_deref(),
        count: words.number(cases.len()),
        cases: words.count(&words.cases_named, cases.len()),
        groups: if is_all_in_groups { format!("{unit} {groups}") } else { unit.to_owned() },
        drawing: drawing.map(|drawing| Html::new(&drawing)),
        tally: tally(overview, cases),
    }
}

/// Makes the view of a page that lists theme pages. Cards replace the list in its body.
pub fn index<'a>(
    overview: Overview<'a>,
    head: PageHead,
    index: &ThemeIndex,
    hrefs: &[String],
    spelling: &mut Spelling<'_>,
) -> ThemeIndexView<'a> {
    let file = &overview.pages[index.page].file;
    let words = body(overview.words(), hrefs, &file.body);
    let pages = overview.theme_pages.pages.iter().filter(|theme| index.listed.contains(&theme.page));
    let themes: Vec<ThemeLink<'_>> = pages.map(|theme| theme_link(overview, theme)).collect();
    ThemeIndexView {
        page: head,
        summary: file.summary.as_deref().map(lede),
        body: spelling.html(&without_bullets(&words, &themes)),
        themes,
        is_draft: file.status == crate::model::document::Status::Draft,
    }
}

/// A body without the bullets that lead to theme pages, and without lists that would be empty.
fn without_bullets(html: &str, themes: &[ThemeLink<'_>]) -> String {
    let leads = |item: &str| themes.iter().any(|theme| item.contains(&format!("href=\"{}\"", theme.href)));
    let mut kept = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, after)) = rest.split_once("<ul>")
        && let Some((list, after)) = after.split_once("</ul>")
    {
        kept.push_str(before);
        let items: Vec<&str> = list.split("<li>").skip(1).filter(|item| !leads(item)).collect();
        if !items.is_empty() {
            kept.push_str("<ul>\n");
            items.iter().for_each(|item| {
                kept.push_str("<li>");
                kept.push_str(item);
            });
            kept.push_str("</ul>");
        }
        rest = after;
    }
    kept.push_str(rest);
    kept
}

/// Makes the view of a theme page.
pub fn theme_page(overview: Overview<'_>, head: PageHead, theme: &ThemePage, spelling: &mut Spelling<'_>) -> ThemeView {
    let file = &overview.pages[theme.page].file;
    let part = |part: &ThemePagePart, spelling: &mut Spelling<'_>| match part {
        ThemePagePart::Prose(html) => ThemePagePartView { prose: Some(spelling.html(html)), group: None },
        ThemePagePart::Group(group) => {
            ThemePagePartView { prose: None, group: Some(group_view(overview, group, spelling)) }
        }
    };
    ThemeView {
        page: head,
        summary: file.summary.as_deref().map(lede),
        parts: theme.parts.iter().map(|one| part(one, spelling)).collect(),
        checked: file.reviewed.map(|day| Dated::new(overview.words(), day)),
        is_draft: file.status == crate::model::document::Status::Draft,
    }
}

fn group_view(overview: Overview<'_>, group: &Group, spelling: &mut Spelling<'_>) -> GroupView {
    let words = overview.words();
    let mut cases: Vec<CaseId> = group.items.iter().flat_map(|item| item.cases.iter().copied()).collect();
    let mut seen = Vec::new();
    cases.retain(|case| {
        !seen.contains(case) && {
            seen.push(*case);
            true
        }
    });
    let mark = |&case: &CaseId| {
        let mut marks = overview.marks_of(&overview.cases[case]);
        marks.find(|(_, term)| term.file.mark.is_some()).and_then(|(_, term)| icon(term))
    };
    GroupView {
        id: group.id.clone(),
        heading: Html::new(&group.heading),
        count: words.number(cases.len()),
        cases: words.count(&words.cases_named, cases.len()),
        icons: cases.iter().filter_map(mark).collect(),
        items: group.items.iter().map(|item| item_view(overview, item, spelling)).collect(),
    }
}

fn item_view(overview: Overview<'_>, item: &ThemePageItem, spelling: &mut Spelling<'_>) -> ItemView {
    let strips = item.cases.iter().filter_map(|&case| strip_of(overview, case));
    ItemView { html: spelling.html(&item.html), strips: strips.collect() }
}

/// The theme pages that link to a case, each with its sentence.
pub fn themes_of_case<'a>(overview: Overview<'a>, case: CaseId, spelling: &mut Spelling<'_>) -> Vec<ThemeOfCase<'a>> {
    let about = overview.theme_pages.about(case);
    let theme = |(page, group, item): (PageId, &Group, &ThemePageItem)| {
        let page = &overview.pages[page];
        ThemeOfCase {
            title: &page.file.title,
            href: format!("{}#{}", overview.href(&page.address), group.id),
            heading: Html::new(&group.heading),
            sentence: spelling.html(&item.html),
        }
    };
    about.map(theme).collect()
}

/// The theme pages that link to at least two of these cases, with the number of those; the largest number first.
pub fn themes_of_cases<'a>(overview: Overview<'a>, cases: &[CaseId]) -> Vec<super::Counted> {
    const SHOWN: usize = 4;
    let shared = |theme: &'a ThemePage| (theme.cases().iter().filter(|case| cases.contains(case)).count(), theme);
    let mut shared: Vec<(usize, &ThemePage)> = overview.theme_pages.pages.iter().map(shared).collect();
    shared.retain(|(count, _)| *count > 1);
    shared.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
    let link = |(count, theme): (usize, &ThemePage)| {
        let page = &overview.pages[theme.page];
        super::Counted::new(overview.words(), &page.file.title, overview.href(&page.address), count)
    };
    shared.into_iter().take(SHOWN).map(link).collect()
}

/// The head of a plain page that is a theme page, or that lists theme pages.
pub fn head(overview: Overview<'_>, page: &Page) -> PageHead {
    let file = &page.file;
    PageHead::new(overview.common, &page.address, file.title.clone()).described(described(file))
}
