//! Files and pipes: catalogs in, catalogs out.

use std::fs;
use std::io::{self, Read, Write};
use std::path::Path;
use std::time::SystemTime;

use modelcard::catalog::{Catalog, Date};
use modelcard::formats::{self, Compiled};

use super::report::{Failure, Status, report};

/// The bytes of a file, or of standard input.
pub fn read(file: &Path) -> Result<Vec<u8>, Failure> {
    let bytes = if is_standard(file) {
        let mut bytes = Vec::new();
        io::stdin().lock().read_to_end(&mut bytes).map(|_| bytes)
    } else {
        fs::read(file)
    };
    bytes.map_err(|error| Failure::Read(file.to_owned(), error))
}

/// Today (UTC): of prices that change on stated days, today's are the list prices.
fn today() -> Option<Date> {
    let elapsed = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).ok()?;
    Date::from_unix_seconds(i64::try_from(elapsed.as_secs()).ok()?)
}

/// The catalog that a file holds. Its problems are said on standard error, and
/// meanwhile what takes its time.
pub fn compile(file: &Path, status: &mut Status) -> Result<Compiled, Failure> {
    status.show(format_args!("Reading {}…", shown(file)));
    let bytes = read(file)?;
    status.show(format_args!("Compiling {}…", shown(file)));
    let compiled = formats::compile_on(&bytes, today());
    status.clear();
    let compiled = compiled.map_err(|error| Failure::Catalog(file.to_owned(), error))?;
    report(file, &bytes, &compiled, status);
    Ok(compiled)
}

/// Writes a catalog, without spaces: it is for pages to load.
pub fn write_catalog(output: &Path, catalog: &Catalog, status: &mut Status) -> Result<(), Failure> {
    let json = serde_json::to_vec(catalog).map_err(Failure::Json)?;
    if !is_standard(output) {
        status.show(format_args!("Writing {}…", shown(output)));
    }
    let written = write(output, &json);
    status.clear();
    written
}

/// Writes to standard output.
pub fn print(text: &str) -> Result<(), Failure> {
    write(Path::new("-"), text.as_bytes())
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

/// A file's name in messages.
pub fn shown(path: &Path) -> String {
    if is_standard(path) { "standard input".to_owned() } else { path.display().to_string() }
}
