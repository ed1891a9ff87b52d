//! models.dev: `api.json`, the offers of each provider; `models.json`, what is
//! common to all offers of a model; and `catalog.json`, both. Prices are in US
//! dollars per 1,000,000 tokens.
//!
//! Where an offer names its model (`canonical_model_id` since August 2026), or
//! `models.json` has its id, it stands with that model; the other offers are
//! grouped as those of any format are.

mod cost;
mod meta;
mod specs;
mod types;

use std::collections::BTreeSet;

use serde_json::value::RawValue;

use super::detect::{Format, Reading};
use super::entry::{Entries, Entry};
use super::facts::Facts;
use super::root::{self, Root, Shape};
use super::{Draft, Pace, read_entry};
use crate::catalog::{
    Catalog, CatalogError, Endpoint, PageLink, RateCard, Source, clean, plain_text,
};
use cost::Zero;
use types::Listed;

/// models.dev, in any of its three forms.
pub const FORMAT: Format = Format { name: "models.dev", fits, read };

/// The key of the source in the catalog.
const SOURCE: &str = "models.dev";

fn fits(root: &Root<'_>) -> bool {
    if let (Some(models), Some(providers)) = (root.get("models"), root.get("providers")) {
        return first(&root::open(models)).is_none_or(|(_, model)| is_model(model))
            && first(&root::open(providers)).is_some_and(|(_, provider)| is_provider(provider));
    }
    first(&root.shape)
        .is_some_and(|(key, value)| is_provider(value) || (key.contains('/') && is_model(value)))
}

fn first<'s, 'r>(shape: &'s Shape<'r>) -> Option<(&'s str, &'r RawValue)> {
    let Shape::Object(members) = shape else { return None };
    members.first().map(|(key, value)| (key.as_str(), *value))
}

/// `{"id": …, "env": […], "models": {…}}`.
fn is_provider(value: &RawValue) -> bool {
    let Shape::Object(members) = root::open(value) else { return false };
    let has = |key: &str| members.iter().any(|(have, _)| have == key);
    let models = members.iter().rfind(|(key, _)| key == "models");
    models.is_some_and(|(_, models)| root::kind(models) == "an object")
        && (has("env") || has("npm") || has("doc") || (has("id") && has("name")))
}

/// `{"name": …, "modalities": {…}}`.
fn is_model(value: &RawValue) -> bool {
    root::has(value, &["name"])
        && ["modalities", "limit", "release_date"].iter().any(|key| root::has(value, &[key]))
}

fn read<'r>(root: &'r Root<'r>, pace: &'r Pace<'r>) -> Reading<'r> {
    Box::pin(read_paced(root, pace))
}

async fn read_paced(root: &Root<'_>, pace: &Pace<'_>) -> Result<Draft, CatalogError> {
    let mut reader = Reader::default();
    match (root.get("models"), root.get("providers"), &root.shape) {
        (Some(models), Some(providers), _) => {
            if let Shape::Object(members) = root::open(models) {
                reader.models("models", &members, pace).await;
            }
            if let Shape::Object(members) = root::open(providers) {
                reader.providers("providers", &members, pace).await;
            }
        }
        (_, _, shape @ Shape::Object(members)) => {
            if first(shape).is_some_and(|(_, value)| is_provider(value)) {
                reader.providers("", members, pace).await;
            } else {
                reader.models("", members, pace).await;
            }
        }
        _ => {}
    }
    let source = Source {
        name: "models.dev".to_owned(),
        url: Some("https://models.dev/".to_owned()),
        date: None,
        license: Some("MIT".to_owned()),
    };
    reader.sources.push((SOURCE.to_owned(), source));
    reader.entries.finish(Catalog {
        name: Some("models.dev".to_owned()),
        sources: meta::by_key(reader.sources),
        ..Catalog::default()
    })
}

/// The longest key of a provider, model or mode, in bytes; the longest real one has
/// 61. A key is repeated in every path and id below it, so that a catalog of
/// 16 MiB could otherwise grow a thousandfold.
const MAX_KEY: usize = 256;

/// The longest address of a provider's documentation, which is repeated too.
const MAX_ADDRESS: usize = 2_048;

/// What is read so far.
#[derive(Default)]
struct Reader {
    entries: Entries,
    /// The ids of `models.json`.
    known: BTreeSet<String>,
    sources: Vec<(String, Source)>,
}

/// A provider and the key under which it stands.
struct Provider {
    key: String,
    name: String,
    doc: Option<String>,
    /// Where its models stand.
    path: String,
    /// Whether it states any price above 0.
    charges: bool,
}

impl Reader {
    /// A key, without control characters; `None` for one that is blank or endless.
    fn key(&mut self, path: &str, key: &str) -> Option<String> {
        let mut cleaned = key.to_owned();
        clean(&mut cleaned);
        if (1..=MAX_KEY).contains(&cleaned.trim().len()) && cleaned.len() <= MAX_KEY {
            return Some(cleaned);
        }
        let fault = format!("a key that is blank or longer than {MAX_KEY} bytes");
        self.entries.refuse(&inside(path, &specs::short(key)), &fault);
        None
    }

    /// What all offers of a model share.
    async fn models(&mut self, path: &str, members: &[(String, &RawValue)], pace: &Pace<'_>) {
        for (key, raw) in members {
            let Some(id) = self.key(path, key) else { continue };
            let path = inside(path, &id);
            match read_entry::<Listed>(raw) {
                Ok(listed) => {
                    let mut facts = Facts::new(&mut self.entries.log, path.clone());
                    let mut model = specs::model(&listed, &mut facts);
                    meta::enrich(&mut model, &listed, &mut self.sources, &mut facts);
                    model.id.clone_from(&id);
                    self.known.insert(id.clone());
                    let entry = Entry { path, model, reference: id, ..Entry::default() };
                    self.entries.push(entry);
                }
                Err(fault) => self.entries.refuse(&path, &fault),
            }
            pace.breathe().await;
        }
    }

    async fn providers(&mut self, path: &str, members: &[(String, &RawValue)], pace: &Pace<'_>) {
        for (key, raw) in members {
            let Some(key) = self.key(path, key) else { continue };
            let path = inside(path, &key);
            let Shape::Object(fields) = root::open(raw) else {
                let effect = format!("{} instead of an object", root::kind(raw));
                self.entries.refuse(&path, &effect);
                continue;
            };
            let field = |name: &str| fields.iter().rfind(|(have, _)| have == name);
            let text = |name: &str| {
                let scalar = field(name).and_then(|(_, value)| root::scalar(value));
                scalar.as_ref().and_then(|scalar| scalar.text()).map(str::to_owned)
            };
            let mut provider = Provider {
                name: text("name").map_or_else(|| key.clone(), |name| plain_text(&name)),
                doc: text("doc").filter(|doc| doc.len() <= MAX_ADDRESS),
                path: format!("{path}.models"),
                key,
                charges: false,
            };
            let Some(Shape::Object(models)) = field("models").map(|(_, raw)| root::open(raw))
            else {
                self.entries.log.warn("entry_unreadable", path, "no models; it is left out");
                continue;
            };
            // All of a provider's prices say what a price of 0 means there.
            let mut read = Vec::with_capacity(models.len());
            for (key, raw) in &models {
                let Some(key) = self.key(&provider.path, key) else { continue };
                let listed = read_entry::<Listed>(raw);
                provider.charges |= listed.as_ref().is_ok_and(|listed| cost::charges(&listed.cost));
                read.push((key, listed));
                pace.breathe().await;
            }
            self.provider(&provider, read, pace).await;
        }
    }

    async fn provider(
        &mut self,
        provider: &Provider,
        models: Vec<(String, Result<Listed, String>)>,
        pace: &Pace<'_>,
    ) {
        let mut zeros = [0_usize; 2];
        for (id, listed) in models {
            match listed {
                Ok(listed) => {
                    let zero = zero(provider, &id, &listed);
                    let counted = match zero {
                        Zero::Included => zeros.first_mut(),
                        Zero::Unclear => zeros.last_mut(),
                        Zero::Free | Zero::Stated => None,
                    };
                    if let Some(count) = counted.filter(|_| cost::is_zero(&listed.cost)) {
                        *count += 1;
                    }
                    self.offer(provider, id, &listed, zero);
                }
                Err(fault) => self.entries.refuse(&format!("{}.{id}", provider.path), &fault),
            }
            pace.breathe().await;
        }
        let [included, unclear] = zeros;
        if included > 0 {
            let effect = format!(
                "{included} models with every price 0: the provider's name says that it sells a plan, so they are read as included in it"
            );
            self.entries.log.note("zero_is_included", provider.path.as_str(), effect);
        }
        if unclear > 0 {
            let effect = format!(
                "{unclear} models with every price 0, which may as well be a subscription or a price that is not per token: read as unknown"
            );
            self.entries.log.warn("zero_is_unclear", provider.path.as_str(), effect);
        }
    }

    /// One provider's offer of one model.
    fn offer(&mut self, provider: &Provider, id: String, listed: &Listed, zero: Zero) {
        let path = format!("{}.{id}", provider.path);
        let mut facts = Facts::new(&mut self.entries.log, path.clone());
        let mut model = specs::model(listed, &mut facts);
        let prices = cost::rate_card(&listed.cost, &listed.experimental, zero, &mut facts);
        let prices = RateCard { source: Some(SOURCE.to_owned()), ..prices };
        let canonical = self.canonical(provider, &id, listed);
        if let Some(canonical) = &canonical {
            model.id.clone_from(canonical);
        }
        if let Some(url) = &provider.doc {
            let label = format!("{} documentation", provider.name);
            model.links.push(PageLink { label, url: url.clone() });
        }
        let endpoint = Endpoint {
            id: format!("{}/{id}", provider.key),
            provider: provider.name.clone(),
            name: Some(id.clone()),
            context_length: model.context_length,
            max_output: model.max_output,
            prices,
            status: model.status,
            source: Some(SOURCE.to_owned()),
            ..Endpoint::default()
        };
        self.entries.push(Entry {
            path,
            model,
            endpoint,
            provider: provider.key.clone(),
            reference: canonical.unwrap_or(id),
        });
    }

    /// The model that an offer is one of, where the source says so: by a field,
    /// or because that is an id of `models.json`.
    fn canonical(&self, provider: &Provider, id: &str, listed: &Listed) -> Option<String> {
        let stated = listed.canonical_model_id.text().or(listed.base_model.text());
        if let Some(stated) = stated.filter(|stated| stated.contains('/')) {
            return Some(stated.to_owned());
        }
        let own = format!("{}/{id}", provider.key);
        [id, own.as_str()].into_iter().find(|id| self.known.contains(*id)).map(str::to_owned)
    }
}

/// What a price of 0 for everything means on this offer.
fn zero(provider: &Provider, id: &str, listed: &Listed) -> Zero {
    let lower = |text: &str| text.to_ascii_lowercase().replace(['-', '_'], " ");
    let id = lower(id);
    let name = lower(listed.name.text().unwrap_or_default());
    let says_free = id.ends_with(":free")
        || id.ends_with(" free")
        || name.ends_with(" free")
        || name.ends_with("(free)");
    let sells_a_plan = [lower(&provider.key), lower(&provider.name)]
        .iter()
        .any(|name| name.contains("coding plan") || name.contains("token plan"));
    let last = id.rsplit('/').next().unwrap_or(&id);
    // A router's price is that of the model that it picks.
    let routes = last == "auto" || last.starts_with("auto ") || name.contains("router");
    if says_free {
        Zero::Free
    } else if sells_a_plan {
        Zero::Included
    } else if !provider.charges || routes || !makes_only_text(listed) {
        Zero::Unclear
    } else {
        Zero::Stated
    }
}

/// Whether tokens are all that a model makes: images, audio and video are often
/// priced by other units, which models.dev cannot state.
fn makes_only_text(listed: &Listed) -> bool {
    listed
        .modalities
        .get()
        .is_none_or(|modalities| modalities.output.texts().all(|word| word == "text"))
}

fn inside(path: &str, key: &str) -> String {
    if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") }
}

#[cfg(test)]
mod tests;
