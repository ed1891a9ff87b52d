//! What a request used: the figures that providers report.

use std::fmt;

use serde::de::{self, Deserialize, Deserializer, MapAccess, Visitor};

use super::words::push_item;
use crate::catalog::{Decimal, Item, phrase};

/// One figure: its name, the item it is billed as, and the items whose figures
/// include it.
pub(super) struct Figure {
    pub name: &'static str,
    pub item: Item,
    pub wholes: &'static [Item],
}

macro_rules! usage {
    ($($(#[doc = $doc:literal])* $index:literal $name:ident = $item:ident in [$($whole:ident)*];)*) => {
        /// What a request used. Every figure is optional, never negative, and may
        /// have a fraction. Input includes its cached, audio, image and video
        /// parts, cache writes include their 1-hour part, output includes
        /// reasoning, audio, images and citations.
        #[derive(Clone, Debug, Default, PartialEq, Eq)]
        pub struct Usage { $($(#[doc = $doc])* pub $name: Option<Decimal>,)* }

        /// Every figure, in the order of a bill.
        pub(super) static FIGURES: [Figure; 17] = [$(Figure {
            name: stringify!($name),
            item: Item::$item,
            wholes: &[$(Item::$whole),*],
        }),*];

        impl Usage {
            /// The names of the figures, in the order of a bill.
            pub const NAMES: &'static [&'static str] = &[$(stringify!($name)),*];

            /// The figure at this place of the order. By place and not by name,
            /// so that the code is a table of offsets.
            pub(super) const fn figure(&self, index: usize) -> Option<&Option<Decimal>> {
                match index {
                    $($index => Some(&self.$name),)*
                    _ => None,
                }
            }

            const fn figure_mut(&mut self, index: usize) -> Option<&mut Option<Decimal>> {
                match index {
                    $($index => Some(&mut self.$name),)*
                    _ => None,
                }
            }
        }
    };
}

usage! {
    /// All tokens of input.
    0 input_tokens = Input in [];
    /// Input tokens read from the prompt cache.
    1 cache_read_tokens = CacheRead in [Input];
    /// Input tokens written to the prompt cache, however long they are kept.
    2 cache_write_tokens = CacheWrite in [Input];
    /// Input tokens written to the prompt cache for one hour.
    3 cache_write_1h_tokens = CacheWrite1h in [CacheWrite];
    /// Input tokens of audio, cached or not.
    4 input_audio_tokens = InputAudio in [Input];
    /// Input tokens of audio read from the prompt cache: both audio and cached.
    5 cache_audio_read_tokens = CacheAudioRead in [InputAudio CacheRead];
    /// Input tokens of images.
    6 input_image_tokens = InputImage in [Input];
    /// Input tokens of video.
    7 input_video_tokens = InputVideo in [Input];
    /// All tokens of output.
    8 output_tokens = Output in [];
    /// Output tokens spent on reasoning.
    9 output_reasoning_tokens = Reasoning in [Output];
    /// Output tokens of audio.
    10 output_audio_tokens = OutputAudio in [Output];
    /// Output tokens of images.
    11 output_image_tokens = OutputImage in [Output];
    /// Output tokens of citations.
    12 output_citation_tokens = Citation in [Output];
    /// Seconds of audio, in and out.
    13 audio_seconds = AudioDuration in [];
    /// Seconds of audio in the input; they may stand without `audio_seconds`.
    14 input_audio_seconds = InputAudioDuration in [AudioDuration];
    /// Web searches made for the request.
    15 web_searches = WebSearch in [];
    /// How many times the fee per request is due; 1 where absent.
    16 requests = Request in [];
}

/// Why a usage cannot be billed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UsageError {
    /// A name that is none of [`Usage::NAMES`].
    UnknownName {
        /// The name.
        name: String,
    },
    /// Not a number, not finite, or below zero.
    NotACount {
        /// The figure's name.
        name: String,
    },
    /// A part is larger than the figure that includes it.
    PartAboveWhole {
        /// The part's name, or the names of all parts, joined by ` + `.
        part: String,
        /// The part, or the sum of the parts.
        part_value: Decimal,
        /// The name of the figure that includes it.
        whole: &'static str,
        /// That figure.
        whole_value: Decimal,
    },
    /// The result needs more digits than money has.
    TooLarge,
}

impl UsageError {
    /// A stable name of the cause.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::UnknownName { .. } => "usage-unknown-name",
            Self::NotACount { .. } => "usage-not-a-count",
            Self::PartAboveWhole { .. } => "usage-inconsistent",
            Self::TooLarge => "usage-too-large",
        }
    }
}

impl UsageError {
    /// What is wrong, and what to state.
    pub fn words(&self) -> String {
        let words = match self {
            Self::UnknownName { name } => {
                let mut names = String::new();
                for name in Usage::NAMES {
                    push_item(&mut names, name, ", ");
                }
                phrase("usage has no figure \"").and(name).and("\"; it has ").and(names)
            }
            Self::NotACount { name } => {
                phrase(name).and(" must be a finite number, zero or more; leave it out if unknown")
            }
            Self::PartAboveWhole { part, part_value, whole, whole_value } => phrase(part)
                .and(" (")
                .and(*part_value)
                .and(") cannot exceed ")
                .and(*whole)
                .and(" (")
                .and(*whole_value)
                .and("), which includes it; state ")
                .and(*whole)
                .and(" with all its parts"),
            Self::TooLarge => phrase("the cost needs more than 38 digits; state less usage"),
        };
        words.text()
    }
}

impl fmt::Display for UsageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words())
    }
}

impl std::error::Error for UsageError {}

impl Usage {
    /// The usage of a vendor that reports cached tokens apart from input
    /// (Anthropic: `input_tokens`, `cache_read_input_tokens`,
    /// `cache_creation_input_tokens`, `output_tokens`).
    pub fn exclusive(
        fresh_input: Decimal,
        cache_read: Decimal,
        cache_write: Decimal,
        output: Decimal,
    ) -> Result<Self, UsageError> {
        let input =
            fresh_input.checked_add(cache_read).and_then(|sum| sum.checked_add(cache_write));
        Ok(Self {
            input_tokens: Some(input.ok_or(UsageError::TooLarge)?),
            cache_read_tokens: Some(cache_read),
            cache_write_tokens: Some(cache_write),
            output_tokens: Some(output),
            ..Self::default()
        })
    }

    /// States a figure by its name; `None` takes it back.
    pub fn set(&mut self, name: &str, count: Option<Decimal>) -> Result<(), UsageError> {
        let index = FIGURES.iter().position(|figure| figure.name == name);
        let Some(figure) = index.and_then(|index| self.figure_mut(index)) else {
            return Err(UsageError::UnknownName { name: name.to_owned() });
        };
        if count.is_some_and(Decimal::is_negative) {
            return Err(UsageError::NotACount { name: name.to_owned() });
        }
        *figure = count;
        Ok(())
    }
}

impl Usage {
    /// States a figure that came as a binary float, as JavaScript's numbers do.
    pub fn set_number(&mut self, name: &str, count: f64) -> Result<(), UsageError> {
        // Of what is no count, set() must still judge the name first.
        let negative = Decimal::new(-1, 0);
        self.set(name, Some(Decimal::from_count(count).unwrap_or(negative)))
    }
}

impl<'de> Deserialize<'de> for Usage {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct UsageVisitor;
        impl<'de> Visitor<'de> for UsageVisitor {
            type Value = Usage;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("usage such as {\"input_tokens\": 1200, \"output_tokens\": 300}")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Usage, A::Error> {
                let mut usage = Usage::default();
                while let Some(name) = map.next_key::<String>()? {
                    // The name is judged first: it explains a value of another kind.
                    usage.set(&name, None).map_err(de::Error::custom)?;
                    let count: Count = map.next_value().map_err(|error| {
                        let cause = UsageError::NotACount { name: name.clone() };
                        de::Error::custom(format_args!("{cause} ({error})"))
                    })?;
                    usage.set(&name, count.0).map_err(de::Error::custom)?;
                }
                Ok(usage)
            }
        }
        deserializer.deserialize_map(UsageVisitor)
    }
}

/// A count as it stands in JSON: a number, or nothing.
struct Count(Option<Decimal>);

impl<'de> Deserialize<'de> for Count {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct CountVisitor;
        impl Visitor<'_> for CountVisitor {
            type Value = Count;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a number")
            }
            fn visit_f64<E: de::Error>(self, value: f64) -> Result<Count, E> {
                let count = Decimal::from_count(value);
                count.map(|count| Count(Some(count))).ok_or_else(|| E::custom("not finite"))
            }
            fn visit_u64<E: de::Error>(self, value: u64) -> Result<Count, E> {
                Ok(Count(Some(Decimal::from(value))))
            }
            fn visit_i64<E: de::Error>(self, value: i64) -> Result<Count, E> {
                Ok(Count(Some(Decimal::new(i128::from(value), 0))))
            }
            fn visit_unit<E: de::Error>(self) -> Result<Count, E> {
                Ok(Count(None))
            }
            fn visit_none<E: de::Error>(self) -> Result<Count, E> {
                Ok(Count(None))
            }
        }
        deserializer.deserialize_any(CountVisitor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn usage(json: &str) -> Result<Usage, String> {
        serde_json::from_str(json).map_err(|error: serde_json::Error| error.to_string())
    }

    #[test]
    fn reads_numbers_and_nothing_else() {
        let read =
            usage(r#"{"input_tokens":1200,"output_tokens":0.5,"web_searches":null}"#).unwrap();
        assert_eq!(read.input_tokens, Some(Decimal::new(1200, 0)));
        assert_eq!(read.output_tokens, Some(Decimal::new(5, -1)));
        assert_eq!(read.web_searches, None);
        for (json, word) in [
            (r#"{"input_tokens":"5"}"#, "input_tokens"),
            (r#"{"input_tokens":-5}"#, "input_tokens"),
            (r#"{"input_tokens":-0.5}"#, "input_tokens"),
            (r#"{"output_tokens":true}"#, "output_tokens"),
            (r#"{"prompt_tokens":5}"#, "prompt_tokens"),
            ("5", "usage such as"),
        ] {
            let error = usage(json).unwrap_err();
            assert!(error.contains(word), "{error}");
        }
        let mut usage = Usage::default();
        let error = usage.set("tokens", Some(Decimal::ONE)).unwrap_err();
        assert_eq!(error.code(), "usage-unknown-name");
        assert!(error.to_string().contains("cache_write_1h_tokens"));
        assert_eq!(usage.set_number("tokens", f64::NAN).unwrap_err().code(), "usage-unknown-name");
        for count in [f64::NAN, f64::INFINITY, -0.5] {
            let error = usage.set_number("requests", count).unwrap_err();
            assert_eq!(error.to_string().split(' ').next(), Some("requests"));
        }
        assert_eq!(usage.set_number("requests", 1.5), Ok(()));
        assert_eq!(usage.requests, Some(Decimal::new(15, -1)));
        let error = usage.set("requests", Some(Decimal::new(-1, 0))).unwrap_err();
        assert_eq!(error.code(), "usage-not-a-count");
    }

    #[test]
    fn exclusive_figures_add_up_to_the_input() {
        let [a, b, c, d] = [3, 0, 12_304, 550].map(|count| Decimal::new(count, 0));
        let usage = Usage::exclusive(a, b, c, d).unwrap();
        assert_eq!(usage.input_tokens, Some(Decimal::new(12_307, 0)));
        assert_eq!(usage.cache_write_tokens, Some(c));
        let largest = Decimal::new(i128::MAX, 0);
        assert_eq!(Usage::exclusive(largest, largest, c, d), Err(UsageError::TooLarge));
    }
}
