//! Where a link of a description leads: to a page, to a model of the catalog, or
//! nowhere that a reader may be sent.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::catalog::{Catalog, Inline, host, page_address};

/// What links of a catalog's descriptions can lead to.
#[derive(Debug, Default)]
pub struct Links<'a> {
    /// What a model can be called, and its id.
    names: BTreeMap<&'a str, &'a str>,
    base: Option<Base>,
}

/// Where a link leads.
#[derive(Debug, PartialEq, Eq)]
pub enum Target {
    /// To the page with this address.
    Page(String),
    /// To the model with this id.
    Model(String),
}

/// The most parts that the id of a linked model has: a bound on the look-ups
/// that one link costs.
const MAX_PARTS: usize = 8;

impl<'a> Links<'a> {
    /// The links that a catalog's ids, aliases and `base_url` make possible.
    pub fn new(catalog: &'a Catalog) -> Self {
        let mut names = BTreeMap::new();
        // In the order in which `Catalog::find` looks: the first meaning stays.
        for model in &catalog.models {
            names.entry(model.id.as_str()).or_insert(model.id.as_str());
        }
        for model in &catalog.models {
            for endpoint in &model.endpoints {
                names.entry(endpoint.id.as_str()).or_insert(model.id.as_str());
            }
        }
        for (alias, target) in catalog.aliases.iter() {
            if let Some(id) = names.get(target.as_str()).copied() {
                names.entry(alias).or_insert(id);
            }
        }
        Self { names, base: catalog.base_url.as_deref().and_then(Base::new) }
    }

    /// Where a link with this destination leads; `None` where its text is all
    /// that the reader gets.
    pub fn target(&self, destination: &str) -> Option<Target> {
        if let Some(address) = page_address(destination) {
            return Some(Target::Page(address));
        }
        if !is_relative(destination) {
            return None;
        }
        if let Some(id) = self.model(destination) {
            return Some(Target::Model(id.to_owned()));
        }
        self.base.as_ref()?.resolve(destination).map(Target::Page)
    }

    /// The model in whose name the path ends: `/openai/o3`, `../models/openai/o3/`.
    fn model(&self, destination: &str) -> Option<&'a str> {
        let path = path_of(destination);
        let decoded = percent_decoded(path.strip_suffix('/').unwrap_or(path));
        let parts: Vec<&str> =
            decoded.split('/').filter(|part| !matches!(*part, "" | "." | "..")).collect();
        (parts.len().saturating_sub(MAX_PARTS)..parts.len()).find_map(|first| {
            let name = parts.get(first..)?.join("/");
            self.names.get(name.as_str()).copied()
        })
    }
}

/// The address that relative links start from.
#[derive(Debug, PartialEq, Eq)]
struct Base {
    /// Scheme and host: `https://docs.example.com`.
    origin: String,
    /// The path, with its slash at the beginning.
    path: String,
}

impl Base {
    fn new(url: &str) -> Option<Self> {
        let address = page_address(url).filter(|address| !address.starts_with("mailto:"))?;
        let authority = address.find("//")? + 2;
        let end = address.get(authority..)?.find(['/', '?', '#']);
        let (origin, rest) = address.split_at(end.map_or(address.len(), |at| authority + at));
        let path = path_of(rest);
        let path = if path.is_empty() { "/" } else { path };
        Some(Self { origin: origin.to_owned(), path: path.to_owned() })
    }

    /// RFC 3986, section 5.2, for references without scheme and host.
    fn resolve(&self, reference: &str) -> Option<String> {
        let path = path_of(reference);
        let rest = reference.get(path.len()..)?;
        let whole = if path.is_empty() {
            self.path.clone()
        } else if path.starts_with('/') {
            without_dots(path)
        } else {
            let directory = self.path.rfind('/').and_then(|at| self.path.get(..=at));
            without_dots(&format!("{}{path}", directory.unwrap_or("/")))
        };
        page_address(&format!("{}{whole}{rest}", self.origin))
    }
}

/// Whether a `base_url` can be used.
pub fn is_base(url: &str) -> bool {
    Base::new(url).is_some()
}

/// Whether a destination names no scheme and no host. What begins with two
/// slashes names a host; a colon in the first part ends a scheme.
fn is_relative(destination: &str) -> bool {
    let first = destination.split(['/', '?', '#']).next().unwrap_or_default();
    !destination.is_empty()
        && !destination.starts_with("//")
        && !first.contains(':')
        && !destination.chars().any(|c| c.is_control() || c.is_whitespace() || c == '\\')
}

fn path_of(reference: &str) -> &str {
    reference.split(['?', '#']).next().unwrap_or_default()
}

/// RFC 3986, section 5.2.4.
fn without_dots(path: &str) -> String {
    let mut kept: Vec<&str> = Vec::new();
    let mut parts = path.split('/').skip(1).peekable();
    while let Some(part) = parts.next() {
        let last = parts.peek().is_none();
        match part {
            "." | ".." => {
                if part == ".." {
                    kept.pop();
                }
                if last {
                    kept.push("");
                }
            }
            _ => kept.push(part),
        }
    }
    format!("/{}", kept.join("/"))
}

fn percent_decoded(text: &str) -> Cow<'_, str> {
    if !text.contains('%') {
        return text.into();
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        let mut ahead = rest.clone();
        let mut digit = || char::from(ahead.next()?).to_digit(16);
        let code = (byte == b'%').then(|| Some(digit()? * 16 + digit()?)).flatten();
        if let Some(code) = code.and_then(|code| u8::try_from(code).ok()) {
            bytes.push(code);
            rest = ahead;
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).map_or(Cow::Borrowed(text), Cow::Owned)
}

/// The host that a link really leads to, where its text names another one.
pub fn disguised_host<'h>(content: &[Inline], address: &'h str) -> Option<&'h str> {
    let text = text_of(content).to_lowercase();
    let real = host(address);
    let bare = |name: &str| {
        let name = name.to_lowercase();
        name.strip_prefix("www.").map(str::to_owned).unwrap_or(name)
    };
    let mut words = text.split_whitespace();
    let alone = words.clone().count() == 1;
    let differs = words.any(|word| {
        named_host(word, alone).is_some_and(|named| {
            let (named, real) = (bare(named), bare(real));
            // A text that names the domain, for a page of one of its hosts, is true.
            real != named && !real.ends_with(&format!(".{named}"))
        })
    });
    differs.then_some(real)
}

/// The host that a word of a link's text names: of `https://a.example/x`,
/// `www.a.example` and, where the word stands alone, `a.example` and `x@a.example`.
fn named_host(word: &str, alone: bool) -> Option<&str> {
    let word = word.trim_start_matches(|c: char| !c.is_alphanumeric());
    let (rest, marked) = match word.split_once("//") {
        Some((scheme, rest)) if scheme.ends_with(':') => (rest, true),
        _ if word.starts_with("www.") => (word, true),
        _ => (word.rsplit_once('@').map_or(word, |(_, rest)| rest), false),
    };
    let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '.' | '-' | '_'));
    let (name, behind) = rest.split_at(end.unwrap_or(rest.len()));
    let name = name.trim_end_matches('.');
    if marked {
        return Some(name);
    }
    let (first, last) = name.rsplit_once('.')?;
    let is_domain = !first.is_empty()
        && last.len() >= 2
        && last.bytes().all(|byte| byte.is_ascii_alphabetic())
        && (behind.is_empty() || behind.starts_with(['/', '?', '#', ':']));
    (alone && is_domain).then_some(name)
}

/// The text that a reader sees of inlines.
pub fn text_of(inlines: &[Inline]) -> String {
    let mut text = String::new();
    collect(inlines, &mut text);
    text
}

fn collect(inlines: &[Inline], text: &mut String) {
    for inline in inlines {
        match inline {
            Inline::Text(part) | Inline::Code(part) => text.push_str(part),
            Inline::Emphasis(inner) | Inline::Strong(inner) | Inline::Strikethrough(inner) => {
                collect(inner, text);
            }
            Inline::Link(link) => collect(&link.content, text),
            Inline::Model(link) => collect(&link.content, text),
            Inline::Tag(tag) => {
                text.push('#');
                text.push_str(tag);
            }
            Inline::Break => text.push(' '),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::{Endpoint, Model};

    fn catalog(base_url: Option<&str>) -> Catalog {
        Catalog {
            base_url: base_url.map(str::to_owned),
            models: vec![
                Model {
                    id: "openai/o3".into(),
                    endpoints: vec![Endpoint { id: "azure/o3".into(), ..Endpoint::default() }],
                    ..Model::default()
                },
                Model { id: "openai/gpt-4o:free".into(), ..Model::default() },
            ],
            aliases: [
                ("o3-latest".to_owned(), "azure/o3".to_owned()),
                ("lost".to_owned(), "no/where".to_owned()),
            ]
            .into_iter()
            .collect(),
            ..Catalog::default()
        }
    }

    /// The page that a link with this destination leads to.
    fn page(links: &Links<'_>, destination: &str) -> Option<String> {
        match links.target(destination)? {
            Target::Page(address) => Some(address),
            Target::Model(id) => panic!("{destination} leads to the model {id}"),
        }
    }

    #[test]
    fn a_relative_link_that_ends_in_a_name_opens_the_model() {
        let catalog = catalog(Some("https://docs.example.com/guide/"));
        let links = Links::new(&catalog);
        for (destination, id) in [
            ("/openai/o3", "openai/o3"),
            ("openai/o3", "openai/o3"),
            ("../../models/openai/o3/?tab=a#b", "openai/o3"),
            ("/azure/o3", "openai/o3"),
            ("/models/o3-latest", "openai/o3"),
            ("/openai/gpt-4o:free", "openai/gpt-4o:free"),
            ("/openai/gpt-4o%3Afree", "openai/gpt-4o:free"),
        ] {
            assert_eq!(links.target(destination), Some(Target::Model(id.into())), "{destination}");
        }
        for (destination, address) in [
            ("/lost", "https://docs.example.com/lost"),
            ("/xopenai/o3", "https://docs.example.com/xopenai/o3"),
            // An address of its own is not the catalog's business.
            ("https://openai.com/openai/o3", "https://openai.com/openai/o3"),
        ] {
            assert_eq!(page(&links, destination).as_deref(), Some(address));
        }
    }

    #[test]
    fn other_relative_links_need_a_base() {
        let without = catalog(None);
        assert_eq!(Links::new(&without).target("/docs"), None);
        let with = catalog(Some("https://docs.example.com/guide/models.html?x#y"));
        let links = Links::new(&with);
        for (destination, address) in [
            ("/docs", "https://docs.example.com/docs"),
            ("docs", "https://docs.example.com/guide/docs"),
            ("./docs/../x/.", "https://docs.example.com/guide/x/"),
            ("../../../x", "https://docs.example.com/x"),
            ("?q=1", "https://docs.example.com/guide/models.html?q=1"),
            ("#top", "https://docs.example.com/guide/models.html#top"),
            ("a?b:c", "https://docs.example.com/guide/a?b:c"),
        ] {
            assert_eq!(page(&links, destination).as_deref(), Some(address), "{destination}");
        }
        for destination in [
            "",
            "//evil.example/x",
            "/\\evil.example",
            "\\javascript:alert(1)",
            "javascript:alert(1)",
            "\u{a0}javascript:alert(1)",
            "%6Aavascript:alert(1)",
            "a b",
            "a\tb",
        ] {
            assert_eq!(links.target(destination), None, "{destination:?}");
        }
    }

    #[test]
    fn a_base_is_a_page() {
        assert!(is_base("https://docs.example.com"));
        for url in ["/docs", "javascript:x//", "mailto:a@b.example", "https://u@x.example", ""] {
            assert!(!is_base(url), "{url}");
        }
        let base = Base::new("https://docs.example.com").unwrap();
        assert_eq!(base.resolve("x").as_deref(), Some("https://docs.example.com/x"));
        // Dots after a host cannot reach out of it.
        assert_eq!(
            base.resolve("/..//evil.example").unwrap(),
            "https://docs.example.com//evil.example"
        );
    }

    #[test]
    fn a_text_that_names_another_host_is_a_disguise() {
        let disguise = |text: &str, address: &'static str| {
            disguised_host(&[Inline::Text(text.into())], address)
        };
        let evil = "https://evil.example/good.example";
        for text in [
            "https://good.example",
            "HTTPS://GOOD.example/evil.example",
            "see (https://good.example/x) now",
            "www.good.example",
            "good.example",
            "good.example/evil.example",
            "me@good.example",
            "https://evil.example@good.example",
            "https://good.example@evil.example",
            "https://еvil.example", // the first letter is Cyrillic
            "https://vil.example",
        ] {
            let shown = disguise(text, evil);
            let expected = if text == "https://evil.example@good.example" {
                None
            } else {
                Some("evil.example")
            };
            assert_eq!(shown, expected, "{text}");
        }
        for (text, address) in [
            ("the documentation", evil),
            ("version 4.1", evil),
            ("o3.5", evil),
            ("e.g. this", evil),
            ("evil.example", evil),
            ("https://www.evil.example/x", evil),
            ("openai.com", "https://platform.openai.com/docs"),
            ("help@openai.com", "mailto:help@openai.com"),
            ("Help@OpenAI.com", "mailto:Help@OpenAI.com"),
        ] {
            assert_eq!(disguise(text, address), None, "{text}");
        }
        assert_eq!(disguise("help@openai.com", "mailto:x@evil.example"), Some("evil.example"));
        let split = [
            Inline::Text("https://".into()),
            Inline::Strong(vec![Inline::Text("good.example".into())]),
        ];
        assert_eq!(disguised_host(&split, evil), Some("evil.example"));
    }
}
