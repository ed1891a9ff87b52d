//! A text that is put together of parts.

use super::Decimal;

/// A text to which parts are added. One pointer, like a node: the views say hundreds of
/// such texts, and a `String` on its way through a function lies in memory.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use = "words that are not put anywhere are not read"]
#[allow(clippy::box_collection)] // for the one pointer
pub struct Words(Box<String>);

/// A text that begins with this.
pub fn phrase(start: impl Said) -> Words {
    start.begin()
}

/// How many there are: a word for one, and what follows the number of more.
#[inline(never)]
pub fn counted(count: usize, one: &str, more: &str) -> Words {
    if count == 1 { phrase(one) } else { phrase(count).and(more) }
}

/// Texts in a row, with this between them.
#[inline(never)]
pub fn joined<T: AsRef<str>>(parts: &[T], between: &str) -> Words {
    let mut words = phrase("");
    for (at, part) in parts.iter().enumerate() {
        if at > 0 {
            words = words.and(between);
        }
        words = words.and(part.as_ref());
    }
    words
}

#[allow(clippy::return_self_not_must_use)] // all words must be used
impl Words {
    /// The text, and then this.
    pub fn and(self, part: impl Said) -> Self {
        part.add_to(self)
    }

    #[inline(never)]
    fn push(mut self, part: &str) -> Self {
        self.0.push_str(part);
        self
    }

    /// Whether nothing is said.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The whole text.
    #[inline(never)]
    pub fn text(self) -> String {
        *self.0
    }
}

/// What can be a part of a text.
pub trait Said: Sized {
    /// A text of this alone.
    fn begin(self) -> Words;
    /// Puts it behind what is said.
    fn add_to(self, words: Words) -> Words;
}

impl Said for &str {
    #[inline(never)]
    fn begin(self) -> Words {
        Words(Box::new(self.to_owned()))
    }

    fn add_to(self, words: Words) -> Words {
        words.push(self)
    }
}

impl Said for &String {
    fn begin(self) -> Words {
        self.as_str().begin()
    }

    fn add_to(self, words: Words) -> Words {
        words.push(self)
    }
}

// Given away, so that it is dropped here and not wherever it is said.
impl Said for String {
    #[inline(never)]
    fn begin(self) -> Words {
        Words(Box::new(self))
    }

    #[inline(never)]
    fn add_to(self, words: Words) -> Words {
        words.push(&self)
    }
}

impl Said for Words {
    fn begin(self) -> Words {
        self
    }

    #[inline(never)]
    fn add_to(self, words: Words) -> Words {
        words.push(&self.0)
    }
}

macro_rules! numbers {
    ($($type:ty)*) => {$(
        impl Said for $type {
            fn begin(self) -> Words {
                digits(self.into()).begin()
            }

            fn add_to(self, words: Words) -> Words {
                digits(self.into()).add_to(words)
            }
        }
    )*};
}
numbers! { u8 u32 u64 }

impl Said for &Words {
    fn begin(self) -> Words {
        self.clone()
    }

    fn add_to(self, words: Words) -> Words {
        words.push(&self.0)
    }
}

impl Said for usize {
    fn begin(self) -> Words {
        (self as u64).begin()
    }

    fn add_to(self, words: Words) -> Words {
        (self as u64).add_to(words)
    }
}

/// A number in digits. The standard library's printing knows signs, widths and paddings.
#[inline(never)]
pub fn digits(number: u64) -> String {
    Decimal::from(number).text()
}

impl Said for Decimal {
    fn begin(self) -> Words {
        self.text().begin()
    }

    fn add_to(self, words: Words) -> Words {
        self.text().add_to(words)
    }
}

impl Said for char {
    fn begin(self) -> Words {
        self.add_to(phrase(""))
    }

    #[inline(never)]
    fn add_to(self, mut words: Words) -> Words {
        words.0.push(self);
        words
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_said_part_by_part() {
        let words = phrase("From ").and(String::from("a")).and(" to ").and('z').and(": ");
        let words = words.and(counted(1, "one letter", " letters")).and(", ");
        let words = words.and(counted(26, "one letter", " letters")).and(" or ").and(26u8);
        assert_eq!(words.text(), "From a to z: one letter, 26 letters or 26");
        assert!(phrase("").is_empty());
    }

    #[test]
    fn numbers_keep_every_digit() {
        for number in [0, 7, 10, 1_000, 128_000, u64::MAX] {
            assert_eq!(digits(number), number.to_string());
        }
        assert_eq!(phrase(Decimal::new(15, -8)).text(), "0.00000015");
    }

    #[test]
    fn nothing_stands_before_the_first_and_after_the_last() {
        assert_eq!(joined::<&str>(&[], ", ").text(), "");
        assert_eq!(joined(&["a"], ", ").text(), "a");
        assert_eq!(joined(&["a", "b", "c"], ", ").text(), "a, b, c");
    }
}
