//! What a comparison shows, and what its reader has chosen.

use std::rc::Rc;

use super::{Absent, ElementState, Signal, Unknown};
use crate::catalog::{Found, Gather};
use crate::platform::library::Library;

/// The most models that stand side by side.
pub const MOST_MODELS: usize = 8;

/// How many models are offered for what has been typed.
const OFFERS: usize = 12;

/// The axes before the reader chooses others: across, and up.
const AXES: (&str, &str) = ("workload", "ability");

/// The state of one comparison.
pub struct CompareState {
    /// What every element has.
    pub element: ElementState,
    /// The model that the others are compared with; the first where none is pinned.
    pub baseline: Signal<Option<String>>,
    /// Whether rows in which all models are alike are left out.
    pub only_differences: Signal<bool>,
    /// What the plot shows across and up, by the names of [`super::Axis`].
    pub axes: Signal<(String, String)>,
}

/// What a comparison has to draw.
#[derive(Clone, Debug)]
pub enum Compared {
    /// Nothing, for want of a catalog.
    Absent(Absent),
    /// These models; there may be none yet.
    Models {
        /// The catalog.
        library: Rc<Library>,
        /// The ids that it knows, as the attribute names them.
        known: Vec<String>,
        /// The ids that it does not know.
        unknown: Vec<Unknown>,
        /// How many more are named than can stand side by side.
        left_out: usize,
    },
}

impl CompareState {
    /// The state before the attributes are read.
    pub fn new(element: ElementState) -> Self {
        Self {
            element,
            baseline: Signal::new(None),
            only_differences: Signal::new(false),
            axes: Signal::new((AXES.0.to_owned(), AXES.1.to_owned())),
        }
    }

    /// What there is to draw.
    pub fn compared(&self) -> Compared {
        let library = match self.element.loaded() {
            Ok(library) => library,
            Err(absent) => return Compared::Absent(absent),
        };
        let (mut known, unknown) = self.element.known(&library);
        let left_out = known.len().saturating_sub(MOST_MODELS);
        known.truncate(MOST_MODELS);
        Compared::Models { library, known, unknown, left_out }
    }

    /// Puts another model beside those that are there.
    pub fn add(&self, id: &str) {
        self.element.models.update(|models| {
            if !models.iter().any(|model| model == id) {
                models.push(id.to_owned());
            }
        });
        self.element.changed("models", |_| ());
    }

    /// Takes a model away.
    pub fn remove(&self, id: &str) {
        self.element.models.update(|models| models.retain(|model| model != id));
        self.element.changed("models", |_| ());
    }

    /// Moves a model one place towards the start, or the end.
    pub fn shift(&self, id: &str, forward: bool) {
        self.element.models.update(|models| {
            let Some(at) = models.iter().position(|model| model == id) else { return };
            let to = if forward { at + 1 } else { at.wrapping_sub(1) };
            if to < models.len() {
                models.swap(at, to);
            }
        });
        self.element.changed("models", |_| ());
    }

    /// Makes a model the one that the others are compared with.
    pub fn pin(&self, id: &str) {
        self.baseline.set(Some(id.to_owned()));
        self.element.changed("baseline", |_| ());
    }

    /// Leaves out the rows in which all models are alike, or shows them again.
    pub fn switch_differences(&self) {
        self.only_differences.update(|only| *only = !*only);
        self.element.changed("differences", |_| ());
    }

    /// Chooses what the plot shows across, or up.
    pub fn choose_axis(&self, is_across: bool, name: String) {
        self.axes.update(|(across, up)| *(if is_across { across } else { up }) = name);
        self.element.changed("axes", |_| ());
    }

    /// The reader's choices as the parts of a link.
    pub fn links(&self) -> Vec<(&'static str, String)> {
        let mut parts = Vec::new();
        if let Some(id) = self.baseline.get_untracked() {
            parts.push(("baseline", id));
        }
        if self.only_differences.get_untracked() {
            parts.push(("only", "differences".to_owned()));
        }
        let (across, up) = self.axes.get_untracked();
        if across != AXES.0 {
            parts.push(("x", across));
        }
        if up != AXES.1 {
            parts.push(("y", up));
        }
        parts
    }

    /// Takes a part of a link.
    pub fn follow(&self, name: &str, value: &str) {
        let value = value.to_owned();
        match name {
            "baseline" => self.baseline.set(Some(value)),
            "only" => self.only_differences.set(value == "differences"),
            "x" => self.axes.update(|(across, _)| *across = value),
            "y" => self.axes.update(|(_, up)| *up = value),
            _ => {}
        }
    }

    /// Forgets the reader's choices.
    pub fn reset(&self) {
        self.baseline.set(None);
        self.only_differences.set(false);
        self.axes.set((AXES.0.to_owned(), AXES.1.to_owned()));
    }
}

/// The models that may be meant by what has been typed.
pub fn offers<'a>(library: &'a Library, typed: &str, known: &[String]) -> Vec<Found<'a>> {
    let models = &library.catalog.models;
    let found = library.search().find(typed).into_iter().filter_map(|place| models.get(place));
    found
        .filter(|model| !known.contains(&model.id))
        .take(OFFERS)
        .map(|model| Found { model, endpoint: None })
        .gather()
}
