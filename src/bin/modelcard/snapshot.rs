//! `modelcard snapshot`: today's catalog, with the prices of an earlier one as
//! dated history.

use std::path::Path;
use std::process::ExitCode;

use modelcard::formats::{self, SnapshotDates};

use super::file::{self, shown};
use super::report::{Failure, Status, plural};

/// Writes the new catalog with the history that follows from the old one.
pub fn snapshot(
    old: &Path,
    new: &Path,
    output: &Path,
    dates: SnapshotDates,
) -> Result<ExitCode, Failure> {
    let mut status = Status::new();
    let before = file::compile(old, &mut status)?.catalog;
    let now = file::compile(new, &mut status)?.catalog;
    let done = formats::snapshot(&before, now, dates).map_err(Failure::Snapshot)?;
    for event in &done.events {
        eprintln!("{}: {event}", shown(new));
    }
    let count = plural(done.price_changes(), "price change");
    status.say(format_args!("{}: {count}", shown(output)));
    file::write_catalog(output, &done.catalog, &mut status)?;
    Ok(ExitCode::SUCCESS)
}
