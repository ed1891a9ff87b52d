//! The engine without a view: `modelcard.engine()`.

use std::rc::Rc;

use js_sys::{Array, Date as JsDate, Error, JSON, Promise};
use wasm_bindgen::prelude::*;

use crate::catalog::{Decimal, Gather, Json, Model, Problem, Severity, Tape, decode, phrase};
use crate::cost::{Bill, Line, Moment, Offer, Usage, bill};
use crate::platform::clock;
use crate::platform::library::{self, Input, Library};
use crate::platform::object::{Fields, fields, list};
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
        Err(failure) => {
            let error = Fields::of(thrown(failure.code(), &failure.words()));
            Err(error.with("url", &failure.url).with("retryable", failure.retryable()).done())
        }
    }
}

/// A loaded catalog.
#[wasm_bindgen]
pub struct LoadedCatalog(Rc<Library>);

#[wasm_bindgen]
impl LoadedCatalog {
    /// All models, in the compiled JSON shape.
    pub fn models(&self) -> Array {
        let models = Array::new();
        for model in self.0.objects() {
            models.push(model);
        }
        models
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
                    thrown("endpoint-unknown", &message)
                })?;
                Offer::of_endpoint(found.model, endpoint)
            }
        };
        let moment = moment(request)?;
        let usage = usage(request)?;
        let tier = words(request, "service_tier")?;
        let billed = bill(&offer, &usage, &moment, tier.as_deref())
            .map_err(|error| thrown(error.code(), &error.words()))?;
        Ok(bill_object(&billed))
    }

    /// Ranks models: `{by}` or `{weights}`, and a `filter`.
    pub fn rank(&self, request: &JsValue) -> Result<JsValue, JsValue> {
        let Library { catalog, standings, .. } = &*self.0;
        let refuse = |error: ranking::RankError| thrown(error.code(), &error.words());
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
        let problems = Array::new();
        for problem in &self.0.catalog.problems {
            problems.push(&problem_object(problem));
        }
        problems
    }
}

/// An `Error` with a code.
#[inline(never)]
fn thrown(code: &str, message: &str) -> JsValue {
    Fields::of(Error::new(message).into()).with("code", code).done()
}

/// A field that must be text where it is stated.
fn words(request: &JsValue, name: &'static str) -> Result<Option<String>, JsValue> {
    let Some(value) = request.field(name) else { return Ok(None) };
    value.text().map(Some).ok_or_else(|| {
        let message = phrase(name).and(": text is expected here").text();
        thrown("estimate-bad-request", &message)
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
        .map_err(|error: crate::cost::MomentError| thrown(error.code(), error.words()))
}

fn usage(request: &JsValue) -> Result<Usage, JsValue> {
    let mut usage = Usage::default();
    let stated = match request.field("usage") {
        None => Some(Vec::new()),
        Some(stated) => stated.entries(),
    };
    let stated = stated.ok_or_else(|| {
        thrown("estimate-bad-request", "usage: an object with counts is expected here")
    })?;
    for (name, value) in stated {
        if value.is_undefined() || value.is_null() {
            continue;
        }
        // What is no number is none: strings too.
        usage
            .set_number(&name, value.number().unwrap_or(f64::NAN))
            .map_err(|error| thrown(error.code(), &error.words()))?;
    }
    Ok(usage)
}

fn filter(stated: Option<JsValue>) -> Result<Filter, JsValue> {
    let Some(stated) = stated else { return Ok(Filter::default()) };
    // As text, so that there is one reader for all types.
    let text = JSON::stringify(&stated).ok().and_then(|text| text.as_string()).unwrap_or_default();
    let tape = Tape::of(&text).map_err(|error| bad_filter(&error.describe(&text)))?;
    let root = tape.root();
    // A misspelt filter must not be silently without effect.
    for (name, _) in root.entries().unwrap_or_default() {
        if !Filter::NAMES.contains(&name.as_str()) {
            return Err(bad_filter(&phrase("there is no filter \"").and(&name).and("\"").text()));
        }
    }
    decode(&root).map_err(|fault| bad_filter(&fault.words()))
}

fn bad_filter(reason: &str) -> JsValue {
    thrown("rank-bad-filter", &phrase("The filter cannot be used: ").and(reason).and(".").text())
}

fn bill_object(bill: &Bill) -> JsValue {
    let (lines, notes) = (Array::new(), Array::new());
    for line in &bill.lines {
        lines.push(&line_object(line));
    }
    for note in &bill.notes {
        notes.push(&fields().with("code", note.code).with("text", &note.text).done());
    }
    fields()
        .with("total", bill.total.map(Decimal::text))
        .with("currency", &bill.currency)
        .with("incomplete", bill.incomplete)
        .with("lines", lines)
        .with("notes", notes)
        .done()
}

fn line_object(line: &Line) -> JsValue {
    fields()
        .with("item", line.item.name())
        .with("quantity", line.quantity.to_f64())
        .with("unit", line.unit.name())
        .with("rate", &line.rate.text())
        .with("cost", line.cost.map(Decimal::text))
        .with("condition", &line.condition)
        .with("source", &line.source)
        .with("assumed", line.assumed)
        .done()
}

fn ranking_object(models: &[Model], ranking: &Ranking) -> JsValue {
    let id =
        |place: usize| fields().with("id", models.get(place).map_or("", |model| model.id.as_str()));
    let (ranked, lacking) = (Array::new(), Array::new());
    for model in &ranking.ranked {
        let parts = Array::new();
        for part in &model.parts {
            let part = fields()
                .with("criterion", &part.criterion)
                .with("value", part.value)
                .with("position", part.position)
                .with("weight", part.weight);
            parts.push(&part.done());
        }
        ranked.push(&id(model.index).with("score", model.score).with("parts", parts).done());
    }
    for model in &ranking.lacking {
        lacking.push(&id(model.index).with("missing", list(&model.missing)).done());
    }
    fields().with("ranked", ranked).with("lacking", lacking).done()
}

fn problem_object(problem: &Problem) -> JsValue {
    let severity = match problem.severity {
        Severity::Note => "note",
        Severity::Warning => "warning",
        Severity::Error => "error",
    };
    fields()
        .with("severity", severity)
        .with("code", &problem.code)
        .with("path", &problem.path)
        .with("effect", &problem.effect)
        .with("catalog", &problem.catalog)
        .done()
}
