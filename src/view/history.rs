//! Price history: a step chart, and the same as a table.

use super::card::{Scene, section};
use super::fields::unsorted;
use super::node::{Node, el, nothing};
use super::pricing::{price_cell, price_text};
use super::table::table;
use crate::catalog::{Decimal, Point, Price, Steps, Words, phrase};
use crate::platform::clock;
use crate::platform::intl::Language;
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
    let as_table = el("details")
        .with(el("summary").with("As a table"))
        .with(table(scene, rows(scene, &steps, currency).into()));
    let body = el("div").with(figure).with(as_table);
    section(scene, Section::History, "Price history", "per 1M tokens", body)
}

fn sentence(scene: &Scene, steps: &Steps) -> Words {
    let language = &scene.language;
    let words = match steps.changes() {
        0 => phrase("No change known"),
        1 => phrase("One change"),
        n => phrase(n).and(" changes"),
    };
    let words = match steps.start() {
        Some(date) => words.and(" since ").and(language.date(date)).and("."),
        None => words.and("."),
    };
    match steps.announced().and_then(|step| step.from) {
        Some(day) => words.and(" A change is announced for ").and(language.date(day)).and("."),
        None => words,
    }
}

/// What a price is now.
fn said(language: &Language, price: Option<Price>, currency: &str) -> Words {
    let known = price.and_then(|price| price_text(language, price, currency));
    known.map_or_else(|| phrase("not stated"), phrase)
}

/// Lines are stretched to the width at hand; text stays outside of the drawing, so that
/// it keeps its size.
fn line(names: &'static str, line: Words) -> Node {
    el("path|vector-effect=non-scaling-stroke").class(names).set("d", line)
}

fn chart(scene: &Scene, steps: &Steps, currency: &str) -> Node {
    let language = &scene.language;
    let current = steps.current();
    let input = || said(language, current.map(|step| step.input), currency);
    let output = || said(language, current.map(|step| step.output), currency);
    let label = phrase("Price over time. Input now ")
        .and(input())
        .and(", output now ")
        .and(output())
        .and(". ")
        .and(sentence(scene, steps));
    let mut drawing = el("svg.plot|viewBox=0 0 1000 1000|preserveAspectRatio=none|role=img")
        .set("aria-label", label)
        .with(line("grid", phrase("M0 0H1000M0 500H1000M0 1000H1000")));
    for corners in &steps.line(|step| step.output) {
        drawing = drawing.with(line("line output", path(corners)));
    }
    for corners in &steps.line(|step| step.input) {
        drawing = drawing.with(line("line input", path(corners)));
    }
    let half = steps.top.checked_mul(Decimal::new(5, -1)).unwrap_or_default();
    let amount = |amount| el("span").with(language.price(amount, currency));
    let start = steps.start().map_or_else(|| phrase(""), |date| phrase(language.date(date)));
    let key = |names: &'static str, text: Words| {
        el("span.key").with(el("i|aria-hidden=true").class(names)).with(text)
    };
    el("div.chart")
        .with(
            el("div.keys")
                .with(key("line output", phrase("Output ").and(output())))
                .with(key("line input", phrase("Input ").and(input()))),
        )
        .with(
            el("div.axis-y|aria-hidden=true")
                .with(amount(steps.top))
                .with(amount(half))
                .with(amount(Decimal::ZERO)),
        )
        .with(drawing)
        .with(
            el("div.axis-x|aria-hidden=true")
                .with(el("span").with(start))
                .with(el("span").with(language.date(steps.end))),
        )
}

fn path(corners: &[Point]) -> Words {
    let mut path = phrase("");
    for (index, (x, y)) in corners.iter().enumerate() {
        path = path.and(if index == 0 { "M" } else { "L" });
        path = path.and(x.unsigned_abs()).and(" ").and(y.unsigned_abs());
    }
    path
}

fn rows(scene: &Scene, steps: &Steps, currency: &str) -> Table {
    let language = &scene.language;
    let mut rows: Vec<Row> = Vec::new();
    for step in steps.steps.iter().rev() {
        let from = match (step.previous_seen, step.from) {
            (_, None) => phrase("From the start"),
            (None, Some(from)) => phrase(language.date(from)),
            (Some(before), Some(from)) => {
                phrase("between ").and(language.date(before)).and(" and ").and(language.date(from))
            }
        };
        rows.push(unsorted(vec![
            Cell::Text(from),
            price_cell(language, step.input, currency),
            price_cell(language, step.output, currency),
        ]));
    }
    let columns = COLUMNS.to_vec();
    Table::new("history", "Prices over time, latest first".to_owned(), columns, rows)
}
