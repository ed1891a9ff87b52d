//! `modelcard convert`: catalogs into one, compiled.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use modelcard::catalog::Catalog;
use modelcard::formats;

use super::file::{self, shown};
use super::report::{Failure, Status};

/// Compiles the files into one catalog; the first wins for each fact.
pub fn convert(files: &[PathBuf], output: &Path) -> Result<ExitCode, Failure> {
    let mut status = Status::new();
    let mut whole: Option<Catalog> = None;
    for file in files {
        let mut catalog = file::compile(file, &mut status)?.catalog;
        if let Some(whole) = &mut whole {
            status.show(format_args!("Merging {}…", shown(file)));
            formats::merge(whole, catalog, &shown(file));
            status.clear();
        } else {
            if files.len() > 1 {
                formats::name_sources(&mut catalog, &shown(file));
            }
            whole = Some(catalog);
        }
    }
    // The command line asks for at least one file.
    file::write_catalog(output, &whole.unwrap_or_default(), &mut status)?;
    Ok(ExitCode::SUCCESS)
}
