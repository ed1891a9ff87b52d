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
pub mod markdown;
mod native;
mod place;
mod root;

use serde::Serialize;

use crate::catalog::{Catalog, CatalogError, Description, SCHEMA_VERSION};
use markdown::Links;
use root::Root;

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
