//! Supported API parameters, each with what it does.

use super::card::{Scene, section};
use super::node::{Node, el, nothing};
use crate::catalog::{parameter_meaning, phrase, plain_text};
use crate::state::Section;

/// The section `parameters`.
pub fn parameters(scene: &Scene) -> Node {
    let Some(model) = scene.model().filter(|model| !model.supported_parameters.is_empty()) else {
        return nothing();
    };
    let mut list = el("dl.parameters");
    for name in &model.supported_parameters {
        let meaning = parameter_meaning(name).unwrap_or("No explanation known.");
        let name = el("dt").with(el("code").with(plain_text(name)));
        list = list.with(el("div").with(name).with(el("dd.muted").with(meaning)));
    }
    let note = phrase(model.supported_parameters.len()).text();
    section(scene, Section::Parameters, "Supported parameters", &note, list)
}
