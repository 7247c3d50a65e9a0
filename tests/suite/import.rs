//! `casebook import` as a user types it: whole sources, and the cases made of them.

use std::{fs, os::unix::fs::symlink, path::Path};

use tempfile::TempDir;

use crate::commands::{casebook, library, tree, write};

mod mapping;

/// A source with these files, in a folder called `old`.
fn source(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in files {
        write(&folder.path().join("old"), path, text);
    }
    folder
}

fn old(source: &TempDir) -> String {
    source.path().join("old").to_string_lossy().into_owned()
}

fn read(folder: &Path, path: &str) -> String {
    fs::read_to_string(folder.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The smallest valid GIF.
const GIF: &str = "GIF89a\u{1}\0\u{1}\0\0\0\0;";

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
         authors: [Ann Jones]\naliases: [/2013/one-front-desk/]\nextra:\n  tags: pilots\n  layout: post\n  imported: { from: old/_posts/2013-05-01-one-front-desk.md, mark: MARK }\n---\n\n\
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
fn text_that_looks_like_front_matter_is_imported_as_text() {
    let library = library(&[]);
    let old_site = source(&[
        ("one.md", "title: One\ntier: county\n---\nText of one.\n"),
        ("two.md", "---\ntitle: Two\n---\ntier: county\n---\nText of two.\n"),
    ]);
    let import = || casebook(library.path(), &["import", &old(&old_site), "--from", "markdown"]);
    let made = import();
    assert_eq!((made.status, made.err.as_str()), (0, ""), "{}", made.out);
    assert!(made.out.contains("text that looks like front matter"), "{}", made.out);
    for (name, text) in [("one", "tier: county\n---\nText of one."), ("two", "tier: county\n---\nText of two.")] {
        let case = read(library.path(), &format!("content/cases/{name}.md"));
        assert!(case.contains(text), "{case}");
    }
    let checked = casebook(library.path(), &["check"]);
    assert_eq!(checked.status, 0, "{}", checked.err);
    assert!(!checked.err.contains("unsafe-html"), "{}", checked.err);
    assert!(import().out.contains("0 made; 2 skipped"));
}

#[test]
fn a_hidden_file_that_a_killed_command_left_is_removed_by_the_next() {
    let library = library(&[]);
    let old_site = source(&[("one.md", "---\ntitle: One\n---\nText.\n")]);
    let left = library.path().join("content/.casebook-new-1-0");
    let import = ["import", &old(&old_site)];
    for command in [&import[..], &["new", "A case"], &["check", "--fix"], &["init"]] {
        fs::write(&left, "half").unwrap();
        let dry = casebook(library.path(), &["check", "--fix", "--dry-run"]);
        assert!(left.exists(), "{}", dry.err);
        let ran = casebook(library.path(), command);
        assert!(!left.exists(), "{command:?}: {}", ran.err);
    }
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
             {{< figure src=\"a b.gif\" alt=\"The desk\" caption=\"Open\" >}}\n\n[x]({{< relref \"posts/budget.md\" >}}) ![](/shared.gif)\n",
        ),
        ("content/posts/desk/a b.gif", GIF),
        ("content/posts/budget.md", "{\n\"title\": \"Budget\",\n\"draft\": true\n}\n![Shared](/shared.gif)\n"),
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
        desk.ends_with("![The desk](a-b.gif)\n\n*Open*\n\n[x](../budget.md) ![](../../files/shared.gif)\n"),
        "{desk}"
    );
    let budget = read(library.path(), "content/cases/budget.md");
    assert!(budget.contains("status: draft\n") && budget.contains("![Shared](../files/shared.gif)"), "{budget}");
    assert!(made.out.contains("words for its pictures") && made.out.contains("_index.md"), "{}", made.out);
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
        desk.ends_with("See [the budget](../joint-budget.md), ![](plan.gif) and Nowhere (`Nowhere`). <!--check-->\n"),
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
fn unreadable_files_are_reported_and_the_rest_is_imported() {
    let library = library(&[]);
    let posts = source(&[
        ("broken.md", "---\ntitle: [A\n---\n"),
        ("unclosed.md", "---\ntitle: A\n"),
        (
            "good.md",
            "---\ntitle: Good\ndate: yesterday\npublisher: x\nreviewed: [1]\nlanguage: no such tongue\n---\nText.\n",
        ),
    ]);
    fs::write(posts.path().join("old/latin.md"), b"caf\xe9").unwrap();
    let made = casebook(library.path(), &["import", &old(&posts)]);
    assert_eq!(made.status, 1, "{}", made.out);
    for told in ["broken.md", "unclosed.md", "latin.md: it is not UTF-8", "1 made; 3 could not be read"] {
        assert!(made.err.contains(told) || made.out.contains(told), "{told}: {} {}", made.err, made.out);
    }
    let good = read(library.path(), "content/cases/good.md");
    assert!(good.contains("  date: yesterday\n") && good.contains("  language: no such tongue\n"), "{good}");
    assert_eq!(casebook(library.path(), &["check"]).status, 0);
}

#[test]
fn a_file_with_its_front_matter_three_times_is_refused_with_one_message() {
    let library = library(&[]);
    let front = "---\n# Still open:\n#   Summary\ntitle: A desk\nsector: [health]\n---\n";
    let rule = "---\ntitle: Rules\n---\n---\n\nNote: this is text.\n\n---\n";
    let form = source(&[("desk.md", &format!("{front}{front}\n{front}Text.\n")), ("rule.md", rule)]);
    let made = casebook(library.path(), &["import", &old(&form), "--from", "form"]);
    assert_eq!(made.status, 1, "{}", made.out);
    let told = "desk.md: it has its front matter 3 times, from lines 1, 7 and 14";
    assert_eq!(made.err.matches("desk.md").count(), 1, "{}", made.err);
    assert!(made.err.contains(told) && made.err.contains("leave one of them in the source"), "{}", made.err);
    assert!(made.out.contains("Cases: 1 made; 1 could not be read."), "{}", made.out);
    assert!(!library.path().join("content/cases/desk.md").exists());
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
        "1 × a statement of program code, taken out:\n    import Chart from './chart.astro';, line 4 (desk.md)\n";
    assert!(made.out.contains(told), "{}", made.out);
    let told = "2 × a component that Markdown has no writing for; it stays in the text:\n    <Chart data={rows} />, line 8 (desk.md)\n    <Note>, line 10 (desk.md)\n";
    assert!(made.out.contains(told), "{}", made.out);
    let desk = read(library.path(), "content/cases/desk.md");
    assert!(
        desk.ends_with("---\n\nA chart:\n\n<Chart data={rows} />\n\n<Note>\n\nOpen to *all*.\n\n</Note>\n"),
        "{desk}"
    );
}

#[test]
fn two_sources_with_one_name_and_one_address_become_two_cases() {
    let library = library(&[(
        "content/cases/desk.md",
        "---\ntitle: Desk\nsummary: S\ndate: 2020-01-01\nsector: health\naliases: [/taken/]\n---\n",
    )]);
    let posts = source(&[
        ("a/desk.md", "---\ntitle: A\npermalink: /old/\naliases: [/taken/, /cases/]\n---\n"),
        ("b/Desk.md", "---\ntitle: B\npermalink: /Old/\n---\n"),
    ]);
    let made = casebook(library.path(), &["import", &old(&posts)]);
    assert_eq!(made.status, 0, "{}", made.err);
    assert!(read(library.path(), "content/cases/desk-2.md").contains("aliases: [/old/]\n"));
    assert!(read(library.path(), "content/cases/desk-3.md").contains("old_addresses: [/Old/]\n"));
    assert!(made.out.contains("an old address that another page has"), "{}", made.out);
    assert_eq!(casebook(library.path(), &["build", "--drafts"]).status, 0);
}

#[test]
fn an_address_stays_with_its_post() {
    let library = library(&[]);
    let posts = source(&[
        ("a.md", "---\ntitle: A\naliases: [/desk/, /older/]\n---\nText.\n"),
        (
            "b.md",
            "---\ntitle: B\npermalink: /desk/\nexcerpt: The council&rsquo;s desk &amp; door&nbsp;2.\n---\nText.\n",
        ),
    ]);
    let made = casebook(library.path(), &["import", &old(&posts)]);
    assert_eq!(made.status, 0, "{}", made.err);
    assert!(read(library.path(), "content/cases/b.md").contains("\naliases: [/desk/]\n"));
    assert!(read(library.path(), "content/cases/b.md").contains("\nsummary: The council’s desk & door 2.\n"));
    let a = read(library.path(), "content/cases/a.md");
    assert!(a.contains("\naliases: [/older/]\n") && a.contains("old_addresses: [/desk/]"), "{a}");
    assert!(made.out.contains("an old address that another page has"), "{}", made.out);
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

#[test]
fn an_error_of_the_disk_leaves_no_partial_case() {
    // A file in place of the second case's folder makes the write fail on every machine.
    let library = library(&[("content/cases/second", "in the way")]);
    let posts = source(&[
        ("first.md", "---\ntitle: First\n---\n"),
        ("second.md", "---\ntitle: Second\n---\n![x](p.gif)\n"),
        ("third.md", "---\ntitle: Third\n---\n"),
        ("p.gif", GIF),
    ]);
    let made = casebook(library.path(), &["import", &old(&posts)]);
    assert_eq!(made.status, 3, "{}", made.err);
    assert!(made.out.contains("Cases: 1 made."), "{}", made.out);
    let cases: Vec<String> = tree(&library.path().join("content/cases")).into_iter().map(|(path, _)| path).collect();
    assert_eq!(cases, ["first.md", "second"]);

    // Without that file, the next run makes the missing cases.
    fs::remove_file(library.path().join("content/cases/second")).unwrap();
    let again = casebook(library.path(), &["import", &old(&posts)]);
    assert_eq!(again.status, 0, "{}", again.err);
    assert!(again.out.contains("2 made; 1 skipped"), "{}", again.out);
}

#[test]
fn each_row_of_a_table_becomes_a_case() {
    let library = library(&[]);
    let table = source(&[(
        "cases.csv",
        "Title,In brief,Sector,Where,Region,Start year,Partners,Sources,What changed,Cost\n\
         One desk,Two councils share a desk.,NHS; Police|x,Torbay,South West,April 2009,\"A Council\nB Trust\",Audit: https://a.uk/x,\"Fewer visits.\n• One\n• Two\",=1+1\n\
         ,,,,,,,,,\nShort row\n",
    )]);
    let made = casebook(library.path(), &["import", &old(&table)]);
    assert_eq!(made.status, 0, "{}", made.err);
    let kept = "1 field has no key and is kept in extra:\n    Cost (in 1 case)\n";
    assert!(made.out.contains(kept), "{}", made.out);
    let case = read(library.path(), "content/cases/one-desk.md");
    for line in [
        "title: One desk\nsummary: Two councils share a desk.\n",
        "sector: [health, police]\n",
        "place: { name: Torbay, region: South West }\nperiod: { from: 2009 }\npartners: [A Council, B Trust]\n",
        "sources:\n  - title: Audit\n    url: https://a.uk/x\n",
        "  Sector: x\n  Cost: =1+1\n".replace("=1+1", "\"=1+1\"").as_str(),
        "\n## What changed\n\nFewer visits.\n\n- One\n- Two\n",
    ] {
        assert!(case.contains(line), "{line} is not in {case}");
    }
    assert!(read(library.path(), "content/cases/short-row.md").contains("title: Short row\n"));
    assert_eq!(casebook(library.path(), &["check"]).status, 0);

    let unreadable = source(&[("years.csv", "2006,3\n2007,5\n"), ("open.csv", "title,summary\nA,\"open\n")]);
    write(&unreadable.path().join("old"), "desks.csv", "Torbay,A desk\nPoole,B desk\n");
    let made = casebook(library.path(), &["import", &old(&unreadable)]);
    assert_eq!(made.status, 1, "{}", made.err);
    for told in [
        "years.csv: its first row has no names of columns but values: 2006, 3",
        "open.csv: a quotation mark is opened in line 2 and never closed",
        "1 made; 2 could not be read",
        "a table without a column named title; its first row was taken for the names of its columns:\n    Torbay, A desk",
    ] {
        assert!(made.err.contains(told) || made.out.contains(told), "{told}: {} {}", made.err, made.out);
    }

    write(&table.path().join("old"), "more.md", "Text\n");
    let several = casebook(library.path(), &["import", &old(&table)]);
    assert_eq!(several.status, 2);
    assert!(several.err.contains("--from markdown, or --from csv"), "{}", several.err);
}
