//! The published schema and the published catalog against the code that reads
//! them.
#![cfg(not(target_arch = "wasm32"))]
// In a test, a panic is how a failure shows.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::fs;
use std::path::Path;

use modelcard::formats;
use serde_json::Value;

fn published(name: &str) -> Vec<u8> {
    fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("public").join(name)).unwrap()
}

#[test]
fn the_published_schema_is_that_of_the_types() {
    let schema: Value = serde_json::from_slice(&published("catalog.schema.json")).unwrap();
    assert!(
        schema == formats::schema(),
        "public/catalog.schema.json has fallen behind the types; write it anew with\n\
         cargo run -- schema > public/catalog.schema.json"
    );
}

#[test]
fn the_schema_says_what_it_is() {
    let schema = formats::schema();
    assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
    assert_eq!(schema["title"], "Modelcard catalog");
    assert_eq!(schema["required"], serde_json::json!(["schema_version", "models"]));
    // Every field and type is explained: editors show these words.
    let mut unexplained = Vec::new();
    for (name, definition) in schema["$defs"].as_object().unwrap() {
        if definition.get("description").is_none() {
            unexplained.push(name.clone());
        }
        for (field, value) in definition["properties"].as_object().into_iter().flatten() {
            // A rate's own name explains it, and its type says the rest.
            if value.get("description").is_none() && name != "Rates" {
                unexplained.push(format!("{name}.{field}"));
            }
        }
    }
    assert_eq!(unexplained, Vec::<String>::new());
}

#[test]
fn the_published_catalog_reads_without_a_problem() {
    let compiled = formats::compile(&published("catalog.json")).unwrap();
    assert_eq!(compiled.format, "native");
    assert_eq!(compiled.catalog.problems, []);
    let stated: Value = serde_json::from_slice(&published("catalog.json")).unwrap();
    assert_eq!(compiled.catalog.models.len(), stated["models"].as_array().unwrap().len());
}

#[test]
fn the_published_catalog_has_no_field_that_the_schema_lacks() {
    let catalog: Value = serde_json::from_slice(&published("catalog.json")).unwrap();
    let mut unknown = formats::unknown_fields(&catalog);
    unknown.retain(|problem| problem.path != "$schema");
    assert_eq!(unknown, []);
}
