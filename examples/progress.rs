//! Shows on a terminal how far the hashing is. Elsewhere it shows nothing.

use std::io::IsTerminal as _;

use indicatif::{ProgressBar, ProgressStyle};
use modelward::artifact::{Control, Event};

/// A bar on standard error.
pub(crate) struct Progress {
    bar: ProgressBar,
}

impl Progress {
    pub(crate) fn new() -> Self {
        let bar = if std::io::stderr().is_terminal() {
            ProgressBar::no_length()
        } else {
            ProgressBar::hidden()
        };
        if let Ok(style) =
            ProgressStyle::with_template("{bar:30} {bytes}/{total_bytes} {bytes_per_sec}")
        {
            bar.set_style(style);
        }
        Self { bar }
    }
}

impl Control for Progress {
    fn on_event(&self, event: &Event<'_>) {
        match event {
            Event::Started { bytes, .. } => self.bar.set_length(*bytes),
            Event::Progress { done, .. } => self.bar.set_position(*done),
            Event::Finished => self.bar.finish_and_clear(),
            _ => {}
        }
    }
}
