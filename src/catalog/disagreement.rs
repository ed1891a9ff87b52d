//! Where several catalogs speak of the same thing: what they say otherwise, and
//! what they add.

use serde::{Deserialize, Serialize};

use super::{Date, Rates};

/// Prices that another catalog states for the same model or endpoint, and that
/// differ from those used.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(default)]
pub struct Disagreement {
    /// The prices that differ, and no others.
    pub rates: Rates,
    /// The key of their source in the catalog's `sources`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// The day on which that source showed them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
}

/// Facts about a model that its main catalog lacks and another one has.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Supplement {
    /// The key of the source in the catalog's `sources`.
    pub source: String,
    /// The names of the facts: `description`, `knowledge_cutoff`.
    pub facts: Vec<String>,
}
