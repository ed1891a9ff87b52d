//! How many reference cases are billed in a second: `cargo xtask bench cost`.
//!
//! The prices are those of genai-prices, through its adapter and its matching
//! rules; finding a model is not part of the time, reading the usage and billing
//! it are.
#![allow(missing_docs)]
// What a benchmark cannot do without, it stops without.
#![allow(clippy::expect_used, clippy::indexing_slicing)]

use std::path::Path;
use std::time::{Duration, Instant};

use modelcard::catalog::Catalog;
use modelcard::cost::{Moment, Offer, Usage, bill};
use serde_json::Value;

/// How long to bill.
const TIME: Duration = Duration::from_secs(2);

fn main() {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    let Ok(cases) = std::fs::read(shared.join("cost_cases.json")) else {
        println!("skipped: the reference cases are not at {}", shared.display());
        return;
    };
    let carried = std::env::var_os("MODELCARD_GENAI_CATALOG").map(std::path::PathBuf::from);
    let path = carried.unwrap_or_else(|| shared.join("catalogs/genai-prices-v2-2026-08-21.json"));
    let Ok(bytes) = std::fs::read(&path) else {
        println!("skipped: there is no catalog of genai-prices at {}", path.display());
        return;
    };
    let catalog = modelcard::formats::compile(&bytes).expect("a catalog of genai-prices").catalog;
    let cases: Value = serde_json::from_slice(&cases).expect("reference cases");
    let cases = cases["cases"].as_array().expect("a list of cases");
    let priced: Vec<(Offer<'_>, &Value, Moment)> =
        cases.iter().filter_map(|case| prepared(&catalog, case)).collect();

    let start = Instant::now();
    let mut bills = 0u32;
    let mut lines = 0;
    while start.elapsed() < TIME {
        for (offer, usage, moment) in &priced {
            let usage: Usage = serde_json::from_value((*usage).clone()).unwrap_or_default();
            // A case that is refused takes its time, too.
            if let Ok(bill) = bill(offer, &usage, moment, None) {
                lines += bill.lines.len();
            }
            bills += 1;
        }
    }
    let seconds = start.elapsed().as_secs_f64();
    let rate = f64::from(bills) / seconds;
    println!(
        "{} of {} cases have a model in {}",
        priced.len(),
        cases.len(),
        path.file_name().unwrap_or_default().display()
    );
    println!("{rate:.0} cases per second ({bills} bills with {lines} lines in {seconds:.1} s)");
}

fn prepared<'c>(catalog: &'c Catalog, case: &'c Value) -> Option<(Offer<'c>, &'c Value, Moment)> {
    let model = case["model"].as_str()?;
    let provider = case["provider"].as_str();
    let id = provider.map_or_else(|| model.to_owned(), |provider| format!("{provider}/{model}"));
    let found = catalog.find(&id)?;
    let offer = found.endpoint.map_or_else(
        || Offer::of_model(found.model),
        |endpoint| Offer::of_endpoint(found.model, endpoint),
    );
    Some((offer, &case["usage"], case["timestamp"].as_str()?.parse().ok()?))
}
