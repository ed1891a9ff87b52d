//! A moment in time, to the minute: what prices by date and hour depend on.

use std::fmt;
use std::str::FromStr;

use crate::catalog::{Date, TimeWindow, Weekday, find_any};

const DAY: i64 = 1_440;

/// A moment in UTC, to the minute.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment {
    /// Minutes since 1970-01-01 00:00 UTC.
    minutes: i64,
}

/// Why a text is not a [`Moment`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MomentError;

impl MomentError {
    /// A stable name of the cause.
    pub const fn code(self) -> &'static str {
        "moment-unreadable"
    }

    /// What is wrong, and what to write.
    pub const fn words(self) -> &'static str {
        "not a moment; write it like 2025-06-01 or 2025-06-01T12:30:00Z"
    }
}

impl fmt::Display for MomentError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.words())
    }
}

impl std::error::Error for MomentError {}

impl Moment {
    /// The start of a day (UTC); of the first one that the date can mean.
    pub fn at(date: Date) -> Self {
        Self { minutes: date.days() * DAY }
    }

    /// The moment of a Unix time in milliseconds, as `Date.now()` gives it;
    /// `None` where it is not finite or beyond JavaScript's range of dates.
    pub fn from_unix_milliseconds(milliseconds: f64) -> Option<Self> {
        let minutes = (milliseconds / 60_000.0).floor();
        #[allow(clippy::cast_possible_truncation)] // within ±1.44 × 10^11
        (milliseconds.abs() <= 8.64e15).then_some(Self { minutes: minutes as i64 })
    }

    /// Days since 1970-01-01.
    pub fn days(self) -> i64 {
        self.minutes.div_euclid(DAY)
    }

    /// Minutes after 00:00 UTC, 0–1439.
    pub fn minute_of_day(self) -> i64 {
        self.minutes.rem_euclid(DAY)
    }

    /// The day in UTC, within 1970–2999.
    pub fn date(self) -> Option<Date> {
        Date::from_days(self.days())
    }

    /// The day of the week in a zone so many minutes east of UTC.
    pub fn weekday(self, utc_offset: i16) -> Weekday {
        let days = (self.minutes + i64::from(utc_offset)).div_euclid(DAY);
        // 1970-01-01 was a Thursday.
        match (days + 3).rem_euclid(7) {
            0 => Weekday::Monday,
            1 => Weekday::Tuesday,
            2 => Weekday::Wednesday,
            3 => Weekday::Thursday,
            4 => Weekday::Friday,
            5 => Weekday::Saturday,
            _ => Weekday::Sunday,
        }
    }

    /// Whether this moment lies in a window: its start belongs to it, its end
    /// does not. The weekday is the one of this moment, in the window's zone.
    pub fn is_in(self, window: &TimeWindow) -> bool {
        let minute = self.minute_of_day();
        let start = i64::from(window.start);
        let end = if window.end == 0 { DAY } else { i64::from(window.end) };
        let in_hours = if start <= end {
            (start..end).contains(&minute)
        } else {
            minute >= start || minute < end
        };
        in_hours
            && (window.days.is_empty()
                || window.days.contains(&self.weekday(window.days_utc_offset)))
    }
}

impl FromStr for Moment {
    type Err = MomentError;

    /// Accepts a date, or a date and a time to the minute or finer, in UTC or
    /// with an offset (`+02:00`). A time without a zone is UTC. Seconds are
    /// dropped: no price changes within a minute.
    fn from_str(text: &str) -> Result<Self, MomentError> {
        let text = text.trim();
        let Some(at) = find_any(text, b"Tt ") else {
            return text.parse().map(Self::at).map_err(|_| MomentError);
        };
        let (date, time) = text.split_at(at);
        let date: Date = date.parse().map_err(|_| MomentError)?;
        if !date.has_day() {
            return Err(MomentError);
        }
        let time = time.get(1..).unwrap_or_default();
        let (clock, zone) = time.split_at(find_any(time, b"Zz+-").unwrap_or(time.len()));
        let east = match zone.split_at_checked(1) {
            None | Some(("Z" | "z", "")) => 0,
            Some(("+", offset)) => minutes(offset)?,
            Some(("-", offset)) => -minutes(offset)?,
            Some(_) => return Err(MomentError),
        };
        Ok(Self { minutes: date.days() * DAY + minutes(clock)? - east })
    }
}

/// The minutes of `12:30`, `12:30:59.999`, `1230` or `12`.
fn minutes(text: &str) -> Result<i64, MomentError> {
    let (hour, rest) = two_digits(text)?;
    let rest = rest.strip_prefix(':').unwrap_or(rest);
    let (minute, rest) = if rest.is_empty() { (0, rest) } else { two_digits(rest)? };
    let (second, fraction) = match rest.strip_prefix(':') {
        Some(rest) => two_digits(rest)?,
        None => (0, rest),
    };
    let fraction = fraction.strip_prefix('.').unwrap_or(fraction);
    // 60 is a leap second.
    if hour > 23
        || minute > 59
        || second > 60
        || !fraction.bytes().all(|byte| byte.is_ascii_digit())
    {
        return Err(MomentError);
    }
    Ok(hour * 60 + minute)
}

fn two_digits(text: &str) -> Result<(i64, &str), MomentError> {
    match text.as_bytes() {
        [tens @ b'0'..=b'9', ones @ b'0'..=b'9', ..] => {
            let number = i64::from(tens - b'0') * 10 + i64::from(ones - b'0');
            Ok((number, text.get(2..).unwrap_or_default()))
        }
        _ => Err(MomentError),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moment(text: &str) -> Moment {
        text.parse().unwrap()
    }

    fn window(start: u16, end: u16, days: &[Weekday], days_utc_offset: i16) -> TimeWindow {
        TimeWindow { start, end, days: days.to_vec(), days_utc_offset }
    }

    #[test]
    fn reads_dates_times_and_offsets() {
        let noon = moment("2025-06-01T12:30:00Z");
        assert_eq!(noon.date().unwrap().to_string(), "2025-06-01");
        assert_eq!(noon.minute_of_day(), 750);
        for text in [
            "2025-06-01T12:30",
            "2025-06-01 12:30",
            "2025-06-01t12:30:59.999z",
            "2025-06-01T14:30:00+02:00",
            "2025-06-01T14:30+0200",
            "2025-05-31T23:30-13",
        ] {
            assert_eq!(moment(text), noon, "{text}");
        }
        assert_eq!(moment("2025-06-01"), moment("2025-06-01T00:00:00Z"));
        assert_eq!(moment("2025-06"), moment("2025-06-01"));
        assert_eq!(moment("2025-06-01T00:30+01:00"), moment("2025-05-31T23:30Z"));
    }

    #[test]
    fn refuses_what_is_no_moment() {
        for text in [
            "",
            "now",
            "2025-13-01",
            "2025-06T12:30",
            "2025-06-01T",
            "2025-06-01T24:00",
            "2025-06-01T12:60",
            "2025-06-01T1:30",
            "2025-06-01T12:30X",
            "2025-06-01T12:30Zulu",
            "2025-06-01T12:30+",
            "2025-06-01T12:30:é",
            "2025-06-01T12:30:00.x",
        ] {
            assert_eq!(text.parse::<Moment>(), Err(MomentError), "{text}");
        }
    }

    #[test]
    fn reads_the_clock_of_the_browser() {
        assert_eq!(
            Moment::from_unix_milliseconds(1_748_781_059_999.0),
            Some(moment("2025-06-01T12:30Z"))
        );
        assert_eq!(Moment::from_unix_milliseconds(-1.0).map(Moment::minute_of_day), Some(1_439));
        assert_eq!(Moment::from_unix_milliseconds(f64::NAN), None);
        assert_eq!(Moment::from_unix_milliseconds(f64::INFINITY), None);
    }

    #[test]
    fn a_window_begins_with_its_start_and_ends_before_its_end() {
        let day = window(570, 1_110, &[], 0);
        for (time, inside) in [("09:29", false), ("09:30", true), ("18:29", true), ("18:30", false)]
        {
            assert_eq!(moment(&format!("2025-06-01T{time}")).is_in(&day), inside, "{time}");
        }
        let night = window(990, 30, &[], 0);
        for (time, inside) in [
            ("16:29:59.999", false),
            ("16:30", true),
            ("23:59", true),
            ("00:29", true),
            ("00:30", false),
        ] {
            assert_eq!(moment(&format!("2025-06-01T{time}")).is_in(&night), inside, "{time}");
        }
        for end in [0, 1_440] {
            assert!(moment("2025-06-01T23:59").is_in(&window(990, end, &[], 0)));
            assert!(!moment("2025-06-01T00:00").is_in(&window(990, end, &[], 0)));
        }
        assert!(!moment("2025-06-01T10:00").is_in(&window(600, 600, &[], 0)));
        assert!(moment("2025-06-01T10:00").is_in(&window(0, 0, &[], 0)));
    }

    #[test]
    fn weekdays_are_those_of_the_windows_zone() {
        // 2025-06-01 was a Sunday; 17:00 UTC is Monday 01:00 in Beijing.
        let late = moment("2025-06-01T17:00Z");
        assert_eq!(late.weekday(0), Weekday::Sunday);
        assert_eq!(late.weekday(480), Weekday::Monday);
        assert!(late.is_in(&window(0, 0, &[Weekday::Monday], 480)));
        assert!(!late.is_in(&window(0, 0, &[Weekday::Monday], 0)));
        assert_eq!(moment("1970-01-01").weekday(0), Weekday::Thursday);
        assert_eq!(moment("1970-01-01").weekday(-60), Weekday::Wednesday);
    }
}
