//! The header: what decides "is it for me".

use std::rc::Rc;

use super::card::Scene;
use super::copy::copying;
use super::figure::{figure_button, missing};
use super::modalities::modalities;
use super::node::{IntoNode, Node, el, icon, isolated, nothing, unseen};
use super::pricing::price;
use super::specs::{fact, status_words};
use crate::catalog::{Item, Model, Status, phrase, plain_text, short_tokens, shown_name};
use crate::state::standing_figures;

const COPY: &str = "M6.5 5h6A1.5 1.5 0 0 1 14 6.5v6a1.5 1.5 0 0 1-1.5 1.5h-6A1.5 1.5 0 0 1 5 12.5v-6A1.5 1.5 0 0 1 6.5 5M11 5V3.5A1.5 1.5 0 0 0 9.5 2h-6A1.5 1.5 0 0 0 2 3.5v6A1.5 1.5 0 0 0 3.5 11H5";
const BACK: &str = "M10 3 5 8l5 5";

/// The section `header`.
pub fn header(scene: &Scene, back: Option<&str>) -> Node {
    let Some(model) = scene.model() else { return nothing() };
    let author = model.author_name();
    let mut title = el("h2.name|part=name|tabindex=-1").with(isolated(scene.name())).with(" ");
    if let Some(words) = status_words(model.status) {
        let names = if model.status == Status::Unavailable { "badge bad" } else { "badge" };
        title = title.with(el("small").class(names).with(words));
    }
    let mut by = nothing();
    if !author.is_empty() || model.released.is_some() {
        by = el("p.by").with(isolated(plain_text(author)));
    }
    if let Some(date) = model.released {
        let between = if author.is_empty() { "" } else { " · " };
        by = by.with(phrase(between).and("released ").and(scene.language.date(date)));
    }
    el("header.header|part=section header")
        .with(way_back(scene, back))
        .with(by)
        .with(title)
        .with(id_line(model))
        .with(facts(scene, model))
}

/// The way back to the model that the reader came from.
pub fn way_back(scene: &Scene, back: Option<&str>) -> Node {
    let Some(id) = back else { return nothing() };
    let name = match scene.library.catalog.find(id) {
        Some(found) => shown_name(found.model),
        None => id.to_owned(),
    };
    let state = scene.state.clone();
    el("button.link back")
        .with(icon(BACK))
        .with("Back to ")
        .with(isolated(name))
        .pressed(move || state.back())
}

fn id_line(model: &Model) -> Node {
    let id = model.id.clone();
    let (copy, said) = copying(
        el("button.icon-button|title=Copy id").with(icon(COPY)).with(unseen("Copy id")),
        Rc::new(move || id.clone()),
    );
    el("p.id").with(el("code").with(isolated(&model.id))).with(copy).with(said)
}

fn facts(scene: &Scene, model: &Model) -> Node {
    let mut facts = el("dl.facts|part=facts");
    if let Some(index) = scene.index {
        for figure in &standing_figures(&scene.library, index) {
            facts = facts.with(fact(figure.label, figure_button(scene, figure)));
        }
    }
    let amount = |item| price(&scene.language, model.prices.price(item), model.prices.currency());
    let tokens =
        |count: Option<u64>| count.map_or_else(missing, |count| short_tokens(count).into_node());
    let pair = |a: Node, b: Node| el("span").with(a).with(" / ").with(b);
    let prices = pair(amount(Item::Input), amount(Item::Output));
    let limits = pair(tokens(model.context_length), tokens(model.max_output));
    facts
        .with(fact("Input / output, 1M tokens", prices))
        .with(fact("Context / max output", limits))
        .with(fact("Modalities", modalities(&model.input_modalities, &model.output_modalities)))
}
