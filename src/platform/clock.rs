//! The reader's clock.

use crate::catalog::Date;
use crate::cost::Moment;

/// This moment.
pub fn now() -> Moment {
    Moment::from_unix_milliseconds(js_sys::Date::now()).unwrap_or_else(|| Moment::at(Date::EPOCH))
}

/// The day (UTC) by the reader's clock. A clock that is far off gives the first
/// day that a date can be.
pub fn today() -> Date {
    #[allow(clippy::cast_possible_truncation)] // milliseconds of a date fit an i64
    let seconds = (js_sys::Date::now() / 1000.0) as i64;
    Date::from_unix_seconds(seconds).unwrap_or(Date::EPOCH)
}

/// Milliseconds since 1970, for measuring time.
pub fn milliseconds() -> f64 {
    js_sys::Date::now()
}
