//! The card: whatever its state says there is to draw.

use std::rc::Rc;

use super::node::{Node, el, fragment, live, nothing};
pub use super::scene::Scene;
use super::scene::{Parts, titled};
use super::{
    benchmarks, description, endpoints, estimate, explain, failure, features, footer, header,
    history, parameters, pricing, siblings, specs, summary,
};
use crate::catalog::Gather;
use crate::state::{CardState, Section, Shown};

/// A whole card.
pub fn card(state: Rc<CardState>) -> Node {
    live(move || match state.shown() {
        Shown::Absent(absent) => failure::absent(&state.element, &absent),
        Shown::UnknownModel(unknown) => failure::unknown_model(&state.element, &unknown),
        Shown::Model { library, index, back } => {
            let scene = Parts::scene(&state.element, library, Some(index));
            let sections = state.sections.get();
            let mut parts: Vec<Node> = Vec::new();
            for section in &sections {
                parts.push(draw(*section, &state, &scene, back.as_deref()));
            }
            let way_back = if sections.contains(&Section::Header) {
                nothing()
            } else {
                header::way_back(&scene, back.as_deref())
            };
            let models: Vec<_> = scene.model().into_iter().gather();
            el("article.card|part=card")
                .with(way_back)
                .with(fragment(parts))
                .with(footer::footer(&scene, &models))
                .with(explain::popover(&scene))
        }
    })
}

fn draw(section: Section, state: &Rc<CardState>, scene: &Scene, back: Option<&str>) -> Node {
    match section {
        Section::Header => header::header(scene, back),
        Section::Description => description::description(scene),
        Section::Specs => specs::specs(scene),
        Section::Parameters => parameters::parameters(scene),
        Section::Features => features::features(scene),
        Section::Summary => summary::summary(scene),
        Section::Pricing => pricing::pricing(scene),
        Section::History => history::history(scene),
        Section::Endpoints => endpoints::endpoints(state, scene),
        Section::Benchmarks => benchmarks::benchmarks(scene),
        Section::Siblings => siblings::siblings(scene),
        Section::Estimate => estimate::estimate(scene),
    }
}

/// A section of a card with its heading.
pub fn section(scene: &Scene, section: Section, title: &str, note: &str, body: Node) -> Node {
    titled(scene, section.name(), title, note, body)
}
