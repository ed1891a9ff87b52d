//! Single values: text, numbers, words, lists and maps.

use super::{Decode, Decoder, Json, OBJECT, Step};
use crate::catalog::{
    Block, ClaimKind, Date, Decimal, Description, Inline, Item, Map, Modality, Price, PriceError,
    Rates, Severity, Status, Weekday, clean, joined, order, phrase,
};

impl Decode for String {
    fn blank() -> Self {
        Self::new()
    }

    fn read<J: Json>(&mut self, json: &J, decoder: &mut Decoder) {
        if let Some(text) = decoder.expect(json.text(), "text is expected here") {
            *self = text;
            // Here, where all text comes in, so that no view can forget it.
            clean(self);
        }
    }
}

impl Decode for bool {
    fn blank() -> Self {
        false
    }

    fn read<J: Json>(&mut self, json: &J, decoder: &mut Decoder) {
        *self = decoder.expect(json.truth(), "true or false is expected here") == Some(true);
    }
}

impl Decode for f64 {
    fn blank() -> Self {
        0.0
    }

    fn read<J: Json>(&mut self, json: &J, decoder: &mut Decoder) {
        let number = json.number().filter(|number| number.is_finite());
        *self = decoder.expect(number, "a number is expected here").unwrap_or_default();
    }
}

impl<T: Decode> Decode for Option<T> {
    fn blank() -> Self {
        None
    }

    fn read<J: Json>(&mut self, json: &J, decoder: &mut Decoder) {
        self.insert(T::blank()).read(json, decoder);
    }
}

/// A whole number within these bounds, which lie within ±2^53.
#[inline(never)]
#[allow(clippy::cast_possible_truncation)] // checked to be whole and within bounds
fn whole<J: Json>(json: &J, least: f64, most: f64, decoder: &mut Decoder) -> i64 {
    let fits = |number: &f64| *number >= least && *number <= most && number.fract() == 0.0;
    let Some(number) = decoder.expect(json.number(), "a whole number is expected here") else {
        return 0;
    };
    let number = Some(number).filter(fits).map(|number| number as i64);
    decoder.expect(number, "this number is out of range, or not whole").unwrap_or_default()
}

macro_rules! whole_numbers {
    ($($type:ty: $least:expr, $most:expr;)*) => {$(
        impl Decode for $type {
            fn blank() -> Self {
                0
            }

            fn read<J: Json>(&mut self, json: &J, decoder: &mut Decoder) {
                *self = <$type>::try_from(whole(json, $least, $most, decoder)).unwrap_or_default();
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
    fn blank() -> Self {
        Self::new()
    }

    fn read<J: Json>(&mut self, json: &J, decoder: &mut Decoder) {
        each_item(json, decoder, &mut |item, decoder| {
            // Most lists are of one, which may be large, or of a few small ones.
            if self.is_empty() {
                self.reserve_exact(1);
            }
            self.push(T::blank());
            if let Some(last) = self.last_mut() {
                last.read(item, decoder);
            }
        });
    }
}

/// Reads each item of a list, if this is one. One loop for lists of all types.
#[inline(never)]
fn each_item<J: Json>(json: &J, decoder: &mut Decoder, read: &mut dyn FnMut(&J, &mut Decoder)) {
    let mut index = 0;
    let is_list = json.each_item(&mut |item| {
        decoder.enter(Step::Index(index));
        if !decoder.is_too_deep() {
            read(&item, decoder);
        }
        decoder.leave();
        index += 1;
    });
    if !is_list {
        decoder.fault("a list is expected here");
    }
}

impl<T: Decode> Decode for Map<T> {
    fn blank() -> Self {
        Self::default()
    }

    fn read<J: Json>(&mut self, json: &J, decoder: &mut Decoder) {
        each_entry(json, decoder, &mut |key, json, decoder| {
            let mut value = T::blank();
            decoder.inside(Step::Key(key.to_owned()), json, &mut value);
            self.insert(key.to_owned(), value);
        });
    }
}

/// Reads each entry of an object, if this is one. One loop for maps of all types.
#[inline(never)]
fn each_entry<J: Json>(
    json: &J,
    decoder: &mut Decoder,
    read: &mut dyn FnMut(&str, &J, &mut Decoder),
) {
    let entries = decoder.expect(json.entries(), OBJECT).unwrap_or_default();
    // In the order of the keys, so that a map grows at its end alone: a hostile
    // catalog's keys in descending order would otherwise move all of them each time.
    let key = |place: usize| entries.get(place).map(|(key, _)| key.as_str());
    for place in order(entries.len(), &mut |a, b| key(a).cmp(&key(b))) {
        if let Some((key, value)) = entries.get(place) {
            read(key, value, decoder);
        }
    }
}

impl Decode for Date {
    fn blank() -> Self {
        Self::EPOCH
    }

    fn read<J: Json>(&mut self, json: &J, decoder: &mut Decoder) {
        let Some(text) = decoder.expect(json.as_text(), "text is expected here") else { return };
        match text.parse::<Self>() {
            Ok(date) => *self = date,
            Err(error) => decoder.fault(error.words()),
        }
    }
}

impl Decode for Decimal {
    fn blank() -> Self {
        Self::ZERO
    }

    fn read<J: Json>(&mut self, json: &J, decoder: &mut Decoder) {
        let number: Option<Self> = match json.as_text() {
            Some(text) => text.parse().ok(),
            None => json.decimal(),
        };
        // Float noise is removed from text, too.
        let number = number.map(Self::without_noise);
        let expected = "a decimal number is expected here, best as a string";
        *self = decoder.expect(number, expected).unwrap_or_default();
    }
}

impl Decode for Price {
    fn blank() -> Self {
        Self::Unknown
    }

    fn read<J: Json>(&mut self, json: &J, decoder: &mut Decoder) {
        let price = match json.as_text() {
            Some(text) => Self::from_text(&text),
            None => json.decimal().ok_or(PriceError::Unreadable).and_then(Self::of_amount),
        };
        match price {
            Ok(price) => *self = price,
            Err(error) => decoder.fault(error.words()),
        }
    }
}

impl Decode for Rates {
    fn blank() -> Self {
        Self::default()
    }

    fn read<J: Json>(&mut self, json: &J, decoder: &mut Decoder) {
        let is_map = json.each_entry(&mut |name, json| {
            // An item of a later minor version is none of ours to price.
            let Some(item) = Item::from_name(&name) else { return };
            let mut price = Price::blank();
            decoder.inside(Step::Field(item.name()), &json, &mut price);
            self.set(item, price);
        });
        if !is_map {
            decoder.fault(OBJECT);
        }
    }
}

/// The place of one of a few words among them; the first where it is none of them.
#[inline(never)]
fn word<J: Json>(json: &J, words: &[&'static str], decoder: &mut Decoder) -> usize {
    let Some(text) = decoder.expect(json.as_text(), "text is expected here") else { return 0 };
    for (place, word) in words.iter().enumerate() {
        if **word == *text {
            return place;
        }
    }
    let mut text = text.into_owned();
    clean(&mut text);
    let known = phrase("one of ").and(joined(words, ", ")).and(" is expected here, not \"");
    decoder.fault(&known.and(text).and("\"").text());
    0
}

macro_rules! words {
    ($($type:ident { $first:literal $blank:ident, $($word:literal $variant:ident),* $(,)? })*) => {$(
        impl Decode for $type {
            fn blank() -> Self {
                Self::$blank
            }

            fn read<J: Json>(&mut self, json: &J, decoder: &mut Decoder) {
                const VALUES: &[$type] = &[$type::$blank, $($type::$variant),*];
                let place = word(json, &[$first, $($word),*], decoder);
                if let Some(value) = VALUES.get(place) {
                    *self = *value;
                }
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
    fn blank() -> Self {
        Self::Document(Vec::new())
    }

    fn read<J: Json>(&mut self, json: &J, decoder: &mut Decoder) {
        match (json.text(), self) {
            (Some(text), place) => *place = Self::Markdown(text),
            (None, Self::Document(blocks)) => blocks.read(json, decoder),
            (None, Self::Markdown(_)) => {}
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
    let words = phrase("there is no part of a document called \"").and(name).and("\"");
    decoder.fault(&words.text());
}

macro_rules! variants {
    ($($type:ident {
        $word:literal $bare:ident; $($field:literal $variant:ident,)*
    })*) => {$(
        impl Decode for $type {
            fn blank() -> Self {
                Self::$bare
            }

            fn read<J: Json>(&mut self, json: &J, decoder: &mut Decoder) {
                let Some((name, value)) = variant(json, decoder) else { return };
                match (name.as_str(), &value) {
                    ($word, None) => {}
                    $(($field, Some(json)) => {
                        let mut value = Decode::blank();
                        decoder.inside(Step::Field($field), json, &mut value);
                        *self = Self::$variant(value);
                    })*
                    _ => unknown_part(&name, decoder),
                }
            }
        }
    )*};
}
variants! {
    Block {
        "rule" Rule;
        "paragraph" Paragraph, "heading" Heading, "list" List, "ordered_list" OrderedList,
        "quote" Quote, "code" Code, "table" Table,
    }
    Inline {
        "break" Break;
        "text" Text, "emphasis" Emphasis, "strong" Strong, "strikethrough" Strikethrough,
        "code" Code, "link" Link, "model" Model, "tag" Tag,
    }
}
