//! Several catalogs to one. The first wins for each fact, later ones fill gaps,
//! and prices that differ are kept beside those used, with their sources.
//!
//! A model of a later catalog is one of an earlier if their ids are equal, or an
//! alias of either catalog connects them, or both have an endpoint of the same
//! id, or their canonical ids are equal (see `identity`) and no other model's is.

use std::collections::{BTreeMap, BTreeSet};

use super::identity::{Identity, author};
use super::same_endpoint::same_endpoints;
use crate::catalog::{
    Catalog, Disagreement, Endpoint, Item, Map, Model, Price, RateCard, Source, Supplement,
};

/// Takes a later catalog into an earlier one. `label` names the later one where it
/// has no name of its own: its URL or file.
pub fn merge(into: &mut Catalog, mut other: Catalog, label: &str) {
    name_sources(&mut other, label);
    rename_sources(into, &mut other);
    let index = Index::new(into);
    let aliases = std::mem::take(&mut other.aliases);
    let models = std::mem::take(&mut other.models);
    let places = index.places(&models, &aliases);
    for (model, place) in models.into_iter().zip(places) {
        match place.and_then(|place| into.models.get_mut(place)) {
            Some(known) => {
                if known.id != model.id && !index.ids.contains_key(&model.id) {
                    into.aliases.insert(model.id.clone(), known.id.clone());
                }
                fill(known, model);
            }
            // An id that is taken by another model cannot stand twice.
            None if index.ids.contains_key(&model.id) => {}
            None => into.models.push(model),
        }
    }
    for (alias, id) in aliases {
        into.aliases.get_or_insert_with(&alias, || id);
    }
    // What is an id now needs no alias; ids are looked up first.
    let ids: BTreeSet<&str> = into
        .models
        .iter()
        .flat_map(|model| model.endpoints.iter().map(|at| &at.id).chain([&model.id]))
        .map(String::as_str)
        .collect();
    let aliases = std::mem::take(&mut into.aliases);
    into.aliases = aliases.into_iter().filter(|(alias, _)| !ids.contains(alias.as_str())).collect();
    for (key, source) in other.sources {
        into.sources.get_or_insert_with(&key, || source);
    }
    into.matching.extend(other.matching);
    into.problems.extend(other.problems);
}

/// Gives facts that name no source the catalog itself as their source, so that
/// they can be told apart once merged.
pub fn name_sources(catalog: &mut Catalog, label: &str) {
    let name = catalog.name.clone().unwrap_or_else(|| label.to_owned());
    let key = author(&name);
    let mut used = false;
    let mut set = |source: &mut Option<String>| {
        if source.is_none() {
            *source = Some(key.clone());
            used = true;
        }
    };
    for model in &mut catalog.models {
        set(&mut model.source);
        let cards = std::iter::once(&mut model.prices)
            .chain(model.endpoints.iter_mut().map(|endpoint| &mut endpoint.prices));
        for card in cards.filter(|card| !card.rates.is_empty()) {
            set(&mut card.source);
            card.date = card.date.or(catalog.date);
        }
        for result in &mut model.benchmarks {
            set(&mut result.source);
        }
    }
    if used {
        let license = catalog.license.as_ref().map(|license| license.name.clone());
        let url = label.starts_with("http").then(|| label.to_owned());
        let source = Source { name, url, date: catalog.date, license };
        catalog.sources.get_or_insert_with(&key, || source);
    }
}

/// Two catalogs may mean different sources by one key.
fn rename_sources(into: &Catalog, other: &mut Catalog) {
    let mut renamed: BTreeMap<String, String> = BTreeMap::new();
    let sources = std::mem::take(&mut other.sources);
    let keys: Vec<String> = sources.iter().map(|(key, _)| key.to_owned()).collect();
    other.sources = sources
        .into_iter()
        .map(|(key, source)| {
            if into.sources.get(&key).is_none_or(|known| *known == source) {
                return (key, source);
            }
            let free = (2..u32::MAX)
                .map(|n| format!("{key}-{n}"))
                .find(|name| !into.sources.contains_key(name) && !keys.contains(name));
            let free = free.unwrap_or_else(|| key.clone());
            renamed.insert(key, free.clone());
            (free, source)
        })
        .collect();
    if renamed.is_empty() {
        return;
    }
    for model in &mut other.models {
        for source in sources_of(model) {
            if let Some(name) = source.as_ref().and_then(|key| renamed.get(key)) {
                *source = Some(name.clone());
            }
        }
        for supplement in &mut model.supplements {
            if let Some(name) = renamed.get(&supplement.source) {
                supplement.source.clone_from(name);
            }
        }
    }
}

/// Every place in a model that names a source.
fn sources_of(model: &mut Model) -> Vec<&mut Option<String>> {
    let mut all = vec![&mut model.source];
    all.extend(card_sources(&mut model.prices));
    all.extend(model.price_history.iter_mut().map(|entry| &mut entry.source));
    for endpoint in &mut model.endpoints {
        all.push(&mut endpoint.source);
        all.extend(card_sources(&mut endpoint.prices));
        all.extend(endpoint.price_history.iter_mut().map(|entry| &mut entry.source));
    }
    all.extend(model.benchmarks.iter_mut().map(|result| &mut result.source));
    all.extend(model.published.as_mut().map(|published| &mut published.source));
    all
}

fn card_sources(card: &mut RateCard) -> impl Iterator<Item = &mut Option<String>> {
    let others = card.disagreements.iter_mut().map(|other| &mut other.source);
    std::iter::once(&mut card.source).chain(others)
}

/// Where the models of a catalog stand, by all that names them.
struct Index {
    ids: BTreeMap<String, usize>,
    endpoints: BTreeMap<String, usize>,
    aliases: BTreeMap<String, usize>,
    /// `None` where two models have the same.
    identities: BTreeMap<Identity, Option<usize>>,
}

impl Index {
    fn new(catalog: &Catalog) -> Self {
        let mut index = Self {
            ids: BTreeMap::new(),
            endpoints: BTreeMap::new(),
            aliases: BTreeMap::new(),
            identities: BTreeMap::new(),
        };
        for (place, model) in catalog.models.iter().enumerate() {
            index.ids.entry(model.id.clone()).or_insert(place);
            for endpoint in &model.endpoints {
                index.endpoints.entry(endpoint.id.clone()).or_insert(place);
            }
            let identity = identity(model);
            if identity.author.is_some() {
                index
                    .identities
                    .entry(identity)
                    .and_modify(|place| *place = None)
                    .or_insert(Some(place));
            }
        }
        for (alias, id) in catalog.aliases.iter() {
            let place = index.ids.get(id).or_else(|| index.endpoints.get(id)).copied();
            if let Some(place) = place {
                index.aliases.insert(alias.to_owned(), place);
            }
        }
        index
    }

    /// Where each model of another catalog stands, if it does. Those of one catalog
    /// are different models, however alike their ids, so no two have one place.
    fn places(&self, models: &[Model], aliases: &Map<String>) -> Vec<Option<usize>> {
        let mut named: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (alias, id) in aliases.iter() {
            named.entry(id).or_default().push(alias);
        }
        // What is only alike may not take the place of what has its id.
        let mut places: Vec<Option<usize>> =
            models.iter().map(|model| self.ids.get(&model.id).copied()).collect();
        let mut taken: BTreeSet<usize> = places.iter().flatten().copied().collect();
        for (model, place) in models.iter().zip(&mut places).filter(|(_, place)| place.is_none()) {
            let aliases = named.get(model.id.as_str()).map(Vec::as_slice).unwrap_or_default();
            *place = self.alike(model, aliases).filter(|place| taken.insert(*place));
        }
        places
    }

    fn alike(&self, model: &Model, aliases: &[&str]) -> Option<usize> {
        let named = |id: &str| self.ids.get(id).or_else(|| self.aliases.get(id)).copied();
        self.aliases
            .get(&model.id)
            .copied()
            .or_else(|| aliases.iter().find_map(|alias| named(alias)))
            .or_else(|| self.identities.get(&identity(model)).copied().flatten())
            .or_else(|| {
                let mut known =
                    model.endpoints.iter().filter_map(|one| self.endpoints.get(&one.id));
                known.next().copied()
            })
    }
}

/// Which model it is: by its id, and where that names no author, by the one that
/// the catalog states.
fn identity(model: &Model) -> Identity {
    let identity = Identity::of(&model.id);
    match &model.author {
        Some(author) if !author.trim().is_empty() => identity.by(author),
        _ => identity,
    }
}

/// Fills the gaps of a model with what another catalog says of it.
fn fill(model: &mut Model, other: Model) {
    let mut facts: Vec<String> = Vec::new();
    macro_rules! take {
        ($($field:ident)*) => {$(
            if model.$field.is_none() && other.$field.is_some() {
                model.$field = other.$field;
                facts.push(stringify!($field).to_owned());
            }
        )*};
    }
    macro_rules! take_list {
        ($($field:ident)*) => {$(
            if model.$field.is_empty() && !other.$field.is_empty() {
                model.$field = other.$field;
                facts.push(stringify!($field).to_owned());
            }
        )*};
    }
    take! {
        name author description released knowledge_cutoff retires parameters context_length
        max_output tokenizer open_weights license published
    }
    take_list! { input_modalities output_modalities supported_parameters features links }
    if let Some(source) = other.source.filter(|_| !facts.is_empty()) {
        model.supplements.push(Supplement { source, facts });
    }
    model.supplements.extend(other.supplements);

    let agreed = merge_prices(&mut model.prices, other.prices);
    if agreed && model.price_history.is_empty() {
        model.price_history = other.price_history;
    }
    let places = same_endpoints(&model.endpoints, &other.endpoints);
    for (endpoint, place) in other.endpoints.into_iter().zip(places) {
        match place.and_then(|place| model.endpoints.get_mut(place)) {
            Some(known) => fill_endpoint(known, endpoint),
            None => model.endpoints.push(endpoint),
        }
    }
    // Runs of one benchmark by two sources cannot be told apart.
    let known: Vec<String> =
        model.benchmarks.iter().map(|result| result.benchmark.clone()).collect();
    model
        .benchmarks
        .extend(other.benchmarks.into_iter().filter(|result| !known.contains(&result.benchmark)));
}

fn fill_endpoint(endpoint: &mut Endpoint, other: Endpoint) {
    macro_rules! take {
        ($($field:ident)*) => {$(endpoint.$field = endpoint.$field.take().or(other.$field);)*};
    }
    take! {
        name context_length max_output quantization uptime latency throughput data_policy source date
    }
    let agreed = merge_prices(&mut endpoint.prices, other.prices);
    if agreed && endpoint.price_history.is_empty() {
        endpoint.price_history = other.price_history;
    }
}

/// Takes the prices that a card lacks from another that agrees with it, or notes
/// what differs. Whether they agree: cards that differ are of different days or
/// offers, and parts of one would be wrong in the other.
fn merge_prices(card: &mut RateCard, other: RateCard) -> bool {
    if card.rates.is_empty() && card.conditions.is_empty() {
        let before = std::mem::take(&mut card.disagreements);
        *card = other;
        card.disagreements.extend(before);
        return true;
    }
    if other.rates.is_empty() || card.currency() != other.currency() {
        return card.currency() == other.currency();
    }
    let differ = |(item, price): &(Item, Price)| {
        card.rates.stated(*item).is_some_and(|have| differs(have, *price))
    };
    let rates: crate::catalog::Rates = other.rates.iter().filter(differ).collect();
    card.disagreements.extend(other.disagreements);
    if !rates.is_empty() {
        card.disagreements.push(Disagreement { rates, source: other.source, date: other.date });
        return false;
    }
    for (item, price) in other.rates.iter() {
        if matches!(card.rates.stated(item), None | Some(Price::Unknown)) {
            card.rates.set(item, price);
        }
    }
    if card.conditions.is_empty() {
        card.conditions = other.conditions;
    }
    card.minimum_seconds = card.minimum_seconds.or(other.minimum_seconds);
    true
}

/// Whether two stated prices contradict each other: an unknown one says nothing,
/// and free is an amount of zero.
fn differs(a: Price, b: Price) -> bool {
    match (a.amount(), b.amount()) {
        (Some(a), Some(b)) => a != b,
        _ => a != b && a != Price::Unknown && b != Price::Unknown,
    }
}

#[cfg(test)]
// Literals read better than references to them.
#[allow(clippy::needless_pass_by_value)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::formats::compile;

    fn catalog(mut root: Value) -> Catalog {
        root["schema_version"] = "1.0".into();
        compile(root.to_string().as_bytes()).unwrap().catalog
    }

    fn merged(first: Value, second: Value) -> Value {
        let mut into = catalog(first);
        name_sources(&mut into, "first.json");
        merge(&mut into, catalog(second), "https://second.example/models");
        serde_json::to_value(into).unwrap()
    }

    fn one(model: Value, other: Value) -> Value {
        let result = merged(
            json!({"name": "A", "models": Value::Array(vec![model])}),
            json!({"name": "B", "date": "2026-01-02", "models": Value::Array(vec![other])}),
        );
        assert_eq!(result["models"].as_array().unwrap().len(), 1, "{result}");
        result["models"][0].clone()
    }

    #[test]
    fn the_first_wins_and_later_ones_fill_gaps() {
        let model = one(
            json!({"id": "openai/gpt-4o", "name": "GPT-4o", "context_length": 128_000}),
            json!({"id": "openai/gpt-4o", "name": "Other", "description": "Text.", "max_output": 16_384}),
        );
        assert_eq!(model["name"], "GPT-4o");
        assert_eq!(model["max_output"], 16_384);
        assert_eq!(
            model["supplements"],
            json!([{"source": "b", "facts": ["description", "max_output"]}])
        );
    }

    #[test]
    fn different_prices_are_both_kept_and_nothing_is_mixed() {
        let model = one(
            json!({"id": "a/x", "prices": {"rates": {"input": "1", "output": "2"}}}),
            json!({"id": "a/x", "prices": {"rates": {"input": "1", "output": "3", "cache_read": "0.1"}}}),
        );
        assert_eq!(model["prices"]["rates"], json!({"input": "1", "output": "2"}));
        assert_eq!(
            model["prices"]["disagreements"],
            json!([{"rates": {"output": "3"}, "source": "b", "date": "2026-01-02"}])
        );
    }

    #[test]
    fn prices_that_agree_complete_each_other() {
        let model = one(
            json!({"id": "a/x", "prices": {"rates": {"input": "1", "output": "free"}}}),
            json!({"id": "a/x", "prices": {"rates": {"input": "1.0", "output": "0", "cache_read": "0.1"},
                "conditions": [{"when": {"service_tier": "batch"}, "rates": {"input": "0.5"}}]}}),
        );
        assert_eq!(
            model["prices"]["rates"],
            json!({"input": "1", "output": "free", "cache_read": "0.1"})
        );
        assert_eq!(model["prices"]["conditions"].as_array().unwrap().len(), 1);
        assert_eq!(model["prices"].get("disagreements"), None);
    }

    #[test]
    fn models_are_matched_by_canonical_id_alias_and_endpoint() {
        for (first, second, same) in [
            (
                json!({"id": "anthropic/claude-3.5-sonnet"}),
                json!({"id": "openrouter/anthropic/claude-3-5-sonnet"}),
                true,
            ),
            (json!({"id": "meta/llama-3"}), json!({"id": "meta-llama/Llama-3"}), true),
            (json!({"id": "a/x"}), json!({"id": "a/x:free"}), false),
            (json!({"id": "a/x"}), json!({"id": "a/x-2025-01-01"}), false),
            (json!({"id": "x"}), json!({"id": "X"}), false),
            (json!({"id": "openai/x"}), json!({"id": "x", "author": "OpenAI"}), true),
            (json!({"id": "x", "author": "OpenAI"}), json!({"id": "openai/x"}), true),
            (json!({"id": "a/x"}), json!({"id": "b/x", "author": "A"}), false),
            (
                json!({"id": "a/x", "endpoints": [{"id": "azure/x-1", "provider": "Azure"}]}),
                json!({"id": "b/y", "endpoints": [{"id": "azure/x-1", "provider": "Azure"}]}),
                true,
            ),
        ] {
            let result = merged(json!({"models": [first]}), json!({"models": [second]}));
            let count = result["models"].as_array().unwrap().len();
            assert_eq!(count == 1, same, "{first} {second}");
        }
        let result = merged(
            json!({"models": [{"id": "a/x"}], "aliases": {"house-model": "a/x"}}),
            json!({"models": [{"id": "house-model", "context_length": 5}]}),
        );
        assert_eq!(result["models"][0]["context_length"], 5);
        let result = merged(
            json!({"models": [{"id": "a/x"}]}),
            json!({"models": [{"id": "q", "context_length": 5}], "aliases": {"a/x": "q"}}),
        );
        assert_eq!(result["models"][0]["context_length"], 5);
        assert_eq!(result["aliases"]["q"], "a/x");
        let result = merged(
            json!({"models": [{"id": "a/x"}]}),
            json!({"models": [{"id": "q", "context_length": 5}],
                "aliases": {"a/w": "q", "a/x": "q", "a/y": "q"}}),
        );
        assert_eq!(result["models"][0]["context_length"], 5, "each of its aliases counts");
    }

    #[test]
    fn a_model_that_is_only_alike_leaves_the_place_to_the_one_with_the_id() {
        let result = merged(
            json!({"models": [{"id": "meta/llama-3"}]}),
            json!({"models": [{"id": "meta-llama/llama-3"}, {"id": "meta/llama-3", "max_output": 7}]}),
        );
        assert_eq!(result["models"][0]["max_output"], 7);
        assert_eq!(result["models"][1]["id"], "meta-llama/llama-3");
    }

    #[test]
    fn two_models_of_one_catalog_are_never_one() {
        let result = merged(
            json!({"models": [{"id": "meta/llama-3"}]}),
            json!({"models": [{"id": "meta-llama/llama-3"}, {"id": "facebook/llama-3"}]}),
        );
        assert_eq!(result["models"].as_array().unwrap().len(), 2);
    }

    #[test]
    fn the_same_endpoint_is_one_and_says_where_catalogs_differ() {
        let endpoint = |id: &str, provider: &str, input: &str| json!({"id": id, "provider": provider, "prices": {"rates": {"input": input}}});
        let model = one(
            json!({"id": "a/x", "endpoints": [endpoint("azure/x", "Azure", "1"), endpoint("bedrock/x", "Bedrock", "1")]}),
            json!({"id": "a/x", "endpoints": [endpoint("amazon-bedrock/a.x-v1:0", "Amazon Bedrock", "2"), endpoint("groq/x", "Groq", "1")]}),
        );
        let endpoints = model["endpoints"].as_array().unwrap();
        assert_eq!(endpoints.len(), 3);
        assert_eq!(endpoints[1]["prices"]["disagreements"][0]["rates"], json!({"input": "2"}));
        assert_eq!(endpoints[2]["id"], "groq/x");
    }

    #[test]
    fn endpoints_of_a_later_catalog_stay_apart() {
        let endpoint = |id: &str, input: &str| json!({"id": id, "provider": "Azure", "prices": {"rates": {"input": input}}});
        let model = one(
            json!({"id": "a/x"}),
            json!({"id": "a/x", "endpoints": [endpoint("azure/eu/x", "1.1"), endpoint("azure/us/x", "1")]}),
        );
        assert_eq!(model["endpoints"].as_array().unwrap().len(), 2);
        assert_eq!(model["endpoints"][0]["prices"]["rates"], json!({"input": "1.1"}));
        assert_eq!(model["endpoints"][1]["prices"]["rates"], json!({"input": "1"}));
    }

    #[test]
    fn sources_of_one_key_stay_apart() {
        let side = |name: &str, price: &str| {
            json!({"sources": {"s": {"name": name}}, "models": [
                {"id": "a/x", "source": "s", "prices": {"source": "s", "rates": {"input": price}}}]})
        };
        let result = merged(side("One", "1"), side("Two", "2"));
        assert_eq!(result["sources"]["s"]["name"], "One");
        assert_eq!(result["sources"]["s-2"]["name"], "Two");
        assert_eq!(result["models"][0]["prices"]["disagreements"][0]["source"], "s-2");
    }

    // Found by fuzzing.
    #[test]
    fn an_alias_that_has_become_an_id_is_no_alias() {
        let of = |id: &str, provider: &str| Model {
            id: id.to_owned(),
            endpoints: vec![Endpoint {
                id: id.to_owned(),
                provider: provider.to_owned(),
                ..Endpoint::default()
            }],
            ..Model::default()
        };
        let mut into = Catalog { models: vec![of("p/a", "P")], ..Catalog::default() };
        for alias in ["q/b", "free"] {
            into.aliases.insert(alias.to_owned(), "p/a".to_owned());
        }
        merge(&mut into, Catalog { models: vec![of("q/b", "Q")], ..Catalog::default() }, "other");
        let left: Vec<&str> = into.aliases.iter().map(|(alias, _)| alias).collect();
        assert_eq!(left, ["free"]);
    }
}
