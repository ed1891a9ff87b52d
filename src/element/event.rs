//! Events that leave an element: bubbling, composed, with a plain object as detail.

use crate::catalog::phrase;
use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CustomEvent, HtmlElement};

use super::object::{number, object, optional, text};
use crate::platform::library::Origin;
use crate::state::{Event, Subject};

/// Dispatches an event on the element.
pub fn dispatch(element: &HtmlElement, event: &Event) {
    match event {
        Event::Ready { subject, library } => {
            let catalogs: Array = library.origins.iter().map(origin).collect();
            let detail = [named(subject), ("catalogs", catalogs.into())];
            fire(element, "modelcard-ready", &detail);
        }
        Event::Error { code, message, url, retryable } => {
            web_sys::console::error_1(&phrase("modelcard: ").and(message).text().into());
            let detail = [
                ("code", text(code)),
                ("message", text(message)),
                ("url", optional(url.as_deref())),
                ("retryable", (*retryable).into()),
            ];
            fire(element, "modelcard-error", &detail);
        }
        Event::Change { subject, change } => {
            let mut detail = vec![("reason", text(change.reason)), named(subject)];
            let chosen = [
                ("workload", &change.workload),
                ("sort", &change.sort),
                ("filter", &change.filter),
            ];
            for (name, value) in chosen {
                if let Some(value) = value {
                    detail.push((name, text(value)));
                }
            }
            fire(element, "modelcard-change", &detail);
        }
    }
}

/// What an element is about: `model`, or `models`.
fn named(subject: &Subject) -> (&'static str, JsValue) {
    match subject {
        Subject::Model(id) => ("model", text(id)),
        Subject::Models(ids) => {
            let ids: Array = ids.iter().map(|id| text(id)).collect();
            ("models", ids.into())
        }
    }
}

#[allow(clippy::cast_precision_loss)] // at most 40,000 models
fn origin(origin: &Origin) -> JsValue {
    object(&[
        ("url", optional(origin.url.as_deref())),
        ("format", text(&origin.format)),
        ("models", number(origin.models as f64)),
        ("date", optional(origin.date.map(crate::catalog::Date::text).as_deref())),
    ])
}

fn fire(element: &HtmlElement, name: &str, detail: &[(&'static str, JsValue)]) {
    let init = object(&[
        ("bubbles", JsValue::TRUE),
        ("composed", JsValue::TRUE),
        ("detail", object(detail)),
    ]);
    // A listener that throws reports its own error; there is nothing to undo.
    if let Ok(event) = CustomEvent::new_with_event_init_dict(name, init.unchecked_ref()) {
        let _ = element.dispatch_event(&event);
    }
}
