//! The widget module: every custom element, compiled to WebAssembly. What it
//! exports stands in `modelcard::element`.

// Linked for its exports.
use modelcard as _;

fn main() {}

#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: talc::cell::TalcSyncCell<talc::wasm::WasmGrowAndClaim, talc::wasm::WasmBinning> =
    talc::cell::TalcSyncCell::new_wasm(talc::wasm::WasmGrowAndClaim);
