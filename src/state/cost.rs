//! What a cost estimator shows: the models of its attribute that the catalog
//! knows, and the names that it does not.

use std::rc::Rc;

use super::{Absent, ElementState, Unknown};
use crate::platform::library::Library;

/// What a cost estimator has to draw.
#[derive(Clone, Debug)]
pub enum Costs {
    /// Nothing, for want of a catalog.
    Absent(Absent),
    /// Nothing, for want of a model.
    NoModel(Vec<Unknown>),
    /// The costs of these models.
    Models {
        /// The catalog.
        library: Rc<Library>,
        /// The ids that it knows, as the attribute names them.
        known: Vec<String>,
        /// The ids that it does not know.
        unknown: Vec<Unknown>,
    },
}

impl Costs {
    /// What there is to draw.
    pub fn of(state: &ElementState) -> Self {
        let library = match state.loaded() {
            Ok(library) => library,
            Err(absent) => return Self::Absent(absent),
        };
        let (known, unknown) = state.known(&library);
        if known.is_empty() {
            Self::NoModel(unknown)
        } else {
            Self::Models { library, known, unknown }
        }
    }
}
