//! The prices of an offer: decimal strings per token or per unit, and
//! `overrides`, prices under conditions.
//!
//! - `-1` stands on routers, whose price is decided per request.
//! - A 0 for requests, searches, images or reasoning only fills the field: older
//!   lists have it on nearly every model, and reasoning is then billed as output.
//! - `image` is a price per image, except where it equals `prompt`: there it is
//!   the price of an image's tokens. `image_output` is one too where it is far
//!   below what any image costs.
//! - `internal_reasoning` takes the place of `completion`, never adds to it.
//! - `discount` only tells: the prices are those after it.
//! - The prices outside `overrides` are those of the hour in which the list was
//!   fetched.

use serde_json::value::RawValue;

use super::SOURCE;
use crate::catalog::{
    Condition, ConditionalRates, Decimal, Item, Modality, Price, RateCard, Rates, TimeWindow,
    Weekday,
};
use crate::formats::facts::Facts;
use crate::formats::root;
use crate::formats::scalar::{List, Members, Scalar};

/// What must be known of an offer to read its prices.
pub struct Offer<'m> {
    /// Whether it is a model's free variant.
    pub free: bool,
    /// What the model makes.
    pub makes: &'m [Modality],
}

/// More overrides than any offer has; those beyond are left out, since each is
/// compared with the others.
const MAX_OVERRIDES: usize = 100;

/// Below this a price of `image_output` is one per token: the dearest tokens of
/// images cost 0.00012, the cheapest images more than 0.0005.
const LOWEST_PER_IMAGE: Decimal = Decimal::new(2, -4);

/// The prices that `pricing` states.
pub fn card(pricing: Option<&RawValue>, offer: &Offer<'_>, facts: &mut Facts<'_>) -> RateCard {
    let mut card = RateCard { source: Some(SOURCE.to_owned()), ..RateCard::default() };
    let Some(pricing) = pricing else { return card };
    if !matches!(root::kind(pricing), "an object" | "a null") {
        let effect = format!("{} instead of an object; it is left out", root::kind(pricing));
        facts.warn("fact_unreadable", "", effect);
        return card;
    }
    let stated = members(pricing);
    let images = ImageUnit::of(&stated);
    let mut notes = Vec::new();
    let mut overrides = Vec::new();
    for (key, value) in &stated {
        match key.as_str() {
            "overrides" => {
                overrides = serde_json::from_str(value.get())
                    .map_or_else(|_| Vec::new(), |list: List<&RawValue>| list.0);
            }
            "discount" => notes.extend(discount(value, facts)),
            _ => {
                let value = root::scalar(value).unwrap_or_default();
                price(key, &value, images, &mut card.rates, facts);
            }
        }
    }
    conditions(&overrides, images, &mut card, &mut notes, facts);
    zeros(&mut card, offer, facts);
    if !notes.is_empty() {
        card.note = Some(notes.join(" "));
    }
    card
}

fn members(object: &RawValue) -> Vec<(String, &RawValue)> {
    serde_json::from_str(object.get()).map_or_else(|_| Vec::new(), |Members(list)| list)
}

/// What `image` counts.
#[derive(Clone, Copy, PartialEq)]
enum ImageUnit {
    Image,
    Token,
}

impl ImageUnit {
    fn of(stated: &[(String, &RawValue)]) -> Self {
        let amount = |key: &str| {
            let (_, value) = stated.iter().rev().find(|(have, _)| have == key)?;
            match root::scalar(value)? {
                Scalar::Number(number) => Decimal::from_f64(number),
                value => value.text()?.parse().ok(),
            }
        };
        let image: Option<Decimal> = amount("image");
        if image.is_some() && image == amount("prompt") { Self::Token } else { Self::Image }
    }
}

/// Reads one price.
fn price(key: &str, value: &Scalar, images: ImageUnit, rates: &mut Rates, facts: &mut Facts<'_>) {
    let blank = matches!(value, Scalar::Text(_)) && value.text().is_none();
    if value.is_absent() || blank {
        return;
    }
    let (item, places) = match key {
        "prompt" => (Item::Input, 6),
        "completion" => (Item::Output, 6),
        "input_cache_read" => (Item::CacheRead, 6),
        "input_cache_write" => (Item::CacheWrite, 6),
        "input_cache_write_1h" => (Item::CacheWrite1h, 6),
        "internal_reasoning" => (Item::Reasoning, 6),
        "audio" => (Item::InputAudio, 6),
        "input_audio_cache" => (Item::CacheAudioRead, 6),
        "audio_output" => (Item::OutputAudio, 6),
        "image_token" => (Item::InputImage, 6),
        "image" if images == ImageUnit::Token => (Item::InputImage, 6),
        "image" => (Item::Image, 0),
        "image_output" => (Item::ImageOutput, 0),
        "request" => (Item::Request, 0),
        "web_search" => (Item::WebSearch, 3),
        _ => {
            if facts.amount(value, key).is_none_or(|amount| !amount.is_zero()) {
                let effect = "no price that is known here; it is left out of every sum";
                facts.warn("price_unknown", key, effect);
            }
            return;
        }
    };
    let Some(amount) = facts.amount(value, key) else { return };
    if amount == Decimal::new(-1, 0) {
        rates.set(item, Price::Variable);
        return;
    }
    let fills_the_field = matches!(
        key,
        "request" | "web_search" | "image" | "image_token" | "image_output" | "internal_reasoning"
    );
    if amount.is_zero() && fills_the_field {
        return;
    }
    let (item, places) = match item {
        Item::ImageOutput if !amount.is_negative() && amount < LOWEST_PER_IMAGE => {
            (Item::OutputImage, 6)
        }
        _ => (item, places),
    };
    // Said once already: of what `amount` mends, `price` finds nothing more.
    let exact = Scalar::Text(amount.to_string());
    if let Some(price) = facts.price(item, &exact, key, places) {
        rates.set(item, price);
    }
}

/// What is said of a discount, which is a share: 0.25, or below zero for a markup.
fn discount(value: &RawValue, facts: &mut Facts<'_>) -> Option<String> {
    let value = root::scalar(value).unwrap_or_default();
    let share = facts.amount(&value, "discount").filter(|share| !share.is_zero())?;
    let percent = share.shifted(2);
    Some(match Decimal::ZERO.checked_sub(percent).filter(|_| percent.is_negative()) {
        Some(markup) => format!("The prices include a markup of {markup} %."),
        None => format!("The prices include a discount of {percent} %."),
    })
}

/// Prices of 0. A model's free variant is free; what makes more than text without
/// a price above 0 has its price elsewhere (`google/lyria-…` is priced by the song).
fn zeros(card: &mut RateCard, offer: &Offer<'_>, facts: &mut Facts<'_>) {
    let zero = |price: Price| price.amount().is_some_and(Decimal::is_zero);
    if offer.free {
        card.rates = card
            .rates
            .iter()
            .map(|(item, price)| (item, if zero(price) { Price::Free } else { price }))
            .collect();
        return;
    }
    let nothing_costs = !card.rates.is_empty()
        && card.conditions.is_empty()
        && card.rates.iter().all(|(_, price)| zero(price));
    if !nothing_costs {
        return;
    }
    let makes_media = offer.makes.iter().any(|made| {
        matches!(made, Modality::Image | Modality::Audio | Modality::Video | Modality::Speech)
    });
    if makes_media {
        card.rates = Rates::EMPTY;
        let effect = "0, and no free variant: what the model makes has its price elsewhere; the prices are unknown";
        facts.warn("price_elsewhere", "", effect);
    } else {
        facts.note("zero_not_marked_free", "", "0, though it is no free variant; kept as stated");
    }
}

fn conditions(
    overrides: &[&RawValue],
    images: ImageUnit,
    card: &mut RateCard,
    notes: &mut Vec<String>,
    facts: &mut Facts<'_>,
) {
    let mut all_read = overrides.len() <= MAX_OVERRIDES;
    if !all_read {
        let effect = format!("more than {MAX_OVERRIDES}; those beyond are left out");
        facts.warn("condition_unusable", "overrides", effect);
    }
    for (index, raw) in overrides.iter().take(MAX_OVERRIDES).enumerate() {
        let mut facts = facts.inside(&format!("overrides[{index}]"));
        match conditional(raw, images, &mut facts) {
            Ok(conditional) => card.conditions.push(conditional),
            Err(fault) => {
                all_read = false;
                let effect = format!("{fault}; these prices are left out");
                facts.warn("condition_unusable", "", effect);
            }
        }
    }
    if !all_read {
        notes.push("Under some conditions other prices hold, which could not be read.".to_owned());
    }
    if card.conditions.iter().any(|conditional| !conditional.when.windows.is_empty()) {
        notes.push(
            "Outside the stated hours, the prices are those of the hour in which the list was fetched."
                .to_owned(),
        );
    }
    later_wins(&mut card.conditions);
}

fn conditional(
    raw: &RawValue,
    images: ImageUnit,
    facts: &mut Facts<'_>,
) -> Result<ConditionalRates, String> {
    if root::kind(raw) != "an object" {
        return Err(format!("{} instead of an object", root::kind(raw)));
    }
    let mut conditional = ConditionalRates::default();
    let mut window = None;
    for (key, value) in members(raw) {
        let scalar = root::scalar(value).unwrap_or_default();
        if scalar.is_absent() {
            continue;
        }
        let fault = || format!("\"{key}\" cannot be read");
        match key.as_str() {
            "min_prompt_tokens" => {
                conditional.when.input_tokens_above = Some(count(&scalar).ok_or_else(fault)?);
            }
            "max_prompt_tokens" => {
                conditional.when.input_tokens_up_to = Some(count(&scalar).ok_or_else(fault)?);
            }
            "utc_start" => {
                let start = clock(&scalar).ok_or_else(fault)?;
                // 2400 is the start of the next day.
                window.get_or_insert_with(TimeWindow::default).start = start % 1_440;
            }
            "utc_end" => {
                let end = clock(&scalar).ok_or_else(fault)?;
                window.get_or_insert_with(TimeWindow::default).end = end;
            }
            "utc_days" => {
                let days = days(value).ok_or_else(fault)?;
                window.get_or_insert_with(TimeWindow::default).days = days;
            }
            "discount" => {}
            // Prices are strings; what else there is may be a condition, and
            // without it the prices would hold too often.
            _ => match scalar {
                Scalar::Text(_) => price(&key, &scalar, images, &mut conditional.rates, facts),
                Scalar::Number(_) if is_price(&key) => {
                    price(&key, &scalar, images, &mut conditional.rates, facts);
                }
                _ => return Err(format!("the condition \"{key}\" is not known")),
            },
        }
    }
    conditional.when.windows.extend(window);
    if conditional.when == Condition::default() {
        return Err("no condition".to_owned());
    }
    Ok(conditional)
}

fn is_price(key: &str) -> bool {
    matches!(
        key,
        "prompt"
            | "completion"
            | "request"
            | "web_search"
            | "internal_reasoning"
            | "audio"
            | "audio_output"
    ) || key.starts_with("image")
        || key.starts_with("input_")
}

/// A whole number, zero or more.
fn count(value: &Scalar) -> Option<u64> {
    match value {
        Scalar::Number(number)
            if number.fract() == 0.0 && (0.0..=9_007_199_254_740_992.0).contains(number) =>
        {
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // checked above
            Some(*number as u64)
        }
        Scalar::Text(_) => value.text()?.parse().ok(),
        _ => None,
    }
}

/// The minutes after midnight of a time of the day, written as a number: 1630.
fn clock(value: &Scalar) -> Option<u16> {
    let written = u16::try_from(count(value)?).ok()?;
    let (hours, minutes) = (written / 100, written % 100);
    (minutes < 60 && written <= 2_400).then_some(hours * 60 + minutes)
}

fn days(value: &RawValue) -> Option<Vec<Weekday>> {
    let list: List<Scalar> = serde_json::from_str(value.get()).ok()?;
    let day = |name: &Scalar| {
        Some(match name.text()?.to_ascii_lowercase().as_str() {
            "monday" => Weekday::Monday,
            "tuesday" => Weekday::Tuesday,
            "wednesday" => Weekday::Wednesday,
            "thursday" => Weekday::Thursday,
            "friday" => Weekday::Friday,
            "saturday" => Weekday::Saturday,
            "sunday" => Weekday::Sunday,
            _ => return None,
        })
    };
    let mut days: Vec<Weekday> = Vec::new();
    for name in list.0.iter().take(7) {
        let day = day(name)?;
        if !days.contains(&day) {
            days.push(day);
        }
    }
    (!days.is_empty()).then_some(days)
}

/// Of the overrides that match, the later one wins. In a rate card the highest
/// tier of context does; so what a later, lower tier states is taken out of the
/// earlier, higher one.
fn later_wins(conditions: &mut Vec<ConditionalRates>) {
    let mut rest = conditions.as_mut_slice();
    while let Some((earlier, later)) = rest.split_first_mut() {
        let hidden = |item: Item| {
            later.iter().any(|later| {
                later.when.input_tokens_above < earlier.when.input_tokens_above
                    && later.when.input_tokens_up_to.is_none()
                    && later.when.windows == earlier.when.windows
                    && later.rates.stated(item).is_some()
            })
        };
        earlier.rates = earlier.rates.iter().filter(|(item, _)| !hidden(*item)).collect();
        rest = later;
    }
    conditions.retain(|conditional| !conditional.rates.is_empty());
}
