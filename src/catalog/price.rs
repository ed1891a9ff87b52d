//! Prices: in which state, for which items, since when.

use std::fmt;

use serde::de::{self, Deserialize, Deserializer, MapAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, Serializer};

use super::{ConditionalRates, Date, Decimal, Disagreement, Item};

/// What a price is: a state, not a number. Unknown is never zero.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Price {
    /// A known amount of money in the currency of the rate card, for the
    /// [`Unit`] of the [`Item`]; never negative.
    Known(Decimal),
    /// Stated to cost nothing.
    Free,
    /// Not stated.
    #[default]
    Unknown,
    /// Decided per request, for example by a router.
    Variable,
    /// Part of a subscription, not billed apart.
    Included,
}

impl Price {
    /// The amount that is billed: zero where free, `None` where no amount is known.
    pub const fn amount(self) -> Option<Decimal> {
        match self {
            Self::Known(amount) => Some(amount),
            Self::Free => Some(Decimal::ZERO),
            Self::Unknown | Self::Variable | Self::Included => None,
        }
    }

    /// The price that a catalog states as text: an amount, or a state's name.
    /// Amounts lose float noise, and no other digit.
    pub fn from_text(text: &str) -> Result<Self, PriceError> {
        match text {
            "free" => Ok(Self::Free),
            "unknown" => Ok(Self::Unknown),
            "variable" => Ok(Self::Variable),
            "included" => Ok(Self::Included),
            _ => {
                let amount: Decimal = text.parse().map_err(|_| PriceError::Unreadable)?;
                Self::of_amount(amount)
            }
        }
    }

    /// The price that a catalog states as an amount.
    pub fn of_amount(amount: Decimal) -> Result<Self, PriceError> {
        Self::try_from(amount.without_noise())
    }

    /// The price that a catalog states as a number.
    pub fn from_number(number: f64) -> Result<Self, PriceError> {
        Self::try_from(Decimal::from_f64(number).ok_or(PriceError::Unreadable)?)
    }

    /// As catalogs state it; [`Price::from_text`] reads it back.
    pub fn text(self) -> String {
        let word = match self {
            Self::Known(amount) => return amount.text(),
            Self::Free => "free",
            Self::Unknown => "unknown",
            Self::Variable => "variable",
            Self::Included => "included",
        };
        word.to_owned()
    }
}

/// Why a value is not a price.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PriceError {
    /// Below zero (sentinels such as `-1` are for the format's adapter to read).
    Negative,
    /// Neither a decimal number nor one of the words for a state.
    Unreadable,
}

impl PriceError {
    /// What is wrong, and what to do.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Negative => "a price below zero; write \"variable\" if it is decided per request",
            Self::Unreadable => {
                "not a price; write a decimal such as \"0.15\", or \"free\", \"unknown\", \"variable\" or \"included\""
            }
        }
    }
}

impl fmt::Display for PriceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.words())
    }
}

impl std::error::Error for PriceError {}

impl TryFrom<Decimal> for Price {
    type Error = PriceError;

    fn try_from(amount: Decimal) -> Result<Self, PriceError> {
        if amount.is_negative() { Err(PriceError::Negative) } else { Ok(Self::Known(amount)) }
    }
}

impl fmt::Display for Price {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text())
    }
}

impl Serialize for Price {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Price {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct PriceVisitor;
        impl Visitor<'_> for PriceVisitor {
            type Value = Price;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a price: a decimal such as \"0.15\", or \"free\", \"unknown\", \"variable\" or \"included\"")
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<Price, E> {
                Price::from_text(text).map_err(E::custom)
            }
            fn visit_f64<E: de::Error>(self, value: f64) -> Result<Price, E> {
                Price::from_number(value).map_err(E::custom)
            }
            fn visit_u64<E: de::Error>(self, value: u64) -> Result<Price, E> {
                Ok(Price::Known(Decimal::from(value)))
            }
            fn visit_i64<E: de::Error>(self, value: i64) -> Result<Price, E> {
                Price::try_from(Decimal::new(i128::from(value), 0)).map_err(E::custom)
            }
            fn visit_unit<E: de::Error>(self) -> Result<Price, E> {
                Ok(Price::Unknown)
            }
            fn visit_none<E: de::Error>(self) -> Result<Price, E> {
                Ok(Price::Unknown)
            }
        }
        deserializer.deserialize_any(PriceVisitor)
    }
}

/// Prices by item, each at most once, in the order of [`Item`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rates(Vec<(Item, Price)>);

impl Rates {
    /// No price at all.
    pub const EMPTY: Self = Self(Vec::new());

    /// The price of an item; [`Price::Unknown`] where none is stated.
    pub fn get(&self, item: Item) -> Price {
        self.stated(item).unwrap_or_default()
    }

    /// The price of an item where one is stated.
    pub fn stated(&self, item: Item) -> Option<Price> {
        self.0.iter().find(|(have, _)| *have == item).map(|(_, price)| *price)
    }

    /// States the price of an item, in place of an earlier one.
    pub fn set(&mut self, item: Item, price: Price) {
        match self.0.binary_search_by_key(&item, |(have, _)| *have) {
            Ok(at) => {
                if let Some(entry) = self.0.get_mut(at) {
                    entry.1 = price;
                }
            }
            Err(at) => self.0.insert(at, (item, price)),
        }
    }

    /// The stated prices, in the order of [`Item`].
    pub fn iter(&self) -> impl Iterator<Item = (Item, Price)> + '_ {
        self.0.iter().copied()
    }

    /// Whether no price is stated.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl FromIterator<(Item, Price)> for Rates {
    fn from_iter<I: IntoIterator<Item = (Item, Price)>>(entries: I) -> Self {
        let mut rates = Self::default();
        for (item, price) in entries {
            rates.set(item, price);
        }
        rates
    }
}

impl Serialize for Rates {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (item, price) in &self.0 {
            map.serialize_entry(item.name(), price)?;
        }
        map.end()
    }
}

impl<'de> Deserialize<'de> for Rates {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct RatesVisitor;
        impl<'de> Visitor<'de> for RatesVisitor {
            type Value = Rates;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("prices by item, such as {\"input\": \"0.15\", \"output\": \"0.6\"}")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Rates, A::Error> {
                let mut rates = Rates::default();
                while let Some(name) = map.next_key::<String>()? {
                    let price: Price = map.next_value()?;
                    // An item of a later minor version is none of ours to price.
                    if let Some(item) = Item::from_name(&name) {
                        rates.set(item, price);
                    }
                }
                Ok(rates)
            }
        }
        deserializer.deserialize_map(RatesVisitor)
    }
}

/// The prices of one model or endpoint, with the conditions that change them.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(default)]
pub struct RateCard {
    /// ISO 4217 code; `USD` where absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub currency: Option<String>,
    /// The prices when no condition holds.
    pub rates: Rates,
    /// Prices under conditions; where several hold, the last one wins per item.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<ConditionalRates>,
    /// The least length of audio, in seconds, that a request with any is billed for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub minimum_seconds: Option<u32>,
    /// What no field can say, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// The key of the source in the catalog's `sources`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// The day on which the source showed these prices.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
    /// What other catalogs state otherwise; made where catalogs are merged.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub disagreements: Vec<Disagreement>,
}

impl RateCard {
    /// The price of an item when no condition holds.
    pub fn price(&self, item: Item) -> Price {
        self.rates.get(item)
    }

    /// The ISO 4217 code of the currency.
    pub fn currency(&self) -> &str {
        self.currency.as_deref().unwrap_or("USD")
    }
}

/// Prices that held from a day on, until the next entry of the history.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct DatedRates {
    /// The first day (UTC) on which the prices held; absent where they held
    /// from the start. May lie in the future.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Date>,
    /// Where the day of the change is known only as an interval: the last day
    /// on which the source still showed the prices before. `from` is then the
    /// first day on which it showed these.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub previous_seen: Option<Date>,
    /// The prices: all of them, not only the changed ones.
    pub rates: Rates,
    /// The key of the source in the catalog's `sources`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}

#[cfg(not(target_arch = "wasm32"))]
mod schema {
    use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

    use super::{Item, Price, Rates};

    impl JsonSchema for Price {
        fn schema_name() -> std::borrow::Cow<'static, str> {
            "Price".into()
        }

        fn json_schema(_: &mut SchemaGenerator) -> Schema {
            json_schema!({
                "description": "An amount of money, best as a string (\"0.15\"), or a state: free, unknown, variable (decided per request) or included (in a subscription).",
                "anyOf": [
                    { "type": "string", "pattern": "^([0-9]*\\.?[0-9]+([eE][-+]?[0-9]+)?|free|unknown|variable|included)$" },
                    { "type": "number", "minimum": 0 },
                    { "type": "null" }
                ]
            })
        }
    }

    impl JsonSchema for Rates {
        fn schema_name() -> std::borrow::Cow<'static, str> {
            "Rates".into()
        }

        fn json_schema(generator: &mut SchemaGenerator) -> Schema {
            let price = generator.subschema_for::<Price>();
            let properties: serde_json::Map<String, serde_json::Value> = Item::ALL
                .iter()
                .map(|item| (item.name().to_owned(), price.clone().to_value()))
                .collect();
            json_schema!({
                "description": "Prices by item. Tokens are priced per 1,000,000, web searches and pages per 1,000, characters per 1,000,000, pixels per 1,000,000,000, durations per hour, requests and images each.",
                "type": "object",
                "properties": properties
            })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn price(json: &str) -> Result<Price, serde_json::Error> {
        serde_json::from_str(json)
    }

    #[test]
    fn reads_amounts_and_states() {
        assert_eq!(price("\"0.15\"").unwrap(), Price::Known(Decimal::new(15, -2)));
        assert_eq!(price("0.39999999999999997").unwrap(), Price::Known(Decimal::new(4, -1)));
        assert_eq!(price("2").unwrap(), Price::Known(Decimal::new(2, 0)));
        assert_eq!(price("\"free\"").unwrap(), Price::Free);
        assert_eq!(price("\"variable\"").unwrap(), Price::Variable);
        assert_eq!(price("\"included\"").unwrap(), Price::Included);
        assert_eq!(price("null").unwrap(), Price::Unknown);
    }

    #[test]
    fn refuses_what_is_no_price() {
        for json in ["\"-1\"", "-1", "-0.5", "\"cheap\"", "true", "[]", "\"NaN\""] {
            assert!(price(json).is_err(), "{json}");
        }
    }

    #[test]
    fn unknown_is_not_zero() {
        assert_eq!(Rates::default().get(Item::Input), Price::Unknown);
        assert_eq!(Price::Unknown.amount(), None);
        assert_eq!(Price::Free.amount(), Some(Decimal::ZERO));
    }

    #[test]
    fn rates_keep_the_order_of_display_and_the_last_value() {
        let rates: Rates = serde_json::from_str(
            r#"{"output":"0.6","from_the_future":"1","input":"0.1","input":"0.15"}"#,
        )
        .unwrap();
        assert_eq!(serde_json::to_string(&rates).unwrap(), r#"{"input":"0.15","output":"0.6"}"#);
    }

    #[test]
    fn every_item_has_a_name_of_its_own() {
        for item in Item::ALL {
            assert_eq!(Item::from_name(item.name()), Some(*item));
        }
    }
}
