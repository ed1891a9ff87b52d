//! When something comes into view.

use js_sys::Array;
use wasm_bindgen::prelude::*;
use web_sys::{Element, IntersectionObserver, IntersectionObserverEntry};

use super::object::fields;

/// Waits for an element to come into view, until dropped.
pub struct Watch {
    observer: IntersectionObserver,
    // Called by the observer for as long as it lives.
    _seen: Closure<dyn Fn(Array)>,
}

impl Watch {
    /// Calls back once an element is seen, or a little before.
    pub fn new(element: &Element, seen: impl Fn() + 'static) -> Option<Self> {
        let seen = Closure::<dyn Fn(Array)>::new(move |entries: Array| {
            let is_seen = |entry: JsValue| {
                entry.unchecked_into::<IntersectionObserverEntry>().is_intersecting()
            };
            if entries.iter().any(is_seen) {
                seen();
            }
        });
        let init = fields().with("rootMargin", "200px").options();
        let (call, init) = (seen.as_ref().unchecked_ref(), init.unchecked_ref());
        let observer = IntersectionObserver::new_with_options(call, init).ok()?;
        observer.observe(element);
        Some(Self { observer, _seen: seen })
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}
