//! Parsed JSON, read in the same way as the widget reads what `JSON.parse` gives
//! it: one reader, one set of messages. (Through serde's own readers this module
//! would be a third larger.)

use std::borrow::Cow;

use serde_json::Value;
use serde_json::value::RawValue;

use super::place;
use crate::catalog::{Decode, Json, decode};

impl Json for &Value {
    fn field(&self, name: &'static str) -> Option<Self> {
        self.get(name).filter(|value| !value.is_null())
    }

    fn as_text(&self) -> Option<Cow<'_, str>> {
        self.as_str().map(Cow::Borrowed)
    }

    fn number(&self) -> Option<f64> {
        self.as_f64()
    }

    fn truth(&self) -> Option<bool> {
        self.as_bool()
    }

    fn is_null(&self) -> bool {
        Value::is_null(self)
    }

    fn each_item(&self, visit: &mut dyn FnMut(Self)) -> bool {
        let items = self.as_array();
        items.into_iter().flatten().for_each(visit);
        items.is_some()
    }

    fn each_entry(&self, visit: &mut dyn FnMut(Cow<'_, str>, Self)) -> bool {
        let entries = self.as_object();
        for (key, value) in entries.into_iter().flatten() {
            visit(Cow::Borrowed(key), value);
        }
        entries.is_some()
    }
}

/// The value of a type, or what is wrong with it and where in it.
pub fn read<T: Decode>(json: &RawValue) -> Result<T, String> {
    let value: Value =
        serde_json::from_str(json.get()).map_err(|error| place::fault(json.get(), &error))?;
    decode(&&value).map_err(|fault| fault.to_string())
}
