//! Files that a reader takes away.

use js_sys::Array;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, CanvasRenderingContext2d, HtmlCanvasElement, HtmlElement, HtmlImageElement, Url,
};

use super::object::fields;

/// Hands a text to the reader as a file.
pub fn download(name: &str, kind: &str, text: &str) {
    // Where a page may not make files, nothing happens, and nothing is lost.
    let _ = offer(name, kind, text);
}

/// Hands an SVG picture to the reader as a PNG of twice its size; where the page's
/// policy forbids to draw one, as what it is.
pub fn picture(name: &str, svg: &str) {
    let (name, svg) = (name.to_owned(), svg.to_owned());
    wasm_bindgen_futures::spawn_local(async move {
        if rasterised(&name, &svg).await.is_err() {
            download("models.svg", SVG, &svg);
        }
    });
}

const SVG: &str = "image/svg+xml";

async fn rasterised(name: &str, svg: &str) -> Result<(), JsValue> {
    let url = object_url(SVG, svg)?;
    let image = HtmlImageElement::new()?;
    image.set_src(&url);
    let drawn = JsFuture::from(image.decode()).await;
    let png = drawn.and_then(|_| {
        let document = web_sys::window().and_then(|window| window.document());
        let canvas = document.ok_or(JsValue::UNDEFINED)?.create_element("canvas")?;
        let canvas: HtmlCanvasElement = canvas.unchecked_into();
        canvas.set_width(1_600);
        canvas.set_height(960);
        let context = canvas.get_context("2d")?.ok_or(JsValue::UNDEFINED)?;
        let context: CanvasRenderingContext2d = context.unchecked_into();
        context
            .draw_image_with_html_image_element_and_dw_and_dh(&image, 0.0, 0.0, 1_600.0, 960.0)?;
        canvas.to_data_url()
    });
    Url::revoke_object_url(&url)?;
    save(name, &png?)
}

fn object_url(kind: &str, text: &str) -> Result<String, JsValue> {
    let options = fields().with("type", kind).options();
    let options = options.unchecked_ref();
    let parts = Array::of1(&JsValue::from_str(text));
    Url::create_object_url_with_blob(&Blob::new_with_str_sequence_and_options(&parts, options)?)
}

fn offer(name: &str, kind: &str, text: &str) -> Result<(), JsValue> {
    let url = object_url(kind, text)?;
    save(name, &url)?;
    Url::revoke_object_url(&url)
}

fn save(name: &str, url: &str) -> Result<(), JsValue> {
    let document = web_sys::window().and_then(|window| window.document());
    if let Some(document) = document {
        let link: HtmlElement = document.create_element("a")?.unchecked_into();
        link.set_attribute("href", url)?;
        link.set_attribute("download", name)?;
        link.click();
    }
    Ok(())
}
