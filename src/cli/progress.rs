//! The progress bar of a long command. It is shown at a terminal only, after one second.

use std::{
    io::{IsTerminal, stderr},
    sync::Once,
    time::{Duration, Instant},
};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// A progress bar that is shown after one second.
pub(super) struct Progress {
    bar: ProgressBar,
    start: Instant,
    shown: Once,
    is_wanted: bool,
}

impl Progress {
    /// A progress bar for this number of steps.
    pub(super) fn new(steps: usize, what: &'static str, is_quiet: bool) -> Progress {
        let style = ProgressStyle::with_template("{msg} {bar:30} {pos} of {len}")
            .unwrap_or_else(|_| ProgressStyle::default_bar());
        let bar = ProgressBar::with_draw_target(Some(steps as u64), ProgressDrawTarget::hidden());
        bar.set_style(style);
        bar.set_message(what);
        Progress { bar, start: Instant::now(), shown: Once::new(), is_wanted: !is_quiet && stderr().is_terminal() }
    }

    /// Advances by one step.
    pub(super) fn step(&self) {
        if self.is_wanted && self.start.elapsed() > Duration::from_secs(1) {
            self.shown.call_once(|| self.bar.set_draw_target(ProgressDrawTarget::stderr_with_hz(8)));
        }
        self.bar.inc(1);
    }

    /// Removes the bar.
    pub(super) fn end(self) {
        self.bar.finish_and_clear();
    }
}
