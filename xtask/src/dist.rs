//! `dist`: what a site owner copies to a server.

use crate::{
    error::Error,
    process::{root, run},
    sizes,
    toolbox::{Profile, Toolbox, Use},
};
use std::path::PathBuf;

/// Where the built files lie.
pub fn directory() -> PathBuf {
    root().join("dist")
}

/// Builds everything and prints what it weighs.
pub fn dist() -> Result<(), Error> {
    let toolbox = Toolbox::prepare(Use::Build(Profile::Release))?;
    println!("Building dist/ (about 3 minutes at first, then half a minute)");
    build(&toolbox)?;
    let sizes = sizes::measure(&directory())?;
    print!("{}", sizes::table(&sizes));
    if sizes::limits(&sizes).iter().all(sizes::Limit::holds) {
        Ok(())
    } else {
        Err(Error::TooLarge)
    }
}

/// The release build. What Trunk leaves to do, its hook does: see `finish`.
pub fn build(toolbox: &Toolbox) -> Result<(), Error> {
    run(&mut toolbox.trunk("build", Profile::Release)?)
}
