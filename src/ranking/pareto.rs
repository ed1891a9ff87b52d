//! The Pareto frontier: what nothing else beats in two measures at once.

/// For each point of two goodnesses, more being better in both, the place of a point
/// that dominates it: at least as good in both, and better in one. Points that none
/// dominates are the frontier. Of several the one that is best in the first measure
/// is named, then in the second.
pub fn dominators(points: &[(f64, f64)]) -> Vec<Option<usize>> {
    let mut all = Vec::new();
    for point in points {
        let mut best: Option<(usize, (f64, f64))> = None;
        for (place, other) in points.iter().enumerate() {
            let beats = other.0 >= point.0
                && other.1 >= point.1
                && (other.0 > point.0 || other.1 > point.1);
            let is_better = best.is_none_or(|(_, best)| {
                other.0 > best.0 || (other.0 >= best.0 && other.1 >= best.1)
            });
            if beats && is_better {
                best = Some((place, *other));
            }
        }
        all.push(best.map(|(place, _)| place));
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_frontier_is_what_nothing_beats() {
        // Cheapness and ability: cheap and weak, middling, dear and strong, and one
        // that is dearer than the middling one and weaker.
        let points = [(-1.0, 10.0), (-5.0, 50.0), (-20.0, 90.0), (-8.0, 40.0)];
        assert_eq!(dominators(&points), [None, None, None, Some(1)]);
    }

    #[test]
    fn equals_do_not_dominate_each_other_but_one_better_in_one_measure_does() {
        assert_eq!(dominators(&[(1.0, 1.0), (1.0, 1.0)]), [None, None]);
        assert_eq!(dominators(&[(1.0, 1.0), (1.0, 2.0)]), [Some(1), None]);
        assert_eq!(dominators(&[(0.0, 0.0), (1.0, 2.0), (2.0, 1.0)]), [Some(2), None, None]);
        assert_eq!(dominators(&[]), []);
    }
}
