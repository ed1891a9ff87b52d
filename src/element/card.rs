//! What is particular to `<model-card>`: its sections, and the endpoints that a
//! gateway lists apart.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlElement;

use super::host::Face;
use crate::catalog::phrase;
use crate::platform::library::{self, Input};
use crate::platform::visible;
use crate::state::{CardState, ElementState, Event, LibraryState, Listed, Section, Shown, Subject};
use crate::view::{self, Node};

/// One card.
pub struct CardFace {
    state: Rc<CardState>,
    /// Waits for the endpoints to come into view, where they are listed apart.
    endpoints_seen: RefCell<Option<visible::Watch>>,
}

impl CardFace {
    /// A card with the state that every element has.
    pub fn face(element: ElementState) -> Rc<dyn Face> {
        Rc::new(Self {
            state: Rc::new(CardState::new(element)),
            endpoints_seen: RefCell::default(),
        })
    }
}

impl Face for CardFace {
    fn state(&self) -> &ElementState {
        &self.state.element
    }

    fn apply(&self, name: &str, value: Option<&str>) {
        if name == "sections" {
            let unknown = |name: &str| {
                let text = phrase("modelcard: there is no section \"")
                    .and(name)
                    .and("\"; it is ignored")
                    .text();
                web_sys::console::warn_1(&text.into());
            };
            self.state.sections.set(Section::list(value, unknown));
        }
    }

    fn outcome(&self) -> Option<Event> {
        match self.state.shown() {
            Shown::Absent(absent) => absent.event(),
            Shown::Model { library, index, .. } => {
                let model = library.catalog.models.get(index).map(|model| model.id.clone());
                let subject = Subject::Model(model.unwrap_or_default());
                Some(Event::Ready { subject, library })
            }
            Shown::UnknownModel(unknown) => Some(Event::unknown_model(&unknown.wanted)),
        }
    }

    fn view(&self) -> Node {
        view::card(self.state.clone())
    }

    /// Where a gateway lists a model's endpoints apart from its models, asks for
    /// them once they come into view.
    fn drawn(&self, frame: &HtmlElement) {
        self.endpoints_seen.take();
        let Some((model, address)) = self.state.unlisted() else { return };
        let Ok(Some(section)) = frame.query_selector("[part~=endpoints]") else { return };
        let state = self.state.clone();
        let watch = visible::Watch::new(&section, move || {
            // Seen once is enough; dropped later, as this runs inside of it.
            if state.unlisted().is_none() {
                return;
            }
            let listed = state.listed.clone();
            let model = model.clone();
            listed.set(Some(Listed { model: model.clone(), library: LibraryState::Loading }));
            let address = address.clone();
            spawn_local(async move {
                let library = match library::of(vec![Input::Url(address)]).await {
                    Ok(library) => LibraryState::Ready(library),
                    Err(failure) => LibraryState::Failed(failure),
                };
                // The reader may have gone on to another model meanwhile.
                let wanted = |listed: &Option<Listed>| {
                    listed.as_ref().is_some_and(|listed| listed.model == model)
                };
                if listed.with_untracked(wanted) {
                    listed.set(Some(Listed { model, library }));
                }
            });
        });
        self.endpoints_seen.replace(watch);
    }
}
