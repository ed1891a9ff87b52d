//! How many tokens a text may have: an estimate from its characters, for want of
//! each model's tokenizer.
//!
//! The characters per token of a script are rounded from what two published
//! tokenizers, `cl100k_base` (2022) and `o200k_base` (2024), make of article 1 of
//! the Universal Declaration of Human Rights, counted in 2026 with js-tiktoken
//! 1.0, and for Latin of a piece of JavaScript too. From the older to
//! the newer: English 5.2, German 3.8–4.2, French 3.7–4.5, Turkish 2.7–3.5, code
//! 3.6; Russian 2.2–3.9, Ukrainian 1.7–3.0; Greek 1.1–2.7, Arabic 1.4–2.7,
//! Hebrew 1.0–2.6; Chinese 0.8–1.2, Japanese 0.9–1.2; Korean 1.0–1.7;
//! Hindi 1.0–3.5, Tamil 0.7–3.2, Thai 1.0–2.1; emoji 0.4–0.8. So Latin text can
//! be off by a third, and other scripts by half and more.

use crate::catalog::{Decimal, Gather};

/// Scripts that tokenizers treat alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Script {
    Latin,
    Cyrillic,
    Levantine,
    Han,
    Hangul,
    Indic,
    Other,
}

/// Each script's name, and its characters per token in quarters.
const SCRIPTS: [(Script, &str, u64); 7] = [
    (Script::Latin, "Latin", 16),
    (Script::Cyrillic, "Cyrillic", 10),
    (Script::Levantine, "Greek, Hebrew and Arabic", 7),
    (Script::Han, "Chinese and Japanese", 4),
    (Script::Hangul, "Korean", 5),
    (Script::Indic, "South and Southeast Asian", 6),
    (Script::Other, "other scripts and symbols", 2),
];

/// The estimate for the part of a text that is in one script.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScriptTokens {
    /// The script's name.
    pub script: &'static str,
    /// Its characters.
    pub characters: u64,
    /// The characters that are taken for a token, on average.
    pub per_token: Decimal,
    /// The tokens that they may make, rounded up.
    pub tokens: u64,
}

/// An estimate of the tokens of a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TokenEstimate {
    /// All tokens.
    pub tokens: u64,
    /// The same for each script in the text.
    pub parts: Vec<ScriptTokens>,
}

/// Estimates the tokens of a text from the characters of each script. What belongs to no script, such as spaces, digits and
/// punctuation, counts to the script before it, or to Latin at the start.
pub fn estimate_tokens(text: &str) -> TokenEstimate {
    let mut counts = [0_u64; SCRIPTS.len()];
    let mut current = Script::Latin;
    for character in text.chars() {
        current = script(character).unwrap_or(current);
        if let Some(count) = counts.get_mut(current as usize) {
            *count += 1;
        }
    }
    let parts: Vec<ScriptTokens> = SCRIPTS
        .iter()
        .zip(counts)
        .filter(|(_, characters)| *characters > 0)
        .map(|((_, script, quarters), characters)| ScriptTokens {
            script,
            characters,
            per_token: Decimal::from(quarters * 25).shifted(-2),
            tokens: (characters * 4).div_ceil(*quarters),
        })
        .gather();
    TokenEstimate { tokens: parts.iter().map(|part| part.tokens).sum(), parts }
}

/// The script of a character, by the blocks of Unicode; none where it is common to
/// all of them.
const fn script(character: char) -> Option<Script> {
    let script = match character as u32 {
        0x41..=0x5A | 0x61..=0x7A | 0xAA | 0xB5 | 0xBA | 0xC0..=0x2AF | 0x1E00..=0x1EFF => {
            Script::Latin
        }
        0..=0xBF | 0x2B0..=0x36F | 0x2000..=0x206F | 0xFE00..=0xFE0F => return None,
        0x400..=0x52F => Script::Cyrillic,
        0x370..=0x3FF | 0x590..=0x77F | 0x8A0..=0x8FF | 0x1F00..=0x1FFF | 0xFB1D..=0xFDFF => {
            Script::Levantine
        }
        0x2E80..=0x312F
        | 0x3190..=0x4DBF
        | 0x4E00..=0x9FFF
        | 0xF900..=0xFAFF
        | 0xFF00..=0xFFEF
        | 0x2_0000..=0x3_FFFF => Script::Han,
        0x1100..=0x11FF | 0x3130..=0x318F | 0xA960..=0xA97F | 0xAC00..=0xD7FF => Script::Hangul,
        0x900..=0x109F | 0x1780..=0x17FF => Script::Indic,
        _ => Script::Other,
    };
    Some(script)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> Vec<(&'static str, u64, u64)> {
        estimate_tokens(text)
            .parts
            .into_iter()
            .map(|part| (part.script, part.characters, part.tokens))
            .collect()
    }

    #[test]
    fn every_script_has_its_place_in_the_table() {
        for (at, (script, ..)) in SCRIPTS.iter().enumerate() {
            assert_eq!(*script as usize, at);
        }
    }

    #[test]
    fn each_script_has_its_own_characters_per_token() {
        assert_eq!(parts(""), []);
        assert_eq!(parts("x"), [("Latin", 1, 1)]);
        assert_eq!(parts("All human beings"), [("Latin", 16, 4)]);
        assert_eq!(parts("Größenmaß"), [("Latin", 9, 3)]);
        assert_eq!(parts("Все люди рождаются"), [("Cyrillic", 18, 8)]);
        assert_eq!(parts("Όλοι"), [("Greek, Hebrew and Arabic", 4, 3)]);
        assert_eq!(parts("人人生而自由,在"), [("Chinese and Japanese", 8, 8)]);
        assert_eq!(parts("すべて。"), [("Chinese and Japanese", 4, 4)]);
        assert_eq!(parts("모든 인간은"), [("Korean", 6, 5)]);
        assert_eq!(parts("सभी मनुष्य"), [("South and Southeast Asian", 10, 7)]);
        assert_eq!(parts("🤖💡"), [("other scripts and symbols", 2, 4)]);
        let per_token: Vec<String> = estimate_tokens("a Я 人 한 🤖 α क")
            .parts
            .into_iter()
            .map(|part| part.per_token.to_string())
            .collect();
        assert_eq!(per_token, ["4", "2.5", "1.75", "1", "1.25", "1.5", "0.5"]);
    }

    #[test]
    fn spaces_and_digits_count_to_the_script_before_them() {
        assert_eq!(parts("12, люди 34"), [("Latin", 4, 1), ("Cyrillic", 7, 3)]);
        assert_eq!(parts("model 模型 2025"), [("Latin", 6, 2), ("Chinese and Japanese", 7, 7)]);
    }

    /// Article 1 of the declaration, with the tokens that `cl100k_base` and
    /// `o200k_base` make of it: the estimate lies between, or near to both.
    #[test]
    fn lies_between_the_tokenizers_that_it_was_made_from() {
        for (text, older, newer) in [
            (
                "Alle Menschen sind frei und gleich an Würde und Rechten geboren. Sie sind mit \
                 Vernunft und Gewissen begabt und sollen einander im Geiste der Brüderlichkeit \
                 begegnen.",
                44,
                39,
            ),
            (
                "Все люди рождаются свободными и равными в своем достоинстве и правах. Они \
                 наделены разумом и совестью и должны поступать в отношении друг друга в духе \
                 братства.",
                74,
                41,
            ),
            (
                "人人生而自由,在尊严和权利上一律平等。他们赋有理性和良心,并应以兄弟关系的精神相对待。",
                52,
                37,
            ),
        ] {
            let tokens = estimate_tokens(text).tokens;
            assert!((newer..=older).contains(&tokens), "{tokens}: {text}");
        }
    }
}
