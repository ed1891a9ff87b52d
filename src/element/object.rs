//! What plain JavaScript objects of ours hold.

use wasm_bindgen::JsValue;

/// An object with these fields.
pub fn object(fields: &[(&'static str, JsValue)]) -> JsValue {
    crate::platform::object::object(fields).into()
}

/// Text.
pub fn text(text: &str) -> JsValue {
    JsValue::from_str(text)
}

/// Text, or null.
pub fn optional(text: Option<&str>) -> JsValue {
    text.map_or(JsValue::NULL, JsValue::from_str)
}

/// A number.
pub fn number(number: f64) -> JsValue {
    JsValue::from_f64(number)
}
