//! What a workload costs: the sums, the bill, and a table beside other models.

use super::node::{Node, el, live, nothing, text};
use super::pricing::{item_label, unit_label};
use super::scene::{Scene, titled};
use super::table::table;
use super::workload::form;
use crate::catalog::{Decimal, Gather, Price, phrase};
use crate::cost::{Bill, Line, Workload, WorkloadCost};
use crate::platform::clock;
use crate::platform::intl::Language;
use crate::ranking::SortKey;
use crate::state::{Cell, Column, Costed, Estimate, Row, Table};

/// The columns of a bill.
const BILL_COLUMNS: [Column; 4] = [
    Column::text("item", "Item").fixed(),
    Column::figures("quantity", "Quantity", "").fixed(),
    Column::figures("rate", "Rate", "").fixed(),
    Column::figures("cost", "Cost", "").fixed(),
];

/// The columns of a comparison of costs.
const COST_COLUMNS: [Column; 5] = [
    Column::text("model", "Model").fixed(),
    Column::text("share", "Relative").fixed(),
    Column::figures("month", "Month", "").fixed(),
    Column::figures("day", "Day", "").fixed(),
    Column::figures("request", "Request", "").fixed(),
];

/// The section `estimate`.
pub fn estimate(scene: &Scene) -> Node {
    let result = {
        let scene = scene.clone();
        live(move || {
            let Some(index) = scene.index else { return nothing() };
            let workload = scene.state.workload();
            let Estimate(costed) =
                Estimate::with_rivals(&scene.library, index, &workload, &clock::now());
            let own = costed.iter().find(|entry| is_own(&scene, entry));
            let own = own.map_or_else(nothing, |own| sums(&scene, &own.cost));
            el("div.estimate").with(own).with(costs(&scene, &workload, &costed))
        })
    };
    estimator(scene, form(scene), result)
}

/// The form above what comes of it.
pub fn estimator(scene: &Scene, form: Node, result: Node) -> Node {
    let body = el("div").with(form).with(result);
    titled(scene, "estimate", "What it costs", "for a workload of yours", body)
}

fn is_own(scene: &Scene, entry: &Costed) -> bool {
    scene.model().is_some_and(|model| model.id == entry.id)
}

/// What the model's own cost adds up to, and how it comes about.
fn sums(scene: &Scene, cost: &WorkloadCost) -> Node {
    let language = &scene.language;
    let currency = &cost.per_request.currency;
    let money = |amount: Option<Decimal>| {
        amount.map_or_else(
            || text("not known"),
            |amount| {
                let least = if cost.incomplete { "at least " } else { "" };
                text(&phrase(least).and(language.money(amount, currency)).text())
            },
        )
    };
    let sum = |label: &'static str, amount| {
        el("div").with(el("dt").with(label)).with(el("dd").with(money(amount)))
    };
    let sums = vec![
        sum("per month", cost.month),
        sum("per day", cost.day),
        sum("per request", cost.per_request.total),
    ];
    let sums = el("div|role=status").with(el("dl.sums").all(sums));
    let mut bills = vec![el("summary").with("The bill of a request")];
    bills.append(&mut request_bills(scene, "", cost));
    el("div").with(sums).with(notes(cost)).with(el("details").all(bills))
}

/// What a reader must know about a cost, each thing once.
pub fn notes(cost: &WorkloadCost) -> Node {
    let mut notes: Vec<Node> = Vec::new();
    let long = cost.per_long_request.as_ref().map(|bill| bill.notes.as_slice());
    let mut said: Vec<&str> = Vec::new();
    for all in [&cost.notes, &cost.per_request.notes, long.unwrap_or_default()] {
        for note in all {
            if !said.contains(&note.text.as_str()) {
                said.push(&note.text);
                notes.push(el("li").with(note.text.as_str()));
            }
        }
    }
    if notes.is_empty() { nothing() } else { el("ul.muted small notes").all(notes) }
}

/// The bill of an ordinary request, and of a long one where there are any; where
/// several models have theirs, with the model's name.
pub fn request_bills(scene: &Scene, name: &str, cost: &WorkloadCost) -> Vec<Node> {
    let between = if name.is_empty() { "" } else { ": " };
    let long = cost.per_long_request.as_ref();
    let mut tables = Vec::new();
    let mut add = |caption: &'static str, bill: &Bill| {
        let table = bill_table(scene, phrase(caption).and(between).and(name).text(), bill);
        // The table's own caption is unseen.
        let seen = el("p.muted small|aria-hidden=true").with(caption);
        tables.push(if long.is_some() { el("div").with(seen).with(table) } else { table });
    };
    add("An ordinary request", &cost.per_request);
    if let Some(long) = long {
        add("A long-context request", long);
    }
    tables
}

fn bill_table(scene: &Scene, caption: String, bill: &Bill) -> Node {
    let columns = BILL_COLUMNS.to_vec();
    let rows = bill.lines.iter().map(|line| bill_row(&scene.language, line, bill)).gather();
    table(scene, Table::new("bill", caption, columns, rows).into())
}

fn bill_row(language: &Language, line: &Line, bill: &Bill) -> Row {
    let cell = |cell: Cell| (cell, SortKey::Unknown);
    let item = item_label(line.item).to_owned();
    let words = match (&line.condition, line.assumed) {
        (Some(condition), _) => phrase(&item).and(", ").and(condition).text(),
        (None, _) => item,
    };
    let name = if line.assumed {
        Cell::Badged { text: words, badge: "assumed rate", good: false }
    } else {
        Cell::Text(words)
    };
    let rate = match line.rate {
        Price::Known(amount) => Cell::Text(
            phrase(language.price(amount, &bill.currency))
                .and(" / ")
                .and(unit_label(line.unit))
                .text(),
        ),
        other => super::pricing::price_cell(language, other, &bill.currency),
    };
    let cost =
        line.cost.map_or(Cell::Missing, |cost| Cell::Text(language.money(cost, &bill.currency)));
    let quantity = Cell::Text(language.decimal(line.quantity));
    Row::new(vec![cell(name), cell(quantity), cell(rate), cell(cost)])
}

/// What a workload costs with each of some models: a table whose bars are a chart
/// of the same.
pub fn costs(scene: &Scene, workload: &Workload, costed: &[Costed]) -> Node {
    let rows = costed.iter().map(|entry| cost_row(scene, entry)).gather();
    let columns = COST_COLUMNS.to_vec();
    let whose = if scene.index.is_some() {
        "The same workload with the models nearest in price"
    } else {
        "What the workload costs with each model, the cheapest first"
    };
    let long = if workload.long.is_zero() { "" } else { "; a request is an ordinary one" };
    table(scene, Table::new("costs", phrase(whose).and(long).text(), columns, rows).into())
}

fn cost_row(scene: &Scene, entry: &Costed) -> Row {
    let cost = &entry.cost;
    let money = |amount: Option<Decimal>| match amount {
        Some(amount) => {
            let least = if cost.incomplete { "≥ " } else { "" };
            let money = scene.language.money(amount, &cost.per_request.currency);
            Cell::Text(phrase(least).and(&money).text())
        }
        None => Cell::Missing,
    };
    let own = is_own(scene, entry);
    let name = if !cost.fits {
        Cell::Badged { text: entry.name.clone(), badge: "does not fit", good: false }
    } else if own || scene.index.is_none() {
        Cell::Name(entry.name.clone())
    } else {
        Cell::Model { id: entry.id.clone(), name: entry.name.clone(), unavailable: false }
    };
    let cells = [
        name,
        entry.percent.map_or(Cell::Missing, Cell::Bar),
        money(cost.month),
        money(cost.day),
        money(cost.per_request.total),
    ];
    let row = Row::new(cells.into_iter().map(|cell| (cell, SortKey::Unknown)).gather());
    Row { current: own, ..row }
}
