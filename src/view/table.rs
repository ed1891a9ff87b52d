//! Every table of a card: caption, sortable headings, cells by their kind.

use std::rc::Rc;

use reactive_graph::graph::untrack;

use super::card::Scene;
use super::figure::{figure_button, missing};
use super::modalities::modalities;
use super::node::{IntoNode, Node, el, fragment, isolated, live, nothing, unseen};
use crate::catalog::{Gather, phrase};
use crate::state::{Cell, Row, Table};

/// A table in a region that scrolls sideways, its first column kept.
pub fn table(scene: &Scene, table: Rc<Table>) -> Node {
    let hint = if table.columns.iter().any(|column| column.sortable) {
        unseen(" (column headings with buttons sort the table)")
    } else {
        nothing()
    };
    let caption = el("caption.unseen").with(&table.caption).with(hint);
    let head = {
        let (scene, table) = (scene.clone(), table.clone());
        live(move || {
            let headings: Vec<Node> =
                (0..table.columns.len()).map(|at| heading(&scene, &table, at)).gather();
            el("tr").all(headings)
        })
    };
    let head = el("thead").with(head);
    let numeric: Vec<bool> = table.columns.iter().map(|column| column.numeric).gather();
    let body = {
        let (scene, table) = (scene.clone(), table.clone());
        live(move || {
            let mut group: Option<&String> = None;
            let mut rows: Vec<Node> = Vec::new();
            for row in table.visible() {
                let follows = row.group.is_some() && row.group.as_ref() == group;
                group = row.group.as_ref();
                rows.push(draw_row(&scene, row, &numeric, follows));
            }
            fragment(rows)
        })
    };
    let region = el("div.scroll|part=table|role=region|tabindex=0")
        .set("data-table", table.name)
        .set("aria-label", scene.label(&phrase(&table.caption).and(", table").text()));
    let drawn = el("table").with(caption).with(head).with(el("tbody").with(body));
    let said = live(move || {
        table
            .sorted_words()
            .map_or_else(String::new, |words| phrase("Sorted by ").and(&words).text())
    });
    let said = el("div.unseen|role=status").with(said);
    el("div").with(region.with(drawn)).with(said)
}

/// The value of `aria-sort`.
pub fn direction(descending: bool) -> &'static str {
    if descending { "descending" } else { "ascending" }
}

fn heading(scene: &Scene, table: &Rc<Table>, at: usize) -> Node {
    let Some(column) = table.columns.get(at) else { return nothing() };
    let heading = el("th|scope=col").class_if(column.numeric, "num");
    let unit = if column.unit.is_empty() { nothing() } else { el("small").with(column.unit) };
    if !column.sortable {
        return heading.with(column.label).with(unit);
    }
    let pressed = table.clone();
    let state = scene.state.clone();
    let press = move || {
        pressed.press(at);
        let sort = untrack(|| pressed.sorted_names());
        state.changed("sort", |change| change.sort = sort);
    };
    let control = el("button.sort").with(column.label).with(unit).pressed(press);
    let heading = match table.sorted_at() {
        Some((sorted, descending)) if sorted == at => {
            heading.set("aria-sort", direction(descending))
        }
        _ => heading,
    };
    heading.with(control)
}

fn draw_row(scene: &Scene, row: &Row, numeric: &[bool], follows: bool) -> Node {
    let cells: Vec<Node> = row
        .cells
        .iter()
        .enumerate()
        .map(|(at, (cell, _))| {
            let content = draw_cell(scene, cell);
            if at == 0 {
                el("th|scope=row").with(content)
            } else {
                let number = numeric.get(at).copied().unwrap_or(false);
                el("td").class_if(number, "num").with(content)
            }
        })
        .gather();
    let names = match (row.muted, row.current, follows) {
        (true, ..) => "off",
        (_, true, _) => "current",
        (_, _, true) => "follows",
        _ => "",
    };
    el("tr").class(names).all(cells)
}

/// What a cell shows.
pub fn draw_cell(scene: &Scene, cell: &Cell) -> Node {
    match cell {
        Cell::Text(shown) => shown.into_node(),
        Cell::Name(text) => isolated(text),
        Cell::Code(text) => el("code").with(isolated(text)),
        Cell::Missing => missing(),
        Cell::Badged { text, badge, good } => {
            let badge = el("small").class(if *good { "badge good" } else { "badge" }).with(*badge);
            el("span").with(isolated(text)).with(" ").with(badge)
        }
        Cell::Model { id, name, unavailable } => {
            let (state, target) = (scene.state.clone(), id.clone());
            let badge =
                if *unavailable { el("small.badge").with("Unavailable") } else { nothing() };
            let open = el("button.link").set("title", id.clone()).with(isolated(name)).pressed(
                move || {
                    state.open(&target);
                },
            );
            el("span").with(open).with(" ").with(badge)
        }
        Cell::Modalities(input, output) => modalities(input, output),
        Cell::Figure(figure) => figure_button(scene, figure),
        Cell::Share(percent, text) => el("span.share").with(bar(*percent)).with(text),
        Cell::Bar(percent) => bar(*percent),
    }
}

/// A bar of so many percent (0–100); what it shows stands in words beside it.
pub fn bar(percent: u8) -> Node {
    let line = |names: &'static str, end: u8| {
        el("path").class(names).set("d", phrase("M0 0H").and(usize::from(end)).and("V1H0z"))
    };
    el("svg.bar|viewBox=0 0 100 1|preserveAspectRatio=none|aria-hidden=true")
        .with(line("track", 100))
        .with(line("fill", percent))
}
