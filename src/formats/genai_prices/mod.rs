//! genai-prices: `data.json` of its versions 1 and 2, an array of providers with
//! their models, prices in US dollars and rules for finding a model by the names
//! it goes by; version 3 has the same array under `providers`. Its slim edition
//! lacks what is free.
//!
//! `rules` reads the rules, `prices` the prices, and `schedule` orders them in time.

mod prices;
mod rules;
mod schedule;

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

use super::detect::{Format, Reading};
use super::entry::{Entries, Entry};
use super::facts::Facts;
use super::log::Log;
use super::root::{self, Root, Shape};
use super::scalar::{List, Scalar};
use super::{Draft, Pace, read_entry};
use crate::catalog::{
    Catalog, CatalogError, Date, Description, Endpoint, EndpointMatching, Map, Model, PageLink,
    ProviderMatching, Source, Status,
};

/// genai-prices.
pub const FORMAT: Format = Format { name: "genai-prices", fits, read };

/// The key of the source in the catalog.
const SOURCE: &str = "genai-prices";

/// The least length of audio that Groq bills for a transcription, in seconds. No
/// field states it; genai-prices' own calculator knows it for the same models.
/// Source: <https://groq.com/pricing>.
const GROQ_MINIMUM_SECONDS: u32 = 10;

#[derive(Default, Deserialize)]
#[serde(default)]
struct Listed<'r> {
    id: Scalar,
    name: Scalar,
    pricing_urls: List<Scalar>,
    price_comments: Scalar,
    fallback_model_providers: List<Scalar>,
    #[serde(borrow)]
    model_match: Option<&'r RawValue>,
    #[serde(borrow)]
    provider_match: Option<&'r RawValue>,
    #[serde(borrow)]
    models: Option<&'r RawValue>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct ListedModel<'r> {
    id: Scalar,
    name: Scalar,
    description: Scalar,
    context_window: Scalar,
    price_comments: Scalar,
    deprecated: Scalar,
    #[serde(borrow, rename = "match")]
    rule: Option<&'r RawValue>,
    #[serde(borrow)]
    prices: Option<&'r RawValue>,
}

/// The most patterns of a provider's rules, and the most providers that it falls
/// back to: each may be asked for each model.
const MOST_PATTERNS: usize = 64;
const MOST_FALLBACKS: usize = 16;

/// What the entries of a provider share.
struct Provider<'r> {
    path: String,
    name: String,
    note: Option<String>,
    links: Vec<PageLink>,
    models: Vec<&'r RawValue>,
    matching: ProviderMatching,
}

fn fits(root: &Root<'_>) -> bool {
    let first = match &root.shape {
        Shape::Array(items, _) => items.first().copied(),
        _ => match root.get("providers").map(root::open) {
            Some(Shape::Array(items, _)) => items.first().copied(),
            _ => None,
        },
    };
    first.is_some_and(|first| root::has(first, &["id", "api_pattern", "models"]))
}

fn read<'r>(root: &'r Root<'r>, pace: &'r Pace<'r>) -> Reading<'r> {
    Box::pin(read_paced(root, pace))
}

async fn read_paced(root: &Root<'_>, pace: &Pace<'_>) -> Result<Draft, CatalogError> {
    let mut entries = Entries::default();
    let mut providers = Vec::new();
    let (at, items) = root.items(&["providers"]).unwrap_or_default();
    for (index, raw) in items.into_iter().enumerate() {
        let path = format!("{at}[{index}]");
        match read_entry::<Listed<'_>>(raw) {
            Ok(listed) => providers.extend(provider(&listed, path, &mut entries.log)),
            Err(fault) => entries.refuse(&path, &fault),
        }
        pace.breathe().await;
    }
    let mut matching = Vec::with_capacity(providers.len());
    let places: BTreeMap<&str, usize> =
        providers.iter().enumerate().rev().map(|(at, of)| (&*of.matching.provider, at)).collect();
    for provider in &providers {
        let others = provider.matching.fallbacks.iter().filter_map(|key| places.get(&**key));
        let others: Vec<&Provider<'_>> = others.filter_map(|at| providers.get(*at)).collect();
        let mut endpoints = Vec::with_capacity(provider.models.len());
        for (index, raw) in provider.models.iter().enumerate() {
            let path = format!("{}.models[{index}]", provider.path);
            match read_entry::<ListedModel<'_>>(raw) {
                Ok(listed) => {
                    let entry = entry(&listed, &path, provider, pace.today(), &mut entries.log);
                    if let Some(mut entry) = entry {
                        let name = entry.endpoint.name.as_deref().unwrap_or_default();
                        if let Some(author) = author(name, provider, &others) {
                            entry.reference = format!("{author}/{}", entry.reference);
                        }
                        endpoints.extend(names(&listed, name, &path, &mut entries.log));
                        entries.push(entry);
                    }
                }
                Err(fault) => entries.refuse(&path, &fault),
            }
            pace.breathe().await;
        }
        matching.push(ProviderMatching { endpoints, ..provider.matching.clone() });
    }
    let source = Source {
        name: "genai-prices".to_owned(),
        url: Some("https://github.com/pydantic/genai-prices".to_owned()),
        date: None,
        license: Some("MIT".to_owned()),
    };
    let mut draft = entries.finish(Catalog {
        name: Some("genai-prices".to_owned()),
        sources: std::iter::once((SOURCE.to_owned(), source)).collect(),
        matching,
        ..Catalog::default()
    })?;
    // What else models are called, the source's own rules say.
    draft.catalog.aliases = Map::default();
    Ok(draft)
}

fn provider<'r>(listed: &Listed<'r>, path: String, log: &mut Log) -> Option<Provider<'r>> {
    let mut facts = Facts::new(log, &path);
    let Some(key) = facts.text(&listed.id, "id") else {
        log.error("entry_unreadable", path, "no id; the provider is left out");
        return None;
    };
    let name = facts.text(&listed.name, "name").unwrap_or_else(|| key.clone());
    let note = facts.text(&listed.price_comments, "price_comments");
    let Some(Shape::Array(models, _)) = listed.models.map(root::open) else {
        facts.warn("fact_unreadable", "models", "no list of models; there are none");
        return None;
    };
    let mut patterns = |rule: Option<&RawValue>, field: &str| {
        let patterns = rule.map(|rule| patterns(&value(rule), field, &mut facts));
        let few = patterns.filter(|patterns| patterns.len() <= MOST_PATTERNS);
        if rule.is_some() && few.is_none() {
            let effect = "the rule stands for too many names; it never matches";
            facts.warn("matching_rule_unreadable", field, effect);
        }
        few.unwrap_or_default()
    };
    let fallbacks = listed.fallback_model_providers.texts().take(MOST_FALLBACKS);
    let matching = ProviderMatching {
        keys: patterns(listed.provider_match, "provider_match"),
        models: patterns(listed.model_match, "model_match"),
        fallbacks: fallbacks.map(str::to_owned).collect(),
        endpoints: Vec::new(),
        provider: key,
    };
    let links = links(&name, &listed.pricing_urls);
    Some(Provider { path, name, note, links, models, matching })
}

/// Links to the pages that a provider states its prices on.
fn links(name: &str, urls: &List<Scalar>) -> Vec<PageLink> {
    let label = |index: usize, url: &str| {
        if index == 0 {
            return format!("{name} pricing");
        }
        // Told apart by where they lead.
        let page = url.split_once("://").map_or(url, |(_, page)| page);
        let page = page.split(['#', '?']).next().unwrap_or(page);
        format!("{name} pricing ({})", page.trim_end_matches('/'))
    };
    let urls = urls.texts().enumerate();
    urls.map(|(index, url)| PageLink { label: label(index, url), url: url.to_owned() }).collect()
}

fn entry(
    listed: &ListedModel<'_>,
    path: &str,
    provider: &Provider<'_>,
    today: Option<Date>,
    log: &mut Log,
) -> Option<Entry> {
    let mut facts = Facts::new(log, path);
    let Some(id) = facts.text(&listed.id, "id") else {
        log.error("entry_unreadable", path, "no id; the entry is left out");
        return None;
    };
    let key = &provider.matching.provider;
    let own_note = facts.text(&listed.price_comments, "price_comments");
    let note: Vec<String> = own_note.into_iter().chain(provider.note.clone()).collect();
    let context_length = facts.tokens(&listed.context_window, "context_window");
    let deprecated = facts.flag(&listed.deprecated, "deprecated") == Some(true);
    let status = if deprecated { Status::Deprecated } else { Status::Active };
    let description = facts.text(&listed.description, "description");
    let name = facts.text(&listed.name, "name");

    let stated = listed.prices.map(value).unwrap_or_default();
    let free = id.ends_with(":free");
    let mut prices = prices::prices(&stated, free, today, &mut facts.inside("prices"));
    prices.card.source = Some(SOURCE.to_owned());
    prices.card.note = (!note.is_empty()).then(|| note.join(" "));
    if key == "groq" && id.starts_with("whisper-") {
        prices.card.minimum_seconds = Some(GROQ_MINIMUM_SECONDS);
    }
    for entry in &mut prices.history {
        entry.source = Some(SOURCE.to_owned());
    }
    Some(Entry {
        path: path.to_owned(),
        model: Model {
            name,
            description: description.map(Description::Markdown),
            status,
            context_length,
            links: provider.links.clone(),
            source: Some(SOURCE.to_owned()),
            ..Model::default()
        },
        provider: key.clone(),
        reference: id.clone(),
        endpoint: Endpoint {
            id: format!("{key}/{id}"),
            provider: provider.name.clone(),
            context_length,
            prices: prices.card,
            price_history: prices.history,
            status,
            source: Some(SOURCE.to_owned()),
            name: Some(id),
            ..Endpoint::default()
        },
    })
}

/// Whose model it is, where its provider says that it sells others' and one of
/// these claims it: Google's `claude-3-haiku` is Anthropic's.
fn author<'p>(name: &str, provider: &Provider<'_>, others: &[&'p Provider<'_>]) -> Option<&'p str> {
    if name.contains('/') || provider.matching.claims(name) {
        return None;
    }
    let author = others.iter().find(|other| other.matching.claims(name))?;
    Some(&author.matching.provider)
}

/// The names of an endpoint; `None` where its rule is none or could not be read,
/// and so never matches.
fn names(
    listed: &ListedModel<'_>,
    id: &str,
    path: &str,
    log: &mut Log,
) -> Option<EndpointMatching> {
    let rule = value(listed.rule?);
    let names = match rules::equal_to(&rule) {
        Some(name) if name.eq_ignore_ascii_case(id) => Vec::new(),
        _ => Some(patterns(&rule, "match", &mut Facts::new(log, path)))
            .filter(|names| !names.is_empty())?,
    };
    Some(EndpointMatching { id: id.to_owned(), names })
}

fn patterns(rule: &Value, field: &str, facts: &mut Facts<'_>) -> Vec<String> {
    let (patterns, unread) = rules::patterns(rule);
    for fault in unread {
        facts.warn("matching_rule_unreadable", field, format!("{fault}; it never matches"));
    }
    patterns
}

/// A value whose shape differs from entry to entry; null where it is nested beyond
/// what anyone writes.
fn value(raw: &RawValue) -> Value {
    serde_json::from_str(raw.get()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::catalog::{Item, Price};
    use crate::formats::{compile, compile_on};

    fn catalog(json: &Value) -> Catalog {
        let compiled = compile(json.to_string().as_bytes()).unwrap();
        assert_eq!(compiled.format, "genai-prices");
        compiled.catalog
    }

    fn provider(key: &str, models: &Value) -> Value {
        json!({"id": key, "name": key.to_uppercase(), "api_pattern": "x", "models": models})
    }

    fn ids(catalog: &Catalog) -> Vec<(&str, Vec<&str>)> {
        let models = catalog.models.iter();
        models
            .map(|model| {
                let endpoints = model.endpoints.iter().map(|endpoint| endpoint.id.as_str());
                (model.id.as_str(), endpoints.collect())
            })
            .collect()
    }

    #[test]
    fn facts_of_a_model_and_its_provider() {
        let catalog = catalog(&json!([{
            "id": "openai", "name": "OpenAI", "api_pattern": "x",
            "pricing_urls": ["https://openai.com/api/pricing/", "https://platform.openai.com/docs/pricing#x", 7],
            "price_comments": "In dollars.",
            "models": [
                {"id": "gpt-4o", "name": "gpt 4o", "description": "Omni.\n", "context_window": 128_000,
                 "price_comments": "Cheap.", "deprecated": true, "match": {"equals": "gpt-4o"},
                 "prices": {"input_mtok": 2.5}},
                {"id": "o1", "context_window": 0, "match": {"equals": "o1"}, "prices": {"input_mtok": 15}},
            ]
        }]));
        let gpt = &catalog.models[0];
        assert_eq!((gpt.id.as_str(), gpt.name.as_deref()), ("openai/gpt-4o", Some("gpt 4o")));
        assert_eq!((gpt.context_length, gpt.status), (Some(128_000), Status::Deprecated));
        assert_eq!(
            serde_json::to_value(&gpt.description).unwrap(),
            json!([{"paragraph": [{"text": "Omni."}]}])
        );
        assert_eq!(gpt.prices.note.as_deref(), Some("Cheap. In dollars."));
        let links: Vec<_> =
            gpt.links.iter().map(|link| (link.label.as_str(), link.url.as_str())).collect();
        assert_eq!(
            links,
            [
                ("OpenAI pricing", "https://openai.com/api/pricing/"),
                (
                    "OpenAI pricing (platform.openai.com/docs/pricing)",
                    "https://platform.openai.com/docs/pricing#x"
                ),
            ]
        );
        let endpoint = &gpt.endpoints[0];
        assert_eq!(
            (endpoint.provider.as_str(), endpoint.name.as_deref(), endpoint.status),
            ("OpenAI", Some("gpt-4o"), Status::Deprecated)
        );
        assert_eq!(endpoint.prices.source.as_deref(), Some("genai-prices"));
        let o1 = &catalog.models[1];
        assert_eq!((o1.context_length, o1.prices.note.as_deref()), (None, Some("In dollars.")));
        let problems: Vec<_> = catalog
            .problems
            .iter()
            .map(|problem| (problem.path.as_str(), problem.code.as_str()))
            .collect();
        assert_eq!(problems, [("[0].models[1].context_window", "zero_is_unknown")]);
    }

    #[test]
    fn what_is_no_entry_is_left_out() {
        let catalog = catalog(&json!([
            provider("a", &json!([{"id": "x", "prices": {"input_mtok": 1}}, 7, {"name": "nameless"}])),
            8,
            {"name": "nameless", "models": []},
            {"id": "b", "models": {}},
        ]));
        assert_eq!(ids(&catalog), [("a/x", vec!["a/x"])]);
        let problems: Vec<_> = catalog
            .problems
            .iter()
            .map(|problem| (problem.path.as_str(), problem.code.as_str()))
            .collect();
        assert_eq!(
            problems,
            [
                ("[1]", "entry_unreadable"),
                ("[2]", "entry_unreadable"),
                ("[3].models", "fact_unreadable"),
                ("[0].models[1]", "entry_unreadable"),
                ("[0].models[2]", "entry_unreadable"),
            ]
        );
    }

    #[test]
    fn the_third_version_wraps_the_same_providers() {
        let models = json!([{"id": "x", "match": {"equals": "x"}, "prices": {"input_mtok": 1}}, 7]);
        let catalog = catalog(&json!({"units": {}, "providers": [provider("a", &models)]}));
        assert_eq!(ids(&catalog), [("a/x", vec!["a/x"])]);
        assert_eq!(catalog.problems[0].path, "providers[0].models[1]");
    }

    #[test]
    fn free_is_what_says_so_and_the_rest_is_unknown() {
        let models = json!([{"id": "a/x:free", "prices": {}}, {"id": "a/y", "prices": {}}]);
        let catalog = catalog(&json!([provider("openrouter", &models)]));
        let inputs: Vec<Price> =
            catalog.models.iter().map(|model| model.prices.price(Item::Input)).collect();
        assert_eq!(inputs, [Price::Free, Price::Unknown]);
    }

    #[test]
    fn groq_bills_transcriptions_of_at_least_ten_seconds() {
        let models = json!([{"id": "whisper-large-v3", "prices": {"audio_hours": 0.111}},
            {"id": "llama", "prices": {"input_mtok": 1}}]);
        let catalog = catalog(&json!([provider("groq", &models), provider("openai", &models)]));
        let minimum = |id: &str| {
            let endpoint = catalog.find(id).unwrap();
            let model = endpoint.model.endpoints.iter().find(|endpoint| endpoint.id == id);
            model.unwrap().prices.minimum_seconds
        };
        assert_eq!(minimum("groq/whisper-large-v3"), Some(10));
        assert_eq!(minimum("groq/llama"), None);
        assert_eq!(minimum("openai/whisper-large-v3"), None);
    }

    #[test]
    fn models_of_others_are_told_by_the_rules() {
        let with = |mut provider: Value, key: &str, value: Value| {
            provider[key] = value;
            provider
        };
        let google = provider(
            "google",
            &json!([{"id": "claude-3", "prices": {}}, {"id": "gemini-1", "prices": {}}]),
        );
        let google = with(google, "fallback_model_providers", json!(["anthropic"]));
        let google = with(google, "model_match", json!({"contains": "gemini"}));
        let anthropic =
            provider("anthropic", &json!([{"id": "claude-3", "prices": {"input_mtok": 3}}]));
        let anthropic = with(anthropic, "model_match", json!({"contains": "claude"}));
        assert_eq!(
            ids(&catalog(&json!([google, anthropic]))),
            [
                ("anthropic/claude-3", vec!["google/claude-3", "anthropic/claude-3"]),
                ("google/gemini-1", vec!["google/gemini-1"]),
            ]
        );
    }

    #[test]
    fn rules_come_with_the_catalog() {
        let catalog = catalog(&json!([{
            "id": "openai", "name": "OpenAI", "api_pattern": "x",
            "model_match": {"or": [{"starts_with": "gpt-"}, {"regex": "^o[134]"}]},
            "provider_match": {"contains": "openai"},
            "fallback_model_providers": ["other"],
            "models": [
                {"id": "GPT-4o", "match": {"equals": "gpt-4o"}, "prices": {"input_mtok": 1}},
                {"id": "o3", "match": {"or": [{"equals": "o3"}, {"regex": r"^o3-\d{4}$"}, {"regex": "a+"}]}, "prices": {}},
                {"id": "never", "match": {"regex": "(?=x)"}, "prices": {}},
                {"id": "none", "prices": {}},
            ]
        }]));
        assert_eq!(
            serde_json::to_value(&catalog.matching).unwrap(),
            json!([{"provider": "openai", "keys": ["*openai*"], "models": ["gpt-*", "o[134]*"],
                "endpoints": [{"id": "GPT-4o"}, {"id": "o3", "names": ["o3", "o3-####"]}],
                "fallbacks": ["other"]}])
        );
        let found = |id: &str| catalog.find(id).map(|found| found.model.id.as_str());
        assert_eq!(found("gpt-4o"), Some("openai/GPT-4o"));
        assert_eq!(found("azure-openai/o3-2025"), Some("openai/o3"));
        assert_eq!(found("aaa"), None);
        let problems: Vec<_> = catalog
            .problems
            .iter()
            .map(|problem| (problem.path.as_str(), problem.code.as_str()))
            .collect();
        assert_eq!(
            problems,
            [
                ("[0].models[1].match", "matching_rule_unreadable"),
                ("[0].models[2].match", "matching_rule_unreadable"),
            ]
        );
    }

    #[test]
    fn a_providers_rules_are_few() {
        let many: Vec<Value> =
            (0..=MOST_PATTERNS).map(|n| json!({"equals": n.to_string()})).collect();
        let mut listed = provider("a", &json!([{"id": "x", "prices": {}}]));
        listed["model_match"] = json!({"or": many});
        let catalog = catalog(&json!([listed]));
        assert!(catalog.matching[0].models.is_empty());
        assert_eq!(catalog.problems[0].path, "[0].model_match");
    }

    #[test]
    fn the_day_decides_which_dated_price_is_the_list_price() {
        let prices = json!([{"prices": {"input_mtok": 10}},
            {"constraint": {"start_date": "2025-06-10"}, "prices": {"input_mtok": 2}}]);
        let json =
            json!([provider("openai", &json!([{"id": "o3", "prices": prices}]))]).to_string();
        let input = |today: Option<&str>| {
            let today = today.map(|today| today.parse().unwrap());
            let catalog = compile_on(json.as_bytes(), today).unwrap().catalog;
            assert_eq!(catalog.problems, []);
            assert_eq!(catalog.models[0].price_history.len(), 2);
            catalog.models[0].prices.price(Item::Input).to_string()
        };
        assert_eq!(input(Some("2025-06-09")), "10");
        assert_eq!(input(Some("2025-06-10")), "2");
        assert_eq!(input(None), "2");
    }
}
