//! Which endpoints of two catalogs are the same offer.

use std::collections::{BTreeMap, BTreeSet};

use super::identity::{author, folded};
use crate::catalog::Endpoint;

/// Providers that go by several names; the first is the canonical one.
const PROVIDERS: &[&[&str]] = &[
    &["amazon-bedrock", "bedrock", "aws", "aws-bedrock", "bedrock-converse"],
    &["azure", "azure-openai", "microsoft-azure"],
    &["google-vertex", "vertex-ai", "vertex", "google-vertex-ai"],
    &["fireworks-ai", "fireworks"],
    &["together", "together-ai", "togetherai"],
    &["novita", "novita-ai", "novitaai"],
    &["nebius", "nebius-ai", "nebius-token-factory"],
];

/// Where the endpoint of a model stands that is the same offer as each of another
/// catalog: of the same id, else of one that is only spelt otherwise, else of the
/// same provider. Each counts only where both catalogs have one such endpoint:
/// several of one provider are different offers, of regions or of speeds.
pub fn same_endpoints(known: &[Endpoint], others: &[Endpoint]) -> Vec<Option<usize>> {
    let mut places = vec![None; others.len()];
    let mut taken = BTreeSet::new();
    let exact: fn(&Endpoint) -> BTreeSet<String> = |endpoint| [endpoint.id.clone()].into();
    for names in [exact, |endpoint| [spelling(&endpoint.id)].into(), providers_of] {
        let here = only(known, names);
        let there = only(others, names);
        for (other, place) in others.iter().zip(&mut places).filter(|(_, place)| place.is_none()) {
            let names = names(other);
            let one = names.iter().all(|name| there.get(name).is_some_and(Option::is_some));
            let mut same = names.iter().filter_map(|name| here.get(name));
            *place = same.next().copied().flatten().filter(|first| {
                one && same.all(|place| *place == Some(*first)) && taken.insert(*first)
            });
        }
    }
    places
}

/// The only endpoint of each name; `None` where several have it.
fn only(
    endpoints: &[Endpoint],
    names: fn(&Endpoint) -> BTreeSet<String>,
) -> BTreeMap<String, Option<usize>> {
    let mut places: BTreeMap<String, Option<usize>> = BTreeMap::new();
    for (place, endpoint) in endpoints.iter().enumerate() {
        for name in names(endpoint) {
            places.entry(name).and_modify(|only| *only = None).or_insert(Some(place));
        }
    }
    places
}

/// An id without what catalogs write differently. An author's platforms stay
/// apart: what the one in China asks is not what the international one does.
fn spelling(id: &str) -> String {
    match id.split_once('/') {
        Some((provider, rest)) => format!("{}/{}", canonical(folded(provider)), folded(rest)),
        None => folded(id),
    }
}

/// What an endpoint's provider is called: by its name, and by its id.
fn providers_of(endpoint: &Endpoint) -> BTreeSet<String> {
    let by_id = endpoint.id.split_once('/').map(|(provider, _)| provider);
    let names = std::iter::once(endpoint.provider.as_str()).chain(by_id);
    names.map(|name| canonical(author(name))).collect()
}

fn canonical(provider: String) -> String {
    let known = PROVIDERS.iter().find(|names| names.contains(&provider.as_str()));
    known.and_then(|names| names.first()).map_or(provider, |first| (*first).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(known: &[&str], others: &[&str]) -> Vec<Option<usize>> {
        let endpoints = |ids: &[&str]| -> Vec<Endpoint> {
            let endpoint = |id: &&str| {
                let provider = id.split('/').next().unwrap().to_owned();
                Endpoint { id: (*id).to_owned(), provider, ..Endpoint::default() }
            };
            ids.iter().map(endpoint).collect()
        };
        same_endpoints(&endpoints(known), &endpoints(others))
    }

    #[test]
    fn the_only_offer_of_a_provider_is_the_same() {
        assert_eq!(places(&["groq/x", "azure/x"], &["azure-openai/x-1"]), [Some(1)]);
        assert_eq!(places(&["azure/x", "azure/y"], &["azure/z"]), [None]);
        assert_eq!(places(&["azure/x"], &["groq/x"]), [None]);
    }

    #[test]
    fn two_endpoints_of_one_catalog_are_never_one() {
        assert_eq!(places(&[], &["azure/eu/x", "azure/us/x"]), [None, None]);
        assert_eq!(places(&["azure/x"], &["azure/eu/x", "azure/us/x"]), [None, None]);
        assert_eq!(places(&["azure/x"], &["azure/eu/x", "azure/x"]), [None, Some(0)]);
        assert_eq!(places(&["azure/x"], &["azure/X", "azure/x"]), [None, Some(0)]);
    }

    #[test]
    fn the_spelling_of_an_id_does_not_matter() {
        let known = ["zai/GLM-5.2", "zhipuai/GLM-5.2"];
        assert_eq!(places(&known, &["zhipuai/glm-5-2", "zai/glm-5-2"]), [Some(1), Some(0)]);
        assert_eq!(places(&["azure/x-1", "azure/x-2"], &["azure-openai/X.2"]), [Some(1)]);
        assert_eq!(places(&["azure/x-1", "azure/X.1"], &["azure/x_1"]), [None]);
    }
}
