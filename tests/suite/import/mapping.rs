//! `casebook import` with a mapping: proposed, corrected by a person, and used.

use std::fs;

use super::{old, read, source};
use crate::commands::{casebook, library, tree, write};

#[test]
fn a_proposed_mapping_can_be_corrected_and_used() {
    let library = library(&[]);
    let posts = source(&[
        (
            "a.md",
            "---\ntitle: A\nteaser: In short.\nthemes: [Police, open data, nothing]\nnotes: Longer.\n---\nText.\n",
        ),
        ("b.md", "---\ntitle: B\nthemes: open data\n---\nText.\n"),
    ]);
    let before = tree(&library.path().join("content"));
    let dry = casebook(library.path(), &["import", &old(&posts), "--dry-run"]);
    assert_eq!(dry.status, 0, "{}", dry.err);
    assert_eq!(tree(&library.path().join("content")), before);
    let proposal = read(library.path(), "import.yaml");
    assert!(proposal.contains("# in 1 of 2: “In short.”\n  teaser: summary\n"), "{proposal}");
    assert!(
        proposal.contains("  themes: sector\n") && proposal.contains("    open data: extra   # 2 times\n"),
        "{proposal}"
    );
    assert_eq!(casebook(library.path(), &["import", &old(&posts), "--dry-run"]).status, 0);
    assert!(library.path().join("import-2.yaml").is_file(), "a proposal is never written over");

    let corrected = proposal
        .replace("open data: extra", "open data: new term\n    Open sea: new term")
        .replace("nothing: extra", "nothing: leave out")
        .replace("notes: extra", "notes: \"heading: Notes\"");
    write(library.path(), "import.yaml", &corrected);
    let made = casebook(library.path(), &["import", &old(&posts), "--map", "import.yaml"]);
    assert_eq!(made.status, 0, "{}", made.err);
    let a = read(library.path(), "content/cases/a.md");
    assert!(a.contains("sector: [police, open-data]\n") && a.ends_with("Text.\n\n## Notes\n\nLonger.\n"), "{a}");
    assert!(!a.contains("nothing"), "{a}");
    assert!(
        read(library.path(), "content/vocabularies/sector.yaml").ends_with("  - { id: open-data, label: open data }\n")
    );
    assert_eq!(casebook(library.path(), &["check"]).status, 0);

    // A term that an earlier run added is not added again, and one that is written in two ways is added once.
    for (name, theme) in [("c.md", "Open-Data"), ("d.md", "Open sea"), ("e.md", "open-sea")] {
        write(&posts.path().join("old"), name, &format!("---\ntitle: {name}\nthemes: {theme}\n---\nText.\n"));
    }
    let made = casebook(library.path(), &["import", &old(&posts), "--map", "import.yaml"]);
    assert!(made.out.contains("3 made"), "{}{}", made.out, made.err);
    assert!(read(library.path(), "content/cases/c.md").contains("sector: [open-data]\n"));
    assert!(read(library.path(), "content/cases/e.md").contains("sector: [open-sea]\n"));
    assert_eq!(casebook(library.path(), &["check"]).status, 0);
}

#[test]
fn a_column_of_terms_goes_to_its_vocabulary_even_if_it_is_named_as_a_heading() {
    let barrier = "label: Barrier\nplural: Barriers\nquestion: What got in the way\nterms:\n  - { id: politics, label: Politics }\n  - { id: money, label: Money and capacity }\n";
    let files = [("content/vocabularies/barrier.yaml", barrier)];
    for (cells, key, text) in [
        (["Politics", "Politics; money"], "barrier: [politics, money]", "## What changed\n\nMuch.\n"),
        (["Politics", "Politics, and snow"], "title: B", "## What got in the way\n\nPolitics, and snow"),
    ] {
        let library = library(&files);
        let table = format!(
            "Title,What got in the way,What happened,Short description,What changed\nA,{},,,\nB,\"{}\",\"First.\n\nThen.\",Tried.,Much.\n",
            cells[0], cells[1]
        );
        let made = casebook(library.path(), &["import", &old(&source(&[("a.csv", &table)]))]);
        assert_eq!(made.status, 0, "{}", made.err);
        assert!(!made.out.contains("kept in extra"), "{}", made.out);
        let b = read(library.path(), "content/cases/b.md");
        assert!(b.contains(&format!("\n{key}\n")) && b.contains(text), "{b}");
        assert!(b.contains("\nsummary: Tried.\n") && b.contains("---\n\nFirst.\n\nThen.\n\n"), "{b}");
    }
}

#[test]
fn a_field_of_terms_goes_to_its_other_destinations_too() {
    let mapping = "fields: { title: title, tags: [sector, body], themes: [sector, extra], topics: [sector] }\n";
    let library = library(&[("import.yaml", mapping)]);
    let posts = source(&[(
        "a.md",
        "---\ntitle: A\ntags: [Police, parks]\nthemes: [Health, seas, hills]\ntopics: lakes\n---\nText.\n",
    )]);
    let made = casebook(library.path(), &["import", &old(&posts), "--map", "import.yaml"]);
    assert_eq!(made.status, 0, "{}", made.err);
    let case = read(library.path(), "content/cases/a.md");
    assert!(case.contains("sector: [police, health]\n") && case.ends_with("Text.\n\nPolice, parks\n"), "{case}");
    assert!(case.contains("  tags: parks\n  themes: [Health, seas, hills]\n  topics: lakes\n"), "{case}");
}

#[test]
fn a_region_joins_its_place_or_is_kept_where_there_are_several() {
    let library = library(&[]);
    let table = "title,region,place\nA,Wales,Cardiff\nB,Wales,Cardiff; Newport\n";
    let made = casebook(library.path(), &["import", &old(&source(&[("a.csv", table)]))]);
    assert_eq!(made.status, 0, "{}", made.err);
    let case = |name: &str| read(library.path(), &format!("content/cases/{name}.md"));
    assert!(case("a").contains("place: { name: Cardiff, region: Wales }\n"), "{}", case("a"));
    let b = case("b");
    assert!(b.contains("place: [Cardiff, Newport]\n") && b.contains("  region: Wales\n"), "{b}");
    let kept = "a value for which its key has no room beside another value; it is kept in extra:\n    \
                region: Wales (b.md)\n";
    assert!(made.out.contains(kept), "{}", made.out);
}

#[test]
fn every_unknown_name_in_a_mapping_is_reported() {
    let library = library(&[(
        "import.yaml",
        "fields:\n  a: sumary\n  b: sector\nvalues:\n  b: { x: helth }\n  c: { y: z }\nother: 1\n",
    )]);
    let posts = source(&[("a.md", "---\na: 1\n---\n")]);
    let refused = casebook(library.path(), &["import", &old(&posts), "--map", "import.yaml"]);
    assert_eq!(refused.status, 2);
    for told in
        ["did you mean `summary`?", "did you mean \"health\"?", "`c` goes to no vocabulary", "`other` is not a part"]
    {
        assert!(refused.err.contains(told), "{told} is not in {}", refused.err);
    }
    assert!(!library.path().join("content/cases").exists());
    assert_eq!(casebook(library.path(), &["import", &old(&posts), "--map", "none.yaml"]).status, 2);
    let refused = casebook(library.path(), &["import", &old(&posts), "--from", "paper"]);
    assert_eq!(refused.status, 2);
    assert!(refused.err.contains("docx, csv, jekyll, hugo, markdown, form, zola"), "{}", refused.err);
    assert_eq!(casebook(library.path(), &["import", "no-such-folder"]).status, 1);
    assert_eq!(casebook(library.path(), &["import", "content"]).status, 2);
    let empty = tempfile::tempdir().unwrap();
    assert_eq!(casebook(library.path(), &["import", &empty.path().to_string_lossy()]).status, 2);
}

#[cfg(unix)]
#[test]
fn a_mapping_that_is_a_pipe_is_refused_without_blocking() {
    let library = library(&[]);
    let posts = source(&[("a.md", "---\na: 1\n---\n")]);
    assert!(std::process::Command::new("mkfifo").arg(library.path().join("pipe")).status().unwrap().success());
    for file in ["pipe", "/dev/zero", "content"] {
        let refused = casebook(library.path(), &["import", &old(&posts), "--map", file]);
        assert_eq!(refused.status, 2, "{file}: {}", refused.err);
        assert!(refused.err.contains("it is not a file") && refused.err.contains("--dry-run"), "{}", refused.err);
    }
    std::fs::write(library.path().join("import.yaml"), "fields:\n  a: summary\n").unwrap();
    std::os::unix::fs::symlink("import.yaml", library.path().join("link")).unwrap();
    let through_link = casebook(library.path(), &["import", &old(&posts), "--map", "link"]);
    assert_eq!(through_link.status, 0, "{}", through_link.err);
}

#[test]
fn a_proposed_mapping_without_fields_can_be_used() {
    let library = library(&[("empty.yaml", "fields:\n"), ("values.yaml", "values: {}\n")]);
    let posts = source(&[("a.md", "Text.\n")]);
    assert_eq!(casebook(library.path(), &["import", &old(&posts), "--dry-run"]).status, 0);
    let import = |map: &str| casebook(library.path(), &["import", &old(&posts), "--map", map]);
    let refused = import("values.yaml");
    assert!(refused.status == 2 && refused.err.contains("it has no `fields`"), "{}", refused.err);
    for map in ["import.yaml", "empty.yaml"] {
        let made = import(map);
        assert_eq!((made.status, made.err.as_str()), (0, ""), "{map}");
    }
    assert!(library.path().join("content/cases/a.md").exists());
}

#[test]
fn names_of_fields_that_are_too_long_for_keys_are_shortened() {
    let library = library(&[]);
    let long = "Which of these ".repeat(80);
    let table = format!("Title,Sector,{long}x,{long}y\nA,{long},1,2\n");
    let post = format!("---\ntitle: B\nmore:\n  ? \"{long}\"\n  : v\n---\nText.\n");
    for (from, file) in [("csv", ("a.csv", table)), ("markdown", ("b.md", post))] {
        let files = source(&[(file.0, &file.1)]);
        let import = |words: &[&str]| {
            let made = casebook(library.path(), &[&["import", &old(&files), "--from", from], words].concat());
            assert_eq!((made.status, made.err.as_str()), (0, ""), "{from}");
            assert!(made.out.contains("a name of a field that is too long for a key"), "{}", made.out);
        };
        import(&["--dry-run"]);
        import(&["--map", "import.yaml"]);
        fs::remove_file(library.path().join("import.yaml")).unwrap();
    }
    let a = read(library.path(), "content/cases/a.md");
    assert_eq!(a.matches("  Which of these ").count(), 2, "{a}");
    let checked = casebook(library.path(), &["check"]);
    assert_eq!(checked.status, 0, "{}", checked.err);
}

#[cfg(unix)]
#[test]
fn a_line_break_in_the_name_of_a_source_stays_in_the_comment() {
    let library = library(&[]);
    let table = source(&[("a\nb.csv", "Title,Cost\nA,5\n")]);
    let file = format!("{}/a\nb.csv", old(&table));
    assert_eq!(casebook(library.path(), &["import", &file, "--dry-run"]).status, 0);
    let proposal = read(library.path(), "import.yaml");
    assert!(proposal.contains("/a␊b.csv --map import.yaml\n"), "{proposal}");
    let made = casebook(library.path(), &["import", &file, "--map", "import.yaml"]);
    assert_eq!((made.status, made.err.as_str()), (0, ""));
}

#[test]
fn the_command_with_a_mapping_can_be_typed_where_the_first_was() {
    let folder = source(&[("t.csv", "Title\nOne\n"), ("the lib/casebook.yaml", "title: T\n")]);
    let here = folder.path().join("old");
    let below = here.join("the lib/content");
    fs::create_dir(&below).unwrap();
    for (here, words, map, command) in [
        (
            &here,
            &["--root", "the lib", "import", "t.csv", "--from", "csv"][..],
            "the lib/import.yaml",
            "casebook --root \"the lib\" import t.csv --from csv --map \"the lib/import.yaml\"",
        ),
        (&below, &["import", "../../t.csv"], "../import-2.yaml", "casebook import ../../t.csv --map ../import-2.yaml"),
    ] {
        let dry = casebook(here, &[words, &["--dry-run"]].concat());
        let told = format!("wrote {map}: correct it, then run `{command}`\n");
        assert!(
            dry.out.contains(&told.replace('/', std::path::MAIN_SEPARATOR_STR)) || dry.out.contains(&told),
            "{}",
            dry.out
        );
        assert!(here.join(map).is_file(), "{map}");
    }
}

#[test]
fn a_mapping_changes_no_case_that_was_imported_before_and_the_report_says_so() {
    let library = library(&[]);
    let table = source(&[("t.csv", "Title,Note\nOne,x\n")]);
    let import = |words: &[&str]| casebook(library.path(), &[&["import", &old(&table)], words].concat()).out;
    let told = "A mapping changes nothing in cases that were imported before; to make them again with it, delete their files \
                first.\nCases: 0 ";
    assert!(!import(&[]).contains("A mapping"));
    assert!(import(&["--dry-run"]).contains(told));
    assert!(import(&["--map", "import.yaml"]).contains(told));
    fs::remove_file(library.path().join("content/cases/one.md")).unwrap();
    assert!(import(&["--map", "import.yaml"]).ends_with("Cases: 1 made.\n"));
}
