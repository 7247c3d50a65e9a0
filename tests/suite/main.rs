//! Every test that looks at Casebook from outside, in one program.
//!
//! - `problems`: small libraries in one file each, beside the report that an editor gets. Data in `tests/problems/`.
//! - `advisories`: what `.ci/advisories` makes of the answers of `cargo deny`.
//! - `commands`: the commands as a user types them, each in a folder of its own: what they print, write and exit with. `build`,
//!   `check` and `terms` have files of their own.
//! - `determinism`: the same input gives the same bytes on any machine.
//! - `docs`: the documentation builds, and the commands in its guides work.
//! - `editors`: the settings that `casebook editors` writes, what `check` says when they grow old, and `casebook doctor`.
//! - `explain`: what `casebook explain` says of each code is true.
//! - `external`: `check --external` against a server with every answer that hurts.
//! - `fuzz`: the bodies of the fuzz targets, over the kept corpus and small changes of it.
//! - `hostile`: input that is odd, huge or malicious: no panic, no hang, nothing unsafe in the page.
//! - `reference`: the reference in the documentation is as the program would make it.
//! - `search`: the published search module (`published`), compared with an oracle over random libraries.
//! - `search_ranking`: the order of results, worked out by hand.
//! - `search_sample`: queries to the sample library.
//! - `search_files`: the files of the index, read back.
//! - `preview`: what `serve` shows after any edits, compared with a build.
//! - `preview_server`: the preview over real sockets and real files.
//! - `soak`: random edits and requests at the same time, for fifteen seconds; `SOAK_SECONDS=600 cargo test --test suite soak` runs longer.
//! - `lsp`: the language server reports what `check` reports.
//! - `templates`: the blank cases of `casebook template`, filled in and imported.
//! - `laws`: the invariants of ARCHITECTURE.md, held against the source and against random libraries.

// A test that meets what it did not expect should stop there.
#![allow(clippy::unwrap_used)]

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
mod hostile;
mod import;
mod laws;
mod library;
mod lsp;
mod pages;
mod preview;
mod preview_server;
mod problems;
mod published;
mod reference;
mod search;
mod search_files;
mod search_ranking;
mod search_sample;
mod soak;
mod templates;
mod terms;
