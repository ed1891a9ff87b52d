//! What a workload costs at an offer: per request, per day and per month.

use super::bill::{Bill, bill};
use super::moment::Moment;
use super::note::Note;
use super::offer::Offer;
use super::usage::{Usage, UsageError};
use super::words::grouped;
use super::workload::{Period, Workload};
use crate::catalog::{Decimal, phrase};

/// The input of a long-context request, in tokens: 300,000, or the workload's
/// own input where that is more. It lies above the first context tier that
/// vendors publish (128,000 to 272,000) and below the limit of million-token
/// models, and is the same for every model, so that models are compared on the
/// same work.
pub const LONG_INPUT: u64 = 300_000;

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

impl Workload {
    /// The usage of an ordinary request; `long`: of a long-context one.
    pub fn request(&self, long: bool) -> Result<Usage, UsageError> {
        let input = Decimal::from(if long { self.input.max(LONG_INPUT) } else { self.input });
        Ok(Usage {
            input_tokens: Some(input),
            cache_read_tokens: Some(input.checked_mul(self.cached).ok_or(UsageError::TooLarge)?),
            output_tokens: Some(Decimal::from(self.output)),
            ..Usage::default()
        })
    }

    /// What the workload costs at an offer, at the prices of a moment.
    pub fn estimate(&self, offer: &Offer<'_>, moment: &Moment) -> WorkloadCost {
        self.try_estimate(offer, *moment).unwrap_or_else(|error| WorkloadCost {
            incomplete: true,
            notes: vec![Note { code: error.code(), text: error.words() }],
            ..WorkloadCost::default()
        })
    }

    fn try_estimate(&self, offer: &Offer<'_>, moment: Moment) -> Result<WorkloadCost, UsageError> {
        let tier = self.batch.then_some("batch");
        let mut cost = WorkloadCost {
            per_request: bill(offer, &self.request(false)?, &moment, tier)?,
            fits: true,
            ..WorkloadCost::default()
        };
        let mut average = cost.per_request.total;
        if !self.long.is_zero() {
            let long = bill(offer, &self.request(true)?, &moment, tier)?;
            if let (Some(ordinary), Some(long)) = (average, long.total) {
                average = Some(self.average(ordinary, long).ok_or(UsageError::TooLarge)?);
            }
            let input = grouped(Decimal::from(self.input.max(LONG_INPUT)));
            let words = phrase("Long-context requests have ")
                .and(&input)
                .and(" input tokens, for every model.");
            cost.notes.push(Note::new("long-request", words));
            cost.per_long_request = Some(long);
        }
        let fits = |bill: &Bill| !bill.notes.iter().any(|note| note.code.ends_with("-overflow"));
        cost.incomplete |= cost.per_request.incomplete;
        cost.fits &= fits(&cost.per_request);
        if let Some(long) = &cost.per_long_request {
            cost.incomplete |= long.incomplete;
            cost.fits &= fits(long);
        }
        if let Some(average) = average {
            let (day, month) = self.over_time(average).ok_or(UsageError::TooLarge)?;
            cost.day = Some(day);
            cost.month = Some(month);
        }
        Ok(cost)
    }

    /// The mean cost of a request, given an ordinary and a long one's.
    fn average(&self, ordinary: Decimal, long: Decimal) -> Option<Decimal> {
        let ordinary = ordinary.checked_mul(Decimal::ONE.checked_sub(self.long)?)?;
        ordinary.checked_add(long.checked_mul(self.long)?)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::RateCard;

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
        Workload::parse(workload).0.estimate(&offer, &"2025-06-01".parse().unwrap())
    }

    const CARD: &str = r#"{"rates":{"input":"0.15","cache_read":"0.075","output":"0.6"}}"#;

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
        let longer = Workload::parse("input=400000 long=0.5").0.request(true).unwrap();
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
        let workload = Workload { cached: decimal("2"), ..Workload::default() };
        let prices = RateCard::default();
        let offer = Offer { prices: &prices, history: &[], context_length: None, max_output: None };
        let cost = workload.estimate(&offer, &"2025-06-01".parse().unwrap());
        assert_eq!((cost.month, cost.incomplete), (None, true));
        assert_eq!(cost.notes[0].code, "usage-inconsistent");
    }
}
