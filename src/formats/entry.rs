//! From entries to models: what each provider says of a model it sells becomes an
//! endpoint, and the endpoints of one model stand together.
//!
//! Entries are grouped only where the match is certain: their canonical ids are
//! equal, or an entry names no author and its provider is one, or all entries
//! that name a known author give this name to the same one. Any other entry is a
//! model of its own.

use std::collections::{BTreeMap, BTreeSet};

use super::Draft;
use super::identity::{Identity, author, is_author};
use super::log::Log;
use crate::catalog::{Catalog, CatalogError, Endpoint, MAX_MODELS, Model, Price, RateCard, Status};

/// One entry of a source: one provider's offer of one model; or, where the
/// endpoint has no id, what the source says about the model itself.
#[derive(Debug, Default)]
pub struct Entry {
    /// Where it stands in the source: `openai.models.gpt-4o`.
    pub path: String,
    /// What it says about the model. Its id is empty, unless the source has ids
    /// of models beside those of endpoints.
    pub model: Model,
    /// What it says about the offer; the id is `provider/model`.
    pub endpoint: Endpoint,
    /// The key of the provider: `openai`.
    pub provider: String,
    /// What the provider calls the model, author and all: `openai/gpt-4o`, `gpt-4o`.
    pub reference: String,
}

impl Entry {
    /// The id of its model, else of its endpoint.
    fn own_id(&self) -> &str {
        if self.model.id.is_empty() { &self.endpoint.id } else { &self.model.id }
    }

    /// Whether it states the model alone, and no offer.
    fn is_model(&self) -> bool {
        self.endpoint.id.is_empty()
    }
}

/// The entries of a source, as they are read.
#[derive(Debug, Default)]
pub struct Entries {
    list: Vec<Entry>,
    read: usize,
    /// What was found wrong.
    pub log: Log,
}

impl Entries {
    /// Takes the next entry.
    pub fn push(&mut self, entry: Entry) {
        self.read += 1;
        if self.read <= MAX_MODELS {
            self.list.push(entry);
        }
    }

    /// Leaves out an entry that cannot be used.
    pub fn refuse(&mut self, path: &str, fault: &str) {
        self.read += 1;
        self.log.error("entry_unreadable", path, format!("{fault}; the entry is left out"));
    }

    /// The catalog of these entries.
    pub fn finish(mut self, root: Catalog<()>) -> Result<Draft, CatalogError> {
        if self.read > MAX_MODELS {
            let effect = format!("{} entries; the first {MAX_MODELS} are used", self.read);
            self.log.error("too_many_models", "", effect);
        }
        if self.list.is_empty() {
            return Err(CatalogError::NoModels { first: self.log.first() });
        }
        let (models, paths, aliases) = group(self.list);
        let (mut catalog, ()) = root.with_models(models);
        catalog.aliases = catalog.aliases.into_iter().chain(aliases).collect();
        Ok(Draft { catalog, paths, log: self.log, exact_paths: false })
    }
}

/// Groups entries into models, in the order of their first entries; also where
/// in the source each model's main entry stands, and what else models are called.
fn group(entries: Vec<Entry>) -> (Vec<Model>, Vec<String>, Vec<(String, String)>) {
    let identities = identities(&entries);
    let mut places: BTreeMap<Identity, usize> = BTreeMap::new();
    let mut groups: Vec<Vec<(Entry, bool)>> = Vec::new();
    for (entry, identity) in entries.into_iter().zip(identities) {
        let own = is_own(&entry, &identity);
        let place = *places.entry(identity).or_insert(groups.len());
        match groups.get_mut(place) {
            Some(group) => group.push((entry, own)),
            None => groups.push(vec![(entry, own)]),
        }
    }
    let mut taken: BTreeSet<String> =
        groups.iter().flatten().map(|(entry, _)| entry.own_id().to_owned()).collect();
    let mut models = Vec::with_capacity(groups.len());
    let mut paths = Vec::with_capacity(groups.len());
    let mut aliases = Vec::new();
    for group in groups {
        let written = written(&group);
        let Some((model, path)) = model(group, &mut taken) else { continue };
        // What a gateway sells is asked for by its author's name for it.
        if let Some(alias) =
            written.filter(|alias| *alias != model.id && taken.insert(alias.clone()))
        {
            aliases.push((alias, model.id.clone()));
        }
        models.push(model);
        paths.push(path);
    }
    (models, paths, aliases)
}

/// What its providers call a model, author and all: `openai/gpt-oss-120b`.
fn written(group: &[(Entry, bool)]) -> Option<String> {
    group.iter().find_map(|(entry, _)| {
        let (path, name) = entry.reference.rsplit_once('/')?;
        Some(format!("{}/{name}", path.rsplit('/').next().unwrap_or(path)))
    })
}

/// The identity of each entry. One that nothing makes certain is the entry's own.
fn identities(entries: &[Entry]) -> Vec<Identity> {
    let stated: Vec<Identity> = entries
        .iter()
        .map(|entry| {
            let identity = Identity::of(&entry.reference);
            if is_author(&entry.provider) { identity.by(&entry.provider) } else { identity }
        })
        .collect();
    // Which known authors a name is given to.
    let mut authors: BTreeMap<&str, Option<&str>> = BTreeMap::new();
    for identity in &stated {
        if let Some(author) = identity.author.as_deref().filter(|author| is_author(author)) {
            authors
                .entry(&identity.name)
                .and_modify(|known| *known = known.filter(|known| *known == author))
                .or_insert(Some(author));
        }
    }
    let alone = |entry: &Entry| Identity { author: None, name: format!("/{}", entry.own_id()) };
    entries
        .iter()
        .zip(&stated)
        .map(|(entry, identity)| match &identity.author {
            _ if identity.name.is_empty() => alone(entry),
            Some(_) => identity.clone(),
            None => match authors.get(identity.name.as_str()) {
                Some(Some(author)) => identity.clone().by(author),
                _ => alone(entry),
            },
        })
        .collect()
}

/// Whether the provider is the model's author.
fn is_own(entry: &Entry, identity: &Identity) -> bool {
    identity.author.as_deref() == Some(author(&entry.provider).as_str())
}

/// One model of its entries, and where its main entry stands: what the source
/// says about the model itself, else the author's own offer, else the first.
fn model(group: Vec<(Entry, bool)>, taken: &mut BTreeSet<String>) -> Option<(Model, String)> {
    let stated = group.iter().position(|(entry, _)| entry.is_model());
    let main = stated.or_else(|| group.iter().position(|(_, own)| *own)).unwrap_or(0);
    let id = id(&group, main, taken);
    let mut models = Vec::with_capacity(group.len());
    let mut endpoints = Vec::with_capacity(group.len());
    let mut path = String::new();
    let mut own = None;
    for (at, (entry, is_own)) in group.into_iter().enumerate() {
        if at == main {
            path = entry.path;
            models.insert(0, entry.model);
        } else {
            models.push(entry.model);
        }
        if !entry.endpoint.id.is_empty() {
            if is_own && own.is_none() {
                own = Some(endpoints.len());
            }
            endpoints.push(entry.endpoint);
        }
    }
    let mut models = models.into_iter();
    let mut model = models.next()?;
    model.id = id;
    for other in models {
        fill(&mut model, other);
    }
    let own = own.and_then(|at| endpoints.get(at));
    model.status = status(&model, stated.is_some(), own, &endpoints);
    let listed = own.or_else(|| first_priced(&endpoints));
    if let Some(endpoint) = listed {
        model.prices = endpoint.prices.clone();
        model.price_history = endpoint.price_history.clone();
        if own.is_none()
            && endpoints.iter().any(|other| other.prices.rates != endpoint.prices.rates)
        {
            let note = format!("The price of {}; others differ.", endpoint.provider);
            model.prices.note = Some(match model.prices.note.take() {
                Some(before) => format!("{note} {before}"),
                None => note,
            });
        }
    }
    model.endpoints = endpoints;
    Some((model, path))
}

/// The id of a model: the one that the source gives it, else that of its only or
/// its author's endpoint, else what its providers call it.
fn id(group: &[(Entry, bool)], main: usize, taken: &mut BTreeSet<String>) -> String {
    let Some((entry, own)) = group.get(main) else { return String::new() };
    let stated = group.iter().map(|(entry, _)| &entry.model.id).find(|id| !id.is_empty());
    if let Some(id) = Some(&entry.model.id).filter(|id| !id.is_empty()).or(stated) {
        return id.clone();
    }
    match written(group) {
        Some(id) if group.len() > 1 && !own && !taken.contains(&id) => {
            taken.insert(id.clone());
            id
        }
        _ => entry.endpoint.id.clone(),
    }
}

/// Whether a model can be used: as the source says of the model itself, then as
/// its author offers it. What one of several sellers withdraws is in service.
fn status(model: &Model, stated: bool, own: Option<&Endpoint>, endpoints: &[Endpoint]) -> Status {
    match own {
        Some(own) if model.status.is_active() => own.status,
        None if !stated && endpoints.iter().any(|endpoint| endpoint.status.is_active()) => {
            Status::Active
        }
        _ => model.status,
    }
}

/// The first endpoint that states an amount of money above zero, else the first.
fn first_priced(endpoints: &[Endpoint]) -> Option<&Endpoint> {
    let states_an_amount = |card: &RateCard| {
        card.rates
            .iter()
            .any(|(_, price)| matches!(price, Price::Known(amount) if !amount.is_zero()))
    };
    endpoints.iter().find(|endpoint| states_an_amount(&endpoint.prices)).or(endpoints.first())
}

/// What the main entry does not say about the model, and does not depend on who
/// serves it.
fn fill(model: &mut Model, other: Model) {
    model.name = model.name.take().or(other.name);
    model.author = model.author.take().or(other.author);
    model.description = model.description.take().or(other.description);
    model.released = model.released.or(other.released);
    model.knowledge_cutoff = model.knowledge_cutoff.or(other.knowledge_cutoff);
    model.open_weights = model.open_weights.or(other.open_weights);
    model.license = model.license.take().or(other.license);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Item;

    fn entry(provider: &str, reference: &str, input: &str) -> Entry {
        let mut prices = RateCard::default();
        if let Ok(amount) = input.parse() {
            prices.rates.set(Item::Input, Price::Known(amount));
        }
        Entry {
            path: format!("{provider}.{reference}"),
            endpoint: Endpoint {
                id: format!("{provider}/{reference}"),
                provider: provider.to_owned(),
                prices,
                ..Endpoint::default()
            },
            provider: provider.to_owned(),
            reference: reference.to_owned(),
            ..Entry::default()
        }
    }

    fn grouped(entries: Vec<Entry>) -> Vec<(String, Vec<String>)> {
        let ids = |model: Model| {
            let endpoints = model.endpoints.into_iter().map(|endpoint| endpoint.id).collect();
            (model.id, endpoints)
        };
        group(entries).0.into_iter().map(ids).collect()
    }

    fn all(ids: &[(&str, &[&str])]) -> Vec<(String, Vec<String>)> {
        ids.iter()
            .map(|(id, endpoints)| {
                ((*id).to_owned(), endpoints.iter().map(|id| (*id).to_owned()).collect())
            })
            .collect()
    }

    #[test]
    fn endpoints_of_one_model_stand_together() {
        let models = grouped(vec![
            entry("azure", "gpt-4o", "3"),
            entry("openai", "gpt-4o", "2.5"),
            entry("openrouter", "openai/gpt-4o", "2.5"),
            entry("openrouter", "openai/gpt-4o:free", "0"),
            entry("azure", "my-gpt", "1"),
        ]);
        assert_eq!(
            models,
            all(&[
                ("openai/gpt-4o", &["azure/gpt-4o", "openai/gpt-4o", "openrouter/openai/gpt-4o"]),
                ("openrouter/openai/gpt-4o:free", &["openrouter/openai/gpt-4o:free"]),
                ("azure/my-gpt", &["azure/my-gpt"]),
            ])
        );
    }

    #[test]
    fn a_model_that_its_author_does_not_sell_is_named_as_its_sellers_do() {
        let models = grouped(vec![
            entry("groq", "openai/gpt-oss-120b", "0.15"),
            entry("cerebras", "gpt-oss-120b", "0.25"),
        ]);
        assert_eq!(
            models,
            all(&[("openai/gpt-oss-120b", &["groq/openai/gpt-oss-120b", "cerebras/gpt-oss-120b"])])
        );
    }

    #[test]
    fn what_a_gateway_sells_is_found_by_its_authors_name_for_it() {
        let (models, _, aliases) = group(vec![entry("groq", "openai/gpt-oss-120b", "0.15")]);
        assert_eq!(models[0].id, "groq/openai/gpt-oss-120b");
        assert_eq!(aliases, [("openai/gpt-oss-120b".to_owned(), models[0].id.clone())]);
        let both = group(vec![entry("groq", "xai/y", "1"), entry("xai", "y", "1")]);
        assert_eq!((both.0[0].id.as_str(), both.2.len()), ("xai/y", 0));
    }

    #[test]
    fn a_name_of_two_authors_is_certain_for_neither() {
        let models = grouped(vec![
            entry("a", "openai/base", "1"),
            entry("a", "google/base", "1"),
            entry("b", "base", "1"),
        ]);
        assert_eq!(models.len(), 3);
    }

    #[test]
    fn the_list_price_is_the_authors_and_else_says_whose_it_is() {
        let price = |entries| {
            let model = group(entries).0.remove(0);
            (model.prices.price(Item::Input).to_string(), model.prices.note)
        };
        let azure = || entry("azure", "gpt-4o", "3");
        let router = || entry("openrouter", "openai/gpt-4o", "0");
        assert_eq!(price(vec![azure(), entry("openai", "gpt-4o", "2.5")]), ("2.5".into(), None));
        let (input, note) = price(vec![router(), azure()]);
        assert_eq!(input, "3");
        assert_eq!(note.unwrap(), "The price of azure; others differ.");
    }

    #[test]
    fn the_id_of_another_entry_is_not_taken() {
        let mut other = entry("x", "y", "1");
        other.endpoint.id = "openai/gpt-oss".to_owned();
        let models = grouped(vec![
            other,
            entry("groq", "openai/gpt-oss", "1"),
            entry("cerebras", "openai/gpt-oss", "1"),
        ]);
        let ids: BTreeSet<&String> = models.iter().map(|(id, _)| id).collect();
        assert_eq!(ids.len(), 2, "{models:?}");
    }

    #[test]
    fn what_is_said_of_the_model_itself_is_no_endpoint() {
        let stated = Entry {
            model: Model { id: "openai/gpt-9".to_owned(), ..Model::default() },
            reference: "openai/gpt-9".to_owned(),
            ..Entry::default()
        };
        let mut offer = entry("shop", "openai/gpt-9", "1");
        offer.model.id = "openai/gpt-9".to_owned();
        let models = grouped(vec![entry("azure", "gpt-9", "3"), stated, offer]);
        assert_eq!(models, all(&[("openai/gpt-9", &["azure/gpt-9", "shop/openai/gpt-9"])]));
    }

    #[test]
    fn a_model_is_in_service_where_its_author_or_anyone_else_offers_it() {
        let status = |offers: &[(&str, Status)]| {
            let entries = offers.iter().map(|(provider, status)| {
                let mut entry = entry(provider, "openai/gpt-9", "1");
                entry.endpoint.status = *status;
                entry.model.status = *status;
                entry
            });
            group(entries.collect()).0.remove(0).status
        };
        let (active, ended) = (Status::Active, Status::Deprecated);
        assert_eq!(status(&[("azure", ended), ("shop", active)]), active);
        assert_eq!(status(&[("azure", ended), ("shop", ended)]), ended);
        assert_eq!(status(&[("azure", active), ("openai", ended)]), ended);
        assert_eq!(status(&[("azure", ended), ("openai", active)]), active);
    }
}
