//! What must hold for any input whatever: nothing panics, reading what was
//! written changes nothing, and no price is below zero.
//!
//! libFuzzer drives this (`cargo xtask fuzz`), and so does a short test with
//! changes that are always the same. Bytes that begin like JSON are read as they
//! stand. Others are instructions for changing a seed, since bytes changed at
//! random are seldom a catalog.
// A panic is how a failure shows.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::missing_panics_doc)]

mod change;
mod seeds;

use modelcard::catalog::{Catalog, DatedRates, Price, RateCard, Rates};
use modelcard::formats::{self, compile};

pub use seeds::{FORMATS, Seed};

/// Reads bytes as a catalog of a format, one of [`FORMATS`].
pub fn format(name: &str, bytes: &[u8]) {
    let text = input(seeds::of(name), bytes);
    if let Ok(compiled) = compile(&text) {
        holds(&compiled.catalog);
    }
}

/// Reads a description.
pub fn markdown(bytes: &[u8]) {
    let description = String::from_utf8_lossy(bytes);
    let models = serde_json::json!([{"id": "a/b", "description": description}, {"id": "a/c"}]);
    let catalog = serde_json::json!({
        "schema_version": "1.0", "base_url": "https://docs.example.com/x/", "models": models,
    });
    let compiled = compile(catalog.to_string().as_bytes());
    holds(&compiled.expect("a description takes nothing else down").catalog);
}

/// Reads two catalogs, of any formats, and merges them.
pub fn merge(bytes: &[u8]) {
    let (first, second) = bytes.split_at(bytes.len() / 2);
    let read = |bytes: &[u8]| {
        let (pick, rest) = bytes.split_first()?;
        let (_, seeds) = FORMATS.get(usize::from(*pick) % FORMATS.len())?;
        compile(&input(seeds, rest)).ok()
    };
    let (Some(first), Some(second)) = (read(first), read(second)) else { return };
    let mut whole = first.catalog;
    formats::name_sources(&mut whole, "first");
    formats::merge(&mut whole, second.catalog, "second");
    holds(&whole);
}

pub fn input(seeds: &[Seed], bytes: &[u8]) -> Vec<u8> {
    match bytes.first() {
        Some(b'{' | b'[' | b' ' | b'\n' | 0xef) => bytes.to_vec(),
        _ => change::changed(seeds, bytes).into_bytes(),
    }
}

/// What holds for every compiled catalog.
pub fn holds(catalog: &Catalog) {
    assert!(catalog.compiled && !catalog.models.is_empty());
    for model in &catalog.models {
        not_negative(&model.id, &model.prices, &model.price_history);
        for endpoint in &model.endpoints {
            not_negative(&endpoint.id, &endpoint.prices, &endpoint.price_history);
        }
    }
    let json = serde_json::to_vec(catalog).expect("a catalog can be written");
    let mut again = compile(&json).expect("what was written can be read");
    assert_eq!(again.format, "native");
    // Of what is kept though it is odd, reading tells each time: by its new place
    // where models before it were left out, or where two catalogs contradict each
    // other. What was told before stays.
    assert!(again.catalog.problems.starts_with(&catalog.problems));
    again.catalog.problems.truncate(catalog.problems.len());
    assert!(again.catalog == *catalog, "{}", first_change(catalog, &again.catalog));
}

/// The first line that differs, and what stands around it.
fn first_change(before: &Catalog, after: &Catalog) -> String {
    let lines = |catalog: &Catalog| -> Vec<String> {
        let text = serde_json::to_string_pretty(catalog).expect("a catalog can be written");
        text.lines().map(str::to_owned).collect()
    };
    let (before, after) = (lines(before), lines(after));
    let alike = before.iter().zip(&after).take_while(|(a, b)| a == b).count();
    let around = |lines: &[String]| {
        let near: Vec<&str> =
            lines.iter().skip(alike.saturating_sub(8)).take(14).map(String::as_str).collect();
        near.join("\n")
    };
    format!(
        "reading what was written changes it, from\n{}\nto\n{}",
        around(&before),
        around(&after)
    )
}

fn not_negative(id: &str, card: &RateCard, history: &[DatedRates]) {
    let conditional = card.conditions.iter().map(|conditional| &conditional.rates);
    let dated = history.iter().map(|entry| &entry.rates);
    let all: Vec<&Rates> = std::iter::once(&card.rates).chain(conditional).chain(dated).collect();
    for (item, price) in all.into_iter().flat_map(Rates::iter) {
        if let Price::Known(amount) = price {
            assert!(!amount.is_negative(), "{id}: {} {amount}", item.name());
        }
    }
}
