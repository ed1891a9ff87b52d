//! Decimal numbers as text, and to and from JSON.

use std::fmt;
use std::str::FromStr;

use serde::de::{self, Deserialize, Deserializer, Visitor};
use serde::ser::{Serialize, Serializer};

use super::{Decimal, DecimalError, EXPONENT_LIMIT, divided};
use crate::catalog::find_any;

impl Decimal {
    /// Plain notation, every digit and no padding: `0.00000015`, `128000`.
    pub fn text(self) -> String {
        let digits = digits_of(self.coefficient);
        let mut text = String::with_capacity(digits.len() + 4);
        if self.coefficient < 0 {
            text.push('-');
        }
        let point = i32::try_from(digits.len()).unwrap_or(i32::MAX) + self.exponent;
        if point <= 0 {
            text.push_str("0.");
            for _ in point..0 {
                text.push('0');
            }
        }
        for (place, digit) in (0i32..).zip(digits.iter().rev()) {
            if place == point && place > 0 {
                text.push('.');
            }
            text.push(char::from(*digit));
        }
        for _ in 0..self.exponent {
            text.push('0');
        }
        text
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text())
    }
}

impl FromStr for Decimal {
    type Err = DecimalError;

    fn from_str(text: &str) -> Result<Self, DecimalError> {
        let text = text.trim();
        let (mantissa, exponent) = match find_any(text, b"eE") {
            Some(at) => {
                let (mantissa, rest) = text.split_at(at);
                let digits = rest.get(1..).unwrap_or_default();
                let digits = digits.strip_prefix('+').unwrap_or(digits);
                (mantissa, digits.parse::<i32>().map_err(|_| DecimalError::NotANumber)?)
            }
            None => (text, 0),
        };
        let unsigned = unsigned(mantissa);
        let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
        if whole.is_empty() && fraction.is_empty() {
            return Err(DecimalError::NotANumber);
        }
        let mut coefficient: i128 = 0;
        // Most numbers are short, and 128-bit multiplication is slow.
        let mut short: i64 = 0;
        for byte in whole.bytes().chain(fraction.trim_end_matches('0').bytes()) {
            if !byte.is_ascii_digit() {
                return Err(DecimalError::NotANumber);
            }
            if coefficient == 0 {
                if short < 100_000_000_000_000_000 {
                    short = short * 10 + i64::from(byte - b'0');
                    continue;
                }
                coefficient = i128::from(short);
            }
            coefficient = coefficient
                .checked_mul(10)
                .and_then(|c| c.checked_add(i128::from(byte - b'0')))
                .ok_or(DecimalError::TooLarge)?;
        }
        if coefficient == 0 {
            coefficient = i128::from(short);
        }
        if mantissa.starts_with('-') {
            coefficient = -coefficient;
        }
        let places = i32::try_from(fraction.trim_end_matches('0').len())
            .map_err(|_| DecimalError::TooLarge)?;
        let exponent = exponent.checked_sub(places).ok_or(DecimalError::TooLarge)?;
        if coefficient != 0 && exponent.abs() > EXPONENT_LIMIT {
            return Err(DecimalError::TooLarge);
        }
        Ok(Self::new(coefficient, exponent))
    }
}

/// A number without its sign.
pub fn unsigned(number: &str) -> &str {
    number.strip_prefix('-').or_else(|| number.strip_prefix('+')).unwrap_or(number)
}

/// A number in digits without its sign, the last one first. The standard library's formatting
/// of 128 bits is a kilobyte.
fn digits_of(number: i128) -> Vec<u8> {
    let mut digits = Vec::new();
    let mut rest = number;
    while rest != 0 || digits.is_empty() {
        let (more, digit) = divided(rest, 10);
        #[allow(clippy::cast_possible_truncation)] // below ten
        digits.push(b'0' + digit as u8);
        rest = more;
    }
    digits
}

impl Serialize for Decimal {
    /// As a string: JSON numbers are binary floats to most readers.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text())
    }
}

impl<'de> Deserialize<'de> for Decimal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(DecimalVisitor)
    }
}

struct DecimalVisitor;

impl Visitor<'_> for DecimalVisitor {
    type Value = Decimal;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a decimal number, best as a string such as \"0.15\"")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Decimal, E> {
        text.parse::<Decimal>()
            // Float noise also stands in strings: `0.00000020000000000000002`.
            .map(Decimal::without_noise)
            .map_err(|error| E::custom(error))
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Decimal, E> {
        Decimal::from_f64(value).ok_or_else(|| E::custom(DecimalError::NotANumber))
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<Decimal, E> {
        Ok(Decimal::from(value))
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<Decimal, E> {
        Ok(Decimal::new(i128::from(value), 0))
    }
}

#[cfg(not(target_arch = "wasm32"))]
impl schemars::JsonSchema for Decimal {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Decimal".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "description": "An exact decimal number, best as a string (\"0.15\"); JSON numbers are rounded to 12 significant digits.",
            "anyOf": [{ "type": "string", "pattern": "^[-+]?[0-9]*\\.?[0-9]+([eE][-+]?[0-9]+)?$" }, { "type": "number" }]
        })
    }
}
