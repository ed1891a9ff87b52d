//! A model: identity, specifications, prices and what is known of its quality.

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

use super::{
    BenchmarkResult, Date, DatedRates, Decimal, Description, Endpoint, Item, Published, RateCard,
    Supplement,
};

/// A model of a catalog.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Model {
    /// `author/model`, unique in the catalog.
    pub id: String,
    /// The name; the id is shown where there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The author's name, as the author writes it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub author: Option<String>,
    /// What the model is, in Markdown (a document tree in a compiled catalog).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<Description>,
    /// Release date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub released: Option<Date>,
    /// The day up to which the training data reach.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub knowledge_cutoff: Option<Date>,
    /// Whether the model can be used.
    #[serde(default, skip_serializing_if = "Status::is_active")]
    pub status: Status,
    /// The day on which the model was or will be switched off.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retires: Option<Date>,
    /// Number of parameters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parameters: Option<ParameterCount>,
    /// Context length in tokens.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub context_length: Option<u64>,
    /// Maximum output in tokens.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_output: Option<u64>,
    /// What the model reads.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub input_modalities: Vec<Modality>,
    /// What the model produces.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub output_modalities: Vec<Modality>,
    /// API parameters that the model accepts, by name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub supported_parameters: Vec<String>,
    /// Features that the source states, by name: `tools`, `structured_outputs`,
    /// `vision`, `prompt_caching`, `reasoning`, `web_search`, …
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub features: Vec<String>,
    /// The tokenizer's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tokenizer: Option<String>,
    /// Whether the weights are published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub open_weights: Option<bool>,
    /// The licence of the weights.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub license: Option<License>,
    /// Pages about the model.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<PageLink>,
    /// The list price: what the author, or the catalog's main source, asks.
    #[serde(default)]
    pub prices: RateCard,
    /// Earlier and announced list prices, oldest first; the last entry that has
    /// begun agrees with `prices`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub price_history: Vec<DatedRates>,
    /// Where the model can be called.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub endpoints: Vec<Endpoint>,
    /// Benchmark results.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub benchmarks: Vec<BenchmarkResult>,
    /// Ratings, percentiles and claims that a source publishes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<Published>,
    /// Facts that other catalogs have filled in; made where catalogs are merged.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub supplements: Vec<Supplement>,
    /// The key of the source of the specifications in the catalog's `sources`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// The day on which that source said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
}

impl Model {
    /// The part of the id before the slash: the author's key in the catalog.
    pub fn author_key(&self) -> &str {
        self.id.split_once('/').map_or("", |(author, _)| author)
    }

    /// The author's name, or its key where the catalog states none.
    pub fn author_name(&self) -> &str {
        let stated = self.author.as_deref().filter(|author| !author.trim().is_empty());
        stated.unwrap_or_else(|| self.author_key())
    }

    /// Whether another model is by the same author: by the keys in their ids, or
    /// where one has none, by the names that the catalog states.
    pub fn is_by_author_of(&self, other: &Self) -> bool {
        match (self.author_key(), other.author_key()) {
            ("", _) | (_, "") => self.author.is_some() && self.author == other.author,
            (key, other) => key == other,
        }
    }
}

/// How many different providers offer these endpoints.
pub fn count_providers(endpoints: &[&Endpoint]) -> usize {
    let new = |at: usize, endpoint: &Endpoint| {
        endpoints.iter().take(at).all(|before| before.provider != endpoint.provider)
    };
    endpoints.iter().enumerate().filter(|(at, endpoint)| new(*at, endpoint)).count()
}

/// The places of the endpoints with the lowest sum of input and output price,
/// where there are several to choose from and they differ. Endpoints that cannot
/// be used, or ask for another currency than the list price, are no choice.
pub fn cheapest_endpoints(endpoints: &[&Endpoint], currency: &str) -> Vec<usize> {
    let mut cheapest = Vec::new();
    let mut lowest: Option<Decimal> = None;
    let mut is_dearer = false;
    for (at, endpoint) in endpoints.iter().enumerate() {
        let prices = &endpoint.prices;
        if endpoint.status == Status::Unavailable || prices.currency() != currency {
            continue;
        }
        let price = |item| prices.price(item).amount();
        let (Some(input), Some(output)) = (price(Item::Input), price(Item::Output)) else {
            continue;
        };
        let Some(sum) = input.checked_add(output) else { continue };
        match lowest.map(|lowest| sum.cmp(&lowest)) {
            Some(Ordering::Greater) => is_dearer = true,
            Some(Ordering::Equal) => cheapest.push(at),
            other => {
                is_dearer |= other.is_some();
                lowest = Some(sum);
                cheapest = vec![at];
            }
        }
    }
    // Where all cost the same, none is the cheapest.
    if is_dearer { cheapest } else { Vec::new() }
}

/// Whether a model or endpoint can be used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// In service.
    #[default]
    Active,
    /// In service as a preview, alpha or beta.
    Preview,
    /// In service, and announced to end.
    Deprecated,
    /// No longer offered.
    Unavailable,
}

impl Status {
    /// Whether this is [`Status::Active`].
    #[allow(clippy::trivially_copy_pass_by_ref)] // the signature that serde asks for
    pub fn is_active(&self) -> bool {
        *self == Self::Active
    }
}

/// A number of parameters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct ParameterCount {
    /// How many.
    pub count: u64,
    /// Whether the author has not said so, and others estimate it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub estimated: bool,
}

/// What a model reads or produces.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum Modality {
    Text,
    Image,
    File,
    Audio,
    Video,
    Embeddings,
    Speech,
    Transcription,
    Rerank,
    Code,
}

impl Modality {
    /// Every modality.
    pub const ALL: [Self; 10] = [
        Self::Text,
        Self::Image,
        Self::File,
        Self::Audio,
        Self::Video,
        Self::Embeddings,
        Self::Speech,
        Self::Transcription,
        Self::Rerank,
        Self::Code,
    ];

    /// The modality in a word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Text => "Text",
            Self::Image => "Image",
            Self::File => "File",
            Self::Audio => "Audio",
            Self::Video => "Video",
            Self::Embeddings => "Embeddings",
            Self::Speech => "Speech",
            Self::Transcription => "Transcription",
            Self::Rerank => "Ranking",
            Self::Code => "Code",
        }
    }
}

/// A licence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct License {
    /// Its name, best as an SPDX identifier.
    pub name: String,
    /// Where it stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

/// A page about a model.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct PageLink {
    /// What it is: `Announcement`, `Documentation`, `Weights`.
    pub label: String,
    /// An `https:` or `http:` URL.
    pub url: String,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Price;

    fn endpoint(input: Option<&str>, output: &str) -> Endpoint {
        let price = |text: &str| Price::Known(text.parse().unwrap());
        let mut rates = crate::catalog::Rates::default();
        if let Some(input) = input {
            rates.set(Item::Input, price(input));
        }
        rates.set(Item::Output, price(output));
        Endpoint { prices: RateCard { rates, ..RateCard::default() }, ..Endpoint::default() }
    }

    #[test]
    fn the_cheapest_endpoint_is_one_with_both_prices_known() {
        let of = |endpoints: Vec<Endpoint>| {
            cheapest_endpoints(&endpoints.iter().collect::<Vec<_>>(), "USD")
        };
        assert_eq!(
            of(vec![endpoint(Some("2"), "8"), endpoint(Some("1"), "8.5"), endpoint(None, "1")]),
            [1]
        );
        assert_eq!(
            of(vec![endpoint(Some("1"), "2"), endpoint(Some("2"), "1"), endpoint(Some("2"), "2")]),
            [0, 1]
        );
        assert_eq!(of(vec![endpoint(Some("1"), "2"), endpoint(Some("1"), "2")]), [0; 0]);
        assert_eq!(of(vec![endpoint(Some("1"), "2")]), [0; 0]);
        let gone = Endpoint { status: Status::Unavailable, ..endpoint(Some("1"), "1") };
        let mut yuan = endpoint(Some("1"), "1");
        yuan.prices.currency = Some("CNY".into());
        let dear = || endpoint(Some("2"), "2");
        assert_eq!(of(vec![gone, yuan, dear(), endpoint(Some("3"), "2")]), [2]);
    }

    #[test]
    fn ids_without_an_author_make_no_family() {
        let model = |id: &str, author: Option<&str>| Model {
            id: id.into(),
            author: author.map(str::to_owned),
            ..Model::default()
        };
        let bare = model("gpt-4o", Some("OpenAI"));
        assert!(!bare.is_by_author_of(&model("claude-3", Some("Anthropic"))));
        assert!(!model("x", None).is_by_author_of(&model("y", None)));
        assert!(bare.is_by_author_of(&model("o3", Some("OpenAI"))));
        assert!(model("a/x", None).is_by_author_of(&model("a/y", Some("A"))));
    }
}
