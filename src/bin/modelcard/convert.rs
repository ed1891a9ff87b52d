//! `modelcard convert`: catalogs into one, compiled.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use modelcard::catalog::Catalog;
use modelcard::formats::{self, Compiled};

use super::file::{self, shown};
use super::report::{Failure, Status, located, summary};

/// Compiles the files into one catalog; the first wins for each fact.
pub fn convert(files: &[PathBuf], output: &Path) -> Result<ExitCode, Failure> {
    let mut status = Status::new();
    let mut whole: Option<Catalog> = None;
    for file in files {
        let (bytes, Compiled { format, catalog }) = file::compile(file, &mut status)?;
        for problem in located(file, &bytes, catalog.problems.clone()) {
            eprintln!("{problem}");
        }
        let summary = summary(catalog.models.len(), catalog.problems.iter());
        status.say(format_args!("{}: {format}, {summary}", shown(file)));
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
    // The command line asks for at least one file.
    file::write_catalog(output, &whole.unwrap_or_default(), &mut status)?;
    Ok(ExitCode::SUCCESS)
}
