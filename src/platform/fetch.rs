//! Requests for catalogs: no credentials, no referrer, a time limit, a size
//! limit on the decoded bytes, and patient retries.

use std::rc::Rc;

use js_sys::{Function, Math, Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortSignal, ReadableStreamDefaultReader, Response};

use super::failure::{Cause, Failure};
use super::host;
use super::object::fields;
use crate::catalog::{CatalogError, MAX_BYTES};

/// The time for one request, body included, in milliseconds.
const TIME_LIMIT: u32 = 15_000;

/// How often a request is tried in all.
const TRIES: u32 = 3;

/// What is called with the beginning of a body, once so many bytes of it are there.
pub struct Beginning {
    /// How many bytes.
    pub length: u32,
    /// Called with these. A copy: whoever keeps it does not keep all that came along.
    pub tell: Function,
}

/// The body at a URL, and before that its beginning.
pub async fn fetch(url: &str, beginning: Option<&Beginning>) -> Result<Uint8Array, Rc<Failure>> {
    let mut tries = 0;
    loop {
        tries += 1;
        let cause = match attempt(url, beginning).await {
            Ok(body) => return Ok(body),
            Err(cause) => cause,
        };
        let failure = Failure::at(url, cause);
        let worth_it =
            failure.retryable() && !matches!(failure.cause, Cause::Offline | Cause::TooSlow);
        if !worth_it || tries == TRIES {
            return Err(Rc::new(failure));
        }
        // Full jitter, so that a page's readers do not come back all at once.
        sleep(Math::random() * 1000.0 * f64::from(tries)).await;
    }
}

async fn attempt(url: &str, beginning: Option<&Beginning>) -> Result<Uint8Array, Cause> {
    let started = host::response(url).or_else(|| request(url)).ok_or(Cause::Unreachable)?;
    let response = JsFuture::from(started).await.map_err(|error| explain(url, &error))?;
    let response: Response = response.unchecked_into();
    match response.status() {
        _ if response.ok() => read(url, &response, beginning).await,
        404 | 410 => Err(Cause::NotFound),
        status @ (401 | 403 | 407) => Err(Cause::Refused(status)),
        429 => Err(Cause::TooManyRequests),
        status => Err(Cause::Status(status)),
    }
}

/// A request under way; none where there is no page.
fn request(url: &str) -> Option<Promise> {
    let init = fields()
        .with("credentials", "omit")
        .with("referrerPolicy", "no-referrer")
        .with("signal", JsValue::from(AbortSignal::timeout_with_u32(TIME_LIMIT)))
        .options();
    Some(web_sys::window()?.fetch_with_str_and_init(url, init.unchecked_ref()))
}

/// The body, given up as soon as it exceeds the limit: the length that a server
/// states is of the compressed bytes, so only counting helps.
async fn read(
    url: &str,
    response: &Response,
    beginning: Option<&Beginning>,
) -> Result<Uint8Array, Cause> {
    let mut chunks: Vec<Uint8Array> = Vec::new();
    let mut size = 0;
    if let Some(stream) = response.body() {
        let reader: ReadableStreamDefaultReader = stream.get_reader().unchecked_into();
        loop {
            let result =
                JsFuture::from(reader.read()).await.map_err(|error| explain(url, &error))?;
            let Some(chunk) = Reflect::get(&result, &"value".into())
                .ok()
                .and_then(|value| value.dyn_into::<Uint8Array>().ok())
            else {
                break;
            };
            let before = size;
            size += chunk.length();
            if size as usize > MAX_BYTES {
                // The answer no longer matters, and neither does a failed cancel.
                let _ = reader.cancel();
                return Err(Cause::Catalog(CatalogError::TooLarge));
            }
            chunks.push(chunk);
            if let Some(Beginning { length, tell }) = beginning
                && (before..size).contains(length)
            {
                // A promise's end, which does not fail.
                let _ = tell.call1(&JsValue::UNDEFINED, &joined(&chunks, size).slice(0, *length));
            }
        }
    }
    Ok(joined(&chunks, size))
}

/// The bytes of a body that has come in chunks; often in one.
fn joined(chunks: &[Uint8Array], size: u32) -> Uint8Array {
    if let [only] = chunks {
        return only.clone();
    }
    let whole = Uint8Array::new_with_length(size);
    let mut at = 0;
    for chunk in chunks {
        whole.set(chunk, at);
        at += chunk.length();
    }
    whole
}

/// Browsers hide why a request failed; this is what can be known.
fn explain(url: &str, error: &JsValue) -> Cause {
    let name = error
        .as_string()
        .or_else(|| Reflect::get(error, &"name".into()).ok()?.as_string())
        .unwrap_or_default();
    if name == "TimeoutError" || name == "AbortError" {
        Cause::TooSlow
    } else if host::refused(url) {
        Cause::BlockedByPolicy
    } else if web_sys::window().is_some_and(|window| !window.navigator().on_line()) {
        Cause::Offline
    } else if web_sys::Url::new(url).is_err() {
        Cause::BadUrl
    } else {
        Cause::Unreachable
    }
}

/// Waits, in milliseconds.
pub async fn sleep(milliseconds: f64) {
    wait(milliseconds, false).await;
}

/// How long to wait for a frame, in milliseconds: pages out of sight draw none.
const NO_FRAME: f64 = 100.0;

/// Waits until the page has drawn what it has been given.
pub async fn frame() {
    wait(NO_FRAME, true).await;
    // So far the frame has only begun.
    host::pause().await;
}

async fn wait(milliseconds: f64, or_frame: bool) {
    let promise = Promise::new(&mut |resolve, _| {
        if let Some(window) = web_sys::window() {
            #[allow(clippy::cast_possible_truncation)] // a few seconds
            let delay = milliseconds as i32;
            let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, delay);
            if or_frame {
                let _ = window.request_animation_frame(&resolve);
            }
        }
    });
    let _ = JsFuture::from(promise).await;
}
