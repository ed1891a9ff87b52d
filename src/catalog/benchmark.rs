//! Benchmark results, and what a catalog publishes about a model's standing.

use serde::{Deserialize, Serialize};

use super::{Date, Decimal};

/// One run of one benchmark.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct BenchmarkResult {
    /// The benchmark's name. Results are compared within one name.
    pub benchmark: String,
    /// What kind of run it was, such as `Baseline` or the edit format.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
    /// Whether the model reasoned, or with which effort.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reasoning: Option<String>,
    /// Whether the run used a free endpoint.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub free: Option<bool>,
    /// How many tasks were run.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub executions: Option<u64>,
    /// Share of executions that gave a usable answer, in percent (0–100).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub success_rate: Option<f64>,
    /// Share of right answers, in percent (0–100).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accuracy: Option<f64>,
    /// What the whole run cost, in US dollars.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cost: Option<Decimal>,
    /// Seconds per execution.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duration: Option<f64>,
    /// The day of the run.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
    /// The key of the source in the catalog's `sources`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}

/// Ratings, percentiles and claims that a source publishes about a model. They
/// are shown as published, before what is computed here.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(default)]
pub struct Published {
    /// Speed in stars, 1–5.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub speed_stars: Option<u8>,
    /// Ability in stars, 1–5.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ability_stars: Option<u8>,
    /// The source rates models and states that it has no speed rating for this one.
    #[serde(skip_serializing_if = "is_false")]
    pub speed_unrated: bool,
    /// The source rates models and states that it has no ability rating for this one.
    #[serde(skip_serializing_if = "is_false")]
    pub ability_unrated: bool,
    /// The cost tier, such as `$$`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cost_tier: Option<String>,
    /// An index of ability in which more is better, comparable within the catalog.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ability_index: Option<f64>,
    /// Percentiles among the source's own population.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub percentiles: Option<Percentiles>,
    /// What the source claims about benchmark results.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub claims: Vec<Claim>,
    /// The key of the source in the catalog's `sources`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// The day on which the source said so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
}

#[allow(clippy::trivially_copy_pass_by_ref)] // the signature that serde asks for
fn is_false(value: &bool) -> bool {
    !*value
}

/// Percentiles (0–100); 100 is the best.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(default)]
pub struct Percentiles {
    /// Speed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub speed: Option<f64>,
    /// Price; 100 is the cheapest.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub price: Option<f64>,
    /// Ability.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ability: Option<f64>,
    /// Reliability.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reliability: Option<f64>,
}

/// A published claim about one benchmark.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Claim {
    /// The benchmark's name.
    pub benchmark: String,
    /// What is claimed.
    pub claim: ClaimKind,
}

/// What can be claimed about a benchmark result.
#[derive(Default, Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ClaimKind {
    #[default]
    /// The most accurate model of its cost tier.
    MostAccurateAtPrice,
    /// The most accurate among models of similar speed.
    MostAccurateAtSpeed,
}
