//! Tables as data: what every sortable table of a card is made of.

use std::cell::{self, RefCell};
use std::rc::Rc;

use super::Signal;
use crate::catalog::{Gather, Modality, Words, find, order, phrase};
use crate::ranking::{SortKey, compare};

/// A column.
#[derive(Clone, Copy, Debug)]
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
    /// Whether the least comes first when the table is first sorted by it.
    pub least_first: bool,
}

impl Column {
    /// A sortable column of text.
    pub const fn text(key: &'static str, label: &'static str) -> Self {
        Self { key, label, unit: "", numeric: false, sortable: true, least_first: true }
    }

    /// A sortable column of figures in a unit.
    pub const fn figures(key: &'static str, label: &'static str, unit: &'static str) -> Self {
        Self { key, label, unit, numeric: true, sortable: true, least_first: false }
    }

    /// A sortable column of prices per 1,000,000 tokens; the cells name the currency.
    pub const fn prices(key: &'static str, label: &'static str) -> Self {
        let column = Self::figures(key, label, "per 1M");
        Self { least_first: true, ..column }
    }

    /// The same column, not sortable.
    #[must_use]
    pub const fn fixed(mut self) -> Self {
        self.sortable = false;
        self
    }
}

/// What a cell shows.
#[derive(Debug)]
pub enum Cell {
    /// Text.
    Text(Words),
    /// Text from outside, isolated.
    Name(String),
    /// Text from outside, in the font of code.
    Code(String),
    /// A figure that is not stated.
    Missing,
    /// Text with a word beside it.
    Badged {
        /// The text.
        text: Words,
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
    Share(u8, Words),
    /// Part of the largest value of the column, in percent (0–100), drawn as a bar.
    Bar(u8),
}

/// A row.
#[derive(Debug)]
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

/// How a table is sorted: the column's key, and whether descending. By its key,
/// since the columns of one model are not those of another.
pub type Sort = Option<(String, bool)>;

/// A table with its sort order and filter.
pub struct Table {
    /// Its name in ids and events.
    pub name: &'static str,
    /// What it holds, for assistive technology.
    pub caption: String,
    /// Its columns; the first one names the row.
    pub columns: Vec<Column>,
    /// Its rows, in the order in which they are shown unsorted.
    pub rows: Vec<Row>,
    /// How it is sorted and filtered.
    pub choice: Rc<Choice>,
}

/// How the reader has sorted and filtered a table.
#[derive(Default)]
pub struct Choice {
    /// How it is sorted.
    pub sort: Signal<Sort>,
    /// The text that its rows are filtered by.
    pub filter: Signal<String>,
    /// How it is sorted before the reader chooses.
    start: RefCell<Sort>,
    /// Whether the reader, or a link, has chosen.
    chosen: cell::Cell<bool>,
}

impl Choice {
    /// The order as part of a link, `-input` for descending; none where the reader
    /// has not chosen one.
    pub fn link(&self) -> Option<String> {
        if !self.chosen.get() {
            return None;
        }
        let (key, descending) = self.sort.get_untracked()?;
        Some(phrase(if descending { "-" } else { "" }).and(&key).text())
    }

    /// Takes such a part. A key that no column has leaves the rows as they are.
    pub fn follow(&self, link: &str) {
        let key = link.strip_prefix('-');
        self.chosen.set(true);
        self.sort.set(Some((key.unwrap_or(link).to_owned(), key.is_some())));
    }

    /// Forgets what the reader has chosen.
    pub fn reset(&self) {
        self.chosen.set(false);
        self.filter.set(String::new());
        self.sort.set(self.start.borrow().clone());
    }
}

/// The choice for a table, made where there is none yet.
pub fn choice_of(choices: &Choices, name: &'static str) -> Rc<Choice> {
    let known = choices.borrow().iter().find(|(known, _)| *known == name).cloned();
    known.map_or_else(
        || {
            let choice = Rc::<Choice>::default();
            choices.borrow_mut().push((name, choice.clone()));
            choice
        },
        |(_, choice)| choice,
    )
}

/// The choices for each table of a card, by the table's name: they outlive the
/// drawing of one model.
pub type Choices = Rc<RefCell<Vec<(&'static str, Rc<Choice>)>>>;

impl Table {
    /// A table that is not sorted.
    pub fn new(name: &'static str, caption: String, columns: Vec<Column>, rows: Vec<Row>) -> Self {
        Self { name, caption, columns, rows, choice: Rc::default() }
    }

    /// The same table, as the reader has sorted and filtered it; from the start
    /// sorted by a column.
    #[must_use]
    pub fn chosen(mut self, choices: &Choices, key: &str, descending: bool) -> Self {
        self.choice = choice_of(choices, self.name);
        let start = Some((key.to_owned(), descending));
        if !self.choice.chosen.get() && self.choice.sort.get_untracked() != start {
            self.choice.sort.set(start.clone());
        }
        self.choice.start.replace(start);
        self
    }

    /// Sorts by a column; by the same column again the other way round.
    pub fn press(&self, at: usize) {
        let Some(column) = self.columns.get(at) else { return };
        self.choice.chosen.set(true);
        self.choice.sort.update(|sort| {
            let descending = match sort {
                Some((key, descending)) if *key == column.key => !*descending,
                _ => !column.least_first,
            };
            *sort = Some((column.key.to_owned(), descending));
        });
    }

    /// The column that the table is sorted by, and whether descending.
    pub fn sorted_at(&self) -> Option<(usize, bool)> {
        let (key, descending) = self.choice.sort.get()?;
        let at = self.columns.iter().position(|column| column.key == key)?;
        Some((at, descending))
    }

    /// How the table is sorted, in words: `Input, ascending`.
    pub fn sorted_words(&self) -> Option<String> {
        let (column, direction) = self.sorted()?;
        Some(phrase(column.label).and(", ").and(direction).text())
    }

    /// How the table is sorted, by names: `endpoints input ascending`.
    pub fn sorted_names(&self) -> Option<String> {
        let (column, direction) = self.sorted()?;
        Some(phrase(self.name).and(" ").and(column.key).and(" ").and(direction).text())
    }

    fn sorted(&self) -> Option<(&Column, &'static str)> {
        let (at, descending) = self.sorted_at()?;
        Some((self.columns.get(at)?, if descending { "descending" } else { "ascending" }))
    }

    /// The rows to show, in order.
    pub fn visible(&self) -> Vec<&Row> {
        let filter = self.choice.filter.get().trim().to_ascii_lowercase();
        let mut rows: Vec<&Row> =
            self.rows.iter().filter(|row| find(&row.text, &filter).is_some()).gather();
        if let Some((at, descending)) = self.sorted_at() {
            let key = |place: usize| {
                let cell = rows.get(place).and_then(|row| row.cells.get(at));
                cell.map_or(&SortKey::Unknown, |(_, key)| key)
            };
            let places = order(rows.len(), &mut |a, b| compare(key(a), key(b), descending));
            rows = places.into_iter().filter_map(|place| rows.get(place).copied()).gather();
        }
        // Groups stand where their first row stands.
        let mut grouped: Vec<&Row> = Vec::with_capacity(rows.len());
        for row in rows {
            let last = row.group.as_ref().and_then(|group| {
                grouped.iter().rposition(|other| other.group.as_ref() == Some(group))
            });
            grouped.insert(last.map_or(grouped.len(), |last| last + 1), row);
        }
        grouped
    }
}
