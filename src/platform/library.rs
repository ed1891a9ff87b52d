//! Loaded catalogs: one fetch, one parse and one set of standings for each list
//! of URLs, shared by every element of the page.

use std::cell::{OnceCell, RefCell};
use std::future::ready;
use std::pin::Pin;
use std::rc::{Rc, Weak};

use js_sys::{Promise, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, future_to_promise};

use super::failure::{Cause, Failure};
use super::fetch::{self, Beginning};
use super::host;
use super::parse::{self, Read, Texts};
use crate::catalog::{Catalog, Date, Gather, License, Model, Severity, phrase};
use crate::ranking::{SearchIndex, Standings};

/// What is known: the catalog, the standing of its models, and where it is from.
#[derive(Debug)]
pub struct Library {
    /// The catalog; of several, merged.
    pub catalog: Catalog,
    /// Populations, ratings and percentiles, computed once.
    pub standings: Standings,
    /// The models' JSON texts, in the same order.
    texts: Texts,
    /// What models are found by, made when first asked for.
    search: OnceCell<SearchIndex>,
    /// The models as JavaScript objects, made when first asked for.
    objects: OnceCell<Vec<JsValue>>,
    /// Whether these are only its first models, while the others are read. Nothing is
    /// known of how they stand among all.
    pub is_begun: bool,
    /// The catalogs that were read, in the order of the attribute.
    pub origins: Vec<Origin>,
    /// The catalogs that could not be had, while others could.
    pub missing: Vec<Rc<Failure>>,
}

/// A catalog that was read.
#[derive(Clone, Debug)]
pub struct Origin {
    /// Its URL; nothing for an object.
    pub url: Option<String>,
    /// The name of its format.
    pub format: String,
    /// How many models it has.
    pub models: usize,
    /// The day of its facts.
    pub date: Option<Date>,
    /// Its name.
    pub name: Option<String>,
    /// Its licence.
    pub license: Option<License>,
}

/// A library, or why there is none.
pub type Loaded = Result<Rc<Library>, Rc<Failure>>;

/// What is loaded.
#[derive(Clone)]
enum Value {
    /// The bytes of a catalog.
    Body(Uint8Array),
    /// What was made of them.
    Library(Rc<Library>),
}

type Done = Result<Value, Rc<Failure>>;
/// Work under way. Boxed, so that the machinery of waiting stands in the module once for
/// all work, and not within each that waits for another.
type Work = Pin<Box<dyn Future<Output = Done>>>;

/// A load, under way or done. The page's own promises tell everyone who waits;
/// Rust's shared futures would be a second machinery for the same.
struct Load {
    done: OnceCell<Done>,
    ending: Promise,
    /// Of a catalog: ends with the beginning of its bytes, or with nothing where they are few.
    beginning: OnceCell<Promise>,
}

thread_local! {
    /// Loads by the URL of a catalog, or by the list of URLs of a library.
    static LOADS: RefCell<Vec<(String, Rc<Load>)>> = const { RefCell::new(Vec::new()) };
}

/// What the keys of libraries begin with: no URL does.
const LIBRARY: &str = " ";

fn known(key: &str) -> Option<Rc<Load>> {
    LOADS
        .with_borrow(|all| all.iter().find(|(known, _)| known == key).map(|(_, load)| load.clone()))
}

/// Waits for the load of this key, which begins when first asked for. One that failed, or
/// that lacks a catalog, is forgotten, so that the next to ask tries again.
fn shared(key: String, work: Work) -> Work {
    waited(known(&key).unwrap_or_else(|| start(key, work)))
}

fn start(key: String, work: Work) -> Rc<Load> {
    let load = Rc::new_cyclic(|this: &Weak<Load>| {
        let this = this.clone();
        let ending = promise(Box::pin(async move {
            let done = work.await;
            if let Some(load) = this.upgrade() {
                // Set once: the work is done once.
                let _ = load.done.set(done);
            }
            Ok(JsValue::UNDEFINED)
        }));
        Load { done: OnceCell::new(), ending, beginning: OnceCell::new() }
    });
    LOADS.with_borrow_mut(|all| all.push((key, load.clone())));
    load
}

fn waited(load: Rc<Load>) -> Work {
    Box::pin(async move {
        // The promise is never rejected.
        let _ = JsFuture::from(load.ending.clone()).await;
        let done = load.done.get().cloned();
        let done =
            done.unwrap_or_else(|| Err(Rc::new(Failure { url: None, cause: Cause::TooSlow })));
        let is_whole = match &done {
            Ok(Value::Library(library)) => library.missing.is_empty(),
            other => other.is_ok(),
        };
        if !is_whole {
            LOADS.with_borrow_mut(|all| {
                let place = all.iter().position(|(_, other)| Rc::ptr_eq(other, &load));
                place.map(|place| all.swap_remove(place))
            });
        }
        done
    })
}

/// The page's promise of some work. Boxed, so that the machinery of promises is there
/// once for all work.
pub fn promise(work: Pin<Box<dyn Future<Output = Result<JsValue, JsValue>>>>) -> Promise {
    future_to_promise(work)
}

/// Where a catalog is.
#[derive(Clone, Debug, PartialEq)]
pub enum Input {
    /// At an absolute URL.
    Url(String),
    /// In a JavaScript object.
    Object(JsValue),
}

/// The library of several catalogs, given in any way. A catalog is fetched and read when
/// the first element asks for its URL, and then shared by every list that names it; so is
/// the library of a list of URLs.
pub async fn of(inputs: Vec<Input>) -> Loaded {
    let mut key = LIBRARY.to_owned();
    let mut is_shared = true;
    for input in &inputs {
        match input {
            Input::Url(url) => key.push_str(url),
            Input::Object(_) => is_shared = false,
        }
        key.push(' ');
    }
    let mut work: Work = Box::pin(read(inputs));
    if is_shared {
        work = shared(key, work);
    }
    match work.await {
        Ok(Value::Library(library)) => Ok(library),
        Ok(Value::Body(_)) => Err(none_of(Vec::new())),
        Err(failure) => Err(failure),
    }
}

/// The bytes of a catalog, and where they are from.
pub struct Body {
    /// The URL; nothing for an object.
    pub url: Option<String>,
    /// The bytes.
    pub bytes: Uint8Array,
}

/// From so many bytes on, reading a catalog takes longer than a reader should wait for
/// the first rows of a table. They stand within as many bytes.
const LONG: u32 = 256 * 1024;
/// How many models are shown before the others are read: as many as a table has in sight.
const FIRST: usize = 15;

/// The first models of a catalog that takes a while to read: as soon as they are there.
pub async fn begun(url: String) -> Option<Rc<Library>> {
    let told = body(url).beginning.get()?.clone();
    let bytes: Uint8Array = JsFuture::from(told).await.ok()?.dyn_into().ok()?;
    // Where a character is cut, what stands before it.
    let text = (0..4).find_map(|cut| parse::text_of(&bytes.subarray(0, LONG - cut)).ok())?;
    let read = parse::compiled(text, FIRST).await?.ok()?;
    let library = library(read.catalog, Standings::default(), read.texts, Default::default(), true);
    Some(library)
}

/// The load of a catalog's bytes. It goes on whether anyone waits for it or not.
fn body(url: String) -> Rc<Load> {
    known(&url).unwrap_or_else(|| {
        let mut beginning = None;
        let told = Promise::new(&mut |tell, _| beginning = Some(Beginning { length: LONG, tell }));
        let load = start(url.clone(), Box::pin(fetched(url, beginning)));
        // Just made.
        let _ = load.beginning.set(told);
        load
    })
}

async fn fetched(url: String, beginning: Option<Beginning>) -> Done {
    let body = fetch::fetch(&url, beginning.as_ref()).await;
    if let Some(Beginning { tell, .. }) = beginning {
        // Whoever still waits for the beginning waits for nothing.
        let _ = tell.call0(&JsValue::UNDEFINED);
    }
    body.map(Value::Body)
}

/// Reads catalogs: a single compiled one here, anything else by the formats module.
async fn read(inputs: Vec<Input>) -> Done {
    // All of them at once: nothing waits in line behind another.
    let mut begun: Vec<(Option<String>, Work)> = Vec::new();
    for input in inputs {
        begun.push(match input {
            Input::Url(url) => (Some(url.clone()), waited(body(url))),
            Input::Object(value) => {
                let bytes = parse::bytes_of(&value).map(Value::Body);
                let done = bytes.map_err(|cause| Rc::new(Failure { url: None, cause }));
                (None, Box::pin(ready(done)))
            }
        });
    }
    let mut bodies: Vec<Body> = Vec::new();
    let mut missing = Vec::new();
    for (url, work) in begun {
        match work.await {
            Ok(Value::Body(bytes)) => bodies.push(Body { url, bytes }),
            Ok(Value::Library(_)) => {}
            Err(failure) => missing.push(failure),
        }
    }
    let mut read = None;
    let mut origins: Vec<Origin> = Vec::new();
    let mut refusal = None;
    if !bodies.is_empty() {
        // Without the formats module a compiled catalog among several still works.
        for through_formats in [bodies.len() > 1, bodies.len() == 1] {
            if through_formats {
                match parse::through_formats(&bodies).await {
                    Ok((merged, outcomes)) => {
                        read = merged;
                        for outcome in outcomes {
                            match outcome {
                                Ok(origin) => origins.push(origin),
                                Err(failure) => missing.push(Rc::new(failure)),
                            }
                        }
                        break;
                    }
                    Err(cause) => refusal = Some(cause),
                }
            } else {
                match first_compiled(&bodies).await {
                    Ok(Some((compiled, origin))) => {
                        read = Some(compiled);
                        origins.push(origin);
                        break;
                    }
                    Err(failure) if bodies.len() == 1 => return Err(Rc::new(failure)),
                    _ => {}
                }
            }
        }
    }
    if let Some(cause) = refusal {
        for body in &bodies {
            if origins.iter().all(|origin| origin.url != body.url) {
                missing.push(Rc::new(Failure { url: body.url.clone(), cause: cause.clone() }));
            }
        }
    }
    match read {
        Some(read) => Ok(Value::Library(assemble(read, origins, missing))),
        None => Err(none_of(missing)),
    }
}

fn none_of(missing: Vec<Rc<Failure>>) -> Rc<Failure> {
    let none = || Rc::new(Failure { url: None, cause: Cause::BadUrl });
    missing.into_iter().next().unwrap_or_else(none)
}

/// The first compiled catalog among these.
async fn first_compiled(bodies: &[Body]) -> Result<Option<(Box<Read>, Origin)>, Failure> {
    for Body { url, bytes } in bodies {
        let read = match parse::text_of(bytes) {
            Ok(text) => parse::compiled(text, usize::MAX).await,
            Err(cause) => Some(Err(cause)),
        };
        let Some(read) = read else { continue };
        let mut read = read.map_err(|cause| Failure { url: url.clone(), cause })?;
        let catalog = &mut read.catalog;
        for problem in &mut catalog.problems {
            problem.catalog.clone_from(url);
        }
        let origin = Origin {
            url: url.clone(),
            format: "native".to_owned(),
            models: catalog.models.len(),
            date: catalog.date,
            name: catalog.name.clone(),
            license: catalog.license.clone(),
        };
        return Ok(Some((read, origin)));
    }
    Ok(None)
}

/// How many problems the console is told of.
const TOLD: usize = 5;

#[allow(clippy::boxed_local)] // as it comes: a pointer
fn assemble(read: Box<Read>, origins: Vec<Origin>, missing: Vec<Rc<Failure>>) -> Rc<Library> {
    let Read { catalog, texts } = *read;
    let mut count = 0;
    for problem in &catalog.problems {
        if problem.severity != Severity::Note {
            count += 1;
            if count <= TOLD {
                warn(&phrase(&problem.path).and(": ").and(&problem.effect).text());
            }
        }
    }
    if count > TOLD {
        let more = count - TOLD;
        warn(&phrase(more).and(" more problems; the engine's problems() lists them").text());
    }
    for failure in &missing {
        warn(&failure.words());
    }
    let standings = Standings::new(&catalog);
    library(catalog, standings, texts, (origins, missing), false)
}

fn library(
    catalog: Catalog,
    standings: Standings,
    texts: Texts,
    (origins, missing): (Vec<Origin>, Vec<Rc<Failure>>),
    is_begun: bool,
) -> Rc<Library> {
    let (objects, search) = (OnceCell::new(), OnceCell::new());
    Rc::new(Library { catalog, standings, texts, search, objects, is_begun, origins, missing })
}

/// Tells whoever looks at the console.
pub fn warn(text: &str) {
    web_sys::console::warn_1(&phrase("modelcard: ").and(text).text().into());
}

impl Library {
    /// What models are found by.
    pub fn search(&self) -> &SearchIndex {
        self.search.get_or_init(|| SearchIndex::new(&self.catalog))
    }

    /// The place of one of the catalog's models.
    pub fn place(&self, model: &Model) -> Option<usize> {
        self.catalog.models.iter().position(|other| other.id == model.id)
    }

    /// The models as JavaScript objects in the compiled shape.
    pub fn objects(&self) -> &[JsValue] {
        self.objects.get_or_init(|| self.texts.objects())
    }
}

/// A URL as the document means it.
pub fn absolute(url: &str) -> String {
    resolve(url, &document_base())
}

fn resolve(url: &str, base: &str) -> String {
    web_sys::Url::new_with_base(url, base).map_or_else(|_| url.to_owned(), |url| url.href())
}

fn document_base() -> String {
    let document = web_sys::window().and_then(|window| window.document());
    document.and_then(|document| document.base_uri().ok().flatten()).unwrap_or_default()
}

/// The URLs that an element's catalog attribute, or else the script tag's
/// `data-catalog`, names; else `catalog.json` beside the script.
pub fn urls(attribute: Option<&str>, script: &str) -> Vec<Input> {
    let (list, from) = match attribute.map(str::trim).filter(|list| !list.is_empty()) {
        Some(list) => (list, document_base()),
        None if script.trim().is_empty() => ("catalog.json", host::base()),
        None => (script, host::base()),
    };
    list.split_whitespace().map(|url| Input::Url(resolve(url, &from))).gather()
}
