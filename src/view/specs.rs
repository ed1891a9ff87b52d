//! Key specifications. What is not known is left out.

use super::card::{Scene, section};
use super::modalities::words;
use super::node::{Node, el, isolated, nothing};
use crate::catalog::{Gather, Status, page_address, short_parameters};
use crate::state::Section;

/// The section `specs`.
pub fn specs(scene: &Scene) -> Node {
    let Some(model) = scene.model() else { return nothing() };
    let language = &scene.language;
    let mut rows: Vec<Node> = Vec::new();
    let row = |label: &'static str, value: Node| {
        el("div").with(el("dt").with(label)).with(el("dd").with(value))
    };
    let mut add = |label: &'static str, value: Option<String>| {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            rows.push(row(label, isolated(value)));
        }
    };
    let tokens = |count: u64| format!("{} tokens", language.count(count));
    add("Author", Some(model.author_name().to_owned()));
    add("Released", model.released.map(|date| language.date(date)));
    add("Knowledge cut-off", model.knowledge_cutoff.map(|date| language.date(date)));
    add("Status", status_words(model.status).map(str::to_owned));
    add("Retires", model.retires.map(|date| language.date(date)));
    add(
        "Parameters",
        model.parameters.map(|parameters| {
            let count = short_parameters(parameters.count);
            if parameters.estimated { format!("~{count} (estimated)") } else { count }
        }),
    );
    add("Context length", model.context_length.map(tokens));
    add("Maximum output", model.max_output.map(tokens));
    add("Input", Some(words(&model.input_modalities)));
    add("Output", Some(words(&model.output_modalities)));
    add("Tokenizer", model.tokenizer.clone());
    add(
        "Weights",
        model.open_weights.map(|open| if open { "Open" } else { "Not published" }.to_owned()),
    );
    if let Some(license) = &model.license {
        rows.push(row("Licence", page_link(&license.name, license.url.as_deref())));
    }
    let links: Vec<Node> =
        model.links.iter().map(|link| page_link(&link.label, Some(&link.url))).gather();
    if !links.is_empty() {
        rows.push(row("Links", el("span.links").all(links)));
    }
    if rows.is_empty() {
        return nothing();
    }
    section(
        scene,
        Section::Specs,
        "Specifications".to_owned(),
        String::new(),
        el("dl.specs").all(rows),
    )
}

/// What a status is called; nothing for a model in service.
pub fn status_words(status: Status) -> Option<&'static str> {
    match status {
        Status::Active => None,
        Status::Preview => Some("Preview"),
        Status::Deprecated => Some("Deprecated"),
        Status::Unavailable => Some("Unavailable"),
    }
}

/// A link to a page of the catalog's choice, or its text where the address is
/// none that a card may link to.
pub fn page_link(label: &str, url: Option<&str>) -> Node {
    match url.and_then(page_address) {
        Some(url) => el("a|rel=noopener noreferrer nofollow ugc|referrerpolicy=no-referrer")
            .set("href", url.clone())
            .with(isolated(label)),
        None => isolated(label),
    }
}
