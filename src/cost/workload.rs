//! A workload: many requests of one shape, and the attribute that states it.

use std::fmt;

use crate::catalog::{Decimal, phrase};

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

impl WorkloadProblem {
    /// What is ignored, and what to write.
    pub fn words(&self) -> String {
        phrase("workload: \"").and(&self.part).and("\" is ignored; ").and(self.wanted).text()
    }
}

impl fmt::Display for WorkloadProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words())
    }
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
}

impl Workload {
    /// The attribute's text, with every part that differs from `chat` or that a
    /// reader looks for; [`Workload::parse`] reads it back.
    pub fn text(&self) -> String {
        let period = match self.period {
            Period::Day => "/day days=",
            Period::Month => "/month days=",
        };
        let mut words = phrase("input=")
            .and(self.input)
            .and(" output=")
            .and(self.output)
            .and(" cached=")
            .and(self.cached)
            .and(" requests=")
            .and(self.requests)
            .and(period)
            .and(self.days);
        if !self.long.is_zero() {
            words = words.and(" long=").and(self.long);
        }
        words.and(if self.batch { " batch=on" } else { "" }).text()
    }
}

impl fmt::Display for Workload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text())
    }
}

/// A whole number of at most a trillion; thousands may stand apart.
fn count(text: &str) -> Option<u64> {
    let mut count = None;
    for byte in text.bytes() {
        count = match (byte, count) {
            (b'0'..=b'9', _) => Some(count.unwrap_or(0) * 10 + u64::from(byte - b'0')),
            (b',' | b'_', Some(_)) => count,
            _ => return None,
        };
        if count > Some(1_000_000_000_000) {
            return None;
        }
    }
    count
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

    fn parsed(text: &str) -> Workload {
        let (workload, problems) = Workload::parse(text);
        assert_eq!(problems, [], "{text}");
        workload
    }

    fn decimal(text: &str) -> Decimal {
        text.parse().unwrap()
    }

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
}
