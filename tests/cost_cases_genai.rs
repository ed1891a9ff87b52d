//! Every reference case through the catalog that it was computed from: genai-prices
//! as the adapter reads it, found by the names in the case, billed at its time.
//!
//! The cases are of npm's genai-prices 0.1.8. Its own catalog (what
//! `node tests/oracle/catalog.mjs` prints) is read from the file that
//! `MODELCARD_GENAI_CATALOG` names; with the directory of the package itself in
//! `MODELCARD_GENAI_PACKAGE`, all of its models are held against its calculator.
#![cfg(not(target_arch = "wasm32"))]
// In a test, a panic is how a failure shows.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use modelcard::catalog::{Catalog, Date, Decimal};
use modelcard::cost::{Bill, Offer, Usage, UsageError, bill};
use modelcard::formats::compile_on;
use serde_json::{Value, json};

/// Oracle: an error, for want of `audio_seconds`. We bill `input_audio_seconds`
/// alone, as speech recognition has no other audio and vendors report no total.
const SECONDS_ALONE: [u64; 3] = [505, 537, 541];

/// Oracle: ignores audio that is no part of the price. We refuse more audio than
/// input: a part above its whole is an error whatever is priced.
const AUDIO_ABOVE_INPUT: u64 = 709;

/// The days on which the catalogs are compiled: bills must not depend on it.
const DAYS: [Option<&str>; 4] = [None, Some("2024-01-01"), Some("2026-08-21"), Some("2027-01-01")];

fn shared(name: &str) -> Option<Vec<u8>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data").join(name);
    let read = std::fs::read(&path).ok();
    if read.is_none() {
        println!("skipped: {} is absent", path.display());
    }
    read
}

fn compiled(bytes: &[u8], today: Option<&str>) -> Catalog {
    let today: Option<Date> = today.map(|today| today.parse().unwrap());
    let compiled = compile_on(bytes, today).unwrap();
    assert_eq!(compiled.format, "genai-prices");
    compiled.catalog
}

/// The offer that these names mean, as `estimate` chooses it, and what the provider
/// calls the model.
fn offer<'c>(
    catalog: &'c Catalog,
    provider: Option<&str>,
    model: &str,
) -> Option<(Offer<'c>, &'c str)> {
    let id = provider.map_or_else(|| model.to_owned(), |provider| format!("{provider}/{model}"));
    let found = catalog.find(&id)?;
    let own = found.model.endpoints.iter().find(|endpoint| endpoint.id == id);
    let name = found.endpoint.or(own).and_then(|endpoint| endpoint.name.as_deref());
    let offer = found.endpoint.map_or_else(
        || Offer::of_model(found.model),
        |endpoint| Offer::of_endpoint(found.model, endpoint),
    );
    Some((offer, name.unwrap()))
}

fn billed(offer: &Offer<'_>, usage: &Value, at: &Value) -> Result<Bill, String> {
    let usage: Usage = serde_json::from_value(usage.clone()).map_err(|error| error.to_string())?;
    let moment = at.as_str().unwrap().parse().unwrap();
    bill(offer, &usage, &moment, None).map_err(|error: UsageError| error.to_string())
}

/// How many cases have the price that the snapshot has.
const EQUAL_IN_SNAPSHOT: usize = 202;

/// What a case came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Outcome {
    Equal,
    /// Refused as the oracle does.
    Refused,
    /// Not found, as by the oracle.
    Unknown,
    /// Named above.
    Deviation,
    /// The catalog has another price, or no such model: nothing can be said.
    OtherPrice,
}

/// Compares a case with what comes out of a catalog that has its price.
fn compare(case: &Value, cases: &[Value], catalog: &Catalog) -> Outcome {
    let id = case["id"].as_u64().unwrap();
    let (provider, model) = (case["provider"].as_str(), case["model"].as_str().unwrap());
    let found = offer(catalog, provider, model);
    if case["expect"].is_null() && case.get("error").is_none() {
        assert!(found.is_none(), "case {id}: {model}");
        return Outcome::Unknown;
    }
    let (offer, name) = found.unwrap_or_else(|| panic!("case {id}: no {model}"));
    let result = billed(&offer, &case["usage"], &case["timestamp"]);
    if SECONDS_ALONE.contains(&id) {
        assert_total(id, &result.unwrap(), standard(case, cases));
        return Outcome::Deviation;
    }
    if id == AUDIO_ABOVE_INPUT {
        assert!(result.unwrap_err().contains("input_audio_tokens (20)"));
        return Outcome::Deviation;
    }
    if case.get("error").is_some() {
        assert!(result.is_err(), "case {id}");
        return Outcome::Refused;
    }
    assert_eq!(name, case["resolved"]["model"].as_str().unwrap(), "case {id}");
    assert_total(id, &result.unwrap(), case);
    Outcome::Equal
}

/// The case that states what this one costs: it does itself, or the one before it,
/// which has the same model and length of audio.
fn standard<'c>(case: &'c Value, cases: &'c [Value]) -> &'c Value {
    let id = case["id"].as_u64().unwrap();
    if !SECONDS_ALONE.contains(&id) {
        return case;
    }
    let other = cases.iter().find(|other| other["id"].as_u64() == Some(id - 2)).unwrap();
    assert_eq!(other["model"], case["model"]);
    other
}

fn assert_total(id: u64, bill: &Bill, case: &Value) {
    let exact: Decimal = case["exact"]["total_price"].as_str().unwrap().parse().unwrap();
    // Where nothing has a price the oracle says 0, and we say that we do not know.
    let Some(total) = bill.total else {
        assert!(exact.is_zero() && case["price"].as_object().unwrap().is_empty(), "case {id}");
        return;
    };
    assert_eq!(total.round_significant(24), exact.round_significant(24), "case {id}");
}

/// The price set of a catalog's JSON that applies to a case, found by other code
/// than the adapter's.
fn price_in<'c>(catalog: &'c Value, case: &Value) -> Option<&'c Value> {
    let named = |list: &'c Value, id: &Value| -> Option<&'c Value> {
        list.as_array().unwrap().iter().find(|item| item["id"] == *id)
    };
    let resolved = &case["resolved"];
    let provider = named(catalog, &resolved["provider"])?;
    let prices = &named(&provider["models"], &resolved["model"])?["prices"];
    let Some(sets) = prices.as_array() else { return Some(prices) };
    let at = case["timestamp"].as_str().unwrap();
    let holds = |set: &&Value| {
        let constraint = &set["constraint"];
        let text = |key: &str| constraint[key].as_str();
        // Times as they stand there compare as text.
        match (text("start_date"), text("start_time"), text("end_time")) {
            (Some(date), ..) => &at[..10] >= date,
            (_, Some(start), Some(end)) => {
                let time = format!("{}Z", &at[11..19]);
                if end < start {
                    *time >= *start || *time < *end
                } else {
                    *time >= *start && *time < *end
                }
            }
            _ => true,
        }
    };
    sets.iter().rfind(holds).or(sets.first()).map(|set| &set["prices"])
}

/// Whether two price sets say the same of everything in a usage.
fn agree(a: &Value, b: &Value, usage: &Value) -> bool {
    let used = |key: &str| match key.rsplit_once('_') {
        _ if matches!(key, "input_mtok" | "output_mtok" | "requests_kcount") => true,
        Some((name, "mtok")) => usage.get(format!("{name}_tokens")).is_some(),
        Some((name, "hours")) => {
            usage.get(format!("{name}_seconds")).is_some()
                || usage.get("input_audio_seconds").is_some()
        }
        Some((name, "kcount")) => usage.get(name).is_some(),
        _ => false,
    };
    let (Some(a), Some(b)) = (a.as_object(), b.as_object()) else { return false };
    let number = |value: Option<&Value>| {
        value.map(|value| value.as_f64().map_or(value.clone(), Value::from))
    };
    a.keys()
        .chain(b.keys())
        .filter(|key| used(key))
        .all(|key| number(a.get(key)) == number(b.get(key)))
}

fn count(outcomes: &[(u64, Outcome)], outcome: Outcome) -> usize {
    outcomes.iter().filter(|(_, have)| *have == outcome).count()
}

#[test]
fn the_cases_of_prices_that_the_snapshot_has_come_out_to_24_digits() {
    let (Some(cases), Some(bytes)) =
        (shared("cost_cases.json"), shared("catalogs/genai-prices-v2-2026-08-21.json"))
    else {
        return;
    };
    let data: Value = serde_json::from_slice(&cases).unwrap();
    let cases = data["cases"].as_array().unwrap();
    let json: Value = serde_json::from_slice(&bytes).unwrap();
    for day in DAYS {
        let catalog = compiled(&bytes, day);
        let outcomes: Vec<(u64, Outcome)> = cases
            .iter()
            .map(|case| {
                let id = case["id"].as_u64().unwrap();
                // Who refuses a usage states no price.
                let standard = standard(case, cases);
                let other = standard.get("price").is_some_and(|theirs| {
                    let ours = price_in(&json, standard);
                    !ours.is_some_and(|ours| agree(ours, theirs, &case["usage"]))
                });
                let outcome =
                    if other { Outcome::OtherPrice } else { compare(case, cases, &catalog) };
                (id, outcome)
            })
            .collect();
        let other: Vec<u64> = outcomes
            .iter()
            .filter(|(_, outcome)| *outcome == Outcome::OtherPrice)
            .map(|(id, _)| *id)
            .collect();
        println!(
            "compiled on {day:?}: {} of {} cases equal at 24 significant digits, {} refused as \
             the oracle does, {} without a model; of {} the snapshot has another price: {other:?}",
            count(&outcomes, Outcome::Equal),
            cases.len(),
            count(&outcomes, Outcome::Refused),
            count(&outcomes, Outcome::Unknown),
            other.len(),
        );
        assert_eq!(count(&outcomes, Outcome::Equal), EQUAL_IN_SNAPSHOT);
        assert_eq!(count(&outcomes, Outcome::Refused), 3);
        assert_eq!(count(&outcomes, Outcome::Unknown), 1);
    }
}

#[test]
fn every_case_of_the_oracles_own_catalog_comes_out_to_24_digits() {
    let Some(path) = std::env::var_os("MODELCARD_GENAI_CATALOG").map(PathBuf::from) else {
        println!("skipped: MODELCARD_GENAI_CATALOG names no catalog of genai-prices 0.1.8");
        return;
    };
    let Some(cases) = shared("cost_cases.json") else { return };
    let bytes = std::fs::read(path).unwrap();
    let data: Value = serde_json::from_slice(&cases).unwrap();
    let cases = data["cases"].as_array().unwrap();
    for day in DAYS {
        let catalog = compiled(&bytes, day);
        let outcomes: Vec<(u64, Outcome)> = cases
            .iter()
            .map(|case| (case["id"].as_u64().unwrap(), compare(case, cases, &catalog)))
            .collect();
        println!(
            "compiled on {day:?}: {} of {} cases equal at 24 significant digits, {} deviations",
            count(&outcomes, Outcome::Equal),
            cases.len(),
            count(&outcomes, Outcome::Deviation),
        );
        let expected = [
            (Outcome::Equal, 357),
            (Outcome::Refused, 3),
            (Outcome::Unknown, 1),
            (Outcome::Deviation, 4),
        ];
        for (outcome, expected) in expected {
            assert_eq!(count(&outcomes, outcome), expected, "{outcome:?}");
        }
    }
}

/// Usages that are consistent, of every kind that a catalog prices.
fn usages() -> Vec<Value> {
    vec![
        json!({"input_tokens": 1_000, "output_tokens": 500}),
        json!({"input_tokens": 128_000, "cache_read_tokens": 100_000, "output_tokens": 1}),
        json!({"input_tokens": 200_001, "cache_read_tokens": 150_000, "cache_write_tokens": 50_000,
            "cache_write_1h_tokens": 20_000, "output_tokens": 4_096}),
        json!({"input_tokens": 272_000, "output_tokens": 100_000, "output_reasoning_tokens": 90_000}),
        json!({"input_tokens": 272_001, "cache_write_tokens": 7, "output_tokens": 3}),
        json!({"input_tokens": 20_000, "cache_read_tokens": 8_000, "input_audio_tokens": 15_000,
            "cache_audio_read_tokens": 6_000, "output_tokens": 9_000, "output_audio_tokens": 1_000}),
        json!({"input_tokens": 5_000, "input_image_tokens": 4_000, "output_tokens": 3_000,
            "output_image_tokens": 2_000, "web_searches": 3}),
        json!({"input_tokens": 5_000, "input_video_tokens": 4_000, "output_tokens": 3_000}),
        json!({"input_tokens": 10, "output_tokens": 50, "output_citation_tokens": 20}),
        json!({"audio_seconds": 4, "input_audio_seconds": 4}),
        json!({"audio_seconds": 61.5, "input_audio_seconds": 61.5}),
    ]
}

/// Moments around each change in time.
const MOMENTS: [&str; 8] = [
    "2025-06-09T23:59:59.000Z",
    "2025-06-10T00:00:00.000Z",
    "2026-03-12T02:00:00.000Z",
    "2026-08-17T00:29:00.000Z",
    "2026-08-21T06:00:00.000Z",
    "2026-09-20T12:00:00.000Z",
    "2026-12-31T16:30:00.000Z",
    "2027-01-01T09:59:00.000Z",
];

/// What a script of the oracle prints.
fn oracle(script: &str, package: &Path, input: &[u8]) -> Vec<u8> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/oracle").join(script);
    let mut node = Command::new("node")
        .args([&script, package])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = node.stdin.take().unwrap();
    let input = input.to_vec();
    let writer = std::thread::spawn(move || stdin.write_all(&input));
    let output = node.wait_with_output().unwrap();
    writer.join().unwrap().unwrap();
    assert!(output.status.success());
    output.stdout
}

#[test]
fn every_model_costs_what_the_oracle_says() {
    let Some(package) = std::env::var_os("MODELCARD_GENAI_PACKAGE").map(PathBuf::from) else {
        println!("skipped: MODELCARD_GENAI_PACKAGE names no directory of genai-prices");
        return;
    };
    let bytes = oracle("catalog.mjs", &package, b"");
    let json: Value = serde_json::from_slice(&bytes).unwrap();
    let catalog = compiled(&bytes, Some("2026-09-20"));
    let usages = usages();
    let mut requests = Vec::new();
    for provider in json.as_array().unwrap() {
        let key = provider["id"].as_str().unwrap();
        for model in provider["models"].as_array().unwrap() {
            let id = model["id"].as_str().unwrap();
            let by_time = model["prices"].is_array();
            for moment in MOMENTS.iter().take(if by_time { MOMENTS.len() } else { 1 }) {
                for usage in &usages {
                    requests.push(
                        json!({"provider": key, "model": id, "timestamp": moment, "usage": usage}),
                    );
                }
            }
            // The same name without its provider, and in other letters: what it
            // means is for the rules to say.
            for (provider, model) in [
                (None, id.to_owned()),
                (Some(key), id.to_uppercase()),
                (Some(key), format!("{id}-20250514")),
                (None, format!("{id}-2025-05-14")),
            ] {
                // With a slash in it, what stands before it is a provider to us.
                if provider.is_none() && id.contains('/') {
                    continue;
                }
                requests.push(json!({"provider": provider, "model": model,
                    "timestamp": MOMENTS[5], "usage": usages[0]}));
            }
        }
    }
    let totals = oracle("totals.mjs", &package, &serde_json::to_vec(&requests).unwrap());
    let totals: Vec<Value> = serde_json::from_slice(&totals).unwrap();
    assert_eq!(totals.len(), requests.len());
    let (mut equal, mut unknown, mut refused, mut by_id_alone) = (0, 0, 0, 0);
    let mut by_provider: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for (request, answer) in requests.iter().zip(&totals) {
        let provider = request["provider"].as_str();
        let found = offer(&catalog, provider, request["model"].as_str().unwrap());
        let Some(answer) = answer.as_object() else {
            // A model whose rule does not match its own id is found by that alone.
            let own = found.is_some_and(|(_, name)| name == request["model"]);
            assert!(own || found.is_none(), "{request}");
            unknown += usize::from(!own);
            by_id_alone += usize::from(own);
            continue;
        };
        if answer.contains_key("error") {
            refused += 1;
            println!("{request}: {answer:?}");
            continue;
        }
        let (offer, name) = found.unwrap_or_else(|| panic!("not found: {request}"));
        assert_eq!(name, answer["model"].as_str().unwrap(), "{request}");
        let bill = billed(&offer, &request["usage"], &request["timestamp"]).unwrap();
        let (ours, theirs) =
            (bill.total.map_or(0.0, Decimal::to_f64), answer["total"].as_f64().unwrap());
        let agrees = (ours - theirs).abs() <= 1e-12 * theirs.abs();
        if !agrees {
            println!("{request}: {ours}, not {theirs}");
        }
        equal += usize::from(agrees);
        let tally = by_provider.entry(provider.unwrap_or("(no provider named)")).or_default();
        tally.0 += usize::from(agrees);
        tally.1 += 1;
    }
    for (provider, (agreeing, compared)) in &by_provider {
        println!("{provider}: {agreeing} of {compared} bills equal");
    }
    // There is no disagreement to explain: one is a fault, here or there.
    assert!(by_provider.values().all(|(agreeing, compared)| agreeing == compared));
    println!(
        "{equal} bills equal, {unknown} names that neither knows, {by_id_alone} ids that only we \
         know, {refused} refused by the oracle"
    );
    assert!(equal > 15_000);
}
