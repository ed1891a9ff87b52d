//! Tables as data: what every sortable table of a card is made of.

use std::sync::Arc;

use reactive_graph::prelude::*;
use reactive_graph::signal::ArcRwSignal;

use crate::catalog::{Modality, order};
use crate::ranking::{SortKey, compare};

/// A column.
#[derive(Clone, Debug)]
pub struct Column {
    /// The name in events: `input`.
    pub key: &'static str,
    /// The heading.
    pub label: &'static str,
    /// The unit of the figures, under the heading.
    pub unit: &'static str,
    /// Whether the cells are figures, set to the right.
    pub numeric: bool,
    /// Whether the table can be sorted by it.
    pub sortable: bool,
}

impl Column {
    /// A sortable column of text.
    pub const fn text(key: &'static str, label: &'static str) -> Self {
        Self { key, label, unit: "", numeric: false, sortable: true }
    }

    /// A sortable column of figures in a unit.
    pub const fn figures(key: &'static str, label: &'static str, unit: &'static str) -> Self {
        Self { key, label, unit, numeric: true, sortable: true }
    }

    /// The same column, not sortable.
    #[must_use]
    pub const fn fixed(mut self) -> Self {
        self.sortable = false;
        self
    }
}

/// What a cell shows.
#[derive(Clone, Debug)]
pub enum Cell {
    /// Text.
    Text(String),
    /// Text from outside, isolated.
    Name(String),
    /// Text from outside, in the font of code.
    Code(String),
    /// A figure that is not stated.
    Missing,
    /// Text with a word beside it.
    Badged {
        /// The text.
        text: String,
        /// The word.
        badge: &'static str,
        /// Whether the word is good news.
        good: bool,
    },
    /// A model that opens in place.
    Model {
        /// Its id.
        id: String,
        /// Its name.
        name: String,
        /// Whether it is no longer offered.
        unavailable: bool,
    },
    /// What a model reads and produces.
    Modalities(Vec<Modality>, Vec<Modality>),
    /// A figure that explains itself.
    Figure(Box<super::Figure>),
    /// A share in percent (0–100), drawn as a bar with its text.
    Share(u8, String),
    /// Part of the largest value of the column, in percent (0–100), drawn as a bar.
    Bar(u8),
}

/// A row.
#[derive(Clone, Debug)]
pub struct Row {
    /// Its cells, each with the key it is sorted by.
    pub cells: Vec<(Cell, SortKey)>,
    /// Rows of one group stay together.
    pub group: Option<String>,
    /// What the row is filtered by, in lower case.
    pub text: String,
    /// Whether the row is set back.
    pub muted: bool,
    /// Whether the row stands out.
    pub current: bool,
}

impl Row {
    /// A row of these cells.
    pub fn new(cells: Vec<(Cell, SortKey)>) -> Self {
        Self { cells, group: None, text: String::new(), muted: false, current: false }
    }
}

/// How a table is sorted: the column's place, and whether descending.
pub type Sort = Option<(usize, bool)>;

/// A table with its sort order and filter.
#[derive(Clone)]
pub struct Table {
    /// Its name in ids and events.
    pub name: &'static str,
    /// What it holds, for assistive technology.
    pub caption: String,
    /// Its columns; the first one names the row.
    pub columns: Arc<[Column]>,
    /// Its rows, in the order in which they are shown unsorted.
    pub rows: Arc<[Row]>,
    /// How it is sorted.
    pub sort: ArcRwSignal<Sort>,
    /// The text that its rows are filtered by.
    pub filter: ArcRwSignal<String>,
}

impl Table {
    /// A table that is not sorted.
    pub fn new(name: &'static str, caption: String, columns: Vec<Column>, rows: Vec<Row>) -> Self {
        Self {
            name,
            caption,
            columns: columns.into(),
            rows: rows.into(),
            sort: ArcRwSignal::new(None),
            filter: ArcRwSignal::new(String::new()),
        }
    }

    /// The same table, sorted by a column from the start.
    #[must_use]
    pub fn sorted_by(self, key: &str, descending: bool) -> Self {
        let at = self.columns.iter().position(|column| column.key == key);
        self.sort.set(at.map(|at| (at, descending)));
        self
    }

    /// Sorts by a column; by the same column again the other way round.
    pub fn press(&self, column: usize) {
        // Figures start with the largest: who sorts by them asks for the most,
        // except for prices, where the least is wanted.
        let first = self
            .columns
            .get(column)
            .is_some_and(|column| column.numeric && !column.unit.contains('$'));
        self.sort.update(|sort| {
            *sort = match *sort {
                Some((at, descending)) if at == column => Some((at, !descending)),
                _ => Some((column, first)),
            };
        });
    }

    /// How the table is sorted, in words: `Input, ascending`.
    pub fn sorted_words(&self) -> Option<String> {
        let (at, descending) = self.sort.get()?;
        let column = self.columns.get(at)?;
        Some(format!("{}, {}", column.label, if descending { "descending" } else { "ascending" }))
    }

    /// The rows to show, in order.
    pub fn visible(&self) -> Vec<Row> {
        let filter = self.filter.get().trim().to_ascii_lowercase();
        let mut rows: Vec<&Row> =
            self.rows.iter().filter(|row| row.text.contains(&filter)).collect();
        if let Some((at, descending)) = self.sort.get() {
            let key = |place: usize| {
                let cell = rows.get(place).and_then(|row| row.cells.get(at));
                cell.map_or(&SortKey::Unknown, |(_, key)| key)
            };
            let places = order(rows.len(), &mut |a, b| compare(key(a), key(b), descending));
            rows = places.into_iter().filter_map(|place| rows.get(place).copied()).collect();
        }
        // Groups stand where their first row stands.
        let mut grouped: Vec<Row> = Vec::with_capacity(rows.len());
        for row in rows {
            let last = row.group.as_ref().and_then(|group| {
                grouped.iter().rposition(|other| other.group.as_ref() == Some(group))
            });
            grouped.insert(last.map_or(grouped.len(), |last| last + 1), row.clone());
        }
        grouped
    }
}
