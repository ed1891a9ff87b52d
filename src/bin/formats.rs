//! The formats module: what turns any catalog into the compiled native form, as
//! WebAssembly. The `modelcard` command runs the same code ahead of time.

fn main() {}

#[cfg(target_arch = "wasm32")]
mod export {
    use js_sys::{Error, Reflect};
    use modelcard::catalog::CatalogError;
    use modelcard::formats;
    use wasm_bindgen::prelude::*;

    /// A catalog's bytes to JSON text: `{"format": …, "catalog": …}`, in which the
    /// catalog is native and compiled.
    ///
    /// Throws an `Error` with a `code`, and, where there is one, the `detail` that
    /// the message is made with.
    #[wasm_bindgen]
    pub fn compile(bytes: &[u8]) -> Result<String, JsValue> {
        let compiled = formats::compile(bytes).map_err(|error| thrown(&error))?;
        serde_json::to_string(&compiled).map_err(|error| Error::new(&error.to_string()).into())
    }

    fn thrown(error: &CatalogError) -> JsValue {
        let object = Error::new(&error.to_string());
        let set = |name: &str, value: &str| {
            // Only a frozen object refuses a property; this one is new.
            let _ = Reflect::set(&object, &name.into(), &value.into());
        };
        set("code", error.code());
        if let Some(detail) = error.detail() {
            set("detail", detail);
        }
        object.into()
    }
}
