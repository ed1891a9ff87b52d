//! `LiteLLM`'s `model_prices_and_context_window.json`: an object of entries by
//! their keys, each one provider's offer of one model, in US dollars per token or
//! per whatever the key of a price says. The shape is known from its schema
//! (`tests/test_litellm/test_utils.py`), what the numbers mean from its cost
//! calculator.
//!
//! `max_tokens` is legacy: the output's maximum where a provider states one, else
//! the input's. So it says something only where neither is stated; it is then read
//! as the output's, as `get_max_tokens` does.

mod abilities;
mod card;
mod cost_key;
mod extras;
mod key;
mod kinds;
mod mode;
mod off_peak;

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::value::RawValue;

use super::detect::{Format, Reading};
use super::entry::{Entries, Entry};
use super::facts::Facts;
use super::root::{self, Root, Shape};
use super::scalar::{List, Members, Scalar};
use super::{Draft, Pace, read_entry};
use crate::catalog::{
    Catalog, CatalogError, Endpoint, Model, PageLink, RateCard, Source, Status, clean, page_address,
};
use abilities::Stated;
use card::{Reader, Terms};
use key::Offer;
use kinds::Kinds;

/// `LiteLLM`'s prices and context windows.
pub const FORMAT: Format = Format { name: "litellm", fits, read };

/// The key of the source in the catalog.
const SOURCE: &str = "litellm";

/// Members of the outermost object that are no offers: documentation of the
/// format, and rules for guessing.
const NO_OFFERS: &[&str] = &["sample_spec", "fallback_generalizations"];

#[derive(Default, Deserialize)]
#[serde(default)]
struct Listed {
    litellm_provider: Scalar,
    mode: Scalar,
    max_tokens: Scalar,
    max_input_tokens: Scalar,
    max_output_tokens: Scalar,
    deprecation_date: Scalar,
    source: Scalar,
    supported_modalities: List<Scalar>,
    supported_output_modalities: List<Scalar>,
}

/// How many members are looked at to tell the format.
const LOOKED_AT: usize = 8;

fn fits(root: &Root<'_>) -> bool {
    let Shape::Object(members) = &root.shape else { return false };
    members
        .iter()
        .filter(|(key, _)| !NO_OFFERS.contains(&key.as_str()))
        .take(LOOKED_AT)
        .any(|(_, value)| root::has(value, &["litellm_provider"]))
}

fn read<'r>(root: &'r Root<'r>, pace: &'r Pace<'r>) -> Reading<'r> {
    Box::pin(read_paced(root, pace))
}

async fn read_paced(root: &Root<'_>, pace: &Pace<'_>) -> Result<Draft, CatalogError> {
    let mut entries = Entries::default();
    let mut kinds = Kinds::default();
    let members = match &root.shape {
        Shape::Object(members) => members.as_slice(),
        _ => &[],
    };
    // Of a key that stands twice the last value counts.
    let mut last: BTreeMap<&str, usize> = BTreeMap::new();
    for (index, (key, _)) in members.iter().enumerate() {
        if last.insert(key, index).is_some() {
            entries.log.note("entry_twice", key, "the key stands there twice; the last is used");
        }
    }
    for (index, (key, raw)) in members.iter().enumerate() {
        if NO_OFFERS.contains(&key.as_str()) || last.get(key.as_str()) != Some(&index) {
            continue;
        }
        match entry(key, raw, &mut entries, &mut kinds) {
            Ok(entry) => entries.push(entry),
            Err(fault) => entries.refuse(key, &fault),
        }
        pace.breathe().await;
    }
    kinds.finish(&mut entries.log);
    let source = Source {
        name: "LiteLLM".to_owned(),
        url: Some(
            "https://github.com/BerriAI/litellm/blob/main/model_prices_and_context_window.json"
                .to_owned(),
        ),
        date: None,
        license: Some("MIT".to_owned()),
    };
    entries.finish(Catalog {
        name: Some("LiteLLM".to_owned()),
        sources: std::iter::once((SOURCE.to_owned(), source)).collect(),
        ..Catalog::default()
    })
}

fn entry(
    path: &str,
    raw: &RawValue,
    entries: &mut Entries,
    kinds: &mut Kinds,
) -> Result<Entry, String> {
    let listed: Listed = read_entry(raw)?;
    let terms: Terms<'_> = read_entry(raw)?;
    let members: Members<Scalar> = read_entry(raw)?;
    let mut key = path.to_owned();
    clean(&mut key);
    let key = key.trim();
    if key.is_empty() {
        return Err("no key".to_owned());
    }
    let mut facts = Facts::new(&mut entries.log, path);
    let provider = facts.text(&listed.litellm_provider, "litellm_provider");
    let mode = facts.text(&listed.mode, "mode").unwrap_or_default();
    let offer = Offer::read(key, provider.as_deref(), &mode);
    let context_length = facts.tokens(&listed.max_input_tokens, "max_input_tokens");
    let max_output = match (&listed.max_input_tokens, &listed.max_output_tokens) {
        (Scalar::Absent, Scalar::Absent) => facts.tokens(&listed.max_tokens, "max_tokens"),
        (_, stated) => facts.tokens(stated, "max_output_tokens"),
    };
    let retires = facts.date(&listed.deprecation_date, "deprecation_date");
    let status = if retires.is_some() { Status::Deprecated } else { Status::Active };
    let mut model = Model {
        context_length,
        max_output,
        retires,
        status,
        links: link(&listed.source, &mut facts).into_iter().collect(),
        source: Some(SOURCE.to_owned()),
        author: offer.author.map(str::to_owned),
        ..Model::default()
    };
    let stated = Stated {
        mode: &listed.mode,
        reads: &listed.supported_modalities,
        makes: &listed.supported_output_modalities,
    };
    abilities::read(&mut model, &stated, &members, &mut facts, kinds);
    let prices = Reader { key, facts: &mut facts, kinds }.card(&terms, &members);
    Ok(Entry {
        path: path.to_owned(),
        model,
        endpoint: Endpoint {
            id: key.to_owned(),
            provider: offer.provider_name,
            name: Some(offer.name),
            context_length,
            max_output,
            prices: RateCard { source: Some(SOURCE.to_owned()), ..prices },
            status,
            source: Some(SOURCE.to_owned()),
            ..Endpoint::default()
        },
        provider: offer.provider,
        reference: offer.reference,
    })
}

/// The page that an entry names as its source.
fn link(source: &Scalar, facts: &mut Facts<'_>) -> Option<PageLink> {
    let url = facts.text(source, "source")?;
    if page_address(&url).is_none() {
        let effect = "not an address that a page can link to; the link is left out";
        facts.warn("link_refused", "source", effect);
        return None;
    }
    Some(PageLink { label: "Source".to_owned(), url })
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::catalog::{Item, Modality, Price};
    use crate::formats::compile;

    fn catalog(root: &Value) -> Catalog {
        let compiled = compile(root.to_string().as_bytes()).unwrap();
        assert_eq!(compiled.format, "litellm");
        compiled.catalog
    }

    /// The model of one entry, and the codes of the problems with it.
    fn one(key: &str, mut entry: Value) -> (Model, Vec<String>) {
        if entry.get("litellm_provider").is_none() {
            entry["litellm_provider"] = "openai".into();
        }
        let mut catalog = catalog(&json!({ key: entry }));
        let codes = catalog.problems.iter().map(|problem| problem.code.clone()).collect();
        (catalog.models.remove(0), codes)
    }

    fn rates(entry: Value) -> (Vec<(&'static str, String)>, Vec<String>) {
        let (model, codes) = one("x", entry);
        let rates = model.prices.rates.iter();
        (rates.map(|(item, price)| (item.name(), price.to_string())).collect(), codes)
    }

    fn stated(list: &[(&'static str, &str)]) -> Vec<(&'static str, String)> {
        list.iter().map(|(item, price)| (*item, (*price).to_owned())).collect()
    }

    /// The conditions of a card, as a catalog states them.
    fn conditions(entry: Value) -> Value {
        serde_json::to_value(one("x", entry).0.prices.conditions).unwrap()
    }

    #[test]
    fn every_key_is_an_endpoint_but_documentation() {
        let catalog = catalog(&json!({
            "sample_spec": {"litellm_provider": "one of …", "max_tokens": "text"},
            "gpt-4o": {"litellm_provider": "openai", "mode": "chat"},
            "azure/eu/gpt-4o": {"litellm_provider": "azure", "mode": "chat"},
            "openrouter/openai/gpt-4o": {"litellm_provider": "openrouter", "mode": "chat"},
            "hd/1024-x-1024/gpt-4o": {"litellm_provider": "openai"},
            "fallback_generalizations": {"rules": []},
            " ": {"litellm_provider": "openai"},
            "broken": 7,
        }));
        let models: Vec<_> = catalog
            .models
            .iter()
            .map(|model| (model.id.as_str(), model.endpoints.len(), model.author.as_deref()))
            .collect();
        assert_eq!(
            models,
            [("gpt-4o", 3, Some("OpenAI")), ("hd/1024-x-1024/gpt-4o", 1, Some("OpenAI"))]
        );
        let azure = catalog.models[0].endpoints.iter().find(|one| one.id == "azure/eu/gpt-4o");
        let azure = azure.unwrap();
        assert_eq!(
            (azure.provider.as_str(), azure.name.as_deref()),
            ("Azure OpenAI", Some("gpt-4o"))
        );
        let problems: Vec<_> =
            catalog.problems.iter().map(|problem| (&*problem.code, &*problem.path)).collect();
        assert_eq!(problems, [("entry_unreadable", " "), ("entry_unreadable", "broken")]);
    }

    #[test]
    fn of_equal_keys_the_last_counts() {
        let entry =
            |input| format!(r#""a":{{"litellm_provider":"p","input_cost_per_token":{input}}}"#);
        let json = format!("{{{},{}}}", entry("1e-6"), entry("2e-6"));
        let catalog = compile(json.as_bytes()).unwrap().catalog;
        assert_eq!(catalog.models.len(), 1);
        assert_eq!(catalog.models[0].prices.price(Item::Input).to_string(), "2");
        assert_eq!(catalog.problems[0].code, "entry_twice");
    }

    #[test]
    fn every_unit_becomes_that_of_its_item() {
        let (found, problems) = rates(json!({
            "mode": "chat", "input_cost_per_token": "1.5e-07", "output_cost_per_token": 0,
            "cache_read_input_token_cost": 7.5e-8, "cache_creation_input_token_cost": null,
            "cache_creation_input_token_cost_above_1hr": 6e-6,
            "input_cost_per_character": 1.5e-5, "output_cost_per_pixel": 1.9e-08,
            "input_cost_per_audio_per_second": 2.833_333_333_333_333e-4,
            "output_cost_per_video_per_second": 0.1, "ocr_cost_per_page": 0.003,
            "input_cost_per_query": 0.002, "output_cost_per_image": 0.04,
        }));
        assert_eq!(
            found,
            stated(&[
                ("input", "0.15"),
                ("output", "0"),
                ("cache_read", "0.075"),
                ("cache_write_1h", "6"),
                ("request", "0.002"),
                ("image_output", "0.04"),
                ("input_audio_duration", "1.02"),
                ("output_video_duration", "360"),
                ("page", "3"),
                ("input_character", "15"),
                ("output_pixel", "19"),
            ])
        );
        assert_eq!(problems, [""; 0]);
    }

    #[test]
    fn what_cannot_be_true_is_left_out() {
        let (found, problems) = rates(json!({
            "mode": "chat", "input_cost_per_token": 0.135, "output_cost_per_token": -1,
            "input_cost_per_image": 5e-6, "output_cost_per_image": 0.00012,
            "input_cost_per_audio_token": {"x": 1}, "output_cost_per_second": "soon",
        }));
        assert_eq!(found, []);
        let expected = [["price_implausible"; 4].as_slice(), &["fact_unreadable"; 2]].concat();
        let mut problems = problems;
        problems.sort_unstable_by(|a, b| b.cmp(a));
        assert_eq!(problems, expected);
        let zero = rates(json!({"input_cost_per_image": 0, "output_cost_per_image": 0.0}));
        assert_eq!(zero, (stated(&[("image", "0"), ("image_output", "0")]), vec![]));
    }

    #[test]
    fn the_older_name_of_a_price_counts_where_the_newer_is_absent() {
        let old = ("input_cost_per_token_cache_hit", 2e-7);
        let read = |new: Value| {
            let (found, problems) =
                rates(json!({old.0: old.1, "cache_read_input_token_cost": new}));
            (found[0].1.clone(), problems.len())
        };
        assert_eq!(read(Value::Null), ("0.2".to_owned(), 0));
        assert_eq!(read(json!(2e-7)), ("0.2".to_owned(), 0));
        assert_eq!(read(json!(3e-7)), ("0.3".to_owned(), 1));
    }

    #[test]
    fn thresholds_and_service_tiers_are_conditions_in_the_order_that_holds() {
        let entry = json!({
            "input_cost_per_token": 1e-6,
            "input_cost_per_token_above_200k_tokens": 2e-6,
            "input_cost_per_token_above_32k_tokens": 1.5e-6,
            "input_cost_per_token_batches": 5e-7,
            "input_cost_per_token_priority": 3e-6,
            "input_cost_per_token_above_200k_tokens_priority": 4e-6,
            "cache_creation_input_token_cost_above_1hr_above_200k_tokens": 9e-6,
        });
        assert_eq!(
            conditions(entry),
            json!([
                {"when": {"service_tier": "priority"}, "rates": {"input": "3"}},
                {"when": {"input_tokens_above": 32000}, "rates": {"input": "1.5"}},
                {"when": {"input_tokens_above": 200_000}, "rates": {"input": "2", "cache_write_1h": "9"}},
                {"when": {"service_tier": "batch"}, "rates": {"input": "0.5"}},
                {"when": {"service_tier": "priority", "input_tokens_above": 200_000}, "rates": {"input": "4"}},
            ])
        );
        let xai =
            json!({"litellm_provider": "xai", "input_cost_per_token_above_128k_tokens": 4e-7});
        assert_eq!(
            conditions(xai),
            json!([{"when": {"input_tokens_from": 128_000}, "rates": {"input": "0.4"}}])
        );
    }

    #[test]
    fn ranges_are_the_base_and_thresholds() {
        let entry = json!({"tiered_pricing": [
            {"range": [32e3, 128e3], "input_cost_per_token": 2e-6, "output_cost_per_reasoning_token": 3e-6},
            {"range": [0, 32000.0], "input_cost_per_token": 1e-6},
            {"range": ["a", 1], "input_cost_per_token": 1e-6},
            {"range": [1], "input_cost_per_token": 1e-6},
            7,
        ]});
        let (model, codes) = one("x", entry);
        assert_eq!(model.prices.price(Item::Input).to_string(), "1");
        assert_eq!(
            serde_json::to_value(&model.prices.conditions).unwrap(),
            json!([{"when": {"input_tokens_above": 32000}, "rates": {"input": "2", "reasoning": "3"}}])
        );
        assert!(
            codes.len() >= 3 && codes.iter().all(|code| code == "fact_unreadable"),
            "{codes:?}"
        );
        assert_eq!(one("x", json!({"tiered_pricing": 7})).1, ["fact_unreadable"]);
    }

    #[test]
    fn prices_by_the_number_of_results_depend_on_the_request() {
        let (model, _) = one(
            "exa_ai/search",
            json!({"mode": "search", "tiered_pricing": [
                {"max_results_range": [0, 25], "input_cost_per_query": 0.005},
                {"max_results_range": [26, 100], "input_cost_per_query": 0.025},
            ]}),
        );
        assert_eq!(model.prices.price(Item::WebSearch), Price::Variable);
        let note =
            "1,000 searches by the number of their results: $5 for 0 to 25, $25 for 26 to 100.";
        assert_eq!(model.prices.note.as_deref(), Some(note));
    }

    #[test]
    fn off_peak_prices_replace_all_others() {
        let block = json!({
            "hours_utc": "16:30-00:30", "input_cost_per_token": 5e-7,
            "rates": {"output_cost_per_token": 1e-6},
        });
        let entry = json!({
            "input_cost_per_token": 1e-6, "input_cost_per_token_above_32k_tokens": 2e-6,
            "off_peak_pricing": block,
        });
        assert_eq!(
            conditions(entry)[1],
            json!({
                "when": {"windows": [{"start": 990, "end": 30}]},
                "rates": {"input": "0.5", "output": "1"},
            })
        );
        for (block, code) in [
            (json!({"hours_utc": "soon", "input_cost_per_token": 1e-6}), "condition_unusable"),
            (json!("16:30-00:30"), "fact_unreadable"),
        ] {
            let (model, codes) = one("x", json!({"off_peak_pricing": block}));
            assert_eq!((model.prices.conditions.len(), codes.last().unwrap().as_str()), (0, code));
        }
    }

    #[test]
    fn web_search_is_that_of_medium_size() {
        let search = |costs: Value, unit: Value| {
            let (model, codes) = one(
                "gemini/gemini-2.0-flash",
                json!({"litellm_provider": "gemini", "search_context_cost_per_query": costs,
                    "web_search_billing_unit": unit}),
            );
            (model.prices.price(Item::WebSearch).to_string(), model.prices.note, codes)
        };
        let sizes = |low: f64, medium: f64, high: f64| {
            json!({"search_context_size_low": low,
            "search_context_size_medium": medium, "search_context_size_high": high})
        };
        let same = sizes(0.014, 0.014, 0.014);
        let per_query = json!("per_query");
        assert_eq!(search(same.clone(), per_query.clone()), ("14".to_owned(), None, vec![]));
        let note = search(same.clone(), Value::Null).1.unwrap();
        assert!(note.starts_with("Web search is billed once for a request"), "{note}");
        assert_eq!(search(same, json!("per_moon")).2, ["search_unit_unknown"]);
        let (price, note, _) = search(sizes(0.025, 0.0275, 0.03), per_query.clone());
        assert_eq!(price, "27.5");
        let expected = "1,000 web searches at medium context size; $25 at low, $30 at high.";
        assert_eq!(note.as_deref(), Some(expected));
        assert_eq!(search(json!(0.01), per_query).2, ["fact_unreadable"]);
    }

    #[test]
    fn what_no_field_can_say_is_said_in_words() {
        let (model, codes) = one(
            "x",
            json!({"code_interpreter_cost_per_session": 0.03,
                "regional_processing_uplift_multiplier_eu": 1.1,
                "provider_specific_entry": {"us": 1.1, "fast": 6.0, "eu": 1, "warp": 9, "schema": "v2"},
                "input_cost_per_second": 0.0175, "output_cost_per_second": 0.0175}),
        );
        assert_eq!(
            model.prices.note.unwrap(),
            "Code interpreter: $0.03 per session. Capacity: $0.0175 per second. \
             Processing in the EU alone costs 1.1 times as much. \
             Fast mode costs 6 times as much. \
             Processing in the US alone costs 1.1 times as much."
        );
        assert_eq!(codes, ["factor_unknown"]);
    }

    #[test]
    fn a_cost_that_is_not_known_is_one_problem_of_all_entries() {
        let entry = json!({"litellm_provider": "p", "input_cost_per_lightyear": 1,
            "input_dbu_cost_per_token": 1, "output_cost_per_token": 1e-6});
        let catalog = catalog(&json!({"a": entry, "b": entry}));
        let problems: Vec<_> =
            catalog.problems.iter().map(|problem| (&*problem.code, &*problem.path)).collect();
        assert_eq!(
            problems,
            [
                ("cost_unknown", "a.input_cost_per_lightyear"),
                ("cost_in_units", "a.input_dbu_cost_per_token"),
            ]
        );
        assert!(catalog.problems[0].effect.contains("2 times"));
    }

    #[test]
    fn contexts_are_whole_numbers_and_max_tokens_is_legacy() {
        let limits = |entry: Value| {
            let (model, codes) = one("x", entry);
            (model.context_length, model.max_output, codes.len())
        };
        let (all, input, output) = ("max_tokens", "max_input_tokens", "max_output_tokens");
        assert_eq!(limits(json!({input: 2e6, output: "4096"})), (Some(2_000_000), Some(4_096), 0));
        assert_eq!(limits(json!({all: 512})), (None, Some(512), 0));
        assert_eq!(limits(json!({all: 512, input: 512})), (Some(512), None, 0));
        assert_eq!(limits(json!({all: 512, output: 64})), (None, Some(64), 0));
        assert_eq!(limits(json!({all: 0, input: 8, output: 0})), (Some(8), None, 1));
        assert_eq!(limits(json!({input: "all of them", output: 1.5})), (None, None, 2));
    }

    #[test]
    fn abilities_come_from_lists_flags_and_the_mode() {
        use Modality::{Audio, Embeddings, File, Image, Text};
        let abilities = |entry: Value| {
            let (model, codes) = one("x", entry);
            (
                (model.input_modalities, model.output_modalities),
                (model.features, model.supported_parameters),
                codes,
            )
        };
        let texts = |list: &[&str]| list.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
        assert_eq!(
            abilities(json!({"mode": "chat", "supports_vision": true, "supports_pdf_input": true,
                "supports_function_calling": true, "supports_parallel_function_calling": true,
                "supports_response_schema": true, "supports_native_structured_output": true,
                "supports_reasoning": false, "supports_web_search": null,
                "supports_max_reasoning_effort": true, "supports_time_travel": true,
                "supports_output_config": true})),
            (
                (vec![Text, File, Image], vec![Text]),
                (
                    texts(&["tools", "structured_outputs", "file_input", "time_travel", "vision"]),
                    texts(&["tools", "reasoning_effort", "parallel_tool_calls"])
                ),
                vec![]
            )
        );
        let (modalities, _, codes) = abilities(json!({"mode": "dance",
            "supported_modalities": ["text", "audio", "smell"], "supports_audio_output": "yes"}));
        assert_eq!(modalities, (vec![Text, Audio], vec![]));
        assert_eq!(codes, ["fact_unreadable", "mode_unknown", "modality_unknown"]);
        let embedding = abilities(json!({"mode": "embedding", "supported_modalities": ["image"]}));
        assert_eq!(embedding.0, (vec![Image], vec![Embeddings]));
    }

    #[test]
    fn dates_and_pages_are_kept_where_they_are_such() {
        let (model, codes) = one(
            "x",
            json!({"deprecation_date": "2027-02-01", "source": "https://example.com/prices#x"}),
        );
        assert_eq!(model.retires.unwrap().to_string(), "2027-02-01");
        assert_eq!(
            (model.status, model.endpoints[0].status),
            (Status::Deprecated, Status::Deprecated)
        );
        assert_eq!(model.links[0].url, "https://example.com/prices#x");
        assert_eq!(codes, [""; 0]);
        let (model, codes) = one(
            "x",
            json!({"deprecation_date": "when it is time", "source": "javascript:alert(1)"}),
        );
        assert_eq!((model.retires, model.status, model.links.len()), (None, Status::Active, 0));
        assert_eq!(codes, ["fact_unreadable", "link_refused"]);
    }
}
