//! Turns for the page: long work pauses, so that input and painting never wait.

use super::{clock, host};

/// How long to work before the page gets a turn, in milliseconds.
const TURN: f64 = 12.0;

/// The time of work since the page had its last turn.
#[derive(Debug)]
pub struct Turn {
    since: f64,
}

impl Turn {
    /// Work that begins now.
    pub fn new() -> Self {
        Self { since: clock::milliseconds() }
    }

    /// Lets the page have a turn, if one is due.
    pub async fn breathe(&mut self) {
        if clock::milliseconds() - self.since >= TURN {
            host::pause().await;
            self.since = clock::milliseconds();
        }
    }
}
