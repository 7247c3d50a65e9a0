//! Arguments → command → exit status. The only exit.

use std::process::ExitCode;

fn main() -> ExitCode {
    ExitCode::from(casebook::cli::run(std::env::args_os()).status())
}
