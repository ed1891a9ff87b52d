//! When off-peak prices hold: `hours_utc` is a span such as `16:30-00:30`, or
//! several, on the named weekdays or on all; `windows` lists more of the same.
//! Weekdays are those of `weekday_timezone`, ISO numbers or English names.

use serde::Deserialize;
use serde_json::value::RawValue;

use crate::catalog::{TimeWindow, Weekday};
use crate::formats::facts::Facts;
use crate::formats::root;
use crate::formats::scalar::{List, Members, Nested, Scalar};

/// `off_peak_pricing`.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct OffPeak<'r> {
    #[serde(borrow)]
    hours_utc: Option<&'r RawValue>,
    weekdays: Option<List<Scalar>>,
    weekday_timezone: Scalar,
    windows: List<Nested<Hours<'r>>>,
    /// Prices that are kept apart from the rest.
    pub rates: Members<Scalar>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Hours<'r> {
    #[serde(borrow)]
    hours_utc: Option<&'r RawValue>,
    weekdays: Option<List<Scalar>>,
}

/// Zones without summer time, by their minutes east of UTC. In any other the
/// offset of weekdays would change within the year, which no window can say.
const ZONES: &[(&str, i16)] = &[
    ("UTC", 0),
    ("Etc/UTC", 0),
    ("GMT", 0),
    ("Asia/Shanghai", 480),
    ("Asia/Hong_Kong", 480),
    ("Asia/Taipei", 480),
    ("Asia/Singapore", 480),
    ("Asia/Tokyo", 540),
    ("Asia/Seoul", 540),
    ("Asia/Kolkata", 330),
    ("Asia/Dubai", 240),
];

const WEEK: [(&str, Weekday); 7] = [
    ("monday", Weekday::Monday),
    ("tuesday", Weekday::Tuesday),
    ("wednesday", Weekday::Wednesday),
    ("thursday", Weekday::Thursday),
    ("friday", Weekday::Friday),
    ("saturday", Weekday::Saturday),
    ("sunday", Weekday::Sunday),
];

impl OffPeak<'_> {
    /// The times at which the prices hold; what cannot be read is left out.
    pub fn windows(&self, facts: &mut Facts<'_>) -> Vec<TimeWindow> {
        let zone = match self.weekday_timezone.text() {
            None => Some(0),
            Some(name) => ZONES.iter().find(|(zone, _)| *zone == name).map(|(_, offset)| *offset),
        };
        let mut windows = Vec::new();
        add(self.hours_utc, self.weekdays.as_ref(), zone, "", facts, &mut windows);
        for (index, hours) in self.windows.0.iter().enumerate() {
            let place = format!("windows[{index}].");
            match hours.get() {
                Some(hours) => {
                    let days = hours.weekdays.as_ref();
                    add(hours.hours_utc, days, zone, &place, facts, &mut windows);
                }
                None => facts.warn("fact_unreadable", place.trim_end_matches('.'), "no window"),
            }
        }
        windows
    }
}

fn add(
    hours: Option<&RawValue>,
    weekdays: Option<&List<Scalar>>,
    zone: Option<i16>,
    place: &str,
    facts: &mut Facts<'_>,
    windows: &mut Vec<TimeWindow>,
) {
    let Some(hours) = hours else { return };
    let spans = match root::scalar(hours) {
        Some(span @ Scalar::Text(_)) => vec![span],
        _ => serde_json::from_str::<List<Scalar>>(hours.get()).unwrap_or_default().0,
    };
    let days: Vec<Weekday> =
        weekdays.map(|days| days.0.iter().filter_map(weekday).collect()).unwrap_or_default();
    if weekdays.is_some() && days.is_empty() {
        let effect = "no day of the week that can be read; the window is left out";
        facts.warn("fact_unreadable", &format!("{place}weekdays"), effect);
        return;
    }
    let Some(offset) = zone.or(days.is_empty().then_some(0)) else {
        let effect = "weekdays in a zone that is not known, or has summer time; left out";
        facts.warn("condition_unusable", &format!("{place}weekdays"), effect);
        return;
    };
    for span in &spans {
        match span.text().and_then(read) {
            Some((start, end)) => {
                let days_utc_offset = if days.is_empty() { 0 } else { offset };
                windows.push(TimeWindow { start, end, days: days.clone(), days_utc_offset });
            }
            None => facts.warn(
                "fact_unreadable",
                &format!("{place}hours_utc"),
                "no span of time such as 16:30-00:30; left out",
            ),
        }
    }
    if spans.is_empty() {
        facts.warn("fact_unreadable", &format!("{place}hours_utc"), "no span of time; left out");
    }
}

/// `16:30-00:30` in minutes after midnight.
fn read(span: &str) -> Option<(u16, u16)> {
    let (start, end) = span.split_once('-')?;
    let (start, end) = (minutes(start)?, minutes(end)?);
    // Equal ends are the whole day.
    Some(if start == end { (0, 0) } else { (start % 1_440, end) })
}

fn minutes(clock: &str) -> Option<u16> {
    let (hour, minute) = clock.trim().split_once(':')?;
    let digits = |text: &str| {
        (text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit()))
            .then(|| text.parse::<u16>().ok())
            .flatten()
    };
    let (hour, minute) = (digits(hour)?, digits(minute)?);
    let minutes = hour * 60 + minute;
    (minute < 60 && minutes <= 1_440).then_some(minutes)
}

/// A day by its ISO number (1 is Monday) or its name, or the first three letters of it.
fn weekday(value: &Scalar) -> Option<Weekday> {
    let numbered = |number: &f64| {
        #[allow(clippy::float_cmp)] // whole numbers
        WEEK.iter().zip(1u8..).find(|(_, iso)| f64::from(*iso) == *number).map(|(day, _)| day)
    };
    let found = match value {
        Scalar::Number(number) => numbered(number),
        Scalar::Text(name) => {
            let name = name.trim().to_ascii_lowercase();
            WEEK.iter().find(|(day, _)| name.len() >= 3 && day.starts_with(&name))
        }
        _ => None,
    };
    found.map(|(_, day)| *day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::log::Log;

    fn windows(json: &str) -> (Vec<TimeWindow>, usize) {
        let block: OffPeak<'_> = serde_json::from_str(json).unwrap();
        let mut log = Log::default();
        let windows = block.windows(&mut Facts::new(&mut log, "m"));
        (windows, log.len())
    }

    #[test]
    fn hours_are_one_span_or_several() {
        let plain = |start, end| TimeWindow { start, end, ..TimeWindow::default() };
        for (json, expected) in [
            (r#"{"hours_utc":"16:30-00:30"}"#, vec![plain(990, 30)]),
            (
                r#"{"hours_utc":["01:00-05:00","22:00-24:00"]}"#,
                vec![plain(60, 300), plain(1_320, 1_440)],
            ),
            (r#"{"hours_utc":"05:00-05:00"}"#, vec![plain(0, 0)]),
            (
                r#"{"hours_utc":"04:00-06:00","windows":[{"hours_utc":"10:00-00:00"}]}"#,
                vec![plain(240, 360), plain(600, 0)],
            ),
            ("{}", vec![]),
        ] {
            assert_eq!(windows(json), (expected, 0), "{json}");
        }
    }

    #[test]
    fn weekdays_are_counted_in_their_zone() {
        let (read, problems) = windows(
            r#"{"weekday_timezone":"Asia/Shanghai","windows":[
                {"hours_utc":"16:00-17:00","weekdays":[6,"Sun","noday",0,8]},
                {"hours_utc":"00:00-00:00"}]}"#,
        );
        assert_eq!(problems, 0);
        assert_eq!(read[0].days, [Weekday::Saturday, Weekday::Sunday]);
        assert_eq!((read[0].days_utc_offset, read[1].days_utc_offset), (480, 0));
        let (read, problems) = windows(
            r#"{"weekday_timezone":"America/New_York","hours_utc":"00:00-06:00","weekdays":["sat"],
                "windows":[{"hours_utc":"00:00-00:00"}]}"#,
        );
        assert_eq!((read.len(), problems), (1, 1));
    }

    #[test]
    fn what_is_no_time_is_left_out() {
        for json in [
            r#"{"hours_utc":"16:30"}"#,
            r#"{"hours_utc":"1:00-2:00"}"#,
            r#"{"hours_utc":"24:30-25:00"}"#,
            r#"{"hours_utc":"10:60-11:00"}"#,
            r#"{"hours_utc":7}"#,
            r#"{"hours_utc":[]}"#,
            r#"{"hours_utc":"00:00-06:00","weekdays":[0,8]}"#,
            r#"{"windows":["00:00-06:00"]}"#,
        ] {
            assert_eq!(windows(json), (vec![], 1), "{json}");
        }
    }
}
