//! Loaded catalogs: one fetch, one parse and one set of standings for each list
//! of URLs, shared by every element of the page.

use std::cell::{OnceCell, RefCell};
use std::pin::Pin;
use std::rc::Rc;

use js_sys::{Promise, Uint8Array};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, future_to_promise};

use super::failure::{Cause, Failure};
use super::parse::{self, Read, Texts};
use super::{fetch, host};
use crate::catalog::{Catalog, Date, Gather, License, Model, Severity};
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
type Fetched = Result<Uint8Array, Rc<Failure>>;

/// A load, under way or done. The page's own promises tell everyone who waits;
/// Rust's shared futures would be a second machinery for the same.
struct Load<T> {
    done: OnceCell<T>,
    ending: Promise,
}

/// Loads by their URL, or list of URLs.
type Loads<T> = RefCell<Vec<(String, Rc<Load<T>>)>>;

thread_local! {
    static BODIES: Loads<Fetched> = const { RefCell::new(Vec::new()) };
    static LIBRARIES: Loads<Loaded> = const { RefCell::new(Vec::new()) };
}

/// The load of this key, begun when first asked for.
fn begin<T: 'static>(
    loads: &'static std::thread::LocalKey<Loads<T>>,
    key: &str,
    work: impl Future<Output = T> + 'static,
) -> Rc<Load<T>> {
    let known = loads
        .with_borrow(|all| all.iter().find(|(have, _)| have == key).map(|(_, load)| load.clone()));
    known.unwrap_or_else(|| {
        let load = Rc::new_cyclic(|this: &std::rc::Weak<Load<T>>| {
            let this = this.clone();
            let ending = promise(Box::pin(async move {
                let done = work.await;
                if let Some(load) = this.upgrade() {
                    // Set once: the work is done once.
                    let _ = load.done.set(done);
                }
                Ok(JsValue::UNDEFINED)
            }));
            Load { done: OnceCell::new(), ending }
        });
        loads.with_borrow_mut(|all| all.push((key.to_owned(), load.clone())));
        load
    })
}

/// The page's promise of some work. Boxed, so that the machinery of promises is there
/// once for all work.
pub fn promise(work: Pin<Box<dyn Future<Output = Result<JsValue, JsValue>>>>) -> Promise {
    future_to_promise(work)
}

/// Waits for a load; one that failed is forgotten, so that the next to ask tries
/// again.
async fn end<V: Clone + 'static>(
    loads: &'static std::thread::LocalKey<Loads<Result<V, Rc<Failure>>>>,
    load: Rc<Load<Result<V, Rc<Failure>>>>,
) -> Result<V, Rc<Failure>> {
    // The promise is never rejected.
    let _ = JsFuture::from(load.ending.clone()).await;
    let done = load.done.get().cloned();
    let done = done.unwrap_or_else(|| Err(Rc::new(Failure { url: None, cause: Cause::TooSlow })));
    if done.is_err() {
        loads.with_borrow_mut(|all| all.retain(|(_, other)| !Rc::ptr_eq(other, &load)));
    }
    done
}

/// The library of these URLs. A catalog is fetched and parsed when the first
/// element asks for its URL, and then shared by every list that names it.
pub async fn of_urls(urls: Vec<String>) -> Loaded {
    let load =
        begin(&LIBRARIES, &urls.join(" "), of_inputs(urls.into_iter().map(Input::Url).gather()));
    let loaded = end(&LIBRARIES, load.clone()).await;
    if loaded.as_ref().is_ok_and(|library| !library.missing.is_empty()) {
        // The next to ask tries again for what is missing.
        LIBRARIES.with_borrow_mut(|all| all.retain(|(_, other)| !Rc::ptr_eq(other, &load)));
    }
    loaded
}

/// Where a catalog is.
pub enum Input {
    /// At an absolute URL.
    Url(String),
    /// In a JavaScript object.
    Object(JsValue),
}

/// The library of several catalogs, given in any way.
pub async fn of_inputs(inputs: Vec<Input>) -> Loaded {
    // All of them at once: nothing waits in line behind another.
    let begun: Vec<_> = inputs
        .into_iter()
        .map(|input| match input {
            Input::Url(url) => {
                let load = begin(&BODIES, &url, fetch_one(url.clone()));
                (Some(url), Ok(load))
            }
            Input::Object(value) => (None, Err(value)),
        })
        .gather();
    let mut bodies = Vec::new();
    let mut missing = Vec::new();
    for (url, load) in begun {
        let body = match load {
            Ok(load) => end(&BODIES, load).await,
            Err(value) => {
                parse::bytes_of(&value).map_err(|cause| Rc::new(Failure { url: None, cause }))
            }
        };
        match body {
            Ok(body) => bodies.push((url, body)),
            Err(failure) => missing.push(failure),
        }
    }
    read(bodies, missing).await
}

async fn fetch_one(url: String) -> Fetched {
    fetch::fetch(&url).await
}

type Bodies = Vec<(Option<String>, Uint8Array)>;

/// Reads catalogs: a single compiled one here, anything else by the formats module.
async fn read(bodies: Bodies, mut missing: Vec<Rc<Failure>>) -> Loaded {
    if bodies.is_empty() {
        return none_of(missing);
    }
    if bodies.len() == 1 {
        match first_compiled(&bodies).await {
            Ok(Some((read, origin))) => return Ok(assemble(read, vec![origin], missing)),
            Ok(None) => {}
            Err(failure) => return Err(Rc::new(failure)),
        }
    }
    let (read, origins) = match parse::through_formats(bodies.clone()).await {
        Ok((read, outcomes)) => {
            let mut origins = Vec::new();
            for outcome in outcomes {
                match outcome {
                    Ok(origin) => origins.push(origin),
                    Err(failure) => missing.push(Rc::new(failure)),
                }
            }
            (read, origins)
        }
        // Without the formats module a compiled catalog among them still works.
        Err(cause) => {
            let failure = |(url, _): &(Option<String>, _)| {
                Rc::new(Failure { url: url.clone(), cause: cause.clone() })
            };
            let found = first_compiled(&bodies).await.ok().flatten();
            let (read, origin) = found.unzip();
            let url = origin.as_ref().map(|origin| origin.url.clone());
            bodies
                .iter()
                .filter(|(other, _)| Some(other) != url.as_ref())
                .map(failure)
                .add_to(&mut missing);
            (read, origin.into_iter().gather())
        }
    };
    match read {
        Some(read) => Ok(assemble(read, origins, missing)),
        None => none_of(missing),
    }
}

fn none_of(missing: Vec<Rc<Failure>>) -> Loaded {
    let none = || Rc::new(Failure { url: None, cause: Cause::BadUrl });
    Err(missing.into_iter().next().unwrap_or_else(none))
}

/// The first compiled catalog among these.
async fn first_compiled(bodies: &Bodies) -> Result<Option<(Read, Origin)>, Failure> {
    for (url, bytes) in bodies {
        let read = match parse::text_of(bytes) {
            Ok(text) => parse::compiled(text).await,
            Err(cause) => Some(Err(cause)),
        };
        let Some(read) = read else { continue };
        let url = url.clone();
        let mut read = match read {
            Ok(read) => read,
            Err(cause) => return Err(Failure { url, cause }),
        };
        let catalog = &mut read.catalog;
        for problem in &mut catalog.problems {
            problem.catalog.clone_from(&url);
        }
        let origin = Origin {
            url,
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

fn assemble(read: Read, origins: Vec<Origin>, missing: Vec<Rc<Failure>>) -> Rc<Library> {
    let Read { catalog, texts } = read;
    let mut count = 0;
    for problem in &catalog.problems {
        if problem.severity != Severity::Note {
            count += 1;
            if count <= TOLD {
                warn(&[&problem.path, ": ", &problem.effect].concat());
            }
        }
    }
    if count > TOLD {
        let more = count - TOLD;
        warn(&[&more.to_string(), " more problems; the engine's problems() lists them"].concat());
    }
    for failure in &missing {
        warn(&failure.to_string());
    }
    let standings = Standings::new(&catalog);
    let objects = OnceCell::new();
    let search = OnceCell::new();
    Rc::new(Library { catalog, standings, texts, search, objects, origins, missing })
}

fn warn(text: &str) {
    web_sys::console::warn_1(&["modelcard: ", text].concat().into());
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
pub fn urls(attribute: Option<&str>, script: &str) -> Vec<String> {
    let (list, from) = match attribute.map(str::trim).filter(|list| !list.is_empty()) {
        Some(list) => (list, document_base()),
        None if script.trim().is_empty() => ("catalog.json", host::base()),
        None => (script, host::base()),
    };
    list.split_whitespace().map(|url| resolve(url, &from)).gather()
}
