//! Text from outside, made safe to show.

use super::{Model, find, misleads, phrase};

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

/// Longer names are cut: no card is helped by more.
const MAX_NAME: usize = 200;

/// A model's name as elements show it.
#[inline(never)]
pub fn shown_name(model: &Model) -> String {
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
