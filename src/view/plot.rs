//! A plot of two measures: points that a keyboard reaches, the Pareto frontier, and
//! the same as a table.

use std::rc::Rc;

use super::fields::unsorted;
use super::node::{Node, el, isolated, live, nothing};
use super::scene::Scene;
use super::table::table;
use crate::catalog::{Found, Gather, Words, joined, phrase};
use crate::platform::{clock, download};
use crate::ranking::export::{Mark, svg};
use crate::ranking::one_decimal;
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
        let is_empty = plot.points.is_empty();
        el("div")
            .with(axes)
            .with(if is_empty { nothing() } else { draw(&plot, &pressed) })
            .with(sentences(&plot))
            .with(lacking(&plot))
            .with(
                el("details")
                    .with(el("summary").with("The plot as a table"))
                    .with(table(&scene, rows(&plot).into())),
            )
            .with(if is_empty { nothing() } else { exports(&plot) })
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
    let mut select = el("select").shows(chosen);
    for (name, words) in choices {
        select = select.with(el("option").set("value", name.clone()).with(words));
    }
    let select = select.changed(move |name| state.choose_axis(is_across, name));
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
        .and(&point.up);
    if let Some((_, _, spread)) = &point.spread {
        words = words.and(", ").and(spread);
    }
    words.and("; ").and(standing(point)).text()
}

/// Whether a point is on the frontier, and else what is better.
fn standing(point: &Point) -> Words {
    match &point.dominated_by {
        Some(by) => phrase("dominated by ").and(by),
        None => phrase("on the frontier"),
    }
}

fn line(names: &'static str, line: Words) -> Node {
    el("path|vector-effect=non-scaling-stroke").class(names).set("d", line)
}

/// The words at both ends of an axis.
fn ends(names: &'static str, first: &str, second: &str) -> Node {
    el("div|aria-hidden=true")
        .class(names)
        .with(el("span").with(first))
        .with(el("span").with(second))
}

fn draw(plot: &Plot, pressed: &Signal<Option<String>>) -> Node {
    let mut svg = el("svg.plot|viewBox=0 0 100 100|preserveAspectRatio=none|aria-hidden=true")
        .with(line("grid", phrase("M0 0H100M0 25H100M0 50H100M0 75H100M0 100H100")));
    let mut corners = phrase("");
    for at in &plot.frontier {
        if let Some(point) = plot.points.get(*at) {
            let command = if corners.is_empty() { "M" } else { "L" };
            corners = corners.and(command);
            corners = corners.and(one_decimal(point.left)).and(" ").and(one_decimal(point.top));
        }
    }
    if !corners.is_empty() {
        svg = svg.with(line("line frontier", corners));
    }
    for point in &plot.points {
        if let Some((high, low, _)) = &point.spread {
            let bar = phrase("M")
                .and(one_decimal(point.left))
                .and(" ")
                .and(one_decimal(*high))
                .and("V")
                .and(one_decimal(*low));
            svg = svg.with(line("line spread", bar));
        }
    }
    let mut group = el("div.points|role=group").set("aria-label", caption(plot)).with(svg);
    for point in &plot.points {
        group = group.with(mark(plot, point, pressed));
    }
    let said = pressed.clone();
    let said =
        live(move || said.get().unwrap_or_else(|| "Press a point to read its values.".to_owned()));
    let key = |arrow: &str, label: &String| {
        el("div.keys|aria-hidden=true").with(phrase(arrow).and(label))
    };
    let ([left, right], [bottom, top]) = (&plot.across, &plot.up);
    el("div.chart scatter")
        .with(key("↑ ", &plot.labels.1))
        .with(ends("axis-y", top.as_str(), bottom.as_str()))
        .with(group)
        .with(ends("axis-x", left.as_str(), right.as_str()))
        .with(key("→ ", &plot.labels.0))
        .with(el("p.small said|role=status").with(said))
}

/// What the plot shows.
fn caption(plot: &Plot) -> Words {
    phrase(&plot.labels.1).and(" against ").and(&plot.labels.0)
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
        .set("--left", one_decimal(point.left))
        .set("--top", one_decimal(point.top))
        .with(el("span.shape").with(shape(point.place)))
        .with(el("span.label").with(isolated(&point.name)))
        .pressed(move || pressed.set(Some(words.clone())))
}

/// Which models are dominated, and by what.
fn sentences(plot: &Plot) -> Node {
    let mut best: Vec<&str> = Vec::new();
    for at in &plot.frontier {
        if let Some(point) = plot.points.get(*at) {
            best.push(&point.name);
        }
    }
    if best.is_empty() {
        return nothing();
    }
    let first = phrase("On the Pareto frontier (nothing here is better in both): ");
    let mut list =
        el("ul.small notes").with(el("li").with(first.and(joined(&best, ", ")).and(".")));
    for point in &plot.points {
        if let Some(by) = &point.dominated_by {
            let words = phrase(&point.name).and(" is dominated by ").and(by);
            list = list.with(el("li").with(words.and(", as good or better in both.")));
        }
    }
    list
}

fn lacking(plot: &Plot) -> Node {
    if plot.lacking.is_empty() {
        return nothing();
    }
    let mut list = el("ul.muted small notes");
    for (name, missing) in &plot.lacking {
        let words = phrase(name).and(" is not drawn; it lacks: ").and(missing);
        list = list.with(el("li").with(words));
    }
    list
}

fn rows(plot: &Plot) -> Table {
    let mut rows: Vec<Row> = Vec::new();
    for point in &plot.points {
        rows.push(unsorted(vec![
            Cell::Text(phrase(shape(point.place)).and(" ").and(&point.name)),
            Cell::Text(phrase(&point.across)),
            Cell::Text(phrase(&point.up)),
            Cell::Text(standing(point)),
        ]));
    }
    Table::new("plot", caption(plot).text(), COLUMNS.to_vec(), rows)
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
    let ends = [&plot.across, &plot.up].map(|ends| ends.each_ref().map(Words::as_str));
    svg(&marks, &plot.frontier, [&plot.labels.0, &plot.labels.1], ends)
}
