//! Finding an endpoint by the rules of the catalog's source: which names, beside
//! its own, a provider or a model goes by.
//!
//! A rule is a list of patterns, one of which must fit. Its parts, separated by
//! spaces, must all fit; one behind a `!` must not. In a part, `*` is any text,
//! `?` any character, `#` a digit, `[ab]` one of these characters and `[^ab]` one
//! of the others; any other character is itself. Names are compared in lower case.
//!
//! The order of the search is that of genai-prices' `calcPrice`, whose rules these
//! are.

use serde::{Deserialize, Serialize};

use super::lookup::Found;
use super::{Catalog, Date, phrase};

/// The names by which a source knows a provider and what it offers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct ProviderMatching {
    /// The provider's key: what stands before the first slash in the ids of its
    /// endpoints.
    pub provider: String,
    /// Patterns of other keys for the provider, in lower case. Parts separated by
    /// spaces must all fit, one behind `!` must not; `*` is any text, `?` any
    /// character, `#` a digit, `[ab]` one of these, `[^ab]` one of the others.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub keys: Vec<String>,
    /// Patterns, written as in `keys`, of models that are this provider's where no
    /// provider is named.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub models: Vec<String>,
    /// What the provider's endpoints are called; the first that fits is meant.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub endpoints: Vec<EndpointMatching>,
    /// The keys of the providers whose endpoints are meant where none of these is.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fallbacks: Vec<String>,
}

/// The names by which a source knows an endpoint.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct EndpointMatching {
    /// What stands behind the provider's key in the endpoint's id.
    pub id: String,
    /// Patterns of its names, written as in `keys` of the provider; the end of its
    /// id is its only name where there are none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub names: Vec<String>,
}

impl Catalog {
    /// The endpoint that the source's rules mean by this: a model's name, or
    /// a provider's key and a model's name with a slash between them.
    pub(super) fn by_rules(&self, id: &str) -> Option<Found<'_>> {
        let lower = id.trim().to_ascii_lowercase();
        let named = lower.split_once('/').and_then(|(key, name)| {
            let known = self.provider(key);
            let known = known.or_else(|| self.matching.iter().find(|of| fits(&of.keys, key)));
            Some((known?, name))
        });
        let (provider, name) = match named {
            Some(named) => named,
            None => (self.matching.iter().find(|of| fits(&of.models, &lower))?, &*lower),
        };
        self.of_provider(provider, name).or_else(|| {
            let spelt = dates_apart(name);
            if spelt == name { None } else { self.of_provider(provider, &spelt) }
        })
    }

    fn provider(&self, key: &str) -> Option<&ProviderMatching> {
        self.matching.iter().find(|of| of.provider == key)
    }

    /// The endpoint of a provider, or else of those it falls back to, by its name.
    fn of_provider(&self, provider: &ProviderMatching, name: &str) -> Option<Found<'_>> {
        let others = provider.fallbacks.iter().filter_map(|key| self.provider(key));
        let (of, endpoint) = std::iter::once(provider).chain(others).find_map(|of| {
            let endpoint = of.endpoints.iter().find(|endpoint| endpoint.is_called(name))?;
            Some((of, endpoint))
        })?;
        self.by_endpoint(&phrase(&of.provider).and("/").and(&endpoint.id).text())
    }
}

impl EndpointMatching {
    fn is_called(&self, name: &str) -> bool {
        if self.names.is_empty() {
            self.id.eq_ignore_ascii_case(name)
        } else {
            fits(&self.names, name)
        }
    }
}

impl ProviderMatching {
    /// Whether a model of this name is this provider's where no provider is named.
    pub fn claims(&self, name: &str) -> bool {
        fits(&self.models, &name.to_ascii_lowercase())
    }
}

/// Whether one of a rule's patterns fits a name in lower case.
fn fits(rule: &[String], name: &str) -> bool {
    let part_fits = |part: &str| match part.strip_prefix('!') {
        Some(part) => !part_fits(part.as_bytes(), name.as_bytes()),
        None => part_fits(part.as_bytes(), name.as_bytes()),
    };
    rule.iter().any(|pattern| pattern.split(' ').all(part_fits))
}

/// Whether a part of a pattern fits a text from its start to its end.
fn part_fits(part: &[u8], text: &[u8]) -> bool {
    let (mut part, mut text) = (part, text);
    // The pattern behind the last `*`, and where in the text to try it next.
    // Earlier ones need no second try: the first place that fits leaves most.
    let mut again: Option<(&[u8], &[u8])> = None;
    loop {
        if let [b'*', behind @ ..] = part {
            part = behind;
            again = Some((behind, text));
            continue;
        }
        let Some((byte, rest)) = text.split_first() else { return part.is_empty() };
        if let Some(behind) = one_fits(part, *byte) {
            (part, text) = (behind, rest);
        } else if let Some((behind, [_, next @ ..])) = again {
            (part, text) = (behind, next);
            again = Some((behind, next));
        } else {
            return false;
        }
    }
}

/// What is left of a pattern behind its first element, if that fits a byte.
fn one_fits(part: &[u8], byte: u8) -> Option<&[u8]> {
    let (first, rest) = part.split_first()?;
    let (found, rest) = match first {
        b'?' => (true, rest),
        b'#' => (byte.is_ascii_digit(), rest),
        b'[' => {
            let (set, rest) = rest.split_at_checked(rest.iter().position(|end| *end == b']')?)?;
            let found = match set {
                [b'^', others @ ..] => !others.contains(&byte),
                _ => set.contains(&byte),
            };
            (found, rest.get(1..)?)
        }
        _ => (*first == byte, rest),
    };
    found.then_some(rest)
}

/// The same name with dates written `-2025-05-14` instead of `-20250514`.
fn dates_apart(name: &str) -> String {
    let mut spelt = String::with_capacity(name.len());
    for (at, part) in name.split('-').enumerate() {
        if at > 0 {
            spelt.push('-');
        }
        // A variant may follow a date: `-20250514:thinking`.
        let (date, variant) = part.split_at(part.find(':').unwrap_or(part.len()));
        let apart = (at > 0 && date.len() == 8 && date.starts_with("20"))
            .then(|| {
                let (year, day) = date.split_at_checked(4)?;
                let (month, day) = day.split_at_checked(2)?;
                Some(phrase(year).and("-").and(month).and("-").and(day).text())
            })
            .flatten()
            .filter(|date| date.parse::<Date>().is_ok());
        spelt.push_str(apart.as_deref().unwrap_or(date));
        spelt.push_str(variant);
    }
    spelt
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::{Endpoint, Model};

    fn texts(texts: &[&str]) -> Vec<String> {
        texts.iter().map(|text| (*text).to_owned()).collect()
    }

    #[test]
    fn patterns_fit_whole_names() {
        for (pattern, fitting, others) in [
            ("gpt-4o", &["gpt-4o"][..], &["gpt-4", "gpt-4o-mini", "a-gpt-4o", ""][..]),
            ("gpt-4*", &["gpt-4", "gpt-4o"], &["gpt-3", "a-gpt-4"]),
            ("*-latest", &["x-latest", "-latest"], &["latest", "x-latest-1"]),
            ("*claude*", &["claude", "a/claude-3"], &["claud"]),
            ("*", &["", "x"], &[]),
            ("x-####-##", &["x-2024-07"], &["x-2024-7", "x-2024-07-18", "x-202a-07"]),
            ("o[134]*", &["o1", "o3-mini"], &["o2", "o", "gpt-o1"]),
            ("a[^/]?", &["abc", "ab/"], &["a/c", "ab"]),
            ("*ab*abc", &["abababc", "ab-abc"], &["abab", "abc"]),
            ("[^/]*/*", &["a/b", "a/"], &["/b", "ab"]),
            ("composer[[]fast=[*]]", &["composer[fast=*]"], &["composer[fast=x]"]),
            ("*huggingface* *groq*", &["groq-huggingface"], &["huggingface", "groq"]),
            ("gem* !*-tts !*-tts-*", &["gem-1"], &["gem-tts", "gem-tts-1", "tts"]),
            ("é?", &["éa"], &["e", "é"]),
            // Written badly: fits nothing, and harms nothing.
            ("a[b", &[], &["ab", "a[b", "a"]),
        ] {
            let rule = texts(&[pattern]);
            for name in fitting {
                assert!(fits(&rule, name), "{pattern} {name}");
            }
            for name in others {
                assert!(!fits(&rule, name), "{pattern} {name}");
            }
        }
        assert!(fits(&texts(&["a", "b*"]), "bc"));
        assert!(!fits(&[], ""));
    }

    #[test]
    fn a_long_text_is_matched_in_steps_that_do_not_multiply() {
        let pattern = "*a".repeat(200) + "b";
        assert!(!fits(&[pattern], &"a".repeat(20_000)));
    }

    #[test]
    fn dates_are_taken_apart() {
        for (name, spelt) in [
            ("gpt-4o-20240806", "gpt-4o-2024-08-06"),
            ("x-20240806-v1", "x-2024-08-06-v1"),
            ("x-20240806:free", "x-2024-08-06:free"),
            ("x-20240230", "x-20240230"),
            ("x-19990101", "x-19990101"),
            ("20240806", "20240806"),
            ("x-202408061", "x-202408061"),
            ("x-20é0806", "x-20é0806"),
            ("", ""),
        ] {
            assert_eq!(dates_apart(name), spelt);
        }
    }

    fn catalog() -> Catalog {
        let ids =
            ["openai/gpt-4o", "openai/o3-2025-04-16", "azure/my-gpt", "router/openai/GPT-4o:free"];
        let model = |id: &str| Model {
            id: id.to_owned(),
            endpoints: vec![Endpoint { id: id.to_owned(), ..Endpoint::default() }],
            ..Model::default()
        };
        let endpoint =
            |id: &str, names: &[&str]| EndpointMatching { id: id.to_owned(), names: texts(names) };
        let provider = |key: &str, endpoints: Vec<EndpointMatching>| ProviderMatching {
            provider: key.to_owned(),
            endpoints,
            ..ProviderMatching::default()
        };
        Catalog {
            models: ids.into_iter().map(model).collect(),
            matching: vec![
                ProviderMatching {
                    fallbacks: texts(&["nobody", "openai"]),
                    ..provider("azure", vec![endpoint("my-gpt", &[])])
                },
                ProviderMatching {
                    keys: texts(&["*openai*"]),
                    models: texts(&["gpt-*", "o[134]*"]),
                    ..provider(
                        "openai",
                        vec![
                            endpoint("gpt-4o", &["gpt-4o", "gpt-4o-####-##-##"]),
                            endpoint("o3-2025-04-16", &[]),
                            endpoint("gpt-lost", &["gpt-4o*", "gpt-lost"]),
                        ],
                    )
                },
                provider("router", vec![endpoint("openai/GPT-4o:free", &[])]),
            ],
            ..Catalog::default()
        }
    }

    #[test]
    fn the_rules_are_asked_as_the_source_asks_them() {
        let catalog = catalog();
        let found = |id: &str| catalog.find(id)?.endpoint.map(|endpoint| endpoint.id.as_str());
        for (id, endpoint) in [
            // By the model's name alone.
            (" GPT-4o ", Some("openai/gpt-4o")),
            ("gpt-4o-2024-08-06", Some("openai/gpt-4o")),
            ("gpt-4o-20240806", Some("openai/gpt-4o")),
            ("o3-20250416", Some("openai/o3-2025-04-16")),
            // By a provider's key, or another of its names.
            ("OpenAI/gpt-4o-2024-08-06", Some("openai/gpt-4o")),
            ("my-openai/GPT-4O", Some("openai/gpt-4o")),
            ("router/openai/gpt-4o:free", Some("router/openai/GPT-4o:free")),
            // By what a provider sells of another's.
            ("azure/gpt-4o", Some("openai/gpt-4o")),
            ("azure/MY-GPT", Some("azure/my-gpt")),
            // A provider that is named decides.
            ("router/gpt-4o", None),
            ("my-gpt", None),
            ("gpt-5", None),
            // The first rule that fits holds, even for an endpoint that is not there.
            ("gpt-4o-mini", None),
            ("gpt-lost", None),
            ("", None),
            ("/", None),
        ] {
            assert_eq!(found(id), endpoint, "{id}");
        }
        assert!(catalog.matching[1].claims("O3-mini"));
        assert!(!catalog.matching[0].claims("gpt-4o"));
    }

    #[test]
    fn without_rules_nothing_more_is_found() {
        let catalog = Catalog { matching: Vec::new(), ..catalog() };
        assert!(catalog.find("gpt-4o").is_none());
        assert!(catalog.find("azure/my-gpt").is_some());
    }
}
