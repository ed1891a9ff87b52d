//! Price history as steps in time, ready to draw and to list.

use super::{Date, DatedRates, Decimal, Item, Price};

/// A stretch of time with the same prices.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// The first day; `None` where the start is not known.
    pub from: Option<Date>,
    /// The last day on which the source showed the prices before, where the day
    /// of the change is known only as an interval.
    pub previous_seen: Option<Date>,
    /// Price of input.
    pub input: Price,
    /// Price of output.
    pub output: Price,
}

/// A price history laid out for a step chart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Steps {
    /// The steps, oldest first; each ends where the next begins.
    pub steps: Vec<Step>,
    /// Today.
    pub today: Date,
    /// The right end of the time axis: today, or the last announced change.
    pub end: Date,
    /// The round number at the top of the price axis.
    pub top: Decimal,
}

/// A corner of a chart line, in thousandths of the chart's width and height
/// from its top left.
pub type Point = (i64, i64);

impl Steps {
    /// The steps of a history, until `today`; `None` where no price of input or
    /// output is known.
    pub fn new(history: &[DatedRates], today: Date) -> Option<Self> {
        let mut steps: Vec<Step> = Vec::new();
        for entry in history {
            let step = Step {
                from: entry.from,
                previous_seen: entry.previous_seen,
                input: entry.rates.get(Item::Input),
                output: entry.rates.get(Item::Output),
            };
            // Entries in which only other prices changed are no step here.
            if steps
                .last()
                .is_none_or(|last| (last.input, last.output) != (step.input, step.output))
            {
                steps.push(step);
            }
        }
        let amounts = steps.iter().flat_map(|step| [step.input.amount(), step.output.amount()]);
        let highest = amounts.flatten().max()?;
        let last = steps.iter().filter_map(|step| step.from).max();
        Some(Self {
            steps,
            today,
            end: last.map_or(today, |last| last.max(today)),
            top: round_up(highest),
        })
    }

    /// How often the price of input or output has changed until today.
    pub fn changes(&self) -> usize {
        self.begun().count().saturating_sub(1)
    }

    /// The prices of today; `None` where all are announced.
    pub fn current(&self) -> Option<&Step> {
        self.begun().last()
    }

    /// The first change that is announced.
    pub fn announced(&self) -> Option<&Step> {
        self.steps.get(self.begun().count())
    }

    fn begun(&self) -> impl Iterator<Item = &Step> {
        self.steps.iter().take_while(|step| step.from.is_none_or(|from| from <= self.today))
    }

    /// The left end of the time axis, where it is known.
    pub fn start(&self) -> Option<Date> {
        self.steps.iter().find_map(|step| step.from)
    }

    /// The corners of the line of one price, one list for each unbroken stretch:
    /// where the price is not known the line has a gap.
    pub fn line(&self, price: fn(&Step) -> Price) -> Vec<Vec<Point>> {
        let first = self.start().map_or_else(|| self.end.days(), Date::days);
        let span = (self.end.days() - first).max(1);
        let across =
            |date: Option<Date>| date.map_or(0, |date| (date.days() - first) * 1_000 / span);
        let mut lines: Vec<Vec<Point>> = Vec::new();
        let mut open: Option<Vec<Point>> = None;
        for (index, step) in self.steps.iter().enumerate() {
            let left = across(step.from);
            let right = self.steps.get(index + 1).map_or(1_000, |next| across(next.from));
            match price(step).amount() {
                Some(amount) => {
                    let height = self.height(amount);
                    let corners = open.get_or_insert_default();
                    corners.push((left, height));
                    corners.push((right, height));
                }
                None => lines.extend(open.take()),
            }
        }
        lines.extend(open);
        lines
    }

    /// Thousandths of the chart's height from its top.
    pub fn height(&self, amount: Decimal) -> i64 {
        let top = self.top.to_f64();
        #[allow(clippy::cast_possible_truncation)] // 0 to 1000
        let down = if top > 0.0 {
            ((1.0 - amount.to_f64() / top) * 1_000.0).round() as i64
        } else {
            1_000
        };
        down
    }
}

/// The next of 1, 2, 4, 5, 8 × 10^n that is not below: axis labels stay short.
fn round_up(amount: Decimal) -> Decimal {
    if amount.is_zero() {
        return Decimal::ONE;
    }
    let mut power = -12;
    loop {
        for step in [1, 2, 4, 5, 8] {
            let candidate = Decimal::new(step, power);
            if candidate >= amount {
                return candidate;
            }
        }
        power += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(from: Option<&str>, input: &str, output: &str) -> DatedRates {
        let price = |text: &str| text.parse().map_or(Price::Unknown, Price::Known);
        DatedRates {
            from: from.map(|from| from.parse().unwrap()),
            previous_seen: None,
            rates: [(Item::Input, price(input)), (Item::Output, price(output))]
                .into_iter()
                .collect(),
            source: None,
        }
    }

    #[test]
    fn a_price_cut_is_one_step_down() {
        let history = [entry(Some("2025-04-16"), "10", "40"), entry(Some("2025-06-10"), "2", "8")];
        let steps = Steps::new(&history, "2025-08-04".parse().unwrap()).unwrap();
        assert_eq!(steps.changes(), 1);
        assert_eq!(steps.top, Decimal::new(40, 0));
        assert_eq!(steps.line(|step| step.output), [[(0, 0), (500, 0), (500, 800), (1_000, 800)]]);
        assert_eq!(
            steps.line(|step| step.input),
            [[(0, 750), (500, 750), (500, 950), (1_000, 950)]]
        );
    }

    #[test]
    fn an_unknown_price_is_a_gap_and_not_zero() {
        let history = [
            entry(Some("2025-01-01"), "1", "2"),
            entry(Some("2025-01-11"), "?", "2"),
            entry(Some("2025-01-21"), "1", "2"),
        ];
        let steps = Steps::new(&history, "2025-01-31".parse().unwrap()).unwrap();
        let line = steps.line(|step| step.input);
        assert_eq!(line.len(), 2);
        assert_eq!(line[0], [(0, 500), (333, 500)]);
        assert_eq!(Steps::new(&[entry(None, "?", "?")], "2025-01-31".parse().unwrap()), None);
    }

    #[test]
    fn repeated_prices_are_no_change_and_the_future_extends_the_axis() {
        let history = [
            entry(None, "1", "2"),
            entry(Some("2025-01-11"), "1", "2"),
            entry(Some("2027-01-01"), "2", "2"),
        ];
        let steps = Steps::new(&history, "2025-06-01".parse().unwrap()).unwrap();
        assert_eq!(steps.changes(), 0);
        assert_eq!(steps.current().unwrap().input, Price::Known(Decimal::ONE));
        assert_eq!(steps.announced().unwrap().from.unwrap().to_string(), "2027-01-01");
        assert_eq!(steps.end.to_string(), "2027-01-01");
    }

    #[test]
    fn the_axis_ends_at_a_round_number() {
        for (highest, top) in
            [("0.6", "0.8"), ("0.15", "0.2"), ("80", "80"), ("15", "20"), ("0.000001", "0.000001")]
        {
            assert_eq!(round_up(highest.parse().unwrap()), top.parse().unwrap());
        }
    }
}
