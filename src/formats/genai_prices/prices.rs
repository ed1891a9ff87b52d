//! Price sets of genai-prices, one or a list of them with constraints, as a rate
//! card and a price history.
//!
//! Of a list, the last set whose constraint holds is in force, and all of it: what
//! it does not price has no price then, whatever other sets say. Where none holds
//! it is the first.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::catalog::{
    Condition, ConditionalRates, Date, DatedRates, Item, Price, RateCard, Rates, TimeWindow, clean,
};
use crate::formats::facts::Facts;
use crate::formats::scalar::Scalar;

/// When a set is in force, unless a later one is.
#[derive(Clone, Debug, PartialEq)]
enum When {
    Always,
    /// From the start of this day (UTC).
    From(Date),
    /// Every day at these times.
    Daily(Vec<TimeWindow>),
}

/// A set of prices: those of short input, and those above a number of input tokens.
#[derive(Clone, Debug, Default, PartialEq)]
struct Set {
    rates: Rates,
    tiers: BTreeMap<u64, Rates>,
}

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

/// A rate card without note and source, and the history of prices that changed.
pub struct Prices {
    pub card: RateCard,
    pub history: Vec<DatedRates>,
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
    for (index, entry) in list.iter().enumerate() {
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
            Some((When::Daily(windows), last))
                if *last == set && matches!(when, When::Daily(_)) =>
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

/// Every item that a set prices.
fn items(set: &Set) -> impl Iterator<Item = Item> {
    std::iter::once(&set.rates)
        .chain(set.tiers.values())
        .flat_map(Rates::iter)
        .map(|(item, _)| item)
}

fn card(sets: &[(When, Set)], today: Option<Date>) -> RateCard {
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
        let mut rates: Rates = sets
            .iter()
            .flat_map(|(_, set)| items(set))
            .map(|item| (item, Price::Unknown))
            .collect();
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
fn history(sets: &[(When, Set)]) -> Vec<DatedRates> {
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
