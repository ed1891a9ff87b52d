//! Vercel AI Gateway, `GET /v1/models`: `{data: [model, …]}`. Prices are decimal
//! strings in US dollars, per token, per image, per second, and per 1,000 searches.
//!
//! Tiers (`input_tiers: [{cost, min, max}]`) run from `min` on, included, to
//! `max`, excluded, of all input. `released` is the day of release; `created`, on
//! which the model came to the gateway, is not read.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::detect::{Format, Reading};
use super::entry::{Entries, Entry};
use super::facts::Facts;
use super::log::Log;
use super::openrouter::modalities;
use super::root::{self, Root};
use super::scalar::{List, Members, Nested, Scalar};
use super::{Draft, Pace, read_entry};
use crate::catalog::{
    Catalog, CatalogError, Condition, ConditionalRates, Date, Decimal, Description, Endpoint, Item,
    Modality, Model, RateCard, Rates, Source, Status,
};

/// The gateway's list of models.
pub const FORMAT: Format = Format { name: "vercel", fits, read };

/// The key of the source in the catalog.
const SOURCE: &str = "vercel";

/// Where the models stand.
const KEYS: &[&str] = &["data", "models"];

#[derive(Default, Deserialize)]
#[serde(default)]
struct Listed {
    id: Scalar,
    name: Scalar,
    description: Scalar,
    released: Scalar,
    knowledge: Scalar,
    deprecated_at: Scalar,
    context_window: Scalar,
    max_tokens: Scalar,
    r#type: Scalar,
    tags: List<Scalar>,
    modalities: Nested<Modalities>,
    supported_parameters: List<Scalar>,
    pricing: Nested<Pricing>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Modalities {
    input: List<Scalar>,
    output: List<Scalar>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
#[allow(clippy::struct_field_names)] // the gateway's names
struct Pricing {
    input: Scalar,
    output: Scalar,
    input_cache_read: Scalar,
    input_cache_write: Scalar,
    input_tiers: List<Nested<Tier>>,
    output_tiers: List<Nested<Tier>>,
    input_cache_read_tiers: List<Nested<Tier>>,
    input_cache_write_tiers: List<Nested<Tier>>,
    audio_input_token_cost: Scalar,
    audio_output_token_cost: Scalar,
    image: Scalar,
    web_search: Scalar,
    speech_input_character_cost: Scalar,
    transcription_duration_cost_per_second: Scalar,
    service_tiers: Members<Nested<ServiceTier>>,
    fast: Nested<ServiceTier>,
    regional: Members<Scalar>,
    varies_by_provider: Scalar,
    image_dimension_quality_pricing: List<Scalar>,
    video_duration_pricing: List<Scalar>,
    video_token_pricing: Scalar,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Tier {
    cost: Scalar,
    min: Scalar,
    max: Scalar,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct ServiceTier {
    input: Scalar,
    output: Scalar,
    input_cache_read: Scalar,
    input_cache_write: Scalar,
    long_context: Nested<LongContext>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct LongContext {
    threshold: Scalar,
    input: Scalar,
    output: Scalar,
    input_cache_read: Scalar,
    input_cache_write: Scalar,
}

fn fits(root: &Root<'_>) -> bool {
    root.first_items(KEYS).into_iter().any(|item| {
        root::has(item, &["id", "owned_by", "pricing", "type"])
            || root::has(item, &["id", "owned_by", "pricing", "context_window"])
    })
}

fn read<'r>(root: &'r Root<'r>, pace: &'r Pace<'r>) -> Reading<'r> {
    Box::pin(read_paced(root, pace))
}

async fn read_paced(root: &Root<'_>, pace: &Pace<'_>) -> Result<Draft, CatalogError> {
    let mut entries = Entries::default();
    let (key, items) = root.items(KEYS).unwrap_or_default();
    for (index, raw) in items.into_iter().enumerate() {
        let path = format!("{key}[{index}]");
        match read_entry::<Listed>(raw) {
            Ok(listed) => {
                if let Some(entry) = entry(&listed, &path, &mut entries.log) {
                    entries.push(entry);
                }
            }
            Err(fault) => entries.refuse(&path, &fault),
        }
        pace.breathe().await;
    }
    let source = Source {
        name: "Vercel AI Gateway".to_owned(),
        url: Some("https://vercel.com/ai-gateway/models".to_owned()),
        ..Source::default()
    };
    entries.finish(Catalog {
        name: Some("Vercel AI Gateway".to_owned()),
        sources: std::iter::once((SOURCE.to_owned(), source)).collect(),
        ..Catalog::default()
    })
}

fn entry(listed: &Listed, path: &str, log: &mut Log) -> Option<Entry> {
    let mut facts = Facts::new(log, path);
    let Some(id) = facts.text(&listed.id, "id") else {
        log.error("entry_unreadable", path, "no id; the entry is left out");
        return None;
    };
    let retires = milliseconds_day(&listed.deprecated_at, &mut facts);
    let mut model = Model {
        id: id.clone(),
        name: facts.text(&listed.name, "name"),
        description: facts.text(&listed.description, "description").map(Description::Markdown),
        released: facts.unix_day(&listed.released, "released"),
        knowledge_cutoff: facts.date(&listed.knowledge, "knowledge"),
        retires,
        status: if retires.is_some() { Status::Deprecated } else { Status::Active },
        context_length: facts.tokens(&listed.context_window, "context_window"),
        max_output: facts.tokens(&listed.max_tokens, "max_tokens"),
        supported_parameters: listed.supported_parameters.texts().map(str::to_owned).collect(),
        features: features(&listed.tags),
        source: Some(SOURCE.to_owned()),
        ..Model::default()
    };
    if let Some(stated) = listed.modalities.get() {
        let mut facts = facts.inside("modalities");
        model.input_modalities = modalities(&stated.input, &mut facts, "input");
        model.output_modalities = modalities(&stated.output, &mut facts, "output");
    }
    if facts.text(&listed.r#type, "type").as_deref() == Some("embedding") {
        // It states text, of which the embeddings are.
        model.output_modalities = vec![Modality::Embeddings];
    }
    let mut prices = RateCard { source: Some(SOURCE.to_owned()), ..RateCard::default() };
    if let Some(pricing) = listed.pricing.get() {
        card(pricing, &mut prices, &mut facts.inside("pricing"));
    }
    Some(Entry {
        path: path.to_owned(),
        endpoint: Endpoint {
            id: format!("vercel/{id}"),
            provider: "Vercel AI Gateway".to_owned(),
            name: Some(id.clone()),
            context_length: model.context_length,
            max_output: model.max_output,
            prices,
            status: model.status,
            source: Some(SOURCE.to_owned()),
            ..Endpoint::default()
        },
        model,
        provider: "vercel".to_owned(),
        reference: id,
    })
}

/// The day of a Unix time in milliseconds, as `deprecated_at` is.
fn milliseconds_day(value: &Scalar, facts: &mut Facts<'_>) -> Option<Date> {
    let milliseconds = facts.number(value, "deprecated_at")?;
    facts.unix_day(&Scalar::Number((milliseconds / 1_000.0).floor()), "deprecated_at")
}

/// The features that the tags state, by the names that a card knows.
fn features(tags: &List<Scalar>) -> Vec<String> {
    let mut features: Vec<String> = Vec::new();
    for tag in tags.texts().take(MAX_TAGS) {
        let name = match tag {
            "tool-use" => "tools",
            "vision" => "vision",
            "file-input" => "file_input",
            "implicit-caching" | "explicit-caching" => "prompt_caching",
            "image-generation" => "image_output",
            "web-search" => "web_search",
            "structured-output" => "structured_outputs",
            "free" => continue,
            other => other,
        };
        if features.iter().all(|have| have != name) {
            features.push(name.to_owned());
        }
    }
    features
}

/// More tags than any model has.
const MAX_TAGS: usize = 100;

fn card(pricing: &Pricing, card: &mut RateCard, facts: &mut Facts<'_>) {
    let per_token = [
        (Item::Input, &pricing.input, "input"),
        (Item::Output, &pricing.output, "output"),
        (Item::CacheRead, &pricing.input_cache_read, "input_cache_read"),
        (Item::CacheWrite, &pricing.input_cache_write, "input_cache_write"),
        (Item::InputAudio, &pricing.audio_input_token_cost, "audio_input_token_cost"),
        (Item::OutputAudio, &pricing.audio_output_token_cost, "audio_output_token_cost"),
    ];
    set(&per_token, 6, &mut card.rates, facts);
    let character = &pricing.speech_input_character_cost;
    set(
        &[(Item::InputCharacter, character, "speech_input_character_cost")],
        6,
        &mut card.rates,
        facts,
    );
    set(&[(Item::ImageOutput, &pricing.image, "image")], 0, &mut card.rates, facts);
    set(&[(Item::WebSearch, &pricing.web_search, "web_search")], 0, &mut card.rates, facts);
    per_second(pricing, &mut card.rates, facts);

    let mut tiers: BTreeMap<u64, Rates> = BTreeMap::new();
    for (item, list, field) in [
        (Item::Input, &pricing.input_tiers, "input_tiers"),
        (Item::Output, &pricing.output_tiers, "output_tiers"),
        (Item::CacheRead, &pricing.input_cache_read_tiers, "input_cache_read_tiers"),
        (Item::CacheWrite, &pricing.input_cache_write_tiers, "input_cache_write_tiers"),
    ] {
        context_tiers(item, &list.0, field, &mut card.rates, &mut tiers, facts);
    }
    card.conditions = tiers
        .into_iter()
        .map(|(from, rates)| ConditionalRates {
            when: Condition { input_tokens_from: Some(from), ..Condition::default() },
            rates,
        })
        .collect();
    for (name, tier) in &pricing.service_tiers.0 {
        let mut facts = facts.inside("service_tiers");
        service_tier(name, tier, &mut card.conditions, &mut facts.inside(name));
    }
    service_tier("fast", &pricing.fast, &mut card.conditions, &mut facts.inside("fast"));
    notes(pricing, card);
}

fn set(stated: &[(Item, &Scalar, &str)], places: i32, rates: &mut Rates, facts: &mut Facts<'_>) {
    for (item, value, field) in stated {
        if let Some(price) = facts.price(*item, value, field, places) {
            rates.set(*item, price);
        }
    }
}

/// A price per second, as one per hour.
fn per_second(pricing: &Pricing, rates: &mut Rates, facts: &mut Facts<'_>) {
    let field = "transcription_duration_cost_per_second";
    let second = facts.amount(&pricing.transcription_duration_cost_per_second, field);
    let hour = second.and_then(|second| second.checked_mul(Decimal::new(3_600, 0)));
    if let Some(hour) = hour {
        let hour = Scalar::Text(hour.to_string());
        set(&[(Item::InputAudioDuration, &hour, field)], 0, rates, facts);
    }
}

/// Tiers of one item. The lowest is its price where no condition holds.
fn context_tiers(
    item: Item,
    list: &[Nested<Tier>],
    field: &str,
    base: &mut Rates,
    tiers: &mut BTreeMap<u64, Rates>,
    facts: &mut Facts<'_>,
) {
    let mut before: Option<u64> = None;
    for (index, tier) in list.iter().enumerate() {
        let Some(tier) = tier.get() else { continue };
        let mut facts = facts.inside(&format!("{field}[{index}]"));
        let price = facts.price(item, &tier.cost, "cost", 6);
        let from = limit(&tier.min, "min", &mut facts);
        let end = limit(&tier.max, "max", &mut facts);
        // Some tiers begin one token before the one below them ends.
        let from = match (from, before) {
            (Some(from), Some(before)) if before.checked_sub(1) == Some(from) => Some(before),
            _ => from,
        };
        before = end;
        let Some(price) = price else { continue };
        match from.filter(|from| *from > 0) {
            Some(from) => tiers.entry(from).or_default().set(item, price),
            // A price that stands beside the tiers says the same.
            None if base.stated(item).is_none() => base.set(item, price),
            None => {}
        }
    }
}

/// A number of tokens, of which 0 is one.
fn limit(value: &Scalar, field: &str, facts: &mut Facts<'_>) -> Option<u64> {
    if matches!(value, Scalar::Number(number) if *number == 0.0) {
        return Some(0);
    }
    facts.tokens(value, field)
}

fn service_tier(
    name: &str,
    tier: &Nested<ServiceTier>,
    conditions: &mut Vec<ConditionalRates>,
    facts: &mut Facts<'_>,
) {
    let Some(tier) = tier.get() else { return };
    let service_tier = Some(name.to_owned());
    let mut rates = Rates::default();
    let stated = [
        (Item::Input, &tier.input, "input"),
        (Item::Output, &tier.output, "output"),
        (Item::CacheRead, &tier.input_cache_read, "input_cache_read"),
        (Item::CacheWrite, &tier.input_cache_write, "input_cache_write"),
    ];
    set(&stated, 6, &mut rates, facts);
    push(
        Condition { service_tier: service_tier.clone(), ..Condition::default() },
        rates,
        conditions,
    );
    let Some(long) = tier.long_context.get() else { return };
    let mut facts = facts.inside("long_context");
    let Some(above) = facts.tokens(&long.threshold, "threshold") else { return };
    let mut rates = Rates::default();
    let stated = [
        (Item::Input, &long.input, "input"),
        (Item::Output, &long.output, "output"),
        (Item::CacheRead, &long.input_cache_read, "input_cache_read"),
        (Item::CacheWrite, &long.input_cache_write, "input_cache_write"),
    ];
    set(&stated, 6, &mut rates, &mut facts);
    let when = Condition { service_tier, input_tokens_above: Some(above), ..Condition::default() };
    push(when, rates, conditions);
}

fn push(when: Condition, rates: Rates, conditions: &mut Vec<ConditionalRates>) {
    if !rates.is_empty() {
        conditions.push(ConditionalRates { when, rates });
    }
}

/// What no field can say.
fn notes(pricing: &Pricing, card: &mut RateCard) {
    let sized = [&pricing.image_dimension_quality_pricing, &pricing.video_duration_pricing]
        .into_iter()
        .any(|list| !list.0.is_empty())
        || !pricing.video_token_pricing.is_absent();
    let notes: Vec<&str> = [
        (pricing.varies_by_provider.flag() == Some(true), "Prices differ by provider."),
        (!pricing.regional.0.is_empty(), "In some regions other prices hold."),
        (sized, "Images or video are priced by their size and quality; see the source."),
    ]
    .into_iter()
    .filter_map(|(holds, note)| holds.then_some(note))
    .collect();
    if !notes.is_empty() {
        card.note = Some(notes.join(" "));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::{Price, features as shown_features};
    use crate::formats::compile;

    fn catalog(models: &str) -> Catalog {
        let json = format!(r#"{{"object": "list", "data": [{models}]}}"#);
        let compiled = compile(json.as_bytes()).unwrap();
        assert_eq!(compiled.format, "vercel");
        compiled.catalog
    }

    fn known(text: &str) -> Price {
        Price::Known(text.parse().unwrap())
    }

    #[test]
    fn a_language_model_with_tiers() {
        let catalog = catalog(
            r#"{"id": "google/gemini-3-pro", "object": "model", "created": 1755815280,
                "released": 1763424000, "owned_by": "google", "name": "Gemini 3 Pro",
                "description": "For *agents*.", "context_window": 1000000, "max_tokens": 64000,
                "type": "language", "tags": ["file-input", "tool-use", "reasoning", "vision"],
                "modalities": {"input": ["text", "image", "pdf"], "output": ["text"]},
                "knowledge": "2025-01", "supported_parameters": ["tools"],
                "pricing": {
                  "input": "0.000002", "output": "0.000012", "web_search": "14",
                  "input_tiers": [{"cost": "0.000002", "min": 0, "max": 200001}, {"cost": "0.000004", "min": 200001}],
                  "output_tiers": [{"cost": "0.000012", "min": 0, "max": 200001}, {"cost": "0.000018", "min": 200000}],
                  "input_cache_read_tiers": [{"cost": "0.0000002", "max": 200001}, {"cost": "0.0000004", "min": 200001}]
                }}"#,
        );
        assert_eq!(catalog.problems, []);
        let model = &catalog.models[0];
        assert_eq!(model.id, "google/gemini-3-pro");
        assert_eq!(model.released.unwrap().to_string(), "2025-11-18");
        assert_eq!(model.knowledge_cutoff.unwrap().to_string(), "2025-01");
        assert_eq!((model.context_length, model.max_output), (Some(1_000_000), Some(64_000)));
        assert_eq!(model.input_modalities, [Modality::Text, Modality::Image, Modality::File]);
        let labels: Vec<_> =
            shown_features(model).into_iter().map(|feature| feature.label).collect();
        assert_eq!(
            labels,
            [
                "File input",
                "Tool calling",
                "Reasoning",
                "Image input",
                "Prompt caching",
                "Web search"
            ]
        );
        let [endpoint] = model.endpoints.as_slice() else { panic!() };
        assert_eq!(endpoint.id, "vercel/google/gemini-3-pro");
        let card = &model.prices;
        assert_eq!(card.price(Item::Input), known("2"));
        assert_eq!(card.price(Item::Output), known("12"));
        assert_eq!(card.price(Item::CacheRead), known("0.2"));
        assert_eq!(card.price(Item::WebSearch), known("14"));
        let [tier] = card.conditions.as_slice() else { panic!("{:?}", card.conditions) };
        assert_eq!(tier.when.input_tokens_from, Some(200_001));
        assert_eq!(tier.rates.get(Item::Input), known("4"));
        assert_eq!(tier.rates.get(Item::Output), known("18"));
        assert_eq!(tier.rates.get(Item::CacheRead), known("0.4"));
    }

    #[test]
    fn service_tiers_are_conditions() {
        let catalog = catalog(
            r#"{"id": "openai/x", "owned_by": "openai", "type": "language", "deprecated_at": 1767225600000,
                "pricing": {"input": "0.000002", "output": "0.000012", "varies_by_provider": true,
                  "regional": {"eu": {"input": "0.000003"}},
                  "service_tiers": {"flex": {"input": "0.000001", "output": "0.000006",
                    "long_context": {"threshold": 272000, "input": "0.000002"}}},
                  "fast": {"input": "0.000004"}}}"#,
        );
        let model = &catalog.models[0];
        assert_eq!(model.status, Status::Deprecated);
        assert_eq!(model.retires.unwrap().to_string(), "2026-01-01");
        let card = &model.prices;
        let found: Vec<_> = card
            .conditions
            .iter()
            .map(|conditional| {
                let when = &conditional.when;
                (
                    when.service_tier.as_deref(),
                    when.input_tokens_above,
                    conditional.rates.get(Item::Input),
                )
            })
            .collect();
        assert_eq!(
            found,
            [
                (Some("flex"), None, known("1")),
                (Some("flex"), Some(272_000), known("2")),
                (Some("fast"), None, known("4")),
            ]
        );
        assert_eq!(
            card.note.as_deref(),
            Some("Prices differ by provider. In some regions other prices hold.")
        );
    }

    #[test]
    fn other_kinds_of_models_have_other_units() {
        let catalog = catalog(
            r#"{"id": "bfl/flux", "owned_by": "bfl", "type": "image", "pricing": {"image": "0.04"}},
               {"id": "openai/embed", "owned_by": "openai", "type": "embedding", "pricing": {"input": "0.00000002"},
                "modalities": {"input": ["text"], "output": ["text"]}},
               {"id": "openai/whisper", "owned_by": "openai", "type": "transcription",
                "pricing": {"transcription_duration_cost_per_second": "0.0001"}},
               {"id": "openai/tts", "owned_by": "openai", "type": "speech",
                "pricing": {"speech_input_character_cost": "0.000015"}},
               {"id": "perplexity/sonar", "owned_by": "perplexity", "type": "language", "pricing": {}, "context_window": 0}"#,
        );
        let price = |at: usize, item| catalog.models[at].prices.price(item);
        assert_eq!(price(0, Item::ImageOutput), known("0.04"));
        assert_eq!(price(1, Item::Input), known("0.02"));
        assert_eq!(catalog.models[1].output_modalities, [Modality::Embeddings]);
        assert_eq!(price(2, Item::InputAudioDuration), known("0.36"));
        assert_eq!(price(3, Item::InputCharacter), known("15"));
        assert!(catalog.models[4].prices.rates.is_empty());
        let problems: Vec<_> =
            catalog.problems.iter().map(|problem| problem.path.as_str()).collect();
        assert_eq!(problems, ["data[4].context_window"]);
    }
}
