//! Values that must reach a case, or its report, whatever else is in the source.

use super::{old, read, source};
use crate::commands::{casebook, library};

#[test]
fn authors_of_a_case_stay_as_they_are_and_what_has_no_place_is_kept_in_extra() {
    let library = library(&[]);
    let posts = source(&[
        (
            "valid.md",
            "---\ntitle: V\nauthors:\n  - { organisation: Example Council }\n  - { given: Ann, family: Lee, suffix: Jr }\n  \
             - { name: Bo Ray, organisation: Kent Trust }\n---\nText.\n",
        ),
        (
            "more.md",
            "---\ntitle: M\nauthors: [{ name: Ann Lee, role: chair }]\n\
             sector: [{ term: health, what: w, note: x }]\nbarrier: [{ term: political, what: w }, resource]\n---\nText.\n",
        ),
    ]);
    let made = casebook(library.path(), &["import", &old(&posts)]);
    assert_eq!((made.status, made.err.as_str()), (0, ""), "{}", made.out);
    let valid = read(library.path(), "content/cases/valid.md");
    for author in [
        "organisation: Example Council",
        "given: Ann\n    family: Lee\n    suffix: Jr",
        "name: Bo Ray\n    organisation: Kent",
    ] {
        assert!(valid.contains(&format!("\n  - {author}")), "{author} is not in {valid}");
    }
    assert_eq!(valid.matches("Ann").count(), 1, "{valid}");
    let more = read(library.path(), "content/cases/more.md");
    assert!(more.contains("\nauthors:\n  - name: Ann Lee\n") && more.contains("role: chair"), "{more}");
    assert!(more.contains("note: x"), "{more}");
    assert!(more.contains("\nbarrier:\n  - term: political\n    what: w\n  - resource\n"), "{more}");
    let expected = "2 × a value that did not fit whole; all of it is kept in extra:\n";
    assert!(made.out.contains(expected), "{}", made.out);
}

#[test]
fn a_source_with_a_wrong_value_keeps_the_others() {
    let library = library(&[]);
    let post = "---\ntitle: A\nsources:\n  - { title: Right, url: www.example.org/a, date: March 2013 }\n  \
                - { title: Wrong, url: \"javascript:x\", date: Spring 2014, accessed: lately }\n  - { publisher: Nobody }\n---\nText.\n";
    let made = casebook(library.path(), &["import", &old(&source(&[("a.md", post)]))]);
    assert_eq!((made.status, made.err.as_str()), (0, ""), "{}", made.out);
    let case = read(library.path(), "content/cases/a.md");
    let sources = "\nsources:\n  - title: Right\n    url: https://www.example.org/a\n    date: 2013-03\n  - title: Wrong\n    \
                   date: \"2014\"\nextra:\n  sources:\n    - title: Wrong\n      date: Spring 2014\n    - publisher: Nobody\n    \
                   - title: Wrong\n      url: javascript:x\n    - title: Wrong\n      accessed: lately\n";
    assert!(case.contains(sources), "{case}");
    assert!(made.out.contains("sources: title: Wrong, url: javascript:x (a.md)\n"), "{}", made.out);
}

#[test]
fn a_column_names_the_file_of_a_case_and_its_old_address() {
    let library = library(&[]);
    let table = source(&[(
        "t.csv",
        "Title,Slug,Permalink,URL\nOne,first-desk,https://old.uk/2013/one/,https://a.uk/x\nTwo,,https://old.uk/?p=2,\n",
    )]);
    let made = casebook(library.path(), &["import", &old(&table)]);
    assert_eq!((made.status, made.err.as_str()), (0, ""), "{}", made.out);
    let one = read(library.path(), "content/cases/first-desk.md");
    assert!(one.contains("\naliases: [/2013/one/]\n") && one.contains("  URL: https://a.uk/x\n"), "{one}");
    assert!(read(library.path(), "content/cases/two.md").contains("  Permalink: https://old.uk/?p=2\n"));
    assert!(!made.out.contains("as the mapping says"), "{}", made.out);
}

#[test]
fn fields_of_one_name_in_extra_are_both_kept() {
    let library = library(&[]);
    let post = "---\ntitle: A\nextra: { colour: green }\ncolour: blue\nimported: by hand\n---\nText.\n";
    let made = casebook(library.path(), &["import", &old(&source(&[("a.md", post)]))]);
    assert_eq!((made.status, made.err.as_str()), (0, ""), "{}", made.out);
    let case = read(library.path(), "content/cases/a.md");
    for field in ["  colour: green\n", "  colour 2: blue\n", "  imported 2: by hand\n", "  imported: { from: old/a.md"]
    {
        assert!(case.contains(field), "{field} is not in {case}");
    }
    let expected = "2 × a name that another value has in extra; it was given a number:\n    \
                    colour: now colour 2 (a.md)\n    imported: now imported 2 (a.md)\n";
    assert!(made.out.contains(expected), "{}", made.out);
}

#[test]
fn a_semicolon_within_an_address_is_a_part_of_it() {
    let library = library(&[]);
    let table = source(&[("t.csv", "Title\tSources\nA\tAudit https://e.org/a;b=c; Minutes https://e.org/d\n")]);
    assert_eq!(casebook(library.path(), &["import", &old(&table)]).status, 0);
    let case = read(library.path(), "content/cases/a.md");
    assert!(case.contains("https://e.org/a;b=c") && case.contains("https://e.org/d"), "{case}");
}

#[test]
fn lines_that_end_as_on_an_old_mac_are_lines() {
    let library = library(&[]);
    let post = "---\rtitle: The desk\rsector: health\r---\rText.\r\rMore.\r";
    let made = casebook(library.path(), &["import", &old(&source(&[("a.md", post)])), "--from", "markdown"]);
    assert_eq!((made.status, made.err.as_str()), (0, ""), "{}", made.out);
    let case = read(library.path(), "content/cases/a.md");
    assert!(case.contains("title: The desk\n") && case.ends_with("\nText.\n\nMore.\n"), "{case}");
}
