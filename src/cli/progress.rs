//! The progress of a long command, stage by stage. It is shown on standard error, at a terminal only, after one second.
//!
//! A stage of known length has a progress bar, any other a spinner. Both are removed when the command ends.

use std::{
    io::{IsTerminal, stderr},
    thread,
    time::Duration,
};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::Global;

/// A command that takes less time than this shows no progress.
const DELAY: Duration = Duration::from_secs(1);

/// How often the spinner moves.
const TICK: Duration = Duration::from_millis(125);

/// The progress of one command. It has no bar where standard error is no terminal, or with `--quiet`.
pub(super) struct Progress {
    bar: Option<ProgressBar>,
}

impl Progress {
    /// The progress of a command that starts now.
    pub(super) fn new(global: &Global) -> Progress {
        if global.quiet || !stderr().is_terminal() {
            return Progress { bar: None };
        }
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
        let late = bar.clone();
        thread::spawn(move || {
            thread::sleep(DELAY);
            if !late.is_finished() {
                late.set_draw_target(ProgressDrawTarget::stderr());
                late.enable_steady_tick(TICK);
            }
        });
        Progress { bar: Some(bar) }
    }

    /// Starts a stage of unknown length.
    pub(super) fn stage(&self, what: &'static str) {
        self.show("{spinner} {msg}", what, 0);
    }

    /// Starts a stage of this number of steps.
    pub(super) fn steps(&self, what: &'static str, steps: usize) {
        self.show("{spinner} {msg} {bar:30} {human_pos} of {human_len}", what, steps);
    }

    /// Advances by one step.
    pub(super) fn step(&self) {
        if let Some(bar) = &self.bar {
            bar.inc(1);
        }
    }

    /// Removes the bar.
    pub(super) fn end(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }

    fn show(&self, template: &str, what: &'static str, steps: usize) {
        let Some(bar) = &self.bar else { return };
        bar.set_message(what);
        bar.set_length(steps as u64);
        bar.set_position(0);
        bar.set_style(ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar()));
    }
}

/// A command that fails leaves no bar behind.
impl Drop for Progress {
    fn drop(&mut self) {
        self.end();
    }
}
