//! Every table of a card: caption, sortable headings, cells by their kind.

use std::rc::Rc;

use reactive_graph::graph::untrack;

use super::card::Scene;
use super::figure::{figure_button, missing};
use super::modalities::modalities;
use super::node::{
    Node, button, class, drawing, el, isolated, live, nothing, path, plain, text, unseen,
};
use crate::catalog::Gather;
use crate::state::{Cell, Row, Table};

/// A table in a region that scrolls sideways, its first column kept.
pub fn table(scene: &Scene, table: Rc<Table>) -> Node {
    let hint = if table.columns.iter().any(|column| column.sortable) {
        unseen(" (column headings with buttons sort the table)")
    } else {
        nothing()
    };
    let caption = el("caption", class("unseen"), (table.caption.clone(), hint));
    let head = {
        let (scene, table) = (scene.clone(), table.clone());
        live(move || {
            let headings: Vec<Node> =
                (0..table.columns.len()).map(|at| heading(&scene, &table, at)).gather();
            el("tr", plain(), headings)
        })
    };
    let head = el("thead", plain(), head);
    let numeric: Vec<bool> = table.columns.iter().map(|column| column.numeric).gather();
    let body = {
        let (scene, table) = (scene.clone(), table.clone());
        live(move || -> Vec<Node> {
            let rows = table.visible();
            let mut group: Option<String> = None;
            rows.iter()
                .map(|row| {
                    let follows = row.group.is_some() && row.group == group;
                    group.clone_from(&row.group);
                    draw_row(&scene, row, &numeric, follows)
                })
                .gather()
        })
    };
    let region = class("scroll")
        .set("part", "table")
        .set("role", "region")
        .set("tabindex", "0")
        .set("data-table", table.name)
        .set("aria-label", scene.label(&[&table.caption, ", table"].concat()));
    let drawn = el("table", plain(), (caption, head, el("tbody", plain(), body)));
    let said = live(move || {
        table.sorted_words().map_or_else(String::new, |words| ["Sorted by ", &words].concat())
    });
    let said = el("div", class("unseen").set("role", "status"), said);
    el("div", plain(), (el("div", region, drawn), said))
}

fn heading(scene: &Scene, table: &Rc<Table>, at: usize) -> Node {
    let Some(column) = table.columns.get(at) else { return nothing() };
    let shape = class(if column.numeric { "num" } else { "" }).set("scope", "col");
    let unit = if column.unit.is_empty() { nothing() } else { el("small", plain(), column.unit) };
    if !column.sortable {
        return el("th", shape, (column.label, unit));
    }
    let pressed = table.clone();
    let state = scene.state.clone();
    let press = move || {
        pressed.press(at);
        let sort = untrack(|| pressed.sorted_names());
        state.changed("sort", |change| change.sort = sort);
    };
    let control = button(class("sort"), (column.label, unit), press);
    let shape = match table.sorted_at() {
        Some((sorted, descending)) if sorted == at => {
            shape.set("aria-sort", if descending { "descending" } else { "ascending" })
        }
        _ => shape,
    };
    el("th", shape, control)
}

fn draw_row(scene: &Scene, row: &Row, numeric: &[bool], follows: bool) -> Node {
    let cells: Vec<Node> = row
        .cells
        .iter()
        .enumerate()
        .map(|(at, (cell, _))| {
            let content = draw_cell(scene, cell);
            if at == 0 {
                el("th", plain().set("scope", "row"), content)
            } else {
                let number = numeric.get(at).copied().unwrap_or(false);
                el("td", plain().class_if(number, "num"), content)
            }
        })
        .gather();
    let names = match (row.muted, row.current, follows) {
        (true, ..) => "off",
        (_, true, _) => "current",
        (_, _, true) => "follows",
        _ => "",
    };
    el("tr", class(names), cells)
}

/// What a cell shows.
pub fn draw_cell(scene: &Scene, cell: &Cell) -> Node {
    match cell {
        Cell::Text(shown) => text(shown),
        Cell::Name(text) => isolated(text.clone()),
        Cell::Code(text) => el("code", plain(), isolated(text.clone())),
        Cell::Missing => missing(),
        Cell::Badged { text, badge, good } => {
            let badge = el("small", class(if *good { "badge good" } else { "badge" }), *badge);
            el("span", plain(), (isolated(text.clone()), " ", badge))
        }
        Cell::Model { id, name, unavailable } => {
            let (state, target) = (scene.state.clone(), id.clone());
            let badge =
                if *unavailable { el("small", class("badge"), "Unavailable") } else { nothing() };
            let open =
                button(class("link").set("title", id.clone()), isolated(name.clone()), move || {
                    state.open(&target);
                });
            el("span", plain(), (open, " ", badge))
        }
        Cell::Modalities(input, output) => modalities(input, output),
        Cell::Figure(figure) => figure_button(scene, figure),
        Cell::Share(percent, text) => el("span", class("share"), (bar(*percent), text.clone())),
        Cell::Bar(percent) => bar(*percent),
    }
}

/// A bar of so many percent (0–100); what it shows stands in words beside it.
pub fn bar(percent: u8) -> Node {
    let line =
        |names: &'static str, end: u8| path(class(names).set("d", format!("M0 0H{end}V1H0z")));
    drawing(
        class("bar")
            .set("viewBox", "0 0 100 1")
            .set("preserveAspectRatio", "none")
            .set("aria-hidden", "true"),
        vec![line("track", 100), line("fill", percent)],
    )
}
