//! Loaded catalogs: one fetch, one parse and one set of standings for each list
//! of URLs, shared by every element of the page.

use std::cell::{OnceCell, RefCell};
use std::rc::Rc;
use std::sync::Arc;

use js_sys::Promise;
use send_wrapper::SendWrapper;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, future_to_promise};

use super::failure::{Cause, Failure};
use super::parse::{self, Parsed};
use super::{fetch, host};
use crate::catalog::{Catalog, Date, License, Map, Model, Source};
use crate::ranking::Standings;

/// What is known: the catalog, the standing of its models, and where it is from.
#[derive(Debug)]
pub struct Library {
    /// The catalog.
    pub catalog: Catalog,
    /// Populations, ratings and percentiles, computed once.
    pub standings: Standings,
    /// The models as their compiled catalogs state them, in the same order.
    pub models: SendWrapper<Vec<JsValue>>,
    /// The catalogs that were read, in the order of the attribute.
    pub origins: Vec<Origin>,
    /// For each model the place of its catalog among the origins.
    pub origin_of: Vec<usize>,
    /// The catalogs that could not be had, while others could.
    pub missing: Vec<Arc<Failure>>,
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
    /// Where its facts come from, by the keys that its models use.
    pub sources: Map<Source>,
}

/// A library, or why there is none.
pub type Loaded = Result<Arc<Library>, Arc<Failure>>;
type Fetched = Result<Rc<Parsed>, Arc<Failure>>;

/// A load, under way or done. The page's own promises tell everyone who waits;
/// Rust's shared futures would be a second machinery for the same.
struct Load<T> {
    done: OnceCell<T>,
    ending: Promise,
}

/// Loads by their URL, or list of URLs.
type Loads<T> = RefCell<Vec<(String, Rc<Load<T>>)>>;

thread_local! {
    static CATALOGS: Loads<Fetched> = const { RefCell::new(Vec::new()) };
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
            let ending = future_to_promise(async move {
                let done = work.await;
                if let Some(load) = this.upgrade() {
                    // Set once: the work is done once.
                    let _ = load.done.set(done);
                }
                Ok(JsValue::UNDEFINED)
            });
            Load { done: OnceCell::new(), ending }
        });
        loads.with_borrow_mut(|all| all.push((key.to_owned(), load.clone())));
        load
    })
}

/// Waits for a load; one that failed is forgotten, so that the next to ask tries
/// again.
async fn end<V: Clone + 'static>(
    loads: &'static std::thread::LocalKey<Loads<Result<V, Arc<Failure>>>>,
    load: Rc<Load<Result<V, Arc<Failure>>>>,
) -> Result<V, Arc<Failure>> {
    // The promise is never rejected.
    let _ = JsFuture::from(load.ending.clone()).await;
    let done = load.done.get().cloned();
    let done = done.unwrap_or_else(|| Err(Arc::new(Failure { url: None, cause: Cause::TooSlow })));
    if done.is_err() {
        loads.with_borrow_mut(|all| all.retain(|(_, other)| !Rc::ptr_eq(other, &load)));
    }
    done
}

/// The library of these URLs. A catalog is fetched and parsed when the first
/// element asks for its URL, and then shared by every list that names it.
pub async fn of_urls(urls: Vec<String>) -> Loaded {
    let load =
        begin(&LIBRARIES, &urls.join(" "), of_inputs(urls.into_iter().map(Input::Url).collect()));
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
                let load = begin(&CATALOGS, &url, one(url.clone()));
                (Some(url), Ok(load))
            }
            Input::Object(value) => (None, Err(value)),
        })
        .collect();
    let mut fetched = Vec::new();
    let mut missing = Vec::new();
    for (url, load) in begun {
        let parsed = match load {
            Ok(load) => end(&CATALOGS, load).await,
            Err(value) => match parse::from_object(&value).await {
                Ok(parsed) => Ok(Rc::new(parsed)),
                Err(cause) => Err(Arc::new(Failure { url: None, cause })),
            },
        };
        match parsed {
            Ok(parsed) => fetched.push((url, parsed)),
            Err(failure) => missing.push(failure),
        }
    }
    assemble(fetched, missing)
}

async fn one(url: String) -> Fetched {
    let body = fetch::fetch(&url).await?;
    match parse::from_body(&body).await {
        Ok(parsed) => Ok(Rc::new(parsed)),
        Err(cause) => Err(Arc::new(Failure::at(&url, cause))),
    }
}

/// Reads the catalogs, and puts them together; the first one wins for each model.
fn assemble(fetched: Vec<(Option<String>, Rc<Parsed>)>, mut missing: Vec<Arc<Failure>>) -> Loaded {
    let mut origins = Vec::new();
    let mut origin_of = Vec::new();
    let mut merged: Option<parse::Read> = None;
    for (url, parsed) in fetched {
        let (mut next, states) = match parse::read(&parsed.json) {
            Ok(read) => read,
            Err(cause) => {
                missing.push(Arc::new(Failure { url, cause }));
                continue;
            }
        };
        for problem in &mut next.problems {
            problem.catalog.clone_from(&url);
            warn(&format!("{}: {}", problem.path, problem.effect));
        }
        origins.push(Origin {
            url,
            format: parsed.format.clone(),
            models: next.models.len(),
            date: next.date,
            name: next.name.take(),
            license: next.license.take(),
            sources: std::mem::take(&mut next.sources),
        });
        match &mut merged {
            None => merged = Some((next, states)),
            Some((catalog, models)) => {
                let taken = catalog.absorb(next);
                models.extend(taken.into_iter().filter_map(|at| states.get(at).cloned()));
            }
        }
        let known = merged.as_ref().map_or(0, |(catalog, _)| catalog.models.len());
        origin_of.resize(known, origins.len() - 1);
    }
    let Some((catalog, models)) = merged else {
        let none = || Arc::new(Failure { url: None, cause: Cause::BadUrl });
        return Err(missing.into_iter().next().unwrap_or_else(none));
    };
    for failure in &missing {
        warn(&failure.to_string());
    }
    let standings = Standings::new(&catalog);
    let models = SendWrapper::new(models);
    Ok(Arc::new(Library { catalog, standings, models, origins, origin_of, missing }))
}

fn warn(text: &str) {
    web_sys::console::warn_1(&format!("modelcard: {text}").into());
}

impl Library {
    /// The place of one of the catalog's models.
    pub fn place(&self, model: &Model) -> Option<usize> {
        self.catalog.models.iter().position(|other| other.id == model.id)
    }

    /// The catalog that the model at this place is from.
    pub fn origin(&self, index: usize) -> Option<&Origin> {
        self.origins.get(*self.origin_of.get(index)?)
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
    list.split_whitespace().map(|url| resolve(url, &from)).collect()
}
