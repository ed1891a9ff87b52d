//! Prices of models.dev: US dollars per 1,000,000 tokens, context tiers and modes.
//!
//! A price of 0 is what stands there for models that cost nothing, for those that
//! a subscription includes, and for those whose price is not per token or not
//! known. [`Zero`] tells apart what can be told apart.

use super::MAX_KEY;
use super::types::{Cost, Experimental};
use crate::catalog::{Condition, ConditionalRates, Decimal, Item, Price, RateCard, Rates, clean};
use crate::formats::facts::Facts;
use crate::formats::scalar::{Nested, Scalar};

/// What a card means on which every price is 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Zero {
    /// The model's name says that it is free.
    Free,
    /// The provider's name says that it sells a plan.
    Included,
    /// The provider states no price above 0 at all, or the model does not charge
    /// by the token: nothing says what it costs.
    Unclear,
    /// The provider charges for other models: a stated price.
    Stated,
}

/// The name of `context_over_200k`, as a number of tokens.
const OVER_200K: u64 = 200_000;

/// The rate card of an offer.
pub(super) fn rate_card(
    cost: &Nested<Cost>,
    experimental: &Nested<Experimental>,
    zero: Zero,
    facts: &mut Facts<'_>,
) -> RateCard {
    let mut card = RateCard::default();
    if let Some(cost) = object(cost, "cost", facts) {
        let mut facts = facts.inside("cost");
        card.rates = rates(cost, &mut facts);
        card.conditions = tiers(cost, None, &mut facts);
        if cost.tiers.0.is_empty() {
            over_200k(cost, &mut card, &mut facts);
        }
    }
    modes(experimental, &mut card.conditions, facts);
    if all_zero(&card) {
        read_zero(&mut card, zero);
    }
    card
}

/// Prices of long context as older catalogs state them. Where tiers are stated
/// too, they are derived from those, and the true threshold is the higher one in
/// more than half of the cases; where there are none, nothing contradicts the name.
fn over_200k(cost: &Cost, card: &mut RateCard, facts: &mut Facts<'_>) {
    let field = "context_over_200k";
    let Some(over) = object(&cost.context_over_200k, field, facts) else { return };
    let rates = rates(over, &mut facts.inside(field));
    push(&mut card.conditions, Some(OVER_200K), None, rates);
    let effect = "used above 200,000 input tokens, as its name says; some providers begin higher";
    facts.note("threshold_rounded", field, effect);
    card.note = Some(
        "The source states one threshold of long context for all, 200,000 tokens; the provider's may be higher."
            .to_owned(),
    );
}

/// Whether a cost states any amount above 0.
pub(super) fn charges(cost: &Nested<Cost>) -> bool {
    let Some(cost) = cost.get() else { return false };
    let stated = [
        &cost.input,
        &cost.output,
        &cost.reasoning,
        &cost.cache_read,
        &cost.cache_write,
        &cost.input_audio,
        &cost.output_audio,
    ];
    stated.into_iter().any(|value| match value {
        Scalar::Number(number) => *number > 0.0,
        Scalar::Text(_) => value
            .text()
            .and_then(|text| text.parse::<Decimal>().ok())
            .is_some_and(|amount| !amount.is_zero() && !amount.is_negative()),
        _ => false,
    })
}

/// Whether a cost states prices, and all of them are 0.
pub(super) fn is_zero(cost: &Nested<Cost>) -> bool {
    let stated = cost.get().is_some_and(|cost| !cost.input.is_absent() || !cost.output.is_absent());
    stated && !charges(cost)
}

fn object<'c, T>(value: &'c Nested<T>, field: &str, facts: &mut Facts<'_>) -> Option<&'c T> {
    if let Nested::Other(kind) = value {
        let effect = format!("{kind} instead of an object; it is left out");
        facts.warn("fact_unreadable", field, effect);
    }
    value.get()
}

fn rates(cost: &Cost, facts: &mut Facts<'_>) -> Rates {
    let stated = [
        (Item::Input, &cost.input, "input"),
        (Item::Output, &cost.output, "output"),
        (Item::Reasoning, &cost.reasoning, "reasoning"),
        (Item::CacheRead, &cost.cache_read, "cache_read"),
        (Item::CacheWrite, &cost.cache_write, "cache_write"),
        (Item::InputAudio, &cost.input_audio, "input_audio"),
        (Item::OutputAudio, &cost.output_audio, "output_audio"),
    ];
    let mut rates: Rates = stated
        .into_iter()
        .filter_map(|(item, value, field)| Some((item, facts.price(item, value, field, 0)?)))
        .collect();
    for (item, value, field) in [
        (Item::CacheRead, &cost.cached_input, "cached_input"),
        (Item::CacheRead, &cost.cache_input, "cache_input"),
        (Item::CacheWrite, &cost.cached_write, "cached_write"),
    ] {
        misspelt(&mut rates, item, value, field, facts);
    }
    for (value, field) in [
        (&cost.image, "image"),
        (&cost.citation, "citation"),
        (&cost.request, "request"),
        (&cost.per_minute, "per_minute"),
    ] {
        if !value.is_absent() {
            let effect = "the source does not say what this price counts; it is left out";
            facts.warn("price_unit_unknown", field, effect);
        }
    }
    rates
}

/// A misspelt price is taken where it can mean one thing only: nothing states the
/// price by its right name, and reading costs no more than input.
fn misspelt(rates: &mut Rates, item: Item, value: &Scalar, field: &str, facts: &mut Facts<'_>) {
    let Some(price) = facts.price(item, value, field, 0) else { return };
    let is_read = item == Item::CacheRead;
    let certain = rates.stated(item).is_none()
        && (!is_read || price.amount() <= rates.get(Item::Input).amount());
    if certain {
        rates.set(item, price);
        facts.note("key_misspelt", field, format!("read as {}", item.name()));
    } else {
        let effect = format!("not certainly {}; it is left out", item.name());
        facts.warn("key_misspelt", field, effect);
    }
}

/// Prices of long context: they begin above a tier's size.
fn tiers(cost: &Cost, service_tier: Option<&str>, facts: &mut Facts<'_>) -> Vec<ConditionalRates> {
    let mut conditions = Vec::new();
    for (index, tier) in cost.tiers.0.iter().enumerate() {
        let field = format!("tiers[{index}]");
        let Some(cost) = object(tier, &field, facts) else { continue };
        let mut facts = facts.inside(&field);
        let by_context = cost.tier.get().filter(|tier| match tier.r#type.text() {
            Some(kind) => kind == "context",
            // The schema's default.
            None => tier.r#type.is_absent(),
        });
        let size = by_context.and_then(|tier| facts.tokens(&tier.size, "tier.size"));
        if let Some(size) = size {
            push(&mut conditions, Some(size), service_tier, rates(cost, &mut facts));
        } else {
            let effect = "no length of context above which these prices hold; they are left out";
            facts.warn("condition_unusable", "tier", effect);
        }
    }
    conditions
}

/// Other ways of calling a model that have prices of their own. The caller asks
/// for one by the service tier that its request body names, else by the mode's
/// name (`"speed": "fast"`).
fn modes(
    experimental: &Nested<Experimental>,
    conditions: &mut Vec<ConditionalRates>,
    facts: &mut Facts<'_>,
) {
    let Some(experimental) = experimental.get() else { return };
    for (key, mode) in &experimental.modes.0 {
        let Some(mode) = mode.get() else { continue };
        let Some(cost) = mode.cost.get() else { continue };
        let mut key = key.clone();
        clean(&mut key);
        let body = mode.provider.get().and_then(|request| request.body.get());
        let named = body.and_then(|body| body.service_tier.text());
        let name = named.unwrap_or(key.trim());
        if name.is_empty() || name.len().max(key.len()) > MAX_KEY {
            let effect = "a mode without a usable name; its prices are left out";
            facts.warn("condition_unusable", "experimental.modes", effect);
            continue;
        }
        let mut facts = facts.inside(&format!("experimental.modes.{key}.cost"));
        push(conditions, None, Some(name), rates(cost, &mut facts));
        conditions.extend(tiers(cost, Some(name), &mut facts));
    }
}

fn push(
    conditions: &mut Vec<ConditionalRates>,
    input_tokens_above: Option<u64>,
    service_tier: Option<&str>,
    rates: Rates,
) {
    if !rates.is_empty() {
        let service_tier = service_tier.map(str::to_owned);
        let when = Condition { input_tokens_above, service_tier, ..Condition::default() };
        conditions.push(ConditionalRates { when, rates });
    }
}

fn all_zero(card: &RateCard) -> bool {
    let conditional = card.conditions.iter().flat_map(|conditional| conditional.rates.iter());
    !card.rates.is_empty()
        && card
            .rates
            .iter()
            .chain(conditional)
            .all(|(_, price)| price.amount().is_some_and(Decimal::is_zero))
}

fn read_zero(card: &mut RateCard, zero: Zero) {
    let state = match zero {
        Zero::Free => Price::Free,
        Zero::Included => Price::Included,
        Zero::Unclear => Price::Unknown,
        Zero::Stated => {
            card.note = Some("The source states 0 for every price of this offer.".to_owned());
            return;
        }
    };
    card.conditions.clear();
    if state == Price::Unknown {
        card.rates = Rates::EMPTY;
        card.note = Some(
            "The source states 0 for every price, as it does for subscriptions and for prices that are not per token or not known."
                .to_owned(),
        );
    } else {
        card.rates = card.rates.iter().map(|(item, _)| (item, state)).collect();
    }
}
