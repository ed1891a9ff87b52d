//! What elements look like: one section per file, made of the nodes in `node`.
//!
//! Views fetch nothing and compute nothing: they arrange what the state and the
//! pure layers give them, as nodes, which `render` draws under Leptos's signals
//! and effects. They use no `web_sys` of their own.

mod benchmarks;
mod card;
mod combobox;
mod compare;
mod comparison;
mod copy;
mod cost;
mod description;
mod endpoints;
mod estimate;
mod explain;
mod failure;
mod features;
mod fields;
mod figure;
mod footer;
mod header;
mod history;
mod listing;
mod listing_controls;
mod modalities;
mod node;
mod parameters;
mod plot;
mod pricing;
mod quote;
mod render;
mod scene;
mod siblings;
mod specs;
mod summary;
mod table;
mod workload;

pub use card::card;
pub use compare::compare;
pub use cost::{NO_MODELS, cost};
pub use listing::listing;
pub use node::Node;
pub use quote::quote;
pub use render::{Drawn, draw};
