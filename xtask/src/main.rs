//! The developer commands of Modelcard: `cargo xtask <command>`.
//!
//! They need nothing but Rust to start with: what is missing they install, at
//! pinned versions, into a cache that all clones of a user share.

mod bench;
mod cache;
mod dist;
mod error;
mod finish;
mod fuzz;
mod node;
mod oracle;
mod process;
mod serve;
mod short_names;
mod similar;
mod sizes;
mod small_std;
mod system;
mod tally;
mod test;
mod toolbox;
mod wasm_target;

use error::Error;
use std::process::ExitCode;

const HELP: &str = "\
cargo xtask <command>

  serve           build the demo and serve it on http://127.0.0.1:8080, again after each change
  serve --debug   the same with a debug build: larger, rebuilt in seconds
  check           formatting, lints and native tests: the quick part of `test`
  test            everything: check, browser tests, the release build, its sizes, end-to-end tests
  bench cost      how many reference cases are billed in a second
  bench table     our table beside others, in the browser: bytes, load, sort, filter, heap
  bench formats   from a catalog's bytes to the catalog, in the browser, beside JSON.parse
  fuzz [--seconds N] [target]
                  libFuzzer against the readers of every format, a minute for each
  dist            build what a site owner copies to a server into dist/, and print its sizes

What is missing is installed first (Debian packages only as root or with sudo).
MODELCARD_WASM_TARGET=rustup|debian  where the standard library for WebAssembly comes from
MODELCARD_STD=source|ready           whether releases build rustup's for size, or take it as it is
CHROMIUM, CHROMEDRIVER               the browser to test with, if not Debian's";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let result = match words.as_slice() {
        [] | ["help" | "--help" | "-h"] => {
            println!("{HELP}");
            Ok(())
        }
        ["serve"] => serve::serve(toolbox::Profile::Release),
        ["serve", "--debug"] => serve::serve(toolbox::Profile::Debug),
        ["check"] => test::check(),
        ["test"] => test::test(),
        ["dist"] => dist::dist(),
        ["bench", "cost"] => bench::cost(),
        ["bench", "formats"] => bench::formats(),
        ["bench", "table", arguments @ ..] => bench::table(arguments),
        ["fuzz", rest @ ..] => fuzz_arguments(rest)
            .ok_or_else(|| Error::Usage(words.join(" ")))
            .and_then(|(seconds, target)| fuzz::fuzz(seconds, target)),
        ["finish"] => finish::finish(),
        other => Err(Error::Usage(other.join(" "))),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        // The tally's closing line is the last one, and says it all.
        Err(Error::Tally) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("xtask: {error}");
            ExitCode::FAILURE
        }
    }
}

/// How many seconds for each target, and which one alone.
fn fuzz_arguments<'a>(words: &[&'a str]) -> Option<(u32, Option<&'a str>)> {
    match *words {
        [] => Some((fuzz::SECONDS, None)),
        ["--seconds", seconds] => Some((seconds.parse().ok()?, None)),
        ["--seconds", seconds, target] => Some((seconds.parse().ok()?, Some(target))),
        [target] if !target.starts_with('-') => Some((fuzz::SECONDS, Some(target))),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fuzzing_takes_a_time_and_a_target() {
        assert_eq!(fuzz_arguments(&[]), Some((60, None)));
        assert_eq!(fuzz_arguments(&["litellm"]), Some((60, Some("litellm"))));
        assert_eq!(fuzz_arguments(&["--seconds", "5", "merge"]), Some((5, Some("merge"))));
        for wrong in [&["--seconds"][..], &["--seconds", "x"], &["--hours", "1"], &["--hours"]] {
            assert_eq!(fuzz_arguments(wrong), None, "{wrong:?}");
        }
    }
}
