//! Real lists of `OpenRouter`'s models, read and compared with what stands in them.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::indexing_slicing)] // a panic is how a test fails

use std::collections::{BTreeMap, BTreeSet};

use modelcard::catalog::{Block, Catalog, Description, Item, Modality, Model, Price, Status};
use modelcard::formats::compile;
use serde_json::Value;

const EARLIER: &str = "openrouter-models-2026-03-04.json";
const LATER: &str = "openrouter-models-2026-05-15.json";

/// A stored list: the catalog it becomes, and the list itself.
fn stored(name: &str) -> Option<(Catalog, Vec<Value>)> {
    let path = format!("{}/../shared/data/catalogs/{name}", env!("CARGO_MANIFEST_DIR"));
    let Ok(bytes) = std::fs::read(&path) else {
        println!("skipped: there is no {name}");
        return None;
    };
    let compiled = compile(&bytes).unwrap();
    assert_eq!(compiled.format, "openrouter");
    let list: Value = serde_json::from_slice(&bytes).unwrap();
    Some((compiled.catalog, list["data"].as_array().unwrap().clone()))
}

fn model<'a>(catalog: &'a Catalog, id: &str) -> &'a Model {
    catalog.models.iter().find(|model| model.id == id).unwrap_or_else(|| panic!("no {id}"))
}

fn source<'a>(list: &'a [Value], id: &str) -> &'a Value {
    list.iter().find(|model| model["id"] == id).unwrap_or_else(|| panic!("no {id}"))
}

fn known(text: &str) -> Price {
    Price::Known(text.parse().unwrap())
}

fn count(catalog: &Catalog, code: &str) -> usize {
    catalog.problems.iter().filter(|problem| problem.code == code).count()
}

/// A decimal with its point moved to the right, digit by digit: no code of the
/// library takes part.
fn exact(text: &str, places: usize) -> String {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let mut digits = format!("{whole}{fraction:0<places$}");
    let point = whole.len() + places;
    if digits.len() > point {
        digits.insert(point, '.');
        digits.truncate(digits.trim_end_matches('0').trim_end_matches('.').len());
    }
    let bare = digits.trim_start_matches('0');
    if bare.is_empty() || bare.starts_with('.') { format!("0{bare}") } else { bare.to_owned() }
}

#[test]
fn moves_the_point_of_a_decimal() {
    for (text, places, moved) in [
        ("0.00000015", 6, "0.15"),
        ("0.000003", 6, "3"),
        ("0.00015", 6, "150"),
        ("0.014", 3, "14"),
        ("0", 6, "0"),
        ("0.000000075", 6, "0.075"),
        ("1", 6, "1000000"),
    ] {
        assert_eq!(exact(text, places), moved);
    }
}

#[test]
fn every_entry_is_a_model_with_one_endpoint() {
    for (name, entries) in [(EARLIER, 342), (LATER, 364)] {
        let Some((catalog, list)) = stored(name) else { return };
        assert_eq!(list.len(), entries);
        let endpoints: usize = catalog.models.iter().map(|model| model.endpoints.len()).sum();
        assert_eq!(endpoints, entries);
        let ids: BTreeSet<&str> = catalog.models.iter().map(|model| model.id.as_str()).collect();
        let stated: BTreeSet<&str> =
            list.iter().map(|model| model["id"].as_str().unwrap()).collect();
        assert_eq!(ids, stated);
        for model in &catalog.models {
            assert_eq!(model.endpoints[0].id, format!("openrouter/{}", model.id));
            assert_eq!(model.endpoints[0].prices, model.prices);
        }
    }
}

#[test]
fn every_price_is_the_one_that_stands_there() {
    let items = [
        ("prompt", Item::Input, 6),
        ("completion", Item::Output, 6),
        ("input_cache_read", Item::CacheRead, 6),
        ("input_cache_write", Item::CacheWrite, 6),
        ("internal_reasoning", Item::Reasoning, 6),
        ("audio", Item::InputAudio, 6),
        ("image", Item::InputImage, 6),
        ("web_search", Item::WebSearch, 3),
        ("request", Item::Request, 0),
    ];
    let mut compared = 0;
    for name in [EARLIER, LATER] {
        let Some((catalog, list)) = stored(name) else { return };
        for entry in &list {
            let model = model(&catalog, entry["id"].as_str().unwrap());
            let pricing = entry["pricing"].as_object().unwrap();
            for key in pricing.keys() {
                assert!(items.iter().any(|(known, ..)| known == key), "{key}");
            }
            for (key, item, places) in items {
                let price = model.prices.price(item);
                let at = format!("{} {key} {price:?}", model.id);
                match pricing.get(key).and_then(Value::as_str) {
                    None => assert_eq!(price, Price::Unknown, "{at}"),
                    Some("-1") => assert_eq!(price, Price::Variable, "{at}"),
                    Some("0") if key != "prompt" && key != "completion" => {
                        assert_eq!(price, Price::Unknown, "{at}");
                    }
                    Some("0") if model.id.ends_with(":free") => {
                        assert_eq!(price, Price::Free, "{at}");
                    }
                    Some("0") if model.id.starts_with("google/lyria-") => {
                        assert_eq!(price, Price::Unknown, "{at}");
                    }
                    Some("0.00000020000000000000002") => assert_eq!(price, known("0.2"), "{at}"),
                    Some(text) => {
                        assert_eq!(price.to_string(), exact(text, places), "{at}");
                        compared += 1;
                    }
                }
            }
            assert_eq!(model.prices.price(Item::Image), Price::Unknown);
        }
    }
    assert!(compared > 1_800, "{compared}");
}

#[test]
fn the_figures_of_well_known_models() {
    let Some((catalog, list)) = stored(LATER) else { return };
    for (id, key, stated, item, price) in [
        ("openai/gpt-4o-mini", "prompt", "0.00000015", Item::Input, "0.15"),
        ("openai/gpt-4o-mini", "completion", "0.0000006", Item::Output, "0.6"),
        ("openai/gpt-4o-mini", "input_cache_read", "0.000000075", Item::CacheRead, "0.075"),
        ("anthropic/claude-opus-4.7", "prompt", "0.000005", Item::Input, "5"),
        ("anthropic/claude-opus-4.7", "input_cache_write", "0.00000625", Item::CacheWrite, "6.25"),
        ("anthropic/claude-opus-4.7", "web_search", "0.01", Item::WebSearch, "10"),
        ("google/gemini-2.5-pro", "internal_reasoning", "0.00001", Item::Reasoning, "10"),
        ("google/gemini-2.5-pro", "image", "0.00000125", Item::InputImage, "1.25"),
        ("google/gemini-2.5-pro", "web_search", "0.014", Item::WebSearch, "14"),
        ("google/gemini-2.5-flash", "audio", "0.000001", Item::InputAudio, "1"),
        (
            "google/gemini-2.5-flash",
            "input_cache_write",
            "0.00000008333333333333334",
            Item::CacheWrite,
            "0.08333333333333334",
        ),
        ("openai/gpt-audio", "audio", "0.000032", Item::InputAudio, "32"),
        ("perplexity/sonar-deep-research", "internal_reasoning", "0.000003", Item::Reasoning, "3"),
        ("perplexity/sonar-deep-research", "completion", "0.000008", Item::Output, "8"),
        ("deepseek/deepseek-chat-v3.1", "input_cache_read", "0.00000013", Item::CacheRead, "0.13"),
        ("x-ai/grok-4", "input_cache_read", "0.00000075", Item::CacheRead, "0.75"),
        ("~openai/gpt-latest", "completion", "0.00003", Item::Output, "30"),
        ("cohere/command-a", "prompt", "0.0000025", Item::Input, "2.5"),
    ] {
        assert_eq!(source(&list, id)["pricing"][key], stated, "{id} {key}");
        assert_eq!(model(&catalog, id).prices.price(item), known(price), "{id} {key}");
    }
    for (id, context, output) in [
        ("openai/gpt-4o-mini", 128_000, Some(16_384)),
        ("google/gemini-2.5-flash", 1_048_576, Some(65_535)),
        ("mistralai/mistral-7b-instruct-v0.1", 2_824, None),
        ("openai/gpt-3.5-turbo-0613", 4_095, Some(4_096)),
        ("openrouter/auto", 2_000_000, None),
    ] {
        let entry = source(&list, id);
        assert_eq!(entry["context_length"], context, "{id}");
        assert_eq!(entry["top_provider"]["max_completion_tokens"].as_u64(), output, "{id}");
        let model = model(&catalog, id);
        assert_eq!((model.context_length, model.max_output), (Some(context), output), "{id}");
    }
}

#[test]
fn states_are_not_numbers() {
    let Some((catalog, _)) = stored(LATER) else { return };
    for id in ["openrouter/auto", "openrouter/bodybuilder", "openrouter/pareto-code"] {
        assert_eq!(model(&catalog, id).prices.price(Item::Input), Price::Variable);
        assert_eq!(model(&catalog, id).endpoints[0].context_length, None);
    }
    assert_eq!(model(&catalog, "openai/gpt-oss-120b:free").prices.price(Item::Input), Price::Free);
    let song = &model(&catalog, "google/lyria-3-pro-preview").prices;
    assert_eq!(song.price(Item::Output), Price::Unknown, "it is priced by the song");
    assert_eq!(model(&catalog, "openrouter/owl-alpha").prices.price(Item::Input), known("0"));
    let Some((catalog, _)) = stored(EARLIER) else { return };
    let zeros = &model(&catalog, "qwen/qwen3-235b-a22b-thinking-2507").prices.rates;
    let stated: Vec<Item> = zeros.iter().map(|(item, _)| item).collect();
    assert_eq!(stated, [Item::Input, Item::Output], "zeros that fill a field are no prices");
    let noise = catalog.problems.iter().find(|problem| problem.code == "float_noise").unwrap();
    assert_eq!(noise.path, "data[246].pricing.prompt");
}

#[test]
fn names_dates_and_kinds() {
    let Some((catalog, list)) = stored(LATER) else { return };
    let mini = model(&catalog, "openai/gpt-4o-mini");
    assert_eq!(source(&list, "openai/gpt-4o-mini")["knowledge_cutoff"], "2023-10-31");
    assert_eq!(mini.knowledge_cutoff.unwrap().to_string(), "2023-10-31");
    assert_eq!(mini.author.as_deref(), Some("OpenAI"));
    assert_eq!(mini.input_modalities, [Modality::Text, Modality::Image, Modality::File]);
    assert_eq!(mini.output_modalities, [Modality::Text]);
    assert_eq!(mini.tokenizer.as_deref(), Some("GPT"));
    assert_eq!(mini.supported_parameters.len(), 16);
    assert_eq!((mini.status, mini.open_weights), (Status::Active, None));
    let grok = model(&catalog, "x-ai/grok-4");
    assert_eq!(source(&list, "x-ai/grok-4")["expiration_date"], "2026-05-15");
    assert_eq!(grok.retires.unwrap().to_string(), "2026-05-15");
    assert_eq!(grok.status, Status::Deprecated);
    let open = model(&catalog, "meta-llama/llama-4-maverick");
    assert_eq!(open.open_weights, Some(true));
    assert_eq!(open.links[0].label, "Weights");
    assert_eq!(
        open.links[0].url,
        "https://huggingface.co/meta-llama/Llama-4-Maverick-17B-128E-Instruct"
    );
    let image = model(&catalog, "google/gemini-3-pro-image-preview");
    assert_eq!(image.output_modalities, [Modality::Image, Modality::Text]);
    assert!(catalog.models.iter().all(|model| model.released.is_none()));
}

#[test]
fn the_quirks_are_counted_on_both_sides() {
    for name in [EARLIER, LATER] {
        let Some((catalog, list)) = stored(name) else { return };
        let some =
            |holds: &dyn Fn(&Value) -> bool| list.iter().filter(|model| holds(model)).count();
        let models = |holds: &dyn Fn(&Model) -> bool| {
            catalog.models.iter().filter(|model| holds(model)).count()
        };
        let text = |value: &Value| value.as_str().unwrap_or_default().trim().to_owned();
        assert_eq!(
            count(&catalog, "description_truncated"),
            some(&|model| text(&model["description"]).ends_with("..."))
        );
        let output = |model: &Value| model["top_provider"]["max_completion_tokens"].as_u64();
        let above = some(&|model| output(model) > model["context_length"].as_u64());
        assert_eq!((count(&catalog, "output_above_context"), above), (4, 4));
        assert_eq!(
            models(&|model| model.open_weights == Some(true)),
            some(&|model| !text(&model["hugging_face_id"]).is_empty())
        );
        assert_eq!(
            models(&|model| model.retires.is_some()),
            some(&|model| model["expiration_date"].is_string())
        );
        assert_eq!(
            models(&|model| model.author.is_some()),
            some(&|model| text(&model["name"]).contains(": "))
        );
        assert_eq!(
            models(&|model| model.knowledge_cutoff.is_some()),
            some(&|model| model["knowledge_cutoff"].is_string())
        );
        assert_eq!(
            models(&|model| model.prices.price(Item::Input) == Price::Variable),
            some(&|model| model["pricing"]["prompt"] == "-1")
        );
        let zero = |model: &Value| {
            model["pricing"]["prompt"] == "0" && model["pricing"]["completion"] == "0"
        };
        let free = |model: &Value| text(&model["id"]).ends_with(":free");
        assert_eq!(
            models(&|model| model.prices.price(Item::Output) == Price::Free),
            some(&|model| zero(model) && free(model))
        );
        assert_eq!(
            count(&catalog, "zero_not_marked_free") + count(&catalog, "price_elsewhere"),
            some(&|model| zero(model) && !free(model))
        );
        let parameters: BTreeMap<&str, usize> = catalog
            .models
            .iter()
            .map(|model| (model.id.as_str(), model.supported_parameters.len()))
            .collect();
        for entry in &list {
            let stated = entry["supported_parameters"].as_array().unwrap().len();
            assert_eq!(parameters[entry["id"].as_str().unwrap()], stated);
        }
        let codes: BTreeSet<&str> =
            catalog.problems.iter().map(|problem| problem.code.as_str()).collect();
        for code in codes {
            assert!(
                [
                    "description_truncated",
                    "float_noise",
                    "output_above_context",
                    "price_elsewhere",
                    "spaces_around",
                    "zero_not_marked_free",
                ]
                .contains(&code),
                "{code}"
            );
        }
    }
}

#[test]
fn links_between_models_stay_in_the_catalog() {
    let Some((catalog, list)) = stored(LATER) else { return };
    let id = "anthropic/claude-opus-4.7-fast";
    let written = source(&list, id)["description"].as_str().unwrap();
    assert!(written.contains("(/anthropic/claude-opus-4.7)"));
    let Some(Description::Document(blocks)) = &model(&catalog, id).description else {
        panic!("no document")
    };
    let Some(Block::Paragraph(first)) = blocks.first() else { panic!("{blocks:?}") };
    let json = serde_json::to_string(first).unwrap();
    assert!(json.contains(r#""id":"anthropic/claude-opus-4.7""#), "{json}");
}
