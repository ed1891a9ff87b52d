//! Which price set of genai-prices is in force when, as a rate card and a price
//! history.
//!
//! Of a list, the last set whose constraint holds is in force, and all of it: what
//! it does not price has no price then, whatever other sets say. Where none holds
//! it is the first.

use std::collections::BTreeMap;

use crate::catalog::{
    Condition, ConditionalRates, Date, DatedRates, Item, Price, RateCard, Rates, TimeWindow,
};

/// When a set is in force, unless a later one is.
#[derive(Clone, Debug, PartialEq)]
pub enum When {
    /// At any time.
    Always,
    /// From the start of this day (UTC).
    From(Date),
    /// Every day at these times.
    Daily(Vec<TimeWindow>),
}

/// A set of prices: those of short input, and those above a number of input tokens.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Set {
    pub rates: Rates,
    pub tiers: BTreeMap<u64, Rates>,
}

/// A rate card without note and source, and the history of prices that changed.
pub struct Prices {
    /// The card.
    pub card: RateCard,
    /// The history, oldest first.
    pub history: Vec<DatedRates>,
}

/// Every item that a set prices.
fn items(set: &Set) -> impl Iterator<Item = Item> {
    std::iter::once(&set.rates)
        .chain(set.tiers.values())
        .flat_map(Rates::iter)
        .map(|(item, _)| item)
}

/// The sets as a rate card.
pub fn card(sets: &[(When, Set)], today: Option<Date>) -> RateCard {
    // The set of the list price: the last one that has begun.
    let began = |date: &Date| today.is_none_or(|today| date.days() <= today.days());
    let current =
        sets.iter().rposition(|(when, _)| matches!(when, When::From(date) if began(date)));
    let current = current.unwrap_or(0);
    let Some((when, set)) = sets.get(current) else { return RateCard::default() };
    let until = match when {
        When::From(date) => Some(*date),
        _ => None,
    };
    let mut card = RateCard { rates: set.rates.clone(), ..RateCard::default() };
    let plain = Condition::default();
    tiers(&mut card, set, &plain);
    let nothing: Rates =
        sets.iter().flat_map(|(_, set)| items(set)).map(|item| (item, Price::Unknown)).collect();
    for (index, (when, other)) in sets.iter().enumerate() {
        let mut condition = plain.clone();
        match when {
            When::Always => {}
            When::From(date) => condition.from = Some(*date),
            When::Daily(windows) => condition.windows.clone_from(windows),
        }
        if index < current {
            condition.until = until;
        }
        let never = condition.from.zip(condition.until);
        if index == current || never.is_some_and(|(from, until)| from.days() >= until.days()) {
            continue;
        }
        // All of the set is in force, so no price of another may show through.
        let mut rates = nothing.clone();
        for (item, price) in other.rates.iter() {
            rates.set(item, price);
        }
        card.conditions.push(ConditionalRates { when: condition.clone(), rates });
        tiers(&mut card, other, &condition);
    }
    card
}

fn tiers(card: &mut RateCard, set: &Set, when: &Condition) {
    card.conditions.extend(set.tiers.iter().map(|(start, rates)| {
        let when = Condition { input_tokens_above: Some(*start), ..when.clone() };
        ConditionalRates { when, rates: rates.clone() }
    }));
}

/// The prices from each date on. Times of the day and tiers are the card's alone.
pub fn history(sets: &[(When, Set)]) -> Vec<DatedRates> {
    let mut dates: Vec<Date> = sets
        .iter()
        .filter_map(|(when, _)| match when {
            When::From(date) => Some(*date),
            _ => None,
        })
        .collect();
    if dates.is_empty() {
        return Vec::new();
    }
    dates.sort_unstable();
    let entry = |from: Option<Date>| {
        let set = sets.iter().rev().find(|(when, _)| match when {
            When::Always => true,
            When::From(date) => from.is_some_and(|from| *date <= from),
            When::Daily(_) => false,
        });
        let rates = set.map(|(_, set)| set.rates.clone()).unwrap_or_default();
        DatedRates { from, previous_seen: None, rates, source: None }
    };
    let mut history: Vec<DatedRates> =
        std::iter::once(None).chain(dates.into_iter().map(Some)).map(entry).collect();
    history.dedup_by(|later, earlier| later.rates == earlier.rates);
    // Where only tiers have changed, there is no history to tell.
    if history.len() < 2 { Vec::new() } else { history }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(input: i128, output: Option<i128>) -> Set {
        let price = |amount| Price::Known(crate::catalog::Decimal::new(amount, 0));
        let mut set = Set::default();
        set.rates.set(Item::Input, price(input));
        if let Some(output) = output {
            set.rates.set(Item::Output, price(output));
        }
        set
    }

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    /// Sets in force from two days on; the second has no price of output.
    fn dated() -> Vec<(When, Set)> {
        let mut first = set(1, Some(10));
        first.tiers.insert(100, set(100, None).rates);
        vec![
            (When::Always, first),
            (When::From(day("2025-06-10")), set(2, None)),
            (When::From(day("2027-01-01")), set(4, Some(40))),
        ]
    }

    #[test]
    fn the_list_price_is_that_of_the_day() {
        for (today, input) in [
            (None, 4),
            (Some("2025-06-09"), 1),
            (Some("2025-06-10"), 2),
            (Some("2026-12-31"), 2),
            (Some("2027-01-01"), 4),
        ] {
            let card = card(&dated(), today.map(day));
            assert_eq!(card.price(Item::Input), set(input, None).rates.get(Item::Input));
            assert_eq!(card.rates.stated(Item::Output).is_some(), input != 2);
        }
    }

    #[test]
    fn other_sets_hold_whole_and_no_longer_than_they_did() {
        let json = |today: Option<&str>| {
            serde_json::to_value(card(&dated(), today.map(day)).conditions).unwrap()
        };
        assert_eq!(
            json(Some("2025-06-10")),
            serde_json::json!([
                {"when": {"until": "2025-06-10"}, "rates": {"input": "1", "output": "10"}},
                {"when": {"until": "2025-06-10", "input_tokens_above": 100}, "rates": {"input": "100"}},
                {"when": {"from": "2027-01-01"}, "rates": {"input": "4", "output": "40"}},
            ])
        );
        assert_eq!(
            json(Some("2024-01-01")),
            serde_json::json!([
                {"when": {"input_tokens_above": 100}, "rates": {"input": "100"}},
                {"when": {"from": "2025-06-10"}, "rates": {"input": "2", "output": "unknown"}},
                {"when": {"from": "2027-01-01"}, "rates": {"input": "4", "output": "40"}},
            ])
        );
        // Before it, one that begins with or after a later one never holds.
        let mut sets = dated();
        sets.swap(1, 2);
        let when: Vec<Condition> =
            card(&sets, None).conditions.into_iter().map(|rates| rates.when).collect();
        assert!(when.iter().all(|when| when.from.is_none()), "{when:?}");
    }

    #[test]
    fn prices_that_change_on_a_date_have_a_history() {
        let inputs = |sets: &[(When, Set)]| -> Vec<(Option<Date>, String)> {
            let entries = history(sets).into_iter();
            entries.map(|entry| (entry.from, entry.rates.get(Item::Input).to_string())).collect()
        };
        let expected = [
            (None, "1".to_owned()),
            (Some(day("2025-06-10")), "2".to_owned()),
            (Some(day("2027-01-01")), "4".to_owned()),
        ];
        assert_eq!(inputs(&dated()), expected);
        let mut with_hours = dated();
        with_hours.push((When::Daily(vec![TimeWindow::default()]), set(9, None)));
        assert_eq!(inputs(&with_hours), expected);
        let same = [(When::Always, set(1, None)), (When::From(day("2025-06-10")), set(1, None))];
        assert_eq!(inputs(&same), []);
        assert_eq!(inputs(&[(When::Always, set(1, None))]), []);
    }
}
