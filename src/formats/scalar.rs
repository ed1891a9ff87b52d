//! Lenient types for foreign JSON: a field of the wrong kind costs that field
//! alone, never its entry. They hold what stands there; [`Facts`](super::facts)
//! judges it and says what was wrong.

use std::fmt;
use std::marker::PhantomData;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use crate::catalog::clean;

/// A single value, of whichever kind.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Scalar {
    /// Absent, or null.
    #[default]
    Absent,
    /// `true` or `false`.
    Flag(bool),
    /// A number.
    Number(f64),
    /// Text, without control characters.
    Text(String),
    /// Something that is no single value, in words.
    Other(&'static str),
}

impl Scalar {
    /// Text that is not blank, without spaces around it.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text.trim()).filter(|text| !text.is_empty()),
            _ => None,
        }
    }

    /// `true` or `false`.
    pub const fn flag(&self) -> Option<bool> {
        match self {
            Self::Flag(flag) => Some(*flag),
            _ => None,
        }
    }

    /// Whether nothing is stated.
    pub const fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }

    /// What it is, in words.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Absent => "nothing",
            Self::Flag(_) => "a boolean",
            Self::Number(_) => "a number",
            Self::Text(_) => "a string",
            Self::Other(kind) => kind,
        }
    }
}

/// An object, or nothing where the value is none.
#[derive(Clone, Debug, Default)]
pub enum Nested<T> {
    /// Absent, or null.
    #[default]
    Absent,
    /// The object. In a box, since most objects of most entries are absent.
    Object(Box<T>),
    /// Something else, in words.
    Other(&'static str),
}

impl<T> Nested<T> {
    /// The object.
    pub fn get(&self) -> Option<&T> {
        match self {
            Self::Object(object) => Some(object),
            _ => None,
        }
    }
}

/// The items of an array that are of one kind; empty where there is no array.
#[derive(Clone, Debug)]
pub struct List<T>(pub Vec<T>);

impl<T> Default for List<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl List<Scalar> {
    /// The texts of the list.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter_map(Scalar::text)
    }
}

/// The members of an object in their order, a key as often as it stands there.
#[derive(Clone, Debug)]
pub struct Members<T>(pub Vec<(String, T)>);

impl<T> Default for Members<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

const ARRAY: &str = "an array";
const OBJECT: &str = "an object";

/// What a lenient type makes of each kind of value.
trait Lenient<'de>: Sized {
    fn single(value: Scalar) -> Self;

    fn sequence<A: SeqAccess<'de>>(mut items: A) -> Result<Self, A::Error> {
        while items.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Self::single(Scalar::Other(ARRAY)))
    }

    fn object<A: MapAccess<'de>>(mut members: A) -> Result<Self, A::Error> {
        while members.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Self::single(Scalar::Other(OBJECT)))
    }
}

struct LenientVisitor<L>(PhantomData<L>);

impl<'de, L: Lenient<'de>> Visitor<'de> for LenientVisitor<L> {
    type Value = L;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_unit<E>(self) -> Result<L, E> {
        Ok(L::single(Scalar::Absent))
    }

    fn visit_bool<E>(self, value: bool) -> Result<L, E> {
        Ok(L::single(Scalar::Flag(value)))
    }

    fn visit_f64<E>(self, value: f64) -> Result<L, E> {
        Ok(L::single(Scalar::Number(value)))
    }

    #[allow(clippy::cast_precision_loss)] // beyond 2^53 nothing here is counted
    fn visit_u64<E>(self, value: u64) -> Result<L, E> {
        Ok(L::single(Scalar::Number(value as f64)))
    }

    #[allow(clippy::cast_precision_loss)] // as above
    fn visit_i64<E>(self, value: i64) -> Result<L, E> {
        Ok(L::single(Scalar::Number(value as f64)))
    }

    fn visit_str<E>(self, value: &str) -> Result<L, E> {
        let mut text = value.to_owned();
        clean(&mut text);
        Ok(L::single(Scalar::Text(text)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<L, A::Error> {
        L::sequence(items)
    }

    fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<L, A::Error> {
        L::object(members)
    }
}

impl Lenient<'_> for Scalar {
    fn single(value: Scalar) -> Self {
        value
    }
}

impl<'de, T: Deserialize<'de>> Lenient<'de> for Nested<T> {
    fn single(value: Scalar) -> Self {
        match value {
            Scalar::Absent => Self::Absent,
            other => Self::Other(other.kind()),
        }
    }

    fn object<A: MapAccess<'de>>(members: A) -> Result<Self, A::Error> {
        T::deserialize(MapAccessDeserializer::new(members))
            .map(|object| Self::Object(Box::new(object)))
    }
}

impl<'de, T: Deserialize<'de>> Lenient<'de> for List<T> {
    fn single(_: Scalar) -> Self {
        Self::default()
    }

    fn sequence<A: SeqAccess<'de>>(mut items: A) -> Result<Self, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Self(list))
    }
}

impl<'de, T: Deserialize<'de>> Lenient<'de> for Members<T> {
    fn single(_: Scalar) -> Self {
        Self::default()
    }

    fn object<A: MapAccess<'de>>(mut members: A) -> Result<Self, A::Error> {
        let mut list = Vec::new();
        while let Some(member) = members.next_entry()? {
            list.push(member);
        }
        Ok(Self(list))
    }
}

macro_rules! deserialize {
    ($($type:ty $(, $parameter:ident)?;)*) => {$(
        impl<'de $(, $parameter: Deserialize<'de>)?> Deserialize<'de> for $type {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.deserialize_any(LenientVisitor(PhantomData))
            }
        }
    )*};
}
deserialize! {
    Scalar;
    Nested<T>, T;
    List<T>, T;
    Members<T>, T;
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Default, Deserialize)]
    #[serde(default)]
    struct Inner {
        a: Scalar,
    }

    #[derive(Debug, Default, Deserialize)]
    #[serde(default)]
    struct Outer {
        one: Scalar,
        nested: Nested<Inner>,
        list: List<Scalar>,
        inners: List<Nested<Inner>>,
        members: Members<Scalar>,
    }

    fn outer(json: &str) -> Outer {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn every_kind_of_value_is_taken() {
        for (json, expected) in [
            ("null", Scalar::Absent),
            ("true", Scalar::Flag(true)),
            ("-1", Scalar::Number(-1.0)),
            ("1e300", Scalar::Number(1e300)),
            ("\" a\\u0000 \"", Scalar::Text(" a ".to_owned())),
            ("[[1], {}]", Scalar::Other("an array")),
            ("{\"a\": []}", Scalar::Other("an object")),
        ] {
            assert_eq!(outer(&format!("{{\"one\": {json}, \"two\": 2}}")).one, expected);
            outer(&format!(
                "{{\"nested\": {json}, \"list\": {json}, \"inners\": {json}, \"members\": {json}}}"
            ));
        }
    }

    #[test]
    fn text_is_trimmed_and_never_blank() {
        assert_eq!(outer("{\"one\": \" GPT \"}").one.text(), Some("GPT"));
        assert_eq!(outer("{\"one\": \"  \"}").one.text(), None);
        assert_eq!(outer("{\"one\": 7}").one.text(), None);
    }

    #[test]
    fn containers_keep_what_fits() {
        let read = outer(
            r#"{"nested": {"a": 1}, "list": ["x", 2, null, "y"], "inners": [{"a": 2}, 7, []], "members": {"k": 1, "k": 2}}"#,
        );
        assert_eq!(read.nested.get().map(|inner| inner.a.clone()), Some(Scalar::Number(1.0)));
        assert_eq!(read.list.texts().collect::<Vec<_>>(), ["x", "y"]);
        let inners: Vec<_> = read.inners.0.iter().map(|inner| inner.get().is_some()).collect();
        assert_eq!(inners, [true, false, false]);
        assert_eq!(read.members.0.len(), 2);
        assert!(matches!(outer("{\"nested\": []}").nested, Nested::Other("an array")));
    }
}
