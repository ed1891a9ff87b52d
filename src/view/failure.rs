//! What an element shows when there is nothing to show: what failed, and what to
//! do.

use super::node::{Node, el, isolated, nothing};
use crate::catalog::Gather;
use crate::platform::failure::Failure;
use crate::state::{Absent, ElementState, Unknown};

/// A fault.
pub fn fault(parts: Vec<Node>) -> Node {
    el("div.fault|part=fault|role=status").all(parts)
}

/// There is no catalog, or not yet.
pub fn absent(state: &ElementState, absent: &Absent) -> Node {
    match absent {
        Absent::Loading { slow } => {
            let text = if *slow { "Still loading the catalog…" } else { "Loading" };
            el("div|role=status").class(if *slow { "notice" } else { "unseen" }).with(text)
        }
        Absent::Failed(failure) => failed(state, failure),
    }
}

/// The catalog is not to be had.
fn failed(state: &ElementState, failure: &Failure) -> Node {
    let url =
        failure.url.clone().map_or_else(nothing, |url| el("p.muted").with(el("code").with(url)));
    let retrying = state.clone();
    let retry = el("button.button").with("Try again").pressed(move || retrying.retry());
    fault(vec![
        el("p").with(failure.words()),
        url,
        el("p.actions").with(retry).with(el("small.muted").with(failure.code())),
    ])
}

/// No model has the id asked for.
pub fn unknown_model(state: &ElementState, unknown: &Unknown) -> Node {
    if unknown.wanted.trim().is_empty() {
        fault(vec![el("p").with("No model is named. Set the attribute model to a model's id.")])
    } else {
        unknown_models(state, std::slice::from_ref(unknown))
    }
}

/// No models have these ids; those that may have been meant take their place.
pub fn unknown_models(state: &ElementState, unknown: &[Unknown]) -> Node {
    let mut parts: Vec<Node> = Vec::new();
    for Unknown { wanted, nearest } in unknown {
        let id = el("code").with(isolated(wanted));
        parts.push(el("p").with("The catalog has no model ").with(id).with("."));
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
                el("li").with(el("button.link").with(id).pressed(take))
            })
            .gather();
        let lead = el("p").with("Nearest ids:");
        parts.push(el("div").with(lead).with(el("ul.offers").all(offers)));
    }
    fault(parts)
}
