//! Benchmark results.

use super::card::{Scene, section};
use super::node::{Node, nothing};
use super::table::table;
use crate::catalog::{BenchmarkResult, Gather};
use crate::platform::intl::Language;
use crate::ranking::SortKey;
use crate::state::{Cell, Column, Row, Section, Table};

/// The section `benchmarks`.
pub fn benchmarks(scene: &Scene) -> Node {
    let Some(model) = scene.model().filter(|model| !model.benchmarks.is_empty()) else {
        return nothing();
    };
    let any = |known: fn(&BenchmarkResult) -> bool| model.benchmarks.iter().any(known);
    let mut columns =
        vec![Column::text("benchmark", "Benchmark"), Column::text("category", "Category")];
    columns.push(Column::text("reasoning", "Reasoning"));
    columns.push(Column::text("free", "Free"));
    columns.push(Column::figures("executions", "Executions", ""));
    if any(|result| result.success_rate.is_some()) {
        columns.push(Column::figures("success_rate", "Success rate", ""));
    }
    columns.push(Column::figures("accuracy", "Accuracy", ""));
    columns.push(Column::figures("cost", "Cost", "$, whole run"));
    columns.push(Column::figures("duration", "Duration", "s each"));
    if any(|result| result.date.is_some()) {
        columns.push(Column::figures("date", "Date", ""));
    }
    let rows =
        model.benchmarks.iter().map(|result| row(&scene.language, result, &columns)).gather();
    let note = match model.benchmarks.len() {
        1 => "1 result".to_owned(),
        n => format!("{n} results"),
    };
    let shown = Table::new("benchmarks", "Benchmark results".to_owned(), columns, rows).chosen(
        &scene.state.choices,
        "accuracy",
        true,
    );
    section(
        scene,
        Section::Benchmarks,
        "Benchmark results".to_owned(),
        note,
        table(scene, shown.into()),
    )
}

fn row(language: &Language, result: &BenchmarkResult, columns: &[Column]) -> Row {
    let text = |value: Option<String>| match value {
        Some(text) => (Cell::Name(text.clone()), SortKey::Text(text)),
        None => (Cell::Missing, SortKey::Unknown),
    };
    let share = |percent: Option<f64>| match percent {
        Some(percent) => (share_cell(language, percent), SortKey::Number(percent)),
        None => (Cell::Missing, SortKey::Unknown),
    };
    let cells = columns
        .iter()
        .map(|column| match column.key {
            "benchmark" => text(Some(result.benchmark.clone())),
            "category" => text(result.category.clone()),
            "reasoning" => text(result.reasoning.clone()),
            "free" => text(result.free.map(|free| if free { "Yes" } else { "No" }.to_owned())),
            "executions" => match result.executions {
                Some(count) => (Cell::Text(language.count(count)), SortKey::Decimal(count.into())),
                None => (Cell::Missing, SortKey::Unknown),
            },
            "success_rate" => share(result.success_rate),
            "accuracy" => share(result.accuracy),
            "cost" => match result.cost {
                Some(cost) => (Cell::Text(language.money(cost, "USD")), SortKey::Decimal(cost)),
                None => (Cell::Missing, SortKey::Unknown),
            },
            "duration" => match result.duration {
                Some(seconds) => (Cell::Text(language.measure(seconds)), SortKey::Number(seconds)),
                None => (Cell::Missing, SortKey::Unknown),
            },
            _ => match result.date {
                Some(date) => {
                    (Cell::Text(language.date(date)), SortKey::Number(date.unix_milliseconds()))
                }
                None => (Cell::Missing, SortKey::Unknown),
            },
        })
        .gather();
    Row::new(cells)
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // clamped to 0–100
fn share_cell(language: &Language, percent: f64) -> Cell {
    Cell::Share(percent.clamp(0.0, 100.0).round() as u8, language.percent(percent))
}
