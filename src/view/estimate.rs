//! What a workload costs.

use leptos::prelude::*;

use super::card::Scene;
use super::node::nothing;

/// The section `estimate`.
pub fn estimate(_scene: &Scene) -> AnyView {
    nothing()
}
