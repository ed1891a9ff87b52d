//! The fuzz targets of `tests/fuzz`, for a moment and always the same: seeds as
//! they stand, and some thousand changes of them. What fuzzing found stays here.
#![cfg(not(target_arch = "wasm32"))]
// In a test, a panic is how a failure shows.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

#[path = "fuzz/src/lib.rs"]
mod fuzz;

use modelcard::formats::compile;

/// Bytes that look random and never change (xorshift).
fn bytes(seed: u64, length: usize) -> Vec<u8> {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state.to_le_bytes()[3]
    };
    // It must not begin like JSON.
    std::iter::once(0).chain((1..length).map(|_| next())).collect()
}

#[test]
fn every_seed_is_a_catalog_of_its_format() {
    for (name, seeds) in fuzz::FORMATS {
        for seed in *seeds {
            let compiled = compile(seed.as_bytes()).unwrap();
            let told = compiled.format.to_lowercase();
            let parts = name.split('_').filter(|part| *part != "models");
            assert!(parts.clone().all(|part| told.contains(part)), "{name} is read as {told}");
            fuzz::holds(&compiled.catalog);
        }
    }
}

#[test]
fn changed_seeds_hold() {
    for (name, _) in fuzz::FORMATS {
        for seed in 0..300 {
            let length = 4 + usize::try_from(seed).unwrap() % 60;
            fuzz::format(name, &bytes(seed, length));
        }
    }
}

#[test]
fn changed_seeds_of_any_two_formats_can_be_merged() {
    for seed in 0..400 {
        let mut bytes = bytes(seed, 20 + usize::try_from(seed).unwrap() % 60);
        bytes[0] = u8::try_from(seed % 251).unwrap();
        fuzz::merge(&bytes);
    }
}

#[test]
fn any_text_is_a_description() {
    let markdown = include_str!("fuzz/seeds/markdown/one.md").as_bytes();
    for seed in 0..300 {
        let mut text = markdown.to_vec();
        for change in bytes(seed, 16).chunks(2) {
            let at = usize::from(change[0]) % text.len();
            text[at] = if change[1] < 128 {
                change[1]
            } else {
                b"[]()<>`*_#|\n"[usize::from(change[1]) % 12]
            };
        }
        fuzz::markdown(&text);
    }
}
