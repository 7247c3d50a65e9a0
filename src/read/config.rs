//! `casebook.yaml` → [`Config`].

use std::{borrow::Cow, collections::BTreeMap};

use super::{
    features, fields,
    markdown::destination::{LinkDestination, destination},
    own_field, unusable_address,
    yaml::{Map, Node},
};
use crate::{
    model::{
        Address, Config,
        config::{BaseUrl, BaseUrlFault, Contribute, FooterLink, Publisher, SettingsLink},
        evidence_map::MapAxes,
        keys,
    },
    problem::{
        Code, FilePath, Problem, Severity, Written,
        message::{config as message, markdown},
    },
};

const LEVELS: [(&str, Option<Severity>); 3] =
    [("off", None), ("warning", Some(Severity::Warning)), ("error", Some(Severity::Error))];

/// The settings of a file. A key that it leaves out has its default.
pub(super) fn config(file: &FilePath, map: Map<'_>, problems: &mut Vec<Problem>) -> Config {
    map.only_keys(keys::SETTINGS, problems);
    let usual = Config::default();
    Config {
        title: map.required_text("title", problems).unwrap_or(usual.title),
        tagline: map.text("tagline", problems),
        base: map.read("base_url", problems, base_url).unwrap_or_default(),
        language: map.read("language", problems, fields::language).unwrap_or(usual.language),
        theme: map.read("theme", problems, theme).unwrap_or(usual.theme),
        facets: map
            .read("facets", problems, |node, problems| Some(vocabularies(node, "facets", problems)))
            .unwrap_or(usual.facets),
        map: map.map("map", problems, axes).unwrap_or(usual.map),
        per_page: map.read("per_page", problems, per_page).unwrap_or(usual.per_page),
        publisher: map.map("publisher", problems, publisher),
        licence: map.map("licence", problems, fields::licence),
        logo: map.read("logo", problems, content_file),
        favicon: map.read("favicon", problems, content_file),
        accent: map.read("accent", problems, colour),
        footer: map
            .read("footer", problems, |node, problems| Some(node.each_map(keys::FOOTER_LINK, problems, footer_link)))
            .unwrap_or_default(),
        fields: map
            .map("fields", problems, |map, problems| Some(own_field::declared(map, problems)))
            .unwrap_or_default(),
        marks: map
            .read("marks", problems, |node, problems| Some(vocabularies(node, "marks", problems)))
            .unwrap_or(usual.marks),
        events: map
            .read("events", problems, |node, problems| Some(features::events(node, problems)))
            .unwrap_or_default(),
        finder: map.map("finder", problems, features::finder),
        contribute: map.map("contribute", problems, contribute),
        regions: map
            .read("regions", problems, |node, problems| Some(features::regions(node, problems)))
            .unwrap_or_default(),
        gone: map.each("gone", problems, fields::alias),
        share_cards: map.flag("share_cards", problems),
        few_files: map.flag("few_files", problems),
        checks: map.map("checks", problems, |map, problems| Some(checks(map, problems))).unwrap_or_default(),
        extra: map.extra(problems),
        spot: crate::problem::Spot::whole(file),
    }
}

/// A base address from the configuration or the command line: a full http or https address, or a path.
pub fn parse_base_url(text: &str) -> Result<BaseUrl, BaseUrlFault> {
    let (origin, path) = match text.strip_prefix('/') {
        Some(_) => (None, text.to_owned()),
        None => {
            let is_full = |url: &url::Url| matches!(url.scheme(), "http" | "https") && text.contains("://");
            let url = url::Url::parse(text).ok().filter(is_full).ok_or(BaseUrlFault::NotFull)?;
            if !url.username().is_empty() || url.password().is_some() {
                return Err(BaseUrlFault::User);
            }
            if url.query().is_some() || url.fragment().is_some() {
                return Err(BaseUrlFault::Question);
            }
            (Some(url.origin().ascii_serialization()), url.path().to_owned())
        }
    };
    if path.contains(['?', '#']) {
        return Err(BaseUrlFault::Question);
    }
    let is_allowed = |c: char| c.is_ascii_alphanumeric() || "/-._~%".contains(c);
    if let Some(other) = path.chars().find(|c| !is_allowed(*c)) {
        return Err(BaseUrlFault::Character(other));
    }
    let is_code = |rest: &str| rest.len() > 1 && rest.bytes().take(2).all(|byte| byte.is_ascii_hexdigit());
    if !path.split('%').skip(1).all(is_code) {
        return Err(BaseUrlFault::Percent);
    }
    if [".html", ".htm"].iter().any(|ending| path.to_ascii_lowercase().ends_with(ending)) {
        return Err(BaseUrlFault::Page);
    }
    let path = if path.ends_with('/') { path } else { format!("{path}/") };
    match Address::parse(&path) {
        Some(_) => Ok(BaseUrl { origin, path }),
        None => Err(BaseUrlFault::Parts),
    }
}

fn base_url(node: Node<'_>, problems: &mut Vec<Problem>) -> Option<BaseUrl> {
    let text = node.text(problems)?;
    let base = parse_base_url(&text);
    let report = |fault: &BaseUrlFault| problems.push(message::bad_base_url(&node.spot(), &text, &fault.to_string()));
    base.inspect_err(report).ok()
}

/// The name of a folder under `themes/`.
fn theme(node: Node<'_>, problems: &mut Vec<Problem>) -> Option<Written<String>> {
    let name = node.written(problems)?;
    if name.value.contains(['/', '\\']) || name.value.starts_with(['.', '_']) {
        problems.push(message::not_a_theme(&name.spot));
        return None;
    }
    Some(name)
}

/// A list of vocabularies, none twice.
fn vocabularies(node: Node<'_>, key: &str, problems: &mut Vec<Problem>) -> Vec<Written<String>> {
    let mut vocabularies: Vec<Written<String>> = Vec::new();
    for vocabulary in node.each(problems, |node, problems| node.written(problems)) {
        match vocabularies.iter().any(|known| known.value == vocabulary.value) {
            true => {
                problems.push(message::vocabulary_twice(&vocabulary.spot, key, &vocabulary.value));
            }
            false => vocabularies.push(vocabulary),
        }
    }
    vocabularies
}

fn axes(map: Map<'_>, problems: &mut Vec<Problem>) -> Option<MapAxes<Written<String>>> {
    map.only_keys(keys::MAP, problems);
    let [rows, columns] =
        ["rows", "columns"].map(|axis| map.require(axis, problems, |node, problems| node.written(problems)));
    let (rows, columns) = (rows?, columns?);
    if rows.value == columns.value {
        problems.push(message::same_axis_twice(&columns.spot));
        return None;
    }
    Some(MapAxes { rows, columns })
}

fn per_page(node: Node<'_>, problems: &mut Vec<Problem>) -> Option<usize> {
    let number = node.number(problems)?;
    if (1..=500).contains(&number) {
        return usize::try_from(number).ok();
    }
    problems.push(message::number_not_within(&node.spot(), "per_page", 500));
    None
}

fn publisher(map: Map<'_>, problems: &mut Vec<Problem>) -> Option<Publisher> {
    map.only_keys(keys::PUBLISHER, problems);
    let (url, email) = (map.read("url", problems, fields::web_address), map.read("email", problems, fields::email));
    Some(Publisher { name: map.required_text("name", problems)?, url, email })
}

/// Where a finished form can be sent. An empty mapping offers the form with a download alone.
fn contribute(map: Map<'_>, problems: &mut Vec<Problem>) -> Option<Contribute> {
    map.only_keys(keys::CONTRIBUTE, problems);
    let (email, repository) =
        (map.read("email", problems, fields::email), map.read("repository", problems, repository));
    Some(Contribute { email, repository })
}

/// The address of a repository. `owner/name` lacks its host.
fn repository(node: Node<'_>, problems: &mut Vec<Problem>) -> Option<String> {
    let is_part =
        |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b));
    let bare = node.plain_text().and_then(|text| text.split_once('/'));
    if bare.is_some_and(|(owner, name)| is_part(owner) && is_part(name) && !owner.contains('.')) {
        problems.push(message::bare_repository(&node.spot(), node.plain_text().unwrap_or_default()));
        return None;
    }
    fields::web_address(node, problems)
}

/// A path under `content/`, with or without that folder's name.
fn content_file(node: Node<'_>, problems: &mut Vec<Problem>) -> Option<Written<String>> {
    let written = node.written(problems)?;
    let path = written.value.trim_start_matches('/');
    let path = path.strip_prefix("content/").unwrap_or(path);
    if path.split('/').any(|part| matches!(part, "" | "." | "..")) || path.contains('\\') {
        problems.push(message::not_a_content_file(&written.spot, node.name()));
        return None;
    }
    Some(Written { value: path.to_owned(), spot: written.spot })
}

/// `#rrggbb` or `#rgb`, given as `#rrggbb` in lower case.
fn colour(node: Node<'_>, problems: &mut Vec<Problem>) -> Option<String> {
    // A colour without quotation marks is a comment, so the value is empty; one without `#` may be a number.
    let text = node.bare().or_else(|| node.text(problems).map(Cow::into_owned)).unwrap_or_default();
    let text = text.to_ascii_lowercase();
    let digits = text.strip_prefix('#').filter(|digits| digits.bytes().all(|b| b.is_ascii_hexdigit()));
    match digits.map(str::len) {
        Some(6) => Some(text),
        Some(3) => Some(text.chars().flat_map(|c| std::iter::repeat_n(c, if c == '#' { 1 } else { 2 })).collect()),
        _ => {
            let is_meant = |text: &str| matches!(text.len(), 3 | 6) && text.bytes().all(|b| b.is_ascii_hexdigit());
            problems.push(message::not_a_colour(&node.spot(), "accent", &text, is_meant(&text)));
            None
        }
    }
}

fn footer_link(map: Map<'_>, problems: &mut Vec<Problem>) -> Option<FooterLink> {
    map.only_keys(keys::FOOTER_LINK, problems);
    let text = map.required_text("text", problems);
    let target = map.require("url", problems, settings_link);
    Some(FooterLink { text: text?, target: target? })
}

/// An address that a link may have.
pub(super) fn settings_link(node: Node<'_>, problems: &mut Vec<Problem>) -> Option<SettingsLink> {
    let written = node.written(problems)?;
    problems.push(match destination(&written.value) {
        LinkDestination::Site => return Some(SettingsLink::Here(written)),
        LinkDestination::Contact(address) => return Some(SettingsLink::Elsewhere(address)),
        LinkDestination::Web(address) => {
            let url = url::Url::parse(&address).ok();
            problems.extend(url.and_then(|url| unusable_address::problem(&url, &written.value, &written.spot)));
            return Some(SettingsLink::Elsewhere(address));
        }
        LinkDestination::Malformed => markdown::not_an_address(&written.spot, &written.value),
        LinkDestination::NoScheme => markdown::no_scheme(&written.spot, &written.value),
        LinkDestination::Unsafe(scheme) => markdown::unsafe_scheme(&written.spot, &written.value, &scheme),
    });
    None
}

fn checks(map: Map<'_>, problems: &mut Vec<Problem>) -> BTreeMap<Code, Option<Severity>> {
    let mut checks = BTreeMap::new();
    map.only_text_keys(problems);
    for key in map.keys() {
        let Some(code) = Code::from_name(key) else {
            problems.push(message::unknown_check(&map.key_spot(key), key));
            continue;
        };
        let level =
            map.read(key, problems, |node, problems| Some((fields::word(node, &LEVELS, problems)?, node.spot())));
        let Some((level, spot)) = level else { continue };
        let lowered = level != Some(Severity::Error) && code.severity() == Severity::Error;
        if lowered && !code.may_be_lowered() {
            problems.push(message::check_not_lowered(&spot, code));
        } else {
            checks.insert(code, level);
        }
    }
    checks
}
