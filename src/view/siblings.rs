//! Other models by the same author.

use std::rc::Rc;

use super::card::{Scene, section};
use super::node::{Node, el, live, nothing};
use super::pricing::{price_cell, price_key};
use super::table::table;
use crate::catalog::{Item, Model, Status, display_name, short_parameters, short_tokens};
use crate::ranking::SortKey;
use crate::state::{Cell, Column, Row, Section, Table, figure_key, standing_figures};

/// The columns of the table.
const COLUMNS: [Column; 10] = [
    Column::text("name", "Name"),
    Column::figures("released", "Released", ""),
    Column::figures("params", "Params", ""),
    Column::figures("context", "Context", "tokens"),
    Column::text("modalities", "Modalities"),
    Column::figures("speed", "Speed", ""),
    Column::figures("ability", "Ability", ""),
    Column::figures("cost", "Cost", "tier"),
    Column::prices("input", "Input"),
    Column::prices("output", "Output"),
];

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
    let columns = COLUMNS.to_vec();
    let title = match model.author_name() {
        "" => "Other models".to_owned(),
        author => format!("Other models by {}", crate::catalog::plain_text(author)),
    };
    let note =
        if rows.len() == 1 { "1 model".to_owned() } else { format!("{} models", rows.len()) };
    let shown: Rc<Table> = Table::new("siblings", format!("{title}, {note}"), columns, rows)
        .chosen(&scene.state.choices, "released", true)
        .into();
    let body = el("div").with(filter(scene, &shown)).with(table(scene, shown));
    section(scene, Section::Siblings, title, note, body)
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
            String::new()
        } else {
            format!("{shown} of {} shown", counted.rows.len())
        }
    });
    el("div.filter")
        .with(el("label|for=filter-siblings").with("Filter by name, id or modality"))
        .with(input)
        .with(el("small.muted|role=status").with(said))
}

fn row(scene: &Scene, index: usize, model: &Model) -> Row {
    let language = &scene.language;
    let name = display_name(model.name.as_deref(), model.author_name(), &model.id);
    let unavailable = model.status == Status::Unavailable;
    let compared_in = scene.model().map_or("USD", |shown| shown.prices.currency());
    let price = |item| {
        let price = model.prices.price(item);
        let currency = model.prices.currency();
        (price_cell(language, price, currency), price_key(price, currency, compared_in))
    };
    let released = match model.released {
        Some(date) => (Cell::Text(language.date(date)), SortKey::Number(date.unix_milliseconds())),
        None => (Cell::Missing, SortKey::Unknown),
    };
    let params = match model.parameters {
        Some(parameters) => {
            let about = if parameters.estimated { "~" } else { "" };
            let text = format!("{about}{}", short_parameters(parameters.count));
            (Cell::Text(text), SortKey::Decimal(parameters.count.into()))
        }
        None => (Cell::Missing, SortKey::Unknown),
    };
    let context = match model.context_length {
        Some(count) => (Cell::Text(short_tokens(count)), SortKey::Decimal(count.into())),
        None => (Cell::Missing, SortKey::Unknown),
    };
    let words = super::modalities::words(&model.input_modalities);
    let modalities = (
        Cell::Modalities(model.input_modalities.clone(), model.output_modalities.clone()),
        SortKey::Text(words.clone()),
    );
    let mut cells = vec![
        (
            Cell::Model { id: model.id.clone(), name: name.clone(), unavailable },
            SortKey::Text(name.clone()),
        ),
        released,
        params,
        context,
        modalities,
    ];
    for figure in standing_figures(&scene.library, index) {
        let key = figure_key(&figure);
        cells.push((Cell::Figure(Box::new(figure)), key));
    }
    cells.push(price(Item::Input));
    cells.push(price(Item::Output));
    let unavailable_word = if unavailable { "unavailable" } else { "" };
    Row {
        text: format!("{name} {} {words} {unavailable_word}", model.id).to_ascii_lowercase(),
        muted: unavailable,
        ..Row::new(cells)
    }
}
