//! Under which conditions prices hold.

use serde::{Deserialize, Serialize};

use super::{Date, Rates};

/// Prices that hold while a condition holds; items not listed keep their price.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(default)]
pub struct ConditionalRates {
    /// When the prices hold: every stated part must hold.
    pub when: Condition,
    /// The prices.
    pub rates: Rates,
}

/// When conditional prices hold. Parts that are stated must hold together.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(default)]
pub struct Condition {
    /// Total input tokens, cached ones included, above this number. The whole
    /// request is then billed at these prices, not the part above.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub input_tokens_above: Option<u64>,
    /// Total input tokens, cached ones included, of at least this number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub input_tokens_from: Option<u64>,
    /// Total input tokens, cached ones included, of at most this number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub input_tokens_up_to: Option<u64>,
    /// Times of the day and week, any one of which must hold.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub windows: Vec<TimeWindow>,
    /// From the start of this day (UTC).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Date>,
    /// Until the start of this day (UTC).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
    /// The service tier that the caller asks for: `batch`, `flex`, `priority`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub service_tier: Option<String>,
}

/// A time of the day, half-open, in UTC; it may wrap midnight.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(default)]
pub struct TimeWindow {
    /// Start in minutes after 00:00 UTC, included (0–1439).
    pub start: u16,
    /// End in minutes after 00:00 UTC, excluded (0–1440; 0 or 1440 is midnight).
    pub end: u16,
    /// The days of the week on which the window holds; every day where empty.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub days: Vec<Weekday>,
    /// Minutes east of UTC of the zone in which `days` are counted (Beijing: 480).
    #[serde(skip_serializing_if = "is_zero")]
    pub days_utc_offset: i16,
}

#[allow(clippy::trivially_copy_pass_by_ref)] // the signature that serde asks for
fn is_zero(minutes: &i16) -> bool {
    *minutes == 0
}

/// A day of the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum Weekday {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}
