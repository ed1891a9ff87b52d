//! Rivals: the models that a reader would weigh against this one for its price.

use super::mean_price;
use crate::catalog::{Catalog, Gather, Model, Status, order};

/// The places of up to `count` models whose price is nearest, as a ratio, to
/// that of the model at `index`, nearest first.
///
/// A rival is still offered, and produces what the model produces. Models by
/// the same author at the same price are snapshots and aliases, not rivals.
pub fn rivals(catalog: &Catalog, index: usize, count: usize) -> Vec<usize> {
    let Some(model) = catalog.models.get(index) else { return Vec::new() };
    let Some(price) = mean_price(&model.prices) else { return Vec::new() };
    let is_rival = |other: &Model| {
        other.status != Status::Unavailable
            && model.output_modalities.iter().all(|needed| other.output_modalities.contains(needed))
    };
    let near: Vec<(f64, usize)> = catalog
        .models
        .iter()
        .enumerate()
        .filter(|(at, other)| *at != index && is_rival(other))
        .filter_map(|(at, other)| {
            let other_price = mean_price(&other.prices)?;
            let same = other.is_by_author_of(model) && other_price == price;
            (!same).then(|| (distance(price.to_f64(), other_price.to_f64()), at))
        })
        .gather();
    let ratio = |place: usize| near.get(place).map_or(f64::MAX, |(ratio, _)| *ratio);
    order(near.len(), &mut |a, b| ratio(a).total_cmp(&ratio(b)))
        .into_iter()
        .take(count)
        .filter_map(|place| near.get(place).map(|(_, at)| *at))
        .gather()
}

/// How far apart two prices are: by their ratio, with free nearest to free.
fn distance(a: f64, b: f64) -> f64 {
    match (a > 0.0, b > 0.0) {
        (true, true) => (a / b).max(b / a),
        (false, false) => 1.0,
        _ => f64::MAX,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::{Decimal, Item, Modality, Price};

    fn model(id: &str, cents: i128) -> Model {
        let price = Price::Known(Decimal::new(cents, -2));
        let mut model =
            Model { id: id.into(), output_modalities: vec![Modality::Text], ..Model::default() };
        model.prices.rates = [(Item::Input, price), (Item::Output, price)].into_iter().collect();
        model
    }

    #[test]
    fn the_nearest_by_ratio_come_first() {
        let mut models = vec![
            model("a/it", 100),
            model("a/snapshot", 100),
            model("b/double", 200),
            model("b/same", 100),
            model("c/tenth", 10),
            model("c/gone", 101),
            model("d/speech", 99),
            model("e/unpriced", 100),
        ];
        models[5].status = Status::Unavailable;
        models[6].output_modalities = vec![Modality::Audio];
        models[7].prices = crate::catalog::RateCard::default();
        let catalog = Catalog { models, ..Catalog::default() };
        assert_eq!(rivals(&catalog, 0, 3), [3, 2, 4]);
        assert_eq!(rivals(&catalog, 0, 1), [3]);
        assert_eq!(rivals(&catalog, 7, 3), [0; 0], "without a price there is no nearness");
    }

    #[test]
    fn free_is_nearest_to_free() {
        let catalog = Catalog {
            models: vec![model("a/free", 0), model("b/cheap", 1), model("c/free", 0)],
            ..Catalog::default()
        };
        assert_eq!(rivals(&catalog, 0, 2), [2, 1]);
    }
}
