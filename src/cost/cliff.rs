//! Cliffs: a few tokens of input more, or fewer, that change the price of the
//! whole request.

use super::bill::known_total;
use super::condition::{holds_whatever_the_input, limit};
use super::leaves::{Leaves, add, count_of};
use super::note::Note;
use super::tariff::Terms;
use super::words::grouped;
use crate::catalog::{Decimal, Item, phrase};

/// How near to a limit a request is warned: 2 % of the limit.
const NEAR: Decimal = Decimal::new(2, -2);

/// Warns of the nearest context tiers above and below a request, where crossing
/// changes its price by a tenth or more.
pub(super) fn cliff_notes(
    notes: &mut Vec<Note>,
    terms: &Terms<'_>,
    leaves: &Leaves,
    input: Decimal,
    total: Decimal,
) {
    let conditions = terms.conditions.iter().map(|conditional| &conditional.when);
    let limits = conditions
        .filter(|when| holds_whatever_the_input(when, terms.moment, terms.service_tier))
        .filter_map(|when| limit(when).map(Decimal::from));
    let above = limits.clone().filter(|limit| input <= *limit).min();
    let below = limits.filter(|limit| input > *limit).max();
    notes.extend(above.and_then(|limit| cliff(terms, leaves, input, total, limit, false)));
    notes.extend(below.and_then(|limit| cliff(terms, leaves, input, total, limit, true)));
}

/// The warning of one limit: above the input, or with `fewer` below it.
fn cliff(
    terms: &Terms<'_>,
    leaves: &Leaves,
    input: Decimal,
    total: Decimal,
    limit: Decimal,
    fewer: bool,
) -> Option<Note> {
    let target = if fewer { limit } else { limit.checked_add(Decimal::ONE)? };
    let step = if fewer { input.checked_sub(target)? } else { target.checked_sub(input)? };
    // Cached, audio and image tokens cannot simply be left out.
    if step > limit.checked_mul(NEAR)? || (fewer && step > count_of(leaves, Item::Input)) {
        return None;
    }
    let mut changed = *leaves;
    add(&mut changed, Item::Input, step, fewer)?;
    let ratio = known_total(terms, &changed, target)?.to_f64() / total.to_f64();
    #[allow(clippy::cast_possible_truncation)] // saturates, and says so by its size
    let hundredths = i128::from((ratio * 100.0).round() as i64);
    let one = step == Decimal::ONE;
    let by = |number: i128, exponent: i32, unit: &str| {
        phrase(" by ").and(Decimal::new(number, exponent)).and(unit).text()
    };
    let (verb, after) = match (fewer, hundredths) {
        (false, 200) => (if one { "doubles" } else { "double" }, String::new()),
        (false, 110..) => (if one { "multiplies" } else { "multiply" }, by(hundredths, -2, "")),
        (true, 50) => ("would halve", String::new()),
        (true, ..=90) => ("would cut", by(100 - hundredths, 0, " %")),
        _ => return None,
    };
    let (code, more) = if fewer {
        ("less-input-avoids-tier", " fewer input token")
    } else {
        ("more-input-crosses-tier", " more input token")
    };
    let plural = if one { " " } else { "s " };
    let words = phrase(grouped(step))
        .and(more)
        .and(plural)
        .and(verb)
        .and(" this request's price")
        .and(&after)
        .and(".");
    Some(Note::new(code, words))
}

#[cfg(test)]
mod tests {
    use super::super::{Offer, Usage, bill};
    use crate::catalog::RateCard;

    fn warnings(card: &str, usage: &str) -> Vec<String> {
        let card: RateCard = serde_json::from_str(card).unwrap();
        let usage: Usage = serde_json::from_str(usage).unwrap();
        let offer = Offer { prices: &card, history: &[], context_length: None, max_output: None };
        let bill = bill(&offer, &usage, &"2025-06-01".parse().unwrap(), None).unwrap();
        let cliffs = bill.notes.into_iter().filter(|note| note.code.ends_with("-tier"));
        cliffs.map(|note| note.text).collect()
    }

    const CARD: &str = r#"{"rates":{"input":"3","output":"15"},"conditions":[
        {"when":{"input_tokens_above":200000},"rates":{"input":"6","output":"22.5"}}]}"#;

    #[test]
    fn warns_below_a_tier() {
        assert_eq!(
            warnings(CARD, r#"{"input_tokens":199989}"#),
            ["12 more input tokens double this request's price."]
        );
        // 0.6 + 0.15 against 1.2 + 0.225
        assert_eq!(
            warnings(CARD, r#"{"input_tokens":200000,"output_tokens":10000}"#),
            ["1 more input token multiplies this request's price by 1.9."]
        );
        assert_eq!(warnings(CARD, r#"{"input_tokens":196000}"#), [""; 0]);
    }

    #[test]
    fn warns_above_a_tier() {
        assert_eq!(
            warnings(CARD, r#"{"input_tokens":200012}"#),
            ["12 fewer input tokens would halve this request's price."]
        );
        assert_eq!(
            warnings(CARD, r#"{"input_tokens":203000,"output_tokens":100000}"#),
            ["3,000 fewer input tokens would cut this request's price by 39 %."]
        );
        assert_eq!(warnings(CARD, r#"{"input_tokens":204001}"#), [""; 0]);
        // Cached tokens cannot simply be left out.
        assert_eq!(
            warnings(CARD, r#"{"input_tokens":200012,"cache_read_tokens":200001}"#),
            [""; 0]
        );
    }

    #[test]
    fn an_inclusive_threshold_counts_one_less() {
        let card = CARD.replace("above", "from");
        assert_eq!(
            warnings(&card, r#"{"input_tokens":199989}"#),
            ["11 more input tokens double this request's price."]
        );
        assert_eq!(
            warnings(&card, r#"{"input_tokens":200000}"#),
            ["1 fewer input token would halve this request's price."]
        );
    }

    #[test]
    fn small_or_absent_changes_are_no_cliff() {
        let card = r#"{"rates":{"input":"3"},"conditions":[
            {"when":{"input_tokens_above":200000},"rates":{"input":"3.1"}},
            {"when":{"input_tokens_above":200010,"service_tier":"batch"},"rates":{"input":"9"}}]}"#;
        assert_eq!(warnings(card, r#"{"input_tokens":200000}"#), [""; 0]);
        let free = r#"{"rates":{"input":"free"},"conditions":[
            {"when":{"input_tokens_above":200000},"rates":{"input":"3"}}]}"#;
        assert_eq!(warnings(free, r#"{"input_tokens":200000}"#), [""; 0]);
    }
}
