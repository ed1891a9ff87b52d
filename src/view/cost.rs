//! The cost estimator: one workload, several models.

use super::estimate::{costs, estimator, notes, request_bills};
use super::node::{Node, el, fragment, isolated, live, nothing};
use super::scene::{Parts, Scene};
use super::workload::form;
use super::{failure, footer};
use crate::catalog::{Found, Gather};
use crate::platform::clock;
use crate::state::{Costed, Costs, ElementState, Estimate};

/// What to do where no model is named.
pub const NO_MODELS: &str =
    "No models are named. Set the attribute models to ids of models, separated by spaces.";

/// A whole cost estimator.
pub fn cost(state: ElementState) -> Node {
    live(move || match Costs::of(&state) {
        Costs::Absent(absent) => failure::absent(&state, &absent),
        Costs::NoModel(unknown) if unknown.is_empty() => {
            failure::fault(vec![el("p").with(NO_MODELS)])
        }
        Costs::NoModel(unknown) => failure::unknown_models(&state, &unknown),
        Costs::Models { library, known, unknown } => {
            let scene = Parts::scene(&state, library, None);
            let faults = if unknown.is_empty() {
                nothing()
            } else {
                failure::unknown_models(&state, &unknown)
            };
            let models: Vec<_> = found(&scene, &known).iter().map(|found| found.model).gather();
            let foot = footer::footer(&scene, &models);
            let result = {
                let scene = scene.clone();
                live(move || {
                    let workload = scene.state.workload();
                    let found = found(&scene, &known);
                    let Estimate(costed) = Estimate::of(&found, &workload, &clock::now());
                    let mut bills = el("div");
                    for entry in &costed {
                        bills = bills.with(details(&scene, entry));
                    }
                    fragment(vec![costs(&scene, &workload, &costed), bills])
                })
            };
            let section = estimator(&scene, form(&scene), result);
            el("article.card|part=card").with(faults).with(section).with(foot)
        }
    })
}

fn found<'a>(scene: &'a Scene, known: &[String]) -> Vec<Found<'a>> {
    known.iter().filter_map(|id| scene.library.catalog.find(id)).gather()
}

/// How a model's cost comes about.
fn details(scene: &Scene, entry: &Costed) -> Node {
    let name = isolated(&entry.name);
    let summary = el("summary").with(name).with(": the bill of a request");
    let details = el("details").with(summary).with(notes(&entry.cost));
    request_bills(scene, details, &entry.name, &entry.cost)
}
