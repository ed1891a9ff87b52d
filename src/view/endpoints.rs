//! Endpoints: who offers the model, with which limits, at what price.

use std::rc::Rc;

use super::card::{Scene, section};
use super::fields::{self, Field, Keyed, MISSING, leave_out_empty};
use super::node::{Node, el, live, nothing};
use super::pricing::{item_cell, price_key};
use super::specs::status_words;
use super::table::table;
use crate::catalog::{
    Endpoint, Item, Quantiles, cheapest_endpoints, count_providers, counted, phrase, short_tokens,
};
use crate::platform::intl::Language;
use crate::ranking::SortKey;
use crate::state::{self, CardState, Cell, Column, LibraryState, Row, Section, Table};

/// An endpoint, to be shown.
struct Shown<'a> {
    language: &'a Language,
    endpoint: &'a Endpoint,
    is_cheapest: bool,
    compared_in: &'a str,
}

type Fill = fn(&Shown<'_>) -> Keyed;

const FIELDS: [Field<Fill>; 11] = [
    (Column::text("provider", "Provider"), |shown| {
        let text = phrase(shown.endpoint.provider_name());
        let key = SortKey::Text(text.as_str().to_owned());
        match (shown.is_cheapest, status_words(shown.endpoint.status)) {
            (_, Some(badge)) => (Cell::Badged { text, badge, good: false }, key),
            (true, None) => (Cell::Badged { text, badge: "cheapest", good: true }, key),
            (false, None) => (Cell::Name(text.text()), key),
        }
    }),
    (Column::text("endpoint", "Endpoint"), |shown| {
        let name = shown.endpoint.name.as_ref().unwrap_or(&shown.endpoint.id);
        (Cell::Code(name.clone()), SortKey::Text(name.clone()))
    }),
    (Column::figures("context", "Context", "tokens"), |shown| {
        fields::count(shown.endpoint.context_length, short_tokens)
    }),
    (Column::figures("max_output", "Max output", "tokens"), |shown| {
        fields::count(shown.endpoint.max_output, short_tokens)
    }),
    (Column::prices("input", "Input"), |shown| price(shown, Item::Input)),
    (Column::prices("output", "Output"), |shown| price(shown, Item::Output)),
    (Column::prices("cache_read", "Cache read"), |shown| price(shown, Item::CacheRead)),
    (Column::text("quantization", "Quantization"), |shown| {
        fields::name(shown.endpoint.quantization.as_ref())
    }),
    (Column::figures("latency", "Latency", "ms"), |shown| {
        median(shown.language, shown.endpoint.latency.as_ref())
    }),
    (Column::figures("throughput", "Throughput", "tokens / s"), |shown| {
        median(shown.language, shown.endpoint.throughput.as_ref())
    }),
    (Column::figures("uptime", "Uptime", "%"), |shown| {
        shown.endpoint.uptime.map_or(MISSING, |share| {
            (Cell::Text(shown.language.share(share)), SortKey::Number(share))
        })
    }),
];
/// The places of the columns that few sources fill.
const OPTIONAL: [usize; 5] = [6, 7, 8, 9, 10];

#[inline(never)]
fn price(shown: &Shown<'_>, item: Item) -> Keyed {
    let prices = &shown.endpoint.prices;
    let key = price_key(prices.price(item), prices.currency(), shown.compared_in);
    (item_cell(shown.language, prices, item), key)
}

#[inline(never)]
fn median(language: &Language, quantiles: Option<&Quantiles>) -> Keyed {
    fields::measure(language, quantiles.and_then(|quantiles| quantiles.p50))
}

/// The section `endpoints`; drawn again when a gateway has listed them.
pub fn endpoints(state: &Rc<CardState>, scene: &Scene) -> Node {
    let (state, scene) = (state.clone(), scene.clone());
    live(move || draw(&state, &scene))
}

fn draw(state: &Rc<CardState>, scene: &Scene) -> Node {
    let Some(model) = scene.model() else { return nothing() };
    let listed = state.listing(model);
    let endpoints = state::endpoints(model, listed.as_deref());
    if endpoints.is_empty() {
        return nothing();
    }
    let compared_in = model.prices.currency();
    let cheapest = cheapest_endpoints(&endpoints, compared_in);
    let mut rows: Vec<Row> = Vec::new();
    for (at, endpoint) in endpoints.iter().enumerate() {
        let is_cheapest = cheapest.contains(&at);
        let shown = Shown { language: &scene.language, endpoint, is_cheapest, compared_in };
        let group = Some(endpoint.provider.clone());
        rows.push(Row { group, ..fields::row(&FIELDS, |fill| fill(&shown)) });
    }
    let mut columns = fields::columns(&FIELDS);
    leave_out_empty(&OPTIONAL, &mut columns, &mut rows);
    let note = counted(count_providers(&endpoints), "1 provider", " providers").text();
    let caption = phrase("Endpoints, ").and(&note).text();
    let shown = Table::new("endpoints", caption, columns, rows).chosen(
        &scene.state.choices,
        "input",
        false,
    );
    let body = el("div").with(listing(state, &model.id)).with(table(scene, shown.into()));
    section(scene, Section::Endpoints, "Endpoints", &note, body)
}

/// Where a list of endpoints that stands apart is on its way, or not to be had.
fn listing(state: &Rc<CardState>, model: &str) -> Node {
    let listed = state.listed.get().filter(|listed| listed.model == model);
    let words = match listed.map(|listed| listed.library) {
        Some(LibraryState::Loading | LibraryState::Slow) => {
            phrase("Loading each provider’s offer…")
        }
        Some(LibraryState::Failed(failure)) => {
            phrase("The list of providers could not be loaded. ").and(failure.words())
        }
        _ => return nothing(),
    };
    el("p.muted small|role=status").with(words)
}
