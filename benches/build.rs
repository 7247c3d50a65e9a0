//! How long a build takes, against the floor: writing the same bytes to the same folders with the same threads.
//!
//! `cargo bench --bench build` makes libraries of 1,000 and 10,000 cases of about 850 words, builds each with the
//! release binary, and prints medians of five: seconds of each stage, peak memory, and the ratio to the floor, measured
//! in the same run; then the same without the files of the search, for which this program runs the stages itself.
//! Neither side calls fsync. `cargo bench --bench build -- 300` takes other sizes.

mod synthetic;

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use casebook::{
    model::{Address, Edition},
    output::{self, PlannedFile},
    pipeline,
    site::Content,
    source,
};
use jiff::civil::date;
use mimalloc::MiMalloc;
use rayon::prelude::*;
use walkdir::WalkDir;

/// The allocator of the program itself.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

const RUNS: usize = 5;
/// The argument that makes this program build one library without the search index.
const WITHOUT_SEARCH: &str = "--without-search";

fn main() {
    let words: Vec<String> = std::env::args().collect();
    if let Some(at) = words.iter().position(|word| word == WITHOUT_SEARCH) {
        return println!("{}", without_search(Path::new(&words[at + 1])));
    }
    println!("threads {}, medians of {RUNS}, seconds\n", rayon::current_num_threads());
    for size in synthetic::sizes() {
        let folder = tempfile::tempdir().expect("a folder to work in");
        let root = folder.path().join("library");
        synthetic::write(&root, size);
        measure(
            size,
            "",
            || {
                let mut command = Command::new(env!("CARGO_BIN_EXE_casebook"));
                command.args(["build", "--json", "--quiet", "--date", "2026-11-22", "--root"]).arg(&root);
                build(command)
            },
            &root,
        );
        measure(
            size,
            ", without search",
            || {
                let mut command = Command::new(std::env::current_exe().expect("this program"));
                command.arg(WITHOUT_SEARCH).arg(&root);
                build(command)
            },
            &root,
        );
    }
}

/// Builds a library as `casebook build` does, but without the search index, and gives the same report.
fn without_search(root: &Path) -> serde_json::Value {
    let start = Instant::now();
    let project = source::read(root).expect("a readable library");
    let contents = pipeline::read(&project);
    let read = start.elapsed().as_secs_f64();
    let edition = Edition { day: date(2026, 11, 22), with_drafts: false, base: None };
    let site = pipeline::site(&contents, &edition).value;
    drop((project, contents));
    let model = start.elapsed().as_secs_f64() - read;
    let planned = |(address, route)| {
        let path = Address::output_path(address);
        PlannedFile { path, inputs: None, source: (address, route) }
    };
    let files: Vec<_> = site.pages().map(planned).collect();
    let target = output::target::check(&root.join("output"), root, &source::FOLDERS).expect("a folder of ours");
    let published = output::publish(&target, None, &files, |file| match site.render(file.source.0, file.source.1) {
        Ok(Content::Bytes(bytes)) => Ok(bytes),
        Ok(Content::File(_)) | Err(_) => Err(()),
    });
    let Ok(published) = published else { panic!("every page can be made") };
    let publish = start.elapsed().as_secs_f64() - read - model;
    std::mem::forget(site);
    serde_json::json!({
        "files": published.written + published.unchanged,
        "bytes": published.bytes,
        "written": published.written,
        "seconds": { "read": read, "model": model, "publish": publish },
    })
}

/// The report of a build, and its peak memory in bytes.
struct Built {
    account: serde_json::Value,
    peak: u64,
    wall: f64,
}

/// Measures one way to build a library: into an empty folder, again, and after an edit.
fn measure(cases: usize, how: &str, build: impl Fn() -> Built, root: &Path) {
    let output = root.join("output");

    let mut cold = Vec::new();
    let mut floor = Vec::new();
    for _ in 0..RUNS {
        empty(&output);
        cold.push(build());
        let site = load(&output);
        let copy = root.with_file_name("floor");
        floor.push(write(&site, &copy));
        empty(&copy);
    }
    build();
    let unchanged: Vec<Built> = (0..RUNS).map(|_| build()).collect();
    let few: Vec<Built> = (0..RUNS)
        .map(|run| {
            synthetic::rewrite(root, run, |text| text + "\nOne more sentence.\n");
            build()
        })
        .collect();

    let floor = median(floor);
    let account = &cold[0].account;
    println!(
        "{cases} cases{how}: {} files, {:.1} MB; floor {floor:.3}",
        account["files"],
        number(&account["bytes"]) / 1e6
    );
    for (name, runs) in [("cold", &cold), ("nothing changed", &unchanged), ("one case changed", &few)] {
        let wall = median(runs.iter().map(|run| run.wall).collect());
        let peak = runs.iter().map(|run| run.peak).max().unwrap_or(0) as f64 / 1e6;
        print!("  {name:17} {wall:.3}  {:.2} of the floor, {peak:.0} MB;", wall / floor);
        for stage in ["read", "model", "search", "render", "publish"] {
            let seconds = runs.iter().map(|run| number(&run.account["seconds"][stage])).collect();
            print!(" {stage} {:.3}", median(seconds));
        }
        println!("; written {}", runs[RUNS - 1].account["written"]);
    }
    println!();
}

/// Runs a build, and measures its peak memory.
fn build(mut command: Command) -> Built {
    let start = Instant::now();
    let mut child = command.stdout(Stdio::piped()).spawn().expect("it runs");
    let status = PathBuf::from(format!("/proc/{}/status", child.id()));
    let watch = thread::spawn(move || {
        let mut peak = 0;
        while let Some(now) = high_water(&status) {
            peak = peak.max(now);
            thread::sleep(Duration::from_millis(2));
        }
        peak
    });
    let mut said = String::new();
    std::io::Read::read_to_string(child.stdout.as_mut().expect("it is piped"), &mut said).expect("text");
    let wall = start.elapsed().as_secs_f64();
    assert!(child.wait().expect("it ends").success(), "{said}");
    Built { account: serde_json::from_str(&said).expect("an account"), peak: watch.join().expect("a number"), wall }
}

/// The peak memory of a running process, in bytes; none once it has ended.
fn high_water(status: &Path) -> Option<u64> {
    let text = fs::read_to_string(status).ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.trim().trim_end_matches("kB").trim().parse::<u64>().ok()? * 1024)
}

/// Every file of a site with its bytes.
fn load(site: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let entries = WalkDir::new(site).into_iter().map(|entry| entry.expect("a readable site"));
    let files: Vec<PathBuf> =
        entries.filter(|entry| entry.file_type().is_file()).map(|entry| entry.into_path()).collect();
    let read = |path: PathBuf| {
        let bytes = fs::read(&path).expect("a readable file");
        (path.strip_prefix(site).expect("it lies below").to_path_buf(), bytes)
    };
    files.into_par_iter().map(read).collect()
}

/// The floor: the seconds for writing the files into a new folder.
fn write(site: &[(PathBuf, Vec<u8>)], to: &Path) -> f64 {
    let start = Instant::now();
    site.par_iter().for_each(|(path, bytes)| {
        let file = to.join(path);
        fs::create_dir_all(file.parent().expect("it has a folder")).expect("a writable disk");
        fs::write(file, bytes).expect("a writable disk");
    });
    start.elapsed().as_secs_f64()
}

fn empty(folder: &Path) {
    if folder.exists() {
        fs::remove_dir_all(folder).expect("a writable disk");
    }
}

fn median(mut numbers: Vec<f64>) -> f64 {
    numbers.sort_by(f64::total_cmp);
    numbers[numbers.len() / 2]
}

fn number(value: &serde_json::Value) -> f64 {
    value.as_f64().unwrap_or(0.0)
}
