//! The exported handle: one class for all custom elements, since each class of its own
//! would bring its own copy of the boundary.

use std::rc::Rc;

use wasm_bindgen::prelude::*;
use web_sys::HtmlElement;

use super::card::CardFace;
use super::compare::CompareFace;
use super::cost::CostFace;
use super::host::{Face, Host, Start};
use super::price::PriceFace;
use super::table::TableFace;
use crate::state::ElementState;

/// One element on the page.
#[wasm_bindgen]
pub struct Handle(Host);

/// An element's own attributes, and what is particular to it.
type Particulars = (&'static [&'static str], fn(ElementState) -> Rc<dyn Face>);

fn particulars(tag: &str) -> Particulars {
    match tag {
        "model-compare" => (&["models"], CompareFace::face),
        "model-cost" => (&["models"], CostFace::face),
        "model-price" => (&["model", "field"], PriceFace::face),
        "model-table" => (&["author", "models"], TableFace::face),
        _ => (&["model", "sections"], CardFace::face),
    }
}

#[wasm_bindgen]
impl Handle {
    /// Mounts an element: its tag, the custom element, the box that holds its place,
    /// the slot with the author's fallback, the node to draw into, the
    /// `data-catalog` of the script tag, and the `catalog` property, where
    /// one is set.
    #[wasm_bindgen(constructor)]
    pub fn new(
        tag: &str,
        element: HtmlElement,
        frame: HtmlElement,
        slot: HtmlElement,
        mount: HtmlElement,
        script_catalog: String,
        catalog: JsValue,
    ) -> Self {
        let (attributes, face) = particulars(tag);
        let start = Start { element, frame, slot, mount, script_catalog, catalog };
        Self(Host::new(start, attributes, tag == "model-price", face))
    }

    /// An attribute was set to a value, or removed.
    #[allow(clippy::needless_pass_by_value)] // wasm-bindgen's form of an optional text
    pub fn set_attribute(&self, name: &str, value: Option<String>) {
        self.0.set_attribute(name, value.as_deref());
    }

    /// The property `catalog` was set to an object.
    pub fn set_catalog(&self, catalog: JsValue) {
        self.0.set_catalog(catalog);
    }

    /// The value of a property that the reader can change; `undefined` for
    /// others.
    pub fn property(&self, name: &str) -> Option<String> {
        self.0.property(name)
    }

    /// Takes the element off the page.
    pub fn unmount(self) {
        drop(self);
    }
}
