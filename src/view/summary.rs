//! The performance summary: percentiles as marks on a line, and sentences.

use super::card::{Scene, section};
use super::figure::figure_button;
use super::node::{Node, el, nothing};
use super::table::bar;
use crate::catalog::joined;
use crate::ranking;
use crate::state::{Section, percentile_figures};

/// The section `summary`.
pub fn summary(scene: &Scene) -> Node {
    let Some(index) = scene.index else { return nothing() };
    let library = &scene.library;
    let figures = percentile_figures(library, index);
    let sentences = ranking::summary(&library.catalog, &library.standings, index);
    if figures.is_empty() && sentences.is_empty() {
        return nothing();
    }
    let mut body = el("div.summary");
    if !figures.is_empty() {
        let mut list = el("dl.percentiles");
        for (figure, percent) in &figures {
            let value = el("dd").with(bar(*percent)).with(figure_button(scene, figure));
            list = list.with(el("div").with(el("dt").with(figure.label)).with(value));
        }
        body = body.with(list);
    }
    if !sentences.is_empty() {
        body = body.with(el("p.prose").with(joined(&sentences, " ")));
    }
    section(scene, Section::Summary, "Performance", "", body)
}
