//! JSON to [`Catalog`] in the widget: `JSON.parse`, then typed structs, model by
//! model; what is not compiled goes through the formats module first.

use std::cell::RefCell;

use js_sys::{Array, JSON, JsString, Object, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::Blob;

use super::failure::Cause;
use super::host;
use crate::catalog::{Catalog, CatalogError, Json, Model, Reader, check_version, decode};

#[wasm_bindgen]
extern "C" {
    // Declared here because js-sys takes a Rust string, and the text of a catalog
    // would be copied into this module and back.
    #[wasm_bindgen(js_namespace = JSON, catch)]
    fn parse(text: &JsString) -> Result<JsValue, JsValue>;
}

/// A compiled catalog as parsed JSON, and the name of the format it came in.
pub struct Parsed {
    /// The compiled catalog.
    pub json: JsValue,
    /// The format's name: `native`, `openrouter`, …
    pub format: String,
}

/// A catalog, and its models as the compiled form states them, in the same order.
pub type Read = (Catalog, Vec<JsValue>);

/// How many field names are kept: more than there are, so that most have a place
/// of their own.
const NAMES: usize = 512;

thread_local! {
    static KEPT_NAMES: RefCell<Vec<Option<(*const u8, JsValue)>>> =
        RefCell::new(vec![None; NAMES]);
}

/// Field names come again with every model, so their copies on the JavaScript
/// side are kept, found again by the address of the text in this module.
fn name_value(name: &'static str) -> JsValue {
    let address = name.as_ptr();
    KEPT_NAMES.with_borrow_mut(|kept| match kept.get_mut(address as usize % NAMES) {
        Some(Some((owner, value))) if *owner == address => value.clone(),
        Some(place) => place.insert((address, JsValue::from_str(name))).1.clone(),
        None => JsValue::from_str(name),
    })
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

    fn entries(&self) -> Option<Vec<(String, Self)>> {
        if !self.is_object() || Array::is_array(self) {
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
                .collect(),
        )
    }
}

/// A catalog from the bytes at a URL.
pub async fn from_body(body: &Blob) -> Result<Parsed, Cause> {
    let text: JsString =
        JsFuture::from(body.text()).await.map_err(|_| Cause::Unreachable)?.unchecked_into();
    // A compiled catalog says so. The search costs nothing beside a parse, and
    // spares foreign catalogs a second one.
    if text.includes("\"compiled\"", 0) {
        let value = parse(&text).map_err(|error| not_json(&error))?;
        if is_compiled(&value) {
            return Ok(Parsed { json: value, format: "native".to_owned() });
        }
    }
    let bytes = JsFuture::from(body.array_buffer()).await.map_err(|_| Cause::Unreachable)?;
    through_formats(&Uint8Array::new(&bytes)).await
}

/// A catalog from a JavaScript object.
pub async fn from_object(value: &JsValue) -> Result<Parsed, Cause> {
    if is_compiled(value) {
        return Ok(Parsed { json: value.clone(), format: "native".to_owned() });
    }
    let text = JSON::stringify(value).map_err(|error| not_json(&error))?;
    // What has no JSON form, a function say, gives no text.
    let text = text.as_string().ok_or_else(|| wrong_shape("it is no object"))?;
    through_formats(&Uint8Array::from(text.as_bytes())).await
}

async fn through_formats(bytes: &Uint8Array) -> Result<Parsed, Cause> {
    let formats = host::formats().await.map_err(|_| Cause::NoFormats)?;
    let text = formats.compile(bytes).map_err(|error| {
        let field = |name: &'static str| error.field(name).and_then(|value| value.text());
        let code = field("code");
        let detail = field("detail").or_else(|| field("message").filter(|_| code.is_none()));
        Cause::from_parts(code.as_deref(), detail)
    })?;
    let value = JSON::parse(&text).map_err(|error| not_json(&error))?;
    let format = value.field("format").and_then(|format| format.text()).unwrap_or_default();
    Ok(Parsed { json: value.field("catalog").unwrap_or_default(), format })
}

fn is_compiled(value: &JsValue) -> bool {
    value.field("compiled").is_some_and(|mark| mark.is_truthy())
}

/// Reads a compiled catalog.
pub fn read(value: &JsValue) -> Result<Read, Cause> {
    let version = value
        .field("schema_version")
        .and_then(|version| version.text())
        .ok_or_else(|| wrong_shape("there is no \"schema_version\""))?;
    check_version(&version).map_err(Cause::Catalog)?;
    let root = decode::<Catalog<()>, _>(value).map_err(|fault| wrong_shape(&fault.to_string()))?;
    let raw = value
        .field("models")
        .and_then(|models| models.items())
        .ok_or_else(|| wrong_shape("\"models\" is not a list"))?;
    let mut reader = Reader::default();
    let mut models = Vec::with_capacity(raw.len());
    for model in raw {
        if reader.push(decode::<Model, _>(&model).map_err(|fault| fault.to_string())) {
            models.push(model);
        }
    }
    Ok((reader.finish(root).map_err(Cause::Catalog)?, models))
}

fn wrong_shape(found: &str) -> Cause {
    Cause::Catalog(CatalogError::NotACatalog { found: found.to_owned() })
}

fn not_json(error: &JsValue) -> Cause {
    let reason = error.field("message").and_then(|text| text.text());
    Cause::Catalog(CatalogError::NotJson { reason: reason.unwrap_or_default() })
}
