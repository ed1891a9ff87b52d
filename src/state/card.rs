//! What a card shows: the model of its attribute, or the one that the reader
//! went on to.

use std::rc::Rc;

use reactive_graph::graph::untrack;

use super::{Absent, ElementState, LibraryState, Section, Signal, Unknown};
use crate::catalog::{Endpoint, Gather, Model, endpoints_address};
use crate::platform::library::Library;

/// How the ids of a gateway's own endpoints begin.
const GATEWAY: &str = "openrouter/";

/// The endpoints of one model that a gateway lists apart from its models.
#[derive(Clone, Debug)]
pub struct Listed {
    /// The model's id in the card's catalog.
    pub model: String,
    /// The list, once it is there.
    pub library: LibraryState,
}

/// The state of one card.
pub struct CardState {
    /// What every element has.
    pub element: ElementState,
    /// The sections to show.
    pub sections: Signal<Vec<Section>>,
    /// The endpoints that are, or have been, fetched for the model shown.
    pub listed: Signal<Option<Listed>>,
}

/// What a card has to draw.
#[derive(Clone, Debug)]
pub enum Shown {
    /// Nothing, for want of a catalog.
    Absent(Absent),
    /// A model.
    Model {
        /// The catalog.
        library: Rc<Library>,
        /// The model's place in the catalog.
        index: usize,
        /// The id of the model that the reader came from, if any.
        back: Option<String>,
    },
    /// No model has this id.
    UnknownModel(Unknown),
}

/// The endpoints of a model: where its gateway has listed them, these take the
/// place of the gateway's own.
pub fn endpoints<'a>(model: &'a Model, listing: Option<&'a Library>) -> Vec<&'a Endpoint> {
    let mut all = Vec::new();
    if let Some(library) = listing {
        for model in &library.catalog.models {
            model.endpoints.iter().add_to(&mut all);
        }
    }
    let own = |endpoint: &&Endpoint| listing.is_none() || !endpoint.id.starts_with(GATEWAY);
    model.endpoints.iter().filter(own).add_to(&mut all);
    all
}

impl CardState {
    /// The state of a card before its attributes are read.
    pub fn new(element: ElementState) -> Self {
        Self {
            element,
            sections: Signal::new(Section::list(None, |_| ())),
            listed: Signal::new(None),
        }
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
            let mut lists = library.origins.iter().filter(|origin| origin.format == "openrouter");
            let address =
                lists.find_map(|origin| endpoints_address(origin.url.as_deref()?, &id))?;
            Some((model.id.clone(), address))
        })
    }

    /// What a model's gateway has listed of its endpoints, once it has.
    pub fn listing(&self, model: &Model) -> Option<Rc<Library>> {
        match self.listed.get() {
            Some(Listed { model: of, library: LibraryState::Ready(library) }) if of == model.id => {
                Some(library)
            }
            _ => None,
        }
    }

    /// What there is to draw.
    pub fn shown(&self) -> Shown {
        let library = match self.element.loaded() {
            Ok(library) => library,
            Err(absent) => return Shown::Absent(absent),
        };
        let wanted = self.element.current();
        match library.catalog.find(&wanted).and_then(|found| library.place(found.model)) {
            Some(index) => {
                let back = self.element.trail.with(|trail| match trail.as_slice() {
                    [] => None,
                    [_] => Some(self.element.first()),
                    [.., before, _] => Some(before.clone()),
                });
                Shown::Model { library, index, back }
            }
            None => Shown::UnknownModel(Unknown::new(&library, &wanted)),
        }
    }
}
