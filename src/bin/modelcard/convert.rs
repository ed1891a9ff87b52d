//! `modelcard convert`: catalogs into one, compiled.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use modelcard::catalog::Catalog;

use super::file;
use super::report::{Failure, Status};

/// Compiles the files into one catalog; the first wins.
pub fn convert(files: &[PathBuf], output: &Path) -> Result<ExitCode, Failure> {
    let mut status = Status::new();
    let mut whole: Option<Catalog> = None;
    for file in files {
        let catalog = file::compile(file, &mut status)?.catalog;
        match &mut whole {
            Some(whole) => {
                whole.absorb(catalog);
            }
            None => whole = Some(catalog),
        }
    }
    // The command line asks for at least one file.
    file::write_catalog(output, &whole.unwrap_or_default(), &mut status)?;
    Ok(ExitCode::SUCCESS)
}
