//! The inputs of a site, and of each of its pages: hashes of what they are made from.
//!
//! Takes the bytes of the files, the edition, and this program, which contains the theme and the code. All stages are
//! pure, so pages of the same inputs have the same bytes, and a build whose inputs are those of the site in the output
//! makes no page. If only the texts of some cases differ, it makes only the pages that show these texts: the
//! [`PageInputs`] say which. Files that are copied are not part of the inputs: they are compared with the output.

use std::collections::BTreeMap;

use blake3::{Hash, Hasher};
use rayon::prelude::*;

use crate::{
    failure::Failure,
    model::{Documents, Edition, Library, document::Body},
    problem::FilePath,
    site::route::{Route, Texts},
    source::{self, Project, SourceFile},
};

/// What a site is made from.
pub(super) struct SiteInputs {
    /// The hash of everything.
    pub(super) all: String,
    program: Hash,
    /// The hash of each file.
    files: BTreeMap<FilePath, Hash>,
}

impl SiteInputs {
    /// The inputs of the site that this program makes of these files; an error if the program cannot be read, for
    /// example because it has just been replaced.
    pub(super) fn of(project: &Project, edition: &Edition) -> Result<SiteInputs, Failure> {
        let (program, files) = rayon::join(source::hash_of_program, || hashes(project));
        Ok(SiteInputs::of_hashes(program?, files, edition))
    }

    fn of_hashes(program: Hash, files: BTreeMap<FilePath, Hash>, edition: &Edition) -> SiteInputs {
        let all = of_all(program, &[format!("{edition:?}")], files.iter().map(|(path, hash)| (path, *hash)));
        SiteInputs { all: short(all), program, files }
    }
}

fn hashes(project: &Project) -> BTreeMap<FilePath, Hash> {
    let files: Vec<(&FilePath, &SourceFile)> = project.files.iter().collect();
    files.into_par_iter().map(|(path, file)| (path.clone(), of_file(file))).collect()
}

/// What each page of a site is made from.
pub(super) struct PageInputs {
    site: SiteInputs,
    /// The hash of everything except the texts of the cases: most pages show nothing else.
    shared: Hash,
}

impl PageInputs {
    /// The inputs of the pages of a site with these. The day decides which cases the library lists, so most pages
    /// depend on the list and not on the day.
    pub(super) fn of(
        site: SiteInputs,
        project: &Project,
        documents: &Documents,
        library: &Library,
        edition: &Edition,
    ) -> PageInputs {
        let bodies: BTreeMap<&FilePath, &Body> = documents.cases.iter().map(|case| (&case.path, &case.body)).collect();
        let hash = |(path, whole): (&FilePath, &Hash)| match (project.files.get(path), bodies.get(path)) {
            (Some(SourceFile::Text(bytes)), Some(body)) => without_text(bytes, body),
            _ => *whole,
        };
        let files: Vec<(&FilePath, &Hash)> = site.files.iter().collect();
        let without_texts: Vec<Hash> = files.into_par_iter().map(hash).collect();
        let listed = library.cases.iter().map(|case| case.file.path.as_str());
        let withdrawn = library.withdrawn.iter().map(|case| case.file.path.as_str());
        let Edition { with_drafts, base, .. } = edition;
        let shared = [
            format!("{with_drafts} {base:?} {} {:?}", library.future_count, library.shown_early),
            listed.collect::<Vec<_>>().join("\n"),
            withdrawn.collect::<Vec<_>>().join("\n"),
        ];
        let shared = of_all(site.program, &shared, site.files.keys().zip(without_texts));
        PageInputs { site, shared }
    }

    /// The hash of everything.
    pub(super) fn all(&self) -> &str {
        &self.site.all
    }

    /// The hash of everything that a route is made from; none for a file that is copied.
    pub(super) fn of_route(&self, route: &Route, library: &Library) -> Option<String> {
        match route.texts() {
            Texts::OfCase(case) => {
                let text = self.site.files.get(&library.cases[case].file.path)?;
                let mut hasher = Hasher::new();
                hasher.update(self.shared.as_bytes()).update(text.as_bytes());
                Some(short(hasher.finalize()))
            }
            Texts::None => Some(short(self.shared)),
            Texts::All => Some(self.site.all.clone()),
            Texts::Copied => None,
        }
    }
}

fn of_all<'a>(program: Hash, settings: &[String], files: impl Iterator<Item = (&'a FilePath, Hash)>) -> Hash {
    let mut hasher = Hasher::new();
    add(&mut hasher, program.as_bytes());
    settings.iter().for_each(|setting| add(&mut hasher, setting.as_bytes()));
    for (path, hash) in files {
        add(&mut hasher, path.as_str().as_bytes());
        add(&mut hasher, hash.as_bytes());
    }
    hasher.finalize()
}

fn of_file(file: &SourceFile) -> Hash {
    match file {
        SourceFile::Text(bytes) => blake3::hash(bytes),
        SourceFile::TooLarge(size) => blake3::hash(&size.to_le_bytes()),
        SourceFile::Other(measured) => blake3::hash(format!("{measured:?}").as_bytes()),
    }
}

/// The hash of a case without its text: of the front matter, the headings, and what is linked, cited and can be linked
/// to.
fn without_text(file: &[u8], body: &Body) -> Hash {
    let mut hasher = Hasher::new();
    let front_matter = file.get(..body.span.start).filter(|_| !body.span.is_empty());
    add(&mut hasher, front_matter.unwrap_or(file));
    let headings = body.outline.iter().flat_map(|heading| [&heading.id, &heading.text]);
    let links = body.links.iter().map(|link| &link.target);
    let cited = body.citations.iter().flat_map(|citation| citation.sources.iter().map(|cited| &cited.id.value));
    for list in [headings.collect::<Vec<_>>(), links.collect(), cited.collect(), body.anchors.iter().collect()] {
        add(&mut hasher, &list.len().to_le_bytes());
        list.into_iter().for_each(|text| add(&mut hasher, text.as_bytes()));
    }
    hasher.finalize()
}

/// Adds a part with its length, so that different lists of parts have different hashes.
fn add(hasher: &mut Hasher, part: &[u8]) {
    hasher.update(&(part.len() as u64).to_le_bytes()).update(part);
}

/// 128 bits are enough to distinguish versions of a site.
fn short(hash: Hash) -> String {
    hash.to_hex()[..32].to_owned()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use jiff::civil::date;

    use super::*;
    use crate::{
        model::Address,
        pipeline,
        read::config::parse_base_url,
        site::{Content, Site},
        source,
    };

    fn sample() -> Project {
        source::read(Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap()
    }

    /// With the full address of the host, without which there are no feeds.
    fn edition() -> Edition {
        Edition { day: date(2026, 11, 22), with_drafts: false, base: parse_base_url("https://example.org/").ok() }
    }

    fn made(project: &Project) -> (Site, PageInputs) {
        let contents = pipeline::read(project);
        let edition = edition();
        let site = pipeline::site(&contents, &edition).value;
        let site_inputs = SiteInputs::of_hashes(blake3::hash(b"program"), hashes(project), &edition);
        let inputs = PageInputs::of(site_inputs, project, &contents.documents.value, &site.library, &edition);
        (site, inputs)
    }

    /// The file of the newest case, whose text is in the feeds.
    fn newest(site: &Site) -> FilePath {
        site.library.cases[site.library.cases.ids()[0]].file.path.clone()
    }

    fn edited(project: &Project, path: &FilePath, edit: impl Fn(&str) -> String) -> Project {
        let SourceFile::Text(bytes) = &project.files[path] else { panic!("{path} is text") };
        let text = edit(std::str::from_utf8(bytes).unwrap());
        let mut project = project.clone();
        project.files.insert(path.clone(), SourceFile::Text(text.into_bytes().into()));
        project
    }

    fn bytes(site: &Site, address: &Address, route: &Route) -> Vec<u8> {
        match site.render(address, route) {
            Ok(Content::Bytes(bytes)) => bytes,
            other => panic!("{address:?}: {other:?}"),
        }
    }

    /// Two sites before and after an edit: pages with the same inputs have the same bytes. Gives the number of pages
    /// with other inputs.
    fn pages_with_other_inputs(before: &(Site, PageInputs), after: &Project) -> usize {
        let (old, old_inputs) = before;
        let (new, new_inputs) = made(after);
        let is_other = |(address, route): (&Address, &Route)| {
            let inputs = new_inputs.of_route(route, &new.library);
            let then =
                old.route(address).filter(|then| inputs.is_some() && old_inputs.of_route(then, &old.library) == inputs);
            if let Some(then) = then {
                assert_eq!(bytes(old, address, then), bytes(&new, address, route), "{}", address.as_str());
            }
            then.is_none() && !matches!(route, Route::SearchFile(_) | Route::File(_))
        };
        let routes: Vec<(&Address, &Route)> = new.routes().collect();
        routes.into_par_iter().map(is_other).filter(|is_other| *is_other).count()
    }

    #[test]
    fn an_edited_sentence_changes_the_page_of_its_case_and_the_pages_that_show_all_texts() {
        let project = sample();
        let before = made(&project);
        let after = edited(&project, &newest(&before.0), |text| text.to_owned() + "\nOne more sentence.\n");
        let pages = before.0.pages().count();
        let others = pages_with_other_inputs(&before, &after);
        let machines = |route: &Route| matches!(route.texts(), Texts::All);
        assert_eq!(others, 1 + before.0.pages().filter(|(_, route)| machines(route)).count());
        assert!(others < pages / 4, "{others} of {pages}");
        assert_ne!(before.1.all(), made(&after).1.all());
    }

    #[test]
    fn pages_with_the_same_inputs_are_the_same_after_any_edit_of_a_case() {
        let project = sample();
        let before = made(&project);
        let first_paragraph = |text: &str| text.match_indices("\n\n").nth(1).map_or(text.len(), |(at, _)| at);
        let edits: [&dyn Fn(&str) -> String; 8] = [
            &|text| text.replacen("## ", "## Another heading: ", 1),
            &|text| text.to_owned() + "\nSee [Adur](adur-and-worthing.md) and [a page](../pages/about.md#who).\n",
            &|text| text[..first_paragraph(text)].to_owned() + "\n",
            &|text| text.replacen("title: ", "title: A new ", 1),
            &|text| text.replacen("summary: ", "summary: Really, ", 1),
            &|text| text.replacen("---\n", "---\nlesson: Another lesson.\n", 1),
            &|text| text.replacen("\n---\n", "\nstatus: draft\n---\n", 1),
            &|text| text.to_owned() + "\nA note[^new].\n\n[^new]: Of the PCT.\n",
        ];
        let cases = [newest(&before.0), FilePath::new("content/cases/torbay-care-trust.md")];
        for (edit, case) in edits.iter().flat_map(|edit| cases.iter().map(move |case| (edit, case))) {
            assert!(pages_with_other_inputs(&before, &edited(&project, case, edit)) > 0);
        }
    }

    #[test]
    fn another_program_edition_or_file_gives_other_inputs() {
        let project = sample();
        let contents = pipeline::read(&project);
        let mut larger = project.clone();
        larger.files.insert(FilePath::new("content/new.txt"), SourceFile::TooLarge(1));
        let today = edition();
        let page_inputs = |project, edition: &Edition, program: &[u8]| {
            let library = pipeline::site(&contents, edition).value.library;
            let site_inputs = SiteInputs::of_hashes(blake3::hash(program), hashes(project), edition);
            PageInputs::of(site_inputs, project, &contents.documents.value, &library, edition)
        };
        let one = page_inputs(&project, &today, b"one");
        let with_drafts = Edition { with_drafts: true, ..today.clone() };
        let before_all = Edition { day: date(1990, 1, 1), ..today.clone() };
        for other in [
            page_inputs(&project, &today, b"another"),
            page_inputs(&project, &with_drafts, b"one"),
            page_inputs(&project, &before_all, b"one"),
            page_inputs(&larger, &today, b"one"),
        ] {
            assert!(one.all() != other.all() && one.shared != other.shared);
        }
        let tomorrow = page_inputs(&project, &Edition { day: date(2026, 11, 23), ..today.clone() }, b"one");
        assert!(one.all() != tomorrow.all() && one.shared == tomorrow.shared, "no page shows the day");
    }
}
