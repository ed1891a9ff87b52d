//! The card: whatever its state says there is to draw.

use std::sync::Arc;

use reactive_graph::prelude::*;
use reactive_graph::signal::ArcRwSignal;

use super::node::{IntoNode, Node, class, el, live, nothing, unseen};
use super::{
    benchmarks, description, endpoints, estimate, explain, failure, features, footer, header,
    history, parameters, pricing, siblings, specs, summary,
};
use crate::catalog::{Model, Source, display_name};
use crate::platform::intl::Language;
use crate::platform::library::Library;
use crate::ranking::Explanation;
use crate::state::{CardState, Section, Shown};

/// What the sections of a card have in common.
#[derive(Clone)]
pub struct Scene {
    /// The card's state.
    pub state: CardState,
    /// The catalog.
    pub library: Arc<Library>,
    /// The model's place in the catalog.
    pub index: usize,
    /// The reader's language.
    pub language: Language,
    /// The explanation that is open.
    pub explanation: ArcRwSignal<Option<(&'static str, Explanation)>>,
}

impl Scene {
    /// The model shown.
    pub fn model(&self) -> Option<&Model> {
        self.library.catalog.models.get(self.index)
    }

    /// A source that the model's facts name.
    pub fn source(&self, key: &str) -> Option<&Source> {
        self.library.catalog.sources.get(key)
    }

    /// Its name as a card shows it.
    pub fn name(&self) -> String {
        self.model().map_or_else(String::new, |model| {
            display_name(model.name.as_deref(), model.author_name(), &model.id)
        })
    }
}

/// A whole card.
pub fn card(state: CardState) -> Node {
    live(move || match state.shown() {
        Shown::Loading { slow } => loading(slow),
        Shown::Failed(cause) => failure::failed(&state, &cause),
        Shown::UnknownModel { wanted, nearest } => {
            failure::unknown_model(&state, &wanted, &nearest)
        }
        Shown::Model { library, index, back } => {
            let scene = Scene {
                state: state.clone(),
                library,
                index,
                language: state.language.get(),
                explanation: ArcRwSignal::new(None),
            };
            let sections = state.sections.get();
            let parts: Vec<Node> =
                sections.iter().map(|section| draw(*section, &scene, back.as_deref())).collect();
            let way_back = if sections.contains(&Section::Header) {
                nothing()
            } else {
                header::way_back(&scene, back.as_deref())
            };
            el(
                "article",
                class("card").set("part", "card"),
                (way_back, parts, footer::footer(&scene), explain::popover(&scene)),
            )
        }
    })
}

fn draw(section: Section, scene: &Scene, back: Option<&str>) -> Node {
    match section {
        Section::Header => header::header(scene, back),
        Section::Description => description::description(scene),
        Section::Specs => specs::specs(scene),
        Section::Parameters => parameters::parameters(scene),
        Section::Features => features::features(scene),
        Section::Summary => summary::summary(scene),
        Section::Pricing => pricing::pricing(scene),
        Section::History => history::history(scene),
        Section::Endpoints => endpoints::endpoints(scene),
        Section::Benchmarks => benchmarks::benchmarks(scene),
        Section::Siblings => siblings::siblings(scene),
        Section::Estimate => estimate::estimate(scene),
    }
}

fn loading(slow: bool) -> Node {
    let text = if slow { "Still loading the catalog…" } else { "Loading" };
    let shape = if slow { class("notice") } else { class("unseen") };
    el("div", shape.set("role", "status"), text)
}

/// A section with its heading. Its name holds the model's, so that the landmarks
/// of two cards on a page can be told apart.
pub fn section(
    scene: &Scene,
    section: Section,
    title: String,
    note: String,
    body: impl IntoNode,
) -> Node {
    let name = section.name();
    let label = format!("{title}: {}", scene.name());
    let note = if note.is_empty() { nothing() } else { el("small", class("note"), note) };
    let heading = el("h3", class("title").set("part", "title"), (title, unseen(" "), note));
    el(
        "section",
        class("section").set("part", format!("section {name}")).set("aria-label", label),
        (heading, body),
    )
}
