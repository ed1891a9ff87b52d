//! The `modelcard` command for catalog owners. This file reads the command line;
//! each command has a file of its own.

mod check;
mod convert;
mod file;
mod locate;
mod report;
mod snapshot;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use modelcard::catalog::Date;
use modelcard::formats::{self, SnapshotDates};

use report::{Failure, Report};

/// Checks and compiles catalogs of AI models for the Modelcard widget.
#[derive(Parser)]
#[command(version, propagate_version = true, arg_required_else_help = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Compile catalogs into one that the widget reads without the formats module
    ///
    /// Descriptions become document trees, and links in them are checked. What
    /// could not be used is reported on standard error.
    #[command(after_help = "\
Examples:
  modelcard convert catalog.json -o dist/catalog.json
  modelcard convert ours.json theirs.json -o catalog.json   the first wins per fact
  curl https://example.com/models | modelcard convert -     from a pipe, to standard output")]
    Convert {
        /// The catalogs; `-` is standard input
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
        /// Where to write; `-` is standard output
        #[arg(short, long, value_name = "OUT", default_value = "-")]
        output: PathBuf,
    },
    /// Report what is wrong with catalogs, by file, line and column
    ///
    /// Exits with 1 where entries are unusable, with 0 where at most single facts are.
    #[command(after_help = "\
Examples:
  modelcard check catalog.json
  modelcard check catalogs/*.json
  modelcard check catalog.json --format json | jq '.[] | select(.severity == \"error\")'")]
    Check {
        /// The catalogs; `-` is standard input
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
        /// How to report
        #[arg(long, value_enum, default_value_t = Report::Text)]
        format: Report,
    },
    /// Add dated price history to a catalog: what an earlier copy of it asked
    ///
    /// Writes NEW, compiled, in which every price that differs from OLD's has a
    /// history: of each model's list price, and of each endpoint's price, by id. The
    /// history that OLD has is carried over, so that a chain of snapshots keeps it all;
    /// where NEW states a history of its own, that is preferred from its first day on.
    ///
    /// A change is dated as an interval: from NEW's day, last seen before on OLD's.
    /// These days are those that the catalogs state for the prices, or --date and
    /// --old-date. A price that is no longer stated becomes unknown, never zero.
    ///
    /// No change of price: another time of the day (a catalog may state the price of
    /// the hour it was fetched in), another currency, another endpoint whose price is
    /// listed, or a correction on the same day. Changes of conditional prices alone are
    /// reported; a history has no place for them.
    ///
    /// What is gone from NEW, but was in OLD, is kept with the status "unavailable" and
    /// the day on which it was last seen: models, and endpoints of models for which NEW
    /// states endpoints at all. All of this is reported on standard error.
    #[command(after_help = "\
Examples:
  modelcard snapshot catalog.json today.json -o catalog.json   each day, into the same file
  modelcard snapshot old.json new.json --old-date 2025-06-17 --date 2025-07-01 -o catalog.json")]
    Snapshot {
        /// The earlier catalog, in any format; `-` is standard input
        old: PathBuf,
        /// The later catalog, in any format; `-` is standard input
        new: PathBuf,
        /// Where to write; `-` is standard output
        #[arg(short, long, value_name = "OUT", default_value = "-")]
        output: PathBuf,
        /// The day on which NEW's prices were seen, in place of the one that NEW states
        #[arg(long, value_name = "YYYY-MM-DD")]
        date: Option<Date>,
        /// The day on which OLD's prices were seen, in place of the one that OLD states
        #[arg(long, value_name = "YYYY-MM-DD")]
        old_date: Option<Date>,
    },
    /// Print the JSON schema of the native format
    #[command(after_help = "\
Example:
  modelcard schema > catalog.schema.json     then \"$schema\": \"catalog.schema.json\" in a catalog,
                                             so that editors complete and check it")]
    Schema,
}

fn main() -> ExitCode {
    let done = match Arguments::parse().command {
        Command::Convert { files, output } => convert::convert(&files, &output),
        Command::Check { files, format } => check::check(&files, format),
        Command::Snapshot { old, new, output, date, old_date } => {
            snapshot::snapshot(&old, &new, &output, SnapshotDates { old: old_date, new: date })
        }
        Command::Schema => schema(),
    };
    done.unwrap_or_else(|failure| {
        if !failure.is_broken_pipe() {
            eprintln!("error: {failure}");
        }
        ExitCode::FAILURE
    })
}

fn schema() -> Result<ExitCode, Failure> {
    let mut text = serde_json::to_string_pretty(&formats::schema()).map_err(Failure::Json)?;
    text.push('\n');
    file::print(&text)?;
    Ok(ExitCode::SUCCESS)
}
