//! Search over names, ids and authors, tolerant of typing errors.

use crate::catalog::{Catalog, Gather, edit_distance, find};

/// The texts that models are found by. Made once for a catalog, so that a keystroke
/// costs one pass over plain text.
#[derive(Debug, Default)]
pub struct SearchIndex {
    /// A line for each model.
    lines: String,
    /// Where each of them ends.
    ends: Vec<usize>,
}

impl SearchIndex {
    /// The index of a catalog.
    pub fn new(catalog: &Catalog) -> Self {
        let mut index = Self::default();
        for model in &catalog.models {
            for part in [&model.id, model.name.as_deref().unwrap_or_default(), model.author_name()]
            {
                index.lines.push_str(part);
                index.lines.push(' ');
            }
            index.ends.push(index.lines.len());
        }
        index.lines.make_ascii_lowercase();
        index
    }

    /// The places of the models that contain every word of a query, however it is
    /// separated, in the catalog's order. Where there are none, of those in which each
    /// word is contained but for an error of typing (two in long words).
    pub fn find(&self, query: &str) -> Vec<usize> {
        let query = query.to_ascii_lowercase();
        let words: Vec<&str> = query.split_whitespace().gather();
        let mut found: Vec<usize> = (0..self.ends.len()).gather();
        for word in &words {
            let have = self.with_word(word);
            found.retain(|place| have.get(*place) == Some(&true));
        }
        if found.is_empty() {
            let mut start = 0;
            for (place, end) in self.ends.iter().enumerate() {
                let line = self.lines.get(start..*end).unwrap_or_default();
                start = *end;
                if words.iter().all(|word| is_near(word, line)) {
                    found.push(place);
                }
            }
        }
        found
    }

    /// Which lines have a word, as it is written or spelt. One pass over all of them.
    fn with_word(&self, word: &str) -> Vec<bool> {
        let mut have = vec![false; self.ends.len()];
        let (lines, word) = (self.lines.as_bytes(), word.as_bytes());
        let letter = word.iter().find(|byte| byte.is_ascii_alphanumeric());
        let mut place = 0;
        for (at, byte) in lines.iter().enumerate() {
            if Some(byte) != word.first() && Some(byte) != letter {
                continue;
            }
            while self.ends.get(place).is_some_and(|end| *end <= at) {
                place += 1;
            }
            let end = self.ends.get(place).copied().unwrap_or(at);
            let (Some(rest), Some(have)) = (lines.get(at..end), have.get_mut(place)) else { break };
            let before = at.checked_sub(1).and_then(|before| lines.get(before));
            let is_start = !before.is_some_and(u8::is_ascii_alphanumeric);
            *have |= rest.starts_with(word) || is_start && spells(rest, word);
        }
        have
    }
}

/// Whether a line goes on with the word, with other separators or none: `gpt-4o-mini` with
/// `gpt4o`, and `claude-3-5-haiku` with `claude-3.5`.
fn spells(rest: &[u8], word: &[u8]) -> bool {
    let mut have = rest.iter().filter(|byte| byte.is_ascii_alphanumeric());
    let mut wanted = word.iter().filter(|byte| byte.is_ascii_alphanumeric()).peekable();
    wanted.peek().is_some() && wanted.all(|letter| have.next() == Some(letter))
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
        assert_eq!(index.find("-mini"), [0], "as it is written, from a separator on");
        assert_eq!(index.find("pt4o"), [0; 0], "from the start of a word alone");
        assert_eq!(index.find("miniopenai"), [0]);
        assert_eq!(index.find("openaianthropic"), [0; 0], "no further than the model");
    }

    #[test]
    fn each_model_keeps_to_its_line() {
        let model = |id: &str, name: &str| Model {
            id: id.into(),
            name: Some(name.into()),
            ..Model::default()
        };
        let models = vec![model("a/one", "x\ny"), model("b/two", ""), model("", "z")];
        let index = SearchIndex::new(&Catalog { models, ..Catalog::default() });
        assert_eq!([index.find("y"), index.find("two"), index.find("z")], [[0], [1], [2]]);
        assert_eq!(index.find(""), [0, 1, 2]);
        assert_eq!(SearchIndex::default().find("x"), [0; 0]);
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
