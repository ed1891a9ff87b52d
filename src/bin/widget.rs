//! The widget module: every custom element, compiled to WebAssembly. What it
//! exports stands in `modelcard::element`.

// Linked for its exports.
use modelcard as _;

fn main() {}
