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
mod key;
mod kinds;
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
