//! Searching in texts.

/// Where a text first stands within another. The standard library prepares for patterns
/// far longer than what is searched for here, with a kilobyte of code.
#[inline(never)]
pub fn find(text: &str, part: &str) -> Option<usize> {
    let (bytes, part) = (text.as_bytes(), part.as_bytes());
    let Some(first) = part.first() else { return Some(0) };
    let begins = |at: &usize| bytes.get(*at..).is_some_and(|rest| rest.starts_with(part));
    let mut places = bytes.iter().enumerate();
    places.find_map(|(at, byte)| (byte == first).then_some(at).filter(begins))
}

/// Where the first of some ASCII characters stands within a text.
#[inline(never)]
pub fn find_any(text: &str, characters: &[u8]) -> Option<usize> {
    text.bytes().position(|byte| characters.contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_found_where_it_first_stands() {
        for (text, part) in [
            ("abcabd", "abd"),
            ("abc", "abc"),
            ("abc", ""),
            ("", ""),
            ("", "a"),
            ("ab", "abc"),
            ("aaaab", "aab"),
            ("né à l’été", "été"),
        ] {
            assert_eq!(find(text, part), text.find(part), "{part} in {text}");
        }
        assert_eq!(find_any("https://x/y?z", b"?#"), Some(11));
        assert_eq!(find_any("https://x/y", b"?#"), None);
    }
}
