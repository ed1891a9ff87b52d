//! What elements look like: one section per file, made of the nodes in `node`.
//!
//! Views fetch nothing and compute nothing: they arrange what the state and the
//! pure layers give them. They use no `web_sys` of their own. All of them are
//! written with Leptos's builder syntax; `node` says why.

mod benchmarks;
mod card;
mod description;
mod endpoints;
mod estimate;
mod explain;
mod failure;
mod features;
mod figure;
mod footer;
mod header;
mod history;
mod modalities;
mod node;
mod parameters;
mod pricing;
mod siblings;
mod specs;
mod summary;
mod table;

pub use card::card;
