//! The widget module: every custom element, compiled to WebAssembly.

fn main() {}
