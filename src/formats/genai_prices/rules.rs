//! The matching rules of genai-prices as the patterns of a compiled catalog, which
//! the widget matches without a library for regular expressions.
//!
//! A rule is `equals`, `starts_with`, `ends_with` or `contains` (case does not
//! count), `regex` (matched with the name in lower case), or several of them under
//! `or` and `and`. Of regular expressions those are read that stand for a list of
//! texts: literals, escapes, `\d`, `.`, classes, `{n}`, `?`, groups of alternatives,
//! `^` and `$` at the ends, `.*`, `[^x]+x`, and one `(?!…)` right at the start.

use serde_json::Value;

/// The most patterns of a rule; what needs more is no list that people wrote.
const MOST: usize = 64;

/// The longest pattern.
const LONGEST: usize = 400;

/// How deeply rules and groups may be nested.
const DEEPEST: usize = 20;

/// Alternatives, of each of which all parts must fit.
type Alternatives = Vec<Vec<String>>;

/// The patterns of a rule, and the parts of it that could not be read: those never
/// match. A rule without patterns never does.
pub fn patterns(rule: &Value) -> (Vec<String>, Vec<String>) {
    let mut unread = Vec::new();
    let alternatives = alternatives(rule, 0, &mut unread);
    (alternatives.into_iter().map(|parts| parts.join(" ")).collect(), unread)
}

/// The text that a rule is, where it says no more than that a name equals this.
pub fn equal_to(rule: &Value) -> Option<&str> {
    rule.get("equals")?.as_str()
}

fn alternatives(rule: &Value, depth: usize, unread: &mut Vec<String>) -> Alternatives {
    let read = read(rule, depth, unread);
    read.unwrap_or_else(|fault| {
        unread.push(fault);
        Vec::new()
    })
}

fn read(rule: &Value, depth: usize, unread: &mut Vec<String>) -> Result<Alternatives, String> {
    if depth > DEEPEST {
        return Err("the rule is nested too deeply".to_owned());
    }
    let inner = |key: &str| rule.get(key).and_then(Value::as_array);
    if let Some(rules) = inner("or") {
        let mut all = Vec::new();
        for rule in rules {
            all.extend(alternatives(rule, depth + 1, unread));
        }
        return Ok(all);
    }
    if let Some(rules) = inner("and") {
        let mut all = vec![Vec::new()];
        for rule in rules {
            all = both(&all, &alternatives(rule, depth + 1, unread))?;
        }
        return Ok(all);
    }
    for (key, before, after) in [
        ("equals", "", ""),
        ("starts_with", "", "*"),
        ("ends_with", "*", ""),
        ("contains", "*", "*"),
    ] {
        if let Some(text) = rule.get(key).and_then(Value::as_str) {
            let literal = literals(&text.to_lowercase())
                .ok_or_else(|| format!("\"{text}\" has characters that no pattern can"))?;
            return bounded(vec![vec![format!("{before}{literal}{after}")]]);
        }
    }
    match rule.get("regex").and_then(Value::as_str) {
        Some(text) => Regex::read(text)
            .ok_or_else(|| format!("the regular expression {text} is beyond what can be matched"))
            .and_then(bounded),
        None => Err("no rule that is known".to_owned()),
    }
}

fn bounded(alternatives: Alternatives) -> Result<Alternatives, String> {
    let lengths = |parts: &Vec<String>| parts.iter().map(String::len).sum::<usize>();
    if alternatives.len() > MOST || alternatives.iter().any(|parts| lengths(parts) > LONGEST) {
        return Err("the rule stands for too many names".to_owned());
    }
    Ok(alternatives)
}

/// What fits one of some and one of others.
fn both(some: &Alternatives, others: &Alternatives) -> Result<Alternatives, String> {
    if some.len() * others.len() > MOST {
        return Err("the rule stands for too many names".to_owned());
    }
    let pairs = some.iter().flat_map(|one| others.iter().map(move |other| (one, other)));
    bounded(pairs.map(|(one, other)| one.iter().chain(other).cloned().collect()).collect())
}

/// A text as a pattern of just this text.
fn literals(text: &str) -> Option<String> {
    let mut pattern = String::with_capacity(text.len());
    for c in text.chars() {
        literal(c, &mut pattern)?;
    }
    Some(pattern)
}

fn literal(c: char, pattern: &mut String) -> Option<()> {
    match c {
        '*' | '?' | '#' | '[' | '!' => pattern.extend(['[', c, ']']),
        // It separates the parts of a pattern.
        _ if c.is_whitespace() || c.is_control() => return None,
        _ => pattern.push(c),
    }
    Some(())
}

/// A regular expression that is being read.
struct Regex<'t> {
    rest: &'t str,
}

/// What begins, ends or closes a pattern that is otherwise open on both sides.
/// No text has these in it.
const START: char = '\u{1}';
const END: char = '\u{2}';

impl<'t> Regex<'t> {
    /// The patterns of a regular expression; `None` where it is beyond them.
    fn read(text: &'t str) -> Option<Alternatives> {
        if text.contains([START, END]) {
            return None;
        }
        let mut regex = Self { rest: text };
        let mut refused = Vec::new();
        if regex.take("^(?!") {
            for pattern in regex.alternation(0)? {
                refused.push(format!("!{}", anchored(&format!("{START}{pattern}"))?));
            }
            regex.take(")").then_some(())?;
            // What follows begins there, too.
            if regex.rest.is_empty() {
                return Some(vec![refused]);
            }
        }
        let start = if refused.is_empty() { String::new() } else { START.to_string() };
        // It would begin the first of several alternatives alone.
        let patterns =
            if refused.is_empty() { regex.alternation(0)? } else { regex.sequence(0)? };
        let mut all = Vec::new();
        for pattern in patterns {
            let mut parts = vec![anchored(&format!("{start}{pattern}"))?];
            parts.extend(refused.iter().cloned());
            all.push(parts);
        }
        regex.rest.is_empty().then_some(all)
    }

    fn take(&mut self, prefix: &str) -> bool {
        let rest = self.rest.strip_prefix(prefix);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn next(&mut self) -> Option<char> {
        let mut chars = self.rest.chars();
        let c = chars.next()?;
        self.rest = chars.as_str();
        Some(c)
    }

    /// Patterns of alternatives, up to what closes their group.
    fn alternation(&mut self, depth: usize) -> Option<Vec<String>> {
        if depth > DEEPEST {
            return None;
        }
        let mut all = self.sequence(depth)?;
        while self.take("|") {
            all.extend(self.sequence(depth)?);
        }
        (all.len() <= MOST).then_some(all)
    }

    fn sequence(&mut self, depth: usize) -> Option<Vec<String>> {
        let mut all = vec![String::new()];
        while !self.rest.is_empty() && !self.rest.starts_with(['|', ')']) {
            let elements = self.element(depth)?;
            let elements = self.repeated(elements, depth)?;
            if all.len() * elements.len() > MOST {
                return None;
            }
            all = all
                .iter()
                .flat_map(|start| elements.iter().map(move |end| format!("{start}{end}")))
                .collect();
            if all.iter().any(|pattern| pattern.len() > LONGEST) {
                return None;
            }
        }
        Some(all)
    }

    fn element(&mut self, depth: usize) -> Option<Vec<String>> {
        let mut pattern = String::new();
        match self.next()? {
            '(' => {
                if self.rest.starts_with('?') && !self.take("?:") {
                    return None;
                }
                let all = self.alternation(depth + 1)?;
                return self.take(")").then_some(all);
            }
            '[' => self.class(&mut pattern)?,
            '\\' => match self.next()? {
                'd' => pattern.push('#'),
                c if c.is_ascii_punctuation() => literal(c, &mut pattern)?,
                _ => return None,
            },
            '.' => pattern.push('?'),
            '^' => pattern.push(START),
            '$' => pattern.push(END),
            '*' | '+' | '?' | '{' | '}' | ']' => return None,
            c => literal(c, &mut pattern)?,
        }
        Some(vec![pattern])
    }

    /// A class of characters, its ranges written out.
    fn class(&mut self, pattern: &mut String) -> Option<()> {
        pattern.push('[');
        if self.take("^") {
            pattern.push('^');
        }
        let empty = pattern.len();
        loop {
            let first = match self.next()? {
                ']' => break,
                '\\' => self.next().filter(char::is_ascii_punctuation)?,
                c => c,
            };
            let last = match self.rest.strip_prefix('-').and_then(|rest| rest.chars().next()) {
                None | Some(']') => first,
                Some(last) => {
                    self.take("-");
                    self.next();
                    last
                }
            };
            // These would end or negate the class of the pattern.
            let mut range = first..=last;
            if !first.is_ascii_graphic() || !last.is_ascii_graphic() || range.is_empty() {
                return None;
            }
            if range.any(|c| matches!(c, ']' | '^')) {
                return None;
            }
            pattern.extend(first..=last);
        }
        (pattern.len() > empty).then(|| pattern.push(']'))
    }

    /// An element as often as what follows it says.
    fn repeated(&mut self, elements: Vec<String>, depth: usize) -> Option<Vec<String>> {
        let once = match &elements[..] {
            [once] if !once.contains([START, END]) => Some(once.clone()),
            _ => None,
        };
        if self.take("?") {
            return Some(elements.into_iter().chain([String::new()]).collect());
        }
        if self.take("{") {
            let (count, rest) = self.rest.split_once('}')?;
            self.rest = rest;
            let count: usize = count.parse().ok().filter(|count| *count <= 40)?;
            return Some(vec![once?.repeat(count)]);
        }
        if self.take("*") {
            return (once? == "?").then(|| vec!["*".to_owned()]);
        }
        if self.take("+") {
            let once = once?;
            if once == "?" {
                return Some(vec!["?*".to_owned()]);
            }
            // As far as the first of these characters, if then all is said: up to
            // any of them is the same only where nothing must follow.
            let other = once.strip_prefix("[^")?.strip_suffix(']')?;
            let then = self.rest.strip_prefix(other)?;
            let last = then.is_empty() || (depth == 0 && then.starts_with([')', '|']));
            return (last && other.len() == 1).then(|| vec![format!("{once}*")]);
        }
        // Nothing is matched in two ways: `??` and the like.
        Some(elements)
    }
}

/// A pattern from its start to its end: open where nothing closes it.
fn anchored(pattern: &str) -> Option<String> {
    let inner = pattern.trim_start_matches(START);
    let start = if inner.len() < pattern.len() { "" } else { "*" };
    let closed = inner.trim_end_matches(END);
    let end = if closed.len() < inner.len() { "" } else { "*" };
    // Elsewhere they could not hold.
    (!closed.contains([START, END])).then(|| format!("{start}{closed}{end}"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn read(rule: &Value) -> Vec<String> {
        let (patterns, unread) = patterns(rule);
        assert_eq!(unread, Vec::<String>::new(), "{rule}");
        patterns
    }

    fn unread(rule: &Value) -> (Vec<String>, usize) {
        let (patterns, unread) = patterns(rule);
        (patterns, unread.len())
    }

    #[test]
    fn plain_rules_are_patterns() {
        for (rule, expected) in [
            (json!({"equals": "GPT-4o"}), &["gpt-4o"][..]),
            (json!({"starts_with": "gpt-"}), &["gpt-*"]),
            (json!({"ends_with": "-latest"}), &["*-latest"]),
            (json!({"contains": "Claude"}), &["*claude*"]),
            (json!({"equals": "a*?#[]!b"}), &["a[*][?][#][[]][!]b"]),
            (
                json!({"or": [{"equals": "a"}, {"or": [{"equals": "b"}, {"equals": "c"}]}]}),
                &["a", "b", "c"],
            ),
            (
                json!({"and": [{"contains": "a"}, {"or": [{"equals": "b"}, {"equals": "c"}]}]}),
                &["*a* b", "*a* c"],
            ),
            (json!({"or": []}), &[]),
        ] {
            assert_eq!(read(&rule), expected, "{rule}");
        }
        assert_eq!(equal_to(&json!({"equals": "x"})), Some("x"));
        assert_eq!(equal_to(&json!({"contains": "x"})), None);
    }

    #[test]
    fn regular_expressions_become_lists_of_patterns() {
        for (regex, expected) in [
            (r"^gpt-5\.6-luna-\d{4}-\d{2}-\d{2}$", &["gpt-5.6-luna-####-##-##"][..]),
            (
                "(?:mi|code|dev|magi|mini)stral",
                &["*mistral*", "*codestral*", "*devstral*", "*magistral*", "*ministral*"],
            ),
            ("^o[134]", &["o[134]*"]),
            (r"^gemini-3\.5-flash-\d", &["gemini-3.5-flash-#*"]),
            (r"^composer-2\.5\[fast=false\]$", &["composer-2.5[[]fast=false]"]),
            (r"^(?!.*-[tT][sS](?:$|-))", &["!*-[tT][sS] !*-[tT][sS]-*"]),
            (
                "^(?![^/]+/)(?:labs-)?(?:(?:mi|co)x|open-(?:m|n))",
                &[
                    "labs-mix* ![^/]*/*",
                    "labs-cox* ![^/]*/*",
                    "labs-open-m* ![^/]*/*",
                    "labs-open-n* ![^/]*/*",
                    "mix* ![^/]*/*",
                    "cox* ![^/]*/*",
                    "open-m* ![^/]*/*",
                    "open-n* ![^/]*/*",
                ],
            ),
            ("^a|b$", &["a*", "*b"]),
            ("^(a|b(c|))$", &["a", "bc", "b"]),
            ("^a.+b.*c$", &["a?*b*c"]),
            ("^[a-c.-]{2}", &["[abc.-][abc.-]*"]),
            ("", &["**"]),
        ] {
            assert_eq!(read(&json!({"regex": regex})), expected, "{regex}");
        }
    }

    #[test]
    fn what_is_beyond_the_patterns_never_matches() {
        for regex in [
            "a+",
            "a*",
            "a{1,2}",
            r"\w",
            r"\bx",
            "(?i)a",
            "(?=a)",
            "x(?!a)",
            "a^b",
            "a$b",
            "(a",
            "a)",
            "^(?!a)b|c",
            "[^/]+/a",
            "([^/]+/)a",
            "[^/]+/$",
            "[a",
            "[]a]",
            "[^",
            "[z-a]",
            "(a|b){2}",
            "^*",
            "^{2}",
            "a??",
            "[^/]+a",
            "a b",
            r"\",
            "(?:a|b|c|d)(?:a|b|c|d)(?:a|b|c|d)(?:a|b|c|d)",
        ] {
            assert_eq!(unread(&json!({"regex": regex})), (vec![], 1), "{regex}");
        }
        for rule in [
            json!({}),
            json!(7),
            json!({"like": "x"}),
            json!({"equals": 7}),
            json!({"equals": "a b"}),
        ] {
            assert_eq!(unread(&rule), (vec![], 1), "{rule}");
        }
        let bad = json!({"regex": "a+"});
        assert_eq!(unread(&json!({"or": [bad, {"equals": "x"}]})), (vec!["x".to_owned()], 1));
        assert_eq!(unread(&json!({"and": [bad, {"equals": "x"}]})), (vec![], 1));
    }

    #[test]
    fn hostile_rules_stay_small() {
        let nested = (0..100).fold(json!({"equals": "x"}), |rule, _| json!({"or": [rule]}));
        assert_eq!(unread(&nested), (vec![], 1));
        let many: Vec<Value> = (0..1_000).map(|n| json!({"equals": n.to_string()})).collect();
        let many = json!({"or": many});
        assert_eq!(read(&many).len(), 1_000);
        assert_eq!(unread(&json!({"and": [many, many]})), (vec![], 1));
        let pair = json!({"or": [{"equals": "a"}, {"equals": "b"}]});
        assert_eq!(unread(&json!({"and": vec![pair; 30]})), (vec![], 1));
        assert_eq!(unread(&json!({"equals": "x".repeat(10_000)})), (vec![], 1));
        let groups = "(".repeat(1_000) + &")".repeat(1_000);
        assert_eq!(unread(&json!({"regex": groups})), (vec![], 1));
    }
}
