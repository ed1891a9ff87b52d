//! `OpenRouter`: its list of models and, of one model, the list of its endpoints.
//! Prices are decimal strings in US dollars, per token or per unit.
//!
//! `created` is the day on which a model came to `OpenRouter`, not its release, so
//! it is not read. Benchmarks are read as far as they are an index of ability;
//! ratings of an arena are no accuracy. An entry whose id is an alias
//! (`~openai/gpt-latest`) is a model like any other: its prices are its own.

mod endpoints;
mod list;
mod model;
mod pricing;
#[cfg(test)]
mod tests;

pub use endpoints::FORMAT as ENDPOINTS;
pub use list::FORMAT as MODELS;
pub(in crate::formats) use model::modalities;

use crate::catalog::{Catalog, Source};

/// The key of the source in the catalog.
const SOURCE: &str = "openrouter";

/// The key of the source of the indexes of ability that `OpenRouter` passes on.
const INDEX_SOURCE: &str = "artificial-analysis";

/// The catalog without its models; `indexed` where indexes of ability are in it.
fn catalog(indexed: bool) -> Catalog<()> {
    let source = |name: &str, url: &str| Source {
        name: name.to_owned(),
        url: Some(url.to_owned()),
        ..Source::default()
    };
    Catalog {
        name: Some("OpenRouter".to_owned()),
        // Descriptions link to other models by `/author/model`.
        base_url: Some("https://openrouter.ai/".to_owned()),
        sources: [
            Some((SOURCE.to_owned(), source("OpenRouter", "https://openrouter.ai/models"))),
            indexed.then(|| {
                let source = source("Artificial Analysis", "https://artificialanalysis.ai/");
                (INDEX_SOURCE.to_owned(), source)
            }),
        ]
        .into_iter()
        .flatten()
        .collect(),
        ..Catalog::default()
    }
}

/// Whether an id is that of a model's free variant: `…:free`.
fn is_free(id: &str) -> bool {
    id.rsplit_once(':').is_some_and(|(_, variant)| variant == "free")
}
