//! Copying text.

use wasm_bindgen_futures::JsFuture;

/// Copies text to the clipboard; whether that worked.
pub async fn copy(text: &str) -> bool {
    let Some(window) = web_sys::window() else { return false };
    // Pages without a secure context have no clipboard.
    if !window.is_secure_context() {
        return false;
    }
    JsFuture::from(window.navigator().clipboard().write_text(text)).await.is_ok()
}
