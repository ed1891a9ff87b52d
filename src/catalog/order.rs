//! One sorting routine for everything that is sorted.
//!
//! Each call of the standard library's sort makes the compiler write the whole
//! algorithm once more for its type, 5 KB of WebAssembly each time.

use std::cmp::Ordering;

use crate::catalog::Gather;

/// The places `0..count` in the order that `compare` gives them; equal ones stay
/// in the order of their places.
pub fn order(count: usize, compare: &mut dyn FnMut(usize, usize) -> Ordering) -> Vec<usize> {
    let mut places: Vec<usize> = (0..count).gather();
    places.sort_by(|a, b| compare(*a, *b));
    places
}

/// Numbers in ascending order; what is no finite number is left out.
pub fn ascending(mut numbers: Vec<f64>) -> Vec<f64> {
    numbers.retain(|number| number.is_finite());
    let at = |place: usize| numbers.get(place).copied().unwrap_or_default();
    order(numbers.len(), &mut |a, b| at(a).total_cmp(&at(b))).into_iter().map(at).gather()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_ones_stay_as_they_were() {
        let keys = [2, 1, 2, 0, 1];
        assert_eq!(order(keys.len(), &mut |a, b| keys[a].cmp(&keys[b])), [3, 1, 4, 0, 2]);
    }

    #[test]
    fn numbers_ascend() {
        let numbers = [3.0, f64::NAN, -1.0, f64::INFINITY, 2.0];
        assert_eq!(ascending(numbers.to_vec()), [-1.0, 2.0, 3.0]);
    }
}
