//! What the command says: problems, failures, and how far it is.

use std::fmt;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use modelcard::catalog::{CatalogError, Problem, Severity};
use modelcard::formats::{Compiled, SnapshotError};
use serde::Serialize;

use super::file::shown;
use super::locate::{Place, locate};

/// How problems are reported.
#[derive(Clone, Copy, ValueEnum)]
pub enum Report {
    /// One line for each problem: `file:line:column: severity: path: effect [code]`
    Text,
    /// An array of `{"file", "line", "column", "severity", "code", "path", "effect"}`
    Json,
}

/// Why a command could not do its work.
pub enum Failure {
    Read(PathBuf, io::Error),
    Write(PathBuf, io::Error),
    Catalog(PathBuf, CatalogError),
    Snapshot(SnapshotError),
    Json(serde_json::Error),
}

impl Failure {
    /// Whether the reader of a pipe has gone away, who wants no message.
    pub fn is_broken_pipe(&self) -> bool {
        matches!(self, Self::Write(_, error) if error.kind() == io::ErrorKind::BrokenPipe)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Read(path, error) => write!(f, "cannot read {}: {error}", shown(path)),
            Self::Write(path, error) => write!(f, "cannot write {}: {error}", shown(path)),
            Self::Catalog(path, error) => write!(f, "{}: {error}", shown(path)),
            Self::Snapshot(error) => error.fmt(f),
            Self::Json(error) => error.fmt(f),
        }
    }
}

/// A problem, and where in its file it lies.
#[derive(Serialize)]
pub struct Located {
    /// The file's name.
    pub file: String,
    #[serde(flatten)]
    pub place: Option<Place>,
    #[serde(flatten)]
    pub problem: Problem,
}

impl fmt::Display for Located {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { file, place, problem } = self;
        write!(f, "{file}:")?;
        if let Some(Place { line, column }) = place {
            write!(f, "{line}:{column}:")?;
        }
        write!(f, " {}: ", severity(problem.severity))?;
        // A line for each, whatever it quotes.
        if !problem.path.is_empty() {
            write!(f, "{}: ", problem.path.replace('\n', " "))?;
        }
        write!(f, "{} [{}]", problem.effect.replace('\n', " "), problem.code)
    }
}

/// The problems of a file with their places in it, in the order of these;
/// what concerns the file as a whole comes first.
pub fn located(file: &Path, bytes: &[u8], problems: Vec<Problem>) -> Vec<Located> {
    // A text that is not UTF-8 is no catalog; then no problem has a path.
    let text = std::str::from_utf8(bytes).unwrap_or_default();
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let paths: Vec<String> = problems.iter().map(exact_path).collect();
    let file = shown(file);
    let mut located: Vec<Located> = locate(text, &paths)
        .into_iter()
        .zip(problems)
        .map(|(place, problem)| Located { file: file.clone(), place, problem })
        .collect();
    located.sort_by_key(|located| located.place);
    located
}

/// Says the problems of a catalog that was compiled, on standard error, but for
/// notes, which cost no fact and are for `check` to tell; on a terminal, also what
/// the catalog is.
pub fn report(file: &Path, bytes: &[u8], compiled: &Compiled, status: &mut Status) {
    let Compiled { format, catalog } = compiled;
    let worth_saying = |problem: &&Problem| problem.severity > Severity::Note;
    let problems = catalog.problems.iter().filter(worth_saying).cloned().collect();
    for problem in located(file, bytes, problems) {
        eprintln!("{problem}");
    }
    let severities: Vec<Severity> =
        catalog.problems.iter().map(|problem| problem.severity).collect();
    let summary = summary(catalog.models.len(), &severities);
    status.say(format_args!("{}: {format}, {summary}", shown(file)));
}

/// The path of a problem, and on to the field that its words begin with, as where
/// a whole entry is left out for one fault in it: `prices.rates.input: a price
/// below zero`. Other words lead nowhere, and so do no harm.
fn exact_path(problem: &Problem) -> String {
    let path = problem.path.clone();
    match problem.effect.split_once(": ") {
        Some((field, _)) if !path.is_empty() && !field.contains(char::is_whitespace) => {
            let dot = if field.starts_with('[') { "" } else { "." };
            format!("{path}{dot}{field}")
        }
        _ => path,
    }
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Note => "note",
        Severity::Warning => "warning",
        Severity::Error => "error",
    }
}

/// `38 models, 1 error, 2 warnings`.
pub fn summary(models: usize, problems: &[Severity]) -> String {
    let mut parts = vec![plural(models, "model")];
    for kind in [Severity::Error, Severity::Warning, Severity::Note] {
        let count = problems.iter().filter(|problem| **problem == kind).count();
        if count > 0 {
            parts.push(plural(count, severity(kind)));
        }
    }
    if problems.is_empty() {
        parts.push("no problems".to_owned());
    }
    parts.join(", ")
}

/// `1 model`, `2 models`.
pub fn plural(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

/// What is being done, in one line of the terminal; nothing where standard error
/// is no terminal.
pub struct Status {
    is_terminal: bool,
    is_shown: bool,
}

impl Status {
    /// The status line of this process.
    pub fn new() -> Self {
        let is_dumb = std::env::var_os("TERM").is_none_or(|name| name == "dumb");
        Self { is_terminal: io::stderr().is_terminal() && !is_dumb, is_shown: false }
    }

    /// Shows what is being done, in place of what was shown before.
    pub fn show(&mut self, words: fmt::Arguments<'_>) {
        self.clear();
        if self.is_terminal {
            // A terminal that refuses it takes nothing from the work.
            let _ = write!(io::stderr(), "{words}").and_then(|()| io::stderr().flush());
            self.is_shown = true;
        }
    }

    /// Takes the line away again.
    pub fn clear(&mut self) {
        if self.is_shown {
            // Back to the start of the line, and erase it.
            let _ = write!(io::stderr(), "\r\x1b[2K");
            self.is_shown = false;
        }
    }

    /// Leaves a line on a terminal: what came of it.
    pub fn say(&mut self, words: fmt::Arguments<'_>) {
        self.clear();
        if self.is_terminal {
            eprintln!("{words}");
        }
    }
}
