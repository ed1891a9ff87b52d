//! The JavaScript boundary: one exported handle of the custom elements, and
//! the engine. Attributes come in here and events go out; everything between
//! is in the layers below.

mod card;
mod compare;
mod cost;
mod engine;
mod event;
mod handle;
mod host;
mod price;
mod share;
mod start;
mod table;
