//! A plot of two measures: points that a keyboard reaches, the Pareto frontier, and
//! the same as a table.

use std::rc::Rc;

use super::node::{Node, button, class, drawing, el, field, isolated, live, nothing, path, plain};
use super::scene::Scene;
use super::table::table;
use crate::catalog::{Found, Gather};
use crate::platform::{clock, download};
use crate::ranking::SortKey;
use crate::ranking::export::{Mark, svg};
use crate::state::{Axis, Cell, Column, CompareState, Plot, Point, Row, Signal, Table};

/// The columns of the plot as a table.
const COLUMNS: [Column; 4] = [
    Column::text("model", "Model").fixed(),
    Column::figures("across", "Across", "").fixed(),
    Column::figures("up", "Up", "").fixed(),
    Column::text("standing", "Standing").fixed(),
];

/// A shape for each model, so that they are told apart without colours.
const SHAPES: [&str; 8] = ["●", "■", "▲", "◆", "▼", "★", "✚", "⬟"];

/// The shape of the model at a place among those compared.
pub fn shape(place: usize) -> &'static str {
    SHAPES.get(place % SHAPES.len()).copied().unwrap_or("●")
}

/// The plot with its choice of axes.
pub fn plot(scene: &Scene, state: &Rc<CompareState>, known: &[String]) -> Node {
    let (scene, state) = (scene.clone(), state.clone());
    let known: Rc<[String]> = known.into();
    let pressed = Signal::new(None::<String>);
    live(move || {
        let found: Vec<Found<'_>> =
            known.iter().filter_map(|id| scene.library.catalog.find(id)).gather();
        let (across, up) = state.axes.get();
        let workload = state.element.workload();
        let choices = Axis::choices(&found);
        let plot = Plot::of(
            &scene.library,
            &found,
            (&across, &up),
            &workload,
            &clock::now(),
            &scene.language,
        );
        let axes = el(
            "div",
            class("form axes"),
            (
                axis_field(&state, &choices, "Across", across, true),
                axis_field(&state, &choices, "Up", up, false),
            ),
        );
        let drawn = if plot.points.is_empty() { nothing() } else { draw(&plot, &pressed) };
        let lacking = lacking(&plot);
        let summary = el("summary", plain(), "The plot as a table");
        let as_table = el("details", plain(), (summary, table(&scene, rows(&plot).into())));
        let exports = if plot.points.is_empty() { nothing() } else { exports(&plot) };
        el("div", plain(), vec![axes, drawn, sentences(&plot), lacking, as_table, exports])
    })
}

fn axis_field(
    state: &Rc<CompareState>,
    choices: &[(String, String)],
    label: &'static str,
    chosen: String,
    is_across: bool,
) -> Node {
    let state = state.clone();
    let options: Vec<Node> = choices
        .iter()
        .map(|(name, words)| el("option", plain().set("value", name.clone()), words.as_str()))
        .gather();
    let select = field("select", plain().shows(chosen), options, move |name| {
        state.choose_axis(is_across, name);
    });
    el("label", plain(), (el("span", plain(), label), select))
}

/// The plot as a picture to take away.
fn exports(plot: &Plot) -> Node {
    let picture = plot_svg(plot);
    let png = picture.clone();
    let svg = button(class("button"), "Download SVG", move || {
        download::download("models.svg", "image/svg+xml", &picture);
    });
    let png = button(class("button"), "Download PNG", move || {
        download::picture("models.png", &png);
    });
    el("div", class("actions"), (svg, png))
}

/// A point in words.
fn words(plot: &Plot, point: &Point) -> String {
    let (across, up) = &plot.labels;
    let mut words =
        [&point.name, ": ", across, " ", &point.across, "; ", up, " ", &point.up].concat();
    if let Some((_, _, spread)) = &point.spread {
        words.push_str(&[", ", spread].concat());
    }
    match &point.dominated_by {
        Some(by) => words.push_str(&["; dominated by ", by].concat()),
        None => words.push_str("; on the frontier"),
    }
    words
}

fn draw(plot: &Plot, pressed: &Signal<Option<String>>) -> Node {
    let whole = |percent: f64| crate::ranking::one_decimal(percent);
    let mut corners = String::new();
    let frontier = plot.frontier.iter().filter_map(|at| plot.points.get(*at));
    for (at, point) in frontier.enumerate() {
        corners.push(if at == 0 { 'M' } else { 'L' });
        corners.push_str(&whole(point.left));
        corners.push(' ');
        corners.push_str(&whole(point.top));
    }
    let line = |names: &'static str, line: String| {
        path(class(names).set("d", line).set("vector-effect", "non-scaling-stroke"))
    };
    let mut lines = vec![line("grid", "M0 0H100M0 25H100M0 50H100M0 75H100M0 100H100".to_owned())];
    if !corners.is_empty() {
        lines.push(line("line frontier", corners));
    }
    for point in &plot.points {
        if let Some((high, low, _)) = &point.spread {
            let left = whole(point.left);
            let bar = ["M", &left, " ", &whole(*high), "V", &whole(*low)].concat();
            lines.push(line("line spread", bar));
        }
    }
    let svg = drawing(
        class("plot")
            .set("viewBox", "0 0 100 100")
            .set("preserveAspectRatio", "none")
            .set("aria-hidden", "true"),
        lines,
    );
    let points: Vec<Node> = plot.points.iter().map(|point| mark(plot, point, pressed)).gather();
    let label = [&plot.labels.1, " against ", &plot.labels.0].concat();
    let group =
        el("div", class("points").set("role", "group").set("aria-label", label), (svg, points));
    let said = pressed.clone();
    let said = el(
        "p",
        class("small said").set("role", "status"),
        live(move || said.get().unwrap_or_else(|| "Press a point to read its values.".to_owned())),
    );
    let ends = |names: &'static str, ends: [&String; 2]| {
        let ends: Vec<Node> = ends.iter().map(|end| el("span", plain(), end.as_str())).gather();
        el("div", class(names).set("aria-hidden", "true"), ends)
    };
    let keys = el("div", class("keys").set("aria-hidden", "true"), ["↑ ", &plot.labels.1].concat());
    let across =
        el("div", class("keys").set("aria-hidden", "true"), ["→ ", &plot.labels.0].concat());
    el(
        "div",
        class("chart scatter"),
        vec![
            keys,
            ends("axis-y", [&plot.up[1], &plot.up[0]]),
            group,
            ends("axis-x", [&plot.across[0], &plot.across[1]]),
            across,
            said,
        ],
    )
}

fn mark(plot: &Plot, point: &Point, pressed: &Signal<Option<String>>) -> Node {
    let words = words(plot, point);
    let pressed = pressed.clone();
    let names = match (point.dominated_by.is_some(), point.left > 60.0) {
        (false, false) => "point",
        (false, true) => "point before",
        (true, false) => "point dominated",
        (true, true) => "point dominated before",
    };
    let attributes = class(names)
        .set("aria-label", words.clone())
        .set("title", words.clone())
        .set("--left", crate::ranking::one_decimal(point.left))
        .set("--top", crate::ranking::one_decimal(point.top));
    let parts = (
        el("span", class("shape"), shape(point.place)),
        el("span", class("label"), isolated(point.name.clone())),
    );
    button(attributes, parts, move || pressed.set(Some(words.clone())))
}

/// Which models are dominated, and by what.
fn sentences(plot: &Plot) -> Node {
    let best: Vec<&str> = plot
        .frontier
        .iter()
        .filter_map(|at| plot.points.get(*at))
        .map(|point| point.name.as_str())
        .gather();
    if best.is_empty() {
        return nothing();
    }
    let mut items = vec![el(
        "li",
        plain(),
        ["On the Pareto frontier (nothing here is better in both): ", &best.join(", "), "."]
            .concat(),
    )];
    for point in &plot.points {
        if let Some(by) = &point.dominated_by {
            let words = [&point.name, " is dominated by ", by, ", as good or better in both."];
            items.push(el("li", plain(), words.concat()));
        }
    }
    el("ul", class("small notes"), items)
}

fn lacking(plot: &Plot) -> Node {
    if plot.lacking.is_empty() {
        return nothing();
    }
    let items: Vec<Node> = plot
        .lacking
        .iter()
        .map(|(name, missing)| {
            el("li", plain(), [name, " is not drawn; it lacks: ", missing].concat())
        })
        .gather();
    el("ul", class("muted small notes"), items)
}

fn rows(plot: &Plot) -> Table {
    let cell = |text: &str| (Cell::Text(text.to_owned()), SortKey::Unknown);
    let rows = plot
        .points
        .iter()
        .map(|point| {
            let standing = match &point.dominated_by {
                Some(by) => ["dominated by ", by].concat(),
                None => "on the frontier".to_owned(),
            };
            let name = [shape(point.place), " ", &point.name].concat();
            Row::new(vec![cell(&name), cell(&point.across), cell(&point.up), cell(&standing)])
        })
        .gather();
    let columns = COLUMNS.to_vec();
    let caption = [&plot.labels.1, " against ", &plot.labels.0].concat();
    Table::new("plot", caption, columns, rows)
}

fn plot_svg(plot: &Plot) -> String {
    let marks: Vec<Mark<'_>> = plot
        .points
        .iter()
        .map(|point| Mark {
            shape: shape(point.place),
            name: &point.name,
            left: point.left,
            top: point.top,
            spread: point.spread.as_ref().map(|(high, low, _)| (*high, *low)),
            is_dominated: point.dominated_by.is_some(),
        })
        .gather();
    let ends = [&plot.across, &plot.up].map(|ends| ends.each_ref().map(String::as_str));
    svg(&marks, &plot.frontier, [&plot.labels.0, &plot.labels.1], ends)
}
