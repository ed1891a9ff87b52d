//! What models.dev writes, as leniently as it must be read.

use serde::Deserialize;

use crate::formats::scalar::{List, Members, Nested, Scalar};

/// One model: a provider's offer in `api.json`, or what all offers share in
/// `models.json`, where no price stands and most fields are optional.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Listed {
    pub name: Scalar,
    pub description: Scalar,
    pub r#type: Scalar,
    pub canonical_model_id: Scalar,
    pub base_model: Scalar,
    pub attachment: Scalar,
    pub reasoning: Scalar,
    pub reasoning_options: List<Nested<ReasoningOption>>,
    pub tool_call: Scalar,
    pub structured_output: Scalar,
    pub temperature: Scalar,
    pub knowledge: Scalar,
    pub release_date: Scalar,
    pub last_updated: Scalar,
    pub modalities: Nested<Modalities>,
    pub open_weights: Scalar,
    pub limit: Nested<Limit>,
    pub status: Scalar,
    pub cost: Nested<Cost>,
    pub experimental: Nested<Experimental>,
    pub parameters: Nested<Parameters>,
    pub license: Scalar,
    pub links: List<Nested<Page>>,
    pub weights: List<Nested<Page>>,
    pub benchmarks: List<Nested<Benchmark>>,
}

/// `{"type": "effort", "values": ["low", "high"]}`.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct ReasoningOption {
    pub r#type: Scalar,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Modalities {
    pub input: List<Scalar>,
    pub output: List<Scalar>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Limit {
    pub context: Scalar,
    pub input: Scalar,
    pub output: Scalar,
}

/// Prices in US dollars per 1,000,000 tokens. A tier has the same fields.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Cost {
    pub input: Scalar,
    pub output: Scalar,
    pub reasoning: Scalar,
    pub cache_read: Scalar,
    pub cache_write: Scalar,
    pub input_audio: Scalar,
    pub output_audio: Scalar,
    // Misspelt.
    pub cache_input: Scalar,
    pub cached_input: Scalar,
    pub cached_write: Scalar,
    // Not in the schema, so that nothing says what they count.
    pub image: Scalar,
    pub citation: Scalar,
    pub request: Scalar,
    pub per_minute: Scalar,
    pub tiers: List<Nested<Cost>>,
    pub tier: Nested<Tier>,
    pub context_over_200k: Nested<Cost>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Tier {
    pub r#type: Scalar,
    pub size: Scalar,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Experimental {
    pub modes: Members<Nested<Mode>>,
}

/// Another way of calling the model, and what has to be sent for it.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Mode {
    pub cost: Nested<Cost>,
    pub provider: Nested<Request>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Request {
    pub body: Nested<Body>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Body {
    pub service_tier: Scalar,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Parameters {
    pub total: Scalar,
}

/// A page: of weights, or about the model.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Page {
    pub label: Scalar,
    pub name: Scalar,
    pub title: Scalar,
    pub url: Scalar,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Benchmark {
    pub name: Scalar,
    pub score: Scalar,
    pub metric: Scalar,
    pub harness: Scalar,
    pub variant: Scalar,
    pub dataset: Scalar,
    pub version: Scalar,
    pub source: Scalar,
    pub date: Scalar,
}
