//! What a cost key of `LiteLLM` prices. A key spells out what is billed, then from
//! how many input tokens on, then for which service tier:
//! `cache_read_input_token_cost_above_200k_tokens_priority`.

use crate::catalog::Item;

/// A cost key, understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CostKey {
    /// What is billed, and in which unit.
    pub charge: Charge,
    /// Holds for requests of more input tokens than this.
    pub above: Option<u64>,
    /// Holds for requests of this service tier.
    pub service: Option<&'static str>,
}

/// What is billed, and in which unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Charge {
    /// An item; its own unit is 10^`.1` of the key's.
    Item(Item, i32),
    /// An item that is billed by the hour, priced here by the second.
    Hours(Item),
    /// Seconds of input: of which kind, the mode tells.
    InputSecond,
    /// Seconds of output: of which kind, the mode tells.
    OutputSecond,
    /// A query: what it is, the mode tells.
    Query,
    /// Tokens read from the cache, by the older name of that price.
    CacheHit,
    /// What no item is: its name, the unit in words, and 10^`.2` of the key's unit in it.
    Words(&'static str, &'static str, i32),
    /// A price in Databricks units, which stand for no certain amount of money.
    DatabricksUnits,
}

/// Suffixes of service tiers. Batch is none to `LiteLLM`, but is chosen like one.
const SERVICES: &[(&str, &str)] = &[
    ("_flex", "flex"),
    ("_priority", "priority"),
    ("_balanced", "balanced"),
    ("_ultrafast", "ultrafast"),
    ("_batches", "batch"),
    ("_batch_requests", "batch"),
];

/// Prices that tiers and thresholds go with.
const CHARGES: &[(&str, Charge)] = &[
    ("input_cost_per_token", Charge::Item(Item::Input, 6)),
    ("output_cost_per_token", Charge::Item(Item::Output, 6)),
    ("cache_read_input_token_cost", Charge::Item(Item::CacheRead, 6)),
    ("input_cost_per_token_cache_hit", Charge::CacheHit),
    ("cache_creation_input_token_cost", Charge::Item(Item::CacheWrite, 6)),
    ("output_cost_per_reasoning_token", Charge::Item(Item::Reasoning, 6)),
    ("input_cost_per_audio_token", Charge::Item(Item::InputAudio, 6)),
    ("cache_read_input_audio_token_cost", Charge::Item(Item::CacheAudioRead, 6)),
    ("cache_read_input_token_cost_per_audio_token", Charge::Item(Item::CacheAudioRead, 6)),
    ("output_cost_per_audio_token", Charge::Item(Item::OutputAudio, 6)),
    ("input_cost_per_image_token", Charge::Item(Item::InputImage, 6)),
    ("output_cost_per_image_token", Charge::Item(Item::OutputImage, 6)),
    ("input_cost_per_video_token", Charge::Item(Item::InputVideo, 6)),
    ("output_cost_per_video_token", Charge::Item(Item::OutputVideo, 6)),
    ("citation_cost_per_token", Charge::Item(Item::Citation, 6)),
    ("input_cost_per_request", Charge::Item(Item::Request, 0)),
    ("input_cost_per_query", Charge::Query),
    ("input_cost_per_image", Charge::Item(Item::Image, 0)),
    ("output_cost_per_image", Charge::Item(Item::ImageOutput, 0)),
    ("input_cost_per_second", Charge::InputSecond),
    ("output_cost_per_second", Charge::OutputSecond),
    ("input_cost_per_audio_per_second", Charge::Hours(Item::InputAudioDuration)),
    ("output_cost_per_audio_per_second", Charge::Hours(Item::OutputAudioDuration)),
    ("input_cost_per_video_per_second", Charge::Hours(Item::InputVideoDuration)),
    ("output_cost_per_video_per_second", Charge::Hours(Item::OutputVideoDuration)),
    ("ocr_cost_per_page", Charge::Item(Item::Page, 3)),
    ("input_cost_per_character", Charge::Item(Item::InputCharacter, 6)),
    ("output_cost_per_character", Charge::Item(Item::OutputCharacter, 6)),
    ("input_cost_per_pixel", Charge::Item(Item::InputPixel, 9)),
    ("output_cost_per_pixel", Charge::Item(Item::OutputPixel, 9)),
];

const MILLION: &str = "1,000,000 tokens";

/// Prices that a card can only say in words.
const SPOKEN: &[(&str, Charge)] = &[
    ("annotation_cost_per_page", Charge::Words("Annotation", "1,000 pages", 3)),
    (
        "cache_creation_input_audio_token_cost",
        Charge::Words("Audio written to the cache", MILLION, 6),
    ),
    ("cache_read_input_image_token_cost", Charge::Words("Images read from the cache", MILLION, 6)),
    ("code_interpreter_cost_per_session", Charge::Words("Code interpreter", "session", 0)),
    ("computer_use_input_cost_per_1k_tokens", Charge::Words("Input of computer use", MILLION, 3)),
    ("computer_use_output_cost_per_1k_tokens", Charge::Words("Output of computer use", MILLION, 3)),
    ("file_search_cost_per_1k_calls", Charge::Words("File search", "1,000 calls", 0)),
    ("file_search_cost_per_gb_per_day", Charge::Words("File search storage", "GB and day", 0)),
    ("vector_store_cost_per_gb_per_day", Charge::Words("Vector store", "GB and day", 0)),
    (
        "google_maps_grounding_cost_per_query",
        Charge::Words("Grounding with Google Maps", "1,000 queries", 3),
    ),
    ("ocr_cost_per_credit", Charge::Words("Reading of documents", "credit", 0)),
    ("output_cost_per_second_1080p", Charge::Words("Video made in 1080p", "second", 0)),
    // These are no numbers of tokens, however much they look like it.
    (
        "input_cost_per_video_per_second_above_8s_interval",
        Charge::Words("Video sampled in intervals above 8 seconds", "second", 0),
    ),
    (
        "input_cost_per_video_per_second_above_15s_interval",
        Charge::Words("Video sampled in intervals above 15 seconds", "second", 0),
    ),
    ("input_dbu_cost_per_token", Charge::DatabricksUnits),
    ("output_dbu_cost_per_token", Charge::DatabricksUnits),
    ("output_db_cost_per_token", Charge::DatabricksUnits),
];

impl CostKey {
    /// What a key prices; `None` for a cost that is not known here.
    pub fn parse(key: &str) -> Option<Self> {
        if let Some(charge) = find(SPOKEN, key) {
            return Some(Self { charge, above: None, service: None });
        }
        let (rest, after) = without_service(key);
        let mut parts = rest.split("_above_");
        // Some versions name the service tier before the threshold.
        let (base, before) = without_service(parts.next()?);
        let mut read =
            Self { charge: find(CHARGES, base)?, above: None, service: after.or(before) };
        for part in parts {
            match (tokens(part), read.charge) {
                (Some(above), _) if read.above.is_none() => read.above = Some(above),
                (None, Charge::Item(Item::CacheWrite, places)) if part == "1hr" => {
                    read.charge = Charge::Item(Item::CacheWrite1h, places);
                }
                _ => return None,
            }
        }
        Some(read)
    }

    /// Whether a key states a price at all.
    pub fn is_one(key: &str) -> bool {
        key.contains("_cost_per_") || key.contains("_cost") || key.starts_with("cost_per_")
    }
}

fn find(charges: &[(&str, Charge)], key: &str) -> Option<Charge> {
    charges.iter().find(|(name, _)| *name == key).map(|(_, charge)| *charge)
}

fn without_service(key: &str) -> (&str, Option<&'static str>) {
    SERVICES
        .iter()
        .find_map(|(suffix, name)| Some((key.strip_suffix(suffix)?, Some(*name))))
        .unwrap_or((key, None))
}

/// `200k_tokens`: 200,000.
fn tokens(part: &str) -> Option<u64> {
    let number = part.strip_suffix("_tokens")?;
    let (digits, factor) = number.strip_suffix('k').map_or((number, 1), |digits| (digits, 1_000));
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    digits.parse::<u64>().ok()?.checked_mul(factor)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(key: &str) -> Option<(Item, i32, Option<u64>, Option<&'static str>)> {
        let read = CostKey::parse(key)?;
        let Charge::Item(item, places) = read.charge else { return None };
        Some((item, places, read.above, read.service))
    }

    #[test]
    fn a_key_is_an_item_a_threshold_and_a_service_tier() {
        for (key, expected) in [
            ("input_cost_per_token", (Item::Input, 6, None, None)),
            ("output_cost_per_token_batches", (Item::Output, 6, None, Some("batch"))),
            ("input_cost_per_token_batch_requests", (Item::Input, 6, None, Some("batch"))),
            ("input_cost_per_token_above_32k_tokens", (Item::Input, 6, Some(32_000), None)),
            (
                "cache_read_input_token_cost_above_200k_tokens_priority",
                (Item::CacheRead, 6, Some(200_000), Some("priority")),
            ),
            (
                "cache_creation_input_token_cost_above_272k_tokens_flex",
                (Item::CacheWrite, 6, Some(272_000), Some("flex")),
            ),
            (
                "input_cost_per_token_priority_above_128000_tokens",
                (Item::Input, 6, Some(128_000), Some("priority")),
            ),
            ("cache_creation_input_token_cost_above_1hr", (Item::CacheWrite1h, 6, None, None)),
            (
                "cache_creation_input_token_cost_above_1hr_above_200k_tokens",
                (Item::CacheWrite1h, 6, Some(200_000), None),
            ),
            ("ocr_cost_per_page", (Item::Page, 3, None, None)),
            (
                "output_cost_per_image_above_128k_tokens",
                (Item::ImageOutput, 0, Some(128_000), None),
            ),
        ] {
            assert_eq!(item(key), Some(expected), "{key}");
        }
        let read = CostKey::parse("input_cost_per_audio_per_second_above_128k_tokens").unwrap();
        assert_eq!(read.charge, Charge::Hours(Item::InputAudioDuration));
        assert_eq!(read.above, Some(128_000));
    }

    #[test]
    fn what_is_no_number_of_tokens_is_no_threshold() {
        let read = CostKey::parse("input_cost_per_video_per_second_above_8s_interval").unwrap();
        assert!(matches!(read.charge, Charge::Words(..)));
        assert_eq!(read.above, None);
        for key in [
            "input_cost_per_video_per_second_above_30s_interval",
            "input_cost_per_token_above_1hr",
            "input_cost_per_token_above_+1k_tokens",
            "input_cost_per_token_above_k_tokens",
            "input_cost_per_token_above_99999999999999999999k_tokens",
            "input_cost_per_token_above_1k_tokens_above_2k_tokens",
            "input_cost_per_token_extra",
            "input_cost_per_lightyear",
        ] {
            assert!(CostKey::is_one(key));
            assert_eq!(CostKey::parse(key), None, "{key}");
        }
    }

    #[test]
    fn keys_are_named_once() {
        let names: Vec<_> = CHARGES.iter().chain(SPOKEN).map(|(name, _)| name).collect();
        for (at, name) in names.iter().enumerate() {
            assert!(CostKey::is_one(name), "{name}");
            assert!(!names[..at].contains(name), "{name}");
        }
        assert!(!CostKey::is_one("max_input_tokens"));
    }
}
