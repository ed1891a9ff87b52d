//! What the catalog that comes with the widget must hold, read as the widget
//! reads it: the facts that its users look for first.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used)] // a panic is how a test fails

use std::collections::BTreeSet;

use modelcard::catalog::{Catalog, Item, Model, Price, Steps, cheapest_endpoints};
use modelcard::cost::{Moment, Offer, Usage, bill};
use modelcard::formats::compile;
use modelcard::ranking::{CostTier, Rated, Shown, Standings, percentiles, rating, summary};

const SUBJECT: &str = "openai/gpt-4o-mini-2024-07-18";

fn catalog() -> Catalog {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/public/catalog.json");
    let compiled = compile(&std::fs::read(path).unwrap()).unwrap();
    assert_eq!(compiled.catalog.problems, [], "the catalog is read without a problem");
    compiled.catalog
}

fn model<'a>(catalog: &'a Catalog, id: &str) -> &'a Model {
    catalog.find(id).unwrap_or_else(|| panic!("{id} is missing")).model
}

fn place(catalog: &Catalog, id: &str) -> usize {
    catalog.models.iter().position(|model| model.id == id).unwrap()
}

fn price(text: &str) -> Price {
    Price::Known(text.parse().unwrap())
}

#[test]
fn the_subject_states_its_figures() {
    let catalog = catalog();
    let subject = model(&catalog, SUBJECT);
    assert_eq!(subject.prices.price(Item::Input), price("0.15"));
    assert_eq!(subject.prices.price(Item::Output), price("0.6"));
    assert_eq!(subject.prices.price(Item::CacheRead), price("0.075"));
    assert_eq!((subject.context_length, subject.max_output), (Some(128_000), Some(16_384)));
    let six: Vec<_> = subject
        .benchmarks
        .iter()
        .filter(|result| result.category.as_deref() == Some("Baseline"))
        .map(|result| (result.benchmark.as_str(), result.accuracy.unwrap()))
        .collect();
    assert_eq!(
        six,
        [
            ("Ethics", 100.0),
            ("General Knowledge", 99.0),
            ("Email Classification", 98.0),
            ("Coding", 87.0),
            ("Instruction Following", 61.0),
            ("Reasoning", 56.0)
        ]
    );
}

#[test]
fn the_subject_is_shown_as_published() {
    let catalog = catalog();
    let standings = Standings::new(&catalog);
    let place = place(&catalog, SUBJECT);
    let all = percentiles(&catalog, &standings, place);
    let of = |name| all.iter().find(|(label, ..)| *label == name).map(|(_, value, _)| *value);
    assert_eq!([of("Speed"), of("Price"), of("Reliability")], [78.0, 73.0, 100.0].map(Some));
    assert_eq!(rating(&catalog, &standings, place, Rated::Speed).unwrap().shown, Shown::Stars(4));
    let told = summary(&catalog, &standings, place).join(" ");
    for words in [
        "Ethics (100%, the most accurate at its price point and among models of similar speed)",
        "Coding (87%) it is the most accurate among models of similar speed",
        "weakest in Reasoning (56%)",
    ] {
        assert!(told.contains(words), "{told}");
    }
}

#[test]
fn prices_give_the_published_tier_of_36_siblings() {
    let catalog = catalog();
    let siblings: Vec<&Model> = catalog
        .models
        .iter()
        .filter(|model| model.author_key() == "openai" && model.id != SUBJECT)
        .collect();
    assert_eq!(siblings.len(), 37);
    let differing: Vec<&str> = siblings
        .iter()
        .filter(|model| {
            let published = model.published.as_ref().unwrap().cost_tier.as_deref().unwrap();
            CostTier::of(&model.prices) != CostTier::from_symbol(published)
        })
        .map(|model| model.id.as_str())
        .collect();
    // Its published tier contradicts its published price.
    assert_eq!(differing, ["openai/gpt-3.5-turbo-1106"]);
    let names: BTreeSet<_> = siblings.iter().map(|model| &model.name).collect();
    assert_eq!(names.len(), 36, "two of them share a name: ids are the key");
}

#[test]
fn models_without_a_rating_are_not_the_lowest_rated() {
    let catalog = catalog();
    let standings = Standings::new(&catalog);
    for id in ["openai/o3", "openai/o3-pro"] {
        let rating = rating(&catalog, &standings, place(&catalog, id), Rated::Speed).unwrap();
        assert_eq!(rating.shown, Shown::Nothing, "{id}");
    }
}

#[test]
fn there_is_a_population_to_compare_with() {
    let catalog = catalog();
    let others: Vec<&Model> =
        catalog.models.iter().filter(|model| model.author_key() != "openai").collect();
    let authors: BTreeSet<&str> = others.iter().map(|model| model.author_key()).collect();
    assert!(others.len() >= 60 && authors.len() >= 8, "{} of {}", others.len(), authors.len());
    let differ = |model: &&Model| {
        let endpoints: Vec<_> = model.endpoints.iter().collect();
        !cheapest_endpoints(&endpoints, model.prices.currency()).is_empty()
    };
    let differing = catalog.models.iter().filter(differ);
    assert!(differing.count() >= 20, "models whose providers ask different prices");
    let runs = catalog.models.iter().flat_map(|model| &model.benchmarks);
    let full =
        runs.filter(|run| run.accuracy.is_some() && run.cost.is_some() && run.duration.is_some());
    assert!(full.count() >= 30, "runs with accuracy, cost and duration");
    let now = "2026-08-21".parse().unwrap();
    let changed = catalog
        .models
        .iter()
        .filter_map(|model| Steps::new(&model.price_history, now))
        .filter(|steps| steps.changes() > 0);
    assert!(changed.count() >= 15, "models whose price has changed");
}

#[test]
fn a_million_tokens_of_o3_cost_a_fifth_since_its_cut() {
    let catalog = catalog();
    let o3 = model(&catalog, "openai/o3");
    let million = Some("1000000".parse().unwrap());
    let usage = Usage { input_tokens: million, output_tokens: million, ..Usage::default() };
    let cost = |day: &str| {
        let moment: Moment = day.parse().unwrap();
        bill(&Offer::of_model(o3), &usage, &moment, None).unwrap().total.unwrap().to_string()
    };
    assert_eq!(cost("2025-06-09"), "50");
    assert_eq!(cost("2025-06-10"), "10");
    assert_eq!(cost("2026-08-21"), "10");
}
