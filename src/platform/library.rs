//! Loaded catalogs: one fetch, one parse and one set of standings for each list
//! of URLs, shared by every element of the page.

use std::cell::RefCell;
use std::future::poll_fn;
use std::sync::Arc;
use std::task::Poll;

use futures::FutureExt;
use futures::future::{LocalBoxFuture, Shared};
use send_wrapper::SendWrapper;
use wasm_bindgen::JsValue;

use super::failure::{Cause, Failure};
use super::parse::{self, Parsed};
use super::{fetch, host};
use crate::catalog::{Catalog, Date, Model};
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
}

/// A library, or why there is none.
pub type Loaded = Result<Arc<Library>, Arc<Failure>>;
type Loading<T> = Shared<LocalBoxFuture<'static, Result<T, Arc<Failure>>>>;

/// What is loaded or being loaded, by its URL or list of URLs.
struct Loads<T: Clone>(Vec<(String, Loading<T>)>);

thread_local! {
    static CATALOGS: RefCell<Loads<Arc<SendWrapper<Parsed>>>> = const { RefCell::new(Loads(Vec::new())) };
    static LIBRARIES: RefCell<Loads<Arc<Library>>> = const { RefCell::new(Loads(Vec::new())) };
}

impl<T: Clone> Loads<T> {
    /// The load of this key, begun when first asked for.
    fn get(
        &mut self,
        key: &str,
        begin: impl FnOnce() -> LocalBoxFuture<'static, Result<T, Arc<Failure>>>,
    ) -> Loading<T> {
        if let Some((_, load)) = self.0.iter().find(|(have, _)| have == key) {
            return load.clone();
        }
        let load = begin().shared();
        self.0.push((key.to_owned(), load.clone()));
        load
    }

    /// Forgets a load that failed, so that the next one to ask tries again.
    fn forget(&mut self, key: &str) {
        self.0.retain(|(have, _)| have != key);
    }
}

/// The library of these URLs. A catalog is fetched and parsed when the first
/// element asks for its URL, and then shared by every list that names it.
pub async fn of_urls(urls: Vec<String>) -> Loaded {
    let key = urls.join(" ");
    let loading = LIBRARIES.with_borrow_mut(|all| all.get(&key, || load(urls).boxed_local()));
    let loaded = loading.await;
    if loaded.is_err() {
        LIBRARIES.with_borrow_mut(|all| all.forget(&key));
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
    let urls = inputs.iter().map(|input| match input {
        Input::Url(url) => Some(url.clone()),
        Input::Object(_) => None,
    });
    if let Some(urls) = urls.collect::<Option<Vec<String>>>() {
        return of_urls(urls).await;
    }
    let mut fetched = Vec::new();
    let mut missing = Vec::new();
    for input in inputs {
        match input {
            Input::Url(url) => match catalog_at(url.clone()).await {
                Ok(parsed) => fetched.push((Some(url), parsed)),
                Err(failure) => missing.push(failure),
            },
            Input::Object(value) => match parse::from_object(&value).await {
                Ok(parsed) => fetched.push((None, Arc::new(SendWrapper::new(parsed)))),
                Err(cause) => missing.push(Arc::new(Failure { url: None, cause })),
            },
        }
    }
    assemble(fetched, missing)
}

/// The library of a catalog given as an object.
pub async fn of_object(value: JsValue) -> Loaded {
    of_inputs(vec![Input::Object(value)]).await
}

/// The parsed catalog at a URL, fetched when first asked for.
async fn catalog_at(url: String) -> Result<Arc<SendWrapper<Parsed>>, Arc<Failure>> {
    let loading = CATALOGS.with_borrow_mut(|all| all.get(&url, || one(url.clone()).boxed_local()));
    let loaded = loading.await;
    if loaded.is_err() {
        CATALOGS.with_borrow_mut(|all| all.forget(&url));
    }
    loaded
}

type Fetched = (Option<String>, Arc<SendWrapper<Parsed>>);

async fn load(urls: Vec<String>) -> Loaded {
    let mut under_way: Vec<_> =
        urls.iter().map(|url| (catalog_at(url.clone()).boxed_local(), None)).collect();
    // All of them at once: nothing waits in line behind another.
    poll_fn(|context| {
        let mut all_done = true;
        for (load, done) in &mut under_way {
            if done.is_none() {
                match load.poll_unpin(context) {
                    Poll::Ready(loaded) => *done = Some(loaded),
                    Poll::Pending => all_done = false,
                }
            }
        }
        if all_done { Poll::Ready(()) } else { Poll::Pending }
    })
    .await;
    let mut read: Vec<Fetched> = Vec::new();
    let mut missing = Vec::new();
    for (url, (_, loaded)) in urls.into_iter().zip(under_way) {
        match loaded {
            Some(Ok(parsed)) => read.push((Some(url), parsed)),
            Some(Err(failure)) => missing.push(failure),
            None => {}
        }
    }
    assemble(read, missing)
}

async fn one(url: String) -> Result<Arc<SendWrapper<Parsed>>, Arc<Failure>> {
    let body = fetch::fetch(&url).await?;
    match parse::from_body(&body).await {
        Ok(parsed) => Ok(Arc::new(SendWrapper::new(parsed))),
        Err(cause) => Err(Arc::new(Failure::at(&url, cause))),
    }
}

/// Reads the catalogs, and puts them together; the first one wins for each model.
fn assemble(fetched: Vec<Fetched>, mut missing: Vec<Arc<Failure>>) -> Loaded {
    let mut origins = Vec::new();
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
        let format = parsed.format.clone();
        origins.push(Origin { url, format, models: next.models.len(), date: next.date });
        match &mut merged {
            None => merged = Some((next, states)),
            Some((catalog, models)) => {
                let taken = catalog.absorb(next);
                models.extend(taken.into_iter().filter_map(|at| states.get(at).cloned()));
            }
        }
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
    Ok(Arc::new(Library { catalog, standings, models, origins, missing }))
}

fn warn(text: &str) {
    web_sys::console::warn_1(&format!("modelcard: {text}").into());
}

impl Library {
    /// The place of one of the catalog's models.
    pub fn place(&self, model: &Model) -> Option<usize> {
        self.catalog.models.iter().position(|other| other.id == model.id)
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
