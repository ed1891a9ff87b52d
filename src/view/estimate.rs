//! What a workload costs: the form, the sums, the bill, and the rivals.

use super::card::{Scene, section};
use super::node::{Node, class, el, field, live, nothing, plain, text};
use super::pricing::{item_label, unit_label};
use super::table::table;
use crate::catalog::{Decimal, Price};
use crate::cost::{Bill, Line, Workload};
use crate::platform::clock;
use crate::platform::intl::Language;
use crate::ranking::SortKey;
use crate::state::{Cell, Column, Compared, Estimate, Row, Section, Table};

/// The section `estimate`.
pub fn estimate(scene: &Scene) -> Node {
    let form = {
        let scene = scene.clone();
        live(move || form(&scene, &scene.state.workload()))
    };
    let result = {
        let scene = scene.clone();
        live(move || {
            let workload = scene.state.workload();
            Estimate::new(&scene.library, scene.index, &workload, &clock::now())
                .map_or_else(nothing, |estimate| result(&scene, &workload, &estimate))
        })
    };
    section(
        scene,
        Section::Estimate,
        "What it costs".to_owned(),
        "for a workload of yours".to_owned(),
        el("div", plain(), (form, result)),
    )
}

fn form(scene: &Scene, workload: &Workload) -> Node {
    let preset = workload.preset_name().unwrap_or("");
    let mut options: Vec<Node> = Workload::presets()
        .iter()
        .map(|(name, label, _)| el("option", plain().set("value", *name), *label))
        .collect();
    if preset.is_empty() {
        options.insert(0, el("option", plain().set("value", ""), "Your own"));
    }
    let state = scene.state.clone();
    let choose = field("select", plain().shows(preset), options, move |name| {
        state.change_workload(|workload| *workload = Workload::parse(&name).0);
    });
    let per = match workload.period {
        crate::cost::Period::Day => "/day",
        crate::cost::Period::Month => "/month",
    };
    let number = |label: &'static str, name: &'static str, value: String, most: &'static str| {
        labelled(
            label,
            number_field(scene, name, value, most, if name == "requests" { per } else { "" }),
        )
    };
    let percent = |share: Decimal| share.shifted(2).to_string();
    let state = scene.state.clone();
    let batch = field(
        "select",
        plain().shows(if workload.batch { "on" } else { "off" }),
        (
            el("option", plain().set("value", "off"), "Answers at once"),
            el("option", plain().set("value", "on"), "Batch"),
        ),
        move |value| {
            // One of the two values above: there is nothing to refuse.
            state.change_workload(|workload| {
                let _ = workload.set("batch", &value);
            });
        },
    );
    let requests = if per == "/day" { "Requests per day" } else { "Requests per month" };
    el(
        "div",
        class("form"),
        vec![
            labelled("Workload", choose),
            number("Input tokens", "input", workload.input.to_string(), ""),
            number("of them cached, %", "cached", percent(workload.cached), "100"),
            number("Output tokens", "output", workload.output.to_string(), ""),
            number(requests, "requests", workload.requests.to_string(), ""),
            number("Days per month", "days", workload.days.to_string(), "31"),
            number("Long requests, %", "long", percent(workload.long), "100"),
            labelled("Processing", batch),
        ],
    )
}

fn labelled(label: &'static str, control: Node) -> Node {
    el("label", plain(), (el("span", plain(), label), control))
}

/// A field for one number of the workload. What cannot be read is marked, and
/// changes nothing.
fn number_field(
    scene: &Scene,
    name: &'static str,
    value: String,
    most: &'static str,
    suffix: &'static str,
) -> Node {
    let state = scene.state.clone();
    let mut attributes = plain()
        .set("type", "number")
        .set("inputmode", "decimal")
        .set("min", "0")
        .set("step", "any")
        .set("name", name)
        .shows(value);
    if !most.is_empty() {
        attributes = attributes.set("max", most);
    }
    field("input", attributes, (), move |typed| {
        let value = match most {
            // Shares are typed in percent.
            "100" => match typed.parse::<Decimal>() {
                Ok(percent) => percent.shifted(-2).to_string(),
                Err(_) => return,
            },
            _ => typed + suffix,
        };
        // What cannot be read changes nothing.
        state.change_workload(|workload| {
            let _ = workload.set(name, &value);
        });
    })
}

fn result(scene: &Scene, workload: &Workload, estimate: &Estimate) -> Node {
    let language = &scene.language;
    let cost = &estimate.cost;
    let currency = &cost.per_request.currency;
    let money = |amount: Option<Decimal>| {
        amount.map_or_else(
            || text("not known"),
            |amount| {
                let least = if cost.incomplete { "at least " } else { "" };
                text(&format!("{least}{}", language.money(amount, currency)))
            },
        )
    };
    let sum = |label: &'static str, amount| {
        el("div", plain(), (el("dt", plain(), label), el("dd", plain(), money(amount))))
    };
    let sums = vec![
        sum("per month", cost.month),
        sum("per day", cost.day),
        sum("per request", cost.per_request.total),
    ];
    let sums = el("div", plain().set("role", "status"), el("dl", class("sums"), sums));
    let mut notes: Vec<Node> = Vec::new();
    let bills = [Some(&cost.per_request), cost.per_long_request.as_ref()];
    let all = cost.notes.iter().chain(bills.into_iter().flatten().flat_map(|bill| &bill.notes));
    let mut said: Vec<&str> = Vec::new();
    for note in all {
        if !said.contains(&note.text.as_str()) {
            said.push(&note.text);
            notes.push(el("li", plain(), note.text.as_str()));
        }
    }
    let notes =
        if notes.is_empty() { nothing() } else { el("ul", class("muted small notes"), notes) };
    let mut bills = vec![
        el("summary", plain(), "The bill of a request"),
        bill_table(scene, "bill", "An ordinary request", &cost.per_request),
    ];
    if let Some(long) = &cost.per_long_request {
        bills.push(bill_table(scene, "long-bill", "A long-context request", long));
    }
    let own = el("div", plain(), (sums, notes, el("details", plain(), bills)));
    let beside = compared_table(scene, workload, &estimate.compared);
    el("div", class("estimate"), (own, beside))
}

fn bill_table(scene: &Scene, name: &'static str, caption: &str, bill: &Bill) -> Node {
    let columns = vec![
        Column::text("item", "Item").fixed(),
        Column::figures("quantity", "Quantity", "").fixed(),
        Column::figures("rate", "Rate", "").fixed(),
        Column::figures("cost", "Cost", "").fixed(),
    ];
    let rows = bill.lines.iter().map(|line| bill_row(&scene.language, line, bill)).collect();
    table(scene, &Table::new(name, caption.to_owned(), columns, rows))
}

fn bill_row(language: &Language, line: &Line, bill: &Bill) -> Row {
    let cell = |cell: Cell| (cell, SortKey::Unknown);
    let item = item_label(line.item).to_owned();
    let words = match (&line.condition, line.assumed) {
        (Some(condition), _) => format!("{item}, {condition}"),
        (None, _) => item,
    };
    let name = if line.assumed {
        Cell::Badged { text: words, badge: "assumed rate", good: false }
    } else {
        Cell::Text(words)
    };
    let rate = match line.rate {
        Price::Known(amount) => Cell::Text(format!(
            "{} / {}",
            language.price(amount, &bill.currency),
            unit_label(line.unit)
        )),
        other => super::pricing::price_cell(language, other, &bill.currency),
    };
    let cost =
        line.cost.map_or(Cell::Missing, |cost| Cell::Text(language.money(cost, &bill.currency)));
    let quantity = Cell::Text(language.decimal(line.quantity));
    Row::new(vec![cell(name), cell(quantity), cell(rate), cell(cost)])
}

fn compared_table(scene: &Scene, workload: &Workload, compared: &[Compared]) -> Node {
    let language = &scene.language;
    let rows = compared.iter().map(|entry| compared_row(language, entry)).collect();
    let columns = vec![
        Column::text("model", "Model").fixed(),
        Column::text("share", "Relative").fixed(),
        Column::figures("month", "Month", "").fixed(),
        Column::figures("thousand", "1K requests", "").fixed(),
    ];
    let caption = if workload.long.is_zero() {
        "The same workload with the models nearest in price".to_owned()
    } else {
        "The same workload with the models nearest in price; 1K requests are ordinary ones"
            .to_owned()
    };
    table(scene, &Table::new("rivals", caption, columns, rows))
}

fn compared_row(language: &Language, entry: &Compared) -> Row {
    let money = |amount: Option<Decimal>| match amount {
        Some(amount) => {
            let least = if entry.incomplete { "≥ " } else { "" };
            Cell::Text(format!("{least}{}", language.money(amount, &entry.currency)))
        }
        None => Cell::Missing,
    };
    let name = match (entry.is_own, entry.fits) {
        (_, false) => Cell::Badged { text: entry.name.clone(), badge: "does not fit", good: false },
        (true, true) => Cell::Name(entry.name.clone()),
        (false, true) => {
            Cell::Model { id: entry.id.clone(), name: entry.name.clone(), unavailable: false }
        }
    };
    let cells = [name, Cell::Bar(entry.percent), money(entry.month), money(entry.thousand)];
    let row = Row::new(cells.into_iter().map(|cell| (cell, SortKey::Unknown)).collect());
    Row { current: entry.is_own, ..row }
}
