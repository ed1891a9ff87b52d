//! A workload: many requests of one shape, and what they cost per day and month.

use std::fmt;

use super::bill::{Bill, Note, bill};
use super::moment::Moment;
use super::offer::Offer;
use super::usage::{Usage, UsageError};
use super::words::grouped;
use crate::catalog::Decimal;

/// The input of a long-context request, in tokens: 300,000, or the workload's
/// own input where that is more. It lies above the first context tier that
/// vendors publish (128,000 to 272,000) and below the limit of million-token
/// models, and is the same for every model, so that models are compared on the
/// same work.
pub const LONG_INPUT: u64 = 300_000;

/// Requests of one shape, as the attribute `workload` states them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Workload {
    /// Tokens of input per request, cached ones included.
    pub input: u64,
    /// Tokens of output per request.
    pub output: u64,
    /// The share of the input that is read from the prompt cache, 0–1.
    pub cached: Decimal,
    /// How many requests.
    pub requests: u64,
    /// Per day or per month.
    pub period: Period,
    /// Days with requests in a month, 1–31.
    pub days: u64,
    /// The share of requests whose input is [`LONG_INPUT`] tokens, 0–1.
    pub long: Decimal,
    /// Whether the requests can wait, and batch prices hold.
    pub batch: bool,
}

/// What a number of requests is counted over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Period {
    Day,
    Month,
}

impl Default for Workload {
    fn default() -> Self {
        Self::CHAT
    }
}

/// A part of a workload's text that could not be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkloadProblem {
    /// The part as written.
    pub part: String,
    /// What it should have been.
    pub wanted: &'static str,
}

impl fmt::Display for WorkloadProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&["workload: \"", &self.part, "\" is ignored; ", self.wanted].concat())
    }
}

/// What a workload costs.
#[derive(Clone, Debug, Default)]
pub struct WorkloadCost {
    /// The bill of an ordinary request.
    pub per_request: Bill,
    /// The bill of a long-context request, where the workload has any.
    pub per_long_request: Option<Bill>,
    /// What a day with requests costs; a lower bound where `incomplete`.
    pub day: Option<Decimal>,
    /// What a month costs; a lower bound where `incomplete`.
    pub month: Option<Decimal>,
    /// Whether a part of a request has no known price.
    pub incomplete: bool,
    /// Whether every request fits the context and the maximum output, as far as
    /// they are known.
    pub fits: bool,
    /// What a reader must know about the workload, beside the notes of the bills.
    pub notes: Vec<Note>,
}

const NAMES: &str = "write input, output, cached, requests, days, long or batch, or a preset first";
const COUNT: &str = "write a whole number of at most a trillion, such as input=1200";
const SHARE: &str = "write a share from 0 to 1, such as cached=0.5";
const REQUESTS: &str = "write requests per day or month, such as requests=1000/day";
const DAYS: &str = "write the days in a month, 1 to 31, such as days=30";
const SWITCH: &str = "write batch=on or batch=off";

impl Workload {
    const CHAT: Self = Self {
        input: 1_200,
        output: 300,
        cached: Decimal::new(5, -1),
        requests: 1_000,
        period: Period::Day,
        days: 30,
        long: Decimal::ZERO,
        batch: false,
    };

    /// The presets: the name in the attribute, the name in words, the workload.
    pub const fn presets() -> &'static [(&'static str, &'static str, Self)] {
        const PRESETS: &[(&str, &str, Workload)] = &[
            ("chat", "Chat with history", Workload::CHAT),
            (
                "rag",
                "Answers from retrieved documents",
                Workload {
                    input: 6_000,
                    output: 400,
                    cached: Decimal::new(2, -1),
                    ..Workload::CHAT
                },
            ),
            (
                "summarise",
                "Summarising long documents",
                Workload {
                    input: 50_000,
                    output: 800,
                    cached: Decimal::ZERO,
                    requests: 200,
                    ..Workload::CHAT
                },
            ),
            (
                "coding-agent",
                "Coding agent",
                Workload {
                    input: 60_000,
                    output: 1_000,
                    cached: Decimal::new(9, -1),
                    requests: 500,
                    days: 22,
                    ..Workload::CHAT
                },
            ),
            (
                "batch-classify",
                "Classifying in batches",
                Workload {
                    input: 800,
                    output: 20,
                    cached: Decimal::ZERO,
                    requests: 100_000,
                    batch: true,
                    ..Workload::CHAT
                },
            ),
        ];
        PRESETS
    }

    /// The name of the preset that this is.
    pub fn preset_name(&self) -> Option<&'static str> {
        Self::presets().iter().find(|(_, _, preset)| preset == self).map(|(name, _, _)| *name)
    }

    /// Reads the attribute `workload`: parts such as `input=1200`, each optional,
    /// after the name of a preset or not. What is not stated is as in `chat`, or
    /// in the preset; what cannot be read is reported and ignored.
    pub fn parse(text: &str) -> (Self, Vec<WorkloadProblem>) {
        let mut workload = Self::default();
        let mut problems = Vec::new();
        for (index, part) in text.split_whitespace().enumerate() {
            let preset = Self::presets().iter().find(|(name, _, _)| *name == part);
            let read = match (preset, part.split_once('=')) {
                (Some((_, _, preset)), _) if index == 0 => {
                    workload = *preset;
                    Ok(())
                }
                (_, Some((name, value))) => workload.set(name, value),
                _ => Err(NAMES),
            };
            if let Err(wanted) = read {
                problems.push(WorkloadProblem { part: part.to_owned(), wanted });
            }
        }
        (workload, problems)
    }

    /// States one part by its name in the attribute, as a field of a form does;
    /// the error says what the value should have been.
    pub fn set(&mut self, name: &str, value: &str) -> Result<(), &'static str> {
        match name {
            "input" => self.input = count(value).ok_or(COUNT)?,
            "output" => self.output = count(value).ok_or(COUNT)?,
            "cached" => self.cached = share(value).ok_or(SHARE)?,
            "long" => self.long = share(value).ok_or(SHARE)?,
            "days" => {
                self.days = count(value).filter(|days| (1..=31).contains(days)).ok_or(DAYS)?;
            }
            "requests" => {
                let (number, period) = match value.split_once('/') {
                    None => (value, Period::Day),
                    Some((number, "day")) => (number, Period::Day),
                    Some((number, "month")) => (number, Period::Month),
                    Some(_) => return Err(REQUESTS),
                };
                self.requests = count(number).ok_or(REQUESTS)?;
                self.period = period;
            }
            "batch" => {
                self.batch = match value {
                    "on" => true,
                    "off" => false,
                    _ => return Err(SWITCH),
                }
            }
            _ => return Err(NAMES),
        }
        Ok(())
    }

    /// The usage of a request with this much input.
    fn usage(&self, input: u64) -> Result<Usage, UsageError> {
        let input = Decimal::from(input);
        let cached = input.checked_mul(self.cached).ok_or(UsageError::TooLarge)?;
        Ok(Usage {
            input_tokens: Some(input),
            cache_read_tokens: Some(cached),
            output_tokens: Some(Decimal::from(self.output)),
            ..Usage::default()
        })
    }

    /// The usage of an ordinary request; `long`: of a long-context one.
    pub fn request(&self, long: bool) -> Result<Usage, UsageError> {
        self.usage(if long { self.input.max(LONG_INPUT) } else { self.input })
    }

    /// What the workload costs at an offer, at the prices of a moment.
    pub fn estimate(&self, offer: &Offer<'_>, moment: &Moment) -> WorkloadCost {
        self.try_estimate(offer, *moment).unwrap_or_else(|error| WorkloadCost {
            incomplete: true,
            notes: vec![Note { code: error.code(), text: error.to_string() }],
            ..WorkloadCost::default()
        })
    }

    fn try_estimate(&self, offer: &Offer<'_>, moment: Moment) -> Result<WorkloadCost, UsageError> {
        let tier = self.batch.then_some("batch");
        let per_request = bill(offer, &self.request(false)?, &moment, tier)?;
        let per_long_request = if self.long.is_zero() {
            None
        } else {
            Some(bill(offer, &self.request(true)?, &moment, tier)?)
        };
        let mut cost = WorkloadCost { fits: true, ..WorkloadCost::default() };
        let mut average = per_request.total;
        if let Some(long) = &per_long_request {
            let rest = Decimal::ONE.checked_sub(self.long).ok_or(UsageError::TooLarge)?;
            average = match (per_request.total, long.total) {
                (Some(ordinary), Some(long)) => {
                    let sum = ordinary
                        .checked_mul(rest)
                        .zip(long.checked_mul(self.long))
                        .and_then(|(a, b)| a.checked_add(b));
                    Some(sum.ok_or(UsageError::TooLarge)?)
                }
                _ => None,
            };
            let input = grouped(Decimal::from(self.input.max(LONG_INPUT)));
            let words = ["Long-context requests have ", &input, " input tokens, for every model."];
            cost.notes.push(Note::new("long-request", &words));
        }
        for bill in [Some(&per_request), per_long_request.as_ref()].into_iter().flatten() {
            cost.incomplete |= bill.incomplete;
            cost.fits &= !bill.notes.iter().any(|note| note.code.ends_with("-overflow"));
        }
        if let Some(average) = average {
            let (day, month) = self.over_time(average).ok_or(UsageError::TooLarge)?;
            cost.day = Some(day);
            cost.month = Some(month);
        }
        Ok(WorkloadCost { per_request, per_long_request, ..cost })
    }

    /// A day's and a month's cost of requests that cost so much on average.
    fn over_time(&self, average: Decimal) -> Option<(Decimal, Decimal)> {
        let cost = average.checked_mul(Decimal::from(self.requests))?;
        match self.period {
            Period::Day => Some((cost, cost.checked_mul(Decimal::from(self.days))?)),
            Period::Month => Some((cost.divided(u32::try_from(self.days).ok()?)?, cost)),
        }
    }
}

impl fmt::Display for Workload {
    /// The attribute's text, with every part that differs from `chat` or that a
    /// reader looks for; [`Workload::parse`] reads it back.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let period = match self.period {
            Period::Day => "/day days=",
            Period::Month => "/month days=",
        };
        for (before, number) in [
            ("input=", Decimal::from(self.input)),
            (" output=", Decimal::from(self.output)),
            (" cached=", self.cached),
            (" requests=", Decimal::from(self.requests)),
            (period, Decimal::from(self.days)),
            (" long=", self.long),
        ] {
            if before != " long=" || !number.is_zero() {
                f.write_str(before)?;
                fmt::Display::fmt(&number, f)?;
            }
        }
        f.write_str(if self.batch { " batch=on" } else { "" })
    }
}

/// A whole number of at most a trillion; thousands may stand apart.
fn count(text: &str) -> Option<u64> {
    if !text.starts_with(|first: char| first.is_ascii_digit()) {
        return None;
    }
    let digits = text.replace([',', '_'], "");
    digits.parse().ok().filter(|count| *count <= 1_000_000_000_000)
}

/// A share from 0 to 1, or in percent.
fn share(text: &str) -> Option<Decimal> {
    let (number, places) = text.strip_suffix('%').map_or((text, 0), |number| (number, -2));
    let share = number.parse::<Decimal>().ok()?.shifted(places).round_significant(12);
    (!share.is_negative() && share <= Decimal::ONE).then_some(share)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::RateCard;

    fn parsed(text: &str) -> Workload {
        let (workload, problems) = Workload::parse(text);
        assert_eq!(problems, [], "{text}");
        workload
    }

    fn decimal(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    fn estimate(card: &str, workload: &str) -> WorkloadCost {
        let prices: RateCard = serde_json::from_str(card).unwrap();
        let offer = Offer {
            prices: &prices,
            history: &[],
            context_length: Some(128_000),
            max_output: None,
        };
        parsed(workload).estimate(&offer, &"2025-06-01".parse().unwrap())
    }

    const CARD: &str = r#"{"rates":{"input":"0.15","cache_read":"0.075","output":"0.6"}}"#;

    #[test]
    fn reads_the_attribute() {
        let text = "input=1200 output=300 cached=0.5 requests=1000/day days=30 long=0.1 batch=on";
        let workload = Workload { long: decimal("0.1"), batch: true, ..Workload::CHAT };
        assert_eq!(parsed(text), workload);
        assert_eq!(workload.to_string(), text);
        assert_eq!(parsed(""), Workload::CHAT);
        assert_eq!(parsed("chat"), Workload::CHAT);
        assert_eq!(
            parsed("input=2,400 cached=25% requests=5"),
            Workload { input: 2_400, cached: decimal("0.25"), requests: 5, ..Workload::CHAT }
        );
        assert_eq!(
            parsed("  output=1\n requests=90/month "),
            Workload { output: 1, requests: 90, period: Period::Month, ..Workload::CHAT }
        );
    }

    #[test]
    fn a_preset_may_be_followed_by_its_changes() {
        let workload = parsed("coding-agent input=80000");
        assert_eq!((workload.input, workload.days), (80_000, 22));
        assert!(!parsed("batch-classify batch=off").batch);
        assert!(parsed("batch-classify").batch);
        assert_eq!(parsed("rag").preset_name(), Some("rag"));
        assert_eq!(workload.preset_name(), None);
    }

    #[test]
    fn the_canonical_text_reads_back_the_same() {
        for (_, label, preset) in Workload::presets() {
            assert!(!label.is_empty());
            assert_eq!(parsed(&preset.to_string()), *preset);
        }
        let odd = Workload { period: Period::Month, long: decimal("0.125"), ..Workload::CHAT };
        assert_eq!(parsed(&odd.to_string()), odd);
    }

    #[test]
    fn each_bad_part_is_reported_and_the_others_hold() {
        let (workload, problems) = Workload::parse(
            "input=-5 output=7 cached=1.5 cached=-0.1 requests=10/week days=0 days=32 long=x batch=yes \
             speed=9 rag input=1e9 requests=2/day/day input=9999999999999 requests=+5",
        );
        let parts: Vec<&str> = problems.iter().map(|problem| problem.part.as_str()).collect();
        assert_eq!(
            parts,
            [
                "input=-5",
                "cached=1.5",
                "cached=-0.1",
                "requests=10/week",
                "days=0",
                "days=32",
                "long=x",
                "batch=yes",
                "speed=9",
                "rag",
                "input=1e9",
                "requests=2/day/day",
                "input=9999999999999",
                "requests=+5",
            ]
        );
        assert_eq!(workload, Workload { output: 7, ..Workload::CHAT });
        assert_eq!(
            problems[1].to_string(),
            "workload: \"cached=1.5\" is ignored; write a share from 0 to 1, such as cached=0.5"
        );
    }

    #[test]
    fn costs_a_request_a_day_and_a_month() {
        let cost = estimate(CARD, "chat");
        assert_eq!(cost.per_request.total, Some(decimal("0.000315")));
        assert_eq!((cost.day, cost.month), (Some(decimal("0.315")), Some(decimal("9.45"))));
        assert!(cost.fits && !cost.incomplete && cost.per_long_request.is_none());
        let monthly = estimate(CARD, "requests=1000/month days=30");
        assert_eq!((monthly.day, monthly.month), (Some(decimal("0.0105")), Some(decimal("0.315"))));
    }

    #[test]
    fn long_requests_have_the_same_input_for_every_model() {
        let card = r#"{"rates":{"input":"1","output":"1"},"conditions":[
            {"when":{"input_tokens_above":200000},"rates":{"input":"2","output":"2"}}]}"#;
        let cost = estimate(card, "input=1000 output=0 cached=0 requests=10/day days=2 long=0.1");
        let long = cost.per_long_request.unwrap();
        assert_eq!(long.total, Some(decimal("0.6")));
        // 9 × 0.001 + 1 × 0.6
        assert_eq!((cost.day, cost.month), (Some(decimal("0.609")), Some(decimal("1.218"))));
        assert!(!cost.fits);
        assert_eq!(cost.notes[0].code, "long-request");
        let longer = parsed("input=400000 long=0.5").request(true).unwrap();
        assert_eq!(longer.input_tokens, Some(decimal("400000")));
    }

    #[test]
    fn batch_uses_published_prices_only() {
        let batch = estimate(CARD, "batch=on");
        assert_eq!(batch.per_request.total, Some(decimal("0.000315")));
        assert_eq!(batch.per_request.notes[0].code, "service-tier-not-published");
        let card = r#"{"rates":{"input":"2","output":"8"},"conditions":[
            {"when":{"service_tier":"batch"},"rates":{"input":"1","output":"4"}}]}"#;
        let (on, off) = (estimate(card, "batch=on"), estimate(card, "batch=off"));
        assert_eq!(on.month.unwrap().checked_mul(decimal("2")), off.month);
    }

    #[test]
    fn unknown_prices_are_lower_bounds_or_nothing() {
        let cost = estimate(r#"{"rates":{"input":"1"}}"#, "chat long=0.1");
        assert!(cost.incomplete && cost.day.is_some());
        let cost = estimate("{}", "chat long=0.1");
        assert_eq!((cost.day, cost.month, cost.incomplete), (None, None, true));
    }

    #[test]
    fn a_workload_that_no_text_could_state_is_an_error_and_no_panic() {
        let workload = Workload { cached: decimal("2"), ..Workload::CHAT };
        let prices = RateCard::default();
        let offer = Offer { prices: &prices, history: &[], context_length: None, max_output: None };
        let cost = workload.estimate(&offer, &"2025-06-01".parse().unwrap());
        assert_eq!((cost.month, cost.incomplete), (None, true));
        assert_eq!(cost.notes[0].code, "usage-inconsistent");
    }
}
