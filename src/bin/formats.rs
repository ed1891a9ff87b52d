//! The formats module: what turns any catalog into the compiled native form.

fn main() {}
