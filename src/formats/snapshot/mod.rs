//! A catalog with the prices of an earlier copy of it as dated history.
//!
//! The later catalog is kept as it is; it gains the history of each list price
//! and endpoint that both have, and the models and endpoints that it has lost.

mod prices;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use crate::catalog::{
    Catalog, Date, DatedRates, Endpoint, MAX_MODELS, Model, RateCard, Rates, Status,
};
use prices::{Difference, Seen, difference, history, same_rates, states_nothing};

/// The days on which the two catalogs' prices were seen, in place of those that
/// the catalogs state.
#[derive(Clone, Copy, Debug, Default)]
pub struct SnapshotDates {
    /// The earlier catalog's day.
    pub old: Option<Date>,
    /// The later catalog's day.
    pub new: Option<Date>,
}

/// A catalog with price history, and what happened between the two.
#[derive(Debug)]
pub struct Snapshot {
    /// The later catalog, with the history.
    pub catalog: Catalog,
    /// What happened, in the order of the models.
    pub events: Vec<SnapshotEvent>,
}

impl Snapshot {
    /// How many prices have changed.
    pub fn price_changes(&self) -> usize {
        let changed = |event: &&SnapshotEvent| matches!(event.what, What::Changed { .. });
        self.events.iter().filter(changed).count()
    }
}

/// Something that happened between the two catalogs.
#[derive(Clone, Debug, PartialEq)]
pub struct SnapshotEvent {
    /// The id of a model or endpoint.
    id: String,
    what: What,
}

#[derive(Clone, Debug, PartialEq)]
enum What {
    Changed { from: Date, before: Rates, now: Rates, other_source: bool },
    Corrected,
    Conditions,
    Currency,
    ListMoved,
    Gone { seen: Option<Date> },
    Regrouped,
    TooMany,
}

impl fmt::Display for SnapshotEvent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.id)?;
        match &self.what {
            What::Changed { from, before, now, other_source } => {
                write!(f, "new price from {from}:")?;
                let items: BTreeSet<_> =
                    before.iter().chain(now.iter()).map(|(item, _)| item).collect();
                let changes = items
                    .into_iter()
                    .map(|item| (item, before.get(item), now.get(item)))
                    .filter(|(_, before, now)| before != now);
                for (place, (item, before, now)) in changes.enumerate() {
                    let comma = if place > 0 { "," } else { "" };
                    write!(f, "{comma} {} {before} → {now}", item.name())?;
                }
                if *other_source {
                    f.write_str("; another source states it, which may be why")?;
                }
                Ok(())
            }
            What::Corrected => f.write_str(
                "another price, but not of a later day than before: taken as a correction, not as a change",
            ),
            What::Conditions => f.write_str("prices under conditions have changed; the history has no place for them"),
            What::Currency => {
                f.write_str("the price is in another currency; its earlier history is left out")
            }
            What::ListMoved => f.write_str(
                "the list price is another endpoint's now; no endpoint has changed its price for it",
            ),
            What::Gone { seen } => {
                f.write_str("gone; kept as unavailable")?;
                seen.map_or(Ok(()), |seen| write!(f, ", last seen on {seen}"))
            }
            What::Regrouped => f.write_str("its endpoints belong to another model now"),
            What::TooMany => write!(f, "gone, and left out: {MAX_MODELS} models are the limit"),
        }
    }
}

/// Why two catalogs make no history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SnapshotError {
    /// The earlier catalog does not say on which day these prices were seen.
    OldUndated(String),
    /// The later catalog does not say on which day these prices were seen.
    NewUndated(String),
    /// The later catalog is the earlier one.
    Disordered {
        /// The day of the catalog that should be the earlier one.
        old: Date,
        /// The day of the catalog that should be the later one.
        new: Date,
    },
}

impl fmt::Display for SnapshotError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OldUndated(id) => write!(
                f,
                "OLD states no date for the price of {id:?}; say when it was fetched with --old-date YYYY-MM-DD"
            ),
            Self::NewUndated(id) => write!(
                f,
                "NEW states no date for the price of {id:?}; say when it was fetched with --date YYYY-MM-DD"
            ),
            Self::Disordered { old, new } => write!(
                f,
                "OLD is of {old}, NEW of {new}, which is earlier: exchange them, or correct --old-date and --date"
            ),
        }
    }
}

impl std::error::Error for SnapshotError {}

/// The later of two compiled catalogs, with dated price history wherever a list
/// price or an endpoint's price has changed, and with the models and endpoints
/// that only the earlier one has, as unavailable.
pub fn snapshot(
    old: &Catalog,
    mut new: Catalog,
    dates: SnapshotDates,
) -> Result<Snapshot, SnapshotError> {
    if let (Some(old), Some(new)) = (dates.old.or(old.date), dates.new.or(new.date))
        && new.days() < old.days()
    {
        return Err(SnapshotError::Disordered { old, new });
    }
    if let Some(date) = dates.new {
        new.date = Some(date);
        for model in &mut new.models {
            model.prices.date = Some(date);
            for endpoint in &mut model.endpoints {
                endpoint.prices.date = Some(date);
            }
        }
    }
    let mut events = Vec::new();
    let mut comparison = Comparison { old, new_date: new.date, dates, events: &mut events };
    let models: BTreeMap<&str, &Model> =
        old.models.iter().map(|model| (model.id.as_str(), model)).collect();
    let endpoints: BTreeMap<&str, &Endpoint> = old
        .models
        .iter()
        .flat_map(|model| &model.endpoints)
        .map(|endpoint| (endpoint.id.as_str(), endpoint))
        .collect();
    let still: BTreeSet<String> =
        new.models.iter().flat_map(|model| &model.endpoints).map(|at| at.id.clone()).collect();
    for model in &mut new.models {
        let before = models.get(model.id.as_str()).copied();
        comparison.model(before, model, &endpoints)?;
        if let Some(before) = before.filter(|_| !model.endpoints.is_empty()) {
            for endpoint in before.endpoints.iter().filter(|at| !still.contains(&at.id)) {
                model.endpoints.push(comparison.retired_endpoint(before, endpoint));
            }
        }
    }
    comparison.keep_models(&mut new, &still);
    for (key, source) in old.sources.iter() {
        new.sources.get_or_insert_with(key, || source.clone());
    }
    for (alias, id) in old.aliases.iter() {
        if new.find(alias).is_none() && new.find(id).is_some() {
            new.aliases.get_or_insert_with(alias, || id.clone());
        }
    }
    Ok(Snapshot { catalog: new, events })
}

struct Comparison<'a> {
    old: &'a Catalog,
    new_date: Option<Date>,
    dates: SnapshotDates,
    events: &'a mut Vec<SnapshotEvent>,
}

/// An offer in one of the catalogs.
#[derive(Clone, Copy)]
struct Offer<'a> {
    card: &'a RateCard,
    history: &'a [DatedRates],
    /// The day of the entry that it stands in.
    date: Option<Date>,
    status: Status,
}

impl Offer<'_> {
    fn states_nothing(&self) -> bool {
        states_nothing(&self.card.rates) && self.card.conditions.is_empty()
    }
}

impl Comparison<'_> {
    fn say(&mut self, id: &str, what: What) {
        self.events.push(SnapshotEvent { id: id.to_owned(), what });
    }

    fn model(
        &mut self,
        before: Option<&Model>,
        model: &mut Model,
        endpoints: &BTreeMap<&str, &Endpoint>,
    ) -> Result<(), SnapshotError> {
        let first = self.events.len();
        let moved = before.is_some_and(|before| has_moved(before, model));
        if moved {
            self.say(&model.id, What::ListMoved);
        } else if let Some(before) = before {
            let history = self.offer(&model.id, list_offer(before), list_offer(model))?;
            model.price_history = history;
        }
        // What the list price has just told is not told again.
        let told = self.events.get(first).map(|event| event.what.clone());
        for endpoint in &mut model.endpoints {
            if let Some(before) = endpoints.get(endpoint.id.as_str()) {
                let so_far = self.events.len();
                let old = endpoint_offer(before);
                endpoint.price_history = self.offer(&endpoint.id, old, endpoint_offer(endpoint))?;
                if self.events.get(so_far).map(|event| &event.what) == told.as_ref() {
                    self.events.truncate(so_far);
                }
            }
        }
        let listed = |endpoint: &&Endpoint| same_rates(&endpoint.prices.rates, &model.prices.rates);
        if let Some(endpoint) = model.endpoints.iter().find(listed).filter(|_| moved) {
            model.price_history = endpoint.price_history.clone();
        }
        Ok(())
    }

    /// The history of an offer that both catalogs have.
    fn offer(
        &mut self,
        id: &str,
        old: Offer<'_>,
        new: Offer<'_>,
    ) -> Result<Vec<DatedRates>, SnapshotError> {
        if old.states_nothing() && new.states_nothing() {
            let history = if new.history.is_empty() { old.history } else { new.history };
            return Ok(history.to_vec());
        }
        // What was kept as gone was seen on an earlier day than its catalog's.
        let last_seen = old.card.date.filter(|_| old.status == Status::Unavailable);
        let old_date =
            last_seen.or(self.dates.old).or(old.card.date).or(old.date).or(self.old.date);
        let new_date = self.dates.new.or(new.card.date).or(new.date).or(self.new_date);
        let old_date = old_date.ok_or_else(|| SnapshotError::OldUndated(id.to_owned()))?;
        let new_date = new_date.ok_or_else(|| SnapshotError::NewUndated(id.to_owned()))?;
        let old = Seen { card: old.card, history: old.history, date: old_date };
        let new = Seen { card: new.card, history: new.history, date: new_date };
        let difference = difference(old, new);
        let (history, changed) = history(old, new, difference);
        match difference {
            Difference::Changed => {
                if let Some(from) = changed {
                    let (before, now) = (old.card.rates.clone(), new.card.rates.clone());
                    let other_source = old.card.source != new.card.source;
                    self.say(id, What::Changed { from, before, now, other_source });
                }
            }
            Difference::Corrected => self.say(id, What::Corrected),
            Difference::Conditions => self.say(id, What::Conditions),
            Difference::Currency => self.say(id, What::Currency),
            Difference::None => {}
        }
        Ok(history)
    }

    /// Keeps the models that are gone, as long as there is place for them.
    fn keep_models(&mut self, new: &mut Catalog, still: &BTreeSet<String>) {
        let ids: BTreeSet<String> = new.models.iter().map(|model| model.id.clone()).collect();
        for model in &self.old.models {
            let renamed = new.aliases.contains_key(&model.id) || still.contains(&model.id);
            if ids.contains(&model.id) || renamed {
                continue;
            }
            if model.endpoints.iter().any(|endpoint| still.contains(&endpoint.id)) {
                self.say(&model.id, What::Regrouped);
            } else if new.models.len() >= MAX_MODELS {
                self.say(&model.id, What::TooMany);
            } else {
                let kept = self.retired(model);
                if model.status != Status::Unavailable {
                    self.say(&model.id, What::Gone { seen: kept.prices.date });
                }
                new.models.push(kept);
            }
        }
    }

    /// A model that is gone, with the days of the catalog that had it: the catalog
    /// that it is kept in is of a later one.
    fn retired(&self, model: &Model) -> Model {
        let mut kept = model.clone();
        if model.status != Status::Unavailable {
            let day = self.dates.old.or(model.date).or(self.old.date);
            kept.status = Status::Unavailable;
            kept.prices.date = self.dates.old.or(model.prices.date).or(day);
            kept.date = model.date.or(day);
            for endpoint in &mut kept.endpoints {
                self.retire(endpoint, day);
            }
        }
        kept
    }

    /// An endpoint that is gone from a model.
    fn retired_endpoint(&mut self, model: &Model, endpoint: &Endpoint) -> Endpoint {
        let mut kept = endpoint.clone();
        if endpoint.status != Status::Unavailable {
            self.retire(&mut kept, self.dates.old.or(model.date).or(self.old.date));
            self.say(&endpoint.id, What::Gone { seen: kept.prices.date });
        }
        kept
    }

    fn retire(&self, endpoint: &mut Endpoint, day: Option<Date>) {
        endpoint.status = Status::Unavailable;
        endpoint.prices.date = self.dates.old.or(endpoint.prices.date).or(endpoint.date).or(day);
        endpoint.date = endpoint.date.or(day);
    }
}

fn list_offer(model: &Model) -> Offer<'_> {
    Offer {
        card: &model.prices,
        history: &model.price_history,
        date: model.date,
        status: model.status,
    }
}

fn endpoint_offer(endpoint: &Endpoint) -> Offer<'_> {
    Offer {
        card: &endpoint.prices,
        history: &endpoint.price_history,
        date: endpoint.date,
        status: endpoint.status,
    }
}

/// Whether a list price is only another endpoint's now: every endpoint that asked
/// it before still does, and another asks the new one. (Where its author sells a
/// model nowhere, the list price is that of some provider.)
fn has_moved(before: &Model, model: &Model) -> bool {
    let asks = |rates: &Rates, endpoint: &Endpoint| same_rates(&endpoint.prices.rates, rates);
    let (old, new) = (&before.prices.rates, &model.prices.rates);
    let mut asked = before.endpoints.iter().filter(|endpoint| asks(old, endpoint)).peekable();
    !same_rates(old, new)
        && asked.peek().is_some()
        && asked.all(|asked| model.endpoints.iter().any(|now| now.id == asked.id && asks(old, now)))
        && model.endpoints.iter().any(|endpoint| asks(new, endpoint))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::formats::compile;

    fn catalog(date: Option<&str>, models: &Value) -> Catalog {
        let mut root = json!({"schema_version": "1.0", "models": models});
        if let Some(date) = date {
            root["date"] = json!(date);
        }
        compile(root.to_string().as_bytes()).unwrap().catalog
    }

    fn model(id: &str, input: &str, endpoints: &[(&str, &str)]) -> Value {
        let prices = |input: &str| json!({"rates": {"input": input}});
        let endpoints: Vec<Value> = endpoints
            .iter()
            .map(|(id, input)| json!({"id": id, "provider": "P", "prices": prices(input)}))
            .collect();
        json!({"id": id, "prices": prices(input), "endpoints": endpoints})
    }

    /// The snapshot of June 1st and 17th; what it makes must hold against the
    /// checks of the native format.
    fn snapshot_of(old: &Value, new: &Value) -> (Value, Vec<String>) {
        let (old, new) = (catalog(Some("2025-06-01"), old), catalog(Some("2025-06-17"), new));
        let done = snapshot(&old, new, SnapshotDates::default()).unwrap();
        let json = serde_json::to_value(&done.catalog).unwrap();
        assert_eq!(compile(json.to_string().as_bytes()).unwrap().catalog, done.catalog);
        (json, done.events.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn list_prices_and_endpoints_have_their_own_changes() {
        let old = json!([
            model("a/x", "10", &[("p/x", "10"), ("q/x", "11"), ("r/x", "10")]),
            model("a/y", "1", &[])
        ]);
        let new = json!([
            model("a/x", "2", &[("p/x", "2"), ("q/x", "11"), ("r/x", "3")]),
            model("a/y", "1", &[])
        ]);
        let (catalog, events) = snapshot_of(&old, &new);
        let x = &catalog["models"][0];
        let expected = json!([
            {"from": "2025-06-01", "rates": {"input": "10"}},
            {"from": "2025-06-17", "previous_seen": "2025-06-01", "rates": {"input": "2"}},
        ]);
        assert_eq!(x["price_history"], expected);
        assert_eq!(x["endpoints"][0]["price_history"], expected);
        assert_eq!(x["endpoints"][1]["price_history"], Value::Null);
        assert_eq!(catalog["models"][1]["price_history"], Value::Null);
        // The endpoint at the list price says nothing new.
        assert_eq!(
            events,
            [
                "a/x: new price from 2025-06-17: input 10 → 2",
                "r/x: new price from 2025-06-17: input 10 → 3"
            ]
        );
    }

    #[test]
    fn an_endpoint_is_found_under_another_model() {
        let old = json!([model("p/x", "10", &[("p/x", "10")])]);
        let new = json!([model("a/x", "2", &[("p/x", "2")])]);
        let (catalog, events) = snapshot_of(&old, &new);
        assert_eq!(catalog["models"].as_array().unwrap().len(), 1);
        assert_eq!(
            catalog["models"][0]["endpoints"][0]["price_history"][0]["rates"]["input"],
            "10"
        );
        assert_eq!(events, ["p/x: new price from 2025-06-17: input 10 → 2"]);
    }

    #[test]
    fn what_is_gone_is_kept_as_unavailable_with_its_day() {
        let old = json!([
            model("a/gone", "10", &[("p/gone", "10")]),
            model("a/x", "1", &[("p/x", "1"), ("q/x", "1")]),
            model("a/bare", "1", &[("p/bare", "1")]),
        ]);
        let new = json!([model("a/x", "1", &[("p/x", "1")]), model("a/bare", "1", &[])]);
        let (catalog, events) = snapshot_of(&old, &new);
        let models = catalog["models"].as_array().unwrap();
        let ids: Vec<_> = models.iter().map(|model| &model["id"]).collect();
        assert_eq!(ids, ["a/x", "a/bare", "a/gone"]);
        for gone in [&models[2], &models[2]["endpoints"][0], &models[0]["endpoints"][1]] {
            assert_eq!(gone["status"], "unavailable");
            assert_eq!(gone["prices"]["date"], "2025-06-01");
        }
        assert_eq!(models[0]["status"], Value::Null);
        // A catalog without endpoints says nothing about them.
        assert_eq!(models[1]["endpoints"], Value::Null);
        assert_eq!(
            events,
            [
                "q/x: gone; kept as unavailable, last seen on 2025-06-01",
                "a/gone: gone; kept as unavailable, last seen on 2025-06-01"
            ]
        );

        // It stays, without another word; and when it is back, its change is dated
        // from the day when it was last seen.
        let next = |models: Value| {
            let old: Catalog = serde_json::from_value(catalog.clone()).unwrap();
            snapshot(
                &old,
                super::tests::catalog(Some("2025-07-01"), &models),
                SnapshotDates::default(),
            )
            .unwrap()
        };
        let third = next(new);
        assert_eq!(third.events, []);
        assert_eq!(third.catalog.models.len(), 3);
        let back = next(json!([model("a/gone", "5", &[])]));
        let history = &back.catalog.models[0].price_history;
        assert_eq!(history[1].previous_seen.unwrap().to_string(), "2025-06-01");
        assert_eq!(back.catalog.models[0].status, Status::Active);
    }

    #[test]
    fn another_endpoint_at_the_list_price_is_no_change() {
        let old = json!([model("a/x", "1", &[("p/x", "1"), ("q/x", "2")])]);
        let new = json!([model("a/x", "2", &[("q/x", "2"), ("p/x", "1")])]);
        let (catalog, events) = snapshot_of(&old, &new);
        assert_eq!(catalog["models"][0]["price_history"], Value::Null);
        assert!(events[0].contains("the list price is another endpoint's now"), "{events:?}");
    }

    #[test]
    fn days_are_stated_or_asked_for() {
        let models = |input: &str| json!([model("a/x", input, &[])]);
        let undated = |input| catalog(None, &models(input));
        let dated = |date| catalog(Some(date), &models("1"));
        let day = |text: &str| text.parse::<Date>().ok();
        let run = |old, new, old_date: &str, date: &str| {
            snapshot(&old, new, SnapshotDates { old: day(old_date), new: day(date) })
        };
        let id = "a/x".to_owned();
        assert_eq!(
            run(undated("1"), undated("2"), "", "2025-02-01").unwrap_err(),
            SnapshotError::OldUndated(id.clone())
        );
        assert_eq!(
            run(dated("2025-01-01"), undated("2"), "", "").unwrap_err(),
            SnapshotError::NewUndated(id)
        );
        assert!(matches!(
            run(dated("2025-01-02"), dated("2025-01-01"), "", "").unwrap_err(),
            SnapshotError::Disordered { .. }
        ));
        // Where no price is stated, there is none to date.
        let unpriced = || catalog(None, &json!([{"id": "a/x"}]));
        assert!(run(unpriced(), unpriced(), "", "").is_ok());
        // The days that were asked for are stated from then on, so that a chain goes on.
        let first = run(undated("1"), undated("2"), "2025-01-01", "2025-02-01").unwrap();
        assert_eq!(first.catalog.date, day("2025-02-01"));
        let second = run(first.catalog, undated("3"), "", "2025-03-01").unwrap();
        let days: Vec<_> = second.catalog.models[0]
            .price_history
            .iter()
            .map(|entry| (entry.from, entry.previous_seen))
            .collect();
        assert_eq!(
            days,
            [
                (day("2025-01-01"), None),
                (day("2025-02-01"), day("2025-01-01")),
                (day("2025-03-01"), day("2025-02-01")),
            ]
        );
    }

    #[test]
    fn sources_and_aliases_of_what_is_kept_are_kept() {
        let mut old =
            catalog(Some("2025-06-01"), &json!([{"id": "a/x", "source": "s"}, {"id": "a/y"}]));
        old.sources.insert("s".to_owned(), crate::catalog::Source::default());
        old.aliases.insert("x".to_owned(), "a/x".to_owned());
        old.aliases.insert("a/z".to_owned(), "a/y".to_owned());
        let new = catalog(Some("2025-06-17"), &json!([{"id": "a/z"}, {"id": "a/y"}]));
        let done = snapshot(&old, new, SnapshotDates::default()).unwrap().catalog;
        assert!(done.sources.contains_key("s"));
        assert_eq!(done.find("x").unwrap().model.id, "a/x");
        assert!(!done.aliases.contains_key("a/z"), "an id already");
    }
}
