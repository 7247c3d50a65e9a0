//! Arguments → command → exit status. The only exit.

use std::process::ExitCode;

use mimalloc::MiMalloc;

/// A build is many small texts on every thread, which this allocator serves a fifth faster than the system's own.
/// Without huge pages a small library takes half the memory, and a large one six sevenths.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    ExitCode::from(casebook::cli::run(std::env::args_os()).status())
}
