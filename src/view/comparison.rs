//! The rows of a comparison: what each model has, which is the best, and how it
//! differs from the baseline.

use super::fields::{Keyed, MISSING, count, standing};
use super::modalities::words;
use super::pricing::{item_label, price_cell, price_key, unit_label};
use super::scene::Scene;
use crate::catalog::{
    Decimal, Endpoint, Found, Gather, Item, Model, count_providers, phrase, short_parameters,
    short_tokens,
};
use crate::cost::{Offer, Workload, WorkloadCost};
use crate::platform::clock;
use crate::ranking::{
    Better, Comparative, SortKey, age_words, best, one_decimal, points_words, ratio_words,
};
use crate::state::Cell;

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
        let words = phrase(words);
        let said = match self.kind {
            Kind::Points => words.and(" in ").and(&self.label),
            Kind::Price | Kind::Size | Kind::Speed | Kind::Wait => {
                words.and(" ").and(label.rsplit(',').next()?.trim_start())
            }
            _ => words,
        };
        Some(said.text())
    }
}

/// How the figures of a row are compared.
#[derive(Clone, Copy)]
enum Kind {
    /// Not at all.
    Text,
    /// Which is better, but not by how much: stars.
    Stars,
    /// The same: tiers of cost.
    Tiers,
    /// As a multiple of a price.
    Price,
    /// As a multiple of a size.
    Size,
    /// As a multiple of a speed.
    Speed,
    /// As a multiple of a time.
    Wait,
    /// In points.
    Points,
    /// In days.
    Days,
}

impl Kind {
    const fn better(self) -> Option<Better> {
        match self {
            Self::Text => None,
            Self::Tiers | Self::Price | Self::Wait => Some(Better::Lower),
            Self::Stars | Self::Size | Self::Speed | Self::Points | Self::Days => {
                Some(Better::Higher)
            }
        }
    }

    /// How a figure differs from another, in words.
    fn difference(self, own: f64, base: f64) -> Option<String> {
        let words = match self {
            Self::Text | Self::Stars | Self::Tiers => return None,
            Self::Points => return points_words(own, base),
            Self::Days => return age_words(own, base),
            Self::Price => Comparative { more: "dearer", less: "cheaper" },
            Self::Size => Comparative { more: "larger", less: "smaller" },
            Self::Speed => Comparative { more: "faster", less: "slower" },
            Self::Wait => Comparative { more: "longer", less: "shorter" },
        };
        ratio_words(own, base, words)
    }
}

/// The rows of a comparison of these models with the one at the place `baseline`.
pub fn lines(
    scene: &Scene,
    found: &[Found<'_>],
    baseline: usize,
    workload: &Workload,
) -> Vec<Line> {
    let mut lines = Lines { found, baseline, rows: Vec::new() };
    let language = &scene.language;
    lines.add("Author", "", Kind::Text, &|_, found| name(found.model.author_name()));
    lines.add("Released", "", Kind::Days, &|_, found| {
        found.model.released.map_or(MISSING, |date| {
            let day = SortKey::Number(date.unix_milliseconds() / 86_400_000.0);
            (Cell::Text(language.date(date)), day)
        })
    });
    let standing = |found: &Found<'_>, label| {
        standing(&scene.library, scene.library.place(found.model), label)
    };
    lines.add("Speed", "", Kind::Stars, &|_, found| standing(found, "Speed"));
    lines.add("Ability", "", Kind::Stars, &|_, found| standing(found, "Ability"));
    lines.add("Cost tier", "", Kind::Tiers, &|_, found| standing(found, "Cost"));
    prices(&mut lines, scene, workload);
    lines.add("Context", "tokens", Kind::Size, &|_, found| tokens(found.offer().context_length));
    lines.add("Max output", "tokens", Kind::Size, &|_, found| tokens(found.offer().max_output));
    lines.add("Parameters", "", Kind::Text, &|_, found| {
        found.model.parameters.map_or(MISSING, |parameters| {
            let about = phrase(if parameters.estimated { "~" } else { "" });
            said(about.and(short_parameters(parameters.count)).text())
        })
    });
    lines.add("Modalities", "", Kind::Text, &|_, found| modalities(found.model));
    lines.add("Open weights", "", Kind::Text, &|_, found| {
        let open = found.model.open_weights;
        open.map_or(MISSING, |open| said(if open { "yes" } else { "no" }.to_owned()))
    });
    endpoints(&mut lines);
    benchmarks(&mut lines, scene);
    lines.rows
}

/// What the workload costs, and each price.
fn prices(lines: &mut Lines<'_>, scene: &Scene, workload: &Workload) {
    let language = &scene.language;
    let mut costs: Vec<WorkloadCost> = Vec::new();
    for found in lines.found {
        costs.push(workload.estimate(&found.offer(), &clock::now()));
    }
    let currency = lines.found.first().map_or("USD", |found| found.offer().prices.currency());
    let money = |at: usize, amount: fn(&WorkloadCost) -> Option<Decimal>| {
        let Some(cost) = costs.get(at) else { return MISSING };
        let bill = &cost.per_request;
        let Some(amount) = amount(cost) else { return MISSING };
        let said = language.money(amount, &bill.currency);
        if cost.incomplete {
            return (Cell::Text(phrase("≥ ").and(said)), SortKey::Unknown);
        }
        if !cost.fits {
            // What cannot hold the request is no bargain.
            let cell = Cell::Badged { text: said, badge: "does not fit", good: false };
            return (cell, SortKey::Unknown);
        }
        let key =
            if bill.currency == currency { SortKey::Decimal(amount) } else { SortKey::Unknown };
        (Cell::Text(said), key)
    };
    lines.add("Workload", "a month", Kind::Price, &|at, _| money(at, |cost| cost.month));
    lines.add("Request", "of the workload", Kind::Price, &|at, _| {
        money(at, |cost| cost.per_request.total)
    });
    lines.add("Cheapest endpoint", "of the workload", Kind::Price, &|_, found| {
        cheapest_endpoint(scene, found.model, workload)
    });
    for item in stated_items(lines.found) {
        let unit = unit_label(item.unit());
        lines.add(item_label(item), unit, Kind::Price, &|_, found| {
            let prices = found.offer().prices;
            let price = prices.price(item);
            (
                price_cell(language, price, prices.currency()),
                price_key(price, prices.currency(), currency),
            )
        });
    }
}

fn endpoints(lines: &mut Lines<'_>) {
    lines.add("Providers", "", Kind::Text, &|_, found| {
        let all: Vec<_> = found.model.endpoints.iter().gather();
        match count_providers(&all) {
            0 => MISSING,
            count => said(phrase(count).text()),
        }
    });
    lines.add("Fastest endpoint", "tokens/s", Kind::Speed, &|_, found| {
        best_endpoint(found.model, |endpoint| endpoint.throughput?.p50, f64::max)
    });
    lines.add("Least latency", "s", Kind::Wait, &|_, found| {
        best_endpoint(found.model, |endpoint| endpoint.latency?.p50, f64::min)
    });
}

/// The best of what a model's endpoints have measured.
fn best_endpoint(
    model: &Model,
    measure: fn(&Endpoint) -> Option<f64>,
    better: fn(f64, f64) -> f64,
) -> Keyed {
    let mut best: Option<f64> = None;
    for endpoint in &model.endpoints {
        if let Some(value) = measure(endpoint) {
            best = Some(best.map_or(value, |best| better(best, value)));
        }
    }
    measured(best)
}

/// The endpoint at which the workload costs least, by its whole bill: a low price of
/// input alone can be the dearer choice.
fn cheapest_endpoint(scene: &Scene, model: &Model, workload: &Workload) -> Keyed {
    let currency = model.prices.currency();
    let now = clock::now();
    let mut best: Option<(Decimal, &str)> = None;
    for endpoint in &model.endpoints {
        let cost = workload.estimate(&Offer::of_endpoint(model, endpoint), &now);
        let known = cost.fits && !cost.incomplete && cost.per_request.currency == currency;
        if let Some(month) = cost.month.filter(|_| known)
            && best.is_none_or(|(least, _)| month < least)
        {
            best = Some((month, endpoint.provider_name()));
        }
    }
    best.map_or(MISSING, |(month, provider)| {
        let said = phrase(provider).and(", ").and(scene.language.money(month, currency));
        (Cell::Name(said.text()), SortKey::Decimal(month))
    })
}

/// The benchmarks that at least two of the models have run.
fn benchmarks(lines: &mut Lines<'_>, scene: &Scene) {
    let accuracy = |found: &Found<'_>, name: &str| {
        let standing = scene.library.standings.accuracy(scene.library.place(found.model)?, name)?;
        Some(standing.value)
    };
    let mut done: Vec<&str> = Vec::new();
    for found in lines.found {
        for result in &found.model.benchmarks {
            let name = result.benchmark.as_str();
            if done.contains(&name) {
                continue;
            }
            done.push(name);
            if lines.found.iter().filter(|found| accuracy(found, name).is_some()).count() > 1 {
                lines.add(name, "%", Kind::Points, &|_, found| measured(accuracy(found, name)));
            }
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

fn said(text: String) -> Keyed {
    (Cell::Text(phrase(&text)), SortKey::Text(text))
}

fn name(text: &str) -> Keyed {
    if text.is_empty() {
        return MISSING;
    }
    (Cell::Name(text.to_owned()), SortKey::Text(text.to_owned()))
}

fn tokens(tokens: Option<u64>) -> Keyed {
    count(tokens, short_tokens)
}

fn measured(value: Option<f64>) -> Keyed {
    value.map_or(MISSING, |value| (Cell::Text(phrase(one_decimal(value))), SortKey::Number(value)))
}

fn modalities(model: &Model) -> Keyed {
    let Model { input_modalities, output_modalities, .. } = model;
    let words = phrase(words(input_modalities)).and(" to ").and(words(output_modalities));
    let cell = Cell::Modalities(input_modalities.clone(), output_modalities.clone());
    (cell, SortKey::Text(words.text()))
}

struct Lines<'a> {
    found: &'a [Found<'a>],
    baseline: usize,
    rows: Vec<Line>,
}

impl Lines<'_> {
    /// Adds a row of what each model has, given its place; one of which nothing is known
    /// is none.
    fn add(
        &mut self,
        label: &str,
        unit: &'static str,
        kind: Kind,
        value: &dyn Fn(usize, &Found<'_>) -> Keyed,
    ) {
        let (mut entries, mut keys) = (Vec::new(), Vec::new());
        let mut is_known = false;
        for (at, found) in self.found.iter().enumerate() {
            let (cell, key) = value(at, found);
            is_known |= !matches!(cell, Cell::Missing);
            entries.push(Entry { cell, is_best: false, difference: None });
            keys.push(key);
        }
        if !is_known {
            return;
        }
        let bests = kind.better().map(|better| best(&keys, better)).unwrap_or_default();
        let base = keys.get(self.baseline).and_then(number);
        let mut is_alike = true;
        for (at, (entry, key)) in entries.iter_mut().zip(&keys).enumerate() {
            is_alike &= Some(key) == keys.first();
            entry.is_best = bests.get(at).copied().unwrap_or(false);
            if let (Some(own), Some(base)) = (number(key), base)
                && at != self.baseline
            {
                entry.difference = kind.difference(own, base);
            }
        }
        self.rows.push(Line { label: label.to_owned(), unit, entries, is_alike, kind });
    }
}

fn number(key: &SortKey) -> Option<f64> {
    match key {
        SortKey::Number(number) => Some(*number),
        SortKey::Decimal(amount) => Some(amount.to_f64()),
        _ => None,
    }
}
