//! Key specifications. What is not known is left out.

use super::card::{Scene, section};
use super::modalities::words;
use super::node::{Node, el, isolated, nothing};
use crate::catalog::{Date, Status, Words, page_address, phrase, short_parameters};
use crate::platform::intl::Language;
use crate::state::Section;

/// The section `specs`.
pub fn specs(scene: &Scene) -> Node {
    let Some(model) = scene.model() else { return nothing() };
    let language = &scene.language;
    let tokens = |count: Option<u64>| Some(phrase(language.count(count?)).and(" tokens"));
    let mut rows: Vec<Node> = Vec::new();
    state(&mut rows, "Author", Some(phrase(model.author_name())));
    state(&mut rows, "Released", day(language, model.released));
    state(&mut rows, "Knowledge cut-off", day(language, model.knowledge_cutoff));
    state(&mut rows, "Status", status_words(model.status).map(phrase));
    state(&mut rows, "Retires", day(language, model.retires));
    if let Some(parameters) = model.parameters {
        let count = phrase(if parameters.estimated { "~" } else { "" });
        let count = count.and(short_parameters(parameters.count));
        let note = if parameters.estimated { " (estimated)" } else { "" };
        state(&mut rows, "Parameters", Some(count.and(note)));
    }
    state(&mut rows, "Context length", tokens(model.context_length));
    state(&mut rows, "Maximum output", tokens(model.max_output));
    state(&mut rows, "Input", Some(phrase(words(&model.input_modalities))));
    state(&mut rows, "Output", Some(phrase(words(&model.output_modalities))));
    state(&mut rows, "Tokenizer", model.tokenizer.as_ref().map(phrase));
    if let Some(open) = model.open_weights {
        state(&mut rows, "Weights", Some(phrase(if open { "Open" } else { "Not published" })));
    }
    if let Some(license) = &model.license {
        rows.push(fact("Licence", page_link(&license.name, license.url.as_deref())));
    }
    if !model.links.is_empty() {
        let mut links = el("span.links");
        for link in &model.links {
            links = links.with(page_link(&link.label, Some(&link.url)));
        }
        rows.push(fact("Links", links));
    }
    if rows.is_empty() {
        return nothing();
    }
    section(scene, Section::Specs, "Specifications", "", el("dl.specs").all(rows))
}

/// A fact with its label.
#[inline(never)]
pub fn fact(label: &'static str, value: Node) -> Node {
    el("div").with(el("dt").with(label)).with(el("dd").with(value))
}

/// Adds a fact where it is known.
#[inline(never)]
fn state(rows: &mut Vec<Node>, label: &'static str, value: Option<Words>) {
    if let Some(value) = value.filter(|value| !value.is_empty()) {
        rows.push(fact(label, isolated(value)));
    }
}

#[inline(never)]
fn day(language: &Language, date: Option<Date>) -> Option<Words> {
    Some(phrase(language.date(date?)))
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
