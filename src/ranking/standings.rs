//! Where every model of a catalog stands, in every measurement.

use super::Population;
use crate::catalog::{Catalog, Decimal, Gather, Item, Map, Model, RateCard, ascending};

/// Which end of a measurement is the better one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Better {
    /// More is better.
    #[default]
    Higher,
    /// Less is better.
    Lower,
}

impl Better {
    /// The value, turned so that more is better.
    pub fn goodness(self, value: f64) -> f64 {
        match self {
            Self::Higher => value,
            Self::Lower => -value,
        }
    }
}

/// What a standing was measured by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// Median output speed over the model's endpoints, in tokens per second.
    Throughput,
    /// Median duration of an execution over the model's benchmark results, in seconds.
    Duration,
    /// Mean of the model's accuracy percentiles over so many benchmarks.
    Accuracies(usize),
    /// An index of ability that the catalog publishes.
    Index,
    /// Mean of input and output price, in dollars per 1,000,000 tokens.
    Price,
    /// Mean percentile of success rates over so many benchmarks.
    SuccessRates(usize),
    /// Best accuracy in one benchmark, in percent.
    Accuracy,
    /// Context length in tokens.
    Context,
    /// Release day, in days since 1970.
    Released,
}

/// Where one model stands in one measurement.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Standing {
    /// The measured value, in the unit that its basis names.
    pub value: f64,
    /// The percentile (0–100); `None` where too few models have a known value.
    pub percentile: Option<f64>,
    /// The rank: 1 for the best.
    pub rank: usize,
    /// How many models have a known value.
    pub n: usize,
    /// What it was measured by.
    pub basis: Basis,
}

/// One measurement of all models.
#[derive(Clone, Debug, Default)]
struct Measure {
    values: Vec<Option<f64>>,
    population: Population,
}

impl Measure {
    fn new(values: Vec<Option<f64>>, better: Better) -> Self {
        let population = Population::new(values.iter().flatten().copied().gather(), better);
        Self { values, population }
    }

    fn value(&self, index: usize) -> Option<f64> {
        self.values.get(index).copied().flatten()
    }

    fn standing(&self, index: usize, basis: Basis) -> Option<Standing> {
        let value = self.value(index)?;
        let percentile = self.population.percentile(value);
        let rank = self.population.rank(value);
        Some(Standing { value, percentile, rank, n: self.population.n(), basis })
    }
}

/// A mean of percentiles over several benchmarks, and over how many.
type Means = Vec<Option<(f64, usize)>>;

/// Where every model of a catalog stands. Indices are places in the catalog.
#[derive(Clone, Debug, Default)]
pub struct Standings {
    throughput: Measure,
    duration: Measure,
    accuracies: Map<Measure>,
    ability: Measure,
    ability_over: Means,
    index: Measure,
    price: Measure,
    reliability: Means,
    reliabilities: Population,
    context: Measure,
    released: Measure,
}

impl Standings {
    /// The standings of a catalog's models.
    pub fn new(catalog: &Catalog) -> Self {
        let models = &catalog.models;
        let each = |value: fn(&Model) -> Option<f64>, better| {
            Measure::new(models.iter().map(value).gather(), better)
        };
        let accuracies = by_benchmark(models, |result| result.accuracy);
        let success_rates = by_benchmark(models, |result| result.success_rate);
        let ability_over = means(&accuracies, models.len());
        let reliability = means(&success_rates, models.len());
        Self {
            throughput: each(throughput, Better::Higher),
            duration: each(duration, Better::Lower),
            ability: Measure::new(
                ability_over.iter().map(|mean| mean.map(|(mean, _)| mean)).gather(),
                Better::Higher,
            ),
            ability_over,
            accuracies,
            index: each(|model| model.published.as_ref()?.ability_index, Better::Higher),
            price: each(|model| Some(mean_price(&model.prices)?.to_f64()), Better::Lower),
            reliabilities: Population::new(
                reliability.iter().flatten().map(|(mean, _)| *mean).gather(),
                Better::Higher,
            ),
            reliability,
            context: each(|model| model.context_length.map(to_f64), Better::Higher),
            released: each(
                |model| model.released.map(|date| date.unix_milliseconds() / 86_400_000.0),
                Better::Higher,
            ),
        }
    }

    /// Speed: by throughput where it is known, else by duration, each among the
    /// models measured alike.
    pub fn speed(&self, index: usize) -> Option<Standing> {
        self.throughput
            .standing(index, Basis::Throughput)
            .or_else(|| self.duration.standing(index, Basis::Duration))
    }

    /// Ability: by the mean of accuracy percentiles, else by a published index.
    pub fn ability(&self, index: usize) -> Option<Standing> {
        let over = self.ability_over.get(index).copied().flatten().map_or(0, |(_, over)| over);
        self.ability
            .standing(index, Basis::Accuracies(over))
            .or_else(|| self.index.standing(index, Basis::Index))
    }

    /// Price: by the mean of input and output price.
    pub fn price(&self, index: usize) -> Option<Standing> {
        self.price.standing(index, Basis::Price)
    }

    /// Reliability: the mean of success-rate percentiles is the percentile.
    pub fn reliability(&self, index: usize) -> Option<Standing> {
        let (mean, over) = self.reliability.get(index).copied().flatten()?;
        Some(Standing {
            value: mean,
            percentile: Some(mean),
            rank: self.reliabilities.rank(mean),
            n: self.reliabilities.n(),
            basis: Basis::SuccessRates(over),
        })
    }

    /// Context length.
    pub fn context(&self, index: usize) -> Option<Standing> {
        self.context.standing(index, Basis::Context)
    }

    /// Release date: later is better.
    pub fn released(&self, index: usize) -> Option<Standing> {
        self.released.standing(index, Basis::Released)
    }

    /// Accuracy in one benchmark.
    pub fn accuracy(&self, index: usize, benchmark: &str) -> Option<Standing> {
        self.accuracies.get(benchmark)?.standing(index, Basis::Accuracy)
    }

    /// Whether any model has a result of this benchmark.
    pub fn has_benchmark(&self, benchmark: &str) -> bool {
        self.accuracies.contains_key(benchmark)
    }

    /// The names of the benchmarks.
    pub fn benchmarks(&self) -> impl Iterator<Item = &str> {
        self.accuracies.iter().map(|(name, _)| name)
    }

    /// The models with a known accuracy in a benchmark, and that accuracy.
    pub fn accuracies<'a>(
        &'a self,
        benchmark: &str,
    ) -> impl Iterator<Item = (usize, f64)> + use<'a> {
        let values = self.accuracies.get(benchmark).map(|measure| measure.values.as_slice());
        values
            .unwrap_or_default()
            .iter()
            .enumerate()
            .filter_map(|(index, value)| value.map(|value| (index, value)))
    }
}

/// The mean of input and output price per 1,000,000 tokens, in dollars; `None`
/// where one of them is not known, or they are in another currency.
pub fn mean_price(card: &RateCard) -> Option<Decimal> {
    if card.currency() != "USD" {
        return None;
    }
    let sum = card.price(Item::Input).amount()?.checked_add(card.price(Item::Output).amount()?)?;
    sum.checked_mul(Decimal::new(5, -1))
}

#[allow(clippy::cast_precision_loss)] // token counts are far below 2^53
fn to_f64(count: u64) -> f64 {
    count as f64
}

fn throughput(model: &Model) -> Option<f64> {
    median(model.endpoints.iter().filter_map(|endpoint| endpoint.throughput?.p50).gather())
}

fn duration(model: &Model) -> Option<f64> {
    median(model.benchmarks.iter().filter_map(|result| result.duration).gather())
}

fn median(values: Vec<f64>) -> Option<f64> {
    let values = ascending(values);
    let upper = *values.get(values.len() / 2)?;
    if !values.len().is_multiple_of(2) {
        return Some(upper);
    }
    let lower = *values.get(values.len() / 2 - 1)?;
    Some(f64::midpoint(lower, upper))
}

/// The best value of each model in each benchmark: where a model has run one
/// several times, its best run counts, as it does on the boards themselves.
fn by_benchmark(
    models: &[Model],
    value: fn(&crate::catalog::BenchmarkResult) -> Option<f64>,
) -> Map<Measure> {
    let mut best: Map<Vec<Option<f64>>> = Map::default();
    for (index, model) in models.iter().enumerate() {
        for result in &model.benchmarks {
            let Some(value) = value(result) else { continue };
            let values = best.get_or_insert_with(&result.benchmark, || vec![None; models.len()]);
            if let Some(kept) = values.and_then(|values| values.get_mut(index)) {
                *kept = Some(kept.map_or(value, |kept| kept.max(value)));
            }
        }
    }
    let mut measures = Map::default();
    for (benchmark, values) in best {
        measures.insert(benchmark, Measure::new(values, Better::Higher));
    }
    measures
}

/// The mean of each model's percentiles over the benchmarks with a population.
#[allow(clippy::cast_precision_loss)] // a count of benchmarks
fn means(benchmarks: &Map<Measure>, models: usize) -> Means {
    let mut sums = vec![(0.0, 0usize); models];
    for measure in benchmarks.values() {
        for (sum, value) in sums.iter_mut().zip(&measure.values) {
            if let Some(percentile) = value.and_then(|value| measure.population.percentile(value)) {
                sum.0 += percentile;
                sum.1 += 1;
            }
        }
    }
    sums.into_iter().map(|(sum, count)| (count > 0).then(|| (sum / count as f64, count))).gather()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::{BenchmarkResult, Endpoint, Price, Published, Quantiles};

    fn catalog(models: Vec<Model>) -> Catalog {
        Catalog { models, ..Catalog::default() }
    }

    fn result(benchmark: &str, accuracy: f64) -> BenchmarkResult {
        BenchmarkResult {
            benchmark: benchmark.into(),
            accuracy: Some(accuracy),
            ..BenchmarkResult::default()
        }
    }

    #[test]
    fn speed_is_throughput_else_duration_each_among_its_own() {
        let fast = |speed: f64| {
            let throughput = Some(Quantiles { p50: Some(speed), ..Quantiles::default() });
            Endpoint { throughput, ..Endpoint::default() }
        };
        let slow = |seconds: f64| Model {
            benchmarks: vec![BenchmarkResult { duration: Some(seconds), ..result("b", 1.0) }],
            ..Model::default()
        };
        let mut models: Vec<Model> = (1..=5).map(|at| slow(f64::from(at))).collect();
        models.push(Model { endpoints: vec![fast(10.0), fast(90.0), fast(30.0)], ..slow(1.0) });
        let standings = Standings::new(&catalog(models));
        let measured = standings.speed(5).unwrap();
        assert_eq!((measured.basis, measured.value), (Basis::Throughput, 30.0));
        assert_eq!(measured.percentile, None, "one model has a throughput");
        let timed = standings.speed(4).unwrap();
        assert_eq!((timed.basis, timed.n, timed.percentile), (Basis::Duration, 6, Some(0.0)));
    }

    #[test]
    fn ability_is_the_mean_over_benchmarks_that_five_have_run() {
        let mut models: Vec<Model> = (0..6)
            .map(|at| Model {
                benchmarks: vec![result("common", f64::from(at)), result("common", 0.0)],
                ..Model::default()
            })
            .collect();
        models[0].benchmarks.push(result("rare", 100.0));
        models.push(Model {
            published: Some(Published { ability_index: Some(50.0), ..Published::default() }),
            ..Model::default()
        });
        models.push(Model::default());
        let standings = Standings::new(&catalog(models));
        let best = standings.ability(5).unwrap();
        assert_eq!((best.basis, best.percentile), (Basis::Accuracies(1), Some(100.0)));
        assert_eq!(standings.ability(0).unwrap().percentile, Some(0.0), "rare does not count");
        assert_eq!(standings.ability(6).unwrap().basis, Basis::Index);
        assert_eq!(standings.ability(6).unwrap().percentile, None);
        assert_eq!(standings.ability(7), None, "nothing is imputed");
    }

    #[test]
    fn reliability_is_the_mean_percentile_of_success_rates() {
        let run = |benchmark: &str, rate: f64| BenchmarkResult {
            success_rate: Some(rate),
            ..result(benchmark, 1.0)
        };
        let models = (0..5)
            .map(|at| Model {
                benchmarks: vec![
                    run("a", f64::from(at)),
                    run("b", 90.0),
                    run("c", f64::from(100 - at)),
                ],
                ..Model::default()
            })
            .collect();
        let standings = Standings::new(&catalog(models));
        let standing = standings.reliability(1).unwrap();
        assert_eq!(standing.basis, Basis::SuccessRates(3));
        assert_eq!(standing.percentile, Some((25.0 + 50.0 + 75.0) / 3.0));
    }

    #[test]
    fn a_price_that_is_not_known_has_no_mean() {
        let card = |input: Price, output: Price| RateCard {
            rates: [(Item::Input, input), (Item::Output, output)].into_iter().collect(),
            ..RateCard::default()
        };
        let dollar = Price::Known(Decimal::ONE);
        assert_eq!(mean_price(&card(dollar, Price::Free)), Some(Decimal::new(5, -1)));
        assert_eq!(mean_price(&card(Price::Free, Price::Free)), Some(Decimal::ZERO));
        assert_eq!(mean_price(&card(dollar, Price::Unknown)), None);
        assert_eq!(mean_price(&card(dollar, Price::Variable)), None);
        let euros = RateCard { currency: Some("EUR".into()), ..card(dollar, dollar) };
        assert_eq!(mean_price(&euros), None);
    }

    #[test]
    fn the_median_of_an_even_number_is_between_the_middle_two() {
        assert_eq!(median(vec![4.0, 1.0, 3.0, 2.0]), Some(2.5));
        assert_eq!(median(vec![f64::NAN]), None);
    }
}
