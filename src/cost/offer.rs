//! What is billed against: the prices of a model or endpoint over time, its
//! limits, and the prices that are in force for one request.

use super::bill::Note;
use super::condition::{holds, is_lower_tier};
use super::moment::Moment;
use super::usage::wholes;
use crate::catalog::{
    Condition, ConditionalRates, DatedRates, Decimal, Endpoint, Item, Model, Price, RateCard, Rates,
};

/// The prices and limits of a model or of one of its endpoints.
#[derive(Clone, Copy, Debug)]
pub struct Offer<'a> {
    /// The current prices, with their conditions.
    pub prices: &'a RateCard,
    /// Earlier and announced prices, oldest first.
    pub history: &'a [DatedRates],
    /// Context length in tokens.
    pub context_length: Option<u64>,
    /// Maximum output in tokens.
    pub max_output: Option<u64>,
}

impl<'a> Offer<'a> {
    /// A model at its list price.
    pub fn of_model(model: &'a Model) -> Self {
        Self {
            prices: &model.prices,
            history: &model.price_history,
            context_length: model.context_length,
            max_output: model.max_output,
        }
    }

    /// A model at an endpoint: the endpoint's own limits, else the model's.
    pub fn of_endpoint(model: &'a Model, endpoint: &'a Endpoint) -> Self {
        Self {
            prices: &endpoint.prices,
            history: &endpoint.price_history,
            context_length: endpoint.context_length.or(model.context_length),
            max_output: endpoint.max_output.or(model.max_output),
        }
    }

    /// The prices in force at a moment, before any condition.
    ///
    /// The history entry that has begun last is in force, and the card where it
    /// agrees with that entry or was seen after it began. Only the card knows
    /// conditions.
    pub(super) fn in_force(&self, moment: Moment, notes: &mut Vec<Note>) -> InForce<'a> {
        let card = InForce {
            rates: &self.prices.rates,
            conditions: &self.prices.conditions,
            source: self.prices.source.as_deref(),
        };
        let seen = self.prices.date;
        if self.history.is_empty() {
            if let Some(seen) = seen.filter(|seen| moment < Moment::at(*seen)) {
                let words =
                    ["No earlier prices are known; those of ", &seen.to_string(), " are used."];
                notes.push(Note::new("price-not-known-at-date", &words));
            }
            return card;
        }
        let began = |entry: &DatedRates| entry.from.is_none_or(|from| moment >= Moment::at(from));
        let after = self.history.iter().find(|entry| !began(entry));
        if let Some((from, before)) = after.and_then(|next| next.from.zip(next.previous_seen))
            && moment.days() > before.days()
        {
            let (before, from) = (before.to_string(), from.to_string());
            let words = [
                "The price changed between ",
                &before,
                " and ",
                &from,
                "; the earlier one is used.",
            ];
            notes.push(Note::new("price-change-uncertain", &words));
        }
        let Some(entry) = self.history.iter().rfind(|entry| began(entry)) else {
            let words = ["No price is known before the first entry of the price history."];
            notes.push(Note::new("price-not-known-at-date", &words));
            return InForce { rates: &NO_RATES, conditions: &[], source: None };
        };
        let agrees =
            entry.rates.iter().all(|(item, price)| self.prices.rates.stated(item) == Some(price));
        let seen_since = seen.is_some_and(|seen| {
            moment >= Moment::at(seen) && entry.from.is_none_or(|from| from <= seen)
        });
        if agrees || seen_since {
            return card;
        }
        if !self.prices.conditions.is_empty() {
            let words =
                ["The price history knows no context tiers, times of day or service tiers; \
                 its plain prices are used."];
            notes.push(Note::new("history-without-conditions", &words));
        }
        let source = entry.source.as_deref().or(card.source);
        InForce { rates: &entry.rates, conditions: &[], source }
    }
}

static NO_RATES: Rates = Rates::EMPTY;

/// The prices of a moment, with the conditions that may change them.
#[derive(Clone, Copy)]
pub(super) struct InForce<'a> {
    pub rates: &'a Rates,
    pub conditions: &'a [ConditionalRates],
    pub source: Option<&'a str>,
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
    pub fn new(
        prices: InForce<'a>,
        input: Decimal,
        moment: Moment,
        service_tier: Option<&str>,
    ) -> Self {
        let conditions = prices.conditions.iter();
        let active = conditions.filter(|rates| holds(&rates.when, input, moment, service_tier));
        Self { base: prices.rates, active: active.collect() }
    }

    /// Whether any amount of money is stated.
    pub fn states_an_amount(&self) -> bool {
        let rates = self.active.iter().map(|conditional| &conditional.rates).chain([self.base]);
        rates.flat_map(Rates::iter).any(|(_, price)| price.amount().is_some())
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

    fn card(json: &str) -> RateCard {
        serde_json::from_str(json).unwrap()
    }

    fn history(json: &str) -> Vec<DatedRates> {
        serde_json::from_str(json).unwrap()
    }

    /// The price of input in force, and the codes of the notes.
    fn input_at(
        card: &RateCard,
        history: &[DatedRates],
        at: &str,
    ) -> (Price, usize, Vec<&'static str>) {
        let offer = Offer { prices: card, history, context_length: None, max_output: None };
        let mut notes = Vec::new();
        let prices = offer.in_force(at.parse().unwrap(), &mut notes);
        let codes = notes.iter().map(|note| note.code).collect();
        (prices.rates.get(Item::Input), prices.conditions.len(), codes)
    }

    fn known(price: i128) -> Price {
        Price::Known(Decimal::new(price, 0))
    }

    const CARD: &str = r#"{"rates":{"input":"2","output":"8"},"date":"2025-06-17",
        "conditions":[{"when":{"service_tier":"batch"},"rates":{"input":"1"}}]}"#;

    #[test]
    fn the_entry_that_began_last_is_in_force() {
        let card = card(CARD);
        let history = history(
            r#"[{"rates":{"input":"10","output":"40"}},
                {"from":"2025-06-10","rates":{"input":"2","output":"8"}},
                {"from":"2027-01-01","rates":{"input":"3","output":"8"}}]"#,
        );
        let plain = "history-without-conditions";
        assert_eq!(input_at(&card, &history, "2020-01-01"), (known(10), 0, vec![plain]));
        assert_eq!(input_at(&card, &history, "2025-06-09T23:59Z"), (known(10), 0, vec![plain]));
        assert_eq!(input_at(&card, &history, "2025-06-10"), (known(2), 1, vec![]));
        assert_eq!(input_at(&card, &history, "2026-12-31"), (known(2), 1, vec![]));
        assert_eq!(input_at(&card, &history, "2027-01-01"), (known(3), 0, vec![plain]));
    }

    #[test]
    fn nothing_is_known_before_the_first_dated_entry() {
        let history = history(r#"[{"from":"2025-06-10","rates":{"input":"2","output":"8"}}]"#);
        assert_eq!(
            input_at(&card(CARD), &history, "2025-06-09"),
            (Price::Unknown, 0, vec!["price-not-known-at-date"])
        );
    }

    #[test]
    fn a_card_seen_after_the_last_change_wins_over_it() {
        let history = history(
            r#"[{"from":"2025-01-01","rates":{"input":"5"}},{"from":"2025-07-01","rates":{"input":"1"}}]"#,
        );
        assert_eq!(input_at(&card(CARD), &history, "2025-06-16").0, known(5));
        assert_eq!(input_at(&card(CARD), &history, "2025-06-17").0, known(2));
        assert_eq!(input_at(&card(CARD), &history, "2025-07-01").0, known(1));
    }

    #[test]
    fn a_day_of_change_known_as_an_interval_is_said() {
        let history = history(
            r#"[{"from":"2025-01-01","rates":{"input":"5"}},
                {"from":"2025-06-17","previous_seen":"2025-06-01","rates":{"input":"2"}}]"#,
        );
        assert_eq!(
            input_at(&card(CARD), &history, "2025-06-05").2,
            ["price-change-uncertain", "history-without-conditions"]
        );
        assert_eq!(input_at(&card(CARD), &history, "2025-05-31").2, ["history-without-conditions"]);
    }

    #[test]
    fn without_a_history_the_card_holds_and_says_from_when() {
        assert_eq!(input_at(&card(CARD), &[], "2025-06-17"), (known(2), 1, vec![]));
        assert_eq!(
            input_at(&card(CARD), &[], "2025-06-16"),
            (known(2), 1, vec!["price-not-known-at-date"])
        );
    }

    fn rate(json: &str, input: u64, tier: Option<&str>, item: Item) -> (Price, bool) {
        let card = card(json);
        let offer = Offer { prices: &card, history: &[], context_length: None, max_output: None };
        let at = "2025-06-01".parse().unwrap();
        let prices = offer.in_force(at, &mut Vec::new());
        let rate = Tariff::new(prices, Decimal::from(input), at, tier).rate(item);
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
