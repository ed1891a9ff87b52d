//! A plot of two measures: points that a keyboard reaches, the Pareto frontier, and
//! the same as a table.

use std::rc::Rc;

use super::node::{Node, el, fragment, isolated, live, nothing};
use super::scene::Scene;
use super::table::table;
use crate::catalog::{Found, Gather, phrase};
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
        let axes = el("div.form axes")
            .with(axis_field(&state, &choices, "Across", across, true))
            .with(axis_field(&state, &choices, "Up", up, false));
        let drawn = if plot.points.is_empty() { nothing() } else { draw(&plot, &pressed) };
        let lacking = lacking(&plot);
        let summary = el("summary").with("The plot as a table");
        let as_table = el("details").with(summary).with(table(&scene, rows(&plot).into()));
        let exports = if plot.points.is_empty() { nothing() } else { exports(&plot) };
        el("div")
            .with(axes)
            .with(drawn)
            .with(sentences(&plot))
            .with(lacking)
            .with(as_table)
            .with(exports)
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
        .map(|(name, words)| el("option").set("value", name.clone()).with(words.as_str()))
        .gather();
    let select = el("select").shows(chosen).all(options).changed(move |name| {
        state.choose_axis(is_across, name);
    });
    el("label").with(el("span").with(label)).with(select)
}

/// The plot as a picture to take away.
fn exports(plot: &Plot) -> Node {
    let picture = plot_svg(plot);
    let png = picture.clone();
    let svg = el("button.button").with("Download SVG").pressed(move || {
        download::download("models.svg", "image/svg+xml", &picture);
    });
    let png = el("button.button").with("Download PNG").pressed(move || {
        download::picture("models.png", &png);
    });
    el("div.actions").with(svg).with(png)
}

/// A point in words.
fn words(plot: &Plot, point: &Point) -> String {
    let (across, up) = &plot.labels;
    let mut words = phrase(&point.name)
        .and(": ")
        .and(across)
        .and(" ")
        .and(&point.across)
        .and("; ")
        .and(up)
        .and(" ")
        .and(&point.up)
        .text();
    if let Some((_, _, spread)) = &point.spread {
        words.push_str(&phrase(", ").and(spread).text());
    }
    match &point.dominated_by {
        Some(by) => words.push_str(&phrase("; dominated by ").and(by).text()),
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
        el("path|vector-effect=non-scaling-stroke").class(names).set("d", line)
    };
    let mut lines = vec![line("grid", "M0 0H100M0 25H100M0 50H100M0 75H100M0 100H100".to_owned())];
    if !corners.is_empty() {
        lines.push(line("line frontier", corners));
    }
    for point in &plot.points {
        if let Some((high, low, _)) = &point.spread {
            let left = whole(point.left);
            let bar =
                phrase("M").and(&left).and(" ").and(whole(*high)).and("V").and(whole(*low)).text();
            lines.push(line("line spread", bar));
        }
    }
    let svg =
        el("svg.plot|viewBox=0 0 100 100|preserveAspectRatio=none|aria-hidden=true").all(lines);
    let points: Vec<Node> = plot.points.iter().map(|point| mark(plot, point, pressed)).gather();
    let label = phrase(&plot.labels.1).and(" against ").and(&plot.labels.0).text();
    let group =
        el("div.points|role=group").set("aria-label", label).with(svg).with(fragment(points));
    let said = pressed.clone();
    let said = el("p.small said|role=status").with(live(move || {
        said.get().unwrap_or_else(|| "Press a point to read its values.".to_owned())
    }));
    let ends = |names: &'static str, ends: [&String; 2]| {
        let ends: Vec<Node> = ends.iter().map(|end| el("span").with(end.as_str())).gather();
        el("div|aria-hidden=true").class(names).all(ends)
    };
    let keys = el("div.keys|aria-hidden=true").with(phrase("↑ ").and(&plot.labels.1));
    let across = el("div.keys|aria-hidden=true").with(phrase("→ ").and(&plot.labels.0));
    el("div.chart scatter")
        .with(keys)
        .with(ends("axis-y", [&plot.up[1], &plot.up[0]]))
        .with(group)
        .with(ends("axis-x", [&plot.across[0], &plot.across[1]]))
        .with(across)
        .with(said)
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
    el("button")
        .class(names)
        .set("aria-label", words.clone())
        .set("title", words.clone())
        .set("--left", crate::ranking::one_decimal(point.left))
        .set("--top", crate::ranking::one_decimal(point.top))
        .with(el("span.shape").with(shape(point.place)))
        .with(el("span.label").with(isolated(&point.name)))
        .pressed(move || pressed.set(Some(words.clone())))
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
    let mut items = vec![
        el("li").with(
            phrase("On the Pareto frontier (nothing here is better in both): ")
                .and(best.join(", "))
                .and("."),
        ),
    ];
    for point in &plot.points {
        if let Some(by) = &point.dominated_by {
            let words = [&point.name, " is dominated by ", by, ", as good or better in both."];
            items.push(el("li").with(words.concat()));
        }
    }
    el("ul.small notes").all(items)
}

fn lacking(plot: &Plot) -> Node {
    if plot.lacking.is_empty() {
        return nothing();
    }
    let items: Vec<Node> = plot
        .lacking
        .iter()
        .map(|(name, missing)| {
            el("li").with(phrase(name).and(" is not drawn; it lacks: ").and(missing))
        })
        .gather();
    el("ul.muted small notes").all(items)
}

fn rows(plot: &Plot) -> Table {
    let cell = |text: &str| (Cell::Text(text.to_owned()), SortKey::Unknown);
    let rows = plot
        .points
        .iter()
        .map(|point| {
            let standing = match &point.dominated_by {
                Some(by) => phrase("dominated by ").and(by).text(),
                None => "on the frontier".to_owned(),
            };
            let name = phrase(shape(point.place)).and(" ").and(&point.name).text();
            Row::new(vec![cell(&name), cell(&point.across), cell(&point.up), cell(&standing)])
        })
        .gather();
    let columns = COLUMNS.to_vec();
    let caption = phrase(&plot.labels.1).and(" against ").and(&plot.labels.0).text();
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
