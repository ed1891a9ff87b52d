//! What a workload costs: the sums, the bill, and a table beside other models.

use super::fields::unsorted;
use super::node::{IntoNode, Node, el, live, nothing};
use super::pricing::{item_label, price_cell, unit_label};
use super::scene::{Scene, titled};
use super::specs::fact;
use super::table::table;
use super::workload::form;
use crate::catalog::{Decimal, Price, Words, phrase};
use crate::cost::{Bill, Line, Workload, WorkloadCost};
use crate::platform::clock;
use crate::platform::intl::Language;
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

const ORDINARY: &str = "An ordinary request";

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

/// A sum of money, of which more is not known where the cost is incomplete.
#[inline(never)]
fn sum(language: &Language, cost: &WorkloadCost, least: &str, amount: Decimal) -> Words {
    let least = if cost.incomplete { least } else { "" };
    phrase(least).and(language.money(amount, &cost.per_request.currency))
}

/// What the model's own cost adds up to, and how it comes about.
fn sums(scene: &Scene, cost: &WorkloadCost) -> Node {
    let one = |label: &'static str, amount: Option<Decimal>| {
        let said = amount.map(|amount| sum(&scene.language, cost, "at least ", amount));
        fact(label, said.unwrap_or_else(|| phrase("not known")).into_node())
    };
    let sums = el("dl.sums")
        .with(one("per month", cost.month))
        .with(one("per day", cost.day))
        .with(one("per request", cost.per_request.total));
    let bills = el("details").with(el("summary").with("The bill of a request"));
    el("div")
        .with(el("div|role=status").with(sums))
        .with(notes(cost))
        .with(request_bills(scene, bills, "", cost))
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

/// Adds the bill of an ordinary request, and of a long one where there are any; where
/// several models have theirs, with the model's name.
pub fn request_bills(scene: &Scene, to: Node, name: &str, cost: &WorkloadCost) -> Node {
    let Some(long) = &cost.per_long_request else {
        return to.with(bill_table(scene, ORDINARY, name, &cost.per_request));
    };
    // The tables' own captions are unseen.
    let one = |caption: &'static str, bill: &Bill| {
        el("div")
            .with(el("p.muted small|aria-hidden=true").with(caption))
            .with(bill_table(scene, caption, name, bill))
    };
    to.with(one(ORDINARY, &cost.per_request)).with(one("A long-context request", long))
}

fn bill_table(scene: &Scene, caption: &str, name: &str, bill: &Bill) -> Node {
    let mut rows: Vec<Row> = Vec::new();
    for line in &bill.lines {
        rows.push(bill_row(&scene.language, line, bill));
    }
    let between = if name.is_empty() { "" } else { ": " };
    let caption = phrase(caption).and(between).and(name).text();
    table(scene, Table::new("bill", caption, BILL_COLUMNS.to_vec(), rows).into())
}

fn bill_row(language: &Language, line: &Line, bill: &Bill) -> Row {
    let mut words = phrase(item_label(line.item));
    if let Some(condition) = &line.condition {
        words = words.and(", ").and(condition);
    }
    let name = if line.assumed {
        Cell::Badged { text: words, badge: "assumed rate", good: false }
    } else {
        Cell::Text(words)
    };
    let rate = match line.rate {
        Price::Known(amount) => {
            let rate = language.price(amount, &bill.currency);
            Cell::Text(rate.and(" / ").and(unit_label(line.unit)))
        }
        other => price_cell(language, other, &bill.currency),
    };
    let cost =
        line.cost.map_or(Cell::Missing, |cost| Cell::Text(language.money(cost, &bill.currency)));
    unsorted(vec![name, Cell::Text(language.decimal(line.quantity)), rate, cost])
}

/// What a workload costs with each of some models: a table whose bars are a chart
/// of the same.
pub fn costs(scene: &Scene, workload: &Workload, costed: &[Costed]) -> Node {
    let mut rows: Vec<Row> = Vec::new();
    for entry in costed {
        rows.push(cost_row(scene, entry));
    }
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
    let money = |amount: Option<Decimal>| {
        let said = amount.map(|amount| sum(&scene.language, cost, "≥ ", amount));
        said.map_or(Cell::Missing, Cell::Text)
    };
    let own = is_own(scene, entry);
    let name = if !cost.fits {
        Cell::Badged { text: phrase(&entry.name), badge: "does not fit", good: false }
    } else if own || scene.index.is_none() {
        Cell::Name(entry.name.clone())
    } else {
        Cell::Model { id: entry.id.clone(), name: entry.name.clone(), unavailable: false }
    };
    let row = unsorted(vec![
        name,
        entry.percent.map_or(Cell::Missing, Cell::Bar),
        money(cost.month),
        money(cost.day),
        money(cost.per_request.total),
    ]);
    Row { current: own, ..row }
}
