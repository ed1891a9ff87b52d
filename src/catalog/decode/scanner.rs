//! The grammar of JSON: text to tokens, or where and why it is none.

use super::MAX_DEPTH;
use crate::catalog::phrase;

/// Why a text is not JSON, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TextError {
    /// The byte at which reading stopped.
    at: usize,
    reason: &'static str,
}

impl TextError {
    /// The reason in words, with the line of the text it was read from.
    pub fn describe(&self, text: &str) -> String {
        let before = text.get(..self.at).unwrap_or(text);
        let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
        phrase(self.reason).and(" in line ").and(line).text()
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Object,
    Array,
    /// A string or key; the span is between the quotes.
    Text,
    /// The same with escapes in it.
    Escaped,
    Number,
    True,
    False,
    Null,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    pub kind: Kind,
    pub start: u32,
    pub end: u32,
    /// The token after this value and all inside it.
    pub next: u32,
}

/// A place in a text, and what reads on from there.
pub(super) struct Scanner<'t> {
    text: &'t str,
    pub at: usize,
}

const UNEXPECTED: &str = "an unexpected character";

impl<'t> Scanner<'t> {
    /// Reading that goes on at a place of a text.
    pub const fn new(text: &'t str, at: usize) -> Self {
        Self { text, at }
    }

    const fn fault(&self, reason: &'static str) -> TextError {
        TextError { at: self.at, reason }
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    pub fn skip_space(&mut self) -> Option<u8> {
        loop {
            match self.peek() {
                Some(b' ' | b'\n' | b'\r' | b'\t') => self.at += 1,
                other => return other,
            }
        }
    }

    pub fn take(&mut self, byte: u8) -> Result<(), TextError> {
        if self.skip_space() == Some(byte) {
            self.at += 1;
            return Ok(());
        }
        Err(self.unexpected())
    }

    #[cold]
    pub fn unexpected(&self) -> TextError {
        self.fault(if self.at < self.text.len() { UNEXPECTED } else { "the text ends too early" })
    }

    pub fn end(&mut self) -> Result<(), TextError> {
        if self.skip_space().is_none() { Ok(()) } else { Err(self.unexpected()) }
    }

    #[allow(clippy::cast_possible_truncation)] // texts are at most 16 MiB long
    fn push(&self, tokens: &mut Vec<Token>, kind: Kind, start: usize) {
        let next = tokens.len() as u32 + 1;
        tokens.push(Token { kind, start: start as u32, end: self.at as u32, next });
    }

    pub fn value(&mut self, tokens: &mut Vec<Token>, depth: usize) -> Result<(), TextError> {
        if depth > MAX_DEPTH {
            return Err(self.fault("too deep nesting"));
        }
        match self.skip_space() {
            Some(b'{') => {
                let opened = self.open(tokens, Kind::Object);
                if !self.closes(b'}') {
                    loop {
                        self.skip_space();
                        self.string(tokens)?;
                        self.take(b':')?;
                        self.value(tokens, depth + 1)?;
                        if self.closes(b'}') {
                            break;
                        }
                        self.take(b',')?;
                    }
                }
                close(tokens, opened, self.at);
            }
            Some(b'[') => {
                let opened = self.open(tokens, Kind::Array);
                if !self.closes(b']') {
                    loop {
                        self.value(tokens, depth + 1)?;
                        if self.closes(b']') {
                            break;
                        }
                        self.take(b',')?;
                    }
                }
                close(tokens, opened, self.at);
            }
            Some(b'"') => self.string(tokens)?,
            Some(b'-' | b'0'..=b'9') => self.number(tokens)?,
            Some(b't') => self.word(tokens, "true", Kind::True)?,
            Some(b'f') => self.word(tokens, "false", Kind::False)?,
            Some(b'n') => self.word(tokens, "null", Kind::Null)?,
            _ => return Err(self.unexpected()),
        }
        Ok(())
    }

    pub fn open(&mut self, tokens: &mut Vec<Token>, kind: Kind) -> usize {
        let opened = tokens.len();
        self.push(tokens, kind, self.at);
        self.at += 1;
        opened
    }

    pub fn closes(&mut self, byte: u8) -> bool {
        let closes = self.skip_space() == Some(byte);
        self.at += usize::from(closes);
        closes
    }

    pub fn string(&mut self, tokens: &mut Vec<Token>) -> Result<(), TextError> {
        if self.peek() != Some(b'"') {
            return Err(self.unexpected());
        }
        self.at += 1;
        let start = self.at;
        let mut kind = Kind::Text;
        loop {
            match self.peek() {
                Some(b'"') => break,
                Some(b'\\') => {
                    kind = Kind::Escaped;
                    self.at += 1;
                    match self.peek() {
                        Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => {}
                        Some(b'u') => {
                            let digits = self.text.as_bytes().get(self.at + 1..self.at + 5);
                            let hex = |digits: &[u8]| digits.iter().all(u8::is_ascii_hexdigit);
                            if !digits.is_some_and(hex) {
                                return Err(self.fault("a bad escape"));
                            }
                        }
                        _ => return Err(self.fault("a bad escape")),
                    }
                    self.at += 1;
                }
                Some(0x20..) => self.at += 1,
                _ => return Err(self.unexpected()),
            }
        }
        self.push(tokens, kind, start);
        self.at += 1;
        Ok(())
    }

    fn digits(&mut self) -> Result<(), TextError> {
        let start = self.at;
        while matches!(self.peek(), Some(b'0'..=b'9')) {
            self.at += 1;
        }
        if self.at > start { Ok(()) } else { Err(self.unexpected()) }
    }

    fn number(&mut self, tokens: &mut Vec<Token>) -> Result<(), TextError> {
        let start = self.at;
        self.at += usize::from(self.peek() == Some(b'-'));
        if self.peek() == Some(b'0') {
            self.at += 1;
        } else {
            self.digits()?;
        }
        if self.peek() == Some(b'.') {
            self.at += 1;
            self.digits()?;
        }
        if matches!(self.peek(), Some(b'e' | b'E')) {
            self.at += 1;
            self.at += usize::from(matches!(self.peek(), Some(b'+' | b'-')));
            self.digits()?;
        }
        self.push(tokens, Kind::Number, start);
        Ok(())
    }

    fn word(&mut self, tokens: &mut Vec<Token>, word: &str, kind: Kind) -> Result<(), TextError> {
        let start = self.at;
        if !self.text.get(start..).is_some_and(|rest| rest.starts_with(word)) {
            return Err(self.unexpected());
        }
        self.at += word.len();
        self.push(tokens, kind, start);
        Ok(())
    }
}

#[allow(clippy::cast_possible_truncation)] // texts are at most 16 MiB long
pub(super) fn close(tokens: &mut [Token], opened: usize, end: usize) {
    let next = tokens.len() as u32;
    if let Some(token) = tokens.get_mut(opened) {
        token.next = next;
        token.end = end as u32;
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use crate::catalog::Tape;

    #[test]
    fn refuses_what_the_hosts_parser_refuses() {
        for json in [
            "",
            " ",
            "{",
            "[",
            "{\"a\"}",
            "{\"a\":}",
            "{\"a\":1,}",
            "[1,]",
            "[1 2]",
            "{a:1}",
            "'a'",
            "01",
            "1.",
            ".5",
            "+1",
            "1e",
            "-",
            "tru",
            "nul",
            "\"",
            "\"\\x\"",
            "\"\\u12g4\"",
            "\"\n\"",
            "[] []",
            "{}x",
            "[1,,2]",
            "NaN",
            "{\"a\":1 \"b\":2}",
            "{,}",
            "[,]",
            "\"\\u12\"",
        ] {
            assert!(serde_json::from_str::<Value>(json).is_err(), "{json}");
            assert!(Tape::of(json).is_err(), "{json}");
        }
        let deep = "[".repeat(100_000);
        assert!(Tape::of(&deep).is_err());
        assert_eq!(
            Tape::of("{\n\"a\": x}").unwrap_err().describe("{\n\"a\": x}"),
            "an unexpected character in line 2"
        );
    }
}
