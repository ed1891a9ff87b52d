//! Where in a JSON text a fault lies, in the words of people: `prices.rates.input`.

/// The path of the value at a line and column (both from 1) of a JSON text that
/// is well-formed up to there, as `serde_json` reports them: the last character
/// read. Empty where that is the outermost value.
pub fn path_at(json: &str, line: usize, column: usize) -> String {
    let start: usize = json.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let end = (start + column).min(json.len());
    let mut path: Vec<Step> = Vec::new();
    let mut bytes = json.bytes().enumerate().take(end).peekable();
    while let Some((at, byte)) = bytes.next() {
        match byte {
            b'{' => path.push(Step::Key(at..at)),
            b'[' => path.push(Step::Item(0)),
            // The fault may be found at the end of what contains it: then the
            // path ends there too.
            b'}' | b']' if bytes.peek().is_some() => {
                path.pop();
            }
            b'}' | b']' => {
                if let Some(Step::Key(key)) = path.last_mut() {
                    *key = at..at;
                }
            }
            b',' => match path.last_mut() {
                Some(Step::Item(index)) => *index += 1,
                Some(Step::Key(key)) => *key = at..at,
                None => {}
            },
            b'"' => {
                let mut close = at;
                while let Some((at, byte)) = bytes.next() {
                    match byte {
                        b'\\' => {
                            bytes.next();
                        }
                        b'"' => {
                            close = at;
                            break;
                        }
                        _ => {}
                    }
                }
                // The first string after `{` or `,` is the key.
                if let Some(Step::Key(key)) = path.last_mut()
                    && key.start == key.end
                {
                    *key = at + 1..close;
                }
            }
            _ => {}
        }
    }
    let mut text = String::new();
    for step in path {
        match step {
            Step::Item(index) => {
                text.push('[');
                text.push_str(&index.to_string());
                text.push(']');
            }
            Step::Key(key) => {
                let key = json.get(key).unwrap_or_default();
                if !text.is_empty() && !key.is_empty() {
                    text.push('.');
                }
                text.push_str(key);
            }
        }
    }
    text
}

enum Step {
    /// The place of the key in the text; empty before it has been read.
    Key(std::ops::Range<usize>),
    Item(usize),
}

/// What `serde_json` says, without the place in the text that it adds.
pub fn reason(error: &serde_json::Error) -> String {
    let said = error.to_string();
    said.rsplit_once(" at line ").map_or_else(|| said.clone(), |(reason, _)| reason.to_owned())
}

/// What is wrong with a JSON text, and in which field. (Of what is valid JSON but
/// no model, `catalog::decode` knows the place itself.)
pub fn fault(json: &str, error: &serde_json::Error) -> String {
    let path = path_at(json, error.line(), error.column());
    let reason = reason(error);
    if path.is_empty() { reason } else { format!("{path}: {reason}") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Model;

    #[test]
    fn names_the_field() {
        for (json, expected) in [
            (
                r#"{"id":"a/b","context_length":"128K"}"#,
                "context_length: invalid type: string \"128K\", expected u64",
            ),
            (
                r#"{"id":"a/b","context_length":"128K","name":"x"}"#,
                "context_length: invalid type: string \"128K\", expected u64",
            ),
            (
                r#"{"id":"a/b","context_length":-1}"#,
                "context_length: invalid value: integer `-1`, expected u64",
            ),
            (r#"{"name":"x,[{\"y"}"#, "missing field `id`"),
            (r#"{"id":"a/b","id":"a/c"}"#, "id: duplicate field `id`"),
            (
                r#"{"id":"a/b","released":"soon"}"#,
                "released: not a date; write it like 2024-07-18, 2024-07 or 2024",
            ),
            (
                "{\n \"id\": \"a/b\",\n \"prices\": {\"rates\": {\"input\": \"1\", \"output\": \"-2\"}},\n \"x\": 1}",
                "prices.rates.output: a price below zero; write \"variable\" if it is decided per request",
            ),
            (
                r#"{"id":"a/b","endpoints":[{"id":"x","provider":"X"},{"id":"y"}],"name":"z"}"#,
                "endpoints[1]: missing field `provider`",
            ),
            (
                r#"{"id":"a/b","input_modalities":["text","smell"]}"#,
                "input_modalities[1]: unknown variant `smell`, expected one of `text`, `image`, `file`, `audio`, `video`, `embeddings`, `speech`, `transcription`, `rerank`, `code`",
            ),
            ("7", "invalid type: integer `7`, expected struct Model"),
        ] {
            let error = serde_json::from_str::<Model>(json).unwrap_err();
            let said = fault(json, &error);
            assert!(said.starts_with(expected), "{json}\n{said}");
        }
    }
}
