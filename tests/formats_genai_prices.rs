//! The snapshot of genai-prices through its adapter: nothing is lost, and figures
//! picked by hand are as the source states them.
#![cfg(not(target_arch = "wasm32"))]
// In a test, a panic is how a failure shows.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::path::Path;

use modelcard::catalog::{Catalog, Date, Decimal, Endpoint, Item, Price, Status};
use modelcard::cost::{Moment, Offer, Usage, bill};
use modelcard::formats::compile_on;
use serde_json::{Value, json};

/// The day of the snapshot.
const DAY: &str = "2026-08-21";

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

/// The snapshot, compiled on a day, and as plain JSON.
fn snapshot(today: Option<Date>) -> Option<(Catalog, Value)> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join(format!("../shared/data/catalogs/genai-prices-v2-{DAY}.json"));
    let Ok(bytes) = std::fs::read(&path) else {
        println!("skipped: the snapshot is not at {}", path.display());
        return None;
    };
    let compiled = compile_on(&bytes, today).unwrap();
    assert_eq!(compiled.format, "genai-prices");
    Some((compiled.catalog, serde_json::from_slice(&bytes).unwrap()))
}

fn models(json: &Value) -> impl Iterator<Item = (&str, &Value)> {
    json.as_array().unwrap().iter().flat_map(|provider| {
        let models = provider["models"].as_array().unwrap().iter();
        models.map(|model| (provider["id"].as_str().unwrap(), model))
    })
}

fn endpoint<'c>(catalog: &'c Catalog, id: &str) -> &'c Endpoint {
    let mut endpoints = catalog.models.iter().flat_map(|model| &model.endpoints);
    endpoints.find(|endpoint| endpoint.id == id).unwrap_or_else(|| panic!("no {id}"))
}

fn stated<'j>(json: &'j Value, id: &str) -> &'j Value {
    let (provider, name) = id.split_once('/').unwrap();
    let mut models = models(json).filter(|(key, model)| *key == provider && model["id"] == name);
    models.next().unwrap_or_else(|| panic!("the source has no {id}")).1
}

fn known(text: &str) -> Price {
    Price::Known(text.parse().unwrap())
}

#[test]
fn each_entry_is_one_endpoint() {
    let Some((catalog, json)) = snapshot(Some(day(DAY))) else { return };
    let entries = models(&json).count();
    assert_eq!(entries, 1_466);
    let endpoints: usize = catalog.models.iter().map(|model| model.endpoints.len()).sum();
    assert_eq!(endpoints, entries);
    for (provider, model) in models(&json) {
        let id = format!("{provider}/{}", model["id"].as_str().unwrap());
        let endpoint = endpoint(&catalog, &id);
        assert_eq!(endpoint.context_length, model["context_window"].as_u64(), "{id}");
        let deprecated = model["deprecated"] == true;
        assert_eq!(endpoint.status == Status::Deprecated, deprecated, "{id}");
    }
    assert_eq!(catalog.matching.len(), json.as_array().unwrap().len());
    let named: usize = catalog.matching.iter().map(|provider| provider.endpoints.len()).sum();
    assert_eq!(named, entries);
}

#[test]
fn figures_are_as_the_source_states_them() {
    let Some((catalog, json)) = snapshot(Some(day(DAY))) else { return };
    // The endpoint, the item, its price, and where the source states it.
    let figures = [
        ("openai/gpt-4o", Item::Input, "2.5", "/input_mtok"),
        ("openai/gpt-4o", Item::CacheRead, "1.25", "/cache_read_mtok"),
        ("openai/gpt-4o-mini", Item::Output, "0.6", "/output_mtok"),
        ("openai/o3", Item::Input, "2", "/1/prices/input_mtok"),
        ("openai/gpt-realtime", Item::InputAudio, "32", "/input_audio_mtok"),
        ("openai/gpt-realtime", Item::CacheAudioRead, "0.4", "/cache_audio_read_mtok"),
        ("openai/gpt-realtime", Item::InputImage, "5", "/input_image_mtok"),
        ("anthropic/claude-sonnet-4-5", Item::Input, "3", "/input_mtok/base"),
        ("anthropic/claude-sonnet-4-5", Item::CacheWrite, "3.75", "/cache_write_mtok/base"),
        ("anthropic/claude-sonnet-4-5", Item::CacheWrite1h, "6", "/cache_write_1h_mtok/base"),
        ("anthropic/claude-sonnet-4-5", Item::WebSearch, "10", "/web_searches_kcount"),
        ("anthropic/claude-opus-4-6", Item::Output, "25", "/1/prices/output_mtok"),
        ("google/gemini-2.5-flash", Item::CacheAudioRead, "0.1", "/cache_audio_read_mtok"),
        ("google/gemini-3.6-flash", Item::Input, "0.75", "/0/prices/input_mtok"),
        ("deepseek/deepseek-reasoner", Item::Output, "0.55", "/0/prices/output_mtok"),
        ("perplexity/sonar-deep-research", Item::Reasoning, "3", "/output_reasoning_mtok"),
        ("perplexity/sonar-deep-research", Item::Citation, "2", "/output_citation_mtok"),
        ("aws/amazon.nova-sonic-v1:0", Item::OutputAudio, "13.6", "/output_audio_mtok"),
        (
            "openrouter/google/gemini-2.5-flash-lite",
            Item::CacheWrite,
            "0.08333333333333334",
            "/cache_write_mtok",
        ),
        ("groq/openai/gpt-oss-120b", Item::CacheRead, "0.075", "/cache_read_mtok"),
        ("cohere/command-a", Item::Output, "10", "/output_mtok"),
        ("zhipuai/GLM-4-AirX", Item::Input, "1.379", "/input_mtok"),
        ("voyageai/voyage-01", Item::Input, "0.1", "/input_mtok"),
    ];
    for (id, item, price, path) in figures {
        assert_eq!(endpoint(&catalog, id).prices.price(item), known(price), "{id} {item:?}");
        let source = stated(&json, id)["prices"].pointer(path).unwrap();
        assert_eq!(source.to_string().parse::<Decimal>(), price.parse(), "{id} {path}");
    }
    // Stated for 1,000 requests, and with noise.
    let fee = &stated(&json, "perplexity/sonar-pro")["prices"]["requests_kcount"];
    assert_eq!(fee, 14);
    assert_eq!(
        endpoint(&catalog, "perplexity/sonar-pro").prices.price(Item::Request),
        known("0.014")
    );
    let qwen = "huggingface_together/Qwen/Qwen3-VL-8B-Instruct";
    assert_eq!(stated(&json, qwen)["prices"]["input_mtok"].to_string(), "0.18000000000000002");
    assert_eq!(endpoint(&catalog, qwen).prices.price(Item::Input), known("0.18"));
}

#[test]
fn tiers_and_times_are_conditions() {
    let Some((catalog, json)) = snapshot(Some(day(DAY))) else { return };
    let conditions =
        |id: &str| serde_json::to_value(&endpoint(&catalog, id).prices.conditions).unwrap();
    assert_eq!(
        conditions("google/gemini-2.5-pro"),
        json!([{"when": {"input_tokens_above": 200_000},
            "rates": {"input": "2.5", "output": "15", "cache_read": "0.25"}}])
    );
    assert_eq!(
        conditions("deepseek/deepseek-chat"),
        json!([{"when": {"windows": [{"start": 30, "end": 990}]},
            "rates": {"input": "0.27", "output": "1.1", "cache_read": "0.07"}}])
    );
    assert_eq!(
        conditions("google/gemini-3.6-flash"),
        json!([{"when": {"from": "2027-01-01"},
            "rates": {"input": "1.5", "output": "7.5", "cache_read": "0.15"}}])
    );
    // As many conditional cards as the source has tiers, dates and times.
    let conditional = models(&json)
        .filter(|(_, model)| {
            let prices = &model["prices"];
            prices.is_array() || prices.as_object().unwrap().values().any(Value::is_object)
        })
        .count();
    let endpoints = catalog.models.iter().flat_map(|model| &model.endpoints);
    let ours = endpoints.filter(|endpoint| !endpoint.prices.conditions.is_empty()).count();
    assert_eq!(ours, conditional);
    let dated = models(&json)
        .filter(|(_, model)| model["prices"].to_string().contains("start_date"))
        .count();
    let endpoints = catalog.models.iter().flat_map(|model| &model.endpoints);
    let histories = endpoints.filter(|endpoint| !endpoint.price_history.is_empty()).count();
    // Of two models only the tiers have ended.
    assert_eq!((dated, histories), (13, 11));
}

#[test]
fn nothing_stated_is_free_only_where_the_id_says_so() {
    let Some((catalog, json)) = snapshot(Some(day(DAY))) else { return };
    let empty = |model: &Value| model["prices"].as_object().is_some_and(serde_json::Map::is_empty);
    let by_name = |model: &Value| model["id"].as_str().unwrap().ends_with(":free");
    let (mut free, mut unknown) = (0, 0);
    for (provider, model) in models(&json).filter(|(_, model)| empty(model)) {
        let endpoint = endpoint(&catalog, &format!("{provider}/{}", model["id"].as_str().unwrap()));
        if by_name(model) {
            assert_eq!(endpoint.prices.price(Item::Output), Price::Free);
            free += 1;
        } else {
            assert!(endpoint.prices.rates.is_empty());
            unknown += 1;
        }
    }
    assert_eq!((free, unknown), (148, 9));
}

#[test]
fn every_mend_is_a_problem() {
    let Some((catalog, json)) = snapshot(Some(day(DAY))) else { return };
    let count = |code: &str| catalog.problems.iter().filter(|problem| problem.code == code).count();
    let cached_images =
        models(&json).filter(|(_, model)| model["prices"].get("cache_image_read_mtok").is_some());
    assert_eq!(count("price_without_item"), cached_images.count());
    assert_eq!(count("float_noise"), 1);
    assert_eq!(count("matching_rule_unreadable"), 0);
    let codes = ["price_without_item", "float_noise"];
    let others: Vec<_> =
        catalog.problems.iter().filter(|problem| !codes.contains(&problem.code.as_str())).collect();
    assert!(others.is_empty(), "{others:?}");
}

#[test]
fn facts_beside_prices() {
    let Some((catalog, json)) = snapshot(Some(day(DAY))) else { return };
    let model = |id: &str| catalog.models.iter().find(|model| model.id == id).unwrap();
    let opus = model("anthropic/claude-opus-4-6");
    assert_eq!(opus.name.as_deref(), Some("Claude Opus 4.6"));
    assert_eq!(opus.context_length, Some(200_000));
    assert!(opus.prices.note.as_deref().unwrap().starts_with("One-hour cache writes cost 2x"));
    assert_eq!(opus.links[0].url, "https://www.anthropic.com/pricing#api");
    let endpoints: Vec<&str> = opus.endpoints.iter().map(|endpoint| endpoint.id.as_str()).collect();
    assert_eq!(
        endpoints,
        [
            "anthropic/claude-opus-4-6",
            "aws/global.anthropic.claude-opus-4-6-v1:0",
            "google/claude-opus-4-6",
            "openrouter/anthropic/claude-opus-4.6",
        ]
    );
    assert_eq!(endpoint(&catalog, "aws/openai.gpt-5.6-luna").provider, "AWS Bedrock");
    assert_eq!(model("voyageai/voyage-01").status, Status::Deprecated);
    let deprecated = models(&json).filter(|(_, model)| model["deprecated"] == true).count();
    assert_eq!(deprecated, 8);
    let o3 = &model("openai/o3").price_history;
    let steps: Vec<_> = o3
        .iter()
        .map(|entry| (entry.from.map(|from| from.to_string()), entry.rates.get(Item::Input)))
        .collect();
    assert_eq!(steps, [(None, known("10")), (Some("2025-06-10".to_owned()), known("2"))]);
}

#[test]
fn models_are_found_by_the_sources_own_rules() {
    let Some((catalog, _)) = snapshot(Some(day(DAY))) else { return };
    for (name, id) in [
        ("gpt-4o-2024-08-06", "openai/gpt-4o"),
        ("GPT-4o-mini", "openai/gpt-4o-mini"),
        ("claude-sonnet-4-5-20250929", "anthropic/claude-sonnet-4-5"),
        ("anthropic/claude-opus-4.6-fast", "anthropic/claude-opus-4-6"),
        ("azure/gpt-4o-2024-08-06", "openai/gpt-4o"),
        ("bedrock/us.amazon.nova-lite-v1:0", "aws/amazon.nova-lite-v1:0"),
        ("gemini/gemini-2.5-pro-preview-05-06", "google/gemini-2.5-pro"),
        ("gemini-3.5-flash-001", "google/gemini-3.5-flash"),
        ("gpt-5.6-luna-2026-01-02", "openai/gpt-5.6-luna"),
        ("xai/grok-4", "x-ai/grok-4-0709"),
        ("fireworks/accounts/fireworks/models/deepseek-r1-0528", "fireworks/deepseek-r1-0528"),
        ("huggingface-groq/openai/gpt-oss-120b", "huggingface_groq/openai/gpt-oss-120b"),
    ] {
        let found = catalog.find(name).and_then(|found| found.endpoint);
        assert_eq!(found.map(|endpoint| endpoint.id.as_str()), Some(id), "{name}");
    }
    for name in
        ["gpt5", "no-such-provider/gpt-4o", "openai/claude-3-haiku", "gpt-5.6-luna-2026-1-2"]
    {
        assert!(catalog.find(name).is_none(), "{name}");
    }
}

/// What 1,000,000 tokens of a figure cost.
fn cost(offer: &Offer<'_>, figure: &str, at: &str) -> String {
    let usage = match figure {
        "cache_read_tokens" => json!({"input_tokens": 1_000_000, figure: 1_000_000}),
        _ => json!({figure: 1_000_000}),
    };
    let usage: Usage = serde_json::from_value(usage).unwrap();
    let moment: Moment = at.parse().unwrap();
    bill(offer, &usage, &moment, None).unwrap().total.unwrap().to_string()
}

#[test]
fn bills_are_right_at_any_time_whenever_the_catalog_was_compiled() {
    for today in [None, Some(day("2025-01-01")), Some(day(DAY)), Some(day("2027-06-01"))] {
        let Some((catalog, _)) = snapshot(today) else { return };
        let cost = |id: &str, figure: &str, at: &str| {
            let model = catalog
                .models
                .iter()
                .find(|model| model.endpoints.iter().any(|have| have.id == id));
            cost(&Offer::of_endpoint(model.unwrap(), endpoint(&catalog, id)), figure, at)
        };
        for (id, figure, at, expected) in [
            ("openai/o3", "input_tokens", "2025-06-09T23:59:59Z", "10"),
            ("openai/o3", "input_tokens", "2025-06-10T00:00:00Z", "2"),
            // Above 200,000 tokens, while there were tiers.
            ("anthropic/claude-opus-4-6", "input_tokens", "2026-03-12T12:00Z", "10"),
            ("anthropic/claude-opus-4-6", "input_tokens", "2026-03-13T00:00Z", "5"),
            ("anthropic/claude-opus-4-6", "cache_read_tokens", "2026-03-12T12:00Z", "1"),
            // Above 272,000 tokens, since there are tiers.
            ("aws/openai.gpt-5.6-luna", "input_tokens", "2026-07-29T12:00Z", "1.1"),
            ("aws/openai.gpt-5.6-luna", "input_tokens", "2026-07-30T00:00Z", "0.44"),
            ("google/gemini-3.6-flash", "output_tokens", "2026-12-31T23:59Z", "3.75"),
            ("google/gemini-3.6-flash", "output_tokens", "2027-01-01T00:00Z", "7.5"),
            ("deepseek/deepseek-chat", "output_tokens", "2026-01-01T00:29Z", "0.55"),
            ("deepseek/deepseek-chat", "output_tokens", "2026-01-01T00:30Z", "1.1"),
            ("deepseek/deepseek-chat", "output_tokens", "2026-01-01T16:30Z", "0.55"),
        ] {
            assert_eq!(cost(id, figure, at), expected, "{id} at {at}, compiled on {today:?}");
        }
    }
}

#[test]
fn what_one_set_lacks_does_not_come_from_another() {
    // A cache price, a tier and a fee that end on a date; hours that win over dates.
    let bytes = json!([{"id": "a", "name": "A", "api_pattern": "x", "models": [{"id": "m", "prices": [
        {"prices": {"input_mtok": {"base": 1, "tiers": [{"start": 100, "price": 100}]},
            "cache_read_mtok": 0.5, "output_mtok": 10}},
        {"constraint": {"start_date": "2025-06-10"}, "prices": {"input_mtok": 2, "output_mtok": 20}},
        {"constraint": {"start_time": "16:30:00Z", "end_time": "00:30:00Z"},
            "prices": {"input_mtok": 3, "output_mtok": 30}},
        {"constraint": {"start_date": "2027-01-01", "type": "start_date"},
            "prices": {"input_mtok": 4, "output_mtok": 40, "cache_read_mtok": 1}},
    ]}]}])
    .to_string();
    for today in ["", "2025-01-01", "2025-06-10", "2026-01-01", "2028-01-01"] {
        let today = today.parse().ok();
        let catalog = compile_on(bytes.as_bytes(), today).unwrap().catalog;
        assert_eq!(catalog.problems, []);
        let offer = Offer::of_model(&catalog.models[0]);
        for (figure, at, expected) in [
            ("input_tokens", "2025-06-09T16:29Z", "100"),
            ("cache_read_tokens", "2025-06-09T16:29Z", "0.5"),
            ("output_tokens", "2025-06-09T16:29Z", "10"),
            ("input_tokens", "2025-06-09T16:30Z", "3"),
            ("cache_read_tokens", "2025-06-10T00:29Z", "3"),
            ("input_tokens", "2025-06-10T00:30Z", "2"),
            ("cache_read_tokens", "2025-06-10T00:30Z", "2"),
            ("output_tokens", "2026-12-31T12:00Z", "20"),
            ("output_tokens", "2026-12-31T23:59Z", "30"),
            ("input_tokens", "2027-01-01T00:00Z", "4"),
            ("cache_read_tokens", "2027-01-01T17:00Z", "1"),
        ] {
            assert_eq!(cost(&offer, figure, at), expected, "{figure} at {at}, read on {today:?}");
        }
    }
}
