//! The fragment of the page's address: where shareable links live.

use crate::catalog::phrase;
use wasm_bindgen::prelude::*;
use web_sys::{Location, Window};

fn location() -> Option<Location> {
    Some(web_sys::window()?.location())
}

/// The fragment, with its `#`; blank where there is none.
pub fn fragment() -> String {
    location().and_then(|location| location.hash().ok()).unwrap_or_default()
}

/// The whole address.
pub fn href() -> String {
    location().and_then(|location| location.href().ok()).unwrap_or_default()
}

/// Whether the page has a place of its own under this fragment.
pub fn is_place(fragment: &str) -> bool {
    let id = fragment.strip_prefix('#').unwrap_or(fragment);
    let document = web_sys::window().and_then(|window| window.document());
    document.is_some_and(|document| document.get_element_by_id(id).is_some())
}

/// Shows another fragment in the address bar, as a step of its own that Back undoes,
/// or in place of the current one. The page does not scroll, and its own state of
/// the history entry is kept.
pub fn show(fragment: &str, step: bool) {
    let Some(history) = web_sys::window().and_then(|window| window.history().ok()) else { return };
    let state = history.state().unwrap_or(JsValue::NULL);
    let before = href();
    let page = before.split('#').next().unwrap_or_default();
    let hash = if fragment.is_empty() { "" } else { "#" };
    let address = phrase(page).and(hash).and(fragment).text();
    if address == before {
        return;
    }
    // Browsers refuse when it is called too often, and pages within frames may not at
    // all: then the address stays as it is, and nothing else is lost.
    let _ = if step {
        history.push_state_with_url(&state, "", Some(&address))
    } else {
        history.replace_state_with_url(&state, "", Some(&address))
    };
}

/// Listens to changes of the fragment that are not ours, until dropped.
pub struct Watch {
    window: Window,
    changed: Closure<dyn Fn()>,
}

impl Watch {
    /// Calls back when a reader goes back or forward, or edits the address.
    pub fn new(changed: impl Fn() + 'static) -> Option<Self> {
        let window = web_sys::window()?;
        let changed = Closure::<dyn Fn()>::new(changed);
        let function = changed.as_ref().unchecked_ref();
        window.add_event_listener_with_callback("hashchange", function).ok()?;
        Some(Self { window, changed })
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        let function = self.changed.as_ref().unchecked_ref();
        // A listener that is gone cannot be removed; that is the aim.
        let _ = self.window.remove_event_listener_with_callback("hashchange", function);
    }
}
