//! What the reader's workload costs with some models.

use crate::catalog::{Decimal, Found, display_name, phrase};
use crate::cost::{Moment, Workload, WorkloadCost};
use crate::platform::library::Library;
use crate::ranking::rivals;

/// How many rivals stand beside a model.
const RIVALS: usize = 3;

/// What a workload costs with one of the models.
pub struct Costed {
    /// The id of the model, or of its endpoint where that was asked for.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The sums and the bills.
    pub cost: WorkloadCost,
    /// The month's share of the dearest one's, in percent, where it is known.
    pub percent: Option<u8>,
}

/// What a workload costs with several models, the cheapest first. What has no
/// price, a lower bound alone, or a price in another currency than the first
/// model's, comes last.
pub struct Estimate(pub Vec<Costed>);

impl Estimate {
    /// The estimate for these models and endpoints.
    pub fn of(found: &[Found<'_>], workload: &Workload, now: &Moment) -> Self {
        let currency = found.first().map_or("", |first| first.offer().prices.currency());
        // A lower bound is no price to be ranked by.
        let comparable = |entry: &Costed| {
            let bill = &entry.cost.per_request;
            entry.cost.month.filter(|_| !entry.cost.incomplete && bill.currency == currency)
        };
        let mut entries: Vec<Costed> = Vec::with_capacity(found.len());
        for found in found {
            let model = found.model;
            let name = display_name(model.name.as_deref(), model.author_name(), &model.id);
            let (id, name) = match found.endpoint {
                Some(endpoint) => (
                    &endpoint.id,
                    phrase(&name).and(" (").and(endpoint.provider_name()).and(")").text(),
                ),
                None => (&model.id, name),
            };
            let cost = workload.estimate(&found.offer(), now);
            let entry = Costed { id: id.clone(), name, cost, percent: None };
            let own = comparable(&entry);
            let dearer = |other: &Costed| match (own, comparable(other)) {
                (Some(own), other) => other.is_none_or(|other| other > own),
                (None, _) => false,
            };
            let at = entries.iter().position(dearer).unwrap_or(entries.len());
            entries.insert(at, entry);
        }
        let in_currency = |entry: &Costed| {
            entry.cost.month.filter(|_| entry.cost.per_request.currency == currency)
        };
        let dearest = entries.iter().filter_map(in_currency).max().unwrap_or_default();
        for entry in &mut entries {
            entry.percent = in_currency(entry).map(|month| percent(month, dearest));
        }
        Self(entries)
    }

    /// The estimate for the model at a place in the catalog and those nearest to it
    /// in price.
    pub fn with_rivals(library: &Library, index: usize, workload: &Workload, now: &Moment) -> Self {
        let catalog = &library.catalog;
        let mut places = vec![index];
        places.append(&mut rivals(catalog, index, RIVALS));
        let mut found = Vec::new();
        for place in places {
            if let Some(model) = catalog.models.get(place) {
                found.push(Found { model, endpoint: None });
            }
        }
        Self::of(&found, workload, now)
    }
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // clamped to 0–100
fn percent(part: Decimal, whole: Decimal) -> u8 {
    if whole.is_zero() {
        return 0;
    }
    (100.0 * part.to_f64() / whole.to_f64()).clamp(0.0, 100.0).round() as u8
}
