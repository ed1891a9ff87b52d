//! The same model's list price, in four public lists: the formats agree wherever
//! the lists themselves do, and where these differ, a merge shows both.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::indexing_slicing)] // a panic is how a test fails

use std::collections::BTreeSet;
use std::fmt::Write as _;

use modelcard::catalog::{Catalog, Item, Model, Price};
use modelcard::formats::{compile, merge, name_sources};
use serde_json::Value;

/// The sources in the order of the merge: the format's name, the key of the source
/// in its catalog, and the file.
const SOURCES: [(&str, &str, &str); 4] = [
    ("genai-prices", "genai-prices", "genai-prices-v2-2026-08-21.json"),
    ("openrouter", "openrouter", "openrouter-models-2026-05-15.json"),
    ("models.dev", "models.dev", "models.dev-api-2026-07-02.json"),
    ("litellm", "litellm", "litellm-1.98.0.json"),
];

const ITEMS: [Item; 3] = [Item::Input, Item::Output, Item::CacheRead];

/// An author's models: what stands before a model's name in each source, and the
/// names; the first of a pair is `OpenRouter`'s, the other that of all the others.
struct Author {
    before: [&'static str; 4],
    models: &'static [(&'static str, &'static str)],
}

const AUTHORS: &[Author] = &[
    Author {
        before: ["openai/", "openai/", "openai/", ""],
        models: &[
            ("gpt-5.5", "gpt-5.5"),
            ("gpt-5.4", "gpt-5.4"),
            ("gpt-5.4-mini", "gpt-5.4-mini"),
            ("gpt-5.4-pro", "gpt-5.4-pro"),
            ("gpt-5.2", "gpt-5.2"),
            ("gpt-5.1", "gpt-5.1"),
            ("gpt-5.1-codex-mini", "gpt-5.1-codex-mini"),
            ("gpt-5", "gpt-5"),
            ("gpt-5-mini", "gpt-5-mini"),
            ("gpt-5-nano", "gpt-5-nano"),
            ("gpt-4.1", "gpt-4.1"),
            ("gpt-4o", "gpt-4o"),
            ("gpt-4o-2024-05-13", "gpt-4o-2024-05-13"),
            ("gpt-4o-mini", "gpt-4o-mini"),
            ("gpt-4o-search-preview", "gpt-4o-search-preview"),
            ("gpt-4-turbo", "gpt-4-turbo"),
            ("gpt-3.5-turbo", "gpt-3.5-turbo"),
            ("o1", "o1"),
            ("o3", "o3"),
            ("o4-mini", "o4-mini"),
        ],
    },
    Author {
        before: ["anthropic/", "anthropic/", "anthropic/", ""],
        models: &[
            ("claude-opus-4.7", "claude-opus-4-7"),
            ("claude-opus-4.6", "claude-opus-4-6"),
            ("claude-opus-4.5", "claude-opus-4-5"),
            ("claude-sonnet-4.6", "claude-sonnet-4-6"),
            ("claude-sonnet-4.5", "claude-sonnet-4-5"),
            ("claude-haiku-4.5", "claude-haiku-4-5"),
            ("claude-opus-4.1", "claude-opus-4-1"),
        ],
    },
    Author {
        before: ["google/", "google/", "google/", "gemini/"],
        models: &[
            ("gemini-3.1-pro-preview", "gemini-3.1-pro-preview"),
            ("gemini-3.1-flash-image-preview", "gemini-3.1-flash-image-preview"),
            ("gemini-3-flash-preview", "gemini-3-flash-preview"),
            ("gemini-2.5-pro", "gemini-2.5-pro"),
            ("gemini-2.5-flash", "gemini-2.5-flash"),
            ("gemini-2.5-flash-lite", "gemini-2.5-flash-lite"),
        ],
    },
    Author {
        before: ["mistral/", "mistralai/", "mistral/", "mistral/"],
        models: &[
            ("mistral-large-2512", "mistral-large-2512"),
            ("mistral-large-2411", "mistral-large-2411"),
            ("mistral-small-2603", "mistral-small-2603"),
            ("devstral-2512", "devstral-2512"),
            ("codestral-2508", "codestral-2508"),
            ("mistral-nemo", "mistral-nemo"),
        ],
    },
    Author {
        before: ["deepseek/", "deepseek/", "deepseek/", "deepseek/"],
        models: &[
            ("deepseek-v4-pro", "deepseek-v4-pro"),
            ("deepseek-v4-flash", "deepseek-v4-flash"),
            ("deepseek-v3.2", "deepseek-v3.2"),
            ("deepseek-chat", "deepseek-chat"),
        ],
    },
    Author {
        before: ["x-ai/", "x-ai/", "xai/", "xai/"],
        models: &[
            ("grok-4.3", "grok-4.3"),
            ("grok-4", "grok-4"),
            ("grok-3", "grok-3"),
            ("grok-3-mini", "grok-3-mini"),
            ("grok-code-fast-1", "grok-code-fast-1"),
        ],
    },
    Author {
        before: ["cohere/", "cohere/", "cohere/", ""],
        models: &[
            ("command-a", "command-a"),
            ("command-r-08-2024", "command-r-08-2024"),
            ("command-r-plus-08-2024", "command-r-plus-08-2024"),
            ("command-r7b-12-2024", "command-r7b-12-2024"),
        ],
    },
    Author {
        before: ["moonshotai/", "moonshotai/", "moonshotai/", "moonshot/"],
        models: &[
            ("kimi-k2.6", "kimi-k2.6"),
            ("kimi-k2.5", "kimi-k2.5"),
            ("kimi-k2-thinking", "kimi-k2-thinking"),
        ],
    },
    Author {
        before: ["perplexity/", "perplexity/", "perplexity/", "perplexity/"],
        models: &[
            ("sonar", "sonar"),
            ("sonar-pro", "sonar-pro"),
            ("sonar-deep-research", "sonar-deep-research"),
        ],
    },
    Author {
        before: ["zhipuai/", "z-ai/", "zai/", "zai/"],
        models: &[("glm-5", "glm-5"), ("glm-4.6", "glm-4.6"), ("glm-4.5", "glm-4.5")],
    },
];

/// The id of each model in each source, whether or not it has it.
fn ids() -> Vec<[String; 4]> {
    let mut ids = Vec::new();
    for author in AUTHORS {
        for (openrouter, others) in author.models {
            let name = |source: usize| if source == 1 { openrouter } else { others };
            ids.push(std::array::from_fn(|source| {
                format!("{}{}", author.before[source], name(source))
            }));
        }
    }
    ids
}

/// The stored lists, as they are and compiled.
fn stored() -> Option<(Vec<Value>, Vec<Catalog>)> {
    let mut lists = Vec::new();
    let mut catalogs = Vec::new();
    for (format, key, name) in SOURCES {
        let path = format!("{}/../shared/data/catalogs/{name}", env!("CARGO_MANIFEST_DIR"));
        let Ok(bytes) = std::fs::read(&path) else {
            println!("skipped: there is no {name}");
            return None;
        };
        lists.push(serde_json::from_slice(&bytes).unwrap());
        let compiled = compile(&bytes).unwrap();
        assert_eq!(compiled.format, format);
        assert!(compiled.catalog.sources.contains_key(key), "{name}");
        catalogs.push(compiled.catalog);
    }
    Some((lists, catalogs))
}

/// A number with its point moved to the right, digit by digit, in its shortest
/// form: no code of the library takes part.
fn exact(text: &str, places: i32) -> String {
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = format!("{whole}{fraction}");
    let point = i32::try_from(whole.len()).unwrap() + exponent.parse::<i32>().unwrap() + places;
    let before = usize::try_from(-point).unwrap_or(0);
    let point = usize::try_from(point).unwrap_or(0);
    let mut digits = format!("{}{digits:0<point$}", "0".repeat(before));
    digits.insert(point, '.');
    let bare = digits.trim_start_matches('0').trim_end_matches('0').trim_end_matches('.');
    if bare.is_empty() || bare.starts_with('.') { format!("0{bare}") } else { bare.to_owned() }
}

#[test]
fn moves_the_point_of_a_number() {
    for (text, places, moved) in [
        ("0.00000015", 6, "0.15"),
        ("1.25e-6", 6, "1.25"),
        ("2.8e-9", 6, "0.0028"),
        ("0.00003", 6, "30"),
        ("10.0", 0, "10"),
        ("1e-5", 6, "10"),
        ("0", 6, "0"),
        ("0.0", 0, "0"),
        ("180", 0, "180"),
        ("0.003625", 0, "0.003625"),
    ] {
        assert_eq!(exact(text, places), moved, "{text}");
    }
}

/// What a source states for a model, per 1,000,000 tokens; `None` where it does not
/// have the model.
fn raw(source: usize, list: &Value, id: &str) -> Option<[Option<String>; 3]> {
    let find = |list: &Value, id: &str| {
        let is = |one: &&Value| one["id"].as_str().unwrap().eq_ignore_ascii_case(id);
        list.as_array().unwrap().iter().find(is).cloned()
    };
    let (provider, name) = id.split_once('/').unwrap_or(("", id));
    let (prices, keys, places) = match source {
        0 => {
            let provider = find(list, provider).unwrap();
            let stated = find(&provider["models"], name)?["prices"].clone();
            // The newest of prices that change on a date; of times of the day, the first.
            let prices = match stated.as_array() {
                None => stated,
                Some(sets) => {
                    let dated = |set: &&Value| set["constraint"]["start_date"].is_string();
                    sets.iter().rfind(dated).unwrap_or(&sets[0])["prices"].clone()
                }
            };
            (prices, ["input_mtok", "output_mtok", "cache_read_mtok"], 0)
        }
        1 => {
            let model = find(&list["data"], id)?;
            (model["pricing"].clone(), ["prompt", "completion", "input_cache_read"], 6)
        }
        2 => {
            let model = list[provider]["models"].get(name)?;
            (model["cost"].clone(), ["input", "output", "cache_read"], 0)
        }
        _ => {
            let entry = list.get(id)?;
            let (read, older) = ("cache_read_input_token_cost", "input_cost_per_token_cache_hit");
            let read = if entry[read].is_null() { older } else { read };
            (entry.clone(), ["input_cost_per_token", "output_cost_per_token", read], 6)
        }
    };
    Some(keys.map(|key| {
        // genai-prices: short input, before its tiers.
        let value = prices[key].get("base").unwrap_or(&prices[key]);
        match value {
            Value::Null => None,
            Value::String(text) => Some(exact(text, places)),
            number => Some(exact(&number.to_string(), places)),
        }
    }))
}

fn model<'a>(catalog: &'a Catalog, id: &str) -> &'a Model {
    catalog.find(id).unwrap_or_else(|| panic!("no {id}")).model
}

fn stated(price: Price) -> Option<String> {
    (price != Price::Unknown).then(|| price.to_string())
}

/// The rows of a table in which the sources differ: a line for each item.
fn differences(ids: &[String; 4], prices: &[Option<[Option<String>; 3]>]) -> String {
    let mut table = String::new();
    for (at, item) in ITEMS.iter().enumerate() {
        let of = |source: &Option<[Option<String>; 3]>| source.as_ref()?[at].clone();
        let distinct: BTreeSet<String> = prices.iter().filter_map(of).collect();
        if distinct.len() > 1 {
            write!(table, "{:<42}{:<12}", ids[1], item.name()).unwrap();
            for price in prices {
                write!(table, "{:>14}", of(price).as_deref().unwrap_or("-")).unwrap();
            }
            table.push('\n');
        }
    }
    table
}

#[test]
fn each_format_states_the_price_of_its_source_and_those_that_agree_still_do() {
    let Some((lists, catalogs)) = stored() else { return };
    let (mut models, mut compared, mut agreeing, mut table) = (0, 0, 0, String::new());
    for ids in ids() {
        let raw: Vec<_> = (0..4).map(|source| raw(source, &lists[source], &ids[source])).collect();
        let have: Vec<usize> = (0..4).filter(|source| raw[*source].is_some()).collect();
        assert!(have.len() > 1, "{ids:?} is in {} source", have.len());
        models += 1;
        for (at, item) in ITEMS.into_iter().enumerate() {
            let price = |source: usize| model(&catalogs[source], &ids[source]).prices.price(item);
            for source in &have {
                let stands = &raw[*source].as_ref().unwrap()[at];
                let name = SOURCES[*source].0;
                assert_eq!(&stated(price(*source)), stands, "{name} {} {item:?}", ids[*source]);
                compared += usize::from(stands.is_some());
            }
            for (n, a) in have.iter().enumerate() {
                for b in &have[n + 1..] {
                    let (one, other) =
                        (&raw[*a].as_ref().unwrap()[at], &raw[*b].as_ref().unwrap()[at]);
                    if one.is_some() && one == other {
                        assert_eq!(price(*a), price(*b), "{ids:?} {item:?}");
                        agreeing += 1;
                    }
                }
            }
        }
        table.push_str(&differences(&ids, &raw));
    }
    print!("\n{:<54}", "US dollars per 1,000,000 tokens");
    for (name, ..) in SOURCES {
        print!("{name:>14}");
    }
    println!("\n{table}");
    println!("{models} models, {compared} prices, {agreeing} pairs that agree");
    assert!(models >= 50 && compared >= 450 && agreeing >= 500);
    assert!(table.lines().count() >= 10, "the lists are known to differ");
}

/// All four in one.
fn merged(catalogs: &[Catalog]) -> Catalog {
    let mut catalogs = catalogs.iter().cloned().zip(SOURCES);
    let (mut into, (.., file)) = catalogs.next().unwrap();
    name_sources(&mut into, file);
    for (other, (.., file)) in catalogs {
        merge(&mut into, other, file);
    }
    into
}

#[test]
fn a_merge_holds_the_first_price_and_shows_every_other() {
    let Some((lists, catalogs)) = stored() else { return };
    let merged = merged(&catalogs);
    let mut shown = 0;
    for ids in ids() {
        let raw: Vec<_> = (0..4).map(|source| raw(source, &lists[source], &ids[source])).collect();
        let have: Vec<usize> = (0..4).filter(|source| raw[*source].is_some()).collect();
        let model = model(&merged, &ids[have[0]]);
        for source in &have {
            let found = merged.find(&ids[*source]).map(|found| found.model.id.as_str());
            assert_eq!(found, Some(model.id.as_str()), "{} {}", SOURCES[*source].0, ids[*source]);
        }
        // The first catalog with the model gives it its id. Where the author's own
        // offer is not in it, its list price is that of another provider, and the
        // author's price in later catalogs stands among the disagreements.
        let has = |catalog: &&Catalog| catalog.models.iter().any(|one| one.id == model.id);
        let holder = catalogs.iter().position(|catalog| has(&catalog)).unwrap();
        assert!(holder <= have[0], "{}", model.id);
        if holder != have[0] {
            let sellers = self::model(&catalogs[holder], &model.id).endpoints.iter();
            let sellers: Vec<&str> = sellers.map(|endpoint| endpoint.provider.as_str()).collect();
            println!("{} has a price of its sellers: {}", model.id, sellers.join(", "));
        }
        for (at, item) in ITEMS.into_iter().enumerate() {
            let price = stated(model.prices.price(item));
            let first = stated(self::model(&catalogs[holder], &model.id).prices.price(item));
            assert!(first.is_none() || price == first, "{} {item:?} {price:?}", model.id);
            if let Some(raw) = &raw[holder] {
                assert_eq!(first, raw[at], "{} {item:?}", model.id);
            }
            for source in have.iter().filter(|source| **source != holder) {
                let key = SOURCES[*source].1;
                let disagreement = model.prices.disagreements.iter().find_map(|other| {
                    let price = other.rates.stated(item)?;
                    (other.source.as_deref() == Some(key)).then(|| price.to_string())
                });
                // A price that the first catalog does not state contradicts nothing,
                // and is not mixed with prices of another day: it stands on the
                // endpoint of its provider, if at all.
                let other = raw[*source].as_ref().unwrap()[at].clone();
                let differs =
                    other.filter(|other| price.as_ref().is_some_and(|price| price != other));
                shown += usize::from(differs.is_some());
                assert_eq!(disagreement, differs, "{} {item:?} {key}", model.id);
            }
        }
    }
    println!("{shown} differences from the price used are shown");
    assert!(shown >= 10);
}

#[test]
fn a_merged_catalog_names_nothing_twice() {
    let Some((_, catalogs)) = stored() else { return };
    let merged = merged(&catalogs);
    println!("{} models", merged.models.len());
    let mut models = BTreeSet::new();
    for model in &merged.models {
        assert!(models.insert(&model.id), "{} twice", model.id);
        let mut endpoints = BTreeSet::new();
        for endpoint in &model.endpoints {
            assert!(endpoints.insert(&endpoint.id), "{} in {} twice", endpoint.id, model.id);
        }
    }
    let providers: BTreeSet<&str> = model(&merged, "openai/gpt-4o")
        .endpoints
        .iter()
        .map(|endpoint| endpoint.provider.as_str())
        .collect();
    println!("openai/gpt-4o: {providers:?}");
    for provider in ["OpenAI", "OpenRouter"] {
        assert!(providers.contains(provider), "{provider} is not among {providers:?}");
    }
    assert!(providers.len() >= 5, "{providers:?}");
}
