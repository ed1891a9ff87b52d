//! The known values of one measurement, and where a value stands among them.

use super::standings::Better;
use crate::catalog::ascending;

/// Below this many known values a percentile says nothing and is not shown.
pub const MIN_POPULATION: usize = 5;

/// The known values of a measurement, from the worst to the best.
#[derive(Clone, Debug, Default)]
pub struct Population {
    /// Values with their sign turned where less is better, ascending.
    goodness: Vec<f64>,
    better: Better,
}

impl Population {
    /// The population of these values.
    pub fn new(mut values: Vec<f64>, better: Better) -> Self {
        for value in &mut values {
            *value = better.goodness(*value);
        }
        Self { goodness: ascending(values), better }
    }

    /// How many values are known.
    pub fn n(&self) -> usize {
        self.goodness.len()
    }

    /// The percentile (0–100, 100 is the best) of one of the population's
    /// values: `100·(worse + ½·other ties)/(n−1)`. `None` for fewer than
    /// [`MIN_POPULATION`] values.
    pub fn percentile(&self, value: f64) -> Option<f64> {
        (self.n() >= MIN_POPULATION).then(|| self.position(value))
    }

    /// The same by the same rule, however few values are known: good for an
    /// order, not for a claim. The only value stands at 100.
    #[allow(clippy::cast_precision_loss)] // a count of models
    pub fn position(&self, value: f64) -> f64 {
        let (worse, ties) = self.place(value);
        let other_ties = ties.saturating_sub(1);
        match self.n() {
            0 | 1 => 100.0,
            n => 100.0 * (worse as f64 + other_ties as f64 / 2.0) / (n - 1) as f64,
        }
    }

    /// The rank of one of the population's values: 1 for the best, and the same
    /// for equal values.
    pub fn rank(&self, value: f64) -> usize {
        let (worse, ties) = self.place(value);
        self.n() + 1 - worse - ties.min(self.n() - worse)
    }

    /// How many values are worse, and how many are equal, itself included.
    fn place(&self, value: f64) -> (usize, usize) {
        let goodness = self.better.goodness(value);
        let worse = self.goodness.partition_point(|other| *other < goodness);
        let up_to = self.goodness.partition_point(|other| *other <= goodness);
        (worse, up_to - worse)
    }
}

/// Stars for a percentile: 5 from 80, 4 from 60, 3 from 40, 2 from 20, else 1.
pub fn stars(percentile: f64) -> u8 {
    match percentile {
        p if p >= 80.0 => 5,
        p if p >= 60.0 => 4,
        p if p >= 40.0 => 3,
        p if p >= 20.0 => 2,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn population(values: &[f64], better: Better) -> Population {
        Population::new(values.to_vec(), better)
    }

    #[test]
    fn the_best_stands_at_100_and_the_worst_at_0() {
        let speeds = population(&[10.0, 20.0, 30.0, 40.0, 50.0], Better::Higher);
        let all: Vec<_> =
            [10.0, 20.0, 30.0, 40.0, 50.0].map(|value| speeds.percentile(value)).to_vec();
        assert_eq!(all, [0.0, 25.0, 50.0, 75.0, 100.0].map(Some));
        let prices = population(&[10.0, 20.0, 30.0, 40.0, 50.0], Better::Lower);
        assert_eq!(prices.percentile(10.0), Some(100.0));
    }

    #[test]
    fn ties_count_half() {
        let values = population(&[1.0, 2.0, 2.0, 2.0, 3.0], Better::Higher);
        assert_eq!(values.percentile(2.0), Some(100.0 * (1.0 + 1.0) / 4.0));
        let same = population(&[7.0; 6], Better::Higher);
        assert_eq!(same.percentile(7.0), Some(50.0));
    }

    #[test]
    fn equal_values_share_a_rank() {
        let values = population(&[1.0, 2.0, 2.0, 3.0], Better::Higher);
        assert_eq!([3.0, 2.0, 1.0].map(|value| values.rank(value)), [1, 2, 4]);
    }

    #[test]
    fn four_values_are_too_few() {
        assert_eq!(population(&[1.0, 2.0, 3.0, 4.0], Better::Higher).percentile(4.0), None);
    }

    #[test]
    fn what_is_no_number_is_not_counted() {
        assert_eq!(population(&[1.0, f64::NAN, f64::INFINITY], Better::Higher).n(), 1);
    }

    #[test]
    fn stars_begin_at_their_percentile() {
        let given = [100.0, 80.0, 79.9, 78.0, 60.0, 59.9, 40.0, 39.9, 20.0, 19.9, 0.0].map(stars);
        assert_eq!(given, [5, 5, 4, 4, 4, 3, 3, 2, 2, 1, 1]);
    }
}
