//! The performance summary: percentiles as marks on a line, and sentences.

use super::card::{Scene, section};
use super::figure::figure_button;
use super::node::{Node, el, nothing};
use super::table::bar;
use crate::catalog::Gather;
use crate::ranking;
use crate::state::{Section, percentile_figures};

/// The section `summary`.
pub fn summary(scene: &Scene) -> Node {
    let Some(index) = scene.index else { return nothing() };
    let library = &scene.library;
    let percentiles: Vec<Node> = percentile_figures(library, index)
        .iter()
        .map(|(figure, percent)| {
            let label = el("dt").with(figure.label);
            el("div")
                .with(label)
                .with(el("dd").with(bar(*percent)).with(figure_button(scene, figure)))
        })
        .gather();
    let sentences = ranking::summary(&library.catalog, &library.standings, index);
    if percentiles.is_empty() && sentences.is_empty() {
        return nothing();
    }
    let percentiles =
        if percentiles.is_empty() { nothing() } else { el("dl.percentiles").all(percentiles) };
    let text =
        if sentences.is_empty() { nothing() } else { el("p.prose").with(sentences.join(" ")) };
    section(
        scene,
        Section::Summary,
        "Performance".to_owned(),
        String::new(),
        el("div.summary").with(percentiles).with(text),
    )
}
