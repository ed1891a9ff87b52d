//! What a card shows: the model of its attribute, or the one that the reader
//! went on to, of a catalog that is loading, loaded or failed.

use std::cell::Cell;
use std::rc::Rc;
use std::sync::Arc;

use reactive_graph::graph::untrack;
use reactive_graph::prelude::*;
use reactive_graph::signal::ArcRwSignal;

use super::{Choices, Section, SharedWorkload};
use crate::catalog::{Endpoint, Model, endpoints_address, nearest_ids};
use crate::cost::Workload;
use crate::platform::failure::Failure;
use crate::platform::intl::Language;
use crate::platform::library::Library;

/// How the ids of a gateway's own endpoints begin.
const GATEWAY: &str = "openrouter/";

/// Where the card's catalog stands.
#[derive(Clone, Debug, Default)]
pub enum LibraryState {
    /// Being fetched.
    #[default]
    Loading,
    /// Being fetched for more than three seconds.
    Slow,
    /// Read.
    Ready(Arc<Library>),
    /// Not to be had.
    Failed(Arc<Failure>),
}

/// The endpoints of one model that a gateway lists apart from its models.
#[derive(Clone, Debug)]
pub struct Listed {
    /// The model's id in the card's catalog.
    pub model: String,
    /// The list, once it is there.
    pub library: LibraryState,
}

/// Something that a page's script may want to know.
#[derive(Clone, Debug)]
pub enum Event {
    /// The card shows a model.
    Ready {
        /// Its id.
        model: String,
        /// The catalogs.
        library: Arc<Library>,
    },
    /// The card shows a failure.
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
    Change(Change),
}

/// What the reader chose.
#[derive(Clone, Debug, Default)]
pub struct Change {
    /// `model`, `workload`, `sort` or `filter`.
    pub reason: &'static str,
    /// The model shown.
    pub model: String,
    /// The workload, in the form of the attribute.
    pub workload: Option<String>,
    /// The table, the column and the direction, such as `siblings released descending`.
    pub sort: Option<String>,
    /// The text that a table is filtered by.
    pub filter: Option<String>,
}

/// How events reach the page.
pub type Emit = Arc<dyn Fn(Event) + Send + Sync>;

/// The state of one card. Clones share it. Nothing in it lives in an arena, so
/// that it outlives every view.
#[derive(Clone)]
pub struct CardState {
    /// The model that the attribute names.
    pub model: ArcRwSignal<String>,
    /// The sections to show.
    pub sections: ArcRwSignal<Vec<Section>>,
    /// The reader's language.
    pub language: ArcRwSignal<Language>,
    /// The catalog.
    pub library: ArcRwSignal<LibraryState>,
    /// The models that the reader went on to, the last one shown.
    pub trail: ArcRwSignal<Vec<String>>,
    /// The workload that the attribute states, and then what the reader makes of it.
    pub own_workload: ArcRwSignal<Option<Workload>>,
    /// The workload of all elements of the page that state none of their own.
    pub shared_workload: Rc<SharedWorkload>,
    /// The endpoints that are, or have been, fetched for the model shown.
    pub listed: ArcRwSignal<Option<Listed>>,
    /// Counts up when the catalog should be fetched again.
    pub retries: ArcRwSignal<u32>,
    /// How the reader has sorted and filtered the card's tables.
    pub choices: Choices,
    /// Whether the reader's last choice takes the focus to what is drawn next.
    pub takes_focus: Rc<Cell<bool>>,
    /// How events reach the page.
    pub emit: Emit,
}

/// What a card has to draw.
#[derive(Clone, Debug)]
pub enum Shown {
    /// Nothing yet; `slow` once that takes longer than usual.
    Loading {
        /// Whether to say so.
        slow: bool,
    },
    /// A model.
    Model {
        /// The catalog.
        library: Arc<Library>,
        /// The model's place in the catalog.
        index: usize,
        /// The id of the model that the reader came from, if any.
        back: Option<String>,
    },
    /// No model has this id.
    UnknownModel {
        /// The id asked for; blank where the attribute is missing.
        wanted: String,
        /// Ids that may have been meant.
        nearest: Vec<String>,
    },
    /// The catalog is not to be had.
    Failed(Arc<Failure>),
}

impl CardState {
    /// The state of a card before its attributes are read.
    pub fn new(emit: Emit, language: Language) -> Self {
        Self {
            model: ArcRwSignal::new(String::new()),
            sections: ArcRwSignal::new(Section::list(None, |_| ())),
            language: ArcRwSignal::new(language),
            library: ArcRwSignal::new(LibraryState::Loading),
            trail: ArcRwSignal::new(Vec::new()),
            own_workload: ArcRwSignal::new(None),
            shared_workload: SharedWorkload::follow(),
            listed: ArcRwSignal::new(None),
            retries: ArcRwSignal::new(0),
            choices: Rc::default(),
            takes_focus: Rc::default(),
            emit,
        }
    }

    /// The id of the model shown.
    pub fn current(&self) -> String {
        self.trail.with(|trail| trail.last().cloned()).unwrap_or_else(|| self.model.get())
    }

    /// The model shown, and the address at which its gateway lists its endpoints,
    /// where it does so and they have not been asked for.
    pub fn unlisted(&self) -> Option<(String, String)> {
        untrack(|| {
            let Shown::Model { library, index, .. } = self.shown() else { return None };
            let model = library.catalog.models.get(index)?;
            if self
                .listed
                .with(|listed| listed.as_ref().is_some_and(|listed| listed.model == model.id))
            {
                return None;
            }
            let gateway =
                |endpoint: &Endpoint| endpoint.id.strip_prefix(GATEWAY).map(str::to_owned);
            let id = model.endpoints.iter().find_map(gateway)?;
            let lists = library.origins.iter().filter(|origin| origin.format == "openrouter");
            let address =
                lists.filter_map(|origin| endpoints_address(origin.url.as_deref()?, &id)).next()?;
            Some((model.id.clone(), address))
        })
    }

    /// The endpoints of a model: where its gateway has listed them, these take the
    /// place of the gateway's own.
    pub fn endpoints(&self, model: &Model) -> Vec<Endpoint> {
        let listed = self.listed.get().filter(|listed| listed.model == model.id);
        let Some(Listed { library: LibraryState::Ready(library), .. }) = listed else {
            return model.endpoints.clone();
        };
        let new = library.catalog.models.iter().flat_map(|model| model.endpoints.iter());
        let known = model.endpoints.iter().filter(|endpoint| !endpoint.id.starts_with(GATEWAY));
        new.chain(known).cloned().collect()
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
        self.changed("workload", |change| change.workload = Some(workload.to_string()));
    }

    /// Tells the page what the reader chose.
    pub fn changed(&self, reason: &'static str, fill: impl FnOnce(&mut Change)) {
        let model = untrack(|| self.current());
        let mut change = Change { reason, model, ..Change::default() };
        fill(&mut change);
        (self.emit)(Event::Change(change));
    }

    /// What there is to draw.
    pub fn shown(&self) -> Shown {
        let library = match self.library.get() {
            LibraryState::Loading => return Shown::Loading { slow: false },
            LibraryState::Slow => return Shown::Loading { slow: true },
            LibraryState::Failed(failure) => return Shown::Failed(failure),
            LibraryState::Ready(library) => library,
        };
        let wanted = self.current();
        let found = library.catalog.find(&wanted).and_then(|found| {
            library.catalog.models.iter().position(|model| model.id == found.model.id)
        });
        if let Some(index) = found {
            let back = self.trail.with(|trail| match trail.as_slice() {
                [] => None,
                [_] => Some(self.model.get()),
                [.., before, _] => Some(before.clone()),
            });
            Shown::Model { library, index, back }
        } else {
            let ids = library.catalog.models.iter().map(|model| model.id.as_str());
            let nearest = nearest_ids(&wanted, ids, 5).into_iter().map(str::to_owned).collect();
            Shown::UnknownModel { wanted, nearest }
        }
    }
}
