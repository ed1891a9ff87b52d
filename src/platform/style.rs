//! The one stylesheet of all elements: adopted, so that no content security
//! policy forbids it, and shared, so that it is parsed once.

use std::cell::RefCell;

use wasm_bindgen::JsValue;
use web_sys::{CssStyleSheet, ShadowRoot};

use super::minify::{minified, minified_length};

/// The stylesheet as it is written.
pub const SOURCE: &str = include_str!("style.css");
static MINIFIED: [u8; minified_length(SOURCE)] = minified(SOURCE);
/// The stylesheet as it is adopted.
pub const TEXT: &str = match std::str::from_utf8(&MINIFIED) {
    Ok(text) => text,
    Err(_) => panic!("only ASCII is left out"),
};

thread_local! {
    static SHEET: RefCell<Option<CssStyleSheet>> = const { RefCell::new(None) };
}

/// Adopts the stylesheet in a shadow root.
pub fn adopt(root: &ShadowRoot) -> Result<(), JsValue> {
    let sheet = SHEET.with_borrow_mut(|kept| -> Result<CssStyleSheet, JsValue> {
        if let Some(sheet) = kept {
            return Ok(sheet.clone());
        }
        let sheet = CssStyleSheet::new()?;
        sheet.replace_sync(TEXT)?;
        *kept = Some(sheet.clone());
        Ok(sheet)
    })?;
    let adopted = root.adopted_style_sheets();
    if !adopted.includes(&sheet, 0) {
        adopted.push(&sheet);
    }
    Ok(())
}
