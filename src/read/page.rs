//! A plain page's front matter → [`PageFile`], and the home page's → [`HomeFile`].

use super::{fields, source, yaml::Map};
use crate::{
    model::{
        Address, address,
        document::{Body, HomeFile, PageFile, Status},
        keys,
    },
    problem::{FilePath, Problem, Spot, Written, message::case as message},
};

/// The folder of plain pages.
pub(super) const FOLDER: &str = "content/pages/";

/// A page whose front matter could not be read: a title and an address.
pub(super) fn stub(path: &FilePath, body: Body) -> PageFile {
    PageFile {
        path: path.clone(),
        title: super::title_from(path),
        has_title: false,
        summary: None,
        address: Written { value: Address::page(parts(path).iter().map(String::as_str)), spot: Spot::whole(path) },
        nav: None,
        status: Status::Published,
        reviewed: None,
        aliases: Vec::new(),
        extra: Default::default(),
        body,
    }
}

/// A page from its front matter.
pub(super) fn page(path: &FilePath, map: Map<'_>, body: Body, problems: &mut Vec<Problem>) -> PageFile {
    let mut found = Vec::new();
    let is_of_a_case_only =
        |key: &&str| keys::named(keys::CASE, key).is_some() && keys::named(keys::PAGE, key).is_none();
    let of_a_case: Vec<&str> = map.keys().filter(is_of_a_case_only).collect();
    match of_a_case[..] {
        [first, _, _, ..] => found.push(message::case_among_pages(&map.key_spot(first), path)),
        _ => map.only_keys(keys::PAGE, &mut found),
    }
    let status = map
        .read("status", &mut found, |node, problems| fields::word(node, &Status::OF_PAGE, problems))
        .unwrap_or_default();
    let title = map.required_text("title", &mut found);
    let page = PageFile {
        has_title: title.is_some(),
        title: title.unwrap_or_else(|| super::title_from(path)),
        summary: map.text("summary", &mut found),
        address: address(path, map, &mut found),
        nav: map.read("nav", &mut found, |node, problems| node.number(problems)),
        status,
        reviewed: map.read("reviewed", &mut found, fields::day),
        aliases: map.each("aliases", &mut found, fields::alias),
        extra: map.extra(&mut found),
        ..stub(path, body)
    };
    found.extend(source::citations_on_a_page(&page.body));
    let is_draft = status == Status::Draft;
    problems.extend(found.into_iter().map(|problem| if is_draft { message::in_a_draft(problem) } else { problem }));
    page
}

/// The home page. `map` is absent without front matter, which is no mistake here.
pub(super) fn home(path: &FilePath, map: Option<Map<'_>>, body: Body, problems: &mut Vec<Problem>) -> HomeFile {
    problems.extend(source::citations_on_a_page(&body));
    let Some(map) = map else {
        return HomeFile { path: path.clone(), title: None, summary: None, extra: Default::default(), body };
    };
    map.only_keys(keys::HOME, problems);
    HomeFile {
        path: path.clone(),
        title: map.text("title", problems),
        summary: map.text("summary", problems),
        extra: map.extra(problems),
        body,
    }
}

/// The address from the path, with `slug` as the last part if it is given.
fn address(path: &FilePath, map: Map<'_>, problems: &mut Vec<Problem>) -> Written<Address> {
    let mut parts = parts(path);
    let mut spot = Spot::whole(path);
    if parts.is_empty() && !map.keys().any(|key| key == "slug") {
        problems.push(message::page_at_home(&spot));
    }
    fields::no_blank_slug(map, parts.last().map_or("", String::as_str), problems);
    if let Some(slug) = map.written("slug", problems) {
        if address::is_own_slug(&slug.value) {
            parts.pop();
            parts.push(slug.value);
            spot = slug.spot;
        } else {
            problems.push(message::bad_slug(&slug, address::own_slug(&slug.value).as_deref()));
        }
    }
    if parts.iter().any(String::is_empty) {
        problems.push(message::no_slug(&spot, path.name()));
    }
    Written { value: Address::page(parts.iter().map(String::as_str)), spot }
}

/// The parts of the address: `content/pages/about/team.md` gives about, team; `about/index.md` gives about.
fn parts(path: &FilePath) -> Vec<String> {
    let inside = path.as_str().strip_prefix(FOLDER).unwrap_or(path.as_str());
    let folders = inside.rsplit_once('/').map_or("", |(folders, _)| folders);
    let name = Some(path.stem()).filter(|stem| !stem.eq_ignore_ascii_case("index"));
    folders.split('/').filter(|folder| !folder.is_empty()).chain(name).map(address::slug).collect()
}
