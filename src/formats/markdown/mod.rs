//! Markdown (`CommonMark`) to the document tree of a compiled catalog.
//!
//! Tables and strikethrough are on. What a page must not get from a catalog never
//! enters the tree: raw HTML becomes text, of an image only its alternative text
//! stays, and a link keeps its target only where [`Links`] knows a safe one.

mod links;
mod text;

use pulldown_cmark::{Event, LinkType, OffsetIter, Options, Parser, Tag};

pub use links::{Links, Target, is_base};
use links::{disguised_host, text_of};
use text::{Run, clean_code};

use crate::catalog::{Block, Inline, Link, ModelLink, TableBlock};

/// How deep blocks and inlines nest; what lies deeper becomes text.
pub const MAX_DEPTH: usize = 32;

/// The document that a Markdown text becomes.
pub fn document(markdown: &str, links: &Links<'_>) -> Vec<Block> {
    // One kind of line end, so that code keeps its lines whoever wrote them.
    let source = if markdown.contains('\r') {
        markdown.replace("\r\n", "\n").replace('\r', "\n")
    } else {
        markdown.to_owned()
    };
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    let events = Parser::new_ext(&source, options).into_offset_iter();
    Builder { source: &source, events, links, previous: ' ', linked: false }.blocks(0)
}

struct Builder<'a> {
    source: &'a str,
    events: OffsetIter<'a>,
    links: &'a Links<'a>,
    /// The last character of the text so far, in this block.
    previous: char,
    /// Whether a link is open; there are no hashtags in it.
    linked: bool,
}

impl<'a> Builder<'a> {
    /// The blocks up to the end of the one that is open.
    fn blocks(&mut self, depth: usize) -> Vec<Block> {
        let mut blocks = Vec::new();
        // Items of tight lists have inlines without a paragraph around them, and
        // so has what nests too deep.
        let mut loose = Run::default();
        while let Some((event, range)) = self.events.next() {
            match event {
                Event::End(_) => break,
                Event::Rule => {
                    self.paragraph(&mut loose, &mut blocks);
                    blocks.push(Block::Rule);
                }
                Event::Start(tag) if is_block(&tag) => {
                    let levels = if matches!(tag, Tag::List(_) | Tag::Table(_)) { 2 } else { 1 };
                    if depth + levels > MAX_DEPTH {
                        loose.space();
                        self.flatten(&mut loose);
                    } else {
                        self.paragraph(&mut loose, &mut blocks);
                        blocks.extend(self.block(&tag, depth + 1));
                    }
                }
                inline => self.inline(inline, range.start, &mut loose, depth),
            }
        }
        self.paragraph(&mut loose, &mut blocks);
        blocks
    }

    /// Ends a paragraph that has no tags of its own.
    fn paragraph(&mut self, run: &mut Run, blocks: &mut Vec<Block>) {
        let inlines = std::mem::take(run).finish(&mut self.previous);
        self.previous = ' ';
        if !inlines.is_empty() {
            blocks.push(Block::Paragraph(inlines));
        }
    }

    /// The block that a tag opens; `None` where nothing of it is left to show.
    fn block(&mut self, tag: &Tag<'_>, depth: usize) -> Option<Block> {
        self.previous = ' ';
        let block = match tag {
            Tag::Heading { .. } => Block::Heading(self.inlines(depth)),
            Tag::BlockQuote(_) => Block::Quote(self.blocks(depth)),
            Tag::CodeBlock(_) => Block::Code(self.code()),
            Tag::List(start) => {
                let mut items = Vec::new();
                while let Some((Event::Start(_), _)) = self.events.next() {
                    items.push(self.blocks(depth + 1));
                }
                if start.is_some() { Block::OrderedList(items) } else { Block::List(items) }
            }
            Tag::Table(_) => {
                let mut rows = Vec::new();
                while let Some((Event::Start(_), _)) = self.events.next() {
                    rows.push(self.row(depth + 1));
                }
                let mut rows = rows.into_iter();
                Block::Table(TableBlock {
                    header: rows.next().unwrap_or_default(),
                    rows: rows.collect(),
                })
            }
            // Raw HTML too: a paragraph of its text.
            _ => Block::Paragraph(trimmed(self.inlines(depth))),
        };
        self.previous = ' ';
        let empty = matches!(&block, Block::Paragraph(inlines) | Block::Heading(inlines) if inlines.is_empty());
        (!empty).then_some(block)
    }

    fn row(&mut self, depth: usize) -> Vec<Vec<Inline>> {
        let mut cells = Vec::new();
        while let Some((Event::Start(_), _)) = self.events.next() {
            self.previous = ' ';
            cells.push(self.inlines(depth));
        }
        cells
    }

    fn code(&mut self) -> String {
        let mut code = String::new();
        while let Some((Event::Text(text), _)) = self.events.next() {
            code.push_str(&text);
        }
        let code = clean_code(&code);
        code.strip_suffix('\n').map(str::to_owned).unwrap_or(code)
    }

    /// The inlines up to the end of the block or inline that is open.
    fn inlines(&mut self, depth: usize) -> Vec<Inline> {
        let mut run = Run::default();
        while let Some((event, range)) = self.events.next() {
            if matches!(event, Event::End(_)) {
                break;
            }
            self.inline(event, range.start, &mut run, depth);
        }
        run.finish(&mut self.previous)
    }

    fn inline(&mut self, event: Event<'a>, start: usize, run: &mut Run, depth: usize) {
        match event {
            Event::Text(text) if self.linked => run.literal(&text),
            Event::Text(text) => run.text(&text, self.is_escaped(start)),
            Event::Html(text) | Event::InlineHtml(text) => run.literal(&text),
            Event::Code(text) => {
                run.push(Inline::Code(clean_code(&text)), &mut self.previous);
                self.previous = '`';
            }
            Event::SoftBreak => run.literal(" "),
            Event::HardBreak => {
                run.push(Inline::Break, &mut self.previous);
                self.previous = ' ';
            }
            Event::Start(Tag::Image { .. }) => self.flatten(run),
            Event::Start(_) if depth >= MAX_DEPTH => self.flatten(run),
            Event::Start(Tag::Link { link_type, dest_url, .. }) => {
                let destination = match link_type {
                    LinkType::Email => format!("mailto:{dest_url}"),
                    _ => dest_url.into_string(),
                };
                self.link(&destination, run, depth);
            }
            Event::Start(tag) => {
                run.flush(&mut self.previous);
                let inner = self.inlines(depth + 1);
                match tag {
                    _ if inner.is_empty() => {}
                    Tag::Emphasis => run.push(Inline::Emphasis(inner), &mut self.previous),
                    Tag::Strong => run.push(Inline::Strong(inner), &mut self.previous),
                    Tag::Strikethrough => {
                        run.push(Inline::Strikethrough(inner), &mut self.previous);
                    }
                    // No other inline is switched on.
                    _ => inner.into_iter().for_each(|inline| run.push(inline, &mut self.previous)),
                }
            }
            // Switched off, or met where blocks are read.
            Event::End(_)
            | Event::Rule
            | Event::InlineMath(_)
            | Event::DisplayMath(_)
            | Event::FootnoteReference(_)
            | Event::TaskListMarker(_) => {}
        }
    }

    fn link(&mut self, destination: &str, run: &mut Run, depth: usize) {
        run.flush(&mut self.previous);
        self.linked = true;
        let mut content = self.inlines(depth + 1);
        self.linked = false;
        let nameless = text_of(&content).trim().is_empty();
        match self.links.target(destination) {
            None => content.into_iter().for_each(|inline| run.push(inline, &mut self.previous)),
            Some(Target::Model(id)) => {
                if nameless {
                    content = vec![Inline::Text(id.clone())];
                }
                run.push(Inline::Model(ModelLink { id, content }), &mut self.previous);
            }
            Some(Target::Page(href)) => {
                if nameless {
                    content = vec![Inline::Text(href.clone())];
                } else if let Some(host) = disguised_host(&content, &href) {
                    content.push(Inline::Text(format!(" ({host})")));
                }
                run.push(Inline::Link(Link { href, content }), &mut self.previous);
            }
        }
        self.previous = ']';
    }

    /// Whether the source says that a text's first character is only itself:
    /// `\#` or `&#35;`.
    fn is_escaped(&self, start: usize) -> bool {
        let bytes = self.source.as_bytes();
        let before = start.checked_sub(1).and_then(|at| bytes.get(at));
        before == Some(&b'\\') || bytes.get(start) == Some(&b'&')
    }

    /// The text of what is open, up to its end: of images, and of what nests too
    /// deep.
    fn flatten(&mut self, run: &mut Run) {
        let mut open = 1_usize;
        for (event, _) in self.events.by_ref() {
            match event {
                Event::Start(_) => open += 1,
                Event::End(end) => {
                    open -= 1;
                    if open == 0 {
                        return;
                    }
                    if !is_inline_end(end) {
                        run.space();
                    }
                }
                Event::Text(text)
                | Event::Code(text)
                | Event::Html(text)
                | Event::InlineHtml(text) => run.literal(&text),
                _ => run.space(),
            }
        }
    }
}

fn is_block(tag: &Tag<'_>) -> bool {
    !matches!(
        tag,
        Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. }
    )
}

fn is_inline_end(end: pulldown_cmark::TagEnd) -> bool {
    use pulldown_cmark::TagEnd as End;
    matches!(end, End::Emphasis | End::Strong | End::Strikethrough | End::Link | End::Image)
}

/// Inlines without white space at their end, such as the last line end of HTML.
fn trimmed(mut inlines: Vec<Inline>) -> Vec<Inline> {
    if let Some(Inline::Text(text)) = inlines.last_mut() {
        text.truncate(text.trim_end().len());
        if text.is_empty() {
            inlines.pop();
        }
    }
    inlines
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::*;
    use crate::catalog::{Catalog, Model};

    /// The document in its compact JSON form, which says all of it.
    fn compile(markdown: &str) -> String {
        let catalog = Catalog {
            models: vec![Model { id: "openai/o3".into(), ..Model::default() }],
            ..Catalog::default()
        };
        serde_json::to_string(&document(markdown, &Links::new(&catalog))).unwrap()
    }

    #[test]
    fn blocks_and_inlines_become_a_tree() {
        for (markdown, json) in [
            (
                "A *b* **c** ~~d~~ `e`\nf  \ng",
                r#"[{"paragraph":[{"text":"A "},{"emphasis":[{"text":"b"}]},{"text":" "},{"strong":[{"text":"c"}]},{"text":" "},{"strikethrough":[{"text":"d"}]},{"text":" "},{"code":"e"},{"text":" f"},"break",{"text":"g"}]}]"#,
            ),
            ("# H\n\n---", r#"[{"heading":[{"text":"H"}]},"rule"]"#),
            (
                "- a\n- b\n  1. c",
                r#"[{"list":[[{"paragraph":[{"text":"a"}]}],[{"paragraph":[{"text":"b"}]},{"ordered_list":[[{"paragraph":[{"text":"c"}]}]]}]]}]"#,
            ),
            ("> q", r#"[{"quote":[{"paragraph":[{"text":"q"}]}]}]"#),
            ("```rust\n#a\r\n\tb\n```", "[{\"code\":\"#a\\n\\tb\"}]"),
            (
                "| a | b |\n|---|---|\n| *c* | |",
                r#"[{"table":{"header":[[{"text":"a"}],[{"text":"b"}]],"rows":[[[{"emphasis":[{"text":"c"}]}],[]]]}}]"#,
            ),
            ("", "[]"),
            ("#", "[]"),
        ] {
            assert_eq!(compile(markdown), json, "{markdown}");
        }
    }

    #[test]
    fn raw_html_is_text() {
        assert_eq!(
            compile("a <b onclick=x>#c</b>"),
            r#"[{"paragraph":[{"text":"a <b onclick=x>#c</b>"}]}]"#
        );
        assert_eq!(
            compile("<script>\nalert(1)\n</script>\n\n<img src=\"#x\">"),
            r##"[{"paragraph":[{"text":"<script> alert(1) </script>"}]},{"paragraph":[{"text":"<img src=\"#x\">"}]}]"##
        );
    }

    #[test]
    fn images_leave_their_alternative_text() {
        assert_eq!(
            compile("a ![*b* [c](https://x.example)](https://x.example/pixel.png) d"),
            r#"[{"paragraph":[{"text":"a b c d"}]}]"#
        );
        assert_eq!(compile("![](https://x.example/pixel.png)"), "[]");
        assert_eq!(
            compile("[![logo](x.png)](https://x.example)"),
            r#"[{"paragraph":[{"link":{"href":"https://x.example","content":[{"text":"logo"}]}}]}]"#
        );
    }

    #[test]
    fn links_lead_to_pages_and_models_or_are_text() {
        for (markdown, json) in [
            (
                "[o3](/openai/o3)",
                r#"[{"paragraph":[{"model":{"id":"openai/o3","content":[{"text":"o3"}]}}]}]"#,
            ),
            (
                "[](/openai/o3)",
                r#"[{"paragraph":[{"model":{"id":"openai/o3","content":[{"text":"openai/o3"}]}}]}]"#,
            ),
            (
                "a [*b*](/c) d",
                r#"[{"paragraph":[{"text":"a "},{"emphasis":[{"text":"b"}]},{"text":" d"}]}]"#,
            ),
            ("a [b](javascript:alert(1)) d", r#"[{"paragraph":[{"text":"a b d"}]}]"#),
            (
                "<https://x.example> <me@x.example>",
                r#"[{"paragraph":[{"link":{"href":"https://x.example","content":[{"text":"https://x.example"}]}},{"text":" "},{"link":{"href":"mailto:me@x.example","content":[{"text":"me@x.example"}]}}]}]"#,
            ),
            (
                "[https://good.example](https://evil.example)",
                r#"[{"paragraph":[{"link":{"href":"https://evil.example","content":[{"text":"https://good.example"},{"text":" (evil.example)"}]}}]}]"#,
            ),
            (
                "[ ](https://x.example/y)",
                r#"[{"paragraph":[{"link":{"href":"https://x.example/y","content":[{"text":"https://x.example/y"}]}}]}]"#,
            ),
        ] {
            assert_eq!(compile(markdown), json, "{markdown}");
        }
    }

    #[test]
    fn hashtags_become_tags_where_they_are_words() {
        assert_eq!(
            compile("Text.\n\n#coding *#multi-modal*"),
            r#"[{"paragraph":[{"text":"Text."}]},{"paragraph":[{"tag":"coding"},{"text":" "},{"emphasis":[{"tag":"multi-modal"}]}]}]"#
        );
        for text in [
            "C# `#a` x*#b*",
            "#1",
            "[#a](https://x.example)",
            "[#a](/gone)",
            "\\#a",
            "&#35;a",
            "`x`#a",
            "**x**#a",
            "![#a](x)",
        ] {
            assert!(!compile(text).contains("tag\""), "{text}: {}", compile(text));
        }
        for text in ["#a_b", "x\\\n#a", "x\n#a", "- #a", "| x |\n|-|\n| #a |", "*x* #a", "(#a)"] {
            assert!(compile(text).contains("\"tag\":\"a"), "{text}: {}", compile(text));
        }
    }

    #[test]
    fn what_nests_too_deep_becomes_text() {
        fn depth(blocks: &serde_json::Value) -> usize {
            use serde_json::Value;
            match blocks {
                Value::Array(items) => items.iter().map(depth).max().unwrap_or(0),
                Value::Object(fields) => 1 + fields.values().map(depth).max().unwrap_or(0),
                _ => 0,
            }
        }
        let mut quotes_in_items = String::new();
        for level in 0..60 {
            quotes_in_items.push_str(&"  ".repeat(level));
            quotes_in_items.push_str("> - deep text\n");
        }
        let nested = [
            format!("{} *deep* text", ">".repeat(100)),
            format!("{}deep text", "- ".repeat(100)),
            format!("{}deep text{}", "*a **b ".repeat(60), "** *".repeat(60)),
            format!("{}- a\n\n  | deep |\n  |-|\n  | text |", "> ".repeat(31)),
            quotes_in_items,
        ];
        for markdown in nested {
            let json = compile(&markdown);
            assert!(depth(&serde_json::from_str(&json).unwrap()) <= MAX_DEPTH + 2, "{json}");
            let document: Vec<Block> = serde_json::from_str(&json).unwrap();
            assert!(json.contains("deep") && json.contains("text"), "{json}");
            assert_eq!(serde_json::to_string(&document).unwrap(), json);
        }
    }

    /// What has made Markdown parsers quadratic or worse, at the largest size: a
    /// quadratic one takes seconds, and 16 times as long as with a quarter of the text.
    /// The limit is 20 ms as shipped.
    #[test]
    fn the_time_is_bounded_whatever_the_text() {
        let seeds = [
            "[",
            "](",
            "![[]()",
            "*a **b _c __d ",
            "a*b_",
            "*_",
            "> ",
            "- ",
            "* - + ",
            "`",
            "``a`",
            "<",
            "<!--",
            "<?",
            "<![CDATA[",
            "<a ",
            "<x>\n\n",
            "&",
            "&amp;",
            "\\",
            "[a](<b",
            "[a](\"",
            "[a]: b\n",
            "[a]: <",
            "[a][b]",
            "[[a](b)",
            "|",
            "|a|b\n|-|-\n",
            "~~a ~b~ ",
            "#a ",
            "# #",
            "\t",
            "\n",
            "1. ",
            "[x](/a/b/c/d/e/f/g/h/i)",
            "![",
            "<a@b>",
            "a\n=",
            "(",
            "_",
            ">- ",
        ];
        let limit = Duration::from_millis(if cfg!(debug_assertions) { 400 } else { 20 });
        let catalog = Catalog::default();
        let links = Links::new(&catalog);
        for seed in seeds {
            // The shortest of some times, as long as that is above the limit.
            let time = |size: usize, limit: Duration| {
                let text: String = seed.chars().cycle().take(size).collect();
                let mut best = Duration::MAX;
                for _ in 0..5 {
                    let start = Instant::now();
                    document(&text, &links);
                    best = best.min(start.elapsed());
                    if best < limit {
                        break;
                    }
                }
                best
            };
            let whole = time(64 * 1024, limit);
            // A machine that is busy with other things is slow with a quarter of it, too.
            let is_bounded =
                whole < limit || whole < time(16 * 1024, Duration::ZERO).saturating_mul(8);
            assert!(is_bounded, "{seed:?} takes {whole:?}");
        }
    }
}
