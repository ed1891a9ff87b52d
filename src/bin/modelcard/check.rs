//! `modelcard check`: what is wrong with catalogs, and where.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use modelcard::catalog::{CatalogError, Problem, Severity};
use modelcard::formats::{self, Compiled};
use serde::de::IgnoredAny;

use super::file::{self, shown};
use super::locate::Place;
use super::report::{Failure, Located, Report, located, summary};

/// Reports what is wrong with each file.
pub fn check(files: &[PathBuf], report: Report) -> Result<ExitCode, Failure> {
    let mut all = Vec::new();
    let mut lines = Vec::new();
    for file in files {
        let bytes = file::read(file)?;
        let (models, problems) = problems(file, &bytes);
        if matches!(report, Report::Text) {
            lines.extend(problems.iter().map(ToString::to_string));
            let severities: Vec<Severity> =
                problems.iter().map(|located| located.problem.severity).collect();
            lines.push(format!("{}: {}", shown(file), summary(models, &severities)));
        }
        all.extend(problems);
    }
    let mut text = match report {
        Report::Json => serde_json::to_string_pretty(&all).map_err(Failure::Json)?,
        Report::Text => lines.join("\n"),
    };
    text.push('\n');
    file::print(&text)?;
    let unusable = all.iter().any(|located| located.problem.severity == Severity::Error);
    Ok(if unusable { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// How many models a catalog has, and its problems.
fn problems(file: &Path, bytes: &[u8]) -> (usize, Vec<Located>) {
    match formats::compile(bytes) {
        Ok(Compiled { format, mut catalog }) => {
            if format == "native"
                && let Ok(value) = serde_json::from_slice(without_mark(bytes))
            {
                // What nests too deep for this has no field of the format there.
                catalog.problems.extend(formats::unknown_fields(&value));
            }
            (catalog.models.len(), located(file, bytes, catalog.problems))
        }
        // A catalog of which nothing can be used is one more problem of it.
        Err(error) => {
            let place = if matches!(error, CatalogError::NotJson { .. }) {
                end_of_json(bytes)
            } else {
                None
            };
            let problem = Problem::new(Severity::Error, error.code(), "", error.to_string());
            (0, vec![Located { file: shown(file), place, problem }])
        }
    }
}

/// Where a text ceases to be JSON.
fn end_of_json(bytes: &[u8]) -> Option<Place> {
    let bytes = without_mark(bytes);
    let error = serde_json::from_slice::<IgnoredAny>(bytes).err()?;
    let line = bytes.split(|byte| *byte == b'\n').nth(error.line().checked_sub(1)?)?;
    // It counts bytes; and at the end of a text, the last one that there is.
    let read = line.get(..error.column()).unwrap_or(line);
    let column = String::from_utf8_lossy(read).chars().count().max(1);
    Some(Place { line: error.line(), column })
}

fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes)
}
