//! Seeds, changed as bytes instruct: values replaced, left out, doubled, moved.

use serde_json::{Map, Value, json};

use super::seeds::Seed;

/// The most changes of one seed.
const MOST: usize = 12;

/// A seed, changed as the bytes say; the seed itself where there are none.
pub fn changed(seeds: &[Seed], bytes: &[u8]) -> String {
    let mut bytes = Bytes(bytes);
    let Some(seed) = seeds.get(bytes.below(seeds.len())) else { return String::new() };
    let mut value: Value = serde_json::from_str(seed).expect("seeds are JSON");
    let mut changes = 0;
    while !bytes.0.is_empty() && changes < MOST {
        let count = count(&value);
        let mut at = bytes.below(count);
        change(&mut value, &mut at, &mut bytes);
        changes += 1;
    }
    value.to_string()
}

/// Instructions, read from the front; without end, as zeros.
struct Bytes<'a>(&'a [u8]);

impl Bytes<'_> {
    fn next(&mut self) -> u8 {
        let Some((first, rest)) = self.0.split_first() else { return 0 };
        self.0 = rest;
        *first
    }

    fn below(&mut self, limit: usize) -> usize {
        let wide = limit > 256;
        let high = if wide { usize::from(self.next()) << 8 } else { 0 };
        (high | usize::from(self.next())) % limit.max(1)
    }

    fn text(&mut self) -> String {
        let length = usize::from(self.next() % 24).min(self.0.len());
        let (text, rest) = self.0.split_at(length);
        self.0 = rest;
        String::from_utf8_lossy(text).into_owned()
    }

    fn value(&mut self) -> Value {
        let number = f64::from(i16::from_le_bytes([self.next(), self.next()]));
        match self.next() % 14 {
            0 => Value::Null,
            1 => json!(self.next() < 128),
            2 => json!(number),
            3 => json!(number / 4096.0),
            4 => json!(number * 1e30),
            5 => json!(number * 1e-15),
            6 => json!(number.to_string()),
            7 => json!(self.text()),
            8 => json!([]),
            9 => json!({}),
            10 => json!([self.text(), number]),
            11 => json!({self.text(): number}),
            12 => json!(u64::MAX),
            _ => json!(HOSTILE[self.below(HOSTILE.len())]),
        }
    }
}

/// Texts that mean something somewhere.
const HOSTILE: &[&str] = &[
    "",
    " ",
    "-1",
    "0",
    "1e-7",
    "1e400",
    "-0",
    "NaN",
    "Infinity",
    "0x10",
    "free",
    "variable",
    "unknown",
    "included",
    "__proto__",
    "constructor",
    "2024-02-30",
    "2025-06",
    "2025-06-10",
    "2025-06-11T00:00:00Z",
    "a/b",
    "a/b:free",
    "/",
    "//",
    "~a/b-latest",
    "openai",
    "openai/gpt-4o",
    "javascript:alert(1)",
    "https://example.com/x",
    "[a](/a/b) *b* `c` #d",
    "<b>&amp;",
    "\u{202e}x",
    "\u{0}",
    "🐬",
    "200k",
    "00:00-24:00",
    "23:00-01:00",
    "00:30:00Z",
    "text",
    "image",
    "batch",
    "USD",
    "eur",
    "0.39999999999999997",
    "99999999999999999999999999999999999999999",
];

fn count(value: &Value) -> usize {
    1 + match value {
        Value::Array(items) => items.iter().map(count).sum(),
        Value::Object(fields) => fields.values().map(count).sum(),
        _ => 0,
    }
}

/// Changes the value at a place, counted depth first.
fn change(value: &mut Value, at: &mut usize, bytes: &mut Bytes<'_>) {
    if *at == 0 {
        here(value, bytes);
        return;
    }
    *at -= 1;
    let inside: Vec<&mut Value> = match value {
        Value::Array(items) => items.iter_mut().collect(),
        Value::Object(fields) => fields.values_mut().collect(),
        _ => Vec::new(),
    };
    for value in inside {
        let count = count(value);
        if *at < count {
            change(value, at, bytes);
            return;
        }
        *at -= count;
    }
}

fn here(value: &mut Value, bytes: &mut Bytes<'_>) {
    match (bytes.next() % 6, value) {
        // Left out, doubled, exchanged, or under another name.
        (0, Value::Array(items)) if !items.is_empty() => {
            items.remove(bytes.below(items.len()));
        }
        (1, Value::Array(items)) if !items.is_empty() => {
            let copy = items[bytes.below(items.len())].clone();
            items.insert(bytes.below(items.len() + 1), copy);
        }
        (2, Value::Array(items)) if !items.is_empty() => {
            let (a, b) = (bytes.below(items.len()), bytes.below(items.len()));
            items.swap(a, b);
        }
        (3, Value::Array(items)) => items.push(bytes.value()),
        (0, Value::Object(fields)) if !fields.is_empty() => {
            let key = key(fields, bytes);
            fields.remove(&key);
        }
        (1, Value::Object(fields)) if !fields.is_empty() => {
            let copy = fields[&key(fields, bytes)].clone();
            let key = key(fields, bytes);
            fields.insert(key, copy);
        }
        (2, Value::Object(fields)) if !fields.is_empty() => {
            let key = key(fields, bytes);
            if let Some(moved) = fields.remove(&key) {
                fields.insert(bytes.text(), moved);
            }
        }
        (3, Value::Object(fields)) => {
            fields.insert(bytes.text(), bytes.value());
        }
        (_, value) => *value = bytes.value(),
    }
}

fn key(fields: &Map<String, Value>, bytes: &mut Bytes<'_>) -> String {
    fields.keys().nth(bytes.below(fields.len())).cloned().unwrap_or_default()
}
