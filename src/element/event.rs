//! Events that leave an element: bubbling, composed, with a plain object as detail.

use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use web_sys::{CustomEvent, CustomEventInit, HtmlElement};

use crate::state::Event;

#[derive(Serialize)]
struct Ready<'a> {
    model: &'a str,
    catalogs: Vec<CatalogDetail<'a>>,
}

#[derive(Serialize)]
struct CatalogDetail<'a> {
    url: Option<&'a str>,
    format: &'a str,
    models: usize,
    date: Option<String>,
}

#[derive(Serialize)]
struct Failed<'a> {
    code: &'a str,
    message: &'a str,
    url: Option<&'a str>,
    retryable: bool,
}

#[derive(Serialize)]
struct Changed<'a> {
    reason: &'a str,
    model: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    workload: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sort: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    filter: Option<&'a str>,
}

/// Dispatches an event on the element.
pub fn dispatch(element: &HtmlElement, event: &Event) {
    match event {
        Event::Ready { model, library } => {
            let catalogs = library
                .origins
                .iter()
                .map(|origin| CatalogDetail {
                    url: origin.url.as_deref(),
                    format: &origin.format,
                    models: origin.models,
                    date: origin.date.map(|date| date.to_string()),
                })
                .collect();
            fire(element, "modelcard-ready", &Ready { model, catalogs });
        }
        Event::Error { code, message, url, retryable } => {
            web_sys::console::error_1(&format!("modelcard: {message}").into());
            let detail = Failed { code, message, url: url.as_deref(), retryable: *retryable };
            fire(element, "modelcard-error", &detail);
        }
        Event::Change(change) => {
            let detail = Changed {
                reason: change.reason,
                model: &change.model,
                workload: change.workload.as_deref(),
                sort: change.sort.as_deref(),
                filter: change.filter.as_deref(),
            };
            fire(element, "modelcard-change", &detail);
        }
    }
}

fn fire(element: &HtmlElement, name: &str, detail: &impl Serialize) {
    let init = CustomEventInit::new();
    init.set_bubbles(true);
    init.set_composed(true);
    if let Ok(detail) = detail.serialize(&Serializer::json_compatible()) {
        init.set_detail(&detail);
    }
    // A listener that throws reports its own error; there is nothing to undo.
    if let Ok(event) = CustomEvent::new_with_event_init_dict(name, &init) {
        let _ = element.dispatch_event(&event);
    }
}
