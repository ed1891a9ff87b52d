//! The `modelcard` command for catalog owners. This file reads the command line;
//! each command has a file of its own.

mod check;
mod convert;
mod file;
mod locate;
mod report;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use modelcard::formats;

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
