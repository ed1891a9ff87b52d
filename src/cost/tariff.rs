//! The prices of one request: those in force, under the conditions that hold.

use super::condition::{holds, is_lower_tier};
use super::leaves::wholes;
use super::moment::Moment;
use crate::catalog::{Condition, ConditionalRates, Decimal, Gather, Item, Price, Rates};

/// The prices in force at a moment, with the conditions that may change them,
/// and what is known of a request before its size.
#[derive(Clone, Copy)]
pub(super) struct Terms<'a> {
    pub rates: &'a Rates,
    pub conditions: &'a [ConditionalRates],
    pub source: Option<&'a str>,
    pub moment: Moment,
    pub service_tier: Option<&'a str>,
}

/// The price of an item for one request.
pub(super) struct Rate<'a> {
    pub price: Price,
    /// The condition under which it holds.
    pub condition: Option<&'a Condition>,
    /// Whether it is the price of what contains the item.
    pub assumed: bool,
}

/// The prices of one request: those in force, under the conditions that hold.
pub(super) struct Tariff<'a> {
    base: &'a Rates,
    active: Vec<&'a ConditionalRates>,
}

impl<'a> Tariff<'a> {
    /// The prices for a request with this much input, cached included.
    pub fn new(terms: &Terms<'a>, input: Decimal) -> Self {
        let hold =
            |rates: &&ConditionalRates| holds(&rates.when, input, terms.moment, terms.service_tier);
        Self { base: terms.rates, active: terms.conditions.iter().filter(hold).gather() }
    }

    /// Whether any amount of money is stated.
    pub fn states_an_amount(&self) -> bool {
        let any = |rates: &Rates| rates.iter().any(|(_, price)| price.amount().is_some());
        any(self.base) || self.active.iter().any(|conditional| any(&conditional.rates))
    }

    /// The price that a card states for an item: of the conditions that hold and
    /// list it, the last one's, but of context tiers the highest one's.
    fn stated(&self, item: Item) -> (Price, Option<&'a Condition>) {
        let mut found = (self.base.get(item), None);
        for conditional in &self.active {
            let when = &conditional.when;
            if let Some(price) = conditional.rates.stated(item)
                && !found.1.is_some_and(|have| is_lower_tier(when, have))
            {
                found = (price, Some(when));
            }
        }
        found
    }

    /// The price of an item, or else of what contains it, nearest first.
    pub fn rate(&self, item: Item) -> Rate<'a> {
        let mut level: &[Item] = &[item];
        while let Some(nearest) = level.first() {
            for candidate in level {
                let (price, condition) = self.stated(*candidate);
                if price != Price::Unknown {
                    return Rate { price, condition, assumed: *candidate != item };
                }
            }
            level = wholes(*nearest);
        }
        Rate { price: Price::Unknown, condition: None, assumed: false }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::RateCard;

    fn known(price: i128) -> Price {
        Price::Known(Decimal::new(price, 0))
    }

    fn rate(json: &str, input: u64, tier: Option<&str>, item: Item) -> (Price, bool) {
        let card: RateCard = serde_json::from_str(json).unwrap();
        let terms = Terms {
            rates: &card.rates,
            conditions: &card.conditions,
            source: None,
            moment: "2025-06-01".parse().unwrap(),
            service_tier: tier,
        };
        let rate = Tariff::new(&terms, Decimal::from(input)).rate(item);
        (rate.price, rate.assumed)
    }

    #[test]
    fn the_highest_crossed_tier_wins_in_any_order() {
        for order in [["128000", "200000"], ["200000", "128000"]] {
            let tiers = order.map(|limit| {
                format!(
                    r#"{{"when":{{"input_tokens_above":{limit}}},"rates":{{"input":"{limit}"}}}}"#
                )
            });
            let json = format!(
                r#"{{"rates":{{"input":"1","output":"5"}},"conditions":[{}]}}"#,
                tiers.join(",")
            );
            for (input, price) in
                [(128_000, 1), (128_001, 128_000), (200_000, 128_000), (200_001, 200_000)]
            {
                assert_eq!(rate(&json, input, None, Item::Input), (known(price), false));
            }
            assert_eq!(rate(&json, 300_000, None, Item::Output), (known(5), false));
        }
    }

    #[test]
    fn of_other_conditions_the_last_one_wins_per_item() {
        let json = r#"{"rates":{"input":"4","cache_read":"2","output":"8"},"conditions":[
            {"when":{"input_tokens_above":100},"rates":{"input":"8","cache_read":"4"}},
            {"when":{"service_tier":"batch"},"rates":{"input":"2","output":"3"}},
            {"when":{"service_tier":"batch","input_tokens_above":100},"rates":{"output":"6"}}]}"#;
        let batch = |item| rate(json, 101, Some("batch"), item).0;
        assert_eq!(batch(Item::Input), known(2));
        assert_eq!(batch(Item::CacheRead), known(4));
        assert_eq!(batch(Item::Output), known(6));
        assert_eq!(rate(json, 100, Some("batch"), Item::Output).0, known(3));
        assert_eq!(rate(json, 101, None, Item::Output).0, known(8));
    }

    #[test]
    fn a_missing_price_is_that_of_the_nearest_whole() {
        let json = r#"{"rates":{"input":"3","cache_write":"4","input_audio":"9","output":"8"}}"#;
        for (item, price) in [
            (Item::CacheRead, 3),
            (Item::CacheWrite1h, 4),
            (Item::CacheAudioRead, 9),
            (Item::InputImage, 3),
            (Item::Reasoning, 8),
            (Item::OutputAudio, 8),
        ] {
            assert_eq!(rate(json, 1, None, item), (known(price), true), "{item:?}");
        }
        let json = r#"{"rates":{"input":"3","cache_read":"1"}}"#;
        assert_eq!(rate(json, 1, None, Item::CacheAudioRead), (known(1), true));
        assert_eq!(rate(json, 1, None, Item::CacheWrite1h), (known(3), true));
        assert_eq!(rate(json, 1, None, Item::Reasoning), (Price::Unknown, false));
        assert_eq!(rate(json, 1, None, Item::WebSearch), (Price::Unknown, false));
    }

    #[test]
    fn a_price_decided_per_request_has_no_stand_in() {
        let json = r#"{"rates":{"input":"3","cache_read":"variable","cache_write":"unknown"}}"#;
        assert_eq!(rate(json, 1, None, Item::CacheRead), (Price::Variable, false));
        assert_eq!(rate(json, 1, None, Item::CacheWrite), (known(3), true));
    }
}
