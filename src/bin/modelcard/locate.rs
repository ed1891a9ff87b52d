//! Where in a JSON text the paths of problems lie: `models[3].prices` is line 17,
//! column 9.
//!
//! One pass over the text finds all of them, however many they are, in a time
//! that grows with the text alone: whatever no path leads into is skipped.

use std::collections::BTreeMap;

use modelcard::catalog::clean;

/// A place in a text, as editors count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct Place {
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
}

/// The places of paths in a JSON text that is well-formed: that of the key, or,
/// inside an array, of the value. Of a path that does not lead all the way, as
/// where a field is missing, the place of the innermost value that it names;
/// `None` where it names none.
///
/// A key may hold dots and brackets of its own. Where several readings of a path
/// lead into the text, that of the longest way counts; of equal keys the last
/// counts, as where catalogs are read.
pub fn locate(text: &str, paths: &[String]) -> Vec<Option<Place>> {
    let mut sorted: Vec<(&str, usize)> =
        paths.iter().enumerate().map(|(at, path)| (path.as_str(), at)).collect();
    sorted.sort_unstable();
    let mut walk = Walk { text, sorted: &sorted, found: BTreeMap::new() };
    walk.run();
    // What one path was found by, other paths that begin alike are found by too.
    let mut best: Vec<Option<(usize, usize)>> = vec![None; paths.len()];
    for (&(first, length), &(count, offset)) in &walk.found {
        for (path, at) in sorted.iter().skip(first).take(count) {
            let ends = matches!(path.as_bytes().get(length), None | Some(b'.' | b'['));
            if let Some(best) = best.get_mut(*at)
                && ends
                && best.is_none_or(|(longest, _)| longest < length)
            {
                *best = Some((length, offset));
            }
        }
    }
    places(text, &best)
}

/// A range of the sorted paths that begin alike, and the length of what they share.
#[derive(Clone, Copy)]
struct Alike {
    first: usize,
    count: usize,
    length: usize,
}

/// An object or array that is being read.
struct Open {
    /// The paths that may lead into it.
    alike: Alike,
    /// The number of the next element; `None` in an object.
    index: Option<usize>,
}

struct Walk<'a> {
    text: &'a str,
    sorted: &'a [(&'a str, usize)],
    /// By the first path and the length that several share: how many paths do,
    /// and where in the text this leads to.
    found: BTreeMap<(usize, usize), (usize, usize)>,
}

impl Walk<'_> {
    fn run(&mut self) {
        let bytes = self.text.as_bytes();
        let mut open: Vec<Open> = Vec::new();
        // The paths that may lead into the next value.
        let mut next = Alike { first: 0, count: self.sorted.len(), length: 0 };
        // Whether the next string of an object is a key.
        let mut is_key = false;
        let mut at = 0;
        while let Some(byte) = bytes.get(at) {
            match byte {
                b' ' | b'\t' | b'\r' | b'\n' | b':' => {
                    at += 1;
                    continue;
                }
                b',' => {
                    is_key = open.last().is_some_and(|open| open.index.is_none());
                    at += 1;
                    continue;
                }
                b'}' | b']' => {
                    open.pop();
                    at += 1;
                    continue;
                }
                b'"' if is_key => {
                    let end = end_of_string(bytes, at);
                    if let Some(object) = open.last() {
                        next = self.key(object.alike, at, end);
                    }
                    is_key = false;
                    at = end;
                    continue;
                }
                _ => {}
            }
            // A value begins.
            if let Some(Open { alike, index: Some(index) }) = open.last_mut() {
                let (alike, step) = (*alike, format!("[{index}]"));
                *index += 1;
                next = self.step(alike, &step, at);
            }
            match byte {
                b'{' | b'[' if next.count == 0 => at = end_of_nest(bytes, at),
                b'{' | b'[' => {
                    is_key = *byte == b'{';
                    open.push(Open { alike: next, index: (!is_key).then_some(0) });
                    at += 1;
                }
                b'"' => at = end_of_string(bytes, at),
                _ => {
                    let rest = bytes.get(at..).unwrap_or_default();
                    let inside = |byte: &u8| !matches!(byte, b',' | b'}' | b']');
                    at += rest.iter().take_while(|byte| inside(byte)).count().max(1);
                }
            }
        }
    }

    /// The paths that go on with the key at this place of the text.
    fn key(&mut self, alike: Alike, start: usize, end: usize) -> Alike {
        if alike.count == 0 {
            return alike;
        }
        let quoted = self.text.get(start..end).unwrap_or_default();
        let plain = quoted.get(1..quoted.len().saturating_sub(1)).unwrap_or_default();
        let mut unescaped: String;
        let key = if plain.contains('\\') || !plain.is_ascii() {
            unescaped = serde_json::from_str(quoted).unwrap_or_default();
            // As in the paths of problems.
            clean(&mut unescaped);
            &unescaped
        } else {
            plain
        };
        if alike.length == 0 {
            self.step(alike, key, start)
        } else {
            let inside = self.narrowed(alike, ".");
            self.step(inside, key, start)
        }
    }

    /// The paths that go on with this step, which leads to this place of the text.
    fn step(&mut self, alike: Alike, step: &str, offset: usize) -> Alike {
        let alike = self.narrowed(alike, step);
        if alike.count > 0 {
            self.found.insert((alike.first, alike.length), (alike.count, offset));
        }
        alike
    }

    fn narrowed(&self, alike: Alike, step: &str) -> Alike {
        let Alike { first, count, length } = alike;
        let range = self.sorted.get(first..first + count).unwrap_or_default();
        let beside = |(path, _): &(&str, usize)| {
            let rest = path.as_bytes().get(length..).unwrap_or_default();
            // Only as much as decides.
            rest.get(..step.len()).unwrap_or(rest).cmp(step.as_bytes())
        };
        let before = range.partition_point(|entry| beside(entry).is_lt());
        let until = range.partition_point(|entry| beside(entry).is_le());
        Alike { first: first + before, count: until - before, length: length + step.len() }
    }
}

/// The place after a string that begins here.
fn end_of_string(bytes: &[u8], start: usize) -> usize {
    let mut at = start + 1;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'\\' => at += 2,
            b'"' => return at + 1,
            _ => at += 1,
        }
    }
    bytes.len()
}

/// The place after an object or array that begins here.
fn end_of_nest(bytes: &[u8], start: usize) -> usize {
    let mut depth = 0_usize;
    let mut at = start;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' => {
                at = end_of_string(bytes, at);
                continue;
            }
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        at += 1;
        if depth == 0 {
            return at;
        }
    }
    bytes.len()
}

/// Lines and columns of offsets into the text.
fn places(text: &str, found: &[Option<(usize, usize)>]) -> Vec<Option<Place>> {
    let mut order: Vec<(usize, usize)> = found
        .iter()
        .enumerate()
        .filter_map(|(at, found)| found.map(|(_, offset)| (offset, at)))
        .collect();
    order.sort_unstable();
    let mut places = vec![None; found.len()];
    let (mut seen, mut line, mut column) = (0, 1, 1);
    for (offset, at) in order {
        for character in text.get(seen..offset).unwrap_or_default().chars() {
            if character == '\n' {
                line += 1;
                column = 1;
            } else {
                column += 1;
            }
        }
        seen = offset;
        if let Some(place) = places.get_mut(at) {
            *place = Some(Place { line, column });
        }
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What stands in the text at the place of each path, up to a few characters.
    fn found(text: &str, paths: &[&str]) -> Vec<Option<String>> {
        let paths: Vec<String> = paths.iter().map(|path| (*path).to_owned()).collect();
        let at = |Place { line, column }: Place| {
            let line = text.split('\n').nth(line - 1).unwrap();
            line.chars().skip(column - 1).take(6).collect()
        };
        locate(text, &paths).into_iter().map(|place| place.map(at)).collect()
    }

    fn words(text: &str, paths: &[&str]) -> Vec<String> {
        found(text, paths).into_iter().map(Option::unwrap_or_default).collect()
    }

    #[test]
    fn keys_and_elements_have_lines_and_columns() {
        let text =
            "{\n  \"models\": [\n    {\"id\": \"é\", \"x\": 1},\r\n\t{\"prices\": [7, 8]}\n  ]\n}";
        let paths = ["models[0].x", "models[1].prices[1]", "models", "models[1]"];
        let places = locate(text, &paths.map(str::to_owned));
        let expected = [(3, 17), (4, 17), (2, 3), (4, 2)];
        assert_eq!(places, expected.map(|(line, column)| Some(Place { line, column })));
    }

    #[test]
    fn a_path_that_ends_early_has_the_place_of_what_it_names() {
        let text = r#"{"models": [{"id": 1}, {"name": "b", "rates": 5}]}"#;
        assert_eq!(
            words(
                text,
                &["models[1].id", "models[7].id", "models[1].rates.input", "nothing", "", "model"]
            ),
            ["{\"name", "\"model", "\"rates", "", "", ""]
        );
    }

    #[test]
    fn keys_with_dots_are_matched_as_far_as_they_lead() {
        let text = r#"{"gpt-4": {"1": 0}, "gpt-4.1": {"cost": 1}, "gpt-4-x": {"cost": 2},
            "a/b.c[0]": {"d.e": [{"f": 3}]}, "a/b": {"c[0]": 4}}"#;
        assert_eq!(
            words(
                text,
                &["gpt-4.1.cost", "gpt-4.1", "gpt-4-x.cost", "gpt-4.2", "a/b.c[0].d.e[0].f"]
            ),
            // Both ways of reading `gpt-4.1` lead all the way: the last one counts.
            ["\"cost\"", "\"gpt-4", "\"cost\"", "\"gpt-4", "\"f\": 3"]
        );
        assert_eq!(locate(text, &["gpt-4.1".to_owned()])[0].unwrap().column, 21);
    }

    #[test]
    fn escaped_and_doubled_keys_are_those_that_are_read() {
        let text = r#"{"a\u002eb": {"\"": [1]}, "k": [0], "k": [1, 2], "empty": {}, "": {"x": 1}}"#;
        assert_eq!(
            words(text, &["a.b.\"[0]", "k[0]", "empty.x"]),
            ["1]}, \"", "1, 2],", "\"empty"]
        );
    }

    #[test]
    fn keys_are_cleaned_as_paths_are() {
        let text = "{\"a\\u001b\": 1, \"b\u{202e}\": {\"c\": 2}}";
        assert_eq!(words(text, &["a", "b.c"]), ["\"a\\u00", "\"c\": 2"]);
    }

    #[test]
    fn arrays_and_values_at_the_outside() {
        assert_eq!(words("[1, {\"a\": [[], 2]}]", &["[1].a[1]", "[0]"]), ["2]}]", "1, {\"a"]);
        assert_eq!(words("7", &["a", ""]), ["", ""]);
    }

    #[test]
    fn broken_and_deep_texts_are_survived() {
        for text in ["", "{", "[[", "\"", "{\"a", "{\"a\\", "}]}", "{\"a\": [1, ]}", "\u{feff}{}"] {
            let _ = found(text, &["a[0]", "a"]);
        }
        let deep = "[".repeat(1_000_000);
        assert_eq!(words(&deep, &["[0][0]", "x"]), ["[[[[[[", ""]);
    }

    #[test]
    fn many_paths_in_a_large_text_take_one_pass() {
        let models: Vec<String> = (0..100_000)
            .map(|n| format!("{{\"id\": \"a/{n}\", \"rates\": {{\"x\": {n}}}}}"))
            .collect();
        let text = format!("{{\"models\": [\n{}]}}", models.join(",\n"));
        let paths: Vec<String> =
            (0..1_000).map(|n| format!("models[{}].rates.x", n * 100)).collect();
        let lines: Vec<usize> =
            locate(&text, &paths).into_iter().map(|place| place.unwrap().line).collect();
        assert_eq!(lines, (0..1_000).map(|n| n * 100 + 2).collect::<Vec<_>>());
    }
}
