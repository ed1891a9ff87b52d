//! What the loader gives to Rust: the things that must exist before it.

use std::cell::RefCell;

use js_sys::Promise;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// The loader's side of the boundary.
    #[derive(Clone)]
    pub type Host;

    /// The directory of the loader, with a slash at its end.
    #[wasm_bindgen(method, getter)]
    pub fn base(this: &Host) -> String;

    /// The response that the loader has asked for already; only once for each URL.
    #[wasm_bindgen(method)]
    fn response(this: &Host, url: &str) -> Option<Promise>;

    /// Whether the page's content security policy refused this request.
    #[wasm_bindgen(method)]
    fn refused(this: &Host, url: &str) -> bool;

    /// The formats module, fetched when first asked for.
    #[wasm_bindgen(method, catch)]
    fn formats(this: &Host) -> Result<Promise, JsValue>;

    /// Tells the loader that this module must not be entered again.
    #[wasm_bindgen(method)]
    fn panicked(this: &Host, message: &str);

    /// The formats module.
    pub type FormatsModule;

    /// Any catalog's bytes to `{"format", "catalog"}` as JSON text.
    #[wasm_bindgen(method, catch)]
    pub fn compile(this: &FormatsModule, bytes: &js_sys::Uint8Array) -> Result<String, JsValue>;
}

thread_local! {
    static HOST: RefCell<Option<Host>> = const { RefCell::new(None) };
}

/// Keeps the loader's side, and reports panics to it.
pub fn set(host: Host) {
    HOST.set(Some(host));
    std::panic::set_hook(Box::new(|panic| {
        // A panic while the host is borrowed must not panic again.
        let host = HOST.try_with(|host| host.try_borrow().ok().and_then(|host| host.clone()));
        if let Ok(Some(host)) = host {
            host.panicked(&panic.to_string());
        }
    }));
}

fn with<R>(call: impl FnOnce(&Host) -> R) -> Option<R> {
    HOST.with_borrow(|host| host.as_ref().map(call))
}

/// The directory of the loader.
pub fn base() -> String {
    with(Host::base).unwrap_or_default()
}

/// The response that the loader has asked for already.
pub fn response(url: &str) -> Option<Promise> {
    with(|host| host.response(url)).flatten()
}

/// Whether the page's content security policy refused this request.
pub fn refused(url: &str) -> bool {
    with(|host| host.refused(url)).unwrap_or(false)
}

/// The formats module.
pub async fn formats() -> Result<FormatsModule, JsValue> {
    let promise = with(Host::formats).ok_or(JsValue::UNDEFINED)??;
    Ok(wasm_bindgen_futures::JsFuture::from(promise).await?.unchecked_into())
}
