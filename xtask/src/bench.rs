//! Benchmarks: ratios measured in one run, printed and never judged, since
//! machines are noisy.

use crate::{
    dist,
    error::Error,
    node, oracle,
    process::{command, root, run},
    system,
    toolbox::{Toolbox, Use},
};
use std::{fs, path::PathBuf};

/// How often each catalog is read.
const ROUNDS: &str = "9";

/// How many reference cases are billed in a second, on the host.
pub fn cost() -> Result<(), Error> {
    let mut bench = command("cargo");
    bench.args(["bench", "--quiet", "--bench", "cost"]);
    for (name, value) in oracle::environment() {
        bench.env(name, value);
    }
    run(&mut bench)
}

/// From a catalog's bytes to the catalog, in the browser, beside `JSON.parse`.
pub fn formats() -> Result<(), Error> {
    let toolbox = Toolbox::prepare(Use::BuildAndTest)?;
    dist::build(&toolbox)?;
    node::install_and_link(&node::END_TO_END)?;
    let mut catalogs =
        vec![dist::directory().join("catalog.json"), root().join("public/catalog.json")];
    let snapshots = root().join("../shared/data/catalogs");
    let mut found: Vec<PathBuf> = fs::read_dir(&snapshots)
        .map(|entries| entries.flatten().map(|entry| entry.path()).collect())
        .unwrap_or_default();
    found.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
    found.retain(|path| !path.to_string_lossy().ends_with(".schema.json"));
    found.sort();
    if found.is_empty() {
        println!(
            "No snapshots of public catalogs at {}: only our own is measured.",
            snapshots.display()
        );
    }
    catalogs.extend(found);
    run(command("node")
        .arg(root().join("tests/bench/formats.mjs"))
        .arg(dist::directory())
        .arg(ROUNDS)
        .args(catalogs)
        .env("CHROMIUM", system::chromium()))
}

/// Our table beside a hand-written one, Tabulator, AG Grid and Grid.js, in one run in
/// the browser; further arguments go to the harness, such as `--rows 3000 --runs 3`.
pub fn table(arguments: &[&str]) -> Result<(), Error> {
    let toolbox = Toolbox::prepare(Use::BuildAndTest)?;
    dist::build(&toolbox)?;
    node::install_and_link(&node::TABLES)?;
    let mut bench = command("node");
    bench.arg(root().join("tests/bench/table/bench.mjs"));
    for (name, value) in [("--rows", "36,350,3000,30000"), ("--throttle", "1,4"), ("--runs", "5")] {
        if !arguments.contains(&name) {
            bench.args([name, value]);
        }
    }
    run(bench
        .args(arguments)
        .arg("--chromium")
        .arg(system::chromium())
        .env("WIDGET_DIST", dist::directory()))
}
