//! The formats module: what turns any catalog into the compiled native form, and
//! several into one, as WebAssembly. The `modelcard` command runs the same code
//! ahead of time.

fn main() {}

#[cfg(target_arch = "wasm32")]
mod export {
    use std::cell::Cell;
    use std::rc::Rc;

    use js_sys::{Array, Date, Error, Function, Promise, Uint8Array};
    use modelcard::catalog::{Catalog, Date as Day};
    use modelcard::formats::{self, Input, Outcome, Pace, compile_all};
    use serde::Serialize;
    use wasm_bindgen::prelude::*;
    use wasm_bindgen_futures::JsFuture;

    /// How long to work before the page gets a turn, in milliseconds: short enough
    /// that with what comes between two looks at the clock no task is long.
    const TURN: f64 = 12.0;

    /// About how many bytes of models are handed over at a time.
    const PIECE: usize = 192 * 1024;

    #[derive(Serialize)]
    struct Head<'c> {
        catalogs: &'c [Outcome],
        #[serde(skip_serializing_if = "Option::is_none")]
        catalog: Option<Catalog<[(); 0]>>,
    }

    /// Compiles and merges catalogs.
    ///
    /// `labels` and `texts` are their URLs (or null) and bytes, in the order of
    /// precedence. `take` is called with pieces of JSON text as bytes: first `{"catalogs", "catalog"}`, where the catalog has
    /// no models in it, then arrays of models. `pause` gives a promise that lets
    /// the page have a turn.
    #[wasm_bindgen]
    pub async fn compile(
        labels: Array,
        texts: Array,
        take: Function,
        pause: Function,
    ) -> Result<(), JsValue> {
        let bytes: Vec<Vec<u8>> =
            texts.iter().map(|text| Uint8Array::new(&text).to_vec()).collect();
        let inputs: Vec<Input<'_>> = bytes
            .iter()
            .enumerate()
            .map(|(index, bytes)| {
                let label = u32::try_from(index).ok().and_then(|at| labels.get(at).as_string());
                Input { label, bytes }
            })
            .collect();
        let since = Rc::new(Cell::new(Date::now()));
        let due = || -> Option<formats::Pause> {
            if Date::now() - since.get() < TURN {
                return None;
            }
            let promise: Promise = pause.call0(&JsValue::UNDEFINED).ok()?.dyn_into().ok()?;
            let since = since.clone();
            Some(Box::pin(async move {
                // A promise that fails is a pause that ends.
                let _ = JsFuture::from(promise).await;
                since.set(Date::now());
            }))
        };
        // Of prices that change on stated days, those of today are the list prices.
        #[allow(clippy::cast_possible_truncation)] // seconds of this millennium
        let today = Day::from_unix_seconds((Date::now() / 1000.0) as i64);
        let pace = Pace::new(&due).on(today);
        let (catalog, outcomes) = compile_all(&inputs, &pace).await;
        let (catalog, models) = match catalog {
            None => (None, Vec::new()),
            Some(catalog) => {
                let (root, models) = catalog.with_models([]);
                (Some(root), models)
            }
        };
        let mut piece = Vec::new();
        write(&mut piece, &Head { catalogs: &outcomes, catalog })?;
        hand_over(&take, &mut piece)?;
        for model in &models {
            piece.push(if piece.is_empty() { b'[' } else { b',' });
            write(&mut piece, model)?;
            if piece.len() >= PIECE {
                piece.push(b']');
                hand_over(&take, &mut piece)?;
                pace.breathe().await;
            }
        }
        if !piece.is_empty() {
            piece.push(b']');
            hand_over(&take, &mut piece)?;
        }
        Ok(())
    }

    fn write(piece: &mut Vec<u8>, value: &impl Serialize) -> Result<(), JsValue> {
        serde_json::to_writer(piece, value).map_err(|error| Error::new(&error.to_string()).into())
    }

    fn hand_over(take: &Function, piece: &mut Vec<u8>) -> Result<(), JsValue> {
        take.call1(&JsValue::UNDEFINED, &Uint8Array::from(piece.as_slice()))?;
        piece.clear();
        Ok(())
    }
}
