//! What an element shows when there is nothing to show: what failed, and what to
//! do.

use super::node::{IntoNodes, Node, button, class, el, isolated, nothing, plain};
use crate::catalog::Gather;
use crate::platform::failure::Failure;
use crate::state::{Absent, ElementState, Unknown};

/// A fault.
pub fn fault(children: impl IntoNodes) -> Node {
    el("div", class("fault").set("part", "fault").set("role", "status"), children)
}

/// There is no catalog, or not yet.
pub fn absent(state: &ElementState, absent: &Absent) -> Node {
    match absent {
        Absent::Loading { slow } => {
            let text = if *slow { "Still loading the catalog…" } else { "Loading" };
            let shape = if *slow { class("notice") } else { class("unseen") };
            el("div", shape.set("role", "status"), text)
        }
        Absent::Failed(failure) => failed(state, failure),
    }
}

/// The catalog is not to be had.
fn failed(state: &ElementState, failure: &Failure) -> Node {
    let url = failure
        .url
        .clone()
        .map_or_else(nothing, |url| el("p", class("muted"), el("code", plain(), url)));
    let retrying = state.clone();
    let retry = button(class("button"), "Try again", move || retrying.retry());
    fault((
        el("p", plain(), failure.to_string()),
        url,
        el("p", class("actions"), (retry, el("small", class("muted"), failure.code()))),
    ))
}

/// No model has the id asked for.
pub fn unknown_model(state: &ElementState, unknown: &Unknown) -> Node {
    if unknown.wanted.trim().is_empty() {
        fault(el("p", plain(), "No model is named. Set the attribute model to a model's id."))
    } else {
        unknown_models(state, std::slice::from_ref(unknown))
    }
}

/// No models have these ids; those that may have been meant take their place.
pub fn unknown_models(state: &ElementState, unknown: &[Unknown]) -> Node {
    let mut parts: Vec<Node> = Vec::new();
    for Unknown { wanted, nearest } in unknown {
        let id = el("code", plain(), isolated(wanted.clone()));
        parts.push(el("p", plain(), ("The catalog has no model ", id, ".")));
        if nearest.is_empty() {
            continue;
        }
        let offers: Vec<Node> = nearest
            .iter()
            .map(|id| {
                let (state, wanted, target) = (state.clone(), wanted.clone(), id.clone());
                let take = move || {
                    if state.several {
                        state.replace(&wanted, &target);
                    } else {
                        state.open(&target);
                    }
                };
                el("li", plain(), button(class("link"), id.clone(), take))
            })
            .gather();
        let lead = el("p", plain(), "Nearest ids:");
        parts.push(el("div", plain(), (lead, el("ul", class("offers"), offers))));
    }
    fault(parts)
}
