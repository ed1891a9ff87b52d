//! Modelcard: a live, comparable card of any AI model, for any documentation page.
//!
//! The map of the crate, from the top down; each layer uses only those below it:
//!
//! - `element`: the JavaScript boundary, one exported handle per custom element;
//! - `view`: what is drawn, one section per file, under Leptos's signals;
//! - `state`: reactive state without DOM;
//! - `platform`: everything that touches the browser (fetch, `Intl`, stylesheet);
//! - [`link`]: what the elements of a page show, as a URL fragment;
//! - [`ranking`]: percentiles, ratings, cost tiers, performance summary;
//! - [`cost`]: usage and a rate card in, an itemised bill out;
//! - [`formats`]: foreign JSON and Markdown to a compiled [`catalog::Catalog`];
//! - [`catalog`]: what a catalog is.
//!
//! The last five know no browser: they build and are tested on the host. The
//! first four exist only in the widget module (`wasm32` with feature `widget`).
#![forbid(unsafe_code)]

pub mod catalog;
pub mod cost;
#[cfg(feature = "formats")]
pub mod formats;
pub mod link;
pub mod ranking;

#[cfg(all(target_arch = "wasm32", feature = "widget"))]
pub mod element;
#[cfg(all(target_arch = "wasm32", feature = "widget"))]
pub mod platform;
#[cfg(all(target_arch = "wasm32", feature = "widget"))]
pub mod state;
#[cfg(all(target_arch = "wasm32", feature = "widget"))]
pub mod view;
