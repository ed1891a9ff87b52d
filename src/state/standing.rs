//! A model's ratings as figures: what the ranking layer says, ready to be shown.

use super::{Figure, Look};
use crate::catalog::Gather;
use crate::platform::library::Library;
use crate::ranking::{self, Rated, Shown, SortKey, ordinal, shown_rating};

/// Speed, ability and cost tier of the model at a place in the catalog.
pub fn standing_figures(library: &Library, index: usize) -> Vec<Figure> {
    let labels = ["Speed", "Ability", "Cost"];
    labels.into_iter().filter_map(|label| standing_figure(library, index, label)).gather()
}

/// One of these, by its label.
pub fn standing_figure(library: &Library, index: usize, label: &'static str) -> Option<Figure> {
    let Library { catalog, standings, .. } = library;
    let rating = match rated(label) {
        Some(rated) => ranking::rating(catalog, standings, index, rated)?,
        None => ranking::cost_tier(catalog.models.get(index)?),
    };
    Some(Figure { label, look: look(rating.shown), explanation: rating.explanation.into() })
}

/// How the figure of speed or ability looks, without its explanation.
pub fn standing_look(library: &Library, index: usize, label: &str) -> Look {
    let Library { catalog, standings, .. } = library;
    let shown = rated(label).and_then(|rated| shown_rating(catalog, standings, index, rated));
    look(shown.unwrap_or(Shown::Nothing))
}

fn rated(label: &str) -> Option<Rated> {
    match label {
        "Speed" => Some(Rated::Speed),
        "Ability" => Some(Rated::Ability),
        _ => None,
    }
}

fn look(shown: Shown) -> Look {
    match shown {
        Shown::Stars(count) => Look::Stars(count),
        Shown::Tier(tier) => Look::Tier(tier.symbol(), tier.words()),
        Shown::Nothing => Look::Missing,
    }
}

/// The percentiles of the model at a place in the catalog, each with its value
/// rounded to a whole percent (0–100) for drawing.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // clamped to 0–100
pub fn percentile_figures(library: &Library, index: usize) -> Vec<(Figure, u8)> {
    ranking::percentiles(&library.catalog, &library.standings, index)
        .into_iter()
        .map(|(label, percentile, explanation)| {
            let look = Look::Text(ordinal(percentile));
            let percent = percentile.clamp(0.0, 100.0).round() as u8;
            (Figure { label, look, explanation: explanation.into() }, percent)
        })
        .gather()
}

/// The key that a figure is sorted by.
pub fn figure_key(look: &Look) -> SortKey {
    match look {
        Look::Stars(stars) => SortKey::Number(f64::from(*stars)),
        // Longer symbols are dearer; the mark above the highest tier is a sign more.
        Look::Tier("Free", _) => SortKey::Number(0.0),
        Look::Tier(symbol, _) => SortKey::Decimal((symbol.len() as u64).into()),
        Look::Text(text) | Look::Disputed(text) => SortKey::Text(text.as_str().to_owned()),
        Look::Missing => SortKey::Unknown,
    }
}
