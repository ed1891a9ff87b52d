//! Where the standard library for WebAssembly comes from: rustup, which has it
//! ready, or else Debian's `rustc-web`, whose source cargo builds it from.

use crate::{
    error::Error,
    process::{command, output, succeeds_within},
    small_std, system,
};
use std::{env, path::Path, process::Command, time::Duration};

/// The target's name.
pub const TRIPLE: &str = "wasm32-unknown-unknown";
const DEBIAN_PACKAGES: &[&str] = &["rustc-web", "rust-web-src", "lld-22"];
const DEBIAN_COMPILER: &[(&str, &str)] =
    &[("RUSTC", "/usr/bin/rustc"), ("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", "wasm-ld-22")];

/// A source of the standard library.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WasmTarget {
    /// Added to the Rust toolchain in use.
    Rustup,
    /// Built with Debian's compiler.
    Debian,
}

impl WasmTarget {
    /// Adds the target to the toolchain; where that takes over a minute or
    /// fails, falls back to Debian.
    pub fn choose() -> Result<Self, Error> {
        let wish = env::var("MODELCARD_WASM_TARGET").unwrap_or_default();
        match wish.as_str() {
            "debian" => return Ok(Self::Debian),
            "" | "rustup" => {}
            _ => return Err(Error::WasmTarget(wish)),
        }
        if Self::is_in_toolchain() {
            return Ok(Self::Rustup);
        }
        let may_fall_back = wish.is_empty();
        // Once the fallback is installed, no minute is spent on trying again.
        if may_fall_back && Self::Debian.packages().iter().all(|name| system::is_installed(name)) {
            return Ok(Self::Debian);
        }
        println!("Adding the target {TRIPLE} to the toolchain (some seconds, at most 1 minute)");
        let mut rustup = command("rustup");
        rustup.args(["target", "add", TRIPLE]);
        if succeeds_within(&mut rustup, Duration::from_mins(1)) && Self::is_in_toolchain() {
            Ok(Self::Rustup)
        } else if may_fall_back {
            println!("That did not work: Debian's compiler takes its place.");
            Ok(Self::Debian)
        } else {
            Err(Error::NoWasmTarget)
        }
    }

    fn is_in_toolchain() -> bool {
        output(command("rustc").args(["--print", "target-libdir", "--target", TRIPLE]))
            .is_ok_and(|path| Path::new(path.trim()).is_dir())
    }

    /// The Debian packages that it needs.
    pub fn packages(self) -> &'static [&'static str] {
        match self {
            Self::Rustup => &[],
            Self::Debian => DEBIAN_PACKAGES,
        }
    }

    /// Whether release builds can bring their own standard library.
    pub fn has_source(self) -> Result<bool, Error> {
        match self {
            Self::Rustup => small_std::prepare(),
            Self::Debian => Ok(true),
        }
    }

    /// Prepares a command that builds for WebAssembly, as is quick.
    pub fn configure(self, command: &mut Command) {
        if self == Self::Debian {
            command.envs(DEBIAN_COMPILER.iter().copied());
            command.envs(small_std::FROM_SOURCE.iter().copied());
        }
    }

    /// Prepares a command that builds for the host from within a build for
    /// WebAssembly.
    pub fn forget(command: &mut Command) -> &mut Command {
        let ours = [DEBIAN_COMPILER, small_std::FROM_SOURCE, small_std::STOP_AT_PANIC];
        for (name, _) in ours.into_iter().flatten() {
            command.env_remove(name);
        }
        command.env_remove(small_std::FLAGS)
    }
}
