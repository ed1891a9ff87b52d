//! JSON to [`Catalog`] in the widget: a compiled catalog is read from its text,
//! model by model; everything else goes through the formats module, which hands
//! over compiled models piece by piece. The page gets a turn between the steps.

use std::cell::RefCell;
use std::ops::Range;
use std::pin::Pin;
use std::rc::Rc;

use js_sys::{Array, Function, JSON, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use super::failure::{Cause, Failure};
use super::host;
use super::library::{Body, Origin};
use super::turn::Turn;
use crate::catalog::{
    Catalog, CatalogError, Gather, Json, Models, Node, Part, Reader, Tape, check_version, decode,
    field, find, phrase,
};

/// A catalog, and the text of its models.
#[derive(Debug)]
pub struct Read {
    /// The catalog.
    pub catalog: Catalog,
    /// Its models as the compiled form states them.
    pub texts: Texts,
}

/// The JSON texts of a catalog's models, in their order.
#[derive(Debug, Default)]
pub struct Texts {
    pieces: Vec<String>,
    models: Vec<(usize, Range<usize>)>,
}

impl Texts {
    /// The models as JavaScript objects.
    pub fn objects(&self) -> Vec<JsValue> {
        let text = |(piece, range): &(usize, Range<usize>)| {
            self.pieces.get(*piece).and_then(|piece| piece.get(range.clone())).unwrap_or("null")
        };
        // Read once already, so that it cannot fail.
        self.models.iter().map(|place| JSON::parse(text(place)).unwrap_or_default()).gather()
    }
}

/// A catalog's bytes as text.
pub fn text_of(bytes: &Uint8Array) -> Result<String, Cause> {
    let text = String::from_utf8(bytes.to_vec()).map_err(|error| {
        let at = error.utf8_error().valid_up_to() + 1;
        not_json(&phrase("byte ").and(at).and(" is not UTF-8; save it as UTF-8").text())
    })?;
    Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}

/// The bytes of a JavaScript object's JSON text.
pub fn bytes_of(value: &JsValue) -> Result<Uint8Array, Cause> {
    let text = JSON::stringify(value).map_err(|error| {
        not_json(&error.field("message").and_then(|text| text.text()).unwrap_or_default())
    })?;
    // What has no JSON form, a function say, gives no text.
    let text = text.as_string().ok_or_else(|| wrong_shape("it is no object"))?;
    Ok(Uint8Array::from(text.as_bytes()))
}

/// How much memory models take, in times of their text.
const MODEL_MEMORY: usize = 2;

/// What is read, or why it cannot be; `None` where the text is no compiled catalog.
/// Boxed, so that reading stands in the module once for all that wait for it.
type Reading = Pin<Box<dyn Future<Output = Option<Result<Box<Read>, Cause>>>>>;

/// Reads a compiled catalog, or as many of its models as are wanted.
pub fn compiled(text: String, wanted: usize) -> Reading {
    Box::pin(read(text, wanted))
}

async fn read(text: String, wanted: usize) -> Option<Result<Box<Read>, Cause>> {
    // The search costs little, and spares foreign catalogs being read twice.
    find(&text, "\"compiled\"")?;
    if wanted == usize::MAX {
        // Memory for the models at once: the page would have to grow it two hundred times.
        let mut memory = Vec::<u8>::new();
        // Where there is not so much, reading finds out how far it comes.
        let _ = memory.try_reserve(text.len() * MODEL_MEMORY);
        // The compiler would leave out what is never used.
        drop(std::hint::black_box(memory));
    }
    let mut turn = Turn::new();
    let mut parts = Models::new(&text);
    let mut reader = Reader::default();
    let mut models = Vec::new();
    let mut listed = false;
    loop {
        match parts.read_on() {
            Ok(Some(Part::Begin)) => {
                listed = true;
                reader = Reader::default();
                models.clear();
            }
            Ok(Some(Part::Model(node))) => {
                if reader.read(&node) {
                    models.push((0, node.span()));
                }
                if models.len() == wanted {
                    break;
                }
                turn.breathe().await;
            }
            Ok(None) => break,
            // What is no JSON at all is none of any format.
            Err(error) => return Some(Err(not_json(&error.describe(&text)))),
        }
    }
    let root = parts.root();
    let marked = root.field("compiled").and_then(|mark| mark.truth()).unwrap_or(false);
    if !marked {
        return None;
    }
    let read =
        if listed { finish(reader, &root) } else { Err(wrong_shape("\"models\" is not a list")) };
    let texts = Texts { pieces: vec![text], models };
    Some(read.map(|catalog| Box::new(Read { catalog, texts })))
}

fn finish(reader: Reader, root: &Node<'_>) -> Result<Catalog, Cause> {
    let version = root.field("schema_version").and_then(|version| version.text());
    let version = version.ok_or_else(|| wrong_shape("there is no \"schema_version\""))?;
    check_version(&version).map_err(Cause::Catalog)?;
    let root = decode::<Catalog<()>, _>(root).map_err(|fault| wrong_shape(&fault.words()))?;
    reader.finish(root).map_err(Cause::Catalog)
}

/// What the formats module has handed over so far.
#[derive(Default)]
struct Taken {
    head: String,
    reader: Reader,
    texts: Texts,
}

impl Taken {
    fn take(&mut self, piece: &Uint8Array) {
        // It writes nothing but UTF-8 and JSON.
        let piece = String::from_utf8(piece.to_vec()).unwrap_or_default();
        if self.head.is_empty() {
            self.head = piece;
            return;
        }
        if let Ok(tape) = Tape::of(&piece) {
            for node in tape.root().items().unwrap_or_default() {
                if self.reader.read(&node) {
                    self.texts.models.push((self.texts.pieces.len(), node.span()));
                }
            }
        }
        self.texts.pieces.push(piece);
    }
}

/// What became of each catalog that went through the formats module.
pub type Outcomes = Vec<Result<Origin, Failure>>;

/// Compiles and merges catalogs of any format, the first of which wins for each
/// fact; also what became of each.
pub async fn through_formats(bodies: &[Body]) -> Result<(Option<Box<Read>>, Outcomes), Cause> {
    let formats = host::formats().await.map_err(|_| Cause::NoFormats)?;
    let taken = Rc::new(RefCell::new(Taken::default()));
    let take = {
        let taken = taken.clone();
        Closure::<dyn FnMut(Uint8Array)>::new(move |piece: Uint8Array| {
            taken.borrow_mut().take(&piece);
        })
    };
    let (labels, texts) = (Array::new(), Array::new());
    for body in bodies {
        labels.push(&JsValue::from(body.url.as_deref()));
        texts.push(&body.bytes);
    }
    let take_function: &Function = take.as_ref().unchecked_ref();
    let done = formats.compile(&labels, &texts, take_function);
    JsFuture::from(done).await.map_err(|_| Cause::FormatsCrashed)?;
    let Taken { head, reader, texts } = taken.take();
    let head = Tape::of(&head).map_err(|_| Cause::FormatsCrashed)?;
    let head = head.root();
    let stated = head.field("catalogs").and_then(|list| list.items()).unwrap_or_default();
    let mut outcomes = Vec::new();
    for (outcome, body) in stated.iter().zip(bodies) {
        outcomes.push(origin(outcome, body.url.clone()));
    }
    let read = match head.field("catalog") {
        None => None,
        Some(root) => Some(Box::new(Read { catalog: finish(reader, &root)?, texts })),
    };
    Ok((read, outcomes))
}

fn origin(outcome: &Node<'_>, url: Option<String>) -> Result<Origin, Failure> {
    let text = |name: &'static str| outcome.field(name).and_then(|value| value.text());
    if let Some(code) = text("code") {
        return Err(Failure { url, cause: Cause::from_parts(Some(&code), text("detail")) });
    }
    Ok(Origin {
        url,
        format: text("format").unwrap_or_default(),
        models: field::<u32, _>(outcome, "models").ok().flatten().unwrap_or(0) as usize,
        name: text("name"),
        date: field(outcome, "date").unwrap_or_default(),
        license: field(outcome, "license").unwrap_or_default(),
    })
}

fn wrong_shape(found: &str) -> Cause {
    Cause::Catalog(CatalogError::NotACatalog { found: found.to_owned() })
}

fn not_json(reason: &str) -> Cause {
    Cause::Catalog(CatalogError::NotJson { reason: reason.to_owned() })
}
