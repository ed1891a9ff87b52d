//! Where a figure comes from: one popover for all figures of a card.

use super::card::Scene;
use super::node::{IntoNode, Node, el, isolated, live, nothing, text};
use super::specs::{fact, page_link};
use crate::catalog::phrase;
use crate::ranking::Explanation;

/// The popover. The browser opens it, places it above everything, and closes it
/// by Escape or a press elsewhere.
pub fn popover(scene: &Scene) -> Node {
    let inner = scene.clone();
    let content = live(move || {
        inner
            .explanation
            .get()
            .map_or_else(nothing, |(label, explanation)| draw(&inner, label, &explanation))
    });
    el("div.popover|id=explanation|popover=auto|part=explanation|role=dialog|aria-label=How this figure came about|tabindex=0").with(content)
}

/// A source by its name, with a link where it has one.
fn named(scene: &Scene, key: &str) -> Node {
    scene.source(key).map_or_else(
        || isolated(key.to_owned()),
        |source| page_link(&source.name, source.url.as_deref()),
    )
}

fn draw(scene: &Scene, label: &'static str, explanation: &Explanation) -> Node {
    let mut rows: Vec<Node> = Vec::new();
    let mut add = |label: &'static str, value: Node| rows.push(fact(label, value));
    if let Some(value) = &explanation.value {
        add("Value", text(value));
    }
    add("Rule", text(&explanation.rule));
    if !explanation.population.is_empty() {
        add("Compared with", text(explanation.population));
    }
    if let Some(n) = explanation.n {
        add("n", scene.language.count(n as u64).into_node());
    }
    for (at, stated) in explanation.stated.iter().enumerate() {
        let source =
            stated.source.as_ref().map_or_else(|| text("another catalog"), |key| named(scene, key));
        let mut said = el("span").with(phrase(&stated.value).and(": ")).with(source);
        if let Some(date) = stated.date {
            said = said.with(phrase(", ").and(scene.language.date(date)));
        }
        add(if at == 0 { "Used" } else { "Also stated" }, said);
    }
    if let Some(key) = &explanation.source {
        add("Source", named(scene, key));
    }
    if let Some(date) = explanation.date {
        add("Date", scene.language.date(date).into_node());
    }
    if let Some(beside) = &explanation.computed_beside {
        add("Computed here", text(beside));
    }
    let title = if label.is_empty() { nothing() } else { el("strong").with(label) };
    el("div").with(title).with(el("dl.specs").all(rows))
}
