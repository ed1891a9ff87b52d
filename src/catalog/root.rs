//! The catalog itself.

use serde::{Deserialize, Serialize};

use super::{Date, License, Map, Model, Problem, ProviderMatching};

/// A catalog of models, in the native format.
///
/// `M` is how the models are held: read, or, while a catalog is being read, as
/// raw values, so that one bad model does not take the others down.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Catalog<M = Vec<Model>> {
    /// The version of the format, `major.minor`: `1.0`.
    pub schema_version: String,
    /// Whether descriptions are document trees already, so that the widget can
    /// read the catalog without the formats module.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub compiled: bool,
    /// The catalog's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The day of the catalog's facts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
    /// The licence of the catalog.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub license: Option<License>,
    /// What relative links in descriptions are resolved against.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base_url: Option<String>,
    /// Where the facts come from, by the keys that `source` fields use.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub sources: Map<Source>,
    /// Other ids of models: the alias, then the model's id.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub aliases: Map<String>,
    /// The names by which the source knows providers and endpoints, asked where an
    /// id is none of the above.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub matching: Vec<ProviderMatching>,
    /// The models.
    pub models: M,
    /// Problems found when the catalog was compiled.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub problems: Vec<Problem>,
}

/// Where facts come from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Source {
    /// The source's name.
    pub name: String,
    /// Where it stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The day of the copy that was used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
    /// Its licence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub license: Option<String>,
}

impl<M> Catalog<M> {
    /// The same catalog with the models held otherwise, and the models as they were.
    pub fn with_models<N>(self, models: N) -> (Catalog<N>, M) {
        let catalog = Catalog {
            schema_version: self.schema_version,
            compiled: self.compiled,
            name: self.name,
            date: self.date,
            license: self.license,
            base_url: self.base_url,
            sources: self.sources,
            aliases: self.aliases,
            matching: self.matching,
            models,
            problems: self.problems,
        };
        (catalog, self.models)
    }
}
