//! The `modelcard` command for catalog owners.

use std::fmt;
use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};
use modelcard::catalog::{Catalog, CatalogError, Problem, Severity};
use modelcard::formats::{self, Compiled};

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
    /// Report what is wrong with a catalog
    ///
    /// Exits with 1 where entries are unusable, with 0 where at most single facts are.
    #[command(after_help = "\
Examples:
  modelcard check catalog.json
  modelcard check catalog.json --format json | jq '.[] | select(.severity == \"error\")'")]
    Check {
        /// The catalog; `-` is standard input
        #[arg(value_name = "FILE")]
        file: PathBuf,
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

#[derive(Clone, Copy, ValueEnum)]
enum Report {
    /// One line for each problem
    Text,
    /// An array of `{"severity", "code", "path", "effect"}`
    Json,
}

/// Why a command could not do its work.
enum Failure {
    Read(PathBuf, io::Error),
    Write(PathBuf, io::Error),
    Catalog(PathBuf, CatalogError),
    Json(serde_json::Error),
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Read(path, error) => write!(f, "cannot read {}: {error}", shown(path)),
            Self::Write(path, error) => write!(f, "cannot write {}: {error}", shown(path)),
            Self::Catalog(path, error) => write!(f, "{}: {error}", shown(path)),
            Self::Json(error) => error.fmt(f),
        }
    }
}

fn main() -> ExitCode {
    let done = match Arguments::parse().command {
        Command::Convert { files, output } => convert(&files, &output),
        Command::Check { file, format } => check(&file, format),
        Command::Schema => schema(),
    };
    done.unwrap_or_else(|failure| {
        // The reader of a pipe that has gone away wants no message.
        if !matches!(&failure, Failure::Write(_, error) if error.kind() == io::ErrorKind::BrokenPipe) {
            eprintln!("error: {failure}");
        }
        ExitCode::FAILURE
    })
}

fn convert(files: &[PathBuf], output: &Path) -> Result<ExitCode, Failure> {
    let mut whole: Option<Catalog> = None;
    for file in files {
        let Compiled { format, catalog } = compile(file, &read(file)?)?;
        for problem in &catalog.problems {
            eprintln!("{}", line(file, problem));
        }
        eprintln!(
            "{}: {format}, {}",
            shown(file),
            summary(catalog.models.len(), &catalog.problems)
        );
        match &mut whole {
            Some(whole) => {
                formats::merge(whole, catalog, &shown(file));
            }
            None => {
                let mut first = catalog;
                if files.len() > 1 {
                    formats::name_sources(&mut first, &shown(file));
                }
                whole = Some(first);
            }
        }
    }
    let json = serde_json::to_vec(&whole).map_err(Failure::Json)?;
    write(output, &json)?;
    Ok(ExitCode::SUCCESS)
}

fn check(file: &Path, report: Report) -> Result<ExitCode, Failure> {
    let bytes = read(file)?;
    let (models, problems) = match compile(file, &bytes) {
        Ok(Compiled { format, mut catalog }) => {
            if format == "native" {
                // Only a byte order mark is in the way, and nesting so deep that no
                // field of the format lies there.
                let text = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&bytes);
                if let Ok(value) = serde_json::from_slice(text) {
                    catalog.problems.extend(formats::unknown_fields(&value));
                }
            }
            (catalog.models.len(), catalog.problems)
        }
        // A catalog of which nothing can be used is one more problem of it.
        Err(Failure::Catalog(_, error)) => {
            (0, vec![Problem::new(Severity::Error, error.code(), "", error.to_string())])
        }
        Err(failure) => return Err(failure),
    };
    let mut text = match report {
        Report::Json => serde_json::to_string_pretty(&problems).map_err(Failure::Json)?,
        Report::Text => {
            let mut lines: Vec<String> =
                problems.iter().map(|problem| line(file, problem)).collect();
            lines.push(format!("{}: {}", shown(file), summary(models, &problems)));
            lines.join("\n")
        }
    };
    text.push('\n');
    write(Path::new("-"), text.as_bytes())?;
    let unusable = problems.iter().any(|problem| problem.severity == Severity::Error);
    Ok(if unusable { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

fn schema() -> Result<ExitCode, Failure> {
    let mut text = serde_json::to_string_pretty(&formats::schema()).map_err(Failure::Json)?;
    text.push('\n');
    write(Path::new("-"), text.as_bytes())?;
    Ok(ExitCode::SUCCESS)
}

fn read(file: &Path) -> Result<Vec<u8>, Failure> {
    let bytes = if is_standard(file) {
        let mut bytes = Vec::new();
        io::stdin().lock().read_to_end(&mut bytes).map(|_| bytes)
    } else {
        fs::read(file)
    };
    bytes.map_err(|error| Failure::Read(file.to_owned(), error))
}

fn compile(file: &Path, bytes: &[u8]) -> Result<Compiled, Failure> {
    formats::compile(bytes).map_err(|error| Failure::Catalog(file.to_owned(), error))
}

fn write(output: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let written = if is_standard(output) {
        let mut out = io::stdout().lock();
        out.write_all(bytes).and_then(|()| out.flush())
    } else {
        fs::write(output, bytes)
    };
    written.map_err(|error| Failure::Write(output.to_owned(), error))
}

fn is_standard(path: &Path) -> bool {
    path.as_os_str() == "-"
}

fn shown(path: &Path) -> String {
    if is_standard(path) { "standard input".to_owned() } else { path.display().to_string() }
}

fn line(file: &Path, problem: &Problem) -> String {
    let place = if problem.path.is_empty() { String::new() } else { format!("{}: ", problem.path) };
    let severity = severity(problem.severity);
    format!("{}: {severity}: {place}{} [{}]", shown(file), problem.effect, problem.code)
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Note => "note",
        Severity::Warning => "warning",
        Severity::Error => "error",
    }
}

/// `38 models, 1 error, 2 warnings`.
fn summary(models: usize, problems: &[Problem]) -> String {
    let plural =
        |count: usize, what: &str| format!("{count} {what}{}", if count == 1 { "" } else { "s" });
    let mut parts = vec![plural(models, "model")];
    for kind in [Severity::Error, Severity::Warning, Severity::Note] {
        let count = problems.iter().filter(|problem| problem.severity == kind).count();
        if count > 0 {
            parts.push(plural(count, severity(kind)));
        }
    }
    if problems.is_empty() {
        parts.push("no problems".to_owned());
    }
    parts.join(", ")
}
