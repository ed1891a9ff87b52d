//! What a card shows when there is nothing to show: what failed, and what to do.

use super::node::{Node, button, class, el, isolated, nothing, plain};
use crate::platform::failure::Failure;
use crate::state::CardState;

/// The catalog is not to be had.
pub fn failed(state: &CardState, failure: &Failure) -> Node {
    let url = failure
        .url
        .clone()
        .map_or_else(nothing, |url| el("p", class("muted"), el("code", plain(), url)));
    let retrying = state.clone();
    let retry = button(class("button"), "Try again", move || retrying.retry());
    el(
        "div",
        class("fault").set("part", "fault").set("role", "status"),
        (
            el("p", plain(), failure.to_string()),
            url,
            el("p", class("actions"), (retry, el("small", class("muted"), failure.code()))),
        ),
    )
}

/// No model has the id asked for.
pub fn unknown_model(state: &CardState, wanted: &str, nearest: &[String]) -> Node {
    let said = if wanted.trim().is_empty() {
        el("p", plain(), "No model is named. Set the attribute model to a model's id.")
    } else {
        let id = el("code", plain(), isolated(wanted));
        el("p", plain(), ("The catalog has no model ", id, "."))
    };
    let offers = if nearest.is_empty() {
        nothing()
    } else {
        let offers: Vec<Node> = nearest
            .iter()
            .map(|id| {
                let (state, target) = (state.clone(), id.clone());
                el("li", plain(), button(class("link"), id.clone(), move || state.open(&target)))
            })
            .collect();
        let lead = el("p", plain(), "Nearest ids:");
        el("div", plain(), (lead, el("ul", class("offers"), offers)))
    };
    el("div", class("fault").set("part", "fault").set("role", "status"), (said, offers))
}
