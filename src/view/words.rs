//! A text that is put together of parts.

/// A text to which parts are added. One pointer, like a node: the views say hundreds of
/// such texts, and a `String` on its way through a function lies in memory.
#[allow(clippy::box_collection)] // for the one pointer
pub struct Words(Box<String>);

/// A text that begins with this.
#[inline(never)]
pub fn words(start: &str) -> Words {
    Words(Box::new(start.to_owned()))
}

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

    /// The whole text.
    pub fn text(self) -> String {
        *self.0
    }
}

/// What can be a part of a text.
pub trait Said {
    /// Puts it behind what is said.
    fn add_to(self, words: Words) -> Words;
}

impl Said for &str {
    fn add_to(self, words: Words) -> Words {
        words.push(self)
    }
}

impl Said for &String {
    fn add_to(self, words: Words) -> Words {
        words.push(self)
    }
}

impl Said for String {
    // Given away, so that it is dropped here and not wherever it is said.
    #[inline(never)]
    fn add_to(self, words: Words) -> Words {
        words.push(&self)
    }
}

impl Said for Words {
    #[inline(never)]
    fn add_to(self, words: Words) -> Words {
        words.push(&self.0)
    }
}

impl Said for usize {
    #[inline(never)]
    fn add_to(self, words: Words) -> Words {
        words.push(&self.to_string())
    }
}
