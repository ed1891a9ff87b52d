//! Search over names, ids and authors, tolerant of typing errors.

use crate::catalog::{Catalog, Gather, edit_distance, find, phrase};

/// The text that each model is found by. Made once for a catalog, so that a keystroke
/// costs one pass over plain text.
#[derive(Debug, Default)]
pub struct SearchIndex(Vec<String>);

impl SearchIndex {
    /// The index of a catalog.
    pub fn new(catalog: &Catalog) -> Self {
        let texts = catalog.models.iter().map(|model| {
            let name = model.name.as_deref().unwrap_or_default();
            let mut text =
                phrase(&model.id).and(" ").and(name).and(" ").and(model.author_name()).text();
            text.make_ascii_lowercase();
            text
        });
        Self(texts.gather())
    }

    /// The places of the models that contain every word of a query, however it is
    /// separated, in the catalog's order. Where there are none, of those in which each word is contained but for
    /// an error of typing (two in long words).
    pub fn find(&self, query: &str) -> Vec<usize> {
        let query = query.to_ascii_lowercase();
        let words: Vec<&str> = query.split_whitespace().gather();
        let places = |is_meant: &dyn Fn(&str) -> bool| -> Vec<usize> {
            let all = self.0.iter().enumerate();
            all.filter(|(_, text)| is_meant(text)).map(|(place, _)| place).gather()
        };
        let has = |text: &str, word: &str| find(text, word).is_some() || has_spelt(text, word);
        let found = places(&|text| words.iter().all(|word| has(text, word)));
        if found.is_empty() {
            places(&|text| words.iter().all(|word| is_near(word, text)))
        } else {
            found
        }
    }
}

/// Whether a text has the word with other separators, or none, from the start of a
/// word of its own: `gpt4o` is in `gpt-4o-mini`, and `claude-3.5` in `claude-3-5-haiku`.
fn has_spelt(text: &str, word: &str) -> bool {
    let mut before = b' ';
    text.bytes().enumerate().any(|(at, byte)| {
        let is_start = byte.is_ascii_alphanumeric() && !before.is_ascii_alphanumeric();
        before = byte;
        is_start && {
            let mut have = text.bytes().skip(at).filter(u8::is_ascii_alphanumeric);
            let mut wanted = word.bytes().filter(u8::is_ascii_alphanumeric).peekable();
            wanted.peek().is_some() && wanted.all(|letter| have.next() == Some(letter))
        }
    })
}

/// Whether a text has the word, or begins a word of its own with something near it.
fn is_near(word: &str, text: &str) -> bool {
    let errors = match word.len() {
        0..=3 => return find(text, word).is_some(),
        4..=7 => 1,
        _ => 2,
    };
    let own = |c: char| !c.is_ascii_alphanumeric();
    find(text, word).is_some()
        || text.split(own).any(|part| {
            // Two neighbours that have changed places are one error of typing.
            let near = |part: &str| edit_distance(word, part) <= errors || is_swapped(word, part);
            let lengths = word.len() - errors..=word.len() + errors;
            lengths.into_iter().any(|length| part.get(..length).is_some_and(near))
        })
}

fn is_swapped(a: &str, b: &str) -> bool {
    let differ: Vec<usize> = a
        .bytes()
        .zip(b.bytes())
        .enumerate()
        .filter(|(_, (a, b))| a != b)
        .map(|(at, _)| at)
        .gather();
    let byte = |text: &str, at: usize| text.as_bytes().get(at).copied();
    a.len() == b.len()
        && matches!(*differ.as_slice(), [first, second] if second == first + 1
            && byte(a, first) == byte(b, second) && byte(a, second) == byte(b, first))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Model;

    fn index() -> SearchIndex {
        let model = |id: &str, name: &str| Model {
            id: id.into(),
            name: Some(name.into()),
            ..Model::default()
        };
        SearchIndex::new(&Catalog {
            models: vec![
                model("openai/gpt-4o-mini", "OpenAI: GPT-4o-mini"),
                model("anthropic/claude-3.5-haiku", "Anthropic: Claude 3.5 Haiku"),
                model("mistralai/mistral-large", "Mistral Large"),
            ],
            ..Catalog::default()
        })
    }

    #[test]
    fn every_word_must_be_in_the_name_the_id_or_the_author() {
        let index = index();
        assert_eq!(index.find("HAIKU claude"), [1]);
        assert_eq!(index.find("a"), [0, 1, 2]);
        assert_eq!(index.find(""), [0, 1, 2]);
        assert_eq!(index.find("claude gpt"), [0; 0]);
    }

    #[test]
    fn separators_do_not_matter() {
        let index = index();
        for typed in ["gpt4o", "gpt4omini", "gpt_4o", "openai/gpt4o", "gpt-4o.mini"] {
            assert_eq!(index.find(typed), [0], "{typed}");
        }
        for typed in ["claude35", "claude-3-5", "3-5", "claude3.5haiku"] {
            assert_eq!(index.find(typed), [1], "{typed}");
        }
        assert_eq!(index.find("--"), [0; 0]);
    }

    #[test]
    fn an_error_of_typing_is_forgiven_where_nothing_is_right() {
        let index = index();
        for typed in ["cluade", "claud", "cladue", "clade", "anthropik", "antropic haiku"] {
            assert_eq!(index.find(typed), [1], "{typed}");
        }
        assert_eq!(index.find("mistarl"), [2]);
        assert_eq!(index.find("gtp"), [0; 0], "short words have no room for errors");
        assert_eq!(index.find("something"), [0; 0]);
        assert_eq!(index.find("日本語日本"), [0; 0]);
    }
}
