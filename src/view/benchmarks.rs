//! Benchmark results.

use super::card::{Scene, section};
use super::fields::{self, Field, Keyed, MISSING, leave_out_empty};
use super::node::{Node, nothing};
use super::table::table;
use crate::catalog::{BenchmarkResult, counted};
use crate::platform::intl::Language;
use crate::ranking::SortKey;
use crate::state::{Cell, Column, Row, Section, Table};

/// A result, to be shown.
struct Shown<'a> {
    language: &'a Language,
    result: &'a BenchmarkResult,
}

type Fill = fn(&Shown<'_>) -> Keyed;

const FIELDS: [Field<Fill>; 10] = [
    (Column::text("benchmark", "Benchmark"), |shown| fields::name(Some(&shown.result.benchmark))),
    (Column::text("category", "Category"), |shown| fields::name(shown.result.category.as_ref())),
    (Column::text("reasoning", "Reasoning"), |shown| fields::name(shown.result.reasoning.as_ref())),
    (Column::text("free", "Free"), |shown| {
        let word = shown.result.free.map(|free| if free { "Yes" } else { "No" }.to_owned());
        fields::name(word.as_ref())
    }),
    (Column::figures("executions", "Executions", ""), |shown| {
        shown.result.executions.map_or(MISSING, |count| {
            (Cell::Text(shown.language.count(count)), SortKey::Decimal(count.into()))
        })
    }),
    (Column::figures("success_rate", "Success rate", ""), |shown| {
        share(shown.language, shown.result.success_rate)
    }),
    (Column::figures("accuracy", "Accuracy", ""), |shown| {
        share(shown.language, shown.result.accuracy)
    }),
    (Column::figures("cost", "Cost", "$, whole run"), |shown| {
        shown.result.cost.map_or(MISSING, |cost| {
            (Cell::Text(shown.language.money(cost, "USD")), SortKey::Decimal(cost))
        })
    }),
    (Column::figures("duration", "Duration", "s each"), |shown| {
        fields::measure(shown.language, shown.result.duration)
    }),
    (Column::figures("date", "Date", ""), |shown| fields::date(shown.language, shown.result.date)),
];
/// The places of the columns that few sources fill.
const OPTIONAL: [usize; 2] = [5, 9];

/// The section `benchmarks`.
pub fn benchmarks(scene: &Scene) -> Node {
    let Some(model) = scene.model().filter(|model| !model.benchmarks.is_empty()) else {
        return nothing();
    };
    let language = &scene.language;
    let mut rows: Vec<Row> = Vec::new();
    for result in &model.benchmarks {
        rows.push(fields::row(&FIELDS, |fill| fill(&Shown { language, result })));
    }
    let mut columns = fields::columns(&FIELDS);
    leave_out_empty(&OPTIONAL, &mut columns, &mut rows);
    let note = counted(model.benchmarks.len(), "1 result", " results").text();
    let shown = Table::new("benchmarks", "Benchmark results".to_owned(), columns, rows).chosen(
        &scene.state.choices,
        "accuracy",
        true,
    );
    section(scene, Section::Benchmarks, "Benchmark results", &note, table(scene, shown.into()))
}

#[inline(never)]
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // clamped to 0–100
fn share(language: &Language, percent: Option<f64>) -> Keyed {
    percent.map_or(MISSING, |percent| {
        let drawn = percent.clamp(0.0, 100.0).round() as u8;
        (Cell::Share(drawn, language.percent(percent)), SortKey::Number(percent))
    })
}
