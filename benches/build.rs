//! How long a build takes, against the floor: writing the same bytes to the same folders with the same threads.
//!
//! `cargo bench --bench build` makes libraries of 1,000 and 10,000 cases of about 850 words, builds each with the release
//! binary, and prints medians of five: seconds of each stage, peak memory, and the ratio to the floor, measured in the same
//! run. Neither side calls fsync. `cargo bench --bench build -- 300` takes other sizes.

mod synthetic;

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use rayon::prelude::*;
use walkdir::WalkDir;

const RUNS: usize = 5;

fn main() {
    let sizes: Vec<usize> = std::env::args().filter_map(|word| word.parse().ok()).collect();
    let sizes = if sizes.is_empty() { vec![1_000, 10_000] } else { sizes };
    println!("threads {}, medians of {RUNS}, seconds\n", rayon::current_num_threads());
    for size in sizes {
        measure(size);
    }
}

/// One build: what it said of itself, and its peak memory in bytes.
struct Built {
    account: serde_json::Value,
    peak: u64,
    wall: f64,
}

fn measure(cases: usize) {
    let folder = tempfile::tempdir().expect("a folder to work in");
    let root = folder.path().join("library");
    synthetic::write(&root, cases);
    let output = root.join("output");

    let mut cold = Vec::new();
    let mut floor = Vec::new();
    for _ in 0..RUNS {
        empty(&output);
        cold.push(build(&root));
        let site = load(&output);
        let copy = folder.path().join("floor");
        floor.push(write(&site, &copy));
        empty(&copy);
    }
    build(&root);
    let unchanged: Vec<Built> = (0..RUNS).map(|_| build(&root)).collect();
    let few: Vec<Built> = (0..RUNS)
        .map(|run| {
            synthetic::touch(&root, run);
            build(&root)
        })
        .collect();

    let floor = median(floor);
    let account = &cold[0].account;
    println!("{cases} cases: {} files, {:.1} MB; floor {floor:.3}", account["files"], number(&account["bytes"]) / 1e6);
    for (name, runs) in [("cold", &cold), ("nothing changed", &unchanged), ("one case changed", &few)] {
        let wall = median(runs.iter().map(|run| run.wall).collect());
        let peak = runs.iter().map(|run| run.peak).max().unwrap_or(0) as f64 / 1e6;
        print!("  {name:17} {wall:.3}  {:.2} of the floor, {peak:.0} MB;", wall / floor);
        for stage in ["read", "model", "render", "publish"] {
            let seconds = runs.iter().map(|run| number(&run.account["seconds"][stage])).collect();
            print!(" {stage} {:.3}", median(seconds));
        }
        println!("; written {}", runs[RUNS - 1].account["written"]);
    }
    println!();
}

/// Builds the library, watching how much memory it holds at the most.
fn build(root: &Path) -> Built {
    let start = Instant::now();
    let mut child = Command::new(env!("CARGO_BIN_EXE_casebook"))
        .args(["build", "--json", "--quiet", "--date", "2026-11-22", "--root"])
        .arg(root)
        .stdout(Stdio::piped())
        .spawn()
        .expect("the release binary runs");
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

/// The most memory that a running process has held, in bytes; none once it has ended.
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

/// The floor: the seconds that writing the files into an absent folder takes.
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
