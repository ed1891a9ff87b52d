//! Price history: a step chart, and the same as a table.

use super::card::{Scene, section};
use super::node::{Node, el, nothing};
use super::pricing::{price_cell, price_text};
use super::table::table;
use crate::catalog::{Gather, Point, Step, Steps};
use crate::platform::clock;
use crate::ranking::SortKey;
use crate::state::{Cell, Column, Row, Section, Table};

/// The columns of the table of prices.
const COLUMNS: [Column; 3] = [
    Column::text("from", "From").fixed(),
    Column::prices("input", "Input").fixed(),
    Column::prices("output", "Output").fixed(),
];

/// The section `history`.
pub fn history(scene: &Scene) -> Node {
    let Some(model) = scene.model() else { return nothing() };
    let Some(steps) = Steps::new(&model.price_history, clock::today()) else { return nothing() };
    let currency = model.prices.currency();
    let figure = el("figure.history")
        .with(chart(scene, &steps, currency))
        .with(el("figcaption.muted small").with(sentence(scene, &steps)));
    let summary = el("summary").with("As a table");
    let as_table =
        el("details").with(summary).with(table(scene, rows(scene, &steps, currency).into()));
    section(
        scene,
        Section::History,
        "Price history".to_owned(),
        "per 1M tokens".to_owned(),
        el("div").with(figure).with(as_table),
    )
}

fn sentence(scene: &Scene, steps: &Steps) -> String {
    let since = steps
        .start()
        .map(|date| format!(" since {}", scene.language.date(date)))
        .unwrap_or_default();
    let changes = match steps.changes() {
        0 => format!("No change known{since}."),
        1 => format!("One change{since}."),
        n => format!("{n} changes{since}."),
    };
    match steps.announced().and_then(|step| step.from) {
        Some(day) => format!("{changes} A change is announced for {}.", scene.language.date(day)),
        None => changes,
    }
}

fn chart(scene: &Scene, steps: &Steps, currency: &str) -> Node {
    let language = &scene.language;
    let current = steps.current();
    let said = |price: Option<crate::catalog::Price>| {
        price
            .and_then(|price| price_text(language, price, currency))
            .unwrap_or_else(|| "not stated".to_owned())
    };
    let (input, output) =
        (said(current.map(|step| step.input)), said(current.map(|step| step.output)));
    let label = format!(
        "Price over time. Input now {input}, output now {output}. {}",
        sentence(scene, steps)
    );
    // Lines are stretched to the width at hand; text stays outside of the
    // drawing, so that it keeps its size.
    let line = |price: fn(&Step) -> crate::catalog::Price, names: &'static str| -> Vec<Node> {
        steps
            .line(price)
            .iter()
            .map(|corners| {
                el("path|vector-effect=non-scaling-stroke").class(names).set("d", path(corners))
            })
            .gather()
    };
    let mut lines =
        vec![el("path.grid|d=M0 0H1000M0 500H1000M0 1000H1000|vector-effect=non-scaling-stroke")];
    lines.append(&mut line(|step| step.output, "line output"));
    lines.append(&mut line(|step| step.input, "line input"));
    let drawing = el("svg.plot|viewBox=0 0 1000 1000|preserveAspectRatio=none|role=img")
        .set("aria-label", label)
        .all(lines);
    let half = steps.top.checked_mul(crate::catalog::Decimal::new(5, -1)).unwrap_or_default();
    let axis = [steps.top, half, crate::catalog::Decimal::ZERO]
        .map(|amount| el("span").with(language.price(amount, currency)));
    let start = steps.start().map(|date| language.date(date)).unwrap_or_default();
    let end = language.date(steps.end);
    let key = |names: &'static str, text: String| {
        el("span.key").with(el("i|aria-hidden=true").class(names)).with(text)
    };
    el("div.chart")
        .with(
            el("div.keys")
                .with(key("line output", format!("Output {output}")))
                .with(key("line input", format!("Input {input}"))),
        )
        .with(el("div.axis-y|aria-hidden=true").all(axis.into_iter().gather()))
        .with(drawing)
        .with(
            el("div.axis-x|aria-hidden=true")
                .with(el("span").with(start))
                .with(el("span").with(end)),
        )
}

fn path(corners: &[Point]) -> String {
    let mut path = String::new();
    for (index, (x, y)) in corners.iter().enumerate() {
        path.push(if index == 0 { 'M' } else { 'L' });
        path.push_str(&x.to_string());
        path.push(' ');
        path.push_str(&y.to_string());
    }
    path
}

fn rows(scene: &Scene, steps: &Steps, currency: &str) -> Table {
    let language = &scene.language;
    let rows = steps
        .steps
        .iter()
        .rev()
        .map(|step| {
            let from = match (step.previous_seen, step.from) {
                (_, None) => "From the start".to_owned(),
                (None, Some(from)) => language.date(from),
                (Some(before), Some(from)) => {
                    format!("between {} and {}", language.date(before), language.date(from))
                }
            };
            Row::new(vec![
                (Cell::Text(from), SortKey::Unknown),
                (price_cell(language, step.input, currency), SortKey::Unknown),
                (price_cell(language, step.output, currency), SortKey::Unknown),
            ])
        })
        .gather();
    let columns = COLUMNS.to_vec();
    Table::new("history", "Prices over time, latest first".to_owned(), columns, rows)
}
