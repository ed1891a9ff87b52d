//! The footer: whose facts these are, of which day, under which licence.

use std::rc::Rc;

use super::card::Scene;
use super::copy::copying;
use super::node::{Node, el, fragment, isolated, live, nothing};
use super::specs::page_link;
use crate::catalog::{Gather, Model, phrase};
use crate::platform::address;

/// The footer of an element that shows these models.
pub fn footer(scene: &Scene, models: &[&Model]) -> Node {
    let mut parts: Vec<Node> = Vec::new();
    let origins = &scene.library.origins;
    for catalog in origins {
        // Several without names are told apart by their addresses.
        let address = catalog.url.as_ref().filter(|_| origins.len() > 1);
        if let Some(name) = catalog.name.as_ref().or(address) {
            parts.push(el("span").with("Catalog: ").with(isolated(name)));
        }
        if let Some(date) = catalog.date {
            parts.push(el("span").with(phrase("As of ").and(scene.language.date(date))));
        }
        if let Some(license) = &catalog.license {
            let link = page_link(&license.name, license.url.as_deref());
            parts.push(el("span").with("Licence: ").with(link));
        }
    }
    let used = sources_of(models);
    let mut sources: Vec<Node> = Vec::new();
    for source in used.iter().filter_map(|key| scene.source(key)) {
        let mut said = el("li").with(page_link(&source.name, source.url.as_deref()));
        if let Some(date) = source.date {
            said = said.with(phrase(", ").and(scene.language.date(date)));
        }
        if let Some(licence) = &source.license {
            said = said.with(phrase(" (").and(licence).and(")"));
        }
        sources.push(said);
    }
    let sources = if sources.is_empty() {
        nothing()
    } else {
        let summary = el("summary").with("Sources");
        el("details").with(summary).with(el("ul").all(sources))
    };
    let missing: Vec<Node> = scene
        .library
        .missing
        .iter()
        .map(|failure| el("p.missing-catalog|role=status").with(failure.words()))
        .gather();
    let state = scene.state.clone();
    let link = live(move || {
        if !state.is_shared.get() {
            return nothing();
        }
        let (copy, said) =
            copying(el("button.link").with("Copy link to this view"), Rc::new(address::href));
        el("span").with(copy).with(" ").with(said)
    });
    el("footer.footer|part=footer")
        .with(fragment(missing))
        .with(fragment(parts))
        .with(link)
        .with(sources)
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
