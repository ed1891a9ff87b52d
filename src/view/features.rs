//! Features, and whether the source states them or they follow from other facts.

use super::card::{Scene, section};
use super::node::{Node, el, fragment, nothing, unseen};
use crate::catalog;
use crate::catalog::Gather;
use crate::state::Section;

/// The section `features`.
pub fn features(scene: &Scene) -> Node {
    let Some(model) = scene.model() else { return nothing() };
    let features = catalog::features(model);
    if features.is_empty() {
        return nothing();
    }
    let any_derived = features.iter().any(|feature| feature.derived_from.is_some());
    let chips: Vec<Node> = features
        .into_iter()
        .map(|feature| match feature.derived_from {
            None => el("li").with(feature.label),
            Some(reason) => el("li.derived")
                .set("title", format!("Follows from {reason}"))
                .with(feature.label)
                .with(unseen(format!(" (follows from {reason})"))),
        })
        .gather();
    let note = if any_derived {
        el("p.muted small")
            .with("Dashed: not stated by the source, but following from its other facts.")
    } else {
        nothing()
    };
    section(
        scene,
        Section::Features,
        "Features".to_owned(),
        String::new(),
        fragment(vec![el("ul.chips").all(chips), note]),
    )
}
