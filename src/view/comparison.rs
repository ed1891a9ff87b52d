//! The rows of a comparison: what each model has, which is the best, and how it
//! differs from the baseline.

use super::pricing::{item_label, price_cell, price_key};
use super::scene::Scene;
use crate::catalog::{
    Found, Gather, Item, Modality, Model, count_providers, phrase, short_parameters, short_tokens,
};
use crate::cost::{Offer, Workload};
use crate::platform::clock;
use crate::ranking::{
    Better, SortKey, Words, age_words, best, one_decimal, points_words, ratio_words,
};
use crate::state::{Cell, figure_key, standing_figure};

/// A row of a comparison.
pub struct Line {
    /// What it is about.
    pub label: String,
    /// The unit of its figures.
    pub unit: &'static str,
    /// What each model has.
    pub entries: Vec<Entry>,
    /// Whether all models have the same.
    pub is_alike: bool,
    kind: Kind,
}

/// What a model has.
pub struct Entry {
    /// What is shown.
    pub cell: Cell,
    /// Whether nothing in the row is better.
    pub is_best: bool,
    /// How it differs from the baseline, in words.
    pub difference: Option<String>,
}

impl Line {
    /// How the model at a place differs from the baseline, as a part of a sentence:
    /// `3.3× cheaper input`.
    pub fn said(&self, at: usize) -> Option<String> {
        let words = self.entries.get(at)?.difference.as_ref()?;
        let label = self.label.to_ascii_lowercase();
        match self.kind {
            Kind::Points => Some(phrase(words).and(" in ").and(&self.label).text()),
            Kind::Ratio(..) => {
                Some(phrase(words).and(" ").and(label.rsplit(',').next()?.trim_start()).text())
            }
            _ => Some(words.clone()),
        }
    }
}

/// How the figures of a row are compared.
#[derive(Clone, Copy)]
enum Kind {
    /// Not at all.
    Text,
    /// Which is better, but not by how much.
    Rated(Better),
    /// As a multiple.
    Ratio(Better, Words),
    /// In points.
    Points,
    /// In days.
    Days,
}

const PRICE: Kind = Kind::Ratio(Better::Lower, Words { more: "dearer", less: "cheaper" });
const SIZE: Kind = Kind::Ratio(Better::Higher, Words { more: "larger", less: "smaller" });
const SPEED: Kind = Kind::Ratio(Better::Higher, Words { more: "faster", less: "slower" });
const WAIT: Kind = Kind::Ratio(Better::Lower, Words { more: "longer", less: "shorter" });

type Value = (Cell, SortKey);
/// A value of each model.
type Each<'a> = &'a dyn Fn(&dyn Fn(&Model) -> Value) -> Vec<Value>;

/// The rows of a comparison of these models with the one at the place `baseline`.
#[allow(clippy::too_many_lines)] // a list of rows, in order
pub fn lines(
    scene: &Scene,
    found: &[Found<'_>],
    baseline: usize,
    workload: &Workload,
) -> Vec<Line> {
    let mut lines = Lines { baseline, lines: Vec::new() };
    let language = &scene.language;
    let each = |value: &dyn Fn(&Model) -> Value| -> Vec<Value> {
        found.iter().map(|found| value(found.model)).gather()
    };
    lines.add("Author", "", Kind::Text, each(&|model| name(model.author_name())));
    lines.add(
        "Released",
        "",
        Kind::Days,
        each(&|model| {
            model.released.map_or(MISSING, |date| {
                let day = SortKey::Number(date.unix_milliseconds() / 86_400_000.0);
                (Cell::Text(language.date(date)), day)
            })
        }),
    );
    // Speed, ability and cost tier.
    for (figure, label, better) in [
        ("Speed", "Speed", Better::Higher),
        ("Ability", "Ability", Better::Higher),
        ("Cost", "Cost tier", Better::Lower),
    ] {
        let mut values = Vec::new();
        for found in found {
            let index = scene.library.place(found.model);
            let figure = index.and_then(|index| standing_figure(&scene.library, index, figure));
            values.push(figure.map_or(MISSING, |figure| {
                let key = figure_key(&figure);
                (Cell::Figure(Box::new(figure)), key)
            }));
        }
        lines.add(label, "", Kind::Rated(better), values);
    }
    let costs: Vec<_> =
        found.iter().map(|found| workload.estimate(&found.offer(), &clock::now())).gather();
    let currency = found.first().map_or("USD", |found| found.offer().prices.currency());
    let money = |amount: fn(&crate::cost::WorkloadCost) -> Option<crate::catalog::Decimal>| {
        let value = |cost: &crate::cost::WorkloadCost| -> Value {
            let bill = &cost.per_request;
            let Some(amount) = amount(cost) else { return MISSING };
            let said = language.money(amount, &bill.currency);
            if cost.incomplete {
                return (Cell::Text(phrase("≥ ").and(&said).text()), SortKey::Unknown);
            }
            let key =
                if bill.currency == currency { SortKey::Decimal(amount) } else { SortKey::Unknown };
            let cell = if cost.fits {
                Cell::Text(said)
            } else {
                Cell::Badged { text: said, badge: "does not fit", good: false }
            };
            // What cannot hold the request is no bargain.
            (cell, if cost.fits { key } else { SortKey::Unknown })
        };
        costs.iter().map(value).collect::<Vec<Value>>()
    };
    lines.add("Workload", "a month", PRICE, money(|cost| cost.month));
    lines.add("Request", "of the workload", PRICE, money(|cost| cost.per_request.total));
    if found.iter().any(|found| !found.model.endpoints.is_empty()) {
        let values = found.iter().map(|found| cheapest_endpoint(scene, found.model, workload));
        lines.add("Cheapest endpoint", "of the workload", PRICE, values.gather());
    }
    for item in stated_items(found) {
        let values = found.iter().map(|found| {
            let prices = found.offer().prices;
            let price = prices.price(item);
            (
                price_cell(language, price, prices.currency()),
                price_key(price, prices.currency(), currency),
            )
        });
        let unit = super::pricing::unit_label(item.unit());
        lines.add(item_label(item), unit, PRICE, values.gather());
    }
    let tokens = |count: Option<u64>| {
        count.map_or(MISSING, |count| {
            (Cell::Text(short_tokens(count)), SortKey::Decimal(count.into()))
        })
    };
    let offers = |value: fn(&crate::cost::Offer<'_>) -> Option<u64>| -> Vec<Value> {
        found.iter().map(|found| tokens(value(&found.offer()))).gather()
    };
    lines.add("Context", "tokens", SIZE, offers(|offer| offer.context_length));
    lines.add("Max output", "tokens", SIZE, offers(|offer| offer.max_output));
    lines.add(
        "Parameters",
        "",
        Kind::Text,
        each(&|model| {
            model.parameters.map_or(MISSING, |parameters| {
                let about = if parameters.estimated { "~" } else { "" };
                let text = phrase(about).and(short_parameters(parameters.count)).text();
                (Cell::Text(text.clone()), SortKey::Text(text))
            })
        }),
    );
    lines.add("Modalities", "", Kind::Text, each(&modalities));
    lines.add(
        "Open weights",
        "",
        Kind::Text,
        each(&|model| {
            model.open_weights.map_or(MISSING, |open| said(if open { "yes" } else { "no" }))
        }),
    );
    endpoints(&mut lines, found, &each);
    benchmarks(&mut lines, scene, found);
    lines.lines
}

fn endpoints(lines: &mut Lines, found: &[Found<'_>], each: Each<'_>) {
    if found.iter().all(|found| found.model.endpoints.is_empty()) {
        return;
    }
    lines.add(
        "Providers",
        "",
        Kind::Text,
        each(&|model| {
            let all: Vec<_> = model.endpoints.iter().gather();
            match count_providers(&all) {
                0 => MISSING,
                count => said(&count.to_string()),
            }
        }),
    );
    let fastest = each(&|model| {
        let speeds = model.endpoints.iter().filter_map(|endpoint| endpoint.throughput?.p50);
        measured(speeds.fold(None, |best: Option<f64>, speed| {
            Some(best.map_or(speed, |best| best.max(speed)))
        }))
    });
    lines.add("Fastest endpoint", "tokens/s", SPEED, fastest);
    let promptest =
        each(&|model| {
            let waits = model.endpoints.iter().filter_map(|endpoint| endpoint.latency?.p50);
            measured(waits.fold(None, |best: Option<f64>, wait| {
                Some(best.map_or(wait, |best| best.min(wait)))
            }))
        });
    lines.add("Least latency", "s", WAIT, promptest);
}

/// The endpoint at which the workload costs least, by its whole bill: a low price of
/// input alone can be the dearer choice.
fn cheapest_endpoint(scene: &Scene, model: &Model, workload: &Workload) -> Value {
    let currency = model.prices.currency();
    let now = clock::now();
    let month = |endpoint| {
        let cost = workload.estimate(&Offer::of_endpoint(model, endpoint), &now);
        let known = cost.fits && !cost.incomplete && cost.per_request.currency == currency;
        Some((cost.month.filter(|_| known)?, endpoint))
    };
    let all = model.endpoints.iter().filter_map(month);
    let best = all.reduce(|best, other| if other.0 < best.0 { other } else { best });
    best.map_or(MISSING, |(month, endpoint)| {
        let said = [endpoint.provider_name(), ", ", &scene.language.money(month, currency)];
        (Cell::Name(said.concat()), SortKey::Decimal(month))
    })
}

/// The benchmarks that at least two of the models have run.
fn benchmarks(lines: &mut Lines, scene: &Scene, found: &[Found<'_>]) {
    let mut done: Vec<&str> = Vec::new();
    for found in found {
        for result in &found.model.benchmarks {
            if !done.contains(&result.benchmark.as_str()) {
                done.push(&result.benchmark);
            }
        }
    }
    for benchmark in done {
        let values: Vec<Value> = found
            .iter()
            .map(|found| {
                let index = scene.library.place(found.model);
                let standing =
                    index.and_then(|index| scene.library.standings.accuracy(index, benchmark));
                measured(standing.map(|standing| standing.value))
            })
            .gather();
        if values.iter().filter(|(_, key)| !matches!(key, SortKey::Unknown)).count() > 1 {
            lines.add(benchmark, "%", Kind::Points, values);
        }
    }
}

/// The items that any of the models has a price for, in the order of the first.
fn stated_items(found: &[Found<'_>]) -> Vec<Item> {
    let mut items = vec![Item::Input, Item::Output];
    for found in found {
        for (item, _) in found.offer().prices.rates.iter() {
            if !items.contains(&item) {
                items.push(item);
            }
        }
    }
    items
}

const MISSING: Value = (Cell::Missing, SortKey::Unknown);

fn said(text: &str) -> Value {
    (Cell::Text(text.to_owned()), SortKey::Text(text.to_owned()))
}

fn name(text: &str) -> Value {
    if text.is_empty() {
        return MISSING;
    }
    (Cell::Name(text.to_owned()), SortKey::Text(text.to_owned()))
}

fn measured(value: Option<f64>) -> Value {
    value.map_or(MISSING, |value| (Cell::Text(one_decimal(value)), SortKey::Number(value)))
}

fn modalities(model: &Model) -> Value {
    let (input, output): (Vec<Modality>, Vec<Modality>) =
        (model.input_modalities.clone(), model.output_modalities.clone());
    let words = [super::modalities::words(&input), super::modalities::words(&output)].join(" to ");
    (Cell::Modalities(input, output), SortKey::Text(words))
}

struct Lines {
    baseline: usize,
    lines: Vec<Line>,
}

impl Lines {
    /// Adds a row; one of which nothing is known is none.
    fn add(&mut self, label: &str, unit: &'static str, kind: Kind, values: Vec<Value>) {
        if values.iter().all(|(cell, _)| matches!(cell, Cell::Missing)) {
            return;
        }
        let (mut cells, mut keys) = (Vec::new(), Vec::new());
        for (cell, key) in values {
            cells.push(cell);
            keys.push(key);
        }
        let better = match kind {
            Kind::Text => None,
            Kind::Rated(better) | Kind::Ratio(better, _) => Some(better),
            Kind::Points | Kind::Days => Some(Better::Higher),
        };
        let bests = better.map(|better| best(&keys, better)).unwrap_or_default();
        let base = keys.get(self.baseline).and_then(number);
        let is_alike = keys.iter().all(|key| Some(key) == keys.first());
        let mut entries = Vec::new();
        for (at, cell) in cells.into_iter().enumerate() {
            let difference = match (keys.get(at).and_then(number), base) {
                (Some(own), Some(base)) if at != self.baseline => difference(kind, own, base),
                _ => None,
            };
            let is_best = bests.get(at).copied().unwrap_or(false);
            entries.push(Entry { cell, is_best, difference });
        }
        self.lines.push(Line { label: label.to_owned(), unit, entries, is_alike, kind });
    }
}

fn number(key: &SortKey) -> Option<f64> {
    match key {
        SortKey::Number(number) => Some(*number),
        SortKey::Decimal(amount) => Some(amount.to_f64()),
        _ => None,
    }
}

fn difference(kind: Kind, own: f64, base: f64) -> Option<String> {
    match kind {
        Kind::Text | Kind::Rated(_) => None,
        Kind::Ratio(_, words) => ratio_words(own, base, words),
        Kind::Points => points_words(own, base),
        Kind::Days => age_words(own, base),
    }
}
