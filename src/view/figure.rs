//! Figures: stars, cost tiers, text, and the dash of what is not known.

use super::card::Scene;
use super::node::{Node, class, drawing, el, path, plain, text, unseen};
use crate::state::{Figure, Look};

/// One star of 12 × 12, from its tip and back to it; five stand beside each other.
const STAR: &str = "1.6 3.4 3.7.5-2.7 2.6.7 3.7-3.3-1.8-3.3 1.8.7-3.7-2.7-2.6 3.7-.5z";

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
    // One path for all stars of a kind: a long table has hundreds.
    let some = |names: &'static str, from: u8, count: u8| {
        let mut line = String::new();
        for at in 0..count {
            if at == 0 {
                line.push_str(&["M", &(6 + 13 * u16::from(from)).to_string(), " .6l"].concat());
            } else {
                line.push_str("m13 0 ");
            }
            line.push_str(STAR);
        }
        path(class(names).set("d", line))
    };
    let count_on = count.min(5);
    let stars = drawing(
        class("stars").set("viewBox", "0 0 64 12").set("aria-hidden", "true"),
        vec![some("on", 0, count_on), some("off", count_on, 5 - count_on)],
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
