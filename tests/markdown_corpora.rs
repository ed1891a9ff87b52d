//! Descriptions against two corpora: what `CommonMark` says of its examples, and
//! what hostile strings try.
#![cfg(not(target_arch = "wasm32"))]
// In a test, a panic is how a failure shows.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use modelcard::catalog::{Block, Catalog, Inline};
use modelcard::formats::markdown::{Links, document};
use pulldown_cmark::{Event, Options, Parser};
use serde_json::Value;

fn corpus(name: &str) -> Option<Value> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/security").join(name);
    let Ok(text) = fs::read(path) else {
        eprintln!("skipped: {name} is not there");
        return None;
    };
    Some(serde_json::from_slice(&text).unwrap())
}

/// With a base, so that the relative links that most examples use are links.
const BASE: &str = "https://base.example/";

fn compile(markdown: &str) -> Vec<Block> {
    let catalog = Catalog { base_url: Some(BASE.to_owned()), ..Catalog::default() };
    document(markdown, &Links::new(&catalog))
}

// ── One notation for both sides: `p(text em(text))`, white space folded ──────

#[derive(Clone, Debug, PartialEq)]
enum Node {
    Text(String),
    Element(String, Vec<Node>),
}

fn element(name: impl Into<String>, children: Vec<Node>) -> Node {
    Node::Element(name.into(), children)
}

fn of_blocks(blocks: &[Block]) -> Vec<Node> {
    let items = |items: &[Vec<Block>]| {
        items.iter().map(|blocks| element("li", of_blocks(blocks))).collect::<Vec<_>>()
    };
    blocks
        .iter()
        .map(|block| match block {
            Block::Paragraph(inlines) => element("p", of_inlines(inlines)),
            Block::Heading(inlines) => element("h", of_inlines(inlines)),
            Block::List(list) => element("ul", items(list)),
            Block::OrderedList(list) => element("ol", items(list)),
            Block::Quote(blocks) => element("blockquote", of_blocks(blocks)),
            Block::Code(text) => element("pre", vec![Node::Text(text.clone())]),
            Block::Rule => element("hr", vec![]),
            Block::Table(_) => element("table", vec![]),
        })
        .collect()
}

fn of_inlines(inlines: &[Inline]) -> Vec<Node> {
    inlines
        .iter()
        .map(|inline| match inline {
            Inline::Text(text) => Node::Text(text.clone()),
            Inline::Tag(tag) => Node::Text(format!("#{tag}")),
            Inline::Emphasis(inner) => element("em", of_inlines(inner)),
            Inline::Strong(inner) => element("strong", of_inlines(inner)),
            Inline::Strikethrough(inner) => element("del", of_inlines(inner)),
            Inline::Code(text) => element("code", vec![Node::Text(text.clone())]),
            Inline::Link(link) => element(format!("a {}", link.href), of_inlines(&link.content)),
            Inline::Model(link) => element(format!("model {}", link.id), of_inlines(&link.content)),
            Inline::Break => element("br", vec![]),
        })
        .collect()
}

/// Joins neighbouring texts, folds their white space and drops it at the ends of
/// blocks, as a browser does.
fn notation(nodes: &[Node], in_code: bool) -> String {
    let mut parts: Vec<String> = Vec::new();
    let mut text = String::new();
    for node in nodes {
        match node {
            Node::Text(more) => text.push_str(more),
            Node::Element(name, children) => {
                parts.push(std::mem::take(&mut text));
                let code = name == "pre" || name == "code";
                parts.push(format!("\u{1}{name}({})\u{1}", notation(children, code)));
            }
        }
    }
    parts.push(text);
    let joined = parts.concat();
    if in_code {
        return joined.trim_end_matches('\n').to_owned();
    }
    // A space beside an element stays one; at the ends there is none.
    let folded: Vec<&str> =
        joined.split([' ', '\n', '\t']).filter(|word| !word.is_empty()).collect();
    folded.join(" ").replace("\u{1} \u{1}", "\u{1}\u{1}")
}

// ── The reference HTML, in the same notation ──────────────────────────────────

/// What the reference renders and a description does not keep.
#[derive(Debug)]
struct Lost<'a> {
    markdown: &'a str,
    reasons: Vec<&'static str>,
}

fn unescape(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    Some(unescape(rest.split('"').next()?))
}

/// Reads the HTML of an example that has no raw HTML in it: only the tags that
/// Markdown makes, well nested.
fn of_html(html: &str, lost: &mut Lost<'_>) -> Vec<Node> {
    let mut stack: Vec<(String, Vec<Node>)> = vec![(String::new(), Vec::new())];
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        let (text, from_tag) = rest.split_at(at);
        let (tag, after) = from_tag.split_once('>').unwrap();
        rest = after;
        let top = &mut stack.last_mut().unwrap().1;
        if !text.is_empty() {
            top.push(Node::Text(unescape(text)));
        }
        let tag = &tag[1..];
        if let Some(name) = tag.strip_prefix('/') {
            let (opened, children) = stack.pop().unwrap();
            let parent = &mut stack.last_mut().unwrap().1;
            close(name, &opened, children, parent, lost);
        } else if let Some(name) = tag.strip_suffix(" /") {
            if name.starts_with("img ") {
                lost.reasons.push("an image is its alternative text");
                top.push(Node::Text(attribute(name, "alt").unwrap()));
            } else {
                top.push(element(name, vec![]));
            }
        } else {
            stack.push((tag.to_owned(), Vec::new()));
        }
    }
    assert_eq!(stack.len(), 1, "{html}");
    let mut nodes = stack.pop().unwrap().1;
    nodes.push(Node::Text(rest.to_owned()));
    nodes.retain(|node| !matches!(node, Node::Text(text) if text.trim().is_empty()));
    nodes
}

fn close(
    name: &str,
    opened: &str,
    mut children: Vec<Node>,
    parent: &mut Vec<Node>,
    lost: &mut Lost<'_>,
) {
    assert_eq!(opened.split(' ').next(), Some(name));
    let blank = |node: &Node| matches!(node, Node::Text(text) if text.trim().is_empty());
    match name {
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
            lost.reasons.push("a heading has no level");
            parent.push(element("h", children));
        }
        "p" if children.iter().all(blank) => lost.reasons.push("an empty paragraph is left out"),
        "ol" | "ul" | "blockquote" => {
            if opened.contains(" start=") {
                lost.reasons.push("an ordered list starts at 1");
            }
            children.retain(|node| !blank(node));
            parent.push(element(name, children));
        }
        "li" => {
            // In tight lists the inlines stand alone: they are paragraphs here.
            let mut blocks = Vec::new();
            let mut loose = Vec::new();
            let is_block = |node: &Node| {
                let names = ["p", "h", "ul", "ol", "li", "blockquote", "pre", "hr"];
                matches!(node, Node::Element(name, _) if names.contains(&name.as_str()))
            };
            let mut end = |loose: &mut Vec<Node>, blocks: &mut Vec<Node>| {
                if !loose.iter().all(blank) {
                    lost.reasons.push("a tight list is a loose one");
                    blocks.push(element("p", std::mem::take(loose)));
                }
                loose.clear();
            };
            for node in children {
                if is_block(&node) {
                    end(&mut loose, &mut blocks);
                    blocks.push(node);
                } else {
                    loose.push(node);
                }
            }
            end(&mut loose, &mut blocks);
            parent.push(element("li", blocks));
        }
        "pre" => {
            let Some(Node::Element(code, text)) = children.into_iter().next() else { panic!() };
            assert_eq!(code, "code");
            parent.push(element("pre", text));
        }
        "code" => {
            if opened.contains(" class=") {
                lost.reasons.push("code has no language");
            }
            parent.push(element("code", children));
        }
        "a" => {
            if opened.contains(" title=") {
                lost.reasons.push("a link has no title");
            }
            let stated = attribute(opened, "href").unwrap();
            if let Some(href) = expected_address(&stated, lost.markdown) {
                if children.iter().all(blank) {
                    lost.reasons.push("a link without text shows its address");
                    children = vec![Node::Text(href.clone())];
                }
                parent.push(element(format!("a {href}"), children));
            } else {
                lost.reasons.push("a refused address leaves the link's text");
                parent.append(&mut children);
            }
        }
        _ => parent.push(element(name, children)),
    }
}

/// Where a link of the reference may lead: written anew, and simpler than the
/// code under test, for the addresses that occur in the examples.
fn expected_address(href: &str, markdown: &str) -> Option<String> {
    // The reference writes refused characters as escapes.
    let escaped = |escape: &&str| href.contains(*escape) && !markdown.contains(*escape);
    if href.is_empty() || ["%5C", "%20", "%C2%A0"].iter().any(escaped) {
        return None;
    }
    let scheme = href.split(['/', '?', '#']).next().unwrap_or_default().split_once(':');
    let Some((scheme, _)) = scheme else {
        let path = href.strip_prefix("./").or_else(|| href.strip_prefix('/'));
        return Some(format!("{BASE}{}", path.unwrap_or(href)));
    };
    match scheme.to_ascii_lowercase().as_str() {
        scheme @ ("https" | "http") => {
            let rest = href[scheme.len()..].strip_prefix("://")?;
            let host = rest.split(['/', '?', '#']).next()?;
            let is_name = host.starts_with(|c: char| c.is_ascii_alphanumeric())
                && host.chars().all(|c| c.is_ascii_alphanumeric() || ".-:".contains(c));
            is_name.then(|| format!("{scheme}://{rest}"))
        }
        "mailto" => Some(format!("mailto:{}", &href["mailto:".len()..])),
        _ => None,
    }
}

fn options() -> Options {
    Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH
}

fn raw_html(markdown: &str) -> Vec<String> {
    Parser::new_ext(markdown, options())
        .filter_map(|event| match event {
            Event::Html(html) | Event::InlineHtml(html) => Some(html.into_string()),
            _ => None,
        })
        .collect()
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

fn text_of(nodes: &[Node]) -> String {
    nodes
        .iter()
        .map(|node| match node {
            Node::Text(text) => text.clone(),
            Node::Element(_, children) => text_of(children),
        })
        .collect()
}

#[test]
fn commonmark_examples_keep_their_structure_and_text() {
    let Some(corpus) = corpus("commonmark_subset.json") else { return };
    let cases = corpus["cases"].as_array().unwrap();
    assert_eq!(cases.len(), 427);
    let mut reasons: BTreeMap<&str, Vec<u64>> = BTreeMap::new();
    let mut unexplained = Vec::new();
    let mut same = 0;
    for case in cases {
        let number = case["example"].as_u64().unwrap();
        let markdown = case["markdown"].as_str().unwrap();
        let html = case["html"].as_str().unwrap();
        let actual = of_blocks(&compile(markdown));

        let raw = raw_html(markdown);
        if !raw.is_empty() {
            // The reference passes raw HTML on, and so is no tree of known tags:
            // its text and the raw tags must both be there, as text.
            reasons.entry("raw HTML is text").or_default().push(number);
            let mut shown = squeezed(&text_of(&actual));
            for tag in &raw {
                let tag = squeezed(tag);
                assert!(shown.contains(&tag), "{number}: {tag} is not in {shown}");
                shown = shown.replacen(&tag, "", 1);
            }
            let mut expected = html.to_owned();
            for tag in &raw {
                expected = expected.replacen(tag.trim(), "", 1);
            }
            let expected = squeezed(&text_of(&of_html(
                &expected,
                &mut Lost { markdown, reasons: Vec::new() },
            )));
            if shown != expected {
                unexplained.push(format!("{number}: {markdown:?}\n  {expected}\n  {shown}"));
            }
            continue;
        }

        let mut lost = Lost { markdown, reasons: Vec::new() };
        let expected = notation(&of_html(html, &mut lost), false);
        let actual = notation(&actual, false);
        if expected != actual {
            unexplained.push(format!("{number}: {markdown:?}\n  {expected}\n  {actual}"));
        }
        if lost.reasons.is_empty() {
            same += 1;
        }
        for reason in lost.reasons {
            let numbers = reasons.entry(reason).or_default();
            if numbers.last() != Some(&number) {
                numbers.push(number);
            }
        }
    }
    println!("{same} of {} examples are rendered with nothing lost; of the others:", cases.len());
    for (reason, numbers) in &reasons {
        println!("{reason}: {} ({numbers:?})", numbers.len());
    }
    assert!(
        unexplained.is_empty(),
        "{} unexplained:\n{}",
        unexplained.len(),
        unexplained.join("\n")
    );
}

// ── Hostile strings ───────────────────────────────────────────────────────────

fn hrefs(blocks: &[Block]) -> Vec<String> {
    fn collect(value: &Value, found: &mut Vec<String>) {
        match value {
            Value::Object(fields) => {
                if let Some(href) = fields.get("href").and_then(Value::as_str) {
                    found.push(href.to_owned());
                }
                fields.values().for_each(|value| collect(value, found));
            }
            Value::Array(items) => items.iter().for_each(|item| collect(item, found)),
            _ => {}
        }
    }
    let mut found = Vec::new();
    collect(&serde_json::to_value(blocks).unwrap(), &mut found);
    found
}

#[test]
fn hostile_strings_reach_no_other_scheme_and_benign_ones_keep_their_text() {
    let Some(corpus) = corpus("xss_corpus.json") else { return };
    let cases = corpus.as_array().unwrap();
    assert_eq!(cases.len(), 373);
    let (mut links, mut benign) = (0, 0);
    for case in cases {
        let text = case["s"].as_str().unwrap();
        // As it stands, and as the destination of a link and of an image.
        for markdown in [
            text.to_owned(),
            format!("[a]({text})"),
            format!("[a](<{text}>)"),
            format!("![a]({text})"),
        ] {
            let blocks = compile(&markdown);
            for href in hrefs(&blocks) {
                links += 1;
                let (scheme, rest) = href.split_once(':').unwrap();
                assert!(["https", "http", "mailto"].contains(&scheme), "{markdown:?}: {href:?}");
                assert!(scheme == "mailto" || rest.starts_with("//"), "{markdown:?}: {href:?}");
                assert!(
                    href.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\'),
                    "{href:?}"
                );
            }
        }
        if case["benign"].as_bool() == Some(true) && case["kind"] == "html" {
            benign += 1;
            // Raw HTML is shown as it is written, character by character; only what
            // Markdown itself reads (entities) is another thing.
            let shown = squeezed(&text_of(&of_blocks(&compile(text))));
            let expected = squeezed(text);
            if !text.contains('&') {
                assert_eq!(shown, expected);
            }
            assert!(!shown.is_empty());
        } else if case["benign"].as_bool() == Some(true) {
            benign += 1;
            // What these show is the text of a link or nothing but an image.
            let shown = text_of(&of_blocks(&compile(text)));
            let expected = match text {
                "<http://a>" | "[](http://a)" => "http://a",
                "<irc:///help>" => "irc:///help",
                "[](#a)" => "https://base.example/#a",
                "[](/a)" | "[](../a)" => "https://base.example/a",
                "[](a?b:c)" => "https://base.example/a?b:c",
                _ => "",
            };
            assert_eq!(shown, expected, "{text}");
        }
    }
    assert!(links > 0);
    assert_eq!(benign, 30);
}
