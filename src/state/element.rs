//! What the state of every element holds: which models, of which catalog, for
//! which workload, and how to tell the page.

use std::cell::Cell;
use std::rc::Rc;

use reactive_graph::graph::untrack;

use super::table::choice_of;
use super::{Choices, SharedWorkload, Signal};
use crate::catalog::{Gather, joined, nearest_ids, phrase};
use crate::cost::Workload;
use crate::platform::failure::Failure;
use crate::platform::intl::Language;
use crate::platform::library::Library;

/// How many ids are offered in place of one that is not known.
const OFFERS: usize = 5;

/// The tables whose order a link states.
const SHARED_TABLES: [&str; 3] = ["endpoints", "benchmarks", "siblings"];

/// Where an element's catalog stands.
#[derive(Clone, Debug, Default)]
pub enum LibraryState {
    /// Being fetched.
    #[default]
    Loading,
    /// Being fetched for more than three seconds.
    Slow,
    /// Being read: its first models, for an element that has use for them alone.
    Begun(Rc<Library>),
    /// Read.
    Ready(Rc<Library>),
    /// Not to be had.
    Failed(Rc<Failure>),
}

/// Why there is no catalog to draw from.
#[derive(Clone, Debug)]
pub enum Absent {
    /// Not yet; `slow` once that takes longer than usual.
    Loading {
        /// Whether to say so.
        slow: bool,
    },
    /// It is not to be had.
    Failed(Rc<Failure>),
}

impl Absent {
    /// What to tell the page; nothing while the catalog loads.
    pub fn event(&self) -> Option<Event> {
        match self {
            Self::Loading { .. } => None,
            Self::Failed(failure) => Some(Event::Error {
                code: failure.code(),
                message: failure.words(),
                url: failure.url.clone(),
                retryable: failure.retryable(),
            }),
        }
    }
}

/// An id that the catalog does not know.
#[derive(Clone, Debug)]
pub struct Unknown {
    /// The id asked for; blank where the attribute is missing.
    pub wanted: String,
    /// Ids that may have been meant.
    pub nearest: Vec<String>,
}

impl Unknown {
    /// An id, and those of the catalog that may have been meant.
    pub fn new(library: &Library, wanted: &str) -> Self {
        let ids = library.catalog.models.iter().map(|model| model.id.as_str());
        let nearest = nearest_ids(wanted, ids, OFFERS).into_iter().map(str::to_owned).gather();
        Self { wanted: wanted.to_owned(), nearest }
    }
}

/// What an element is about, as its events name it.
#[derive(Clone, Debug)]
pub enum Subject {
    /// One model, by its id.
    Model(String),
    /// Several models, by their ids.
    Models(Vec<String>),
}

/// Something that a page's script may want to know.
#[derive(Clone, Debug)]
pub enum Event {
    /// The element shows what it is about.
    Ready {
        /// What it shows.
        subject: Subject,
        /// The catalogs.
        library: Rc<Library>,
    },
    /// The element shows a failure.
    Error {
        /// A stable code.
        code: &'static str,
        /// What failed and what to do.
        message: String,
        /// The URL, where one is concerned.
        url: Option<String>,
        /// Whether trying again may help.
        retryable: bool,
    },
    /// The reader chose something.
    Change {
        /// What the element is about.
        subject: Subject,
        /// What was chosen.
        change: Change,
    },
}

impl Event {
    /// An error of the page's author, which trying again does not mend.
    pub fn mistake(code: &'static str, message: String) -> Self {
        Self::Error { code, message, url: None, retryable: false }
    }

    /// No models have these ids.
    pub fn unknown_models(unknown: &[Unknown]) -> Self {
        let ids: Vec<&str> = unknown.iter().map(|unknown| unknown.wanted.as_str()).gather();
        let message =
            phrase("The catalog has none of the models ").and(joined(&ids, ", ")).and(".").text();
        Self::mistake("model-unknown", message)
    }

    /// No model has this id; blank where the attribute is missing.
    pub fn unknown_model(wanted: &str) -> Self {
        let message = if wanted.is_empty() {
            "No model is named. Set the attribute model to a model's id.".to_owned()
        } else {
            phrase("The catalog has no model \"").and(wanted).and("\".").text()
        };
        Self::mistake("model-unknown", message)
    }
}

/// What the reader chose.
#[derive(Clone, Debug, Default)]
pub struct Change {
    /// `model`, `models`, `workload`, `sort` or `filter`.
    pub reason: &'static str,
    /// The workload, in the form of the attribute.
    pub workload: Option<String>,
    /// The table, the column and the direction, such as `siblings released descending`.
    pub sort: Option<String>,
    /// The text that a table is filtered by.
    pub filter: Option<String>,
}

/// How events reach the page.
pub type Emit = Rc<dyn Fn(Event)>;

/// The state of an element. Clones share it.
pub type ElementState = Rc<Element>;

/// The state that every element has. Nothing in it lives in an arena, so that it
/// outlives every view.
pub struct Element {
    /// Whether the element is about several models.
    pub several: bool,
    /// The ids that the attribute names.
    pub models: Signal<Vec<String>>,
    /// The models that the reader went on to, the last one shown.
    pub trail: Signal<Vec<String>>,
    /// The reader's language.
    pub language: Signal<Language>,
    /// The catalog.
    pub library: Signal<LibraryState>,
    /// The workload that the attribute states, and then what the reader makes of it.
    pub own_workload: Signal<Option<Workload>>,
    /// The workload of all elements of the page that state none of their own.
    pub shared_workload: Rc<SharedWorkload>,
    /// Counts up when the catalog should be fetched again.
    pub retries: Signal<u32>,
    /// How the reader has sorted and filtered the element's tables.
    pub choices: Choices,
    /// Whether what the reader chooses stands in the page's address.
    pub is_shared: Signal<bool>,
    /// Whether the reader's last choice takes the focus to what is drawn next.
    pub takes_focus: Cell<bool>,
    /// How events reach the page.
    pub emit: Emit,
}

impl Element {
    /// The state of an element before its attributes are read.
    pub fn state(several: bool, emit: Emit, language: Language) -> ElementState {
        Rc::new(Self {
            several,
            models: Signal::new(Vec::new()),
            trail: Signal::new(Vec::new()),
            language: Signal::new(language),
            library: Signal::new(LibraryState::Loading),
            own_workload: Signal::new(None),
            shared_workload: SharedWorkload::follow(),
            retries: Signal::new(0),
            choices: Rc::default(),
            is_shared: Signal::new(false),
            takes_focus: Cell::default(),
            emit,
        })
    }

    /// The catalog, or why there is none.
    pub fn loaded(&self) -> Result<Rc<Library>, Absent> {
        match self.library.get() {
            LibraryState::Loading | LibraryState::Begun(_) => Err(Absent::Loading { slow: false }),
            LibraryState::Slow => Err(Absent::Loading { slow: true }),
            LibraryState::Failed(failure) => Err(Absent::Failed(failure)),
            LibraryState::Ready(library) => Ok(library),
        }
    }

    /// The id of the model that the attribute names first.
    pub fn first(&self) -> String {
        self.models.with(|models| models.first().cloned()).unwrap_or_default()
    }

    /// The id of the model shown, where the element shows one.
    pub fn current(&self) -> String {
        self.trail.with(|trail| trail.last().cloned()).unwrap_or_else(|| self.first())
    }

    /// The models that the attribute names: the ids that the catalog knows, and those
    /// that it does not.
    pub fn known(&self, library: &Library) -> (Vec<String>, Vec<Unknown>) {
        let (mut known, mut unknown) = (Vec::new(), Vec::new());
        for id in self.models.get() {
            if library.catalog.find(&id).is_some() {
                known.push(id);
            } else {
                unknown.push(Unknown::new(library, &id));
            }
        }
        (known, unknown)
    }

    fn subject(&self) -> Subject {
        if self.several {
            Subject::Models(self.models.get())
        } else {
            Subject::Model(self.current())
        }
    }

    /// Shows another model in place of the current one.
    pub fn open(&self, id: &str) {
        self.takes_focus.set(true);
        self.trail.update(|trail| trail.push(id.to_owned()));
        self.changed("model", |_| ());
    }

    /// Shows the model that the reader came from.
    pub fn back(&self) {
        self.takes_focus.set(true);
        self.trail.update(|trail| {
            trail.pop();
        });
        self.changed("model", |_| ());
    }

    /// Takes one model in place of another among several.
    pub fn replace(&self, before: &str, id: &str) {
        self.takes_focus.set(true);
        self.models.update(|models| {
            let known = models.iter().any(|model| model == id);
            for model in models.iter_mut().filter(|model| *model == before) {
                id.clone_into(model);
            }
            if known {
                let mut kept = false;
                models.retain(|model| model != id || !std::mem::replace(&mut kept, true));
            }
        });
        self.changed("models", |_| ());
    }

    /// Fetches the catalog again.
    pub fn retry(&self) {
        self.takes_focus.set(true);
        self.retries.update(|count| *count += 1);
    }

    /// The workload that costs are estimated for.
    pub fn workload(&self) -> Workload {
        self.own_workload.get().unwrap_or_else(|| self.shared_workload.0.get())
    }

    /// Changes the workload, on the reader's behalf.
    pub fn change_workload(&self, change: impl FnOnce(&mut Workload)) {
        let before = untrack(|| self.workload());
        let mut workload = before;
        change(&mut workload);
        if workload == before {
            return;
        }
        if self.own_workload.with_untracked(Option::is_some) {
            self.own_workload.set(Some(workload));
        } else {
            SharedWorkload::change(workload);
        }
        self.changed("workload", |change| change.workload = Some(workload.text()));
    }

    /// How the reader has sorted and filtered the element's tables, as the parts of
    /// a link: `endpoints` is `-input`, `filter` is the text.
    pub fn links(&self) -> Vec<(&'static str, String)> {
        let mut parts = Vec::new();
        for (name, choice) in self.choices.borrow().iter() {
            if let Some(sort) = choice.link() {
                parts.push((*name, sort));
            }
            let filter = choice.filter.get_untracked();
            if !filter.is_empty() {
                parts.push(("filter", filter));
            }
        }
        parts
    }

    /// Takes one such part; others are ignored.
    pub fn follow(&self, name: &str, value: &str) {
        // The one table of a card that can be filtered is that of the siblings.
        let is_filter = name == "filter";
        let table = if is_filter { "siblings" } else { name };
        let Some(table) = SHARED_TABLES.iter().find(|known| **known == table) else { return };
        let choice = choice_of(&self.choices, table);
        if is_filter {
            choice.filter.set(value.to_owned());
        } else {
            choice.follow(value);
        }
    }

    /// Forgets how the reader has sorted and filtered.
    pub fn reset(&self) {
        for (_, choice) in self.choices.borrow().iter() {
            choice.reset();
        }
    }

    /// Tells the page what the reader chose.
    pub fn changed(&self, reason: &'static str, fill: impl FnOnce(&mut Change)) {
        let subject = untrack(|| self.subject());
        let mut change = Change { reason, ..Change::default() };
        fill(&mut change);
        (self.emit)(Event::Change { subject, change });
    }
}
