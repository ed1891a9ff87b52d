//! The engine without a view: `modelcard.engine()`.

use crate::catalog::phrase;
use std::rc::Rc;

use js_sys::{Array, Date as JsDate, Error, JSON, Promise, Reflect};
use wasm_bindgen::prelude::*;

use super::object::{number, object, optional, text};
use crate::catalog::{Decimal, Fault, Gather, Json, Model, Node, Problem, Severity, Tape, field};
use crate::cost::{Bill, Line, Moment, Offer, Usage, bill};
use crate::platform::clock;
use crate::platform::library::{self, Input, Library};
use crate::ranking::{self, Criterion, Filter, Ranking};

/// What `await modelcard.engine()` gives.
#[wasm_bindgen]
pub struct Engine;

/// The engine.
#[wasm_bindgen]
pub fn engine() -> Engine {
    Engine
}

#[wasm_bindgen]
impl Engine {
    /// Loads a catalog: a URL (resolved against the document), a catalog as an
    /// object, or an array of these, of which the first wins for each model.
    #[allow(clippy::unused_self)] // a method, since the engine is what a page has at hand
    #[wasm_bindgen(js_name = loadCatalog)]
    pub fn load_catalog(&self, source: JsValue) -> Promise {
        library::promise(Box::pin(load(source)))
    }
}

async fn load(source: JsValue) -> Result<JsValue, JsValue> {
    let sources = source.items().unwrap_or_else(|| vec![source]);
    let mut inputs = Vec::new();
    for source in sources {
        inputs.push(match source.text() {
            Some(url) => Input::Url(library::absolute(&url)),
            None => Input::Object(source),
        });
    }
    match library::of(inputs).await {
        Ok(library) => Ok(LoadedCatalog(library).into()),
        Err(failure) => Err(thrown(
            failure.code(),
            &failure.words(),
            &[("url", optional(failure.url.as_deref())), ("retryable", failure.retryable().into())],
        )),
    }
}

/// A loaded catalog.
#[wasm_bindgen]
pub struct LoadedCatalog(Rc<Library>);

#[wasm_bindgen]
impl LoadedCatalog {
    /// All models, in the compiled JSON shape.
    pub fn models(&self) -> Array {
        self.0.objects().iter().collect()
    }

    /// The model with this id, or that an endpoint of this id or an alias of this
    /// name belongs to; null where there is none.
    pub fn model(&self, id: &str) -> JsValue {
        let found = self.0.catalog.find(id).and_then(|found| self.0.place(found.model));
        found.and_then(|place| self.0.objects().get(place)).map_or(JsValue::NULL, JsValue::clone)
    }

    /// What a request costs: `{model, endpoint?, at?, usage, service_tier?}`.
    pub fn estimate(&self, request: &JsValue) -> Result<JsValue, JsValue> {
        let id = request.field("model").and_then(|id| id.text()).unwrap_or_default();
        let found = self.0.catalog.find(&id).ok_or_else(|| {
            thrown(
                "model-unknown",
                &phrase("The catalog has no model \"").and(&id).and("\".").text(),
                &[],
            )
        })?;
        let offer = match words(request, "endpoint")? {
            None => found.offer(),
            Some(id) => {
                let endpoint = found.model.endpoints.iter().find(|endpoint| endpoint.id == id);
                let endpoint = endpoint.ok_or_else(|| {
                    let message = phrase("\"")
                        .and(&found.model.id)
                        .and("\" has no endpoint \"")
                        .and(&id)
                        .and("\".")
                        .text();
                    thrown("endpoint-unknown", &message, &[])
                })?;
                Offer::of_endpoint(found.model, endpoint)
            }
        };
        let moment = moment(request)?;
        let usage = usage(request)?;
        let tier = words(request, "service_tier")?;
        let billed = bill(&offer, &usage, &moment, tier.as_deref())
            .map_err(|error| thrown(error.code(), &error.words(), &[]))?;
        Ok(bill_object(&billed))
    }

    /// Ranks models: `{by}` or `{weights}`, and a `filter`.
    pub fn rank(&self, request: &JsValue) -> Result<JsValue, JsValue> {
        let Library { catalog, standings, .. } = &*self.0;
        let refuse = |error: ranking::RankError| thrown(error.code(), &error.words(), &[]);
        let named = match request.field("by").and_then(|name| name.text()) {
            Some(name) => vec![(name, 1.0)],
            None => request
                .field("weights")
                .and_then(|weights| weights.entries())
                .unwrap_or_default()
                .into_iter()
                .map(|(name, weight)| (name, weight.number().unwrap_or(f64::NAN)))
                .gather(),
        };
        let mut weights = Vec::new();
        for (name, weight) in named {
            weights.push((Criterion::of_name(&name, standings).map_err(refuse)?, weight));
        }
        let filter = filter(request.field("filter"))?;
        let ranking = ranking::rank(catalog, standings, &weights, &filter).map_err(refuse)?;
        Ok(ranking_object(&catalog.models, &ranking))
    }

    /// The problems found while reading.
    pub fn problems(&self) -> Array {
        self.0.catalog.problems.iter().map(problem_object).collect()
    }
}

/// An `Error` with a code, and other fields.
fn thrown(code: &str, message: &str, others: &[(&'static str, JsValue)]) -> JsValue {
    let error: JsValue = Error::new(message).into();
    let set = |name: &str, value: &JsValue| {
        // Setting a field of a fresh error does not fail.
        let _ = Reflect::set(&error, &JsValue::from_str(name), value);
    };
    set("code", &text(code));
    for (name, value) in others {
        set(name, value);
    }
    error
}

/// A field that must be text where it is stated.
fn words(request: &JsValue, name: &'static str) -> Result<Option<String>, JsValue> {
    let Some(value) = request.field(name) else { return Ok(None) };
    value.text().map(Some).ok_or_else(|| {
        let message = phrase(name).and(": text is expected here").text();
        thrown("estimate-bad-request", &message, &[])
    })
}

fn moment(request: &JsValue) -> Result<Moment, JsValue> {
    let Some(at) = request.field("at") else { return Ok(clock::now()) };
    if let Some(date) = at.dyn_ref::<JsDate>()
        && let Some(moment) = Moment::from_unix_milliseconds(date.get_time())
    {
        return Ok(moment);
    }
    at.text()
        .unwrap_or_default()
        .parse()
        .map_err(|error: crate::cost::MomentError| thrown(error.code(), error.words(), &[]))
}

fn usage(request: &JsValue) -> Result<Usage, JsValue> {
    let mut usage = Usage::default();
    let stated = match request.field("usage") {
        None => Some(Vec::new()),
        Some(stated) => stated.entries(),
    };
    let stated = stated.ok_or_else(|| {
        thrown("estimate-bad-request", "usage: an object with counts is expected here", &[])
    })?;
    for (name, value) in stated {
        if value.is_undefined() || value.is_null() {
            continue;
        }
        // What is no number is none: strings too.
        usage
            .set_number(&name, value.number().unwrap_or(f64::NAN))
            .map_err(|error| thrown(error.code(), &error.words(), &[]))?;
    }
    Ok(usage)
}

/// The names of filters, so that a misspelt one is not silently without effect.
const FILTERS: [&str; 11] = [
    "author",
    "text",
    "input_modalities",
    "output_modalities",
    "supported_parameters",
    "features",
    "min_context",
    "max_price",
    "open_weights",
    "available",
    "released_since",
];

fn filter(stated: Option<JsValue>) -> Result<Filter, JsValue> {
    let Some(stated) = stated else { return Ok(Filter::default()) };
    for (name, _) in stated.entries().unwrap_or_default() {
        if !FILTERS.contains(&name.as_str()) {
            return Err(bad_filter(&phrase("there is no filter \"").and(&name).and("\"").text()));
        }
    }
    // As text, so that there is one reader for all types.
    let text = JSON::stringify(&stated).ok().and_then(|text| text.as_string()).unwrap_or_default();
    let tape = Tape::of(&text).map_err(|error| bad_filter(&error.describe(&text)))?;
    read_filter(&tape.root()).map_err(|fault| bad_filter(&fault.words()))
}

fn read_filter(stated: &Node<'_>) -> Result<Filter, Fault> {
    Ok(Filter {
        author: field(stated, "author")?,
        text: field(stated, "text")?,
        input_modalities: field(stated, "input_modalities")?.unwrap_or_default(),
        output_modalities: field(stated, "output_modalities")?.unwrap_or_default(),
        supported_parameters: field(stated, "supported_parameters")?.unwrap_or_default(),
        features: field(stated, "features")?.unwrap_or_default(),
        min_context: field(stated, "min_context")?,
        max_price: field(stated, "max_price")?,
        open_weights: field(stated, "open_weights")?,
        available: field(stated, "available")?.unwrap_or_default(),
        released_since: field(stated, "released_since")?,
    })
}

fn bad_filter(reason: &str) -> JsValue {
    thrown(
        "rank-bad-filter",
        &phrase("The filter cannot be used: ").and(reason).and(".").text(),
        &[],
    )
}

fn money(amount: Option<Decimal>) -> JsValue {
    optional(amount.map(crate::catalog::Decimal::text).as_deref())
}

fn bill_object(bill: &Bill) -> JsValue {
    let lines: Array = bill.lines.iter().map(line_object).collect();
    let notes: Array = bill
        .notes
        .iter()
        .map(|note| object(&[("code", text(note.code)), ("text", text(&note.text))]))
        .collect();
    object(&[
        ("total", money(bill.total)),
        ("currency", text(&bill.currency)),
        ("incomplete", bill.incomplete.into()),
        ("lines", lines.into()),
        ("notes", notes.into()),
    ])
}

fn line_object(line: &Line) -> JsValue {
    object(&[
        ("item", text(line.item.name())),
        ("quantity", number(line.quantity.to_f64())),
        ("unit", text(line.unit.name())),
        ("rate", text(&line.rate.text())),
        ("cost", money(line.cost)),
        ("condition", optional(line.condition.as_deref())),
        ("source", optional(line.source.as_deref())),
        ("assumed", line.assumed.into()),
    ])
}

fn ranking_object(models: &[Model], ranking: &Ranking) -> JsValue {
    let id = |place: usize| text(models.get(place).map_or("", |model| model.id.as_str()));
    let ranked: Array = ranking
        .ranked
        .iter()
        .map(|ranked| {
            let parts: Array = ranked
                .parts
                .iter()
                .map(|part| {
                    object(&[
                        ("criterion", text(&part.criterion)),
                        ("value", number(part.value)),
                        ("position", number(part.position)),
                        ("weight", number(part.weight)),
                    ])
                })
                .collect();
            object(&[
                ("id", id(ranked.index)),
                ("score", number(ranked.score)),
                ("parts", parts.into()),
            ])
        })
        .collect();
    let lacking: Array = ranking
        .lacking
        .iter()
        .map(|lacking| {
            let missing: Array = lacking.missing.iter().map(|name| text(name)).collect();
            object(&[("id", id(lacking.index)), ("missing", missing.into())])
        })
        .collect();
    object(&[("ranked", ranked.into()), ("lacking", lacking.into())])
}

fn problem_object(problem: &Problem) -> JsValue {
    let severity = match problem.severity {
        Severity::Note => "note",
        Severity::Warning => "warning",
        Severity::Error => "error",
    };
    object(&[
        ("severity", text(severity)),
        ("code", text(&problem.code)),
        ("path", text(&problem.path)),
        ("effect", text(&problem.effect)),
        ("catalog", optional(problem.catalog.as_deref())),
    ])
}
