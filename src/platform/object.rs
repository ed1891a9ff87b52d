//! JavaScript objects: as JSON, what a page hands to the engine, and plain ones with
//! fields of ours. Those serve as options, too: a type for each kind of options would
//! bring a function of the boundary for each option.

use std::borrow::Cow;

use js_sys::{Array, Object, Reflect};
use wasm_bindgen::prelude::*;

use crate::catalog::{Gather, Json};

/// A plain object with these fields, whose names are our own.
pub fn object(fields: &[(&'static str, JsValue)]) -> Object {
    let object = Object::new();
    for (name, value) in fields {
        // Setting a field of a fresh object does not fail.
        let _ = Reflect::set(&object, &JsValue::from_str(name), value);
    }
    object
}

impl Json for JsValue {
    fn field(&self, name: &'static str) -> Option<Self> {
        let value = Reflect::get(self, &JsValue::from_str(name)).ok()?;
        (!value.is_null() && !value.is_undefined()).then_some(value)
    }

    fn words(&self) -> Option<Cow<'_, str>> {
        self.as_string().map(Cow::Owned)
    }

    fn number(&self) -> Option<f64> {
        self.as_f64()
    }

    fn truth(&self) -> Option<bool> {
        self.as_bool()
    }

    fn items(&self) -> Option<Vec<Self>> {
        Array::is_array(self).then(|| self.unchecked_ref::<Array>().to_vec())
    }

    fn is_map(&self) -> bool {
        self.is_object() && !Array::is_array(self)
    }

    fn entries(&self) -> Option<Vec<(String, Self)>> {
        if !self.is_map() {
            return None;
        }
        let entries = Object::entries(self.unchecked_ref());
        Some(
            entries
                .iter()
                .map(|entry| {
                    let pair: Array = entry.unchecked_into();
                    (pair.get(0).as_string().unwrap_or_default(), pair.get(1))
                })
                .gather(),
        )
    }
}
