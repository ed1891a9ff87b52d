use serde_json::{Value, json};

use crate::catalog::{
    Catalog, CatalogError, Endpoint, Item, MAX_MODELS, Modality, Model, Price, Status,
};
use crate::formats::compile;

fn read(json: &Value) -> Catalog {
    let compiled = compile(json.to_string().as_bytes()).unwrap();
    assert_eq!(compiled.format, "models.dev");
    compiled.catalog
}

fn provider(key: &str, models: &Value) -> Value {
    json!({"id": key, "name": format!("The {key}"), "env": [], "doc": "https://a.example/docs", "models": models})
}

/// The endpoint of one model of a provider that charges for another.
fn one(model: &Value) -> (Model, Endpoint, Vec<(String, String)>) {
    let mut model = model.clone();
    model["id"] = "m".into();
    let models = json!({"m": model, "other": {"id": "other", "name": "O", "cost": {"input": 1, "output": 1}}});
    let mut catalog = read(&json!({"p": provider("p", &models)}));
    let codes = catalog.problems.iter().map(|p| (p.path.clone(), p.code.clone())).collect();
    let model = catalog.models.remove(0);
    let endpoint = model.endpoints[0].clone();
    assert_eq!(endpoint.id, "p/m");
    (model, endpoint, codes)
}

fn priced(cost: &Value) -> (Endpoint, Vec<(String, String)>) {
    let (_, endpoint, problems) = one(&json!({"name": "M", "cost": cost}));
    (endpoint, problems)
}

fn known(text: &str) -> Price {
    Price::Known(text.parse().unwrap())
}

fn problem(path: &str, code: &str) -> (String, String) {
    (format!("p.models.m{path}"), code.to_owned())
}

#[test]
fn prices_are_per_million_and_missing_ones_unknown() {
    let (endpoint, problems) = priced(
        &json!({"input": 0.399_999_999_999_999_97, "output": 2, "cache_read": 0, "input_audio": "3"}),
    );
    let price = |item| endpoint.prices.price(item);
    assert_eq!((price(Item::Input), price(Item::Output)), (known("0.4"), known("2")));
    assert_eq!((price(Item::CacheRead), price(Item::InputAudio)), (known("0"), known("3")));
    assert_eq!(price(Item::CacheWrite), Price::Unknown);
    assert_eq!(problems, [problem(".cost.input", "float_noise")]);
    assert!(one(&json!({"name": "M"})).1.prices.rates.is_empty());
    let (endpoint, problems) = priced(&json!({"input": -1, "output": 99_999, "reasoning": true}));
    assert!(endpoint.prices.rates.is_empty());
    assert_eq!(problems.len(), 3);
    assert_eq!(priced(&json!([1, 2])).1, [problem(".cost", "fact_unreadable")]);
}

#[test]
fn misspelt_keys_are_read_where_they_mean_one_thing() {
    let (endpoint, problems) =
        priced(&json!({"input": 1, "output": 2, "cached_input": 0.1, "cached_write": 1.25}));
    assert_eq!(endpoint.prices.price(Item::CacheRead), known("0.1"));
    assert_eq!(endpoint.prices.price(Item::CacheWrite), known("1.25"));
    let noted = |field: &str| problem(&format!(".cost.{field}"), "key_misspelt");
    assert_eq!(problems, [noted("cached_input"), noted("cached_write")]);
    let (endpoint, _) = priced(&json!({"input": 1, "output": 2, "cache_input": 0.2}));
    assert_eq!(endpoint.prices.price(Item::CacheRead), known("0.2"));
    // Dearer than input, so perhaps a price for writing; and one that is stated.
    let (endpoint, problems) = priced(&json!({"input": 1, "output": 2, "cache_input": 1.25}));
    assert_eq!(endpoint.prices.price(Item::CacheRead), Price::Unknown);
    assert_eq!(problems, [noted("cache_input")]);
    let (endpoint, _) =
        priced(&json!({"input": 1, "output": 2, "cache_read": 0.5, "cached_input": 0.2}));
    assert_eq!(endpoint.prices.price(Item::CacheRead), known("0.5"));
}

#[test]
fn prices_of_unknown_units_are_left_out() {
    let (endpoint, problems) = priced(
        &json!({"input": 1, "output": 2, "image": 21, "request": 5, "citation": 2, "per_minute": 1}),
    );
    assert_eq!(endpoint.prices.rates.iter().count(), 2);
    assert!(problems.iter().all(|(_, code)| code == "price_unit_unknown"));
    assert_eq!(problems.len(), 4);
}

#[test]
fn tiers_hold_above_their_size_and_replace_the_older_field() {
    let (endpoint, problems) = priced(&json!({
        "input": 1, "output": 2, "cache_read": 0.1,
        "tiers": [
            {"tier": {"size": 272_000}, "input": 2, "output": 3},
            {"tier": {"type": "context", "size": 500_000}, "input": 4},
            {"tier": {"type": "time", "size": 5}, "input": 9},
            {"tier": {"size": 0}, "input": 9}, {"input": 9}, 7,
        ],
        "context_over_200k": {"input": 2, "output": 3},
    }));
    let conditions: Vec<_> = endpoint
        .prices
        .conditions
        .iter()
        .map(|c| (c.when.input_tokens_above, c.rates.get(Item::Input)))
        .collect();
    assert_eq!(conditions, [(Some(272_000), known("2")), (Some(500_000), known("4"))]);
    assert_eq!(endpoint.prices.note, None);
    let codes: Vec<&str> = problems.iter().map(|(_, code)| code.as_str()).collect();
    let bad = "condition_unusable";
    assert_eq!(codes, [bad, "zero_is_unknown", bad, bad, "fact_unreadable"]);

    let (endpoint, problems) =
        priced(&json!({"input": 1, "output": 2, "context_over_200k": {"input": 2, "output": 3}}));
    assert_eq!(endpoint.prices.conditions[0].when.input_tokens_above, Some(200_000));
    assert!(endpoint.prices.note.unwrap().contains("may be higher"));
    assert_eq!(problems, [problem(".cost.context_over_200k", "threshold_rounded")]);
}

#[test]
fn a_mode_is_a_service_tier() {
    let (_, endpoint, _) = one(&json!({
        "name": "M", "cost": {"input": 1, "output": 2},
        "experimental": {"modes": {
            "fast": {"cost": {"input": 3}, "provider": {"body": {"service_tier": "priority"}}},
            "swift": {"cost": {"input": 4, "tiers": [{"tier": {"size": 10}, "input": 5}]}, "provider": {"body": {"speed": "x"}}},
            "plain": {}, "": {"cost": {"input": 6}},
        }},
    }));
    let conditions: Vec<_> = endpoint
        .prices
        .conditions
        .iter()
        .map(|c| (c.when.service_tier.as_deref(), c.when.input_tokens_above))
        .collect();
    assert_eq!(
        conditions,
        [(Some("priority"), None), (Some("swift"), None), (Some("swift"), Some(10))]
    );
}

#[test]
fn zero_for_everything_is_what_can_be_told_of_it() {
    let zero = json!({"input": 0, "output": 0});
    let price = |key: &str, id: &str, model: Value, charges: bool| {
        let mut model = model;
        model["cost"] = zero.clone();
        let other = if charges { json!({"input": 1}) } else { zero.clone() };
        let models = json!({id: model, "x": {"name": "X", "cost": other}});
        let catalog = read(&json!({key: provider(key, &models)}));
        let id = format!("{key}/{id}");
        let model = catalog.models.iter().find(|model| model.id == id).unwrap();
        let card = model.endpoints[0].prices.clone();
        let codes: Vec<String> = catalog.problems.into_iter().map(|p| p.code).collect();
        (card.price(Item::Input), card.note.is_some(), codes.first().cloned())
    };
    let unclear = || Some("zero_is_unclear".to_owned());
    let named = |name: &str| json!({"name": name});
    assert_eq!(price("p", "m:free", named("M"), true), (Price::Free, false, None));
    assert_eq!(price("p", "m", named("M (free)"), true), (Price::Free, false, None));
    assert_eq!(
        price("z-coding-plan", "m", named("M"), false),
        (Price::Included, false, Some("zero_is_included".to_owned()))
    );
    // No price above 0 at all; a router; something else than text.
    assert_eq!(price("p", "m", named("M"), false), (Price::Unknown, true, unclear()));
    assert_eq!(price("p", "x/auto", named("M"), true), (Price::Unknown, true, unclear()));
    let image = json!({"name": "M", "modalities": {"output": ["text", "audio"]}});
    assert_eq!(price("p", "m", image, true), (Price::Unknown, true, unclear()));
    // Else a stated 0 is one.
    assert_eq!(price("p", "m", named("M"), true), (known("0"), true, None));
}

#[test]
fn specifications_keep_what_is_stated() {
    let (model, endpoint, problems) = one(&json!({
        "name": "M ", "release_date": "2025-05", "last_updated": "2025-04-30", "knowledge": "2024-10",
        "attachment": true, "reasoning": true, "tool_call": true, "structured_output": false, "temperature": true,
        "reasoning_options": [{"type": "effort", "values": ["low", null]}, {"type": "toggle"}, {"type": "new"}],
        "modalities": {"input": ["text", "pdf", "image/png", "smell"], "output": ["text"]},
        "open_weights": true, "limit": {"context": 100, "input": 200, "output": 300}, "status": "beta",
    }));
    assert_eq!(model.name.as_deref(), Some("M"));
    assert_eq!(model.released.unwrap().to_string(), "2025-05");
    assert_eq!(model.knowledge_cutoff.unwrap().to_string(), "2024-10");
    assert_eq!(
        model.features,
        ["reasoning", "tools", "attachment", "reasoning_effort", "reasoning_toggle"]
    );
    assert_eq!(model.supported_parameters, ["temperature"]);
    assert_eq!(model.input_modalities, [Modality::Text, Modality::File, Modality::Image]);
    assert_eq!((endpoint.context_length, endpoint.max_output), (Some(100), Some(300)));
    assert_eq!((endpoint.status, model.status), (Status::Preview, Status::Preview));
    assert_eq!(model.open_weights, Some(true));
    assert_eq!(endpoint.provider, "The p");
    assert_eq!(model.links[0].label, "The p documentation");
    assert_eq!(
        problems,
        [
            problem(".modalities.input", "fact_unreadable"),
            problem(".limit.output", "output_above_context"),
            problem(".limit.input", "input_above_context"),
            problem(".release_date", "dates_disordered"),
            problem(".name", "spaces_around"),
        ]
    );
    let (model, _, problems) = one(&json!({"name": "M", "limit": {"context": 0, "output": 0}}));
    assert_eq!((model.context_length, model.max_output), (None, None));
    assert_eq!(problems.len(), 2);
    // Some day of that month may be before.
    let (_, _, problems) =
        one(&json!({"name": "M", "release_date": "2025-05-20", "last_updated": "2025-05"}));
    assert!(problems.is_empty());
}

fn ids(catalog: &Catalog) -> Vec<(&str, Vec<&str>)> {
    catalog
        .models
        .iter()
        .map(|model| (model.id.as_str(), model.endpoints.iter().map(|e| e.id.as_str()).collect()))
        .collect()
}

fn full() -> Value {
    let cost = json!({"input": 1, "output": 2});
    json!({
        "models": {
            "lab/m-1": {"id": "lab/m-1", "name": "M 1", "license": "MIT", "limit": {"context": 1000},
                "weights": [{"label": "Hugging Face", "url": "https://h.example/m"}],
                "parameters": {"total": 7_000_000_000_u64},
                "benchmarks": [
                    {"name": "AIME", "version": "2026", "score": 94.4, "metric": "accuracy", "variant": "no tools", "source": "https://b.example/x", "date": "2026-06-16"},
                    {"name": "SWE", "score": "81.5%", "metric": "Resolve rate"},
                    {"name": "Arena", "score": 1500, "metric": "Elo"},
                    {"name": "F", "score": 0.94, "metric": "accuracy"},
                    {"name": "G", "score": 50},
                ]},
            "openai/gpt-9": {"id": "openai/gpt-9", "name": "GPT-9", "modalities": {"input": ["text"]}},
            "lab/unsold": {"id": "lab/unsold", "name": "Unsold", "release_date": "2026-01"},
        },
        "providers": {
            "shop": provider("shop", &json!({
                "nickname": {"name": "Nick", "canonical_model_id": "lab/m-1", "cost": {"input": 3, "output": 4}},
                "gpt-9": {"name": "GPT-9", "cost": cost, "status": "deprecated"},
                "house": {"name": "House", "cost": cost},
            })),
            "lab": provider("lab", &json!({"m-1": {"name": "M 1", "cost": cost, "status": "deprecated"}})),
        },
    })
}

#[test]
fn offers_stand_with_the_model_that_they_name() {
    let catalog = read(&full());
    assert_eq!(
        ids(&catalog),
        [
            ("lab/m-1", vec!["lab/m-1", "shop/nickname"]),
            ("lab/unsold", vec![]),
            ("openai/gpt-9", vec!["shop/gpt-9"]),
            ("shop/house", vec!["shop/house"]),
        ]
    );
    let model = &catalog.models[0];
    // The author's price and status, and what is said about the model itself.
    assert_eq!(model.prices.price(Item::Input), known("1"));
    assert_eq!(model.status, Status::Deprecated);
    assert_eq!(model.license.as_ref().unwrap().name, "MIT");
    assert_eq!(model.links[0].label, "Weights: Hugging Face");
    assert_eq!(model.parameters.unwrap().count, 7_000_000_000);
    assert_eq!(model.context_length, Some(1000));
    // One seller's retreat says nothing about the model.
    assert_eq!(catalog.models[2].status, Status::Active);
    assert_eq!(catalog.models[2].endpoints[0].status, Status::Deprecated);
    assert_eq!(catalog.models[2].endpoints[0].name.as_deref(), Some("gpt-9"));
}

#[test]
fn benchmark_results_are_shares_of_right_answers() {
    let catalog = read(&full());
    let results = &catalog.models[0].benchmarks;
    let shown: Vec<_> =
        results.iter().map(|result| (result.benchmark.as_str(), result.accuracy)).collect();
    assert_eq!(shown, [("AIME 2026", Some(94.4)), ("SWE", Some(81.5))]);
    assert_eq!(results[0].category.as_deref(), Some("no tools"));
    assert_eq!(results[0].date.unwrap().to_string(), "2026-06-16");
    let source = catalog.sources.get(results[0].source.as_deref().unwrap()).unwrap();
    assert_eq!(
        (source.name.as_str(), source.url.as_deref()),
        ("b.example", Some("https://b.example/x"))
    );
    assert_eq!(results[1].source.as_deref(), Some("models.dev"));
    let paths: Vec<&str> = catalog
        .problems
        .iter()
        .map(|p| p.path.strip_prefix("models.lab/m-1.benchmarks").unwrap())
        .collect();
    assert_eq!(paths, ["[2].metric", "[3].score", "[4].metric"]);
}

#[test]
fn models_alone_are_a_catalog_too() {
    let catalog = read(&full()["models"]);
    assert_eq!(catalog.models.len(), 3);
    assert!(catalog.models.iter().all(|model| model.endpoints.is_empty()));
    assert_eq!(catalog.models[0].id, "lab/m-1");
    assert_eq!(catalog.models[0].prices.price(Item::Input), Price::Unknown);
}

#[test]
fn kinds_of_models_name_their_output() {
    let output = |kind: &str| {
        let modalities = json!({"input": ["text"], "output": ["text"]});
        one(&json!({"name": "M", "type": kind, "modalities": modalities})).0.output_modalities
    };
    assert_eq!(output("embedding"), [Modality::Embeddings]);
    assert_eq!(output("transcription"), [Modality::Transcription]);
    assert_eq!(output("chat"), [Modality::Text]);
}

#[test]
fn what_is_no_entry_is_refused_alone() {
    let long = "k".repeat(super::MAX_KEY + 1);
    let catalog = read(&json!({
        "p": provider("p", &json!({"m": {"name": "M"}, "n": 7, " ": {}, long.clone(): {}})),
        "q": 8,
        "r": {"name": "R"},
        long: provider("l", &json!({"m": {}})),
    }));
    assert_eq!(ids(&catalog), [("p/m", vec!["p/m"])]);
    let mut paths: Vec<&str> = catalog.problems.iter().map(|p| p.path.as_str()).collect();
    paths.sort_unstable();
    let cut = "k".repeat(40);
    let cut_inside = format!("p.models.{cut}");
    assert_eq!(paths, [cut.as_str(), "p.models. ", cut_inside.as_str(), "p.models.n", "q", "r"]);
    let none = compile(json!({"p": provider("p", &json!({}))}).to_string().as_bytes());
    assert!(matches!(none.unwrap_err(), CatalogError::NoModels { .. }));
}

#[test]
fn long_keys_and_names_do_not_multiply() {
    let models: serde_json::Map<String, Value> =
        (0..=MAX_MODELS).map(|n| (n.to_string(), json!({}))).collect();
    let mut hostile = provider("p", &Value::Object(models));
    hostile["name"] = "n".repeat(100_000).into();
    hostile["doc"] = format!("https://a.example/{}", "d".repeat(100_000)).into();
    let catalog = read(&json!({"p": hostile}));
    assert_eq!(catalog.models.len(), MAX_MODELS);
    assert!(catalog.models[0].endpoints[0].provider.len() < 300);
    assert!(catalog.models[0].links.is_empty());
    assert_eq!(catalog.problems[0].code, "too_many_models");
}
