//! Shareable links: what the elements of a page show, as one URL fragment.
//!
//! `#mc1.table=q:gpt;sort:-input&mc1.cost=models:a/b+c/d;workload:input=1200+output=300`
//! has an entry for each element. `mc1` is the version of this form, after it stands
//! the element's key, then come its parts: a name, a colon, a value. A space is
//! written as `+`, as in the queries of URLs; a character that would part the
//! entry, or that a chat program would end the link at, is percent-encoded.
//!
//! Reading never fails, since people edit links and links grow old: what cannot be
//! read is nothing, and what belongs to the page itself is left as it stands.
use crate::catalog::Gather;

/// The version of the form, as every entry begins.
const VERSION: &str = "mc1.";

/// The longest fragment that is read, in bytes; browsers and chat programs cut
/// longer ones.
const LONGEST: usize = 16_384;

/// The parts of an element's entry in a fragment, with or without its `#`; none
/// where it has no entry.
pub fn read(fragment: &str, key: &str) -> Option<Vec<(String, String)>> {
    let mut own = entries(fragment).filter_map(|entry| of_key(entry, key));
    let parts = own.next_back()?.split(';').filter_map(|part| {
        let (name, value) = part.split_once(':')?;
        Some((decoded(name), decoded(value)))
    });
    Some(parts.gather())
}

/// A fragment, without its `#`, in which an element's entry has these parts; it has
/// no entry where there are none. All other entries stay as they are.
pub fn write(fragment: &str, key: &str, parts: &[(&str, String)]) -> String {
    let mut written = String::new();
    for entry in entries(fragment).filter(|entry| of_key(entry, key).is_none()) {
        separate(&mut written, '&');
        written.push_str(entry);
    }
    for (at, (name, value)) in parts.iter().enumerate() {
        if at == 0 {
            separate(&mut written, '&');
            written.push_str(VERSION);
            encode(&mut written, key, b"");
            written.push('=');
        } else {
            written.push(';');
        }
        encode(&mut written, name, b"");
        written.push(':');
        encode(&mut written, value, b"/,=@:");
    }
    written
}

fn separate(written: &mut String, separator: char) {
    if !written.is_empty() {
        written.push(separator);
    }
}

fn entries(fragment: &str) -> impl DoubleEndedIterator<Item = &str> {
    let fragment = fragment.strip_prefix('#').unwrap_or(fragment);
    let fragment = if fragment.len() > LONGEST { "" } else { fragment };
    fragment.split('&').filter(|entry| !entry.is_empty())
}

/// The parts of an entry, where it is this element's.
fn of_key<'a>(entry: &'a str, key: &str) -> Option<&'a str> {
    let (name, parts) = entry.strip_prefix(VERSION)?.split_once('=')?;
    (decoded(name) == key).then_some(parts)
}

/// Writes text; `kept` are the marks that part nothing where it stands.
fn encode(written: &mut String, text: &str, kept: &[u8]) {
    const DIGITS: [char; 16] =
        ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F'];
    let digit = |value: u8| DIGITS.get(usize::from(value)).copied().unwrap_or('0');
    for byte in text.bytes() {
        match byte {
            b' ' => written.push('+'),
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => {
                written.push(char::from(byte));
            }
            _ if kept.contains(&byte) => written.push(char::from(byte)),
            _ => {
                written.push('%');
                written.push(digit(byte >> 4));
                written.push(digit(byte & 15));
            }
        }
    }
}

fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => {
                let mut ahead = rest.clone();
                let pair = (ahead.next().and_then(nibble), ahead.next().and_then(nibble));
                if let (Some(high), Some(low)) = pair {
                    rest = ahead;
                    high << 4 | low
                } else {
                    byte
                }
            }
            _ => byte,
        });
    }
    // What is no text was not written by us.
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

fn nibble(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        b'A'..=b'F' => Some(digit - b'A' + 10),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(list: &[(&str, &str)]) -> Vec<(String, String)> {
        list.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn is_readable_and_reads_back() {
        let state = [
            ("models", "openai/o3 a/b-1.5:free".to_owned()),
            ("workload", "input=1200 cached=0.5 requests=10/day".to_owned()),
        ];
        let written = write("", "cost", &state);
        assert_eq!(
            written,
            "mc1.cost=models:openai/o3+a/b-1.5:free;workload:input=1200+cached=0.5+requests=10/day"
        );
        assert_eq!(
            read(&written, "cost"),
            Some(parts(&[("models", &state[0].1), ("workload", &state[1].1)]))
        );
    }

    #[test]
    fn any_text_reads_back() {
        for text in ["a;b&c=d#e", "50% + 3 %zz %4", "日本語 \u{1F600}", "\"<script>'", " ", ""] {
            let written = write("#top", "t&=;", &[("q", text.to_owned())]);
            assert!(written.is_ascii(), "{written}");
            assert!(!written.contains(' '), "{written}");
            assert_eq!(read(&written, "t&=;"), Some(parts(&[("q", text)])), "{written}");
        }
    }

    #[test]
    fn elements_and_the_page_keep_what_is_theirs() {
        let one = write("#chapter-2", "table", &[("q", "x".into())]);
        let two = write(&one, "cost", &[("models", "a".into())]);
        assert_eq!(two, "chapter-2&mc1.table=q:x&mc1.cost=models:a");
        let changed = write(&two, "table", &[("q", "y".into())]);
        assert_eq!(changed, "chapter-2&mc1.cost=models:a&mc1.table=q:y");
        assert_eq!(write(&changed, "table", &[]), "chapter-2&mc1.cost=models:a");
        assert_eq!(read(&changed, "compare"), None);
    }

    #[test]
    fn what_cannot_be_read_is_nothing() {
        for odd in [
            "",
            "#",
            "&&&",
            "#mc0.t=q:x",
            "#mc2.t=q:x",
            "#mc1.t",
            "#mc1.=q:x",
            "mc1.table=q:x",
            "%",
            "#mc1.t%",
            "\u{0}",
        ] {
            assert_eq!(read(odd, "t"), None, "{odd}");
        }
        assert_eq!(read("#mc1.t=", "t"), Some(vec![]));
        assert_eq!(read("#mc1.t=q;;:;=:x;q:%ff", "t").map(|parts| parts.len()), Some(3));
        assert_eq!(read(&format!("#mc1.t=q:{}", "x".repeat(20_000)), "t"), None);
        // Of two entries the later counts, as an appended one is meant to.
        assert_eq!(read("mc1.t=q:1&mc1.t=q:2", "t"), Some(parts(&[("q", "2")])));
    }
}
