//! `casebook import` as a user types it: whole sources, and the cases made of them.

use std::{fs, path::Path};

use tempfile::TempDir;

use crate::commands::{casebook, library, tree, write};

mod generators;
#[cfg(unix)]
mod growth;
mod mapping;
mod office;
mod publication;
mod values;

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
fn a_file_in_an_office_format_that_is_not_read_is_named_with_the_format_to_save_it_in() {
    let library = library(&[]);
    let import = |files: &[(&str, &str)]| {
        let folder = source(files);
        casebook(library.path(), &["import", &old(&folder)])
    };
    for (name, ending) in [("one.doc", "docx"), ("one.odt", "docx"), ("one.rtf", "docx"), ("one.xls", "xlsx")] {
        let refused = import(&[(name, "bytes")]);
        let help = format!("open it, save it as .{ending}, and import that file");
        assert!(refused.err.contains(name) && refused.err.contains(&help), "{name}: {}", refused.err);
        assert_eq!(refused.status, 1, "{name}");
    }
    let beside = import(&[("old.doc", "bytes"), ("table.csv", "title,summary\nOne,Words.\n")]);
    assert!(beside.err.contains("old.doc") && library.path().join("content/cases/one.md").exists(), "{}", beside.err);
    let other = import(&[("one.pdf", "bytes")]);
    assert!(
        other.err.contains("copy the text of a PDF, a web page or an e-mail into a Word document first"),
        "{}",
        other.err
    );
}

#[test]
fn files_of_other_kinds_are_named_except_those_of_the_system_pictures_and_those_that_a_case_links_to() {
    let library = library(&[("import.yaml", "fields: { Title: title, Text: body }\n")]);
    let names = ["a.pdf", "b.msg", "c.eml", "d.html", "e.txt", "f.pptx", "linked.pdf"];
    let of_system = ["p.png", "Thumbs.db", "desktop.ini", ".DS_Store", "~$t.csv", "link.lnk"];
    let mut files = vec![("t.csv", "Title,Text\nOne,See [the audit](linked.pdf).\n")];
    files.extend(names.iter().chain(&of_system).map(|name| (*name, "bytes")));
    let folder = source(&files);
    let made = casebook(library.path(), &["import", &old(&folder), "--map", "import.yaml"]);
    assert_eq!((made.status, made.err.as_str()), (0, ""), "{}", made.out);
    let told = "6 files were not read; to import what such a file says, copy its text into a Word document:\n    a.pdf\n    \
                b.msg\n    c.eml\n    d.html\n    e.txt\n    and 1 more; --verbose names all\n";
    assert!(made.out.contains(told), "{}", made.out);
    let only = casebook(library.path(), &["import", &format!("{}/t.csv", old(&folder)), "--map", "import.yaml"]);
    assert!(!only.out.contains("not read"), "{}", only.out);
}

#[test]
fn only_the_file_that_was_named_is_imported() {
    let library = library(&[]);
    let folder = source(&[
        ("report.doc", "bytes"),
        ("report.docx", "bytes"),
        ("a.md", "---\ntitle: A\n---\n"),
        ("a.mdx", "---\ntitle: Another\n---\n"),
        ("t.xls", "bytes"),
        ("t.xlsx", "bytes"),
    ]);
    let import = |name: &str| casebook(library.path(), &["import", &format!("{}/{name}", old(&folder))]);
    for (name, ending) in [("report.doc", "docx"), ("t.xls", "xlsx")] {
        let refused = import(name);
        assert!(refused.err.contains(&format!("save it as .{ending}")), "{name}: {}", refused.err);
        assert!(!refused.err.contains(&format!("{name}x:")), "{name}: {}", refused.err);
    }
    assert!(import("a.md").out.contains("Cases: 1 made."));
}

#[test]
fn a_library_is_not_imported_into_itself() {
    let library = library(&[("content/cases/a.md", "---\ntitle: A\n---\nText.\n")]);
    let before = tree(library.path());
    for (source, why) in [("content/cases", "is a part of this library already"), (".", "contains this library")] {
        let refused = casebook(library.path(), &["import", source]);
        assert_eq!(refused.status, 2, "{}{}", refused.out, refused.err);
        assert!(refused.err.contains(why), "{}", refused.err);
    }
    assert_eq!(tree(library.path()), before);
}

#[test]
fn a_document_among_the_cases_is_imported_by_the_command_that_its_warning_names() {
    let library = library(&[("content/cases/list.csv", "Title,Summary\nOne,What happened.\n")]);
    let checked = casebook(library.path(), &["check"]);
    assert!(checked.err.contains("`casebook import \"content/cases/list.csv\"`"), "{}", checked.err);
    let made = casebook(library.path(), &["import", "content/cases/list.csv"]);
    assert_eq!(made.status, 0, "{}{}", made.out, made.err);
    assert!(read(library.path(), "content/cases/one.md").contains("title: One"));
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
fn a_key_that_occurs_twice_is_reported_with_the_value_that_was_not_taken() {
    let library = library(&[]);
    let post = "---\ntitle: First\ntags: [a,\n  b]\ntitle: Second\ntags: [police]\n---\nText.\n";
    let made = casebook(library.path(), &["import", &old(&source(&[("a.md", post)]))]);
    assert_eq!(made.status, 0, "{}", made.err);
    let case = read(library.path(), "content/cases/a.md");
    assert!(case.contains("title: Second\n") && case.contains("sector: [police]\n"), "{case}");
    let told = "2 × a key that occurs twice in front matter; its last value was taken, and this one left out:\n    \
                title: First (a.md)\n    tags: [a, b] (a.md)\n";
    assert!(made.out.contains(told), "{}", made.out);
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
fn an_address_belongs_to_the_post_whose_permalink_it_is() {
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
fn a_picture_whose_name_another_picture_has_gets_a_free_name() {
    let library = library(&[("content/cases/alone/p.gif", "another picture")]);
    let import = |first: &str, second: &str, picture: &str| {
        let post = |title: &str| format!("---\ntitle: {title}\n---\n![x](/img/i.gif)\n");
        let posts = source(&[
            (&format!("{first}.md"), &post(first)),
            (&format!("{second}.md"), &post(second)),
            ("img/i.gif", picture),
        ]);
        let made = casebook(library.path(), &["import", &old(&posts)]);
        assert_eq!((made.status, made.err.as_str()), (0, ""));
    };
    import("one", "two", GIF);
    import("three", "four", "another picture");
    import("five", "six", GIF);
    for (case, picture) in [("one", "i.gif"), ("three", "i-2.gif"), ("four", "i-2.gif"), ("five", "i.gif")] {
        let case = read(library.path(), &format!("content/cases/{case}.md"));
        assert!(case.contains(&format!("![x](../files/{picture})")), "{picture}: {case}");
    }
    let files = tree(&library.path().join("content/files"));
    let pictures = [("i-2.gif", "another picture"), ("i.gif", GIF)];
    assert_eq!(files, pictures.map(|(name, bytes)| (name.to_owned(), bytes.as_bytes().to_vec())));

    let alone = source(&[("alone.md", "---\ntitle: Alone\n---\n![x](p.gif)\n"), ("p.gif", GIF)]);
    assert_eq!(casebook(library.path(), &["import", &old(&alone)]).status, 0);
    assert!(read(library.path(), "content/cases/alone/index.md").contains("![x](p-2.gif)"));
    assert_eq!(read(library.path(), "content/cases/alone/p-2.gif"), GIF);
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

#[cfg(unix)]
#[test]
fn a_case_whose_name_a_broken_link_has_is_not_made_and_leaves_no_pictures() {
    let library = library(&[("content/cases/first.md", &crate::library::case("Text.\n"))]);
    fs::create_dir(library.path().join("content/cases/second")).unwrap();
    std::os::unix::fs::symlink("nowhere", library.path().join("content/cases/second/index.md")).unwrap();
    let posts = source(&[("second.md", "---\ntitle: Second\n---\n![x](p.gif)\n"), ("p.gif", GIF)]);
    let made = casebook(library.path(), &["import", &old(&posts)]);
    assert_eq!(made.status, 0, "{}", made.err);
    assert!(made.out.contains("Cases: 0 made."), "{}", made.out);
    let cases: Vec<String> = tree(&library.path().join("content/cases")).into_iter().map(|(path, _)| path).collect();
    assert_eq!(cases, ["first.md"]);
    let planned = casebook(library.path(), &["import", &old(&posts), "--dry-run"]);
    assert!(planned.out.contains("Cases: 1 to make."), "{}", planned.out);
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
        "a table without a column named title; this row was taken for the names of its columns; if another row has them, \
         delete the rows above it and import again:\n    Torbay, A desk",
    ] {
        assert!(made.err.contains(told) || made.out.contains(told), "{told}: {} {}", made.err, made.out);
    }

    write(&table.path().join("old"), "more.md", "Text\n");
    let several = casebook(library.path(), &["import", &old(&table)]);
    assert_eq!(several.status, 2);
    assert!(several.err.contains("--from markdown, or --from csv"), "{}", several.err);
}

#[test]
fn the_column_of_the_title_may_have_any_name_that_the_mapping_knows() {
    for (head, row) in [("Headline,Cost", "The desk,5"), ("Project,Title", "P1,The desk")] {
        let library = library(&[]);
        let table = source(&[("t.csv", &format!("{head}\n{row}\n"))]);
        let made = casebook(library.path(), &["import", &old(&table)]);
        assert!(!made.out.contains("without a column named title"), "{}", made.out);
        let cases = tree(&library.path().join("content/cases"));
        assert_eq!(cases.iter().map(|(path, _)| path).collect::<Vec<_>>(), ["the-desk.md"], "{head}");
    }
}

#[test]
fn a_column_with_american_dates_is_read_with_the_month_first() {
    for (proof, day, told) in [
        ("02/13/2019", "2019-03-04", None),
        ("13/02/2019", "2019-04-03", None),
        ("2019-02-13", "2019-04-03", Some("Date: 03/04/2019 was read as 3 April 2019 (b.md)")),
    ] {
        let library = library(&[]);
        let table = source(&[("cases.csv", &format!("Title,Date\nA,{proof}\nB,03/04/2019\n"))]);
        let made = casebook(library.path(), &["import", &old(&table)]);
        assert_eq!((made.status, made.err.as_str()), (0, ""));
        assert!(read(library.path(), "content/cases/a.md").contains("\ndate: 2019-02-13\n"), "{proof}");
        let b = read(library.path(), "content/cases/b.md");
        assert!(b.contains(&format!("\ndate: {day}\n")), "{proof}: {b}");
        assert_eq!(made.out.contains("was read as"), told.is_some(), "{}", made.out);
        assert!(made.out.contains(told.unwrap_or_default()), "{}", made.out);
    }
}

#[test]
fn a_date_that_is_no_day_is_reported_with_the_date_that_its_case_has() {
    let library = library(&[]);
    let table = source(&[("cases.csv", "Title,Date\nA,31/02/2019\nB,May 2018\nC,2019\n")]);
    let made = casebook(library.path(), &["import", &old(&table)]);
    let told = "3 × a date that cannot be read as a day; it is kept in extra, and the case has the day of the import:\n    \
                Date: 31/02/2019 (a.md)\n    Date: May 2018 (b.md)\n    Date: 2019 (c.md)\n";
    assert!(made.out.contains(told), "{}", made.out);
    assert!(read(library.path(), "content/cases/b.md").contains("  Date: May 2018\n"));
}

#[test]
fn a_value_of_which_check_only_warns_stays_in_its_key() {
    let library = library(&[]);
    let table = source(&[("cases.csv", "Title,Place\nA,\"Torbay, Poole and Kent\"\n")]);
    let made = casebook(library.path(), &["import", &old(&table)]);
    assert!(!made.out.contains("kept in extra"), "{}", made.out);
    assert!(read(library.path(), "content/cases/a.md").contains("\nplace: Torbay, Poole and Kent\n"));
    let checked = casebook(library.path(), &["check"]);
    assert!(checked.status == 0 && checked.err.contains("doubtful-value"), "{}", checked.err);
}

#[test]
fn a_first_row_with_a_name_of_the_title_is_the_head_of_the_table() {
    for (text, made) in [
        ("Title\nOne\nTwo, x\nThree\n", &["one.md", "three.md", "two.md"][..]),
        ("Title\nOnly one\nTwo, with comma\n", &["only-one.md", "two.md"]),
        ("Title,\nOne,\nTwo,b\n", &["one.md", "two.md"]),
        ("Our cases\n\nTitle,Cost\nOne,2\n", &["one.md"]),
        ("Our cases,,\nCase,,Costs\nTitle,Place,Cost\nOne,Poole,2\n", &["one.md"]),
    ] {
        let library = library(&[]);
        let ran = casebook(library.path(), &["import", &old(&source(&[("cases.csv", text)]))]);
        assert_eq!((ran.status, ran.err.as_str()), (0, ""), "{text}");
        assert!(!ran.out.contains("without a column named title"), "{text}: {}", ran.out);
        let cases: Vec<String> =
            tree(&library.path().join("content/cases")).into_iter().map(|(path, _)| path).collect();
        assert_eq!(cases, made, "{text}");
    }
}

#[test]
fn rows_above_the_names_of_the_columns_are_reported_and_a_row_of_values_is_no_head() {
    let import = |text: &str| {
        let library = library(&[]);
        casebook(library.path(), &["import", &old(&source(&[("t.csv", text)]))]).out
    };
    let told = import("Case details,,,Classification\nTitle,Summary,Place,Sector\nOne,S,Poole,health\n");
    let above = "1 × a row above the names of the columns; it was left out:\n    \
                 “Case details, Classification” in t.csv (one.md)\n";
    assert!(told.contains(above) && told.contains("Cases: 1 made."), "{told}");
    let told = import("Reference,Kind\nR1,Project\n");
    assert!(told.contains("column named title") && told.contains("Cases: 1 made."), "{told}");
}

#[test]
fn a_row_is_recognised_by_its_content_when_the_table_is_imported_again() {
    let library = library(&[]);
    let table = source(&[("cases.csv", "Title,Cost\nA,1\nB,2\n")]);
    let import = |text: &str| {
        write(&table.path().join("old"), "cases.csv", text);
        let made = casebook(library.path(), &["import", &old(&table)]);
        assert_eq!((made.status, made.err.as_str()), (0, ""));
        made.out
    };
    let cases = || tree(&library.path().join("content/cases")).into_iter().map(|(path, _)| path).collect::<Vec<_>>();
    assert!(import("Title,Cost\nA,1\nB,2\n").contains("Cases: 2 made."));
    let told = import("Title,Cost\nNew,3\nA,1\nB,2\n");
    assert!(told.contains("Cases: 1 made; 2 skipped, imported before.") && !told.contains("changed since"), "{told}");
    assert_eq!(cases(), ["a.md", "b.md", "new.md"]);
    let told = import("Title,Cost\nNew,4\nOther,1\nB,2\n");
    assert!(told.contains("Cases: 1 made; 2 skipped, imported before."), "{told}");
    assert!(
        told.contains(
            "changed since; what you have is left as it is, so edit the case, or delete it and import again:\n    \
                               content/cases/new.md, from old/cases.csv#row 2\n"
        ),
        "{told}"
    );
    assert_eq!(cases(), ["a.md", "b.md", "new.md", "other.md"]);
}

#[test]
fn inserting_a_row_does_not_change_the_row_below_it() {
    let library = library(&[]);
    let table = source(&[]);
    let import = |text: &str| {
        write(&table.path().join("old"), "cases.csv", text);
        casebook(library.path(), &["import", &old(&table)]).out
    };
    assert!(import("Sector,Title\nhealth,A\n").contains("Cases: 1 made."));
    let told = import("Sector,Title\nhealth,New\nhealth,A\n");
    assert!(told.contains("Cases: 1 made; 1 skipped, imported before."), "{told}");
    assert!(read(library.path(), "content/cases/new.md").contains("title: New\n"));
}

#[test]
fn sources_in_folders_of_one_name_are_two_sources() {
    let library = library(&[]);
    let import = |source: &TempDir| {
        let made = casebook(library.path(), &["import", &old(source)]);
        assert_eq!((made.status, made.err.as_str()), (0, ""));
        made.out
    };
    let table = |title: &str| source(&[("c.csv", &format!("Title\n{title}\n"))]);
    let post = |title: &str| source(&[("p.md", &format!("---\ntitle: {title}\n---\nText.\n"))]);
    for [first, second] in [[table("Old"), table("New")], [post("First"), post("Second")]] {
        assert!(import(&first).contains("Cases: 1 made."));
        let told = import(&second);
        assert!(told.contains("Cases: 1 made."), "{told}");
        for again in [&first, &second] {
            let told = import(again);
            assert!(told.contains("0 made; 1 skipped") && !told.contains("changed since"), "{told}");
        }
    }
    assert_eq!(tree(&library.path().join("content/cases")).len(), 4);
}

#[test]
fn a_column_that_is_named_like_a_section_becomes_the_section() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(casebook(folder.path(), &["init", "library"]).status, 0);
    let library = folder.path().join("library");
    let table = source(&[(
        "cases.csv",
        "Title,Barrier,What got in the way,What got in the way?\nA,resource,\"Money, first of all. Then time.\",political\n",
    )]);
    let made = casebook(&library, &["import", &old(&table)]);
    assert_eq!((made.status, made.err.as_str()), (0, ""));
    let case = read(&library, "content/cases/a.md");
    assert!(case.contains("\n## What got in the way\n\nMoney, first of all. Then time.\n"), "{case}");
    assert!(case.contains("\nbarrier: [resource, political]\n"), "{case}");
    assert!(!case.contains("  What got in the way"), "{case}");
}

#[cfg(unix)]
#[test]
fn changes_of_writing_direction_do_not_reach_the_terminal() {
    let library = library(&[]);
    let (override_, isolate) = ('\u{202e}', '\u{2066}');
    let posts = source(&[
        (&format!("a{override_}b.md"), &format!("---\nfield{isolate}: x\n---\n![]({override_}c.png)\n")),
        (&format!("broken{isolate}.md"), "---\ntitle: [A\n---\n"),
    ]);
    let made = casebook(library.path(), &["import", &old(&posts), "--verbose"]);
    for told in [&made.out, &made.err] {
        assert!(!told.contains([override_, isolate]) && told.contains('\u{fffd}'), "{told}");
    }
}

#[test]
fn a_case_whose_front_matter_was_broken_is_not_imported_again() {
    let library = library(&[]);
    let (name, note) = ("a-name-of-many-words-".repeat(8), "imported: { from: old/other.md }");
    let posts = source(&[
        ("a.md", "---\ntitle: A\n---\nText.\n"),
        (&format!("{name}.md"), "---\ntitle: B\n---\nText.\n"),
        ("sample.md", &format!("---\ntitle: C\n---\n{note}\n")),
    ]);
    let import = || casebook(library.path(), &["import", &old(&posts)]).out;
    assert!(import().contains("Cases: 3 made."));
    let cases = tree(&library.path().join("content/cases"));
    for (path, text) in &cases {
        let broken = String::from_utf8_lossy(text).replacen("title: ", "title: [", 1);
        write(&library.path().join("content/cases"), path, &broken);
    }
    let told = import();
    assert!(told.contains("Cases: 0 made; 3 skipped, imported before."), "{told}");
    write(&posts.path().join("old"), "other.md", "---\ntitle: D\n---\nText.\n");
    write(library.path(), "content/cases/own.md", &format!("---\ntitle: Own\nstatus: draft\n---\n{note}\n"));
    let told = import();
    assert!(told.contains("Cases: 1 made; 3 skipped, imported before."), "{told}");
}

#[test]
fn a_copy_of_a_table_under_another_name_is_skipped_with_the_name_of_the_first() {
    let library = library(&[]);
    let (first, copy) = (source(&[("a.csv", "Title\nOne\n")]), source(&[("b.csv", "Title\nTwo\nOne\n")]));
    assert!(casebook(library.path(), &["import", &old(&first)]).out.contains("Cases: 1 made."));
    let told = casebook(library.path(), &["import", &old(&copy)]).out;
    let expected = "1 case was imported before from another file with the same content, and skipped:\n    \
                    old/b.csv#row 3 is old/a.csv#row 2, in content/cases/one.md\n";
    assert!(told.contains(expected) && told.contains("Cases: 1 made; 1 skipped, imported before."), "{told}");
    assert!(casebook(library.path(), &["import", &old(&copy)]).out.contains("Cases: 0 made; 2 skipped"));

    // Without a title, files of the same content may be different cases.
    let untitled = source(&[("c.md", "Text.\n"), ("d.md", "Text.\n")]);
    let import = |name: &str| casebook(library.path(), &["import", &format!("{}/{name}", old(&untitled))]).out;
    assert!(import("c.md").contains("Cases: 1 made.") && import("d.md").contains("Cases: 1 made."));
}

#[test]
fn text_with_tabs_as_excel_saves_it_is_a_table() {
    let unicode = |text: &str| [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let (table, list): (Vec<u8>, Vec<u8>) =
        (unicode("Title\tPlace\r\nCaf\u{e9}\tPoole\r\n"), unicode("Title\r\nOnly\r\n"));
    let folder = source(&[]);
    fs::create_dir(folder.path().join("old")).unwrap();
    for (bytes, words, case) in [(table, &[][..], "cafe"), (list, &["--from", "csv"], "only")] {
        let library = library(&[]);
        let file = folder.path().join("old/excel.txt");
        fs::write(&file, bytes).unwrap();
        let import = |words: &[&str]| casebook(library.path(), &[&["import", &file.to_string_lossy()], words].concat());
        assert!(words.is_empty() || import(&[]).status == 2);
        let made = import(words);
        assert_eq!((made.status, made.err.as_str()), (0, ""), "{}", made.out);
        assert!(!made.out.contains("not read"), "{}", made.out);
        assert!(read(library.path(), &format!("content/cases/{case}.md")).contains("imported: "));
    }
}

#[test]
fn a_row_without_a_title_lacks_it() {
    let library = library(&[]);
    let table = source(&[("c.csv", "Title,Summary\nOne,A\n,B\n")]);
    let made = casebook(library.path(), &["import", &old(&table)]);
    assert!(made.out.contains("    content/cases/c-row-3.md: title, sector, text\n"), "{}", made.out);
    let case = read(library.path(), "content/cases/c-row-3.md");
    assert!(case.starts_with("---\ntitle:\n"), "{case}");
    assert!(casebook(library.path(), &["check"]).status == 0);
    fs::write(library.path().join("content/cases/c-row-3.md"), case.replace("status: draft\n", "")).unwrap();
    let checked = casebook(library.path(), &["check"]);
    assert!(checked.err.contains("`title` is missing"), "{}{}", checked.out, checked.err);
}
