//! Supported API parameters, each with what it does.

use super::card::{Scene, section};
use super::node::{Node, el, nothing};
use crate::catalog::{Gather, parameter_meaning, plain_text};
use crate::state::Section;

/// The section `parameters`.
pub fn parameters(scene: &Scene) -> Node {
    let Some(model) = scene.model().filter(|model| !model.supported_parameters.is_empty()) else {
        return nothing();
    };
    let rows: Vec<Node> = model
        .supported_parameters
        .iter()
        .map(|name| {
            let meaning = parameter_meaning(name).unwrap_or("No explanation known.");
            let name = el("dt").with(el("code").with(plain_text(name)));
            el("div").with(name).with(el("dd.muted").with(meaning))
        })
        .gather();
    let note = format!("{}", rows.len());
    section(
        scene,
        Section::Parameters,
        "Supported parameters".to_owned(),
        note,
        el("dl.parameters").all(rows),
    )
}
