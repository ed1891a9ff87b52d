//! llm-prices: `current-v1.json`, today's prices, and `historical-v1.json`, dated
//! ranges of prices (`from_date` included, `to_date` excluded), in US dollars per
//! 1,000,000 tokens.
//!
//! Prices of long context stand there as entries of their own (`…-200k`); what
//! connects them with their model is only a name, so they stay apart.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::detect::{Format, Reading};
use super::entry::{Entries, Entry};
use super::facts::Facts;
use super::log::Log;
use super::root::{self, Root};
use super::scalar::{List, Nested, Scalar};
use super::{Draft, Pace, read_entry};
use crate::catalog::{
    Catalog, CatalogError, Date, DatedRates, Endpoint, Item, Model, RateCard, Rates, Source,
};

/// llm-prices, current or historical.
pub const FORMAT: Format = Format { name: "llm-prices", fits, read };

/// The key of the source in the catalog.
const SOURCE: &str = "llm-prices";

#[derive(Default, Deserialize)]
#[serde(default)]
struct Listed {
    id: Scalar,
    vendor: Scalar,
    name: Scalar,
    price_history: List<Nested<Prices>>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Prices {
    input: Scalar,
    output: Scalar,
    input_cached: Scalar,
    from_date: Scalar,
    to_date: Scalar,
}

/// A range of time and the prices in it.
struct Range {
    from: Option<Date>,
    to: Option<Date>,
    rates: Rates,
}

fn fits(root: &Root<'_>) -> bool {
    let Some(prices) = root.get("prices") else { return false };
    let root::Shape::Array(items, _) = root::open(prices) else { return false };
    items.first().is_some_and(|first| root::has(first, &["id", "vendor"]))
}

fn read<'r>(root: &'r Root<'r>, pace: &'r Pace<'r>) -> Reading<'r> {
    Box::pin(read_paced(root, pace))
}

async fn read_paced(root: &Root<'_>, pace: &Pace<'_>) -> Result<Draft, CatalogError> {
    let mut entries = Entries::default();
    let updated = root.get("updated_at").and_then(root::scalar);
    let date = Facts::new(&mut entries.log, "").date(&updated.unwrap_or_default(), "updated_at");
    // A price that changed stands there as several entries of one id.
    let mut read: Vec<(Entry, Vec<Range>)> = Vec::new();
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    let (_, items) = root.items(&["prices"]).unwrap_or_default();
    for (index, raw) in items.into_iter().enumerate() {
        let path = format!("prices[{index}]");
        match read_entry::<Listed>(raw).and_then(|listed| Ok((listed, read_entry::<Prices>(raw)?)))
        {
            Ok((listed, prices)) => {
                if let Some((entry, ranges)) = entry(&listed, &prices, &path, &mut entries.log) {
                    let at = *places.entry(entry.endpoint.id.clone()).or_insert(read.len());
                    match read.get_mut(at) {
                        Some((_, known)) => known.extend(ranges),
                        None => read.push((entry, ranges)),
                    }
                }
            }
            Err(fault) => entries.refuse(&path, &fault),
        }
        pace.breathe().await;
    }
    for (mut entry, ranges) in read {
        price(&mut entry.endpoint, ranges, date);
        entries.push(entry);
    }
    let source = Source {
        name: "llm-prices".to_owned(),
        url: Some("https://www.llm-prices.com/".to_owned()),
        date,
        license: None,
    };
    entries.finish(Catalog {
        name: Some("llm-prices".to_owned()),
        date,
        sources: std::iter::once((SOURCE.to_owned(), source)).collect(),
        ..Catalog::default()
    })
}

fn entry(
    listed: &Listed,
    prices: &Prices,
    path: &str,
    log: &mut Log,
) -> Option<(Entry, Vec<Range>)> {
    let mut facts = Facts::new(log, path);
    let (Some(id), Some(vendor)) =
        (facts.text(&listed.id, "id"), facts.text(&listed.vendor, "vendor"))
    else {
        log.error("entry_unreadable", path, "no id or no vendor; the entry is left out");
        return None;
    };
    let name = facts.text(&listed.name, "name");
    let mut ranges = Vec::new();
    let history = listed.price_history.0.iter().filter_map(Nested::get);
    for (index, prices) in history.enumerate() {
        ranges.extend(range(prices, &mut facts.inside(&format!("price_history[{index}]"))));
    }
    if listed.price_history.0.is_empty() {
        ranges.extend(range(prices, &mut facts));
    }
    let entry = Entry {
        path: path.to_owned(),
        model: Model { name, source: Some(SOURCE.to_owned()), ..Model::default() },
        endpoint: Endpoint {
            id: format!("{vendor}/{id}"),
            provider: vendor.clone(),
            name: Some(id.clone()),
            source: Some(SOURCE.to_owned()),
            ..Endpoint::default()
        },
        provider: vendor,
        reference: id,
    };
    Some((entry, ranges))
}

fn range(prices: &Prices, facts: &mut Facts<'_>) -> Option<Range> {
    let stated = [
        (Item::Input, &prices.input, "input"),
        (Item::Output, &prices.output, "output"),
        (Item::CacheRead, &prices.input_cached, "input_cached"),
    ];
    let rates: Rates = stated
        .into_iter()
        .filter_map(|(item, value, field)| Some((item, facts.price(item, value, field, 0)?)))
        .collect();
    let from = facts.date(&prices.from_date, "from_date");
    let to = facts.date(&prices.to_date, "to_date");
    if let (Some(from), Some(to)) = (from, to)
        && from.days() >= to.days()
    {
        facts.warn("dates_disordered", "to_date", "ends before it begins; the range is left out");
        return None;
    }
    Some(Range { from, to, rates })
}

/// The current prices, and the history where prices have changed. Ranges come in
/// either order.
fn price(endpoint: &mut Endpoint, mut ranges: Vec<Range>, date: Option<Date>) {
    ranges.sort_by_key(|range| range.from);
    let Some(last) = ranges.last() else { return };
    endpoint.prices = RateCard {
        rates: last.rates.clone(),
        source: Some(SOURCE.to_owned()),
        date,
        ..RateCard::default()
    };
    if ranges.len() < 2 && last.from.is_none() && last.to.is_none() {
        return;
    }
    let mut ends = None;
    for range in ranges {
        // Between two ranges no price is known.
        if let Some(end) = ends.filter(|end| range.from.is_some_and(|from| from != *end)) {
            endpoint.price_history.push(dated(Some(end), Rates::EMPTY));
        }
        endpoint.price_history.push(dated(range.from, range.rates));
        ends = range.to;
    }
    if let Some(end) = ends {
        endpoint.price_history.push(dated(Some(end), Rates::EMPTY));
        endpoint.prices.rates = Rates::EMPTY;
    }
}

fn dated(from: Option<Date>, rates: Rates) -> DatedRates {
    DatedRates { from, previous_seen: None, rates, source: Some(SOURCE.to_owned()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Price;
    use crate::formats::compile;

    fn catalog(json: &str) -> Catalog {
        let compiled = compile(json.as_bytes()).unwrap();
        assert_eq!(compiled.format, "llm-prices");
        compiled.catalog
    }

    fn known(text: &str) -> Price {
        Price::Known(text.parse().unwrap())
    }

    #[test]
    fn current_prices_are_per_million() {
        let catalog = catalog(
            r#"{"updated_at": "2026-05-01", "prices": [
                {"id": "gpt-4o", "vendor": "openai", "name": "GPT-4o", "input": 2.5, "output": 10, "input_cached": 1.25},
                {"id": "nova-micro", "vendor": "amazon", "name": "Nova Micro", "input": 0.035, "output": 0.14, "input_cached": null},
                {"id": "free-cache", "vendor": "x", "name": "F", "input": 1, "output": 2, "input_cached": 0},
                {"id": 7, "vendor": "x"}, 8
            ]}"#,
        );
        let gpt = &catalog.models[0];
        assert_eq!((gpt.id.as_str(), gpt.name.as_deref()), ("openai/gpt-4o", Some("GPT-4o")));
        assert_eq!(gpt.prices.price(Item::Input), known("2.5"));
        assert_eq!(gpt.prices.price(Item::CacheRead), known("1.25"));
        assert_eq!(gpt.prices.date.unwrap().to_string(), "2026-05-01");
        assert!(gpt.price_history.is_empty());
        assert_eq!(catalog.models[1].prices.price(Item::CacheRead), Price::Unknown);
        assert_eq!(catalog.models[2].prices.price(Item::CacheRead), known("0"));
        let problems: Vec<_> =
            catalog.problems.iter().map(|problem| problem.path.as_str()).collect();
        assert_eq!(problems, ["prices[3].id", "prices[3]", "prices[4]"]);
    }

    #[test]
    fn dated_ranges_become_history_in_either_order() {
        for history in [
            r#"{"id":"a","vendor":"v","input":1,"output":2,"from_date":"2026-02-01","to_date":null},
               {"id":"a","vendor":"v","input":3,"output":4,"from_date":null,"to_date":"2026-01-01"}"#,
            r#"{"id":"a","vendor":"v","price_history":[
                {"input":3,"output":4,"from_date":null,"to_date":"2026-01-01"},
                {"input":1,"output":2,"from_date":"2026-02-01","to_date":null}]}"#,
        ] {
            let catalog = catalog(&format!("{{\"prices\": [{history}]}}"));
            let model = &catalog.models[0];
            assert_eq!(catalog.models.len(), 1);
            assert_eq!(model.prices.price(Item::Input), known("1"));
            let steps: Vec<_> = model
                .price_history
                .iter()
                .map(|entry| {
                    (entry.from.map(|from| from.to_string()), entry.rates.get(Item::Input))
                })
                .collect();
            assert_eq!(
                steps,
                [
                    (None, known("3")),
                    (Some("2026-01-01".to_owned()), Price::Unknown),
                    (Some("2026-02-01".to_owned()), known("1")),
                ]
            );
        }
    }

    #[test]
    fn a_price_that_has_ended_is_no_current_price() {
        let catalog = catalog(
            r#"{"prices": [{"id":"a","vendor":"v","input":3,"output":4,"from_date":null,"to_date":"2025-01-01"}]}"#,
        );
        assert_eq!(catalog.models[0].prices.price(Item::Input), Price::Unknown);
        assert_eq!(catalog.models[0].price_history.len(), 2);
    }
}
