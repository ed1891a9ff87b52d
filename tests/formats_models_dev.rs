//! The snapshot of models.dev, and what becomes of it: each expectation is taken
//! from the JSON by plain access, or typed here from it.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::indexing_slicing)] // a panic is how a test fails

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

use modelcard::catalog::{Catalog, Decimal, Endpoint, Item, Modality, Model, Price, Status};
use modelcard::formats::compile;
use serde_json::Value;

fn shared(name: &str) -> Option<Vec<u8>> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/data").join(name);
    let bytes = fs::read(&path).ok();
    if bytes.is_none() {
        println!("skipped: {name} is absent");
    }
    bytes
}

fn snapshot() -> Option<(Value, Catalog)> {
    let bytes = shared("catalogs/models.dev-api-2026-07-02.json")?;
    let compiled = compile(&bytes).unwrap();
    assert_eq!(compiled.format, "models.dev");
    Some((serde_json::from_slice(&bytes).unwrap(), compiled.catalog))
}

/// Every entry of the source with its provider's key and its own.
fn entries(source: &Value) -> impl Iterator<Item = (&str, &str, &Value)> {
    source.as_object().unwrap().iter().flat_map(|(provider, value)| {
        let models = value["models"].as_object().unwrap();
        models.iter().map(move |(id, model)| (provider.as_str(), id.as_str(), model))
    })
}

fn by_id(catalog: &Catalog) -> BTreeMap<&str, (&Model, &Endpoint)> {
    catalog
        .models
        .iter()
        .flat_map(|model| model.endpoints.iter().map(move |endpoint| (model, endpoint)))
        .map(|(model, endpoint)| (endpoint.id.as_str(), (model, endpoint)))
        .collect()
}

/// The prices in a `cost` object, with those in its tiers and modes.
fn amounts(model: &Value) -> Vec<f64> {
    fn collect(cost: &Value, amounts: &mut Vec<f64>) {
        for (key, value) in cost.as_object().into_iter().flatten() {
            match key.as_str() {
                "image" | "citation" | "request" | "tier" | "context_over_200k" => {}
                "tiers" => value.as_array().unwrap().iter().for_each(|tier| collect(tier, amounts)),
                _ => amounts.extend(value.as_f64()),
            }
        }
    }
    let mut amounts = Vec::new();
    collect(&model["cost"], &mut amounts);
    for mode in model["experimental"]["modes"].as_object().into_iter().flatten() {
        collect(&mode.1["cost"], &mut amounts);
    }
    amounts
}

#[test]
fn every_entry_is_one_endpoint() {
    let Some((source, catalog)) = snapshot() else { return };
    let stated: BTreeSet<String> =
        entries(&source).map(|(provider, id, _)| format!("{provider}/{id}")).collect();
    let endpoints = by_id(&catalog);
    assert_eq!(stated.len(), 5_276);
    assert_eq!(catalog.models.iter().map(|model| model.endpoints.len()).sum::<usize>(), 5_276);
    assert!(stated.iter().all(|id| endpoints.contains_key(id.as_str())));
    let ids: BTreeSet<&str> = catalog.models.iter().map(|model| model.id.as_str()).collect();
    assert_eq!(ids.len(), catalog.models.len());
}

#[test]
fn limits_prices_and_dates_are_those_of_the_source() {
    let Some((source, catalog)) = snapshot() else { return };
    let endpoints = by_id(&catalog);
    for (provider, id, stated) in entries(&source) {
        let (model, endpoint) = endpoints[format!("{provider}/{id}").as_str()];
        assert_eq!(endpoint.provider, source[provider]["name"].as_str().unwrap());
        let limit = |key: &str| stated["limit"][key].as_u64().filter(|tokens| *tokens > 0);
        assert_eq!(endpoint.context_length, limit("context"), "{provider}/{id}");
        assert_eq!(endpoint.max_output, limit("output"), "{provider}/{id}");
        let all_zero = amounts(stated).iter().all(|amount| *amount == 0.0);
        for (item, key) in [
            (Item::Input, "input"),
            (Item::Output, "output"),
            (Item::Reasoning, "reasoning"),
            (Item::CacheRead, "cache_read"),
            (Item::CacheWrite, "cache_write"),
            (Item::InputAudio, "input_audio"),
            (Item::OutputAudio, "output_audio"),
        ] {
            match (endpoint.prices.price(item), stated["cost"][key].as_f64()) {
                (Price::Known(amount), Some(stated)) => {
                    assert!((amount.to_f64() - stated).abs() <= stated * 1e-12, "{provider}/{id}");
                }
                (Price::Known(_), None) => {
                    assert!(matches!(item, Item::CacheRead | Item::CacheWrite), "{provider}/{id}");
                }
                (price, Some(_)) => {
                    assert!(all_zero && price.amount().is_none_or(Decimal::is_zero));
                }
                (price, None) => {
                    let misspelt = stated["cost"]["cached_input"].is_number();
                    assert!(price == Price::Unknown || misspelt && price == Price::Included);
                }
            }
        }
        if model.endpoints.len() == 1 {
            let released = stated["release_date"].as_str().unwrap();
            let shown = model.released.map(|date| date.to_string());
            assert!(shown.as_deref() == Some(released) || released == "2025-25-11");
        }
    }
}

/// What a figure must be, and where the source has it.
fn figure(source: &Value, catalog: &Catalog, id: &str, item: Item, at: &str, expected: &str) {
    let (provider, model) = id.split_once('/').unwrap();
    let number = source[provider]["models"][model].pointer(at).unwrap().as_f64().unwrap();
    let typed: f64 = expected.parse().unwrap();
    assert!((number - typed).abs() < 1e-9, "{id}{at} is {number}");
    let card = &by_id(catalog)[id].1.prices;
    let rates = match at {
        at if at.starts_with("/cost/tiers/1/") => {
            &card.conditions.iter().max_by_key(|c| c.when.input_tokens_above).unwrap().rates
        }
        at if at.starts_with("/cost/tiers/0/") => {
            let tiers = card.conditions.iter().filter(|c| c.when.input_tokens_above.is_some());
            &tiers.min_by_key(|c| c.when.input_tokens_above).unwrap().rates
        }
        at if at.starts_with("/experimental/") => {
            &card.conditions.iter().find(|c| c.when.service_tier.is_some()).unwrap().rates
        }
        _ => &card.rates,
    };
    assert_eq!(rates.get(item).to_string(), expected, "{id}{at}");
}

#[test]
fn known_prices_are_digit_for_digit() {
    let Some((source, catalog)) = snapshot() else { return };
    let mode = "/experimental/modes/fast/cost";
    for (id, item, at, expected) in [
        ("openai/gpt-4o", Item::Input, "/cost/input", "2.5"),
        ("openai/gpt-4o", Item::Output, "/cost/output", "10"),
        ("openai/gpt-4o", Item::CacheRead, "/cost/cache_read", "1.25"),
        ("openai/gpt-5.5", Item::Output, "/cost/output", "30"),
        ("openai/gpt-5.5", Item::Input, "/cost/tiers/0/input", "10"),
        ("openai/gpt-5.5", Item::Output, "/cost/tiers/0/output", "45"),
        ("openai/gpt-5.5", Item::CacheRead, "/cost/tiers/0/cache_read", "1"),
        ("openai/gpt-5.5", Item::Output, &format!("{mode}/output"), "75"),
        ("anthropic/claude-opus-4-8", Item::CacheWrite, "/cost/cache_write", "6.25"),
        ("anthropic/claude-opus-4-8", Item::CacheWrite, &format!("{mode}/cache_write"), "12.5"),
        ("google/gemini-2.5-pro", Item::CacheRead, "/cost/cache_read", "0.125"),
        ("google/gemini-2.5-pro", Item::CacheRead, "/cost/tiers/0/cache_read", "0.25"),
        ("google/gemini-2.5-flash", Item::InputAudio, "/cost/input_audio", "1"),
        ("alibaba/qwen3-omni-flash", Item::InputAudio, "/cost/input_audio", "3.81"),
        ("alibaba/qwen3-omni-flash", Item::OutputAudio, "/cost/output_audio", "15.11"),
        ("alibaba/qwen3-32b", Item::Reasoning, "/cost/reasoning", "8.4"),
        ("deepseek/deepseek-chat", Item::CacheRead, "/cost/cache_read", "0.0028"),
        ("openai/text-embedding-3-small", Item::Output, "/cost/output", "0"),
        ("helicone/gpt-5-nano", Item::Input, "/cost/input", "0.05"),
        ("helicone/gpt-5-nano", Item::Output, "/cost/output", "0.4"),
        ("minimax/MiniMax-M2.1", Item::CacheRead, "/cost/cached_input", "0.03"),
        ("minimax/MiniMax-M2.1", Item::CacheWrite, "/cost/cached_write", "0.375"),
        ("siliconflow/zai-org/GLM-5.1", Item::CacheRead, "/cost/cache_input", "0.26"),
        ("siliconflow/zai-org/GLM-5.1", Item::CacheWrite, "/cost/cache_write", "0"),
    ] {
        figure(&source, &catalog, id, item, at, expected);
    }
}

#[test]
fn known_facts_are_kept() {
    let Some((_, catalog)) = snapshot() else { return };
    let endpoints = by_id(&catalog);
    let (gpt, _) = endpoints["openai/gpt-4o"];
    assert_eq!((gpt.id.as_str(), gpt.name.as_deref()), ("openai/gpt-4o", Some("GPT-4o")));
    assert_eq!(gpt.released.unwrap().to_string(), "2024-05-13");
    assert_eq!(gpt.knowledge_cutoff.unwrap().to_string(), "2023-09");
    assert_eq!((gpt.context_length, gpt.max_output), (Some(128_000), Some(16_384)));
    assert_eq!(gpt.input_modalities, [Modality::Text, Modality::Image, Modality::File]);
    assert_eq!(gpt.output_modalities, [Modality::Text]);
    assert_eq!(gpt.features, ["tools", "structured_outputs", "attachment"]);
    assert_eq!(gpt.supported_parameters, ["temperature"]);
    assert_eq!(gpt.open_weights, Some(false));
    assert_eq!(gpt.links[0].url, "https://platform.openai.com/docs/models");
    let azure: Vec<&str> = gpt.endpoints.iter().map(|endpoint| endpoint.id.as_str()).collect();
    assert!(azure.contains(&"azure/gpt-4o") && azure.contains(&"openrouter/openai/gpt-4o"));

    let thresholds = |id: &str| -> Vec<_> {
        let conditions = endpoints[id].1.prices.conditions.iter();
        conditions
            .map(|c| (c.when.input_tokens_above, c.when.service_tier.as_deref().map(str::to_owned)))
            .collect()
    };
    // Not the 200,000 of `context_over_200k`.
    let priority = || Some("priority".to_owned());
    assert_eq!(thresholds("openai/gpt-5.5"), [(Some(272_000), None), (None, priority())]);
    assert_eq!(thresholds("google/gemini-2.5-pro"), [(Some(200_000), None)]);
    assert_eq!(thresholds("anthropic/claude-opus-4-8"), [(None, Some("fast".to_owned()))]);
    assert_eq!(
        thresholds("aihubmix/doubao-seed-2-0-pro"),
        [(Some(32_000), None), (Some(128_000), None)]
    );
    let input = |id: &str| endpoints[id].1.prices.price(Item::Input);
    assert_eq!(input("openrouter/qwen/qwen3-coder:free"), Price::Free);
    assert_eq!(input("zai-coding-plan/glm-4.7"), Price::Included);
    assert_eq!(input("github-models/xai/grok-3"), Price::Unknown);
    assert_eq!(input("openrouter/google/lyria-3-pro-preview"), Price::Unknown);
    assert_eq!(input("zai/glm-4.5-flash").to_string(), "0");
    assert_eq!(endpoints["poe/google/nano-banana"].1.max_output, None);
    assert_eq!(endpoints["kilo/openrouter/owl-alpha"].1.status, Status::Preview);
    let qwen = endpoints["alibaba/qwen3-32b"].0;
    assert_eq!(qwen.released.unwrap().to_string(), "2025-04");
    assert_eq!(qwen.features, ["reasoning", "tools", "reasoning_toggle", "reasoning_budget"]);
}

/// The days of a stated date: the first and last that it can mean.
fn days(stated: &Value) -> Option<(i64, i64)> {
    let date: modelcard::catalog::Date = stated.as_str()?.parse().ok()?;
    Some((date.days(), date.days() + if date.has_day() { 0 } else { 30 }))
}

#[test]
fn every_quirk_is_on_record() {
    let Some((source, catalog)) = snapshot() else { return };
    let recorded = |code: &str| catalog.problems.iter().filter(|p| p.code == code).count();
    let count =
        |is: &dyn Fn(&Value) -> usize| entries(&source).map(|(_, _, m)| is(m)).sum::<usize>();
    assert!(catalog.problems.len() < 1_000);

    let zeros = count(&|model| {
        ["context", "input", "output"].iter().filter(|key| model["limit"][key] == 0).count()
    });
    assert_eq!(recorded("zero_is_unknown"), zeros);
    let limit = |model: &Value, key: &str| model["limit"][key].as_u64().unwrap_or_default();
    let above = |key: &str| {
        count(&|model| {
            let context = limit(model, "context");
            usize::from(context > 0 && limit(model, key) > context)
        })
    };
    assert_eq!((recorded("output_above_context"), 84), (above("output"), 84));
    assert_eq!((recorded("input_above_context"), 2), (above("input"), 2));
    let names = count(&|model| {
        let name = model["name"].as_str().unwrap();
        usize::from(name != name.trim())
    });
    assert_eq!((recorded("spaces_around"), names), (12, 12));
    let keys =
        |keys: &[&str]| count(&|m| keys.iter().filter(|k| !m["cost"][**k].is_null()).count());
    assert_eq!(recorded("key_misspelt"), keys(&["cache_input", "cached_input", "cached_write"]));
    assert_eq!(recorded("key_misspelt"), 21);
    assert_eq!(recorded("price_unit_unknown"), keys(&["image", "citation", "request"]));
    let disordered = count(&|model| {
        let (released, updated) = (days(&model["release_date"]), days(&model["last_updated"]));
        usize::from(released.zip(updated).is_some_and(|(released, updated)| released.0 > updated.1))
    });
    assert_eq!(recorded("dates_disordered"), disordered);
    // Noise: many digits, with a run of nines or zeros before the last.
    let noise = count(&|model| {
        let noisy = |amount: &f64| {
            let digits: String = amount.to_string().chars().filter(char::is_ascii_digit).collect();
            let digits = digits.trim_start_matches('0');
            digits.len() >= 15 && (digits.contains("99999") || digits.contains("00000"))
        };
        amounts(model).iter().filter(|amount| noisy(amount)).count()
    });
    assert_eq!(recorded("float_noise"), noise);
    assert_eq!(recorded("threshold_rounded"), 0);
    assert_eq!(recorded("entry_unreadable"), 0);
}

#[test]
fn tiers_modes_and_zeros_are_all_read() {
    let Some((source, catalog)) = snapshot() else { return };
    let endpoints = by_id(&catalog);
    let conditions = || endpoints.values().flat_map(|(_, endpoint)| &endpoint.prices.conditions);
    let stated: usize = entries(&source)
        .map(|(_, _, model)| model["cost"]["tiers"].as_array().map_or(0, Vec::len))
        .sum();
    let tiers = conditions().filter(|c| c.when.input_tokens_above.is_some()).count();
    assert_eq!((tiers, stated), (194, 194));
    assert_eq!(conditions().filter(|c| c.when.service_tier.is_some()).count(), 40);

    let (mut missing, mut zeros) = (0, BTreeMap::new());
    for (provider, id, model) in entries(&source) {
        let prices = &endpoints[format!("{provider}/{id}").as_str()].1.prices;
        if model["cost"].is_null() {
            missing += 1;
            assert!(prices.rates.is_empty() && prices.note.is_none());
        } else if amounts(model).iter().all(|amount| *amount == 0.0) {
            let price = prices.price(Item::Input);
            assert_eq!(prices.note.is_some(), matches!(price, Price::Unknown | Price::Known(_)));
            *zeros.entry(price.to_string()).or_insert(0) += 1;
        }
    }
    assert_eq!(missing, 382);
    assert_eq!(zeros.values().sum::<i32>(), 432);
    println!("read for every price 0: {zeros:?}");
}

/// Models that the file keeps apart although providers call them the same: it
/// links some providers' undated names to a dated or preview version, or one
/// version to another.
const LINKED_OTHERWISE: &[&str] = &[
    "anthropic/claude-opus-4-1",
    "anthropic/claude-sonnet-4",
    "anthropic/claude-sonnet-4-5",
    "anthropic/claude-sonnet-4-5-20250929",
    "deepseek-ai/DeepSeek-R1",
    "google/gemini-3.1-flash-lite",
    "google/gemini-3.1-pro",
    "moonshotai/kimi-k2.7-code-highspeed",
];

#[test]
fn endpoints_are_grouped_as_the_projects_own_links_do() {
    let Some((_, catalog)) = snapshot() else { return };
    let Some(bytes) = shared("endpoints_by_model.json") else { return };
    let expected: BTreeMap<String, Vec<Value>> = serde_json::from_slice(&bytes).unwrap();
    let base_of: BTreeMap<String, &str> = expected
        .iter()
        .flat_map(|(base, endpoints)| endpoints.iter().map(move |endpoint| (base, endpoint)))
        .map(|(base, endpoint)| {
            let key = |key: &str| endpoint[key].as_str().unwrap();
            (format!("{}/{}", key("provider_id"), key("endpoint_id")), base.as_str())
        })
        .collect();
    assert_eq!(base_of.len(), 1_521);
    let model_of: BTreeMap<&str, &str> =
        by_id(&catalog).into_iter().map(|(id, (model, _))| (id, model.id.as_str())).collect();

    let linked: Vec<(&str, &str)> =
        base_of.iter().map(|(id, base)| (*base, model_of[id.as_str()])).collect();
    let (mut alike, mut apart, mut joined) = (0, 0, BTreeSet::new());
    for (at, (base, model)) in linked.iter().enumerate() {
        for (other_base, other_model) in &linked[..at] {
            match (base == other_base, model == other_model) {
                (true, true) => alike += 1,
                (true, false) => apart += 1,
                (false, true) => {
                    joined.insert(*model);
                }
                (false, false) => {}
            }
        }
    }
    println!("pairs of one model: {alike} grouped, {apart} left apart");
    assert_eq!(joined.into_iter().collect::<Vec<_>>(), LINKED_OTHERWISE);
    // 2,749 are left apart: names that say more or less than another's, such as
    // `databricks-gpt-5`, `…-FP8`, `…:free`.
    assert!(alike >= 6_188, "{alike}");
}
