//! One offer's prices at two times: whether they have changed, and the history
//! that follows.

use crate::catalog::{Condition, Date, DatedRates, Price, RateCard, Rates};

/// An offer's prices as a catalog states them.
#[derive(Clone, Copy, Debug)]
pub struct Seen<'a> {
    pub card: &'a RateCard,
    pub history: &'a [DatedRates],
    /// The day on which these prices were seen.
    pub date: Date,
}

/// What sets an offer's later prices apart from its earlier ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Difference {
    /// Nothing; or what the earlier ones already say of another time of the day.
    None,
    /// Prices under conditions alone, for which a history has no place.
    Conditions,
    /// The currency: the amounts cannot be compared.
    Currency,
    /// The prices, though no later day is stated: an error was mended.
    Corrected,
    /// The prices.
    Changed,
}

/// Compares an offer's prices.
pub fn difference(old: Seen<'_>, new: Seen<'_>) -> Difference {
    if same_rates(&old.card.rates, &new.card.rates) {
        // Prices of another currency are the same only where none is stated.
        if old.card.conditions == new.card.conditions {
            return Difference::None;
        }
        return Difference::Conditions;
    }
    if !states_nothing(&old.card.rates)
        && !states_nothing(&new.card.rates)
        && old.card.currency() != new.card.currency()
    {
        Difference::Currency
    } else if is_another_time_of_day(old.card, new.card) {
        Difference::None
    } else if new.date <= old.date {
        Difference::Corrected
    } else {
        Difference::Changed
    }
}

/// The history of an offer from what both catalogs state; whether it has a change
/// that neither of their own histories has.
pub fn history(
    old: Seen<'_>,
    new: Seen<'_>,
    difference: Difference,
) -> (Vec<DatedRates>, Option<Date>) {
    if difference == Difference::Currency {
        return (new.history.to_vec(), None);
    }
    // The later catalog knows best, from the first day that it tells of.
    let first = new.history.first().map(|entry| entry.from);
    let mut history: Vec<DatedRates> = old
        .history
        .iter()
        .filter(|entry| first.is_none_or(|first| entry.from < first))
        .chain(new.history)
        .cloned()
        .collect();
    if difference != Difference::Changed {
        return (history, None);
    }
    let had_begun =
        |day: Date| move |entry: &&DatedRates| entry.from.is_none_or(|from| from <= day);
    if !history.iter().any(|entry| had_begun(old.date)(&entry)) {
        if states_nothing(&old.card.rates) {
            // The first price that is known has none before it.
            return (history, None);
        }
        history.insert(
            0,
            DatedRates {
                from: Some(old.date),
                previous_seen: None,
                rates: old.card.rates.clone(),
                source: old.card.source.clone(),
            },
        );
    }
    let last = history.iter().rfind(had_begun(new.date));
    if last.is_some_and(|last| same_rates(&last.rates, &new.card.rates)) {
        return (history, None);
    }
    let announced = announced(old, new);
    let from = announced.unwrap_or(new.date);
    let mut rates = new.card.rates.clone();
    for (item, _) in old.card.rates.iter() {
        // Said in words: unknown from now on.
        if rates.stated(item).is_none() {
            rates.set(item, Price::Unknown);
        }
    }
    history.retain(|entry| entry.from != Some(from));
    history.push(DatedRates {
        from: Some(from),
        previous_seen: announced.is_none().then_some(old.date),
        rates,
        source: new.card.source.clone(),
    });
    history.sort_by_key(|entry| entry.from);
    (history, Some(from))
}

/// The day for which the earlier catalog announced just these prices.
fn announced(old: Seen<'_>, new: Seen<'_>) -> Option<Date> {
    old.card.conditions.iter().find_map(|conditional| {
        let from = conditional.when.from?;
        let only_dated = conditional.when == Condition { from: Some(from), ..Condition::default() };
        let rates = overlaid(&old.card.rates, &conditional.rates);
        (only_dated && old.date < from && from <= new.date && same_rates(&rates, &new.card.rates))
            .then_some(from)
    })
}

/// Whether two rate cards differ only by the hour in which they were fetched.
///
/// `OpenRouter` states as the price the one of the time window that is active at
/// the fetch, beside the list of windows. Either each card's price stands in the
/// other's list; or the lists are the same, and one card's price stands in it.
fn is_another_time_of_day(old: &RateCard, new: &RateCard) -> bool {
    let windows = |card: &RateCard| -> Vec<(Condition, Rates)> {
        let timed = |when: &Condition| {
            !when.windows.is_empty()
                && *when == Condition { windows: when.windows.clone(), ..Condition::default() }
        };
        card.conditions
            .iter()
            .filter(|conditional| timed(&conditional.when))
            .map(|conditional| (conditional.when.clone(), conditional.rates.clone()))
            .collect()
    };
    let states = |card: &RateCard, windows: &[(Condition, Rates)], rates: &Rates| {
        windows.iter().any(|(_, window)| same_rates(&overlaid(&card.rates, window), rates))
    };
    let (before, now) = (windows(old), windows(new));
    let (forth, back) = (states(old, &before, &new.rates), states(new, &now, &old.rates));
    (forth && back) || (before == now && (forth || back))
}

/// The rates, with others in place of those that they state.
fn overlaid(rates: &Rates, over: &Rates) -> Rates {
    rates.iter().chain(over.iter()).collect()
}

/// Whether all prices are the same; an amount of zero is free.
pub fn same_rates(a: &Rates, b: &Rates) -> bool {
    let same = |a: Price, b: Price| a == b || (a.amount().is_some() && a.amount() == b.amount());
    a.iter().all(|(item, price)| same(price, b.get(item)))
        && b.iter().all(|(item, price)| same(price, a.get(item)))
}

/// Whether no price is known, in any state but that.
pub fn states_nothing(rates: &Rates) -> bool {
    rates.iter().all(|(_, price)| price == Price::Unknown)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    /// The history of an offer that the two catalogs state so, and whether it grew.
    fn compared(old: &Value, new: &Value) -> (Difference, Value) {
        let read = |offer: &Value| {
            let card: RateCard = serde_json::from_value(offer["prices"].clone()).unwrap();
            let history: Vec<DatedRates> =
                serde_json::from_value(offer["history"].clone()).unwrap_or_default();
            let date: Date = offer["date"].as_str().unwrap().parse().unwrap();
            (card, history, date)
        };
        let (old, new) = (read(old), read(new));
        let old = Seen { card: &old.0, history: &old.1, date: old.2 };
        let new = Seen { card: &new.0, history: &new.1, date: new.2 };
        let difference = difference(old, new);
        (difference, serde_json::to_value(history(old, new, difference).0).unwrap())
    }

    #[allow(clippy::needless_pass_by_value)] // made for the call
    fn offer(date: &str, rates: Value) -> Value {
        json!({"date": date, "prices": {"rates": rates}})
    }

    fn windowed(date: &str, base: &str, windows: &[(u16, &str)]) -> Value {
        let conditions: Vec<Value> = windows
            .iter()
            .map(|(start, input)| {
                json!({"when": {"windows": [{"start": start, "end": 0}]}, "rates": {"input": input}})
            })
            .collect();
        json!({"date": date, "prices": {"rates": {"input": base, "output": "9"}, "conditions": conditions}})
    }

    #[test]
    fn a_change_is_dated_as_an_interval() {
        let old = offer("2025-06-01", json!({"input": "10", "output": "40"}));
        let new = offer("2025-06-17", json!({"input": "2", "output": "40"}));
        assert_eq!(
            compared(&old, &new),
            (
                Difference::Changed,
                json!([
                    {"from": "2025-06-01", "rates": {"input": "10", "output": "40"}},
                    {"from": "2025-06-17", "previous_seen": "2025-06-01",
                     "rates": {"input": "2", "output": "40"}},
                ])
            )
        );
    }

    #[test]
    fn the_same_prices_are_no_change_and_make_no_history() {
        let old = offer("2025-06-01", json!({"input": "10.0", "output": "0"}));
        let new = offer("2025-06-17", json!({"input": "10", "output": "free"}));
        assert_eq!(compared(&old, &new), (Difference::None, json!([])));
    }

    #[test]
    fn an_earlier_history_goes_on() {
        let mut old = offer("2025-06-01", json!({"input": "10"}));
        old["history"] = json!([{"rates": {"input": "20"}},
            {"from": "2025-03-01", "rates": {"input": "10"}},
            {"from": "2030-01-01", "rates": {"input": "5"}}]);
        let same = compared(&old, &offer("2025-06-17", json!({"input": "10"})));
        assert_eq!(same, (Difference::None, old["history"].clone()));
        let (_, history) = compared(&old, &offer("2025-06-17", json!({"input": "2"})));
        let days: Vec<_> =
            history.as_array().unwrap().iter().map(|entry| entry["from"].as_str()).collect();
        assert_eq!(days, [None, Some("2025-03-01"), Some("2025-06-17"), Some("2030-01-01")]);
    }

    #[test]
    fn the_later_catalog_knows_its_own_history_best() {
        let old = offer("2025-06-01", json!({"input": "10"}));
        let mut new = offer("2025-06-17", json!({"input": "2"}));
        new["history"] = json!([{"from": "2025-06-10", "rates": {"input": "2"}}]);
        let expected = json!([
            {"from": "2025-06-01", "rates": {"input": "10"}},
            {"from": "2025-06-10", "rates": {"input": "2"}},
        ]);
        assert_eq!(compared(&old, &new).1, expected);
        // From its start on: what was seen before counts no more.
        let mut old = old;
        old["history"] = json!([{"from": "2025-01-01", "rates": {"input": "11"}}]);
        new["history"] =
            json!([{"rates": {"input": "12"}}, {"from": "2025-06-10", "rates": {"input": "2"}}]);
        assert_eq!(compared(&old, &new).1, new["history"]);
    }

    #[test]
    fn a_price_that_is_no_longer_stated_is_unknown() {
        let old = offer("2025-06-01", json!({"input": "10", "output": "40"}));
        let (difference, history) = compared(&old, &offer("2025-06-17", json!({"output": "40"})));
        assert_eq!(difference, Difference::Changed);
        assert_eq!(history[1]["rates"], json!({"input": "unknown", "output": "40"}));
        // The first price that is known is no change of one.
        let none = offer("2025-06-01", json!({}));
        assert_eq!(compared(&none, &offer("2025-06-17", json!({"input": "1"}))).1, json!([]));
        // Known again, after a history.
        let mut ended = none;
        ended["history"] = json!([{"rates": {"input": "1"}}, {"from": "2025-05-01", "rates": {}}]);
        let (_, history) = compared(&ended, &offer("2025-06-17", json!({"input": "1"})));
        assert_eq!(history.as_array().unwrap().len(), 3);
    }

    #[test]
    fn another_hour_is_no_change() {
        let none = (Difference::None, json!([]));
        // Each price stands in the other's list.
        let day = windowed("2025-06-01", "4", &[(960, "1")]);
        let night = windowed("2025-06-02", "1", &[(0, "4")]);
        assert_eq!(compared(&day, &night), none);
        // The list is always the same, and tells of one price alone.
        assert_eq!(compared(&day, &windowed("2025-06-02", "1", &[(960, "1")])), none);
        assert_eq!(
            compared(
                &windowed("2025-06-01", "1", &[(960, "1")]),
                &windowed("2025-06-02", "4", &[(960, "1")])
            ),
            none
        );
        // A price that no window has, and a window that is given up.
        for new in [
            windowed("2025-06-02", "3", &[(960, "1")]),
            windowed("2025-06-02", "1", &[]),
            windowed("2025-06-02", "1", &[(0, "5")]),
        ] {
            let (difference, history) = compared(&day, &new);
            assert_eq!(difference, Difference::Changed, "{new}");
            assert_eq!(history.as_array().unwrap().len(), 2);
        }
        // The base is the same: only what holds under a condition has changed.
        let (difference, history) = compared(&day, &windowed("2025-06-02", "4", &[(960, "2")]));
        assert_eq!((difference, history), (Difference::Conditions, json!([])));
    }

    #[test]
    fn an_announced_change_has_its_day() {
        let mut old = offer("2025-06-01", json!({"input": "10", "output": "40"}));
        old["prices"]["conditions"] =
            json!([{"when": {"from": "2025-06-10"}, "rates": {"input": "2"}}]);
        let (_, history) =
            compared(&old, &offer("2025-06-17", json!({"input": "2", "output": "40"})));
        assert_eq!(history[1]["from"], "2025-06-10");
        assert_eq!(history[1]["previous_seen"], Value::Null);
        let (_, history) =
            compared(&old, &offer("2025-06-17", json!({"input": "3", "output": "40"})));
        assert_eq!(history[1]["from"], "2025-06-17");
    }

    #[test]
    fn another_currency_and_a_correction_are_no_change() {
        let mut old = offer("2025-06-01", json!({"input": "10"}));
        old["history"] = json!([{"from": "2025-01-01", "rates": {"input": "10"}}]);
        let mut new = offer("2025-06-17", json!({"input": "70"}));
        new["prices"]["currency"] = json!("CNY");
        assert_eq!(compared(&old, &new), (Difference::Currency, json!([])));
        let same_day = offer("2025-06-01", json!({"input": "12"}));
        assert_eq!(compared(&old, &same_day), (Difference::Corrected, old["history"].clone()));
    }
}
