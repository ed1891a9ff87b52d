//! Child processes. None of them reads the terminal, so that every command
//! runs the same in a pipeline.

use crate::error::Error;
use std::{
    ffi::OsStr,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Command, ExitStatus, Stdio},
    thread,
    time::{Duration, Instant},
};

/// The top directory of the clone.
pub fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_path_buf()
}

/// A command that starts at the top of the clone.
pub fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    command.current_dir(root()).stdin(Stdio::null());
    command
}

/// The command as one would type it, without its environment.
pub fn words(command: &Command) -> String {
    std::iter::once(command.get_program())
        .chain(command.get_args())
        .map(OsStr::to_string_lossy)
        .collect::<Vec<_>>()
        .join(" ")
}

/// Runs to the end; the output goes where ours goes.
pub fn run(command: &mut Command) -> Result<(), Error> {
    let status = command.status().map_err(|error| Error::Start(words(command), error))?;
    if status.success() { Ok(()) } else { Err(Error::Failed(words(command), status)) }
}

/// Runs to the end and returns what was printed.
pub fn output(command: &mut Command) -> Result<String, Error> {
    let output = command
        .stderr(Stdio::inherit())
        .output()
        .map_err(|error| Error::Start(words(command), error))?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    } else {
        Err(Error::Failed(words(command), output.status))
    }
}

/// Whether the command can be started and succeeds, without a word of its own.
pub fn succeeds(command: &mut Command) -> bool {
    command
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

/// Whether the command succeeds within the time; after it, it is ended.
pub fn succeeds_within(command: &mut Command, limit: Duration) -> bool {
    let Ok(mut child) = command.spawn() else { return false };
    let start = Instant::now();
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return status.success(),
            Ok(None) if start.elapsed() < limit => thread::sleep(Duration::from_millis(100)),
            _ => {
                // Already ended is as good as ended.
                let _ = child.kill();
                let _ = child.wait();
                return false;
            }
        }
    }
}

/// Runs to the end, passing each line of the standard output on as it comes
/// and showing it to `read` as well.
pub fn watch(command: &mut Command, mut read: impl FnMut(&str)) -> Result<ExitStatus, Error> {
    command.stdout(Stdio::piped());
    let mut child = command.spawn().map_err(|error| Error::Start(words(command), error))?;
    if let Some(output) = child.stdout.take() {
        let mut lines = BufReader::new(output);
        let mut line = Vec::new();
        while lines.read_until(b'\n', &mut line).is_ok_and(|count| count > 0) {
            let text = String::from_utf8_lossy(&line);
            print!("{text}");
            read(text.trim_end());
            line.clear();
        }
    }
    child.wait().map_err(|error| Error::Start(words(command), error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_that_takes_too_long_is_ended() {
        let start = Instant::now();
        assert!(!succeeds_within(command("sleep").arg("60"), Duration::from_millis(150)));
        assert!(start.elapsed() < Duration::from_secs(30));
        assert!(succeeds_within(&mut command("true"), Duration::from_secs(30)));
        assert!(!succeeds_within(&mut command("false"), Duration::from_secs(30)));
    }

    #[test]
    fn every_line_is_seen_and_the_status_kept() {
        let mut lines = Vec::new();
        let status = watch(command("sh").args(["-c", "echo one; printf two; exit 3"]), |line| {
            lines.push(line.to_owned());
        })
        .unwrap();
        assert_eq!((lines, status.code()), (vec!["one".to_owned(), "two".to_owned()], Some(3)));
    }
}
