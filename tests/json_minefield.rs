//! Every text of `JSONTestSuite` through the formats module's entry: none panics,
//! and what is no JSON is refused in words.
#![cfg(not(target_arch = "wasm32"))]
// In a test, a panic is how a failure shows.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::fs;
use std::path::Path;

use modelcard::catalog::{CatalogError, Tape};
use modelcard::formats;
use serde_json::Value;

/// What makes a text an entry of a foreign format, before and behind it.
const SHAPES: &[(&str, &str)] = &[
    (r#"{"prices":[{"id":"a","vendor":"b","input":1},"#, "]}"),
    (r#"{"prices":[{"id":"a","vendor":"b","input":"#, "}]}"),
    (r#"{"data":[{"id":"a/b","pricing":{"prompt":"1","completion":"1"},"architecture":{}},"#, "]}"),
    (r#"{"data":[{"id":"a/b","pricing":{"prompt":"#, r#","completion":"1"},"architecture":{}}]}"#),
    (r#"{"data":{"id":"a/b","endpoints":[{"provider_name":"x","pricing":{"prompt":"1"}},"#, "]}}"),
    (
        r#"{"openai":{"id":"openai","name":"OpenAI","models":{"a":{"id":"a","name":"A","limit":{},"cost":{}},"b":"#,
        "}}}",
    ),
    (
        r#"{"openai":{"id":"openai","name":"OpenAI","models":{"a":{"id":"a","name":"A","limit":"#,
        "}}}}",
    ),
    (r#"{"a":{"litellm_provider":"openai","mode":"chat","input_cost_per_token":1e-6},"b":"#, "}"),
    (r#"{"a":{"litellm_provider":"openai","mode":"chat","input_cost_per_token":"#, "}}"),
    (
        r#"[{"id":"openai","name":"OpenAI","api_pattern":"x","models":[{"id":"a","match":{"equals":"a"},"prices":{"input_mtok":1}},"#,
        "]}]",
    ),
    (
        r#"[{"id":"openai","name":"OpenAI","api_pattern":"x","models":[{"id":"a","match":{"equals":"a"},"prices":"#,
        "}]}]",
    ),
];

/// Base64 (RFC 4648), of which the corpus has only well-formed texts.
fn base64(text: &str) -> Vec<u8> {
    let digit = |byte: u8| match byte {
        b'A'..=b'Z' => u32::from(byte - b'A'),
        b'a'..=b'z' => u32::from(byte - b'a') + 26,
        b'0'..=b'9' => u32::from(byte - b'0') + 52,
        b'+' => 62,
        _ => 63,
    };
    let mut bytes = Vec::new();
    for group in text.trim_end_matches('=').as_bytes().chunks(4) {
        let bits = group.iter().fold(0, |bits, byte| bits << 6 | digit(*byte));
        let bits = bits << (6 * (4 - group.len()));
        bytes.extend_from_slice(&bits.to_be_bytes()[1..group.len()]);
    }
    bytes
}

#[test]
fn decodes_base64() {
    for (text, bytes) in
        [("", ""), ("Zg==", "f"), ("Zm8=", "fo"), ("Zm9v", "foo"), ("Zm9vYg==", "foob")]
    {
        assert_eq!(base64(text), bytes.as_bytes());
    }
    assert_eq!(base64("+/8="), [0xfb, 0xff]);
}

#[test]
fn no_text_panics_and_what_is_no_json_is_refused() {
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/security/json_minefield.json");
    let Ok(text) = fs::read(path) else {
        eprintln!("skipped: the corpus is not there");
        return;
    };
    let corpus: Value = serde_json::from_slice(&text).unwrap();
    let cases = corpus["cases"].as_array().unwrap();
    assert_eq!(cases.len(), 340);
    let mut refused = 0;
    for case in cases {
        let name = case["name"].as_str().unwrap();
        let bytes = base64(case["b64"].as_str().unwrap());
        assert_eq!(bytes.len() as u64, case["bytes"].as_u64().unwrap(), "{name}");

        // None of them is a catalog; which error it is depends on whether it is JSON.
        let error = formats::compile(&bytes).unwrap_err();
        let is_json = matches!(error, CatalogError::NotACatalog { .. });
        assert!(is_json || matches!(error, CatalogError::NotJson { .. }), "{name}: {error:?}");
        let detail = error.detail().unwrap();
        assert!(!detail.is_empty() && !detail.contains('\0'), "{name}: {detail:?}");
        match case["expect"].as_str().unwrap() {
            "accept" => assert!(is_json, "{name}: {error}"),
            "reject" => {
                assert!(!is_json, "{name}: {error}");
                refused += 1;
            }
            _ => {}
        }

        // The widget's own reader agrees.
        if let Ok(text) = std::str::from_utf8(&bytes)
            && let Some(expected) = match case["expect"].as_str().unwrap() {
                "accept" => Some(true),
                "reject" => Some(false),
                _ => None,
            }
        {
            assert_eq!(Tape::of(text).is_ok(), expected, "{name}");
        }

        // As an entry of each foreign format, whatever it is.
        for (before, after) in SHAPES {
            let mut foreign = before.as_bytes().to_vec();
            foreign.extend_from_slice(&bytes);
            foreign.extend_from_slice(after.as_bytes());
            let read = formats::compile(&foreign);
            if case["expect"] == "reject" && !bytes.contains(&b',') && !bytes.is_empty() {
                assert!(read.is_err(), "{name} in {before}…");
            }
            if let Err(error) = read {
                assert!(!error.to_string().is_empty());
            }
        }

        // The same text as a model of a catalog, which takes nothing else down.
        let mut catalog = br#"{"schema_version":"1.0","models":[{"id":"a/b"},"#.to_vec();
        catalog.extend_from_slice(&bytes);
        catalog.extend_from_slice(b"]}");
        if is_json {
            // A byte order mark is one only at the beginning.
            let Ok(compiled) = formats::compile(&catalog) else {
                assert!(bytes.starts_with("\u{feff}".as_bytes()), "{name}");
                continue;
            };
            let catalog = compiled.catalog;
            assert_eq!(catalog.models[0].id, "a/b", "{name}");
            // One of them has an id, and so is a model.
            let read = name == "y_object_long_strings.json";
            assert_eq!(catalog.models.len(), 1 + usize::from(read), "{name}");
            if !read {
                assert_eq!(catalog.problems[0].path, "models[1]", "{name}");
                assert_eq!(catalog.problems.len(), 1, "{name}");
            }
        }
    }
    assert_eq!(refused, 188);
}
