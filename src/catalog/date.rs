//! Calendar dates as catalogs state them: a year, a month or a day.
//!
//! All dates are UTC. A full date library would cost the page more bytes than
//! the four things needed here: parse, print, order, and count days.

use std::fmt;
use std::str::FromStr;

use serde::de::{self, Deserialize, Deserializer, Visitor};
use serde::ser::{Serialize, Serializer};

use super::{digits, phrase};

/// A date in UTC, as precise as its source: `2024`, `2024-07` or `2024-07-18`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: u16,
    month: Option<u8>,
    day: Option<u8>,
}

/// Why a text is not a [`Date`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateError {
    /// Not of the form `2024`, `2024-07` or `2024-07-18`.
    Form,
    /// No such month or day, or a year outside 1970–2999.
    Range,
}

impl DateError {
    /// What is wrong, and what to do.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Form => "not a date; write it like 2024-07-18, 2024-07 or 2024",
            Self::Range => "no such day in the calendar from 1970 to 2999",
        }
    }
}

impl fmt::Display for DateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.words())
    }
}

impl std::error::Error for DateError {}

impl Date {
    /// 1970-01-01, the first day that a date can be.
    pub const EPOCH: Self = Self { year: 1970, month: Some(1), day: Some(1) };

    /// The day with this year (1970–2999), month (1–12) and day (1–31).
    pub fn day(year: u16, month: u8, day: u8) -> Option<Self> {
        Self::checked(year, Some(month), Some(day)).ok()
    }

    /// The UTC day of a Unix time in seconds, within 1970–2999.
    pub fn from_unix_seconds(seconds: i64) -> Option<Self> {
        Self::from_days(seconds.div_euclid(86_400))
    }

    /// The day that many days after 1970-01-01.
    ///
    /// Source of the algorithm: Howard Hinnant, "chrono-Compatible Low-Level
    /// Date Algorithms", `civil_from_days`.
    pub fn from_days(days: i64) -> Option<Self> {
        if !(0..=376_199).contains(&days) {
            return None; // 1970-01-01 to 2999-12-31
        }
        let shifted = days + 719_468;
        let era = shifted / 146_097;
        let day_of_era = shifted % 146_097;
        let year_of_era =
            (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month_from_march = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
        let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
        let year = year_of_era + era * 400 + i64::from(month <= 2);
        Self::day(u16::try_from(year).ok()?, u8::try_from(month).ok()?, u8::try_from(day).ok()?)
    }

    /// Days since 1970-01-01 of the first day that this date can mean.
    pub fn days(self) -> i64 {
        let (month, day) = (i64::from(self.month.unwrap_or(1)), i64::from(self.day.unwrap_or(1)));
        // `days_from_civil` of the source named above.
        let year = i64::from(self.year) - i64::from(month <= 2);
        let era = year / 400;
        let year_of_era = year % 400;
        let month_from_march = if month > 2 { month - 3 } else { month + 9 };
        let day_of_year = (153 * month_from_march + 2) / 5 + day - 1;
        let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
        era * 146_097 + day_of_era - 719_468
    }

    /// Milliseconds since the Unix epoch, at 00:00 UTC of [`Date::days`].
    #[allow(clippy::cast_precision_loss)] // far below 2^53
    pub fn unix_milliseconds(self) -> f64 {
        (self.days() * 86_400_000) as f64
    }

    /// Whether the source states the month.
    pub const fn has_month(self) -> bool {
        self.month.is_some()
    }

    /// Whether the source states the day.
    pub const fn has_day(self) -> bool {
        self.day.is_some()
    }

    /// As catalogs state it: `2024-07-18`, `2024-07` or `2024`.
    pub fn text(self) -> String {
        let mut text = digits(self.year.into());
        for part in [self.month, self.day] {
            let Some(part) = part else { break };
            text.push_str(if part < 10 { "-0" } else { "-" });
            text.push_str(&digits(part.into()));
        }
        text
    }

    /// The date as American English writes it: `Jun 10, 2025`, `Oct 2023`, `2024`.
    pub fn in_english(self) -> String {
        const MONTHS: [&str; 12] =
            ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
        let year = digits(self.year.into());
        let month = self.month.and_then(|month| MONTHS.get(usize::from(month) - 1));
        match (month, self.day) {
            (Some(month), Some(day)) => phrase(*month).and(" ").and(day).and(", ").and(year).text(),
            (Some(month), None) => phrase(*month).and(" ").and(year).text(),
            _ => year,
        }
    }

    fn checked(year: u16, month: Option<u8>, day: Option<u8>) -> Result<Self, DateError> {
        let month_length = match month {
            Some(4 | 6 | 9 | 11) => 30,
            Some(2) if is_leap(year) => 29,
            Some(2) => 28,
            _ => 31,
        };
        let valid = (1970..=2999).contains(&year)
            && month.is_none_or(|month| (1..=12).contains(&month))
            && day.is_none_or(|day| (1..=month_length).contains(&day));
        if valid { Ok(Self { year, month, day }) } else { Err(DateError::Range) }
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text())
    }
}

impl FromStr for Date {
    type Err = DateError;

    /// Accepts a date with a time behind it (`2024-07-18T00:00:00Z`), and drops the time.
    fn from_str(text: &str) -> Result<Self, DateError> {
        let text = text.trim();
        let end = text.bytes().position(|byte| matches!(byte, b'T' | b' '));
        let date = text.as_bytes().get(..end.unwrap_or(text.len())).unwrap_or_default();
        let narrow = |number: u16| u8::try_from(number).map_err(|_| DateError::Range);
        let (year, rest) = date.split_at_checked(4).ok_or(DateError::Form)?;
        let (month, day) = match *rest {
            [] => (None, None),
            [b'-', m1, m2] => (Some([m1, m2]), None),
            [b'-', m1, m2, b'-', d1, d2] => (Some([m1, m2]), Some([d1, d2])),
            _ => return Err(DateError::Form),
        };
        let part = |two: [u8; 2]| number(&two).and_then(narrow);
        Self::checked(number(year)?, month.map(part).transpose()?, day.map(part).transpose()?)
    }
}

const fn is_leap(year: u16) -> bool {
    year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
}

/// A number of two or four digits.
fn number(digits: &[u8]) -> Result<u16, DateError> {
    digits.iter().try_fold(0, |number, byte| match byte {
        b'0'..=b'9' => Ok(number * 10 + u16::from(byte - b'0')),
        _ => Err(DateError::Form),
    })
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct DateVisitor;
        impl Visitor<'_> for DateVisitor {
            type Value = Date;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a date such as \"2024-07-18\"")
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<Date, E> {
                text.parse().map_err(E::custom)
            }
        }
        deserializer.deserialize_str(DateVisitor)
    }
}

#[cfg(not(target_arch = "wasm32"))]
impl schemars::JsonSchema for Date {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Date".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "description": "A date in UTC, as precise as its source.",
            "type": "string",
            "pattern": "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn reads_and_prints_what_sources_state() {
        for text in ["2024-07-18", "2024-07", "2024"] {
            assert_eq!(date(text).to_string(), text);
        }
        assert_eq!(date("2024-07-18T12:30:00Z").to_string(), "2024-07-18");
    }

    #[test]
    fn refuses_what_is_no_date() {
        for text in ["", "24-07-18", "2024-7-18", "2024/07/18", "2024-07-18-1", "soon", "2024-0a"] {
            assert_eq!(text.parse::<Date>(), Err(DateError::Form), "{text}");
        }
        for text in
            ["2024-13", "2023-02-29", "2100-02-29", "2024-00-01", "0000-01-01", "2024-01-32"]
        {
            assert_eq!(text.parse::<Date>(), Err(DateError::Range), "{text}");
        }
        assert!("2024-02-29".parse::<Date>().is_ok());
    }

    #[test]
    fn counts_days_both_ways() {
        assert_eq!(date("1970-01-01").days(), 0);
        assert_eq!(date("2024-07-18").days(), 19_922);
        for days in [0, 59, 60, 19_922, 19_782, 376_199] {
            assert_eq!(Date::from_days(days).map(Date::days), Some(days));
        }
        assert_eq!(Date::from_unix_seconds(1_721_260_800), Some(date("2024-07-18")));
        assert_eq!(Date::from_days(376_200), None);
        assert_eq!(Date::from_unix_seconds(-1), None);
    }

    #[test]
    fn orders_by_time() {
        assert!(date("2024-07-18") < date("2024-08"));
        assert!(date("2024") < date("2024-01"));
    }
}
