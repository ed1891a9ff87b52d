//! `fuzz`: libFuzzer against every format, with the targets of `tests/fuzz`. The
//! seeds there are committed; what it finds on the way lies under `target/fuzz`.

use crate::{
    cache::at,
    error::Error,
    process::{command, output, root, run},
    toolbox::cargo_tool,
};
use std::fs::{self, File};

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
        // libFuzzer says much, of which only the end of a bad run is of use.
        let log = findings.join(format!("{target}.log"));
        let file = at(&log, File::create(&log))?;
        let ran = run(command(built.join(target))
            .arg(corpus)
            .arg(root().join("tests/fuzz/seeds").join(target))
            .args([
                format!("-max_total_time={seconds}"),
                format!("-max_len={LONGEST}"),
                format!("-artifact_prefix={}/{target}-", findings.display()),
                "-timeout=10".to_owned(),
                "-verbosity=0".to_owned(),
                "-print_final_stats=1".to_owned(),
            ])
            .env("RUST_BACKTRACE", "0")
            .stderr(file));
        let said = String::from_utf8_lossy(&at(&log, fs::read(&log))?).into_owned();
        print!("{}", worth_reading(&said));
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

/// The panic and the input that led to it; how many inputs were tried.
fn worth_reading(log: &str) -> String {
    let panic = log.lines().skip_while(|line| !line.contains("panicked at"));
    let panic = panic.take_while(|line| !line.starts_with("note: ") && !line.starts_with("=="));
    let rest = log.lines().filter(|line| {
        line.contains("Test unit written to") || line.contains("number_of_executed_units")
    });
    panic.chain(rest).flat_map(|line| [line, "\n"]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_log_the_panic_and_its_input_are_read() {
        let log = "INFO: Seed: 1\nthread '<unnamed>' panicked at src/lib.rs:80:5:\nwhy\nand how\n\
            note: run with `RUST_BACKTRACE=1`\n==1== ERROR: libFuzzer: deadly signal\n\
            artifact_prefix='x'; Test unit written to x-crash-1\nstat::number_of_executed_units: 7\n";
        assert_eq!(
            worth_reading(log),
            "thread '<unnamed>' panicked at src/lib.rs:80:5:\nwhy\nand how\n\
             artifact_prefix='x'; Test unit written to x-crash-1\nstat::number_of_executed_units: 7\n"
        );
    }
}
