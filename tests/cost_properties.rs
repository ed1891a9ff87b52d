//! Properties of bills that no single case shows.
#![cfg(not(target_arch = "wasm32"))]
// In a test, a panic is how a failure shows.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use modelcard::catalog::{
    Condition, ConditionalRates, Decimal, Endpoint, Item, Model, Price, RateCard, Rates,
    TimeWindow, Weekday,
};
use modelcard::cost::{Bill, Moment, Offer, Usage, Workload, bill, cheapest_first};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

fn moment() -> Moment {
    "2025-06-01T12:00Z".parse().unwrap()
}

fn run(card: &RateCard, usage: &Usage) -> Bill {
    let offer = Offer { prices: card, history: &[], context_length: Some(1_000), max_output: None };
    bill(&offer, usage, &moment(), None).unwrap()
}

/// An amount as catalogs state it: up to 12 significant digits.
fn amount() -> impl Strategy<Value = Decimal> {
    (0i64..1_000_000_000_000, -12i32..0)
        .prop_map(|(digits, exponent)| Decimal::new(i128::from(digits), exponent))
}

fn any_price() -> impl Strategy<Value = Price> {
    prop_oneof![
        6 => amount().prop_map(Price::Known),
        1 => Just(Price::Free),
        1 => Just(Price::Unknown),
        1 => Just(Price::Variable),
        1 => Just(Price::Included),
    ]
}

fn any_item() -> impl Strategy<Value = Item> {
    (0..Item::ALL.len()).prop_map(|index| Item::ALL[index])
}

fn rates(price: impl Strategy<Value = Price>) -> impl Strategy<Value = Rates> {
    vec((any_item(), price), 0..12).prop_map(|entries| entries.into_iter().collect())
}

prop_compose! {
    fn any_condition()(
        above in option::of(0u64..2_000),
        from in option::of(0u64..2_000),
        up_to in option::of(0u64..2_000),
        window in option::of((any::<u16>(), any::<u16>(), any::<i16>(), any::<bool>())),
        tier in option::of("batch|flex"),
        from_day in option::of(0i64..40_000),
        until_day in option::of(0i64..40_000),
    ) -> Condition {
        let day = |days: i64| modelcard::catalog::Date::from_days(days).unwrap();
        let windows = window.map(|(start, end, days_utc_offset, monday)| TimeWindow {
            start,
            end,
            days: if monday { vec![Weekday::Monday] } else { vec![] },
            days_utc_offset,
        });
        Condition {
            input_tokens_above: above,
            input_tokens_from: from,
            input_tokens_up_to: up_to,
            windows: windows.into_iter().collect(),
            from: from_day.map(day),
            until: until_day.map(day),
            service_tier: tier,
        }
    }
}

fn any_card() -> impl Strategy<Value = RateCard> {
    let conditional = (any_condition(), rates(any_price()))
        .prop_map(|(when, rates)| ConditionalRates { when, rates });
    (rates(any_price()), vec(conditional, 0..4)).prop_map(|(rates, conditions)| RateCard {
        rates,
        conditions,
        ..RateCard::default()
    })
}

/// A card that prices every item, for which no condition holds.
fn full_card() -> impl Strategy<Value = RateCard> {
    vec(amount(), Item::ALL.len()).prop_map(|amounts| {
        let prices = amounts.into_iter().map(Price::Known);
        let rates = Item::ALL.iter().copied().zip(prices).collect();
        RateCard { rates, ..RateCard::default() }
    })
}

/// A usage whose parts are disjoint counts, so that it is consistent.
///
/// Seconds are whole multiples of 36, so that a share of an hour is a decimal:
/// 24 digits of an endless one beside large amounts need more than 38 digits,
/// which is an error and no property.
fn consistent_usage() -> impl Strategy<Value = [u64; 17]> {
    prop::array::uniform17(0u64..1_000_000).prop_map(|mut parts| {
        for seconds in &mut parts[13..15] {
            *seconds = *seconds / STEP * STEP;
        }
        parts
    })
}

const STEP: u64 = 36;

/// The usage with these disjoint parts, in the order of `Usage::NAMES`.
fn usage_of(parts: &[u64; 17]) -> Usage {
    let [
        fresh,
        read,
        write,
        write_1h,
        audio,
        audio_read,
        image,
        video,
        text,
        reasoning,
        audio_out,
        image_out,
        citation,
        seconds,
        seconds_in,
        searches,
        requests,
    ] = *parts;
    let count = |count: u64| Some(Decimal::from(count));
    Usage {
        input_tokens: count(fresh + read + write + write_1h + audio + audio_read + image + video),
        cache_read_tokens: count(read + audio_read),
        cache_write_tokens: count(write + write_1h),
        cache_write_1h_tokens: count(write_1h),
        input_audio_tokens: count(audio + audio_read),
        cache_audio_read_tokens: count(audio_read),
        input_image_tokens: count(image),
        input_video_tokens: count(video),
        output_tokens: count(text + reasoning + audio_out + image_out + citation),
        output_reasoning_tokens: count(reasoning),
        output_audio_tokens: count(audio_out),
        output_image_tokens: count(image_out),
        output_citation_tokens: count(citation),
        audio_seconds: count(seconds + seconds_in),
        input_audio_seconds: count(seconds_in),
        web_searches: count(searches),
        requests: count(requests),
    }
}

fn sum_of_lines(bill: &Bill) -> Decimal {
    let costs = bill.lines.iter().filter_map(|line| line.cost);
    costs.fold(Decimal::ZERO, |sum, cost| sum.checked_add(cost).unwrap())
}

fn any_figure() -> impl Strategy<Value = f64> {
    prop_oneof![any::<f64>(), 0.0..1e16, 0.0..100.0, Just(0.0)]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn lines_sum_to_the_total(card in any_card(), parts in consistent_usage()) {
        let bill = run(&card, &usage_of(&parts));
        prop_assert_eq!(bill.total.unwrap_or_default(), sum_of_lines(&bill));
        let missing = bill.lines.iter()
            .any(|line| matches!(line.rate, Price::Unknown | Price::Variable));
        prop_assert_eq!(bill.incomplete, missing);
    }

    #[test]
    fn lines_of_endless_decimals_sum_to_the_total(rates in prop::array::uniform3(1u32..1_000_000),
        seconds in 1u64..1_000_000, tokens in 1u64..1_000_000) {
        let [input, audio, audio_in] =
            rates.map(|rate| Price::Known(Decimal::new(i128::from(rate), -5)));
        let rates = [
            (Item::Input, input),
            (Item::AudioDuration, audio),
            (Item::InputAudioDuration, audio_in),
        ];
        let card = RateCard { rates: rates.into_iter().collect(), ..RateCard::default() };
        let mut parts = [0; 17];
        (parts[0], parts[13], parts[14]) = (tokens, seconds, seconds + 1);
        let bill = run(&card, &usage_of(&parts));
        prop_assert_eq!(bill.total.unwrap(), sum_of_lines(&bill));
        for line in &bill.lines {
            prop_assert_eq!(line.cost.unwrap().round_significant(24), line.cost.unwrap());
        }
    }

    #[test]
    fn every_part_is_billed_once(card in full_card(), parts in consistent_usage()) {
        let bill = run(&card, &usage_of(&parts));
        let billed: Vec<Decimal> = bill.lines.iter().map(|line| line.quantity).collect();
        let parts: Vec<Decimal> =
            parts.iter().filter(|count| **count > 0).map(|count| Decimal::from(*count)).collect();
        prop_assert_eq!(billed, parts);
        prop_assert!(!bill.incomplete && bill.lines.iter().all(|line| !line.assumed));
    }

    #[test]
    fn more_of_a_part_never_costs_less(
        card in full_card(),
        parts in consistent_usage(),
        part in 0usize..17,
        more in 1u64..10_000,
    ) {
        let mut larger = parts;
        larger[part] += more * STEP;
        prop_assert!(run(&card, &usage_of(&larger)).total >= run(&card, &usage_of(&parts)).total);
    }

    #[test]
    fn a_count_split_between_equal_rates_costs_the_same(
        rate in amount(),
        input in 0u64..1_000_000,
        cached in 0u64..1_000_000,
    ) {
        let price = Price::Known(rate);
        let rates = [(Item::Input, price), (Item::CacheRead, price)].into_iter().collect();
        let card = RateCard { rates, ..RateCard::default() };
        let mut parts = [0; 17];
        parts[0] = input + cached;
        let whole = run(&card, &usage_of(&parts)).total;
        parts[..2].copy_from_slice(&[input, cached]);
        prop_assert_eq!(run(&card, &usage_of(&parts)).total, whole);
        // Nor does it matter whether the equal rate is stated or assumed.
        let card = RateCard {
            rates: [(Item::Input, price)].into_iter().collect(),
            ..RateCard::default()
        };
        prop_assert_eq!(run(&card, &usage_of(&parts)).total, whole);
    }

    #[test]
    fn no_usage_and_no_prices_panic(
        card in any_card(),
        figures in prop::array::uniform17(option::of(any_figure())),
        parts in prop::array::uniform17(0u64..u64::MAX / 16),
        wild in (any::<i128>(), -60i32..60),
        tier in option::of("batch|flex|priority"),
        milliseconds in any::<f64>(),
    ) {
        let mut usage = Usage::default();
        for (name, figure) in Usage::NAMES.iter().zip(figures) {
            // Negative figures are refused here; the others are as wild as they come.
            let _ = usage.set(name, figure.and_then(Decimal::from_count));
        }
        let at = Moment::from_unix_milliseconds(milliseconds).unwrap_or_else(moment);
        let mut wild_card = card.clone();
        wild_card.rates.set(Item::Input, Price::Known(Decimal::new(wild.0, wild.1)));
        for card in [&card, &wild_card] {
            let offer = Offer { prices: card, history: &[], context_length: Some(1), max_output: Some(1) };
            let _ = bill(&offer, &usage, &at, tier.as_deref());
            let _ = bill(&offer, &usage_of(&parts), &at, tier.as_deref());
            let _ = Workload::default().estimate(&offer, &at);
        }
        // A consistent usage of any size is priced or refused as too large.
        let alone = Usage { input_tokens: usage.input_tokens, ..Usage::default() };
        let offer = Offer { prices: &wild_card, history: &[], context_length: None, max_output: None };
        let _ = bill(&offer, &alone, &at, tier.as_deref());
    }

    #[test]
    fn workload_text_reads_back(text in "([a-z]{0,8}=?[0-9a-z./%-]{0,9} ?){0,6}") {
        let (workload, _) = Workload::parse(&text);
        let (again, problems) = Workload::parse(&workload.to_string());
        prop_assert_eq!(again, workload);
        prop_assert_eq!(problems, []);
    }

    #[test]
    fn no_text_panics(text in "\\PC{0,40}") {
        let _ = Workload::parse(&text);
        let _ = text.parse::<Moment>();
    }

    #[test]
    fn endpoints_rank_by_their_totals(cards in vec(any_card(), 0..6), parts in consistent_usage()) {
        let endpoints = cards.into_iter().map(|prices| Endpoint { prices, ..Endpoint::default() });
        let model = Model { endpoints: endpoints.collect(), ..Model::default() };
        let ranked = cheapest_first(&model, &usage_of(&parts), &moment(), None).unwrap();
        prop_assert_eq!(ranked.len(), model.endpoints.len());
        for pair in ranked.windows(2) {
            let key = |bill: &Bill| (bill.total.is_none(), bill.incomplete, bill.total);
            prop_assert!(key(&pair[0].bill) <= key(&pair[1].bill));
        }
    }
}
