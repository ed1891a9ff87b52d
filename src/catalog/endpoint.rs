//! Endpoints: where a model can be called, by which provider, at what price.

use serde::{Deserialize, Serialize};

use super::{Date, DatedRates, RateCard, Status};

/// One provider's offer of a model.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Endpoint {
    /// `provider/model`, unique in the catalog.
    pub id: String,
    /// The provider's name, as the provider writes it.
    pub provider: String,
    /// What the provider calls the model in its API.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Context length in tokens.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub context_length: Option<u64>,
    /// Maximum output in tokens.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_output: Option<u64>,
    /// The precision in which the provider runs the weights: `fp8`, `int4`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quantization: Option<String>,
    /// Prices.
    #[serde(default)]
    pub prices: RateCard,
    /// Earlier and announced prices, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub price_history: Vec<DatedRates>,
    /// Share of requests answered, in percent (0–100).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub uptime: Option<f64>,
    /// Time to the first token, in milliseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub latency: Option<Quantiles>,
    /// Output speed, in tokens per second.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub throughput: Option<Quantiles>,
    /// What the provider does with the data.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub data_policy: Option<DataPolicy>,
    /// Whether the endpoint can be used.
    #[serde(default, skip_serializing_if = "Status::is_active")]
    pub status: Status,
    /// The key of the source in the catalog's `sources`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// The day on which the source said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
}

impl Endpoint {
    /// The provider's name, or the endpoint's id where that is blank.
    pub fn provider_name(&self) -> &str {
        if self.provider.trim().is_empty() { &self.id } else { &self.provider }
    }
}

/// Quantiles of a measurement; at least the median is usually known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(default)]
pub struct Quantiles {
    /// The median.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub p50: Option<f64>,
    /// 75 % of the measurements are at most this.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub p75: Option<f64>,
    /// 90 % of the measurements are at most this.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub p90: Option<f64>,
    /// 99 % of the measurements are at most this.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub p99: Option<f64>,
}

/// What a provider does with the data of requests.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(default)]
pub struct DataPolicy {
    /// Whether requests may be used for training.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trains: Option<bool>,
    /// How many days requests are kept; 0 is not at all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retention_days: Option<u32>,
    /// Where the policy stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}
