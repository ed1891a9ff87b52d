//! Ratings as a card shows them: what the catalog publishes before what is
//! computed, each with how it came about.

use super::standings::Basis;
use super::words::{one_decimal, ordinal};
use super::{CostTier, Explanation, MIN_POPULATION, Standing, Standings, mean_price, stars};
use crate::catalog::{Catalog, Model, Published, Words, counted, phrase};

/// A rating, and how it came about.
#[derive(Clone, Debug, PartialEq)]
pub struct Rating {
    /// What is shown.
    pub shown: Shown,
    /// How it came about.
    pub explanation: Explanation,
}

/// What a rating shows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Shown {
    /// Stars, 1–5.
    Stars(u8),
    /// A cost tier.
    Tier(CostTier),
    /// No rating: not the lowest one.
    Nothing,
}

const STARS: &str =
    "5 stars from the 80th percentile, 4 from the 60th, 3 from the 40th, 2 from the 20th, else 1.";
const PERCENTILE: &str = "Percentile: 100 × (worse models + half of the other ties) ÷ (n − 1).";
const PUBLISHED: &str = "Shown as its source publishes it.";
const TIER: &str = "Mean of input and output price per 1M tokens: $ up to $0.2, $$ up to $0.5, $$$ up to $1, $$$$ up to $2, $$$$$ up to $10, +$$$$$ above.";

/// What is rated in stars.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rated {
    /// Speed.
    Speed,
    /// Ability.
    Ability,
}

/// A rating in stars of the model at this place.
pub fn rating(
    catalog: &Catalog,
    standings: &Standings,
    index: usize,
    rated: Rated,
) -> Option<Rating> {
    let model = catalog.models.get(index)?;
    let standing = standing(standings, index, rated);
    let given = Given::of(model, rated);
    let shown = shown(given.as_ref(), standing);
    Some(Rating { shown, explanation: explanation(given, standing) })
}

/// What such a rating shows, without the words for how it came about: a long table has
/// hundreds of them.
pub fn shown_rating(
    catalog: &Catalog,
    standings: &Standings,
    index: usize,
    rated: Rated,
) -> Option<Shown> {
    let given = Given::of(catalog.models.get(index)?, rated);
    Some(shown(given.as_ref(), standing(standings, index, rated)))
}

fn standing(standings: &Standings, index: usize, rated: Rated) -> Option<Standing> {
    match rated {
        Rated::Speed => standings.speed(index),
        Rated::Ability => standings.ability(index),
    }
}

/// A compiled catalog can hold any number.
#[allow(clippy::trivially_copy_pass_by_ref)] // the signature that `filter` asks for
fn is_rating(stars: &u8) -> bool {
    (1..=5).contains(stars)
}

/// What a source publishes of one rating.
struct Given<'a> {
    stars: Option<u8>,
    percentile: Option<f64>,
    published: &'a Published,
}

impl<'a> Given<'a> {
    /// Of a source that publishes anything of it.
    fn of(model: &'a Model, rated: Rated) -> Option<Self> {
        let published = model.published.as_ref()?;
        let percentiles = published.percentiles.unwrap_or_default();
        let (stars, percentile, unrated) = match rated {
            Rated::Speed => (published.speed_stars, percentiles.speed, published.speed_unrated),
            Rated::Ability => {
                (published.ability_stars, percentiles.ability, published.ability_unrated)
            }
        };
        let stars = stars.filter(is_rating);
        (stars.is_some() || percentile.is_some() || unrated).then_some(Self {
            stars,
            percentile,
            published,
        })
    }
}

fn computed(standing: Option<Standing>) -> Option<u8> {
    standing.and_then(|standing| standing.percentile).map(stars)
}

fn shown(given: Option<&Given<'_>>, standing: Option<Standing>) -> Shown {
    let count = given.map_or_else(
        || computed(standing),
        |given| given.stars.or_else(|| given.percentile.map(stars)),
    );
    count.map_or(Shown::Nothing, Shown::Stars)
}

fn explanation(given: Option<Given<'_>>, standing: Option<Standing>) -> Explanation {
    let Some(given) = given else { return computed_explanation(standing) };
    let beside = match (computed(standing), standing) {
        (Some(count), Some(standing)) => {
            phrase(count).and(" of 5 stars: ").and(said(&standing)).and(".")
        }
        (None, Some(standing)) => too_few(&standing),
        (_, None) => phrase(NO_MEASUREMENT),
    };
    let (value, rule) = if let Some(count) = given.stars {
        (phrase(count).and(" of 5 stars"), PUBLISHED)
    } else if let Some(percentile) = given.percentile {
        (phrase(ordinal(percentile)).and(" percentile, as published"), STARS)
    } else {
        (phrase("not rated"), "The source rates models, and has no rating for this one.")
    };
    published(Some(given.published), value, rule, beside)
}

/// What a source publishes, and what is computed here beside it.
#[inline(never)]
fn published(
    published: Option<&Published>,
    value: Words,
    rule: &str,
    beside: Words,
) -> Explanation {
    Explanation {
        value: Some(value.text()),
        rule: rule.to_owned(),
        population: "the source's own models; it does not say which",
        source: published.and_then(|published| published.source.clone()),
        date: published.and_then(|published| published.date),
        computed_beside: Some(beside.text()),
        ..Explanation::default()
    }
}

const NO_MEASUREMENT: &str = "Nothing: the catalog has no measurement of this.";

fn computed_explanation(standing: Option<Standing>) -> Explanation {
    match (computed(standing), standing) {
        (Some(_), Some(standing)) => Explanation {
            value: Some(said(&standing).text()),
            rule: rule(standing.basis).and(" ").and(STARS).and(" ").and(PERCENTILE).text(),
            ..among(&standing)
        },
        (None, Some(standing)) => {
            Explanation { rule: too_few(&standing).text(), ..among(&standing) }
        }
        (_, None) => unmeasured(),
    }
}

/// The cost tier of a model.
pub fn cost_tier(model: &Model) -> Rating {
    let computed = CostTier::of(&model.prices);
    let mean = mean_price(&model.prices);
    let from_price = match (computed, mean) {
        (Some(tier), Some(mean)) => Some(
            phrase(tier.symbol()).and(": the mean is $").and(mean).and(" per 1M tokens").text(),
        ),
        _ => None,
    };
    let published = model.published.as_ref().and_then(|published| {
        let tier = CostTier::from_symbol(published.cost_tier.as_deref()?)?;
        Some((tier, published))
    });
    if let Some((tier, published)) = published {
        return Rating {
            shown: Shown::Tier(tier),
            explanation: Explanation {
                value: Some(phrase(tier.symbol()).and(", ").and(tier.words()).text()),
                rule: PUBLISHED.to_owned(),
                source: published.source.clone(),
                date: published.date,
                computed_beside: Some(from_price.map_or_else(
                    || "Nothing: input or output price is not known.".to_owned(),
                    |words| phrase(&words).and(". ").and(TIER).text(),
                )),
                ..Explanation::default()
            },
        };
    }
    let explanation = Explanation {
        value: from_price.clone(),
        rule: if from_price.is_some() {
            TIER.to_owned()
        } else {
            "No tier, since input or output price is not known in dollars.".to_owned()
        },
        source: model.prices.source.clone(),
        date: model.prices.date,
        ..Explanation::default()
    };
    Rating { shown: computed.map_or(Shown::Nothing, Shown::Tier), explanation }
}

/// The percentiles of the model at this place, by name: published ones first,
/// computed ones where none is published; none that is not known.
pub fn percentiles(
    catalog: &Catalog,
    standings: &Standings,
    index: usize,
) -> Vec<(&'static str, f64, Explanation)> {
    let published = catalog.models.get(index).and_then(|model| model.published.as_ref());
    let given = published.and_then(|published| published.percentiles).unwrap_or_default();
    let mut all = Vec::new();
    let mut add = |label, given, standing: Option<Standing>| {
        if let Some((percentile, explanation)) = percentile(published, given, standing) {
            all.push((label, percentile, explanation));
        }
    };
    add("Speed", given.speed, standings.speed(index));
    add("Price", given.price, standings.price(index));
    add("Ability", given.ability, standings.ability(index));
    add("Reliability", given.reliability, standings.reliability(index));
    all
}

fn percentile(
    published: Option<&Published>,
    given: Option<f64>,
    standing: Option<Standing>,
) -> Option<(f64, Explanation)> {
    let computed = standing.and_then(|standing| standing.percentile);
    if let Some(percentile) = given {
        let beside = match (computed, &standing) {
            (Some(_), Some(standing)) => said(standing).and("."),
            (None, Some(standing)) => too_few(standing),
            (_, None) => phrase(NO_MEASUREMENT),
        };
        let value = phrase(ordinal(percentile)).and(" percentile, as published");
        return Some((percentile, self::published(published, value, PUBLISHED, beside)));
    }
    let standing = standing?;
    let explanation = Explanation {
        value: Some(said(&standing).text()),
        rule: rule(standing.basis).and(" ").and(PERCENTILE).text(),
        ..among(&standing)
    };
    Some((computed?, explanation))
}

fn rule(basis: Basis) -> Words {
    let (before, over, after) = match basis {
        Basis::Throughput => return phrase("Median output speed over the model's endpoints."),
        Basis::Duration => {
            return phrase(
                "Median duration of an execution over the model's benchmark results; shorter is better.",
            );
        }
        Basis::Index => return phrase("An index of ability that the catalog publishes."),
        Basis::Price => {
            return phrase("Mean of input and output price per 1M tokens; cheaper is better.");
        }
        Basis::Accuracy => {
            return phrase("Accuracy in this benchmark; the model's best run counts.");
        }
        Basis::Context => return phrase("Context length."),
        Basis::Released => return phrase("Release date; later is better."),
        Basis::Accuracies(over) => (
            "Mean of the model's accuracy percentiles over ",
            over,
            "; its best run of each counts.",
        ),
        Basis::SuccessRates(over) => {
            ("Mean of the model's success-rate percentiles over ", over, ".")
        }
    };
    phrase(before)
        .and(counted(over, "one benchmark that at least ", " benchmarks that at least "))
        .and(MIN_POPULATION)
        .and(" models have run")
        .and(after)
}

/// A standing in words: `78th percentile of 36 models, 53.2 tokens per second`.
#[inline(never)]
fn said(standing: &Standing) -> Words {
    let percentile = standing.percentile.map_or_else(|| phrase(""), ordinal);
    let words = percentile.and(" percentile of ").and(standing.n).and(" models");
    let (before, after) = match standing.basis {
        Basis::Throughput => (", ", " tokens per second"),
        Basis::Duration => (", ", " seconds per execution"),
        Basis::Index => (", index ", ""),
        Basis::Accuracy => ("; ", "% right"),
        Basis::Accuracies(_)
        | Basis::SuccessRates(_)
        | Basis::Price
        | Basis::Context
        | Basis::Released => return words,
    };
    words.and(before).and(one_decimal(standing.value)).and(after)
}

#[inline(never)]
fn too_few(standing: &Standing) -> Words {
    phrase("No percentile: only ")
        .and(standing.n)
        .and(" of the catalog's models have this measurement, and fewer than ")
        .and(MIN_POPULATION)
        .and(" say nothing.")
}

fn among(standing: &Standing) -> Explanation {
    let population = match standing.basis {
        Basis::Throughput => "models of this catalog with a measured throughput",
        Basis::Duration => "models of this catalog with timed benchmark results",
        Basis::Accuracies(_) | Basis::SuccessRates(_) => {
            "models of this catalog that have run such benchmarks"
        }
        Basis::Index => "models of this catalog with a published index",
        Basis::Price => "models of this catalog with known prices",
        Basis::Accuracy => "models of this catalog that have run this benchmark",
        Basis::Context | Basis::Released => "models of this catalog where it is known",
    };
    Explanation { population, n: Some(standing.n), ..Explanation::default() }
}

fn unmeasured() -> Explanation {
    Explanation {
        rule: "No rating, since the catalog has no measurement of this. Nothing is estimated."
            .to_owned(),
        ..Explanation::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::{Item, Percentiles, Price, RateCard};

    fn one(published: Published) -> Catalog {
        let model = Model { published: Some(published), ..Model::default() };
        Catalog { models: vec![model], ..Catalog::default() }
    }

    #[test]
    fn a_published_percentile_gives_stars_by_the_rule() {
        let percentiles = Percentiles { speed: Some(78.0), ..Percentiles::default() };
        let catalog = one(Published {
            percentiles: Some(percentiles),
            source: Some("page".into()),
            ..Published::default()
        });
        let rating = super::rating(&catalog, &Standings::new(&catalog), 0, Rated::Speed).unwrap();
        assert_eq!(rating.shown, Shown::Stars(4));
        assert_eq!(rating.explanation.value.as_deref(), Some("78th percentile, as published"));
        assert_eq!(rating.explanation.source.as_deref(), Some("page"));
        assert!(rating.explanation.computed_beside.unwrap().starts_with("Nothing"));
    }

    #[test]
    fn no_rating_is_not_the_lowest_rating() {
        let catalog = one(Published { speed_unrated: true, ..Published::default() });
        let rating = super::rating(&catalog, &Standings::new(&catalog), 0, Rated::Speed).unwrap();
        assert_eq!(rating.shown, Shown::Nothing);
        let catalog = one(Published::default());
        let rating = super::rating(&catalog, &Standings::new(&catalog), 0, Rated::Ability).unwrap();
        assert_eq!(rating.shown, Shown::Nothing);
    }

    #[test]
    fn a_published_tier_comes_first_and_the_computed_one_stands_beside() {
        let price = |text: &str| Price::Known(text.parse().unwrap());
        let rates = [(Item::Input, price("1")), (Item::Output, price("2"))].into_iter().collect();
        let mut model = Model {
            prices: RateCard { rates, ..RateCard::default() },
            published: Some(Published { cost_tier: Some("$$$$$".into()), ..Published::default() }),
            ..Model::default()
        };
        let rating = cost_tier(&model);
        assert_eq!(rating.shown, Shown::Tier(CostTier::Five));
        assert!(rating.explanation.computed_beside.unwrap().starts_with("$$$$: the mean is $1.5 "));
        model.published = None;
        assert_eq!(cost_tier(&model).shown, Shown::Tier(CostTier::Four));
        model.prices = RateCard::default();
        assert_eq!(cost_tier(&model).shown, Shown::Nothing);
    }

    #[test]
    fn computed_percentiles_say_their_population() {
        let model = |cents: i128| Model {
            prices: RateCard {
                rates: [Item::Input, Item::Output]
                    .map(|item| (item, Price::Known(crate::catalog::Decimal::new(cents, -2))))
                    .into_iter()
                    .collect(),
                ..RateCard::default()
            },
            ..Model::default()
        };
        let catalog = Catalog { models: (1..=6).map(model).collect(), ..Catalog::default() };
        let standings = Standings::new(&catalog);
        let all = percentiles(&catalog, &standings, 0);
        let [("Price", percentile, explanation)] = all.as_slice() else { panic!("{all:?}") };
        assert_eq!((*percentile, explanation.n), (100.0, Some(6)));
        assert!(explanation.rule.contains("cheaper is better"));
    }
}
