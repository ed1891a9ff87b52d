//! Any catalog to the compiled native form: the native format with Markdown in
//! it, and (one file each, told apart by shape) the public formats. Uses only
//! `catalog`, and knows no browser: the formats module and the `modelcard`
//! command run the same code.
//!
//! To add a format: a file with a [`Format`](detect::Format), and its line in
//! `detect`. An adapter turns JSON into a [`Catalog`] with Markdown descriptions;
//! the rest (checks, documents, links) is done here for every format alike.

mod check;
pub mod detect;
mod entry;
mod facts;
mod genai_prices;
mod hugging_face;
mod identity;
mod json;
mod litellm;
mod llm_prices;
mod log;
pub mod markdown;
mod merge;
mod models_dev;
mod native;
mod openrouter;
mod pace;
mod place;
mod root;
mod same_endpoint;
mod scalar;
#[cfg(not(target_arch = "wasm32"))]
mod schema;
mod several;
#[cfg(not(target_arch = "wasm32"))]
mod snapshot;
#[cfg(not(target_arch = "wasm32"))]
mod unknown;
mod vercel;

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::catalog::{Catalog, CatalogError, Date, Description, SCHEMA_VERSION};
use log::Log;
use markdown::Links;
pub use merge::{merge, name_sources};
pub use pace::{Pace, Pause};
use root::Root;
#[cfg(not(target_arch = "wasm32"))]
pub use schema::schema;
pub use several::{Input, Outcome, compile_all};
#[cfg(not(target_arch = "wasm32"))]
pub use snapshot::{Snapshot, SnapshotDates, SnapshotError, SnapshotEvent, snapshot};
#[cfg(not(target_arch = "wasm32"))]
pub use unknown::unknown_fields;

/// A compiled catalog, and the format that it came in.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Compiled {
    /// The format's name: `native`.
    pub format: &'static str,
    /// The catalog: its descriptions are documents, and `compiled` is set.
    pub catalog: Catalog,
}

/// A catalog as an adapter read it.
#[derive(Debug)]
pub struct Draft {
    /// The catalog, perhaps with Markdown in it.
    pub catalog: Catalog,
    /// Where in the source each of its models stands: `models[3]`.
    pub paths: Vec<String>,
    /// Whether the source has the fields of the native format, so that a path can
    /// go on inside a model.
    pub exact_paths: bool,
    /// What was found wrong while reading.
    pub log: Log,
}

/// Compiles a catalog of any format, in one go. What is wrong with parts of it is
/// in the catalog's `problems`; an error means that nothing of it can be used.
pub fn compile(bytes: &[u8]) -> Result<Compiled, CatalogError> {
    compile_on(bytes, None)
}

/// The same, on a day (UTC): of prices that change on stated days, those of this
/// day become the list prices. Where it is not known, the newest do.
pub fn compile_on(bytes: &[u8], today: Option<Date>) -> Result<Compiled, CatalogError> {
    let work = async |pace: &Pace<'_>| compile_paced(bytes, &pace.on(today)).await;
    pace::in_one_go(work).unwrap_or_else(|| {
        Err(CatalogError::NotACatalog { found: "reading it waits for something".to_owned() })
    })
}

/// Compiles a catalog of any format, with pauses wherever one entry ends.
pub async fn compile_paced(bytes: &[u8], pace: &Pace<'_>) -> Result<Compiled, CatalogError> {
    let root = Root::new(bytes)?;
    pace.breathe().await;
    let format = detect::detect(&root)?;
    let mut draft = (format.read)(&root, pace).await?;
    pace.breathe().await;
    check::check(&mut draft);
    let mut catalog = draft.catalog;
    compile_descriptions(&mut catalog, pace).await;
    SCHEMA_VERSION.clone_into(&mut catalog.schema_version);
    catalog.compiled = true;
    Ok(Compiled { format: format.name, catalog })
}

/// An entry of a foreign format, or what is wrong with it. Its types are lenient,
/// so that only what is no object at all is refused.
fn read_entry<'r, T: Deserialize<'r>>(raw: &'r RawValue) -> Result<T, String> {
    match root::kind(raw) {
        "an object" => {
            serde_json::from_str(raw.get()).map_err(|error| place::fault(raw.get(), &error))
        }
        other => Err(format!("{other} instead of an object")),
    }
}

async fn compile_descriptions(catalog: &mut Catalog, pace: &Pace<'_>) {
    let texts: Vec<Option<Description>> =
        catalog.models.iter_mut().map(|model| model.description.take()).collect();
    let links = Links::new(catalog);
    let mut documents: Vec<Option<Description>> = Vec::with_capacity(texts.len());
    for description in texts {
        let blocks = match description {
            None => Vec::new(),
            Some(Description::Markdown(text)) => markdown::document(&text, &links),
            Some(Description::Document(blocks)) => blocks,
        };
        documents.push((!blocks.is_empty()).then_some(Description::Document(blocks)));
        pace.breathe().await;
    }
    for (model, document) in catalog.models.iter_mut().zip(documents) {
        model.description = document;
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn compiled(models: &Value) -> Catalog {
        let root = json!({"schema_version": "1.0", "base_url": "https://docs.example.com/", "models": models});
        compile(root.to_string().as_bytes()).unwrap().catalog
    }

    #[test]
    fn descriptions_become_documents_with_links_into_the_catalog() {
        let catalog = compiled(&json!([
            {"id": "a/one", "description": "See [two](/a/two), [docs](x) and *more*."},
            {"id": "a/two"},
            {"id": "a/three", "description": " "},
        ]));
        assert!(catalog.compiled);
        assert_eq!(catalog.schema_version, SCHEMA_VERSION);
        assert_eq!(
            serde_json::to_value(&catalog.models[0].description).unwrap(),
            json!([{"paragraph": [
                {"text": "See "},
                {"model": {"id": "a/two", "content": [{"text": "two"}]}},
                {"text": ", "},
                {"link": {"href": "https://docs.example.com/x", "content": [{"text": "docs"}]}},
                {"text": " and "},
                {"emphasis": [{"text": "more"}]},
                {"text": "."},
            ]}])
        );
        assert_eq!(catalog.models[1].description, None);
        assert_eq!(catalog.models[2].description, None);
    }

    #[test]
    fn compiling_what_is_compiled_changes_nothing() {
        let once = compiled(&json!([
            {"id": "a/one", "max_output": 0, "description": "# A\n\n- [b](https://b.example) #c\n\n> `d`"},
            {"id": 7},
        ]));
        let json = serde_json::to_vec(&once).unwrap();
        let twice = compile(&json).unwrap();
        assert_eq!(twice, Compiled { format: "native", catalog: once });
    }

    #[test]
    fn a_compiled_catalog_is_not_trusted() {
        let catalog = compiled(&json!([{"id": "a/one", "description": [
            {"paragraph": [{"link": {"href": "javascript:alert(1)", "content": [{"text": "x"}]}}]}
        ]}]));
        assert_eq!(
            serde_json::to_value(&catalog.models[0].description).unwrap(),
            json!([{"paragraph": [{"text": "x"}]}])
        );
    }

    #[test]
    fn the_longest_description_is_read_and_a_longer_one_is_not() {
        let text = "x".repeat(crate::catalog::MAX_DESCRIPTION);
        let catalog = compiled(&json!([
            {"id": "a/one", "description": text},
            {"id": "a/two", "description": format!("{text}x")},
        ]));
        assert!(catalog.models[0].description.is_some());
        assert_eq!(catalog.models[1].description, None);
        assert_eq!(catalog.problems[0].path, "models[1].description");
    }

    #[test]
    fn unknown_shapes_are_described() {
        for (json, found) in [
            ("[1, 2]", "an array of numbers"),
            (r#"{"a": 1, "b": 2, "c": 3}"#, "an object with the keys a, b, c"),
        ] {
            let error = compile(json.as_bytes()).unwrap_err();
            assert_eq!(error, CatalogError::NotACatalog { found: found.to_owned() });
        }
    }
}
