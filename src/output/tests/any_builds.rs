//! Random builds one after another: the output is the last site, and foreign files are kept.

use proptest::prelude::*;

use super::*;

/// Sites with few paths, so that files are added, changed, removed, and replaced by folders.
fn any_site() -> impl Strategy<Value = Files> {
    let path =
        prop::sample::select(vec!["a.css", "b/index.html", "b/c/index.html", "d", "d/e.html", "d/e.html/f", "g.html"]);
    prop::collection::btree_map(path, "[xy]{0,2}", 1..6).prop_map(|files| {
        let is_folder = |path: &str| files.keys().any(|other| other.starts_with(&format!("{path}/")));
        let files = files.iter().filter(|(path, _)| !is_folder(path));
        files.map(|(path, text)| ((*path).to_owned(), text.clone())).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn after_any_builds_the_output_is_the_site_and_foreign_files(
        history in prop::collection::vec((any_site(), any::<bool>()), 1..8),
        left_by in 0..8_usize,
    ) {
        let library = TestLibrary::new();
        let mut foreign = Files::new();
        for (step, (site, in_place)) in history.iter().enumerate() {
            library.try_publish(*in_place, site).unwrap();
            prop_assert_eq!(library.found(), both(site, &foreign));
            if step == left_by {
                foreign = super::tests::site(&[("b/notes", "mine"), (".git/HEAD", "mine")]);
                foreign.iter().for_each(|(path, text)| library.write(path, text));
            }
        }
        let clean = TestLibrary::new();
        clean.publish(&history[history.len() - 1].0);
        let manifest = |library: &TestLibrary| fs::read(library.output(".casebook-manifest")).unwrap();
        prop_assert_eq!(manifest(&library), manifest(&clean));
    }
}
