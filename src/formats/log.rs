//! What was found wrong while reading a catalog. The list is bounded: a catalog
//! with more problems has one fault in many places, and a list of them all would
//! be larger than the catalog.

use crate::catalog::{Problem, Severity};

/// The most problems that are listed.
pub const MAX_PROBLEMS: usize = 1_000;

/// Problems, in the order in which they were found.
#[derive(Debug, Default)]
pub struct Log {
    problems: Vec<Problem>,
    /// How many problems were found after the list was full.
    unlisted: usize,
}

impl Log {
    /// Adds a problem.
    pub fn add(
        &mut self,
        severity: Severity,
        code: &str,
        path: impl Into<String>,
        effect: impl Into<String>,
    ) {
        if self.problems.len() < MAX_PROBLEMS {
            self.problems.push(Problem::new(severity, code, path, effect));
        } else {
            self.unlisted += 1;
        }
    }

    /// Something that was mended with certainty, or is harmless.
    pub fn note(&mut self, code: &str, path: impl Into<String>, effect: impl Into<String>) {
        self.add(Severity::Note, code, path, effect);
    }

    /// A fact that was dropped.
    pub fn warn(&mut self, code: &str, path: impl Into<String>, effect: impl Into<String>) {
        self.add(Severity::Warning, code, path, effect);
    }

    /// An entry that was dropped.
    pub fn error(&mut self, code: &str, path: impl Into<String>, effect: impl Into<String>) {
        self.add(Severity::Error, code, path, effect);
    }

    /// How many problems are listed.
    pub fn len(&self) -> usize {
        self.problems.len()
    }

    /// The problems from this place of the list on.
    pub fn since(&mut self, place: usize) -> &mut [Problem] {
        self.problems.get_mut(place..).unwrap_or_default()
    }

    /// The first problem, in words.
    pub fn first(&self) -> Option<String> {
        self.problems.first().map(|problem| format!("{}: {}", problem.path, problem.effect))
    }

    /// The list, with how many problems are missing from it.
    pub fn finish(mut self) -> Vec<Problem> {
        if self.unlisted > 0 {
            let effect = format!("{} more problems are not listed", self.unlisted);
            self.problems.push(Problem::new(Severity::Note, "more_problems", "", effect));
        }
        self.problems
    }
}

impl From<Vec<Problem>> for Log {
    fn from(mut problems: Vec<Problem>) -> Self {
        let unlisted = problems.len().saturating_sub(MAX_PROBLEMS);
        problems.truncate(MAX_PROBLEMS);
        Self { problems, unlisted }
    }
}
