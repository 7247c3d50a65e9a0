//! Odd, huge and malicious input: no panic, no hang, nothing unsafe in a page, and a message for each mistake.

use std::fmt::Write;

use casebook::{
    problem::{Code, FilePath},
    site::Content,
    source::{LARGEST_TEXT, SourceFile},
};
use proptest::prelude::*;

use crate::{
    commands::{casebook, library},
    library::{NEEDED, case, edition, libraries, made, project, with_needed},
};

/// Checks that the bytes of a case file give these codes, in order, and no others.
#[track_caller]
fn codes(bytes: &[u8], expected: &[Code]) {
    let mut files: Vec<(&str, &[u8])> = NEEDED.iter().map(|&(path, text)| (path, text.as_bytes())).collect();
    files.push(("content/cases/a.md", bytes));
    let (_, report) = made(&project(files), &edition());
    let found: Vec<Code> = report.problems.iter().map(|problem| problem.code).collect();
    assert_eq!(found, expected, "{:#?}", report.problems);
}

/// The only problem of a case file, with its line and column.
#[track_caller]
fn place_of(text: &str) -> (Code, usize, usize) {
    let (_, report) = made(&with_needed(&[("content/cases/a.md", text)]), &edition());
    let [problem] = &report.problems[..] else { panic!("{:#?}", report.problems) };
    (problem.code, problem.place.line, problem.place.column)
}

/// The page of a case with this body: its HTML between `<main` and `</main>`.
fn page_of(body: &str) -> String {
    page(&[("content/cases/a.md", &case(body))], "/cases/a/")
}

fn page(files: &[(&str, &str)], address: &str) -> String {
    let (site, _) = made(&with_needed(files), &edition());
    let found = site.routes().find(|(found, _)| found.as_str() == address);
    let (found, route) = found.unwrap_or_else(|| panic!("no page at {address}"));
    match site.render(found, route) {
        Ok(Content::Bytes(bytes)) => String::from_utf8(bytes).unwrap(),
        other => panic!("{address} is not a page: {other:?}"),
    }
}

#[test]
fn bytes_that_are_not_text_are_reported() {
    codes(b"---\ntitle: caf\xe9\n---\n", &[Code::NotUtf8]);
    codes(b"\xff\xfe-\0-\0-\0", &[Code::NotUtf8]);
    codes(b"", &[Code::NoFrontMatter]);
    codes(b"---\ntitle: a\0b\n---\n", &[Code::BadYaml]);
}

#[test]
fn yaml_that_expands_or_nests_too_far_is_refused() {
    let mut bomb = "---\na0: &a0 [x, x, x, x, x, x, x, x, x]\n".to_owned();
    for n in 1..12 {
        let before = vec![format!("*a{}", n - 1); 9].join(", ");
        writeln!(bomb, "a{n}: &a{n} [{before}]").unwrap();
    }
    assert_eq!(place_of(&format!("{bomb}---\n")), (Code::BadYaml, 6, 10), "the alias with which it is too much");
    for depth in [65, 200, 900, 100_000] {
        let nested = format!("---\nextra: {{ a: {}{} }}\n---\n", "[".repeat(depth), "]".repeat(depth));
        let (top, extra) = (1, 1);
        let column = "extra: { a: ".len() + 64 - top - extra + 1;
        assert_eq!(place_of(&nested), (Code::BadYaml, 2, column), "the bracket that is too deep, of {depth}");
    }
    let indented = (0..70).fold("---\nextra:\n".to_owned(), |text, depth| text + &" ".repeat(depth + 1) + "a:\n");
    assert_eq!(place_of(&format!("{indented}---\n")), (Code::BadYaml, 66, 65));
    let wide = format!("---\ntitle: {}\n---\n", "x".repeat(2 * 1024 * 1024));
    codes(wide.as_bytes(), &[Code::BadYaml]);
}

#[test]
fn byte_order_marks_and_line_endings_do_not_shift_lines() {
    codes(format!("\u{feff}{}", case("Text.")).as_bytes(), &[]);
    codes(case("Text.\n\nMore.").replace('\n', "\r\n").as_bytes(), &[]);
    let text = format!("\u{feff}{}", case("Text.\n\n[x](x.md)")).replace('\n', "\r\n");
    let mut files: Vec<(&str, &[u8])> = NEEDED.iter().map(|&(path, text)| (path, text.as_bytes())).collect();
    files.push(("content/cases/a.md", text.as_bytes()));
    let (_, report) = made(&project(files), &edition());
    let place = &report.problems[0].place;
    assert_eq!((report.problems.len(), place.line, place.column), (1, 9, 5));
}

#[test]
fn huge_and_deep_bodies_are_read() {
    let bodies = [
        "word ".repeat(2_000_000),
        "> ".repeat(10_000) + "deep",
        (0..10_000).fold(String::new(), |mut list, depth| {
            list.push_str(&" ".repeat(depth % 200 * 2));
            list.push_str("- item\n");
            list
        }),
        "- ".repeat(10_000) + "deep",
        "| a | b |\n|---|---|\n".to_owned() + &"| 1 | 2 |\n".repeat(100_000),
        "## Search\n\n".repeat(5_000),
        "```rust\nfn main() {\n".to_owned() + &"    let x = \"text\";\n".repeat(20_000),
        "[".repeat(50_000),
        "*a **b ".repeat(20_000),
        "<div>".repeat(20_000),
        "AB.".repeat(1_000_000),
        "AB>CD".repeat(100_000),
        "(AB ".repeat(200_000),
        "](".repeat(50_000),
        "[^a".repeat(50_000),
        "<<<<<<< \n\n".repeat(5_000),
        "[^a]: x [^b]\n\n[^b]: y [^a]\n\nText[^a]\n".to_owned(),
        "&#0;\u{1}\u{7f}\u{0}\u{202e}".to_owned(),
    ];
    for body in bodies {
        let html = page_of(&body);
        assert!(html.contains("</html>"), "{}", &body[..body.len().min(40)]);
        assert!(!html.contains('\0') && !html.contains('\u{1}'));
    }
}

#[test]
fn equal_headings_get_different_ids() {
    let html = page_of(&"## Search\n\nText.\n\n".repeat(500));
    let ids: Vec<&str> = html.split(" id=\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    let distinct: std::collections::BTreeSet<&&str> = ids.iter().collect();
    assert_eq!(ids.len(), distinct.len());
    assert!(ids.contains(&"search") && ids.contains(&"search-499"));
}

#[test]
fn scripts_do_not_reach_a_page() {
    let body = "<script>alert(1)</script>\n\n<p onclick=\"alert(1)\">x</p>\n\n<svg><script>alert(1)</script></svg>\n\n\
        [a](javascript:alert(1)) [b](&#106;avascript:alert(1)) [c](java\tscript:alert(1)) ![d](data:text/html,x)\n\n\
        <a href=\" javascript:alert(1)\">e</a> <iframe src=\"/x\"></iframe> <style>*{}</style> <form action=\"/x\"><input></form>\n\n\
        <math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></table></mtext></math>\n\n\
        `<script>` and {{ title }} {% raw %} </main></body>\n";
    let html = page_of(body).to_lowercase();
    let main = &html[html.find("<main").unwrap()..];
    for unsafe_part in
        ["<script", "javascript:", "onclick", "onerror=\"", "<iframe", "<style", "<form", "data:text", "<svg"]
    {
        assert!(!main.contains(unsafe_part), "{unsafe_part} is in the page:\n{main}");
    }
    assert!(main.contains("{{ title }} {% raw %}"), "template syntax is text");
    assert_eq!(html.matches("</main>").count(), 1);
}

#[test]
fn titles_are_escaped_everywhere() {
    let title = "<script>alert(1)</script> {{ x }} \"quoted\" & 'more' \u{7} \u{202e}abc";
    let yaml = serde_json::to_string(title).unwrap();
    let text = format!(
        "---\ntitle: {yaml}\nsummary: {yaml}\ndate: 2026-01-01\nsector: health\nplace: {yaml}\npartners: [{yaml}]\n---\n"
    );
    let files = [("content/cases/a.md", text.as_str())];
    let (site, report) = made(&with_needed(&files), &edition());
    assert!(!report.has_errors(), "{:#?}", report.problems);
    for (address, route) in site.routes() {
        if let Ok(Content::Bytes(bytes)) = site.render(address, route) {
            let Ok(text) = String::from_utf8(bytes) else { continue };
            let is_markup = address.output_path().ends_with(".html") || address.output_path().ends_with(".xml");
            assert!(!is_markup || !text.contains("<script>alert"), "{address}");
            assert!(!text.contains('\u{7}'), "a control character at {address}");
        }
    }
}

#[test]
fn odd_file_names_get_valid_addresses() {
    let names =
        ["with space", "100%", "it's \"quoted\"", "😀 emoji", "ÀÉÎõü", "Straße", "日本語", "a#b?c", "UPPER.case"];
    let long = "x".repeat(240);
    let text = case("Text.");
    for name in names.into_iter().chain([long.as_str()]) {
        let path = format!("content/cases/{name}.md");
        let (site, report) = made(&with_needed(&[(&path, &text)]), &edition());
        assert!(!report.has_errors(), "{name}: {:#?}", report.problems);
        let case = &site.library.cases.values()[0];
        let path = case.address.output_path();
        assert!(!path.contains(['%', '"', '?', '#', ' ', '\\']), "{path}");
    }
    let (_, report) = made(&with_needed(&[("content/cases/😀.md", &text)]), &edition());
    assert_eq!(report.problems[0].code, Code::BadValue);
}

#[test]
fn other_files_may_have_odd_names() {
    let body = case("![A photo](my%20photo%20(1).png) [Data](100%25.csv)");
    let files =
        [("content/cases/a.md", body.as_str()), ("content/cases/my photo (1).png", ""), ("content/cases/100%.csv", "")];
    let (site, report) = made(&with_needed(&files), &edition());
    assert_eq!(report.problems, []);
    let html = page(&files, "/cases/a/");
    assert!(html.contains("/cases/my%20photo%20(1).png") && html.contains("/cases/100%25.csv"), "{html}");
    assert!(site.routes().any(|(address, _)| address.as_str() == "/cases/my photo (1).png"));
}

#[cfg(unix)]
#[test]
fn symbolic_links_and_pipes_do_not_lead_out_of_the_library() {
    use std::os::unix::fs::symlink;
    let outside = tempfile::tempdir().unwrap();
    std::fs::write(outside.path().join("secret.md"), "secret").unwrap();
    let root = tempfile::tempdir().unwrap();
    for (path, text) in NEEDED {
        let file = root.path().join(path);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, text).unwrap();
    }
    let cases = root.path().join("content/cases");
    std::fs::create_dir_all(&cases).unwrap();
    symlink(outside.path(), cases.join("out")).unwrap();
    symlink(outside.path().join("secret.md"), cases.join("secret.md")).unwrap();
    symlink(cases.join("nothing.md"), cases.join("dangling.md")).unwrap();
    symlink("../cases", cases.join("loop")).unwrap();
    symlink("knot.md", cases.join("knot.md")).unwrap();
    std::fs::write(root.path().join("content/shared.md.txt"), "").unwrap();
    std::fs::write(cases.join("_ignored.md"), "").unwrap();
    std::fs::write(cases.join(".hidden.md"), "").unwrap();
    let made_pipe = std::process::Command::new("mkfifo").arg(cases.join("pipe.md")).status().unwrap().success();
    assert!(made_pipe);

    let project = casebook::source::read(root.path()).unwrap();
    let read: Vec<&str> =
        project.files.keys().map(|path| path.as_str()).filter(|path| path.contains("cases")).collect();
    assert_eq!(read, Vec::<&str>::new());
    let (_, report) = made(&project, &edition());
    let found: Vec<(&str, Code)> = report.problems.iter().map(|p| (p.place.file.as_str(), p.code)).collect();
    let circles = report.problems.iter().filter(|p| p.message == "this link leads in a circle");
    assert_eq!(circles.count(), 2, "{:#?}", report.problems);
    let expected = [
        ("content/cases/dangling.md", Code::MissingFile),
        ("content/cases/knot.md", Code::MissingFile),
        ("content/cases/loop", Code::MissingFile),
        ("content/cases/out", Code::OutsideLibrary),
        ("content/cases/secret.md", Code::OutsideLibrary),
    ];
    assert_eq!(found, expected);
}

/// A clone may bring a link in place of the manifest; a pipe stands for any other file that is not regular.
#[cfg(unix)]
#[test]
fn only_a_regular_file_is_read_as_the_manifest() {
    let folder = library(&[("content/cases/a.md", &case("Words."))]);
    let outside = tempfile::tempdir().unwrap();
    let secret = outside.path().join("secret");
    std::fs::write(&secret, "{\"casebook\":2,\"files\":{\n\"secret.html\":null\n}}\n").unwrap();
    std::fs::create_dir(folder.path().join("output")).unwrap();
    let manifest = folder.path().join("output/.casebook-manifest");
    let plant_link = || std::os::unix::fs::symlink(&secret, &manifest).unwrap();
    let plant_pipe =
        || assert!(std::process::Command::new("mkfifo").arg(&manifest).status().unwrap().success(), "no pipe");
    for plant in [&plant_link as &dyn Fn(), &plant_pipe] {
        plant();
        let checked = casebook(folder.path(), &["check"]);
        assert_eq!((checked.status, checked.err.as_str()), (0, ""), "{}", checked.out);
        assert!(!checked.out.contains("secret"), "{}", checked.out);
        let built = casebook(folder.path(), &["build"]);
        assert_eq!(built.status, 2, "{}", built.err);
        assert!(built.err.contains("Casebook did not make it\nhelp: "), "{}", built.err);
        std::fs::remove_file(&manifest).unwrap();
    }
}

proptest! {
    #![proptest_config(libraries(16))]

    #[test]
    fn no_bytes_make_a_case_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let files = [("content/cases/a.md", bytes.as_slice())];
        let all = NEEDED.iter().map(|&(path, text)| (path, text.as_bytes())).chain(files);
        made(&project(all), &edition());
    }

    #[test]
    fn no_front_matter_makes_a_library_panic(yaml in "([a-z_]{1,8}: ?[\\[\\]{}&*!|>'\"%@`#,a-z0-9é“•: -]{0,12}\n){0,8}", body in "[\\[\\]()#*_`<>!|\\- a-zA-Cé“”.\n^:~]{0,120}") {
        let text = format!("---\n{yaml}---\n{body}");
        let files = [("content/cases/a.md", text.as_str()), ("content/vocabularies/extra1.yaml", yaml.as_str()), ("content/glossary.yaml", yaml.as_str()), ("casebook.yaml", yaml.as_str())];
        made(&with_needed(&files), &edition());
    }
}

#[test]
fn a_theme_file_that_is_too_large_is_reported() {
    let mut project = with_needed(&[]);
    let path = FilePath::new("themes/own/assets/film.mp4");
    project.files.insert(path.clone(), SourceFile::TooLarge(LARGEST_TEXT + 1));
    let (_, report) = made(&project, &edition());
    let found: Vec<_> = report.problems.iter().map(|problem| (problem.code, problem.place.file.clone())).collect();
    assert_eq!(found, [(Code::TooLarge, path)], "{:#?}", report.problems);
}

#[test]
fn many_links_to_a_draft_are_reported_quickly() {
    let draft = case("Text.\n").replace("date: 2026-01-01", "status: draft");
    let paths: Vec<String> = (0..2_000).map(|n| format!("content/cases/draft-{n:04}.md")).collect();
    let links = case(&"[x](/cases/draft-1999/)\n\n".repeat(20_000));
    let mut files: Vec<(&str, &str)> = paths.iter().map(|path| (path.as_str(), draft.as_str())).collect();
    files.push(("content/cases/a.md", &links));
    let (_, report) = made(&with_needed(&files), &edition());
    let to_drafts = report.problems.iter().filter(|problem| problem.code == Code::BrokenLink);
    assert_eq!(to_drafts.count(), 20_000);
}
