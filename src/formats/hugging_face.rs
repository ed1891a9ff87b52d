//! Hugging Face's router, `GET /v1/models`: models of the Hub, each with the
//! providers that serve it. Prices are numbers in US dollars per 1,000,000 tokens.
//!
//! `created` is the day on which the repository was made, so it is not read as
//! the release. Of latency and throughput the router states one figure, which
//! stands here in the place of the median.

use serde::Deserialize;

use super::detect::{Format, Reading};
use super::entry::{Entries, Entry};
use super::facts::Facts;
use super::identity::{Identity, author};
use super::log::Log;
use super::openrouter::modalities;
use super::root::{self, Root};
use super::scalar::{List, Nested, Scalar};
use super::{Draft, Pace, read_entry};
use crate::catalog::{
    Catalog, CatalogError, Endpoint, Item, Model, PageLink, Price, Quantiles, RateCard, Source,
    Status,
};

/// The router's list of models.
pub const FORMAT: Format = Format { name: "hugging-face", fits, read };

/// The key of the source in the catalog.
const SOURCE: &str = "huggingface";

/// Where the models stand.
const KEYS: &[&str] = &["data", "models"];

#[derive(Default, Deserialize)]
#[serde(default)]
struct Listed {
    id: Scalar,
    owned_by: Scalar,
    architecture: Nested<Architecture>,
    providers: List<Nested<Offered>>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Architecture {
    input_modalities: List<Scalar>,
    output_modalities: List<Scalar>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Offered {
    provider: Scalar,
    status: Scalar,
    context_length: Scalar,
    pricing: Nested<Pricing>,
    is_free: Scalar,
    supports_tools: Scalar,
    supports_structured_output: Scalar,
    first_token_latency_ms: Scalar,
    throughput: Scalar,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Pricing {
    input: Scalar,
    output: Scalar,
}

fn fits(root: &Root<'_>) -> bool {
    root.first_items(KEYS).into_iter().any(|item| {
        let root::Shape::Object(members) = root::open(item) else { return false };
        members.iter().any(|(key, _)| key == "id")
            && members.iter().any(|(key, value)| key == "providers" && value.get().starts_with('['))
    })
}

fn read<'r>(root: &'r Root<'r>, pace: &'r Pace<'r>) -> Reading<'r> {
    Box::pin(read_paced(root, pace))
}

async fn read_paced(root: &Root<'_>, pace: &Pace<'_>) -> Result<Draft, CatalogError> {
    let mut entries = Entries::default();
    let (key, items) = root.items(KEYS).unwrap_or_default();
    for (index, raw) in items.into_iter().enumerate() {
        let path = format!("{key}[{index}]");
        match read_entry::<Listed>(raw) {
            Ok(listed) => model(&listed, &path, &mut entries),
            Err(fault) => entries.refuse(&path, &fault),
        }
        pace.breathe().await;
    }
    let source = Source {
        name: "Hugging Face Inference Providers".to_owned(),
        url: Some("https://huggingface.co/inference/models".to_owned()),
        ..Source::default()
    };
    entries.finish(Catalog {
        name: Some("Hugging Face Inference Providers".to_owned()),
        sources: std::iter::once((SOURCE.to_owned(), source)).collect(),
        ..Catalog::default()
    })
}

/// Adds the entries of one model.
fn model(listed: &Listed, path: &str, entries: &mut Entries) {
    let log = &mut entries.log;
    let mut facts = Facts::new(log, path);
    let Some(id) = facts.text(&listed.id, "id") else {
        return entries.refuse(path, "no id");
    };
    let mut model = Model {
        author: facts.text(&listed.owned_by, "owned_by"),
        open_weights: Some(true),
        links: vec![PageLink {
            label: "Weights".to_owned(),
            url: format!("https://huggingface.co/{id}"),
        }],
        source: Some(SOURCE.to_owned()),
        ..Model::default()
    };
    if let Some(architecture) = listed.architecture.get() {
        let mut facts = facts.inside("architecture");
        model.input_modalities =
            modalities(&architecture.input_modalities, &mut facts, "input_modalities");
        model.output_modalities =
            modalities(&architecture.output_modalities, &mut facts, "output_modalities");
    }
    let offers = || listed.providers.0.iter().filter_map(Nested::get);
    for (feature, stated) in [
        ("tools", offers().any(|offer| offer.supports_tools.flag() == Some(true))),
        (
            "structured_outputs",
            offers().any(|offer| offer.supports_structured_output.flag() == Some(true)),
        ),
    ] {
        if stated {
            model.features.push(feature.to_owned());
        }
    }
    let mut read = Vec::new();
    for (index, offered) in listed.providers.0.iter().enumerate() {
        read.extend(entry(offered, &id, &format!("{path}.providers[{index}]"), log));
    }
    if read.is_empty() {
        return entries.refuse(path, "no provider");
    }
    // The facts about the model go to its main entry: its author's own, else the first.
    let own = Identity::of(&id).author;
    let main = read.iter().position(|entry| own == Some(author(&entry.provider)));
    if let Some(entry) = read.get_mut(main.unwrap_or(0)) {
        entry.model = Model { id, ..model };
    }
    for entry in read {
        entries.push(entry);
    }
}

fn entry(offered: &Nested<Offered>, id: &str, path: &str, log: &mut Log) -> Option<Entry> {
    let mut facts = Facts::new(log, path);
    let offered = match offered {
        Nested::Object(offered) => offered,
        Nested::Absent => return None,
        Nested::Other(kind) => {
            facts.warn("fact_unreadable", "", format!("{kind} instead of an object"));
            return None;
        }
    };
    let Some(provider) = facts.text(&offered.provider, "provider") else {
        facts.warn("fact_unreadable", "", "no provider; the endpoint is left out");
        return None;
    };
    let endpoint = Endpoint {
        id: format!("{provider}/{id}"),
        provider: provider.clone(),
        context_length: facts.tokens(&offered.context_length, "context_length"),
        prices: prices(offered, &mut facts),
        latency: median(facts.measure(&offered.first_token_latency_ms, "first_token_latency_ms")),
        throughput: median(facts.measure(&offered.throughput, "throughput")),
        status: status(&offered.status, &mut facts),
        source: Some(SOURCE.to_owned()),
        ..Endpoint::default()
    };
    Some(Entry {
        path: path.to_owned(),
        model: Model { id: id.to_owned(), ..Model::default() },
        endpoint,
        provider,
        reference: id.to_owned(),
    })
}

fn prices(offered: &Offered, facts: &mut Facts<'_>) -> RateCard {
    let mut card = RateCard { source: Some(SOURCE.to_owned()), ..RateCard::default() };
    let free = facts.flag(&offered.is_free, "is_free") == Some(true);
    if let Some(pricing) = offered.pricing.get() {
        let mut facts = facts.inside("pricing");
        for (item, value, field) in
            [(Item::Input, &pricing.input, "input"), (Item::Output, &pricing.output, "output")]
        {
            if let Some(price) = facts.price(item, value, field, 0) {
                card.rates.set(item, price);
            }
        }
    }
    if free {
        let costs =
            |(_, price): (Item, Price)| price.amount().is_some_and(|amount| !amount.is_zero());
        if card.rates.iter().any(costs) {
            let effect = "true, and yet there are prices above 0; these are used";
            facts.warn("free_contradicts", "is_free", effect);
        } else {
            card.rates =
                [(Item::Input, Price::Free), (Item::Output, Price::Free)].into_iter().collect();
        }
    }
    card
}

fn median(figure: Option<f64>) -> Option<Quantiles> {
    figure.map(|figure| Quantiles { p50: Some(figure), ..Quantiles::default() })
}

fn status(status: &Scalar, facts: &mut Facts<'_>) -> Status {
    match facts.text(status, "status").as_deref() {
        None | Some("live") => Status::Active,
        Some("staging") => Status::Preview,
        Some("error") => Status::Unavailable,
        Some(other) => {
            let effect = format!("\"{other}\" is not known; read as not available");
            facts.note("status_undocumented", "status", effect);
            Status::Unavailable
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::compile;

    fn catalog(models: &str) -> Catalog {
        let json = format!(r#"{{"object": "list", "data": [{models}]}}"#);
        let compiled = compile(json.as_bytes()).unwrap();
        assert_eq!(compiled.format, "hugging-face");
        compiled.catalog
    }

    fn known(text: &str) -> Price {
        Price::Known(text.parse().unwrap())
    }

    #[test]
    fn each_provider_is_an_endpoint() {
        let catalog = catalog(
            r#"{"id": "Qwen/Qwen3-8B", "object": "model", "created": 1776837885, "owned_by": "Qwen",
                "architecture": {"input_modalities": ["text", "image", "smell"], "output_modalities": ["text"]},
                "providers": [
                  {"provider": "novita", "status": "live", "context_length": 128000,
                   "pricing": {"input": 0.42, "output": 3}, "is_free": false, "supports_tools": true,
                   "supports_structured_output": false, "first_token_latency_ms": 762.6, "throughput": 39.5,
                   "is_model_author": false},
                  {"provider": "featherless-ai", "status": "error", "is_model_author": false},
                  {"provider": "gift", "status": "staging", "is_free": true, "pricing": {"input": 0, "output": 0}},
                  {"provider": "zero", "is_free": false, "pricing": {"input": 0, "output": 0}},
                  {"provider": "odd", "is_free": true, "pricing": {"input": 1, "output": 1}},
                  {"status": "live"}, 7
                ]},
               {"id": "a/alone", "providers": []}"#,
        );
        let [model] = catalog.models.as_slice() else { panic!("{}", catalog.models.len()) };
        assert_eq!((model.id.as_str(), model.author.as_deref()), ("Qwen/Qwen3-8B", Some("Qwen")));
        assert_eq!(model.released, None);
        assert_eq!(model.open_weights, Some(true));
        assert_eq!(model.links[0].url, "https://huggingface.co/Qwen/Qwen3-8B");
        assert_eq!(model.features, ["tools"]);
        assert_eq!(model.input_modalities.len(), 2);
        let ids: Vec<_> = model.endpoints.iter().map(|endpoint| endpoint.id.as_str()).collect();
        assert_eq!(
            ids,
            [
                "novita/Qwen/Qwen3-8B",
                "featherless-ai/Qwen/Qwen3-8B",
                "gift/Qwen/Qwen3-8B",
                "zero/Qwen/Qwen3-8B",
                "odd/Qwen/Qwen3-8B"
            ]
        );
        let novita = &model.endpoints[0];
        assert_eq!(novita.prices.price(Item::Input), known("0.42"));
        assert_eq!(novita.prices.price(Item::Output), known("3"));
        assert_eq!(novita.context_length, Some(128_000));
        assert_eq!(novita.latency.unwrap().p50, Some(762.6));
        assert_eq!(novita.throughput.unwrap().p50, Some(39.5));
        let input = |at: usize| model.endpoints[at].prices.price(Item::Input);
        assert_eq!(
            [input(1), input(2), input(3), input(4)],
            [Price::Unknown, Price::Free, known("0"), known("1")]
        );
        let status: Vec<_> = model.endpoints.iter().map(|endpoint| endpoint.status).collect();
        assert_eq!(status[..3], [Status::Active, Status::Unavailable, Status::Preview]);
        let problems: Vec<_> = catalog
            .problems
            .iter()
            .map(|problem| (problem.path.as_str(), problem.code.as_str()))
            .collect();
        assert_eq!(
            problems,
            [
                ("data[0].architecture.input_modalities", "modality_unknown"),
                ("data[0].providers[4].is_free", "free_contradicts"),
                ("data[0].providers[5]", "fact_unreadable"),
                ("data[0].providers[6]", "fact_unreadable"),
                ("data[1]", "entry_unreadable"),
            ]
        );
    }

    #[test]
    fn the_authors_own_offer_has_the_list_price() {
        let catalog = catalog(
            r#"{"id": "CohereLabs/command-a", "owned_by": "CohereLabs", "providers": [
                {"provider": "other", "pricing": {"input": 9, "output": 9}},
                {"provider": "cohere", "pricing": {"input": 2.5, "output": 10}}]}"#,
        );
        let model = &catalog.models[0];
        assert_eq!(model.prices.price(Item::Input), known("2.5"));
        assert_eq!(model.author.as_deref(), Some("CohereLabs"));
        assert_eq!(model.links.len(), 1);
    }
}
