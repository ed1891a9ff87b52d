//! `fuzz`: libFuzzer against every format, with the targets of `tests/fuzz`. The
//! seeds there are committed; what it finds on the way lies under `target/fuzz`.

use crate::{
    cache::at,
    error::Error,
    process::{command, output, root, run},
    toolbox::cargo_tool,
};
use std::fs;

const CARGO_FUZZ: &str = "0.13.2";

/// How long each target runs where nothing else is said.
pub const SECONDS: u32 = 60;

/// The longest input, in bytes. Instructions are short, and so are the seeds.
const LONGEST: u32 = 4_096;

/// Runs each target for some seconds, or the one with this name. All are run,
/// whatever they find.
pub fn fuzz(seconds: u32, only: Option<&str>) -> Result<(), Error> {
    let tool = cargo_tool("cargo-fuzz", "cargo-fuzz", CARGO_FUZZ, 2)?.join("bin/cargo-fuzz");
    let list = output(command(&tool).args(["fuzz", "list", "--fuzz-dir", "tests/fuzz"]))?;
    let targets: Vec<&str> =
        list.lines().map(str::trim).filter(|name| only.is_none_or(|only| only == *name)).collect();
    if targets.is_empty() {
        return Err(Error::Usage(format!("fuzz {}", only.unwrap_or_default())));
    }
    println!("Building {} fuzz targets (about 4 minutes at first)", targets.len());
    // Without unsafe code there is nothing for a sanitizer to see, and it would
    // need a nightly compiler.
    run(command(&tool)
        .args(["fuzz", "build", "--fuzz-dir", "tests/fuzz", "--target-dir", "target/fuzz"])
        .args(["--sanitizer", "none", "--release", "--debug-assertions"])
        .args(only))?;
    let built = root().join("target/fuzz").join(host()?).join("release");
    let findings = root().join("target/fuzz/findings");
    let mut found = Ok(());
    for target in targets {
        println!("\n── {target}, {seconds} s");
        let corpus = root().join("target/fuzz/corpus").join(target);
        for directory in [&corpus, &findings] {
            at(directory, fs::create_dir_all(directory))?;
        }
        let ran = run(command(built.join(target))
            .arg(corpus)
            .arg(root().join("tests/fuzz/seeds").join(target))
            .args([
                format!("-max_total_time={seconds}"),
                format!("-max_len={LONGEST}"),
                format!("-artifact_prefix={}/{target}-", findings.display()),
                "-timeout=10".to_owned(),
                "-verbosity=0".to_owned(),
            ]));
        if ran.is_ok() {
            println!("{target}: nothing found");
        }
        found = found.and(ran);
    }
    found
}

/// The name of the target that compilers build for here.
fn host() -> Result<String, Error> {
    let about = output(command("rustc").arg("-vV"))?;
    let host = about.lines().find_map(|line| line.strip_prefix("host: "));
    host.map(str::to_owned).ok_or_else(|| Error::Output("rustc -vV".to_owned()))
}
