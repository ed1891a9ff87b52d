//! The leaves of a usage: what is left of each figure without the parts that are
//! billed apart. Of 100 input tokens with 60 read from the cache, 40 are billed
//! as input.
//!
//! The containment and the signs are those of genai-prices' decomposition
//! algorithm; a negative leaf is an error there too.

use super::usage::{FIGURES, Usage, UsageError};
use super::words::push_item;
use crate::catalog::{Decimal, Item};

/// The items whose price stands in for this one's, nearest first.
pub(super) fn wholes(item: Item) -> &'static [Item] {
    FIGURES.iter().find(|figure| figure.item == item).map_or(&[], |figure| figure.wholes)
}

/// What is billed as each item, every token once.
pub(super) type Leaves = [(Item, Decimal); 17];

const NONE: Leaves = [(Item::Input, Decimal::ZERO); 17];

impl Usage {
    /// What is billed as each item, in the order of a bill.
    pub(super) fn leaves(&self) -> Result<Leaves, UsageError> {
        let mut leaves = NONE;
        for (index, (figure, (item, leaf))) in FIGURES.iter().zip(&mut leaves).enumerate() {
            *item = figure.item;
            let absent = match figure.item {
                // Speech recognition has no audio but its input.
                Item::AudioDuration => self.input_audio_seconds.unwrap_or_default(),
                Item::Request => Decimal::ONE,
                _ => Decimal::ZERO,
            };
            *leaf = self.figure(index).copied().flatten().unwrap_or(absent);
        }
        let totals = leaves;
        for (figure, (_, count)) in FIGURES.iter().zip(totals) {
            if count.is_negative() {
                return Err(UsageError::NotACount { name: figure.name.to_owned() });
            }
            for whole in figure.wholes {
                if count > count_of(&totals, *whole) {
                    return Err(above(figure.name.to_owned(), count, *whole, &totals));
                }
                add(&mut leaves, *whole, count, true).ok_or(UsageError::TooLarge)?;
            }
        }
        // Cached audio has been taken from the input twice: as audio and as cached.
        add(&mut leaves, Item::Input, count_of(&totals, Item::CacheAudioRead), false)
            .ok_or(UsageError::TooLarge)?;
        for (item, leaf) in leaves {
            if leaf.is_negative() {
                let mut parts = String::new();
                for part in &FIGURES {
                    if part.wholes.contains(&item) && !count_of(&totals, part.item).is_zero() {
                        push_item(&mut parts, part.name, " + ");
                    }
                }
                let whole = count_of(&totals, item);
                let sum = whole.checked_sub(leaf).ok_or(UsageError::TooLarge)?;
                return Err(above(parts, sum, item, &totals));
            }
        }
        Ok(leaves)
    }
}

fn above(part: String, part_value: Decimal, whole: Item, totals: &Leaves) -> UsageError {
    let name = FIGURES.iter().find(|figure| figure.item == whole).map_or("", |figure| figure.name);
    let whole_value = count_of(totals, whole);
    UsageError::PartAboveWhole { part, part_value, whole: name, whole_value }
}

/// How much of an item there is.
pub(super) fn count_of(leaves: &Leaves, item: Item) -> Decimal {
    leaves.iter().find(|(have, _)| *have == item).map_or(Decimal::ZERO, |(_, count)| *count)
}

/// Lengthens audio below the least length that is billed; whether it did.
pub(super) fn lengthen(leaves: &mut Leaves, seconds: u32) -> Option<bool> {
    let input = count_of(leaves, Item::InputAudioDuration);
    let length = count_of(leaves, Item::AudioDuration).checked_add(input)?;
    let missing = Decimal::from(u64::from(seconds)).checked_sub(length)?;
    if length.is_zero() || missing.is_negative() || missing.is_zero() {
        return Some(false);
    }
    let item = if input.is_zero() { Item::AudioDuration } else { Item::InputAudioDuration };
    add(leaves, item, missing, false)?;
    Some(true)
}

/// Adds to, or takes from, what is billed as an item; `None` where that needs
/// more digits than money has.
pub(super) fn add(leaves: &mut Leaves, item: Item, count: Decimal, take: bool) -> Option<()> {
    for (have, leaf) in leaves {
        if *have == item {
            let changed = if take { leaf.checked_sub(count) } else { leaf.checked_add(count) };
            *leaf = changed?;
        }
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn leaves(json: &str) -> Result<Vec<(&'static str, String)>, UsageError> {
        let leaves = serde_json::from_str::<Usage>(json).unwrap().leaves()?;
        Ok(leaves
            .into_iter()
            .filter(|(_, count)| !count.is_zero())
            .map(|(item, count)| (item.name(), count.to_string()))
            .collect())
    }

    fn refused(json: &str) -> String {
        let error = leaves(json).unwrap_err();
        assert_eq!(error.code(), "usage-inconsistent");
        error.to_string()
    }

    #[test]
    fn every_token_is_billed_once() {
        let leaves = leaves(
            r#"{"input_tokens":20000,"cache_read_tokens":8000,"input_audio_tokens":15000,
                "cache_audio_read_tokens":6000,"output_tokens":9000,"output_reasoning_tokens":8000}"#,
        );
        let expected = [
            ("input", "3000"),
            ("cache_read", "2000"),
            ("input_audio", "9000"),
            ("cache_audio_read", "6000"),
            ("output", "1000"),
            ("reasoning", "8000"),
            ("request", "1"),
        ];
        assert_eq!(leaves.unwrap(), expected.map(|(item, count)| (item, count.to_owned())));
    }

    #[test]
    fn one_hour_writes_are_part_of_writes() {
        let leaves = leaves(
            r#"{"input_tokens":50,"cache_write_tokens":30,"cache_write_1h_tokens":20,"requests":0}"#,
        );
        let expected = [("input", "20"), ("cache_write", "10"), ("cache_write_1h", "20")];
        assert_eq!(leaves.unwrap(), expected.map(|(item, count)| (item, count.to_owned())));
    }

    #[test]
    fn a_part_above_its_whole_names_both() {
        for (json, part, whole) in [
            (
                r#"{"input_tokens":10,"cache_read_tokens":20}"#,
                "cache_read_tokens (20)",
                "input_tokens (10)",
            ),
            (r#"{"cache_read_tokens":1}"#, "cache_read_tokens (1)", "input_tokens (0)"),
            (
                r#"{"input_tokens":10,"input_audio_tokens":20}"#,
                "input_audio_tokens (20)",
                "input_tokens (10)",
            ),
            (
                r#"{"input_tokens":9,"cache_write_tokens":2,"cache_write_1h_tokens":3}"#,
                "cache_write_1h_tokens (3)",
                "cache_write_tokens (2)",
            ),
            (
                r#"{"input_tokens":9,"input_audio_tokens":4,"cache_audio_read_tokens":2}"#,
                "cache_audio_read_tokens (2)",
                "cache_read_tokens (0)",
            ),
            (
                r#"{"output_tokens":5,"output_reasoning_tokens":6}"#,
                "output_reasoning_tokens (6)",
                "output_tokens (5)",
            ),
            (
                r#"{"audio_seconds":5,"input_audio_seconds":6}"#,
                "input_audio_seconds (6)",
                "audio_seconds (5)",
            ),
            (
                r#"{"input_tokens":10,"cache_read_tokens":8,"cache_write_tokens":7}"#,
                "cache_read_tokens + cache_write_tokens (15)",
                "input_tokens (10)",
            ),
            (
                r#"{"output_tokens":5,"output_reasoning_tokens":3,"output_audio_tokens":4}"#,
                "output_reasoning_tokens + output_audio_tokens (7)",
                "output_tokens (5)",
            ),
        ] {
            let words = refused(json);
            assert!(words.contains(part) && words.contains(whole), "{words}");
        }
    }

    #[test]
    fn seconds_of_input_audio_may_stand_alone() {
        assert_eq!(
            leaves(r#"{"input_audio_seconds":6}"#).unwrap()[0],
            ("input_audio_duration", "6".to_owned())
        );
        assert_eq!(
            leaves(r#"{"audio_seconds":9,"input_audio_seconds":6}"#).unwrap()[..2],
            [("audio_duration", "3".to_owned()), ("input_audio_duration", "6".to_owned())]
        );
    }

    #[test]
    fn negative_figures_are_refused_however_they_came() {
        let usage = Usage { input_tokens: Some(Decimal::new(-1, 0)), ..Usage::default() };
        assert_eq!(usage.leaves(), Err(UsageError::NotACount { name: "input_tokens".to_owned() }));
    }
}
