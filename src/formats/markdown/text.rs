//! Running text: cleaned, joined, and searched for hashtags.

use crate::catalog::{Inline, misleads};

/// Text without the characters that reorder or hide what stands around them.
/// Lines and tabs become spaces.
pub fn clean(text: &str) -> impl Iterator<Item = char> + '_ {
    text.chars().filter_map(|character| match character {
        '\n' | '\t' | '\u{2028}' | '\u{2029}' => Some(' '),
        hidden if hidden.is_control() || misleads(hidden) => None,
        shown => Some(shown),
    })
}

/// Code, cleaned in the same way; lines and tabs are kept.
pub fn clean_code(text: &str) -> String {
    text.chars().filter(|c| matches!(c, '\n' | '\t') || !(c.is_control() || misleads(*c))).collect()
}

/// Inlines under construction.
#[derive(Debug, Default)]
pub struct Run {
    inlines: Vec<Inline>,
    text: String,
    /// The places of the `#` in `text` that begin no hashtag.
    literal: Vec<usize>,
}

impl Run {
    /// Adds text. Where the source does not write its first `#` as such, but
    /// escaped or as an entity, that one begins no hashtag.
    pub fn text(&mut self, text: &str, escaped: bool) {
        if escaped && text.starts_with('#') {
            self.literal.push(self.text.len());
        }
        self.text.extend(clean(text));
    }

    /// Adds text in which there are no hashtags.
    pub fn literal(&mut self, text: &str) {
        for character in clean(text) {
            if character == '#' {
                self.literal.push(self.text.len());
            }
            self.text.push(character);
        }
    }

    /// Adds a space between two words, unless there is one.
    pub fn space(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with(' ') {
            self.text.push(' ');
        }
    }

    /// Adds a finished inline.
    pub fn push(&mut self, inline: Inline, previous: &mut char) {
        self.flush(previous);
        match (inline, self.inlines.last_mut()) {
            (Inline::Text(text), Some(Inline::Text(last))) => last.push_str(&text),
            (inline, _) => self.inlines.push(inline),
        }
    }

    /// The inlines, from the first to the last.
    pub fn finish(mut self, previous: &mut char) -> Vec<Inline> {
        self.flush(previous);
        self.inlines
    }

    /// Turns the text so far into inlines. `previous` is the character before
    /// the text, and then the one at its end: a hashtag begins a word.
    pub fn flush(&mut self, previous: &mut char) {
        let text = std::mem::take(&mut self.text);
        let literal = std::mem::take(&mut self.literal);
        let mut start = 0;
        for (at, _) in text.match_indices('#') {
            if at < start || literal.binary_search(&at).is_ok() {
                continue;
            }
            let before = text.get(..at).and_then(|before| before.chars().next_back());
            if !begins_word(before.unwrap_or(*previous)) {
                continue;
            }
            let tag = tag_at(text.get(at + 1..).unwrap_or_default());
            if !tag.is_empty() {
                self.plain(text.get(start..at).unwrap_or_default());
                self.inlines.push(Inline::Tag(tag.to_owned()));
                start = at + 1 + tag.len();
            }
        }
        self.plain(text.get(start..).unwrap_or_default());
        *previous = text.chars().next_back().unwrap_or(*previous);
    }

    fn plain(&mut self, text: &str) {
        match self.inlines.last_mut() {
            _ if text.is_empty() => {}
            Some(Inline::Text(last)) => last.push_str(text),
            _ => self.inlines.push(Inline::Text(text.to_owned())),
        }
    }
}

/// Whether a word can begin behind this character.
fn begins_word(before: char) -> bool {
    before.is_whitespace()
        || matches!(before, '(' | '[' | '{' | '"' | '\'' | '“' | '‘' | '«' | '¿' | '¡')
}

/// The hashtag at the beginning of a text that follows a `#`; empty where there
/// is none: a letter, then letters, digits, `_` and `-`, not ending in `-`.
fn tag_at(text: &str) -> &str {
    if !text.starts_with(char::is_alphabetic) {
        return "";
    }
    let end = text.find(|c: char| !c.is_alphanumeric() && c != '_' && c != '-');
    text.get(..end.unwrap_or(text.len())).unwrap_or_default().trim_end_matches(['-', '_'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inlines(text: &str) -> Vec<Inline> {
        let mut run = Run::default();
        run.text(text, false);
        run.finish(&mut ' ')
    }

    fn tags(text: &str) -> Vec<String> {
        let tag = |inline| if let Inline::Tag(tag) = inline { Some(tag) } else { None };
        inlines(text).into_iter().filter_map(tag).collect()
    }

    #[test]
    fn a_hashtag_begins_a_word_with_a_letter() {
        assert_eq!(
            tags("#coding (#multi-modal, #日本語) #a1_b."),
            ["coding", "multi-modal", "日本語", "a1_b"]
        );
        for text in ["C#", "C#x", "#1", "#", "# x", "##x", "a#b", "/#x", "&#x41;", "#-x", "x.#y"] {
            assert_eq!(tags(text), Vec::<String>::new(), "{text}");
        }
        assert_eq!(
            inlines("See #fast- now"),
            [Inline::Text("See ".into()), Inline::Tag("fast".into()), Inline::Text("- now".into())]
        );
    }

    #[test]
    fn escaped_and_literal_ones_are_text() {
        let mut run = Run::default();
        run.text("#one ", true);
        run.literal("#two ");
        run.text("#three", false);
        assert_eq!(
            run.finish(&mut ' '),
            [Inline::Text("#one #two ".into()), Inline::Tag("three".into())]
        );
    }

    #[test]
    fn the_character_before_the_text_counts() {
        let mut run = Run::default();
        let mut previous = 'C';
        run.text("#sharp", false);
        assert_eq!(run.finish(&mut previous), [Inline::Text("#sharp".into())]);
        assert_eq!(previous, 'p');
    }

    #[test]
    fn hides_nothing_and_reorders_nothing() {
        assert_eq!(
            inlines("safe\u{202e}gpj\u{200b}\u{e0041}\u{7}.\texe"),
            [Inline::Text("safegpj. exe".into())]
        );
        assert_eq!(clean_code("a\u{202e}\n\tb\r\u{feff}"), "a\n\tb");
    }
}
