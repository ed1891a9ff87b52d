//! Tables whose columns say how they are filled.

use crate::catalog::{Date, Gather, Words};
use crate::platform::intl::Language;
use crate::platform::library::Library;
use crate::ranking::SortKey;
use crate::state::{Cell, Column, Row, figure_key, standing_figure};

/// A cell, with the key that it is sorted by.
pub type Keyed = (Cell, SortKey);

/// A column, and how a cell of it is filled.
pub type Field<Fill> = (Column, Fill);

/// What is not known.
pub const MISSING: Keyed = (Cell::Missing, SortKey::Unknown);

/// The columns of a table.
pub fn columns<Fill>(fields: &[Field<Fill>]) -> Vec<Column> {
    fields.iter().map(|(column, _)| *column).gather()
}

/// A row of it.
pub fn row<Fill: Copy>(fields: &[Field<Fill>], cell: impl Fn(Fill) -> Keyed) -> Row {
    let mut cells = Vec::new();
    for (_, fill) in fields {
        cells.push(cell(*fill));
    }
    Row::new(cells)
}

/// A row of a table that is not sorted.
#[inline(never)]
pub fn unsorted(cells: Vec<Cell>) -> Row {
    let mut keyed = Vec::new();
    for cell in cells {
        keyed.push((cell, SortKey::Unknown));
    }
    Row::new(keyed)
}

/// Leaves out those of the columns at these places that no row fills.
#[inline(never)]
pub fn leave_out_empty(places: &[usize], columns: &mut Vec<Column>, rows: &mut [Row]) {
    for at in places.iter().rev() {
        let is_filled = |row: &Row| !matches!(row.cells.get(*at), Some((Cell::Missing, _)) | None);
        if *at < columns.len() && !rows.iter().any(is_filled) {
            columns.remove(*at);
            for row in &mut *rows {
                if *at < row.cells.len() {
                    row.cells.remove(*at);
                }
            }
        }
    }
}

/// Text from outside.
#[inline(never)]
pub fn name(name: Option<&String>) -> Keyed {
    name.map_or(MISSING, |name| (Cell::Name(name.clone()), SortKey::Text(name.clone())))
}

/// A count in so many words.
#[inline(never)]
pub fn count(count: Option<u64>, words: fn(u64) -> Words) -> Keyed {
    count.map_or(MISSING, |count| (Cell::Text(words(count)), SortKey::Decimal(count.into())))
}

/// A day.
#[inline(never)]
pub fn date(language: &Language, date: Option<Date>) -> Keyed {
    date.map_or(MISSING, |date| {
        (Cell::Text(language.date(date)), SortKey::Number(date.unix_milliseconds()))
    })
}

/// Speed, ability or cost tier of the model at a place in the catalog.
#[inline(never)]
pub fn standing(library: &Library, index: Option<usize>, label: &'static str) -> Keyed {
    let figure = index.and_then(|index| standing_figure(library, index, label));
    figure.map_or(MISSING, |figure| {
        let key = figure_key(&figure.look);
        (Cell::Figure(Box::new(figure)), key)
    })
}

/// A measurement.
#[inline(never)]
pub fn measure(language: &Language, number: Option<f64>) -> Keyed {
    number.map_or(MISSING, |number| (Cell::Text(language.measure(number)), SortKey::Number(number)))
}
