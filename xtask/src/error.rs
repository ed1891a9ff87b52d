//! What can stop a command, in words that say what to do about it.

use std::{fmt, io, path::PathBuf, process::ExitStatus};

/// One variant per cause that a developer can act on.
#[derive(Debug)]
pub enum Error {
    /// The command line is none of those that the help lists.
    Usage(String),
    /// Neither `XDG_CACHE_HOME` nor a home directory is set.
    NoCache,
    /// A file or directory could not be read or written.
    File(PathBuf, io::Error),
    /// A program could not be started.
    Start(String, io::Error),
    /// A program ran and failed; it has said why itself.
    Failed(String, ExitStatus),
    /// Debian packages are missing and may not be installed from here.
    Packages(String),
    /// The Node.js found first on the path is too old for the tools.
    OldNode,
    /// `MODELCARD_WASM_TARGET` has a value without a meaning.
    WasmTarget(String),
    /// rustup could not add the WebAssembly target, and nothing else was allowed.
    NoWasmTarget,
    /// `MODELCARD_STD` has a value without a meaning.
    StandardLibrary(String),
    /// rustup could not add the standard library's source, and nothing else was allowed.
    NoStandardLibrary,
    /// The hook of a Trunk build was called by something else.
    NotTrunk,
    /// The loader does not hold the mark that the version replaces, exactly once.
    VersionMark(PathBuf),
    /// A module's JavaScript does not have the names that its WebAssembly has.
    ShortNames(PathBuf),
    /// A module that should hold its functions without their names does not.
    NotStripped(PathBuf),
    /// A program succeeded without writing the file that it was called for.
    NotWritten(PathBuf),
    /// A program printed something else than its documentation says.
    Output(String),
    /// The built files are larger than the limits allow.
    TooLarge,
    /// Something in the tally failed or was not run; the tally has said so.
    Tally,
}

impl fmt::Display for Error {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Usage(words) => {
                write!(out, "`{words}` is no command; `cargo xtask` lists them")
            }
            Self::NoCache => {
                write!(out, "there is no home directory to install tools in: set XDG_CACHE_HOME")
            }
            Self::File(path, error) => write!(out, "{}: {error}", path.display()),
            Self::Start(program, error) => write!(out, "`{program}` could not be started: {error}"),
            Self::Failed(command, status) => write!(out, "`{command}` failed ({status})"),
            Self::Packages(line) => write!(
                out,
                "Debian packages are missing. Run this, then the same command again:\n\n  {line}\n"
            ),
            Self::OldNode => write!(
                out,
                "Node.js 18 or later and npm are needed; `node --version` and `npm --version` say otherwise"
            ),
            Self::WasmTarget(value) => write!(
                out,
                "MODELCARD_WASM_TARGET is `{value}`; it may be `rustup`, `debian` or unset"
            ),
            Self::NoWasmTarget => write!(
                out,
                "`rustup target add wasm32-unknown-unknown` failed; unset MODELCARD_WASM_TARGET to use Debian's packages"
            ),
            Self::StandardLibrary(value) => {
                write!(out, "MODELCARD_STD is `{value}`; it may be `source`, `ready` or unset")
            }
            Self::NoStandardLibrary => write!(
                out,
                "`rustup component add rust-src` failed; unset MODELCARD_STD to do without, in larger files"
            ),
            Self::NotTrunk => write!(
                out,
                "`finish` is the last step of a Trunk build, which calls it itself: run `cargo xtask dist`"
            ),
            Self::VersionMark(path) => {
                write!(out, "{} must hold '__VERSION__' exactly once", path.display())
            }
            Self::ShortNames(path) => write!(
                out,
                "{} does not name each import of its WebAssembly once; does a new version of wasm-bindgen write it otherwise?",
                path.display()
            ),
            Self::NotStripped(path) => write!(
                out,
                "{} is no WebAssembly module without names; does wasm-opt, in index.html, keep them?",
                path.display()
            ),
            Self::NotWritten(path) => write!(out, "{} was not written", path.display()),
            Self::Output(command) => write!(out, "`{command}` printed something unexpected"),
            Self::TooLarge => write!(out, "the built files are larger than the limits allow"),
            Self::Tally => write!(out, "something failed or was not run"),
        }
    }
}
