//! What is particular to `<model-price>`.

use std::rc::Rc;

use super::host::Face;
use crate::state::{ElementState, Event, QuoteState, Subject};
use crate::view::{self, Node};

/// One quoted figure.
pub struct PriceFace(Rc<QuoteState>);

impl PriceFace {
    /// A quoted figure with the state that every element has.
    pub fn face(element: ElementState) -> Rc<dyn Face> {
        Rc::new(Self(Rc::new(QuoteState::new(element))))
    }
}

impl Face for PriceFace {
    fn state(&self) -> &ElementState {
        &self.0.element
    }

    fn apply(&self, name: &str, value: Option<&str>) {
        if name == "field" {
            self.0.field.set(value.unwrap_or_default().trim().to_owned());
        }
    }

    fn outcome(&self) -> Option<Event> {
        match self.0.quote() {
            Ok(quote) => {
                let id = quote.quoted().map(|quoted| quoted.model.id.clone());
                let subject = Subject::Model(id.unwrap_or_default());
                Some(Event::Ready { subject, library: quote.library })
            }
            Err(event) => event,
        }
    }

    fn view(&self) -> Node {
        view::quote(self.0.clone())
    }
}
