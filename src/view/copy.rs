//! A button that copies something, and what came of it.

use std::rc::Rc;

use super::node::{Node, el, live};
use crate::platform::clipboard;
use crate::state::Signal;

/// The button, which copies a text, and the words about it, to stand beside it.
#[inline(never)]
pub fn copying(button: Node, text: Rc<dyn Fn() -> String>) -> (Node, Node) {
    let copied = Signal::new("");
    let said = copied.clone();
    let copy = button.pressed(move || {
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
    (copy, el("small.muted|role=status").with(live(move || said.get())))
}
