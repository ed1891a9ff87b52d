//! When conditional prices hold, and how that is said.

use super::moment::Moment;
use super::words::{grouped, push_item};
use crate::catalog::{Condition, Decimal, TimeWindow, Weekday, phrase};

/// Whether the prices under a condition hold for a request.
///
/// `input` is all input, cached included: output never chooses a tier.
pub(super) fn holds(
    condition: &Condition,
    input: Decimal,
    moment: Moment,
    service_tier: Option<&str>,
) -> bool {
    let count = Decimal::from;
    condition.input_tokens_above.is_none_or(|limit| input > count(limit))
        && condition.input_tokens_from.is_none_or(|limit| input >= count(limit))
        && condition.input_tokens_up_to.is_none_or(|limit| input <= count(limit))
        && holds_whatever_the_input(condition, moment, service_tier)
}

/// Whether all of a condition but its limits of input holds.
pub(super) fn holds_whatever_the_input(
    condition: &Condition,
    moment: Moment,
    service_tier: Option<&str>,
) -> bool {
    (condition.service_tier.is_none() || condition.service_tier.as_deref() == service_tier)
        && condition.from.is_none_or(|from| moment >= Moment::at(from))
        && condition.until.is_none_or(|until| moment < Moment::at(until))
        && (condition.windows.is_empty()
            || condition.windows.iter().any(|window| moment.is_in(window)))
}

/// Whether `tier` is a lower context tier of the same kind as `other`: then the
/// higher one wins, in whichever order the card lists them.
pub(super) fn is_lower_tier(tier: &Condition, other: &Condition) -> bool {
    limit(tier) < limit(other)
        && tier.service_tier == other.service_tier
        && tier.from == other.from
        && tier.until == other.until
        && tier.windows == other.windows
}

/// The largest input that a context tier does not apply to.
pub(super) fn limit(condition: &Condition) -> Option<u64> {
    condition.input_tokens_above.max(condition.input_tokens_from.map(|from| from.saturating_sub(1)))
}

/// A condition in plain words: `above 200,000 input tokens`, `batch`,
/// `16:30–00:30 UTC, Monday to Friday`, `from 2026-01-01`.
pub fn condition_words(condition: &Condition) -> String {
    let mut words = String::new();
    let mut say = |part: &str| push_item(&mut words, part, ", ");
    if let Some(tier) = &condition.service_tier {
        say(tier);
    }
    let limits = [
        ("above ", condition.input_tokens_above),
        ("from ", condition.input_tokens_from),
        ("up to ", condition.input_tokens_up_to),
    ];
    let last = limits.iter().rposition(|(_, limit)| limit.is_some());
    for (index, (before, limit)) in limits.into_iter().enumerate() {
        if let Some(limit) = limit {
            let after = if Some(index) == last { " input tokens" } else { "" };
            say(&phrase(before).and(grouped(Decimal::from(limit))).and(after).text());
        }
    }
    let mut windows = String::new();
    for window in &condition.windows {
        push_item(&mut windows, &window_words(window), " or ");
    }
    if !windows.is_empty() {
        say(&windows);
    }
    for (before, date) in [("from ", condition.from), ("until ", condition.until)] {
        if let Some(date) = date {
            say(&phrase(before).and(date.text()).text());
        }
    }
    words
}

fn window_words(window: &TimeWindow) -> String {
    let all_day = window.start == 0 && matches!(window.end, 0 | 1_440);
    let mut words = String::new();
    if !all_day {
        push_clock(&mut words, window.start);
        words.push('–');
        push_clock(&mut words, window.end % 1_440);
        words.push_str(" UTC");
    }
    let mut days = [false; 7];
    for (name, named) in WEEK.iter().zip(&mut days) {
        *named = window.days.contains(&name.0);
    }
    // Runs of three days or more are said by their ends.
    let mut index = 0;
    while let Some(rest) = days.get(index..).filter(|rest| !rest.is_empty()) {
        let run = rest.iter().take_while(|named| **named).count();
        let name = |at: usize| WEEK.get(at).map_or("", |(_, name)| *name);
        if run >= 3 {
            push_item(&mut words, name(index), ", ");
            push_item(&mut words, name(index + run - 1), " to ");
        } else {
            (index..index + run).for_each(|at| push_item(&mut words, name(at), ", "));
        }
        index += run + 1;
    }
    if window.days_utc_offset != 0 && !window.days.is_empty() {
        words.push_str(if window.days_utc_offset < 0 { " (UTC−" } else { " (UTC+" });
        push_clock(&mut words, window.days_utc_offset.unsigned_abs());
        words.push(')');
    }
    words
}

const WEEK: [(Weekday, &str); 7] = [
    (Weekday::Monday, "Monday"),
    (Weekday::Tuesday, "Tuesday"),
    (Weekday::Wednesday, "Wednesday"),
    (Weekday::Thursday, "Thursday"),
    (Weekday::Friday, "Friday"),
    (Weekday::Saturday, "Saturday"),
    (Weekday::Sunday, "Sunday"),
];

fn push_clock(words: &mut String, minutes: u16) {
    let (hour, minute) = (minutes / 60, minutes % 60);
    for (digit, colon) in [(hour / 10, false), (hour, false), (minute / 10, true), (minute, false)]
    {
        if colon {
            words.push(':');
        }
        words.push(char::from(b'0' + (digit % 10).to_le_bytes()[0]));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn condition(json: &str) -> Condition {
        serde_json::from_str(json).unwrap()
    }

    fn holds_for(json: &str, input: u64, at: &str, tier: Option<&str>) -> bool {
        holds(&condition(json), Decimal::from(input), at.parse().unwrap(), tier)
    }

    #[test]
    fn thresholds_are_strict_or_inclusive_as_stated() {
        let at = "2025-06-01";
        for (json, below, first) in [
            (r#"{"input_tokens_above":200000}"#, 200_000, 200_001),
            (r#"{"input_tokens_from":200000}"#, 199_999, 200_000),
        ] {
            assert!(!holds_for(json, below, at, None));
            assert!(holds_for(json, first, at, None));
        }
        let range = r#"{"input_tokens_above":32000,"input_tokens_up_to":128000}"#;
        for (input, inside) in [(32_000, false), (32_001, true), (128_000, true), (128_001, false)]
        {
            assert_eq!(holds_for(range, input, at, None), inside, "{input}");
        }
    }

    #[test]
    fn dates_are_half_open_at_midnight() {
        let json = r#"{"from":"2025-06-01","until":"2025-07"}"#;
        for (at, inside) in [
            ("2025-05-31T23:59Z", false),
            ("2025-06-01T00:00Z", true),
            ("2025-06-30T23:59Z", true),
            ("2025-07-01T00:00Z", false),
        ] {
            assert_eq!(holds_for(json, 1, at, None), inside, "{at}");
        }
    }

    #[test]
    fn every_stated_part_must_hold_and_any_window() {
        let json = r#"{"service_tier":"batch","input_tokens_above":10,
            "windows":[{"start":0,"end":60},{"start":120,"end":180}]}"#;
        let at = "2025-06-01T02:00Z";
        assert!(holds_for(json, 11, at, Some("batch")));
        assert!(!holds_for(json, 11, at, Some("flex")));
        assert!(!holds_for(json, 11, at, None));
        assert!(!holds_for(json, 10, at, Some("batch")));
        assert!(!holds_for(json, 11, "2025-06-01T01:00Z", Some("batch")));
        assert!(holds_for("{}", 0, at, None));
    }

    #[test]
    fn says_conditions_in_words() {
        for (json, words) in [
            (r#"{"input_tokens_above":200000}"#, "above 200,000 input tokens"),
            (r#"{"input_tokens_from":1000}"#, "from 1,000 input tokens"),
            (
                r#"{"input_tokens_above":32000,"input_tokens_up_to":128000}"#,
                "above 32,000, up to 128,000 input tokens",
            ),
            (r#"{"service_tier":"batch"}"#, "batch"),
            (
                r#"{"service_tier":"batch","input_tokens_above":272000}"#,
                "batch, above 272,000 input tokens",
            ),
            (r#"{"from":"2026-01-01"}"#, "from 2026-01-01"),
            (r#"{"from":"2026-01","until":"2026-02-01"}"#, "from 2026-01, until 2026-02-01"),
            (
                r#"{"windows":[{"start":990,"end":30,"days":["monday","tuesday","wednesday","thursday","friday"]}]}"#,
                "16:30–00:30 UTC, Monday to Friday",
            ),
            (
                r#"{"windows":[{"start":60,"end":240},{"start":360,"end":600}]}"#,
                "01:00–04:00 UTC or 06:00–10:00 UTC",
            ),
            (
                r#"{"windows":[{"start":0,"end":1440,"days":["sunday","saturday"],"days_utc_offset":480}]}"#,
                "Saturday, Sunday (UTC+08:00)",
            ),
            (
                r#"{"windows":[{"start":0,"end":0,"days":["monday","wednesday","friday","saturday","sunday"],"days_utc_offset":-300}]}"#,
                "Monday, Wednesday, Friday to Sunday (UTC−05:00)",
            ),
            ("{}", ""),
        ] {
            assert_eq!(condition_words(&condition(json)), words);
        }
    }
}
