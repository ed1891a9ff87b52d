//! Release builds bring along a standard library that cargo builds from its
//! source for size, and in which a panic stops the program at once, without
//! composing a message that no reader of a page would see. That makes the
//! modules a tenth smaller under brotli than the library that comes ready.
//!
//! All of it is unstable in cargo and the compiler, hence `RUSTC_BOOTSTRAP`.

use crate::{
    error::Error,
    process::{command, output, root, succeeds_within},
};
use std::{
    env,
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
    time::Duration,
};

/// Building the standard library from its source.
pub const FROM_SOURCE: &[(&str, &str)] = &[
    ("RUSTC_BOOTSTRAP", "1"),
    ("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort"),
    ("CARGO_UNSTABLE_BUILD_STD_FEATURES", "optimize_for_size"),
];
/// A setting of the release profile, which builds of macros and build scripts
/// for the host do not follow. It needs `FROM_SOURCE`.
pub const STOP_AT_PANIC: &[(&str, &str)] = &[
    ("CARGO_UNSTABLE_PANIC_IMMEDIATE_ABORT", "true"),
    ("CARGO_PROFILE_RELEASE_PANIC", "immediate-abort"),
];
/// The variable for compiler flags that may hold spaces. Cargo has them for
/// builds for a target that is named alone, not for the host.
pub const FLAGS: &str = "CARGO_ENCODED_RUSTFLAGS";

/// Whether rustup's toolchain can build its standard library: adds the source
/// where that takes at most a minute, and says so where it does not work.
pub fn prepare() -> Result<bool, Error> {
    let wish = env::var("MODELCARD_STD").unwrap_or_default();
    match wish.as_str() {
        "ready" => return Ok(false),
        "" | "source" => {}
        _ => return Err(Error::StandardLibrary(wish)),
    }
    if is_in_toolchain() {
        return Ok(true);
    }
    println!("Adding rust-src to the toolchain (some seconds, at most 1 minute)");
    let mut rustup = command("rustup");
    rustup.args(["component", "add", "rust-src"]);
    if succeeds_within(&mut rustup, Duration::from_mins(1)) && is_in_toolchain() {
        Ok(true)
    } else if wish.is_empty() {
        println!("That did not work: the modules will be a tenth larger, which can exceed limits.");
        Ok(false)
    } else {
        Err(Error::NoStandardLibrary)
    }
}

fn is_in_toolchain() -> bool {
    place().is_ok_and(|place| place.join("library/Cargo.lock").is_file())
}

/// Where the toolchain has the source of the standard library, if it has it.
fn place() -> Result<PathBuf, Error> {
    let sysroot = output(command("rustc").args(["--print", "sysroot"]))?;
    Ok(Path::new(sysroot.trim()).join("lib/rustlib/src/rust"))
}

/// LLVM's loop strength reduction trades multiplications for further variables in each
/// loop, its elimination of partial redundancies copies code into branches, and some other
/// passes keep values in variables rather than making them again: on WebAssembly that is
/// 2% larger, and no faster by what the benches of tables and formats measure.
const PLAIN_CODE: &str = "-Cllvm-args=-disable-lsr -enable-pre=false -enable-load-pre=false \
    -opt-disable=licm,sccp,reassociate,constraint-elimination";

/// The compiler flags that make the modules smaller, and keep the names of this machine's
/// directories out of them, so that every machine builds the same.
pub fn flags() -> Result<OsString, Error> {
    let home = env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| env::home_dir().map(|home| home.join(".cargo")));
    // One directory for each registry, named after it. Whoever keeps copies of
    // the dependencies elsewhere has none.
    let sources = home.and_then(|home| fs::read_dir(home.join("registry/src")).ok());
    let mut registries: Vec<PathBuf> =
        sources.into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    // Cargo builds everything again where flags change their order.
    registries.sort();
    let mut flags = OsString::from(PLAIN_CODE);
    flags.push("\u{1f}");
    flags.push(remap(&root(), "modelcard"));
    // Also in a library that comes ready: the compiler finds its source there.
    let rust = [(place()?, "rust")];
    for (from, to) in registries.into_iter().map(|from| (from, "crates")).chain(rust) {
        flags.push("\u{1f}");
        flags.push(remap(&from, to));
    }
    Ok(flags)
}

fn remap(from: &Path, to: &str) -> OsString {
    let mut flag = OsString::from("--remap-path-prefix=");
    flag.push(from);
    flag.push("=");
    flag.push(to);
    flag
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_directory_is_a_flag_of_its_own() {
        let flags = flags().unwrap().into_string().unwrap();
        let mut flags = flags.split('\u{1f}');
        assert_eq!(flags.next(), Some(PLAIN_CODE));
        let here = format!("--remap-path-prefix={}=modelcard", root().display());
        assert_eq!(flags.next(), Some(here.as_str()));
        assert!(flags.clone().all(|flag| flag.starts_with("--remap-path-prefix=/")));
        assert!(flags.next_back().is_some_and(|flag| flag.ends_with("/rust=rust")));
    }
}
