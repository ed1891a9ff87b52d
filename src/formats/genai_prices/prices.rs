//! Reads the prices of genai-prices: one set of them, or a list with constraints.

use serde_json::Value;

use super::schedule::{Prices, Set, When, card, history};
use crate::catalog::{Date, Item, Price, TimeWindow, clean};
use crate::formats::facts::Facts;
use crate::formats::scalar::Scalar;

/// The most sets of prices of a model: each is compared with each.
const MOST_SETS: usize = 100;

/// The item that a price is for, and the power of ten between the source's unit
/// and the item's.
fn item(key: &str) -> Option<(Item, i32)> {
    Some(match key {
        "input_mtok" => (Item::Input, 0),
        "output_mtok" => (Item::Output, 0),
        "cache_read_mtok" => (Item::CacheRead, 0),
        // Without a time they are those of five minutes.
        "cache_write_mtok" | "cache_write_5m_mtok" => (Item::CacheWrite, 0),
        "cache_write_1h_mtok" => (Item::CacheWrite1h, 0),
        "output_reasoning_mtok" => (Item::Reasoning, 0),
        "output_citation_mtok" => (Item::Citation, 0),
        "input_audio_mtok" => (Item::InputAudio, 0),
        "cache_audio_read_mtok" => (Item::CacheAudioRead, 0),
        "output_audio_mtok" => (Item::OutputAudio, 0),
        "input_image_mtok" => (Item::InputImage, 0),
        "output_image_mtok" => (Item::OutputImage, 0),
        "input_video_mtok" => (Item::InputVideo, 0),
        "output_video_mtok" => (Item::OutputVideo, 0),
        "requests_kcount" => (Item::Request, -3),
        "web_searches_kcount" => (Item::WebSearch, 0),
        "audio_hours" => (Item::AudioDuration, 0),
        "input_audio_hours" => (Item::InputAudioDuration, 0),
        "output_audio_hours" => (Item::OutputAudioDuration, 0),
        "input_video_hours" => (Item::InputVideoDuration, 0),
        "output_video_hours" => (Item::OutputVideoDuration, 0),
        "input_document_kpages" => (Item::Page, 0),
        "input_mchars" => (Item::InputCharacter, 0),
        "output_mchars" => (Item::OutputCharacter, 0),
        "input_gpixels" => (Item::InputPixel, 0),
        "output_gpixels" => (Item::OutputPixel, 0),
        _ => return None,
    })
}

/// The prices of a model: `free` where they are stated to cost nothing when absent.
/// The list price is that of `today`, or where that is not known, the newest.
pub fn prices(stated: &Value, free: bool, today: Option<Date>, facts: &mut Facts<'_>) -> Prices {
    let sets = match stated {
        Value::Array(list) => sets(list, free, facts),
        one => vec![(When::Always, set(one, free, facts))],
    };
    Prices { card: card(&sets, today), history: history(&sets) }
}

fn sets(list: &[Value], free: bool, facts: &mut Facts<'_>) -> Vec<(When, Set)> {
    let mut sets: Vec<(When, Set)> = Vec::new();
    if list.len() > MOST_SETS {
        let effect = format!("{} sets of prices; the first {MOST_SETS} are used", list.len());
        facts.warn("too_many_prices", "", effect);
    }
    for (index, entry) in list.iter().take(MOST_SETS).enumerate() {
        let mut facts = facts.inside(&format!("[{index}]"));
        let prices = entry.get("prices").unwrap_or(&Value::Null);
        let when = match entry.get("constraint").filter(|constraint| !constraint.is_null()) {
            None => Some(When::Always),
            Some(constraint) => when(constraint),
        };
        let when = match when {
            // The first is in force where no other is, whatever its constraint.
            _ if index == 0 => When::Always,
            Some(when) => when,
            None => {
                let effect = "not a date, nor a time of the day; these prices are left out";
                facts.warn("condition_unusable", "constraint", effect);
                continue;
            }
        };
        let set = set(prices, free, &mut facts.inside("prices"));
        if when == When::Always {
            // What stands before it is never in force.
            sets.clear();
        }
        match sets.last_mut() {
            // Two times of the day with the same prices.
            Some((When::Daily(windows), before))
                if *before == set && matches!(when, When::Daily(_)) =>
            {
                if let When::Daily(more) = when {
                    windows.extend(more);
                }
            }
            _ => {
                // The same constraint a second time: the earlier set is never in force.
                sets.retain(|(have, _)| *have != when);
                sets.push((when, set));
            }
        }
    }
    sets
}

fn when(constraint: &Value) -> Option<When> {
    let text = |key: &str| constraint.get(key).map(|value| value.as_str().unwrap_or_default());
    match (text("start_date"), text("start_time"), text("end_time")) {
        (Some(date), None, None) => {
            date.parse().ok().filter(|date: &Date| date.has_day()).map(When::From)
        }
        (None, Some(start), Some(end)) => {
            let window =
                TimeWindow { start: minute(start)?, end: minute(end)?, ..TimeWindow::default() };
            // At no time; in a window of ours that would be all day.
            (window.start != window.end).then(|| When::Daily(vec![window]))
        }
        _ => None,
    }
}

/// The minute of the day (UTC) of `00:30:00Z` or `08:30:00+08:00`.
fn minute(text: &str) -> Option<u16> {
    let (clock, zone) = text.split_at_checked(text.find(['Z', '+', '-'])?)?;
    let two = |text: &str, limit: u16| -> Option<u16> {
        let digits = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
        text.parse().ok().filter(|number| digits && *number < limit)
    };
    let hours_and_minutes = |text: &str| {
        let (hour, minute) = text.split_once(':')?;
        Some(two(hour, 24)? * 60 + two(minute, 60)?)
    };
    let (clock, seconds) = clock.rsplit_once(':')?;
    if !seconds.bytes().all(|byte| matches!(byte, b'0' | b'.')) {
        return None;
    }
    let clock = hours_and_minutes(clock)?;
    let east = match zone.split_at_checked(1)? {
        ("Z", "") => 0,
        ("+", offset) => hours_and_minutes(offset)?,
        ("-", offset) => 1_440 - hours_and_minutes(offset)?,
        _ => return None,
    };
    Some((clock + 1_440 - east) % 1_440)
}

fn set(stated: &Value, free: bool, facts: &mut Facts<'_>) -> Set {
    let mut set = Set::default();
    let Some(members) = stated.as_object() else {
        facts.warn("fact_unreadable", "", "no object of prices; none is known");
        return set;
    };
    if members.is_empty() && free {
        set.rates = [(Item::Input, Price::Free), (Item::Output, Price::Free)].into_iter().collect();
    }
    for (key, value) in members {
        if value.is_null() {
            continue;
        }
        let Some((item, places)) = item(key) else {
            facts.note("price_without_item", key, "nothing that is billed here; it is left out");
            continue;
        };
        if key == "cache_write_5m_mtok" && members.contains_key("cache_write_mtok") {
            // It is what a write of no stated time is billed at that counts.
            continue;
        }
        let base = value.get("base").unwrap_or(value);
        if let Some(price) = facts.price(item, &scalar(base), key, places) {
            set.rates.set(item, price);
        }
        let mut facts = facts.inside(&format!("{key}.tiers"));
        let tiers = value.get("tiers").and_then(Value::as_array);
        for (index, tier) in tiers.into_iter().flatten().enumerate() {
            let mut facts = facts.inside(&format!("[{index}]"));
            let part = |key: &str| tier.get(key).map(scalar).unwrap_or_default();
            // Above 0 tokens is whatever the input.
            let start = match part("start") {
                Scalar::Number(0.0) => Some(0),
                start => facts.tokens(&start, "start"),
            };
            let price = facts.price(item, &part("price"), "price", places);
            if let (Some(start), Some(price)) = (start, price) {
                set.tiers.entry(start).or_default().set(item, price);
            }
        }
    }
    set
}

fn scalar(value: &Value) -> Scalar {
    match value {
        Value::Null => Scalar::Absent,
        Value::Bool(flag) => Scalar::Flag(*flag),
        Value::Number(number) => number.as_f64().map_or(Scalar::Absent, Scalar::Number),
        Value::String(text) => {
            let mut text = text.clone();
            clean(&mut text);
            Scalar::Text(text)
        }
        Value::Array(_) => Scalar::Other("an array"),
        Value::Object(_) => Scalar::Other("an object"),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::catalog::RateCard;
    use crate::formats::log::Log;

    fn read(stated: &Value, free: bool, today: Option<&str>) -> (Prices, Vec<(String, String)>) {
        let mut log = Log::default();
        let today = today.map(|today| today.parse().unwrap());
        let prices = prices(stated, free, today, &mut Facts::new(&mut log, "p"));
        let problems = log.finish().into_iter();
        (prices, problems.map(|problem| (problem.path, problem.code)).collect())
    }

    fn card_of(stated: &Value) -> RateCard {
        let (prices, problems) = read(stated, false, None);
        assert_eq!(problems, [], "{stated}");
        prices.card
    }

    fn known(text: &str) -> Price {
        Price::Known(text.parse().unwrap())
    }

    #[test]
    fn units_are_told_by_their_ends() {
        let card = card_of(&json!({
            "input_mtok": 2.5, "cache_write_5m_mtok": 3, "cache_write_1h_mtok": 5,
            "requests_kcount": 12, "web_searches_kcount": 10, "audio_hours": 0.18,
            "input_document_kpages": 1, "input_mchars": 15, "input_gpixels": 7, "output_mtok": null
        }));
        for (item, price) in [
            (Item::Input, "2.5"),
            (Item::CacheWrite, "3"),
            (Item::CacheWrite1h, "5"),
            (Item::Request, "0.012"),
            (Item::WebSearch, "10"),
            (Item::AudioDuration, "0.18"),
            (Item::Page, "1"),
            (Item::InputCharacter, "15"),
            (Item::InputPixel, "7"),
        ] {
            assert_eq!(card.price(item), known(price), "{item:?}");
        }
        assert_eq!(card.rates.stated(Item::Output), None);
        let both = json!({"cache_write_5m_mtok": 3, "cache_write_mtok": 4});
        assert_eq!(card_of(&both).price(Item::CacheWrite), known("4"));
    }

    #[test]
    fn prices_keep_their_digits_and_lose_noise() {
        let twelfth = json!({"cache_write_mtok": 0.083_333_333_333_333_34});
        assert_eq!(card_of(&twelfth).price(Item::CacheWrite), known("0.08333333333333334"));
        let (prices, problems) =
            read(&json!({"input_mtok": 0.180_000_000_000_000_02}), false, None);
        assert_eq!(prices.card.price(Item::Input), known("0.18"));
        assert_eq!(problems, [("p.input_mtok".to_owned(), "float_noise".to_owned())]);
    }

    #[test]
    fn what_is_no_price_costs_itself_alone() {
        let (prices, problems) = read(
            &json!({"input_mtok": 1, "storage_searches_kcount": 2.5, "output_mtok": -1,
                "cache_read_mtok": [1], "input_audio_mtok": {"base": 3, "tiers": [{"start": "x", "price": 4}, 7]}}),
            false,
            None,
        );
        let stated: Vec<Item> = prices.card.rates.iter().map(|(item, _)| item).collect();
        assert_eq!(stated, [Item::Input, Item::InputAudio]);
        assert!(prices.card.conditions.is_empty());
        let places: Vec<(&str, &str)> =
            problems.iter().map(|(path, code)| (path.as_str(), code.as_str())).collect();
        assert_eq!(
            places,
            [
                ("p.cache_read_mtok", "fact_unreadable"),
                ("p.input_audio_mtok.tiers[0].start", "fact_unreadable"),
                ("p.output_mtok", "price_implausible"),
                ("p.storage_searches_kcount", "price_without_item"),
            ]
        );
        assert_eq!(read(&json!(7), false, None).1[0].1, "fact_unreadable");
        assert_eq!(read(&json!([7]), false, None).1[0].0, "p[0].prices");
    }

    #[test]
    fn nothing_stated_is_unknown_and_free_only_by_name() {
        assert_eq!(card_of(&json!({})).price(Item::Input), Price::Unknown);
        let free = read(&json!({}), true, None).0.card;
        assert_eq!((free.price(Item::Input), free.price(Item::Output)), (Price::Free, Price::Free));
        let priced = read(&json!({"input_mtok": 1}), true, None).0.card;
        assert_eq!(
            (priced.price(Item::Input), priced.price(Item::Output)),
            (known("1"), Price::Unknown)
        );
    }

    #[test]
    fn tiers_are_conditions() {
        let card = card_of(&json!({
            "input_mtok": {"base": 1, "tiers": [{"start": 200_000, "price": 3}, {"start": 128_000, "price": 2}]},
            "output_mtok": {"base": 5, "tiers": [{"start": 200_000, "price": 6}]}
        }));
        assert_eq!(
            serde_json::to_value(&card).unwrap(),
            json!({"rates": {"input": "1", "output": "5"}, "conditions": [
                {"when": {"input_tokens_above": 128_000}, "rates": {"input": "2"}},
                {"when": {"input_tokens_above": 200_000}, "rates": {"input": "3", "output": "6"}},
            ]})
        );
    }

    #[test]
    fn times_of_the_day_are_in_utc() {
        for (text, expected) in [
            ("00:30:00Z", Some(30)),
            ("23:59:00.000Z", Some(1_439)),
            ("08:30:00+08:00", Some(30)),
            ("16:30:00-08:00", Some(30)),
            ("00:30:00", None),
            ("00:30Z", None),
            ("00:30:15Z", None),
            ("24:00:00Z", None),
            ("0:30:00Z", None),
            ("é:30:00Z", None),
            ("", None),
        ] {
            assert_eq!(minute(text), expected, "{text}");
        }
    }

    #[test]
    fn sets_that_are_never_in_force_are_no_part_of_the_card() {
        // An unconditional set hides those before it, and equal constraints too.
        let card = card_of(&json!([
            {"prices": {"input_mtok": 1}},
            {"constraint": {"start_date": "2025-01-01"}, "prices": {"input_mtok": 2}},
            {"prices": {"input_mtok": 3}},
            {"constraint": {"start_time": "01:00:00Z", "end_time": "02:00:00Z"}, "prices": {"input_mtok": 4}},
            {"constraint": {"start_time": "01:00:00Z", "end_time": "02:00:00Z"}, "prices": {"input_mtok": 5}},
            {"constraint": {"start_time": "03:00:00Z", "end_time": "04:00:00Z"}, "prices": {"input_mtok": 5}},
        ]));
        assert_eq!(
            serde_json::to_value(&card).unwrap(),
            json!({"rates": {"input": "3"}, "conditions": [{"when": {"windows": [
                {"start": 60, "end": 120}, {"start": 180, "end": 240}]}, "rates": {"input": "5"}}]})
        );
        // Where no constraint holds, the first set does, whatever its own says.
        let first = card_of(&json!([
            {"constraint": {"start_date": "2025-01-01"}, "prices": {"input_mtok": 1}}
        ]));
        assert_eq!((first.price(Item::Input), first.conditions.len()), (known("1"), 0));
        assert_eq!(card_of(&json!([])), RateCard::default());
    }

    #[test]
    fn a_model_has_a_bounded_number_of_sets() {
        let sets: Vec<Value> = (0..10_000)
            .map(|n| json!({"constraint": {"start_time": format!("{:02}:{:02}:00Z", n / 60 % 24, n % 60), "end_time": "23:59:00Z"}, "prices": {"input_mtok": n}}))
            .collect();
        let (prices, problems) = read(&json!(sets), false, None);
        assert_eq!(prices.card.conditions.len(), MOST_SETS - 1);
        assert_eq!(problems, [("p".to_owned(), "too_many_prices".to_owned())]);
    }

    #[test]
    fn constraints_that_cannot_be_read_cost_their_prices() {
        for constraint in [
            json!({"start_date": "2025-06"}),
            json!({"start_date": "soon"}),
            json!({"start_date": 7}),
            json!({"start_time": "00:30:00Z"}),
            json!({"start_time": "01:00:00Z", "end_time": "01:00:00Z"}),
            json!({"start_date": "2025-06-10", "start_time": "01:00:00Z", "end_time": "02:00:00Z"}),
            json!({"region": "eu"}),
            json!(true),
        ] {
            let list = json!([{"prices": {"input_mtok": 1}}, {"constraint": constraint, "prices": {"input_mtok": 2}}]);
            let (prices, problems) = read(&list, false, None);
            assert_eq!(prices.card.price(Item::Input), known("1"));
            assert!(prices.card.conditions.is_empty());
            assert_eq!(problems, [("p[1].constraint".to_owned(), "condition_unusable".to_owned())]);
        }
    }
}
