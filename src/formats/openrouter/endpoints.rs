//! `GET /api/v1/models/{id}/endpoints`: `{data: {id, name, …, endpoints: […]}}`,
//! one model and the providers that serve it.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::value::RawValue;

use super::model::{self, Listed, output_within};
use super::pricing::{self, Offer};
use super::{SOURCE, catalog, is_free};
use crate::catalog::{CatalogError, Endpoint, Model, Quantiles, Status};
use crate::formats::detect::{Format, Reading};
use crate::formats::entry::{Entries, Entry};
use crate::formats::facts::Facts;
use crate::formats::identity::{Identity, author};
use crate::formats::log::Log;
use crate::formats::root::{self, Root};
use crate::formats::scalar::{List, Nested, Scalar};
use crate::formats::{Draft, Pace, read_entry};

/// The endpoints of one model.
pub const FORMAT: Format = Format { name: "openrouter-endpoints", fits, read };

#[derive(Default, Deserialize)]
#[serde(default)]
struct Offers<'a> {
    #[serde(borrow)]
    endpoints: List<&'a RawValue>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Offered<'a> {
    provider_name: Scalar,
    tag: Scalar,
    context_length: Scalar,
    max_completion_tokens: Scalar,
    quantization: Scalar,
    status: Scalar,
    uptime_last_30m: Scalar,
    uptime_last_1d: Scalar,
    uptime_last_5m: Scalar,
    latency_last_30m: Nested<Measured>,
    throughput_last_30m: Nested<Measured>,
    #[serde(borrow)]
    pricing: Option<&'a RawValue>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Measured {
    p50: Scalar,
    p75: Scalar,
    p90: Scalar,
    p99: Scalar,
}

/// Vercel's gateway answers in the same shape, with `released` and with prices
/// that mean something else (a 0 there is often no price at all).
fn fits(root: &Root<'_>) -> bool {
    root.get("data").is_some_and(|data| {
        root::has(data, &["id", "endpoints"]) && !root::has(data, &["id", "released"])
    })
}

fn read<'r>(root: &'r Root<'r>, pace: &'r Pace<'r>) -> Reading<'r> {
    Box::pin(read_paced(root, pace))
}

async fn read_paced(root: &Root<'_>, pace: &Pace<'_>) -> Result<Draft, CatalogError> {
    let mut entries = Entries::default();
    let none = |first: Option<String>| Err(CatalogError::NoModels { first });
    let Some(data) = root.get("data") else { return none(None) };
    let (listed, offers) = match read_entry::<Listed>(data)
        .and_then(|listed| Ok((listed, read_entry::<Offers<'_>>(data)?)))
    {
        Ok(read) => read,
        Err(fault) => return none(Some(format!("data: {fault}"))),
    };
    let Some((model, _)) = model::read(&listed, &mut Facts::new(&mut entries.log, "data")) else {
        return none(Some("data.id: no id".to_owned()));
    };
    let indexed = model.published.is_some();
    let mut read = Vec::new();
    let mut tags = BTreeMap::new();
    for (index, raw) in offers.endpoints.0.into_iter().enumerate() {
        let path = format!("data.endpoints[{index}]");
        match read_entry::<Offered<'_>>(raw) {
            Ok(offered) => {
                read.extend(entry(&offered, &model, &mut tags, &path, &mut entries.log));
            }
            Err(fault) => entries.refuse(&path, &fault),
        }
        pace.breathe().await;
    }
    if read.is_empty() {
        // A model that nobody serves is still a model.
        let (catalog, ()) = catalog(indexed).with_models(vec![model]);
        let paths = vec!["data".to_owned()];
        return Ok(Draft { catalog, paths, exact_paths: false, log: entries.log });
    }
    // The facts about the model go to its main entry: its author's own, else the first.
    let own = Identity::of(&model.id).author;
    let main = read.iter().position(|entry| own == Some(author(&entry.provider)));
    if let Some(entry) = read.get_mut(main.unwrap_or(0)) {
        entry.model = model;
    }
    for entry in read {
        entries.push(entry);
    }
    entries.finish(catalog(indexed))
}

fn entry(
    offered: &Offered<'_>,
    model: &Model,
    tags: &mut BTreeMap<String, usize>,
    path: &str,
    log: &mut Log,
) -> Option<Entry> {
    let mut facts = Facts::new(log, path);
    let name = facts.text(&offered.provider_name, "provider_name");
    let tag = facts.text(&offered.tag, "tag");
    let Some(tag) = tag.or_else(|| Some(name.as_ref()?.to_lowercase().replace(' ', "-"))) else {
        log.error("entry_unreadable", path, "no provider; the endpoint is left out");
        return None;
    };
    let key = tag.split('/').next().unwrap_or_default().to_owned();
    let times = tags.entry(tag.clone()).or_default();
    *times += 1;
    let id = if *times == 1 {
        format!("{tag}/{}", model.id)
    } else {
        format!("{tag}#{times}/{}", model.id)
    };
    if *times > 1 {
        facts.note("tag_repeats", "tag", format!("\"{tag}\" stands there before; this is {id}"));
    }
    let offer = Offer { free: is_free(&model.id), makes: &model.output_modalities };
    let prices = pricing::card(offered.pricing, &offer, &mut facts.inside("pricing"));
    let context_length = facts.tokens(&offered.context_length, "context_length");
    let max_output = facts.tokens(&offered.max_completion_tokens, "max_completion_tokens");
    output_within(max_output, context_length, &mut facts);
    let endpoint = Endpoint {
        id,
        provider: name.unwrap_or_else(|| key.clone()),
        context_length,
        max_output,
        quantization: facts
            .text(&offered.quantization, "quantization")
            .filter(|precision| precision != "unknown"),
        prices,
        uptime: uptime(offered, &mut facts),
        latency: quantiles(&offered.latency_last_30m, &mut facts, "latency_last_30m"),
        throughput: quantiles(&offered.throughput_last_30m, &mut facts, "throughput_last_30m"),
        status: status(&offered.status, &mut facts),
        source: Some(SOURCE.to_owned()),
        ..Endpoint::default()
    };
    Some(Entry {
        path: path.to_owned(),
        model: Model { id: model.id.clone(), ..Model::default() },
        endpoint,
        provider: key,
        reference: model.id.clone(),
    })
}

/// Of half an hour; where that is not known, of a day, then of five minutes.
fn uptime(offered: &Offered<'_>, facts: &mut Facts<'_>) -> Option<f64> {
    facts
        .percent(&offered.uptime_last_30m, "uptime_last_30m")
        .or_else(|| facts.percent(&offered.uptime_last_1d, "uptime_last_1d"))
        .or_else(|| facts.percent(&offered.uptime_last_5m, "uptime_last_5m"))
}

/// Milliseconds to the first token, or tokens per second. (The examples in
/// `OpenRouter`'s documentation look like seconds; its answers are milliseconds.)
fn quantiles(measured: &Nested<Measured>, facts: &mut Facts<'_>, field: &str) -> Option<Quantiles> {
    let measured = measured.get()?;
    let mut facts = facts.inside(field);
    let quantiles = Quantiles {
        p50: facts.measure(&measured.p50, "p50"),
        p75: facts.measure(&measured.p75, "p75"),
        p90: facts.measure(&measured.p90, "p90"),
        p99: facts.measure(&measured.p99, "p99"),
    };
    (quantiles != Quantiles::default()).then_some(quantiles)
}

/// 0 is in service. What the numbers below mean is documented nowhere; clients
/// send no requests there, so such an endpoint must not count as the cheapest.
fn status(status: &Scalar, facts: &mut Facts<'_>) -> Status {
    match facts.number(status, "status") {
        Some(number) if number < 0.0 => {
            let effect = format!("{number} is documented nowhere; read as not available");
            facts.note("status_undocumented", "status", effect);
            Status::Unavailable
        }
        _ => Status::Active,
    }
}
