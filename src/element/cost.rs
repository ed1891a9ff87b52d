//! What is particular to `<model-cost>`.

use std::rc::Rc;

use super::host::Face;
use crate::state::{Costs, ElementState, Event, Subject};
use crate::view::{self, Node};

/// One cost estimator.
pub struct CostFace(ElementState);

impl CostFace {
    /// A cost estimator with the state that every element has.
    pub fn face(element: ElementState) -> Rc<dyn Face> {
        Rc::new(Self(element))
    }
}

impl Face for CostFace {
    fn state(&self) -> &ElementState {
        &self.0
    }

    fn outcome(&self) -> Option<Event> {
        match Costs::of(&self.0) {
            Costs::Absent(absent) => absent.event(),
            Costs::NoModel(unknown) => Some(if unknown.is_empty() {
                Event::mistake("model-unknown", view::NO_MODELS.to_owned())
            } else {
                Event::unknown_models(&unknown)
            }),
            Costs::Models { library, known, .. } => {
                Some(Event::Ready { subject: Subject::Models(known), library })
            }
        }
    }

    fn view(&self) -> Node {
        view::cost(self.0.clone())
    }
}
