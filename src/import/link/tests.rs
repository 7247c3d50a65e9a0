use super::*;
use crate::{import::ImportItem, problem::FilePath};

/// The text of a post of a small site with its links resolved, and the losses that were reported.
fn resolved(text: &str, published_at: Option<&str>) -> (String, Vec<&'static str>) {
    let item = |source_place: &str, path: &str, address: &str| ImportItem {
        source_place: source_place.to_owned(),
        file: Some(FilePath::new(path)),
        name: FilePath::new(path).stem().to_owned(),
        addresses: vec![address.to_owned()],
        title_anchor: Some(format!("title-of-{source_place}")),
        ..ImportItem::default()
    };
    let items = [
        item("case-0", "_posts/2013-05-01-a.md", "/2013/a/"),
        item("case-1", "_posts/2013-06-01-b.md", "/2013/b.html"),
    ];
    let files = ["_posts/near.png", "static/img/map.png", "assets/report.pdf", "run.js"].map(FilePath::new);
    let targets = LinkTargets::new(&items, &files, published_at);
    let mut losses = Vec::new();
    let edits = links(text).into_iter().flat_map(|link| {
        let target = targets.of(&link, &items[0]);
        let address = match &target {
            LinkTarget::Case { source_place, anchor } => Some(format!("{source_place}.md{anchor}")),
            LinkTarget::File(file) => Some(file.name().to_owned()),
            _ => None,
        };
        edits(&link, &target, address.as_deref(), &mut losses)
    });
    let text = edited(text, edits.collect());
    (text, losses.into_iter().map(|loss| loss.kind.split(';').next().unwrap()).collect())
}

#[track_caller]
fn check(text: &str, now: &str) {
    assert_eq!(resolved(text, Some("https://old.uk/blog")), (now.to_owned(), Vec::new()));
}

#[test]
fn links_to_posts_lead_to_their_cases() {
    check("[*B* `x`](/2013/b.html#who)", "[*B* `x`](case-1.md#who)");
    check("[B](/2013/b.html#Title-of-case-1)", "[B](case-1.md)");
    check("[A](#title-of-case-0) [x](#title-of-case-1)", "[A](case-0.md) [x](#title-of-case-1)");
    check("[B](../b.html \"T\")", "[B](case-1.md \"T\")");
    check("[B](https://old.uk/blog/2013/b/)", "[B](case-1.md)");
    check("[B](/blog/2013/b)", "[B](case-1.md)");
    check("[B](/_posts/2013-06-01-b.md)", "[B](case-1.md)");
    check("[B](<2013-06-01-b>)", "[B](case-1.md)");
    check("<p><a class=x href='/2013/b.html'>B</a></p>", "<p><a class=x href=\"case-1.md\">B</a></p>");
    check("[B][b]\n\n[b]: /2013/b.html\n", "[B][b]\n\n[b]: case-1.md\n");
}

#[test]
fn pictures_and_files_are_copied() {
    check("![Map](/img/map.png)", "![Map](map.png)");
    check("[![Map](near.png)](/report.pdf)", "[![Map](near.png)](report.pdf)");
    check("<img alt=\"A\" src=\"/img/map.png\">", "<img alt=\"A\" src=\"map.png\">");
}

#[test]
fn an_address_in_angle_brackets_is_replaced_as_a_whole() {
    check("[B](</2013/b.html#a b> \"T\")", "[B](<case-1.md#a b> \"T\")");
    check("[B][b]\n\n[b]: </2013/b.html> \"T\"\n", "[B][b]\n\n[b]: case-1.md \"T\"\n");
    check("[B][b]\n\n[b]: </2013/b.html#a b> \"T\"\n", "[B][b]\n\n[b]: <case-1.md#a b> \"T\"\n");
}

#[test]
fn links_to_other_sites_stay() {
    for text in ["[a](https://a.uk)", "[a](mailto:a@b.uk)", "[a](#b)", "<https://a.uk>", "`[a](/x)`", "[a]", "a < b"] {
        check(text, text);
    }
    check("[a](#Who)", "[a](#who)");
    check("[a](//a.uk/b)", "[a](https://a.uk/b)");
    check("[a](/tags/x/)", "[a](https://old.uk/blog/tags/x/)");
    let address = format!("[a](https://old.uk/blog/{})", "%C4%B0".repeat(8));
    check(&format!("[a](/blog/{})", "İ".repeat(8)), &address);
    check("[a](../x)", "[a](https://old.uk/blog/2013/x)");
}

#[test]
fn a_link_without_a_target_is_reported_and_its_text_stays() {
    let lost = |text: &str, now: &str| {
        let (text, losses) = resolved(text, None);
        assert_eq!((text.as_str(), losses.len()), (now, 1));
    };
    lost("See [the *tag*](/tags/x).", "See the *tag* (`/tags/x`).");
    lost("![Map](/no.png)", "(picture: Map `/no.png`)");
    lost("![](run.js)", "(picture `run.js`)");
    lost("<a href=\"/no\">B</a>", "<a>B</a>");
    lost("<div>\n<a\u{a0}href=\"/no\">B</a>\n</div>", "<div>\n<a>B</a>\n</div>");
    lost("![A](https://a.uk/b.png)", "[Picture: A](https://a.uk/b.png)");
    lost("[![A](https://a.uk/b.png)](https://a.uk)", "[Picture: A](https://a.uk)");
    lost("<img src=\"http://a.uk/b.png\" alt=\"A\">", "<a href=\"http://a.uk/b.png\">Picture: A</a>");
    lost("[a](file:///etc/passwd)", "a (`file:///etc/passwd`)");
}

#[test]
fn incomplete_links_are_text() {
    for text in ["[", "](", "[a](", "![a](<b", "<img src=", "<a href", "[a](\\", "<img alt=x src>", "[[a]](c"] {
        assert_eq!(resolved(text, None), (text.to_owned(), Vec::new()));
    }
}
