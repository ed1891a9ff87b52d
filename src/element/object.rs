//! Plain JavaScript objects, and what they hold.

use js_sys::{Object, Reflect};
use wasm_bindgen::JsValue;

/// A plain object with these fields, whose names are our own.
pub fn object(fields: &[(&'static str, JsValue)]) -> JsValue {
    let object = Object::new();
    for (name, value) in fields {
        // Setting a field of a fresh object does not fail.
        let _ = Reflect::set(&object, &JsValue::from_str(name), value);
    }
    object.into()
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
