//! The performance summary: sentences that say what the figures say, and nothing
//! that they do not.

use super::levels::LEVELS;
use super::words::{and_list, one_decimal, ordinal};
use super::{Basis, CostTier, MIN_POPULATION, Rated, Shown, Standings, percentiles, shown_rating};
use crate::catalog::{
    BenchmarkResult, Catalog, ClaimKind, Model, Percentiles, Words, order, phrase, plain_text,
};

/// The sentences for the model at this place; none where nothing is known.
pub fn summary(catalog: &Catalog, standings: &Standings, index: usize) -> Vec<String> {
    let Some(model) = catalog.models.get(index) else { return Vec::new() };
    let mut sentences = Vec::new();
    let mut say = |sentence: Option<Words>| sentences.extend(sentence.map(Words::text));
    say(standing_sentence(catalog, standings, index));
    say(extremes(catalog, standings, index, model));
    say(placed(standings, index, model));
    say(as_published(model));
    sentences
}

/// A sentence of a list; none where that is empty.
#[inline(never)]
fn sentence(before: &str, parts: Vec<Words>) -> Option<Words> {
    if parts.is_empty() { None } else { Some(phrase(before).and(and_list(parts)).and(".")) }
}

/// Which of the figures told are another's, and not computed here.
fn as_published(model: &Model) -> Option<Words> {
    let published = model.published.as_ref()?;
    let given = published.percentiles.unwrap_or_default();
    let mut told = Vec::new();
    for (name, given) in [
        ("speed", given.speed),
        ("price", given.price),
        ("ability", given.ability),
        ("reliability", given.reliability),
    ] {
        if given.is_some() {
            told.push(phrase(name));
        }
    }
    let told_of = comparable(model);
    let claims = published
        .claims
        .iter()
        .any(|claim| told_of.iter().any(|(result, _)| result.benchmark == claim.benchmark));
    if claims {
        told.push(phrase("what is called the most accurate"));
    }
    sentence("As published: ", told)
}

/// Speed, price, ability and reliability, by their percentiles.
fn standing_sentence(catalog: &Catalog, standings: &Standings, index: usize) -> Option<Words> {
    // A published percentile or index does not say what it was measured by.
    let by_accuracy = standings
        .ability(index)
        .is_some_and(|standing| matches!(standing.basis, Basis::Accuracies(_)))
        && given(catalog, index).ability.is_none();
    let mut clauses = Vec::new();
    for (label, percentile, _) in percentiles(catalog, standings, index) {
        let label = if label == "Ability" && by_accuracy { "Accuracy" } else { label };
        let level = usize::from(super::stars(percentile)).saturating_sub(1);
        let said = LEVELS.iter().find(|(known, _)| *known == label);
        let said = said.and_then(|(_, levels)| levels.get(level)).copied().unwrap_or_default();
        // The unit once is enough.
        let unit = if clauses.is_empty() { " percentile)" } else { ")" };
        clauses.push(phrase(said).and(" (").and(ordinal(percentile)).and(unit));
    }
    let text = sentence("", clauses)?.text();
    let mut characters = text.chars();
    let first = characters.next()?;
    Some(phrase(first.to_ascii_uppercase()).and(characters.as_str()))
}

/// The percentiles that the model at this place has from its source.
fn given(catalog: &Catalog, index: usize) -> Percentiles {
    let published = catalog.models.get(index).and_then(|model| model.published.as_ref());
    published.and_then(|published| published.percentiles).unwrap_or_default()
}

/// The best and the weakest result, among results that can be compared: of one
/// source and one category, in several benchmarks.
fn extremes(
    catalog: &Catalog,
    standings: &Standings,
    index: usize,
    model: &Model,
) -> Option<Words> {
    let results = comparable(model);
    let accuracy = |place: usize| results.get(place).map_or(0.0, |(_, accuracy)| *accuracy);
    let places = order(results.len(), &mut |a, b| accuracy(b).total_cmp(&accuracy(a)));
    let named = if places.len() > 3 { 2 } else { 1 };
    let (mut best, mut claimed) = (Vec::new(), Vec::new());
    let mut extremes: Option<(f64, f64, &BenchmarkResult)> = None;
    for (at, place) in places.into_iter().enumerate() {
        let Some((result, accuracy)) = results.get(place).copied() else { continue };
        let highest = extremes.map_or(accuracy, |(highest, _, _)| highest);
        extremes = Some((highest, accuracy, result));
        let claims = claims(catalog, standings, index, model, &result.benchmark);
        let said = measured(result, accuracy);
        match claims {
            _ if at < named => best.push(if claims.is_empty() {
                said.and(")")
            } else {
                said.and(", ").and(claims).and(")")
            }),
            "" => {}
            claims => claimed.push(said.and(") it is ").and(claims)),
        }
    }
    let (highest, lowest, weakest) = extremes?;
    let mut words = phrase("Strongest in ").and(and_list(best));
    if !claimed.is_empty() {
        words = words.and("; in ").and(and_list(claimed));
    }
    // Where all are equal, none is the weakest.
    if lowest < highest {
        words = words.and("; weakest in ").and(measured(weakest, lowest)).and(")");
    }
    Some(words.and("."))
}

/// A result, and its figure in a parenthesis that is still open.
#[inline(never)]
fn measured(result: &BenchmarkResult, accuracy: f64) -> Words {
    phrase(plain_text(&result.benchmark)).and(" (").and(one_decimal(accuracy)).and("%")
}

/// The largest group of a model's results with the same source and category and
/// different benchmarks; nothing for fewer than three.
fn comparable(model: &Model) -> Vec<(&BenchmarkResult, f64)> {
    let mut largest: Vec<(&BenchmarkResult, f64)> = Vec::new();
    for first in &model.benchmarks {
        let mut group: Vec<(&BenchmarkResult, f64)> = Vec::new();
        for result in &model.benchmarks {
            let alike = result.source == first.source && result.category == first.category;
            let new = group.iter().all(|(other, _)| other.benchmark != result.benchmark);
            if let Some(accuracy) = result.accuracy.filter(|_| alike && new) {
                group.push((result, accuracy));
            }
        }
        if group.len() > largest.len() {
            largest = group;
        }
    }
    if largest.len() < 3 { Vec::new() } else { largest }
}

/// What is claimed of a benchmark result, as published, else as computed; blank where
/// nothing is.
fn claims(
    catalog: &Catalog,
    standings: &Standings,
    index: usize,
    model: &Model,
    benchmark: &str,
) -> &'static str {
    let published = model.published.as_ref().map_or(&[][..], |published| &published.claims);
    // A source that makes claims is told alone, so that none of ours passes for its.
    let holds = |kind: ClaimKind| {
        if published.is_empty() {
            most_accurate(catalog, standings, index, benchmark, kind)
        } else {
            published.iter().any(|claim| claim.benchmark == benchmark && claim.claim == kind)
        }
    };
    match (holds(ClaimKind::MostAccurateAtPrice), holds(ClaimKind::MostAccurateAtSpeed)) {
        (true, true) => "the most accurate at its price point and among models of similar speed",
        (true, false) => "the most accurate at its price point",
        (false, true) => "the most accurate among models of similar speed",
        (false, false) => "",
    }
}

/// Whether the model is more accurate than every other one of its cost tier, or
/// of its speed stars, among at least five that have run the benchmark.
fn most_accurate(
    catalog: &Catalog,
    standings: &Standings,
    index: usize,
    benchmark: &str,
    kind: ClaimKind,
) -> bool {
    let group = |at: usize| match kind {
        ClaimKind::MostAccurateAtPrice => {
            CostTier::of(&catalog.models.get(at)?.prices).map(|tier| tier as u8)
        }
        ClaimKind::MostAccurateAtSpeed => {
            match shown_rating(catalog, standings, at, Rated::Speed) {
                Some(Shown::Stars(stars)) => Some(stars),
                _ => None,
            }
        }
    };
    let Some(own_group) = group(index) else { return false };
    let mut others = 0;
    let mut own = None;
    let mut best_other = f64::NEG_INFINITY;
    for (at, accuracy) in standings.accuracies(benchmark) {
        if at == index {
            own = Some(accuracy);
        } else if group(at) == Some(own_group) {
            others += 1;
            best_other = best_other.max(accuracy);
        }
    }
    own.is_some_and(|own| own > best_other) && others + 1 >= MIN_POPULATION
}

/// Where results stand among the other models' in the same benchmark.
fn placed(standings: &Standings, index: usize, model: &Model) -> Option<Words> {
    let mut seen: Vec<&str> = Vec::new();
    let mut clauses = Vec::new();
    for result in &model.benchmarks {
        if seen.contains(&result.benchmark.as_str()) {
            continue;
        }
        seen.push(&result.benchmark);
        let Some(standing) = standings.accuracy(index, &result.benchmark) else { continue };
        if standing.percentile.is_none() {
            continue;
        }
        clauses.push(
            measured(result, standing.value)
                .and(", rank ")
                .and(standing.rank)
                .and(" of ")
                .and(standing.n)
                .and(")"),
        );
    }
    sentence("Measured in ", clauses)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::{Claim, Published};

    fn result(benchmark: &str, accuracy: f64) -> BenchmarkResult {
        BenchmarkResult {
            benchmark: benchmark.into(),
            category: Some("Baseline".into()),
            accuracy: Some(accuracy),
            ..BenchmarkResult::default()
        }
    }

    fn told(models: Vec<Model>) -> Vec<String> {
        let catalog = Catalog { models, ..Catalog::default() };
        summary(&catalog, &Standings::new(&catalog), 0)
    }

    #[test]
    fn published_figures_and_claims_are_told() {
        let claim = |benchmark: &str, claim| Claim { benchmark: benchmark.into(), claim };
        let model = Model {
            benchmarks: vec![
                result("Ethics", 100.0),
                result("General Knowledge", 99.0),
                result("Coding", 87.0),
                result("Reasoning", 56.0),
            ],
            published: Some(Published {
                percentiles: Some(Percentiles {
                    speed: Some(78.0),
                    price: Some(73.0),
                    ability: None,
                    reliability: Some(100.0),
                }),
                claims: vec![
                    claim("Ethics", ClaimKind::MostAccurateAtPrice),
                    claim("Ethics", ClaimKind::MostAccurateAtSpeed),
                    claim("Coding", ClaimKind::MostAccurateAtSpeed),
                ],
                ..Published::default()
            }),
            ..Model::default()
        };
        assert_eq!(
            told(vec![model]),
            [
                "Faster than most models (78th percentile), priced below most (73rd) and among the most reliable (100th).",
                "Strongest in Ethics (100%, the most accurate at its price point and among models of similar speed) and General Knowledge (99%); in Coding (87%) it is the most accurate among models of similar speed; weakest in Reasoning (56%).",
                "As published: speed, price, reliability and what is called the most accurate.",
            ]
        );
    }

    #[test]
    fn nothing_known_nothing_said() {
        assert_eq!(told(vec![Model::default()]), Vec::<String>::new());
        let two =
            Model { benchmarks: vec![result("a", 1.0), result("b", 2.0)], ..Model::default() };
        assert_eq!(told(vec![two]), Vec::<String>::new(), "two results are no profile");
    }

    #[test]
    fn where_all_are_equal_none_is_the_weakest() {
        let model = Model {
            benchmarks: ["a", "b", "c"].map(|name| result(name, 100.0)).to_vec(),
            ..Model::default()
        };
        assert_eq!(told(vec![model]), ["Strongest in a (100%)."]);
    }

    #[test]
    fn an_index_is_not_told_as_accuracy() {
        let models = (0..5).map(|at| Model {
            published: Some(Published {
                ability_index: Some(f64::from(9 - at)),
                ..Published::default()
            }),
            ..Model::default()
        });
        assert_eq!(told(models.collect()), ["Rated among the most able (100th percentile)."]);
    }

    #[test]
    fn computed_claims_need_five_models_and_a_strict_lead() {
        let priced = |accuracy: f64| {
            let price = crate::catalog::Price::Known(crate::catalog::Decimal::ONE);
            let items = [crate::catalog::Item::Input, crate::catalog::Item::Output];
            let mut model = Model {
                benchmarks: ["a", "b", "c"].map(|name| result(name, accuracy)).to_vec(),
                ..Model::default()
            };
            model.prices.rates = items.map(|item| (item, price)).into_iter().collect();
            model
        };
        let best = |others: usize, other: f64| {
            let mut models = vec![priced(90.0)];
            models.extend((0..others).map(|_| priced(other)));
            told(models).join(" ").contains("the most accurate at its price point")
        };
        assert!(best(4, 80.0));
        assert!(!best(3, 80.0));
        assert!(!best(4, 90.0));
    }

    #[test]
    fn results_are_placed_among_the_models_that_ran_the_same() {
        let models = (0..6)
            .map(|at| Model {
                benchmarks: vec![result("x", 100.0 - f64::from(at))],
                ..Model::default()
            })
            .collect();
        let text = told(models).join(" ");
        assert!(text.contains("Measured in x (100%, rank 1 of 6)."), "{text}");
    }
}
