//! A case study's front matter → [`CaseFile`].

use std::sync::Arc;

use jiff::civil::Date;
use rustc_hash::FxHashSet;

use super::{
    LibraryKeys, fields,
    markdown::{destination, is_name_of_file},
    own_field, plain_text, source,
    yaml::{Map, Node},
};
use crate::{
    model::{
        Address,
        address::{self, PICTURE_TYPES, is_published_type, nfc, sort_key},
        document::{
            Body, CaseFile, Contact, FrontMatter, Image, LONGEST_SUMMARY, LinkKind, Period, Place, Source, Status,
            TermUse, Withdrawal,
        },
        keys, related,
        spelling::{address_hash, title_hash},
    },
    problem::{
        FilePath, Problem, Severity, Spot, Written, message::case as message, message::doubtful, message::plain,
    },
};

/// A case whose front matter could not be read: a title and an address.
pub(super) fn stub(path: &FilePath, body: Body) -> CaseFile {
    CaseFile::titled(path, super::title_from(path), body)
}

/// A case from its front matter. What is missing from a draft is a warning.
pub(super) fn case(
    path: &FilePath,
    map: Map<'_>,
    body: Body,
    own: &LibraryKeys,
    problems: &mut Vec<Problem>,
) -> CaseFile {
    let mut found = Vec::new();
    let case = from_front_matter(path, map, body, own, &mut found);
    let is_draft = case.status == Status::Draft;
    problems.extend(found.into_iter().map(|problem| if is_draft { message::in_a_draft(problem) } else { problem }));
    case
}

fn from_front_matter(
    path: &FilePath,
    map: Map<'_>,
    body: Body,
    own: &LibraryKeys,
    problems: &mut Vec<Problem>,
) -> CaseFile {
    map.only_keys_or_own(keys::CASE, own, problems);
    let date = map.require("date", problems, fields::day);
    let sources = sources(map, &body, problems);
    let status = map.read("status", problems, |node, problems| fields::word(node, &Status::OF_CASE, problems));
    let status = status.unwrap_or_default();
    let title = map.required_text("title", problems);
    let has_title = title.is_some();
    let (title, summary) = (title.unwrap_or_else(|| super::title_from(path)), summary(map, problems));
    let slug = slug(path, map, problems);
    let places = places(map, problems);
    let title_sort_key = sort_key(&title);
    let address = Address::page(["cases", &slug.value]);
    let case = CaseFile {
        title_hash: title_hash(&title_sort_key),
        title_sort_key: title_sort_key.into(),
        place_key: places.first().map(|place: &Place| sort_key(&place.name)).unwrap_or_default().into(),
        address_hash: address_hash(&address),
        address,
        subject: related::subject(&title, &summary),
        title,
        has_title,
        summary,
        date,
        updated: map.read("updated", problems, fields::day),
        terms: own.vocabularies.iter().filter_map(|id| Some((id.clone(), uses(map, id, problems)?))).collect(),
        places,
        short_place: map.text("short_place", problems),
        period: map.read("period", problems, period),
        partners: partners(map, problems),
        lesson: source::lesson(map, problems),
        authors: source::authors(map, problems),
        corrections: source::corrections(map, date, problems),
        adopted: source::adopted(map, &sources, problems),
        latest_source: sources.iter().filter_map(|source| Some(source.date?.year())).max(),
        sources,
        own_fields: own_field::values(map, &own.fields, problems),
        status,
        withdrawn: withdrawal(map, status, date, problems),
        reviewed: map.read("reviewed", problems, fields::day),
        review_by: map.read("review_by", problems, |node, problems| {
            Some(Written { value: fields::day(node, problems)?, spot: node.spot() })
        }),
        slug,
        aliases: map.each("aliases", problems, fields::alias),
        related: related(path, map, problems),
        image: map.map("image", problems, image),
        contact: map.map("contact", problems, contact),
        licence: map.map("licence", problems, fields::licence),
        language: map.read("language", problems, fields::language),
        extra: map.extra(problems),
        front_matter: Some(FrontMatter { spot: map.spot() }),
        ..stub(path, body)
    };
    report_early_update(map, &case, problems);
    case
}

/// The sources. Reports citations of others, in the body and in front matter.
fn sources(map: Map<'_>, body: &Body, problems: &mut Vec<Problem>) -> Vec<Source> {
    let sources = source::sources(map, problems);
    if !map.has_near("sources") {
        problems.extend(source::unknown_in(body, &sources));
        problems.extend(source::near_citations(body, &sources));
    }
    sources
}

/// Reports a change that is dated before the publication.
fn report_early_update(map: Map<'_>, case: &CaseFile, problems: &mut Vec<Problem>) {
    if let (Some(date), Some(updated)) = (case.date, case.updated)
        && updated < date
    {
        let spot = map.read("updated", problems, |node, _| Some(node.spot())).unwrap_or_else(|| map.spot());
        problems.push(message::updated_too_early(&spot, updated, date));
    }
}

/// The partners. Reports one that is named twice.
fn partners(map: Map<'_>, problems: &mut Vec<Problem>) -> Vec<String> {
    map.no_list_in_one_text("partners", problems);
    let mut known = FxHashSet::default();
    map.each("partners", problems, |node, problems| {
        let partner = node.text(problems)?.into_owned();
        if let Some(inner) = plain_text::quoted(&partner) {
            problems.push(plain::quoted_whole(&node.spot(), "name", &partner, inner));
        }
        if !known.insert(partner.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()) {
            problems.push(doubtful::partner_twice(&node.spot(), &partner));
        }
        Some(partner)
    })
}

/// The cases that the author names as related.
fn related(path: &FilePath, map: Map<'_>, problems: &mut Vec<Problem>) -> Vec<Written<String>> {
    let mut known = FxHashSet::default();
    map.each("related", problems, |node, problems| {
        let name = node.written(problems)?;
        if node.item() == Some(SHOWN_RELATED) {
            problems.push(doubtful::related_not_shown(&name.spot, SHOWN_RELATED));
        }
        if name.value == nfc(path.case_name()) {
            problems.push(doubtful::related_to_itself(&name.spot));
        } else if !known.insert(name.value.clone()) {
            problems.push(doubtful::related_twice(&name.spot, &name.value));
        }
        Some(name)
    })
}

/// The related cases that a page shows.
const SHOWN_RELATED: usize = 3;

/// The places, each once.
fn places(map: Map<'_>, problems: &mut Vec<Problem>) -> Vec<Place> {
    let places = map.each("place", problems, |node, problems| Some((place(node, problems)?, node.spot())));
    let mut known = FxHashSet::default();
    for (place, spot) in &places {
        if !known.insert((&place.name, &place.region)) {
            problems.push(doubtful::place_twice(spot, &place.name));
        }
    }
    places.into_iter().map(|(place, _)| place).collect()
}

fn summary(map: Map<'_>, problems: &mut Vec<Problem>) -> String {
    let summary = map.required_text("summary", problems).unwrap_or_default();
    map.read("summary", problems, |node, problems| {
        fields::no_longer_than(node, &summary, LONGEST_SUMMARY, problems);
        Some(())
    });
    summary
}

/// The terms of one vocabulary; absent if nothing is written. A warning does not stand for a term: what is required
/// would be missing from a published case.
fn uses(map: Map<'_>, vocabulary: &str, problems: &mut Vec<Problem>) -> Option<Vec<TermUse>> {
    let before = problems.len();
    let is_empty = map.read(vocabulary, problems, |node, _| node.is_list_of_nothing().then_some(())).is_some();
    let uses = if is_empty { Vec::new() } else { map.each(vocabulary, problems, term_use) };
    let is_reported = problems[before..].iter().any(|problem| problem.severity == Severity::Error);
    (!uses.is_empty() || is_reported || map.has_near(vocabulary)).then_some(uses)
}

/// A term alone, or a mapping with the term and its description.
fn term_use(node: Node<'_>, problems: &mut Vec<Problem>) -> Option<TermUse> {
    if !node.is_map() {
        return Some(TermUse { term: node.written(problems)?, what: None, response: None });
    }
    let map = node.map(problems)?;
    let is_of_its_form = map.keys().any(|key| keys::named(keys::TERM_USE, key).is_some()) || map.has_near("term");
    if !is_of_its_form {
        let keys: Vec<&str> = map.keys().collect();
        problems.push(match map.is_blank() {
            true => message::terms_in_braces(&node.spot(), node.name(), &keys),
            false => message::terms_as_keys(&map.key_spot("term"), &keys),
        });
        return None;
    }
    let term = map.require("term", problems, |node, problems| node.written(problems))?;
    map.only_keys(keys::TERM_USE, problems);
    let what = map.text("what", problems).map(Arc::from);
    Some(TermUse { term, what, response: map.text("response", problems).map(Arc::from) })
}

/// Is this the official name of one place, such as "Bristol, City of"?
fn is_official_name(name: &str) -> bool {
    [", City of", ", County of"].iter().any(|ending| name.ends_with(ending))
}

/// A name alone, or a mapping.
fn place(node: Node<'_>, problems: &mut Vec<Problem>) -> Option<Place> {
    if !node.is_map() {
        let name = node.text(problems)?.into_owned();
        if node.report_lines_of_one_text(problems) {
            return Some(Place { item: node.item(), ..Place::new(name, None, None) });
        }
        if name.contains(',') && !is_official_name(&name) {
            problems.push(doubtful::place_with_comma(&node.spot(), &name));
        } else if let Some((place, code)) = with_code(&name) {
            problems.push(doubtful::code_in_name(&node.spot(), &name, place, code));
        }
        return Some(Place { item: node.item(), ..Place::new(name, None, None) });
    }
    let map = node.map(problems)?;
    map.only_keys(keys::PLACE, problems);
    if map.is_blank() {
        return None;
    }
    let code = place_code(map, problems);
    let place = Place::new(map.required_text("name", problems)?, code, map.text("region", problems));
    Some(Place { item: node.item(), ..place })
}

/// The code of a place, if it is valid.
pub(super) fn place_code(map: Map<'_>, problems: &mut Vec<Problem>) -> Option<String> {
    let code = map.written("code", problems)?;
    if is_place_code(&code.value) {
        return Some(code.value);
    }
    problems.push(message::bad_place_code(&code.spot, &code.value));
    None
}

/// Is it a letter and eight digits?
fn is_place_code(text: &str) -> bool {
    text.len() == 9
        && text.bytes().enumerate().all(|(n, b)| if n == 0 { b.is_ascii_uppercase() } else { b.is_ascii_digit() })
}

/// The name and the code in `Torbay (E06000027)`.
fn with_code(text: &str) -> Option<(&str, &str)> {
    let (name, rest) = text.rsplit_once([' ', '('])?;
    let code = rest.trim_end_matches(')');
    is_place_code(code).then(|| (name.trim_end_matches(['(', ' ']), code))
}

/// The intended years of a period that is written as one text, one number or a list: `2019`, `2019-2022`, `2019 to
/// now`.
fn years_meant(node: Node<'_>) -> Option<(String, Option<String>)> {
    const NO_END: [&str; 5] = ["present", "now", "ongoing", "today", "date"];
    let list = || Some(node.source().strip_prefix('[')?.strip_suffix(']')?.replace(',', " "));
    let text = node.bare().or_else(|| node.plain_text().map(str::to_owned));
    let text = if node.is_list() { list() } else { text }?;
    let words = text.split(|c: char| c.is_whitespace() || "-–—/".contains(c));
    let is_other = |word: &&str| {
        matches!(*word, "" | "to" | "from" | "since" | "until" | "on") || NO_END.contains(&word.to_lowercase().as_str())
    };
    let words: Vec<&str> = words.filter(|word| !is_other(word)).collect();
    let is_year = |word: &&str| word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit());
    match words[..] {
        [from] if is_year(&from) => Some((from.to_owned(), None)),
        [from, to] if is_year(&from) && is_year(&to) => Some((from.to_owned(), Some(to.to_owned()))),
        _ => None,
    }
}

/// The years of the partnership: a mapping. Anything else that holds years is reported in the form that it should have.
fn period(node: Node<'_>, problems: &mut Vec<Problem>) -> Option<Period> {
    if let Some((from, to)) = years_meant(node) {
        problems.push(message::period_in_short(&node.spot(), &node.source(), &from, to.as_deref()));
        return None;
    }
    node.given_map(problems).and_then(|map| period_from_map(map, problems))
}

fn period_from_map(map: Map<'_>, problems: &mut Vec<Problem>) -> Option<Period> {
    map.only_keys(keys::PERIOD, problems);
    let [from, to, changed, reported] =
        ["from", "to", "changed", "reported"].map(|key| map.read(key, problems, fields::year));
    let spot = |key: &str| map.read(key, &mut Vec::new(), |node, _| Some(node.spot())).unwrap_or_else(|| map.spot());
    if let (Some(from), Some(to)) = (from, to)
        && from > to
    {
        problems.push(message::period_reversed(&spot("to"), from, to));
        return None;
    }
    let before = |year: &i16| from.is_some_and(|from| *year < from);
    let after = |year: &i16| to.is_some_and(|to| *year > to);
    if let Some(year) = changed.filter(|year| before(year) || after(year)) {
        problems.push(message::outside_period(&spot("changed"), "changed", year, from, to));
    }
    if let Some(year) = reported.filter(before) {
        problems.push(message::outside_period(&spot("reported"), "reported", year, from, to));
    }
    let period = Period { from, to, changed, reported, note: map.text("note", problems) };
    let says_nothing = [from, to, changed, reported].iter().all(Option::is_none) && period.note.is_none();
    (!says_nothing).then_some(period)
}

/// The day and the reason of a withdrawal, which a withdrawn case must have.
fn withdrawal(
    map: Map<'_>,
    status: Status,
    published: Option<Date>,
    problems: &mut Vec<Problem>,
) -> Option<Withdrawal> {
    let before = problems.len();
    let withdrawal = map.map("withdrawn", problems, |map, problems| {
        map.only_keys(keys::WITHDRAWN, problems);
        let date = map.require("date", problems, |node, problems| {
            let day = fields::day(node, problems)?;
            let first = published.filter(|first| day < *first);
            problems.extend(first.map(|first| message::withdrawn_too_early(&node.spot(), day, first)));
            Some(day)
        });
        Some(Withdrawal { date, why: map.required_text("why", problems) })
    });
    if status == Status::Withdrawn && withdrawal.is_none() && problems.len() == before {
        problems.push(message::withdrawn_without_why(&map.key_spot("status")));
    }
    if status != Status::Withdrawn && withdrawal.is_some() {
        problems.push(message::not_withdrawn(&map.key_spot("withdrawn")));
    }
    withdrawal
}

fn image(map: Map<'_>, problems: &mut Vec<Problem>) -> Option<Image> {
    map.only_keys(keys::IMAGE, problems);
    let alt = map.text("alt", problems);
    if alt.is_none() {
        problems.push(message::missing_alt(&map.key_spot("alt")));
    }
    let credit = map.text("credit", problems);
    let src = map.require("src", problems, |node, problems| node.written(problems))?;
    match destination::check(&src.value, LinkKind::Media, &src.spot) {
        Ok(_) if is_of_another_kind(&src.value) => {
            problems.push(message::not_a_picture(&src));
            None
        }
        Ok(_) => {
            let named_only = alt.as_deref().filter(|alt| is_name_of_file(alt, &src.value));
            problems.extend(named_only.map(|alt| message::file_name_as_alt(&map.key_spot("alt"), alt)));
            Some(Image { src, alt: alt.unwrap_or_default(), credit })
        }
        Err(problem) => {
            problems.push(*problem);
            None
        }
    }
}

/// Is this a file that is published, but is no picture?
fn is_of_another_kind(path: &str) -> bool {
    let ending = path.rsplit_once('.').map_or(String::new(), |(_, ending)| ending.to_ascii_lowercase());
    is_published_type(&ending) && !PICTURE_TYPES.contains(&&*ending)
}

fn contact(map: Map<'_>, problems: &mut Vec<Problem>) -> Option<Contact> {
    map.only_keys(keys::CONTACT, problems);
    let contact = Contact { name: map.text("name", problems), email: map.read("email", problems, fields::email) };
    (contact.name.is_some() || contact.email.is_some()).then_some(contact)
}

/// The last part of the address: from `slug` if it is given and valid, otherwise from the name of the file.
fn slug(path: &FilePath, map: Map<'_>, problems: &mut Vec<Problem>) -> Written<String> {
    let from_name = Written { value: address::slug(path.case_name()), spot: Spot::whole(path) };
    fields::no_blank_slug(map, &from_name.value, problems);
    let slug = map.written("slug", problems).unwrap_or_else(|| from_name.clone());
    if slug.value.is_empty() {
        problems.push(message::no_slug(&slug.spot, path.name()));
    } else if !address::is_own_slug(&slug.value) {
        problems.push(message::bad_slug(&slug, address::own_slug(&slug.value).as_deref()));
        return from_name;
    }
    slug
}
