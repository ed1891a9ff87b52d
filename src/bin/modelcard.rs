//! The `modelcard` command for catalog owners.

fn main() {}
