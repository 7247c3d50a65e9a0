//! Every test that looks at Casebook from outside, in one program.
//!
//! - `problems`: small libraries in one file each, beside the report that an editor gets. Data in `tests/problems/`.
//! - `action`: what `action.yml` asks of Casebook.
//! - `advisories`: the exit status of `.ci/advisories` for each result of `cargo deny`.
//! - `commands`: the commands as a user types them, each in a folder of its own: what they print, write and exit with.
//!   `build`, `check` and `terms` have files of their own.
//! - `determinism`: the same input gives the same bytes on any machine.
//! - `docs`: the documentation builds, and the commands in its guides work.
//! - `editors`: the settings that `casebook editors` writes, the warnings of `check` about outdated ones, and `casebook
//!   doctor`.
//! - `explain`: the examples of `casebook explain` are true.
//! - `external`: `check --external` against a server with every kind of bad response.
//! - `fuzz`: the fuzz targets, run over the stored corpus and small changes to it.
//! - `growth`: content that was made to take long takes time in proportion to its size.
//! - `hostile`: odd, huge and malicious input: no panic, no hang, nothing unsafe in a page.
//! - `interrupted_builds`: builds that are killed, and several at the same time.
//! - `reference`: the reference in the documentation is what the program would make.
//! - `search`: the published search module (`published`), compared with a simple search over random libraries
//!   (`random_library`).
//! - `search_ranking`: the order of results, worked out by hand.
//! - `search_sample`: queries to the sample library.
//! - `search_files`: the files of the index, read back.
//! - `preview`: what `serve` shows after any edits, compared with a build.
//! - `preview_server`: the preview over real sockets and real files.
//! - `soak`: random edits and requests at the same time, for fifteen seconds; `SOAK_SECONDS=600 cargo test --test suite
//!   soak` runs longer.
//! - `lsp`: the language server reports what `check` reports.
//! - `templates`: the blank cases of `casebook template`, filled in and imported.
//! - `invariants`: the invariants of ARCHITECTURE.md, checked on the source and on libraries.

// A test stops at the first thing that it did not expect.
#![allow(clippy::unwrap_used)]

#[cfg(unix)]
mod action;
#[cfg(unix)]
mod advisories;
mod build;
mod check;
mod commands;
mod determinism;
mod docs;
mod editors;
mod explain;
mod external;
mod fuzz;
#[cfg(unix)]
mod growth;
mod hostile;
mod import;
#[cfg(unix)]
mod interrupted_builds;
mod invariants;
mod library;
mod lsp;
mod pages;
mod preview;
mod preview_server;
mod problems;
mod published;
mod random_library;
mod reference;
mod search;
mod search_files;
mod search_ranking;
mod search_sample;
mod soak;
mod templates;
mod terms;
