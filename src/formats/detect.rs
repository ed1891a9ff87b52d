//! Which format a JSON text is written in, told by its shape alone: names of
//! files and of hosts mean nothing.

use std::future::Future;
use std::pin::Pin;

use super::root::Root;
use super::{
    Draft, Pace, genai_prices, hugging_face, litellm, llm_prices, models_dev, native, openrouter,
    vercel,
};
use crate::catalog::CatalogError;

/// A catalog being read: in steps, so that a long one does not block a page.
pub type Reading<'r> = Pin<Box<dyn Future<Output = Result<Draft, CatalogError>> + 'r>>;

/// A format that catalogs come in.
#[derive(Debug)]
pub struct Format {
    /// Its name: `native`.
    pub name: &'static str,
    /// Whether a JSON text has its shape.
    pub fits: fn(&Root<'_>) -> bool,
    /// Reads a JSON text of its shape.
    pub read: for<'r> fn(&'r Root<'r>, &'r Pace<'r>) -> Reading<'r>,
}

/// Every format. The first that fits is used, so the stricter shapes come first.
const FORMATS: &[Format] = &[
    native::FORMAT,
    llm_prices::FORMAT,
    genai_prices::FORMAT,
    models_dev::FORMAT,
    litellm::FORMAT,
    openrouter::ENDPOINTS,
    hugging_face::FORMAT,
    vercel::FORMAT,
    openrouter::MODELS,
];

/// The format of a JSON text.
pub fn detect(root: &Root<'_>) -> Result<&'static Format, CatalogError> {
    FORMATS
        .iter()
        .find(|format| (format.fits)(root))
        .ok_or_else(|| CatalogError::NotACatalog { found: root.describe() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn detected(json: &str) -> Result<&'static str, CatalogError> {
        detect(&Root::new(json.as_bytes()).unwrap()).map(|format| format.name)
    }

    #[test]
    fn the_native_format_states_its_version() {
        assert_eq!(detected(r#"{"schema_version":"1.0","models":[]}"#), Ok("native"));
        assert_eq!(detected(r#"{"schema_version":2}"#), Ok("native"));
    }

    #[test]
    fn public_formats_are_told_by_their_shape() {
        for (json, format) in [
            (
                r#"{"updated_at":"2026-01-01","prices":[{"id":"a","vendor":"b","input":1}]}"#,
                "llm-prices",
            ),
            (r#"{"prices":[{"id":"a","vendor":"b","price_history":[]}]}"#, "llm-prices"),
            (r#"{"data":[{"id":"a/b","pricing":{"prompt":"0"}}]}"#, "openrouter"),
            (r#"{"data":{"id":"a/b","endpoints":[]}}"#, "openrouter-endpoints"),
            (r#"{"data":[{"id":"a/b","owned_by":"a","type":"language","pricing":{}}]}"#, "vercel"),
            (r#"{"data":[{"id":"a/b","providers":[{"provider":"c"}]}]}"#, "hugging-face"),
            (r#"{"a":{"id":"a","env":[],"models":{"m":{}}}}"#, "models.dev"),
            (r#"{"sample_spec":{},"gpt-4o":{"litellm_provider":"openai"}}"#, "litellm"),
            (r#"[{"id":"a","name":"A","api_pattern":"a","models":[]}]"#, "genai-prices"),
        ] {
            assert_eq!(detected(json), Ok(format), "{json}");
        }
    }

    #[test]
    fn an_unknown_shape_is_described() {
        let error = detected(r#"{"models":[],"total":0}"#).unwrap_err();
        assert_eq!(
            error,
            CatalogError::NotACatalog { found: "an object with the keys models, total".into() }
        );
    }
}
