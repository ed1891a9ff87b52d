//! Figures: stars, cost tiers, text, and the dash of what is not known.

use reactive_graph::prelude::*;

use super::card::Scene;
use super::node::{Node, class, drawing, el, path, plain, text, unseen};
use crate::state::{Figure, Look};

/// One star of 12 × 12; five of them stand beside each other.
const STAR: &str =
    "m6 .6 1.600 3.400 3.700.5-2.700 2.600.7 3.700L6 9l-3.300 1.800.7-3.700L.7 4.500l3.700-.5z";

/// The dash of what is not known, with words behind it.
pub fn missing() -> Node {
    el(
        "span",
        class("none"),
        (el("span", plain().set("aria-hidden", "true"), "—"), unseen("not stated")),
    )
}

/// Stars, 1–5.
pub fn stars(count: u8) -> Node {
    let star = |at: u8| {
        let class = class(if at < count { "on" } else { "off" });
        let shift = format!("translate({} 0)", u16::from(at) * 13);
        path(class.set("d", STAR).set("transform", shift))
    };
    let stars = drawing(
        class("stars").set("viewBox", "0 0 64 12").set("aria-hidden", "true"),
        (0..5).map(star).collect(),
    );
    el("span", plain(), (stars, unseen(format!("{count} of 5 stars"))))
}

/// A cost tier: its symbol, dimmed to the full five, and its words.
fn tier(symbol: &'static str, words: &str) -> Node {
    let rest = "$$$$$".get(symbol.len()..).unwrap_or_default();
    let drawing = el("span", plain().set("aria-hidden", "true"), (symbol, el("s", plain(), rest)));
    el("span", class("tier"), (drawing, unseen(format!("{symbol}, {words}"))))
}

/// A figure as it looks.
pub fn look(look: &Look) -> Node {
    match look {
        Look::Stars(count) => stars(*count),
        Look::Tier("Free", _) => text("Free"),
        Look::Tier(symbol, words) => tier(symbol, words),
        Look::Text(shown) => text(shown),
        Look::Disputed(shown) => {
            // Shape and words, not colour alone.
            let mark = el("span", class("disputed").set("aria-hidden", "true"), "≠");
            el("span", plain(), (mark, " ", text(shown), unseen("; catalogs disagree")))
        }
        Look::Missing => missing(),
    }
}

/// A figure that opens its explanation.
pub fn figure_button(scene: &Scene, figure: &Figure) -> Node {
    let open = scene.explanation.clone();
    let (label, explanation) = (figure.label, figure.explanation.clone());
    super::node::button(
        class("figure")
            .set("popovertarget", "explanation")
            .set("title", "How this figure came about"),
        (look(&figure.look), unseen(format!("; explain {label}"))),
        move || open.set(Some((label, explanation.clone()))),
    )
}
