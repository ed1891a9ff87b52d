//! The header: what decides "is it for me".

use super::card::Scene;
use super::copy::copy_button;
use super::figure::{figure_button, missing};
use super::modalities::modalities;
use super::node::{Node, button, class, el, icon, isolated, nothing, plain, text, unseen};
use super::pricing::price;
use super::specs::status_words;
use crate::catalog::{Item, Model, Status, display_name, plain_text, short_tokens};
use crate::state::standing_figures;

const COPY: &str = "M6.500 5h6A1.500 1.500 0 0 1 14 6.500v6a1.500 1.500 0 0 1-1.500 1.500h-6A1.500 1.500 0 0 1 5 12.500v-6A1.500 1.500 0 0 1 6.500 5M11 5V3.500A1.500 1.500 0 0 0 9.500 2h-6A1.500 1.500 0 0 0 2 3.500v6A1.500 1.500 0 0 0 3.500 11H5";
const BACK: &str = "M10 3 5 8l5 5";

/// The section `header`.
pub fn header(scene: &Scene, back: Option<&str>) -> Node {
    let Some(model) = scene.model() else { return nothing() };
    let author = model.author_name();
    let name = scene.name();
    let released = model
        .released
        .map(|date| format!("released {}", scene.language.date(date)))
        .unwrap_or_default();
    let status = status_words(model.status).map_or_else(nothing, |words| {
        let names = if model.status == Status::Unavailable { "badge bad" } else { "badge" };
        el("small", class(names), words)
    });
    let between = if author.is_empty() || released.is_empty() { "" } else { " · " };
    let by = if author.is_empty() && released.is_empty() {
        nothing()
    } else {
        el("p", class("by"), (isolated(plain_text(author)), between, released))
    };
    let title = el(
        "h2",
        class("name").set("part", "name").set("tabindex", "-1"),
        (isolated(name), " ", status),
    );
    el(
        "header",
        class("header").set("part", "section header"),
        (way_back(scene, back), by, title, id_line(model), facts(scene, model)),
    )
}

/// The way back to the model that the reader came from.
pub fn way_back(scene: &Scene, back: Option<&str>) -> Node {
    let Some(id) = back else { return nothing() };
    let catalog = &scene.library.catalog;
    let name = catalog.find(id).map_or_else(
        || id.to_owned(),
        |found| {
            let model = found.model;
            display_name(model.name.as_deref(), model.author_name(), &model.id)
        },
    );
    let state = scene.state.clone();
    button(class("link back"), (icon(BACK), "Back to ", isolated(name)), move || state.back())
}

fn id_line(model: &Model) -> Node {
    let id = model.id.clone();
    let (copy, said) = copy_button(
        class("icon-button").set("title", "Copy id"),
        (icon(COPY), unseen("Copy id")),
        move || id.clone(),
    );
    el("p", class("id"), (el("code", plain(), isolated(model.id.clone())), copy, said))
}

fn facts(scene: &Scene, model: &Model) -> Node {
    let mut facts: Vec<Node> = Vec::new();
    if let Some(index) = scene.index {
        for figure in &standing_figures(&scene.library, index) {
            facts.push(fact(figure.label, figure_button(scene, figure)));
        }
    }
    let amount = |item| price(&scene.language, model.prices.price(item), model.prices.currency());
    let tokens =
        |count: Option<u64>| count.map_or_else(missing, |count| text(&short_tokens(count)));
    let pair = |a: Node, b: Node| el("span", plain(), (a, " / ", b));
    facts.push(fact("Input / output, 1M tokens", pair(amount(Item::Input), amount(Item::Output))));
    facts.push(fact(
        "Context / max output",
        pair(tokens(model.context_length), tokens(model.max_output)),
    ));
    facts.push(fact("Modalities", modalities(&model.input_modalities, &model.output_modalities)));
    el("dl", class("facts").set("part", "facts"), facts)
}

fn fact(label: &'static str, value: Node) -> Node {
    el("div", plain(), (el("dt", plain(), label), el("dd", plain(), value)))
}
