//! What the loader gives to Rust: the things that must exist before it.

use std::cell::RefCell;

use js_sys::{Array, Function, Promise};
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

    /// A promise that lets the page have a turn.
    #[wasm_bindgen(method)]
    fn pause(this: &Host) -> Promise;

    /// The formats module.
    pub type FormatsModule;

    /// Compiles catalogs, given by their URLs and bytes, and hands over the result
    /// piece by piece.
    #[wasm_bindgen(method)]
    pub fn compile(this: &FormatsModule, labels: &Array, texts: &Array, take: &Function)
    -> Promise;
}

thread_local! {
    static HOST: RefCell<Option<Host>> = const { RefCell::new(None) };
}

/// Keeps the loader's side. A panic stops the module, which the loader sees; while it is
/// developed, the console has its message.
pub fn set(host: Host) {
    HOST.set(Some(host));
    #[cfg(debug_assertions)]
    std::panic::set_hook(Box::new(|panic| {
        web_sys::console::error_1(&panic.to_string().into());
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

/// Lets the page have a turn.
pub async fn pause() {
    if let Some(turn) = with(Host::pause) {
        // It cannot fail, and if it did, the turn is over.
        let _ = wasm_bindgen_futures::JsFuture::from(turn).await;
    }
}

/// The formats module.
pub async fn formats() -> Result<FormatsModule, JsValue> {
    let promise = with(Host::formats).ok_or(JsValue::UNDEFINED)??;
    Ok(wasm_bindgen_futures::JsFuture::from(promise).await?.unchecked_into())
}
