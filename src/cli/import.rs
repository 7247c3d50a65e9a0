//! `casebook import`: cases from files of other programs.

use std::{
    collections::{BTreeSet, HashSet},
    path::{Path, PathBuf},
};

use clap::{
    Args,
    builder::{PossibleValuesParser, TypedValueParser},
};

use super::{ExitStatus, Global, day, error::CommandError, progress::Progress, root, terminal::Terminal, unreadable};
use crate::{
    edit::{self, new_terms},
    failure::Failure,
    import::{
        self, ImportKind, ImportSource, LibraryWords, SourceContents, UnreadableFile,
        mapping::{self, Mapping},
        plan::{self, AdjacentFile, ExistingLibrary, ImportOptions, ImportPlan, PlannedCase},
        report,
    },
    model::{Documents, Edition, Library, assemble},
    output, pipeline,
    problem::{Code, FilePath, message::size_in_words},
    read,
    source::{
        self, Project,
        outside::{self, NoBytes, OutsideSource},
    },
};

/// Import cases from other files: Word, spreadsheets, other generators, or the form
#[derive(Args)]
#[command(after_help = "\
A folder of Word documents:   casebook import ../cases-in-word
A row of a table is a case:   casebook import cases.xlsx
See what it would do:         casebook import ../old-blog --dry-run
Correct import.yaml, then:    casebook import ../old-blog --map import.yaml
A folder of a site:           casebook import ../site/content/posts --from hugo

Every case is a draft until you remove `status: draft`. Nothing is overwritten, and what was
imported before is skipped: to import it with a corrected mapping, delete its case first. Values
without a key are kept under `extra`, and the report names them.")]
pub(super) struct ImportArgs {
    /// The file or folder to import
    #[arg(value_name = "SOURCE")]
    source: PathBuf,
    /// The kind of source [default: guessed from its files]
    #[arg(long, value_name = "KIND", value_parser = kind())]
    from: Option<ImportKind>,
    /// The mapping of fields and values: a file that --dry-run has written
    #[arg(long, value_name = "FILE")]
    map: Option<PathBuf>,
    /// Import nothing: write only import.yaml (or import-2.yaml), with a proposed mapping of fields and values
    #[arg(long)]
    dry_run: bool,
    /// Publish the cases at once, except those that were drafts or lack something
    #[arg(long)]
    published: bool,
}

fn kind() -> impl TypedValueParser<Value = ImportKind> {
    let names = PossibleValuesParser::new(ImportKind::names().map(|(name, _)| name));
    names.try_map(|name| ImportKind::named(&name).ok_or("this is not a kind of source"))
}

pub(super) fn run(args: &ImportArgs, global: &Global, terminal: &mut Terminal) -> Result<ExitStatus, CommandError> {
    let root = root::root(global)?;
    let outside = match outside::find(&args.source, import::is_site) {
        Ok(outside) => outside,
        Err(failure) => {
            terminal.error(&failure.to_string(), "name a file or a folder that can be read");
            return Ok(ExitStatus::ContentErrors);
        }
    };
    check_place(&outside, &args.source, &root)?;
    let bytes = |file: &FilePath| outside.bytes(file).map_err(|why| no_bytes(file, &why));
    let source = ImportSource {
        name: outside.name.clone(),
        files: outside.files.clone(),
        requested: outside.requested.clone(),
        bytes: &bytes,
    };
    let kind = match args.from {
        Some(kind) => kind,
        None => ImportKind::guess(&source).map_err(|why| unclear(why, &args.source))?,
    };
    let project = source::read(&root)?;
    let Some(documents) = unreadable::readable_or_report(read::read(&project), &project, read::is_shared, terminal)
    else {
        return Ok(ExitStatus::ContentErrors);
    };
    let today = day::day(None)?;
    let edition = Edition { day: today, with_drafts: true, base: None };
    let library = assemble(&documents, &edition).value;
    let mapping = args.map.as_deref().map(|file| read_mapping(file, &library)).transpose()?;

    let count = source.requested_files().filter(|file| kind.endings().contains(&file.extension().as_str())).count();
    let progress = Progress::new(global);
    progress.steps("reading", count);
    let found = import::read(kind, &source, &LibraryWords::of(&library), &|| progress.step());
    progress.end();
    if found.items.is_empty() && found.unreadable.is_empty() {
        let message = format!("there is nothing of {} to import in {}", kind.as_str(), args.source.display());
        return Err(CommandError::usage(message, "name another file or folder, or another kind with --from"));
    }

    let mapping = mapping.unwrap_or_else(|| mapping::guess(&found.items, &library));
    let has_room_for = |new: &AdjacentFile| has_room_for(&root, &outside, new);
    let existing = existing(&library, &documents, &project, &edition, &has_room_for);
    let today = today.to_string();
    let place = place_from(&root, &outside.top)?;
    let options = ImportOptions { today: &today, published: args.published, place: &place };
    let plan = plan::plan(&found, &outside.files, &mapping, &existing, options);
    if args.dry_run {
        propose(args, global, &root, &found, &mapping, &library, terminal)?;
        print_report(terminal, args, &outside, &found, &plan, Made::Planned, global.verbose);
    } else {
        let written = write(&root, &outside, &plan, &project, terminal);
        let made = written.as_ref().copied().unwrap_or_else(|partly| partly.made);
        print_report(terminal, args, &outside, &found, &plan, Made::Written(made), global.verbose);
        written.map_err(|partly| partly.error)?;
    }
    Ok(if found.unreadable.is_empty() { ExitStatus::Done } else { ExitStatus::ContentErrors })
}

/// Documents that a library does not read, but that may lie among its cases until they are imported.
const DOCUMENTS: [&str; 4] = ["docx", "xlsx", "ods", "csv"];

/// Refuses a source that is a part of what the library reads, or contains it.
fn check_place(outside: &OutsideSource, source: &Path, root: &Path) -> Result<(), CommandError> {
    let content = source::true_path(root)?.join("content");
    let requested = outside.top.join(&outside.requested);
    let is_document = DOCUMENTS.contains(&FilePath::new(&outside.requested).extension().as_str());
    if requested.starts_with(&content) && !is_document {
        let message = format!("{} is a part of this library already", source.display());
        return Err(CommandError::usage(message, "name a file or a folder outside content/"));
    }
    if content.starts_with(&requested) {
        let message = format!("{} contains this library, whose cases would be imported again", source.display());
        return Err(CommandError::usage(message, "name the file or the folder with what is new"));
    }
    Ok(())
}

/// The path of a source from the library: it stays the same if both are moved together.
fn place_from(root: &Path, source: &Path) -> Result<String, CommandError> {
    let with_slashes = |path: &Path| path.to_string_lossy().replace('\\', "/").trim_start_matches('/').to_owned();
    Ok(FilePath::relative(&with_slashes(&source::true_path(root)?), &with_slashes(source)))
}

fn unclear(why: import::Unclear, source: &Path) -> CommandError {
    match why {
        import::Unclear::Nothing => {
            let message = format!("nothing in {} can be imported", source.display());
            let help = "name a Word document (.docx), a spreadsheet (.xlsx, .ods, .csv, or .txt with tabs between its cells), \
                        Markdown, or a folder of such files; \
                        copy the text of a PDF, a web page or an e-mail into a Word document first";
            CommandError::usage(message, help)
        }
        import::Unclear::Several(kinds) => {
            let message = format!("{} has files of several kinds", source.display());
            CommandError::usage(message, format!("say which to import: --from {}", kinds.join(", or --from ")))
        }
    }
}

fn no_bytes(file: &FilePath, why: &NoBytes) -> UnreadableFile {
    let (message, help) = match why {
        NoBytes::TooLarge(size) => {
            let (size, most) = (size_in_words(*size), size_in_words(outside::LARGEST));
            (format!("it has {size}; {most} is the most that is read"), "make the pictures in it smaller, or split it")
        }
        NoBytes::Refused(error) => (error.to_string(), "check that you may read the file"),
    };
    UnreadableFile { file: file.to_string(), message, help: help.to_owned() }
}

/// Reads the mapping of a file. Reports all its errors at once.
fn read_mapping(file: &Path, library: &Library) -> Result<Mapping, CommandError> {
    let unusable = |message| CommandError::usage(message, "let `casebook import SOURCE --dry-run` write one");
    let bytes = source::read_named(file).map_err(|failure| unusable(failure.to_string()))?;
    let bytes = bytes.ok_or_else(|| unusable(format!("there is no mapping {}", file.display())))?;
    let text = String::from_utf8_lossy(&bytes);
    Mapping::parse(&text, library).map_err(|faults| {
        let lines: Vec<String> = faults.iter().map(|(message, help)| format!("  {message}: {help}")).collect();
        let message = format!("{} cannot be used as a mapping\n{}", file.display(), lines.join("\n"));
        CommandError::usage(message, "correct these lines; nothing was imported")
    })
}

/// The files and addresses of the library that new files must not clash with.
fn existing<'a>(
    library: &'a Library,
    documents: &Documents,
    project: &Project,
    edition: &Edition,
    has_room_for: &'a (dyn Fn(&AdjacentFile) -> bool + Sync),
) -> ExistingLibrary<'a> {
    let site = pipeline::site(&pipeline::read(project), edition).value;
    let addresses: HashSet<String> = site.pages().map(|(address, _)| address.folded()).collect();
    let keys = read::library_keys(project);
    let is_broken = |path: &FilePath| {
        let problems = project.files.get(path).map(|file| read::document(path, file, &keys).problems);
        problems.into_iter().flatten().any(|problem| matches!(problem.code, Code::BadYaml | Code::NoFrontMatter))
    };
    let from = |case: &crate::model::CaseFile| match case.extra.get("imported") {
        Some(imported) => import::source_place(imported),
        None => {
            let text = project.text(&case.path)?;
            import::source_place_in_broken(text).filter(|_| is_broken(&case.path))
        }
    };
    let imported = documents.cases.iter().filter_map(|case| {
        let (source_place, fingerprint) = from(case)?;
        Some((source_place, fingerprint, case.path.clone()))
    });
    let imported = imported.collect();
    let names: BTreeSet<String> = documents
        .cases
        .iter()
        .flat_map(|case| [case.slug.value.clone(), case.path.case_name().to_lowercase()])
        .collect();
    ExistingLibrary { library, names, addresses, imported, keys, has_room_for }
}

/// Is nothing at the path of a new file, or a file with the same bytes?
fn has_room_for(root: &Path, outside: &OutsideSource, new: &AdjacentFile) -> bool {
    let at = root.join(&new.path);
    let has_same_bytes = || {
        let there = source::read_named(&at).ok().flatten()?;
        Some(there == bytes(outside, &new.file, new.part.as_deref()).ok()?)
    };
    at.symlink_metadata().is_err() || has_same_bytes().unwrap_or(false)
}

/// Writes the proposed mapping beside casebook.yaml, under a free name.
fn propose(
    args: &ImportArgs,
    global: &Global,
    root: &Path,
    found: &SourceContents,
    mapping: &Mapping,
    library: &Library,
    terminal: &mut Terminal,
) -> Result<(), CommandError> {
    if args.map.is_some() {
        return Ok(());
    }
    for number in 1.. {
        let name = if number == 1 { "import.yaml".to_owned() } else { format!("import-{number}.yaml") };
        let map = from_here(&name, root, global)?;
        let command = command(args, global, &map);
        let text = mapping::proposal(&found.items, mapping, library, &command);
        if output::new_file::write(root, &name, text.as_bytes())? {
            terminal.say(&format!("wrote {}: correct it, then run `{command}`", map.display()));
            break;
        }
    }
    Ok(())
}

/// The path of a file of the library from the current folder.
fn from_here(name: &str, root: &Path, global: &Global) -> Result<PathBuf, CommandError> {
    if global.root.is_some() {
        return Ok(root.join(name));
    }
    let here = std::env::current_dir().map_err(|error| Failure::new("find this folder", error))?;
    let below = here.strip_prefix(root).map_or(0, |below| below.components().count());
    Ok(std::iter::repeat_n("..", below).chain([name]).collect())
}

/// The command that imports a source with a mapping, as it is typed in the current folder.
fn command(args: &ImportArgs, global: &Global, map: &Path) -> String {
    let mut words = vec!["casebook".to_owned()];
    let path = |path: &Path| {
        let path = path.display().to_string();
        let is_plain = !path.contains(|c: char| c == ' ' || c.is_ascii_punctuation() && !"/\\.:-_~+,=@%".contains(c));
        if is_plain { path } else { format!("\"{path}\"") }
    };
    if let Some(root) = &global.root {
        words.extend(["--root".to_owned(), path(root)]);
    }
    words.extend(["import".to_owned(), path(&args.source)]);
    if let Some(kind) = args.from {
        words.extend(["--from".to_owned(), kind.as_str().to_owned()]);
    }
    words.extend(["--map".to_owned(), path(map)]);
    if args.published {
        words.push("--published".to_owned());
    }
    words.join(" ")
}

/// An import that an error stopped.
struct PartlyWritten {
    /// The number of cases written before.
    made: usize,
    error: CommandError,
}

/// Writes all new terms and cases. Gives the number of cases written.
fn write(
    root: &Path,
    outside: &OutsideSource,
    plan: &ImportPlan,
    project: &Project,
    terminal: &mut Terminal,
) -> Result<usize, PartlyWritten> {
    let stopped = |made| move |error| PartlyWritten { made, error };
    output::hidden_file::remove_left_in_library(root, &source::FOLDERS);
    write_terms(root, plan, project, terminal).map_err(stopped(0))?;
    for (file, path) in &plan.shared {
        write_file(root, path, outside, file, None).map_err(stopped(0))?;
    }
    let mut made = 0;
    for case in &plan.cases {
        made += usize::from(write_case(root, outside, case).map_err(stopped(made))?);
    }
    Ok(made)
}

/// Writes a case and the files beside it: all of them, or none.
fn write_case(root: &Path, outside: &OutsideSource, case: &PlannedCase) -> Result<bool, CommandError> {
    let mut written: Vec<&str> = Vec::new();
    let mut all = || -> Result<bool, CommandError> {
        for beside in &case.files {
            if write_file(root, &beside.path, outside, &beside.file, beside.part.as_deref())? {
                written.push(&beside.path);
            }
        }
        Ok(output::new_file::write(root, &case.path, case.text.as_bytes())?)
    };
    let made = all();
    let removed = if matches!(made, Ok(true)) { Ok(()) } else { output::new_file::undo_writes(root, written) };
    made.and_then(|made| Ok(removed.map(|()| made)?))
}

fn write_file(
    root: &Path,
    path: &str,
    outside: &OutsideSource,
    file: &FilePath,
    part: Option<&str>,
) -> Result<bool, CommandError> {
    let refused = |why: &NoBytes| {
        let unreadable = no_bytes(file, why);
        Failure::new(format!("read {file}"), std::io::Error::other(unreadable.message))
    };
    let bytes = bytes(outside, file, part).map_err(|why| refused(&why))?;
    Ok(output::new_file::write(root, path, &bytes)?)
}

/// The bytes of a file of the source, or of a part of it.
fn bytes(outside: &OutsideSource, file: &FilePath, part: Option<&str>) -> Result<Vec<u8>, NoBytes> {
    let bytes = outside.bytes(file)?;
    Ok(match part {
        Some(part) => import::part(&bytes, part).unwrap_or_default(),
        None => bytes,
    })
}

/// Adds new terms to their vocabularies.
fn write_terms(root: &Path, plan: &ImportPlan, project: &Project, terminal: &mut Terminal) -> Result<(), CommandError> {
    for (vocabulary, labels) in &plan.new_terms {
        let path = FilePath::new(format!("content/vocabularies/{vocabulary}.yaml"));
        let had = project.bytes(&path).unwrap_or_default();
        let insertion = std::str::from_utf8(had).ok().and_then(|text| new_terms::insertion(text, labels));
        let with_terms = insertion.map(|insertion| edit::changed(had, &[insertion]));
        match with_terms {
            Some(text) if output::rewrite::write(root, path.as_str(), had, &text)? => {
                terminal.say(&format!("added {} to {path}", labels.iter().cloned().collect::<Vec<_>>().join(", ")));
            }
            _ => {
                let lines = new_terms::lines(labels);
                terminal.note(&format!("add these terms to {path} yourself:\n{lines}"));
            }
        }
    }
    Ok(())
}

/// What became of the cases of a plan.
enum Made {
    /// Dry run.
    Planned,
    /// The number of cases written.
    Written(usize),
}

/// Prints the report: results to standard output, failures to standard error.
fn print_report(
    terminal: &mut Terminal,
    args: &ImportArgs,
    outside: &OutsideSource,
    found: &SourceContents,
    plan: &ImportPlan,
    made: Made,
    all: bool,
) {
    for unreadable in &found.unreadable {
        terminal.error(&format!("{}: {}", unreadable.file, unreadable.message), &unreadable.help);
    }
    for line in &outside.passed_over {
        terminal.note(&format!("passed over {line}"));
    }
    for case in plan.cases.iter().filter(|_| all) {
        terminal.say(&format!("{} from {}", case.path, case.source_place));
    }
    report::report(found, plan, all).iter().for_each(|line| terminal.say(line));
    let skipped = plan.skipped.len();
    if skipped > 0 && (args.dry_run || args.map.is_some()) {
        terminal.say(
            "A mapping changes nothing in cases that were imported before; to make them again with it, delete their files \
             first.",
        );
    }
    let kept = if skipped == 0 { String::new() } else { format!("; {skipped} skipped, imported before") };
    let unreadable = if found.unreadable.is_empty() {
        String::new()
    } else {
        format!("; {} could not be read", found.unreadable.len())
    };
    let cases = match made {
        Made::Planned => format!("{} to make", plan.cases.len()),
        Made::Written(count) => format!("{count} made"),
    };
    terminal.say(&format!("Cases: {cases}{kept}{unreadable}."));
}
