//! The exported handles: one for each custom element, all of one shape.

use wasm_bindgen::prelude::*;
use web_sys::HtmlElement;

use super::card::CardFace;
use super::compare::CompareFace;
use super::cost::CostFace;
use super::host::{Host, Start};
use super::price::PriceFace;
use super::table::TableFace;

macro_rules! handle {
    ($(#[doc = $doc:literal])* $name:ident, $attributes:expr, $is_inline:expr, $face:expr) => {
        $(#[doc = $doc])*
        #[wasm_bindgen]
        pub struct $name(Host);

        #[wasm_bindgen]
        impl $name {
            /// Mounts an element: the custom element, the box that holds its place,
            /// the slot with the author's fallback, the node to draw into, the
            /// `data-catalog` of the script tag, and the `catalog` property, where
            /// one is set.
            #[wasm_bindgen(constructor)]
            pub fn new(
                element: HtmlElement,
                frame: HtmlElement,
                slot: HtmlElement,
                mount: HtmlElement,
                script_catalog: String,
                catalog: JsValue,
            ) -> Self {
                let start = Start { element, frame, slot, mount, script_catalog, catalog };
                Self(Host::new(start, $attributes, $is_inline, $face))
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
    };
}

handle! {
    /// One `<model-card>` on the page.
    CardHandle, &["model", "sections"], false, CardFace::face
}
handle! {
    /// One `<model-compare>` on the page.
    CompareHandle, &["models"], false, CompareFace::face
}
handle! {
    /// One `<model-cost>` on the page.
    CostHandle, &["models"], false, CostFace::face
}
handle! {
    /// One `<model-price>` on the page.
    PriceHandle, &["model", "field"], true, PriceFace::face
}
handle! {
    /// One `<model-table>` on the page.
    TableHandle, &["author", "models"], false, TableFace::face
}
