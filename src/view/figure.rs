//! Figures: stars, cost tiers, text, and the dash of what is not known.

use std::rc::Rc;

use super::card::Scene;
use super::node::{Node, el, text, unseen};
use crate::catalog::phrase;
use crate::ranking::Explanation;
use crate::state::{Figure, Look};

/// One star of 12 × 12, from its tip and back to it; five stand beside each other.
const STAR: &str = "1.6 3.4 3.7.5-2.7 2.6.7 3.7-3.3-1.8-3.3 1.8.7-3.7-2.7-2.6 3.7-.5z";

/// The dash of what is not known, with words behind it.
pub fn missing() -> Node {
    el("span.none").with(dash()).with(unseen("not stated"))
}

fn dash() -> Node {
    el("span|aria-hidden=true").with("—")
}

/// Stars, 1–5.
fn stars(count: u8) -> Node {
    // One path for all stars of a kind: a long table has hundreds.
    let some = |names: &'static str, from: u8, count: u8| {
        let mut line = String::new();
        for at in 0..count {
            if at == 0 {
                line.push_str(&phrase("M").and(6 + 13 * usize::from(from)).and(" .6l").text());
            } else {
                line.push_str("m13 0 ");
            }
            line.push_str(STAR);
        }
        el("path").class(names).set("d", line)
    };
    let on = count.min(5);
    el("svg.stars|viewBox=0 0 64 12|aria-hidden=true").with(some("on", 0, on)).with(some(
        "off",
        on,
        5 - on,
    ))
}

/// A figure as it looks, and the words behind what is drawn.
fn look(look: &Look) -> (Node, String) {
    match look {
        Look::Stars(count) => {
            (stars(*count), phrase(usize::from(*count)).and(" of 5 stars").text())
        }
        Look::Tier("Free", _) => (text("Free"), String::new()),
        Look::Tier(symbol, words) => {
            // The symbol, dimmed to the full five.
            let rest = "$$$$$".get(symbol.len()..).unwrap_or_default();
            let shown = el("span.tier|aria-hidden=true").with(*symbol).with(el("s").with(rest));
            (shown, phrase(*symbol).and(", ").and(*words).text())
        }
        Look::Text(shown) => (text(shown.as_str()), String::new()),
        Look::Disputed(shown) => {
            // Shape and words, not colour alone.
            let mark = el("span.disputed|aria-hidden=true").with("≠");
            (el("span").with(mark).with(" ").with(shown.as_str()), "; catalogs disagree".to_owned())
        }
        Look::Missing => (dash().class("none"), "not stated".to_owned()),
    }
}

/// A figure that opens its explanation.
pub fn figure_button(scene: &Scene, figure: &Figure) -> Node {
    let explanation = figure.explanation.clone();
    look_button(scene, figure.label, &figure.look, Rc::new(move || Some(explanation.clone())))
}

/// The same, where the explanation is made when it is asked for.
pub fn look_button(
    scene: &Scene,
    label: &'static str,
    look: &Look,
    explain: Rc<dyn Fn() -> Option<Rc<Explanation>>>,
) -> Node {
    let open = scene.explanation.clone();
    let (shown, words) = self::look(look);
    el("button.figure|popovertarget=explanation|title=How this figure came about")
        .with(shown)
        // One text for all that is not to be seen: each is laid out on its own.
        .with(unseen(phrase(&words).and("; explain ").and(label)))
        .pressed(move || open.set(explain().map(|explanation| (label, explanation))))
}
