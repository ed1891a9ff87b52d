//! What is particular to `<model-compare>`.

use std::rc::Rc;

use super::host::Face;
use crate::state::{CompareState, Compared, ElementState, Event, Subject};
use crate::view::{self, Node};

/// One comparison.
pub struct CompareFace(Rc<CompareState>);

impl CompareFace {
    /// A comparison with the state that every element has.
    pub fn face(element: ElementState) -> Rc<dyn Face> {
        Rc::new(Self(Rc::new(CompareState::new(element))))
    }
}

impl Face for CompareFace {
    fn state(&self) -> &ElementState {
        &self.0.element
    }

    fn outcome(&self) -> Option<Event> {
        match self.0.compared() {
            Compared::Absent(absent) => absent.event(),
            Compared::Models { known, unknown, .. } if known.is_empty() && !unknown.is_empty() => {
                Some(Event::unknown_models(&unknown))
            }
            Compared::Models { library, known, .. } => {
                Some(Event::Ready { subject: Subject::Models(known), library })
            }
        }
    }

    fn view(&self) -> Node {
        view::compare(self.0.clone())
    }

    fn link(&self) -> Vec<(&'static str, String)> {
        self.0.links()
    }

    fn follow(&self, name: &str, value: &str) {
        self.0.follow(name, value);
    }

    fn reset(&self) {
        self.0.reset();
    }
}
