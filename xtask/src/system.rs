//! What Debian provides: Node.js, Chromium and, where rustup cannot, Rust's
//! standard library for WebAssembly.

use crate::{
    error::Error,
    process::{command, output, run, succeeds},
};
use std::{env, ffi::OsString, path::Path};

/// The oldest Node.js that the tools run on; Debian 12 has this one.
const NODE_MAJOR: u32 = 18;

/// Installs those of the packages that are missing, in one call.
pub fn install_packages(packages: &[&str]) -> Result<(), Error> {
    let missing: Vec<&str> =
        packages.iter().copied().filter(|package| !is_installed(package)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let Some(prefix) = privilege() else {
        let names = missing.join(" ");
        return Err(Error::Packages(format!(
            "sudo apt-get update && sudo apt-get install --yes --no-install-recommends {names}"
        )));
    };
    println!("Installing Debian packages: {} (about 1 minute)", missing.join(" "));
    let apt = |arguments: &[&str]| {
        let words = prefix.iter().chain(&["env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]);
        let mut words = words.copied().chain(arguments.iter().copied());
        run(command(words.next().unwrap_or_default()).args(words))
    };
    apt(&["update", "--quiet"])?;
    apt(&[&["install", "--quiet", "--yes", "--no-install-recommends"], missing.as_slice()].concat())
}

/// Whether Debian's package manager knows the package as installed.
pub fn is_installed(package: &str) -> bool {
    let mut query = command("dpkg-query");
    query.args(["--show", "--showformat=${db:Status-Status}", package]);
    query.stderr(std::process::Stdio::null());
    query.output().is_ok_and(|output| output.stdout == b"installed")
}

/// What to put before a command that needs root; `None` where that would ask
/// for a password.
fn privilege() -> Option<&'static [&'static str]> {
    if !Path::new("/usr/bin/apt-get").exists() {
        None
    } else if output(command("id").arg("-u")).is_ok_and(|id| id.trim() == "0") {
        Some(&[])
    } else if succeeds(command("sudo").args(["-n", "true"])) {
        Some(&["sudo", "-n"])
    } else {
        None
    }
}

/// The packages to install for a Node.js that is new enough, and npm.
pub fn missing_for_node() -> &'static [&'static str] {
    let version = if succeeds(command("node").arg("--version")) {
        output(command("node").arg("--version")).ok()
    } else {
        None
    };
    let new_enough = version.as_deref().and_then(major).is_some_and(|major| major >= NODE_MAJOR);
    match (new_enough, succeeds(command("npm").arg("--version"))) {
        (true, true) => &[],
        (true, false) => &["npm"],
        (false, _) => &["nodejs", "npm"],
    }
}

/// `v20.20.2` → 20.
fn major(version: &str) -> Option<u32> {
    version.trim().strip_prefix('v')?.split('.').next()?.parse().ok()
}

/// The browser to test with.
pub fn chromium() -> OsString {
    env::var_os("CHROMIUM").unwrap_or_else(|| "/usr/bin/chromium".into())
}

/// The program that drives the browser in browser tests.
pub fn chromedriver() -> OsString {
    env::var_os("CHROMEDRIVER").unwrap_or_else(|| "/usr/bin/chromedriver".into())
}

/// The packages to install for a browser and its driver.
pub fn missing_for_browser() -> Vec<&'static str> {
    [(chromium(), "chromium"), (chromedriver(), "chromium-driver")]
        .into_iter()
        .filter(|(path, _)| !Path::new(path).exists())
        .map(|(_, package)| package)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_major_version_of_node() {
        assert_eq!(major("v18.20.4\n"), Some(18));
        assert_eq!(major("v8.1.0"), Some(8));
        assert_eq!(major("18"), None);
    }

    #[test]
    fn a_package_that_no_one_has_is_missing() {
        assert!(!is_installed("modelcard-no-such-package"));
    }
}
