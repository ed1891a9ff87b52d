//! The outermost shape of a JSON text: enough to tell which format it is, with
//! the values left unread.
//!
//! The text must be UTF-8; one byte order mark at its beginning is skipped. Of a
//! key that stands twice in an object, the last value counts, as in a browser.

use std::fmt;

use serde::de::{self, Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::scalar::Scalar;
use crate::catalog::{CatalogError, MAX_BYTES};

/// A JSON text, with its outermost value laid open.
#[derive(Debug)]
pub struct Root<'a> {
    /// The whole text.
    pub text: &'a str,
    /// The outermost value.
    pub shape: Shape<'a>,
}

/// The outermost value of a JSON text.
#[derive(Debug)]
pub enum Shape<'a> {
    /// An object: its keys and values, the first [`MAX_MEMBERS`] of them.
    Object(Vec<(String, &'a RawValue)>),
    /// An array: its elements, the first [`MAX_MEMBERS`] of them, and how many it has.
    Array(Vec<&'a RawValue>, usize),
    /// Anything else: what it is, in words.
    Other(&'static str),
}

/// The most members kept of an object or array. More than any format has models;
/// a bound on the memory that a hostile text can cost.
pub const MAX_MEMBERS: usize = 100_000;

impl<'a> Root<'a> {
    /// Reads the outermost shape, and checks that all of the text is JSON.
    pub fn new(bytes: &'a [u8]) -> Result<Self, CatalogError> {
        if bytes.len() > MAX_BYTES {
            return Err(CatalogError::TooLarge);
        }
        let text = std::str::from_utf8(bytes).map_err(|error| CatalogError::NotJson {
            reason: match bytes {
                [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => "it is UTF-16; save it as UTF-8".to_owned(),
                _ => format!("byte {} is not UTF-8; save it as UTF-8", error.valid_up_to() + 1),
            },
        })?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let shape = serde_json::from_str(text).map_err(|error| CatalogError::NotJson {
            reason: match text.trim_start().chars().next() {
                None => "it is empty".to_owned(),
                Some('<') => "it begins with \"<\", as web pages do".to_owned(),
                Some(_) => error.to_string(),
            },
        })?;
        Ok(Self { text, shape })
    }

    /// The value of a key of the outermost object.
    pub fn get(&self, key: &str) -> Option<&'a RawValue> {
        let Shape::Object(members) = &self.shape else { return None };
        members.iter().rev().find(|(have, _)| have == key).map(|(_, value)| *value)
    }

    /// The elements of the outermost array, or of the array under one of these
    /// keys of the outermost object, with the path to them.
    pub fn items(&self, keys: &[&'static str]) -> Option<(&'static str, Vec<&'a RawValue>)> {
        if let Shape::Array(items, _) = &self.shape {
            return Some(("", items.clone()));
        }
        keys.iter().find_map(|key| match open(self.get(key)?) {
            Shape::Array(items, _) => Some((*key, items)),
            _ => None,
        })
    }

    /// The first few of [`Root::items`], without reading the others: enough to
    /// tell a format by.
    pub fn first_items(&self, keys: &[&'static str]) -> Vec<&'a RawValue> {
        if let Shape::Array(items, _) = &self.shape {
            return items.iter().take(FIRST_ITEMS).copied().collect();
        }
        let array = keys.iter().find_map(|key| self.get(key).filter(|value| is_array(value)));
        let mut first = Vec::new();
        if let Some(array) = array {
            // The visitor stops early, and that is an error to the reader.
            let _ = serde_json::Deserializer::from_str(array.get())
                .deserialize_seq(FirstItems(&mut first));
        }
        first
    }

    /// What the outermost value is, in words: `an object with the keys a, b`.
    pub fn describe(&self) -> String {
        match &self.shape {
            Shape::Other(what) => (*what).to_owned(),
            Shape::Array(items, _) => match items.first() {
                None => "an empty array".to_owned(),
                Some(first) => {
                    let kind = kind(first);
                    let noun = kind.split_once(' ').map_or(kind, |(_, noun)| noun);
                    format!("an array of {noun}s")
                }
            },
            Shape::Object(members) if members.is_empty() => "an empty object".to_owned(),
            Shape::Object(members) => {
                let mut keys: Vec<String> = members
                    .iter()
                    .take(SHOWN_KEYS)
                    .map(|(key, _)| key.chars().filter(|c| !c.is_control()).take(40).collect())
                    .collect();
                if members.len() > SHOWN_KEYS {
                    keys.push("…".to_owned());
                }
                let plural = if members.len() == 1 { "key" } else { "keys" };
                format!("an object with the {plural} {}", keys.join(", "))
            }
        }
    }
}

/// How many items [`Root::first_items`] gives.
const FIRST_ITEMS: usize = 5;

fn is_array(value: &RawValue) -> bool {
    value.get().starts_with('[')
}

struct FirstItems<'i, 'a>(&'i mut Vec<&'a RawValue>);

impl<'de> Visitor<'de> for FirstItems<'_, 'de> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        while self.0.len() < FIRST_ITEMS
            && let Some(item) = items.next_element()?
        {
            self.0.push(item);
        }
        Ok(())
    }
}

/// How many keys a message names.
const SHOWN_KEYS: usize = 5;

/// A value of a JSON text, laid open.
pub fn open(value: &RawValue) -> Shape<'_> {
    // It is part of a text that has been read, so it cannot fail.
    serde_json::from_str(value.get()).unwrap_or(Shape::Other("nothing"))
}

/// Whether a value is an object with all of these keys.
pub fn has(value: &RawValue, keys: &[&str]) -> bool {
    let Shape::Object(members) = open(value) else { return false };
    keys.iter().all(|key| members.iter().any(|(have, _)| have == key))
}

/// A value of a JSON text as a single one.
pub fn scalar(value: &RawValue) -> Option<Scalar> {
    serde_json::from_str(value.get()).ok()
}

/// What a JSON value is, in words.
pub fn kind(value: &RawValue) -> &'static str {
    match value.get().as_bytes().first() {
        Some(b'{') => "an object",
        Some(b'[') => "an array",
        Some(b'"') => "a string",
        Some(b't' | b'f') => "a boolean",
        Some(b'n') => "a null",
        _ => "a number",
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Shape<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ShapeVisitor)
    }
}

struct ShapeVisitor;

impl<'de> Visitor<'de> for ShapeVisitor {
    type Value = Shape<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut members = Vec::new();
        while let Some(key) = map.next_key::<String>()? {
            let value: &RawValue = map.next_value()?;
            if members.len() < MAX_MEMBERS {
                members.push((key, value));
            }
        }
        Ok(Shape::Object(members))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        let mut items = Vec::new();
        while items.len() < MAX_MEMBERS
            && let Some(item) = seq.next_element::<&RawValue>()?
        {
            items.push(item);
        }
        let mut length = items.len();
        while seq.next_element::<IgnoredAny>()?.is_some() {
            length += 1;
        }
        Ok(Shape::Array(items, length))
    }

    fn visit_str<E: de::Error>(self, _: &str) -> Result<Self::Value, E> {
        Ok(Shape::Other("a string"))
    }

    fn visit_bool<E: de::Error>(self, _: bool) -> Result<Self::Value, E> {
        Ok(Shape::Other("a boolean"))
    }

    fn visit_u64<E: de::Error>(self, _: u64) -> Result<Self::Value, E> {
        Ok(Shape::Other("a number"))
    }

    fn visit_i64<E: de::Error>(self, _: i64) -> Result<Self::Value, E> {
        Ok(Shape::Other("a number"))
    }

    fn visit_f64<E: de::Error>(self, _: f64) -> Result<Self::Value, E> {
        Ok(Shape::Other("a number"))
    }

    fn visit_unit<E: de::Error>(self) -> Result<Self::Value, E> {
        Ok(Shape::Other("null"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn described(json: &str) -> String {
        Root::new(json.as_bytes()).unwrap().describe()
    }

    fn refused(bytes: &[u8]) -> String {
        Root::new(bytes).unwrap_err().to_string()
    }

    #[test]
    fn says_what_it_found() {
        for (json, words) in [
            ("7", "a number"),
            ("-7", "a number"),
            ("1.5", "a number"),
            ("true", "a boolean"),
            ("null", "null"),
            ("\"x\"", "a string"),
            ("[]", "an empty array"),
            ("[1, 2]", "an array of numbers"),
            ("[[1]]", "an array of arrays"),
            ("[{}]", "an array of objects"),
            ("[null]", "an array of nulls"),
            ("{}", "an empty object"),
            ("{\"a\": 1}", "an object with the key a"),
            (
                "{\"a\":1,\"b\":2,\"c\":3,\"d\":4,\"e\":5,\"f\":6}",
                "an object with the keys a, b, c, d, e, …",
            ),
        ] {
            assert_eq!(described(json), words);
        }
    }

    #[test]
    fn the_first_items_are_those_of_the_array() {
        let first = |json: &str| -> Vec<String> {
            let root = Root::new(json.as_bytes()).unwrap();
            let items = root.first_items(&["data", "models"]);
            items.into_iter().map(|item| item.get().to_owned()).collect()
        };
        assert_eq!(first("[1, {\"a\": 2}]"), ["1", "{\"a\": 2}"]);
        assert_eq!(
            first("{\"data\": {}, \"models\": [1, 2, 3, 4, 5, 6]}"),
            ["1", "2", "3", "4", "5"]
        );
        assert_eq!(first("{\"data\": []}"), [""; 0]);
        assert_eq!(first("{\"data\": 7}"), [""; 0]);
    }

    #[test]
    fn the_last_of_equal_keys_counts() {
        let root = Root::new(b"{\"a\": 1, \"a\": 2}").unwrap();
        assert_eq!(root.get("a").unwrap().get(), "2");
        assert!(root.get("__proto__").is_none());
    }

    #[test]
    fn reads_utf_8_with_or_without_a_byte_order_mark() {
        assert_eq!(described("\u{feff}{}"), "an empty object");
        assert!(refused("\u{feff}\u{feff}{}".as_bytes()).contains("not JSON"));
        assert!(refused(b"{\"a\": \"\xff\"}").contains("byte 8 is not UTF-8"));
        assert!(refused(b"\xff\xfe{\0}\0").contains("UTF-16"));
    }

    #[test]
    fn says_why_a_text_is_no_json() {
        assert!(refused(b"").contains("it is empty"));
        assert!(refused(b" \n<!DOCTYPE html>").contains("web page"));
        assert!(refused(b"{\"a\": 1,}").contains("line 1 column 9"));
        assert!(refused(b"{\"models\": [1, 2").contains("EOF"));
        assert!(refused("[".repeat(1_000_000).as_bytes()).contains("EOF"));
        let nested = format!("{}{}", "[".repeat(1_000_000), "]".repeat(1_000_000));
        assert_eq!(described(&nested), "an array of arrays");
    }

    #[test]
    fn refuses_more_than_the_limit() {
        let mut bytes = vec![b' '; MAX_BYTES - 2];
        bytes.extend_from_slice(b"{}");
        assert!(Root::new(&bytes).is_ok());
        bytes.push(b' ');
        assert_eq!(Root::new(&bytes).unwrap_err(), CatalogError::TooLarge);
    }

    #[test]
    fn keeps_a_bounded_number_of_members() {
        let members: Vec<String> = (0..=MAX_MEMBERS).map(|n| format!("\"{n}\":1")).collect();
        let json = format!("{{{}}}", members.join(","));
        let root = Root::new(json.as_bytes()).unwrap();
        assert!(root.get(&(MAX_MEMBERS - 1).to_string()).is_some());
        assert!(root.get(&MAX_MEMBERS.to_string()).is_none());
    }
}
