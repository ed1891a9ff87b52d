//! A button that copies something, and what came of it.

use super::node::{Attributes, IntoNodes, Node, button, class, el, live};
use crate::platform::clipboard;
use crate::state::Signal;

/// A button that copies a text, and the words about it, to stand beside it.
pub fn copy_button(
    attributes: Attributes,
    label: impl IntoNodes,
    text: impl Fn() -> String + 'static,
) -> (Node, Node) {
    let copied = Signal::new("");
    let said = copied.clone();
    let copy = button(attributes, label, move || {
        let (text, copied) = (text(), copied.clone());
        wasm_bindgen_futures::spawn_local(async move {
            let done = clipboard::copy(&text).await;
            copied.set(if done {
                "Copied"
            } else {
                "Not copied: the page may not use the clipboard"
            });
        });
    });
    (copy, el("small", class("muted").set("role", "status"), live(move || said.get())))
}
