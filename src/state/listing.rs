//! The table of a whole catalog: what its reader has chosen, and the order of the
//! models that comes of it.

use std::cell::RefCell;
use std::cmp::Ordering;
use std::rc::Rc;

use super::columns::Field;
use super::{Absent, ElementState, LibraryState, Signal};
use crate::catalog::{Gather, order, phrase};
use crate::cost::{Moment, Workload};
use crate::platform::library::Library;
use crate::ranking::{self, Criterion, Filter, Lacking, Ranked, Ranking, Weighed};

/// A criterion's name, and its weight in percent (0–100).
pub type Weight = (String, u32);

/// The state of one table of models.
pub struct ListingState {
    /// What every element has; its models are the rows that are selected.
    pub element: ElementState,
    /// What the search field holds.
    pub query: Signal<String>,
    /// Which models take part.
    pub filter: Signal<Filter>,
    /// The author that the attribute names.
    pub author: Signal<Option<String>>,
    /// The column that the rows are sorted by, and whether descending.
    pub sort: Signal<Option<(Field, bool)>>,
    /// The columns that are not shown.
    pub hidden: Signal<Vec<Field>>,
    /// What the models are ranked by.
    pub weights: Signal<Vec<Weight>>,
    /// Whether the selected models stand side by side below.
    pub comparing: Signal<bool>,
    /// Whether all rows are in the page.
    pub all_rows: Signal<bool>,
    /// What the models were sorted by last.
    sorted_by: RefCell<Option<Keys>>,
}

/// What all models of a catalog are sorted by in one column: made once, and not again
/// at each keystroke of a search.
struct Keys {
    library: Rc<Library>,
    field: Field,
    workload: Workload,
    all: Rc<Vec<Weighed>>,
}

/// The rows in order.
pub struct Listing {
    /// The models' places in the catalog.
    pub places: Vec<usize>,
    /// How many models there are before the reader filters.
    pub total: usize,
    /// The ranking of the first rows, where there are weights.
    pub ranked: Vec<Ranked>,
    /// The rows behind the ranked ones, and what each lacks.
    pub lacking: Vec<Lacking>,
}

/// The columns that are not shown at the start.
const HIDDEN: [Field; 3] = [Field::Author, Field::MaxOutput, Field::Parameters];

impl ListingState {
    /// The state before the attributes are read.
    pub fn new(element: ElementState) -> Self {
        Self {
            element,
            query: Signal::new(String::new()),
            filter: Signal::new(Filter::default()),
            author: Signal::new(None),
            sort: Signal::new(None),
            hidden: Signal::new(HIDDEN.to_vec()),
            weights: Signal::new(Vec::new()),
            comparing: Signal::new(false),
            all_rows: Signal::new(false),
            sorted_by: RefCell::default(),
        }
    }

    /// The catalog; while it is read, its first models, where there are some.
    pub fn loaded(&self) -> Result<Rc<Library>, Absent> {
        match self.element.library.get() {
            LibraryState::Begun(library) => Ok(library),
            _ => self.element.loaded(),
        }
    }

    /// Whether all models are the rows, in the catalog's order: then the first models are
    /// the first rows.
    pub fn is_plain(&self) -> bool {
        self.links().is_empty() && self.author.with_untracked(Option::is_none)
    }

    /// Waits for all models: the first ones are no longer the first rows.
    pub fn wait(&self) {
        let library = &self.element.library;
        if library.with_untracked(|library| matches!(library, LibraryState::Begun(_))) {
            library.set(LibraryState::Loading);
        }
    }

    /// The columns that are shown at the start.
    pub fn start_hidden() -> &'static [Field] {
        &HIDDEN
    }

    /// The columns to show, in order.
    pub fn fields(&self) -> Vec<Field> {
        let hidden = self.hidden.get();
        Field::ALL.iter().copied().filter(|field| !hidden.contains(field)).gather()
    }

    /// The filter with the author that the attribute names.
    fn whole_filter(&self) -> Filter {
        let mut filter = self.filter.get();
        if let Some(author) = self.author.get() {
            filter.author = Some(author);
        }
        filter
    }

    /// The models that the table is about, whatever its reader filters.
    pub fn all(&self, library: &Library) -> Vec<usize> {
        let filter = Filter { author: self.author.get(), ..Filter::default() };
        let models = library.catalog.models.iter().enumerate();
        models.filter(|(_, model)| filter.passes(model)).map(|(place, _)| place).gather()
    }

    /// The rows in order.
    pub fn listing(&self, library: &Rc<Library>, now: &Moment) -> Listing {
        let models = &library.catalog.models;
        if library.is_begun {
            // Whatever is asked for is answered of all models.
            let (places, total) = ((0..models.len()).gather(), models.len());
            return Listing { places, total, ranked: Vec::new(), lacking: Vec::new() };
        }
        let filter = self.whole_filter();
        let passes = |place: &usize| models.get(*place).is_some_and(|model| filter.passes(model));
        let query = self.query.get();
        // The first rows need not wait for what finds models.
        let mut places = if query.trim().is_empty() {
            (0..models.len()).gather()
        } else {
            library.search().find(&query)
        };
        places.retain(passes);
        let total =
            if self.author.with(Option::is_some) { self.all(library).len() } else { models.len() };
        let weights = self.criteria(library);
        let mut listing = Listing { places, total, ranked: Vec::new(), lacking: Vec::new() };
        let sort = self.sort.get();
        if weights.is_empty() {
            if let Some((field, descending)) = sort {
                listing.sort(&self.keys(library, field, now), descending);
            }
        } else {
            // Weights are 1–100 percent of criteria that exist: there is nothing to refuse.
            let ranking = ranking::rank(&library.catalog, &library.standings, &weights, &filter);
            listing.rank(ranking.unwrap_or_default(), models.len());
        }
        listing
    }

    fn keys(&self, library: &Rc<Library>, field: Field, now: &Moment) -> Rc<Vec<Weighed>> {
        let workload = self.element.workload();
        if let Some(known) = &*self.sorted_by.borrow()
            && Rc::ptr_eq(&known.library, library)
            && (known.field, known.workload) == (field, workload)
        {
            return known.all.clone();
        }
        let places = 0..library.catalog.models.len();
        let key = |place| field.sort_key(library, place, &workload, now).into();
        let keys: Rc<Vec<Weighed>> = Rc::new(places.map(key).gather());
        let library = library.clone();
        self.sorted_by.replace(Some(Keys { library, field, workload, all: keys.clone() }));
        keys
    }

    fn criteria(&self, library: &Library) -> Vec<(Criterion, f64)> {
        let weights = self.weights.get();
        let weights = weights.iter().filter(|(_, weight)| *weight > 0);
        let criterion = |(name, weight): &Weight| {
            let criterion = Criterion::of_name(name, &library.standings).ok()?;
            Some((criterion, f64::from(*weight) / 100.0))
        };
        weights.filter_map(criterion).gather()
    }

    /// Sorts by a column; by the same one again the other way round.
    pub fn press(&self, field: Field) {
        // What a model costs may depend on the hour.
        if field == Field::Cost {
            self.sorted_by.take();
        }
        self.sort.update(|sort| {
            let descending = match *sort {
                Some((before, descending)) if before == field => !descending,
                _ => false,
            };
            *sort = Some((field, descending));
        });
        // A ranking is an order of its own.
        self.weights.update(|weights| weights.iter_mut().for_each(|(_, weight)| *weight = 0));
        let direction = |descending| if descending { " descending" } else { " ascending" };
        let said = self.sort.get_untracked();
        let said =
            said.map(|(field, descending)| phrase(field.key()).and(direction(descending)).text());
        self.element.changed("sort", |change| change.sort = said);
    }

    /// Searches.
    pub fn search(&self, query: String) {
        self.query.set(query.clone());
        self.element.changed("filter", |change| change.filter = Some(query));
    }

    /// Changes which models take part.
    pub fn change_filter(&self, change: impl FnOnce(&mut Filter)) {
        self.filter.update(change);
        let query = self.query.get_untracked();
        self.element.changed("filter", |change| change.filter = Some(query));
    }

    /// Weighs a criterion in percent.
    pub fn weigh(&self, name: &str, percent: u32) {
        self.weights.update(|weights| match weights.iter_mut().find(|(known, _)| known == name) {
            Some((_, weight)) => *weight = percent.min(100),
            None => weights.push((name.to_owned(), percent.min(100))),
        });
        self.element.changed("weights", |_| ());
    }

    /// Shows a column, or hides it.
    pub fn toggle(&self, field: Field) {
        self.hidden.update(|hidden| {
            if hidden.contains(&field) {
                hidden.retain(|other| *other != field);
            } else {
                hidden.push(field);
            }
        });
        self.element.changed("columns", |_| ());
    }

    /// Selects a model, or no longer.
    pub fn select(&self, id: &str) {
        self.element.models.update(|models| {
            if models.iter().any(|model| model == id) {
                models.retain(|model| model != id);
            } else {
                models.push(id.to_owned());
            }
        });
        self.element.changed("models", |_| ());
    }

    /// Shows the selected models side by side, or no longer.
    pub fn switch_comparing(&self) {
        self.comparing.update(|comparing| *comparing = !*comparing);
        self.element.changed("compare", |_| ());
    }
}

impl Listing {
    /// Puts the rows in the order of a ranking of so many models; what has no rank stands
    /// below.
    // Out of line: most tables are not ranked, and the browser compiles what is called.
    #[inline(never)]
    fn rank(&mut self, ranking: Ranking, models: usize) {
        let mut wanted = vec![false; models];
        for place in &self.places {
            if let Some(wanted) = wanted.get_mut(*place) {
                *wanted = true;
            }
        }
        let is_wanted = |place: usize| wanted.get(place).copied().unwrap_or(false);
        self.ranked = ranking.ranked;
        self.ranked.retain(|ranked| is_wanted(ranked.index));
        self.lacking = ranking.lacking;
        self.lacking.retain(|lacking| is_wanted(lacking.index));
        self.places = self.ranked.iter().map(|ranked| ranked.index).gather();
        self.lacking.iter().map(|lacking| lacking.index).add_to(&mut self.places);
    }

    /// Sorts the rows; what is not known comes last both ways.
    fn sort(&mut self, keys: &[Weighed], descending: bool) {
        let mut rows: Vec<(usize, &Weighed)> = Vec::new();
        for place in &self.places {
            if let Some(key) = keys.get(*place) {
                rows.push((*place, key));
            }
        }
        let sorted = order(rows.len(), &mut |a, b| match (rows.get(a), rows.get(b)) {
            (Some((_, a)), Some((_, b))) => a.compare(b, descending),
            _ => Ordering::Equal,
        });
        self.places = sorted.into_iter().filter_map(|at| Some(rows.get(at)?.0)).gather();
    }

    /// The ranking of a row, where it has one.
    pub fn ranked(&self, row: usize) -> Option<&Ranked> {
        self.ranked.get(row)
    }

    /// What a row lacks for a place in the ranking.
    pub fn missing(&self, row: usize) -> Option<&Lacking> {
        self.lacking.get(row.checked_sub(self.ranked.len())?)
    }
}
