//! Loaded catalogs: one fetch, one parse and one set of standings for each list
//! of URLs, shared by every element of the page.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::Arc;

use futures::FutureExt;
use futures::future::{LocalBoxFuture, Shared};
use wasm_bindgen::JsValue;

use super::failure::{Cause, Failure};
use super::parse::{self, Parsed};
use super::{fetch, host};
use crate::catalog::{Catalog, Date};
use crate::ranking::Standings;

/// What is known: the catalog, the standing of its models, and where it is from.
#[derive(Debug)]
pub struct Library {
    /// The catalog.
    pub catalog: Catalog,
    /// Populations, ratings and percentiles, computed once.
    pub standings: Standings,
    /// The catalogs that were read, in the order of the attribute.
    pub origins: Vec<Origin>,
    /// The catalogs that could not be had, while others could.
    pub missing: Vec<Failure>,
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

type Loaded = Result<Arc<Library>, Arc<Failure>>;
type Loading = Shared<LocalBoxFuture<'static, Loaded>>;

thread_local! {
    static LOADING: RefCell<BTreeMap<String, Loading>> = const { RefCell::new(BTreeMap::new()) };
}

/// The library of these URLs, fetched when first asked for.
pub async fn of_urls(urls: Vec<String>) -> Loaded {
    let key = urls.join(" ");
    let loading = LOADING.with_borrow_mut(|all| {
        let start = || {
            async move { load(urls).await.map(Arc::new).map_err(Arc::new) }.boxed_local().shared()
        };
        all.entry(key.clone()).or_insert_with(start).clone()
    });
    let loaded = loading.await;
    if loaded.is_err() {
        // So that the next one to ask tries again.
        LOADING.with_borrow_mut(|all| all.remove(&key));
    }
    loaded
}

/// The library of a catalog given as an object.
pub async fn of_object(value: JsValue) -> Loaded {
    match parse::from_object(&value).await {
        Ok(parsed) => Ok(Arc::new(assemble(vec![(None, parsed)], Vec::new()))),
        Err(cause) => Err(Arc::new(Failure { url: None, cause })),
    }
}

async fn load(urls: Vec<String>) -> Result<Library, Failure> {
    let each = urls.into_iter().map(|url| async move {
        let parsed = one(&url).await;
        (url, parsed)
    });
    let mut read = Vec::new();
    let mut missing = Vec::new();
    for (url, parsed) in futures::future::join_all(each).await {
        match parsed {
            Ok(parsed) => read.push((Some(url), parsed)),
            Err(cause) => missing.push(cause),
        }
    }
    if read.is_empty() {
        let none = Failure { url: None, cause: Cause::BadUrl };
        return Err(missing.into_iter().next().unwrap_or(none));
    }
    Ok(assemble(read, missing))
}

async fn one(url: &str) -> Result<Parsed, Failure> {
    let body = fetch::fetch(url).await?;
    parse::from_body(&body).await.map_err(|cause| Failure::at(url, cause))
}

fn assemble(read: Vec<(Option<String>, Parsed)>, missing: Vec<Failure>) -> Library {
    let mut origins = Vec::new();
    let mut merged: Option<Catalog> = None;
    for (url, Parsed { mut catalog, format }) in read {
        for problem in &mut catalog.problems {
            problem.catalog.clone_from(&url);
            web_sys::console::warn_1(
                &format!("modelcard: {}: {}", problem.path, problem.effect).into(),
            );
        }
        origins.push(Origin { url, format, models: catalog.models.len(), date: catalog.date });
        match &mut merged {
            None => merged = Some(catalog),
            Some(first) => first.absorb(catalog),
        }
    }
    for failure in &missing {
        web_sys::console::warn_1(&format!("modelcard: {failure}").into());
    }
    let catalog = merged.unwrap_or_default();
    let standings = Standings::new(&catalog);
    Library { catalog, standings, origins, missing }
}

/// The URLs that an element's catalog attribute, or else the script tag's
/// `data-catalog`, names; else `catalog.json` beside the script.
pub fn urls(attribute: Option<&str>, script: &str) -> Vec<String> {
    let document = web_sys::window().and_then(|window| window.document());
    let page = document.and_then(|document| document.base_uri().ok().flatten());
    let (list, from) = match attribute.map(str::trim).filter(|list| !list.is_empty()) {
        Some(list) => (list, page.unwrap_or_default()),
        None if script.trim().is_empty() => ("catalog.json", host::base()),
        None => (script, host::base()),
    };
    list.split_whitespace()
        .map(|url| {
            web_sys::Url::new_with_base(url, &from)
                .map_or_else(|_| url.to_owned(), |url| url.href())
        })
        .collect()
}
