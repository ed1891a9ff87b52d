//! Each rule of the formats, on small answers made by hand.

use serde_json::{Value, json};

use crate::catalog::{
    Catalog, Condition, Endpoint, Item, Model, Price, RateCard, Status, TimeWindow, Weekday,
};
use crate::formats::{Compiled, compile};

fn read(json: &Value) -> Compiled {
    compile(json.to_string().as_bytes()).unwrap()
}

fn list(models: &Value) -> Catalog {
    let compiled = read(&json!({ "data": models }));
    assert_eq!(compiled.format, "openrouter");
    compiled.catalog
}

/// A list of one model with these prices.
fn priced_as(id: &str, makes: &str, pricing: &Value) -> (RateCard, Vec<String>) {
    let architecture = json!({"input_modalities": ["text"], "output_modalities": [makes]});
    let model =
        json!({"id": id, "canonical_slug": id, "architecture": architecture, "pricing": pricing});
    let mut catalog = list(&json!([model]));
    let codes = catalog.problems.into_iter().map(|problem| problem.code).collect();
    (catalog.models.remove(0).prices, codes)
}

fn priced(pricing: &Value) -> (RateCard, Vec<String>) {
    priced_as("a/b", "text", pricing)
}

fn rates(pricing: &Value) -> Value {
    serde_json::to_value(priced(pricing).0.rates).unwrap()
}

fn known(text: &str) -> Price {
    Price::Known(text.parse().unwrap())
}

fn found(catalog: &Catalog) -> Vec<(&str, &str)> {
    let problems = catalog.problems.iter();
    problems.map(|problem| (problem.path.as_str(), problem.code.as_str())).collect()
}

#[test]
fn every_item_has_its_unit() {
    assert_eq!(
        rates(&json!({
            "prompt": "0.0000003", "completion": "0.0000025", "input_cache_read": "0.00000003",
            "input_cache_write": "0.00000008333333333333334", "input_cache_write_1h": "0.0000006",
            "internal_reasoning": "0.0000025", "audio": "0.000001", "audio_output": "0.000064",
            "input_audio_cache": "0.0000001", "image_token": "0.0000005", "image": "0.0001238",
            "image_output": "0.04", "request": "0.005", "web_search": "0.014",
        })),
        json!({
            "input": "0.3", "output": "2.5", "cache_read": "0.03", "cache_write": "0.08333333333333334",
            "cache_write_1h": "0.6", "reasoning": "2.5", "input_audio": "1", "cache_audio_read": "0.1",
            "output_audio": "64", "input_image": "0.5", "image": "0.0001238", "image_output": "0.04",
            "request": "0.005", "web_search": "14",
        })
    );
}

#[test]
fn an_image_that_costs_as_a_prompt_token_is_priced_per_token() {
    let price = |image: &str| rates(&json!({"prompt": "0.0000003", "image": image}));
    assert_eq!(price("0.0000003"), json!({"input": "0.3", "input_image": "0.3"}));
    assert_eq!(price("0.00000030"), json!({"input": "0.3", "input_image": "0.3"}));
    assert_eq!(price("0.001238"), json!({"input": "0.3", "image": "0.001238"}));
    assert_eq!(rates(&json!({"image_output": "0.00004"})), json!({"output_image": "40"}));
    assert_eq!(rates(&json!({"image_output": "0.0002"})), json!({"image_output": "0.0002"}));
}

#[test]
fn a_zero_that_fills_a_field_is_no_price() {
    let (card, problems) = priced(&json!({
        "prompt": "0.000002", "completion": "0.000008", "request": "0", "image": "0",
        "web_search": "0", "internal_reasoning": "0", "image_output": "0", "input_cache_read": "0",
    }));
    let stated: Vec<_> = card.rates.iter().collect();
    assert_eq!(
        stated,
        [(Item::Input, known("2")), (Item::Output, known("8")), (Item::CacheRead, known("0"))]
    );
    assert_eq!(problems, [""; 0]);
}

#[test]
fn a_router_has_a_variable_price() {
    let (card, problems) = priced(&json!({"prompt": "-1", "completion": -1, "request": "-0.5"}));
    assert_eq!(card.price(Item::Input), Price::Variable);
    assert_eq!(card.price(Item::Output), Price::Variable);
    assert_eq!(card.price(Item::Request), Price::Unknown);
    assert_eq!(problems, ["price_implausible"]);
}

#[test]
fn only_a_free_variant_is_free() {
    let zero = json!({"prompt": "0", "completion": "0", "request": "0"});
    let price = |id: &str, makes: &str| {
        let (card, problems) = priced_as(id, makes, &zero);
        (card.price(Item::Input), card.price(Item::Output), problems)
    };
    assert_eq!(price("a/b:free", "text"), (Price::Free, Price::Free, vec![]));
    assert_eq!(price("a/b:free", "audio"), (Price::Free, Price::Free, vec![]));
    assert_eq!(
        price("a/b", "text"),
        (known("0"), known("0"), vec!["zero_not_marked_free".to_owned()])
    );
    assert_eq!(
        price("a/song", "audio"),
        (Price::Unknown, Price::Unknown, vec!["price_elsewhere".to_owned()])
    );
    // An input for nothing beside an image that costs is as stated.
    let image = json!({"prompt": "0", "completion": "0", "image_output": "0.04"});
    assert_eq!(priced_as("a/b", "image", &image).0.price(Item::Input), known("0"));
    // What costs something is not made free by the id.
    let paid = json!({"prompt": "0.000001", "completion": "0"});
    let (card, _) = priced_as("a/b:free", "text", &paid);
    assert_eq!(card.price(Item::Input), known("1"));
    assert_eq!(card.price(Item::Output), Price::Free);
}

#[test]
fn float_noise_odd_values_and_unknown_prices_are_on_record() {
    let (card, problems) = priced(&json!({
        "prompt": "0.00000020000000000000002", "completion": "0.000000999999888",
        "input_cache_read": "", "input_cache_write": null, "audio": "cheap", "image": [1],
        "internal_reasoning": "0.135", "tool_use": "0.0004", "nothing": "0",
    }));
    let stated: Vec<_> = card.rates.iter().collect();
    assert_eq!(stated, [(Item::Input, known("0.2")), (Item::Output, known("0.999999888"))]);
    let mut problems = problems;
    problems.sort();
    assert_eq!(
        problems,
        ["fact_unreadable", "fact_unreadable", "float_noise", "price_implausible", "price_unknown"]
    );
    assert_eq!(priced(&json!([1])).1, ["fact_unreadable"]);
    assert_eq!(priced(&json!(null)).1, [""; 0]);
}

#[test]
fn a_discount_is_told_and_not_taken() {
    let note = |discount: &Value| {
        let (card, _) = priced(&json!({"prompt": "0.000001", "discount": discount}));
        assert_eq!(card.price(Item::Input), known("1"));
        card.note
    };
    assert_eq!(note(&json!(0.25)).unwrap(), "The prices include a discount of 25 %.");
    assert_eq!(note(&json!(-0.1)).unwrap(), "The prices include a markup of 10 %.");
    assert_eq!(note(&json!(0)), None);
}

fn conditions(overrides: &Value) -> (RateCard, Vec<String>) {
    priced(
        &json!({"prompt": "0.000001", "image": "0.000001", "completion": "0.000002", "overrides": overrides}),
    )
}

#[test]
fn tiers_of_context_are_strict() {
    let (card, problems) = conditions(&json!([
        {"min_prompt_tokens": 200_000, "prompt": "0.000002", "image": "0.000002", "internal_reasoning": null},
    ]));
    assert_eq!(problems, [""; 0]);
    let [tier] = card.conditions.as_slice() else { panic!("{:?}", card.conditions) };
    let above = Condition { input_tokens_above: Some(200_000), ..Condition::default() };
    assert_eq!(tier.when, above);
    let stated: Vec<_> = tier.rates.iter().collect();
    assert_eq!(stated, [(Item::Input, known("2")), (Item::InputImage, known("2"))]);
    assert_eq!(card.note, None);
}

#[test]
fn windows_are_half_open_in_utc_and_may_wrap() {
    let (card, problems) = conditions(&json!([
        {"utc_start": 1630, "utc_end": 30, "prompt": "0.0000005"},
        {"utc_start": 30, "utc_end": 0, "utc_days": ["monday", "Sunday"], "prompt": "0.000003"},
        {"utc_days": ["friday"], "completion": "0.000009"},
        {"min_prompt_tokens": 1000, "utc_start": 1200, "utc_end": 2400, "completion": "0.00001"},
    ]));
    assert_eq!(problems, [""; 0]);
    let windows: Vec<_> =
        card.conditions.iter().map(|conditional| conditional.when.windows[0].clone()).collect();
    let window = |start, end, days: &[Weekday]| TimeWindow {
        start,
        end,
        days: days.to_vec(),
        days_utc_offset: 0,
    };
    assert_eq!(
        windows,
        [
            window(990, 30, &[]),
            window(30, 0, &[Weekday::Monday, Weekday::Sunday]),
            window(0, 0, &[Weekday::Friday]),
            window(720, 1_440, &[]),
        ]
    );
    assert_eq!(card.conditions[3].when.input_tokens_above, Some(1_000));
    assert!(card.note.unwrap().contains("the hour in which the list was fetched"));
}

#[test]
fn a_condition_that_cannot_be_read_takes_its_prices_along() {
    for odd in [
        json!({"prompt": "0.000009"}),
        json!({"min_prompt_tokens": "many", "prompt": "0.000009"}),
        json!({"min_prompt_tokens": -1, "prompt": "0.000009"}),
        json!({"min_prompt_tokens": 10.5, "prompt": "0.000009"}),
        json!({"min_prompt_tokens": 10, "min_cached_share": 0.5, "prompt": "0.000009"}),
        json!({"min_prompt_tokens": 10, "regions": ["eu"], "prompt": "0.000009"}),
        json!({"utc_start": 1675, "utc_end": 30, "prompt": "0.000009"}),
        json!({"utc_start": 0, "utc_end": 2401, "prompt": "0.000009"}),
        json!({"utc_days": ["someday"], "prompt": "0.000009"}),
        json!({"utc_days": [], "prompt": "0.000009"}),
        json!(7),
        json!("not-a-dict"),
    ] {
        let (card, problems) = conditions(&json!([odd]));
        assert_eq!(problems, ["condition_unusable"], "{odd}");
        assert_eq!(card.conditions, [], "{odd}");
        assert!(card.note.unwrap().contains("could not be read"));
        assert_eq!(card.rates.get(Item::Input), known("1"));
    }
    let many = vec![json!({"min_prompt_tokens": 1, "prompt": "0.000001"}); 101];
    assert_eq!(conditions(&json!(many)).1, ["condition_unusable"]);
}

#[test]
fn of_overrides_that_match_the_later_wins_per_price() {
    let (card, _) = conditions(&json!([
        {"min_prompt_tokens": 500, "prompt": "0.000005", "completion": "0.000006"},
        {"min_prompt_tokens": 200, "prompt": "0.000003"},
        {"min_prompt_tokens": 900, "prompt": "0.000009"},
    ]));
    let stated: Vec<_> = card
        .conditions
        .iter()
        .map(|conditional| {
            let rates = &conditional.rates;
            (conditional.when.input_tokens_above, rates.get(Item::Input), rates.get(Item::Output))
        })
        .collect();
    assert_eq!(
        stated,
        [
            (Some(500), Price::Unknown, known("6")),
            (Some(200), known("3"), Price::Unknown),
            (Some(900), known("9"), Price::Unknown),
        ]
    );
}

fn whole() -> Value {
    json!({
        "id": "openai/gpt-x", "canonical_slug": "openai/gpt-x-20260101", "name": "OpenAI: GPT-X",
        "created": 1_778_613_011, "description": "See [Y](/openai/gpt-y) and [Z](/z/other). It...",
        "context_length": 4_095, "hugging_face_id": " openai/gpt-oss ",
        "architecture": {"input_modalities": ["text", "image", "text", "smell"], "output_modalities": ["text"],
            "tokenizer": "GPT", "instruct_type": null},
        "top_provider": {"context_length": 4_000, "max_completion_tokens": 4_096, "is_moderated": true},
        "supported_parameters": ["tools", "reasoning"], "knowledge_cutoff": "2025-08-31",
        "expiration_date": "2026-06-01", "reasoning": {"mandatory": true},
        "benchmarks": {"artificial_analysis": {"intelligence_index": 41.5, "coding_index": null},
            "design_arena": [{"arena": "models", "category": "website", "elo": 1200, "win_rate": 60, "rank": 4}]},
        "pricing": {"prompt": "0.00001", "completion": "0.00003"},
    })
}

#[test]
fn a_model_says_what_it_is() {
    let catalog = list(&json!([whole(), {"id": "openai/gpt-y", "pricing": {"prompt": "1e-6"}}]));
    let model = &catalog.models[0];
    assert_eq!(model.id, "openai/gpt-x");
    assert_eq!(model.author.as_deref(), Some("OpenAI"));
    assert_eq!(model.released, None, "the day it was added is not its release");
    assert_eq!((model.context_length, model.max_output), (Some(4_095), Some(4_096)));
    assert_eq!(model.retires.unwrap().to_string(), "2026-06-01");
    assert_eq!(model.status, Status::Deprecated);
    assert_eq!(model.knowledge_cutoff.unwrap().to_string(), "2025-08-31");
    assert_eq!(model.open_weights, Some(true));
    assert_eq!(model.links[0].url, "https://huggingface.co/openai/gpt-oss");
    assert_eq!(model.tokenizer.as_deref(), Some("GPT"));
    assert_eq!(model.features, ["reasoning"]);
    let published = model.published.as_ref().unwrap();
    assert_eq!(published.ability_index, Some(41.5));
    assert_eq!(published.source.as_deref(), Some("artificial-analysis"));
    assert_eq!(model.benchmarks, []);
    let [endpoint] = model.endpoints.as_slice() else { panic!() };
    assert_eq!(endpoint.id, "openrouter/openai/gpt-x");
    assert_eq!((endpoint.context_length, endpoint.max_output), (Some(4_000), Some(4_096)));
    let description = serde_json::to_string(&model.description).unwrap();
    assert!(description.contains(r#""model":{"id":"openai/gpt-y""#), "{description}");
    assert!(description.contains("https://openrouter.ai/z/other"), "{description}");
    let stated = catalog.sources.iter().map(|(key, _)| key).collect::<Vec<_>>();
    assert_eq!(stated, ["artificial-analysis", "openrouter"]);
    assert_eq!(
        found(&catalog),
        [
            ("data[0].top_provider.max_completion_tokens", "output_above_context"),
            ("data[0].description", "description_truncated"),
            ("data[0].architecture.input_modalities", "modality_unknown"),
            ("data[0].hugging_face_id", "spaces_around"),
        ]
    );
}

#[test]
fn every_wrapping_of_the_list_is_read() {
    let model = json!({"id": "a/b", "pricing": {"prompt": "0.000001"}});
    for (wrapped, path) in [
        (json!([model]), "[1]"),
        (json!([model]), "[1]"),
        (json!({"models": [model]}), "models[1]"),
        (json!({"data": [model]}), "data[1]"),
        (json!({"data": [model], "total_count": 2, "links": {"next": null}}), "data[1]"),
    ] {
        let mut wrapped = wrapped;
        let items = match &mut wrapped {
            Value::Array(items) => items,
            Value::Object(fields) => fields.values_mut().find_map(Value::as_array_mut).unwrap(),
            _ => panic!(),
        };
        items.extend([json!(7), json!({"name": "no id"})]);
        let compiled = read(&wrapped);
        assert_eq!(compiled.format, "openrouter");
        assert_eq!(compiled.catalog.models.len(), 1);
        assert_eq!(compiled.catalog.problems[0].path, path);
        assert_eq!(compiled.catalog.problems.len(), 2);
    }
    let paged =
        json!({"data": [model], "total_count": 3, "links": {"next": "/api/v1/models?offset=1"}});
    assert_eq!(found(&read(&paged).catalog), [("links.next", "list_paged")]);
}

#[test]
fn aliases_and_variants_are_models_of_their_own() {
    let ids = ["~openai/gpt-latest", "openai/gpt-x", "openai/gpt-x:free", "openai/gpt-x:thinking"];
    let models: Vec<Value> = ids
        .iter()
        .map(|id| json!({"id": id, "alias_target": {"slug": "openai/gpt-x", "name": "X"}, "pricing": {"prompt": "0.000001"}}))
        .collect();
    let catalog = list(&json!(models));
    let read: Vec<_> = catalog.models.iter().map(|model| model.id.as_str()).collect();
    assert_eq!(read, ids);
    assert_eq!(catalog.problems, []);
}

fn offer(tag: &str, name: &str, prompt: &str) -> Value {
    json!({"name": format!("{name} | m"), "provider_name": name, "tag": tag,
        "pricing": {"prompt": prompt, "completion": prompt}})
}

fn answer(endpoints: &Value) -> Catalog {
    let mut data = whole();
    data.as_object_mut().unwrap().remove("pricing");
    data["endpoints"] = endpoints.clone();
    let compiled = read(&json!({ "data": data }));
    assert_eq!(compiled.format, "openrouter-endpoints");
    compiled.catalog
}

fn only(catalog: &Catalog) -> (&Model, &[Endpoint]) {
    let [model] = catalog.models.as_slice() else { panic!("{}", catalog.models.len()) };
    (model, &model.endpoints)
}

#[test]
fn an_endpoint_says_how_it_serves() {
    let mut azure = offer("azure", "Azure", "0.000001");
    for (key, value) in [
        ("context_length", json!(128_000)),
        ("max_completion_tokens", json!(16_384)),
        ("quantization", json!("fp8")),
        ("status", json!(0)),
        ("uptime_last_30m", json!(99.5)),
        ("uptime_last_1d", json!(98)),
        ("latency_last_30m", json!({"p50": 3446, "p75": 4000, "p90": 5000, "p99": 9000})),
        ("throughput_last_30m", json!({"p50": 45.2, "p99": null})),
    ] {
        azure[key] = value;
    }
    let mut other = offer("deepinfra/fp8", "DeepInfra", "0.000002");
    for (key, value) in [
        ("max_completion_tokens", Value::Null),
        ("quantization", json!("unknown")),
        ("status", json!(-2)),
        ("uptime_last_30m", Value::Null),
        ("uptime_last_1d", json!(97)),
        ("latency_last_30m", Value::Null),
    ] {
        other[key] = value;
    }
    let catalog = answer(&json!([azure, other]));
    let (model, endpoints) = only(&catalog);
    assert_eq!(model.id, "openai/gpt-x");
    let [azure, other] = endpoints else { panic!() };
    assert_eq!((azure.id.as_str(), azure.provider.as_str()), ("azure/openai/gpt-x", "Azure"));
    assert_eq!((azure.context_length, azure.max_output), (Some(128_000), Some(16_384)));
    assert_eq!(azure.quantization.as_deref(), Some("fp8"));
    assert_eq!(azure.uptime, Some(99.5));
    let latency = azure.latency.unwrap();
    assert_eq!((latency.p50, latency.p99), (Some(3446.0), Some(9000.0)));
    assert_eq!(azure.throughput.unwrap().p50, Some(45.2));
    assert_eq!(azure.status, Status::Active);
    assert_eq!(azure.prices.price(Item::Input), known("1"));
    assert_eq!(other.id, "deepinfra/fp8/openai/gpt-x");
    assert_eq!((other.quantization.as_deref(), other.uptime), (None, Some(97.0)));
    assert_eq!((other.latency, other.status), (None, Status::Unavailable));
    assert_eq!(model.prices.note.as_deref(), Some("The price of Azure; others differ."));
}

#[test]
fn the_authors_endpoint_has_the_list_price_and_ids_stay_unique() {
    let mut nameless = offer("", "Some Host", "0.000004");
    nameless["tag"] = Value::Null;
    let catalog = answer(&json!([
        offer("azure", "Azure", "0.000003"),
        offer("openai", "OpenAI", "0.000002"),
        offer("azure", "Azure", "0.000005"),
        nameless,
        {"pricing": {}},
        7,
    ]));
    let (model, endpoints) = only(&catalog);
    assert_eq!(model.prices.price(Item::Input), known("2"));
    assert_eq!(model.name.as_deref(), Some("OpenAI: GPT-X"));
    assert_eq!(model.max_output, Some(4_096));
    let ids: Vec<_> = endpoints.iter().map(|endpoint| endpoint.id.as_str()).collect();
    assert_eq!(
        ids,
        [
            "azure/openai/gpt-x",
            "openai/openai/gpt-x",
            "azure#2/openai/gpt-x",
            "some-host/openai/gpt-x"
        ]
    );
    let codes: Vec<_> = catalog.problems.iter().map(|problem| problem.code.as_str()).collect();
    assert!(codes.contains(&"tag_repeats"));
    assert_eq!(codes.iter().filter(|code| **code == "entry_unreadable").count(), 2);
}

#[test]
fn free_and_paid_endpoints_stand_side_by_side() {
    let catalog = answer(&json!([offer("a", "A", "0"), offer("b", "B", "0.000001")]));
    let (_, endpoints) = only(&catalog);
    assert_eq!(endpoints[0].prices.price(Item::Input), known("0"));
    assert_eq!(endpoints[1].prices.price(Item::Input), known("1"));
}

#[test]
fn a_model_without_endpoints_is_a_model() {
    let catalog = answer(&json!([]));
    let (model, endpoints) = only(&catalog);
    assert_eq!((model.id.as_str(), endpoints.len()), ("openai/gpt-x", 0));
    assert!(compile(br#"{"data": {"id": 7, "endpoints": []}}"#).is_err());
    // Vercel's answer has prices of another meaning.
    let vercel = r#"{"data": {"id": "a/b", "released": 1, "endpoints": []}}"#;
    assert!(compile(vercel.as_bytes()).is_err());
}
