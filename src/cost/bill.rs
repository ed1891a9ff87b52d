//! The bill of a request: a line for each part, their exact sum, and what a
//! reader must know about it.

use serde::{Serialize, Serializer};

use super::cliff::cliff_notes;
use super::condition::condition_words;
use super::leaves::{Leaves, lengthen};
use super::moment::Moment;
use super::note::{Note, note_states};
use super::offer::Offer;
use super::tariff::{Tariff, Terms};
use super::usage::{Usage, UsageError};
use super::words::grouped;
use crate::catalog::{Decimal, Item, Price, Unit, phrase};

/// The cost of a request.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Bill {
    /// The exact sum of the lines; a lower bound where `incomplete`. `None` only
    /// where the prices in force state no amount of money for anything.
    pub total: Option<Decimal>,
    /// ISO 4217 code of the currency.
    pub currency: String,
    /// Whether a part of the usage has no known price, so that the true total is
    /// higher. Parts that a subscription includes are not missing.
    pub incomplete: bool,
    /// The parts of the usage that are billed, none of them zero.
    pub lines: Vec<Line>,
    /// What a reader must know.
    pub notes: Vec<Note>,
}

/// A line of a bill.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Line {
    /// What is billed.
    pub item: Item,
    /// How many: tokens, requests, searches, or seconds of audio. Serialised as
    /// a number.
    #[serde(serialize_with = "as_number")]
    pub quantity: Decimal,
    /// What the rate is for: 1,000,000 tokens, a request, 1,000 searches, an hour.
    pub unit: Unit,
    /// The price, or the state that stands in its place.
    pub rate: Price,
    /// What it costs, rounded to 24 significant digits; `None` where no amount
    /// is known or where a subscription includes it.
    pub cost: Option<Decimal>,
    /// The condition under which the rate holds, in words.
    pub condition: Option<String>,
    /// The key of the rate's source in the catalog's `sources`.
    pub source: Option<String>,
    /// Whether the rate is that of what contains the item, for want of its own.
    pub assumed: bool,
}

fn as_number<S: Serializer>(quantity: &Decimal, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_f64(quantity.to_f64())
}

/// What a request costs at a moment, with a service tier (`batch`, `flex`,
/// `priority`) where the caller asks for one.
///
/// Codes of notes: `context-overflow`, `output-overflow`, `free`,
/// `assumed-rate`, `unknown-price`, `variable-price`, `included`,
/// `service-tier-not-published`, `more-input-crosses-tier`,
/// `less-input-avoids-tier`, `price-not-known-at-date`, `price-change-uncertain`,
/// `history-without-conditions`, `minimum-duration`.
pub fn bill<'a>(
    offer: &Offer<'a>,
    usage: &Usage,
    moment: &Moment,
    service_tier: Option<&'a str>,
) -> Result<Bill, UsageError> {
    let mut leaves = usage.leaves()?;
    let input = usage.input_tokens.unwrap_or_default();
    let output = usage.output_tokens.unwrap_or_default();
    let mut notes = Vec::new();

    if let Some(seconds) = offer.prices.minimum_seconds
        && lengthen(&mut leaves, seconds).ok_or(UsageError::TooLarge)?
    {
        let words =
            phrase("A request is billed for at least ").and(seconds).and(" seconds of audio.");
        notes.push(Note::new("minimum-duration", words));
    }
    let terms = offer.in_force(*moment, service_tier, &mut notes);
    let tariff = Tariff::new(&terms, input);
    let lines = itemise(&tariff, &leaves, terms.source).ok_or(UsageError::TooLarge)?;
    let sum = sum(&lines).ok_or(UsageError::TooLarge)?;
    let total = tariff.states_an_amount().then_some(sum);

    let size = input.checked_add(output).ok_or(UsageError::TooLarge)?;
    let mut overflow = |code, used: Decimal, limit: Option<u64>, before: &str, after: &str| {
        if let Some(limit) = limit.map(Decimal::from).filter(|limit| used > *limit) {
            let words = phrase(before).and(grouped(used)).and(after).and(grouped(limit)).and(".");
            notes.push(Note::new(code, words));
        }
    };
    let after = " tokens, and the context holds ";
    overflow("context-overflow", size, offer.context_length, "The request has ", after);
    let after = " tokens, and the model writes at most ";
    overflow("output-overflow", output, offer.max_output, "The output has ", after);
    if let Some(tier) = service_tier
        && !terms.conditions.iter().any(|rates| rates.when.service_tier.as_deref() == Some(tier))
    {
        let words = phrase("No ").and(tier).and(" price is published; ordinary prices are used.");
        notes.push(Note::new("service-tier-not-published", words));
    }
    let incomplete = note_states(&lines, &mut notes);
    if !lines.is_empty() && lines.iter().all(|line| line.cost == Some(Decimal::ZERO)) {
        notes.push(Note::new("free", phrase("All of this is stated to cost nothing.")));
    }
    if !incomplete && !sum.is_zero() {
        cliff_notes(&mut notes, &terms, &leaves, input, sum);
    }
    Ok(Bill { total, currency: offer.prices.currency().to_owned(), incomplete, lines, notes })
}

/// The lines of a bill; `None` where one needs more digits than money has.
fn itemise(tariff: &Tariff<'_>, leaves: &Leaves, source: Option<&str>) -> Option<Vec<Line>> {
    let mut lines = Vec::new();
    for (item, quantity) in *leaves {
        let rate = tariff.rate(item);
        // A fee per request is stated where there is one; tokens and searches
        // cost something unless they are stated to be free.
        if quantity.is_zero() || (item == Item::Request && rate.price == Price::Unknown) {
            continue;
        }
        let unit = item.unit();
        let cost = match rate.price.amount() {
            Some(amount) => Some(cost(quantity, amount, unit)?),
            None => None,
        };
        lines.push(Line {
            item,
            quantity,
            unit,
            rate: rate.price,
            cost,
            condition: rate.condition.map(condition_words),
            source: source.map(str::to_owned),
            assumed: rate.assumed,
        });
    }
    Some(lines)
}

/// The cost of a request of another size at the same terms, where it is known.
pub(super) fn known_total(terms: &Terms<'_>, leaves: &Leaves, input: Decimal) -> Option<Decimal> {
    let lines = itemise(&Tariff::new(terms, input), leaves, None)?;
    let known = lines.iter().all(|line| !matches!(line.rate, Price::Unknown | Price::Variable));
    if known { sum(&lines) } else { None }
}

fn cost(quantity: Decimal, amount: Decimal, unit: Unit) -> Option<Decimal> {
    let product = quantity.checked_mul(amount)?;
    let cost = match unit {
        Unit::MillionTokens | Unit::MillionCharacters => product.shifted(-6),
        Unit::ThousandSearches | Unit::ThousandPages => product.shifted(-3),
        Unit::Gigapixel => product.shifted(-9),
        Unit::Request | Unit::Image => product,
        Unit::Hour => product.divided(3_600)?,
    };
    Some(cost.round_significant(24))
}

fn sum(lines: &[Line]) -> Option<Decimal> {
    let mut sum = Decimal::ZERO;
    for cost in lines.iter().filter_map(|line| line.cost) {
        sum = sum.checked_add(cost)?;
    }
    Some(sum)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::{DatedRates, RateCard};

    fn bill_of(card: &str, usage: &str) -> Bill {
        bill_with(card, usage, "2025-06-01", None)
    }

    fn bill_with(card: &str, usage: &str, at: &str, tier: Option<&str>) -> Bill {
        let card: RateCard = serde_json::from_str(card).unwrap();
        let offer = Offer {
            prices: &card,
            history: &[],
            context_length: Some(128_000),
            max_output: Some(16_384),
        };
        bill(&offer, &serde_json::from_str(usage).unwrap(), &at.parse().unwrap(), tier).unwrap()
    }

    fn total(bill: &Bill) -> Option<String> {
        bill.total.map(|total| total.to_string())
    }

    fn codes(bill: &Bill) -> Vec<&'static str> {
        bill.notes.iter().map(|note| note.code).collect()
    }

    #[test]
    fn published_bills_come_out_to_the_digit() {
        // Bills that vendors and calculators have published for these usages.
        for (card, usage, published) in [
            (
                r#"{"rates":{"input":"3","cache_write":"3.75","output":"15"}}"#,
                r#"{"input_tokens":12307,"cache_write_tokens":12304,"output_tokens":550}"#,
                "0.054399",
            ),
            (
                r#"{"rates":{"input":"0.30","output":"2.50"}}"#,
                r#"{"input_tokens":9,"output_tokens":22,"output_reasoning_tokens":21}"#,
                "0.0000577",
            ),
            (
                r#"{"rates":{"input":"0.5","cache_read":"0.05","output":"3"}}"#,
                r#"{"input_tokens":20212,"cache_read_tokens":16298,"output_tokens":931}"#,
                "0.0055649",
            ),
            (
                r#"{"rates":{"input":"3"},"conditions":[{"when":{"input_tokens_above":200000},"rates":{"input":"6"}}]}"#,
                r#"{"input_tokens":199999}"#,
                "0.599997",
            ),
            (
                r#"{"rates":{"input":"3"},"conditions":[{"when":{"input_tokens_above":200000},"rates":{"input":"6"}}]}"#,
                r#"{"input_tokens":200001}"#,
                "1.200006",
            ),
        ] {
            let bill = bill_of(card, usage);
            assert_eq!(total(&bill).as_deref(), Some(published));
            assert!(!bill.incomplete);
        }
        // The third was published to four digits.
        let exact: Decimal = "0.0055649".parse().unwrap();
        assert_eq!(exact.round_significant(4).to_string(), "0.005565");
    }

    #[test]
    fn each_line_explains_itself() {
        let bill = bill_with(
            r#"{"currency":"EUR","source":"list","rates":{"input":"2","output":"8","web_search":"10","request":"0.01"},
                "conditions":[{"when":{"service_tier":"batch"},"rates":{"input":"1","output":"4"}}]}"#,
            r#"{"input_tokens":1000,"cache_read_tokens":400.5,"output_tokens":500,"web_searches":7,"requests":2}"#,
            "2025-06-01",
            Some("batch"),
        );
        let expected = serde_json::json!({
            // 0.0005995 + 0.0004005 + 0.002 + 0.07 + 0.02
            "total": "0.093", "currency": "EUR", "incomplete": false,
            "lines": [
                {"item":"input","quantity":599.5,"unit":"million_tokens","rate":"1","cost":"0.0005995",
                 "condition":"batch","source":"list","assumed":false},
                {"item":"cache_read","quantity":400.5,"unit":"million_tokens","rate":"1","cost":"0.0004005",
                 "condition":"batch","source":"list","assumed":true},
                {"item":"output","quantity":500.0,"unit":"million_tokens","rate":"4","cost":"0.002",
                 "condition":"batch","source":"list","assumed":false},
                {"item":"web_search","quantity":7.0,"unit":"thousand_searches","rate":"10","cost":"0.07",
                 "condition":null,"source":"list","assumed":false},
                {"item":"request","quantity":2.0,"unit":"request","rate":"0.01","cost":"0.02",
                 "condition":null,"source":"list","assumed":false}
            ],
            "notes": [{"code":"assumed-rate",
                "text":"Billed at the price of what contains it, for want of its own: cache read."}]
        });
        assert_eq!(serde_json::to_value(&bill).unwrap(), expected);
    }

    #[test]
    fn seconds_are_billed_by_the_hour_to_24_digits() {
        let bill = bill_of(r#"{"rates":{"audio_duration":"4.8"}}"#, r#"{"audio_seconds":4}"#);
        assert_eq!(total(&bill).as_deref(), Some("0.00533333333333333333333333"));
        let bill =
            bill_of(r#"{"rates":{"audio_duration":"0.18"}}"#, r#"{"input_audio_seconds":3600}"#);
        assert_eq!(total(&bill).as_deref(), Some("0.18"));
        assert_eq!(codes(&bill), ["assumed-rate"]);
    }

    #[test]
    fn short_audio_is_billed_at_the_least_length() {
        let card = r#"{"rates":{"audio_duration":"3.6"},"minimum_seconds":10}"#;
        for (usage, cost, said) in [
            (r#"{"input_audio_seconds":2.5}"#, "0.01", true),
            (r#"{"audio_seconds":4,"input_audio_seconds":1}"#, "0.01", true),
            (r#"{"audio_seconds":4}"#, "0.01", true),
            (r#"{"audio_seconds":10}"#, "0.01", false),
            (r#"{"audio_seconds":11}"#, "0.011", false),
            ("{}", "0", false),
        ] {
            let bill = bill_of(card, usage);
            assert_eq!(total(&bill).as_deref(), Some(cost), "{usage}");
            assert_eq!(codes(&bill).contains(&"minimum-duration"), said, "{usage}");
        }
    }

    #[test]
    fn a_part_without_a_price_leaves_a_lower_bound() {
        let bill =
            bill_of(r#"{"rates":{"input":"2"}}"#, r#"{"input_tokens":1000,"output_tokens":5}"#);
        assert_eq!((total(&bill).as_deref(), bill.incomplete), (Some("0.002"), true));
        assert_eq!((bill.lines[1].rate, bill.lines[1].cost), (Price::Unknown, None));
        assert_eq!(codes(&bill), ["unknown-price"]);

        let bill =
            bill_of(r#"{"rates":{"input":"variable","output":"1"}}"#, r#"{"input_tokens":1}"#);
        assert_eq!((total(&bill).as_deref(), bill.incomplete), (Some("0"), true));
        assert_eq!(codes(&bill), ["variable-price"]);

        let bill = bill_of(r#"{"rates":{"input":"2"}}"#, r#"{"web_searches":1}"#);
        assert_eq!(codes(&bill), ["unknown-price"]);
    }

    #[test]
    fn nothing_priced_is_no_total_and_free_is_zero() {
        let usage = r#"{"input_tokens":1000,"output_tokens":5}"#;
        let bill = bill_of("{}", usage);
        assert_eq!((bill.total, bill.incomplete, bill.lines.len()), (None, true, 2));

        let bill = bill_of(r#"{"rates":{"input":"free","output":"0"}}"#, usage);
        assert_eq!((total(&bill).as_deref(), bill.incomplete), (Some("0"), false));
        assert_eq!(codes(&bill), ["free"]);

        let bill = bill_of(r#"{"rates":{"input":"1"}}"#, "{}");
        assert_eq!((total(&bill).as_deref(), bill.lines.len()), (Some("0"), 0));
        assert_eq!(codes(&bill), [""; 0]);
    }

    #[test]
    fn what_a_subscription_includes_is_not_missing() {
        let card = r#"{"rates":{"input":"included","output":"included"}}"#;
        let bill = bill_of(card, r#"{"input_tokens":1000,"cache_read_tokens":10}"#);
        assert_eq!((bill.total, bill.incomplete), (None, false));
        assert_eq!(codes(&bill), ["included"]);
        assert_eq!(bill.lines[1].rate, Price::Included);
    }

    #[test]
    fn a_fee_per_request_is_due_where_it_is_stated() {
        let usage = r#"{"input_tokens":1000}"#;
        let with = |fee: &str| bill_of(&format!(r#"{{"rates":{{"input":"1"{fee}}}}}"#), usage);
        assert_eq!(total(&with("")).as_deref(), Some("0.001"));
        assert_eq!(total(&with(r#","request":"0.012""#)).as_deref(), Some("0.013"));
        assert!(with(r#","request":"variable""#).incomplete);
    }

    #[test]
    fn a_request_beyond_the_limits_is_priced_and_said() {
        let card = r#"{"rates":{"input":"1","output":"1"}}"#;
        let fits = bill_of(card, r#"{"input_tokens":111616,"output_tokens":16384}"#);
        assert_eq!(codes(&fits), [""; 0]);
        let over = bill_of(card, r#"{"input_tokens":111616,"output_tokens":16385}"#);
        assert_eq!(codes(&over), ["context-overflow", "output-overflow"]);
        assert_eq!(
            over.notes[0].text,
            "The request has 128,001 tokens, and the context holds 128,000."
        );
        assert_eq!(total(&over).as_deref(), Some("0.128001"));
    }

    #[test]
    fn a_service_tier_without_prices_is_said() {
        let card = r#"{"rates":{"input":"1"}}"#;
        let bill = bill_with(card, r#"{"input_tokens":1000}"#, "2025-06-01", Some("batch"));
        assert_eq!(codes(&bill), ["service-tier-not-published"]);
        assert_eq!(total(&bill).as_deref(), Some("0.001"));
    }

    #[test]
    fn the_hour_chooses_the_price() {
        let card = r#"{"rates":{"input":"0.27"},"conditions":[{"when":{"windows":[{"start":990,"end":30}]},
            "rates":{"input":"0.135"}}]}"#;
        for (at, cost) in [
            ("2026-09-15T00:29:59.999Z", "0.135"),
            ("2026-09-15T00:30Z", "0.27"),
            ("2026-09-15T16:30Z", "0.135"),
        ] {
            let bill =
                bill_with(card, r#"{"input_tokens":1000000,"cache_read_tokens":0}"#, at, None);
            assert_eq!(total(&bill).as_deref(), Some(cost), "{at}");
        }
    }

    #[test]
    fn the_same_request_is_billed_at_the_prices_of_its_day() {
        let card: RateCard =
            serde_json::from_str(r#"{"rates":{"input":"2"},"source":"now","date":"2025-06-17"}"#)
                .unwrap();
        let history: Vec<DatedRates> = serde_json::from_str(
            r#"[{"rates":{"input":"10"},"source":"then"},{"from":"2025-06-10","rates":{"input":"2"}}]"#,
        )
        .unwrap();
        let offer =
            Offer { prices: &card, history: &history, context_length: None, max_output: None };
        let usage = serde_json::from_str(r#"{"input_tokens":1000000}"#).unwrap();
        let at = |at: &str| {
            let bill = bill(&offer, &usage, &at.parse().unwrap(), None).unwrap();
            (total(&bill).unwrap(), bill.lines[0].source.clone().unwrap())
        };
        assert_eq!(at("2025-06-01"), ("10".to_owned(), "then".to_owned()));
        assert_eq!(at("2025-06-10"), ("2".to_owned(), "now".to_owned()));
    }

    #[test]
    fn what_money_cannot_hold_is_an_error() {
        let digits = "9".repeat(38);
        let prices: RateCard = RateCard {
            rates: [(Item::Input, Price::Known(digits.parse().unwrap()))].into_iter().collect(),
            ..RateCard::default()
        };
        let offer = Offer { prices: &prices, history: &[], context_length: None, max_output: None };
        let usage = serde_json::from_str(r#"{"input_tokens":1200000.5}"#).unwrap();
        let error = bill(&offer, &usage, &"2025-06-01".parse().unwrap(), None).unwrap_err();
        assert_eq!(error.code(), "usage-too-large");
    }
}
