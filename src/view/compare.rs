//! The comparison: models in columns, what differs in words, and a plot.

use std::rc::Rc;

use super::combobox::{combobox, full};
use super::comparison::{Line, lines};
use super::node::{Node, el, fragment, icon, isolated, live, nothing, truth, unseen};
use super::plot::{plot, shape};
use super::scene::{Parts, Scene, titled};
use super::table::draw_cell;
use super::workload::form;
use super::{explain, failure, footer};
use crate::catalog::{Found, Gather, counted, joined, phrase, shown_name};
use crate::state::{CompareState, Compared, MOST_MODELS, Unknown};

const LEFT: &str = "M10 3 5 8l5 5";
const RIGHT: &str = "M6 3l5 5-5 5";
const CROSS: &str = "M4 4l8 8M12 4l-8 8";
const PIN: &str = "M5.5 2h5l-.7 4.5 2.7 2.5H3.5l2.7-2.5zM8 9v5";

/// What the table scrolls in.
const REGION: &str = "div.scroll|part=table|role=region|tabindex=0|data-table=compare|\
    aria-label=Comparison, table";

/// A whole comparison.
pub fn compare(state: Rc<CompareState>) -> Node {
    live(move || match state.compared() {
        Compared::Absent(absent) => failure::absent(&state.element, &absent),
        Compared::Models { library, known, unknown, left_out } => {
            let scene = Parts::scene(&state.element, library, None);
            let mut parts = sections(&scene, &state, &known, &unknown, left_out);
            let models: Vec<_> = found(&scene, &known).iter().map(|found| found.model).gather();
            parts.push(explain::popover(&scene));
            parts.push(footer::footer(&scene, &models));
            el("article.card compare|part=card").all(parts)
        }
    })
}

/// A comparison within another element, which explains its figures.
pub fn compare_within(scene: &Scene, state: &Rc<CompareState>) -> Node {
    match state.compared() {
        Compared::Absent(_) => nothing(),
        Compared::Models { known, unknown, left_out, .. } => {
            el("div.card compare").all(sections(scene, state, &known, &unknown, left_out))
        }
    }
}

fn sections(
    scene: &Scene,
    state: &Rc<CompareState>,
    known: &[String],
    unknown: &[Unknown],
    left_out: usize,
) -> Vec<Node> {
    let faults = if unknown.is_empty() {
        nothing()
    } else {
        failure::unknown_models(&state.element, unknown)
    };
    let mut parts = vec![faults, head(scene, state, known, left_out)];
    if !known.is_empty() {
        let costs = el("div").with(form(scene));
        parts.push(titled(scene, "estimate", "Workload", "for a workload of yours", costs));
    }
    if known.len() > 1 {
        let plot = plot(scene, state, known);
        parts.push(titled(scene, "plot", "Plot", "each point is a model", plot));
    }
    parts
}

fn found<'a>(scene: &'a Scene, known: &[String]) -> Vec<Found<'a>> {
    known.iter().filter_map(|id| scene.library.catalog.find(id)).gather()
}

fn head(scene: &Scene, state: &Rc<CompareState>, known: &[String], left_out: usize) -> Node {
    let adder = if known.len() < MOST_MODELS { combobox(scene, state, known) } else { full() };
    let more = match left_out {
        0 => nothing(),
        count => {
            let words = phrase(count).and(" more are named; eight have room side by side.");
            el("p.muted small|role=status").with(words)
        }
    };
    let body = if known.is_empty() {
        el("p").with("No models are chosen yet. Add some to see them side by side.")
    } else {
        let (scene, state, known) = (scene.clone(), state.clone(), known.to_vec());
        live(move || table(&scene, &state, &known))
    };
    let note = match known.len() {
        0 => String::new(),
        count => counted(count, "1 model", " models").text(),
    };
    titled(scene, "comparison", "Comparison", &note, fragment(vec![adder, more, body]))
}

/// The table of the models; the first column names the rows.
fn table(scene: &Scene, state: &Rc<CompareState>, known: &[String]) -> Node {
    let found = found(scene, known);
    let pinned = state.baseline.get();
    let baseline = known.iter().position(|id| Some(id) == pinned.as_ref()).unwrap_or(0);
    let only = state.only_differences.get();
    let all = lines(scene, &found, baseline, &state.element.workload());
    let several = found.len() > 1;
    let mut names: Vec<String> = Vec::new();
    for found in &found {
        names.push(shown_name(found.model));
    }
    // Roles by name: where models stand as cards, the layout is no table's.
    let mut headings =
        el("tr|role=row").with(el("th|scope=col|role=columnheader").with(unseen("Figure")));
    for (at, id) in known.iter().enumerate() {
        headings = headings.with(heading(state, id, &names, at, at == baseline));
    }
    let mut body = el("tbody|role=rowgroup");
    let mut hidden = 0usize;
    for line in &all {
        if only && several && line.is_alike {
            hidden += 1;
        } else {
            body = body.with(row(scene, line));
        }
    }
    let caption = el("caption.unseen").with(phrase("Comparison of ").and(joined(&names, ", ")));
    let table = el("table|role=table")
        .with(caption)
        .with(el("thead|role=rowgroup").with(headings))
        .with(body);
    let mut whole = el("div").with(sentences(&names, baseline, &all));
    if several {
        let switching = state.clone();
        let said = if only {
            phrase(hidden).and(" rows in which all are alike are left out")
        } else {
            phrase("")
        };
        let control = el("button.button switch|role=switch")
            .set("aria-checked", truth(only))
            .with("Only differences")
            .pressed(move || switching.switch_differences());
        whole =
            whole.with(el("div.actions").with(control).with(el("small|role=status").with(said)));
    }
    whole.with(el(REGION).with(table))
}

fn heading(
    state: &Rc<CompareState>,
    id: &str,
    names: &[String],
    at: usize,
    is_baseline: bool,
) -> Node {
    let name = names.get(at).cloned().unwrap_or_default();
    let tool = |line: &'static str, words: &'static str, act: fn(&CompareState, &str)| {
        let label = phrase(words).and(" ").and(&name).text();
        let (state, id) = (state.clone(), id.to_owned());
        el("button.icon-button")
            .set("title", words)
            .with(icon(line))
            .with(unseen(label))
            .pressed(move || act(&state, &id))
    };
    let mut tools: Vec<Node> = Vec::new();
    if at > 0 {
        tools.push(tool(LEFT, "Move back", |state, id| state.shift(id, false)));
    }
    if at + 1 < names.len() {
        tools.push(tool(RIGHT, "Move on", |state, id| state.shift(id, true)));
    }
    if names.len() > 1 && !is_baseline {
        tools.push(tool(PIN, "Compare with", CompareState::pin));
    }
    tools.push(tool(CROSS, "Remove", CompareState::remove));
    let mark = el("span.shape|aria-hidden=true").with(shape(at));
    let badge =
        if is_baseline && names.len() > 1 { el("small.badge").with("Baseline") } else { nothing() };
    let title = el("span.model").with(mark).with(" ").with(isolated(&name)).with(" ").with(badge);
    el("th|scope=col|role=columnheader")
        .set("title", id.to_owned())
        .with(title)
        .with(el("span.tools").all(tools))
}

fn row(scene: &Scene, line: &Line) -> Node {
    let mut label = el("th|scope=row|role=rowheader").with(&line.label).with(" ");
    if !line.unit.is_empty() {
        label = label.with(el("small").with(line.unit));
    }
    let mut row = el("tr|role=row").with(label);
    for entry in &line.entries {
        let mut cell = el("td|role=cell")
            .set("data-label", line.label.clone())
            .with(draw_cell(scene, &entry.cell))
            .with(" ");
        if entry.is_best {
            // Shape and word, not colour alone.
            cell = cell.with(el("small.badge good").with("✓ best"));
        }
        if let Some(words) = &entry.difference {
            cell = cell.with(el("small.difference").with(words));
        }
        row = row.with(cell);
    }
    row
}

/// How each model differs from the baseline, in a sentence.
fn sentences(names: &[String], baseline: usize, lines: &[Line]) -> Node {
    let Some(base) = names.get(baseline) else { return nothing() };
    if names.len() < 2 {
        return nothing();
    }
    let mut list = el("ul.small notes");
    for (at, name) in names.iter().enumerate() {
        if at == baseline {
            continue;
        }
        let mut said = phrase("");
        for line in lines {
            // The request's cost differs as that of the workload does.
            if line.label != "Request"
                && let Some(words) = line.said(at)
            {
                let between = if said.is_empty() { "" } else { ", " };
                said = said.and(between).and(words);
            }
        }
        if said.is_empty() {
            said = phrase("no figure differs");
        }
        list = list.with(
            el("li")
                .with(isolated(name))
                .with(" beside ")
                .with(isolated(base))
                .with(": ")
                .with(said.and(".")),
        );
    }
    list
}
