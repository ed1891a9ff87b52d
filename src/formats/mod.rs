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
mod json;
pub mod markdown;
mod native;
mod place;
mod root;
#[cfg(not(target_arch = "wasm32"))]
mod schema;
#[cfg(not(target_arch = "wasm32"))]
mod unknown;

use serde::Serialize;

use crate::catalog::{Catalog, CatalogError, Description, SCHEMA_VERSION};
use markdown::Links;
use root::Root;
#[cfg(not(target_arch = "wasm32"))]
pub use schema::schema;
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
}

/// Compiles a catalog of any format. What is wrong with parts of it is in the
/// catalog's `problems`; an error means that nothing of it can be used.
pub fn compile(bytes: &[u8]) -> Result<Compiled, CatalogError> {
    let root = Root::new(bytes)?;
    let format = detect::detect(&root)?;
    let Draft { mut catalog, paths } = (format.read)(&root)?;
    check::check(&mut catalog, &paths);
    compile_descriptions(&mut catalog);
    SCHEMA_VERSION.clone_into(&mut catalog.schema_version);
    catalog.compiled = true;
    Ok(Compiled { format: format.name, catalog })
}

fn compile_descriptions(catalog: &mut Catalog) {
    let texts: Vec<Option<Description>> =
        catalog.models.iter_mut().map(|model| model.description.take()).collect();
    let links = Links::new(catalog);
    let documents: Vec<Option<Description>> = texts
        .into_iter()
        .map(|description| {
            let blocks = match description? {
                Description::Markdown(text) => markdown::document(&text, &links),
                Description::Document(blocks) => blocks,
            };
            (!blocks.is_empty()).then_some(Description::Document(blocks))
        })
        .collect();
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
