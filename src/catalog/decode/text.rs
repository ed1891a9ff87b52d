//! JSON text, read where it lies: a tape of tokens for one value at a time, so
//! that a catalog of megabytes never stands in memory as a tree, and no value of
//! it crosses into JavaScript and back.
//!
//! Through `JSON.parse` and a call into JavaScript for each field, a catalog of
//! 3,000 models took eight times as long as `JSON.parse` alone.

use std::cell::Cell;
use std::fmt;

use super::{Json, MAX_DEPTH};
use crate::catalog::Decimal;

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
        [self.reason, " in line ", &line.to_string()].concat()
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
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
struct Token {
    kind: Kind,
    start: u32,
    end: u32,
    /// The token after this value and all inside it.
    next: u32,
}

/// The tokens of one value, and the text that they lie in.
#[derive(Debug)]
pub struct Tape<'t> {
    text: &'t str,
    tokens: Vec<Token>,
}

/// A value on a tape.
pub struct Node<'n> {
    tape: &'n Tape<'n>,
    at: usize,
    /// Where the next field will probably be: fields are asked for in the order
    /// in which they were written.
    hint: Cell<usize>,
}

impl fmt::Debug for Node<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }
}

impl<'t> Tape<'t> {
    const fn new(text: &'t str) -> Self {
        Self { text, tokens: Vec::new() }
    }

    /// The tokens of a whole text.
    pub fn of(text: &'t str) -> Result<Self, TextError> {
        let mut tape = Self::new(text);
        let mut scanner = Scanner { text, at: 0 };
        scanner.value(&mut tape.tokens, 0)?;
        scanner.end()?;
        Ok(tape)
    }

    /// The outermost value.
    pub fn root(&self) -> Node<'_> {
        self.node(0)
    }

    const fn node(&self, at: usize) -> Node<'_> {
        Node { tape: self, at, hint: Cell::new(at + 1) }
    }

    fn string(&self, token: Token) -> String {
        let raw = self.text.get(token.start as usize..token.end as usize).unwrap_or_default();
        if token.kind == Kind::Escaped { unescaped(raw) } else { raw.to_owned() }
    }

    fn is_key(&self, at: usize, name: &str) -> bool {
        let Some(token) = self.tokens.get(at) else { return false };
        match token.kind {
            Kind::Escaped => self.string(*token) == name,
            _ => self.text.get(token.start as usize..token.end as usize) == Some(name),
        }
    }
}

impl Node<'_> {
    fn token(&self) -> Token {
        let none = Token { kind: Kind::Null, start: 0, end: 0, next: 0 };
        self.tape.tokens.get(self.at).copied().unwrap_or(none)
    }

    /// Where an object or array lies in the text.
    pub fn span(&self) -> std::ops::Range<usize> {
        let token = self.token();
        token.start as usize..token.end as usize
    }

    fn next_of(&self, at: usize) -> usize {
        self.tape.tokens.get(at).map_or(usize::MAX, |token| token.next as usize)
    }
}

impl Json for Node<'_> {
    /// Of a key that stands twice the first value counts here: what is compiled
    /// has each key once.
    fn field(&self, name: &'static str) -> Option<Self> {
        let token = self.token();
        if token.kind != Kind::Object {
            return None;
        }
        let end = token.next as usize;
        let start = self.hint.get();
        let mut key = start;
        let mut wrapped = false;
        loop {
            if key >= end {
                if wrapped || start == self.at + 1 {
                    return None;
                }
                wrapped = true;
                key = self.at + 1;
            }
            if wrapped && key >= start {
                return None;
            }
            let after = self.next_of(key + 1);
            if self.tape.is_key(key, name) {
                self.hint.set(after);
                let value = self.tape.node(key + 1);
                return (value.token().kind != Kind::Null).then_some(value);
            }
            key = after;
        }
    }

    fn text(&self) -> Option<String> {
        let token = self.token();
        matches!(token.kind, Kind::Text | Kind::Escaped).then(|| self.tape.string(token))
    }

    fn number(&self) -> Option<f64> {
        self.decimal().map(Decimal::to_f64)
    }

    fn decimal(&self) -> Option<Decimal> {
        let token = self.token();
        if token.kind != Kind::Number {
            return None;
        }
        self.tape.text.get(token.start as usize..token.end as usize)?.parse().ok()
    }

    fn truth(&self) -> Option<bool> {
        match self.token().kind {
            Kind::True => Some(true),
            Kind::False => Some(false),
            _ => None,
        }
    }

    fn items(&self) -> Option<Vec<Self>> {
        let token = self.token();
        if token.kind != Kind::Array {
            return None;
        }
        let mut items = Vec::new();
        let mut at = self.at + 1;
        while at < token.next as usize {
            items.push(self.tape.node(at));
            at = self.next_of(at);
        }
        Some(items)
    }

    fn is_map(&self) -> bool {
        self.token().kind == Kind::Object
    }

    fn entries(&self) -> Option<Vec<(String, Self)>> {
        let token = self.token();
        if token.kind != Kind::Object {
            return None;
        }
        let mut entries = Vec::new();
        let mut at = self.at + 1;
        while at < token.next as usize {
            let key = self.tape.tokens.get(at).map(|key| self.tape.string(*key));
            entries.push((key.unwrap_or_default(), self.tape.node(at + 1)));
            at = self.next_of(at + 1);
        }
        Some(entries)
    }
}

/// A text with the escapes of JSON to what they mean. Half a surrogate pair means
/// nothing.
fn unescaped(raw: &str) -> String {
    let mut text = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some((before, after)) = rest.split_once('\\') {
        text.push_str(before);
        let mut chars = after.chars();
        let escape = chars.next().unwrap_or('\\');
        rest = chars.as_str();
        text.push(match escape {
            'n' => '\n',
            't' => '\t',
            'r' => '\r',
            'b' => '\u{8}',
            'f' => '\u{c}',
            'u' => {
                let mut code = hex(rest);
                rest = rest.get(4..).unwrap_or_default();
                if (0xd800..0xdc00).contains(&code)
                    && let Some(low) = rest.strip_prefix("\\u")
                    && (0xdc00..0xe000).contains(&hex(low))
                {
                    code = 0x1_0000 + ((code - 0xd800) << 10) + (hex(low) - 0xdc00);
                    rest = low.get(4..).unwrap_or_default();
                }
                char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER)
            }
            other => other,
        });
    }
    text.push_str(rest);
    text
}

fn hex(digits: &str) -> u32 {
    digits.get(..4).and_then(|digits| u32::from_str_radix(digits, 16).ok()).unwrap_or(0)
}

struct Scanner<'t> {
    text: &'t str,
    at: usize,
}

const UNEXPECTED: &str = "an unexpected character";

impl Scanner<'_> {
    const fn fault(&self, reason: &'static str) -> TextError {
        TextError { at: self.at, reason }
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn skip_space(&mut self) -> Option<u8> {
        loop {
            match self.peek() {
                Some(b' ' | b'\n' | b'\r' | b'\t') => self.at += 1,
                other => return other,
            }
        }
    }

    fn take(&mut self, byte: u8) -> Result<(), TextError> {
        if self.skip_space() == Some(byte) {
            self.at += 1;
            return Ok(());
        }
        Err(self.unexpected())
    }

    #[cold]
    fn unexpected(&self) -> TextError {
        self.fault(if self.at < self.text.len() { UNEXPECTED } else { "the text ends too early" })
    }

    fn end(&mut self) -> Result<(), TextError> {
        if self.skip_space().is_none() { Ok(()) } else { Err(self.unexpected()) }
    }

    #[allow(clippy::cast_possible_truncation)] // texts are at most 16 MiB long
    fn push(&self, tokens: &mut Vec<Token>, kind: Kind, start: usize) {
        let next = tokens.len() as u32 + 1;
        tokens.push(Token { kind, start: start as u32, end: self.at as u32, next });
    }

    fn value(&mut self, tokens: &mut Vec<Token>, depth: usize) -> Result<(), TextError> {
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

    fn open(&mut self, tokens: &mut Vec<Token>, kind: Kind) -> usize {
        let opened = tokens.len();
        self.push(tokens, kind, self.at);
        self.at += 1;
        opened
    }

    fn closes(&mut self, byte: u8) -> bool {
        let closes = self.skip_space() == Some(byte);
        self.at += usize::from(closes);
        closes
    }

    fn string(&mut self, tokens: &mut Vec<Token>) -> Result<(), TextError> {
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
fn close(tokens: &mut [Token], opened: usize, end: usize) {
    let next = tokens.len() as u32;
    if let Some(token) = tokens.get_mut(opened) {
        token.next = next;
        token.end = end as u32;
    }
}

/// A catalog's text, read model by model.
#[derive(Debug)]
pub struct Models<'t> {
    text: &'t str,
    at: usize,
    stands: Stands,
    /// The members of the outermost object but its models.
    root: Tape<'t>,
    /// The model read last.
    model: Tape<'t>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stands {
    /// Before the outermost object.
    Start,
    /// Before a member of it, the first one or another.
    Members { first: bool },
    /// Before a model, the first one or another.
    Models { first: bool },
    /// Behind all of it.
    End,
}

/// What was read of a catalog's text.
#[derive(Debug)]
pub enum Part<'m> {
    /// A list of models begins. Of several, the last one counts.
    Begin,
    /// A model.
    Model(Node<'m>),
}

impl<'t> Models<'t> {
    /// The models of a text.
    pub const fn new(text: &'t str) -> Self {
        Self { text, at: 0, stands: Stands::Start, root: Tape::new(text), model: Tape::new(text) }
    }

    /// Reads on, until the next part; `None` at the end of the text.
    pub fn read_on(&mut self) -> Result<Option<Part<'_>>, TextError> {
        let mut scanner = Scanner { text: self.text, at: self.at };
        loop {
            match self.stands {
                Stands::Start => {
                    if scanner.skip_space() != Some(b'{') {
                        return Err(scanner.unexpected());
                    }
                    scanner.open(&mut self.root.tokens, Kind::Object);
                    self.stands = Stands::Members { first: true };
                }
                Stands::Members { first } => {
                    if scanner.closes(b'}') {
                        scanner.end()?;
                        self.stands = Stands::End;
                        continue;
                    }
                    if !first {
                        scanner.take(b',')?;
                    }
                    self.stands = Stands::Members { first: false };
                    scanner.skip_space();
                    let key = self.root.tokens.len();
                    scanner.string(&mut self.root.tokens)?;
                    scanner.take(b':')?;
                    if self.root.is_key(key, "models") && scanner.skip_space() == Some(b'[') {
                        self.root.tokens.truncate(key);
                        scanner.at += 1;
                        self.at = scanner.at;
                        self.stands = Stands::Models { first: true };
                        return Ok(Some(Part::Begin));
                    }
                    scanner.value(&mut self.root.tokens, 0)?;
                }
                Stands::Models { first } => {
                    if scanner.closes(b']') {
                        self.stands = Stands::Members { first: false };
                        continue;
                    }
                    if !first {
                        scanner.take(b',')?;
                    }
                    self.stands = Stands::Models { first: false };
                    self.model.tokens.clear();
                    scanner.value(&mut self.model.tokens, 0)?;
                    self.at = scanner.at;
                    return Ok(Some(Part::Model(self.model.root())));
                }
                Stands::End => {
                    close(&mut self.root.tokens, 0, scanner.at);
                    self.at = scanner.at;
                    return Ok(None);
                }
            }
        }
    }

    /// What stands beside the models, once all is read.
    pub fn root(&self) -> Node<'_> {
        self.root.root()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    /// What a node holds, as the parser of the host gives it.
    fn value(node: &Node<'_>) -> Value {
        if let Some(entries) = node.entries() {
            return entries.into_iter().map(|(key, node)| (key, value(&node))).collect();
        }
        if let Some(items) = node.items() {
            return items.iter().map(value).collect();
        }
        if let Some(text) = node.text() {
            return text.into();
        }
        if let Some(number) = node.number() {
            return number.into();
        }
        node.truth().map_or(Value::Null, Value::from)
    }

    #[test]
    fn reads_what_the_hosts_parser_reads() {
        for json in [
            "{}",
            "[]",
            "\"\"",
            "null",
            " [ true , false,null ] ",
            "-0.5e-3",
            "1e5",
            "12.50",
            r#"{"a":[1,{"b":"c"}],"d":{"e":[[]]},"f":"\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00"}"#,
            "\"\u{7f}é😀\"",
        ] {
            let tape = Tape::of(json).unwrap();
            let ours = value(&tape.root());
            let theirs: Value = serde_json::from_str(json).unwrap();
            let float = |value: &Value| serde_json::from_str::<Value>(&value.to_string()).unwrap();
            assert_eq!(
                ours.to_string().replace(".0", ""),
                float(&theirs).to_string().replace(".0", ""),
                "{json}"
            );
        }
    }

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

    #[test]
    fn half_a_surrogate_pair_is_replaced() {
        for (json, text) in [
            (r#""\ud800""#, "\u{fffd}"),
            (r#""\ud800\u0041""#, "\u{fffd}A"),
            (r#""\udc00x""#, "\u{fffd}x"),
        ] {
            assert_eq!(Tape::of(json).unwrap().root().text().unwrap(), text);
        }
    }

    #[test]
    fn fields_are_found_in_any_order() {
        let tape = Tape::of(r#"{"a": 1, "b": null, "c": {"a": 3}, "\u0064": 4}"#).unwrap();
        let root = tape.root();
        for (name, number) in [
            ("d", Some(4.0)),
            ("a", Some(1.0)),
            ("x", None),
            ("c", None),
            ("b", None),
            ("a", Some(1.0)),
            ("d", Some(4.0)),
        ] {
            assert_eq!(root.field(name).and_then(|node| node.number()), number, "{name}");
        }
        assert!(root.field("b").is_none());
        assert!(Tape::of("{}").unwrap().root().field("a").is_none());
    }

    #[test]
    fn models_come_one_by_one_and_the_rest_stays() {
        let text = r#" {"name": "N", "models": [{"id": "a"}, 7], "x": {"models": []}, "models": [{"id": "b"}], "date": "D"} "#;
        let mut models = Models::new(text);
        let mut seen = Vec::new();
        while let Some(part) = models.read_on().unwrap() {
            match part {
                Part::Begin => seen.clear(),
                Part::Model(node) => {
                    seen.push((value(&node).to_string(), text[node.span()].to_owned()));
                }
            }
        }
        assert_eq!(seen, [(r#"{"id":"b"}"#.to_owned(), r#"{"id": "b"}"#.to_owned())]);
        let root = models.root();
        assert_eq!(root.field("name").unwrap().text().unwrap(), "N");
        assert_eq!(root.field("date").unwrap().text().unwrap(), "D");
        assert!(root.field("models").is_none());
    }

    #[test]
    fn a_broken_text_is_an_error_wherever_it_breaks() {
        let text = r#"{"name": "N", "models": [{"id": "a"}, {"id": "b"}], "date": "D"}"#;
        for end in 0..text.len() {
            let mut models = Models::new(&text[..end]);
            let broken = loop {
                match models.read_on() {
                    Ok(Some(_)) => {}
                    Ok(None) => break false,
                    Err(_) => break true,
                }
            };
            assert!(broken, "{end}");
        }
    }
}
