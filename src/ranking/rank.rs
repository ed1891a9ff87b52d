//! Rankings: models in order of one measurement, or of several by weight.

use std::fmt;

use super::standings::Better;
use super::{Filter, Population, Standing, Standings};
use crate::catalog::{Catalog, Gather, order, phrase};

/// What models are ranked by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Criterion {
    /// Mean of input and output price; cheaper is better.
    Price,
    /// Throughput, else duration.
    Speed,
    /// Accuracy over benchmarks, else a published index.
    Ability,
    /// Context length.
    Context,
    /// Release date; later is better.
    Released,
    /// Success rates over benchmarks.
    Reliability,
    /// Accuracy in the benchmark of this name.
    Benchmark(String),
}

/// The names of the criteria that every catalog has.
const NAMES: [(&str, Criterion); 6] = [
    ("price", Criterion::Price),
    ("speed", Criterion::Speed),
    ("ability", Criterion::Ability),
    ("context", Criterion::Context),
    ("released", Criterion::Released),
    ("reliability", Criterion::Reliability),
];

impl Criterion {
    /// The criterion of this name: one of the fixed ones, else a benchmark.
    pub fn of_name(name: &str, standings: &Standings) -> Result<Self, RankError> {
        if let Some((_, criterion)) = NAMES.iter().find(|(known, _)| *known == name) {
            return Ok(criterion.clone());
        }
        if standings.has_benchmark(name) {
            return Ok(Self::Benchmark(name.to_owned()));
        }
        Err(RankError::UnknownCriterion { name: name.to_owned() })
    }

    /// The name.
    pub fn name(&self) -> &str {
        match self {
            Self::Benchmark(name) => name,
            other => NAMES.iter().find(|(_, known)| known == other).map_or("", |(name, _)| *name),
        }
    }

    fn standing(&self, standings: &Standings, index: usize) -> Option<Standing> {
        match self {
            Self::Price => standings.price(index),
            Self::Speed => standings.speed(index),
            Self::Ability => standings.ability(index),
            Self::Context => standings.context(index),
            Self::Released => standings.released(index),
            Self::Reliability => standings.reliability(index),
            Self::Benchmark(name) => standings.accuracy(index, name),
        }
    }
}

/// A ranking: who has a place in it, and who lacks what.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ranking {
    /// The models with every measurement, best first.
    pub ranked: Vec<Ranked>,
    /// The others, in the catalog's order. Nothing is imputed for them.
    pub lacking: Vec<Lacking>,
}

/// A model's place in a ranking.
#[derive(Clone, Debug, PartialEq)]
pub struct Ranked {
    /// The model's place in the catalog.
    pub index: usize,
    /// The weighted mean of its parts' positions, 0–100.
    pub score: f64,
    /// What the score is made of.
    pub parts: Vec<Part>,
}

/// One criterion's part of a score.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// The criterion's name.
    pub criterion: String,
    /// The measured value.
    pub value: f64,
    /// Where the value stands among the models that take part and are measured
    /// alike, 0–100.
    pub position: f64,
    /// The weight, as a share of all weights.
    pub weight: f64,
}

/// A model without a place in a ranking.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lacking {
    /// The model's place in the catalog.
    pub index: usize,
    /// The criteria in which it has no measurement.
    pub missing: Vec<String>,
}

/// Why models cannot be ranked as asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RankError {
    /// Neither a fixed criterion nor a benchmark of the catalog.
    UnknownCriterion {
        /// The name asked for.
        name: String,
    },
    /// No criterion has a weight above zero.
    NoWeight,
    /// A weight that is not between 0 and 1.
    BadWeight {
        /// The criterion with that weight.
        name: String,
    },
}

impl RankError {
    /// A stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::UnknownCriterion { .. } => "rank-unknown-criterion",
            Self::NoWeight => "rank-no-weight",
            Self::BadWeight { .. } => "rank-bad-weight",
        }
    }
}

impl RankError {
    /// What is wrong, and what to state.
    pub fn words(&self) -> String {
        let words = match self {
            Self::UnknownCriterion { name } => {
                phrase("There is nothing called \"").and(name).and(
                    "\" to rank by. Use price, speed, ability, context, released, reliability, or the name of a benchmark of the catalog.",
                )
            }
            Self::NoWeight => phrase("Give at least one criterion a weight above 0."),
            Self::BadWeight { name } => {
                phrase("The weight of \"").and(name).and("\" must be a number from 0 to 1.")
            }
        };
        words.text()
    }
}

impl fmt::Display for RankError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words())
    }
}

impl std::error::Error for RankError {}

/// Ranks the models that pass the filter by weighted criteria. Positions are
/// taken among those models, however few: they order, and rate nothing.
pub fn rank(
    catalog: &Catalog,
    standings: &Standings,
    weights: &[(Criterion, f64)],
    filter: &Filter,
) -> Result<Ranking, RankError> {
    if let Some((criterion, _)) = weights.iter().find(|(_, weight)| !(0.0..=1.0).contains(weight)) {
        return Err(RankError::BadWeight { name: criterion.name().to_owned() });
    }
    let weights: Vec<&(Criterion, f64)> =
        weights.iter().filter(|(_, weight)| *weight > 0.0).gather();
    let total: f64 = weights.iter().map(|(_, weight)| weight).sum();
    if weights.is_empty() {
        return Err(RankError::NoWeight);
    }
    let taking_part: Vec<usize> = catalog
        .models
        .iter()
        .enumerate()
        .filter(|(_, model)| filter.passes(model))
        .map(|(index, _)| index)
        .gather();
    // For each criterion, every model's value and its position.
    let columns: Vec<Vec<Option<(f64, f64)>>> =
        weights.iter().map(|(criterion, _)| positions(criterion, standings, &taking_part)).gather();
    let mut ranking = Ranking::default();
    for (row, index) in taking_part.iter().enumerate() {
        let mut parts = Vec::new();
        let mut missing = Vec::new();
        for ((criterion, weight), column) in weights.iter().zip(&columns) {
            let name = criterion.name().to_owned();
            match column.get(row).copied().flatten() {
                Some((value, position)) => {
                    parts.push(Part { criterion: name, value, position, weight: weight / total });
                }
                None => missing.push(name),
            }
        }
        if missing.is_empty() {
            let score = parts.iter().map(|part| part.position * part.weight).sum();
            ranking.ranked.push(Ranked { index: *index, score, parts });
        } else {
            ranking.lacking.push(Lacking { index: *index, missing });
        }
    }
    // Stable: equal scores keep the catalog's order.
    let scores: Vec<f64> = ranking.ranked.iter().map(|ranked| ranked.score).gather();
    let score = |place: usize| scores.get(place).copied().unwrap_or_default();
    let places = order(scores.len(), &mut |a, b| score(b).total_cmp(&score(a)));
    ranking.ranked =
        places.into_iter().filter_map(|place| ranking.ranked.get(place).cloned()).gather();
    Ok(ranking)
}

fn positions(
    criterion: &Criterion,
    standings: &Standings,
    indices: &[usize],
) -> Vec<Option<(f64, f64)>> {
    let found: Vec<Option<Standing>> =
        indices.iter().map(|index| criterion.standing(standings, *index)).gather();
    // Values measured by different means are not comparable: each has a
    // population of its own.
    let kind = |standing: &Standing| std::mem::discriminant(&standing.basis);
    let mut populations = Vec::new();
    for standing in found.iter().flatten() {
        if !populations.iter().any(|(known, _)| *known == kind(standing)) {
            let better = match standing.basis {
                super::Basis::Price | super::Basis::Duration => Better::Lower,
                _ => Better::Higher,
            };
            let alike = found.iter().flatten().filter(|other| kind(other) == kind(standing));
            let population = Population::new(alike.map(|other| other.value).gather(), better);
            populations.push((kind(standing), population));
        }
    }
    found
        .into_iter()
        .map(|standing| {
            let standing = standing?;
            let (_, population) =
                populations.iter().find(|(known, _)| *known == kind(&standing))?;
            Some((standing.value, population.position(standing.value)))
        })
        .gather()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::{Decimal, Item, Model, Price};

    fn model(id: &str, dollars: Option<i128>, context: Option<u64>) -> Model {
        let mut model = Model { id: id.into(), context_length: context, ..Model::default() };
        if let Some(dollars) = dollars {
            let price = Price::Known(Decimal::new(dollars, 0));
            model.prices.rates =
                [(Item::Input, price), (Item::Output, price)].into_iter().collect();
        }
        model
    }

    fn catalog() -> Catalog {
        Catalog {
            models: vec![
                model("a/dear", Some(10), Some(1_000)),
                model("a/cheap", Some(1), Some(100)),
                model("b/unpriced", None, Some(500)),
                model("b/middle", Some(5), None),
            ],
            ..Catalog::default()
        }
    }

    fn order(weights: &[(Criterion, f64)], filter: &Filter) -> (Vec<usize>, Vec<usize>) {
        let catalog = catalog();
        let ranking = rank(&catalog, &Standings::new(&catalog), weights, filter).unwrap();
        (
            ranking.ranked.iter().map(|ranked| ranked.index).collect(),
            ranking.lacking.iter().map(|lacking| lacking.index).collect(),
        )
    }

    #[test]
    fn the_cheapest_is_first_and_the_unpriced_has_no_place() {
        let all = Filter::default();
        assert_eq!(order(&[(Criterion::Price, 1.0)], &all), (vec![1, 3, 0], vec![2]));
        assert_eq!(order(&[(Criterion::Context, 1.0)], &all), (vec![0, 2, 1], vec![3]));
    }

    #[test]
    fn weights_decide_and_every_lack_is_named() {
        let catalog = catalog();
        let weights = [(Criterion::Price, 0.25), (Criterion::Context, 0.75)];
        let ranking =
            rank(&catalog, &Standings::new(&catalog), &weights, &Filter::default()).unwrap();
        let first = &ranking.ranked[0];
        assert_eq!(first.index, 0);
        assert!((first.score - 75.0).abs() < 1e-9); // 0 × 0.25 + 100 × 0.75
        assert_eq!(ranking.lacking[0], Lacking { index: 2, missing: vec!["price".into()] });
        assert_eq!(ranking.lacking[1], Lacking { index: 3, missing: vec!["context".into()] });
    }

    #[test]
    fn a_filter_takes_only_what_is_known_to_pass() {
        let at_most =
            |dollars| Filter { max_price: Some(Decimal::new(dollars, 0)), ..Filter::default() };
        assert_eq!(order(&[(Criterion::Price, 1.0)], &at_most(5)), (vec![1, 3], vec![]));
        let author = Filter { author: Some("b".into()), ..Filter::default() };
        assert_eq!(order(&[(Criterion::Price, 1.0)], &author), (vec![3], vec![2]));
        let least = Filter { min_context: Some(500), ..Filter::default() };
        assert_eq!(order(&[(Criterion::Context, 1.0)], &least), (vec![0, 2], vec![]));
        let text = Filter { text: Some("CHEAP".into()), ..Filter::default() };
        assert_eq!(order(&[(Criterion::Price, 1.0)], &text), (vec![1], vec![]));
    }

    #[test]
    fn says_what_cannot_be_ranked_by() {
        let catalog = catalog();
        let standings = Standings::new(&catalog);
        let error = Criterion::of_name("beauty", &standings).unwrap_err();
        assert_eq!(error.code(), "rank-unknown-criterion");
        assert!(error.to_string().contains("\"beauty\""));
        let ask =
            |weight| rank(&catalog, &standings, &[(Criterion::Price, weight)], &Filter::default());
        assert_eq!(ask(0.0), Err(RankError::NoWeight));
        assert_eq!(ask(1.5).unwrap_err().code(), "rank-bad-weight");
        assert_eq!(ask(f64::NAN).unwrap_err().code(), "rank-bad-weight");
    }
}
