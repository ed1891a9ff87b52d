//! The description: a document tree, drawn node by node.

use super::card::{Scene, section};
use super::node::{Node, el, fragment, nothing, text};
use crate::catalog::{Block, Description, Gather, Inline, phrase};
use crate::state::Section;

/// The section `description`.
pub fn description(scene: &Scene) -> Node {
    let Some(description) = scene.model().and_then(|model| model.description.as_ref()) else {
        return nothing();
    };
    let mut tags = Vec::new();
    let blocks = match description {
        Description::Document(blocks) if blocks.is_empty() => return nothing(),
        Description::Document(blocks) => draw_blocks(scene, blocks, &mut tags),
        Description::Markdown(text) => vec![el("p").with(text)],
    };
    let tags = if tags.is_empty() {
        nothing()
    } else {
        let tags: Vec<Node> = tags.into_iter().map(|tag| el("li").with(tag)).gather();
        el("ul.chips|aria-label=Tags").all(tags)
    };
    let body = el("div.prose").with(fragment(blocks)).with(tags);
    section(scene, Section::Description, "Description", "", body)
}

fn draw_blocks(scene: &Scene, blocks: &[Block], tags: &mut Vec<String>) -> Vec<Node> {
    blocks.iter().map(|block| draw_block(scene, block, tags)).gather()
}

fn draw_block(scene: &Scene, block: &Block, tags: &mut Vec<String>) -> Node {
    match block {
        Block::Paragraph(inlines) => {
            // A paragraph of nothing but tags is drawn as the list of tags.
            let drawn = draw_inlines(scene, inlines, tags);
            let blank = inlines.iter().all(|inline| match inline {
                Inline::Tag(_) | Inline::Break => true,
                Inline::Text(text) => text.trim().is_empty(),
                _ => false,
            });
            if blank { nothing() } else { el("p").all(drawn) }
        }
        Block::Heading(inlines) => el("h4").all(draw_inlines(scene, inlines, tags)),
        Block::List(items) => el("ul").all(draw_items(scene, items, tags)),
        Block::OrderedList(items) => el("ol").all(draw_items(scene, items, tags)),
        Block::Quote(blocks) => el("blockquote").all(draw_blocks(scene, blocks, tags)),
        Block::Code(text) => el("pre|tabindex=0").with(el("code").with(text)),
        Block::Rule => el("hr"),
        Block::Table(table) => {
            let mut row = |cells: &[Vec<Inline>], tag| {
                let cells: Vec<Node> =
                    cells.iter().map(|cell| el(tag).all(draw_inlines(scene, cell, tags))).gather();
                el("tr").all(cells)
            };
            let head = el("thead").with(row(&table.header, "th"));
            let rows: Vec<Node> = table.rows.iter().map(|cells| row(cells, "td")).gather();
            let table = el("table").with(head).with(el("tbody").all(rows));
            el("div.scroll|role=region|tabindex=0|aria-label=Table").with(table)
        }
    }
}

fn draw_items(scene: &Scene, items: &[Vec<Block>], tags: &mut Vec<String>) -> Vec<Node> {
    items.iter().map(|blocks| el("li").all(draw_blocks(scene, blocks, tags))).gather()
}

fn draw_inlines(scene: &Scene, inlines: &[Inline], tags: &mut Vec<String>) -> Vec<Node> {
    inlines.iter().map(|inline| draw_inline(scene, inline, tags)).gather()
}

fn draw_inline(scene: &Scene, inline: &Inline, tags: &mut Vec<String>) -> Node {
    match inline {
        Inline::Text(shown) => text(shown),
        Inline::Emphasis(inner) => el("em").all(draw_inlines(scene, inner, tags)),
        Inline::Strong(inner) => el("strong").all(draw_inlines(scene, inner, tags)),
        Inline::Strikethrough(inner) => el("del").all(draw_inlines(scene, inner, tags)),
        Inline::Code(text) => el("code").with(text),
        Inline::Link(link) => {
            el("a|rel=noopener noreferrer nofollow ugc|referrerpolicy=no-referrer")
                .set("href", link.href.clone())
                .all(draw_inlines(scene, &link.content, tags))
        }
        Inline::Model(link) => {
            let (state, id) = (scene.state.clone(), link.id.clone());
            el("button.link")
                .all(draw_inlines(scene, &link.content, tags))
                .pressed(move || state.open(&id))
        }
        Inline::Tag(tag) => {
            tags.push(phrase("#").and(tag).text());
            nothing()
        }
        Inline::Break => el("br"),
    }
}
