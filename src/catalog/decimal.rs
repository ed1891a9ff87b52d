//! Exact decimal numbers, for money.
//!
//! A coefficient of up to 38 digits and a power of ten: all that money in a
//! catalog needs (parse, print, add, multiply, compare, round), in about 2 KB of
//! WebAssembly and without the float printing that general libraries pull in.

mod text;

use std::cmp::Ordering;
use std::fmt;

pub use text::unsigned;

/// An exact decimal number: `coefficient × 10^exponent`, kept without trailing
/// zeros, so that equal numbers have equal fields.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Decimal {
    coefficient: i128,
    exponent: i32,
}

/// Why a text or a calculation is not a [`Decimal`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DecimalError {
    /// The text is not a decimal number such as `0.15` or `1.5e-7`.
    NotANumber,
    /// The number, or the result, needs more than 38 digits.
    TooLarge,
}

impl fmt::Display for DecimalError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotANumber => "not a decimal number; write it like \"0.15\"",
            Self::TooLarge => "needs more than 38 digits; state it with fewer",
        })
    }
}

impl std::error::Error for DecimalError {}

/// Powers of ten beyond this are refused: no price or count needs them, and
/// printing one would be a long line of zeros.
const EXPONENT_LIMIT: i32 = 60;

impl Decimal {
    /// Zero.
    pub const ZERO: Self = Self { coefficient: 0, exponent: 0 };
    /// One.
    pub const ONE: Self = Self { coefficient: 1, exponent: 0 };

    /// `coefficient × 10^exponent`.
    pub const fn new(coefficient: i128, exponent: i32) -> Self {
        let mut number = Self { coefficient, exponent };
        if coefficient == 0 {
            number.exponent = 0;
            return number;
        }
        // Most numbers are short, and 128-bit division is slow.
        #[allow(clippy::cast_possible_truncation)] // checked
        if coefficient == coefficient as i64 as i128 {
            let mut short = coefficient as i64;
            while short % 10 == 0 {
                short /= 10;
                number.exponent += 1;
            }
            number.coefficient = short as i128;
            return number;
        }
        loop {
            let (rest, digit) = divided(number.coefficient, 10);
            if digit != 0 {
                return number;
            }
            number.coefficient = rest;
            number.exponent += 1;
        }
    }

    /// A number that came as a binary float, rounded to 12 significant digits,
    /// which removes float noise (`0.39999999999999997` is `0.4`). `None` where
    /// it is not finite or beyond the range of this type.
    pub fn from_f64(value: f64) -> Option<Self> {
        Self::from_f64_digits(value, 12)
    }

    /// A count that came as a binary float (tokens, requests, seconds): exact
    /// for whole numbers up to 2^53, else 15 significant digits, which is what
    /// every decimal that a person typed survives. `None` where not finite.
    pub fn from_count(value: f64) -> Option<Self> {
        if value.is_finite() && value.fract() == 0.0 && value.abs() <= 9_007_199_254_740_992.0 {
            #[allow(clippy::cast_possible_truncation)] // whole, and within ±2^53
            return Some(Self::new(i128::from(value as i64), 0));
        }
        Self::from_f64_digits(value, 15)
    }

    fn from_f64_digits(value: f64, digits: i32) -> Option<Self> {
        if !value.is_finite() {
            return None;
        }
        if value == 0.0 {
            return Some(Self::ZERO);
        }
        // Scale until the wanted digits stand before the point. Powers of ten
        // up to 10^22 are exact doubles, so one step costs at most half a unit
        // in the last place: far below the digits kept.
        let magnitude = magnitude(value.abs())?;
        let mut shift = digits - 1 - magnitude;
        if shift.abs() > EXPONENT_LIMIT {
            return None;
        }
        let mut scaled = scale(value, shift);
        let limit = 10f64.powi(digits);
        if scaled.abs().round() >= limit {
            shift -= 1;
            scaled = scale(value, shift);
        }
        #[allow(clippy::cast_possible_truncation)] // below 10^15
        Some(Self::new(i128::from(scaled.round() as i64), -shift))
    }

    /// Whether this is zero.
    pub const fn is_zero(self) -> bool {
        self.coefficient == 0
    }

    /// Whether this is below zero.
    pub const fn is_negative(self) -> bool {
        self.coefficient < 0
    }

    /// This number times `10^places`: exact.
    #[must_use]
    pub const fn shifted(self, places: i32) -> Self {
        if self.coefficient == 0 {
            return self;
        }
        Self { coefficient: self.coefficient, exponent: self.exponent + places }
    }

    /// The exact sum, or `None` where it needs more than 38 digits.
    pub fn checked_add(self, other: Self) -> Option<Self> {
        if self.is_zero() {
            return Some(other);
        }
        if other.is_zero() {
            return Some(self);
        }
        let exponent = self.exponent.min(other.exponent);
        let sum = self.coefficient_at(exponent)?.checked_add(other.coefficient_at(exponent)?)?;
        Some(Self::new(sum, exponent))
    }

    /// The exact difference, or `None` where it needs more than 38 digits.
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        let coefficient = other.coefficient.checked_neg()?;
        self.checked_add(Self { coefficient, exponent: other.exponent })
    }

    /// The exact product, or `None` where it needs more than 38 digits.
    pub fn checked_mul(self, other: Self) -> Option<Self> {
        let product = self.coefficient.checked_mul(other.coefficient)?;
        Some(Self::new(product, self.exponent.checked_add(other.exponent)?))
    }

    /// The quotient, rounded half up (away from zero) to 24 significant digits;
    /// `None` where `divisor` is zero.
    pub fn divided(self, divisor: u32) -> Option<Self> {
        // As many digits as fit, so that at least 28 are left of the quotient.
        // Cutting off the rest cannot move a number across a rounding boundary.
        let have = count_digits(self.coefficient);
        let places = 38u32.saturating_sub(have);
        let scaled = times_ten(self.coefficient, places)?;
        let (quotient, _) = (divisor > 0).then(|| divided(scaled, divisor))?;
        let exponent = self.exponent.checked_sub(i32::try_from(places).ok()?)?;
        Some(Self::new(quotient, exponent).round_significant(24))
    }

    /// The coefficient when written with the given, lower or equal exponent.
    fn coefficient_at(self, exponent: i32) -> Option<i128> {
        let places = u32::try_from(self.exponent.checked_sub(exponent)?).ok()?;
        times_ten(self.coefficient, places)
    }

    /// The same in 64 bits, for most numbers: a table of thousands is sorted by them.
    fn short_at(self, exponent: i32) -> Option<i64> {
        let places = u32::try_from(self.exponent.checked_sub(exponent)?).ok()?;
        i64::try_from(self.coefficient).ok()?.checked_mul(10i64.checked_pow(places)?)
    }

    /// Rounded half up (away from zero) to `digits` significant digits.
    #[must_use]
    pub fn round_significant(self, digits: u32) -> Self {
        let have = count_digits(self.coefficient);
        let Some(drop) = have.checked_sub(digits).filter(|drop| *drop > 0) else {
            return self;
        };
        let exponent = self.exponent + i32::try_from(drop).unwrap_or(0);
        Self::new(rounded(self.coefficient, drop), exponent)
    }

    /// Without float noise: where 12 significant digits leave at most 9, what
    /// stood behind them came from binary arithmetic (`0.39999999999999997` is
    /// `0.4`). Digits that say something, as of a twelfth, all stay.
    #[must_use]
    pub fn without_noise(self) -> Self {
        let rounded = self.round_significant(12);
        if rounded.coefficient.unsigned_abs() < 1_000_000_000 { rounded } else { self }
    }

    /// Rounded half up (away from zero) to `places` decimal places.
    #[must_use]
    pub fn round_places(self, places: i32) -> Self {
        let Ok(drop) = u32::try_from(-(self.exponent + places)) else {
            return self;
        };
        if drop == 0 {
            return self;
        }
        Self::new(rounded(self.coefficient, drop), -places)
    }

    /// The nearest double: for ranking, charts and ratios, never for money.
    #[allow(clippy::cast_precision_loss)] // the point of the conversion
    pub fn to_f64(self) -> f64 {
        scale(self.coefficient as f64, self.exponent)
    }
}

/// The power of ten of the first digit of a positive number; none beyond the range of
/// this type. By comparison, since a logarithm would be half a kilobyte.
fn magnitude(value: f64) -> Option<i32> {
    let mut magnitude = 0;
    while magnitude <= EXPONENT_LIMIT && value >= scale(1.0, magnitude + 1) {
        magnitude += 1;
    }
    while magnitude >= -EXPONENT_LIMIT && value < scale(1.0, magnitude) {
        magnitude -= 1;
    }
    (-EXPONENT_LIMIT..=EXPONENT_LIMIT).contains(&magnitude).then_some(magnitude)
}

/// Quotient and remainder of a division by a number of 32 bits, as all divisions here are.
/// The compiler's division of 128 bits by 128 is a kilobyte of WebAssembly, and slow.
#[inline(never)]
#[allow(clippy::cast_possible_truncation, clippy::cast_possible_wrap)] // parts of 32 and 64 bits
const fn divided(number: i128, divisor: u32) -> (i128, u32) {
    let (size, divisor) = (number.unsigned_abs(), divisor as u64);
    let (high, low) = ((size >> 64) as u64, size as u64);
    let middle = ((high % divisor) << 32) | (low >> 32);
    let last = ((middle % divisor) << 32) | (low & 0xffff_ffff);
    let low = ((middle / divisor) << 32) | (last / divisor);
    let quotient = (((high / divisor) as u128) << 64) | low as u128;
    let quotient = quotient as i128;
    (if number < 0 { quotient.wrapping_neg() } else { quotient }, (last % divisor) as u32)
}

/// A number times a power of ten, where that has its place in 128 bits.
fn times_ten(number: i128, places: u32) -> Option<i128> {
    let mut product = number;
    for _ in 0..places {
        product = product.checked_mul(10)?;
    }
    Some(product)
}

/// A number without its last digits, rounded half up (away from zero).
fn rounded(number: i128, digits: u32) -> i128 {
    let (mut rest, mut last) = (number, 0);
    for _ in 0..digits {
        (rest, last) = divided(rest, 10);
    }
    if last >= 5 { rest + number.signum() } else { rest }
}

/// How many digits a number has; zero has none.
fn count_digits(number: i128) -> u32 {
    let (mut rest, mut count) = (number, 0);
    while rest != 0 {
        (rest, _) = divided(rest, 10);
        count += 1;
    }
    count
}

fn scale(value: f64, places: i32) -> f64 {
    // Two exact steps where one power of ten would not be exact.
    let step = places.clamp(-22, 22);
    let scaled = if step < 0 { value / 10f64.powi(-step) } else { value * 10f64.powi(step) };
    if step == places { scaled } else { scale(scaled, places - step) }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        let signs = self.coefficient.signum().cmp(&other.coefficient.signum());
        if signs != Ordering::Equal || self.is_zero() {
            return signs;
        }
        let exponent = self.exponent.min(other.exponent);
        if let (Some(a), Some(b)) = (self.short_at(exponent), other.short_at(exponent)) {
            return a.cmp(&b);
        }
        match (self.coefficient_at(exponent), other.coefficient_at(exponent)) {
            (Some(a), Some(b)) => a.cmp(&b),
            // Only one can fail: the one with the higher exponent, and it fails
            // because its magnitude is beyond every 38-digit coefficient.
            (None, _) => {
                if self.is_negative() {
                    Ordering::Less
                } else {
                    Ordering::Greater
                }
            }
            (_, None) => {
                if self.is_negative() {
                    Ordering::Greater
                } else {
                    Ordering::Less
                }
            }
        }
    }
}

impl From<u64> for Decimal {
    fn from(value: u64) -> Self {
        Self::new(i128::from(value), 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn divides_as_the_compiler_does() {
        let numbers =
            [0, 7, 10, u64::MAX.into(), 1 << 64, (5 << 96) + 9, 10i128.pow(38), i128::MAX];
        for number in numbers.into_iter().flat_map(|number| [number, -number, -number - 1]) {
            for divisor in [1, 2, 10, 30, 65_537, 1 << 31, u32::MAX] {
                let wide = i128::from(divisor);
                // The remainder is that of the size.
                let rest = u32::try_from(number.unsigned_abs() % u128::from(divisor)).unwrap();
                let expected = (number.wrapping_div(wide), rest);
                assert_eq!(divided(number, divisor), expected, "{number} by {divisor}");
            }
        }
    }

    #[test]
    fn prints_the_digits_it_read() {
        for text in ["0.15", "0.6", "0.00000015", "128000", "-1", "0", "1047576", "12.5"] {
            assert_eq!(decimal(text).to_string(), text);
        }
        assert_eq!(decimal("1.50").to_string(), "1.5");
        assert_eq!(decimal("1.5E-7").to_string(), "0.00000015");
        assert_eq!(decimal("2e3").to_string(), "2000");
        assert_eq!(decimal(".5").to_string(), "0.5");
    }

    #[test]
    fn refuses_what_is_no_number() {
        for text in ["", ".", "-", "1,5", "$1", "NaN", "Infinity", "1e", "0x10", "1.2.3", "é"] {
            assert_eq!(text.parse::<Decimal>(), Err(DecimalError::NotANumber), "{text}");
        }
        assert_eq!("1e999".parse::<Decimal>(), Err(DecimalError::TooLarge));
        assert_eq!("9".repeat(60).parse::<Decimal>(), Err(DecimalError::TooLarge));
    }

    #[test]
    fn a_price_per_token_times_a_million_keeps_its_digits() {
        assert_eq!(decimal("0.00000015").shifted(6).to_string(), "0.15");
        assert_eq!(decimal("0.0000001").shifted(6), decimal("0.1"));
    }

    #[test]
    fn removes_float_noise_at_twelve_digits() {
        assert_eq!(Decimal::from_f64(0.399_999_999_999_999_97), Some(decimal("0.4")));
        assert_eq!(Decimal::from_f64(1.5e-7), Some(decimal("0.00000015")));
        assert_eq!(Decimal::from_f64(999_999_999_999.9), Some(decimal("1000000000000")));
        assert_eq!(Decimal::from_f64(-0.25), Some(decimal("-0.25")));
        assert_eq!(Decimal::from_f64(f64::NAN), None);
        assert_eq!(Decimal::from_f64(f64::INFINITY), None);
        let noisy: Decimal = serde_json::from_str("\"0.00000020000000000000002\"").unwrap();
        assert_eq!(noisy, decimal("0.0000002"));
    }

    #[test]
    fn counts_keep_every_digit() {
        assert_eq!(Decimal::from_count(9_007_199_254_740_991.0), Some(decimal("9007199254740991")));
        assert_eq!(Decimal::from_count(0.1), Some(decimal("0.1")));
        assert_eq!(Decimal::from_count(12.345_678_9), Some(decimal("12.3456789")));
    }

    #[test]
    fn adds_and_multiplies_exactly() {
        assert_eq!(decimal("0.1").checked_add(decimal("0.2")), Some(decimal("0.3")));
        assert_eq!(decimal("0.15").checked_mul(decimal("1200")), Some(decimal("180")));
        assert_eq!(decimal("1").checked_sub(decimal("0.9")), Some(decimal("0.1")));
        let large = Decimal::new(i128::MAX, 0);
        assert_eq!(large.checked_mul(large), None);
        assert_eq!(large.checked_add(large), None);
    }

    #[test]
    fn divides_to_twenty_four_digits() {
        let quotient = |text: &str, divisor| decimal(text).divided(divisor).unwrap().to_string();
        assert_eq!(quotient("19.2", 3_600), "0.00533333333333333333333333");
        assert_eq!(quotient("2", 3), "0.666666666666666666666667");
        assert_eq!(quotient("-2", 3), "-0.666666666666666666666667");
        assert_eq!(quotient("396", 3_600), "0.11");
        assert_eq!(quotient("0", 7), "0");
        assert_eq!(Decimal::new(i128::MAX, 0).divided(3_600).unwrap().to_string().len(), 35);
        assert_eq!(decimal("1").divided(0), None);
    }

    #[test]
    fn orders_by_value_across_exponents() {
        let mut numbers = ["10", "-2", "0.5", "0", "9.99", "1e30", "-1e30", "1e-30"].map(decimal);
        numbers.sort();
        assert_eq!(
            numbers,
            ["-1e30", "-2", "0", "1e-30", "0.5", "9.99", "10", "1e30"].map(decimal)
        );
    }

    #[test]
    fn rounds_half_away_from_zero() {
        assert_eq!(decimal("1.2345").round_significant(3), decimal("1.23"));
        assert_eq!(decimal("1.235").round_significant(3), decimal("1.24"));
        assert_eq!(decimal("-1.235").round_significant(3), decimal("-1.24"));
        assert_eq!(decimal("999.96").round_places(1), decimal("1000"));
        assert_eq!(decimal("0.004").round_places(2), decimal("0"));
        assert_eq!(decimal("128").round_places(2), decimal("128"));
        assert_eq!(decimal("1e-50").round_places(2), decimal("0"));
    }

    #[test]
    #[allow(clippy::float_cmp)] // exactly representable values
    fn converts_to_the_nearest_double() {
        assert_eq!(decimal("0.15").to_f64(), 0.15);
        assert_eq!(decimal("1e30").to_f64(), 1e30);
    }
}
