//! Sites of other generators: Jekyll, Hugo, Zola, Obsidian, MDX, and posts in HTML.

use std::os::unix::fs::symlink;

use super::{GIF, old, read, source};
use crate::commands::{casebook, library, tree, write};

#[test]
fn a_site_of_jekyll_becomes_drafts_that_pass_check_and_build() {
    let library = library(&[]);
    let old_site = source(&[
        ("_config.yml", "url: https://old.uk\nbaseurl: /blog\npermalink: /:year/:title/\n"),
        (
            "_posts/2013-05-01-one-front-desk.md",
            "---\n# checked by Ann\ntitle: 'One: front desk'\nexcerpt: Two councils share a desk.\ntags: [NHS, pilots]\nlayout: post\nauthor: Ann Jones\n---\n\
             See [the other]({% post_url 2014-06-02-a-joint-budget %}#Why), [the tags](/tags/) and ![The desk]({{ site.baseurl }}/img/desk.gif).\n\n{% newsletter %}\n",
        ),
        ("_posts/2014-06-02-a-joint-budget.md", "---\ntitle: A joint budget\npublished: false\n---\n## Why\n\nText.\n"),
        ("img/desk.gif", GIF),
        ("about.md", "---\ntitle: About\n---\nAbout us.\n"),
    ]);
    let made = casebook(library.path(), &["import", &old(&old_site)]);
    assert_eq!((made.status, made.err.as_str()), (0, ""), "{}", made.out);
    assert_eq!(
        read(library.path(), "content/cases/one-front-desk/index.md"),
        "---\ntitle: \"One: front desk\"\nsummary: Two councils share a desk.\ndate: 2013-05-01\nstatus: draft\nsector: [health]\n\
         # Tier (one or several of these)\n#   unitary  Unitary\n#   county   County\ntier:\n\
         # Barrier (one or several of these)\n#   political  Political\n#   resource   Resource\nbarrier:\n\
         authors:\n  - name: Ann Jones\naliases: [/2013/one-front-desk/]\nextra:\n  tags: pilots\n  layout: post\n  imported: { from: old/_posts/2013-05-01-one-front-desk.md, mark: MARK }\n---\n\n\
         See [the other](../a-joint-budget.md#why), [the tags](https://old.uk/blog/tags/) and ![The desk](desk.gif).\n\n{% newsletter %}\n"
            .replace("MARK", mark(&read(library.path(), "content/cases/one-front-desk/index.md")))
            .replace("title: \"One", "# checked by Ann\ntitle: \"One")
    );
    assert!(library.path().join("content/cases/one-front-desk/desk.gif").is_file());
    for told in ["{% newsletter %}", "about.md", "tags: pilots", "Cases: 2 made."] {
        assert!(made.out.contains(told), "{told} is not in {}", made.out);
    }
    let checked = casebook(library.path(), &["check"]);
    assert_eq!(checked.status, 0, "{}", checked.err);
    assert_eq!(casebook(library.path(), &["build", "--drafts"]).status, 0);

    // A second run recognises the cases of the first, and reports what has changed in the source.
    write(
        &old_site.path().join("old"),
        "_posts/2014-06-02-a-joint-budget.md",
        "---\ntitle: A joint budget\n---\nNew words.\n",
    );
    let before = tree(&library.path().join("content"));
    let again = casebook(library.path(), &["import", &old(&old_site)]);
    assert_eq!(tree(&library.path().join("content")), before);
    assert!(
        again.out.contains("0 made; 2 skipped, imported before") && again.out.contains("the source has changed since"),
        "{}",
        again.out
    );
}

/// The hash of the imported item, as its case stores it.
fn mark(text: &str) -> &str {
    text.split("mark: ").nth(1).unwrap().split(' ').next().unwrap()
}

#[test]
fn a_site_of_hugo_keeps_its_bundles_drafts_and_old_addresses() {
    let library = library(&[]);
    let old_site = source(&[
        ("hugo.toml", "baseURL = 'https://old.uk/'\n"),
        (
            "content/posts/desk/index.md",
            "+++\ntitle = 'Desk'\ndate = 2013-05-01T10:00:00+01:00\ndescription = 'Shared.'\naliases = ['/older/']\ncategories = ['police']\n+++\n\
             {{< figure src=\"a b.gif\" alt=\"The desk\" caption=\"Open\" >}}\n\n[x]({{< relref \"posts/budget.md\" >}}) ![Shared](/shared.gif)\n",
        ),
        ("content/posts/desk/a b.gif", GIF),
        ("content/posts/budget.md", "{\n\"title\": \"Budget\",\n\"draft\": true\n}\n![](/shared.gif)\n"),
        ("content/posts/_index.md", "---\ntitle: Posts\n---\n"),
        ("static/shared.gif", GIF),
    ]);
    let made = casebook(library.path(), &["import", &old(&old_site), "--published"]);
    assert_eq!(made.status, 0, "{}", made.err);
    let desk = read(library.path(), "content/cases/desk/index.md");
    assert!(
        desk.starts_with(
            "---\ntitle: Desk\nsummary: Shared.\ndate: 2013-05-01\nsector: [police]\naliases: [/posts/desk/, /older/]\n"
        ),
        "{desk}"
    );
    assert!(
        desk.ends_with("![The desk](a-b.gif)\n\n*Open*\n\n[x](../budget.md) ![Shared](../../files/shared.gif)\n"),
        "{desk}"
    );
    let budget = read(library.path(), "content/cases/budget.md");
    assert!(budget.contains("status: draft\n") && budget.contains("![](../files/shared.gif)"), "{budget}");
    assert!(made.out.contains("words for its pictures") && made.out.contains("_index.md"), "{}", made.out);
}

#[test]
fn a_folder_of_a_site_is_imported_with_the_settings_and_pictures_of_the_site() {
    let jekyll = "url = 'https://old.uk'\nbaseurl = '/blog'\n";
    let hugo = "baseURL: https://old.uk/blog/\n";
    for (settings, text, folder, pictures) in [
        ("_config.toml", jekyll, "_posts", "img"),
        ("config/_default/hugo.yaml", hugo, "content/posts", "static/img"),
        ("config/_default/config.yml", hugo, "content/posts", "static/img"),
        ("config.yaml", hugo, "content/posts", "static/img"),
    ] {
        let library = library(&[]);
        let old_site = source(&[
            (settings, text),
            (
                &format!("{folder}/2013-05-01-desk.md"),
                "---\ntitle: Desk\n---\n![Desk](/blog/img/desk.gif) [About](/about/)\n",
            ),
            (&format!("{pictures}/desk.gif"), GIF),
        ]);
        let made = casebook(library.path(), &["import", &format!("{}/{folder}", old(&old_site))]);
        assert_eq!((made.status, made.err.as_str()), (0, ""), "{settings}: {}", made.out);
        let files = tree(&library.path().join("content/cases"));
        let (_, case) = files.iter().find(|(path, _)| path.ends_with(".md")).expect("a case was made");
        let body = "![Desk](desk.gif) [About](https://old.uk/blog/about/)\n";
        let case = String::from_utf8_lossy(case);
        assert!(case.ends_with(body), "{settings}: {case}");
    }
}

#[test]
fn a_settings_file_that_other_programs_have_too_does_not_make_a_site() {
    let library = library(&[]);
    let folder = source(&[("config.toml", "a = 1\n"), ("posts/a.md", "---\ntitle: A\n---\n")]);
    let made = casebook(library.path(), &["import", &format!("{}/posts", old(&folder))]);
    assert_eq!((made.status, made.err.as_str()), (0, ""), "{}", made.out);
    let case = read(library.path(), "content/cases/a.md");
    assert!(case.contains("from: posts/a.md"), "{case}");
}

#[test]
fn a_vault_of_obsidian_keeps_its_links() {
    let library = library(&[]);
    let vault = source(&[
        (".obsidian/app.json", "{}"),
        ("Desk.md", "See [[Joint budget|the budget]], ![[plan.gif]] and [[Nowhere]]. %%check%%\n"),
        ("notes/Joint budget.md", "# Joint budget\n\nText.\n"),
        ("files/plan.gif", GIF),
    ]);
    symlink("..", vault.path().join("old/notes/loop")).unwrap();
    symlink("/etc/passwd", vault.path().join("old/outside.md")).unwrap();
    let made = casebook(library.path(), &["import", &old(&vault)]);
    assert_eq!(made.status, 0, "{}", made.err);
    let desk = read(library.path(), "content/cases/desk/index.md");
    assert!(
        desk.ends_with("See [the budget](../joint-budget.md), ![](plan.gif) and Nowhere (`Nowhere`). <!-- check -->\n"),
        "{desk}"
    );
    assert!(read(library.path(), "content/cases/joint-budget.md").contains("\ntitle: Joint budget\n"));
    assert!(made.err.contains("notes/loop: a link that leads round in a circle"), "{}", made.err);
    assert!(made.err.contains("outside.md: a link that leads out of the source"), "{}", made.err);

    // A link to a folder is reported once, whatever is in there.
    symlink(library.path(), vault.path().join("old/library")).unwrap();
    let again = casebook(library.path(), &["import", &old(&vault)]);
    let links: Vec<&str> = again.err.lines().filter(|line| line.contains("leads out of the source")).collect();
    let note = |path: &str| format!("note: passed over {path}: a link that leads out of the source");
    assert_eq!(links, [note("library"), note("outside.md")]);
    assert!(again.out.contains("Cases: 0 made"), "{}", again.out);
}

#[test]
fn the_taxonomies_of_zola_become_terms() {
    let library = library(&[]);
    let posts = source(&[(
        "desk.md",
        "+++\ntitle = \"Desk\"\n[taxonomies]\ntags = [\"Police\", \"odd\"]\n[extra]\nmood = \"good\"\n+++\nText.\n",
    )]);
    let made = casebook(library.path(), &["import", &old(&posts)]);
    assert_eq!(made.status, 0, "{}", made.err);
    let desk = read(library.path(), "content/cases/desk.md");
    assert!(desk.contains("\nsector: [police]\n") && desk.contains("\n  mood: good\n  tags: odd\n"), "{desk}");
}

#[test]
fn posts_in_html_are_imported_and_other_markup_is_reported() {
    let library = library(&[]);
    let old_site = source(&[
        ("_config.yml", "permalink: /:title/\n"),
        (
            "_posts/2006-05-01-one-desk.html",
            "---\ntitle: ! 'One: desk'\n---\n<p>They * met * at <a href=\"/budget/\">the budget</a>.</p>\n\n    <p>Later</p>\n",
        ),
        ("_posts/2006-05-02-budget.md", "---\ntitle: Budget\n---\nText.\n"),
        ("_posts/2006-05-03-a-meeting.textile", "---\ntitle: Meeting\n---\nh2. Text\n"),
        ("_layouts/post.html", "<html>{{ content }}</html>\n"),
        ("index.html", "---\nlayout: home\n---\n"),
    ]);
    let made = casebook(library.path(), &["import", &old(&old_site)]);
    assert_eq!((made.status, made.err.as_str()), (0, ""), "{}", made.out);
    let desk = read(library.path(), "content/cases/one-desk.md");
    assert!(desk.starts_with("---\ntitle: \"One: desk\"\n"), "{desk}");
    let body = "<div>\n<p>They * met * at <a href=\"budget.md\">the budget</a>.</p>\n    <p>Later</p>\n</div>\n";
    assert!(desk.ends_with(body), "{desk}");
    for told in ["a post in HTML", "_posts/2006-05-03-a-meeting.textile", "Cases: 2 made."] {
        assert!(made.out.contains(told), "{told} is not in {}", made.out);
    }
    assert!(!made.out.contains("_layouts") && !made.out.contains("index.html"), "{}", made.out);
    assert_eq!(casebook(library.path(), &["build", "--drafts"]).status, 0);
}

#[test]
fn program_code_of_mdx_is_taken_out_and_each_component_is_named_with_its_line() {
    let library = library(&[]);
    let posts = source(&[(
        "desk.mdx",
        "---\ntitle: Desk\n---\nimport Chart from './chart.astro';\n\nA chart:\n\n<Chart data={rows} />\n\n<Note>\n\nOpen to *all*.\n\n</Note>\n",
    )]);
    let made = casebook(library.path(), &["import", &old(&posts)]);
    assert_eq!(made.status, 0, "{}", made.err);
    let told =
        "1 × a statement of program code; it was left out:\n    import Chart from './chart.astro';, line 4 (desk.md)\n";
    assert!(made.out.contains(told), "{}", made.out);
    let told = "2 × a component that Markdown cannot express; it stays in the text:\n    <Chart data={rows} />, line 8 (desk.md)\n    <Note>, line 10 (desk.md)\n";
    assert!(made.out.contains(told), "{}", made.out);
    let desk = read(library.path(), "content/cases/desk.md");
    assert!(
        desk.ends_with("---\n\nA chart:\n\n<Chart data={rows} />\n\n<Note>\n\nOpen to *all*.\n\n</Note>\n"),
        "{desk}"
    );
}

#[test]
fn a_custom_tag_can_show_a_picture() {
    let library = library(&[]);
    let posts = source(&[
        ("hugo.toml", "baseURL = 'https://old.uk/'\n"),
        (
            "content/posts/a/index.md",
            "---\ntitle: A\n---\n{{< old-img-right src=\"p.gif\" alt=\"The desk\" >}}\n\n<img src=\"p.gif\">\n",
        ),
        ("content/posts/a/p.gif", GIF),
    ]);
    let made = casebook(library.path(), &["import", &old(&posts)]);
    let files = tree(&library.path().join("content/cases"));
    let (_, text) = files.iter().find(|(path, _)| path.ends_with(".md")).expect("a case was made");
    assert!(String::from_utf8_lossy(text).contains("![The desk]("), "{}", made.out);
    assert!(made.out.contains("words for its pictures in 1"), "{}", made.out);
}
