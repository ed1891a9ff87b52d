//! Every reference case, computed by genai-prices 0.1.8 with exact decimals,
//! against our bill: the case's resolved prices become a rate card here, so that
//! this proves the arithmetic and nothing about any catalog.
#![cfg(not(target_arch = "wasm32"))]
// In a test, a panic is how a failure shows.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::collections::BTreeMap;
use std::path::Path;

use modelcard::catalog::{Condition, ConditionalRates, Decimal, Item, Price, RateCard, Rates};
use modelcard::cost::{Bill, Offer, Usage, UsageError, bill};
use serde_json::{Map, Value};

/// How many cases have a price and are compared.
const COMPARED: usize = 357;

/// Oracle: an error, for want of `audio_seconds`. We bill `input_audio_seconds`
/// alone, as speech recognition has no other audio and vendors report no total.
const SECONDS_ALONE: [u64; 3] = [505, 537, 541];

/// Oracle: ignores audio that is no part of the price. We refuse more audio
/// than input: a part above its whole is an error whatever is priced.
const AUDIO_ABOVE_INPUT: u64 = 709;

/// What an item is called in genai-prices, with the power of ten between its
/// unit and ours. `None`: nothing that a usage can name.
fn item(key: &str) -> Option<(Item, i32)> {
    Some(match key {
        "input_mtok" => (Item::Input, 0),
        "cache_read_mtok" => (Item::CacheRead, 0),
        "cache_write_mtok" => (Item::CacheWrite, 0),
        "cache_write_1h_mtok" => (Item::CacheWrite1h, 0),
        "output_mtok" => (Item::Output, 0),
        "output_reasoning_mtok" => (Item::Reasoning, 0),
        "output_citation_mtok" => (Item::Citation, 0),
        "input_audio_mtok" => (Item::InputAudio, 0),
        "cache_audio_read_mtok" => (Item::CacheAudioRead, 0),
        "output_audio_mtok" => (Item::OutputAudio, 0),
        "input_image_mtok" => (Item::InputImage, 0),
        "output_image_mtok" => (Item::OutputImage, 0),
        "input_video_mtok" => (Item::InputVideo, 0),
        "output_video_mtok" => (Item::OutputVideo, 0),
        "audio_hours" => (Item::AudioDuration, 0),
        "input_audio_hours" => (Item::InputAudioDuration, 0),
        "input_document_kpages" => (Item::Page, 0),
        "web_searches_kcount" => (Item::WebSearch, 0),
        "requests_kcount" => (Item::Request, -3),
        "cache_image_read_mtok"
        | "storage_searches_kcount"
        | "input_text_messages_kcount"
        | "input_annotated_document_kpages" => return None,
        _ => panic!("the cases price {key}, which this test does not know"),
    })
}

/// Every digit of the price, as the oracle had it: a catalog is read with 12
/// significant digits, and one case has 16 (a twelfth of a dollar).
fn price(value: &Value, shift: i32) -> Price {
    let digits: Decimal = value.to_string().parse().unwrap();
    Price::Known(digits.shifted(shift))
}

fn rate_card(prices: &Map<String, Value>, model: &str) -> RateCard {
    let mut rates = Rates::default();
    let mut tiers: BTreeMap<u64, Rates> = BTreeMap::new();
    for (key, value) in prices {
        let Some((item, shift)) = item(key) else { continue };
        rates.set(item, price(value.get("base").unwrap_or(value), shift));
        for tier in value.get("tiers").and_then(Value::as_array).into_iter().flatten() {
            let start = tier["start"].as_u64().unwrap();
            tiers.entry(start).or_default().set(item, price(&tier["price"], shift));
        }
    }
    if prices.is_empty() && model.ends_with(":free") {
        rates = [(Item::Input, Price::Free), (Item::Output, Price::Free)].into_iter().collect();
    }
    let conditions = tiers.into_iter().map(|(start, rates)| ConditionalRates {
        when: Condition { input_tokens_above: Some(start), ..Condition::default() },
        rates,
    });
    RateCard { rates, conditions: conditions.collect(), ..RateCard::default() }
}

fn run(case: &Value, card: &RateCard) -> Result<Bill, String> {
    let usage: Usage =
        serde_json::from_value(case["usage"].clone()).map_err(|error| error.to_string())?;
    let moment = case["timestamp"].as_str().unwrap().parse().unwrap();
    let offer = Offer { prices: card, history: &[], context_length: None, max_output: None };
    bill(&offer, &usage, &moment, None).map_err(|error: UsageError| error.to_string())
}

fn sum<'a>(costs: impl Iterator<Item = &'a Decimal>) -> Decimal {
    costs.fold(Decimal::ZERO, |sum, cost| sum.checked_add(*cost).unwrap())
}

/// The sum of the lines of token input, or of token output.
fn side(bill: &Bill, input: bool) -> Decimal {
    let lines = bill.lines.iter().filter(|line| {
        let name = line.item.name();
        let is_input = name.starts_with("input") || name.starts_with("cache");
        let is_fee = matches!(line.item, Item::Request | Item::WebSearch);
        !is_fee && is_input == input
    });
    sum(lines.filter_map(|line| line.cost.as_ref()))
}

fn assert_same(id: u64, what: &str, ours: Decimal, exact: &Value) {
    let exact: Decimal = exact.as_str().unwrap().parse().unwrap();
    assert_eq!(ours.round_significant(24), exact.round_significant(24), "case {id}: {what}");
}

#[test]
fn every_reference_case_comes_out_to_24_digits() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/cost_cases.json");
    let Ok(text) = std::fs::read_to_string(&path) else {
        println!("skipped: the reference cases are not at {}", path.display());
        return;
    };
    let data: Value = serde_json::from_str(&text).unwrap();
    let cases = data["cases"].as_array().unwrap();
    let (mut compared, mut lower_bounds, mut refused, mut unknown) = (0, 0, 0, 0);
    for case in cases {
        let id = case["id"].as_u64().unwrap();
        let model = case["model"].as_str().unwrap();
        let prices = case["price"].as_object();
        let card = prices.map(|prices| rate_card(prices, model));
        if SECONDS_ALONE.contains(&id) {
            // The case before it has the model's prices and the same length of audio.
            let other = cases.iter().find(|other| other["id"].as_u64() == Some(id - 2)).unwrap();
            assert_eq!(other["model"], case["model"]);
            let card = rate_card(other["price"].as_object().unwrap(), model);
            let total = run(case, &card).unwrap().total.unwrap();
            assert_same(id, "total", total, &other["exact"]["total_price"]);
        } else if id == AUDIO_ABOVE_INPUT {
            let error = run(case, &card.unwrap()).unwrap_err();
            assert!(error.contains("input_audio_tokens (20)"), "{error}");
            assert!(error.contains("input_tokens (10)"), "{error}");
        } else if case.get("error").is_some() {
            assert!(run(case, &RateCard::default()).is_err(), "case {id}");
            refused += 1;
        } else if let Some(card) = card {
            let bill = run(case, &card).unwrap();
            let total = bill.total.unwrap();
            assert_same(id, "total", total, &case["exact"]["total_price"]);
            assert_eq!(sum(bill.lines.iter().filter_map(|line| line.cost.as_ref())), total);
            // The oracle gives audio by the hour a side by other rules than tokens.
            if case["group"] != "per_time" {
                assert_same(id, "input", side(&bill, true), &case["exact"]["input_price"]);
                assert_same(id, "output", side(&bill, false), &case["exact"]["output_price"]);
            }
            // The oracle counts tokens that have no price as nothing; we say so.
            let lacks = |count: &str, price: &str| {
                case["usage"][count].as_f64().is_some_and(|count| count > 0.0)
                    && prices
                        .is_some_and(|prices| !prices.is_empty() && !prices.contains_key(price))
            };
            let lower_bound =
                lacks("input_tokens", "input_mtok") || lacks("output_tokens", "output_mtok");
            assert_eq!(bill.incomplete, lower_bound, "case {id}");
            lower_bounds += usize::from(lower_bound);
            compared += 1;
        } else {
            assert!(case["expect"].is_null(), "case {id}");
            unknown += 1;
        }
    }
    println!(
        "{compared} of {} cases equal at 24 significant digits ({lower_bounds} of them lower \
         bounds), {refused} refused as the oracle does, {unknown} without a model, {} deviations",
        cases.len(),
        SECONDS_ALONE.len() + 1
    );
    assert_eq!(compared, COMPARED);
    assert_eq!((refused, unknown), (3, 1));
}
