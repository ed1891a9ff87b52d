//! `GET /api/v1/models`: `{data: [model, …]}`, also as a bare array or under
//! `models`, as copies of it are stored.

use serde::Deserialize;
use serde_json::value::RawValue;

use super::model::{self, Limits, Listed};
use super::pricing::{self, Offer};
use super::{SOURCE, catalog, is_free};
use crate::catalog::{CatalogError, Endpoint};
use crate::formats::detect::{Format, Reading};
use crate::formats::entry::{Entries, Entry};
use crate::formats::facts::Facts;
use crate::formats::log::Log;
use crate::formats::root::{self, Root};
use crate::formats::scalar::Scalar;
use crate::formats::{Draft, Pace, read_entry};

/// The list of models.
pub const FORMAT: Format = Format { name: "openrouter", fits, read };

/// Where the models stand.
const KEYS: &[&str] = &["data", "models"];

#[derive(Default, Deserialize)]
#[serde(default)]
struct Priced<'a> {
    #[serde(borrow)]
    pricing: Option<&'a RawValue>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Links {
    next: Scalar,
}

fn fits(root: &Root<'_>) -> bool {
    root.first_items(KEYS).into_iter().any(|item| {
        let root::Shape::Object(members) = root::open(item) else { return false };
        let get = |key: &str| members.iter().rev().find(|(have, _)| have == key);
        get("id").is_some()
            && get("pricing").is_some_and(|(_, pricing)| {
                root::has(pricing, &["prompt"])
                    || root::has(pricing, &["completion"])
                    || get("canonical_slug").is_some()
                    || get("top_provider").is_some()
            })
    })
}

fn read<'r>(root: &'r Root<'r>, pace: &'r Pace<'r>) -> Reading<'r> {
    Box::pin(read_paced(root, pace))
}

async fn read_paced(root: &Root<'_>, pace: &Pace<'_>) -> Result<Draft, CatalogError> {
    let mut entries = Entries::default();
    let next = root.get("links").and_then(|links| read_entry::<Links>(links).ok());
    if next.is_some_and(|links| links.next.text().is_some()) {
        let effect = "the source has more pages of models; this is one of them";
        entries.log.note("list_paged", "links.next", effect);
    }
    let mut indexed = false;
    let (key, items) = root.items(KEYS).unwrap_or_default();
    for (index, raw) in items.into_iter().enumerate() {
        let path = format!("{key}[{index}]");
        match read_entry::<Listed>(raw)
            .and_then(|listed| Ok((listed, read_entry::<Priced<'_>>(raw)?)))
        {
            Ok((listed, priced)) => {
                if let Some(entry) = entry(&listed, &priced, &path, &mut entries.log) {
                    indexed |= entry.model.published.is_some();
                    entries.push(entry);
                }
            }
            Err(fault) => entries.refuse(&path, &fault),
        }
        pace.breathe().await;
    }
    entries.finish(catalog(indexed))
}

fn entry(listed: &Listed, offered: &Priced<'_>, path: &str, log: &mut Log) -> Option<Entry> {
    let mut facts = Facts::new(log, path);
    let Some((model, limits)) = model::read(listed, &mut facts) else {
        log.error("entry_unreadable", path, "no id; the entry is left out");
        return None;
    };
    let Limits { context_length, max_output } = limits;
    let offer = Offer { free: is_free(&model.id), makes: &model.output_modalities };
    let prices = pricing::card(offered.pricing, &offer, &mut facts.inside("pricing"));
    let id = model.id.clone();
    Some(Entry {
        path: path.to_owned(),
        endpoint: Endpoint {
            id: format!("openrouter/{id}"),
            provider: "OpenRouter".to_owned(),
            name: Some(id.clone()),
            context_length,
            max_output,
            prices,
            status: model.status,
            source: Some(SOURCE.to_owned()),
            ..Endpoint::default()
        },
        model,
        provider: "openrouter".to_owned(),
        reference: id,
    })
}
