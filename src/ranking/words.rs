//! Figures in words, without float formatting: printing floats would cost the
//! page more bytes than all of this layer.

use crate::catalog::{Words, phrase};

/// A number with at most one decimal: `99`, `61.3`.
#[allow(clippy::cast_possible_truncation)] // shares and percentiles, far within i64
pub fn one_decimal(number: f64) -> Words {
    let tenths = (number * 10.0).round() as i64;
    let (whole, tenth) = (tenths.unsigned_abs() / 10, tenths.unsigned_abs() % 10);
    let mut words = phrase(if tenths < 0 { "-" } else { "" }).and(whole);
    if tenth > 0 {
        words = words.and(".").and(tenth);
    }
    words
}

/// The ordinal of a percentile, rounded: `78th`, `73rd`, `91st`.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // clamped to 0–100
pub fn ordinal(percentile: f64) -> Words {
    let number = percentile.clamp(0.0, 100.0).round() as u8;
    let ending = match (number % 100, number % 10) {
        (11..=13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    };
    phrase(number).and(ending)
}

/// `a`, `a and b`, `a, b and c`; nothing of nothing.
#[inline(never)]
pub fn and_list(parts: Vec<Words>) -> Words {
    let last = parts.len().saturating_sub(1);
    let mut words = phrase("");
    for (at, part) in parts.into_iter().enumerate() {
        let between = if at < last { ", " } else { " and " };
        words = words.and(if at == 0 { "" } else { between }).and(part);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_decimal_at_most() {
        let said = [99.0, 61.25, 0.04, 56.0, 100.0, -0.5].map(|number| one_decimal(number).text());
        assert_eq!(said, ["99", "61.3", "0", "56", "100", "-0.5"]);
    }

    #[test]
    fn ordinals_end_as_they_are_read() {
        let said = [0.0, 1.0, 2.0, 3.0, 11.0, 12.0, 13.0, 21.4, 72.6, 78.0, 100.0]
            .map(|percentile| ordinal(percentile).text());
        assert_eq!(
            said,
            ["0th", "1st", "2nd", "3rd", "11th", "12th", "13th", "21st", "73rd", "78th", "100th"]
        );
    }

    #[test]
    fn lists_end_with_and() {
        let list =
            |parts: &[&str]| and_list(parts.iter().map(|part| phrase(*part)).collect()).text();
        assert_eq!(list(&[]), "");
        assert_eq!(list(&["a"]), "a");
        assert_eq!(list(&["a", "b", "c"]), "a, b and c");
    }
}
