//! The footer: whose facts these are, of which day, under which licence.

use super::card::Scene;
use super::copy::copy_button;
use super::node::{Node, class, el, isolated, live, nothing, plain};
use super::specs::page_link;
use crate::catalog::{Gather, Model};
use crate::platform::address;

/// The footer of an element that shows these models.
pub fn footer(scene: &Scene, models: &[&Model]) -> Node {
    let mut parts: Vec<Node> = Vec::new();
    let origins = &scene.library.origins;
    for catalog in origins {
        // Several without names are told apart by their addresses.
        let address = catalog.url.as_ref().filter(|_| origins.len() > 1);
        if let Some(name) = catalog.name.as_ref().or(address) {
            parts.push(el("span", plain(), ("Catalog: ", isolated(name.clone()))));
        }
        if let Some(date) = catalog.date {
            parts.push(el("span", plain(), format!("As of {}", scene.language.date(date))));
        }
        if let Some(license) = &catalog.license {
            let link = page_link(&license.name, license.url.as_deref());
            parts.push(el("span", plain(), ("Licence: ", link)));
        }
    }
    let used = sources_of(models);
    let mut sources: Vec<Node> = Vec::new();
    for source in used.iter().filter_map(|key| scene.source(key)) {
        let date = source.date.map(|date| [", ", &scene.language.date(date)].concat());
        let licence = source.license.as_ref().map(|licence| [" (", licence, ")"].concat());
        let link = page_link(&source.name, source.url.as_deref());
        let said = (link, date.unwrap_or_default(), licence.unwrap_or_default());
        sources.push(el("li", plain(), said));
    }
    let sources = if sources.is_empty() {
        nothing()
    } else {
        let summary = el("summary", plain(), "Sources");
        el("details", plain(), (summary, el("ul", plain(), sources)))
    };
    let missing: Vec<Node> = scene
        .library
        .missing
        .iter()
        .map(|failure| el("p", class("missing-catalog").set("role", "status"), failure.to_string()))
        .gather();
    let state = scene.state.clone();
    let link = live(move || {
        if !state.is_shared.get() {
            return nothing();
        }
        let (copy, said) = copy_button(class("link"), "Copy link to this view", address::href);
        el("span", plain(), (copy, " ", said))
    });
    el("footer", class("footer").set("part", "footer"), (missing, parts, link, sources))
}

/// The keys of the sources that the models' facts name, each once.
fn sources_of<'a>(models: &[&'a Model]) -> Vec<&'a str> {
    let mut keys: Vec<&str> = Vec::new();
    let mut add = |key: Option<&'a str>| {
        if let Some(key) = key.filter(|key| !keys.contains(key)) {
            keys.push(key);
        }
    };
    for model in models {
        add(model.source.as_deref());
        add(model.prices.source.as_deref());
        add(model.published.as_ref().and_then(|published| published.source.as_deref()));
        for entry in &model.price_history {
            add(entry.source.as_deref());
        }
        for endpoint in &model.endpoints {
            add(endpoint.source.as_deref());
        }
        for result in &model.benchmarks {
            add(result.source.as_deref());
        }
        for supplement in &model.supplements {
            add(Some(&supplement.source));
        }
    }
    keys
}
