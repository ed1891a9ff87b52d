//! Everything that a build needs besides Rust itself, installed and at hand.

use crate::{
    cache,
    error::Error,
    node,
    process::{command, run, succeeds},
    small_std, system,
    wasm_target::{TRIPLE, WasmTarget},
};
use std::{
    env,
    path::{Path, PathBuf},
    process::Command,
};

const TRUNK: &str = "0.21.14";
/// The command must be of the version of the library in Cargo.lock.
const WASM_BINDGEN: &str = "0.2.129";

/// What to optimise a build for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Profile {
    /// Small files: what is copied to a server.
    Release,
    /// Quick rebuilds.
    Debug,
}

/// What the tools are for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    /// Building alone.
    Build(Profile),
    /// A release build, and testing in a browser.
    BuildAndTest,
}

/// The installed tools.
pub struct Toolbox {
    wasm_target: WasmTarget,
    /// Whether releases bring their own standard library.
    has_small_std: bool,
    trunk: PathBuf,
    wasm_bindgen: PathBuf,
    build_tools: PathBuf,
}

impl Toolbox {
    /// Installs what is missing. Debian packages come first and in one call, so
    /// that whoever lacks the right to install them learns it at once.
    pub fn prepare(purpose: Use) -> Result<Self, Error> {
        let wasm_target = WasmTarget::choose()?;
        let mut packages = wasm_target.packages().to_vec();
        packages.extend(system::missing_for_node());
        if purpose == Use::BuildAndTest {
            packages.extend(system::missing_for_browser());
        }
        system::install_packages(&packages)?;
        if !system::missing_for_node().is_empty() {
            return Err(Error::OldNode);
        }
        let toolbox = Self {
            wasm_target,
            has_small_std: purpose != Use::Build(Profile::Debug) && wasm_target.has_source()?,
            trunk: cargo_tool("trunk", "trunk", TRUNK, 5)?,
            wasm_bindgen: cargo_tool("wasm-bindgen", "wasm-bindgen-cli", WASM_BINDGEN, 2)?,
            build_tools: node::install(&node::BUILD_TOOLS)?,
        };
        toolbox.fetch()?;
        Ok(toolbox)
    }

    /// Trunk builds offline, where cargo cannot fetch a dependency.
    fn fetch(&self) -> Result<(), Error> {
        run(command("cargo").args(["fetch", "--quiet"]))?;
        // Where it is built from source, the standard library has dependencies
        // too, which cargo fetches for a target that is named alone.
        let mut cargo = command("cargo");
        cargo.args(["fetch", "--quiet", "--target", TRIPLE]);
        self.wasm_target.configure(&mut cargo);
        if self.has_small_std {
            cargo.envs(small_std::FROM_SOURCE.iter().copied());
        }
        run(&mut cargo)
    }

    /// A `trunk` command with the tools on its path.
    pub fn trunk(&self, subcommand: &str, profile: Profile) -> Result<Command, Error> {
        let mut trunk = command(bin(&self.trunk).join("trunk"));
        trunk.arg(subcommand);
        if profile == Profile::Release {
            trunk.arg("--release");
        }
        // Offline, a tool of the wrong version is an error instead of a download.
        trunk.arg("--offline");
        let ours = [bin(&self.wasm_bindgen), self.build_tools.join("node_modules/.bin")];
        let path = env::var_os("PATH").unwrap_or_default();
        if let Ok(path) = env::join_paths(ours.into_iter().chain(env::split_paths(&path))) {
            trunk.env("PATH", path);
        }
        // Trunk takes this variable's value for a boolean, which `1` is not.
        if env::var_os("NO_COLOR").is_some() {
            trunk.env("NO_COLOR", "true");
        }
        // The hook in Trunk.toml calls us back.
        if let Ok(xtask) = env::current_exe() {
            trunk.env("MODELCARD_XTASK", xtask);
        }
        self.wasm_target.configure(&mut trunk);
        if profile == Profile::Release {
            trunk.env(small_std::FLAGS, small_std::flags()?);
            if self.has_small_std {
                trunk.envs(small_std::FROM_SOURCE.iter().copied());
                trunk.envs(small_std::STOP_AT_PANIC.iter().copied());
            }
        }
        Ok(trunk)
    }

    /// A `cargo` command that builds for WebAssembly and runs tests in the browser,
    /// with a standard library in which a panic has a message.
    pub fn cargo(&self) -> Command {
        let mut cargo = command("cargo");
        self.wasm_target.configure(&mut cargo);
        cargo
            .env(
                "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER",
                bin(&self.wasm_bindgen).join("wasm-bindgen-test-runner"),
            )
            .env("CHROMEDRIVER", system::chromedriver())
            .env("WASM_BINDGEN_USE_BROWSER", "1")
            // Seconds for all tests of one file: slow machines are no failure.
            .env("WASM_BINDGEN_TEST_TIMEOUT", "300");
        cargo
    }

    /// Whether clippy can look at WebAssembly builds: it reads the standard
    /// library of its own toolchain only.
    pub fn has_clippy(&self) -> bool {
        self.wasm_target == WasmTarget::Rustup
    }
}

fn bin(tool: &Path) -> PathBuf {
    tool.join("bin")
}

/// Builds a tool from its published source, with the dependencies that it was
/// released with. It runs for seconds at a time, so that the compiler's effort
/// would cost more than it gains; and it needs none of its networking features.
pub fn cargo_tool(
    name: &str,
    package: &str,
    version: &str,
    minutes: u32,
) -> Result<PathBuf, Error> {
    let cache = cache::directory()?;
    let entry = format!("{name}-{version}");
    let announcement = format!("Building {name} {version} (about {minutes} minutes on 2 cores)");
    cache::install_once(&cache, &entry, &announcement, |partial| {
        // Kept where an install is interrupted: the next one goes on from there.
        let objects = cache.join(format!("{entry}.build"));
        run(command("cargo")
            .args(["install", "--locked", "--no-default-features", "--root"])
            .arg(partial)
            .arg(format!("{package}@{version}"))
            .env("CARGO_TARGET_DIR", &objects)
            .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1")
            .env("CARGO_PROFILE_RELEASE_LTO", "off")
            .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
            .env("CARGO_PROFILE_RELEASE_DEBUG", "0"))?;
        cache::at(&objects, std::fs::remove_dir_all(&objects))
    })
}

/// Adds a part of the Rust toolchain that a minimal one lacks.
pub fn rust_component(name: &str, probe: &str) -> Result<(), Error> {
    if succeeds(command("cargo").args([probe, "--version"])) {
        return Ok(());
    }
    println!("Adding {name} to the toolchain (some seconds)");
    run(command("rustup").args(["component", "add", name]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_and_the_library_of_wasm_bindgen_agree() {
        let lock = std::fs::read_to_string(crate::process::root().join("Cargo.lock")).unwrap();
        let entry = format!("name = \"wasm-bindgen\"\nversion = \"{WASM_BINDGEN}\"\n");
        assert!(lock.contains(&entry), "Cargo.lock has another wasm-bindgen than {WASM_BINDGEN}");
    }
}
