//! The prices of an entry. Which of several holds is decided as `LiteLLM` itself
//! does (`llm_cost_calc/utils.py`): a service tier's price above a threshold,
//! else the threshold's, else the service tier's, else the plain one; a batch has
//! no thresholds but its own; off-peak prices replace them all.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::value::RawValue;

use super::cost_key::{Charge, CostKey};
use super::extras::{SearchContext, region_words};
use super::kinds::{Kind, Kinds};
use super::mode::{self, Billed};
use super::off_peak;
use crate::catalog::{Condition, ConditionalRates, Decimal, Item, Price, RateCard, Rates};
use crate::formats::facts::Facts;
use crate::formats::read_entry;
use crate::formats::root::{self, Shape};
use crate::formats::scalar::{List, Members, Nested, Scalar};

/// What an entry says about its prices beside its cost keys.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Terms<'r> {
    pub(super) litellm_provider: Scalar,
    mode: Scalar,
    pub(super) search_context_cost_per_query: Nested<SearchContext>,
    pub(super) web_search_billing_unit: Scalar,
    #[serde(borrow)]
    tiered_pricing: Option<&'r RawValue>,
    #[serde(borrow)]
    off_peak_pricing: Option<&'r RawValue>,
    pub(super) provider_specific_entry: Members<Scalar>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Range {
    range: List<Scalar>,
    max_results_range: List<Scalar>,
}

/// Keys with `cost` in them that [`Terms`] reads.
const NESTED: &[&str] = &["search_context_cost_per_query", "tiered_pricing", "off_peak_pricing"];

const UPLIFT: &str = "regional_processing_uplift_multiplier_";

/// Prices by service tier and threshold.
type Tiers = BTreeMap<(Option<&'static str>, Option<Limit>), Rates>;

/// A number of input tokens above which, or from which on, prices hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Limit {
    tokens: u64,
    included: bool,
}

/// Reads the prices of one entry.
pub struct Reader<'a, 'l> {
    /// The key of the entry.
    pub key: &'a str,
    /// Its facts.
    pub facts: &'a mut Facts<'l>,
    /// Problems it shares with other entries.
    pub kinds: &'a mut Kinds,
}

impl Reader<'_, '_> {
    /// The rate card of an entry: what `terms` says, and its members.
    pub fn card(mut self, terms: &Terms<'_>, members: &Members<Scalar>) -> RateCard {
        let mode = terms.mode.text().unwrap_or_default();
        // The one provider whose thresholds are part of the range above.
        let included = terms.litellm_provider.text() == Some("xai");
        let mut words = Vec::new();
        let mut tiers = Tiers::new();
        self.costs(members, mode, included, "", &mut tiers, &mut words);
        self.ranges(terms.tiered_pricing, mode, &mut tiers, &mut words);
        let base = tiers.entry((None, None)).or_default();
        self.search(terms, base, &mut words);
        for (key, factor) in &members.0 {
            if let Some(region) = key.strip_prefix(UPLIFT) {
                self.factor(factor, key, &region_words(region), &mut words);
            }
        }
        self.factors(&terms.provider_specific_entry, &mut words);
        let mut off_peak = Tiers::new();
        let windows = self.off_peak(terms.off_peak_pricing, mode, &mut off_peak, &mut words);
        let rates = tiers.remove(&(None, None)).unwrap_or_default();
        let mut conditions = conditions(tiers, &Condition::default());
        if !windows.is_empty() {
            let when = Condition { windows, ..Condition::default() };
            conditions.extend(self::conditions(off_peak, &when));
        }
        let note = (!words.is_empty()).then(|| words.join(" "));
        RateCard { rates, conditions, note, ..RateCard::default() }
    }

    /// Reads the cost keys among the members of an object at `place`.
    fn costs(
        &mut self,
        members: &Members<Scalar>,
        mode: &str,
        included: bool,
        place: &str,
        tiers: &mut Tiers,
        words: &mut Vec<String>,
    ) {
        // The older name counts where the newer one is absent.
        let mut hits = Vec::new();
        for (key, value) in &members.0 {
            if value.is_absent() || !CostKey::is_one(key) || NESTED.contains(&key.as_str()) {
                continue;
            }
            let field = at(place, key);
            let Some(CostKey { charge, above, service }) = CostKey::parse(key) else {
                self.kinds.count(Kind::UnknownCost, key, || self.facts.at(&field));
                continue;
            };
            let tier = (service, above.map(|tokens| Limit { tokens, included }));
            let mut set = |item, price| tiers.entry(tier).or_default().set(item, price);
            match mode::billed(charge, mode) {
                Billed::Item(item, places) => {
                    let price = self.facts.price(item, value, &field, places);
                    if let Some(price) =
                        price.filter(|price| self.is_plausible(item, *price, &field))
                    {
                        if charge == Charge::CacheHit {
                            hits.push((tier, price, field));
                        } else {
                            set(item, price);
                        }
                    }
                }
                Billed::Hours(item) => {
                    if let Some(price) = self.hourly(item, value, &field) {
                        set(item, price);
                    }
                }
                Billed::Words(what, unit, places) => {
                    if let Some(amount) = self.facts.amount(value, &field) {
                        let sentence = format!("{what}: ${} per {unit}.", amount.shifted(places));
                        // Input and output of one price are one thing in use.
                        if words.last() != Some(&sentence) {
                            words.push(sentence);
                        }
                    }
                }
                Billed::DatabricksUnits => {
                    self.kinds.count(Kind::DatabricksUnits, key, || self.facts.at(&field));
                }
            }
        }
        for (tier, price, field) in hits {
            let rates = tiers.entry(tier).or_default();
            match rates.stated(Item::CacheRead) {
                None => rates.set(Item::CacheRead, price),
                Some(other) if other != price => {
                    let effect = format!(
                        "{price} beside {other} per 1,000,000 tokens read from the cache; the latter is used"
                    );
                    self.facts.note("cost_contradicts", &field, effect);
                }
                Some(_) => {}
            }
        }
        for rates in tiers.values_mut() {
            for (kind, key) in mode::settle(mode, rates, words) {
                self.kinds.count(kind, key, || self.facts.at(&at(place, key)));
            }
        }
    }

    /// Whether an image can cost so little. Prices for each token of images stand
    /// under the key for each image (5e-06 for `gpt-realtime`); embeddings of
    /// images begin at 6e-05, images made at 0.002.
    fn is_plausible(&mut self, item: Item, price: Price, field: &str) -> bool {
        let least = match item {
            Item::Image => Decimal::new(1, -5),
            Item::ImageOutput => Decimal::new(1, -3),
            _ => return true,
        };
        let plausible = price.amount().is_none_or(|amount| amount.is_zero() || amount >= least);
        if !plausible {
            let effect = format!("{price} for an image cannot be true; the price is left out");
            self.facts.warn("price_implausible", field, effect);
        }
        plausible
    }

    /// A price by the second, of an item billed by the hour: exact.
    fn hourly(&mut self, item: Item, value: &Scalar, field: &str) -> Option<Price> {
        let amount = self.facts.amount(value, field)?;
        let hour = amount.checked_mul(Decimal::new(3_600, 0));
        // A third of a cent by the second has been rounded to a float before.
        let Some(hour) = hour.map(Decimal::without_noise) else {
            self.facts.warn("price_implausible", field, "more digits than money has; left out");
            return None;
        };
        self.facts.price(item, &Scalar::Text(hour.to_string()), field, 0)
    }

    /// `tiered_pricing`: a list of ranges (low < input ≤ high) with their prices.
    /// Above the last range its prices hold on.
    fn ranges(
        &mut self,
        raw: Option<&RawValue>,
        mode: &str,
        tiers: &mut Tiers,
        words: &mut Vec<String>,
    ) {
        let Some(raw) = raw else { return };
        let Shape::Array(items, _) = root::open(raw) else {
            self.facts.warn("fact_unreadable", "tiered_pricing", "no list of ranges; left out");
            return;
        };
        let mut by_results = Vec::new();
        for (index, raw) in items.into_iter().enumerate() {
            let place = format!("tiered_pricing[{index}]");
            let read = read_entry::<Range>(raw)
                .and_then(|range| Ok((range, read_entry::<Members<Scalar>>(raw)?)));
            let (range, members) = match read {
                Ok(read) => read,
                Err(fault) => {
                    self.facts.warn("fact_unreadable", &place, format!("{fault}; left out"));
                    continue;
                }
            };
            let mut rates = Tiers::new();
            self.costs(&members, mode, false, &place, &mut rates, words);
            if let [low, high] = range.max_results_range.0.as_slice() {
                let low = self.facts.number(low, &place);
                let high = self.facts.number(high, &place);
                if let (Some(low), Some(high)) = (low, high) {
                    by_results.push((low, high, rates.remove(&(None, None)).unwrap_or_default()));
                    continue;
                }
            }
            // The first range begins at 0, which is a number of tokens here.
            let low = match range.range.0.as_slice() {
                [Scalar::Number(low), _] if *low == 0.0 => Some(0),
                [low, _] => self.facts.tokens(low, &place),
                _ => None,
            };
            let Some(low) = low else {
                let effect = "no range of two numbers; its prices are left out";
                self.facts.warn("fact_unreadable", &place, effect);
                continue;
            };
            for ((service, _), rates) in rates {
                let limit = (low > 0).then_some(Limit { tokens: low, included: false });
                let tier = tiers.entry((service, limit)).or_default();
                rates.iter().for_each(|(item, price)| tier.set(item, price));
            }
        }
        results(&by_results, tiers, words);
    }

    /// `off_peak_pricing`: when it holds; its prices stand in it or under `rates`.
    fn off_peak(
        &mut self,
        raw: Option<&RawValue>,
        mode: &str,
        tiers: &mut Tiers,
        words: &mut Vec<String>,
    ) -> Vec<crate::catalog::TimeWindow> {
        let place = "off_peak_pricing";
        let Some(raw) = raw else { return Vec::new() };
        let read = read_entry::<off_peak::OffPeak>(raw)
            .and_then(|block| Ok((block, read_entry::<Members<Scalar>>(raw)?)));
        let (block, members) = match read {
            Ok(read) => read,
            Err(fault) => {
                self.facts.warn("fact_unreadable", place, format!("{fault}; left out"));
                return Vec::new();
            }
        };
        self.costs(&members, mode, false, place, tiers, words);
        self.costs(&block.rates, mode, false, &at(place, "rates"), tiers, words);
        let windows = block.windows(&mut self.facts.inside(place));
        if windows.is_empty() && !tiers.is_empty() {
            let effect = "no time of the day that can be read; its prices are left out";
            self.facts.warn("condition_unusable", place, effect);
        }
        windows
    }
}

/// Prices by the number of results that are asked for: which one holds is known
/// with the request alone.
fn results(ranges: &[(f64, f64, Rates)], tiers: &mut Tiers, words: &mut Vec<String>) {
    let mut said = Vec::new();
    for (low, high, rates) in ranges {
        for (item, price) in rates.iter() {
            tiers.entry((None, None)).or_default().set(item, Price::Variable);
            if let Some(amount) = price.amount() {
                said.push(format!("${amount} for {low} to {high}"));
            }
        }
    }
    if !said.is_empty() {
        words.push(format!("1,000 searches by the number of their results: {}.", said.join(", ")));
    }
}

pub(super) fn at(place: &str, key: &str) -> String {
    if place.is_empty() { key.to_owned() } else { format!("{place}.{key}") }
}

/// The conditions of tiers, in the order that lets the right one win: the last.
fn conditions(tiers: Tiers, when: &Condition) -> Vec<ConditionalRates> {
    let rank = |service: Option<&str>, limit: Option<Limit>| match (service, limit) {
        (None, None) => 0,
        (Some("batch"), None) => 3,
        (Some(_), None) => 1,
        (None, Some(_)) => 2,
        (Some(_), Some(_)) => 4,
    };
    let mut tiers: Vec<_> = tiers.into_iter().filter(|(_, rates)| !rates.is_empty()).collect();
    // Stable: thresholds stay in rising order.
    tiers.sort_by_key(|((service, limit), _)| rank(*service, *limit));
    tiers
        .into_iter()
        .map(|((service, limit), rates)| {
            let mut when = when.clone();
            when.service_tier = service.map(str::to_owned);
            match limit {
                Some(Limit { tokens, included: true }) => when.input_tokens_from = Some(tokens),
                Some(Limit { tokens, included: false }) => when.input_tokens_above = Some(tokens),
                None => {}
            }
            ConditionalRates { when, rates }
        })
        .collect()
}
