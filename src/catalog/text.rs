//! Text from outside, made safe to show.

use super::misleads;
use super::phrase;

/// A name without the characters that reorder, hide or break the text around
/// it: bidirectional controls, zero-width and tag characters, C0 and C1
/// controls. White space is folded; at most 200 characters are kept.
pub fn plain_text(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            hidden if misleads(hidden) => {}
            space if space.is_whitespace() => {
                if !plain.ends_with(' ') && !plain.is_empty() {
                    plain.push(' ');
                }
            }
            control if control.is_control() => {}
            shown => plain.push(shown),
        }
    }
    let plain = plain.trim_end();
    match plain.char_indices().nth(MAX_NAME) {
        Some((end, _)) => phrase(plain.get(..end).unwrap_or_default()).and("…").text(),
        None => plain.to_owned(),
    }
}

/// Where a text first stands within another. The standard library prepares for patterns
/// far longer than what is searched for here, with a kilobyte of code.
#[inline(never)]
pub fn find(text: &str, part: &str) -> Option<usize> {
    let (bytes, part) = (text.as_bytes(), part.as_bytes());
    let Some(first) = part.first() else { return Some(0) };
    let begins = |at: &usize| bytes.get(*at..).is_some_and(|rest| rest.starts_with(part));
    let mut places = bytes.iter().enumerate();
    places.find_map(|(at, byte)| (byte == first).then_some(at).filter(begins))
}

/// Where the first of some ASCII characters stands within a text.
#[inline(never)]
pub fn find_any(text: &str, characters: &[u8]) -> Option<usize> {
    text.bytes().position(|byte| characters.contains(&byte))
}

/// Longer names are cut: no card is helped by more.
const MAX_NAME: usize = 200;

/// A model's name as elements show it.
#[inline(never)]
pub fn shown_name(model: &super::Model) -> String {
    display_name(model.name.as_deref(), model.author_name(), &model.id)
}

/// A model's name as a card shows it: without its `Author: ` prefix, and the id
/// where no name is left.
pub fn display_name(name: Option<&str>, author: &str, id: &str) -> String {
    let name = plain_text(name.unwrap_or_default());
    let parts = find(&name, ": ").and_then(|at| Some((name.get(..at)?, name.get(at + 2..)?)));
    let bare = match parts {
        Some((prefix, rest)) if !rest.is_empty() && prefix.eq_ignore_ascii_case(author) => rest,
        _ => &name,
    };
    if bare.is_empty() { plain_text(id) } else { bare.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_found_where_it_first_stands() {
        for (text, part) in [
            ("abcabd", "abd"),
            ("abc", "abc"),
            ("abc", ""),
            ("", ""),
            ("", "a"),
            ("ab", "abc"),
            ("aaaab", "aab"),
            ("né à l’été", "été"),
        ] {
            assert_eq!(find(text, part), text.find(part), "{part} in {text}");
        }
        assert_eq!(find_any("https://x/y?z", b"?#"), Some(11));
        assert_eq!(find_any("https://x/y", b"?#"), None);
    }

    #[test]
    fn drops_what_misleads() {
        assert_eq!(plain_text("safe\u{202e}gpj.exe"), "safegpj.exe");
        assert_eq!(plain_text("a\u{200b}b\u{feff}c\u{7}\u{e0041}"), "abc");
        assert_eq!(plain_text("  two\n\n lines\t"), "two lines");
        assert_eq!(plain_text("日本語 🐬"), "日本語 🐬");
        assert_eq!(plain_text(&"x".repeat(500)).chars().count(), 201);
    }

    #[test]
    fn shows_the_name_without_its_author() {
        assert_eq!(display_name(Some("OpenAI: GPT-4o"), "OpenAI", "openai/gpt-4o"), "GPT-4o");
        assert_eq!(display_name(Some("Sao10K: Llama"), "sao10k", "sao10k/llama"), "Llama");
        assert_eq!(display_name(Some("Note: beta"), "OpenAI", "x/y"), "Note: beta");
        assert_eq!(display_name(Some("\u{200b}"), "OpenAI", "x/y"), "x/y");
        assert_eq!(display_name(None, "OpenAI", "x/y"), "x/y");
    }
}
