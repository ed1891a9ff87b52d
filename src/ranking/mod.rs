//! How models stand against each other: percentiles, ratings, cost tiers, the
//! performance summary, rankings by weight, and rivals by price.
//!
//! Uses only the catalog. Nothing is imputed: a model without a measurement has
//! no place in that measurement's population, and no rating. Every figure can
//! say by which rule and among how many models it came about.

mod difference;
mod explanation;
pub mod export;
mod filter;
mod levels;
mod pareto;
mod population;
mod rank;
mod rating;
mod rivals;
mod search;
mod sort;
mod standings;
mod summary;
mod tier;
mod words;

pub use difference::{Comparative, age_words, best, points_words, ratio_words};
pub use explanation::{Explanation, Stated};
pub use filter::Filter;
pub use pareto::dominators;
pub use population::{MIN_POPULATION, Population, stars};
pub use rank::{Criterion, Lacking, Part, RankError, Ranked, Ranking, rank};
pub use rating::{Rated, Rating, Shown, cost_tier, percentiles, rating, shown_rating};
pub use rivals::rivals;
pub use search::SearchIndex;
pub use sort::{SortKey, Weighed, compare};
pub use standings::{Basis, Better, Standing, Standings, mean_price};
pub use summary::summary;
pub use tier::CostTier;
pub use words::{one_decimal, ordinal};
