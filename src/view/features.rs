//! Features, and whether the source states them or they follow from other facts.

use super::card::{Scene, section};
use super::node::{Node, el, fragment, nothing, unseen};
use crate::catalog::{self, phrase};
use crate::state::Section;

/// The section `features`.
pub fn features(scene: &Scene) -> Node {
    let Some(model) = scene.model() else { return nothing() };
    let features = catalog::features(model);
    if features.is_empty() {
        return nothing();
    }
    let mut any_derived = false;
    let mut list = el("ul.chips");
    for feature in features {
        let chip = el("li").with(feature.label);
        list = list.with(match feature.derived_from {
            None => chip,
            Some(reason) => {
                any_derived = true;
                chip.class("derived")
                    .set("title", phrase("Follows from ").and(reason))
                    .with(unseen(phrase(" (follows from ").and(reason).and(")")))
            }
        });
    }
    let note = if any_derived {
        el("p.muted small")
            .with("Dashed: not stated by the source, but following from its other facts.")
    } else {
        nothing()
    };
    section(scene, Section::Features, "Features", "", fragment(vec![list, note]))
}
