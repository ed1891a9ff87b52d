//! The module's start.

use wasm_bindgen::prelude::*;

use crate::platform::host::{self, Host};

/// Called once by the loader, with its side of the boundary.
#[wasm_bindgen]
pub fn start(host: Host) {
    host::set(host);
}
