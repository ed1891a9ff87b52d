//! `LiteLLM`'s catalog as it was published, against what plain JSON access finds in
//! it: every entry, every price by the token, and figures picked by hand.
#![cfg(not(target_arch = "wasm32"))]
// In a test, a panic is how a failure shows.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use modelcard::catalog::{
    Catalog, Condition, Decimal, Endpoint, Item, Modality, Model, Price, RateCard, Status,
};
use modelcard::formats;
use serde_json::{Map, Value, json};

/// The environment variable with the path of another catalog of this format: the
/// `model_prices.json` of tokencost.
const TOKENCOST: &str = "MODELCARD_TOKENCOST_CATALOG";

struct Read {
    source: Map<String, Value>,
    catalog: Catalog,
}

fn read(path: &Path) -> Option<Read> {
    let Ok(bytes) = fs::read(path) else {
        eprintln!("skipped: there is no {}", path.display());
        return None;
    };
    let compiled = formats::compile(&bytes).unwrap();
    assert_eq!(compiled.format, "litellm");
    let mut source: Map<String, Value> = serde_json::from_slice(&bytes).unwrap();
    source.remove("sample_spec");
    source.remove("fallback_generalizations");
    Some(Read { source, catalog: compiled.catalog })
}

fn snapshot() -> Option<Read> {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/catalogs");
    read(&data.join("litellm-1.98.0.json"))
}

fn tokencost() -> Option<Read> {
    let Some(path) = env::var_os(TOKENCOST) else {
        eprintln!("skipped: {TOKENCOST} is not set");
        return None;
    };
    let path = PathBuf::from(path);
    assert!(path.exists(), "{TOKENCOST} names {}, which does not exist", path.display());
    read(&path)
}

impl Read {
    fn endpoints(&self) -> BTreeMap<&str, (&Model, &Endpoint)> {
        let mut endpoints = BTreeMap::new();
        for model in &self.catalog.models {
            for endpoint in &model.endpoints {
                endpoints.insert(endpoint.id.as_str(), (model, endpoint));
            }
        }
        endpoints
    }

    fn problems(&self, code: &str) -> usize {
        self.catalog.problems.iter().filter(|problem| problem.code == code).count()
    }

    /// The numbers of the source under keys that a test picks.
    fn numbers(&self, pick: impl Fn(&str) -> bool) -> Vec<f64> {
        self.source
            .values()
            .flat_map(|entry| entry.as_object().unwrap())
            .filter(|(key, _)| pick(key))
            .filter_map(|(_, value)| value.as_f64())
            .collect()
    }
}

/// A price by the token, as a source states it, by the million.
fn by_million(value: &Value) -> Option<Decimal> {
    let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    Some(text.parse::<Decimal>().ok()?.without_noise().shifted(6))
}

const BY_TOKEN: &[(&str, Item)] = &[
    ("input_cost_per_token", Item::Input),
    ("output_cost_per_token", Item::Output),
    ("cache_read_input_token_cost", Item::CacheRead),
    ("cache_creation_input_token_cost", Item::CacheWrite),
    ("cache_creation_input_token_cost_above_1hr", Item::CacheWrite1h),
    ("output_cost_per_reasoning_token", Item::Reasoning),
    ("input_cost_per_audio_token", Item::InputAudio),
    ("output_cost_per_audio_token", Item::OutputAudio),
    ("input_cost_per_image_token", Item::InputImage),
    ("output_cost_per_image_token", Item::OutputImage),
];

/// Suffixes of keys, and the conditions that they stand for.
fn suffixes() -> Vec<(String, Condition)> {
    let mut suffixes = Vec::new();
    for (service, tier) in [
        ("", None),
        ("_flex", Some("flex")),
        ("_priority", Some("priority")),
        ("_batches", Some("batch")),
    ] {
        for thousands in [0, 32, 100, 128, 200, 256, 272, 512] {
            let above =
                if thousands == 0 { String::new() } else { format!("_above_{thousands}k_tokens") };
            let when = Condition {
                input_tokens_above: (thousands > 0).then_some(thousands * 1_000),
                service_tier: tier.map(str::to_owned),
                ..Condition::default()
            };
            suffixes.push((format!("{above}{service}"), when));
        }
    }
    suffixes
}

fn under<'c>(card: &'c RateCard, when: &Condition) -> Option<&'c modelcard::catalog::Rates> {
    if *when == Condition::default() {
        return Some(&card.rates);
    }
    card.conditions.iter().find(|rates| rates.when == *when).map(|rates| &rates.rates)
}

/// Every price by the token stands in the catalog, digit for digit, under its
/// condition; the count of those that were compared.
fn compare_prices(read: &Read) -> usize {
    let endpoints = read.endpoints();
    let mut compared = 0;
    for (key, entry) in &read.source {
        let (_, endpoint) = endpoints[key.trim()];
        for (suffix, when) in suffixes() {
            let mut when = when;
            if entry["litellm_provider"] == "xai" {
                when.input_tokens_from = when.input_tokens_above.take();
            }
            for (field, item) in BY_TOKEN {
                let Some(value) = entry.get(format!("{field}{suffix}")) else { continue };
                let amount = by_million(value).unwrap();
                let stated = under(&endpoint.prices, &when).and_then(|rates| rates.stated(*item));
                let expected = (amount <= Decimal::from(1_000)).then_some(Price::Known(amount));
                assert_eq!(stated, expected, "{key}: {field}{suffix}");
                compared += 1;
            }
        }
    }
    compared
}

/// What holds of every catalog of this format.
fn check(read: &Read) {
    let endpoints: usize = read.catalog.models.iter().map(|model| model.endpoints.len()).sum();
    assert_eq!(endpoints, read.source.len());
    let by_id = read.endpoints();
    assert_eq!(by_id.len(), endpoints);
    for (key, entry) in &read.source {
        let (model, endpoint) = by_id[key.as_str()];
        let tokens = |field: &str| entry[field].as_f64().filter(|count| *count > 0.0);
        #[allow(clippy::cast_precision_loss)] // far below 2^53
        let context = endpoint.context_length.map(|tokens| tokens as f64);
        assert_eq!(context, tokens("max_input_tokens"), "{key}");
        #[allow(clippy::cast_precision_loss)] // as above
        let output = endpoint.max_output.map(|tokens| tokens as f64);
        let legacy = entry["max_input_tokens"].is_null() && entry["max_output_tokens"].is_null();
        let field = if legacy { "max_tokens" } else { "max_output_tokens" };
        assert_eq!(output, tokens(field), "{key}");
        let retires = entry["deprecation_date"].as_str();
        assert_eq!(endpoint.status == Status::Deprecated, retires.is_some(), "{key}");
        assert!(!endpoint.provider.is_empty(), "{key}");
        assert!(!model.id.is_empty());
    }

    // Quirks, each with the problems that it must have caused.
    let zeros = read.source.values().filter(|entry| entry["max_input_tokens"] == 0).count()
        + read.source.values().filter(|entry| entry["max_output_tokens"] == 0).count();
    assert_eq!(read.problems("zero_is_unknown"), zeros);
    let impossible = read
        .numbers(|key| BY_TOKEN.iter().any(|(field, _)| *field == key))
        .iter()
        .filter(|price| **price > 0.001)
        .count();
    // Prices for each token of images, under the key for each image.
    let tiny = read.numbers(|key| key == "input_cost_per_image");
    let tiny = tiny.iter().filter(|price| **price > 0.0 && **price < 1e-5).count()
        + read
            .numbers(|key| key == "output_cost_per_image")
            .iter()
            .filter(|price| **price > 0.0 && **price < 1e-3)
            .count();
    assert_eq!(read.problems("price_implausible"), impossible + tiny);
    let noisy = |number: &f64| {
        let digits = |text: &str| text.bytes().filter(u8::is_ascii_digit).count();
        let exact = format!("{number:e}");
        let (mantissa, _) = exact.split_once('e').unwrap();
        let rounded = format!("{number:.11e}");
        let (short, _) = rounded.split_once('e').unwrap();
        digits(mantissa) > 12 && digits(short.trim_end_matches('0')) <= 9
    };
    let costs = read.numbers(|key| key.contains("cost") && !key.contains("_db"));
    assert_eq!(read.problems("float_noise"), costs.iter().filter(|number| noisy(number)).count());
    // Notes of a person, and two addresses in one field.
    let no_page = |source: &&str| !source.starts_with("http") || source.contains(' ');
    let sources = read.source.values().filter_map(|entry| entry["source"].as_str());
    assert_eq!(read.problems("link_refused"), sources.filter(no_page).count());
    for code in ["entry_unreadable", "cost_unknown", "fact_unreadable", "mode_unknown"] {
        assert_eq!(read.problems(code), 0, "{code}");
    }
}

#[test]
fn the_snapshot_is_read_whole() {
    let Some(read) = snapshot() else { return };
    assert_eq!(read.source.len(), 3_038);
    check(&read);
    let compared = compare_prices(&read);
    assert!(compared > 7_000, "{compared}");
    assert_eq!(read.problems("zero_is_unknown"), 25);
    assert_eq!(read.problems("float_noise"), 31);
    let units = |key: &str| {
        let found = read.source.values().filter(|entry| entry.get(key).is_some()).count();
        let effect = format!("\"{key}\" stands there {found} times");
        read.catalog.problems.iter().any(|problem| problem.effect.starts_with(&effect))
    };
    assert!(units("input_dbu_cost_per_token") && units("output_dbu_cost_per_token"));
}

#[test]
fn tokencosts_copy_is_read_whole() {
    let Some(read) = tokencost() else { return };
    check(&read);
    assert!(compare_prices(&read) > 3_000);
}

/// The value at a path (RFC 6901) inside an entry of the source.
fn at<'s>(read: &'s Read, key: &str, path: &str) -> &'s Value {
    read.source[key].pointer(path).unwrap_or(&Value::Null)
}

#[test]
#[allow(clippy::too_many_lines)] // one table
fn prices_picked_by_hand() {
    let Some(read) = snapshot() else { return };
    let endpoints = read.endpoints();
    // The entry, the key of its price and the price there; the item and its price here.
    for (key, path, stated, item, expected) in [
        ("gpt-4o", "/input_cost_per_token", json!(2.5e-6), Item::Input, "2.5"),
        ("gpt-4o", "/cache_read_input_token_cost", json!(1.25e-6), Item::CacheRead, "1.25"),
        ("gpt-4o-mini", "/output_cost_per_token", json!(6e-7), Item::Output, "0.6"),
        (
            "claude-sonnet-4-5-20250929",
            "/cache_creation_input_token_cost",
            json!(3.75e-6),
            Item::CacheWrite,
            "3.75",
        ),
        (
            "claude-sonnet-4-5-20250929",
            "/cache_creation_input_token_cost_above_1hr",
            json!(6e-6),
            Item::CacheWrite1h,
            "6",
        ),
        (
            "claude-opus-4-6",
            "/search_context_cost_per_query/search_context_size_medium",
            json!(0.01),
            Item::WebSearch,
            "10",
        ),
        (
            "perplexity/sonar",
            "/search_context_cost_per_query/search_context_size_medium",
            json!(0.008),
            Item::WebSearch,
            "8",
        ),
        (
            "perplexity/sonar-deep-research",
            "/output_cost_per_reasoning_token",
            json!(3e-6),
            Item::Reasoning,
            "3",
        ),
        (
            "perplexity/sonar-deep-research",
            "/citation_cost_per_token",
            json!(2e-6),
            Item::Citation,
            "2",
        ),
        (
            "gpt-4o-audio-preview",
            "/input_cost_per_audio_token",
            json!(4e-5),
            Item::InputAudio,
            "40",
        ),
        (
            "gpt-4o-audio-preview",
            "/output_cost_per_audio_token",
            json!(8e-5),
            Item::OutputAudio,
            "80",
        ),
        (
            "openrouter/deepseek/deepseek-chat-v3.1",
            "/input_cost_per_token_cache_hit",
            json!(2e-8),
            Item::CacheRead,
            "0.02",
        ),
        (
            "dashscope/qwen3-coder-plus",
            "/tiered_pricing/0/input_cost_per_token",
            json!(1e-6),
            Item::Input,
            "1",
        ),
        ("whisper-1", "/input_cost_per_second", json!(1e-4), Item::AudioDuration, "0.36"),
        (
            "soniox/stt-async-v4",
            "/output_cost_per_second",
            json!(2.77778e-5),
            Item::AudioDuration,
            "0.10000008",
        ),
        (
            "openai/sora-2",
            "/output_cost_per_video_per_second",
            json!(0.1),
            Item::OutputVideoDuration,
            "360",
        ),
        (
            "gemini/veo-3.1-lite-generate-preview",
            "/output_cost_per_second",
            json!(0.05),
            Item::OutputVideoDuration,
            "180",
        ),
        (
            "amazon.nova-2-multimodal-embeddings-v1:0",
            "/input_cost_per_audio_per_second",
            json!(1.4e-4),
            Item::InputAudioDuration,
            "0.504",
        ),
        (
            "amazon.nova-2-multimodal-embeddings-v1:0",
            "/input_cost_per_image",
            json!(6e-5),
            Item::Image,
            "0.00006",
        ),
        ("dall-e-3", "/input_cost_per_image", json!(0.04), Item::ImageOutput, "0.04"),
        ("1024-x-1024/dall-e-2", "/input_cost_per_pixel", json!(1.9e-8), Item::OutputPixel, "19"),
        ("mistral/mistral-ocr-latest", "/ocr_cost_per_page", json!(0.004), Item::Page, "4"),
        (
            "azure/speech/azure-tts",
            "/input_cost_per_character",
            json!(1.5e-5),
            Item::InputCharacter,
            "15",
        ),
        (
            "azure_ai/cohere-rerank-v3-english",
            "/input_cost_per_query",
            json!(0.002),
            Item::Request,
            "0.002",
        ),
        ("serper/search", "/input_cost_per_query", json!(0.001), Item::WebSearch, "1"),
        ("text-embedding-3-small", "/output_cost_per_token", json!(0.0), Item::Output, "0"),
    ] {
        assert_eq!(*at(&read, key, path), stated, "{key}{path}");
        let (_, endpoint) = endpoints[key];
        let price = Price::Known(expected.parse().unwrap());
        assert_eq!(endpoint.prices.price(item), price, "{key}{path}");
    }
}

#[test]
fn conditions_picked_by_hand() {
    let Some(read) = snapshot() else { return };
    let endpoints = read.endpoints();
    let service =
        |tier: &str| Condition { service_tier: Some(tier.into()), ..Condition::default() };
    let above = |tokens| Condition { input_tokens_above: Some(tokens), ..Condition::default() };
    let from = Condition { input_tokens_from: Some(128_000), ..Condition::default() };
    let both = |tokens, tier: &str| Condition { service_tier: Some(tier.into()), ..above(tokens) };
    for (key, path, stated, when, item, expected) in [
        ("gpt-4o", "/output_cost_per_token_batches", 5e-6, service("batch"), Item::Output, "5"),
        (
            "gpt-4o",
            "/cache_read_input_token_cost_priority",
            2.125e-6,
            service("priority"),
            Item::CacheRead,
            "2.125",
        ),
        (
            "claude-sonnet-4-5-20250929",
            "/output_cost_per_token_above_200k_tokens",
            2.25e-5,
            above(200_000),
            Item::Output,
            "22.5",
        ),
        (
            "claude-sonnet-4-5-20250929",
            "/cache_creation_input_token_cost_above_1hr_above_200k_tokens",
            1.2e-5,
            above(200_000),
            Item::CacheWrite1h,
            "12",
        ),
        (
            "gemini-3-pro-preview",
            "/output_cost_per_token_above_200k_tokens_priority",
            3.24e-5,
            both(200_000, "priority"),
            Item::Output,
            "32.4",
        ),
        (
            "gpt-5.6",
            "/cache_creation_input_token_cost_above_272k_tokens_flex",
            6.25e-6,
            both(272_000, "flex"),
            Item::CacheWrite,
            "6.25",
        ),
        (
            "minimax/MiniMax-M3",
            "/cache_read_input_token_cost_above_512k_tokens",
            1.2e-7,
            above(512_000),
            Item::CacheRead,
            "0.12",
        ),
        (
            "xai/grok-4-fast-reasoning",
            "/input_cost_per_token_above_128k_tokens",
            4e-7,
            from,
            Item::Input,
            "0.4",
        ),
        (
            "dashscope/qwen3-coder-plus",
            "/tiered_pricing/3/output_cost_per_token",
            6e-5,
            above(256_000),
            Item::Output,
            "60",
        ),
    ] {
        assert_eq!(*at(&read, key, path), json!(stated), "{key}{path}");
        let rates = under(&endpoints[key].1.prices, &when).expect(key);
        assert_eq!(rates.get(item), Price::Known(expected.parse().unwrap()), "{key}{path}");
    }
}

#[test]
fn facts_picked_by_hand() {
    let Some(read) = snapshot() else { return };
    let endpoints = read.endpoints();
    let (grok, offer) = endpoints["xai/grok-4-fast-reasoning"];
    assert_eq!(*at(&read, "xai/grok-4-fast-reasoning", "/max_input_tokens"), json!(2_000_000.0));
    assert_eq!((offer.context_length, offer.max_output), (Some(2_000_000), Some(2_000_000)));
    assert_eq!(*at(&read, "xai/grok-4-fast-reasoning", "/deprecation_date"), json!("2026-05-15"));
    assert_eq!(grok.retires.unwrap().to_string(), "2026-05-15");
    assert_eq!(grok.links[0].url, *at(&read, "xai/grok-4-fast-reasoning", "/source"));

    let (gpt, offer) = endpoints["azure/eu/gpt-4o-2024-08-06"];
    assert_eq!(gpt.id, "gpt-4o-2024-08-06");
    assert_eq!((gpt.author.as_deref(), offer.provider.as_str()), (Some("OpenAI"), "Azure OpenAI"));
    assert!(
        gpt.endpoints.iter().any(|other| other.id == "azure/global-standard/gpt-4o-2024-08-06")
    );
    let (claude, _) = endpoints["bedrock/us-gov-west-1/anthropic.claude-3-5-sonnet-20240620-v1:0"];
    assert!(
        claude.endpoints.iter().any(|other| other.id == "vertex_ai/claude-3-5-sonnet@20240620")
    );
    // Each size and quality of images is a model of its own; so is each search.
    assert_eq!(endpoints["high/1024-x-1024/gpt-image-1"].0.endpoints.len(), 1);
    assert_eq!(endpoints["perplexity/search"].0.endpoints.len(), 1);
    // Perplexity sells models of others, and is not their author.
    let (llama, _) = endpoints["perplexity/llama-3.1-70b-instruct"];
    assert_ne!(llama.author.as_deref(), Some("Perplexity"));

    let (model, _) = endpoints["gpt-4o-audio-preview"];
    assert_eq!(model.input_modalities, [Modality::Text, Modality::Audio]);
    assert_eq!(model.output_modalities, [Modality::Text, Modality::Audio]);
    assert_eq!(*at(&read, "gpt-4o-audio-preview", "/supports_audio_output"), json!(true));
    let (embedding, _) = endpoints["text-embedding-3-small"];
    assert_eq!(embedding.output_modalities, [Modality::Embeddings]);
    let (whisper, _) = endpoints["whisper-1"];
    assert_eq!(whisper.output_modalities, [Modality::Transcription]);
    let (claude, offer) = endpoints["claude-opus-4-6"];
    assert!(claude.features.iter().any(|feature| feature == "reasoning"));
    assert!(claude.supported_parameters.iter().any(|parameter| parameter == "tools"));
    assert_eq!(*at(&read, "claude-opus-4-6", "/provider_specific_entry/fast"), json!(6.0));
    assert_eq!(
        offer.prices.note.as_deref(),
        Some(
            "Processing in the US alone costs 1.1 times as much. Fast mode costs 6 times as much."
        )
    );
    let (_, ocr) = endpoints["mistral/mistral-ocr-latest"];
    assert_eq!(ocr.prices.note.as_deref(), Some("Annotation: $5 per 1,000 pages."));
    let (_, sonar) = endpoints["perplexity/sonar"];
    let note = "1,000 web searches at medium context size; $5 at low, $12 at high.";
    assert_eq!(sonar.prices.note.as_deref(), Some(note));
    // $55,000 for a million tokens is no price.
    let (_, wandb) = endpoints["wandb/zai-org/GLM-4.5"];
    assert_eq!(*at(&read, "wandb/zai-org/GLM-4.5", "/input_cost_per_token"), json!(0.055));
    assert_eq!(wandb.prices.price(Item::Input), Price::Unknown);
}

/// Many entries, and one entry of very many parts, cost time in proportion.
#[test]
fn time_grows_with_the_size() {
    let entries = |count: usize| {
        let members: Vec<String> = (0..count)
            .map(|n| format!(r#""p/m{n}":{{"litellm_provider":"p","supports_x{n}":true,"input_cost_per_{n}":1}}"#))
            .collect();
        format!("{{{}}}", members.join(","))
    };
    let keys = |count: usize| {
        let members: Vec<String> = (0..count)
            .map(|n| {
                format!(r#""supports_a{n}":true,"input_cost_per_token_above_{n}k_tokens":1e-6,"x_cost_{n}":1"#)
            })
            .collect();
        format!(r#"{{"a":{{"litellm_provider":"p",{}}}}}"#, members.join(","))
    };
    let seconds = |json: &str| {
        let start = Instant::now();
        formats::compile(json.as_bytes()).unwrap();
        start.elapsed().as_secs_f64()
    };
    for (name, catalog) in [("entries", &entries as &dyn Fn(usize) -> String), ("keys", &keys)] {
        // The machine may be busy: the shortest time of several counts.
        let shortest = |count| {
            let catalog = catalog(count);
            (0..3).map(|_| seconds(&catalog)).fold(f64::INFINITY, f64::min)
        };
        let (small, large) = (shortest(4_000), shortest(32_000));
        // 8 times as much in linear time, 64 times in quadratic.
        assert!(large < 30.0 * small.max(0.02), "{name}: {small} s, then {large} s");
    }
}
