//! JavaScript objects: as JSON, what a page hands to the engine, and plain ones with
//! fields of ours. Those serve as options, too: a type for each kind of options would
//! bring a function of the boundary for each option.

use std::cell::RefCell;

use js_sys::{Array, Object, Reflect};
use wasm_bindgen::prelude::*;

use crate::catalog::{Gather, Json};

/// How many field names are kept: more than there are, so that most have a place
/// of their own.
const NAMES: usize = 512;

thread_local! {
    static KEPT_NAMES: RefCell<Vec<Option<(&'static str, JsValue)>>> =
        RefCell::new(vec![None; NAMES]);
}

/// Field names come again with every model, so their copies on the JavaScript
/// side are kept, found again by the address of the text in this module.
fn name_value(name: &'static str) -> JsValue {
    let place = name.as_ptr() as usize % NAMES;
    KEPT_NAMES.with_borrow_mut(|kept| match kept.get_mut(place) {
        Some(Some((owner, value))) if std::ptr::eq(*owner, name) => value.clone(),
        Some(place) => place.insert((name, JsValue::from_str(name))).1.clone(),
        None => JsValue::from_str(name),
    })
}

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
        let value = Reflect::get(self, &name_value(name)).ok()?;
        (!value.is_null() && !value.is_undefined()).then_some(value)
    }

    fn text(&self) -> Option<String> {
        self.as_string()
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
