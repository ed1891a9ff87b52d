//! What a reader does with the table of models: search, filter, weigh, choose columns,
//! take it away.

use std::rc::Rc;

use super::copy::copying;
use super::listing::exported;
use super::node::{Node, el, fragment, isolated, live, nothing, truth};
use super::scene::Scene;
use super::workload::form;
use crate::catalog::{Gather, Modality, digits, features, phrase, shown_name};
use crate::platform::download::download;
use crate::ranking::{Filter, export};
use crate::state::{ListingField, ListingState, MOST_MODELS, Signal, set_filter};

/// The criteria that every catalog has, and their words.
const CRITERIA: [(&str, &str); 5] = [
    ("ability", "Ability"),
    ("speed", "Speed"),
    ("price", "Low price"),
    ("context", "Context"),
    ("released", "Recency"),
];

/// Everything above the rows.
pub fn controls(scene: &Scene, state: &Rc<ListingState>) -> Node {
    let (query, searching) = (state.query.clone(), state.clone());
    let search = live(move || {
        let searching = searching.clone();
        el("input|type=search|id=search-models|autocomplete=off|placeholder=Name, id or author")
            .shows(query.get())
            .changed(move |text| searching.search(text))
    });
    let label = el("label.unseen|for=search-models").with("Search models");
    let with = |summary: &'static str, draw: fn(&Scene, &Rc<ListingState>) -> Node| {
        let (scene, state) = (scene.clone(), state.clone());
        unfolding(summary, move || draw(&scene, &state))
    };
    el("div.controls")
        .with(label)
        .with(search)
        .with(with("Filters", filters))
        .with(with("Rank by weights", weights))
        .with(with("Workload", |scene, _| form(scene)))
        .with(with("Columns", columns))
        .with(with("Export", exports))
}

/// Parts that are drawn when they are first unfolded: a page should not wait for what
/// few readers open.
fn unfolding(summary: &'static str, draw: impl Fn() -> Node + 'static) -> Node {
    let seen = Signal::new(false);
    let opened = seen.clone();
    let content = live(move || if seen.get() { draw() } else { nothing() });
    el("details").with(el("summary").with(summary)).with(el("div.panel").with(content)).hears(
        "toggle",
        move |_| {
            if !opened.get_untracked() {
                opened.set(true);
            }
        },
    )
}

fn labelled(label: &'static str, control: Node) -> Node {
    el("label").with(el("span").with(label)).with(control)
}

fn choice(
    state: &Rc<ListingState>,
    name: &'static str,
    label: &'static str,
    shown: String,
    values: &[String],
) -> Node {
    let mut select = el("select").shows(shown).with(el("option|value=").with("Any"));
    for value in values {
        select = select.with(el("option").set("value", value.clone()).with(value));
    }
    let state = state.clone();
    let select = select.changed(move |value| {
        state.change_filter(|filter| set_filter(filter, name, &value));
    });
    labelled(label, select)
}

/// A field of free text. It keeps what has been typed for as long as that means what
/// the filter says.
fn typed(
    state: &Rc<ListingState>,
    name: &'static str,
    label: &'static str,
    kind: &'static str,
    value: fn(&Filter) -> Option<String>,
) -> Node {
    let state = state.clone();
    let text = Signal::new(String::new());
    let input = live(move || {
        let current = state.filter.with(value);
        let mut meant = Filter::default();
        set_filter(&mut meant, name, &text.get_untracked());
        if value(&meant) != current {
            text.set(current.unwrap_or_default());
        }
        let (state, heard) = (state.clone(), text.clone());
        let input = el("input|min=0|step=any").set("type", kind).shows(text.get_untracked());
        input.changed(move |typed| {
            heard.set(typed.clone());
            state.change_filter(|filter| set_filter(filter, name, &typed));
        })
    });
    labelled(label, input)
}

fn switch(state: &Rc<ListingState>, name: &'static str, label: &'static str, is_on: bool) -> Node {
    let state = state.clone();
    el("button.button switch|role=switch").set("aria-checked", truth(is_on)).with(label).pressed(
        move || {
            let value = if is_on { "" } else { "yes" };
            state.change_filter(|filter| set_filter(filter, name, value));
        },
    )
}

fn filters(scene: &Scene, state: &Rc<ListingState>) -> Node {
    let mut authors: Vec<String> = Vec::new();
    let mut labels: Vec<String> = Vec::new();
    let mut reads: Vec<Modality> = Vec::new();
    let insert = |list: &mut Vec<String>, text: &str| {
        if let Err(at) = list.binary_search_by(|known| known.as_str().cmp(text)) {
            list.insert(at, text.to_owned());
        }
    };
    for model in &scene.library.catalog.models {
        if !model.author_key().is_empty() {
            insert(&mut authors, model.author_key());
        }
        for feature in features(model) {
            insert(&mut labels, &feature.label);
        }
        for modality in &model.input_modalities {
            if !reads.contains(modality) {
                reads.push(*modality);
            }
        }
    }
    let reads: Vec<String> = reads.iter().map(|modality| modality.word().to_owned()).gather();
    let state = state.clone();
    let typing = [
        typed(&state, "price", "Mean price up to, $ per 1M", "number", |filter| {
            filter.max_price.map(crate::catalog::Decimal::text)
        }),
        typed(&state, "context", "Context from, tokens", "number", |filter| {
            filter.min_context.map(digits)
        }),
        typed(&state, "since", "Released since", "date", |filter| {
            filter.released_since.map(crate::catalog::Date::text)
        }),
    ];
    let choosing = live(move || {
        let filter = state.filter.get();
        let reset = state.clone();
        let mut parts: Vec<Node> = Vec::new();
        if state.author.with(Option::is_none) {
            let author = filter.author.clone().unwrap_or_default();
            parts.push(choice(&state, "author", "Author", author, &authors));
        }
        let first = filter.input_modalities.first().map(|modality| modality.word().to_owned());
        parts.push(choice(&state, "reads", "Reads", first.unwrap_or_default(), &reads));
        let feature = filter.features.first().cloned().unwrap_or_default();
        parts.push(choice(&state, "feature", "Feature", feature, &labels));
        parts.push(switch(&state, "open", "Open weights", filter.open_weights == Some(true)));
        parts.push(switch(&state, "available", "Still offered", filter.available));
        parts.push(el("button.button").with("Reset filters").pressed(move || {
            reset.query.set(String::new());
            reset.change_filter(|filter| *filter = Filter::default());
        }));
        fragment(parts)
    });
    let mut fields = Vec::from(typing);
    fields.push(choosing);
    el("div.form").all(fields)
}

fn weights(scene: &Scene, state: &Rc<ListingState>) -> Node {
    let (scene, state) = (scene.clone(), state.clone());
    let note = el("p.muted small").with(
        "Each weight is the share that a criterion has in the score. A model that lacks a weighted \
         figure has no score and stands below.",
    );
    let sliders = live(move || {
        let weights = state.weights.get();
        let of = |name: &str| {
            weights.iter().find(|(known, _)| known == name).map_or(0, |(_, weight)| *weight)
        };
        let mut sliders: Vec<Node> = Vec::new();
        for (name, label) in &CRITERIA {
            sliders.push(slider(&state, name, label, of(name)));
        }
        for (name, weight) in &weights {
            if !CRITERIA.iter().any(|(known, _)| known == name) {
                sliders.push(slider(&state, name, name, *weight));
            }
        }
        let known = scene.library.standings.benchmarks();
        let known = known.filter(|name| !weights.iter().any(|(weighed, _)| weighed == name));
        let mut add = el("select").shows("").with(el("option|value=").with("Choose"));
        for name in known {
            add = add.with(el("option").set("value", name.to_owned()).with(name));
        }
        let adding = state.clone();
        let add = add.changed(move |name| {
            if !name.is_empty() {
                adding.weigh(&name, 50);
            }
        });
        sliders.push(labelled("Add a benchmark", add));
        fragment(sliders)
    });
    el("div").with(note).with(el("div.form").with(sliders))
}

fn slider(state: &Rc<ListingState>, name: &str, label: &str, weight: u32) -> Node {
    let (state, name) = (state.clone(), name.to_owned());
    let range = el("input|type=range|min=0|max=100|step=5")
        .shows(phrase(weight))
        .changed(move |value| state.weigh(&name, value.parse().unwrap_or(0)));
    let words = phrase(label).and(", ").and(weight as usize).and("%");
    el("label").with(el("span").with(words)).with(range)
}

fn columns(_: &Scene, state: &Rc<ListingState>) -> Node {
    let state = state.clone();
    live(move || {
        let hidden = state.hidden.get();
        let mut switches = el("div.actions");
        for field in ListingField::ALL {
            // Every row needs its name.
            if field == ListingField::Name {
                continue;
            }
            let state = state.clone();
            switches = switches.with(
                el("button.button switch|role=switch")
                    .set("aria-checked", truth(!hidden.contains(&field)))
                    .with(field.label())
                    .pressed(move || state.toggle(field)),
            );
        }
        switches
    })
}

fn exports(scene: &Scene, state: &Rc<ListingState>) -> Node {
    let file = |label: &'static str,
                name: &'static str,
                kind: &'static str,
                write: fn(&[&str], &[Vec<String>]) -> String| {
        let (scene, state) = (scene.clone(), state.clone());
        el("button.button").with(label).pressed(move || {
            let (headings, rows) = exported(&scene, &state);
            download(name, kind, &write(&headings, &rows));
        })
    };
    let (scene, state) = (scene.clone(), state.clone());
    let written = move || {
        let (headings, rows) = exported(&scene, &state);
        export::markdown(&headings, &rows)
    };
    let copy = el("button.button").with("Copy as Markdown");
    let (copy, said) = copying(copy, Rc::new(written));
    el("div.actions")
        .with(file("Download CSV", "models.csv", "text/csv", export::csv))
        .with(file("Download JSON", "models.json", "application/json", export::json))
        .with(copy)
        .with(said)
}

/// The models that are selected, and the way to see them side by side.
pub fn bar(scene: &Scene, state: &Rc<ListingState>) -> Node {
    let selected = state.element.models.get();
    if selected.is_empty() {
        return nothing();
    }
    let mut actions = el("div.actions");
    for id in selected.iter().take(MOST_MODELS) {
        let name = match scene.library.catalog.find(id) {
            Some(found) => shown_name(found.model),
            None => id.clone(),
        };
        let (state, id) = (state.clone(), id.clone());
        actions = actions.with(
            el("button.button chosen")
                .set("aria-label", phrase("Remove ").and(&name))
                .with(isolated(name))
                .with(" ×")
                .pressed(move || state.select(&id)),
        );
    }
    let words = if state.comparing.get() {
        phrase("Hide the comparison")
    } else {
        phrase("Compare ").and(selected.len()).and(" side by side")
    };
    let state = state.clone();
    let switch = el("button.button good").with(words).pressed(move || state.switch_comparing());
    actions.with(switch)
}
