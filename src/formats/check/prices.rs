//! Whether prices, their conditions and their history agree with each other.

use super::Checker;
use crate::catalog::{
    Condition, Date, DatedRates, Decimal, Price, RateCard, Rates, Severity, TimeWindow,
};

/// Amounts of money above zero lie between these.
const LEAST_AMOUNT: Decimal = Decimal::new(1, -30);
const MOST_AMOUNT: Decimal = Decimal::new(1, 30);

impl Checker {
    pub(super) fn rate_card(&mut self, card: &mut RateCard, path: &str) {
        self.source(card.source.as_ref(), path);
        self.currency(card, path);
        self.rates(&mut card.rates, path);
        for (index, conditional) in card.conditions.iter_mut().enumerate() {
            self.rates(&mut conditional.rates, &format!("{path}.conditions[{index}]"));
        }
        let mut index = 0;
        card.conditions.retain(|conditional| {
            let path = format!("{path}.conditions[{index}].when");
            index += 1;
            let Some(fault) = fault_of(&conditional.when) else { return true };
            let effect = format!("{fault}; these prices are left out");
            self.warn("condition_unusable", path, effect);
            false
        });
    }

    /// Amounts must be such as can be written and read again: a text in a catalog
    /// may hold a number with any exponent.
    fn rates(&mut self, rates: &mut Rates, path: &str) {
        let too_long = |price: Price| {
            price.amount().is_some_and(|amount| {
                !amount.is_zero() && !(LEAST_AMOUNT..=MOST_AMOUNT).contains(&amount)
            })
        };
        if !rates.iter().any(|(_, price)| too_long(price)) {
            return;
        }
        for (item, _) in rates.iter().filter(|(_, price)| too_long(*price)) {
            let effect = "no amount of money has so many digits; the price is left out";
            self.warn("value_implausible", format!("{path}.rates.{}", item.name()), effect);
        }
        *rates = rates.iter().filter(|(_, price)| !too_long(*price)).collect();
    }

    /// A currency must be one that `Intl` can print: three letters.
    fn currency(&mut self, card: &mut RateCard, path: &str) {
        let Some(currency) = &mut card.currency else { return };
        let path = format!("{path}.currency");
        if currency.len() != 3 || !currency.bytes().all(|byte| byte.is_ascii_alphabetic()) {
            let effect =
                format!("\"{currency}\" is no currency such as USD; the prices are left out");
            *card = RateCard::default();
            self.warn("currency_unknown", path, effect);
        } else if currency.bytes().any(|byte| byte.is_ascii_lowercase()) {
            currency.make_ascii_uppercase();
            let effect = format!("read as {currency}");
            self.add(Severity::Note, "currency_written_small", path, effect);
        }
    }

    /// Checks a price history against today's prices. `as_of` is the day on which
    /// these held, where it is known better than for the whole catalog.
    pub(super) fn history(
        &mut self,
        history: &mut Vec<DatedRates>,
        prices: &RateCard,
        as_of: Option<Date>,
        path: &str,
    ) {
        for (index, entry) in history.iter_mut().enumerate() {
            let path = format!("{path}.price_history[{index}]");
            self.source(entry.source.as_ref(), &path);
            self.rates(&mut entry.rates, &path);
            let not_before =
                |seen: &Date| entry.from.is_some_and(|from| seen.days() <= from.days());
            let fault = "later than the change itself";
            self.only_if(not_before, &mut entry.previous_seen, (&path, "previous_seen"), fault);
        }
        let path = format!("{path}.price_history");
        // Only the first can have held from the start.
        if !history.is_sorted_by(|a, b| a.from < b.from) {
            let twice = "two entries begin on the same day; the last one in the list holds";
            let ordered = history.is_sorted_by(|a, b| a.from <= b.from);
            let effect = if ordered { twice } else { "not oldest first; put in order by date" };
            history.sort_by_key(|entry| entry.from);
            self.warn("history_disordered", path.clone(), effect);
            // Of those that begin on the same day, the last one.
            history.reverse();
            history.dedup_by_key(|entry| entry.from);
            history.reverse();
        }
        if contradicts(history, prices, as_of.or(self.as_of)) {
            let effect =
                "no price that has begun agrees with \"prices\"; both are shown as they stand";
            self.warn("history_contradicts", path, effect);
        }
    }
}

/// Whether no entry of a history that may have been in force agrees with the
/// prices. Where dates are known only as a month or as an interval, several may.
fn contradicts(history: &[DatedRates], prices: &RateCard, as_of: Option<Date>) -> bool {
    let Some(as_of) = as_of else {
        return !history.is_empty() && !history.iter().any(|entry| agrees(entry, prices));
    };
    let (earliest, latest) = (as_of.days(), last_day(as_of));
    let surely = |entry: &&DatedRates| entry.from.is_none_or(|from| last_day(from) <= earliest);
    let perhaps = |entry: &&DatedRates| {
        !surely(entry)
            && entry.previous_seen.or(entry.from).is_some_and(|from| from.days() <= latest)
    };
    let last = history.iter().rfind(surely);
    let mut candidates = last.into_iter().chain(history.iter().filter(perhaps)).peekable();
    candidates.peek().is_some() && !candidates.any(|entry| agrees(entry, prices))
}

/// The last day that a date can mean, counted as [`Date::days`] does; a month is
/// taken as 31 days and a year as 366.
fn last_day(date: Date) -> i64 {
    let rest = match (date.has_month(), date.has_day()) {
        (_, true) => 0,
        (true, false) => 30,
        (false, false) => 365,
    };
    date.days() + rest
}

/// Whether the prices that both state are the same: with no condition, or during
/// a dated one, which is how a catalog may state a change that is announced.
fn agrees(entry: &DatedRates, prices: &RateCard) -> bool {
    let dated = |when: &Condition| {
        *when == Condition { from: when.from, until: when.until, ..Condition::default() }
    };
    let changes = prices.conditions.iter().filter(|conditional| dated(&conditional.when));
    let cards = changes.map(|conditional| Some(&conditional.rates)).chain([None]);
    cards.into_iter().any(|changed| {
        entry.rates.iter().all(|(item, price)| {
            let now = changed.and_then(|rates| rates.stated(item)).or(prices.rates.stated(item));
            now.is_none_or(|now| now == price || same_amount(now, price))
        })
    })
}

/// Free, and a price of 0.
fn same_amount(a: Price, b: Price) -> bool {
    a.amount().is_some() && a.amount() == b.amount()
}

/// Why a condition can never hold, or holds always.
fn fault_of(when: &Condition) -> Option<&'static str> {
    if *when == Condition::default() {
        // One that only a later version of the format can state looks like this.
        return Some("no condition that this version knows");
    }
    if when.windows.iter().any(|window| !is_window(window)) {
        return Some("a time of the day beyond 0 to 1440 minutes, or a zone beyond a day");
    }
    if let (Some(from), Some(until)) = (when.from, when.until)
        && from.days() >= until.days()
    {
        return Some("ends before it begins");
    }
    let lowest =
        [when.input_tokens_from, when.input_tokens_above.map(|above| above.saturating_add(1))];
    if let (Some(lowest), Some(highest)) =
        (lowest.into_iter().flatten().max(), when.input_tokens_up_to)
        && lowest > highest
    {
        return Some("no number of tokens is both above and below");
    }
    None
}

fn is_window(window: &TimeWindow) -> bool {
    window.start < 1_440 && window.end <= 1_440 && window.days_utc_offset.unsigned_abs() <= 1_440
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::tests::{compiled, problems};

    fn codes(model: Value) -> Vec<String> {
        problems(&compiled(model)).into_iter().map(|(_, code)| code).collect()
    }

    #[test]
    fn a_history_must_end_in_the_prices_of_today() {
        let history = |prices_date: &str, entries: Value| {
            let rates = json!({"input": "2", "output": "8"});
            codes(
                json!({"prices": {"rates": rates, "date": prices_date}, "price_history": entries}),
            )
        };
        let old = json!({"input": "10", "output": "40"});
        let now = json!({"input": "2", "output": "8.0"});
        let fine: [String; 0] = [];
        let bad = ["history_contradicts"];

        let change = json!([{"rates": old}, {"from": "2025-06-10", "rates": now}]);
        assert_eq!(history("2025-06-17", change.clone()), fine);
        assert_eq!(history("2025-06-10", change.clone()), fine);
        assert_eq!(history("2025-06-09", change.clone()), bad);
        // Some day of that month, and some day of that interval.
        assert_eq!(history("2025-06", change), fine);
        let interval = json!([{"rates": old}, {"from": "2025-06-10", "previous_seen": "2025-06-01", "rates": now}]);
        assert_eq!(history("2025-06-05", interval.clone()), fine);
        assert_eq!(history("2025-05-31", interval), bad);
        // An announced change has not begun.
        let announced = json!([{"rates": now}, {"from": "2026-01-01", "rates": old}]);
        assert_eq!(history("2025-06-17", announced.clone()), fine);
        assert_eq!(history("2026-01-01", announced), bad);
        // What only one of them states is no contradiction.
        assert_eq!(
            history("2025-06-17", json!([{"rates": {"input": "2", "cache_read": "1"}}])),
            fine
        );
        assert_eq!(history("2025-06-17", json!([{"from": "2025-07-01", "rates": old}])), fine);
        assert_eq!(
            codes(
                json!({"prices": {"rates": {"input": "free"}}, "price_history": [{"rates": {"input": "0"}}]})
            ),
            fine
        );
        // A dated condition states the price that the history has, another does not.
        for (when, expected) in [
            (json!({"until": "2026-09-01"}), &fine[..]),
            (json!({"service_tier": "batch"}), &["history_contradicts".to_owned()][..]),
        ] {
            let conditions = json!([{"when": when, "rates": {"input": "2"}}]);
            let prices = json!({"rates": {"input": "3", "output": "8"}, "conditions": conditions});
            let history = json!([{"rates": {"input": "2", "output": "8"}}]);
            assert_eq!(codes(json!({"prices": prices, "price_history": history})), expected);
        }
        // Without a day, any entry may be the one.
        assert_eq!(
            codes(
                json!({"prices": {"rates": {"input": "1"}}, "price_history": [{"rates": {"input": "1"}}, {"from": "2025", "rates": {"input": "2"}}]})
            ),
            fine
        );
        assert_eq!(
            codes(
                json!({"prices": {"rates": {"input": "1"}}, "price_history": [{"rates": {"input": "3"}}]})
            ),
            bad
        );
    }

    #[test]
    fn a_history_is_put_in_order() {
        let catalog = compiled(json!({"price_history": [
            {"from": "2025-06-10", "rates": {"input": "2"}},
            {"from": "2025-01-01", "rates": {"input": "5"}},
            {"rates": {"input": "10"}},
        ]}));
        let expected = ("models[0].price_history".to_owned(), "history_disordered".to_owned());
        assert_eq!(problems(&catalog), [expected]);
        let inputs: Vec<_> = catalog["models"][0]["price_history"]
            .as_array()
            .unwrap()
            .iter()
            .map(|entry| entry["rates"]["input"].as_str().unwrap().to_owned())
            .collect();
        assert_eq!(inputs, ["10", "5", "2"]);
        let same_day = json!({"price_history": [{"from": "2025", "rates": {}}, {"from": "2025", "rates": {}}]});
        assert_eq!(codes(same_day), ["history_disordered"]);
        let endpoint = json!({"endpoints": [{"id": "p/b", "provider": "P", "price_history": [
            {"from": "2025-06-10", "previous_seen": "2025-06-11", "rates": {}}, {"rates": {}}]}]});
        assert_eq!(codes(endpoint), ["value_implausible", "history_disordered"]);
    }

    #[test]
    fn of_two_entries_of_one_day_the_last_holds() {
        let catalog = compiled(json!({"price_history": [
            {"from": "2025", "rates": {"input": "1"}},
            {"from": "2025", "rates": {"input": "2"}},
            {"from": "2026", "rates": {"input": "3"}},
        ]}));
        let history = &catalog["models"][0]["price_history"];
        assert_eq!(history.as_array().unwrap().len(), 2);
        assert_eq!(history[0]["rates"]["input"], "2");
    }

    // Found by fuzzing: a price per pixel of 1e34 was written in 44 digits, which
    // no reader took for a price.
    #[test]
    fn an_amount_that_could_not_be_read_again_is_left_out() {
        let rates = json!({"input": "1e31", "output": "1e-31", "cache_read": "1e30", "request": 0});
        let catalog = compiled(json!({
            "prices": {"rates": rates, "conditions": [{"when": {"service_tier": "batch"}, "rates": {"input": 1e40}}]},
            "price_history": [{"rates": {"input": "1e59"}}],
        }));
        let card = &catalog["models"][0]["prices"];
        assert_eq!(
            card["rates"],
            json!({"cache_read": format!("1{}", "0".repeat(30)), "request": "0"})
        );
        assert_eq!(card["conditions"][0]["rates"], json!({}));
        let paths: Vec<String> = problems(&catalog).into_iter().map(|(path, _)| path).collect();
        assert_eq!(
            paths,
            [
                "models[0].prices.rates.input",
                "models[0].prices.rates.output",
                "models[0].prices.conditions[0].rates.input",
                "models[0].price_history[0].rates.input",
            ]
        );
    }

    #[test]
    fn conditions_that_say_nothing_or_never_hold_are_left_out() {
        let conditions = |when: Value| {
            compiled(json!({"prices": {"rates": {"input": "1"}, "conditions": [
                {"when": {"service_tier": "batch"}, "rates": {"input": "3"}},
                {"when": when, "rates": {"input": "2"}},
            ]}}))
        };
        for when in [
            json!({}),
            json!({"phase_of_the_moon": "new"}),
            json!({"from": "2025-02-01", "until": "2025-02-01"}),
            json!({"input_tokens_above": 200_000, "input_tokens_up_to": 200_000}),
            json!({"input_tokens_from": 200_001, "input_tokens_up_to": 200_000}),
            json!({"windows": [{"start": 1_440, "end": 0}]}),
            json!({"windows": [{"start": 0, "end": 1_441}]}),
            json!({"windows": [{"start": 0, "end": 60, "days_utc_offset": 2_000}]}),
        ] {
            let catalog = conditions(when);
            let expected =
                ("models[0].prices.conditions[1].when".to_owned(), "condition_unusable".to_owned());
            assert_eq!(problems(&catalog), [expected]);
            let left = catalog["models"][0]["prices"]["conditions"].as_array().unwrap();
            assert_eq!((left.len(), &left[0]["rates"]["input"]), (1, &json!("3")));
        }
        for when in [
            json!({"input_tokens_from": 200_000, "input_tokens_up_to": 200_000}),
            json!({"windows": [{"start": 1_439, "end": 1_440, "days_utc_offset": 480}]}),
            json!({"from": "2025-02-01", "until": "2025-02-02"}),
        ] {
            assert_eq!(problems(&conditions(when)), []);
        }
    }

    #[test]
    fn a_currency_is_three_letters() {
        let prices = |currency: &str| {
            let catalog =
                compiled(json!({"prices": {"currency": currency, "rates": {"input": "1"}}}));
            let codes: Vec<String> = problems(&catalog).into_iter().map(|(_, code)| code).collect();
            (catalog["models"][0]["prices"].clone(), codes)
        };
        let (card, codes) = prices("eur");
        assert_eq!(
            (card["currency"].as_str(), codes),
            (Some("EUR"), vec!["currency_written_small".into()])
        );
        for currency in ["€", "EURO", "", "E1R"] {
            let (card, codes) = prices(currency);
            assert_eq!((card, codes), (json!({"rates": {}}), vec!["currency_unknown".into()]));
        }
    }
}
