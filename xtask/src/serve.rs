//! `serve`: the demo, built again after each change.

use crate::{
    error::Error,
    process::words,
    toolbox::{Profile, Toolbox, Use},
};
use std::os::unix::process::CommandExt;

/// Serves until interrupted; returns only where that could not begin.
pub fn serve(profile: Profile) -> Result<(), Error> {
    let toolbox = Toolbox::prepare(Use::Build(profile))?;
    let time = match profile {
        Profile::Release => "about 3 minutes at first, then half a minute",
        Profile::Debug => "about 1 minute at first, then some seconds",
    };
    println!("Building the demo ({time})");
    println!("It will be at http://127.0.0.1:8080 until Ctrl-C");
    let mut trunk = toolbox.trunk("serve", profile)?;
    // What it serves reloads itself, and so is not what dist/ is to hold.
    trunk.args(["--dist", "target/serve"]);
    // Trunk takes our place, so that whoever ends us ends it.
    let error = trunk.exec();
    Err(Error::Start(words(&trunk), error))
}
