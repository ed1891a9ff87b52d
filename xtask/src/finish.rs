//! `finish`: the hook at the end of every Trunk build (see Trunk.toml), so that
//! `trunk serve`, `trunk build` and `cargo xtask dist` give the same files.

use crate::{
    cache::{at, fingerprint},
    error::Error,
    node,
    process::{command, run},
    short_names,
    wasm_target::WasmTarget,
};
use std::{env, fs, path::Path};

const MODULE_FILES: [&str; 4] = ["widget.js", "widget_bg.wasm", "formats.js", "formats_bg.wasm"];
const MODULES: [&str; 2] = ["widget", "formats"];
const LOADER: &str = "modelcard.js";
const CATALOG: &str = "catalog.json";
/// What the loader's source has in place of a version.
const VERSION_MARK: &str = "'__VERSION__'";

/// Completes the build in Trunk's staging directory: compiles the catalog,
/// gives the loader its version and, in a release, minifies the scripts.
pub fn finish() -> Result<(), Error> {
    let staging = env::var_os("TRUNK_STAGING_DIR").ok_or(Error::NotTrunk)?;
    let staging = Path::new(&staging);
    let is_release = env::var("TRUNK_PROFILE").is_ok_and(|profile| profile == "release");
    compile_catalog(&staging.join(CATALOG))?;
    if is_release {
        for module in MODULES {
            short_names::shorten(staging, module)?;
            node::minify(&staging.join(format!("{module}.js")), true)?;
        }
        compile_eagerly(&staging.join("widget.js"))?;
    }
    let loader = staging.join(LOADER);
    set_version(&loader, &version(staging)?)?;
    if is_release {
        node::minify(&loader, false)?;
    }
    Ok(())
}

/// Tells V8 at the beginning of a script that all of its functions are soon called: they
/// are then compiled while it arrives, and not one by one when the page waits for them
/// (<https://v8.dev/blog/explicit-compile-hints>). To others this is a comment.
fn compile_eagerly(script: &Path) -> Result<(), Error> {
    let source = at(script, fs::read_to_string(script))?;
    at(script, fs::write(script, format!("//# allFunctionsCalledOnLoad\n{source}")))
}

/// The `modelcard` command does what the formats module does in the browser.
fn compile_catalog(target: &Path) -> Result<(), Error> {
    let mut convert = command("cargo");
    convert
        .args([
            "run",
            "--quiet",
            "--bin",
            "modelcard",
            "--",
            "convert",
            "public/catalog.json",
            "-o",
        ])
        .arg(target);
    run(WasmTarget::forget(&mut convert))?;
    if target.exists() { Ok(()) } else { Err(Error::NotWritten(target.to_path_buf())) }
}

/// A name for this build's modules, so that a cache never mixes two builds.
fn version(staging: &Path) -> Result<String, Error> {
    let contents = MODULE_FILES
        .iter()
        .map(|name| staging.join(name))
        .map(|path| at(&path, fs::read(&path)))
        .collect::<Result<Vec<_>, _>>()?;
    Ok(fingerprint(contents.iter().map(Vec::as_slice)))
}

fn set_version(loader: &Path, version: &str) -> Result<(), Error> {
    let source = at(loader, fs::read_to_string(loader))?;
    if source.matches(VERSION_MARK).count() != 1 {
        return Err(Error::VersionMark(loader.to_path_buf()));
    }
    at(loader, fs::write(loader, source.replace(VERSION_MARK, &format!("'{version}'"))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_replaces_the_only_mark() {
        let loader = env::temp_dir().join(format!("modelcard-loader-{}.js", std::process::id()));
        fs::write(&loader, "const version = '__VERSION__';").unwrap();
        set_version(&loader, "abc").unwrap();
        assert_eq!(fs::read_to_string(&loader).unwrap(), "const version = 'abc';");
        assert!(matches!(set_version(&loader, "abc"), Err(Error::VersionMark(_))));
        fs::remove_file(loader).unwrap();
    }
}
