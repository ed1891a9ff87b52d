//! A plot of two measures of some models: where each point lies, and which models
//! another one dominates.

use crate::catalog::{Decimal, Found, Gather, Words, phrase, short_tokens, shown_name};
use crate::cost::{Moment, Workload};
use crate::platform::intl::Language;
use crate::platform::library::Library;
use crate::ranking::{Basis, Better, dominators, mean_price};

/// What an axis shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Axis {
    /// What the reader's workload costs in a month.
    Workload,
    /// The mean of input and output price.
    Price,
    /// The mean of accuracy percentiles, else a published index.
    Ability,
    /// Throughput, else duration.
    Speed,
    /// Context length.
    Context,
    /// Release date.
    Released,
    /// Accuracy in a benchmark.
    Benchmark(String),
}

/// The axes that every catalog has: name, words, axis.
const AXES: [(&str, &str, Axis); 6] = [
    ("workload", "Cost of the workload, a month", Axis::Workload),
    ("price", "Mean price of 1M tokens", Axis::Price),
    ("ability", "Ability, percentile", Axis::Ability),
    ("speed", "Speed, tokens a second", Axis::Speed),
    ("context", "Context, tokens", Axis::Context),
    ("released", "Released", Axis::Released),
];

impl Axis {
    /// The axis of this name; any other name is a benchmark's.
    pub fn of_name(name: &str) -> Self {
        AXES.iter()
            .find(|(known, ..)| *known == name)
            .map_or_else(|| Self::Benchmark(name.to_owned()), |(_, _, axis)| axis.clone())
    }

    /// The names and words of the axes to choose from: with the benchmarks that any
    /// of the models has run.
    pub fn choices(found: &[Found<'_>]) -> Vec<(String, String)> {
        let mut choices: Vec<(String, String)> =
            AXES.iter().map(|(name, words, _)| ((*name).to_owned(), (*words).to_owned())).gather();
        for found in found {
            for result in &found.model.benchmarks {
                let is_known = choices.iter().any(|(name, _)| *name == result.benchmark);
                if result.accuracy.is_some() && !is_known {
                    choices.push((
                        result.benchmark.clone(),
                        phrase(&result.benchmark).and(", %").text(),
                    ));
                }
            }
        }
        choices
    }

    /// What the axis shows, in words.
    pub fn label(&self) -> String {
        match self {
            Self::Benchmark(name) => phrase(name).and(", %").text(),
            _ => AXES
                .iter()
                .find(|(_, _, axis)| axis == self)
                .map_or_else(String::new, |(_, words, _)| (*words).to_owned()),
        }
    }

    fn better(&self) -> Better {
        match self {
            Self::Workload | Self::Price => Better::Lower,
            _ => Better::Higher,
        }
    }

    /// Amounts and lengths spread over orders of magnitude.
    fn is_logarithmic(&self) -> bool {
        matches!(self, Self::Workload | Self::Price | Self::Context)
    }

    /// A model's value. A lower bound of a cost, or one in another currency than
    /// dollars, is none.
    fn value(&self, library: &Library, found: &Found<'_>, costs: &Costs<'_>) -> Option<f64> {
        let standings = &library.standings;
        let index = library.place(found.model)?;
        match self {
            Self::Workload => {
                let cost = costs.workload.estimate(&found.offer(), costs.now);
                let known = !cost.incomplete && cost.per_request.currency == "USD";
                cost.month.filter(|_| known).map(Decimal::to_f64)
            }
            Self::Price => Some(mean_price(found.offer().prices)?.to_f64()),
            Self::Ability => {
                let standing = standings.ability(index)?;
                matches!(standing.basis, Basis::Accuracies(_)).then_some(standing.value)
            }
            Self::Speed => {
                let standing = standings.speed(index)?;
                matches!(standing.basis, Basis::Throughput).then_some(standing.value)
            }
            Self::Context => standings.context(index).map(|standing| standing.value),
            Self::Released => standings.released(index).map(|standing| standing.value),
            Self::Benchmark(name) => standings.accuracy(index, name).map(|standing| standing.value),
        }
    }

    /// The ends of the 95% interval of a share of right answers, where the source says
    /// how many there were; by Wilson's score, which stays within 0–100.
    #[allow(clippy::cast_precision_loss)] // a count of tasks
    fn interval(&self, found: &Found<'_>, value: f64) -> Option<(f64, f64, u64)> {
        const Z: f64 = 1.959_964;
        let Self::Benchmark(name) = self else { return None };
        let is_run = |accuracy: Option<f64>| accuracy.is_some_and(|run| (run - value).abs() < 1e-9);
        let runs = found.model.benchmarks.iter();
        let mut runs = runs.filter(|run| run.benchmark == *name && is_run(run.accuracy));
        let count = runs.next()?.executions.filter(|count| *count > 0)?;
        let (n, share) = (count as f64, (value / 100.0).clamp(0.0, 1.0));
        let middle = (share + Z * Z / (2.0 * n)) / (1.0 + Z * Z / n);
        let half =
            Z / (1.0 + Z * Z / n) * (share * (1.0 - share) / n + Z * Z / (4.0 * n * n)).sqrt();
        Some((100.0 * (middle - half), 100.0 * (middle + half), count))
    }

    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // counts and days
    fn text(&self, value: f64, language: &Language) -> Words {
        match self {
            Self::Workload | Self::Price => language.dollars(value),
            Self::Context => phrase(short_tokens(value.max(0.0) as u64)),
            Self::Released => {
                let day = crate::catalog::Date::from_unix_seconds((value * 86_400.0) as i64);
                day.map_or_else(|| phrase(""), |day| language.date(day))
            }
            _ => language.measure(value),
        }
    }
}

struct Costs<'a> {
    workload: &'a Workload,
    now: &'a Moment,
}

/// A model's point.
pub struct Point {
    /// The place of the model among those compared.
    pub place: usize,
    /// Its name.
    pub name: String,
    /// Where it lies, in percent (0–100) from the left.
    pub left: f64,
    /// Where it lies, in percent (0–100) from the top.
    pub top: f64,
    /// Its value across, in words.
    pub across: Words,
    /// Its value up, in words.
    pub up: Words,
    /// The name of a model that is at least as good in both, and better in one.
    pub dominated_by: Option<String>,
    /// How far the value up may be off, as the ends of a bar in percent from the top,
    /// and in words.
    pub spread: Option<(f64, f64, Words)>,
}

/// A plot.
pub struct Plot {
    /// The points, in the order of the models.
    pub points: Vec<Point>,
    /// The models without a value on one of the axes, and what they lack.
    pub lacking: Vec<(String, String)>,
    /// The places in `points` that no other dominates, from the left to the right.
    pub frontier: Vec<usize>,
    /// What the axes are called: across, and up.
    pub labels: (String, String),
    /// The ends of the axis across, in words.
    pub across: [Words; 2],
    /// The ends of the axis up, in words.
    pub up: [Words; 2],
}

impl Plot {
    /// The plot of these models.
    pub fn of(
        library: &Library,
        found: &[Found<'_>],
        axes: (&str, &str),
        workload: &Workload,
        now: &Moment,
        language: &Language,
    ) -> Self {
        let (across, up) = (Axis::of_name(axes.0), Axis::of_name(axes.1));
        let costs = Costs { workload, now };
        let mut points: Vec<Point> = Vec::new();
        let mut lacking = Vec::new();
        let (mut widths, mut heights, mut goodness) = (Vec::new(), Vec::new(), Vec::new());
        let mut intervals = Vec::new();
        for (place, found) in found.iter().enumerate() {
            let name = shown_name(found.model);
            let values = (across.value(library, found, &costs), up.value(library, found, &costs));
            let (Some(x), Some(y)) = values else {
                let missing = match values {
                    (None, None) => phrase(across.label()).and("; ").and(up.label()),
                    (None, _) => phrase(across.label()),
                    _ => phrase(up.label()),
                };
                lacking.push((name, missing.text()));
                continue;
            };
            widths.push(x);
            heights.push(y);
            goodness.push((across.better().goodness(x), up.better().goodness(y)));
            intervals.push(up.interval(found, y));
            points.push(Point {
                place,
                name,
                left: x,
                top: y,
                across: across.text(x, language),
                up: up.text(y, language),
                dominated_by: None,
                spread: None,
            });
        }
        for (low, high, _) in intervals.iter().flatten() {
            heights.push(*low);
            heights.push(*high);
        }
        let x_scale = Scale::new(&widths, across.is_logarithmic());
        let y_scale = Scale::new(&heights, up.is_logarithmic());
        let mut names: Vec<Option<String>> = Vec::new();
        for dominator in dominators(&goodness) {
            names.push(dominator.and_then(|at| points.get(at)).map(|point| point.name.clone()));
        }
        for ((point, interval), by) in points.iter_mut().zip(&intervals).zip(names) {
            point.dominated_by = by;
            // So far the values themselves.
            point.left = x_scale.percent(point.left);
            point.top = 100.0 - y_scale.percent(point.top);
            if let Some((low, high, count)) = *interval {
                let words = phrase(up.text(low, language))
                    .and(" to ")
                    .and(up.text(high, language))
                    .and(" (95%, ")
                    .and(language.count(count))
                    .and(" tasks)");
                let ends = (100.0 - y_scale.percent(high), 100.0 - y_scale.percent(low));
                point.spread = Some((ends.0, ends.1, words));
            }
        }
        let mut frontier: Vec<usize> = Vec::new();
        for (at, point) in points.iter().enumerate() {
            if point.dominated_by.is_none() {
                let left_of =
                    |other: &&usize| points.get(**other).is_some_and(|o| o.left <= point.left);
                let to = frontier.iter().take_while(left_of).count();
                frontier.insert(to, at);
            }
        }
        Self {
            points,
            lacking,
            frontier,
            across: x_scale.ends().map(|end| across.text(end, language)),
            up: y_scale.ends().map(|end| up.text(end, language)),
            labels: (across.label(), up.label()),
        }
    }
}

/// Values to percents. A free model has its place at the start of a logarithmic
/// axis, as far from the next one as a tenth of its price would be.
struct Scale {
    low: f64,
    high: f64,
    is_logarithmic: bool,
}

impl Scale {
    fn new(values: &[f64], is_logarithmic: bool) -> Self {
        let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
        let mut is_any_free = false;
        for value in values {
            if is_logarithmic && *value <= 0.0 {
                is_any_free = true;
            } else {
                low = low.min(*value);
                high = high.max(*value);
            }
        }
        if !low.is_finite() {
            (low, high) = (1.0, 1.0);
        }
        if is_any_free {
            low /= 10.0;
        }
        Self { low, high, is_logarithmic }
    }

    fn percent(&self, value: f64) -> f64 {
        let place = |value: f64| if self.is_logarithmic { value.max(self.low).ln() } else { value };
        let span = place(self.high) - place(self.low);
        if span <= 0.0 {
            return 50.0;
        }
        (100.0 * (place(value) - place(self.low)) / span).clamp(0.0, 100.0)
    }

    fn ends(&self) -> [f64; 2] {
        [self.low, self.high]
    }
}
