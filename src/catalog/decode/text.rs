//! JSON text, read where it lies: a tape of tokens for one value at a time, so
//! that a catalog of megabytes never stands in memory as a tree, and no value of
//! it crosses into JavaScript and back.
//!
//! Through `JSON.parse` and a call into JavaScript for each field, a catalog of
//! 3,000 models took eight times as long as `JSON.parse` alone.

use std::borrow::Cow;
use std::fmt;

use super::Json;
use super::scanner::{Kind, Scanner, TextError, Token};
use crate::catalog::Decimal;

/// The tokens of one value, and the text that they lie in.
#[derive(Debug)]
pub struct Tape<'t> {
    pub(super) text: &'t str,
    pub(super) tokens: Vec<Token>,
}

/// A value on a tape.
pub struct Node<'n> {
    tape: &'n Tape<'n>,
    at: usize,
}

impl fmt::Debug for Node<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }
}

impl<'t> Tape<'t> {
    pub(super) const fn new(text: &'t str) -> Self {
        Self { text, tokens: Vec::new() }
    }

    /// The tokens of a whole text.
    pub fn of(text: &'t str) -> Result<Self, TextError> {
        let mut tape = Self::new(text);
        let mut scanner = Scanner::new(text, 0);
        scanner.value(&mut tape.tokens, 0)?;
        scanner.end()?;
        Ok(tape)
    }

    /// The outermost value.
    pub fn root(&self) -> Node<'_> {
        self.node(0)
    }

    const fn node(&self, at: usize) -> Node<'_> {
        Node { tape: self, at }
    }

    fn string(&self, token: Token) -> Cow<'_, str> {
        let raw = self.text.get(token.start as usize..token.end as usize).unwrap_or_default();
        if token.kind == Kind::Escaped { unescaped(raw).into() } else { raw.into() }
    }

    pub(super) fn is_key(&self, at: usize, name: &str) -> bool {
        let Some(token) = self.tokens.get(at) else { return false };
        match token.kind {
            Kind::Escaped => self.string(*token) == name,
            // Most keys are told apart by their length.
            _ if (token.end - token.start) as usize != name.len() => false,
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
        let mut key = self.at + 1;
        while key < token.next as usize {
            if self.tape.is_key(key, name) {
                return Some(self.tape.node(key + 1)).filter(|value| !value.is_null());
            }
            key = self.next_of(key + 1);
        }
        None
    }

    fn as_text(&self) -> Option<Cow<'_, str>> {
        let token = self.token();
        matches!(token.kind, Kind::Text | Kind::Escaped).then(|| self.tape.string(token))
    }

    fn number(&self) -> Option<f64> {
        let token = self.token();
        let digits = self.tape.text.as_bytes().get(token.start as usize..token.end as usize)?;
        if token.kind == Kind::Number && digits.len() < 16 && digits.iter().all(u8::is_ascii_digit)
        {
            // A count, as most numbers are, is exact without being made a decimal.
            let next = |number, digit: &u8| number * 10.0 + f64::from(digit - b'0');
            return Some(digits.iter().fold(0.0, next));
        }
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

    fn is_null(&self) -> bool {
        self.token().kind == Kind::Null
    }

    fn each_item(&self, visit: &mut dyn FnMut(Self)) -> bool {
        let token = self.token();
        if token.kind != Kind::Array {
            return false;
        }
        let mut at = self.at + 1;
        while at < token.next as usize {
            visit(self.tape.node(at));
            at = self.next_of(at);
        }
        true
    }

    fn each_entry(&self, visit: &mut dyn FnMut(Cow<'_, str>, Self)) -> bool {
        let token = self.token();
        if token.kind != Kind::Object {
            return false;
        }
        let mut at = self.at + 1;
        while at < token.next as usize {
            let key = self.tape.tokens.get(at).map(|key| self.tape.string(*key));
            visit(key.unwrap_or_default(), self.tape.node(at + 1));
            at = self.next_of(at + 1);
        }
        true
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

#[cfg(test)]
pub(super) mod tests {
    use serde_json::Value;

    use super::*;

    /// What a node holds, as the parser of the host gives it.
    pub fn value(node: &Node<'_>) -> Value {
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
}
