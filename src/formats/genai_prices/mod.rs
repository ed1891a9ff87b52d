//! genai-prices: `data.json` of its versions 1 and 2, an array of providers with
//! their models, prices in US dollars and rules for finding a model by the names
//! it goes by; version 3 has the same array under `providers`. Its slim edition
//! lacks what is free.
//!
//! `rules` reads the rules, `prices` the prices.

mod prices;
mod rules;

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
    Catalog, CatalogError, Date, Description, Endpoint, EndpointMatching, Model, PageLink,
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
    entries.finish(Catalog {
        name: Some("genai-prices".to_owned()),
        sources: std::iter::once((SOURCE.to_owned(), source)).collect(),
        matching,
        ..Catalog::default()
    })
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
    let label = |index: usize, url: &str| match index {
        0 => format!("{name} pricing"),
        // Told apart by where they lead.
        _ => {
            let page = url.split_once("://").map_or(url, |(_, page)| page);
            let page = page.split(['#', '?']).next().unwrap_or(page);
            format!("{name} pricing ({})", page.trim_end_matches('/'))
        }
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
    // Where a model stands among an account's on Fireworks is no author.
    let reference = match id.split_once("/models/") {
        Some((account, model)) if account.starts_with("accounts/") => model,
        _ => &id,
    };
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
        reference: reference.to_owned(),
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
