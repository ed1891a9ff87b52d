//! Tools from npm. Each set has a package.json and a lock file in the clone,
//! and is installed into the cache under a name that its lock file gives.

use crate::{
    cache::{self, at, fingerprint},
    error::Error,
    process::{command, root, run},
};
use std::{
    fs,
    os::unix::fs::symlink,
    path::{Path, PathBuf},
    process::Command,
};

/// A set of tools.
pub struct Set {
    name: &'static str,
    /// Where its package.json lies in the clone.
    directory: &'static str,
    announcement: &'static str,
}

/// `wasm-opt`, and the minifier for JavaScript.
pub const BUILD_TOOLS: Set = Set {
    name: "build-tools",
    directory: "xtask/npm",
    announcement: "Installing wasm-opt and terser from npm (some seconds)",
};

/// What runs the end-to-end tests.
pub const END_TO_END: Set = Set {
    name: "end-to-end",
    directory: "tests/e2e",
    announcement: "Installing Playwright from npm (some seconds)",
};

/// The tables that ours is measured beside.
pub const TABLES: Set = Set {
    name: "tables",
    directory: "tests/bench/table",
    announcement: "Installing Tabulator, AG Grid and Grid.js from npm (some seconds)",
};

/// What our reading of catalogs, and our bills, are held against.
pub const ORACLE: Set = Set {
    name: "oracle",
    directory: "tests/oracle",
    announcement: "Installing genai-prices and TokenLens from npm (some seconds)",
};

/// The directory that holds the set's `node_modules`.
pub fn install(set: &Set) -> Result<PathBuf, Error> {
    let source = root().join(set.directory);
    let lock_path = source.join("package-lock.json");
    let lock = at(&lock_path, fs::read(&lock_path))?;
    let name = format!("{}-{}", set.name, fingerprint([lock.as_slice()]));
    cache::install_once(&cache::directory()?, &name, set.announcement, |partial| {
        for file in ["package.json", "package-lock.json", ".npmrc"] {
            let from = source.join(file);
            at(&from, fs::copy(&from, partial.join(file)))?;
        }
        // Nothing runs at install; in particular, no browser is downloaded.
        run(command("npm")
            .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"])
            .current_dir(partial)
            .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"))
    })
}

/// Installs the set and links it where its scripts look for it. A developer's
/// own `node_modules` stays.
pub fn install_and_link(set: &Set) -> Result<(), Error> {
    let modules = install(set)?.join("node_modules");
    let link = root().join(set.directory).join("node_modules");
    if link.is_symlink() {
        at(&link, fs::remove_file(&link))?;
    }
    if link.exists() { Ok(()) } else { at(&link, symlink(modules, &link)) }
}

/// `wasm-opt`, to be given arguments.
pub fn wasm_opt() -> Result<Command, Error> {
    Ok(command(install(&BUILD_TOOLS)?.join("node_modules/.bin/wasm-opt")))
}

/// Minifies a script in place.
pub fn minify(script: &Path, is_module: bool) -> Result<(), Error> {
    let terser = install(&BUILD_TOOLS)?.join("node_modules/.bin/terser");
    let mut minify = command(terser);
    minify.arg(script).args(["--compress", "passes=2,ecma=2020", "--mangle"]);
    if is_module {
        minify.arg("--module");
    }
    run(minify.arg("--output").arg(script))
}
