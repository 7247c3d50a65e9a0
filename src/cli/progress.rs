//! The progress bar of a long command at a terminal: not shown within the first second, nor in a pipe.

use std::{
    io::{IsTerminal, stderr},
    sync::Once,
    time::{Duration, Instant},
};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// A bar that waits a second before it is shown.
pub(super) struct Progress {
    bar: ProgressBar,
    start: Instant,
    shown: Once,
    is_wanted: bool,
}

impl Progress {
    /// A bar for so many steps.
    pub(super) fn new(steps: usize, what: &'static str, is_quiet: bool) -> Progress {
        let style = ProgressStyle::with_template("{msg} {bar:30} {pos} of {len}")
            .unwrap_or_else(|_| ProgressStyle::default_bar());
        let bar = ProgressBar::with_draw_target(Some(steps as u64), ProgressDrawTarget::hidden());
        bar.set_style(style);
        bar.set_message(what);
        Progress { bar, start: Instant::now(), shown: Once::new(), is_wanted: !is_quiet && stderr().is_terminal() }
    }

    /// One step more.
    pub(super) fn step(&self) {
        if self.is_wanted && self.start.elapsed() > Duration::from_secs(1) {
            self.shown.call_once(|| self.bar.set_draw_target(ProgressDrawTarget::stderr_with_hz(8)));
        }
        self.bar.inc(1);
    }

    /// Takes the bar away.
    pub(super) fn end(self) {
        self.bar.finish_and_clear();
    }
}
