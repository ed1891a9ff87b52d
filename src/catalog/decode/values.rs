//! Single values: text, numbers, words, lists and maps.

use super::{Decode, Decoder, Json, Step};
use crate::catalog::{
    Block, ClaimKind, Date, Decimal, Description, Inline, Item, Map, Modality, Price, PriceError,
    Rates, Severity, Status, Weekday, clean, order,
};

impl Decode for String {
    fn decode<J: Json>(json: &J, decoder: &mut Decoder) -> Option<Self> {
        let mut text = decoder.expect(json.text(), "text is expected here")?;
        // Here, where all text comes in, so that no view can forget it.
        clean(&mut text);
        Some(text)
    }
}

impl Decode for bool {
    fn decode<J: Json>(json: &J, decoder: &mut Decoder) -> Option<Self> {
        decoder.expect(json.truth(), "true or false is expected here")
    }
}

impl Decode for f64 {
    fn decode<J: Json>(json: &J, decoder: &mut Decoder) -> Option<Self> {
        let number = json.number().filter(|number| number.is_finite());
        decoder.expect(number, "a number is expected here")
    }
}

/// A whole number within these bounds, which lie within ±2^53.
#[allow(clippy::cast_possible_truncation)] // checked to be whole and within bounds
fn whole<J: Json>(json: &J, least: f64, most: f64, decoder: &mut Decoder) -> Option<i64> {
    let fits = |number: &f64| *number >= least && *number <= most && number.fract() == 0.0;
    let number = decoder.expect(json.number(), "a whole number is expected here")?;
    let number = Some(number).filter(fits).map(|number| number as i64);
    decoder.expect(number, "this number is out of range, or not whole")
}

macro_rules! whole_numbers {
    ($($type:ty: $least:expr, $most:expr;)*) => {$(
        impl Decode for $type {
            fn decode<J: Json>(json: &J, decoder: &mut Decoder) -> Option<Self> {
                <$type>::try_from(whole(json, $least, $most, decoder)?).ok()
            }
        }
    )*};
}
whole_numbers! {
    u8: 0.0, 255.0;
    u16: 0.0, 65_535.0;
    i16: -32_768.0, 32_767.0;
    u32: 0.0, 4_294_967_295.0;
    u64: 0.0, 9_007_199_254_740_992.0;
}

impl<T: Decode> Decode for Vec<T> {
    fn decode<J: Json>(json: &J, decoder: &mut Decoder) -> Option<Self> {
        let mut list = Self::new();
        each_item(json, decoder, &mut |item, decoder| list.extend(T::decode(item, decoder)))
            .then_some(list)
    }
}

/// Reads each item of a list, if this is one. One loop for lists of all types.
#[inline(never)]
fn each_item<J: Json>(
    json: &J,
    decoder: &mut Decoder,
    read: &mut dyn FnMut(&J, &mut Decoder),
) -> bool {
    let Some(items) = decoder.expect(json.items(), "a list is expected here") else {
        return false;
    };
    for (index, item) in items.iter().enumerate() {
        decoder.enter(Step::Index(index));
        if !decoder.is_too_deep() {
            read(item, decoder);
        }
        decoder.leave();
    }
    true
}

impl<T: Decode> Decode for Map<T> {
    fn decode<J: Json>(json: &J, decoder: &mut Decoder) -> Option<Self> {
        let mut map = Self::default();
        each_entry(json, decoder, &mut |key, value, decoder| {
            if let Some(value) = decoder.inside(Step::Key(key.to_owned()), value) {
                map.insert(key.to_owned(), value);
            }
        })
        .then_some(map)
    }
}

/// Reads each entry of an object, if this is one. One loop for maps of all types.
#[inline(never)]
fn each_entry<J: Json>(
    json: &J,
    decoder: &mut Decoder,
    read: &mut dyn FnMut(&str, &J, &mut Decoder),
) -> bool {
    let Some(entries) = decoder.expect(json.entries(), "an object is expected here") else {
        return false;
    };
    // In the order of the keys, so that a map grows at its end alone: a hostile
    // catalog's keys in descending order would otherwise move all of them each time.
    let key = |place: usize| entries.get(place).map(|(key, _)| key.as_str());
    for place in order(entries.len(), &mut |a, b| key(a).cmp(&key(b))) {
        if let Some((key, value)) = entries.get(place) {
            read(key, value, decoder);
        }
    }
    true
}

impl Decode for Date {
    fn decode<J: Json>(json: &J, decoder: &mut Decoder) -> Option<Self> {
        match String::decode(json, decoder)?.parse() {
            Ok(date) => Some(date),
            Err(error) => {
                let error: crate::catalog::DateError = error;
                decoder.fault(&error.to_string());
                None
            }
        }
    }
}

impl Decode for Decimal {
    fn decode<J: Json>(json: &J, decoder: &mut Decoder) -> Option<Self> {
        let number = match json.text() {
            // Float noise is removed from text, too.
            Some(text) => text.parse().ok().map(|number: Self| number.without_noise()),
            None => json.decimal().map(Self::without_noise),
        };
        decoder.expect(number, "a decimal number is expected here, best as a string")
    }
}

impl Decode for Price {
    fn decode<J: Json>(json: &J, decoder: &mut Decoder) -> Option<Self> {
        let price = match json.text() {
            Some(text) => Self::from_text(&text),
            None => json.decimal().ok_or(PriceError::Unreadable).and_then(Self::of_amount),
        };
        match price {
            Ok(price) => Some(price),
            Err(error) => {
                decoder.fault(&error.to_string());
                None
            }
        }
    }
}

impl Decode for Rates {
    fn decode<J: Json>(json: &J, decoder: &mut Decoder) -> Option<Self> {
        let mut rates = Self::default();
        each_entry(json, decoder, &mut |name, price, decoder| {
            // An item of a later minor version is none of ours to price.
            let Some(item) = Item::from_name(name) else { return };
            if let Some(price) = decoder.inside(Step::Field(item.name()), price) {
                rates.set(item, price);
            }
        })
        .then_some(rates)
    }
}

/// The place of one of a few words among them.
fn word<J: Json>(json: &J, words: &[&'static str], decoder: &mut Decoder) -> Option<usize> {
    let text = String::decode(json, decoder)?;
    let place = words.iter().position(|word| *word == text);
    if place.is_none() {
        let known = words.join(", ");
        decoder.fault(&format!("one of {known} is expected here, not \"{text}\""));
    }
    place
}

macro_rules! words {
    ($($type:ident { $($word:literal $variant:ident),* $(,)? })*) => {$(
        impl Decode for $type {
            fn decode<J: Json>(json: &J, decoder: &mut Decoder) -> Option<Self> {
                let place = word(json, &[$($word),*], decoder)?;
                [$(Self::$variant),*].get(place).copied()
            }
        }
    )*};
}
words! {
    Status {
        "active" Active, "preview" Preview, "deprecated" Deprecated, "unavailable" Unavailable,
    }
    Modality {
        "text" Text, "image" Image, "file" File, "audio" Audio, "video" Video,
        "embeddings" Embeddings, "speech" Speech, "transcription" Transcription,
        "rerank" Rerank, "code" Code,
    }
    Severity { "note" Note, "warning" Warning, "error" Error }
    ClaimKind {
        "most_accurate_at_price" MostAccurateAtPrice, "most_accurate_at_speed" MostAccurateAtSpeed,
    }
    Weekday {
        "monday" Monday, "tuesday" Tuesday, "wednesday" Wednesday, "thursday" Thursday,
        "friday" Friday, "saturday" Saturday, "sunday" Sunday,
    }
}

impl Decode for Description {
    fn decode<J: Json>(json: &J, decoder: &mut Decoder) -> Option<Self> {
        match json.text() {
            Some(text) => Some(Self::Markdown(text)),
            None => Vec::decode(json, decoder).map(Self::Document),
        }
    }
}

/// What an object with one field, or a bare word, is: its name, and the field's
/// value, which is the word itself where there is no field.
fn variant<J: Json>(json: &J, decoder: &mut Decoder) -> Option<(String, Option<J>)> {
    if let Some(word) = json.text() {
        return Some((word, None));
    }
    let first = json.entries().and_then(|entries| entries.into_iter().next());
    let (name, value) = decoder.expect(first, "a part of a document is expected here")?;
    Some((name, Some(value)))
}

#[cold]
fn unknown_part(name: &str, decoder: &mut Decoder) {
    decoder.fault(&format!("there is no part of a document called \"{name}\""));
}

macro_rules! variants {
    ($($type:ident {
        $($word:literal $bare:ident,)* ; $($field:literal $variant:ident,)*
    })*) => {$(
        impl Decode for $type {
            fn decode<J: Json>(json: &J, decoder: &mut Decoder) -> Option<Self> {
                let (name, value) = variant(json, decoder)?;
                match (name.as_str(), &value) {
                    $(($word, None) => Some(Self::$bare),)*
                    $(($field, Some(value)) => {
                        decoder.inside(Step::Field($field), value).map(Self::$variant)
                    })*
                    _ => {
                        unknown_part(&name, decoder);
                        None
                    }
                }
            }
        }
    )*};
}
variants! {
    Block {
        "rule" Rule, ;
        "paragraph" Paragraph, "heading" Heading, "list" List, "ordered_list" OrderedList,
        "quote" Quote, "code" Code, "table" Table,
    }
    Inline {
        "break" Break, ;
        "text" Text, "emphasis" Emphasis, "strong" Strong, "strikethrough" Strikethrough,
        "code" Code, "link" Link, "model" Model, "tag" Tag,
    }
}
