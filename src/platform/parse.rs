//! JSON to [`Catalog`] in the widget: `JSON.parse`, then typed structs through
//! serde-wasm-bindgen, model by model; what is not compiled goes through the
//! formats module first.

use js_sys::{Array, JSON, JsString, Reflect, Uint8Array};
use serde::Deserialize;
use serde_wasm_bindgen::{from_value, preserve};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::Blob;

use super::failure::Cause;
use super::host;
use crate::catalog::{Catalog, CatalogError, Model, Reader, check_version};

/// A catalog as read, and the name of the format it came in.
pub struct Parsed {
    /// The catalog.
    pub catalog: Catalog,
    /// The format's name: `native`, `openrouter`, …
    pub format: String,
}

#[derive(Deserialize)]
struct RawModels(#[serde(with = "preserve")] Array);

/// A catalog from the bytes at a URL.
pub async fn from_body(body: &Blob) -> Result<Parsed, Cause> {
    let text: JsString =
        JsFuture::from(body.text()).await.map_err(|_| Cause::Unreachable)?.unchecked_into();
    // A compiled catalog says so. The search costs nothing beside a parse, and
    // spares foreign catalogs a second one.
    if text.includes("\"compiled\"", 0) {
        let value = JSON::parse(&String::from(&text)).map_err(|error| not_json(&error))?;
        if is_compiled(&value) {
            return Ok(Parsed { catalog: from_compiled(&value)?, format: "native".to_owned() });
        }
    }
    let bytes = JsFuture::from(body.array_buffer()).await.map_err(|_| Cause::Unreachable)?;
    through_formats(&Uint8Array::new(&bytes)).await
}

/// A catalog from a JavaScript object.
pub async fn from_object(value: &JsValue) -> Result<Parsed, Cause> {
    if is_compiled(value) {
        return Ok(Parsed { catalog: from_compiled(value)?, format: "native".to_owned() });
    }
    let text = JSON::stringify(value).map_err(|error| not_json(&error))?;
    let bytes = String::from(text).into_bytes();
    through_formats(&Uint8Array::from(bytes.as_slice())).await
}

async fn through_formats(bytes: &Uint8Array) -> Result<Parsed, Cause> {
    let formats = host::formats().await.map_err(|_| Cause::NoFormats)?;
    let text = formats.compile(bytes).map_err(|error| {
        let field = |name: &str| {
            Reflect::get(&error, &name.into()).ok().and_then(|value| value.as_string())
        };
        Cause::from_parts(
            field("code").as_deref(),
            field("detail").or_else(|| field("code").is_none().then(|| field("message")).flatten()),
        )
    })?;
    let value = JSON::parse(&text).map_err(|error| not_json(&error))?;
    let part = |name: &str| Reflect::get(&value, &name.into()).unwrap_or_default();
    Ok(Parsed {
        catalog: from_compiled(&part("catalog"))?,
        format: part("format").as_string().unwrap_or_default(),
    })
}

fn is_compiled(value: &JsValue) -> bool {
    Reflect::get(value, &"compiled".into()).is_ok_and(|mark| mark.is_truthy())
}

fn from_compiled(value: &JsValue) -> Result<Catalog, Cause> {
    let version = Reflect::get(value, &"schema_version".into())
        .ok()
        .and_then(|version| version.as_string())
        .ok_or_else(|| wrong_shape("there is no \"schema_version\""))?;
    check_version(&version).map_err(Cause::Catalog)?;
    let root: Catalog<RawModels> =
        from_value(value.clone()).map_err(|error| wrong_shape(&error.to_string()))?;
    let (root, RawModels(models)) = root.with_models(());
    let mut reader = Reader::default();
    for model in models.iter() {
        reader.push(from_value::<Model>(model).map_err(|error| error.to_string()));
    }
    reader.finish(root).map_err(Cause::Catalog)
}

fn wrong_shape(found: &str) -> Cause {
    Cause::Catalog(CatalogError::NotACatalog { found: found.to_owned() })
}

fn not_json(error: &JsValue) -> Cause {
    let reason = Reflect::get(error, &"message".into()).ok().and_then(|text| text.as_string());
    Cause::Catalog(CatalogError::NotJson { reason: reason.unwrap_or_default() })
}
