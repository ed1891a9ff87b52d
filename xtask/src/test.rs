//! `check` and `test`: every check and test there is, each counted once.

use crate::{
    dist,
    error::Error,
    node, oracle,
    process::{command, root, run, watch},
    sizes, system,
    tally::Tally,
    toolbox::{self, Toolbox, Use},
};
use std::{process::Command, time::Instant};

/// The quick part: formatting, lints on the host, native tests.
pub fn check() -> Result<(), Error> {
    close(native())
}

/// Everything. Where the tools cannot be installed, what needs none still runs.
pub fn test() -> Result<(), Error> {
    let toolbox = Toolbox::prepare(Use::BuildAndTest);
    if let Err(error) = &toolbox {
        // At once, for whoever is there to act on it; and once more at the end.
        eprintln!("xtask: {error}");
    }
    let mut total = native();
    match toolbox {
        Ok(toolbox) => {
            total += step("lints: widget", || lint(&toolbox, "widget", &["--lib", "--tests"]));
            total += step("lints: formats", || lint(&toolbox, "formats", &["--lib"]));
            total += step("browser tests", || browser_tests(&toolbox));
            total += built(&toolbox);
        }
        Err(error) => {
            eprintln!("xtask: {error}");
            // Lints of two modules, browser tests, build, two sizes, end-to-end tests.
            total += Tally { passed: 0, failed: 7 };
        }
    }
    close(total)
}

/// Ends the output with the one line that counts everything.
fn close(total: Tally) -> Result<(), Error> {
    println!("\n{} passed, {} failed", total.passed, total.failed);
    if total.failed == 0 { Ok(()) } else { Err(Error::Tally) }
}

fn step(title: &str, run: impl FnOnce() -> Result<Tally, Error>) -> Tally {
    println!("\n── {title}");
    let start = Instant::now();
    let tally = run().unwrap_or_else(|error| {
        eprintln!("xtask: {error}");
        Tally::of(false)
    });
    let seconds = start.elapsed().as_secs();
    println!("── {title}: {} passed, {} failed, {seconds} s", tally.passed, tally.failed);
    tally
}

fn native() -> Tally {
    let mut total = step("format", || {
        toolbox::rust_component("rustfmt", "fmt")?;
        one(command("cargo").args(["fmt", "--all", "--check"]))
    });
    total += step("lints: host", || {
        toolbox::rust_component("clippy", "clippy")?;
        let mut clippy = command("cargo");
        one(clippy.args(["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]))
    });
    total += step("native tests", || {
        let mut tests = command("cargo");
        tests.args(["test", "--workspace", "--no-fail-fast"]).envs(oracle::environment());
        rust_tests(&mut tests)
    });
    total
}

/// A command that passes or fails as one.
fn one(command: &mut Command) -> Result<Tally, Error> {
    run(command).map(|()| Tally::of(true))
}

fn rust_tests(tests: &mut Command) -> Result<Tally, Error> {
    count(tests, Tally::of_rust_tests)
}

fn count(runner: &mut Command, read: fn(&str) -> Option<Tally>) -> Result<Tally, Error> {
    let mut tally = Tally::default();
    let status = watch(runner, |line| {
        if let Some(counts) = read(line) {
            tally += counts;
        }
    })?;
    Ok(tally.ended(status.success()))
}

fn lint(toolbox: &Toolbox, module: &str, targets: &[&str]) -> Result<Tally, Error> {
    let mut cargo = toolbox.cargo();
    cargo.arg(if toolbox.has_clippy() { "clippy" } else { "check" });
    cargo.args(for_wasm(module)).args(["--bin", module]).args(targets);
    if toolbox.has_clippy() {
        cargo.args(["--", "-D", "warnings"]);
    } else {
        println!("Debian's compiler comes without clippy: these are the compiler's lints alone.");
        cargo.env("CARGO_UNSTABLE_WARNINGS", "true").env("CARGO_BUILD_WARNINGS", "deny");
    }
    one(&mut cargo)
}

/// The target and the features of one of the two modules.
fn for_wasm(module: &str) -> [&str; 5] {
    ["--target", "wasm32-unknown-unknown", "--no-default-features", "--features", module]
}

fn browser_tests(toolbox: &Toolbox) -> Result<Tally, Error> {
    let mut cargo = toolbox.cargo();
    cargo.arg("test").args(for_wasm("widget")).args(["--tests", "--no-fail-fast"]);
    rust_tests(&mut cargo)
}

/// The release build, its sizes and the tests of it. Files of an earlier build
/// prove nothing about this one.
fn built(toolbox: &Toolbox) -> Tally {
    let mut total = step("release build", || dist::build(toolbox).map(|()| Tally::of(true)));
    let is_built = total.failed == 0;
    total += step("sizes", || if is_built { size_limits() } else { not_run(2) });
    total += step("end-to-end tests", || if is_built { end_to_end_tests() } else { not_run(1) });
    total
}

// A step's signature.
#[allow(clippy::unnecessary_wraps)]
fn not_run(count: u32) -> Result<Tally, Error> {
    println!("Not run, for want of a build.");
    Ok(Tally { passed: 0, failed: count })
}

fn size_limits() -> Result<Tally, Error> {
    let sizes = sizes::measure(&dist::directory())?;
    print!("{}", sizes::table(&sizes));
    let mut tally = Tally::default();
    for limit in sizes::limits(&sizes) {
        tally += Tally::of(limit.holds());
    }
    Ok(tally)
}

fn end_to_end_tests() -> Result<Tally, Error> {
    node::install_and_link(&node::END_TO_END)?;
    let mut playwright = command("node");
    playwright
        .args(["node_modules/@playwright/test/cli.js", "test", "--forbid-only"])
        .current_dir(root().join("tests/e2e"))
        .env("CHROMIUM", system::chromium());
    count(&mut playwright, Tally::of_playwright)
}
