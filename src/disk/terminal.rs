//! Can a person at a terminal be asked?

use std::io::{IsTerminal, stdin};

/// Is standard input a terminal, and this program in its foreground? The system would stop a background program that
/// reads from its terminal.
pub fn can_prompt() -> bool {
    stdin().is_terminal() && is_in_foreground()
}

#[cfg(unix)]
fn is_in_foreground() -> bool {
    rustix::termios::tcgetpgrp(stdin()).is_ok_and(|group| group == rustix::process::getpgrp())
}

#[cfg(not(unix))]
fn is_in_foreground() -> bool {
    true
}
