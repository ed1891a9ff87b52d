//! Endpoints: who offers the model, with which limits, at what price.

use std::rc::Rc;

use super::card::{Scene, section};
use super::node::{Node, el, live, nothing};
use super::pricing::{item_cell, price_key};
use super::specs::status_words;
use super::table::table;
use crate::catalog::{
    Endpoint, Gather, Item, Quantiles, cheapest_endpoints, count_providers, short_tokens,
};
use crate::platform::intl::Language;
use crate::ranking::SortKey;
use crate::state::{self, CardState, Cell, Column, LibraryState, Row, Section, Table};

/// The columns that the table always has.
const COLUMNS: [Column; 6] = [
    Column::text("provider", "Provider"),
    Column::text("endpoint", "Endpoint"),
    Column::figures("context", "Context", "tokens"),
    Column::figures("max_output", "Max output", "tokens"),
    Column::prices("input", "Input"),
    Column::prices("output", "Output"),
];

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
    let columns = columns(&endpoints);
    let currency = model.prices.currency();
    let cheapest = cheapest_endpoints(&endpoints, currency);
    let rows = endpoints
        .iter()
        .enumerate()
        .map(|(at, endpoint)| {
            row(&scene.language, endpoint, &columns, cheapest.contains(&at), currency)
        })
        .gather();
    let note = match count_providers(&endpoints) {
        1 => "1 provider".to_owned(),
        n => format!("{n} providers"),
    };
    let caption = format!("Endpoints, {note}");
    let shown = Table::new("endpoints", caption, columns, rows).chosen(
        &scene.state.choices,
        "input",
        false,
    );
    let body = el("div").with(listing(state, &model.id)).with(table(scene, shown.into()));
    section(scene, Section::Endpoints, "Endpoints".to_owned(), note, body)
}

/// Where a list of endpoints that stands apart is on its way, or not to be had.
fn listing(state: &Rc<CardState>, model: &str) -> Node {
    let listed = state.listed.get().filter(|listed| listed.model == model);
    let words = match listed.map(|listed| listed.library) {
        Some(LibraryState::Loading | LibraryState::Slow) => {
            "Loading each provider’s offer…".to_owned()
        }
        Some(LibraryState::Failed(failure)) => {
            ["The list of providers could not be loaded. ", &failure.to_string()].concat()
        }
        _ => return nothing(),
    };
    el("p.muted small|role=status").with(words)
}

/// The columns: those after the prices only where some endpoint fills them.
fn columns(endpoints: &[&Endpoint]) -> Vec<Column> {
    let any = |known: fn(&Endpoint) -> bool| endpoints.iter().any(|endpoint| known(endpoint));
    let mut columns = COLUMNS.to_vec();
    if any(|endpoint| endpoint.prices.rates.stated(Item::CacheRead).is_some()) {
        columns.push(Column::prices("cache_read", "Cache read"));
    }
    if any(|endpoint| endpoint.quantization.is_some()) {
        columns.push(Column::text("quantization", "Quantization"));
    }
    if any(|endpoint| endpoint.latency.is_some()) {
        columns.push(Column::figures("latency", "Latency", "ms"));
    }
    if any(|endpoint| endpoint.throughput.is_some()) {
        columns.push(Column::figures("throughput", "Throughput", "tokens / s"));
    }
    if any(|endpoint| endpoint.uptime.is_some()) {
        columns.push(Column::figures("uptime", "Uptime", "%"));
    }
    columns
}

fn row(
    language: &Language,
    endpoint: &Endpoint,
    columns: &[Column],
    cheapest: bool,
    compared_in: &str,
) -> Row {
    let currency = endpoint.prices.currency();
    let cells = columns
        .iter()
        .map(|column| {
            let price = |item| {
                let price = endpoint.prices.price(item);
                (
                    item_cell(language, &endpoint.prices, item),
                    price_key(price, currency, compared_in),
                )
            };
            let tokens = |count: Option<u64>| match count {
                Some(count) => (Cell::Text(short_tokens(count)), SortKey::Decimal(count.into())),
                None => (Cell::Missing, SortKey::Unknown),
            };
            let measured = |quantiles: Option<Quantiles>| match quantiles
                .and_then(|quantiles| quantiles.p50)
            {
                Some(median) => (Cell::Text(language.measure(median)), SortKey::Number(median)),
                None => (Cell::Missing, SortKey::Unknown),
            };
            match column.key {
                "provider" => {
                    let text = endpoint.provider_name().to_owned();
                    let key = SortKey::Text(text.clone());
                    match (cheapest, status_words(endpoint.status)) {
                        (_, Some(badge)) => (Cell::Badged { text, badge, good: false }, key),
                        (true, None) => (Cell::Badged { text, badge: "cheapest", good: true }, key),
                        (false, None) => (Cell::Name(text), key),
                    }
                }
                "endpoint" => {
                    let name = endpoint.name.clone().unwrap_or_else(|| endpoint.id.clone());
                    (Cell::Code(name.clone()), SortKey::Text(name))
                }
                "context" => tokens(endpoint.context_length),
                "max_output" => tokens(endpoint.max_output),
                "input" => price(Item::Input),
                "output" => price(Item::Output),
                "cache_read" => price(Item::CacheRead),
                "quantization" => match &endpoint.quantization {
                    Some(name) => (Cell::Name(name.clone()), SortKey::Text(name.clone())),
                    None => (Cell::Missing, SortKey::Unknown),
                },
                "latency" => measured(endpoint.latency),
                "throughput" => measured(endpoint.throughput),
                _ => match endpoint.uptime {
                    Some(share) => (Cell::Text(language.share(share)), SortKey::Number(share)),
                    None => (Cell::Missing, SortKey::Unknown),
                },
            }
        })
        .gather();
    Row { group: Some(endpoint.provider.clone()), ..Row::new(cells) }
}
