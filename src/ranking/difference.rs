//! How two figures differ, in words: `3.3× cheaper`.

use std::cmp::Ordering;

use super::{Better, SortKey, compare, one_decimal};
use crate::catalog::{Gather, phrase};

/// The words for a figure that is above another, and for one that is below it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Comparative {
    /// `dearer`, `larger`, `faster`.
    pub more: &'static str,
    /// `cheaper`, `smaller`, `slower`.
    pub less: &'static str,
}

/// How a figure differs from the one it is compared with: as a multiple from a
/// tenth on, in percent below that. Nothing is said of what is as good as equal, or
/// of what has no ratio, such as a price beside a free one.
pub fn ratio_words(figure: f64, baseline: f64, words: Comparative) -> Option<String> {
    if !(figure > 0.0 && baseline > 0.0 && figure.is_finite() && baseline.is_finite()) {
        return None;
    }
    let (word, ratio) = if figure > baseline {
        (words.more, figure / baseline)
    } else {
        (words.less, baseline / figure)
    };
    let amount = if ratio < 1.1 {
        let percent = one_decimal((ratio - 1.0) * 100.0);
        if percent.as_str() == "0" {
            return None;
        }
        phrase(&percent).and("%")
    } else {
        phrase(one_decimal(ratio)).and("×")
    };
    Some(amount.and(" ").and(word).text())
}

/// How many points a score stands above or below another: `3.2 points more`.
pub fn points_words(figure: f64, baseline: f64) -> Option<String> {
    let difference = figure - baseline;
    let points = one_decimal(difference.abs());
    (points.as_str() != "0").then(|| {
        let unit = if points.as_str() == "1" { " point " } else { " points " };
        phrase(points.as_str()).and(unit).and(if difference > 0.0 { "more" } else { "less" }).text()
    })
}

/// How much later or earlier a day is, given in days: `4 months newer`.
#[allow(clippy::cast_possible_truncation)] // days between dates that exist
pub fn age_words(day: f64, baseline: f64) -> Option<String> {
    let days = (day - baseline).abs() as i64;
    let (count, unit) = match days {
        0 => return None,
        1..=30 => (days, "day"),
        31..=729 => ((days * 12 + 182) / 365, "month"),
        _ => ((days + 182) / 365, "year"),
    };
    let plural = if count == 1 { " " } else { "s " };
    let word = if day > baseline { "newer" } else { "older" };
    Some(phrase(count.unsigned_abs()).and(" ").and(unit).and(plural).and(word).text())
}

/// Which of a row's figures are the best. None is where fewer than two are known, or
/// all are alike.
pub fn best(keys: &[SortKey], better: Better) -> Vec<bool> {
    let known = |key: &&SortKey| !matches!(key, SortKey::Unknown);
    let descending = matches!(better, Better::Higher);
    let first = keys.iter().filter(known).min_by(|a, b| compare(a, b, descending));
    let is_first =
        |key: &SortKey| first.is_some_and(|first| compare(key, first, false) == Ordering::Equal);
    let count = keys.iter().filter(known).count();
    let tell = keys.iter().filter(known).any(|key| !is_first(key)) && count > 1;
    keys.iter().map(|key| tell && is_first(key)).gather()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Decimal;

    const PRICE: Comparative = Comparative { more: "dearer", less: "cheaper" };

    #[test]
    fn ratios_in_words() {
        let said = |figure, baseline| ratio_words(figure, baseline, PRICE);
        assert_eq!(said(0.15, 0.5).as_deref(), Some("3.3× cheaper"));
        assert_eq!(said(5.0, 2.5).as_deref(), Some("2× dearer"));
        assert_eq!(said(1.05, 1.0).as_deref(), Some("5% dearer"));
        assert_eq!(said(1.0, 1.0), None);
        assert_eq!(said(0.0, 1.0), None);
        assert_eq!(said(1.0, 0.0), None);
        assert_eq!(said(f64::NAN, 1.0), None);
    }

    #[test]
    fn points_and_ages_in_words() {
        assert_eq!(points_words(83.2, 80.0).as_deref(), Some("3.2 points more"));
        assert_eq!(points_words(79.0, 80.0).as_deref(), Some("1 point less"));
        assert_eq!(points_words(80.0, 80.0), None);
        assert_eq!(age_words(120.0, 0.0).as_deref(), Some("4 months newer"));
        assert_eq!(age_words(0.0, 1.0).as_deref(), Some("1 day older"));
        assert_eq!(age_words(1_100.0, 0.0).as_deref(), Some("3 years newer"));
        assert_eq!(age_words(5.0, 5.0), None);
    }

    #[test]
    fn the_best_is_exact_and_only_told_where_figures_differ() {
        let amount = |text: &str| SortKey::Decimal(text.parse::<Decimal>().unwrap());
        let keys = [amount("0.10000000000000000002"), amount("0.10000000000000000001")];
        assert_eq!(best(&keys, Better::Lower), [false, true]);
        assert_eq!(best(&keys, Better::Higher), [true, false]);
        assert_eq!(best(&[amount("1"), SortKey::Unknown], Better::Lower), [false, false]);
        assert_eq!(best(&[amount("1"), amount("1")], Better::Lower), [false, false]);
        let three = [amount("1"), amount("1.0"), amount("2")];
        assert_eq!(best(&three, Better::Lower), [true, true, false]);
    }
}
