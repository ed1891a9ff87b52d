//! Events that leave an element: bubbling, composed, with a plain object as detail.

use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CustomEvent, HtmlElement};

use crate::catalog::{Date, phrase};
use crate::platform::library::Origin;
use crate::platform::object::{Fields, fields, list};
use crate::state::{Event, Subject};

/// Dispatches an event on the element.
pub fn dispatch(element: &HtmlElement, event: &Event) {
    let (name, detail) = match event {
        Event::Ready { subject, library } => {
            let catalogs = Array::new();
            for source in &library.origins {
                catalogs.push(&origin(source));
            }
            ("modelcard-ready", named(fields(), subject).with("catalogs", catalogs))
        }
        Event::Error { code, message, url, retryable } => {
            web_sys::console::error_1(&phrase("modelcard: ").and(message).text().into());
            let detail = fields()
                .with("code", *code)
                .with("message", message)
                .with("url", url)
                .with("retryable", *retryable);
            ("modelcard-error", detail)
        }
        Event::Change { subject, change } => {
            let mut detail = named(fields().with("reason", change.reason), subject);
            for (name, value) in
                [("workload", &change.workload), ("sort", &change.sort), ("filter", &change.filter)]
            {
                if let Some(value) = value {
                    detail = detail.with(name, value);
                }
            }
            ("modelcard-change", detail)
        }
    };
    let init = fields().with("bubbles", true).with("composed", true).with("detail", detail.done());
    let init = init.options();
    // A listener that throws reports its own error; there is nothing to undo.
    if let Ok(event) = CustomEvent::new_with_event_init_dict(name, init.unchecked_ref()) {
        let _ = element.dispatch_event(&event);
    }
}

/// What an element is about: `model`, or `models`.
fn named(detail: Fields, subject: &Subject) -> Fields {
    match subject {
        Subject::Model(id) => detail.with("model", id),
        Subject::Models(ids) => detail.with("models", list(ids)),
    }
}

#[allow(clippy::cast_precision_loss)] // at most 40,000 models
fn origin(origin: &Origin) -> JsValue {
    fields()
        .with("url", &origin.url)
        .with("format", &origin.format)
        .with("models", origin.models as f64)
        .with("date", origin.date.map(Date::text))
        .done()
}
