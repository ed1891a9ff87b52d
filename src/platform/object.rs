//! JavaScript objects: as JSON, what a page hands to the engine, and plain ones with
//! fields of ours. Those serve as options, too: a type for each kind of options would
//! bring a function of the boundary for each option.

use std::borrow::Cow;

use js_sys::{Array, JsString, Object, Reflect};
use wasm_bindgen::prelude::*;

use crate::catalog::{Json, joined};

/// A JavaScript object that is given fields one by one: a list of them would first be laid
/// out in memory, and cleared away.
pub struct Fields(JsValue);

/// A plain object.
#[inline(never)]
pub fn fields() -> Fields {
    Fields(Object::new().into())
}

impl Fields {
    /// Further fields of an object.
    pub const fn of(object: JsValue) -> Self {
        Self(object)
    }

    /// One more field.
    #[must_use]
    pub fn with(self, name: &str, value: impl Field) -> Self {
        value.set_in(self, name)
    }

    // By value, so that it is dropped here and not wherever a field is set.
    #[allow(clippy::needless_pass_by_value)]
    #[inline(never)]
    fn set(self, name: &str, value: JsValue) -> Self {
        // Setting a field of an object of ours does not fail.
        let _ = Reflect::set(&self.0, &JsValue::from_str(name), &value);
        self
    }

    /// The object.
    pub fn done(self) -> JsValue {
        self.0
    }

    /// The object, as options of the page's functions.
    pub fn options(self) -> Object {
        self.0.unchecked_into()
    }
}

/// A list of texts. They cross in one piece, since a table names thousands of models; a NUL
/// would part one, but no text of a catalog keeps any.
#[inline(never)]
pub fn list(texts: &[String]) -> Array {
    if texts.is_empty() {
        return Array::new();
    }
    JsString::from(joined(texts, "\0").text()).split("\0")
}

/// What a field can hold.
pub trait Field {
    /// Sets it.
    fn set_in(self, fields: Fields, name: &str) -> Fields;
}

impl Field for JsValue {
    fn set_in(self, fields: Fields, name: &str) -> Fields {
        fields.set(name, self)
    }
}

impl Field for Array {
    fn set_in(self, fields: Fields, name: &str) -> Fields {
        fields.set(name, self.into())
    }
}

impl Field for &str {
    #[inline(never)]
    fn set_in(self, fields: Fields, name: &str) -> Fields {
        fields.set(name, JsValue::from_str(self))
    }
}

impl Field for &String {
    fn set_in(self, fields: Fields, name: &str) -> Fields {
        self.as_str().set_in(fields, name)
    }
}

/// Text, or null.
impl Field for Option<String> {
    #[inline(never)]
    fn set_in(self, fields: Fields, name: &str) -> Fields {
        fields.set(name, self.map_or(JsValue::NULL, |text| JsValue::from_str(&text)))
    }
}

/// Text, or null.
impl Field for &Option<String> {
    #[inline(never)]
    fn set_in(self, fields: Fields, name: &str) -> Fields {
        fields.set(name, self.as_deref().map_or(JsValue::NULL, JsValue::from_str))
    }
}

impl Field for f64 {
    #[inline(never)]
    fn set_in(self, fields: Fields, name: &str) -> Fields {
        fields.set(name, JsValue::from_f64(self))
    }
}

impl Field for bool {
    fn set_in(self, fields: Fields, name: &str) -> Fields {
        fields.set(name, JsValue::from_bool(self))
    }
}

impl Json for JsValue {
    fn field(&self, name: &'static str) -> Option<Self> {
        let value = Reflect::get(self, &JsValue::from_str(name)).ok()?;
        (!value.is_null() && !value.is_undefined()).then_some(value)
    }

    fn as_text(&self) -> Option<Cow<'_, str>> {
        self.as_string().map(Cow::Owned)
    }

    fn number(&self) -> Option<f64> {
        self.as_f64()
    }

    fn truth(&self) -> Option<bool> {
        self.as_bool()
    }

    fn is_null(&self) -> bool {
        self.is_null() || self.is_undefined()
    }

    fn each_item(&self, visit: &mut dyn FnMut(Self)) -> bool {
        let is_list = Array::is_array(self);
        if is_list {
            self.unchecked_ref::<Array>().iter().for_each(visit);
        }
        is_list
    }

    fn each_entry(&self, visit: &mut dyn FnMut(Cow<'_, str>, Self)) -> bool {
        let is_map = self.is_object() && !Array::is_array(self);
        if is_map {
            for entry in Object::entries(self.unchecked_ref()).iter() {
                let pair: Array = entry.unchecked_into();
                visit(pair.get(0).as_string().unwrap_or_default().into(), pair.get(1));
            }
        }
        is_map
    }
}
