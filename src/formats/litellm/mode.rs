//! What the mode of an entry tells of its prices: whose seconds are billed, what a
//! query is, and which of two prices is meant.

use super::cost_key::Charge;
use super::kinds::Kind;
use crate::catalog::{Decimal, Item, Price, Rates};

/// A charge, once the mode is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Billed {
    /// An item; its own unit is 10^`.1` of the key's.
    Item(Item, i32),
    /// An item that is billed by the hour, priced by the second.
    Hours(Item),
    /// What no item is: its name, the unit, and 10^`.2` of the key's unit in it.
    Words(&'static str, &'static str, i32),
    /// A price in Databricks units.
    DatabricksUnits,
}

/// Capacity that is rented by the time, whatever is done in it.
const CAPACITY: Billed = Billed::Words("Capacity", "second", 0);

/// What a charge bills in a mode.
pub fn billed(charge: Charge, mode: &str) -> Billed {
    match charge {
        Charge::Item(item, places) => Billed::Item(item, places),
        Charge::CacheHit => Billed::Item(Item::CacheRead, 6),
        Charge::Hours(item) => Billed::Hours(item),
        Charge::Words(what, unit, places) => Billed::Words(what, unit, places),
        Charge::DatabricksUnits => Billed::DatabricksUnits,
        Charge::Query => match mode {
            "search" => Billed::Item(Item::WebSearch, 3),
            _ => Billed::Item(Item::Request, 0),
        },
        Charge::InputSecond => match mode {
            "audio_transcription" => Billed::Hours(Item::AudioDuration),
            "audio_speech" | "realtime" => Billed::Hours(Item::InputAudioDuration),
            "video_generation" => Billed::Hours(Item::InputVideoDuration),
            _ => CAPACITY,
        },
        Charge::OutputSecond => match mode {
            "audio_transcription" | "audio_speech" | "realtime" => {
                Billed::Hours(Item::OutputAudioDuration)
            }
            "video_generation" => Billed::Hours(Item::OutputVideoDuration),
            _ => CAPACITY,
        },
    }
}

/// Puts prices right that stand under another key than they are billed for; the
/// problems, each with the key it is about.
pub fn settle(mode: &str, rates: &mut Rates, words: &mut Vec<String>) -> Vec<(Kind, &'static str)> {
    match mode {
        "image_generation" => made(rates, words),
        "audio_transcription" => heard(rates),
        _ => Vec::new(),
    }
}

/// Who makes images from text has no images of input: `LiteLLM` bills the price
/// of input for each image, or each of its pixels, that is made.
fn made(rates: &mut Rates, words: &mut Vec<String>) -> Vec<(Kind, &'static str)> {
    let mut moved = Vec::new();
    for (input, output, key) in [
        (Item::Image, Item::ImageOutput, "input_cost_per_image"),
        (Item::InputPixel, Item::OutputPixel, "input_cost_per_pixel"),
    ] {
        let Some(price) = rates.stated(input) else { continue };
        // Beside a price of images made, one of images read is what it says; of
        // pixels made the price is always zero.
        if rates.stated(output).is_none() || (input == Item::InputPixel && !some(rates, output)) {
            *rates = without(rates, input);
            rates.set(output, price);
            moved.push((Kind::OutputAsInput, key));
        }
    }
    if !moved.is_empty() && some(rates, Item::ImageOutput) && some(rates, Item::OutputPixel) {
        words.push("An image is billed as such or by its pixels, not both.".to_owned());
    }
    moved
}

/// Who writes down speech makes no audio: of two prices by the second, one is
/// billed.
fn heard(rates: &mut Rates) -> Vec<(Kind, &'static str)> {
    let Some(output) = rates.stated(Item::OutputAudioDuration) else { return Vec::new() };
    let input = rates.get(Item::AudioDuration);
    let zero = Price::Known(Decimal::ZERO);
    let price = if input == Price::Unknown || input == zero {
        output
    } else if output == zero || output == input {
        input
    } else {
        return Vec::new();
    };
    *rates = without(rates, Item::OutputAudioDuration);
    rates.set(Item::AudioDuration, price);
    vec![(Kind::SecondsTwice, "output_cost_per_second")]
}

fn some(rates: &Rates, item: Item) -> bool {
    rates.get(item).amount().is_some_and(|amount| !amount.is_zero())
}

fn without(rates: &Rates, item: Item) -> Rates {
    rates.iter().filter(|(have, _)| *have != item).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settled(mode: &str, stated: &[(Item, i128)]) -> (Vec<(Item, String)>, usize, usize) {
        let mut rates: Rates = stated
            .iter()
            .map(|(item, price)| (*item, Price::Known(Decimal::new(*price, 0))))
            .collect();
        let mut words = Vec::new();
        let problems = settle(mode, &mut rates, &mut words).len();
        let rates = rates.iter().map(|(item, price)| (item, price.to_string())).collect();
        (rates, problems, words.len())
    }

    #[test]
    fn seconds_and_queries_are_what_the_mode_makes_of_them() {
        for (charge, mode, expected) in [
            (Charge::InputSecond, "audio_transcription", Billed::Hours(Item::AudioDuration)),
            (Charge::OutputSecond, "video_generation", Billed::Hours(Item::OutputVideoDuration)),
            (Charge::OutputSecond, "audio_speech", Billed::Hours(Item::OutputAudioDuration)),
            (Charge::InputSecond, "realtime", Billed::Hours(Item::InputAudioDuration)),
            (Charge::InputSecond, "chat", CAPACITY),
            (Charge::Query, "search", Billed::Item(Item::WebSearch, 3)),
            (Charge::Query, "rerank", Billed::Item(Item::Request, 0)),
        ] {
            assert_eq!(billed(charge, mode), expected, "{mode}");
        }
    }

    #[test]
    fn images_made_are_priced_under_the_input() {
        let mode = "image_generation";
        let image = |item| vec![(item, "2".to_owned())];
        assert_eq!(settled(mode, &[(Item::Image, 2)]), (image(Item::ImageOutput), 1, 0));
        assert_eq!(
            settled(mode, &[(Item::InputPixel, 2), (Item::OutputPixel, 0)]),
            (image(Item::OutputPixel), 1, 0)
        );
        let both =
            settled(mode, &[(Item::Image, 1), (Item::InputPixel, 2), (Item::OutputPixel, 0)]);
        assert_eq!((both.0.len(), both.1, both.2), (2, 2, 1));
        let apart = [(Item::Image, 1), (Item::ImageOutput, 2)];
        assert_eq!(settled(mode, &apart).1, 0);
        assert_eq!(settled("chat", &[(Item::Image, 2)]), (image(Item::Image), 0, 0));
    }

    #[test]
    fn speech_is_written_down_for_one_price() {
        let (input, output) = (Item::AudioDuration, Item::OutputAudioDuration);
        let one = (vec![(Item::AudioDuration, "2".to_owned())], 1, 0);
        for stated in [
            &[(input, 2), (output, 0)][..],
            &[(input, 2), (output, 2)],
            &[(input, 0), (output, 2)],
            &[(output, 2)],
        ] {
            assert_eq!(settled("audio_transcription", stated), one);
        }
        let different = settled("audio_transcription", &[(input, 2), (output, 3)]);
        assert_eq!((different.0.len(), different.1), (2, 0));
    }
}
