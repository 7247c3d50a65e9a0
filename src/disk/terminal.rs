//! Whether someone at a terminal can be listened to.

use std::io::{IsTerminal, stdin};

/// Is standard input a terminal, and is this program the one that it listens to now? One in the background that reads from its
/// terminal would be stopped by the system.
pub fn is_asked_here() -> bool {
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
