//! Every test that looks at Casebook from outside, in one program.
//!
//! - `problems`: small libraries in one file each, beside the report that an editor gets. Data in `tests/problems/`.
//! - `advisories`: what `.ci/advisories` makes of the answers of `cargo deny`.
//! - `commands`: the commands as they are typed, in a folder of their own: what they print, write and exit with.
//! - `determinism`: the same input gives the same bytes on any machine.
//! - `docs`: the documentation builds, and the commands in its guides work.
//! - `editors`: the settings that `casebook editors` writes, what `check` says when they grow old, and `casebook doctor`.
//! - `explain`: what `casebook explain` says of each code is true.
//! - `external`: `check --external` against a server with every answer that hurts.
//! - `fuzz`: the bodies of the fuzz targets, over the kept corpus and small changes of it.
//! - `hostile`: input that is odd, huge or malicious: no panic, no hang, nothing unsafe in the page.
//! - `reference`: the reference in the documentation is as the program would make it.
//! - `search`: questions to the published search module (`published`), and what an oracle of its own expects.
//! - `search_files`: the files of the index, read back.
//! - `preview`: what `serve` shows, over any edits, over real sockets and real files.
//! - `soak`: edits and requests at once, for a quarter of a minute; `SOAK_SECONDS=600 cargo test --test suite soak` goes on longer.
//! - `lsp`: the language server says what `check` says.
//! - `templates`: the blank cases of `casebook template`, filled in and imported.
//! - `laws`: the invariants of ARCHITECTURE.md, held against the source and against random libraries.

// A test that meets what it did not expect should stop there.
#![allow(clippy::unwrap_used)]

#[cfg(unix)]
mod advisories;
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
mod problems;
mod published;
mod reference;
mod search;
mod search_files;
mod soak;
mod templates;
