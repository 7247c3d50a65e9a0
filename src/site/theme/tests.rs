//! Themes that override the built-in one.

use super::*;
use crate::problem::{Code, Spot, SpotPart, Written};

fn config() -> Config {
    let spot = Spot::whole(&FilePath::new("casebook.yaml"));
    Config { theme: Written { value: "own".to_owned(), spot }, ..Config::default() }
}

fn loaded(files: &[(&str, &str)]) -> Checked<Theme> {
    let file = |(name, text): &(&str, &str)| (FilePath::new(format!("themes/own/{name}")), Arc::from(text.as_bytes()));
    load(ThemeSource::new(&config(), files.iter().map(file).collect(), ".hl-1{color:red}"))
}

/// The place of each problem: its file, and the text that it points at.
fn places(files: &[(&str, &str)]) -> Vec<(Code, String, String)> {
    let text = |file: &str| files.iter().find(|(name, _)| file.ends_with(name)).map_or("", |(_, text)| text);
    let place = |problem: &Problem| {
        let file = problem.spot.file.to_string();
        let at = match &problem.spot.part {
            SpotPart::Bytes(bytes) => text(&file)[bytes.start..].chars().take(6).collect(),
            _ => String::new(),
        };
        (problem.code, file, at)
    };
    loaded(files).problems.iter().map(place).collect()
}

#[test]
fn the_built_in_theme_has_no_problems() {
    let theme = load(ThemeSource::new(&Config::default(), BTreeMap::new(), ""));
    assert_eq!(theme.problems, []);
    assert!(theme.value.words.others.is_empty(), "{:?}", theme.value.words.others);
}

#[test]
fn a_theme_may_change_one_word_and_add_its_own() {
    let theme = loaded(&[
        ("strings/en.yaml", "next: Onwards\ncases: { one: a case }\nmine: Mine\n"),
        ("page.html", "{{ words.mine }}"),
    ]);
    assert_eq!(theme.problems, []);
    let words = theme.value.words;
    assert_eq!((words.next.as_str(), words.previous.as_str()), ("Onwards", "Previous"));
    assert_eq!((words.cases.one.as_str(), words.cases.other.as_str()), ("a case", "{count} cases"));
    assert!(words.others.contains_key("mine"));
}

#[test]
fn a_library_may_change_the_words_of_the_default_theme_in_the_file_of_the_same_path() {
    let load = |text: &str| {
        let file = (FilePath::new("themes/default/strings/en.yaml"), Arc::from(text.as_bytes()));
        load(ThemeSource::new(&Config::default(), BTreeMap::from([file]), ""))
    };
    let theme = load("next: Onwards\n");
    assert_eq!((theme.value.words.next.as_str(), theme.problems), ("Onwards", Vec::new()));
    assert_eq!(load("next: [").problems.iter().map(|problem| problem.code).collect::<Vec<_>>(), [Code::BadYaml]);
}

#[test]
fn broken_texts_are_reported_and_left_out() {
    for (text, code) in [
        ("next: [", Code::BadYaml),
        ("- next", Code::BadYaml),
        ("next: [a, b]", Code::WrongType),
        ("cases: cases", Code::WrongType),
        ("cases: { many: cases }", Code::WrongType),
        ("months: [Ionawr]", Code::WrongType),
        ("newest_case: Diweddaraf", Code::UnknownField),
        ("window_title: \"{pgae} – {site}\"", Code::BadValue),
    ] {
        let theme = loaded(&[("strings/en.yaml", text)]);
        assert_eq!(theme.problems.len(), 1, "{text}: {:?}", theme.problems);
        assert_eq!(theme.problems[0].code, code, "{text}");
        assert_eq!(theme.value.words.next, "Next");
    }
}

#[test]
fn a_language_without_texts_is_reported() {
    let codes = |language: &str, files: &[(&str, &str)]| {
        let files = files.iter().map(|(path, text)| (FilePath::new(path), Arc::from(text.as_bytes()))).collect();
        let config = Config { language: language.to_owned(), ..config() };
        load(ThemeSource::new(&config, files, "")).problems.iter().map(|problem| problem.code).collect::<Vec<_>>()
    };
    let any = ("themes/own/footer.html", "");
    assert_eq!(codes("en-GB", &[any]), []);
    assert_eq!(codes("cy", &[any]), [Code::DoubtfulValue]);
    assert_eq!(codes("cy-GB", &[any, ("themes/own/strings/cy.yaml", "next: Nesaf\n")]), []);
    assert_eq!(codes("cy-GB", &[any, ("themes/own/strings/cy-GB.yaml", "next: Nesaf\n")]), []);
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
    let problems = load(ThemeSource::new(&config(), BTreeMap::new(), "")).problems;
    assert_eq!(problems.iter().map(|problem| problem.code).collect::<Vec<_>>(), [Code::MissingFile]);
}

#[test]
fn scripts_import_each_other_by_their_published_names() {
    let files = |last: &'static str| {
        [
            ("assets/own/a.js", "import { b } from \"./b.js\";\nimport { lost } from \"./lost.js\";\n"),
            ("assets/own/b.js", "import { c } from \"./c.js\";\nimport { a } from \"./a.js\";\n"),
            ("assets/own/c.js", last),
        ]
    };
    let published = |last| loaded(&files(last)).value.assets.clone();
    let (one, other) = (published("export const c = 1;\n"), published("export const c = 2;\n"));
    let text = |name: &str| String::from_utf8(one[name].bytes.to_vec()).expect("text");
    let name = |name: &str| one[name].address.as_str().trim_start_matches("/assets/own/").to_owned();
    assert_eq!(
        text("own/a.js"),
        format!("import {{ b }} from \"./{}\";\nimport {{ lost }} from \"./lost.js\";\n", name("own/b.js"))
    );
    assert!(text("own/b.js").starts_with(&format!("import {{ c }} from \"./{}\";\n", name("own/c.js"))));
    assert_ne!(one["own/a.js"].address, other["own/a.js"].address);
}

#[test]
fn scripts_are_found_by_every_form_of_import() {
    let imports = "import './b.js';\nimport \"./b.js\";\nimport{b}from'./b.js';\nawait import('./b.js');\n\
        import ( \"./b.js\" );\nimport \"../own/deep/../b.js\";\nimport \"./deep/d.js\";\nimport \"../../search/search.js\";\nlet text = \"./b.js\";\n";
    let theme = loaded(&[
        ("assets/own/a.js", imports),
        ("assets/own/b.js", "export const b = 1;\n"),
        ("assets/own/deep/d.js", "import \"../b.js\";\n"),
    ]);
    assert_eq!(theme.problems, []);
    let assets = theme.value.assets;
    let name = |name: &str| assets[name].address.as_str().trim_start_matches("/assets/own/").to_owned();
    let [text, deep] =
        ["own/a.js", "own/deep/d.js"].map(|name| String::from_utf8_lossy(&assets[name].bytes).into_owned());
    let (head, tail) = imports.split_at(imports.rfind("let").expect("a text"));
    let head = head.replace("b.js", &name("own/b.js")).replace("deep/d.js", &name("own/deep/d.js"));
    assert_eq!(text, head + tail);
    assert_eq!(deep, format!("import \"../{}\";\n", name("own/b.js")));
}

#[test]
fn an_import_that_leads_nowhere_is_reported_at_its_place() {
    let files = [
        (
            "assets/own/a.js",
            "// @type {import(\"./c.js\").C}\nimport \"./b.js\";\nimport \"./bb.js\";\nimport \"./c.js\";\n",
        ),
        ("assets/own/b.js", "import { a } from './a.js';\n"),
        ("assets/own/c.js", "/** @type {import(\"./a.js\").A} `\n */\n`\n` + './no.js';\n"),
    ];
    let place = |file: &str, at: &str| (Code::BrokenLink, format!("themes/own/assets/own/{file}"), at.to_owned());
    assert_eq!(places(&files), [place("b.js", "./a.js"), place("a.js", "./bb.j")]);
    let messages =
        loaded(&files).problems.into_iter().map(|problem| (problem.message, problem.help.unwrap_or_default()));
    let [circle, lost] = messages.collect::<Vec<_>>().try_into().expect("two problems");
    assert!(circle.0.starts_with("./a.js imports this script again"), "{circle:?}");
    assert!(lost.1.contains("did you mean assets/own/b.js?"), "{lost:?}");
}

#[test]
fn assets_are_named_by_content_also_inside_style_sheets() {
    let css = "a{background:url('img/dot.svg')}@namespace url(http://www.w3.org/2000/svg);";
    let theme = loaded(&[("assets/style.css", css), ("assets/img/dot.svg", "<svg/>")]);
    assert_eq!(theme.problems, []);
    let assets = theme.value.assets;
    let dot = assets["img/dot.svg"].address.as_str();
    let style = String::from_utf8(assets["style.css"].bytes.to_vec()).expect("text");
    assert!(dot.starts_with("/assets/img/dot.") && dot.ends_with(".svg"), "{dot}");
    let css = css.replace("img/dot.svg", dot.trim_start_matches("/assets/"));
    assert_eq!(style, format!("{css}\n.hl-1{{color:red}}"));
}

#[test]
fn a_style_sheet_may_name_a_picture_in_every_form() {
    let theme = |css: &str| {
        loaded(&[
            ("assets/sub/more.css", css),
            ("assets/sub/drawn.svg", "<svg/>"),
            ("assets/img/p.png", "P"),
            ("assets/img/two words.png", "P"),
        ])
    };
    let published = |path: &str| theme("").value.assets[path].address.href("/").replace("/assets/", "");
    let last = |path: &str| assets::last_part(&published(path)).to_owned();
    for (css, path, name) in [
        ("a{b:url(../img/p.png)}", "img/p.png", "p.png"),
        ("a{b:URL( \"./../img/p.png\" )}", "img/p.png", "p.png"),
        ("a{b:url(../sub/./drawn.svg#dot)}", "sub/drawn.svg", "drawn.svg"),
        ("a{b:url(drawn.svg?#dot)}", "sub/drawn.svg", "drawn.svg"),
        ("a{b:-webkit-image-set('drawn.svg' type(\"a/b\") 1x,url(drawn.svg) 2x)}", "sub/drawn.svg", "drawn.svg"),
        ("a{b:url(../img/two%20words.png)}", "img/two words.png", "two%20words.png"),
    ] {
        let theme = theme(css);
        assert_eq!(theme.problems, [], "{css}");
        let style = String::from_utf8_lossy(&theme.value.assets["sub/more.css"].bytes).into_owned();
        assert_eq!(style, css.replace(name, &last(path)));
    }
    for css in [
        "a{b:url(data:image/png;base64,AA==)}",
        "a{b:url(https://example.org/a.png)}",
        "a{b:url(//example.org/a.png)}",
        "a{b:url(/cases/a.png)}",
        "a{b:url(../../cases/a.png)}",
        "a{b:url(#dot);c:url();d:\"lost.png\"}/* url(lost.png) */",
    ] {
        assert_eq!(theme(css).problems, [], "{css}");
    }
}

#[test]
fn a_picture_that_is_not_there_is_reported_at_its_place() {
    let files = [
        ("assets/own.css", "/* own */ a{b:url('./img/p.pgn')}"),
        ("assets/sub/more.css", "a{b:image-set('q.png' 1x)}\n@import \"first.css\";"),
        ("assets/sub/first.css", "b{c:d}"),
        ("assets/img/p.png", "P"),
    ];
    let place = |file: &str, at: &str| (Code::MissingFile, format!("themes/own/assets/{file}"), at.to_owned());
    let expected = [place("own.css", "./img/"), place("sub/more.css", "q.png'"), place("sub/more.css", "first.")];
    assert_eq!(places(&files), expected);
    let helps: Vec<String> = loaded(&files).problems.into_iter().filter_map(|problem| problem.help).collect();
    assert_eq!(helps[0], "did you mean assets/img/p.png?");
    assert_eq!(helps[1], "add assets/sub/q.png to the theme, or correct the name");
    assert!(helps[2].contains("{{ site.assets[\"sub/first.css\"] }}"), "{}", helps[2]);
}

#[test]
fn own_rules_are_added_to_the_style_sheet_before_generated_ones() {
    let theme = loaded(&[("assets/own.css", "p{background:url(dot.svg)}"), ("assets/dot.svg", "<svg/>")]);
    let assets = theme.value.assets;
    assert_eq!(theme.problems, []);
    assert!(!assets.contains_key("own.css"));
    let dot = assets["dot.svg"].address.as_str().trim_start_matches("/assets/").to_owned();
    let style = String::from_utf8(assets["style.css"].bytes.to_vec()).expect("text");
    let end = format!("\np{{background:url({dot})}}\n.hl-1{{color:red}}");
    assert!(style.starts_with("\n\n:root {") && style.ends_with(&end), "{}", &style[style.len() - 200..]);
}

#[test]
fn a_style_sheet_is_published_without_its_comments() {
    for (css, published) in [
        ("/* A */a{b:c}/* d */", "a{b:c} "),
        ("a/**/b{c:d/*/ e */ f}", "a b{c:d  f}"),
        ("/*! licence */a{b:c}", "/*! licence */a{b:c}"),
        (r#"a{content:"/* \" */"}b{c:'/*d*/'}/* e"#, r#"a{content:"/* \" */"}b{c:'/*d*/'} "#),
        ("a{b:url(data:,/*c*/)}d{e:url( 'f/*g*/' )}", "a{b:url(data:,/*c*/)}d{e:url( 'f/*g*/' )}"),
        ("a{b:calc(1px / 2)}é/", "a{b:calc(1px / 2)}é/"),
    ] {
        let theme = loaded(&[("assets/style.css", css), ("assets/own.css", "")]);
        let style = String::from_utf8(theme.value.assets["style.css"].bytes.to_vec()).expect("text");
        assert_eq!(style, format!("{published}\n.hl-1{{color:red}}"));
    }
}

#[test]
fn a_file_of_its_own_is_accepted_if_another_file_of_the_theme_uses_it() {
    let asking = "{% include \"parts/one.html\" %}{% include './two.html' %}{% include \"with space.html\" %}\
        <script src={{ base }}assets/searchh.js?v=1></script><use href=\"/assets/icons/stylee.css#a\"/>";
    let files = [
        ("asking.html", asking),
        ("assets/styles.css", "a { background: url(icons/search.jss) } b { src: url( 'not/searches.js' ) }"),
        ("assets/icons/search.jss", ""),
        ("assets/icons/stylee.css", ""),
        ("assets/searchh.js", ""),
        ("lonely.html", "{% include \"lonely.html\" %} alonely.html"),
        ("one.html", ""),
        ("parts/one.html", "{% include \"asking.html\" %}"),
        ("parts/three.html", "one"),
        ("two.html", "{% import `styles.css` %}"),
        ("with space.html", ""),
    ];
    let path = |name: &str| FilePath::new(format!("themes/own/{name}"));
    let file = |&(name, text): &(&str, &str)| {
        (name.to_owned(), ThemeFile { path: path(name), bytes: Arc::from(text.as_bytes()), is_own: true })
    };
    let added: Vec<&str> = files.iter().map(|(name, _)| *name).collect();
    let problems = unused::unused(&added, &files.iter().map(file).collect());
    let found: Vec<FilePath> = problems.into_iter().map(|problem| problem.spot.file).collect();
    assert_eq!(found, [path("lonely.html"), path("parts/three.html")]);
}

#[test]
fn many_unused_files_are_found_quickly() {
    let names: Vec<String> = (0..2_000).map(|n| format!("assets/{n:04}/style.css")).collect();
    let bytes: Arc<[u8]> = Arc::from("url(other.svg) ".repeat(400).as_bytes());
    let file =
        |name: &String| (name.clone(), ThemeFile { path: FilePath::new(name), bytes: bytes.clone(), is_own: true });
    let added: Vec<&str> = names.iter().map(String::as_str).collect();
    assert_eq!(unused::unused(&added, &names.iter().map(file).collect()).len(), 2_000);
}

#[test]
fn the_file_of_a_language_is_found_in_capitals_and_small_letters() {
    for (language, name) in [("cy-GB", "cy-GB"), ("cy-GB", "cy-gb"), ("cy-gb", "cy-GB"), ("en-GB", "EN")] {
        let path = FilePath::new(format!("themes/own/strings/{name}.yaml"));
        let config = Config { language: language.to_owned(), ..config() };
        let files = [(path, Arc::from("next: Nesaf\n".as_bytes()))].into_iter().collect();
        let theme = load(ThemeSource::new(&config, files, ""));
        assert_eq!((theme.value.words.next.as_str(), theme.problems), ("Nesaf", Vec::new()), "{language}, {name}");
    }
}
