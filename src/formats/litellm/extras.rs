//! Prices of web search, and the factors of all prices, which a card can only say
//! in words.

use serde::Deserialize;

use super::card::{Reader, Terms, at};
use super::kinds::Kind;
use crate::catalog::{Decimal, Item, Rates};
use crate::formats::scalar::{Members, Nested, Scalar};

/// `search_context_cost_per_query`.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct SearchContext {
    #[serde(rename = "search_context_size_low")]
    low: Scalar,
    #[serde(rename = "search_context_size_medium")]
    medium: Scalar,
    #[serde(rename = "search_context_size_high")]
    high: Scalar,
}

const PER_PROMPT: &str = "Web search is billed once for a request, however many searches it makes.";

/// What prices of a region are the prices of.
pub(super) fn region_words(region: &str) -> String {
    format!("Processing in the {} alone", region.to_ascii_uppercase())
}

impl Reader<'_, '_> {
    /// Web search at medium context size, which is the default of the APIs that
    /// have sizes.
    pub(super) fn search(&mut self, terms: &Terms<'_>, rates: &mut Rates, words: &mut Vec<String>) {
        let place = "search_context_cost_per_query";
        let context = match &terms.search_context_cost_per_query {
            Nested::Absent => return,
            Nested::Object(context) => context,
            Nested::Other(kind) => {
                let effect = format!("{kind} instead of an object; it is left out");
                self.facts.warn("fact_unreadable", place, effect);
                return;
            }
        };
        let mut price = |value, size: &str| {
            self.facts.price(
                Item::WebSearch,
                value,
                &format!("{place}.search_context_size_{size}"),
                3,
            )
        };
        let low = price(&context.low, "low");
        let medium = price(&context.medium, "medium");
        let high = price(&context.high, "high");
        let sizes = [("low", low), ("medium", medium), ("high", high)];
        let Some(default) = medium.or(low).or(high) else { return };
        rates.set(Item::WebSearch, default);
        if sizes.iter().any(|(_, price)| price.is_some_and(|price| price != default)) {
            let size = sizes.iter().find(|(_, price)| *price == Some(default));
            let others: Vec<String> = sizes
                .iter()
                .filter_map(|(size, price)| Some((size, (*price)?)))
                .filter(|(_, price)| *price != default)
                .map(|(size, price)| format!("${price} at {size}"))
                .collect();
            words.push(format!(
                "1,000 web searches at {} context size; {}.",
                if medium.is_some() { "medium" } else { size.map_or("", |(size, _)| size) },
                others.join(", ")
            ));
        }
        match terms.web_search_billing_unit.text() {
            Some("per_query") => {}
            Some("per_prompt") => words.push(PER_PROMPT.to_owned()),
            None => {
                // Google's own offers of Gemini are billed so where nothing is stated.
                let provider = terms.litellm_provider.text().unwrap_or_default();
                let google = provider == "gemini" || provider.starts_with("vertex_ai");
                if google && self.key.contains("gemini") {
                    words.push(PER_PROMPT.to_owned());
                }
            }
            Some(unit) => {
                let path = || self.facts.at("web_search_billing_unit");
                self.kinds.count(Kind::UnknownSearchUnit, unit, path);
            }
        }
    }

    /// `provider_specific_entry`: factors of all prices, among facts that are none.
    pub(super) fn factors(&mut self, members: &Members<Scalar>, words: &mut Vec<String>) {
        for (key, value) in &members.0 {
            let field = at("provider_specific_entry", key);
            match (key.as_str(), value) {
                ("us" | "eu", _) => self.factor(value, &field, &region_words(key), words),
                ("fast", _) => self.factor(value, &field, "Fast mode", words),
                (_, Scalar::Number(_)) => {
                    self.kinds.count(Kind::UnknownFactor, key, || self.facts.at(&field));
                }
                _ => {}
            }
        }
    }

    pub(super) fn factor(
        &mut self,
        value: &Scalar,
        field: &str,
        what: &str,
        words: &mut Vec<String>,
    ) {
        match self.facts.amount(value, field) {
            None | Some(Decimal::ONE) => {}
            Some(factor) if factor.is_negative() || factor.is_zero() => {
                self.facts.warn("value_implausible", field, "no factor of prices; left out");
            }
            Some(factor) => words.push(format!("{what} costs {factor} times as much.")),
        }
    }
}
