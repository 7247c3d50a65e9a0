//! Themes laid over the built-in one.

use super::*;
use crate::problem::{Code, Part, Spot, Written};

fn config() -> Config {
    let spot = Spot::whole(&FilePath::new("casebook.yaml"));
    Config { theme: Written { value: "own".to_owned(), spot }, ..Config::default() }
}

fn loaded(files: &[(&str, &str)]) -> Checked<Theme> {
    let file = |(name, text): &(&str, &str)| (FilePath::new(format!("themes/own/{name}")), Arc::from(text.as_bytes()));
    load(&config(), &files.iter().map(file).collect(), ".hl-1{color:red}")
}

/// The place of each problem: its file, and the text that it points at.
fn places(files: &[(&str, &str)]) -> Vec<(Code, String, String)> {
    let text = |file: &str| files.iter().find(|(name, _)| file.ends_with(name)).map_or("", |(_, text)| text);
    let place = |problem: &Problem| {
        let file = problem.spot.file.to_string();
        let at = match &problem.spot.part {
            Part::Bytes(bytes) => text(&file)[bytes.start..].chars().take(6).collect(),
            _ => String::new(),
        };
        (problem.code, file, at)
    };
    loaded(files).problems.iter().map(place).collect()
}

#[test]
fn the_built_in_theme_is_sound_and_its_words_are_all_known() {
    let theme = load(&Config::default(), &BTreeMap::new(), "");
    assert_eq!(theme.problems, []);
    assert!(theme.value.words.others.is_empty(), "{:?}", theme.value.words.others);
}

#[test]
fn a_theme_may_change_one_word_and_add_its_own() {
    let theme = loaded(&[("strings/en.yaml", "next: Onwards\ncases: { one: a case }\nmine: Mine\n")]);
    assert_eq!(theme.problems, []);
    let words = theme.value.words;
    assert_eq!((words.next.as_str(), words.previous.as_str()), ("Onwards", "Previous"));
    assert_eq!((words.cases.one.as_str(), words.cases.other.as_str()), ("a case", "{count} cases"));
    assert!(words.others.contains_key("mine"));
}

#[test]
fn words_that_are_broken_are_reported_and_left_out() {
    for text in ["next: [", "next: [a, b]", "- next"] {
        let theme = loaded(&[("strings/en.yaml", text)]);
        assert_eq!(theme.problems.len(), 1, "{text}: {:?}", theme.problems);
        assert_eq!(theme.problems[0].code, Code::BadYaml);
        assert_eq!(theme.value.words.next, "Next");
    }
}

#[test]
fn every_broken_template_is_reported_at_its_place() {
    let files = [("case.html", "\u{feff}<p>\n{{ title | nosuch }}"), ("page.html", "ok")];
    assert_eq!(places(&files), [(Code::Template, "themes/own/case.html".to_owned(), "nosuch".to_owned())]);

    let files = [("case.html", "\u{feff}<p>é{% endif %}"), ("page.html", "{{ a b }}")];
    let found = places(&files);
    assert_eq!(found.len(), 2, "{found:?}");
    assert_eq!(found[0], (Code::Template, "themes/own/case.html".to_owned(), "endif ".to_owned()));
    assert_eq!(found[1], (Code::Template, "themes/own/page.html".to_owned(), "b }}".to_owned()));

    let files = [("case.html", "{% extends \"bse.html\" %}")];
    assert_eq!(places(&files), [(Code::Template, "themes/own/case.html".to_owned(), String::new())]);
}

#[test]
fn a_theme_that_is_not_there_is_reported_once() {
    let problems = load(&config(), &BTreeMap::new(), "").problems;
    assert_eq!(problems.iter().map(|problem| problem.code).collect::<Vec<_>>(), [Code::MissingFile]);
}

#[test]
fn assets_are_named_by_content_also_inside_style_sheets() {
    let theme = loaded(&[
        ("assets/style.css", "a{background:url('img/dot.svg')}b{background:url(lost.svg)}"),
        ("assets/img/dot.svg", "<svg/>"),
    ]);
    let assets = theme.value.assets;
    let dot = assets["img/dot.svg"].address.as_str();
    let style = String::from_utf8(assets["style.css"].bytes.to_vec()).expect("text");
    assert!(dot.starts_with("/assets/img/dot.") && dot.ends_with(".svg"), "{dot}");
    let dot = dot.trim_start_matches("/assets/");
    assert_eq!(style, format!("a{{background:url(\"{dot}\")}}b{{background:url(lost.svg)}}\n.hl-1{{color:red}}"));
}
