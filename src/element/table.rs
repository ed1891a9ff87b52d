//! What is particular to `<model-table>`.

use std::rc::Rc;

use web_sys::HtmlElement;

use super::host::Face;
use crate::catalog::Gather;
use crate::state::{ElementState, Event, ListingState, Subject};
use crate::view::{self, Node};

/// One table of models.
pub struct TableFace(Rc<ListingState>);

impl TableFace {
    /// A table with the state that every element has.
    pub fn face(element: ElementState) -> Rc<dyn Face> {
        Rc::new(Self(Rc::new(ListingState::new(element))))
    }
}

impl Face for TableFace {
    fn state(&self) -> &ElementState {
        &self.0.element
    }

    fn apply(&self, name: &str, value: Option<&str>) {
        if name == "author" {
            let author = value.map(str::trim).filter(|author| !author.is_empty());
            self.0.author.set(author.map(str::to_owned));
            self.0.wait();
        }
    }

    fn outcome(&self) -> Option<Event> {
        match self.0.element.loaded() {
            Err(absent) => absent.event(),
            Ok(library) => {
                let models = &library.catalog.models;
                let ids = self.0.all(&library).into_iter().filter_map(|place| models.get(place));
                let subject = Subject::Models(ids.map(|model| model.id.clone()).gather());
                Some(Event::Ready { subject, library })
            }
        }
    }

    fn begins(&self) -> bool {
        self.0.is_plain()
    }

    /// Makes what models are found by before a reader's first keystroke waits for it.
    fn drawn(&self, _frame: &HtmlElement) {
        if let Ok(library) = self.0.element.loaded() {
            library.search();
        }
    }

    fn view(&self) -> Node {
        view::listing(self.0.clone())
    }

    fn link(&self) -> Vec<(&'static str, String)> {
        self.0.links()
    }

    fn follow(&self, name: &str, value: &str) {
        self.0.follow(name, value);
        self.0.wait();
    }

    fn reset(&self) {
        self.0.reset();
    }
}
