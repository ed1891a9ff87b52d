//! Other models by the same author.

use std::rc::Rc;

use super::card::{Scene, section};
use super::fields::{self, Field, Keyed, MISSING};
use super::modalities::words;
use super::node::{Node, el, live, nothing};
use super::pricing::{price_cell, price_key};
use super::scene::Parts;
use super::table::table;
use crate::catalog::{
    Item, Model, Status, counted, phrase, plain_text, short_parameters, short_tokens, shown_name,
};
use crate::ranking::SortKey;
use crate::state::{Cell, Column, Row, Section, Table};

/// A sibling, to be shown.
struct Shown<'a> {
    scene: &'a Parts,
    index: usize,
    model: &'a Model,
    name: String,
}

type Fill = fn(&Shown<'_>) -> Keyed;

const FIELDS: [Field<Fill>; 10] = [
    (Column::text("name", "Name"), |shown| {
        let cell = Cell::Model {
            id: shown.model.id.clone(),
            name: shown.name.clone(),
            unavailable: shown.model.status == Status::Unavailable,
        };
        (cell, SortKey::Text(shown.name.clone()))
    }),
    (Column::figures("released", "Released", ""), |shown| {
        fields::date(&shown.scene.language, shown.model.released)
    }),
    (Column::figures("params", "Params", ""), |shown| {
        shown.model.parameters.map_or(MISSING, |parameters| {
            let about = phrase(if parameters.estimated { "~" } else { "" });
            let text = about.and(short_parameters(parameters.count));
            (Cell::Text(text), SortKey::Decimal(parameters.count.into()))
        })
    }),
    (Column::figures("context", "Context", "tokens"), |shown| {
        fields::count(shown.model.context_length, short_tokens)
    }),
    (Column::text("modalities", "Modalities"), |shown| {
        let Model { input_modalities, output_modalities, .. } = shown.model;
        let cell = Cell::Modalities(input_modalities.clone(), output_modalities.clone());
        (cell, SortKey::Text(words(input_modalities)))
    }),
    (Column::figures("speed", "Speed", ""), |shown| standing(shown, "Speed")),
    (Column::figures("ability", "Ability", ""), |shown| standing(shown, "Ability")),
    (Column::figures("cost", "Cost", "tier"), |shown| standing(shown, "Cost")),
    (Column::prices("input", "Input"), |shown| price(shown, Item::Input)),
    (Column::prices("output", "Output"), |shown| price(shown, Item::Output)),
];

fn standing(shown: &Shown<'_>, label: &'static str) -> Keyed {
    fields::standing(&shown.scene.library, Some(shown.index), label)
}

#[inline(never)]
fn price(shown: &Shown<'_>, item: Item) -> Keyed {
    let compared_in = shown.scene.model().map_or("USD", |model| model.prices.currency());
    let price = shown.model.prices.price(item);
    let currency = shown.model.prices.currency();
    let cell = price_cell(&shown.scene.language, price, currency);
    (cell, price_key(price, currency, compared_in))
}

/// The section `siblings`.
pub fn siblings(scene: &Scene) -> Node {
    let Some(model) = scene.model() else { return nothing() };
    let mut rows: Vec<Row> = Vec::new();
    for (index, sibling) in scene.library.catalog.models.iter().enumerate() {
        if Some(index) != scene.index && sibling.is_by_author_of(model) {
            rows.push(row(scene, index, sibling));
        }
    }
    if rows.is_empty() {
        return nothing();
    }
    let title = match model.author_name() {
        "" => phrase("Other models"),
        author => phrase("Other models by ").and(plain_text(author)),
    }
    .text();
    let note = counted(rows.len(), "1 model", " models").text();
    let caption = phrase(&title).and(", ").and(&note).text();
    let shown: Rc<Table> = Table::new("siblings", caption, fields::columns(&FIELDS), rows)
        .chosen(&scene.state.choices, "released", true)
        .into();
    let body = el("div").with(filter(scene, &shown)).with(table(scene, shown));
    section(scene, Section::Siblings, &title, &note, body)
}

fn filter(scene: &Scene, shown: &Rc<Table>) -> Node {
    let (typed, state) = (shown.choice.filter.clone(), scene.state.clone());
    let input = el("input|type=search|id=filter-siblings|autocomplete=off")
        .shows(typed.get_untracked())
        .changed(move |text| {
            typed.set(text.clone());
            state.changed("filter", |change| change.filter = Some(text));
        });
    let counted = shown.clone();
    let said = live(move || {
        let shown = counted.visible().len();
        if counted.choice.filter.with(String::is_empty) {
            phrase("")
        } else {
            phrase(shown).and(" of ").and(counted.rows.len()).and(" shown")
        }
    });
    el("div.filter")
        .with(el("label|for=filter-siblings").with("Filter by name, id or modality"))
        .with(input)
        .with(el("small.muted|role=status").with(said))
}

fn row(scene: &Parts, index: usize, model: &Model) -> Row {
    let name = shown_name(model);
    let shown = Shown { scene, index, model, name };
    let row = fields::row(&FIELDS, |fill| fill(&shown));
    let unavailable = model.status == Status::Unavailable;
    let text = phrase(shown.name)
        .and(" ")
        .and(&model.id)
        .and(" ")
        .and(words(&model.input_modalities))
        .and(if unavailable { " unavailable" } else { " " });
    Row { text: text.text().to_ascii_lowercase(), muted: unavailable, ..row }
}
