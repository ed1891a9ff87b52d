//! What is billed against: the prices of a model or endpoint over time, its
//! limits, and the prices that are in force for one request.

use super::condition::holds_whatever_the_input;
use super::moment::Moment;
use super::note::Note;
use super::tariff::Terms;
use crate::catalog::{
    Condition, DatedRates, Endpoint, Found, Item, Model, Price, RateCard, Rates, phrase,
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

impl<'a> Found<'a> {
    /// What an id named: an endpoint's offer, else the model's list price.
    pub fn offer(&self) -> Offer<'a> {
        self.endpoint.map_or_else(
            || Offer::of_model(self.model),
            |endpoint| Offer::of_endpoint(self.model, endpoint),
        )
    }
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
    /// agrees with that entry, by its dated changes too, or was seen after it
    /// began. Only the card knows conditions.
    pub(super) fn in_force(
        &self,
        moment: Moment,
        service_tier: Option<&'a str>,
        notes: &mut Vec<Note>,
    ) -> Terms<'a> {
        let card = Terms {
            rates: &self.prices.rates,
            conditions: &self.prices.conditions,
            source: self.prices.source.as_deref(),
            moment,
            service_tier,
        };
        let seen = self.prices.date;
        if self.history.is_empty() {
            if let Some(seen) = seen.filter(|seen| moment < Moment::at(*seen)) {
                let words = phrase("No earlier prices are known; those of ")
                    .and(seen.text())
                    .and(" are used.");
                notes.push(Note::new("price-not-known-at-date", words));
            }
            return card;
        }
        let began = |entry: &DatedRates| entry.from.is_none_or(|from| moment >= Moment::at(from));
        let after = self.history.iter().find(|entry| !began(entry));
        if let Some((from, before)) = after.and_then(|next| next.from.zip(next.previous_seen))
            && moment.days() > before.days()
        {
            let (before, from) = (before.text(), from.text());
            let words = phrase("The price changed between ")
                .and(&before)
                .and(" and ")
                .and(&from)
                .and("; the earlier one is used.");
            notes.push(Note::new("price-change-uncertain", words));
        }
        let Some(entry) = self.history.iter().rfind(|entry| began(entry)) else {
            let words = phrase("No price is known before the first entry of the price history.");
            notes.push(Note::new("price-not-known-at-date", words));
            return Terms { rates: &NO_RATES, conditions: &[], source: None, ..card };
        };
        let agrees =
            entry.rates.iter().all(|(item, price)| self.stated(item, moment) == Some(price));
        let seen_since = seen.is_some_and(|seen| {
            moment >= Moment::at(seen) && entry.from.is_none_or(|from| from <= seen)
        });
        if agrees || seen_since {
            return card;
        }
        if !self.prices.conditions.is_empty() {
            let words = phrase(
                "The price history knows no context tiers, times of day or service tiers; \
                 its plain prices are used.",
            );
            notes.push(Note::new("history-without-conditions", words));
        }
        let source = entry.source.as_deref().or(card.source);
        Terms { rates: &entry.rates, conditions: &[], source, ..card }
    }
}

impl Offer<'_> {
    /// What the card states for an item at a moment by its dated changes alone.
    fn stated(&self, item: Item, moment: Moment) -> Option<Price> {
        let dated = |when: &Condition| {
            *when == Condition { from: when.from, until: when.until, ..Condition::default() }
                && holds_whatever_the_input(when, moment, None)
        };
        for change in self.prices.conditions.iter().rev() {
            if dated(&change.when)
                && let Some(price) = change.rates.stated(item)
            {
                return Some(price);
            }
        }
        self.prices.rates.stated(item)
    }
}

static NO_RATES: Rates = Rates::EMPTY;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::{Decimal, Item, Price};

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
        let prices = offer.in_force(at.parse().unwrap(), None, &mut notes);
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
    fn a_card_that_knows_the_dates_of_its_changes_is_used_at_any_time() {
        let card = card(
            r#"{"rates":{"input":"2"},"conditions":[
                {"when":{"until":"2025-06-10"},"rates":{"input":"10"}},
                {"when":{"until":"2025-06-10","input_tokens_above":200000},"rates":{"input":"20"}},
                {"when":{"from":"2027-01-01"},"rates":{"input":"3"}}]}"#,
        );
        let dated = history(
            r#"[{"rates":{"input":"10"}},{"from":"2025-06-10","rates":{"input":"2"}},
                {"from":"2027-01-01","rates":{"input":"3"}}]"#,
        );
        for at in ["2025-06-09T23:59Z", "2025-06-10", "2027-01-01"] {
            assert_eq!(input_at(&card, &dated, at), (known(2), 3, vec![]), "{at}");
        }
        // Where they disagree, the history is right about the past.
        let other =
            history(r#"[{"rates":{"input":"9"}},{"from":"2025-06-10","rates":{"input":"2"}}]"#);
        assert_eq!(
            input_at(&card, &other, "2025-06-09"),
            (known(9), 0, vec!["history-without-conditions"])
        );
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
}
